"""How `kg serve` begins and ends: what it leaves behind, workers that die, addresses that cannot be had."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from serving import ENDLESS, SELECT, ask, serving


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_nothing_is_left_behind(tmp_path, small_graph, stop):
    small_graph.write(tmp_path / "a.ttl")
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    command = [sys.executable, "-m", "kg", "serve", str(tmp_path / "a.ttl"), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8", env=environment)
    assert "ends with Ctrl+C" in process.stderr.readline()
    assert _workers(tmp_path)
    process.send_signal(stop)
    process.communicate(timeout=20)
    assert process.returncode in (0, -stop)
    assert _workers(tmp_path) == []
    assert [path.name for path in tmp_path.iterdir()] == ["a.ttl"]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_worker_that_dies_is_replaced(tmp_path, small_graph, monkeypatch):
    """As the system ends one that wants more memory than there is."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    small_graph.write(tmp_path / "a.ttl")
    with serving(tmp_path / "a.ttl") as found, ThreadPoolExecutor(1) as pool:
        before = {pid: _ticks(pid) for pid in _workers(tmp_path)}
        asked = pool.submit(ask, found, ENDLESS)
        while not any(_ticks(pid) > ticks + 20 for pid, ticks in before.items()):
            time.sleep(0.05)
        for pid in before:  # the one that is at work, and one that is idle
            os.kill(pid, signal.SIGKILL)
        response = asked.result()
        assert (response.status_code, "ended the process" in response.text) == (500, True)
        while not all(map(_is_dead, before)):  # a process takes a moment to die
            time.sleep(0.05)
        assert [ask(found, SELECT).status_code for _ in range(4)] == [200] * 4


def _ticks(pid: int) -> int:
    """The processor time that a process has used, in hundredths of a second."""
    return int(_stat(pid)[11])


def _is_dead(pid: int) -> bool:
    """Whether a process has ended, and has let go of all its files."""
    try:
        return _stat(pid)[0] in ("Z", "X")
    except (FileNotFoundError, ProcessLookupError):
        return True


def _stat(pid: int) -> list[str]:
    """What Linux says of a process, behind its name: the state first."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()


def _workers(folder: Path) -> list[int]:
    """The worker processes that read triples below a folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(ProcessLookupError, FileNotFoundError):  # it may end while we look
            line = path.read_bytes()
            if b"kg.serve.worker" in line and str(folder).encode() in line:
                found.append(int(path.parent.name))
    return found


def test_an_address_that_is_taken(address, tmp_path, small_graph):
    small_graph.write(tmp_path / "a.ttl")
    port = address.rpartition(":")[2]
    command = [sys.executable, "-m", "kg", "serve", str(tmp_path / "a.ttl"), "--port", port]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)
    assert done.returncode == 2
    assert done.stderr.startswith(f"kg: 127.0.0.1:{port}: cannot listen there (Address already in use); choose")


def test_an_address_that_is_none(tmp_path):
    command = [sys.executable, "-m", "kg", "serve", "a.ttl", "--host", "300.1.1.1"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)
    assert done.returncode == 2
    assert done.stderr == "kg: 300.1.1.1:8000: cannot listen there (no such address); choose another --port or --host\n"


def test_a_file_that_is_missing(tmp_path):
    command = [sys.executable, "-m", "kg", "serve", "fehlt.kg", "--port", "0"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, cwd=tmp_path)
    assert (done.returncode, done.stderr.startswith("kg: fehlt.kg: no such store")) == (2, True)
