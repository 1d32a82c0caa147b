"""What can go wrong, in one line: what was wrong, where, and what to do about it.

Every error a user can cause is a `KgError`; `kg.cli` prints its message and exits with BAD_INPUT. The message names the
input ("seeds/foto.jpg") and the remedy ("pass a .txt, .md, .html or .jsonl file"), never a traceback.
"""

from __future__ import annotations

import re

BAD_INPUT = 2
"""The exit code of wrong use and bad input."""

INTERRUPTED = 130
"""The exit code after Ctrl+C: 128 + SIGINT, as shells have it."""

NO_TIME = "it takes more of the processor's time than the system lets it; raise ulimit -t"
"""What to tell where the system ends the process for the time that it takes."""

NO_FOLDER = "the folder that it was called in is no longer there; change to another one"
"""What to tell the user who works in a folder that somebody has deleted."""

# Line ends and other characters that steer a terminal, those that turn the direction of what is read among them.
_STEERING = (*range(32), *range(127, 160), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_ESCAPES = {code: repr(chr(code))[1:-1] for code in _STEERING}


# What stands between the parts of a message: "rat.kg: damaged: 1 document (brief); build it again".
_BETWEEN = re.compile("(: |; )")

# Characters of a part, unless it is a path, of which Linux takes so many, with names of so many; and of a message.
_LONGEST_PART, _LONGEST_PATH, _LONGEST_NAME = 400, 4096, 255
_LONGEST = 3 * _LONGEST_PATH

_KEPT_END = 50  # of what is cut: there a name has its suffix


def visible(text: str) -> str:
    r"""A text on one line, with an escape for what would end the line or steer the terminal.

    Of what somebody passed by mistake, a whole text in the place of a name, the beginning and the end are enough; the
    path of a file stays whole.

    >>> print(visible("brief\n\x1b[2J.txt"))
    brief\n\x1b[2J.txt
    >>> len(visible(f"{'x' * 100_000}: no such entity")), len(visible(f"/{'a/' * 300}b.kg: no such store"))
    (416, 620)
    """
    if len(text) <= _LONGEST_PART:  # also that there is no memory left
        return text.translate(_ESCAPES)
    parts = [_cut(part, _LONGEST_PART) if not _is_path(part) else part for part in _BETWEEN.split(text)]
    return _cut("".join(parts), _LONGEST).translate(_ESCAPES)


def _is_path(part: str) -> bool:
    """Whether a part of a message may be about a file that there can be."""
    names = part.replace("\\", "/").split("/")
    return len(names) > 1 and len(part) <= 2 * _LONGEST_PATH and max(map(len, names)) <= _LONGEST_NAME


def _cut(text: str, most: int) -> str:
    """A text without its middle where it is longer."""
    return text if len(text) <= most else f"{text[: most - _KEPT_END - 1]}…{text[-_KEPT_END:]}"


class KgError(Exception):
    """Wrong use or bad input; the message names the input and the remedy, on one line.

    `documents` are the ids of those that cannot be had because of it, as far as they are known; `folders` stand for
    all whose ids begin so: "mai/", or "" where it may be any, as of JSON lines with ids of their own.
    """

    def __init__(self, message: str, documents: tuple[str, ...] = (), folders: tuple[str, ...] = ()) -> None:
        super().__init__(visible(message))
        self.documents = documents
        self.folders = folders


class SourceError(KgError):
    """A text that cannot be read: missing, empty, binary, not decodable, broken JSONL."""


class ModelError(KgError):
    """A spaCy pipeline that is missing, not German, or lacks a component that extraction needs."""


class ExtractionError(KgError):
    """A document that extraction stumbles over: a fault of kg's, told with the document's id."""


class WorkerError(KgError):
    """A process of ours that was ended from outside; what was read before is kept for the next run."""


class StoreError(KgError):
    """A `.kg` file that cannot be used: no store of ours, of another version, not to be written, or one that a build
    would take documents from unasked."""


class DamagedError(StoreError):
    """A `.kg` file that does not hold what was written into it: a flipped bit, a lost block, an edit by hand."""


class BusyError(StoreError):
    """A `.kg` file that another build or review is writing at this moment."""


class FormatError(KgError):
    """An output or graph file whose suffix is unknown or whose content does not parse."""


class QueryError(KgError):
    """SPARQL that does not parse, or a name that the graph does not hold."""
