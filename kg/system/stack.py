"""Runs work in a thread with a large stack: "true||true||…" ten thousand times is ten thousand calls in pyoxigraph.

A library in Rust or C that runs out of stack ends the whole process without a word. Work that may go deep therefore
runs where there is much of it, and whoever asked for it waits: up to a time limit, and open to Ctrl+C, which
finds no way into a query that is at work in the thread of Python's signals.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from traceback import clear_frames
from typing import TypeVar

from kg.errors import WorkerError
from kg.system.memory import FEW_THREADS, MEGABYTE, check_room, threads_start

Result = TypeVar("Result")
Item = TypeVar("Item")

ROOM = 1 << 30
"""Bytes of stack: addresses, not memory; a page counts once it is used."""

# The smaller ones are for systems that refuse the first, or have no more than that: the work needs memory, too.
_STACKS = (ROOM, ROOM >> 2, ROOM >> 5)

# How often the waiting looks up; on Windows nothing else lets Ctrl+C through.
_GLANCE = 0.2

_starting = threading.Lock()
_here = threading.local()


class _GivenUp(Exception):
    """Nobody waits for this work any more."""


def with_room(work: Callable[[], Result], seconds: float | None = None, least: int = 0) -> Result:
    """What `work` returns or raises, done in a thread with a large stack.

    Raises TimeoutError once it took longer than `seconds`, and MemoryError where the system has not the `least` bytes
    of stack that it needs. Work that is given up, for its time or for Ctrl+C, ends where it next asks `while_wanted`,
    or with the process.
    """
    if seconds is None and getattr(_here, "stack", -1) >= least:
        return work()
    result: list[Result] = []
    failure: list[BaseException] = []
    given_up = threading.Event()

    def run(stack: int) -> None:
        _here.given_up, _here.stack = given_up, stack
        try:
            result.append(work())
        except BaseException as error:  # whatever it is, it is raised again where somebody waits
            failure.append(error)
            _let_go(error)

    thread = _started(run, least)
    try:
        _wait(thread, seconds)
    finally:
        given_up.set()
    if failure:
        raise failure.pop()
    return result.pop()


def while_wanted(items: Iterable[Item]) -> Iterator[Item]:
    """Yield items as long as somebody waits for the work that takes them."""
    given_up = getattr(_here, "given_up", None)
    for item in items:
        if given_up is not None and given_up.is_set():
            raise _GivenUp
        yield item


def _started(run: Callable[[int], None], least: int) -> threading.Thread:
    """A thread at work, with the largest stack that the system gives; that is what it is told."""
    with _starting:
        before = threading.stack_size()
        try:
            for size in (size for size in _STACKS if size >= least):
                thread = threading.Thread(target=run, args=(size,), name="kg", daemon=True)
                try:
                    if size != _STACKS[-1]:
                        check_room(2 * size // MEGABYTE)
                    threading.stack_size(size)
                    thread.start()
                except (MemoryError, RuntimeError, ValueError):
                    continue
                return thread
        finally:
            threading.stack_size(before)
    if not threads_start():
        raise WorkerError(FEW_THREADS)
    raise MemoryError(f"no memory for a thread with {max(least, _STACKS[-1]) // MEGABYTE} MB of stack")


def _let_go(error: BaseException) -> None:
    """Let go of what the frames of an error hold, and of those that led to it.

    To take apart what is nested needs the stack, and what pyoxigraph finds may not be let go in another thread.
    """
    left: list[BaseException | None] = [error]
    seen = set[int]()
    while left:
        each = left.pop()
        if each is not None and id(each) not in seen:
            seen.add(id(each))
            clear_frames(each.__traceback__)
            left += (each.__cause__, each.__context__)


def _wait(thread: threading.Thread, seconds: float | None) -> None:
    end = None if seconds is None else monotonic() + seconds
    while thread.is_alive():
        left = _GLANCE if end is None else min(_GLANCE, end - monotonic())
        if left <= 0:
            raise TimeoutError
        thread.join(left)
