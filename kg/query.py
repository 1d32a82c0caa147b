"""SPARQL over an rdflib graph: "SELECT ?wer { ?wer kg:signed ?was }" with our prefixes known beforehand.

rdflib evaluates; this module says in one line what is wrong with a query, keeps it off the network, and turns what
comes back into plain Python values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import rdflib
from rdflib import Literal

from kg.errors import QueryError
from kg.wording import one_line

if TYPE_CHECKING:
    from rdflib.query import Result


def new_graph() -> rdflib.Graph:
    """An empty rdflib graph, without prefixes.

    Its store is the one that keeps triples in the order they came in, so that a query without ORDER BY gives the same
    rows in the same order whatever the hash seed.
    """
    return rdflib.Graph(store="SimpleMemory", bind_namespaces="none")


def values(result: Result) -> bool | list[dict[str, Any]] | rdflib.Graph:
    """A query result as plain Python values.

    SELECT gives one dict per row, variable → value: a str for an IRI or a text, a bool, int, float or date for such a
    literal, None where a variable is unbound. ASK gives a bool, CONSTRUCT and DESCRIBE an rdflib Graph.
    """
    if result.type == "ASK":
        return bool(result.askAnswer)
    if result.type != "SELECT":
        return result.graph
    return [{str(name): _value(row.get(name)) for name in result.vars} for row in result.bindings]


def evaluate(found: rdflib.Graph, query: str) -> Result:
    """Run a query over an rdflib graph, with the graph's own prefixes bound.

    Raises QueryError for one that does not parse, and for SERVICE and FROM, which would reach out to the network.
    """
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        parsed = parseQuery(query)
        prepared = translateQuery(parsed, initNs=dict(found.namespaces()))
    except Exception as error:
        raise QueryError(f"query: {_place(error)}") from error
    if prepared.algebra.datasetClause or "ServiceGraphPattern" in _parts(prepared.algebra):
        raise QueryError("query: FROM and SERVICE read from elsewhere, and kg works offline; query one graph at a time")
    try:
        result = found.query(prepared)
        if result.type == "SELECT":
            result.bindings  # noqa: B018  rdflib evaluates lazily; what fails is to fail here
            if not parsed[1].projection:
                result.vars = _as_written(result.vars, query)
        if result.graph is not None:
            for prefix, namespace in found.namespaces():
                result.graph.bind(prefix, namespace)
    except Exception as error:
        raise QueryError(f"query: it cannot be answered ({one_line(str(error))}); simplify it") from error
    return result


def _as_written(names: list[rdflib.Variable], query: str) -> list[rdflib.Variable]:
    """The variables of a SELECT *, which rdflib holds as a set, in the order in which the query names them.

    >>> _as_written([rdflib.Variable("was"), rdflib.Variable("wer")], "SELECT * { ?wer kg:signed ?was }")
    [rdflib.term.Variable('wer'), rdflib.term.Variable('was')]
    """
    order = {name: place for place, name in reversed(list(enumerate(re.findall(r"[?$](\w+)", query))))}
    return sorted(names, key=lambda name: (order.get(str(name), len(order)), str(name)))


def _parts(node: object) -> Iterator[str]:
    """Yield the names of all algebra nodes below one."""
    yield getattr(node, "name", "")
    for child in node.values() if isinstance(node, dict) else node if isinstance(node, list | tuple) else ():
        yield from _parts(child)


def _place(error: Exception) -> str:
    """Where and why a query does not parse, and the way out, in one line."""
    import pyparsing

    if isinstance(error, pyparsing.ParseBaseException):
        near = error.line[error.column - 1 :].strip()[:30]
        found = f"line {error.lineno}, column {error.column}: not SPARQL"
        return f"{found} at {near!r}; check the syntax" if near else f"{found}, it breaks off; check the brackets"
    return f"{one_line(str(error))}; add a PREFIX line or check the spelling"


def _value(term: object) -> Any:
    """An rdflib term as a Python value.

    >>> _value(Literal(3)), _value(Literal("Stadt", lang="de")), _value(rdflib.URIRef("urn:a")), _value(None)
    (3, 'Stadt', 'urn:a', None)
    """
    if isinstance(term, Literal) and isinstance(term.value, bool | int | float | date):
        return term.value
    return None if term is None else str(term)
