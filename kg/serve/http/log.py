"""What the server says while it runs: a line on stderr for each event, at once, and never a traceback.

The command line keeps what kg logs until a command is done; this one is not done for days.
"""

from __future__ import annotations

import logging
import traceback
from typing import TextIO

from kg.system.text import one_line

# Whose events are worth a line, from which level on. What clients do wrong is told to them and to nobody else.
_LEVELS = {"kg.serve": logging.INFO, "uvicorn": logging.ERROR, "asyncio": logging.ERROR}


class OneLine(logging.Formatter):
    """An event in one line; an error says in its place what it is and where it came up."""

    def format(self, record: logging.LogRecord) -> str:
        text = record.getMessage()
        if record.exc_info and (error := record.exc_info[1]):
            text = f"{text.strip()}: {type(error).__name__}: {error}"
            if frames := traceback.extract_tb(error.__traceback__):
                text += f" ({frames[-1].filename}:{frames[-1].lineno})"
        return f"kg: {one_line(text)}"


class Lines(logging.StreamHandler[TextIO]):
    """Writes events to stderr, but not one that reads the same as the one before."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(OneLine())
        self._before = ""

    def emit(self, record: logging.LogRecord) -> None:
        before, self._before = self._before, self.format(record)
        if self._before != before:
            super().emit(record)


def speak_in_lines() -> None:
    """Have all that goes on in a server told so."""
    handler = Lines()
    for name, level in _LEVELS.items():
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)


def fall_silent() -> None:
    """Tell no more of our processes and versions: who ends the server may well have ended these, too."""
    for name in ("kg.serve.versions", "kg.serve.workers.workers"):
        logging.getLogger(name).disabled = True
