"""A store to serve, a server of ours in a process of its own on a free port of the loopback, and what one sends to it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import httpx
from forking import Forked, started

from kg.records import Document, Extraction
from kg.store.store import Store

SELECT = "SELECT ?wer { ?wer org:headOf ?was }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"

# The loopback needs no proxy and no certificates; threads may share a client.
CLIENT = httpx.Client(trust_env=False, verify=False, timeout=30)


def keep(path: Path, extractions: Iterable[tuple[Document, Extraction]]) -> None:
    """Make a store of what was extracted before."""
    with Store(path) as store:
        for document, extraction in extractions:
            store.add(document, extraction, "f")


@dataclass
class Server:
    """A `kg serve` that runs, and what it said on stderr since."""

    process: subprocess.Popen[str] | Forked
    address: str
    port: int
    log: list[str]


@contextmanager
def running(path: Path, *options: str, limits: str = "") -> Iterator[Server]:
    """Run `kg serve` on a file until the block ends, unless it ended before; `limits` are those of ulimit."""
    reading, writing = os.pipe()
    with open(reading, encoding="utf-8") as said:
        try:
            process = _started(["serve", str(path), "--port", "0", *options], limits, writing)
        finally:
            os.close(writing)
        lines: list[str] = []
        hearing = Thread(target=lambda: lines.extend(iter(said.readline, "")))
        try:
            line = said.readline()
            found = re.match(r"(http://\S+:(\d+))/ – ends with Ctrl\+C", line)
            assert found, line + said.read()
            hearing.start()
            yield Server(process, found[1], int(found[2]), lines)
        finally:
            process.terminate()
            process.wait(timeout=20)
            if hearing.ident:
                hearing.join(timeout=20)


def _started(args: list[str], limits: str, stderr: int) -> subprocess.Popen[str] | Forked:
    """Start `kg`; forked (see forking.py) where its memory need not be limited before it loads anything."""
    if hasattr(os, "fork") and not limits:
        with open(os.devnull, "r+b") as nothing:
            streams = [nothing.fileno(), nothing.fileno(), stderr]
            return started(args, cwd=os.getcwd(), env=os.environ, files=streams)
    command = [sys.executable, "-m", "kg", *args]
    if limits:
        command = ["bash", "-c", f'ulimit {limits}; exec "$@"', "-", *command]
    return subprocess.Popen(command, stderr=stderr, encoding="utf-8")


@contextmanager
def serving(path: Path, *options: str) -> Iterator[str]:
    """Run `kg serve` on a file; the address it names is the value, without the slash at its end. It says nothing."""
    with running(path, *options) as server:
        yield server.address
    assert server.log == []


def until(holds: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something holds; who waits long asks less often, for asking may cost more than what is waited for."""
    end = time.monotonic() + seconds
    pause = 0.02
    while not holds():
        assert time.monotonic() < end, "it does not come to hold"
        time.sleep(pause)
        pause = min(2 * pause, 0.3)


def ask(address: str, query: str, accept: str = "application/sparql-results+json") -> httpx.Response:
    """Send a query as its own media type; nothing is raised for a status that is not 200."""
    headers = {"Content-Type": "application/sparql-query", "Accept": accept}
    return CLIENT.post(f"{address}/sparql", content=query.encode(), headers=headers)
