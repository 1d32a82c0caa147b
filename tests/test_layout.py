"""Places: everything has one, nothing overlaps, what belongs together is together, on every run alike."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest
from commands import printed

from kg.graph.layout import Point, communities, layout
from kg.graph.layout.grid import Grid
from kg.graph.layout.packing import packed
from kg.graph.layout.repulsion import repulsion
from kg.graph.layout.spacing import parted
from kg.graph.styling import size_of
from kg.knowledge_graph import KnowledgeGraph
from kg.records import DRAWN, Entity, Fact, Mention


def graph_of(links: list[tuple[int, int]], count: int, documents: int = 1) -> KnowledgeGraph:
    """Entities with a number as name; every tenth is in `documents` documents."""
    entities = []
    for number in range(count):
        seen = documents if number % 10 == 0 else 1
        mentions = tuple(Mention(f"d{i}", 0, 1, "x", "named", "Thing", "x") for i in range(seen))
        entities.append(Entity(f"{number:03}", "Thing", f"{number:03}", mentions=mentions))
    facts = [Fact(f"f{i}", f"{a:03}", "kgp:x", "x", f"{b:03}") for i, (a, b) in enumerate(links)]
    return KnowledgeGraph((), tuple(entities), tuple(facts))


def cliques(sizes: list[int]) -> list[tuple[int, int]]:
    """Groups in which everybody knows everybody, each linked to the next by one."""
    links, first = [], 0
    for size in sizes:
        links += combinations(range(first, first + size), 2)
        first += size
        links.append((first - 1, first))
    return links[:-1]


def distance(one: Point, other: Point) -> float:
    return ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5


def test_every_node_has_a_place(small_graph):
    for concepts in (None, *DRAWN):
        places = layout(small_graph, concepts)
        assert list(places) == list(small_graph.to_networkx(concepts))
        assert list(communities(small_graph, concepts)) == list(places)


def test_no_entities_no_places():
    empty = KnowledgeGraph((), (), ())
    assert layout(empty) == {}
    assert communities(empty) == {}


def test_communities_are_those_who_know_each_other():
    found = communities(graph_of(cliques([6, 9, 4]), 20), "linked")
    assert [found[f"{number:03}"] for number in range(20)] == [1] * 6 + [0] * 9 + [2] * 4 + [3]


def test_communities_stand_together():
    sizes = [12] * 10
    graph = graph_of(cliques(sizes), sum(sizes))
    places = list(layout(graph).values())
    inside = [distance(places[a], places[b]) for g in range(10) for a, b in combinations(range(g * 12, g * 12 + 12), 2)]
    outside = [distance(places[a], places[b]) for a, b in combinations(range(0, 120, 12), 2)]
    assert sum(inside) / len(inside) < 0.4 * sum(outside) / len(outside)


@pytest.mark.parametrize(
    ("links", "count"),
    [
        ([], 30),
        ([(0, 1)], 2),
        ([(0, number) for number in range(1, 60)], 60),
        (cliques([5] * 30), 200),
        ([(a, b) for a in range(40) for b in range(a)], 40),
    ],
    ids=["none linked", "a pair", "a star", "rings and single ones", "all linked"],
)
@pytest.mark.slow
def test_nodes_do_not_overlap(links, count):
    graph = graph_of(links, count, documents=60)
    places = layout(graph, "linked")
    sizes = {entity.id: size_of(len(entity.mentions)) for entity in graph.entities}
    for one, other in combinations(places, 2):
        assert distance(places[one], places[other]) > sizes[one] + sizes[other]


def test_single_nodes_stand_around_the_rest():
    places = layout(graph_of(cliques([8] * 5), 80), "linked")
    inner = [distance(places[f"{number:03}"], Point(0, 0)) for number in range(40)]
    outer = [distance(places[f"{number:03}"], Point(0, 0)) for number in range(40, 80)]
    assert min(outer) > sum(inner) / len(inner)
    assert max(outer) < 2 * max(inner)


def test_same_places_whatever_the_hash_seed():
    code = "from kg.graph.layout import communities, layout\nprint(layout(value), communities(value))"
    seen = {printed(code, graph_of(cliques([7] * 20), 160), seed=seed) for seed in "12"}
    assert len(seen) == 1


@pytest.mark.parametrize("count", [2, 30, 700, 3000])
@pytest.mark.slow
def test_repulsion_is_the_sum_over_all_pairs(count):
    rng = random.Random(count)
    x, y, mass = (np.array([rng.gauss(0, 100) for _ in range(count)]) for _ in range(3))
    mass = 1 + abs(mass)
    dx, dy = x[:, None] - x, y[:, None] - y
    push = mass[:, None] * mass / (dx * dx + dy * dy + np.eye(count))
    exact = np.array(((push * dx).sum(axis=1), (push * dy).sum(axis=1)))
    error = np.linalg.norm(np.array(repulsion(x, y, mass)) - exact, axis=0) / np.linalg.norm(exact, axis=0)
    assert np.median(error) < 0.01
    assert np.quantile(error, 0.95) < 0.05


def test_repulsion_of_nodes_in_one_place_is_none():
    nowhere = np.zeros(3)
    assert [force.tolist() for force in repulsion(nowhere, nowhere, nowhere + 1)] == [[0, 0, 0], [0, 0, 0]]


@pytest.mark.parametrize("side", [1, 2, 7])
def test_pairs_are_those_in_touching_cells(side):
    rng = random.Random(side)
    x, y = (np.array([rng.random() for _ in range(60)]) for _ in range(2))
    grid = Grid.over(x, y, side)
    row, column = grid.cells // side, grid.cells % side
    expected = {
        (a, b) for a, b in combinations(range(60), 2) if max(abs(row[a] - row[b]), abs(column[a] - column[b])) <= 1
    }
    found = [tuple(sorted(pair)) for pair in zip(*(ends.tolist() for ends in grid.pairs()), strict=True)]
    assert len(found) == len(expected)
    assert set(found) == expected


def test_nodes_in_one_place_are_parted():
    x, y = parted(np.zeros(5), np.zeros(5), np.full(5, 3.0))
    assert all(((x[a] - x[b]) ** 2 + (y[a] - y[b]) ** 2) ** 0.5 > 5.9 for a, b in combinations(range(5), 2))


def test_parts_of_all_sizes_are_packed_apart():
    rng = random.Random(7)
    parts = []
    for size in (40, 20, 20, 5, 5, 3, 1, 1, 1, 1):
        x, y = (np.array([rng.uniform(0, 6 * size) for _ in range(size)]) for _ in range(2))
        parts.append((x, y, np.full(size, 5.0)))
    found = packed(parts)
    for (x, y), (old_x, old_y, _) in zip(found, parts, strict=True):
        assert np.allclose(x - x[0], old_x - old_x[0])
        assert np.allclose(y - y[0], old_y - old_y[0])
    for (a, b), (c, d) in combinations(found, 2):
        assert ((a[:, None] - c) ** 2 + (b[:, None] - d) ** 2).min() >= 99.9
