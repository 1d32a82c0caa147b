"""N-Triples: one triple a line, "<…/Sören_Link> <…#label> "Sören Link"@de .", for tools that read line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from pyoxigraph import RdfFormat, Triple, serialize

from kg.formats.triples.lengths import fitting
from kg.rdf import statements

if TYPE_CHECKING:
    from kg.graph.graph import Graph


def write(graph: Graph, stream: BinaryIO, level: str, *, rdf12: bool = False) -> None:
    """Write the triples of a graph as N-Triples, in the order of `kg.rdf.statements`."""
    lines = (Triple(*statement) for statement in fitting(statements(graph, level, rdf12=rdf12), ".nt"))
    serialize(lines, stream, RdfFormat.N_TRIPLES)
