"""TriG: Turtle in which what each document says, "kgc:brief_0_17684f33 a kg:Claim", stands in a graph of its own.

`GRAPH kgd:brief { ?wer org:headOf ?was }` asks one document; the default graph holds what all of them add up to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from kg.formats.triples.lengths import fitting
from kg.formats.triples.turtle import write_paragraphs
from kg.rdf import placed_with_prefixes

if TYPE_CHECKING:
    from kg.graph.graph import Graph


def write(graph: Graph, stream: BinaryIO, level: str, *, rdf12: bool = False) -> None:
    """Write the triples of a graph as TriG, with a named graph for each document."""
    namespaces, found = placed_with_prefixes(graph, level, rdf12=rdf12)
    write_paragraphs(namespaces, fitting(found, ".trig"), stream)
