"""A build that ends half-way, even by kill -9: the store stays as it is, the next one goes on, and nothing is left over."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import stat
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from commands import MODEL, complains, environment, how_many, run, somebody_else

import kg
import kg.extract
from kg import api
from kg.errors import StoreError
from kg.records import Document, Extraction, Judgement, Mention
from kg.sources.leftout import Among
from kg.store.store import Store
from kg.workfile import working_on

UNIX = pytest.mark.skipif(os.name == "nt", reason="Windows has other signals, permissions and names")


@pytest.fixture
def reader(monkeypatch) -> list[str]:
    """Stands in for the pipeline; the ids of the documents that it was given. "halt" interrupts it."""
    given: list[str] = []

    def extract_all(documents, model, workers=1, relations=""):
        for document in documents:
            if document.text == "halt":
                raise KeyboardInterrupt
            given.append(document.id)
            name = document.text.split()[0]
            mention = Mention(document.id, 0, len(name), name, "named", "Place", name)
            yield document, Extraction((mention,), ())

    monkeypatch.setattr(kg.extract, "extract_all", extract_all)
    monkeypatch.setattr(api, "fingerprint", lambda model, words="": "f")
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


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.slow
def test_the_bytes_of_a_store_do_not_depend_on_the_order_of_inputs_or_on_builds_that_find_nothing_new(
    tmp_path, workers
):
    for name in "abcd":
        (tmp_path / f"{name}.txt").write_text(
            f"Link besuchte {name.upper()}-Stadt. Essen baut.\n" * 9, encoding="utf-8"
        )
    (tmp_path / "liste.csv").write_text("id,label,type\n1,Essen,Place\n", encoding="utf-8")
    shared = ["--gazetteer", "liste.csv", "--workers", workers]
    names = [f"{name}.txt" for name in "abcd"]
    for given, store in ((names, "1.kg"), (reversed(names), "2.kg")):
        assert run("build", *given, "-o", store, *shared, cwd=tmp_path, **MODEL).returncode == 0
    first = (tmp_path / "1.kg").read_bytes()
    assert (tmp_path / "2.kg").read_bytes() == first
    for given in (names, reversed(names)):
        assert run("build", *given, "-o", "1.kg", *shared, cwd=tmp_path, **MODEL).returncode == 0
        assert (tmp_path / "1.kg").read_bytes() == first
    assert not list(tmp_path.glob(".*"))


def test_a_build_that_has_nothing_to_write_leaves_the_file_as_it_is_with_its_verdicts(reader, tmp_path):
    store = tmp_path / "a.kg"
    kg.build(texts("ab"), store=store)
    judge(store, "same")
    before, place = store.read_bytes(), store.stat()
    kg.build(texts("ba"), store=store)
    assert (store.read_bytes(), store.stat().st_ino) == (before, place.st_ino)
    kg.build(texts("ba"), store=store, concepts="all")
    assert store.read_bytes() != before
    assert os.listdir(tmp_path) == ["a.kg"]


def foreign(place: Path, kind: str) -> None:
    """Something that has the name of a file of kg's."""
    if kind == "a pipe":
        os.mkfifo(place)
    elif kind == "a folder":
        place.mkdir()
    elif kind == "a link":
        place.symlink_to("b.kg")
    elif kind == "another name":
        os.link(place.with_name("b.kg"), place)
    else:
        place.write_text("Einkaufsliste", encoding="utf-8")


BESIDE = [".a.kg.part", ".a.kg.lock", "a.kg-journal", "a.kg-wal", "a.kg-shm", ".a.kg.part-journal", ".a.kg.part.copy"]


@UNIX
@pytest.mark.parametrize("before", [True, False], ids=["store before", "no store before"])
@pytest.mark.parametrize("name", BESIDE)
@pytest.mark.parametrize("kind", ["a pipe", "a folder", "a link", "a file of somebody else"])
def test_what_only_has_the_name_of_a_file_of_ours_is_refused_and_stays(reader, tmp_path, before, name, kind):
    kg.build(texts("ab"), store=tmp_path / "b.kg")
    if before:
        kg.build(texts("a"), store=tmp_path / "a.kg")
    other, place = (tmp_path / "b.kg").read_bytes(), tmp_path / name
    foreign(place, kind)
    found = place.lstat()
    with pytest.raises(
        StoreError, match=rf"{re.escape(name)}: is {kind}, where kg keeps .* beside a\.kg; move it away$"
    ):
        kg.build(texts("ac"), store=tmp_path / "a.kg")
    assert (place.lstat().st_ino, place.lstat().st_mtime_ns) == (found.st_ino, found.st_mtime_ns)
    assert (tmp_path / "b.kg").read_bytes() == other
    assert sorted(os.listdir(tmp_path)) == sorted([name, "b.kg", *["a.kg"] * before])


@pytest.mark.parametrize("name", BESIDE)
def test_a_file_of_somebody_else_may_begin_with_zeros_or_be_a_database(reader, tmp_path, name):
    with closing(sqlite3.connect(tmp_path / "b")) as db, db:
        db.execute("CREATE TABLE einkauf (was TEXT)")
    place = tmp_path / name
    for content in (bytes(16) + b"Einkaufsliste" * 9, (tmp_path / "b").read_bytes()):
        place.write_bytes(content)
        with pytest.raises(StoreError, match="is a file of somebody else"):
            kg.build(texts("a"), store=tmp_path / "a.kg")
        assert place.read_bytes() == content


@UNIX
def test_a_working_file_that_is_another_name_of_a_store_is_not_written_to(reader, tmp_path):
    kg.build(texts("ab"), store=tmp_path / "b.kg")
    foreign(tmp_path / ".a.kg.part", "another name")
    with pytest.raises(StoreError, match="is a link"):
        kg.build(texts("c"), store=tmp_path / "a.kg")
    assert len(kg.open(tmp_path / "b.kg").documents) == 2


@UNIX
@pytest.mark.parametrize("name", ["a.kg-journal", "a.kg-wal", "a.kg-shm"])
@pytest.mark.parametrize(
    "command", [("stats", "a.kg"), ("review", "a.kg", "--export", "f.csv")], ids=["stats", "review"]
)
def test_who_reads_a_store_does_not_wait_for_a_pipe_beside_it(reader, tmp_path, name, command):
    kg.build(texts("a"), store=tmp_path / "a.kg")
    os.mkfifo(tmp_path / name)
    told = complains(run(*command, cwd=tmp_path))
    assert told.endswith(f"{name}: is a pipe, where kg keeps a file of its own beside a.kg; move it away")


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


# A tool that keeps a store as it likes best, adds a verdict, and is killed.
TOOL = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA journal_mode = WAL")
db.execute("PRAGMA wal_autocheckpoint = 0")
db.execute("UPDATE documents SET title = 'neu' WHERE id = 'a'")
os.kill(os.getpid(), 9)
"""


def as_wal(store: Path) -> None:
    assert subprocess.run([sys.executable, "-c", TOOL, str(store)]).returncode == -signal.SIGKILL
    assert store.with_name(f"{store.name}-wal").stat().st_size


@UNIX
def test_what_another_tool_keeps_of_a_store_in_a_second_file_is_part_of_it(reader, tmp_path):
    """And no part of the store that is built in its place."""
    store = tmp_path / "a.kg"
    kg.build(texts("ab", "Essen baut. " * 500), store=store)
    with Store(store) as kept:  # as if it had no digests, so that what the tool has done is no damage
        kept._db.executescript(
            "DROP TABLE digests; ALTER TABLE listed DROP COLUMN kind; ALTER TABLE judgements DROP COLUMN left_name;"
            "ALTER TABLE judgements DROP COLUMN right_name; PRAGMA user_version = 2"
        )
    verdict = judge_v2(store)
    as_wal(store)
    assert [document.title for document in kg.open(store).documents] == ["neu", ""]
    built = kg.build([Document("a", "Essen plant."), *texts("bc")], store=store)
    assert kg.open(store) == built
    assert judgements(store) == [verdict]
    assert os.listdir(tmp_path) == ["a.kg"]


def judge_v2(store: Path) -> Judgement:
    with closing(sqlite3.connect(store)) as db, db:
        db.execute("INSERT INTO judgements VALUES (NULL, 'a#0-5', 'b#0-5', 'same', 'Redaktion', '', 1.0, '')")
    return Judgement("a#0-5", "b#0-5", "same", "Redaktion")


@UNIX
@pytest.mark.parametrize("gone", ["a.kg", ".a.kg.part"])
def test_the_second_file_of_a_store_that_is_gone_changes_no_other_one(reader, tmp_path, gone):
    store = tmp_path / "a.kg"
    with Store(tmp_path / gone) as kept:
        for document in texts("ab", "Essen baut. " * 500):
            kept.add(document, Extraction((), ()), "f")
    as_wal(tmp_path / gone)
    (tmp_path / gone).unlink()
    built = kg.build(texts("c"), store=store)
    assert kg.open(store) == built
    assert os.listdir(tmp_path) == ["a.kg"]


def test_who_writes_to_a_store_leaves_it_as_one_file(reader, tmp_path):
    store = tmp_path / "a.kg"
    kg.build(texts("ab"), store=store)
    with closing(sqlite3.connect(store)) as db:
        db.execute("PRAGMA journal_mode = WAL")
    judge(store, "same")
    assert (store.read_bytes()[18:20], os.listdir(tmp_path)) == (b"\1\1", ["a.kg"])


LEFTOVERS = [".a.kg.part.copy", ".a.kg.part.copy-journal", ".a.kg.part-journal", ".a.kg.lock"]


def leave(place: Path) -> None:
    """Lay down what a killed build leaves under such a name: a store, or a journal that was not yet synced."""
    if place.suffix in (".part", ".copy"):
        Store(place).close()
    else:
        journal = bytes(12) + b"\x17\x42\x2a\x01\0\0\0\x09\0\0\x02\0\0\0\x10\0" + bytes(500)
        place.write_bytes(b"" if place.suffix == ".lock" else journal)


@pytest.mark.parametrize("before", [True, False], ids=["store before", "no store before"])
def test_what_a_killed_build_left_is_gone_after_the_next(reader, tmp_path, before):
    store = tmp_path / "a.kg"
    if before:
        kg.build(texts("a"), store=store)
    names = [*LEFTOVERS, "a.kg-journal"]
    for name in names:
        leave(tmp_path / name)
    others = [".a.kg.part.2", ".a.kg.part.copyright", ".a.kg.particle", ".b.kg.part"]
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
            leave(tmp_path / name)
    assert [document.id for document in kg.build(tmp_path, store=tmp_path / "a.kg").documents] == ["brief"]
    assert reader == ["brief"]


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


# `kg` that goes no further when it has read three texts.
HELD = """
import time, kg.extract
extract_all = kg.extract.extract_all
def held(*args):
    for number, found in enumerate(extract_all(*args)):
        if number == 3:
            print("da", flush=True)
            time.sleep(600)
        yield found
kg.extract.extract_all = held
from kg.__main__ import main
main()
"""


@UNIX
@pytest.mark.slow
def test_a_build_that_is_killed_leaves_the_store_and_the_next_goes_on(tmp_path):
    folder, store, working = tmp_path / "texte", tmp_path / "a.kg", tmp_path / ".a.kg.part"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number:02}.txt").write_text("Angela Merkel besuchte Paris. " * 4, encoding="utf-8")
    with Store(store) as kept:
        kept.add(Document("00", "Alt."), Extraction((), ()), "f")
    before = store.read_bytes()
    command = [sys.executable, "-c", HELD, "build", "texte", "-o", "a.kg"]
    with subprocess.Popen(command, cwd=tmp_path, env=environment(**MODEL), stdout=subprocess.PIPE) as build:
        assert build.stdout.readline() == b"da\n"
        build.send_signal(signal.SIGKILL)
    assert build.returncode == -signal.SIGKILL
    assert store.read_bytes() == before
    assert how_many(working) == 3
    done = run("build", "texte", "-o", "a.kg", cwd=tmp_path, **MODEL)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.kg", "texte"]
    assert how_many(store) == 6


@UNIX
@pytest.mark.parametrize("use", ["open", "build", "open a link"])
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
    if use == "open a link":
        (tmp_path / "folder").mkdir()
        (tmp_path / "folder" / "b.kg").symlink_to(store)
        assert kg.open(tmp_path / "folder" / "b.kg") == before
        (tmp_path / "folder" / "b.kg").unlink()
        (tmp_path / "folder").rmdir()
    found = kg.build(before.documents, store=store) if use == "build" else kg.open(store)
    assert found == before
    assert judgements(store) == [verdict]
    assert os.listdir(tmp_path) == ["a.kg"]


# A tool that has begun to write to a store, ends with its input, and has synced nothing by then.
WRITING = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN IMMEDIATE")
db.execute("UPDATE documents SET title = 'neu'")
print("da", flush=True)
sys.stdin.read()
"""


@UNIX
@pytest.mark.parametrize("name", ["a.kg", ".a.kg.part"], ids=["review", "build"])
def test_a_journal_that_is_not_yet_synced_is_sqlites(reader, tmp_path, name):
    """While its writer lives and when it was killed."""
    store = tmp_path / "a.kg"
    before = kg.build(texts("ab"), store=store)
    interrupted(store, "abc")
    command = [sys.executable, "-c", WRITING, str(tmp_path / name)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer:
        assert writer.stdout.readline() == b"da\n"
        head = (tmp_path / f"{name}-journal").read_bytes()[:16]
        assert (head[:12], head[12:] != bytes(4)) == (bytes(12), True)
        assert kg.open(store) == before
        writer.kill()
    assert run("stats", "a.kg", cwd=tmp_path).returncode == 0
    assert kg.open(store) == before
    assert kg.build(texts("abc"), store=store) == kg.open(store)
    assert (reader, os.listdir(tmp_path)) == (["a", "b", "c"], ["a.kg"])


# A build that the system kills as soon as a file of it is larger than a megabyte.
COPYING = """
import resource, signal
from kg.sources.leftout import Among
from kg.workfile import working_on
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
with working_on("a.kg", Among("abc")):
    pass
"""


@UNIX
def test_half_a_copy_of_a_store_is_gone_after_the_next_build(reader, tmp_path):
    store, copy = tmp_path / "a.kg", tmp_path / ".a.kg.part.copy"
    before = kg.build(texts("abc", "Essen baut. " * 150_000), store=store)
    killed = subprocess.run([sys.executable, "-c", COPYING], cwd=tmp_path, env=environment(), timeout=60)
    assert (killed.returncode, copy.stat().st_size > 0) == (-signal.SIGXFSZ, True)
    assert kg.build(before.documents, store=store) == before
    assert os.listdir(tmp_path) == ["a.kg"]


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


@UNIX
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_a_store_keeps_its_permissions_and_what_is_made_of_it_has_them(reader, tmp_path, mode):
    store = tmp_path / "a.kg"
    kg.build(texts("a"), store=store)
    store.chmod(mode)
    with working_on(store, Among("ab")) as working:
        working.add(*texts("b"), Extraction((), ()), "f")
        working.set("concepts", "all")
        assert [stat.S_IMODE(path.stat().st_mode) for path in (store, tmp_path / ".a.kg.part")] == [mode, mode]
    assert (stat.S_IMODE(store.stat().st_mode), how_many(store)) == (mode, 2)
    interrupted(store, "abc")
    store.chmod(0o660)
    if os.geteuid() == 0:
        os.chown(store, 65534, 65533)
    before = store.stat()
    kg.build(texts("abc"), store=store)
    after = store.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)


@UNIX
@pytest.mark.parametrize("length", [199, 200, 201, 247, 248, 255])
def test_a_store_may_have_as_long_a_name_as_a_file(reader, tmp_path, length):
    store = tmp_path / f"{'ä' * 50}{'a' * (length - 103)}.kg"
    for names in ("a", "ab"):
        assert kg.build(texts(names), store=store) == kg.open(store)
    interrupted(store, "abc")
    assert len(kg.build(texts("abcd"), store=store).documents) == 4
    assert reader == ["a", "b", "c", "d"]
    assert [unicodedata.normalize("NFC", name) for name in os.listdir(tmp_path)] == [store.name]
    if length <= 247:
        verdict = judge(store, "same")
        assert judgements(store) == [verdict]
    else:  # SQLite has no room for the name of its journal
        with pytest.raises(StoreError, match=r"cannot be opened; check .* and the length of its name"):
            judge(store, "same")


@pytest.mark.parametrize(
    "args", [["show", "Essen"], ["build", "a.txt", "-o"], ["review"], ["validate"]], ids=lambda args: args[0]
)
def test_a_name_that_is_too_long_is_one_line(tmp_path, args):
    (tmp_path / "a.txt").write_text("Essen baut.", encoding="utf-8")
    store = f"{'a' * 253}.kg"
    command, *others = args
    told = complains(run(command, *([store, *others] if command == "show" else [*others, store]), cwd=tmp_path))
    assert told.startswith(f"kg: {store}: ")
    assert os.listdir(tmp_path) == ["a.txt"]


@pytest.mark.skipif(not hasattr(os, "setresuid") or os.geteuid(), reason="only root can become somebody else")
@pytest.mark.parametrize(
    ("left", "mode", "told"),
    [
        (".a.kg.part.copy", 0o600, "cannot be written (Operation not permitted: {folder}/.a.kg.part.copy); check"),
        (".a.kg.part", 0o600, "cannot be written (Permission denied: {folder}/.a.kg.part); check disk, folder and"),
        (".a.kg.part", 0o644, "cannot be written (Permission denied: {folder}/.a.kg.part); check disk, folder and"),
        (".a.kg.lock", 0o600, "cannot be locked (Permission denied); check its permissions and those of its folder"),
        (".a.kg.lock", 0o644, ""),
    ],
)
def test_what_another_user_left_in_a_folder_for_all_is_no_traceback(reader, shared, left, mode, told):
    """Their work stays, too."""
    if left.endswith(".lock"):
        (shared / left).touch()
    else:
        with Store(shared / left) as kept:
            kept.add(Document("a", "Essen baut."), Extraction((), ()), "f")
    (shared / left).chmod(mode)
    before = (shared / left).read_bytes()
    with somebody_else():
        if told:
            with pytest.raises(StoreError, match=re.escape(told.format(folder=shared))):
                kg.build(texts("b"), store=shared / "a.kg")
        else:
            for _ in range(2):
                kg.build(texts("b"), store=shared / "a.kg")
    assert (shared / left).read_bytes() == before
    assert sorted(os.listdir(shared)) == sorted([left, *([] if told else ["a.kg"])])
