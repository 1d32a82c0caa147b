"""Processes that share the reading of texts, `kg.build("artikel/", workers=4)`, and scripts that are not made for them.

Each process begins by importing the script that it was started from. One that calls kg outside of
`if __name__ == "__main__":` would start processes of its own there, and wait for the store that its parent holds.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.process import BaseProcess, current_process
from threading import RLock
from typing import Any

from kg.errors import WorkerError

UNGUARDED = (
    "workers: each of them runs your script anew and would start further ones; "
    'put what it does below `if __name__ == "__main__":`, or take workers=1'
)

_NAME = "kg-reader"
_STARTING = RLock()  # the environment belongs to all threads
_EXIT_CODE = 87  # of a process of ours that runs the script again; nothing else ends with it


class _Reading(SpawnProcess):
    """A process that reads texts."""

    def start(self) -> None:
        with foreign_modules_ignored():
            super().start()


class Spawning(SpawnContext):
    """Starts processes, and knows afterwards how they have ended."""

    def __init__(self) -> None:
        super().__init__()
        self._started: list[BaseProcess] = []

    def Process(self, *args: Any, **options: Any) -> BaseProcess:  # type: ignore[override]
        """Make a process, and remember it."""
        process = _Reading(*args, **options | {"name": _NAME})
        self._started.append(process)
        return process

    def ran_the_script_again(self) -> bool:
        """Whether one of the processes has come to `refuse_within_import`."""
        return any(process.exitcode == _EXIT_CODE for process in self._started)


@contextmanager
def foreign_modules_ignored() -> Iterator[None]:
    """Have processes that start meanwhile take no module for Python's own that lies where one stands ("pickle.py").

    What the script that starts them imports from there is found all the same: they are told its `sys.path`.
    """
    with _STARTING:
        before = os.environ.get("PYTHONSAFEPATH")
        os.environ["PYTHONSAFEPATH"] = "1"
        try:
            yield
        finally:
            if before is None:
                os.environ.pop("PYTHONSAFEPATH", None)
            else:
                os.environ["PYTHONSAFEPATH"] = before


def refuse_within_import() -> None:
    """End a process that runs the script it was started from, before it has done anything else.

    One of ours ends without a word, for its parent tells; one that somebody else has started raises WorkerError.
    """
    # As multiprocessing itself asks before it starts a process, which would only say later what is wrong.
    if getattr(current_process(), "_inheriting", False):
        if current_process().name == _NAME:
            os._exit(_EXIT_CODE)
        raise WorkerError(UNGUARDED)
