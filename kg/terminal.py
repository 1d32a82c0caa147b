"""What commands say, and where: data to stdout, one line of complaint to stderr, colours where a person looks on."""

from __future__ import annotations

import io
import logging
import os
import sys
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from logging.handlers import MemoryHandler
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from kg.cards import Style
    from kg.ledger import Question
    from kg.records import Judgement

BAD_INPUT = 2


class LateLog:
    """Keeps what is logged until the command is done, so that an error stays the only line."""

    def __init__(self) -> None:
        target = logging.StreamHandler()
        target.setFormatter(logging.Formatter("kg: %(message)s"))
        self._kept = MemoryHandler(capacity=10_000, flushLevel=logging.CRITICAL, target=target, flushOnClose=False)
        logging.getLogger("kg").addHandler(self._kept)
        logging.getLogger("kg").setLevel(logging.INFO)
        logging.getLogger("kg").propagate = False
        if not sys.warnoptions:
            warnings.simplefilter("ignore")

    def flush(self) -> None:
        self._kept.flush()


def print_lines(lines: Iterable[str]) -> None:
    """Print lines to stdout; when nobody reads on (`| head`), stop without a word."""
    try:
        for line in lines:
            click.echo(line)
    except BrokenPipeError as error:
        # Python flushes stdout once more at exit; let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(0) from error


def style() -> Style:
    """Colours where a person looks on and has not declined them (https://no-color.org)."""
    from kg.cards import plain

    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return plain
    looks: dict[str, dict[str, Any]] = {
        "head": {"bold": True},
        "end": {"fg": "cyan"},
        "cue": {"fg": "yellow"},
        "dim": {"dim": True},
    }
    return lambda text, role: click.style(text, **looks[role])


def use_utf8() -> None:
    """Write UTF-8 whatever the locale; a lone surrogate comes out as its escape, which in JSON is what it means."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def complain(message: str) -> None:
    click.echo(f"kg: {' '.join(message.split())}", err=True)


def fail(message: str) -> NoReturn:
    complain(message)
    sys.exit(BAD_INPUT)


_KEYS = {"y": "same", "n": "not same", "u": "unsure"}


def ask(questions: Sequence[Question], by: str, when: str) -> Iterator[Judgement]:
    """Ask a person at the terminal, one key a question; yield what was judged."""
    for number, question in enumerate(questions, start=1):
        click.echo(f"\n{number}/{len(questions)}  {question.judgement.why}")
        click.echo(f"  {question.left_sentence}\n  {question.right_sentence}")
        click.echo("same? y/n/u, s skip, q quit ", nl=False)
        while (key := click.getchar()[:1].lower()) not in (*_KEYS, "s", "q"):
            pass
        click.echo(key)
        if key == "q":
            return
        if key in _KEYS:
            yield replace(question.judgement, verdict=_KEYS[key], by=by, when=when, score=1.0)


def today() -> str:
    """The day on the clock: of all that kg writes, only a person's verdict is dated by it."""
    return date.today().isoformat()
