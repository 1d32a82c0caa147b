"""One writer at a time: while one `kg build` or `kg review` works on "rat.kg", the next one says so, or waits.

The lock is the operating system's, on an empty file beside the store (".rat.kg.lock"): it holds between processes as
between threads, and ends with the process, however that ends. Who only reads needs none.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.errors import BusyError, StoreError
from kg.store.neighbours import check_neighbours
from kg.system.hidden_files import hidden
from kg.system.log import log

if sys.platform == "win32":
    import msvcrt

    def _take(lock: int) -> None:
        msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(lock: int) -> None:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


_PAUSE = 0.2  # seconds between two looks at a lock that is waited for

# What a file system says that has no locks: some network disks, and some that are made by programs.
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}


@contextmanager
def locked(path: str | os.PathLike[str], wait: Callable[[], None] | None = None, remedy: str = "") -> Iterator[None]:
    """Keep all other writers from a store for as long as a block runs.

    Where another one has it, `wait` is called and the block begins once that is done; without `wait` a BusyError says
    so, with `remedy` as what else the user can do. On a file system without locks a warning of "kg" is all there is.
    """
    place = hidden(Path(os.path.realpath(path)), "lock")
    check_neighbours(Path(path), [place])
    lock = _acquired(place)
    if lock is None and wait:
        wait()
        while (lock := _acquired(place)) is None:
            time.sleep(_PAUSE)
    if lock is None:
        raise BusyError(f"{path}: another kg is building or reviewing it; wait until it is done{remedy}")
    try:
        yield
    finally:
        _release(place, lock)


def _acquired(place: Path) -> int | None:
    """The open file that holds the lock, None where somebody else has it."""
    try:
        while True:
            lock, kept = _opened(place), False
            try:
                if not _taken(lock, place):
                    return None
                # Whoever had it before may have removed the file since it was opened; then others lock another one.
                with suppress(FileNotFoundError):
                    kept = os.path.samestat(os.fstat(lock), place.stat())
                if kept:
                    return lock
            finally:
                if not kept:
                    os.close(lock)
    except OSError as error:
        remedy = "check its permissions and those of its folder"
        raise StoreError(f"{place}: cannot be locked ({error.strerror}); {remedy}") from error


def _opened(place: Path) -> int:
    try:
        return os.open(place, os.O_RDWR | os.O_CREAT, 0o666)
    except PermissionError:
        # Where another user has made it, who may read it may lock it; else there is none, and none can be made.
        with suppress(FileNotFoundError):
            return os.open(place, os.O_RDONLY)
        raise


def _taken(lock: int, place: Path) -> bool:
    """Whether nobody else has the lock that is asked for."""
    try:
        _take(lock)
    except (BlockingIOError, PermissionError):
        return False
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        log.warning("%s: no locks on this file system; let no other kg build or review the store meanwhile", place)
    return True


def _release(place: Path, lock: int) -> None:
    """Remove the file while the lock holds, so that nobody removes one that another has locked."""
    if os.name == "nt":  # where no open file can be removed, and none that another one has opened
        os.close(lock)
    # One that cannot be removed, as another user's in a folder like /tmp, is empty and can be locked again.
    with suppress(OSError):
        place.unlink()
    if os.name != "nt":
        os.close(lock)
