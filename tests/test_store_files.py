"""The files of a store: whose those beside it are, what is left of a killed build, permissions, and names of any length."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import unicodedata
from contextlib import closing
from pathlib import Path

import pytest
from building import first_word, interrupted, judge, judgements, texts
from commands import complains, how_many, run, somebody_else
from machine import unix
from stand_ins import stand_in

import kg
from kg.building.workfile import working_on
from kg.errors import StoreError
from kg.records import Document, Extraction
from kg.sources.leftout import Among
from kg.store.store import Store


@pytest.fixture
def reader(monkeypatch) -> list[str]:
    return stand_in(monkeypatch, first_word)


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


@unix
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


@unix
def test_a_working_file_that_is_another_name_of_a_store_is_not_written_to(reader, tmp_path):
    kg.build(texts("ab"), store=tmp_path / "b.kg")
    foreign(tmp_path / ".a.kg.part", "another name")
    with pytest.raises(StoreError, match="is a link"):
        kg.build(texts("c"), store=tmp_path / "a.kg")
    assert len(kg.open(tmp_path / "b.kg").documents) == 2


@unix
@pytest.mark.parametrize("name", ["a.kg-journal", "a.kg-wal", "a.kg-shm"])
@pytest.mark.parametrize(
    "command", [("stats", "a.kg"), ("review", "a.kg", "--export", "f.csv")], ids=["stats", "review"]
)
def test_who_reads_a_store_does_not_wait_for_a_pipe_beside_it(reader, tmp_path, name, command):
    kg.build(texts("a"), store=tmp_path / "a.kg")
    os.mkfifo(tmp_path / name)
    told = complains(run(*command, cwd=tmp_path))
    assert told.endswith(f"{name}: is a pipe, where kg keeps a file of its own beside a.kg; move it away")


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


@unix
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


@unix
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
