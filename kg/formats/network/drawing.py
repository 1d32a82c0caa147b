"""The graph as it is drawn: Duisburg with its place, its size, its green, and the community it belongs to.

Nodes and edges are those of `kg.graph.network` with the attributes that Gephi shows. The columns of both are known
before the first is made, so that a file can be written as a stream.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kg.graph.layout import communities, layout
from kg.graph.network import Edge, Node, shown
from kg.graph.styling import STANCE_COLORS, color_of, size_of

if TYPE_CHECKING:
    from kg.graph.graph import Graph

NODE_COLUMNS: Mapping[str, type] = {
    "label": str,
    "type": str,
    "kind": str,
    "aliases": str,
    "description": str,
    "weight": int,
    "mentions": int,
    "first_date": str,
    "last_date": str,
    "degree": int,
    "in_degree": int,
    "out_degree": int,
    "community": int,
    "x": float,
    "y": float,
    "size": float,
    "color": str,
}
"""Attribute of a node → its type."""

EDGE_COLUMNS: Mapping[str, type] = {
    "label": str,
    "fact": str,
    "role": str,
    "core": bool,
    "predicate": str,
    "class": str,
    "weight": int,
    "polarity": str,
    "modality": str,
    "speaker": str,
    "stance": str,
    "confidence": float,
    "risk": float,
    "first_date": str,
    "last_date": str,
    "since": str,
    "until": str,
    "evidence": str,
    "documents": str,
    "color": str,
}
"""Attribute of an edge → its type."""


def drawn_nodes(graph: Graph, concepts: str | None = None, most: int | None = None) -> Iterator[Node]:
    """Yield the nodes with community, x, y, size, and the colour of their type."""
    places, groups = layout(graph, concepts, most), communities(graph, concepts, most)
    for node in shown(graph, concepts, most).nodes():
        x, y = places[node.id]
        look = {"size": size_of(node.attributes["weight"]), "color": color_of(node.attributes["type"])}
        yield Node(node.id, node.attributes | {"community": groups[node.id], "x": x, "y": y} | look)


def drawn_edges(graph: Graph, concepts: str | None = None, most: int | None = None) -> Iterator[Edge]:
    """Yield the edges with the colour of how they stand: direct, unsure, claimed, open or denied."""
    for edge in shown(graph, concepts, most).edges():
        yield edge._replace(attributes=edge.attributes | {"color": STANCE_COLORS[edge.attributes["stance"]]})
