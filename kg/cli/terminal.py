"""What commands say, and where: data to stdout, one line of complaint to stderr, colours where a person looks on."""

from __future__ import annotations

import errno
import getpass
import io
import logging
import os
import re
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import click

from kg.errors import BAD_INPUT, KgError, visible
from kg.sources.fields import valid
from kg.system.text import one_line

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

    from kg.records import Judgement
    from kg.review.ledger import Question
    from kg.show.cards import Style


class LateLog(logging.Handler):
    """Keeps what is logged until the command is done, so that an error stays the only line.

    What was left out is told even then: it may be what led to the error. What one has to know while a command is at
    work ("takes a while", logged with `extra=AT_ONCE`) is told at once.

    What libraries log is kept too: without a handler of the root, Python would print it at once. What is not flushed
    when the process ends is forgotten; `logging.handlers.MemoryHandler` prints it then, before Python 3.12.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[tuple[str, str]] = []
        self.setFormatter(logging.Formatter("kg: %(message)s"))
        logging.getLogger().addHandler(self)
        logging.getLogger("kg").setLevel(logging.INFO)
        if not sys.warnoptions:
            warnings.simplefilter("ignore")

    def emit(self, record: logging.LogRecord) -> None:
        line = visible(self.format(record))
        if getattr(record, "at_once", False):
            click.echo(line, err=True)
        else:
            self._lines.append((record.name, line))

    def tell(self, logger: str = "") -> None:
        """Print what was kept, or what one logger has logged of it."""
        for name, line in self._lines:
            if logger in ("", name):
                click.echo(line, err=True)
        self._lines.clear()


class _Standard(io.FileIO):
    """Standard output or error, which say once what goes wrong with them; what comes after that goes nowhere.

    Python writes what is left in a buffer once more when it ends, and would then complain in words of its own.
    """

    def __init__(self, descriptor: int, failed: Callable[[OSError], None]) -> None:
        super().__init__(descriptor, "w", closefd=False)
        self._failed: Callable[[OSError], None] | None = failed

    def write(self, data: ReadableBuffer) -> int:
        if self._failed:
            try:
                return super().write(data)
            except OSError as error:
                failed, self._failed = self._failed, None
                failed(error)
        return memoryview(data).nbytes


def _not_printed(error: OSError) -> None:
    """What a command does that cannot print: it ends, without a word where nobody reads on (`| head`)."""
    if isinstance(error, BrokenPipeError):
        raise click.exceptions.Exit(0) from error
    reason = "it is closed" if error.errno == errno.EBADF else error.strerror
    raise KgError(f"standard output: cannot be written ({reason}), and is not whole; send it elsewhere") from error


def _not_told(error: OSError) -> None:
    """What a command does that cannot complain: it goes on, and its exit code tells."""


def print_lines(lines: Iterable[str]) -> None:
    """Print lines to stdout; when nobody reads on (`| head`), stop without a word."""
    for line in lines:
        click.echo(line)


def style() -> Style:
    """Colours where a person looks on and has not declined them (https://no-color.org)."""
    from kg.show.cards import undressed

    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return undressed
    looks: dict[str, dict[str, Any]] = {
        "head": {"bold": True},
        "end": {"fg": "cyan"},
        "cue": {"fg": "yellow"},
        "dim": {"dim": True},
    }
    return lambda text, role: click.style(text, **looks[role])


def set_up_streams() -> None:
    """Write UTF-8 whatever the locale, and let stdout and stderr say in our words what goes wrong with them.

    A lone surrogate comes out as its escape, which in JSON is what it means. A stream that was closed (`>&-`) keeps its
    number: else the next file that is opened would get it, and what is meant for the stream.
    """
    if sys.stdin is None:
        os.open(os.devnull, os.O_RDONLY)
    sys.stdout = _set_up(sys.stdout, 1, _not_printed)
    sys.stderr = _set_up(sys.stderr, 2, _not_told)


def _set_up(stream: TextIO | None, descriptor: int, failed: Callable[[OSError], None]) -> TextIO:
    buffer = getattr(stream, "buffer", None)
    if stream is None:
        os.open(os.devnull, os.O_RDONLY)  # takes the lowest number that is free, and cannot be written
    elif type(getattr(buffer, "raw", buffer)) is not io.FileIO:  # there is no buffer with PYTHONUNBUFFERED
        # The console of Windows, which writes text in ways of its own, or what stands in for a stream in a test.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        return stream
    standard = io.BufferedWriter(_Standard(descriptor, failed))
    return io.TextIOWrapper(standard, "utf-8", "backslashreplace", line_buffering=True)


def silence_libraries() -> None:
    """Let what libraries write to stderr by themselves when they end the process go nowhere; what we say is said."""
    ours = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    sys.stderr = io.TextIOWrapper(
        io.BufferedWriter(_Standard(ours, _not_told)), "utf-8", "backslashreplace", line_buffering=True
    )


def complain(message: str) -> None:
    tell(f"kg: {one_line(message)}")


def tell(line: str) -> None:
    """Say how it went, on stderr."""
    click.echo(visible(line), err=True)


def fail(message: str) -> NoReturn:
    complain(message)
    sys.exit(BAD_INPUT)


def user_name() -> str:
    """The name of the user, "" where the system does not know one."""
    with suppress(OSError, KeyError, ImportError):  # what getpass raises then
        return valid(getpass.getuser().strip())
    return ""


_KEYS = {"y": "same", "j": "same", "n": "not same", "u": "unsure"}


# What a key that is no letter sends: an arrow, one of the number pad, which may end in a "y".
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|.)?", re.DOTALL)


def ask(questions: Sequence[Question], by: str, when: str) -> Iterator[Judgement]:
    """Ask a person at the terminal, one key a question; yield what was judged."""
    keys = _keys()
    for number, question in enumerate(questions, start=1):
        click.echo(f"\n{number}/{len(questions)}  {question.judgement.why}")
        click.echo(f"  {question.left_sentence}\n  {question.right_sentence}")
        click.echo("same? y/n/u, s skip, q quit ", nl=False)
        key = next(keys, "")
        if key:
            click.echo(key)
        if key in ("", "q"):
            return
        if key in _KEYS:
            yield replace(question.judgement, verdict=_KEYS[key], by=by, when=when, score=1.0)


def _keys() -> Iterator[str]:
    """Yield the keys that answer questions, q also for Ctrl+D, until the terminal is closed.

    Of those that were pressed before they are asked for, several come at once.
    """
    try:
        while pressed := click.getchar():  # None or "" of a terminal that is gone
            for key in _SEQUENCE.sub("", pressed).lower():
                if key == "\x03":
                    raise KeyboardInterrupt
                if key == "\x04":
                    raise EOFError
                if key in (*_KEYS, "s", "q"):
                    yield key
    except EOFError:
        yield "q"
    except OSError:  # it went while it was read from
        pass
