"""What the arguments of a public function may be, said where it is defined: `@takes(workers=COUNT)`.

    kg.build("artikel/", workers="2")   KgError: build: workers='2' must be a whole number from 1 on

Python itself would notice in the depth, after all texts were read, and in words of its own.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from inspect import isgenerator, signature
from operator import index
from reprlib import repr as shortened
from typing import Any, ParamSpec, TypeGuard, TypeVar

from kg.errors import NO_FOLDER, KgError

_Given = ParamSpec("_Given")
_Result = TypeVar("_Result")


def is_collection(value: Any) -> TypeGuard[Iterable[Any]]:
    """Whether one can go through a value; an array without dimensions has a way, and it leads nowhere."""
    try:
        iter(value)
    except TypeError:
        return False
    return True


def short(value: object) -> str:
    """A value as a message shows it; Python writes no number of more than 4,300 digits."""
    try:
        return shortened(value)
    except ValueError:
        return f"a {type(value).__name__} that cannot be shown"


@dataclass(frozen=True, slots=True)
class Requirement:
    """What an argument must be, in words; `taken` hands it on, or raises TypeError or ValueError for another."""

    words: str
    taken: Callable[[Any], Any]
    is_path: bool = False


def takes(**kinds: Requirement) -> Callable[[Callable[_Given, _Result]], Callable[_Given, _Result]]:
    """Have a function check its arguments before it does anything; it raises KgError for one that is not as it must be.

    >>> @takes(names=several(TEXT))
    ... def greeted(names): return names
    >>> greeted("Link"), greeted(["Link", "Lange"])
    (('Link',), ('Link', 'Lange'))
    """

    def decorated(function: Callable[_Given, _Result]) -> Callable[_Given, _Result]:
        expected = signature(function)

        @wraps(function)
        def checked(*args: _Given.args, **named: _Given.kwargs) -> _Result:
            given = expected.bind(*args, **named)
            for name, value in given.arguments.items():
                if name in kinds:
                    given.arguments[name] = _taken(value, kinds[name], f"{function.__name__}: {name}")
            if not files:
                return function(*given.args, **given.kwargs)
            with _folder_told():
                found = function(*given.args, **given.kwargs)
            return _each_told(found) if isgenerator(found) else found  # type: ignore[return-value]

        files = any(kind.is_path for kind in kinds.values())
        return checked

    return decorated


@contextmanager
def _folder_told() -> Iterator[None]:
    """Say of what goes wrong in a folder that somebody has deleted that it is gone: spaCy, too, asks where it is."""
    try:
        yield
    except (KgError, FileNotFoundError) as error:
        try:
            os.getcwd()
        except FileNotFoundError:
            raise KgError(NO_FOLDER) from error
        raise


def _each_told(found: Iterator[Any]) -> Iterator[Any]:
    with _folder_told():
        yield from found


def _taken(value: object, kind: Requirement, where: str) -> Any:
    try:
        return kind.taken(value)
    except (TypeError, ValueError, OverflowError) as error:  # which a number of 400 digits is to a float
        raise KgError(f"{where}={short(value)} must be {kind.words}") from error


def instance(type_: type, words: str = "") -> Requirement:
    """An object of a class."""

    def taken(value: Any) -> Any:
        if not isinstance(value, type_):
            raise TypeError
        return value

    return Requirement(words or f"a {type_.__name__}", taken)


def whole_number(least: int, most: int | None = None) -> Requirement:
    """A whole number, of Python or of numpy."""

    def taken(value: Any) -> int:
        if isinstance(value, bool) or index(value) < least or (most is not None and index(value) > most):
            raise ValueError
        return index(value)

    return Requirement(f"a whole number from {least} {'on' if most is None else f'to {most}'}", taken)


def _share(value: Any) -> float:
    found = float(value)
    if isinstance(value, bool | str) or not 0 <= found <= 1:
        raise ValueError
    return found


def one_of(words: Iterable[str], hint: str = "") -> Requirement:
    """One of a few words; a hint goes behind them in messages."""
    known = tuple(words)

    def taken(value: Any) -> Any:
        return known[known.index(value)]

    return Requirement(f"one of {', '.join(known)}{hint}", taken)


def maybe(kind: Requirement) -> Requirement:
    """The same, or None."""
    return Requirement(
        f"{kind.words}, or None", lambda value: None if value is None else kind.taken(value), kind.is_path
    )


def several(kind: Requirement) -> Requirement:
    """Any number of these, handed on as a tuple; one alone needs no list."""

    def taken(value: Any) -> tuple[Any, ...]:
        try:
            return (kind.taken(value),)
        except (TypeError, ValueError):
            return tuple(map(kind.taken, value))

    return Requirement(f"{kind.words}, or several of that kind", taken, kind.is_path)


@contextmanager
def whole_characters() -> Iterator[None]:
    """Say in one line that a text within has half a character, which no triple can hold; pyoxigraph says little."""
    try:
        yield
    except ValueError as error:
        raise KgError("a text of the graph holds half a character; decode it again") from error


TEXT = instance(str)
PATH = Requirement("a path (str or pathlib.Path)", lambda value: TEXT.taken(os.fspath(value)), is_path=True)
FLAG = instance(bool, "True or False")
COUNT = whole_number(1)
SHARE = Requirement("a number from 0 to 1", _share)
MOST_WORKERS = 1000  # beyond that a machine has more to do with the processes than with the texts
WORKERS = whole_number(1, MOST_WORKERS)
