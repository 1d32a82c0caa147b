"""How much work something is, whatever the machine: the lines that Python runs in kg for it, each turn of a loop one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import kg

_KG = kg.__path__[0]


def steps(work: Callable[[], object], room: str = "") -> int:
    """How many lines of a room of kg ("extract/nominal"), or of all, run while something is done."""
    run = 0
    within = f"{_KG}/{room}"

    def within_frame(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal run
        run += event == "line"
        return within_frame

    def trace(frame: FrameType, *_: Any) -> Any:
        return within_frame if frame.f_code.co_filename.startswith(within) else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return run


def growth(work: Callable[[int], Callable[[], object]], size: int, room: str = "") -> float:
    """How much more work twice the size is: 2 where it grows with the size, 4 where with its square."""
    for warm in (size, 2 * size):  # what is remembered of words is no work of either
        work(warm)()
    return steps(work(2 * size), room) / steps(work(size), room)
