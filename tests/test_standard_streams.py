"""Standard output, input and error of a command: one that is closed or full is told in one line, and an error is the only line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from commands import complains, environment, fill, run, shell
from machine import unix

import kg


@pytest.fixture(scope="module")
def folder(tmp_path_factory, small_graph, small_extractions) -> Path:
    return fill(tmp_path_factory.mktemp("streams"), small_graph, small_extractions)


PRINTING = [
    ("query", "a.ttl", "SELECT * { ?a ?b ?c }"),
    ("query", "a.ttl", "--explain-examples"),
    ("show", "a.kg", "Link"),
    ("why", "a.kg", "Link"),
    ("stats", "a.kg"),
    ("validate", "a.ttl"),
    ("extract", "brief.txt"),
    ("--help",),
    ("build", "--help"),
    ("--version",),
    (),
]


@unix
@pytest.mark.parametrize("args", PRINTING, ids=" ".join)
@pytest.mark.parametrize(
    ("redirection", "reason"), [(">/dev/full", "No space left on device"), (">&-", "it is closed")]
)
def test_what_cannot_be_printed_is_an_error_of_one_line(folder, args, redirection, reason):
    if "full" in redirection and not os.path.exists("/dev/full"):
        pytest.skip("there is no /dev/full")
    (folder / "brief.txt").write_text("Angela Merkel besuchte Paris.", encoding="utf-8")
    for unbuffered in ("", "1") if args == ("--version",) else ("",):
        done = shell(redirection, *args, cwd=folder, PYTHONUNBUFFERED=unbuffered)
        assert (
            complains(done) == f"kg: standard output: cannot be written ({reason}), and is not whole; send it elsewhere"
        )


@unix
@pytest.mark.parametrize("args", [("--help",), ("stats", "a.kg"), ("validate", "a.ttl")], ids=" ".join)
def test_a_reader_who_left_is_no_error(folder, args):
    reading, writing = os.pipe()
    os.close(reading)
    done = run(*args, cwd=folder, streams={1: writing})
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


@unix
@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("extract", "-"), "standard input: closed; pipe a text in, or pass files"),
        (("query", "a.ttl", "-f", "-"), "standard input: closed; pipe a query in, or name its file"),
    ],
)
def test_a_closed_stdin_is_one_line(folder, args, message):
    assert message in complains(shell("<&-", *args, cwd=folder))


@unix
@pytest.mark.parametrize("redirection", ["<&- >&- 2>&-", "2>&-", "2>/dev/full"])
def test_who_prints_nothing_needs_no_streams(folder, tmp_path, redirection):
    if "full" in redirection and not os.path.exists("/dev/full"):
        pytest.skip("there is no /dev/full")
    shutil.copy(folder / "a.kg", tmp_path / "a.kg")
    done = shell(redirection, "export", "a.kg", "b.ttl", "b.rdf", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert kg.open(tmp_path / "b.ttl") == kg.open(tmp_path / "b.rdf")
    assert len(os.listdir(tmp_path)) == 3


def test_what_was_logged_before_an_error_is_not_told(tmp_path):
    (tmp_path / "a.txt").write_bytes("Müller besuchte Köln. Der Bürgermeister begrüßte ihn.\n".encode("latin-1"))
    (tmp_path / "b.jsonl").write_text('{"id": "a", "text": "Link warnt."}\n', encoding="utf-8")
    (tmp_path / "foto.jpg").write_bytes(b"")
    assert complains(run("extract", ".", cwd=tmp_path)).startswith(
        "kg: b.jsonl:1: the document id 'a' is taken by a.txt"
    )


LOGGING = """
import logging
from kg import cli
from kg.cli.group import cli as group
@group.command()
def anders():
    for number in range(20_000):
        logging.getLogger("kg").warning("warnt %d Mal", number)
    logging.getLogger("bibliothek").error("eine Bibliothek klagt")
    raise cli.KgError("es geht nicht")
cli.main(["anders"])
"""


def test_however_much_is_logged_and_by_whom(tmp_path):
    done = subprocess.run([sys.executable, "-c", LOGGING], env=environment(), capture_output=True, text=True)
    assert complains(done) == "kg: es geht nicht"


@unix
@pytest.mark.parametrize(
    "args",
    [("query", "a.kg", "-f", "/dev/stdout"), ("query", "a.kg", "-f", "/dev/stderr"), ("review", "a.kg", "--import", "/dev/stdout"),
     ("build", "brief.txt", "-o", "o.ttl", "--relations", "/dev/stdout")],
    ids=" ".join,
)  # fmt: skip
def test_nobody_waits_for_what_kg_itself_writes(folder, args):
    command = [sys.executable, "-m", "kg", *args]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, encoding="utf-8", timeout=60)
    assert complains(done).startswith(f"kg: {args[-1]}: is a pipe that kg itself writes to, no file; ")
