"""Filters on the command line: what they leave of an export, of a card and of the facts behind an edge."""

from __future__ import annotations

import json
import os
from itertools import product
from pathlib import Path

import networkx as nx
import pytest
from commands import complains, fill, run

import kg
from kg.formats.suffixes import DRAWINGS
from kg.knowledge_graph import KnowledgeGraph


@pytest.fixture(scope="module")
def folder(tmp_path_factory, small_graph, small_extractions) -> Path:
    """A folder with a store and an RDF file, for commands that only read."""
    return fill(tmp_path_factory.mktemp("cli"), small_graph, small_extractions)


@pytest.mark.parametrize(
    ("args", "facts"),
    [
        ([], ["RhineCloud – nicht: setzt ein – Komponenten von Huawei", "Huawei – beliefern – Duisburg (geplant)"]),
        (["--polarity", "negative"], ["RhineCloud – nicht: setzt ein – Komponenten von Huawei"]),
        (["--modality", "planned", "--until", "2018"], ["Huawei – beliefern – Duisburg (geplant)"]),
    ],
)
def test_filters_choose_the_facts_of_a_card_and_of_why(folder, args, facts):
    card = run("show", "a.kg", "Huawei", *args, cwd=folder)
    assert sorted(line.strip().partition("  ")[0] for line in card.stdout.splitlines() if " – " in line) == sorted(
        facts
    )
    assert card.stdout.startswith("Huawei\n  Organization, 2 mentions in 2 documents\n")
    why = run("why", "a.kg", "Huawei", *args, cwd=folder)
    assert sorted(line.partition("  ")[0] for line in why.stdout.splitlines() if " – " in line) == sorted(facts)
    assert (card.returncode, why.returncode) == (0, 0)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (
            ["show", "a.kg", "Huawei", "--predicate", "unterzeichnen"],
            "Huawei: no fact with it passes the filters; widen",
        ),
        (["why", "a.kg", "Huawei", "--min-weight", "2"], "Huawei: no fact with it passes the filters; widen them"),
        (["why", "a.kg", "Link", "unterzeichnen", "--speaker", "Huwei"], "Huwei: no entity of that name; did you mean"),
    ],
)
def test_filters_that_leave_nothing_of_a_card(folder, args, message):
    done = run(*args, cwd=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"kg: {message}")


@pytest.mark.parametrize(
    ("args", "labels"),
    [
        (["--around", "huawei"], "Duisburg Huawei Komponenten von Huawei RhineCloud"),
        (["--around", "Link", "--hops", "2"], "Duisburg Huawei Memorandum of Understanding Sören Link"),
        (["--around", "Link", "--min-weight", "2"], "Duisburg Sören Link"),
        (["--types", "Person, Place"], "Duisburg Henrik Saller Jan Weidenfeld Nele Prinz Stade Sören Link"),
        (["--around", "Prinz"], "Henrik Saller Nele Prinz Stade die Schlüssel"),
        (["--modality", "planned", "--from", "2018", "--until", "2018-02"], "Duisburg Huawei"),
        (["--polarity", "negative"], "Komponenten von Huawei RhineCloud"),
        (["--predicate", "leiten"], "Duisburg Sören Link"),
    ],
)
def test_filters_choose_what_is_exported(folder, tmp_path, args, labels):
    path = tmp_path / "teil.jsonl"
    assert run("export", folder / "a.kg", path, *args, cwd=folder).returncode == 0
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert " ".join(record["label"] for record in found if record["kind"] == "entity") == labels


@pytest.mark.parametrize(
    ("args", "nodes", "edges"),
    [
        ([], 8, 6),
        (["--concepts", "none"], 7, 5),
        (["--concepts", "joining"], 8, 6),
        (["--concepts", "linked"], 11, 7),
        (["--concepts", "all"], 15, 9),
        (["--concepts", "all", "--around", "Prinz"], 5, 4),
        (["--types", "Person"], 2, 1),
    ],
)
def test_how_much_is_drawn(folder, tmp_path, args, nodes, edges):
    for name in ("netz.graphml", "netz.gexf"):
        assert run("export", folder / "a.kg", tmp_path / name, *args, cwd=folder).returncode == 0
        found = nx.read_graphml(tmp_path / name) if name == "netz.graphml" else nx.read_gexf(tmp_path / name)
        assert (len(found), found.number_of_edges()) == (nodes, edges)
    args = [] if "joining" in args else args  # which is for drawings alone
    assert run("export", folder / "a.kg", f"{tmp_path}/tabellen/", *args, cwd=folder).returncode == 0
    assert "nur ungern" in (tmp_path / "tabellen" / "nodes.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(("most", "nodes"), [(3, 3), (2, 2), (1, 0), (100, 8)])
def test_of_many_things_those_with_most_links_are_drawn(folder, tmp_path, most, nodes):
    done = run("export", "a.kg", tmp_path / "a.gexf", "--most", str(most), cwd=folder)
    drawn = nx.read_gexf(tmp_path / "a.gexf")
    assert (done.returncode, drawn.number_of_nodes()) == (0, nodes)
    told = f"kg: {tmp_path / 'a.gexf'}: shows the {nodes} of 8 things that have most links; --most shows more"
    assert (told in done.stderr.splitlines()) == (nodes < 8)


def test_who_is_named_together_is_drawn_whole(folder, tmp_path):
    done = run("export", "a.kg", tmp_path / "a.gexf", "--cooccurrence", "document", "--most", "3", cwd=folder)
    assert (done.returncode, "--most: --cooccurrence draws all that it finds" in done.stderr) == (2, True)


def test_what_joins_names_is_drawn_beside_whatever_the_store_keeps(tmp_path):
    """A store with all things, a drawing of those that join two names, and RDF of what the store has."""
    (tmp_path / "a.txt").write_text("Gerda Lau fand die Schlüssel. Das Lager brannte aus. Henrik Saller verlor die "
                                    "Schlüssel. Henrik Saller liebt das Meer.", encoding="utf-8")  # fmt: skip
    assert run("build", "a.txt", "-o", "a.kg", "--concepts", "all", cwd=tmp_path).returncode == 0
    assert run("export", "a.kg", "a.gexf", "a.nt", "--concepts", "joining", cwd=tmp_path).returncode == 0
    labels = {label for _, label in nx.read_gexf(tmp_path / "a.gexf").nodes(data="label")}
    assert labels == {"Gerda Lau", "Schlüssel", "Henrik Saller"}
    kept = kg.open(tmp_path / "a.kg")
    assert kept.run.concepts == "all"
    kept.write(tmp_path / "b.nt")
    assert (tmp_path / "a.nt").read_bytes() == (tmp_path / "b.nt").read_bytes()
    assert run("build", "a.txt", "-o", "c.kg", "-o", "c.gexf", "--concepts", "joining", cwd=tmp_path).returncode == 0
    assert kg.open(tmp_path / "c.kg").run.concepts == "linked"
    assert (tmp_path / "c.gexf").read_bytes() == (tmp_path / "a.gexf").read_bytes()
    commands = (["build", "a.txt", "-o", "d.kg", "-o", "d.ttl"], ["export", "a.kg", "d.ttl"])
    for command, option in product(commands, (["--concepts", "joining"], ["--most", "9"])):
        done = run(*command, *option, cwd=tmp_path)
        assert done.returncode == 2
        assert (
            f"{' '.join(option).removesuffix(' 9')} is for drawings ({', '.join(sorted(DRAWINGS))}), and no output is one; leave it out"
            in done.stderr
        )
        assert not (tmp_path / "d.ttl").exists()


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--around", "Huwei"], "Huwei: no entity of that name; did you mean Huawei"),
        (["--around", "Weidenfeld", "--min-weight", "2"], "Weidenfeld: no fact with it passes the filters; widen them"),
        (["--min-weight", "3"], "no fact passes the filters, and nothing was written; widen them"),
        (["--speaker", "Huwei"], "Huwei: no entity of that name; did you mean Huawei"),
    ],
)
def test_filters_that_leave_nothing(folder, tmp_path, args, message):
    KnowledgeGraph((), (), ()).write(tmp_path / "teil.gexf")
    before = (tmp_path / "teil.gexf").read_bytes()
    done = run("export", folder / "a.kg", tmp_path / "teil.gexf", *args, cwd=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"kg: {message}")
    assert (tmp_path / "teil.gexf").read_bytes() == before


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--types", "Mensch"], "'Mensch' is none of Person, Organization"),
        (["--modality", "asserted,wahr"], "'wahr' is none of asserted, planned"),
        (["--from", "gestern"], "gestern: no date; write YYYY, YYYY-MM or YYYY-MM-DD"),
        (["--from", "2022", "--until", "2018"], "2022 to 2018: ends before it begins"),
        (["--polarity", "nein"], "'nein' is not one of 'positive', 'negative'"),
        (["--min-weight", "0"], "0 is not in the range x>=1"),
        (["--hops", "2"], "--hops counts from an entity; name it with --around"),
    ],
)
def test_what_is_no_filter_is_said_before_the_work(tmp_path, args, message):
    (tmp_path / "gut.txt").write_text("Link warnt.", encoding="utf-8")
    assert message in complains(run("build", "gut.txt", "-o", "a.gexf", *args, cwd=tmp_path))
    assert os.listdir(tmp_path) == ["gut.txt"]


def test_a_store_is_never_filtered(tmp_path):
    (tmp_path / "gut.txt").write_text("Link warnt.", encoding="utf-8")
    message = complains(run("build", "gut.txt", "-o", "a.kg", "--min-weight", "2", cwd=tmp_path))
    assert "a store keeps the whole graph; filter when you export it, or add another output" in message
