"""Temporary folders of a server, "/tmp/kg-serve-x7k2m9qa", and those that a server left which was killed.

A server holds a lock on each of its folders, which the system takes away when the process ends, however it ends. The
next server removes folders on which nobody holds one: those of its own user, where the system has such locks.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_PREFIX = "kg-serve-"

# Seconds in which a server that has made a folder has got its lock.
_YOUNG = 60

_held: dict[Path, int] = {}


@contextmanager
def own_folder() -> Iterator[Path]:
    """A folder for a block; those that others have left are removed before."""
    _sweep()
    folder = make_folder()
    try:
        yield folder
    finally:
        remove_folder(folder)


def make_folder() -> Path:
    """A new temporary folder, held until `remove_folder`. Raises OSError."""
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    if (lock := _lock(folder)) is not None:
        _held[folder] = lock
    return folder


def remove_folder(folder: Path) -> None:
    """Remove a folder with all that is in it, as far as that is possible."""
    shutil.rmtree(folder, ignore_errors=True)
    if (lock := _held.pop(folder, None)) is not None:
        os.close(lock)


def _sweep() -> None:
    """Remove the folders of servers that are no more. What cannot be removed is no reason not to serve."""
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            if entry.name.startswith(_PREFIX):
                with suppress(OSError):
                    _remove_left(Path(entry.path))


def _remove_left(folder: Path) -> None:
    found = folder.lstat()
    ours = stat.S_ISDIR(found.st_mode) and found.st_uid == getattr(os, "geteuid", lambda: -1)()
    if not ours or time.time() - found.st_mtime < _YOUNG or (lock := _lock(folder)) is None:
        return
    try:
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)


def _lock(folder: Path) -> int | None:
    """The open folder that is held, None where somebody else holds it or none can be held."""
    if fcntl is None:
        return None
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(opened)
        return None
    return opened
