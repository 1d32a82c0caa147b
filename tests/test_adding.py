"""Texts come to a store and go from it, one by one: what it says then is what a build of the same texts says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from building import first_word, interrupted, judge, judgements, texts
from commands import complains, run
from damaged_stores import change
from hypothesis import given, settings
from hypothesis import strategies as st
from stand_ins import stand_in

import kg
from kg.errors import DamagedError, KgError, QueryError, SourceError, StoreError
from kg.opening import keep_anew
from kg.records import Document, Judgement
from kg.store.store import Store

MINE = """
[prefixes]
z = "https://zeitung.example/begriffe#"
[[relation]]
iri = "z:sponsors"
label = { de = "sponsert", en = "sponsors" }
verbs = ["sponsern"]
"""


@pytest.fixture
def reader(monkeypatch) -> list[str]:
    return stand_in(monkeypatch, first_word)


@pytest.fixture
def store(reader, tmp_path) -> Path:
    """A store with the documents "a" and "b"."""
    kg.build(texts("ab"), store=tmp_path / "a.kg")
    reader.clear()
    return tmp_path / "a.kg"


def ids(store: Path) -> str:
    return "".join(document.id for document in kg.open(store).documents)


def test_what_is_added_comes_to_what_is_there(reader, store, caplog):
    caplog.set_level("INFO", "kg")
    changed = Document("b", "Bonn baut.")
    graph = kg.add(store, [changed, *texts("c")])
    assert graph.documents == (*texts("a"), changed, *texts("c"))
    assert graph == kg.open(store) == kg.build(graph.documents)
    assert caplog.messages == [
        f"{store}: has another text by that name, which is replaced: b",
        f"{store}: documents: 1 new, 1 changed, 1 unchanged",
    ]
    assert reader == ["b", "c", "a", "b", "c"]
    assert os.listdir(store.parent) == ["a.kg"]


def test_what_is_there_as_it_is_leaves_the_file_alone(reader, store):
    before, place = store.read_bytes(), store.stat()
    kg.add(store, texts("a"))
    assert (reader, store.read_bytes(), store.stat().st_ino) == ([], before, place.st_ino)


def test_a_store_that_is_not_there_is_made_by_a_build_alone(reader, tmp_path):
    (tmp_path / "a.txt").write_text("Essen baut.", encoding="utf-8")
    told = "kg: b.kg: no such store; build one with `kg build INPUT -o b.kg`"
    assert complains(run("add", "b.kg", "a.txt", cwd=tmp_path)) == told
    assert complains(run("remove", "b.kg", "a", cwd=tmp_path)) == told
    assert (reader, os.listdir(tmp_path)) == ([], ["a.txt"])


def test_the_settings_of_a_store_stay(reader, tmp_path):
    store, mine, other = tmp_path / "a.kg", tmp_path / "mine.toml", tmp_path / "other.toml"
    mine.write_text(MINE, encoding="utf-8")
    other.write_text(MINE.replace("sponsern", "fördern"), encoding="utf-8")
    for name, label in (("orte", "Essen"), ("neu", "Bonn")):
        (tmp_path / f"{name}.csv").write_text(f"id,label,type\nx,{label},Place\n", encoding="utf-8")
    options = {
        "base_iri": "https://e.example/",
        "relations": mine,
        "concepts": "all",
        "gazetteer": tmp_path / "orte.csv",
    }
    kg.build(texts("a"), store=store, date="2024-05-31", **options)
    before = kg.open(store)
    kg.add(store, texts("a"))
    assert kg.open(store).run == before.run
    for more in ({}, {"relations": mine}):
        after = kg.add(store, texts("bc" if more else "b"), **more)
        assert (after.base_iri, after.run.relations, after.run.concepts) == ("https://e.example/", MINE, "all")
        assert (after.run.gazetteers, after.run.date) == (("orte.csv",), "")
    with Store(store, readonly=True) as kept:
        assert [entry.label for entry in kept.listed()] == ["Essen"]
    assert kg.add(store, texts("d"), gazetteer=tmp_path / "neu.csv", date="2024-06-01").run.gazetteers == ("neu.csv",)
    assert kg.open(store).run.date == "2024-06-01"
    with Store(store, readonly=True) as kept:
        assert [entry.label for entry in kept.listed()] == ["Bonn"]
    before = store.read_bytes()
    with pytest.raises(StoreError, match=r"a\.kg: was built with other relations than .*other\.toml has; leave"):
        kg.add(store, texts("e"), relations=other)
    with pytest.raises(
        StoreError, match=r"a\.kg: was built with the model de_kg_news 0\.2\.0, and anderes 0\.2\.0 would"
    ):
        kg.add(store, texts("e"), model="anderes")
    assert (store.read_bytes(), sorted(p.suffix for p in tmp_path.iterdir())) == (
        before,
        [".csv", ".csv", ".kg", ".toml", ".toml"],
    )


def test_the_model_of_a_store_goes_without_saying(reader, tmp_path, monkeypatch):
    store = tmp_path / "a.kg"
    kg.build(texts("a"), store=store, model="anderes")
    assert kg.add(store, texts("b")).run.model == "anderes 0.2.0"
    with Store(store, readonly=True) as kept:
        assert {row for (row,) in kept.ask("SELECT fingerprint FROM documents")} == {"f-anderes"}


def test_an_add_goes_on_where_it_was_interrupted_and_takes_nothing_from_a_build_that_was(reader, store, caplog):
    interrupted(store, "abcd")  # of which "c" and "d" are no part of the store
    with pytest.raises(KeyboardInterrupt):
        kg.add(store, [*texts("ce"), Document("z", "halt")])
    reader.clear()
    kg.add(store, texts("ce"))
    assert (reader, ids(store)) == ([], "abce")
    assert caplog.messages == [f"{store}: an interrupted build of it had read 1 document besides, which it reads anew"]


def test_a_text_that_an_interrupted_build_has_read_anew_is_not_added_unnamed(reader, store):
    with pytest.raises(KeyboardInterrupt):
        kg.build([Document("a", "Bonn baut."), *texts("b"), Document("z", "halt")], store=store, concepts="all")
    graph = kg.add(store, texts("c"))
    assert graph == kg.open(store) == kg.build(texts("abc"))
    assert graph.run.concepts == "linked"


def test_what_another_reader_has_read_is_told(reader, store, caplog):
    with Store(store) as kept:
        kept.add(*[*texts("a"), first_word(*texts("a"))], "older")
    kg.add(store, texts("c"))
    told = f"{store}: 1 document of it was read by another version of kg or on another CPU; `kg build` reads it anew"
    assert caplog.messages == [told]
    kg.add(store, texts("ac"))
    assert caplog.messages == [told]


def test_one_writer_at_a_time(reader, store):
    from kg.store.locking import locked

    with locked(store):
        for use in (lambda: kg.add(store, texts("c")), lambda: kg.remove(store, "a")):
            with pytest.raises(
                StoreError, match="another kg is building or reviewing it; wait until it is done, or pass --wait"
            ):
                use()


def test_who_adds_to_a_damaged_store_is_told_what_to_build_anew(reader, store):
    change(store, "UPDATE mentions SET start = 1 WHERE doc = 'a'")
    for use in (lambda: kg.add(store, texts("c")), lambda: kg.remove(store, "b")):
        with pytest.raises(DamagedError, match=r"damaged: 1 document \(a\); `kg build"):
            use()
    assert kg.add(store, texts("a")) == kg.open(store) == kg.build(texts("ab"))
    change(store, "UPDATE mentions SET start = 1 WHERE doc = 'a'")
    assert kg.remove(store, "a") == kg.open(store) == kg.build(texts("b"))


def test_what_is_withdrawn_is_gone_and_remembered(reader, store, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1717113600")
    verdict = judge(store, "same")
    assert kg.remove(store, "a", by="Redaktion", why="Gegen-\ndarstellung") == kg.open(store) == kg.build(texts("b"))
    assert judgements(store) == [verdict]
    done = run("stats", store, cwd=store.parent)
    assert done.stdout.splitlines()[-2:] == [
        "withdrawn          1", "  a: on 2024-05-31 by Redaktion: Gegen- darstellung",
    ]  # fmt: skip
    with pytest.raises(
        QueryError, match=r"^a: was withdrawn on 2024-05-31 by Redaktion: Gegen- darstellung; leave it out"
    ):
        kg.remove(store, ["a", "b"])
    assert ids(store) == "b"


def test_what_was_withdrawn_comes_back_where_it_is_named(reader, store, caplog):
    kg.remove(store, ["a", "b"], by="R", date="2024-05-31")
    kg.add(store, texts("ac"))
    assert caplog.messages == ["a: was withdrawn on 2024-05-31 by R; it is back"]
    kg.build(texts("abc"), store=store)
    assert caplog.messages[1:] == ["b: was withdrawn on 2024-05-31 by R; it is back"]
    kg.build(texts("abc"), store=store)
    assert len(caplog.messages) == 2
    assert "withdrawn" not in run("stats", store, cwd=store.parent).stdout


def test_a_build_of_others_remembers_what_was_withdrawn(reader, store):
    interrupted(store, "abc")
    kg.remove(store, "a", by="R", date="2024-05-31")
    kg.build(texts("bc"), store=store)
    assert ids(store) == "bc"
    assert run("stats", store, cwd=store.parent).stdout.endswith("withdrawn          1\n  a: on 2024-05-31 by R\n")


@pytest.mark.parametrize(
    ("given", "code", "line"),
    [
        (["mai/1"], 0, "4 documents left → a.kg\nkg: a.kg: 1 document withdrawn (mai/1)"),
        (["mai/*"], 0, "3 documents left → a.kg\nkg: a.kg: 2 documents withdrawn (mai/1, mai/2)"),
        (
            ["mai/*", "mai/1", "brief"],
            0,
            "2 documents left → a.kg\nkg: a.kg: 3 documents withdrawn (brief, mai/1, mai/2)",
        ),
        (["ma[i]"], 0, "4 documents left → a.kg\nkg: a.kg: 1 document withdrawn (ma[i])"),
        (["*"], 0, "0 documents left → a.kg\nkg: a.kg: 5 documents withdrawn (brief, ma[i], mai/1, mai/2, z)"),
        (["brief", "mai/3"], 1, "kg: mai/3: no document of that id; did you mean mai/2 or mai/1 or ma[i]?"),
        (["1"], 1, "kg: 1: no document of that id; did you mean mai/1?"),
        (["Brief"], 1, "kg: Brief: no document of that id; did you mean brief?"),
        (["juni/*"], 1, "kg: juni/*: no document of that id; no id here is like it; check the spelling"),
    ],
)
def test_documents_are_named_by_id_or_pattern(reader, tmp_path, given, code, line):
    kg.build([Document(id, "Essen baut.") for id in ("brief", "mai/1", "mai/2", "ma[i]", "z")], store=tmp_path / "a.kg")
    before = (tmp_path / "a.kg").read_bytes()
    done = run("remove", "a.kg", *given, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", f"{line}\n")
    assert ((tmp_path / "a.kg").read_bytes() == before) is bool(code)


def test_a_withdrawal_that_is_damaged_is_noticed(reader, store):
    kg.remove(store, "a", by="R")
    change(store, "UPDATE settings SET value = replace(value, 'R', 'S') WHERE name = 'withdrawn:a'")
    with pytest.raises(DamagedError, match="its settings"):
        kg.open(store).counts()
    kg.build(texts("b"), store=store)
    assert ids(store) == "b"


def test_a_graph_without_some_documents_is_a_build_of_the_others(reader, store):
    kg.add(store, [Document("c", "Bonn baut.")])
    judge(store, "not same")
    with Store(store) as kept:
        keep_anew(kept)
    for opened in (kg.open, lambda store: kg.open(store, "all"), lambda store: kg.add(store, texts("d"))):
        graph = opened(store)
        rest = graph.without("a")
        assert [document.id for document in rest.documents] == [d.id for d in graph.documents if d.id != "a"]
        assert rest.run == graph.run
    assert kg.open(store).without("*").documents == ()
    with pytest.raises(QueryError, match=r"^x: no document of that id"):
        kg.open(store).without("x")
    for part in (kg.build(texts("ab")), kg.open(store).filter(min_weight=2)):
        with pytest.raises(KgError, match=r"^without: a graph of no store, or a part of one; take what kg\.open"):
            part.without("a")
    graph = kg.open(store)
    kg.remove(store, "a")
    with pytest.raises(StoreError, match="has changed since it was opened"):
        graph.without("b")
    assert kg.open(store).without("b") == kg.build([Document("c", "Bonn baut."), *texts("d")])


WORDS = ("Essen baut.", "Bonn baut.", "Essen plant.")
steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.dictionaries(st.sampled_from("abcd"), st.sampled_from(WORDS), min_size=1)),
        st.tuples(st.just("remove"), st.sampled_from("abcd")),
        st.tuples(st.sampled_from(["same", "not same"]), st.sampled_from(["ab", "bc", "cd", "ad"])),
    ),
    max_size=8,
)


@settings(max_examples=15, deadline=None)
@given(steps)
def test_whatever_came_and_went_the_store_is_that_of_a_build_of_what_is_left(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("s")
    with pytest.MonkeyPatch.context() as patch:
        stand_in(patch, first_word)
        kg.build(texts("az"), store=folder / "a.kg")
        held, verdicts = dict.fromkeys("az", "Essen baut."), []
        for what, which in steps:
            if what == "add":
                kg.add(folder / "a.kg", [Document(id, text) for id, text in which.items()])
                held |= which
            elif what != "remove":
                left, right = (f"{id}#0-{len(held.get(id, WORDS[0]).split()[0])}" for id in which)
                verdicts.append(Judgement(left, right, what, by="R"))
                _judge(folder / "a.kg", verdicts[-1:])
            elif which in held:
                kg.remove(folder / "a.kg", which)
                del held[which]
        kg.build([Document(id, text) for id, text in held.items()], store=folder / "b.kg")
        _judge(folder / "b.kg", verdicts)
        assert kg.open(folder / "a.kg") == kg.open(folder / "b.kg")
        assert content(folder / "a.kg") == content(folder / "b.kg")


def _judge(store: Path, verdicts: list[Judgement]) -> None:
    with Store(store) as kept:
        for verdict in verdicts:
            kept.add_judgement(verdict)
        keep_anew(kept)


def content(store: Path) -> list[list[tuple]]:
    """All rows of a store, but for what it remembers of those that are gone."""
    tables = (
        "documents",
        "mentions",
        "claims",
        "judgements",
        "listed",
        "resolved_entities",
        "resolved_facts",
        "settings",
    )
    with Store(store, readonly=True) as kept:
        return [[r for r in kept.ask(f"SELECT * FROM {t} ORDER BY 1, 2") if "withdrawn" not in str(r)] for t in tables]


def test_what_cannot_be_read_is_left_out(reader, store, caplog):
    (store.parent / "c.txt").write_bytes(b"")
    with pytest.raises(SourceError, match="empty"):
        kg.add(store, store.parent / "c.txt")
    kg.add(store, [store.parent / "c.txt", *texts("d")])
    assert [message.partition(";")[0] for message in caplog.messages] == [f"left out: {store.parent / 'c.txt'}: empty"]
    assert ids(store) == "abd"
