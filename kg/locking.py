"""One writer at a time: while one `kg build` or `kg review` works on "rat.kg", the next one says so, or waits.

The lock is the operating system's, on an empty file beside the store (".rat.kg.lock"): it holds between processes as
between threads, and ends with the process, however that ends. Who only reads needs none.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.errors import BusyError, StoreError

try:
    import fcntl
except ImportError:  # Windows has the other one
    import msvcrt

    def _take(lock: int) -> None:
        msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)

else:

    def _take(lock: int) -> None:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


_PAUSE = 0.2  # seconds between two looks at a lock that is waited for


@contextmanager
def locked(path: str | os.PathLike[str], wait: Callable[[], None] | None = None, remedy: str = "") -> Iterator[None]:
    """Keep all other writers from a store for as long as a block runs.

    Where another one has it, `wait` is called and the block begins once that is done; without `wait` a BusyError says
    so, with `remedy` as what else the user can do.
    """
    target = Path(os.path.realpath(path))
    place = target.with_name(f".{target.name}.lock")
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
    while True:
        try:
            lock = os.open(place, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise _unlockable(place, error) from error
        try:
            _take(lock)
        except (BlockingIOError, PermissionError):
            os.close(lock)
            return None
        except OSError as error:
            os.close(lock)
            raise _unlockable(place, error) from error
        # Whoever had it before may have removed the file since it was opened; then others lock another one.
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(lock), place.stat()):
                return lock
        os.close(lock)


def _release(place: Path, lock: int) -> None:
    """Remove the file while the lock holds, so that nobody removes one that another has locked."""
    if os.name == "nt":  # where no open file can be removed, and none that another one has opened
        os.close(lock)
        with suppress(PermissionError, FileNotFoundError):
            place.unlink()
    else:
        place.unlink(missing_ok=True)
        os.close(lock)


def _unlockable(place: Path, error: OSError) -> StoreError:
    return StoreError(f"{place}: cannot be locked ({error.strerror}); check the folder and its permissions")
