"""GraphML as Gephi Lite reads it: graphology-graphml, under a real Node, is the judge.

`tests/browser.py` says where its packages come from and when the tests are skipped.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from kg.graph import KnowledgeGraph
from kg.records import Document, Entity, Fact


def load(judge: Path, path: Path) -> dict:
    run = ["node", str(judge / "load.mjs"), str(path)]
    done = subprocess.run(run, capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def same(judge: Path, graph: KnowledgeGraph, path: Path) -> None:
    """graphology reads the nodes, edges and attributes that networkx holds."""
    graph.write(path)
    read = load(judge, path)
    expected = graph.to_networkx()
    assert (read["type"], read["multi"]) == ("directed", True)
    assert {node["key"]: node["attributes"] for node in read["nodes"]} == dict(expected.nodes(data=True))
    assert {(e["source"], e["target"], e["key"]): e["attributes"] for e in read["edges"]} == {
        (source, target, key): attributes for source, target, key, attributes in expected.edges(keys=True, data=True)
    }


def test_loads_with_all_attributes(judge, small_graph, tmp_path):
    same(judge, small_graph, tmp_path / "a.graphml")


def test_loads_what_is_awkward_in_xml(judge, tmp_path):
    """Loops, parallel edges, markup, quotes, astral characters, a literal of blanks."""
    name = 'Müller & <Söhne> "GmbH" 😀 ]]>'
    entities = (Entity("A'\"<&>", "Organization", name, (name, "M&S")), Entity("B", "Person", " B "))
    facts = (
        Fact("1", "A'\"<&>", "kgp:x", "x & y", "B"),
        Fact("2", "A'\"<&>", "kgp:x", "x", "B", polarity="negative"),
        Fact("3", "B", "kgp:x", "x", "B"),
        Fact("4", "B", "kgp:x", "x", "", literal="  "),
    )
    same(judge, KnowledgeGraph((Document("d", ""),), entities, facts), tmp_path / "a.graphml")


def test_loads_a_graph_without_facts(judge, tmp_path):
    same_nodes = KnowledgeGraph((), (Entity("A", "Person", "A"),), ())
    same_nodes.write(tmp_path / "a.graphml")
    assert [node["key"] for node in load(judge, tmp_path / "a.graphml")["nodes"]] == ["A"]
