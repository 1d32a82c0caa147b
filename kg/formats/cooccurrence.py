"""Who is named together, for Gephi and for spreadsheets: GEXF, GraphML and tables of `kg.graph.cooccurrence`.

Nodes look as in the other drawings, Duisburg in its green; edges have no direction. In GEXF each edge lasts from the
first to the last of its documents. Tables have the columns that Gephi's import and neo4j-admin know, see
`kg.formats.tables`, and no table of evidence: a sentence stands beside each edge.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

import networkx as nx

from kg.formats.tables import Row, table_id, write_tables
from kg.graph.graph import fact_id
from kg.graph.layout import groups_of, places_of
from kg.graph.network import Edge, Node
from kg.graph.styling import STANCE_COLORS, color_of, size_of

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph.layout import Links

NODE_COLUMNS: Mapping[str, type] = {
    "label": str,
    "type": str,
    "kind": str,
    "aliases": str,
    "description": str,
    "weight": int,
    "mentions": int,
    "units": int,
    "first_date": str,
    "last_date": str,
    "degree": int,
    "community": int,
    "x": float,
    "y": float,
    "size": float,
    "color": str,
}
"""Attribute of a node → its type."""

EDGE_COLUMNS: Mapping[str, type] = {
    "weight": int,
    "first_date": str,
    "last_date": str,
    "evidence": str,
    "documents": str,
    "color": str,
}
"""Attribute of an edge → its type."""

_NODE_NAMES = [name for name in NODE_COLUMNS if name != "label"]
_EDGE_NAMES = [name for name in EDGE_COLUMNS if name != "weight"]

HEADERS: Mapping[str, Sequence[str]] = {
    "nodes.csv": ("Id", "Label", *_NODE_NAMES, ":ID", ":LABEL"),
    "edges.csv": ("Source", "Target", "Type", "Id", "Weight", *_EDGE_NAMES, ":START_ID", ":END_ID", ":TYPE"),
}
"""File name → its columns."""


class Drawing(NamedTuple):
    """A network with places, sizes and colours."""

    nodes: Sequence[Node]
    edges: Sequence[Edge]


def drawn(network: nx.Graph[str]) -> Drawing:
    """The nodes with degree (how many neighbours), community, x, y, size and colour; the edges with theirs.

    An edge's id is that of the pair, whatever else is in the network.
    """
    links = _links(network)
    places, groups = places_of(links), groups_of(links)
    nodes = []
    for id, attributes in network.nodes(data=True):
        x, y = places[id]
        look = {"size": size_of(attributes["weight"]), "color": color_of(attributes["type"])}
        nodes.append(
            Node(id, attributes | {"degree": network.degree[id], "community": groups[id], "x": x, "y": y} | look)
        )
    color = {"color": STANCE_COLORS["direct"]}
    edges = [Edge(fact_id(a, b), a, b, attributes | color) for a, b, attributes in network.edges(data=True)]
    return Drawing(nodes, edges)


def _links(network: nx.Graph[str]) -> Links:
    links: Links = nx.Graph()
    numbers = {id: number for number, id in enumerate(network)}
    for id, attributes in network.nodes(data=True):
        links.add_node(numbers[id], id=id, size=size_of(attributes["weight"]))
    for one, other, attributes in network.edges(data=True):
        links.add_edge(numbers[one], numbers[other], weight=attributes["weight"])
    return links


def write(drawing: Drawing, stream: BinaryIO, writer: str) -> None:
    """Write a network by `write_elements` of a module of `kg.formats`, "network.gexf"."""
    module = import_module(f"kg.formats.{writer}")
    module.write_elements(stream, drawing.nodes, drawing.edges, NODE_COLUMNS, EDGE_COLUMNS, "undirected")


def write_folder(drawing: Drawing, folder: Path) -> None:
    """Write a network as nodes.csv and edges.csv into a folder; other files in it stay as they are."""
    write_tables(folder, HEADERS, [("nodes.csv", _nodes(drawing)), ("edges.csv", _edges(drawing))])


def _nodes(drawing: Drawing) -> Iterator[Row]:
    for id, look in drawing.nodes:
        id = table_id(id)
        yield [id, look["label"], *(look[name] for name in _NODE_NAMES), id, look["type"]]


def _edges(drawing: Drawing) -> Iterator[Row]:
    for id, source, target, look in drawing.edges:
        ends = (table_id(source), table_id(target))
        values = (look[name] for name in _EDGE_NAMES)
        yield [*ends, "Undirected", id, look["weight"], *values, *ends, "namedTogether"]
