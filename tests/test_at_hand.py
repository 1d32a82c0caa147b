"""The triples of a large store lie in a folder beside it: the same answers as from memory, and never those of yesterday."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from commands import environment, run
from damaged_stores import sound_store
from serving import CLIENT, ask, running

import kg
from kg import opening
from kg.opening import keep_anew, open_dataset, triples_beside
from kg.rdf.sparql.query import evaluate
from kg.records import Document, Extraction, Judgement, Mention
from kg.store.store import Store

pytestmark = pytest.mark.slow  # each lays triples down in a process of its own

WHO = "SELECT ?wer ?was { ?wer org:headOf/rdfs:label ?was } ORDER BY ?wer"
ALL = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o"


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Path:
    """A store of more documents than are held in memory."""
    path = tmp_path_factory.mktemp("large") / "a.kg"
    sound_store(path)
    with Store(path) as store:
        for n in range(opening._MANY):
            text = Document(f"m{n}", f"Siemens warnt {n}.")
            mention = Mention(text.id, 0, 7, "Siemens", "named", "Organization", "Siemens")
            store.add(text, Extraction((mention,), ()), "f")
        keep_anew(store)
    triples_beside(kg.open(path))
    return path


@pytest.fixture
def large(made, tmp_path) -> Path:
    """A store whose triples nobody has asked for."""
    return Path(shutil.copy(made, tmp_path / "a.kg"))


@pytest.fixture
def laid(large, made) -> Path:
    """A store whose triples lie beside it."""
    shutil.copytree(folder(made), folder(large))
    return large


def asked(path: Path, query: str = WHO):
    return run("query", path.name, query, "--format", "csv", cwd=path.parent)


def folder(path: Path) -> Path:
    return path.with_name(f".{path.name}.triples")


def test_the_same_triples_as_in_memory(laid):
    held = evaluate(open_dataset(laid), ALL)
    shutil.rmtree(folder(laid))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "_MANY", 10_000)
        assert evaluate(open_dataset(laid), ALL) == held
    assert not folder(laid).exists()


def test_they_are_laid_down_once_for_each_build_and_said_so(large):
    first, second = asked(large), asked(large)
    assert "Duisburg" in first.stdout
    assert (first.stdout, first.returncode) == (second.stdout, 0)
    assert first.stderr == "kg: a.kg: its triples are laid down beside it, once for each build\n"
    assert second.stderr == ""
    with Store(large) as store:
        store.remove("blog.txt")
        store.remove("zeitung/huawei.txt")
        assert "Duisburg" not in asked(large).stdout  # nothing is kept of this state, so all is worked out in memory
        keep_anew(store)
    third = asked(large)
    assert third.stdout == "wer,was\n"
    assert third.stderr.startswith(first.stderr)
    assert sorted(os.listdir(large.parent)) == [".a.kg.triples", "a.kg"]


def test_a_verdict_or_a_title_makes_another_state(laid):
    graph = kg.open(laid)
    marks = {triples_beside(graph): (folder(laid) / "kg.json").read_bytes()}
    for change in (
        lambda store: store.add_judgement(Judgement("m1#0-7", "m2#0-7", "not same", "R")),
        lambda store: store.add(Document("m1", "Siemens warnt 1.", title="Neu"), Extraction((), ()), "f"),
    ):
        with Store(laid) as store:
            change(store)
            keep_anew(store)
        triples_beside(kg.open(laid))
        now = (folder(laid) / "kg.json").read_bytes()
        assert now not in marks.values()
        marks[Path(str(len(marks)))] = now


@pytest.mark.parametrize(
    "put",
    [
        lambda place: (place.mkdir(), (place / "mein.txt").write_text("x")),
        lambda place: place.write_text("x"),
        lambda place: place.symlink_to(place.parent),
    ],
)
def test_what_is_somebody_else_s_stays(large, put):
    put(folder(large))
    before = folder(large).lstat()
    done = asked(large)
    assert "Duisburg" in done.stdout
    assert "cannot be kept beside it" in done.stderr
    assert done.stderr.count("\n") == 1
    assert folder(large).lstat().st_ino == before.st_ino


@pytest.mark.parametrize("pattern", ["CURRENT", "*"])
def test_what_cannot_be_opened_is_laid_down_anew(laid, pattern):
    spoil(laid, pattern)
    done = asked(laid)
    assert (done.returncode, "Duisburg" in done.stdout) == (0, True)
    assert "are damaged, and are laid down anew" in done.stderr
    assert asked(laid).stderr == ""


def test_what_is_damaged_within_is_told_in_one_line_or_laid_down_anew(laid):
    right = asked(laid, ALL).stdout
    told = "kg: query: what is kept of the triples is damaged; delete the folder .a.kg.triples\n"
    seen = set()
    for file in sorted((folder(laid) / "triples").glob("*.sst")):
        before = file.read_bytes()
        file.write_bytes(b"x" * 200 + before[200:])  # what it begins with is mostly read by a query alone
        done = asked(laid, ALL)
        assert (done.returncode, done.stderr) == (2, told) or done.stdout == right
        seen.add(done.returncode)
        if "anew" in done.stderr:
            break
        file.write_bytes(before)
    assert 2 in seen or "anew" in done.stderr


def test_what_was_withdrawn_is_in_no_triples(laid):
    interrupted = laid.with_name(".a.kg.part")
    shutil.copy(laid, interrupted)
    assert run("remove", "a.kg", "zeitung/huawei.txt", cwd=laid.parent).returncode == 0
    assert not folder(laid).exists()
    with Store(interrupted, readonly=True) as store:
        assert "zeitung/huawei.txt" not in store.ids()


def test_triples_are_open_to_those_alone_who_may_read_the_store(laid):
    for mode, wanted in ((0o600, 0o700), (0o644, 0o755), (0o640, 0o700)):
        laid.chmod(mode)
        triples_beside(kg.open(laid))
        assert folder(laid).stat().st_mode & 0o777 == wanted


def test_of_a_store_that_has_become_small_nothing_lies_about(laid):
    with Store(laid) as store:
        store.remove("m0")
        for text in range(30):
            store.remove(f"m{text}")
        keep_anew(store)
    assert triples_beside(kg.open(laid)) is None
    assert not folder(laid).exists()


def spoil(path: Path, pattern: str) -> None:
    for file in (folder(path) / "triples").glob(pattern):
        file.write_bytes(b"x" * file.stat().st_size)


def test_a_query_that_is_killed_while_they_are_laid_down_leaves_nothing_that_counts(large):
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "query", "a.kg", WHO],
        cwd=large.parent,
        env=environment(),
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + 60
    while not list(large.parent.glob("*.part")) and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = asked(large)
    assert "Duisburg" in done.stdout
    assert asked(large).stderr == ""
    assert sorted(os.listdir(large.parent)) == [".a.kg.triples", "a.kg"]


def test_two_questions_at_once_are_both_answered(large):
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda _: asked(large), range(2)))
    assert [done.returncode for done in found] == [0, 0]
    assert found[0].stdout == found[1].stdout
    assert sorted(os.listdir(large.parent)) == [".a.kg.triples", "a.kg"]


def test_a_large_store_is_served_from_the_disk_whatever_becomes_of_it(laid):
    for _ in range(2):  # the second takes what the first has found out of the terms
        with running(laid) as server:
            os.rename(folder(laid), laid.with_name("b"))
            os.rename(laid, laid.with_name("b.kg"))
            assert "Duisburg" in ask(server.address, WHO).text
            assert "Duisburg" in CLIENT.get(f"{server.address}/page/entity/Duisburg").text
            assert "Sören Link" in CLIENT.get(f"{server.address}/explorer").text
            os.rename(laid.with_name("b.kg"), laid)
            os.rename(laid.with_name("b"), folder(laid))
