"""GEXF 1.3 for Gephi and Gephi Lite: as GraphML, and a timeline on which "2018" lasts from its first to its last day.

An edge without any date has no spell, and is there at all times, as are the nodes. Bounds are closed: start and end
belong to the spell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from kg.formats.network.drawing import EDGE_COLUMNS, NODE_COLUMNS, drawn_edges, drawn_nodes
from kg.graph.network import Edge, Node
from kg.graph.periods import fact_period, first_day, is_lenient_date, last_day
from kg.system.xml import Value, as_attribute, escaped, escaped_id, write_lines

if TYPE_CHECKING:
    from datetime import date

    from kg.graph.graph import Graph

Spell: TypeAlias = "tuple[date, date] | None"
"""The first and the last day."""

_TYPES = {str: "string", int: "integer", float: "double", bool: "boolean"}

# These have places of their own in GEXF.
_ELSEWHERE = {"node": {"label", "x", "y", "size", "color"}, "edge": {"label", "weight", "color"}}


def write(graph: Graph, stream: BinaryIO, level: str, concepts: str | None = None, most: int | None = None) -> None:
    """Write what `kg.graph.network.network` draws of a graph, as GEXF, whatever the level."""
    periods = {fact.id: fact_period(fact, graph.documents_by_id) for fact in graph.facts}
    nodes, edges = drawn_nodes(graph, concepts, most), drawn_edges(graph, concepts, most)
    write_elements(stream, nodes, edges, period_of=lambda edge: periods[edge.attributes["fact"]])


def between_dates(edge: Edge) -> Spell:
    """From the first to the last of an edge's documents."""
    first, last = edge.attributes["first_date"], edge.attributes["last_date"]
    return (first_day(first), last_day(last)) if is_lenient_date(first) and is_lenient_date(last) else None


def write_elements(
    stream: BinaryIO,
    nodes: Iterable[Node],
    edges: Iterable[Edge],
    node_columns: Mapping[str, type] = NODE_COLUMNS,
    edge_columns: Mapping[str, type] = EDGE_COLUMNS,
    direction: str = "directed",
    period_of: Callable[[Edge], Spell] = between_dates,
) -> None:
    """Write nodes, then edges, as they come. The columns name the attributes and their types, see `drawing`.

    Edges are "directed" or "undirected", each with its time on the timeline.
    """
    lasting = ((edge, period_of(edge)) for edge in edges)
    write_lines(stream, _lines(nodes, lasting, node_columns, edge_columns, direction))


def _lines(
    nodes: Iterable[Node],
    edges: Iterable[tuple[Edge, Spell]],
    node_columns: Mapping[str, type],
    edge_columns: Mapping[str, type],
    direction: str,
) -> Iterator[str]:
    of_nodes, of_edges = _numbers("node", node_columns), _numbers("edge", edge_columns)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">'
    yield "<meta><creator>kg</creator></meta>"
    yield f'<graph defaultedgetype="{direction}" mode="dynamic" timeformat="date" timerepresentation="interval">'
    yield from _attributes("node", of_nodes, node_columns)
    yield from _attributes("edge", of_edges, edge_columns)
    yield "<nodes>"
    for node in nodes:
        yield _node(node, of_nodes)
    yield "</nodes>"
    yield "<edges>"
    for edge, period in edges:
        yield _edge(edge, period, of_edges)
    yield "</edges>"
    yield "</graph>"
    yield "</gexf>"


def _numbers(kind: str, columns: Mapping[str, type]) -> Mapping[str, int]:
    """The attributes that have no place of their own in GEXF, numbered."""
    return {name: number for number, name in enumerate(name for name in columns if name not in _ELSEWHERE[kind])}


def _attributes(kind: str, numbers: Mapping[str, int], columns: Mapping[str, type]) -> Iterator[str]:
    yield f'<attributes class="{kind}" mode="static">'
    for name, number in numbers.items():
        yield f'<attribute id="{number}" title="{name}" type="{_TYPES[columns[name]]}"/>'
    yield "</attributes>"


def _node(node: Node, numbers: Mapping[str, int]) -> str:
    look = node.attributes
    place = f'<viz:size value="{look["size"]}"/><viz:position x="{look["x"]}" y="{look["y"]}"/>'
    head = f'<node id="{escaped_id(node.id)}" label="{escaped(look["label"])}">'
    return f"{head}{_values(look, numbers)}{place}{_color(look['color'])}</node>"


def _edge(edge: Edge, period: Spell, numbers: Mapping[str, int]) -> str:
    """An edge; its label as `kind` keeps Gephi from making one of several between the same nodes."""
    look = edge.attributes
    said = ' label="{0}" kind="{0}"'.format(escaped(look["label"])) if "label" in look else ""
    spells = f'<spells><spell start="{period[0]}" end="{period[1]}"/></spells>' if period else ""
    return (
        f'<edge id="{escaped_id(edge.id)}" source="{escaped_id(edge.source)}" target="{escaped_id(edge.target)}"'
        f'{said} weight="{look["weight"]}">'
        f"{_values(look, numbers)}{spells}{_color(look['color'])}</edge>"
    )


def _values(attributes: Mapping[str, Value], numbers: Mapping[str, int]) -> str:
    texts = ((number, as_attribute(attributes[name])) for name, number in numbers.items())
    found = (f'<attvalue for="{number}" value="{escaped(text)}"/>' for number, text in texts if text is not None)
    return f"<attvalues>{''.join(found)}</attvalues>"


def _color(color: str) -> str:
    red, green, blue = bytes.fromhex(color[1:])
    return f'<viz:color r="{red}" g="{green}" b="{blue}"/>'
