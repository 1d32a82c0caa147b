"""Who is named together, as files: GraphML, GEXF and tables, by `write_cooccurrence` and `kg export --cooccurrence`."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
from commands import complains, fill, run
from graphology import as_read, load
from named_together import three_texts

from kg.errors import FormatError
from kg.formats.cooccurrence import EDGE_COLUMNS, HEADERS, NODE_COLUMNS, drawn
from kg.formats.suffixes import NETWORKS, or_list
from kg.graph.styling import TYPE_COLORS
from kg.knowledge_graph import KnowledgeGraph
from kg.records import UNITS, Extraction


@pytest.fixture(scope="module")
def press() -> KnowledgeGraph:
    return three_texts()


ODD = "A'\"<&> Müller 😀 ]]>\x0c"


@pytest.fixture(scope="module")
def odd(press) -> KnowledgeGraph:
    """What is awkward in XML and in tables."""
    return replace(press, entities=tuple(replace(e, label=ODD, aliases=("b\nc",)) for e in press.entities))


def test_columns_are_the_attributes(press):
    for columns, rows in zip((NODE_COLUMNS, EDGE_COLUMNS), drawn(press.cooccurrence()), strict=True):
        for row in rows:
            assert {name: type(value) for name, value in row.attributes.items()} == dict(columns)


def test_nodes_look_as_in_other_drawings(press):
    nodes, _ = drawn(press.cooccurrence())
    assert {node.attributes["color"] for node in nodes} == {
        TYPE_COLORS[type] for type in ("Person", "Place", "Organization")
    }
    assert {node.id: node.attributes["size"] for node in nodes} == {
        "Krause": 6.93,
        "Link": 5.66,
        "Rat": 5.66,
        "Stade": 4.0,
    }
    assert len({(node.attributes["x"], node.attributes["y"]) for node in nodes}) == 4
    assert drawn(nx.Graph()) == ([], [])


def test_graphml_comes_back_as_it_was(press, tmp_path):
    press.write_cooccurrence(tmp_path / "a.graphml", "document")
    found = nx.read_graphml(tmp_path / "a.graphml")
    assert type(found) is nx.Graph
    network = press.cooccurrence("document")
    assert set(found) == set(network)
    for id, node in network.nodes.items():
        assert node.items() <= found.nodes[id].items()
    assert found.size() == network.size()
    for *ends, edge in network.edges(data=True):
        assert edge.items() <= found.edges[ends].items()


def test_gexf_comes_back_as_it_was(press, tmp_path):
    press.write_cooccurrence(tmp_path / "a.gexf", "sentence")
    found = nx.read_gexf(tmp_path / "a.gexf")
    assert not found.is_directed()
    network = press.cooccurrence("sentence")
    for id, node in network.nodes.items():
        assert node.items() <= found.nodes[id].items()
        assert found.nodes[id]["viz"]["color"] | {"a": 1.0} == found.nodes[id]["viz"]["color"]
    assert found.size() == network.size()
    for *ends, edge in network.edges(data=True):
        assert edge.items() <= found.edges[ends].items()
    assert found.edges["Link", "Krause"]["spells"] == [("2018-01-01", "2022-04-01")]
    assert "spells" not in found.edges["Rat", "Krause"]


def test_tables(press, tmp_path):
    press.write_cooccurrence(f"{tmp_path}/netz/", "sentence", min_weight=2)
    assert sorted(path.name for path in (tmp_path / "netz").iterdir()) == ["edges.csv", "nodes.csv"]
    rows = {}
    for name, header in HEADERS.items():
        with open(tmp_path / "netz" / name, encoding="utf-8", newline="") as stream:
            first, *rows[name] = csv.reader(stream)
        assert tuple(first) == header
    [edge] = rows["edges.csv"]
    assert edge[:3] == ["Krause", "Link", "Undirected"]
    assert edge[4:8] == ["3", "2018-01", "2022-04-01", "Sören Link traf Ina Krause in Stade."]
    assert edge[-3:] == ["Krause", "Link", "namedTogether"]
    assert [row[:3] for row in rows["nodes.csv"]] == [["Krause", "Krause", "Person"], ["Link", "Link", "Person"]]


@pytest.mark.parametrize("name", ["a.graphml", "a.gexf"])
@pytest.mark.parametrize("unit", UNITS)
def test_graphology_reads_it(judge, odd, tmp_path, name, unit):
    path = tmp_path / name
    odd.write_cooccurrence(path, unit)
    read = load(judge, path)
    drawing = drawn(odd.cooccurrence(unit))
    assert read["type"] == "undirected"
    shown = ODD.replace("\x0c", "\ufffd")
    nodes = {node.id: as_read(node.attributes | {"label": shown}, path) for node in drawing.nodes}
    edges = {(e.source, e.target, e.id): as_read(e.attributes, path) for e in drawing.edges}
    assert {node["key"]: node["attributes"] for node in read["nodes"]} == nodes
    assert {(e["source"], e["target"], e["key"]): e["attributes"] for e in read["edges"]} == edges


def test_what_was_written_is_written_again_and_nothing_of_others(press, tmp_path):
    for name in (*(f"a{suffix}" for suffix in NETWORKS), "netz/"):
        press.write(f"{tmp_path}/{name}")
        press.write_cooccurrence(f"{tmp_path}/{name}")
        press.write_cooccurrence(f"{tmp_path}/{name}")
        press.write(f"{tmp_path}/{name}")
    (tmp_path / "netz" / "nodes.csv").write_text("Id,Label\n", encoding="utf-8")
    with pytest.raises(FormatError, match="not written by kg"):
        press.write_cooccurrence(f"{tmp_path}/netz/")
    for name in ("a.ttl", "a.html", "a.kg", "a.txt", "a", "-"):
        with pytest.raises(FormatError, match=rf"use {re.escape(or_list(NETWORKS))}, or a folder/ for CSV tables"):
            press.write_cooccurrence(tmp_path / name)


# On the command line: a store, and an RDF file of level "claims".


@pytest.fixture(scope="module")
def folder(tmp_path_factory, press) -> Path:
    mentions = {document.id: [] for document in press.documents}
    for entity in press.entities:
        for mention in entity.mentions:
            mentions[mention.doc].append(mention)
    extractions = [(each, Extraction(tuple(sorted(mentions[each.id])), ())) for each in press.documents]
    return fill(tmp_path_factory.mktemp("cli"), press, extractions)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["sentence"], "4 entities, 5 pairs"),
        (["document"], "4 entities, 6 pairs"),
        (["sentence", "--min-weight", "3", "--concepts", "none"], "2 entities, 1 pair"),
        (["sentence", "--types", "Person, Organization", "--around", "Rat"], "2 entities, 1 pair"),
        (["paragraph", "--from", "2019", "--until", "2022"], "2 entities, 1 pair"),
        (["sentence", "--around", "Rat", "--hops", "2"], "4 entities, 5 pairs"),
    ],
)
def test_export(folder, tmp_path, args, said):
    outputs = [*(tmp_path / f"a{suffix}" for suffix in NETWORKS), f"{tmp_path}/netz/"]
    done = run("export", "a.kg", *outputs, "--cooccurrence", *args, cwd=folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith(f"{said} → ")
    assert f"{nx.read_gexf(tmp_path / 'a.gexf').size()} pair" in said


@pytest.mark.slow
def test_the_hash_seed_does_not_matter(folder, tmp_path):
    written = []
    for seed in "12":
        args = [*(tmp_path / seed / f"a{suffix}" for suffix in NETWORKS), f"{tmp_path / seed / 'netz'}/"]
        (tmp_path / seed).mkdir()
        assert (
            run("export", "a.kg", *args, "--cooccurrence", "document", cwd=folder, PYTHONHASHSEED=seed).returncode == 0
        )
        files = sorted((tmp_path / seed).rglob("*.*"))
        assert len(files) == len(NETWORKS) + 2
        written.append([path.read_bytes() for path in files])
    assert written[0] == written[1]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["a.kg", "b.ttl"], f"b.ttl: no format for who is named together; use {or_list(NETWORKS)}, or a folder/"),
        (["a.kg", "b.gexf", "b.html"], "b.html: no format for who is named together"),
        (["a.kg", "b.gexf", "--modality", "planned"], "--modality is for facts, and --cooccurrence has none; leave it out"),
        (["a.kg", "b.gexf", "--polarity", "negative"], "--polarity is for facts"),
        (["a.kg", "b.gexf", "--min-confidence", "0.5"], "--min-confidence is for facts"),
        (["a.kg", "b.gexf", "--speaker", "Link"], "--speaker is for facts"),
        (["a.kg", "b.gexf", "--predicate", "warnen"], "--predicate is for facts"),
        (["a.kg", "b.gexf", "--level", "claims"], "--level is for facts"),
        (["a.kg", "b.gexf", "--rdf12"], "--rdf12 is for facts"),
        (["a.kg", "b.gexf", "--concepts", "all"], "--concepts all: --cooccurrence has named entities alone; leave it out"),
        (["a.kg", "b.gexf", "--hops", "2"], "--hops counts from an entity; name it with --around"),
        (["a.kg", "b.gexf", "--from", "gestern"], "gestern: no date"),
        (["a.ttl", "b.gexf"], "the graph does not tell where its entities are named; take its .kg store, or RDF of level"),
    ],
)  # fmt: skip
def test_export_refuses(folder, args, message):
    assert message in complains(run("export", *args, "--cooccurrence", "sentence", cwd=folder))
    assert sorted(path.name for path in folder.iterdir()) == ["a.kg", "a.ttl"]


def test_export_knows_its_units(folder):
    message = complains(run("export", "a.kg", "b.gexf", "--cooccurrence", "clause", cwd=folder))
    assert "'clause' is not one of 'sentence', 'paragraph', 'document'" in message


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--min-weight", "9"], "no sentence names two entities that pass, and nothing was written; widen the filters"),
        (
            ["--around", "Stade", "--min-weight", "2"],
            "Stade: named together with nothing that passes; widen the filters",
        ),
        (["--around", "Stadt"], "Stadt: no entity of that name; did you mean"),
    ],
)
def test_export_of_nothing(folder, args, message):
    done = run("export", "a.kg", "b.gexf", "--cooccurrence", "sentence", *args, cwd=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"kg: {message}")
    assert not (folder / "b.gexf").exists()
