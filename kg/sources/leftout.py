"""What cannot be read costs nothing else: it is left out and named, "left out: korpus/leer.txt: empty; …".

A reader yields what it found of each input: the document, or the error in its place. Here the errors become lines of
the log; only when nothing at all is left do they become the error of the whole. What a store has read of it before
stays, and the line says so.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Container, Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from typing import TypeAlias, TypeVar

from kg.errors import KgError, SourceError
from kg.records import Document
from kg.system.characters import NO_WIDTH

# A logger below "kg", so that the command line can tell these lines also where an error is to be the only one.
_log = logging.getLogger(__name__)

LONGEST_TEXT = 2_000_000
"""Characters that a text may have: a thousand pages, which take minutes and two gigabytes at the worst."""

_SOMETHING = re.compile(rf"[^\s\0-\x1f\x7f\u00ad{NO_WIDTH}]")

# Broken inputs that are named one by one; where all are broken the first twenty tell enough.
_NAMED = 20

Outcome: TypeAlias = Document | KgError
T = TypeVar("T")


class Among(Container[str]):
    """Ids of documents, and folders, which stand for all below them.

    `unsure` tells that any other may be among them, too: "" is a folder of which nobody knows what it holds.

    >>> "mai/brief" in Among(["a"], ["mai/"]), "mai/brief" in Among(["mai/"])
    (True, False)
    """

    def __init__(self, ids: Iterable[str], folders: Iterable[str] = ()) -> None:
        self._ids = frozenset(ids)
        found = frozenset(folders)
        self._folders = tuple(found - {""})
        self.unsure = "" in found

    def __contains__(self, id_: object) -> bool:
        return id_ in self._ids or (isinstance(id_, str) and id_.startswith(self._folders))

    def of(self, ids: Set[str]) -> Set[str]:
        """Those of some ids that are among these."""
        below = (id_ for id_ in ids if id_.startswith(self._folders)) if self._folders else ()
        return (ids & self._ids) | set(below)


def tell_left_out(errors: Iterable[KgError], earlier: Set[str] = frozenset()) -> None:
    """Say what cannot be read, and of what is in `earlier`, the ids of a store, that it stays as it was read before."""
    for error in errors:
        stay = len(Among(error.documents, error.folders).of(earlier))
        if stay:
            _log.warning("%s; %s", error, "its earlier reading stays" if stay == 1 else f"{stay} earlier readings stay")
        else:
            _log.warning("left out: %s", error)


def nothing_left(errors: Sequence[KgError]) -> KgError:
    """The error of the whole where these are all there is; the log has those behind the first."""
    first, *others = errors
    if not others:
        return first
    tell_left_out(others[: _NAMED - 1])
    return type(first)(f"{first} (and {len(others)} more that cannot be read: nothing is left)")


def whole(outcomes: Iterable[T | KgError], others: bool = False, earlier: Set[str] = frozenset()) -> Iterator[T]:
    """Yield what could be read; what could not is one line each in the log, as `tell_left_out` says it.

    Raises KgError when that is all there is; `others` tells that there is something else already.
    """
    waiting: list[KgError] = []
    for outcome in outcomes:
        if isinstance(outcome, KgError):
            waiting.append(outcome)
        else:
            others = True
        if others:
            tell_left_out(waiting, earlier)
            waiting.clear()
        if not isinstance(outcome, KgError):
            yield outcome
    if waiting:
        raise nothing_left(waiting)


def noted(outcomes: Iterable[T | KgError], errors: list[KgError]) -> Iterator[T | KgError]:
    """The same outcomes, while the errors among them are added to a list."""
    for outcome in outcomes:
        if isinstance(outcome, KgError):
            errors.append(outcome)
        yield outcome


@contextmanager
def counting() -> Iterator[list[str]]:
    """What is told to be left out while a block runs, a line each."""
    lines: list[str] = []

    def note(record: logging.LogRecord) -> bool:
        lines.append(record.getMessage())
        return True

    _log.addFilter(note)
    try:
        yield lines
    finally:
        _log.removeFilter(note)


def first_few(outcomes: Iterable[T | SourceError], name: str) -> Iterator[T | SourceError]:
    """The same outcomes with the errors behind the first few counted in one: "liste.jsonl: 995 more lines"."""
    broken, documents = 0, list[str]()
    folders: set[str] = set()
    for outcome in outcomes:
        broken += isinstance(outcome, KgError)
        if isinstance(outcome, KgError) and broken > _NAMED:
            documents.extend(outcome.documents)
            folders.update(outcome.folders)
        else:
            yield outcome
    if broken > _NAMED:
        yield SourceError(f"{name}: {broken - _NAMED} more like these", tuple(documents), tuple(folders))


def with_id(id: str) -> str:
    """The id of a document; raises SourceError for none."""
    if not id:
        raise SourceError("a document without an id; give it one")
    return id


def readable(text: str, name: str) -> str:
    """The text; raises SourceError for one with nothing in it, and for one that is too long."""
    if not _SOMETHING.search(text):
        raise SourceError(f"{name}: empty; write a text into it or leave it out")
    if len(text) > LONGEST_TEXT:
        raise too_long(name)
    return text


def too_long(name: str, *documents: str) -> SourceError:
    """What to say of a text that is longer than LONGEST_TEXT."""
    return SourceError(f"{name}: longer than {LONGEST_TEXT:,} characters; split it into several texts", documents)
