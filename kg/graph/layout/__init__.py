"""Where the nodes of a graph stand when it is drawn: Sören Link near Duisburg, because much is said of the two.

`layout` is ForceAtlas2 for each part of the graph that hangs together, without overlaps, the parts packed side by
side; `communities` are the groups of which more is said among themselves. Both depend on the graph alone: the same one
has the same picture on every machine.
"""

# ruff: noqa: E402  what numpy needs is looked for before it is loaded

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import sqrt
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import networkx as nx

from kg.system.memory import check_room

check_room(150)  # with less, what numpy loads ends the process: OpenBLAS wants 130 MB of addresses on two cores

import numpy as np

from kg.graph.layout.forces import settle
from kg.graph.layout.grid import Floats
from kg.graph.layout.packing import packed
from kg.graph.layout.spacing import parted, scaled
from kg.graph.network import Network, shown
from kg.graph.styling import size_of

if TYPE_CHECKING:
    from kg.graph.graph import Graph

Links: TypeAlias = "nx.Graph[int]"
"""Nodes by number, each with its `id` and `size`, and the weight of what links them."""

_SEED = 2018

# Rounds of ForceAtlas2: this much work in nodes × rounds, within these bounds, and so many for each node of a few.
_WORK, _FEWEST, _MOST, _MOST_EACH = 600_000, 150, 400, 10

# Up to this many nodes a part is drawn as the last one of its shape.
_FEW = 12

# From this many nodes on they start from where their communities stand.
_MANY = 100

# What each node keeps free around it, in the unit of its size.
_GAP = 4.0


class Point(NamedTuple):
    """Where a node stands: x to the right, y upwards, in the unit of node sizes (`kg.graph.styling.size_of`)."""

    x: float
    y: float


def layout(graph: Graph, concepts: str | None = None, most: int | None = None) -> Mapping[str, Point]:
    """The place of each node that `kg.graph.network.shown` draws: entities by their id, texts as "literal:…"."""
    return graph.once(_places, shown(graph, concepts, most))


def _places(graph: Graph, drawn: Network) -> Mapping[str, Point]:
    return places_in(drawn)


def places_in(drawn: Network) -> Mapping[str, Point]:
    """The place of each node of a network."""
    return places_of(_links(drawn))


def places_of(found: Links) -> Mapping[str, Point]:
    """The place of each node by its `id`."""
    if not found:
        return {}
    parts = [sorted(part, key=lambda node: (-found.degree(node), node)) for part in nx.connected_components(found)]
    parts.sort(key=lambda part: (-len(part), part[0]))
    return _placed(found, parts)


def communities(graph: Graph, concepts: str | None = None, most: int | None = None) -> Mapping[str, int]:
    """The community of each node that `kg.graph.network.shown` draws, from 0, which is the largest.

    Louvain's method (Blondel et al. 2008) with networkx; what has no link is a community of its own.
    """
    return graph.once(_communities, shown(graph, concepts, most))


def _communities(graph: Graph, drawn: Network) -> Mapping[str, int]:
    return groups_of(_links(drawn))


def groups_of(found: Links) -> Mapping[str, int]:
    """The community of each node by its `id`."""
    number_of = {node: number for number, group in enumerate(_groups(found)) for node in group}
    return {data["id"]: number_of[node] for node, data in found.nodes(data=True)}


def _links(drawn: Network) -> Links:
    """The graph as forces see it: numbered nodes with their radius, one link between two, whatever its direction."""
    links: Links = nx.Graph()
    numbers = {}
    for number, node in enumerate(drawn.nodes()):
        numbers[node.id] = number
        links.add_node(number, id=node.id, size=size_of(node.attributes["weight"]))
    for link in drawn.links:
        one, other = numbers[link.source], numbers[link.target]
        if one != other:
            before = links.get_edge_data(one, other, {"weight": 0})["weight"]
            links.add_edge(one, other, weight=before + link.fact.weight)
    return links


def _groups(links: Links) -> list[list[int]]:
    if not links:
        return []
    seed: Any = random.Random(_SEED)  # the types of networkx forget that it takes one
    found = nx.community.louvain_communities(links, seed=seed)
    return sorted((sorted(group) for group in found), key=lambda group: (-len(group), group[0]))


def _placed(links: Links, parts: Sequence[Sequence[int]]) -> Mapping[str, Point]:
    drawn = []
    for part in parts:
        room = np.array([links.nodes[node]["size"] + _GAP for node in part])
        drawn.append((*_drawn(links.subgraph(part), part, room), room))
    places = {}
    for part, (x, y) in zip(parts, packed(drawn), strict=True):
        for node, right, up in zip(part, x.tolist(), y.tolist(), strict=True):
            places[node] = Point(round(right, 1) + 0.0, round(up, 1) + 0.0)
    return {data["id"]: places[node] for node, data in links.nodes(data=True)}


def _drawn(links: Links, part: Sequence[int], room: Floats) -> tuple[Floats, Floats]:
    """Places for the nodes of one part, around the origin."""
    if len(part) == 1:
        return 0 * room, 0 * room
    return parted(*scaled(*_relaxed(links, part), room), room)


def _relaxed(links: Links, members: Sequence[int]) -> tuple[Floats, Floats]:
    """Where forces take the nodes: those of many from where their communities stand, those of few from anywhere."""
    numbers = {node: number for number, node in enumerate(members)}
    numbered = ((numbers[a], numbers[b], weight) for a, b, weight in _weighted(links))
    edges = tuple(sorted((min(a, b), max(a, b), weight) for a, b, weight in numbered))
    if len(members) <= _FEW:
        return _settled_few(len(members), edges)
    x, y = _somewhere(len(members))
    if len(members) > _MANY:
        middle_x, middle_y = _middles(links, members)
        x, y = x + middle_x, y + middle_y
    return _settled(x, y, edges)


@lru_cache(maxsize=2000)
def _settled_few(count: int, edges: tuple[tuple[int, int, int], ...]) -> tuple[Floats, Floats]:
    """A large graph has thousands of small parts, but few shapes of them: a pair, a star of three."""
    return _settled(*_somewhere(count), edges)


def _settled(x: Floats, y: Floats, edges: Sequence[tuple[int, int, int]]) -> tuple[Floats, Floats]:
    one, other, weight = (np.array(column) for column in zip(*edges, strict=True))
    mass = 1.0 + np.bincount(np.concatenate((one, other)), minlength=len(x)).astype(np.float64)
    rounds = min(max(_WORK // len(x), _FEWEST), _MOST, _MOST_EACH * len(x))
    return settle(x, y, (one, other, np.sqrt(weight)), mass, rounds)


def _somewhere(count: int) -> tuple[Floats, Floats]:
    rng = random.Random(_SEED)
    x, y = np.array([(rng.random() - 0.5, rng.random() - 0.5) for _ in range(count)]).T * sqrt(count)
    return x, y


def _weighted(links: Links) -> Iterable[tuple[int, int, int]]:
    found: Iterable[tuple[int, int, int]] = links.edges(data="weight")
    return found


def _middles(links: Links, members: Sequence[int]) -> tuple[Floats, Floats]:
    """For each node the place of its community in the graph of all communities, which have room for their members."""
    groups = _groups(links)
    if not 1 < len(groups) < len(members) / 2:
        return np.zeros(len(members)), np.zeros(len(members))
    group_of = {node: number for number, group in enumerate(groups) for node in group}
    coarse: Links = nx.Graph()
    coarse.add_nodes_from(range(len(groups)))
    for a, b, weight in sorted(_weighted(links)):
        one, other = group_of[a], group_of[b]
        if one != other:
            before = coarse.get_edge_data(one, other, {"weight": 0})["weight"]
            coarse.add_edge(one, other, weight=before + weight)
    room = np.array([sqrt(len(group)) for group in groups])
    x, y = scaled(*_relaxed(coarse, range(len(groups))), room)
    member = np.array([group_of[node] for node in members])
    return x[member], y[member]
