"""GraphML for Gephi, Gephi Lite, yEd and networkx: nodes and edges of `kg.formats.drawing`, Duisburg in its green.

Gephi takes colours from the keys r, g and b. It takes a key with the id "d3" for yEd's label, whatever its name, so our
ids are no numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO

from kg.formats.drawing import EDGE_COLUMNS, NODE_COLUMNS, drawn_edges, drawn_nodes
from kg.formats.markup import Value, escaped, escaped_id, plain_text, write_lines
from kg.formats.networkx import Edge, Node

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

_TYPES = {str: "string", int: "long", float: "double", bool: "boolean"}
_RGB = {"r": int, "g": int, "b": int}


def write(graph: KnowledgeGraph, stream: BinaryIO, level: str) -> None:
    """Write a graph as GraphML; every fact is an edge whatever the level, its polarity and modality beside it."""
    write_elements(stream, drawn_nodes(graph), drawn_edges(graph))


def write_elements(
    stream: BinaryIO,
    nodes: Iterable[Node],
    edges: Iterable[Edge],
    node_columns: Mapping[str, type] = NODE_COLUMNS,
    edge_columns: Mapping[str, type] = EDGE_COLUMNS,
) -> None:
    """Write nodes, then edges, as they come; an attribute that is None or no column is left out."""
    write_lines(stream, _lines(nodes, edges, node_columns, edge_columns))


def _lines(
    nodes: Iterable[Node], edges: Iterable[Edge], node_columns: Mapping[str, type], edge_columns: Mapping[str, type]
) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for kind, columns in (("node", node_columns), ("edge", edge_columns)):
        for name, type in (columns | (_RGB if "color" in columns else {})).items():
            yield f'<key id="{kind}.{name}" for="{kind}" attr.name="{name}" attr.type="{_TYPES[type]}"/>'
    yield '<graph edgedefault="directed">'
    names = {name: f'<data key="node.{name}">' for name in (*node_columns, *_RGB)}
    for node in nodes:
        yield f'<node id="{escaped_id(node.id)}">{_data(node.attributes, names)}</node>'
    names = {name: f'<data key="edge.{name}">' for name in (*edge_columns, *_RGB)}
    for edge in edges:
        ends = f'source="{escaped_id(edge.source)}" target="{escaped_id(edge.target)}"'
        yield f'<edge id="{escaped_id(edge.id)}" {ends}>{_data(edge.attributes, names)}</edge>'
    yield "</graph>"
    yield "</graphml>"


def _data(attributes: Mapping[str, Value], names: Mapping[str, str]) -> str:
    found = []
    for name, value in attributes.items():
        text = value if isinstance(value, str) else plain_text(value)
        if text is not None and name in names:
            found.append(f"{names[name]}{escaped(text)}</data>")
    if "color" in attributes:
        shares = zip(_RGB, bytes.fromhex(attributes["color"][1:]), strict=True)
        found += [f"{names[name]}{share}</data>" for name, share in shares]
    return "".join(found)
