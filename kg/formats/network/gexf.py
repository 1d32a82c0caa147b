"""GEXF 1.3 for Gephi and Gephi Lite: as GraphML, and a timeline on which "2018" lasts from its first to its last day.

An edge without any date has no spell, and is there at all times, as are the nodes. Bounds are closed: start and end
belong to the spell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO

from kg.formats.network.drawing import EDGE_COLUMNS, NODE_COLUMNS, drawn_edges, drawn_nodes
from kg.graph.network import Edge, Node
from kg.graph.periods import fact_period
from kg.system.xml import Value, as_text, escaped, escaped_id, write_lines

if TYPE_CHECKING:
    from datetime import date

    from kg.graph.graph import Graph

_TYPES = {str: "string", int: "integer", float: "double"}

# These have places of their own in GEXF.
_ELSEWHERE = {"label", "x", "y", "size", "color"}
_NODE_NUMBERS = {name: number for number, name in enumerate(c for c in NODE_COLUMNS if c not in _ELSEWHERE)}
_EDGE_NUMBERS = {
    name: number for number, name in enumerate(c for c in EDGE_COLUMNS if c not in _ELSEWHERE | {"weight"})
}


def write(graph: Graph, stream: BinaryIO, level: str) -> None:
    """Write a graph as GEXF; every fact is an edge whatever the level, its polarity and modality beside it."""
    write_lines(stream, _lines(graph))


def _lines(graph: Graph) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">'
    yield "<meta><creator>kg</creator></meta>"
    yield '<graph defaultedgetype="directed" mode="dynamic" timeformat="date" timerepresentation="interval">'
    yield from _attributes("node", _NODE_NUMBERS, NODE_COLUMNS)
    yield from _attributes("edge", _EDGE_NUMBERS, EDGE_COLUMNS)
    yield "<nodes>"
    for node in drawn_nodes(graph):
        yield _node(node)
    yield "</nodes>"
    yield "<edges>"
    for edge, fact in zip(drawn_edges(graph), graph.facts, strict=True):
        yield _edge(edge, fact_period(fact, graph.documents_by_id))
    yield "</edges>"
    yield "</graph>"
    yield "</gexf>"


def _attributes(kind: str, numbers: Mapping[str, int], columns: Mapping[str, type]) -> Iterator[str]:
    yield f'<attributes class="{kind}" mode="static">'
    for name, number in numbers.items():
        yield f'<attribute id="{number}" title="{name}" type="{_TYPES[columns[name]]}"/>'
    yield "</attributes>"


def _node(node: Node) -> str:
    look = node.attributes
    place = f'<viz:size value="{look["size"]}"/><viz:position x="{look["x"]}" y="{look["y"]}"/>'
    head = f'<node id="{escaped_id(node.id)}" label="{escaped(look["label"])}">'
    return f"{head}{_values(look, _NODE_NUMBERS)}{place}{_color(look['color'])}</node>"


def _edge(edge: Edge, period: tuple[date, date] | None) -> str:
    """An edge; its `kind` keeps Gephi from making one of several between the same nodes."""
    look = edge.attributes
    label = escaped(look["label"])
    spells = f'<spells><spell start="{period[0]}" end="{period[1]}"/></spells>' if period else ""
    return (
        f'<edge id="{escaped_id(edge.id)}" source="{escaped_id(edge.source)}" target="{escaped_id(edge.target)}"'
        f' label="{label}" kind="{label}" weight="{look["weight"]}">'
        f"{_values(look, _EDGE_NUMBERS)}{spells}{_color(look['color'])}</edge>"
    )


def _values(attributes: Mapping[str, Value], numbers: Mapping[str, int]) -> str:
    texts = ((number, as_text(attributes[name])) for name, number in numbers.items())
    found = (f'<attvalue for="{number}" value="{escaped(text)}"/>' for number, text in texts if text is not None)
    return f"<attvalues>{''.join(found)}</attvalues>"


def _color(color: str) -> str:
    red, green, blue = bytes.fromhex(color[1:])
    return f'<viz:color r="{red}" g="{green}" b="{blue}"/>'
