"""Workers of a build: they end with it when it is killed, and it ends when one of them is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from commands import environment

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture
def texts(tmp_path) -> Path:
    """More than two workers read in a minute."""
    for i in range(40):
        (tmp_path / f"t{i}.txt").write_text("Sören Link leitet Duisburg. Huawei warnt die Stadt.\n\n" * 1000)
    return tmp_path


def test_workers_end_with_a_build_that_is_killed(texts):
    with _building(texts) as build:
        workers = _workers(build)
        build.send_signal(signal.SIGKILL)
        build.wait()
        _until(lambda: not any(map(_lives, workers)))


def test_a_worker_that_is_killed_ends_the_build_with_one_line(texts):
    """As the system ends one that wants more memory than there is; what was read before is kept."""
    with _building(texts) as build:
        _until(lambda: (texts / ".a.kg.part").exists())
        os.kill(_workers(build)[0], signal.SIGKILL)
        errors = build.communicate(timeout=60)[1].decode()
    assert build.returncode == 2, errors
    lines = [line for line in errors.splitlines() if line.startswith("kg: ")]
    assert len(lines) == 1
    assert lines[0].startswith("kg: a process of --workers was ended from outside, perhaps for want of memory; take")
    assert "Traceback" not in errors
    assert not (texts / "a.kg").exists()
    assert (texts / ".a.kg.part").exists()


@contextmanager
def _building(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "kg", "build", *sorted(p.name for p in folder.glob("*.txt")), "-o", "a.kg"]
    build = subprocess.Popen(
        [*command, "--workers", "2"], cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        _until(lambda: len(_workers(build)) == 2)
        yield build
    finally:
        build.kill()
        build.communicate()


def _workers(build: subprocess.Popen[bytes]) -> list[int]:
    """The processes that `multiprocessing` started for a build and that read texts."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(ProcessLookupError, FileNotFoundError):  # it may end while we look
            parent = (path.parent / "stat").read_text().rpartition(")")[2].split()[1]
            if int(parent) == build.pid and b"spawn_main" in path.read_bytes():
                found.append(int(path.parent.name))
    return found


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except (ProcessLookupError, FileNotFoundError):
        return False


def _until(true, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "this takes too long"
        time.sleep(0.05)
