"""Too little memory, or too few files, told as that: libraries abort, or advise to install them again.

Before a library is used that ends the process when it gets no memory, `check_room` asks for as much. What goes wrong
all the same, `is_shortage` tells from other errors.
"""

from __future__ import annotations

import errno
import mmap
import os
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread

SHORTAGE = "not enough memory; close other programs, raise the limit (ulimit -v), or read less at once"
"""What to tell the user."""

FEW_FILES = "no more files may be open at once; raise the limit (ulimit -n)"
"""What to tell the user where a limit on files is so low that not even our own can be read."""

FEW_THREADS = "no more threads or processes may run at once; raise the limit (ulimit -u)"
"""What to tell the user where a limit on them is so low that not even our own can be started."""

MEGABYTE = 1_000_000
_HARDLY_ANY = 32  # megabytes; who gets no more has failed for that reason, whatever the error says

# How the loaders of shared libraries say it in an ImportError.
_SAID = ("failed to map segment", "annot allocate memory", "cannot create shared object descriptor")


def threads_start() -> bool:
    """Whether one more thread can be started; numpy's OpenBLAS sends its own process SIGINT where none can."""
    try:
        Thread(target=int).start()
    except RuntimeError:
        return False
    return True


def available() -> int:
    """The bytes that can be had before the system writes memory to the disk, as far as it tells; else all it has."""
    with suppress(OSError, ValueError, IndexError), open("/proc/meminfo", encoding="ascii") as lines:
        told = next((line.split()[1] for line in lines if line.startswith("MemAvailable:")), "")
        return int(told) * 1024
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 0


def check_room(megabytes: int) -> None:
    """Raise MemoryError unless so much can be had; none of it is used."""
    try:
        mmap.mmap(-1, megabytes * MEGABYTE).close()
    except (OSError, MemoryError) as error:
        raise MemoryError(f"{megabytes} MB are not to be had") from error


def shortage(error: BaseException) -> str:
    """What to tell the user of an error that comes from a limit of the machine; "" of any other.

    >>> shortage(OSError(errno.EMFILE, "Too many open files")) == FEW_FILES, shortage(ValueError("x"))
    (True, '')
    >>> shortage(RuntimeError("can't start new thread")) == FEW_THREADS
    True
    """
    if any(getattr(cause, "errno", None) in (errno.EMFILE, errno.ENFILE) for cause in _causes(error)):
        return FEW_FILES
    if any(isinstance(cause, RuntimeError) and "start new thread" in str(cause) for cause in _causes(error)):
        return FEW_THREADS
    return SHORTAGE if is_shortage(error) else ""


def is_shortage(error: BaseException) -> bool:
    """Whether an error, or one that led to it, comes from too little memory.

    >>> is_shortage(ImportError("cy.so: failed to map segment from shared object")), is_shortage(ValueError("x"))
    (True, False)
    """
    for cause in _causes(error):
        if isinstance(cause, MemoryError) or getattr(cause, "errno", None) == errno.ENOMEM:
            return True
        if isinstance(cause, ImportError | OSError) and any(words in str(cause) for words in _SAID):
            return True
    try:
        check_room(_HARDLY_ANY)
    except MemoryError:
        return True
    return False


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error, and those that led to it."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__
