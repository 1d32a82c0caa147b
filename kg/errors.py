"""What can go wrong, in one line: what was wrong, where, and what to do about it.

Every error a user can cause is a `KgError`; `kg.cli` prints its message and exits with BAD_INPUT. The message names the
input ("seeds/foto.jpg") and the remedy ("pass a .txt, .md, .html or .jsonl file"), never a traceback.
"""

from __future__ import annotations

BAD_INPUT = 2
"""The exit code of wrong use and bad input."""

INTERRUPTED = 130
"""The exit code after Ctrl+C: 128 + SIGINT, as shells have it."""


class KgError(Exception):
    """Wrong use or bad input; the message names the input and the remedy.

    `documents` are the ids of those that cannot be had because of it, as far as they are known; "mai/" stands for all
    below a folder.
    """

    def __init__(self, message: str, documents: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.documents = documents


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
