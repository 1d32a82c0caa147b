"""What is told of two graphs: `print(graph.diff(other))`, a cell of a notebook, `kg diff` as a shell sees it."""

from __future__ import annotations

import json

import pytest
from commands import complains, run
from compared_graphs import apart, graph_of, keep_texts, same, text

import kg
from kg.errors import FormatError, KgError, QueryError
from kg.opening import keep_anew
from kg.store.store import Store

A = text("a", "Huawei  warnt  Jan Link. Jan Link  leitet  Elbwerft.")
B = text("b", "Huawai  warnt  Jan Link.")
C = text("c", "Huawei  warnt  Jan Link.")
ONE_MAN = ("a#15-23", "c#15-23")


def test_weighty_things_come_first_and_long_lists_are_cut():
    many = [text(f"d{n:02}", f"Ole Kern{chr(97 + n)}  leitet  Stade.") for n in range(25)]
    new = graph_of(*many, text("e", "Ole Kernc  leitet  Stade. Nele Prinz  warnt  Stade."))
    found = [" ".join(line.split()) for line in str(graph_of(A).diff(new)).splitlines()]
    assert [line for line in found if "more" in line] == ["… and 6 more new", "… and 7 more new", "… and 6 more new"]
    facts = found[found.index("facts: 26 new, 2 gone") :]
    assert facts[1] == "new Ole Kernc – leitet – Stade positive, asserted, 2 documents"
    assert facts[20:23] == [facts[20], "… and 6 more new", facts[22]]
    assert facts[22].startswith("gone ")


def test_a_difference_in_a_notebook_is_markdown():
    found = graph_of(A).diff(graph_of(A, text("neu_1", "N*  leitet  Stade.", title="<b>")))
    assert found._repr_markdown_().splitlines() == [
        "**documents: 1 new**",
        "",
        r"- new: neu\_1 (\<b\>)",
        "",
        "**entities: 2 new**",
        "",
        r"- new: N\* (Person, 1 document)",
        "- new: Stade (Place, 1 document)",
        "",
        "**facts: 1 new**",
        "",
        r"- new: N\* – leitet – Stade (positive, asserted, 1 document)",
    ]
    assert repr(found) == "<Differences documents=1, entities=2, facts=1>"
    assert graph_of(A).diff(graph_of(A))._repr_markdown_() == "No difference."


def test_only_graphs_are_compared():
    with pytest.raises(KgError, match="must be a graph of kg"):
        graph_of(A).diff("b.kg")


@pytest.mark.parametrize("level", ["plain", "claims", "full"])
def test_a_store_says_what_its_rdf_says(tmp_path, small_graph, level):
    small_graph.write(tmp_path / "a.ttl", level)
    rdf = kg.open(tmp_path / "a.ttl")
    assert not small_graph.diff(rdf)
    assert not rdf.diff(small_graph)
    assert [c.kind for c in rdf.diff(graph_of(A)).facts].count("new") == 2


def test_direct_triples_are_compared_with_direct_triples(tmp_path):
    graph_of(A).write(tmp_path / "a.ttl", "plain")
    found = kg.open(tmp_path / "a.ttl").diff(graph_of(A, C, text("d", "2018  Jan Link  leitet  Elbwerft.")))
    assert not found


def test_a_store_as_of_a_day(tmp_path):
    verdicts = [apart(*ONE_MAN, when="2024-05-01"), same(*ONE_MAN, when="2024-06-01")]
    path = keep_texts(tmp_path / "a.kg", A, C, verdicts=verdicts)
    with Store(path) as store:
        keep_anew(store)
    days = ("2024-04-30", "2024-05-01", "2024-05-31", "2024-06-01", "2024-06", "2025", "")
    men = [[e.id for e in kg.open(path, verdicts_until=day).entities if e.label == "Jan Link"] for day in days]
    assert list(map(len, men)) == [1, 2, 2, 1, 1, 1, 1]
    assert kg.open(path, verdicts_until="2024-06-01") == kg.open(path)


def test_a_verdict_without_a_day_counts_on_every_day(tmp_path):
    path = keep_texts(tmp_path / "a.kg", A, C, verdicts=[apart(*ONE_MAN)])
    assert kg.open(path, verdicts_until="1990") == kg.open(path)


def test_what_has_no_ledger_has_no_days(tmp_path):
    graph_of(A).write(tmp_path / "a.ttl")
    with pytest.raises(FormatError, match=r"a\.ttl: RDF keeps no verdicts"):
        kg.open(tmp_path / "a.ttl", verdicts_until="2024-05-01")
    with pytest.raises(QueryError, match="gestern: no date"):
        kg.open(keep_texts(tmp_path / "a.kg", A), verdicts_until="gestern")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("diff")
    keep_texts(path / "a.kg", A, C)
    keep_texts(path / "b.kg", A, B, C, verdicts=[apart(*ONE_MAN, when="2024-05-01")])
    kg.open(path / "a.kg").write(path / "a.ttl")
    return path


def test_the_command_exits_as_diff_does(folder):
    for other in ("a.kg", "a.ttl"):
        done = run("diff", "a.kg", other, cwd=folder)
        assert (done.returncode, done.stdout, done.stderr) == (0, "no difference\n", "")
    done = run("diff", "a.kg", "b.kg", cwd=folder)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == f"{kg.open(folder / 'a.kg').diff(kg.open(folder / 'b.kg'))}\n"
    assert "  split    Jan Link (id Jan_Link) → " in done.stdout


def test_the_command_compares_two_days(folder):
    done = run("diff", "b.kg", "b.kg", "--verdicts-until", "2024-04", cwd=folder)
    assert (done.returncode, done.stdout.splitlines()[0]) == (1, "entities: 1 split")
    both = ("--verdicts-until", "2024-05-01", "--verdicts-until", "2024-04")
    assert run("diff", "b.kg", "b.kg", *both, cwd=folder).stdout.splitlines()[0] == "entities: 1 merged"
    assert run("diff", "b.kg", "b.kg", *both[2:], *both[2:], cwd=folder).returncode == 0


def test_the_command_prints_json_and_markdown(folder):
    lines = [
        json.loads(line) for line in run("diff", "a.kg", "b.kg", "--format", "json", cwd=folder).stdout.splitlines()
    ]
    assert {tuple(line) for line in lines} == {("kind", "change", "what", "before", "after")}
    assert {line["kind"] for line in lines} == {"document", "entity", "fact"}
    split = next(line for line in lines if line["change"] == "split")
    assert [e["id"] for e in split["before"]] == ["Jan_Link"]
    assert [(e["mentions"][0]["doc"], e["subtype"]) for e in split["after"]] == [("a", None), ("c", None)]
    fact = next(line for line in lines if line["what"] and line["kind"] == "fact")
    assert (fact["what"], fact["before"][0]["weight"], fact["after"][0]["weight"]) == (["weight", "confidence"], 2, 1)
    assert fact["after"][0]["label"] == "Huawei – warnt – Jan Link"
    assert run("diff", "a.kg", "a.kg", "--format", "json", cwd=folder).stdout == ""
    assert run("diff", "a.kg", "b.kg", "--format", "md", cwd=folder).stdout.startswith(
        "**documents: 1 new**\n\n- new: b\n"
    )


def test_all_is_told_with_all(tmp_path):
    keep_texts(tmp_path / "a.kg", A)
    keep_texts(tmp_path / "b.kg", A, *(text(f"d{n}", f"Ole Kern{chr(97 + n)}  leitet  Stade.") for n in range(25)))
    cut, whole = (run("diff", "a.kg", "b.kg", *more, cwd=tmp_path).stdout for more in ((), ("--all",)))
    assert ("… and 5 more new" in cut, "more new" in whole, whole.count("– leitet – Stade")) == (True, False, 25)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["a.kg"], "Missing argument 'B'"),
        (["a.kg", "fehlt.kg"], "fehlt.kg: "),
        (["a.kg", "a.ttl", "--verdicts-until", "2024", "--verdicts-until", "2025"], "a.ttl: RDF keeps no verdicts"),
        (["a.kg", "a.kg", "--verdicts-until", "gestern"], "gestern: no date"),
        (["a.kg", "a.kg", *["--verdicts-until", "2024"] * 3], "once for A, and once for B"),
    ],
)
def test_wrong_use_is_told_in_one_line(folder, args, message):
    assert message in complains(run("diff", *args, cwd=folder))
