"""The answer to a query as text: a table to read, CSV or JSON as the W3C lays them down, Turtle for a graph.

wer         was
----------  ---------------------------
Sören Link  Memorandum of Understanding
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rdflib import Literal, URIRef

from kg.errors import QueryError
from kg.wording import one_line

if TYPE_CHECKING:
    import rdflib
    from rdflib.query import Result

FORMATS = ("table", "csv", "json", "ttl")
"""How an answer can be printed: rows as table, csv or json, a graph (CONSTRUCT, DESCRIBE) as ttl."""


def is_empty(result: Result) -> bool:
    """Whether nothing was found: no row, no triple, or the answer no."""
    if result.type == "ASK":
        return not result.askAnswer
    return not len(result.bindings if result.type == "SELECT" else result.graph)


def render(result: Result, found: rdflib.Graph, format: str | None = None) -> str:
    """The answer in a format of `FORMATS`, None for the one that suits it; `found` knows the prefixes.

    Raises QueryError where the format does not fit the kind of query.
    """
    rows = result.type in ("SELECT", "ASK")
    format = format or ("table" if rows else "ttl")
    if rows == (format == "ttl"):
        fitting = "table, csv or json" if rows else "ttl"
        raise QueryError(f"--format {format}: a {result.type} query is answered as {fitting}; choose that")
    if format == "ttl":
        return result.graph.serialize(format="turtle").strip() + "\n"
    if format == "json":
        answer = json.loads(result.serialize(format="json"))
        return json.dumps(answer, ensure_ascii=False, indent=2) + "\n"
    if format == "csv" and result.type == "SELECT":
        return _csv(result)
    return "".join(f"{line}\n" for line in table(result, found))


def table(result: Result, found: rdflib.Graph) -> Iterator[str]:
    """Yield the lines of a table with a head; IRIs are shortened by the prefixes of `found`."""
    if result.type == "ASK":
        yield str(bool(result.askAnswer)).lower()
        return
    rows = [[_cell(row.get(name), found) for name in result.vars] for row in result.bindings]
    head = [str(name) for name in result.vars]
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    for cells in (head, ["-" * width for width in widths], *rows):
        yield "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _csv(result: Result) -> str:
    """Values without type or language, as SPARQL 1.1 has them in CSV, but with plain line ends."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(str(name) for name in result.vars)
    for row in result.bindings:
        rows.writerow("" if row.get(name) is None else str(row[name]) for name in result.vars)
    return text.getvalue()


def _cell(term: object, found: rdflib.Graph) -> str:
    if isinstance(term, URIRef):
        return found.namespace_manager.normalizeUri(term)
    return one_line(str(term)) if isinstance(term, Literal) else "" if term is None else str(term)
