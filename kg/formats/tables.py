"""A folder of tables: Duisburg is a line of nodes.csv, a sentence and what it says one of evidence.csv.

A fact is a line of edges.csv for its object, and one for each of its roles; a fact that is about its subject alone has
its sentences only.

One header serves two readers. Gephi's spreadsheet import knows Id, Label, Source, Target, Type and Weight and takes all
other columns as attributes. `neo4j-admin database import` knows :ID, :LABEL, :START_ID, :END_ID and :TYPE, which stand
last, and takes the others as properties, as text.

Texts stand there as they are. Excel and LibreOffice compute a cell that begins with "=", "+", "-" or "@"; the
apostrophe that OWASP counsels would be part of the name to Gephi, neo4j and pandas, and these tables are for them. The
sheet of `kg review`, which is made for a spreadsheet, has it.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kg.formats.network.drawing import EDGE_COLUMNS, NODE_COLUMNS, drawn_edges, drawn_nodes
from kg.ontology import local_name
from kg.system.files import making_folder, replacing
from kg.system.text import one_line
from kg.system.xml import SEPARATOR, allowed, allowed_id, as_attribute

if TYPE_CHECKING:
    from kg.graph.graph import Graph
    from kg.records import Claim

Row = Sequence[object]

_NODE_NAMES = [name for name in NODE_COLUMNS if name != "label"]
_EDGE_NAMES = [name for name in EDGE_COLUMNS if name not in ("label", "weight")]

HEADERS: Mapping[str, Sequence[str]] = {
    "nodes.csv": ("Id", "Label", *_NODE_NAMES, ":ID", ":LABEL"),
    "edges.csv": ("Source", "Target", "Type", "Id", "Label", "Weight", *_EDGE_NAMES, ":START_ID", ":END_ID", ":TYPE"),
    "evidence.csv": tuple(
        "fact document title date publisher url start end sentence subject predicate object roles polarity modality "
        "speaker time confidence risk".split()
    ),
}
"""File name → its columns."""

_UTF8 = codecs.getwriter("utf-8")


def write_folder(graph: Graph, folder: Path) -> None:
    """Write the three tables into a folder, which is made if it is not there; other files in it stay as they are."""
    write_tables(folder, HEADERS, ((name, rows(graph)) for name, rows in TABLES.items()))


def write_tables(
    folder: Path, headers: Mapping[str, Sequence[str]], tables: Iterable[tuple[str, Iterable[Row]]]
) -> None:
    """Write tables, each with the name of its file and below its header: all of them, or none."""
    with making_folder(folder), ExitStack() as stack:
        for name, rows in tables:
            stream = stack.enter_context(replacing(folder / name))
            csv.writer(_UTF8(stream), lineterminator="\n").writerows(_cleaned(chain([headers[name]], rows)))
            stream.flush()  # a full disk shows before the first table takes its place


def _nodes(graph: Graph) -> Iterator[Row]:
    for id, look in drawn_nodes(graph, "all"):
        id = table_id(id)
        yield [id, look["label"], *(look[name] for name in _NODE_NAMES), id, look["type"]]


def _edges(graph: Graph) -> Iterator[Row]:
    for id, source, target, look in drawn_edges(graph, "all"):
        ends = (table_id(source), table_id(target))
        values = (look[name] for name in _EDGE_NAMES)
        relation = local_name(str(look["predicate"]))
        yield [*ends, "Directed", table_id(id), look["label"], look["weight"], *values, *ends, relation]


def _evidence(graph: Graph) -> Iterator[Row]:
    for fact in graph.facts:
        for claim in fact.claims:
            document = graph.documents_by_id[claim.doc]
            about = (document.id, document.title, document.date, document.publisher, document.url)
            yield [fact.id, *about, *_said(claim)]


def _said(claim: Claim) -> Iterator[object]:
    yield from (claim.sentence.start, claim.sentence.end, claim.sentence.text)
    yield from (claim.subject.text, claim.predicate.text, claim.object.text if claim.object else "")
    roles = (f"{role.role}: {role.preposition} {role.argument.text}".replace(":  ", ": ") for role in claim.roles)
    yield from (SEPARATOR.join(roles), claim.polarity, claim.modality)
    yield from (part.text if part else "" for part in (claim.speaker, claim.time))
    yield from (round(claim.confidence, 3), round(claim.risk, 3))


TABLES: Mapping[str, Callable[[Graph], Iterator[Row]]] = {
    "nodes.csv": _nodes,
    "edges.csv": _edges,
    "evidence.csv": _evidence,
}
"""File name → its rows below the header."""


def table_id(id: str) -> str:
    """An id as tables have it, on one line."""
    return allowed_id(id).replace("\n", "%0A").replace("\r", "%0D")


def _cleaned(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows with values on one line each: neo4j-admin takes a line break for the end of a row."""
    for row in rows:
        yield [one_line(allowed(as_attribute(value) or "")) for value in row]
