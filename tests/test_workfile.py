"""A build that ends half-way, even by kill -9: the store stays as it is, the next one goes on, and nothing is left over."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from commands import MODEL, complains, environment, run

import kg
import kg.extract
from kg import api
from kg.records import Document, Extraction, Judgement, Mention
from kg.store import Store
from kg.workfile import working_on

UNIX = pytest.mark.skipif(os.name == "nt", reason="nothing is killed like that on Windows")


@pytest.fixture
def reader(monkeypatch) -> list[str]:
    """Stands in for the pipeline; the ids of the documents that it was given. "halt" interrupts it."""
    given: list[str] = []

    def extract_all(documents, model, workers=1):
        for document in documents:
            if document.text == "halt":
                raise KeyboardInterrupt
            given.append(document.id)
            mention = Mention(document.id, 0, 5, "Essen", "named", "Place", "Essen")
            yield document, Extraction((mention,), ())

    monkeypatch.setattr(kg.extract, "extract_all", extract_all)
    monkeypatch.setattr(api, "fingerprint", lambda model: "f")
    monkeypatch.setattr(api, "described", lambda model: "de_kg_news 0.2.0")
    return given


def texts(names: str, text: str = "Essen baut.") -> list[Document]:
    return [Document(name, text) for name in names]


def interrupted(store: Path, names: str) -> None:
    """A build that is interrupted behind these documents."""
    with pytest.raises(KeyboardInterrupt):
        kg.build([*texts(names), Document("z", "halt")], store=store)


def judge(store: Path, verdict: str) -> Judgement:
    judgement = Judgement("a#0-5", "b#0-5", verdict, by="Redaktion")
    with Store(store) as kept:
        kept.add_judgement(judgement)
    return judgement


def judgements(store: Path) -> list[Judgement]:
    with Store(store, readonly=True) as kept:
        return list(kept.judgements())


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


def test_a_refused_build_keeps_what_an_interrupted_one_left(reader, tmp_path):
    store = tmp_path / "a.kg"
    kg.build(texts("ab"), store=store)
    interrupted(store, "abcde")
    with pytest.raises(kg.KgError, match="--replace"):
        kg.build(texts("cde"), store=store)
    kg.build(texts("abcde"), store=store)
    assert reader == ["a", "b", "c", "d", "e"]


LEFTOVERS = [".a.kg.part.4711", ".a.kg.part.copy", ".a.kg.part.copy-journal", ".a.kg.part-journal", ".a.kg.lock"]


@pytest.mark.parametrize("before", [True, False], ids=["store before", "no store before"])
def test_what_a_killed_build_left_is_gone_after_the_next(reader, tmp_path, before):
    store = tmp_path / "a.kg"
    if before:
        kg.build(texts("a"), store=store)
    names = [*LEFTOVERS, "a.kg-journal"]
    for name in names:
        (tmp_path / name).write_bytes(b"halb" * 99)
    others = [".a.kg.particle", ".b.kg.part", ".ba.kg.part.1"]
    for name in others:
        (tmp_path / name).write_bytes(b"")
    kg.build(texts("ab"), store=store)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["a.kg", *others])
    assert kg.open(store).documents == tuple(texts("ab"))


def test_a_store_and_what_lies_beside_it_are_no_inputs(reader, tmp_path):
    (tmp_path / "brief.txt").write_text("Essen baut.", encoding="utf-8")
    for _ in range(2):
        kg.build(tmp_path, store=tmp_path / "a.kg")
        for name in [*LEFTOVERS, ".a.kg.part"]:
            (tmp_path / name).write_bytes(b"halb" * 99)
    assert [document.id for document in kg.build(tmp_path, store=tmp_path / "a.kg").documents] == ["brief"]
    assert reader == ["brief"]


def test_who_reads_while_a_build_runs_sees_the_store_as_it_was(reader, tmp_path):
    store = tmp_path / "a.kg"
    before = kg.build(texts("a"), store=store)
    with working_on(store, {"a", "b"}) as working:
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


@UNIX
def test_a_build_that_is_killed_leaves_the_store_and_the_next_goes_on(tmp_path):
    """Killed once some texts are read."""
    folder, store, working = tmp_path / "texte", tmp_path / "a.kg", tmp_path / ".a.kg.part"
    folder.mkdir()
    for number in range(25):
        (folder / f"{number:02}.txt").write_text("Angela Merkel besuchte Paris. " * 4, encoding="utf-8")
    with Store(store) as kept:
        kept.add(Document("00", "Alt."), Extraction((), ()), "f")
    before = store.read_bytes()
    command = [sys.executable, "-m", "kg", "build", "texte", "-o", "a.kg"]
    with subprocess.Popen(command, cwd=tmp_path, env=environment(**MODEL), stderr=subprocess.DEVNULL) as build:
        while build.poll() is None and how_many(working) < 3:
            time.sleep(0.02)
        build.send_signal(signal.SIGKILL)
    assert build.returncode == -signal.SIGKILL
    assert store.read_bytes() == before
    assert working.exists()
    read = how_many(working)
    done = run("build", "texte", "-o", "a.kg", cwd=tmp_path, **MODEL)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.kg", "texte"]
    assert 3 <= read < 25
    assert how_many(store) == 25


def how_many(path: Path) -> int:
    """How many documents a file has; none while it is not yet there, or being written to."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=0)) as db:
            return db.execute("SELECT count(*) FROM documents").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


@UNIX
@pytest.mark.parametrize("use", ["open", "build"])
def test_a_review_that_is_killed_in_the_midst_of_writing_is_taken_back(reader, tmp_path, use):
    """SQLite has then overwritten pages of the store, and their former content lies in a journal beside it."""
    store = tmp_path / "a.kg"
    kg.build(texts("abc", "Essen baut. " * 2000), store=store)
    verdict = judge(store, "not same")
    before = kg.open(store)
    code = (
        "import os, sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.execute('PRAGMA cache_size = 1')\n"
        "db.execute('BEGIN'); db.execute('UPDATE documents SET text = hex(randomblob(20000))')\n"
        "db.execute('DELETE FROM judgements'); os.kill(os.getpid(), 9)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(store)]).returncode == -signal.SIGKILL
    assert (tmp_path / "a.kg-journal").stat().st_size > 1000
    found = kg.open(store) if use == "open" else kg.build(before.documents, store=store)
    assert found == before
    assert judgements(store) == [verdict]
    assert os.listdir(tmp_path) == ["a.kg"]
