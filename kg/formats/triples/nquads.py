"""N-Quads: N-Triples with a fourth column, the document that says so: "… <…/document/brief> ."."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from pyoxigraph import DefaultGraph, Quad, RdfFormat, serialize

from kg.formats.triples.lengths import fitting
from kg.rdf import placed_statements

if TYPE_CHECKING:
    from kg.graph.graph import Graph


def write(graph: Graph, stream: BinaryIO, level: str, *, rdf12: bool = False) -> None:
    """Write the triples of a graph as N-Quads, with a named graph for each document."""
    everywhere = DefaultGraph()
    found = fitting(placed_statements(graph, level, rdf12=rdf12), ".nq")
    lines = (Quad(subject, predicate, object, place or everywhere) for subject, predicate, object, place in found)
    serialize(lines, stream, RdfFormat.N_QUADS)
