"""GraphML and GEXF as Gephi Lite reads them: graphology's parsers, under a real Node, are the judge.

`tests/browser.py` says where its packages come from and when the tests are skipped.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from graphology import as_read, load

import kg
from kg.formats.network.drawing import drawn_edges, drawn_nodes
from kg.knowledge_graph import KnowledgeGraph
from kg.records import Document, Entity, Fact

SEEDS = Path(__file__).parents[1] / "seeds"
NAMES = ["a.graphml", "a.gexf"]


@pytest.fixture(scope="module")
def seeds_graph() -> KnowledgeGraph:
    return kg.build([SEEDS])


def same(judge: Path, graph: KnowledgeGraph, path: Path, concepts: str | None = "all") -> None:
    """graphology reads the nodes, edges and attributes that were drawn."""
    graph.write(path, concepts=concepts)
    read = load(judge, path)
    nodes = {node.id: as_read(node.attributes, path) for node in drawn_nodes(graph, concepts)}
    edges = {(e.source, e.target, e.id): as_read(e.attributes, path) for e in drawn_edges(graph, concepts)}
    if path.suffix == ".gexf":
        edges = {key: value | {"kind": value["label"]} for key, value in edges.items()}
    assert read["multi"] is True
    assert read["type"] == ("directed" if edges or path.suffix == ".graphml" else "mixed")
    assert {node["key"]: node["attributes"] for node in read["nodes"]} == nodes
    assert {(e["source"], e["target"], e["key"]): e["attributes"] for e in read["edges"]} == edges


@pytest.mark.parametrize("name", NAMES)
def test_loads_with_all_attributes(judge, small_graph, tmp_path, name):
    for concepts in ("all", None):
        same(judge, small_graph, tmp_path / name, concepts)


@pytest.mark.parametrize("name", NAMES)
def test_loads_what_is_awkward_in_xml(judge, tmp_path, name):
    """Loops, parallel edges, markup, quotes, astral characters, a literal of blanks."""
    label = 'Müller & <Söhne> "GmbH" 😀 ]]>'
    entities = (Entity("A'\"<&>", "Organization", label, (label, "M&S")), Entity("B", "Person", " B "))
    facts = (
        Fact("1", "A'\"<&>", "kgp:x", "x & y", "B"),
        Fact("2", "A'\"<&>", "kgp:x", "x", "B", polarity="negative"),
        Fact("3", "B", "kgp:x", "x", "B"),
        Fact("4", "B", "kgp:x", "x", "", literal="  "),
    )
    same(judge, KnowledgeGraph((Document("d", ""),), entities, facts), tmp_path / name)


@pytest.mark.parametrize("name", NAMES)
def test_loads_a_graph_without_facts(judge, tmp_path, name):
    same(judge, KnowledgeGraph((), (Entity("A", "Person", "A"),), ()), tmp_path / name)


@pytest.mark.slow
def test_loads_the_seeds(judge, seeds_graph, tmp_path):
    """Counts, attributes and colours of a real graph."""
    for name in NAMES:
        for concepts in ("all", None):
            same(judge, seeds_graph, tmp_path / name, concepts)
