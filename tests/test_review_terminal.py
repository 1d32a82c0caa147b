"""Questions on a terminal: a key answers one, no key is lost, and whoever ends or closes it ends the questions."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from contextlib import nullcontext, suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from reviewing import council

from kg.cli import cli
from kg.cli.terminal import ask
from kg.errors import KgError
from kg.review.questions import questions
from kg.store.store import Store


@pytest.fixture
def store(tmp_path) -> Path:
    return council(tmp_path / "rat.kg")


def test_one_key_answers_a_question(store):
    """The first of two questions is answered, then q ends it; on a real terminal."""
    parent, child = pty.openpty()
    command = [sys.executable, "-m", "kg", "review", str(store), "--by", "Redaktion", "--date", "2026-01-02"]
    with subprocess.Popen(command, stdin=child, stdout=child, close_fds=True) as process:
        os.close(child)
        shown = b""
        while process.poll() is None:  # a key that comes before the terminal is ready is lost, so it is pressed again
            if select.select([parent], [], [], 0.2)[0]:
                with suppress(OSError):
                    shown += os.read(parent, 1000)
            elif b"same? " in shown:
                os.write(parent, b"q" if b"2/2" in shown else b"y")
        process.wait(60)
    os.close(parent)
    with Store(store, readonly=True) as kept:
        assert [(j.verdict, j.by, j.when) for j in kept.judgements()] == [("same", "Redaktion", "2026-01-02")]


@pytest.mark.parametrize(
    ("key", "code", "told"), [(b"\x03", 130, b"kg: interrupted"), (b"\x04", 0, b"same? y/n/u, s skip, q quit q")]
)
def test_ctrl_c_and_ctrl_d_end_the_questions(store, key, code, told):
    parent, child = pty.openpty()
    command = [sys.executable, "-m", "kg", "review", str(store)]
    with subprocess.Popen(command, stdin=child, stdout=child, stderr=child, start_new_session=True) as process:
        os.close(child)
        shown = b""
        while process.poll() is None:
            if select.select([parent], [], [], 0.2)[0]:
                with suppress(OSError):
                    shown += os.read(parent, 1000)
            elif b"same? " in shown:
                os.write(parent, key)
        while select.select([parent], [], [], 0.2)[0]:
            try:
                shown += os.read(parent, 1000)
            except OSError:  # that is how Linux tells its end
                break
        assert process.wait(60) == code
    os.close(parent)
    assert told in shown.replace(b"^C", b"").splitlines()  # a key that is pressed once more is shown as that


@pytest.mark.parametrize(
    ("pressed", "verdicts", "interrupted"),
    [
        (["\r\n q"], [], False),
        (["\r\n y", "xq"], ["same"], False),
        (["yq"], ["same"], False),
        (["Yn"], ["same", "not same"], False),
        (["\x1bOy\x1b[A\x1b[1;5Bq"], [], False),
        (["y\x03"], ["same"], True),
        (["s\x04"], [], False),
        (["s", ""], [], False),
    ],
)
def test_no_key_is_lost_of_those_that_come_at_once(store, monkeypatch, pressed, verdicts, interrupted):
    """A terminal hands over at once what was pressed before it was asked; another key may send an escape and a "y"."""
    keys = iter(pressed)
    monkeypatch.setattr("click.getchar", lambda: next(keys))
    with Store(store, readonly=True) as kept:
        asked = ask(questions(kept), "Redaktion", "2026-01-02")
        found = []
        with pytest.raises(KeyboardInterrupt) if interrupted else nullcontext():
            for judgement in asked:
                found.append(judgement.verdict)
    assert found == verdicts


# `kg` on a terminal that is its own only where it is `controlling`; who closes it may be told by SIGHUP, which is ignored.
NOHUP = """
import fcntl, os, signal, sys, termios
os.setsid()
if sys.argv.pop(1) == "controlling":
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
signal.signal(signal.SIGHUP, signal.SIG_IGN)
from kg.__main__ import main
main()
"""


@pytest.mark.parametrize("terminal", ["controlling", "another one's"])
def test_a_terminal_that_is_closed_ends_the_questions(store, terminal):
    parent, child = pty.openpty()
    command = [sys.executable, "-c", NOHUP, terminal, "review", str(store)]
    with subprocess.Popen(command, stdin=child, stdout=child, stderr=subprocess.PIPE) as process:
        os.close(child)
        shown = b""
        while b"same? " not in shown:
            shown += os.read(parent, 1000)
        os.close(parent)
        assert (process.communicate(timeout=60)[1], process.returncode) == (b"", 0)


@pytest.mark.parametrize(("epoch", "date"), [("gestern", ""), ("0", "gestern")])
def test_a_day_that_is_none_is_one_line(store, epoch, date):
    args = ["review", str(store), "--date", date]
    with pytest.raises(KgError, match=r"gestern: no (day|number of seconds)"):
        CliRunner().invoke(cli, args, env={"SOURCE_DATE_EPOCH": epoch}, standalone_mode=False, catch_exceptions=False)


def test_without_a_terminal_it_says_what_to_do(store):
    result = CliRunner().invoke(cli, ["review", str(store)])
    assert result.exit_code == 2
    assert "--export" in result.output
