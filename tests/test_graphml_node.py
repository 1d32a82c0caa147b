"""GraphML as Gephi Lite reads it: graphology-graphml, under a real Node, is the judge.

Its packages are installed once with npm into a cache outside the repository (KG_NODE_CACHE, else ~/.cache/kg). Where
there is no Node or no registry the tests are skipped; with KG_REQUIRE_NODE=1, as on CI, they fail instead.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

from kg.graph import KnowledgeGraph
from kg.records import Document, Entity, Fact

SOURCES = Path(__file__).parent / "node"


def _give_up(reason: str) -> NoReturn:
    if os.environ.get("KG_REQUIRE_NODE"):
        pytest.fail(f"{reason}, and KG_REQUIRE_NODE is set")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def judge() -> Path:
    """A folder with the script and the packages it needs, at the versions of package-lock.json."""
    missing = [name for name in ("node", "npm") if not shutil.which(name)]
    if missing:
        _give_up(f"no {' and no '.join(missing)} on this machine")
    files = sorted(path for path in SOURCES.iterdir() if path.is_file())
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]
    cache = Path(os.environ.get("KG_NODE_CACHE") or Path.home() / ".cache" / "kg") / f"node-{digest}"
    if not (cache / "done").exists():
        cache.mkdir(parents=True, exist_ok=True)
        for path in files:
            shutil.copy(path, cache)
        run = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        done = subprocess.run(run, cwd=cache, capture_output=True, text=True, timeout=300)
        if done.returncode:
            _give_up(f"npm could not install the packages ({done.stderr.strip()[-200:]})")
        (cache / "done").touch()
    return cache


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
