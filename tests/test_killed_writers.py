"""Who writes to a store and is killed, by kill -9 too: the store is as it was, or has what a second file adds to it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from building import first_word, interrupted, judge, judgements, texts
from commands import MODEL, environment, how_many, run
from machine import unix
from stand_ins import stand_in

import kg
from kg.opening import absent_from
from kg.records import Document, Extraction, Judgement
from kg.store.store import Store


@pytest.fixture
def reader(monkeypatch) -> list[str]:
    return stand_in(monkeypatch, first_word)


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


@unix
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


@unix
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


def killed_in_the_midst(store: Path, held: str, *command: str) -> bytes:
    """Six texts beside a store that holds a document of that id, and `kg` that is killed when it has read three of
    them: what the store was before.
    """
    folder = store.with_name("texte")
    folder.mkdir()
    for number in range(6):
        (folder / f"{number:02}.txt").write_text("Angela Merkel besuchte Paris. " * 4, encoding="utf-8")
    with Store(store) as kept:
        kept.add(Document(held, "Alt."), Extraction((), ()), "f")
    before = store.read_bytes()
    line = [sys.executable, "-c", HELD, *command]
    with subprocess.Popen(line, cwd=store.parent, env=environment(**MODEL), stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"da\n"
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    return before


@unix
@pytest.mark.slow
def test_a_build_that_is_killed_leaves_the_store_and_the_next_goes_on(tmp_path):
    store, working = tmp_path / "a.kg", tmp_path / ".a.kg.part"
    before = killed_in_the_midst(store, "00", "build", "texte", "-o", "a.kg")
    assert store.read_bytes() == before
    assert how_many(working) == 3
    done = run("build", "texte", "-o", "a.kg", cwd=tmp_path, **MODEL)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.kg", "texte"]
    assert how_many(store) == 6


@unix
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


# `kg` that is killed behind so many statements with which it writes.
DYING = """
import os, sys
from kg.store import store

count = int(sys.argv.pop(1))
connect = store.connect

def connected(*args):
    db = connect(*args)
    seen = [0]
    def see(statement):
        seen[0] += statement.startswith(("DELETE", "INSERT", "UPDATE", "COMMIT"))
        if seen[0] > count:
            os.kill(os.getpid(), 9)
    db.set_trace_callback(see)
    return db

store.connect = connected
from kg.__main__ import main
main()
"""


@unix
@pytest.mark.parametrize("count", [0, 1, 3, 8, 12, 16, 20, 30, 10_000])
def test_a_removal_that_is_killed_leaves_the_former_store_or_the_new_one(reader, tmp_path, count):
    store = tmp_path / "a.kg"
    before = kg.build(texts("abc", "Essen baut. " * 2000), store=store)
    command = [sys.executable, "-c", DYING, str(count), "remove", "a.kg", "a", "b", "--by", "R"]
    done = subprocess.run(command, cwd=tmp_path, env=environment(), timeout=60)
    assert done.returncode == (0 if count == 10_000 else -signal.SIGKILL)
    found = kg.open(store)
    left, (_, withdrawn) = "".join(document.id for document in found.documents), absent_from(store)
    assert (left, sorted(withdrawn)) in (("abc", []), ("c", ["a", "b"]))
    assert found == (before if left == "abc" else kg.build(texts("c", "Essen baut. " * 2000)))
    kg.add(store, texts("d"))  # takes away the lock of the dead, and a journal that had not come to be one
    assert (len(kg.open(store).documents), os.listdir(tmp_path)) == (len(left) + 1, ["a.kg"])


@unix
@pytest.mark.slow
def test_an_add_that_is_killed_leaves_the_store_and_the_next_goes_on(tmp_path):
    store, working = tmp_path / "a.kg", tmp_path / ".a.kg.part"
    before = killed_in_the_midst(store, "alt", "add", "a.kg", "texte")
    assert (store.read_bytes(), how_many(working)) == (before, 4)
    done = run("add", "a.kg", "texte", cwd=tmp_path, **MODEL)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.kg", "texte"]
    assert how_many(store) == 7


# A tool that has begun to write to a store, ends with its input, and has synced nothing by then.
WRITING = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN IMMEDIATE")
db.execute("UPDATE documents SET title = 'neu'")
print("da", flush=True)
sys.stdin.read()
"""


@unix
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
from kg.building.workfile import working_on
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
with working_on("a.kg", Among("abc")):
    pass
"""


@unix
def test_half_a_copy_of_a_store_is_gone_after_the_next_build(reader, tmp_path):
    store, copy = tmp_path / "a.kg", tmp_path / ".a.kg.part.copy"
    before = kg.build(texts("abc", "Essen baut. " * 40_000), store=store)
    killed = subprocess.run([sys.executable, "-c", COPYING], cwd=tmp_path, env=environment(), timeout=60)
    assert (killed.returncode, copy.stat().st_size > 0) == (-signal.SIGXFSZ, True)
    assert kg.build(before.documents, store=store) == before
    assert os.listdir(tmp_path) == ["a.kg"]
