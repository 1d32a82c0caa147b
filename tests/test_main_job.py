"""The main job as a newcomer runs it: `kg build seeds`, with the bundled pipeline, in processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pyoxigraph
import pytest
from commands import run

import kg
from kg.ontology import prefixes
from kg.rdf import statements
from kg.rdf.validate import violations
from kg.records import ROLES
from kg.sources.documents import read_sources

pytestmark = pytest.mark.slow  # all but two need the seeds built twice

SEEDS = Path(__file__).parents[1] / "seeds"
RDF = ("a.ttl", "a.nt", "a.nq", "a.trig", "a.jsonld", "a.rdf")
OUTPUTS = (*RDF, "a.graphml", "a.jsonl")
ALL = ("--level", "full")


def build_with(seed: str, *args: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if name != "KG_MODEL"}
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, args)],
        cwd=cwd,
        env=inherited | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(kg.__file__).parents[1])},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> list[Path]:
    """Two folders with all outputs of the seeds: other hash seed, other number of workers, with and without store."""
    folders = []
    for seed, extra in (("1", ["-o", "a.kg"]), ("2", ["--workers", "2"])):
        folder = tmp_path_factory.mktemp("built")
        outputs = [part for name in OUTPUTS for part in ("-o", name)]
        done = build_with(seed, "build", SEEDS, *outputs, *ALL, *extra, cwd=folder)
        assert done.returncode == 0, done.stderr
        folders.append(folder)
    return folders


@pytest.fixture(scope="module")
def graph(built) -> kg.KnowledgeGraph:
    """What the store holds."""
    return kg.open(built[0] / "a.kg")


@pytest.fixture(scope="module")
def terms(graph) -> tuple[set, set]:
    """Its triples, as pyoxigraph and as rdflib have them."""
    return set(statements(graph, "full")), set(graph.to_rdflib("full"))


@pytest.mark.parametrize("name", OUTPUTS)
def test_same_bytes_in_every_run(built, name):
    first, second = ((folder / name).read_bytes() for folder in built)
    assert first == second


def test_exported_from_the_store_it_is_the_same(built, tmp_path):
    done = run("export", built[0] / "a.kg", *(tmp_path / name for name in OUTPUTS), *ALL, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for name in OUTPUTS:
        assert (tmp_path / name).read_bytes() == (built[0] / name).read_bytes()


@pytest.mark.parametrize("name", RDF)
def test_parsers_agree(built, by_rdflib, terms, name):
    """Without blank nodes, graphs are isomorphic if they are equal."""
    assert {tuple(quad.triple) for quad in pyoxigraph.parse(path=built[0] / name)} == terms[0]
    assert by_rdflib(built[0] / name) == terms[1]


def test_the_graph_comes_back_from_its_triples(built, graph):
    again = kg.open(built[0] / "a.ttl")
    assert (again, again.run) == (graph, graph.run)


def test_the_graph_is_sound(graph):
    assert violations(graph.to_rdflib("full"), "a.kg") == []


def test_an_edge_for_each_end_that_a_drawing_shows(built, graph):
    found = nx.read_graphml(built[0] / "a.graphml", force_multigraph=True, edge_key_type=str)
    drawn = graph.to_networkx()
    assert {key for _, _, key in found.edges(keys=True)} == {key for _, _, key in drawn.edges(keys=True)}
    assert {key.partition(".")[0] for _, _, key in found.edges(keys=True)} <= {fact.id for fact in graph.facts}
    assert set(found) == set(drawn) <= {entity.id for entity in graph.entities}


def test_a_drawing_has_an_edge_for_each_end_of_each_fact(built, tmp_path):
    """With all concepts nothing is missing: a fact leads to its object and to each of its roles, texts among them."""
    done = run("export", built[0] / "a.kg", tmp_path / "a.graphml", "--concepts", "all", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = nx.read_graphml(tmp_path / "a.graphml", force_multigraph=True, edge_key_type=str)
    graph = kg.open(built[0] / "a.kg", concepts="all")
    objects = {fact.id for fact in graph.facts if fact.object or fact.literal}
    roles = {f"{fact.id}.{number}" for fact in graph.facts for number in range(1, len(fact.roles) + 1)}
    spoken = {key for _, _, key, role in found.edges(keys=True, data="role") if role == "speaker"}
    assert objects
    assert roles
    assert spoken
    assert {key for _, _, key in found.edges(keys=True)} - spoken == objects | roles
    assert {key for _, _, key, core in found.edges(keys=True, data="core") if core} == objects
    assert {entity.id for entity in graph.entities} <= set(found)


def test_a_drawing_shows_what_has_a_name(built, graph):
    """Without a wish: a part of that, in which nothing stands alone and each thing without a name links two others."""
    found = nx.read_graphml(built[0] / "a.graphml", force_multigraph=True, edge_key_type=str)
    neighbours = {id: {*found.predecessors(id), *found.successors(id)} - {id} for id in found}
    assert all(neighbours.values())
    unnamed = {entity.id for entity in graph.entities if not entity.named}
    joining = unnamed & set(found)
    assert joining
    assert [id for id in joining if len(neighbours[id] - unnamed) < 2] == []
    assert set(found) < {entity.id for entity in graph.entities}


def test_direct_triples_are_those_of_direct_facts(graph):
    ends = "?s a ?t ; ?p ?o . FILTER(STRSTARTS(STR(?s), STR(kge:)) && STRSTARTS(STR(?o), STR(kge:)) && ?p != kg:names)"
    direct = {(fact.subject, fact.object) for fact in graph.facts if fact.direct and fact.object}
    found = graph.sparql(f"SELECT DISTINCT ?s ?o {{ {ends} }}")
    base = prefixes()["kge"]
    assert {(row["s"].removeprefix(base), row["o"].removeprefix(base)) for row in found} == direct


def test_extract_prints_the_contract(tmp_path):
    """Keys and offsets of every claim in the seeds; each end of a claim is the text it says it is."""
    done = run("extract", SEEDS, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    texts = {document.id: document.text for document in read_sources([str(SEEDS)])}
    claims = [json.loads(line) for line in done.stdout.split("\n") if line]
    assert {claim["doc"] for claim in claims} == set(texts)
    keys = [
        "doc",
        "sentence",
        "subject",
        "predicate",
        "object",
        "roles",
        "polarity",
        "modality",
        "speaker",
        "time",
        "confidence",
        "risk",
    ]
    for claim in claims:
        assert list(claim) == keys
        text = texts[claim["doc"]]
        parts = [claim[key] for key in ("sentence", "subject", "object", "speaker", "time")]
        for span in (*parts, *claim["roles"]):
            assert span is None or text[span["start"] : span["end"]] == span["text"]
        assert " ".join(text[start:end] for start, end in claim["predicate"]["spans"]) == claim["predicate"]["text"]
        assert claim["predicate"]["iri"].startswith(("https://", "http://"))
        assert claim["object"] is None or ("literal" in claim["object"]) != ("type" in claim["object"])
        for role in claim["roles"]:
            assert list(role) == ["role", "preposition", "start", "end", "text", "type"]
            assert role["role"] in ROLES
            assert role["preposition"] != ""
    assert any(claim["object"] is None for claim in claims)
    assert any(claim["roles"] for claim in claims)


def test_extract_into_a_closed_pipe_is_no_error(tmp_path):
    command = f"'{sys.executable}' -m kg extract '{SEEDS}' | head -1"
    environment = os.environ | {"PYTHONPATH": str(Path(kg.__file__).parents[1])}
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr, done.stdout.count("\n")) == (0, "", 1)


def test_a_text_without_names_exits_1(tmp_path):
    (tmp_path / "ja.txt").write_text("Ja.", encoding="utf-8")
    assert run("build", "ja.txt", "-o", "a.ttl", cwd=tmp_path).returncode == 1
    assert run("extract", "ja.txt", cwd=tmp_path).returncode == 1
