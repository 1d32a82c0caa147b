"""Files are replaced whole: what a killed writer left goes, what another one writes stays, and who may read it may read on."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from commands import environment
from machine import ROOT, unix

import kg
from kg.system.files import replacing

WRITER = """
import sys
from kg.system.files import replacing
with replacing(sys.argv[1]) as stream:
    stream.write(b"langsam")
    stream.flush()
    print("da", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def writer(tmp_path):
    """A process that is writing a.ttl, until its stdin ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path / "a.ttl")],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout.readline() == b"da\n"
    yield process
    process.kill()
    process.communicate(timeout=20)


def write(path: Path, content: bytes = b"neu") -> None:
    with replacing(path) as stream:
        stream.write(content)


def test_what_a_killed_writer_left_is_removed_by_the_next(tmp_path, writer):
    assert len(os.listdir(tmp_path)) == 1
    writer.kill()
    writer.wait(timeout=20)
    write(tmp_path / "b.ttl")
    assert len(os.listdir(tmp_path)) == 2  # what is left of another file is not its business
    write(tmp_path / "a.ttl")
    assert sorted(os.listdir(tmp_path)) == ["a.ttl", "b.ttl"]


def test_two_writers_do_not_disturb_each_other(tmp_path, writer):
    write(tmp_path / "a.ttl")
    assert (tmp_path / "a.ttl").read_bytes() == b"neu"
    assert len(os.listdir(tmp_path)) == 2
    writer.communicate(timeout=20)
    assert writer.returncode == 0
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.ttl", b"langsam")]


def test_one_process_may_write_a_file_twice_at_once(tmp_path):
    with replacing(tmp_path / "a.ttl") as stream:
        write(tmp_path / "a.ttl")
        stream.write(b"danach")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.ttl", b"danach")]


def _access(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return stat.S_IMODE(found.st_mode), found.st_uid, found.st_gid


@unix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666, 0o755])
def test_who_may_read_a_file_may_read_its_next_version_and_nobody_else(tmp_path, small_graph, mode):
    for name in ("a.ttl", "a.gexf", "a/nodes.csv"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
        path.chmod(mode)
        small_graph.write(f"{tmp_path}/a/" if path.suffix == ".csv" else path)
        assert (path.stat().st_size > 0, _access(path)[0]) == (True, mode)


@unix
def test_a_new_file_has_the_permissions_of_any_other(tmp_path):
    (tmp_path / "b").touch()
    write(tmp_path / "a.ttl")
    assert _access(tmp_path / "a.ttl") == _access(tmp_path / "b")


@pytest.mark.skipif(not ROOT, reason="only root can be somebody else for a while")
@pytest.mark.parametrize(
    ("writer", "groups", "access"),
    [
        (0, [], (0o640, 1001, 1002)),
        (1003, [1002], (0o640, 1003, 1002)),
        (1003, [], (0o600, 1003, 1003)),  # what a group may read is not for another one
    ],
)
def test_a_file_stays_with_its_owner_and_group(writer, groups, access):
    code = (
        f"import os; from kg.system import files; os.setgroups({groups}); os.setegid({writer}); os.seteuid({writer})\n"
    )
    code += "files._writable = lambda path: True\n"  # it asks for the one who started the process
    code += "with files.replacing('a.ttl') as stream: stream.write(b'neu')"
    with tempfile.TemporaryDirectory() as name:  # that of pytest is for root alone
        path = Path(name, "a.ttl")
        path.touch()
        os.chown(path, 1001, 1002)
        path.chmod(0o640)
        os.chown(name, 0, writer)
        Path(name).chmod(0o777)
        subprocess.run([sys.executable, "-c", code], cwd=name, env=environment(), check=True, timeout=20)
        assert (path.read_bytes(), _access(path)) == (b"neu", access)


def test_the_content_is_on_the_disk_before_its_name_is(tmp_path, monkeypatch):
    written = []
    monkeypatch.setattr(os, "fsync", lambda file: written.append(os.fstat(file).st_size))
    replace = os.replace
    monkeypatch.setattr(os, "replace", lambda *paths: (written.append("name"), replace(*paths)))
    write(tmp_path / "a.ttl")
    assert written == [3, "name"]


def _ended() -> int:
    """The number of a process that was."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait(timeout=20)
    return process.pid


HERE, ELSEWHERE = kg.system.files._host(), "0123abcd"


@unix
@pytest.mark.parametrize(
    ("pid", "host", "days", "goes"),
    [
        (_ended, "", 2, False),
        (_ended, f"-{HERE}-00000000", 0, True),
        (_ended, f"-{ELSEWHERE}-00000000", 0, False),
        (_ended, f"-{ELSEWHERE}-00000000", 2, True),
        (os.getpid, f"-{HERE}-00000000", 0, False),
        (os.getpid, f"-{HERE}-00000000", 2, True),
        (lambda: 9_999_999_999, f"-{HERE}-00000000", 0, True),
        (_ended, "-entwurf", 2, False),
    ],
    ids=[
        "a number alone", "ended", "on another host", "on another host, days ago", "running",
        "its number is used again", "no number of a process", "somebody else's name",
    ],
)  # fmt: skip
def test_a_leftover_is_removed_when_its_writer_is_surely_dead(tmp_path, pid, host, days, goes):
    left = tmp_path / f".a.ttl.{pid()}{host}.part"
    left.write_bytes(b"halb")
    os.utime(left, (time.time() - days * 86400,) * 2)
    write(tmp_path / "a.ttl")
    assert left.exists() is not goes


@unix
def test_a_file_that_somebody_holds_is_no_leftover(tmp_path):
    import fcntl

    left = tmp_path / f".a.ttl.{_ended()}-{HERE}-00000000.part"
    with left.open("wb") as stream:
        os.utime(left, (0, 0))
        fcntl.flock(stream, fcntl.LOCK_EX)
        write(tmp_path / "a.ttl")
        assert left.exists()
    write(tmp_path / "a.ttl")
    assert not left.exists()
