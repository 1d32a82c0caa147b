"""GraphML for Gephi, Gephi Lite, yEd and networkx: nodes and edges as they are drawn, Duisburg in its green.

Gephi takes colours from the keys r, g and b. It takes a key with the id "d3" for yEd's label, whatever its name, so our
ids are "n.label" and "e.label".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import isfinite
from operator import itemgetter
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.formats.network.drawing import EDGE_COLUMNS, NODE_COLUMNS, drawn_edges, drawn_nodes
from kg.graph.network import Edge, Node
from kg.system.xml import as_attribute, escaped, escaped_at_once, escaped_id, write_lines

if TYPE_CHECKING:
    from kg.graph.graph import Graph

_TYPES = {str: "string", int: "long", float: "double", bool: "boolean"}
_RGB = {"r": int, "g": int, "b": int}


def write(graph: Graph, stream: BinaryIO, level: str, concepts: str | None = None, most: int | None = None) -> None:
    """Write what `kg.graph.network.network` draws of a graph, as GraphML, whatever the level."""
    write_elements(stream, drawn_nodes(graph, concepts, most), drawn_edges(graph, concepts, most))


def write_elements(
    stream: BinaryIO,
    nodes: Iterable[Node],
    edges: Iterable[Edge],
    node_columns: Mapping[str, type] = NODE_COLUMNS,
    edge_columns: Mapping[str, type] = EDGE_COLUMNS,
    direction: str = "directed",
) -> None:
    """Write nodes, then edges, as they come; an attribute that is None or no column is left out.

    The columns name the attributes and their types; a "color" is a "#rrggbb". Edges are "directed" or "undirected".
    """
    write_lines(stream, _lines(nodes, edges, node_columns, edge_columns, direction))


def _lines(
    nodes: Iterable[Node],
    edges: Iterable[Edge],
    node_columns: Mapping[str, type],
    edge_columns: Mapping[str, type],
    direction: str,
) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for kind, columns in (("node", node_columns), ("edge", edge_columns)):
        for name, type in {**columns, **(_RGB if "color" in columns else {})}.items():
            yield f'<key id="{kind[0]}.{name}" for="{kind}" attr.name="{name}" attr.type="{_TYPES[type]}"/>'
    yield f'<graph edgedefault="{direction}">'
    yield from map(_line_of("node", ("id",), node_columns), nodes)
    yield from map(_line_of("edge", ("id", "source", "target"), edge_columns), edges)
    yield "</graph>"
    yield "</graphml>"


def _line_of(kind: str, ends: Sequence[str], columns: Mapping[str, type]) -> Callable[[Node | Edge], str]:
    """What makes a node or an edge into its element; at once where all attributes are there and as they should be."""
    head = "".join((f"<{kind}", *(f' {end}="%s"' for end in ends), ">"))
    texts = [name for name, type in columns.items() if type is str]
    numbers = [name for name, type in columns.items() if type is not str]
    data = {name: f'<data key="{kind[0]}.{name}">%s</data>' for name in (*texts, *numbers)}
    whole = f"{head}{''.join(data.values())}%s</{kind}>"
    texts_of, numbers_of = _getter(texts), _getter(numbers)

    def line(row: Node | Edge) -> str:
        *ids, attributes = row
        color = attributes.get("color") if "color" in columns else None
        shares = _shares(kind, color) if color else ""
        try:
            found = escaped_at_once([*ids, *texts_of(attributes)])
            counted = [as_attribute(value) if isinstance(value, bool) else value for value in numbers_of(attributes)]
        except (KeyError, TypeError):  # one is missing, or is no text
            found = None
        if found and _are_plain(counted):
            return whole % (*found, *counted, shares)
        values = ((element, as_attribute(attributes.get(name))) for name, element in data.items())
        known = "".join(element % escaped(text) for element, text in values if text is not None)
        return f"{head % tuple(map(escaped_id, ids))}{known}{shares}</{kind}>"

    return line


def _getter(names: Sequence[str]) -> Callable[[Mapping[str, Any]], Sequence[Any]]:
    """What takes some values out of attributes; raises KeyError where one is missing."""
    return itemgetter(*names) if len(names) > 1 else lambda attributes: [attributes[name] for name in names]


def _are_plain(values: Sequence[Any]) -> bool:
    """Whether values are numbers, or the words of truth values, that need no care."""
    kinds = {kind for kind, value in zip(map(type, values), values, strict=True) if value not in ("true", "false")}
    return kinds <= {int} or (kinds <= {int, float} and all(isfinite(v) for v in values if isinstance(v, float)))


@lru_cache(maxsize=100)
def _shares(kind: str, color: str) -> str:
    """A colour as Gephi reads it, in its shares of red, green and blue."""
    shares = zip(_RGB, bytes.fromhex(color[1:]), strict=True)
    return "".join(f'<data key="{kind[0]}.{name}">{share}</data>' for name, share in shares)
