"""Processes of our own that outlive nobody: a worker ends with the process that started it, even one that was killed.

`kill -9` gives the parent no time to end its children. They notice by themselves: what ends with the parent on every
system is its end of a pipe, so a thread of the worker waits for that.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import BinaryIO


def end_with_parent() -> None:
    """End this process of `multiprocessing` as soon as its parent is gone; what it works on has no reader any more."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        Thread(target=lambda: (parent.join(), os._exit(1)), daemon=True).start()


def lines_while_read(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the lines that the parent writes to our stdin; once that is closed, end this process, busy or not."""
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def read() -> None:
        for line in stream:
            lines.put(line)
        os._exit(0)

    Thread(target=read, daemon=True).start()
    while True:
        yield lines.get()


def limit_memory(size: int) -> None:
    """Let this process have no more than `size` bytes above what it has; Windows and macOS know no such limit."""
    if sys.platform != "linux":
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text().split()[0])
    with suppress(ValueError, OSError):  # the system's own limit is lower
        resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + size, resource.RLIM_INFINITY))
