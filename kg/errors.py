"""What can go wrong, in one line: what was wrong, where, and what to do about it.

Every error a user can cause is a `KgError`; `cli.py` prints its message and exits with 2. The message names the
input ("seeds/foto.jpg") and the remedy ("pass a .txt, .md, .html or .jsonl file"), never a traceback.
"""

from __future__ import annotations


class KgError(Exception):
    """Wrong use or bad input; the message names the input and the remedy."""


class SourceError(KgError):
    """A text that cannot be read: missing, empty, binary, not decodable, broken JSONL."""


class ModelError(KgError):
    """A spaCy pipeline that is missing, not German, or lacks a component that extraction needs."""


class ExtractionError(KgError):
    """A document that extraction stumbles over: a fault of kg's, told with the document's id."""


class WorkerError(KgError):
    """A process of ours that was ended from outside; what was read before is kept for the next run."""


class StoreError(KgError):
    """A `.kg` file that is no store of ours, or of another version."""


class DamagedError(StoreError):
    """A `.kg` file that does not hold what was written into it: a flipped bit, a lost block, an edit by hand."""


class BusyError(StoreError):
    """A `.kg` file that another build or review is writing at this moment."""


class FormatError(KgError):
    """An output or graph file whose suffix is unknown or whose content does not parse."""


class QueryError(KgError):
    """SPARQL that does not parse, or a name that the graph does not hold."""
