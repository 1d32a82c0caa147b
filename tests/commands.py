"""`kg` in a process of its own, and a folder for commands that only read."""

from __future__ import annotations

import os
import pickle
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from types import MappingProxyType

from forking import Streams, forked

import kg
from kg.knowledge_graph import KnowledgeGraph
from kg.records import Document, Extraction
from kg.store.store import Store

MODEL = {name: value for name, value in os.environ.items() if name == "KG_MODEL"}
ROOT = Path(kg.__file__).parents[1]


def environment(**extra: str) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in ("KG_MODEL", "NO_COLOR")}
    return inherited | {"PYTHONPATH": str(ROOT)} | extra


def run(
    *args: object, cwd: Path, stdin: bytes = b"", streams: Streams = MappingProxyType({}), **env: str
) -> subprocess.CompletedProcess[str]:
    """`kg` with some arguments, in a process of its own; `streams` (for Unix) are as in forking.py."""
    command = [sys.executable, "-m", "kg", *map(str, args)]
    given = environment(**env)
    if hasattr(os, "fork") and all(name.startswith("KG_") or name in _LATE for name in env):
        code, out, err = forked(command[3:], cwd=cwd, stdin=stdin, env=given, streams=streams)
    else:
        assert not streams
        done = subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, env=given, timeout=120)
        code, out, err = done.returncode, done.stdout, done.stderr
    return subprocess.CompletedProcess(command, code, out.decode("utf-8"), err.decode("utf-8"))


_LATE = ("NO_COLOR", "SOURCE_DATE_EPOCH")
"""Variables that are asked for when a command is at work, not when Python starts."""


def shell(redirection: str, *args: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """`kg` as a shell runs it; without variables for Python's start it is forked, see forking.py."""
    if not any(env.values()):
        with ExitStack() as opened:
            streams = {}
            for part in redirection.split():
                sign = 0 if "<" in part else int(part.partition(">")[0] or 1)
                place = re.split("[<>]", part)[1]
                streams[sign] = None if place == "&-" else opened.enter_context(open(place, "w")).fileno()
            return run(*args, cwd=cwd, streams=streams)
    command = ["sh", "-c", f'exec "$@" {redirection}', "sh", sys.executable, "-m", "kg", *args]
    return subprocess.run(command, cwd=cwd, env=environment(**env), capture_output=True, text=True, timeout=120)


def complains(done: subprocess.CompletedProcess[str]) -> str:
    """Check that a command ended as wrong use should, and return its one line."""
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert done.stderr.startswith("kg: ")
    assert done.stderr.count("\n") == 1
    return done.stderr.strip()


def fill(folder: Path, graph: KnowledgeGraph, extractions: Iterable[tuple[Document, Extraction]]) -> Path:
    """Lay a store and an RDF file into a folder, for commands that only read."""
    with Store(folder / "a.kg") as store:
        for document, extraction in extractions:
            store.add(document, extraction, "f")
    graph.write(folder / "a.ttl")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of all files in a folder and in those within it."""
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def how_many(path: Path) -> int:
    """How many documents a file has; none while it is not yet there, or being written to."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=0)) as db:
            return db.execute("SELECT count(*) FROM documents").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


def printed(code: str, value: object, *args: object, seed: str) -> bytes:
    """What some code prints in a Python that hashes strings otherwise; it finds the value as `value`.

    It is given pickled: to import what makes it would take most of the time.
    """
    code = f"import pickle, sys; value = pickle.load(sys.stdin.buffer)\n{code}"
    run = [sys.executable, "-c", code, *map(str, args)]
    given = environment(PYTHONHASHSEED=seed, PYTHONIOENCODING="utf-8")
    return subprocess.run(run, input=pickle.dumps(value), env=given, stdout=subprocess.PIPE, check=True).stdout


@contextmanager
def somebody_else() -> Iterator[None]:
    """Within, root is nobody in particular, to whom no file belongs."""
    os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
