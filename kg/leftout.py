"""What cannot be read costs nothing else: it is left out and named, "left out: korpus/leer.txt: empty; …".

A reader yields what it found of each input: the document, or the error in its place. Here the errors become lines of
the log; only when nothing at all is left do they become the error of the whole.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias, TypeVar

from kg.characters import NO_WIDTH
from kg.errors import KgError, SourceError
from kg.records import Document

_log = logging.getLogger("kg")

LONGEST_TEXT = 2_000_000
"""Characters that a text may have: a thousand pages, which take minutes and two gigabytes at the worst."""

_SOMETHING = re.compile(rf"[^\s\u00ad{NO_WIDTH}]")

# Broken lines that are named one by one; of a file that is broken throughout the first twenty tell enough.
_NAMED = 20

Outcome: TypeAlias = Document | KgError
T = TypeVar("T")


def whole(outcomes: Iterable[T | KgError], others: bool = False) -> Iterator[T]:
    """Yield what could be read; what could not is one line each in the log.

    Raises KgError when that is all there is; `others` tells that there is something else already.
    """
    waiting: list[KgError] = []
    for outcome in outcomes:
        if isinstance(outcome, KgError):
            waiting.append(outcome)
        else:
            others = True
        if others:
            for error in waiting:
                _log.warning("left out: %s", error)
            waiting.clear()
        if not isinstance(outcome, KgError):
            yield outcome
    if len(waiting) == 1:
        raise waiting[0]
    if waiting:
        raise type(waiting[0])(f"{waiting[0]} (and {len(waiting) - 1} more that cannot be read: nothing is left)")


def first_few(outcomes: Iterable[T | KgError], name: str) -> Iterator[T | KgError]:
    """The same outcomes with the errors behind the first few counted in one: "liste.jsonl: 995 more lines"."""
    broken = 0
    for outcome in outcomes:
        broken += isinstance(outcome, KgError)
        if not isinstance(outcome, KgError) or broken <= _NAMED:
            yield outcome
    if broken > _NAMED:
        yield SourceError(f"{name}: {broken - _NAMED} more like these")


def readable(text: str, name: str) -> str:
    """The text; raises SourceError for one with nothing in it, and for one that is too long."""
    if not _SOMETHING.search(text):
        raise SourceError(f"{name}: empty; write a text into it or leave it out")
    if len(text) > LONGEST_TEXT:
        raise too_long(name)
    return text


def too_long(name: str) -> SourceError:
    """What to say of a text that is longer than LONGEST_TEXT."""
    return SourceError(f"{name}: longer than {LONGEST_TEXT:,} characters; split it into several texts")
