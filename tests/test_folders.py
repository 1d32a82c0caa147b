"""Folders are walked through whole and once, links and all; names that look the same and links that lead nowhere are told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from commands import environment
from source_files import read, write

import kg
from kg.cli import cli
from kg.errors import SourceError, StoreError
from kg.records import Document
from kg.sources.documents import read_each


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder that is the working directory: inputs are named the way a user types them."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_folder_is_read_whole_and_sorted(folder, caplog):
    for path in ("b.txt", "a.md", "mai/z.txt", "mai/a.TXT", ".git/x.txt", ".x.txt"):
        write(f"korpus/{path}", f"Text {path}.")
    write("korpus/b.json", '{"title": "Brücke"}')
    write("korpus/allein.json", "{}")
    write("korpus/bild.png", b"\x89PNG\0")
    assert [(document.id, document.title) for document in read("korpus")] == [
        ("a", ""),
        ("b", "Brücke"),
        ("mai/a", ""),
        ("mai/z", ""),
    ]
    write("korpus/VERSION", "1.0")
    write("korpus/bru\u0308cke.tu\u0308r", "1.0")
    write("korpus/br\u00fccke.t\u00fcr", "1.0")
    caplog.clear()
    read("korpus")
    assert caplog.messages == ["korpus: skipped what is no text (1 .json, 1 .png, 2 .t\u00fcr, 1 without suffix)"]


@pytest.mark.skipif(sys.platform == "darwin", reason="where a name is what it looks like")
@pytest.mark.parametrize(("there", "named"), [("bru\u0308cke.txt", "br\u00fccke.txt"), ("mai\u00a02.txt", "mai 2.txt")])
def test_a_name_that_only_looks_right_is_said_to(folder, there, named):
    for one, other in ((there, named), (named, there)):
        write(one, "Link warnt.")
        told = "there is one whose name looks the same" if not other.isascii() else "pass .txt"
        with pytest.raises(SourceError, match=f"^{other}: no such file or folder; {told}"):
            read(other)
        Path(one).unlink()


def test_a_folder_is_walked_once_whatever_is_asked_of_it(folder, monkeypatch):
    """By a build that keeps its outputs apart from what it reads, and by the command."""
    write("korpus/mai/a.txt", "Link warnt.")
    walked = []
    listed = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda path: walked.append(path.name) or listed(path))
    for once in (
        lambda: kg.build("korpus", store="a.kg"),
        lambda: CliRunner().invoke(cli, ["build", "korpus", "-o", "a.kg", "-o", "a.ttl"], catch_exceptions=False),
    ):
        once()
        assert sorted(name for name in walked if name in ("korpus", "mai")) == ["korpus", "mai"]
        walked.clear()


def check_left_out(name, caplog, told, refused):
    """A folder is read without one of its files, which is told; the file alone, if named, is refused."""
    assert [document.id for document in read("korpus")] == ["a"]
    assert [text.startswith(f"left out: {told}") for text in caplog.messages] == [True]
    if name.endswith(".txt"):
        with pytest.raises(SourceError, match=refused):
            read(f"korpus/{name}")


@pytest.mark.parametrize(
    ("name", "target", "message"),
    [
        ("kreis", ".", "korpus/kreis: this link leads back to "),
        ("b.txt", "fehlt.txt", "korpus/b.txt: a broken link"),
        ("b.txt", "b.txt", "korpus/b.txt: a broken link"),
    ],
)
def test_links_that_lead_nowhere(folder, caplog, name, target, message):
    write("korpus/a.txt", "Text.")
    Path("korpus", name).symlink_to(target)
    check_left_out(name, caplog, message, r"^korpus/b\.txt: a broken link; repair it, or name the file")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid(), reason="only root can become somebody who may not read")
def test_files_and_folders_that_must_not_be_read(folder, caplog):
    for name in ("korpus/a.txt", "korpus/b.txt", "korpus/zu/c.txt"):
        write(name, "Text.")
    Path("korpus/b.txt").chmod(0)
    Path("korpus/zu").chmod(0)
    folder.chmod(0o755)
    os.seteuid(65534)
    try:
        assert [document.id for document in read("korpus")] == ["a"]
    finally:
        os.seteuid(0)
    assert sorted(caplog.messages) == [
        f"left out: korpus/{name}: cannot be read (Permission denied); check the name and its permissions"
        for name in ("b.txt", "zu")
    ]


def test_a_folder_linked_twice_is_read_once(folder):
    write("korpus/a/x.txt", "Text.")
    Path("korpus/b").symlink_to("a", target_is_directory=True)
    assert [document.id for document in read("korpus")] == ["a/x"]


@pytest.mark.parametrize("number", [2, 30])
def test_folders_that_are_linked_to_each_other_again_and_again_are_walked_through_once(folder, number):
    """The hidden ones are seen through the links alone, which make 2 to the power of 29 paths."""
    for n in range(number):
        write(f"korpus/.d{n}/x.txt", f"Text {n}.")
    for n in range(number - 1):
        for name in "ba":
            Path(f"korpus/.d{n}/{name}").symlink_to(f"../.d{n + 1}")
    Path("korpus/oben").symlink_to(".d0")
    assert [document.id for document in read("korpus")] == sorted(f"oben/{'a/' * n}x" for n in range(number))


def test_the_path_of_a_folder_that_is_linked_to_is_the_first_one(folder):
    for name in ("a", "a-b", "c"):
        Path("korpus", name).mkdir(parents=True)
        Path("korpus", name, "d").symlink_to("../.d")
    write("korpus/.d/x.txt", "Text.")
    assert [document.id for document in read("korpus")] == ["a-b/d/x"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other devices and pipes")
@pytest.mark.parametrize(
    ("name", "target", "told"),
    [
        ("b.txt", "/dev/zero", "is a device, no file; remove it"),
        ("b", "/dev/zero", "leads to a device; repair or remove it"),
        ("b.txt", "../pipe", "is a pipe, no file; remove it"),
        ("b", "../pipe", "leads to a pipe; repair or remove it"),
    ],
)
def test_a_link_to_a_device_or_pipe_is_told_as_one(folder, caplog, name, target, told):
    write("korpus/a.txt", "Text.")
    os.mkfifo("pipe")
    Path("korpus", name).symlink_to(target)
    refused = r"^korpus/b\.txt: is a (device|pipe), no file; pipe its content in and pass '-'"
    check_left_out(name, caplog, f"korpus/{name}: {told}", refused)
    Path("a.kg").symlink_to(Path("korpus", name))
    with pytest.raises(StoreError, match=r"a\.kg: is a (device|pipe), no store; pass a \.kg file"):
        kg.open("a.kg")


@pytest.mark.skipif(not os.path.exists("/proc/kmsg"), reason="Linux")
@pytest.mark.parametrize(
    ("name", "told"), [("b.txt", "is made up by the system"), ("b.json", "is made up by the system")]
)
def test_a_link_to_what_the_system_makes_up_is_left_out(folder, name, told):
    """It looks like a file, and who reads it waits."""
    write("korpus/a.txt", "Text.")
    write("korpus/b.txt", "Text.")
    Path("korpus", name).unlink(missing_ok=True)
    Path("korpus", name).symlink_to("/proc/kmsg")
    read_it = "import sys, kg.sources.documents; print([document.id for document in kg.sources.documents.read_sources(['korpus'])])"
    run = subprocess.run([sys.executable, "-c", read_it], env=environment(), capture_output=True, text=True, timeout=30)
    assert run.stdout == "['a']\n"
    assert run.stderr.startswith(f"left out: korpus/{name}: {told}")


def test_folders_within_one_another_end_somewhere(tmp_path):
    deep = tmp_path.joinpath(*["d"] * 300)
    deep.mkdir(parents=True)
    (deep / "tief.txt").write_text("Link warnt.", encoding="utf-8")
    (tmp_path / "oben.txt").write_text("Link warnt.", encoding="utf-8")
    found = list(read_each([str(tmp_path)]))
    assert [type(outcome) for outcome in found] == [SourceError, Document]
    assert "more than 100 folders within one another" in str(found[0])
