"""Queries that may be too deep are first read by a process of their own: how that ends is told, and it ends with its parent."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pyoxigraph
import pytest
from commands import environment, fill
from nesting import nested

from kg.errors import QueryError
from kg.ontology import prefixes
from kg.rdf.sparql.dataset import Dataset
from kg.rdf.sparql.query import evaluate
from kg.rdf.sparql.rehearsal import rehearse


@pytest.fixture(scope="module")
def folder(tmp_path_factory, small_graph, small_extractions):
    return fill(tmp_path_factory.mktemp("rehearsal"), small_graph, small_extractions)


def test_an_ordinary_query_is_not_rehearsed(monkeypatch):
    monkeypatch.setattr("kg.rdf.sparql.rehearsal.sys.executable", "/fehlt")
    rehearse("SELECT ?a { ?a ?b ?c FILTER(STRLEN(?c) > 3) OPTIONAL { ?c ?d ?e } }", prefixes())
    with pytest.raises(QueryError, match="no process to try it out"):
        rehearse("ASK {" + "{}" * 100 + "}", prefixes())


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("import gibt_es_nicht", "no process to try it out (ModuleNotFoundError: No module named 'gibt_es_nicht'); ask"),
        ("raise MemoryError('nichts frei')", "no process to try it out (MemoryError: nichts frei); ask"),
        ("raise SystemExit(1)", "no process to try it out (exit 1); ask"),
        ("os.abort()", "it takes more memory than there is to be read (SIGABRT); ask"),
        ("os.kill(os.getpid(), 9)", "it takes more memory than there is to be read (SIGKILL); ask"),
        ("os.kill(os.getpid(), signal.SIGALRM)", "it takes more than 1 s to be read and planned; nest less"),
        ("time.sleep(60)", "it takes more than 1 s to be read and planned; nest less"),
        ("os.close(0); time.sleep(60)", "it takes more than 1 s to be read and planned; nest less"),
    ],
)  # fmt: skip
@pytest.mark.skipif(sys.platform == "win32", reason="has no signals")
@pytest.mark.slow
def test_how_a_rehearsal_ended_is_told(monkeypatch, code, message):
    code = f"import os, signal, time; {code}"
    monkeypatch.setattr("kg.rdf.sparql.rehearsal.command", lambda *_: [sys.executable, "-c", code])
    with pytest.raises(QueryError) as caught:
        rehearse("ASK {" + "{}" * 100_000 + "}", prefixes(), 1 if "more than" in message else None)
    assert str(caught.value).startswith(f"query: {message}")


def test_a_time_that_is_given_goes_before_that_for_reading(monkeypatch, small_graph):
    """Forty brackets take less than a second, but more than nothing."""
    query = "ASK { FILTER(" + nested("(", "true", ")", 40) + ") }"
    monkeypatch.setattr("kg.rdf.sparql.rehearsal._SECONDS", 0.001)
    with pytest.raises(QueryError, match=r"more than 0\.001 s to be read and planned; .* or give it more time"):
        small_graph.sparql(query)
    assert evaluate(Dataset(pyoxigraph.Store(), prefixes()), query, 60) is True


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.slow
def test_a_rehearsal_ends_with_the_process_that_started_it(folder, tmp_path):
    """Even one that was killed; and it has no more memory than it may."""
    (tmp_path / "q.rq").write_text("ASK { FILTER(" + nested("REGEX(", "?a", ",'b')", 40) + ") }")
    command = [sys.executable, "-m", "kg", "query", "a.ttl", "-f", tmp_path / "q.rq", "--timeout", "3600"]
    parent = subprocess.Popen(command, cwd=folder, env=environment())
    try:
        copy = until(lambda: next(children(parent.pid), None))
        child = until(lambda: next(children(copy), None))
        until(lambda: int(stat(child)[11]) > 20)  # it is at work
        limits = Path(f"/proc/{child}/limits").read_text()
        assert limits.partition("Max address space")[2].split()[0].isdigit()
    finally:
        parent.kill()
        parent.wait()
    until(lambda: stat(copy)[0] in "ZX" and stat(child)[0] in "ZX")


def until(found):
    """What is found, once it is."""
    end = time.monotonic() + 20
    while not (value := found()):
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.05)
    return value


def children(parent: int):
    """Yield the processes that a process has started."""
    for path in Path("/proc").glob("[0-9]*"):
        if stat(int(path.name))[1] == str(parent):
            yield int(path.name)


def stat(pid: int) -> list[str]:
    """What Linux says of a process, behind its name: the state first, X for one that is gone."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return ["X", ""]
