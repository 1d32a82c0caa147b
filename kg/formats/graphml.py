"""GraphML for Gephi, Gephi Lite, yEd and networkx: nodes and edges of `kg.formats.drawing`, Duisburg in its green.

Gephi takes colours from the keys r, g and b. It takes a key with the id "d3" for yEd's label, whatever its name, so our
ids are no numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import isfinite
from operator import itemgetter
from typing import TYPE_CHECKING, BinaryIO

from kg.formats.drawing import EDGE_COLUMNS, NODE_COLUMNS, drawn_edges, drawn_nodes
from kg.formats.markup import Value, allowed_id, escaped, escaped_all, escaped_id, plain_text, write_lines
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
    """Write nodes, then edges, as they come; an attribute that is None or no column is left out.

    The columns name the attributes and their types; a "color" is a "#rrggbb".
    """
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
    data = _data_of("node", node_columns)
    for node in nodes:
        yield f'<node id="{escaped_id(node.id)}">{data(node.attributes)}</node>'
    data = _data_of("edge", edge_columns)
    for edge in edges:
        id, source, target = escaped_all([allowed_id(id) for id in edge[:3]])
        yield f'<edge id="{id}" source="{source}" target="{target}">{data(edge.attributes)}</edge>'
    yield "</graph>"
    yield "</graphml>"


def _data_of(kind: str, columns: Mapping[str, type]) -> Callable[[Mapping[str, Value]], str]:
    """What makes the attributes of a node or an edge into elements; all at once where they are what they should be."""
    texts = [name for name, type in columns.items() if type is str]
    numbers = [name for name, type in columns.items() if type is not str]
    elements = {name: f'<data key="{kind}.{name}">%s</data>' for name in (*texts, *numbers)}
    whole = "".join(elements.values())
    texts_of, numbers_of = _getter(texts), _getter(numbers)

    def data(attributes: Mapping[str, Value]) -> str:
        try:
            found = escaped_all(texts_of(attributes))
            counted = numbers_of(attributes)
        except (KeyError, TypeError):  # one is missing, or is no text
            found = None
        if found is not None and _are_numbers(counted):
            made = whole % (*found, *counted)
        else:
            values = ((element, plain_text(attributes.get(name))) for name, element in elements.items())
            made = "".join(element % escaped(text) for element, text in values if text is not None)
        color = attributes.get("color") if "color" in columns else None
        return made + _shares(kind, color) if color else made

    return data


def _getter(names: Sequence[str]) -> Callable[[Mapping[str, Value]], Sequence[Value]]:
    """What takes some values out of attributes; raises KeyError where one is missing."""
    return itemgetter(*names) if len(names) > 1 else lambda attributes: [attributes[name] for name in names]


def _are_numbers(values: Sequence[Value]) -> bool:
    kinds = set(map(type, values))
    return kinds <= {int} or (kinds <= {int, float} and all(isfinite(v) for v in values if isinstance(v, float)))


@lru_cache(maxsize=100)
def _shares(kind: str, color: str) -> str:
    """A colour as Gephi reads it, in its shares of red, green and blue."""
    shares = zip(_RGB, bytes.fromhex(color[1:]), strict=True)
    return "".join(f'<data key="{kind}.{name}">{share}</data>' for name, share in shares)
