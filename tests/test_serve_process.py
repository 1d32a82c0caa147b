"""How `kg serve` begins and ends: what it leaves behind, workers that die, addresses that cannot be had."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest
from commands import run as command
from serving import CLIENT, ENDLESS, SELECT, ask, keep, running, until

from kg.serve import run

# While it is read, Python's lock is held.
SLOWLY_READ = "ASK { FILTER(" + "REGEX(" * 40 + "?a" + ",'b')" * 40 + ") }"


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.slow
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
@pytest.mark.slow
def test_a_worker_that_dies_is_replaced(tmp_path, small_graph, monkeypatch):
    """As the system ends one that wants more memory than there is."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    small_graph.write(tmp_path / "a.ttl")
    with running(tmp_path / "a.ttl") as server, ThreadPoolExecutor(1) as pool:
        found = server.address
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
    at_work = f"kg: a query ended its process: {ENDLESS} (SIGKILL)\n"
    assert set(server.log) - {"kg: a process that answers queries was ended (SIGKILL)\n"} == {at_work}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a query may take all the memory there is")
@pytest.mark.slow
def test_a_query_that_eats_memory_is_told_in_one_line(tmp_path, small_graph):
    small_graph.write(tmp_path / "a.ttl")
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a"
    with running(tmp_path / "a.ttl", "--timeout", "100") as server:
        response = ask(server.address, query)
        assert (response.status_code, "it needs too much memory" in response.text) == (500, True)
        until(lambda: server.log)
    assert [re.sub(r"\d+", "N", line) for line in server.log] == [
        f"kg: a query ended its process: {query} (memory allocation of N bytes failed)\n"
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("query", [ENDLESS, SLOWLY_READ], ids=["answering", "reading"])
@pytest.mark.slow
def test_workers_end_with_a_server_that_is_killed(tmp_path, small_graph, monkeypatch, query):
    """Those that wait, and the one whose query would go on for an hour."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    small_graph.write(tmp_path / "a.ttl")
    with running(tmp_path / "a.ttl", "--timeout", "3600") as server, ThreadPoolExecutor(1) as pool:
        before = {pid: _ticks(pid) for pid in _workers(tmp_path)}
        asked = pool.submit(CLIENT.get, f"{server.address}/sparql", params={"query": query})
        until(lambda: any(_ticks(pid) > ticks + 20 for pid, ticks in before.items()))
        server.process.kill()
        assert asked.exception(timeout=20)
        until(lambda: all(map(_is_dead, before)))
    assert server.log == []


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize(
    ("stop", "times"), [(signal.SIGINT, 1), (signal.SIGINT, 20), (signal.SIGTERM, 20), (signal.SIGHUP, 20)]
)
@pytest.mark.slow
def test_a_server_that_is_at_work_ends_quietly(tmp_path, small_extractions, monkeypatch, stop, times):
    """Queries run and wait, the explorer is being drawn, a client has stopped in the middle of a request.

    It may be told to end again and again, until it has; what comes once all is tidied up ends it as it ends any process.
    """
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    keep(tmp_path / "a.kg", small_extractions)
    paths = ["/explorer", *[f"/sparql?query={quote(ENDLESS)}"] * 4]
    with running(tmp_path / "a.kg", "--timeout", "3600") as server, ThreadPoolExecutor(5) as pool:
        with socket.create_connection(("127.0.0.1", server.port)) as half:
            half.sendall(b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nAS")
            asked = [pool.submit(CLIENT.get, server.address + path) for path in paths]
            time.sleep(0.5)
            for _ in range(times):
                server.process.send_signal(stop)
                time.sleep(0.2)
                if server.process.poll() is not None:
                    break
            assert server.process.wait(timeout=20) in (0, -signal.SIGTERM, -signal.SIGHUP)
        assert _workers(tmp_path) == []
        assert all(found.done() or found.exception(timeout=20) for found in asked)
    assert [path.name for path in tmp_path.iterdir()] == ["a.kg"]
    assert server.log == (["ended\n"] if stop == signal.SIGINT else [])


OPERATORS = "ASK { FILTER(" + "||".join(["true"] * 20_000) + ") }"


@pytest.mark.skipif(sys.platform != "linux", reason="macOS does not heed ulimit -v")
@pytest.mark.parametrize(
    ("limits", "status", "text"),
    [
        ("-v 9000000", 200, '"boolean":true'),
        ("-v 3000000", 200, '"boolean":true'),
        ("-Sv 3000000", 200, '"boolean":true'),
        ("-v 450000", 400, "query: it cannot be answered (no memory for a thread with 51 MB of stack); simplify it\n"),
    ],
)
@pytest.mark.slow
def test_a_server_that_may_have_little_memory(tmp_path, small_graph, limits, status, text):
    """It starts, answers, and refuses what needs more stack than can be had."""
    small_graph.write(tmp_path / "a.ttl")
    with running(tmp_path / "a.ttl", limits=limits) as server:
        response = ask(server.address, OPERATORS)
        assert (response.status_code, text in response.text) == (status, True)
        assert ask(server.address, SELECT).status_code == 200
    assert server.log == []


def test_signals_are_handled_afterwards_as_before():
    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = list(map(signal.getsignal, numbers))
    with run._unwound():
        assert not {signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)} & set(before)
    assert list(map(signal.getsignal, numbers)) == before


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
            if b"kg.serve.workers.worker" in line and str(folder).encode() in line:
                found.append(int(path.parent.name))
    return found


def test_an_address_that_is_taken(address, tmp_path, small_graph):
    small_graph.write(tmp_path / "a.ttl")
    port = address.rpartition(":")[2]
    done = command("serve", "a.ttl", "--port", port, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(f"kg: 127.0.0.1:{port}: cannot listen there (Address already in use); choose")


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (["--host", "300.1.1.1"], "300.1.1.1:8000: cannot listen there (no such address); choose another --port or --host"),
        (["--host", "a" * 300], f"{'a' * 300}:8000: cannot listen there (no such address); choose another --port or --host"),
        (["--host", "gibt.es.nicht.invalid"], "gibt.es.nicht.invalid:8000: cannot listen there (no such address); choose another --port or --host"),
        (["--host", "ä..b"], "ä..b:8000: cannot listen there (no such address); choose another --port or --host"),
        (["--host", ""], ":8000: cannot listen there (no such address); choose another --port or --host"),
        (["--host", "8.8.8.8"], "8.8.8.8:8000: cannot listen there (Cannot assign requested address); choose another --port or --host"),
        (["--host", "::x"], "::x:8000: cannot listen there (no such address); choose another --port or --host"),
        (["--allow-host", "http://a/"], "--allow-host http://a/: no name of a host; pass one such as kg.example, without http://"),
        (["--allow-host", "a:99999"], "--allow-host a:99999: no name of a host; pass one such as kg.example, without http://"),
        (["--cors", "example.org"], "--cors example.org: no origin of web pages; pass one such as https://kg.example, or * for all"),
        (["--port", "65536"], "Invalid value for '--port': 65536 is not in the range 0<=x<=65535; see `kg serve --help`"),
    ],
    ids=lambda value: str(value)[:60],
)  # fmt: skip
def test_options_that_cannot_be(tmp_path, options, line):
    done = command("serve", "a.ttl", *options, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (2, f"kg: {line}\n")


def test_a_file_that_is_missing(tmp_path):
    done = command("serve", "fehlt.kg", "--port", "0", cwd=tmp_path)
    assert (done.returncode, done.stderr.startswith("kg: fehlt.kg: no such store")) == (2, True)


@pytest.mark.skipif(sys.platform == "win32", reason="has no such locks")
@pytest.mark.slow
def test_folders_of_a_server_that_was_killed_go_with_the_next_one(tmp_path, small_graph, monkeypatch):
    """Not that of one that runs, not a young one, not what only has such a name."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    small_graph.write(tmp_path / "a.ttl")
    with running(tmp_path / "a.ttl") as killed:
        [left] = tmp_path.glob("kg-serve-*")
        killed.process.kill()
        killed.process.wait()
    (tmp_path / "kg-serve-link").symlink_to(tmp_path)
    (tmp_path / "kg-serve-file").write_text("x")
    (tmp_path / "kg-serve-young").mkdir()
    with running(tmp_path / "a.ttl"):
        [alive] = set(tmp_path.glob("kg-serve-????????")) - {left}
        assert left.exists()
        for path in (left, alive):
            os.utime(path, (0, 0))
        with running(tmp_path / "a.ttl") as server:
            assert not left.exists()
            assert ask(server.address, SELECT).status_code == 200
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
            ["a.ttl", alive.name, "kg-serve-file", "kg-serve-link", "kg-serve-young"]
        )
