"""Terms and graphs of rdflib for those of pyoxigraph: "Duisburg"@de as `rdflib.Literal("Duisburg", lang="de")`.

rdflib is imported when the first is asked for: it takes time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import pyoxigraph

if TYPE_CHECKING:
    import rdflib

# Numbers, truth values, dates, times and durations as XML Schema writes them.
_SHORT = re.compile(r"[-+\d.:PYMDTHSZ]{1,100}|[-+\d.]{1,40}[eE][-+]?\d{1,4}|true|false|[-+]?INF|NaN", re.ASCII)
_TRUTH = re.compile("true|false|0|1")

_UNREAD = "urn:kg:unread"  # a datatype that rdflib does not know, and makes no value of


def new_graph(prefixes: Mapping[str, str]) -> rdflib.Graph:
    """An empty rdflib graph with some prefixes and no others.

    Its store is the one that keeps triples in the order they came in, so that a loop over it runs in the same order
    whatever the hash seed.
    """
    import rdflib

    found = rdflib.Graph(store="SimpleMemory", bind_namespaces="none")
    for prefix, namespace in prefixes.items():
        found.bind(prefix, namespace)
    return found


def triple_for_rdflib(triple: Iterable[Any], known: dict[pyoxigraph.NamedNode, rdflib.URIRef]) -> tuple[Any, Any, Any]:
    """Subject, predicate and object as rdflib has them; `known` as below. It has no triple terms of RDF 1.2."""
    subject, predicate, object = (for_rdflib(term, known) for term in triple)
    return subject, predicate, object


def for_rdflib(
    term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal,
    known: dict[pyoxigraph.NamedNode, rdflib.URIRef],
) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
    """A term as rdflib has it; IRIs are made once and kept in `known`, since most occur again and again."""
    import rdflib

    if isinstance(term, pyoxigraph.NamedNode):
        if term not in known:
            known[term] = rdflib.URIRef(term.value)
        return known[term]
    if isinstance(term, pyoxigraph.BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    kind = term.datatype.value
    if kind == str(rdflib.XSD.string):
        return rdflib.Literal(term.value)
    if has_value(term.value, kind):
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(kind), normalize=False)
    found = rdflib.Literal(term.value, datatype=rdflib.URIRef(_UNREAD))
    found.__setstate__((None, {"language": None, "datatype": rdflib.URIRef(kind)}))
    return found


def has_value(text: str, kind: str) -> bool:
    """Whether rdflib may make a value of a literal with that datatype; else it gets the text as one of no known type.

    It makes a tree of markup, in time by the square of its depth, and prints each digit of 1e999999999.

    >>> decimal = "http://www.w3.org/2001/XMLSchema#decimal"
    >>> has_value("13.5", decimal), has_value("1e999999999", decimal)
    (True, False)
    """
    if kind in _texts():
        return True
    return bool((_TRUTH if kind.endswith("#boolean") else _SHORT).fullmatch(text))


def unread(term: Any) -> Any:
    """A term for others to copy: a literal that `has_value` refuses has a datatype that rdflib knows nothing of."""
    import rdflib

    if not isinstance(term, rdflib.Literal) or not term.datatype or has_value(term, str(term.datatype)):
        return term
    return rdflib.Literal(str(term), datatype=rdflib.URIRef(_UNREAD))


@cache
def _texts() -> frozenset[str]:
    """Datatypes whose values are the texts, or their bytes."""
    from rdflib import XSD

    names = ("anyURI", "base64Binary", "hexBinary", "language", "normalizedString", "string", "token")
    return frozenset(str(XSD[name]) for name in names)
