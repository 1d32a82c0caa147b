"""The answer to a query as text: a table to read, CSV or JSON as the W3C lays them down, Turtle for a graph.

wer         was
----------  ---------------------------
Sören Link  Memorandum of Understanding
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat

from kg.errors import QueryError
from kg.ontology import expand
from kg.rdf.sparql.query import Answer, RdfTerm, Rows, text_of
from kg.system.text import one_line

ANSWERS = ("table", "csv", "json", "ttl")
"""How an answer can be printed: rows as table, csv or json, a graph (CONSTRUCT, DESCRIBE) as ttl."""

_STRING = expand("xsd:string")


def is_empty(answer: Answer) -> bool:
    """Whether nothing was found: no row, no triple, or the answer no."""
    return not (answer.rows if isinstance(answer, Rows) else answer)


def render(answer: Answer, prefixes: Mapping[str, str], format: str | None = None) -> str:
    """The answer in a format of `ANSWERS`, None for the one that suits it.

    Raises QueryError where the format does not fit the kind of query.
    """
    triples = isinstance(answer, list)
    format = format or ("ttl" if triples else "table")
    if triples != (format == "ttl"):
        asked, fitting = ("CONSTRUCT or DESCRIBE", "ttl") if triples else ("SELECT or ASK", "table, csv or json")
        raise QueryError(f"--format {format}: a {asked} query is answered as {fitting}; choose that")
    if isinstance(answer, list):
        return turtle(answer, prefixes)
    if format == "json":
        return json.dumps(as_json(answer), ensure_ascii=False, indent=2) + "\n"
    if format == "csv" and isinstance(answer, Rows):
        return _csv(answer)
    return "".join(f"{line}\n" for line in table_lines(answer, prefixes))


def table_lines(answer: Rows | bool, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of a table with a head; IRIs are shortened by the prefixes."""
    if isinstance(answer, bool):
        yield str(answer).lower()
        return
    short = shortener(prefixes)
    rows = [[_cell(term, short) for term in row] for row in answer.rows]
    widths = [max(map(len, column)) for column in zip(answer.variables, *rows, strict=True)]
    for cells in (answer.variables, ["-" * width for width in widths], *rows):
        yield "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def as_json(answer: Rows | bool) -> dict[str, Any]:
    """SPARQL 1.1 Query Results JSON."""
    if isinstance(answer, bool):
        return {"head": {}, "boolean": answer}
    bindings = [
        {name: _json(term) for name, term in zip(answer.variables, row, strict=True) if term is not None}
        for row in answer.rows
    ]
    return {"head": {"vars": list(answer.variables)}, "results": {"bindings": bindings}}


def shorten(iri: str, prefixes: Mapping[str, str]) -> str:
    """An IRI by the longest namespace it begins with, whole in <> where none has a prefix.

    >>> shorten("http://a/b/c", {"a": "http://a/", "ab": "http://a/b/"}), shorten("urn:a", {})
    ('ab:c', '<urn:a>')
    """
    return shortener(prefixes)(iri)


def shortener(prefixes: Mapping[str, str]) -> Callable[[str], str]:
    """`shorten` for many IRIs, which takes no longer the more prefixes there are."""
    prefix_of = {space: prefix for prefix, space in sorted(prefixes.items())}
    lengths = sorted({len(space) for space in prefix_of}, reverse=True)

    def short(iri: str) -> str:
        for length in lengths:
            if length < len(iri) and iri[:length] in prefix_of:
                return f"{prefix_of[iri[:length]]}:{iri[length:]}"
        return f"<{iri}>"

    return short


def written(data: bytes | None) -> bytes:
    """What pyoxigraph has written: bytes, wherever it is given no file to write to."""
    assert data is not None
    return data


def turtle(triples: list[pyoxigraph.Triple], prefixes: Mapping[str, str]) -> str:
    """Turtle below the prefixes that occur, which pyoxigraph writes in an order of its own each time."""
    text = written(pyoxigraph.serialize(triples, format=RdfFormat.TURTLE, prefixes=_used(triples, prefixes))).decode()
    lines = text.splitlines(keepends=True)
    head = sorted(line for line in lines if line.startswith("@prefix "))
    return "".join([*head, *(["\n"] if head else []), *lines[len(head) :]])


def _used(triples: list[pyoxigraph.Triple], prefixes: Mapping[str, str]) -> dict[str, str]:
    """The prefixes that occur, and no others."""
    iris = {term.value for triple in triples for term in triple if isinstance(term, NamedNode)}
    iris |= {term.datatype.value for triple in triples for term in triple if isinstance(term, Literal)}
    short = shortener(prefixes)
    names = {short(iri).partition(":")[0] for iri in iris - {_STRING}}
    return {prefix: space for prefix, space in prefixes.items() if prefix in names}


def _csv(answer: Rows) -> str:
    """Values without type or language, as SPARQL 1.1 has them in CSV, but with plain line ends."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(answer.variables)
    rows.writerows(["" if term is None else text_of(term) for term in row] for row in answer.rows)
    return text.getvalue()


def _cell(term: RdfTerm | None, short: Callable[[str], str]) -> str:
    if isinstance(term, NamedNode):
        return short(term.value)
    return "" if term is None else one_line(text_of(term))


def _json(term: RdfTerm) -> dict[str, Any]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, pyoxigraph.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json(part) for name, part in parts.items()}}
    kind = {"xml:lang": term.language} if term.language else {"datatype": term.datatype.value}
    return {"type": "literal", "value": term.value} | ({} if term.datatype.value == _STRING else kind)
