"""A build that ends half-way: the store stays as it is, the next one goes on, and no verdict is lost in between."""

from __future__ import annotations

import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from building import first_word, interrupted, judge, judgements, texts
from commands import MODEL, complains, run
from stand_ins import stand_in

import kg
from kg.building.workfile import working_on
from kg.errors import StoreError
from kg.records import Document, Extraction
from kg.sources.leftout import Among


@pytest.fixture
def reader(monkeypatch) -> list[str]:
    return stand_in(monkeypatch, first_word)


def test_a_verdict_given_between_an_interruption_and_the_next_build_stays(reader, tmp_path):
    store = tmp_path / "a.kg"
    kg.build(texts("ab"), store=store)
    first = judge(store, "not same")
    interrupted(store, "abc")
    second = judge(store, "same")
    kg.build(texts("abcd"), store=store)
    assert judgements(store) == [first, second]
    assert reader == ["a", "b", "c", "d"]


def test_what_an_interrupted_build_left_is_used_as_far_as_it_is_sound(reader, tmp_path):
    store, working = tmp_path / "a.kg", tmp_path / ".a.kg.part"
    interrupted(store, "abc")
    with closing(sqlite3.connect(working)) as db, db:
        db.execute("UPDATE mentions SET start = 1 WHERE doc = 'b'")
    reader.clear()
    assert len(kg.build(texts("abc"), store=store).documents) == 3
    assert reader == ["a", "b", "c"]


@pytest.mark.slow
def test_the_bytes_of_a_store_do_not_depend_on_the_order_of_inputs_or_on_builds_that_find_nothing_new(tmp_path):
    """Nor on the number of workers."""
    for name in "abcd":
        (tmp_path / f"{name}.txt").write_text(
            f"Link besuchte {name.upper()}-Stadt. Essen baut.\n" * 9, encoding="utf-8"
        )
    (tmp_path / "liste.csv").write_text("id,label,type\n1,Essen,Place\n", encoding="utf-8")
    shared = ["--gazetteer", "liste.csv", "--workers"]
    names = [f"{name}.txt" for name in "abcd"]
    for given, workers in ((names, "1"), (reversed(names), "2")):
        assert run("build", *given, "-o", f"{workers}.kg", *shared, workers, cwd=tmp_path, **MODEL).returncode == 0
    first = (tmp_path / "1.kg").read_bytes()
    assert (tmp_path / "2.kg").read_bytes() == first
    for given, workers in ((names, "2"), (reversed(names), "1")):
        assert run("build", *given, "-o", "1.kg", *shared, workers, cwd=tmp_path, **MODEL).returncode == 0
        assert (tmp_path / "1.kg").read_bytes() == first
    assert not list(tmp_path.glob(".*"))


def test_a_build_that_has_nothing_to_write_leaves_the_file_as_it_is_with_its_verdicts(reader, tmp_path):
    store = tmp_path / "a.kg"
    kg.build(texts("ab"), store=store)
    judge(store, "same")
    kg.build(texts("ab"), store=store)  # keeps who is who by the verdict
    before, place = store.read_bytes(), store.stat()
    kg.build(texts("ba"), store=store)
    assert (store.read_bytes(), store.stat().st_ino) == (before, place.st_ino)
    kg.build(texts("ba"), store=store, concepts="all")
    assert store.read_bytes() != before
    assert os.listdir(tmp_path) == ["a.kg"]


def test_verdicts_of_an_interrupted_build_whose_store_is_gone_are_taken_over_aloud(reader, tmp_path, caplog):
    store = tmp_path / "a.kg"
    kg.build(texts("ab"), store=store)
    verdict = judge(store, "same")
    interrupted(store, "abc")
    store.unlink()
    kg.build(texts("ab"), store=store)
    assert caplog.messages[0] == f"{store}: is gone; 1 verdict of an interrupted build of it is taken over"
    assert judgements(store) == [verdict]


def test_a_refused_build_keeps_what_an_interrupted_one_left(reader, tmp_path):
    store = tmp_path / "a.kg"
    kg.build(texts("ab"), store=store)
    interrupted(store, "abcde")
    with pytest.raises(kg.KgError, match="--replace"):
        kg.build(texts("cde", "Bonn baut."), store=store)
    kg.build(texts("abcde"), store=store)
    assert reader == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize("before", [True, False], ids=["store before", "no store before"])
def test_a_build_that_is_interrupted_before_it_has_read_anything_leaves_nothing(reader, tmp_path, before):
    store = tmp_path / "a.kg"
    if before:
        kg.build(texts("a"), store=store)
    interrupted(store, "a" if before else "")
    assert os.listdir(tmp_path) == ["a.kg"] * before


def test_a_build_says_what_became_of_the_documents_of_a_store(reader, tmp_path, caplog):
    caplog.set_level("INFO", "kg")
    store = tmp_path / "a.kg"
    kg.build(texts("ab"), store=store)
    assert caplog.messages == []
    kg.build([*texts("b"), Document("c", "Bonn baut."), Document("d", "Köln baut.")], store=store, replace=True)
    assert caplog.messages[-1] == f"{store}: documents: 2 new, 1 removed, 1 unchanged"
    kg.build([*texts("bc"), Document("d", "Köln baut.", "Titel")], store=store)
    assert caplog.messages[-1] == f"{store}: documents: 2 changed, 1 unchanged"
    interrupted(store, "bcde")
    kg.build(texts("bcde"), store=store)
    assert caplog.messages[-1] == f"{store}: documents: 1 new, 1 changed, 2 unchanged"


def test_a_text_under_another_name_is_renamed_with_its_verdicts(reader, tmp_path, caplog):
    caplog.set_level("INFO", "kg")
    store = tmp_path / "a.kg"
    a, b = Document("a", "Essen baut."), Document("b", "Essen plant.")
    kg.build([a, b], store=store)
    judge(store, "not same")
    moved = Document("mai/a", a.text)
    with pytest.raises(StoreError, match=r"1 document of it is not among the inputs \(b\)"):
        kg.build([moved], store=store)
    assert kg.build([moved, b], store=store).documents == (b, moved)
    told = [f"{store}: renamed: a → mai/a", f"{store}: documents: 2 unchanged"]
    assert caplog.messages[-2:] == told
    assert [(j.left, j.right) for j in judgements(store)] == [("mai/a#0-5", "b#0-5")]


def test_of_two_equal_texts_one_is_renamed(reader, tmp_path):
    store = tmp_path / "a.kg"
    kg.build(texts("ab"), store=store)
    with pytest.raises(StoreError, match=r"1 document of it is not among the inputs \(b\)"):
        kg.build(texts("c"), store=store)
    assert kg.build(texts("cb"), store=store) == kg.open(store)


def test_a_store_that_a_first_build_is_to_make_is_not_called_missing_alone(reader, tmp_path):
    store = tmp_path / "a.kg"
    told = "no such store yet; a build of it is under way, or was interrupted: wait for it, or run it again"
    with working_on(store, Among({"a"})) as working:
        working.add(Document("a", "Essen baut."), Extraction((), ()), "f")
        assert complains(run("show", "a.kg", "Essen", cwd=tmp_path)) == f"kg: a.kg: {told}"
        store.symlink_to(tmp_path / "b.kg")
        assert "no such store; build one" in complains(run("show", "a.kg", "Essen", cwd=tmp_path))
        store.unlink()
    interrupted(tmp_path / "c.kg", "a")
    assert complains(run("query", "c.kg", "ASK {}", cwd=tmp_path)) == f"kg: c.kg: {told}"


def test_who_reads_while_a_build_runs_sees_the_store_as_it_was(reader, tmp_path):
    store = tmp_path / "a.kg"
    before = kg.build(texts("a"), store=store)
    with working_on(store, Among({"a", "b"})) as working:
        working.add(Document("b", "Huawei warnt."), Extraction((), ()), "f")
        assert kg.open(store) == before
        done = run("review", "a.kg", "--export", "fragen.csv", cwd=tmp_path)
        assert (done.returncode, done.stderr) == (1, "0 questions → fragen.csv\n")
        told = complains(run("review", "a.kg", "--not-same", "Essen", "Essen", cwd=tmp_path))
        assert told == "kg: a.kg: another kg is building or reviewing it; wait until it is done"
    assert [document.id for document in kg.open(store).documents] == ["a", "b"]


def test_builds_in_threads_of_one_process_take_turns(reader, tmp_path):
    """The first one reads the texts, the others find them read."""
    store = tmp_path / "a.kg"
    with ThreadPoolExecutor(6) as pool:
        built = list(pool.map(lambda _: kg.build(texts("abcdef"), store=store, wait=True), range(6)))
    assert all(graph == kg.open(store) for graph in built)
    assert (reader, os.listdir(tmp_path)) == (list("abcdef"), ["a.kg"])


def test_a_store_that_cannot_be_put_in_its_place_is_not_read_again(reader, tmp_path):
    """Here somebody has made a folder of its name meanwhile; on Windows it is enough that somebody reads the store."""
    store = tmp_path / "a.kg"

    def build() -> None:
        with working_on(store, Among("abc")) as working:
            (store / "mehr").mkdir(parents=True)
            for text in texts("abc"):
                working.add(text, Extraction((), ()), "f")

    for _ in range(2):
        with pytest.raises(StoreError, match=r"a\.kg: cannot be written \(.*a\.kg"):
            build()
        (store / "mehr").rmdir()
        store.rmdir()
        assert os.listdir(tmp_path) == [".a.kg.part"]
    assert kg.build(texts("abc"), store=store).documents == tuple(texts("abc"))
    assert (reader, os.listdir(tmp_path)) == ([], ["a.kg"])


def test_what_only_the_store_has_is_still_there_after_an_interruption(reader, tmp_path):
    """Here a copy of the store was put back after the build was interrupted."""
    store = tmp_path / "a.kg"
    kg.build(texts("ab"), store=store)
    content = store.read_bytes()
    store.unlink()
    interrupted(store, "c")
    store.write_bytes(content)
    reader.clear()
    assert kg.build(texts("abc"), store=store).documents == tuple(texts("abc"))
    assert reader == []
