"""N-Triples: one triple a line, "<…/Sören_Link> <…#label> "Sören Link"@de .", for tools that read line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from rdflib.plugins.serializers.nt import NTSerializer

from kg.rdf import triples

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph


def write(graph: KnowledgeGraph, stream: BinaryIO, level: str) -> None:
    """Write the triples of a graph as N-Triples, in the order of `kg.rdf.triples`."""
    # All that rdflib's serializer asks of its graph is to yield triples; ours come in a fixed order, a Graph's do not.
    NTSerializer(triples(graph, level)).serialize(stream)
