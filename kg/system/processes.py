"""Processes of our own, for work that must end in time or may end its process, such as reading a page of a stranger.

Each ends with the process that started it. `kill -9` gives a parent no time to end its children, so they notice by
themselves: what ends with the parent on every system is its end of a pipe, and a thread of the child waits for that.
The pipe is the child's stdin; nobody but the parent holds the other end, since Python passes no file on to a sibling
(PEP 446).
"""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import SimpleQueue
from threading import TIMEOUT_MAX, Event, Thread, Timer
from typing import TYPE_CHECKING

from kg.errors import WorkerError

if TYPE_CHECKING:
    import subprocess

RAISE_PROCESSES = "raise the limit of the system (see `ulimit -a`)"
"""What to do where no process or thread can be started."""

_DAEMONIC = (
    "workers: this process is daemonic, as those of a multiprocessing.Pool are, and may start no others; "
    "take workers=1, or a concurrent.futures.ProcessPoolExecutor in place of the pool"
)

_LENGTH = struct.Struct("!I")

_PR_SET_PDEATHSIG = 1  # of <linux/prctl.h>

# A module by its name, found where this process would find it: kg need not be installed, and another one may be.
_MAIN = "import json, runpy, sys; sys.path[:] = json.loads(sys.argv.pop(1)); runpy.run_module(sys.argv.pop(1), None, "
_MAIN += "'__main__', True)"


def command(module: str, *arguments: str) -> list[str]:
    """The command that runs a module as a program in a process of its own, which imports what this one does."""
    return [sys.executable, "-P", "-c", _MAIN, json.dumps(sys.path), module, *arguments]


@contextmanager
def ended_in(seconds: float, process: subprocess.Popen[bytes]) -> Iterator[Event]:
    """A block that a child has some seconds for; then it is killed, and the event says so."""
    late = Event()

    def end() -> None:
        late.set()
        process.kill()

    timer = Timer(min(seconds, TIMEOUT_MAX), end)
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
        timer.join()


def ending(code: int) -> str:
    """How the system ended a process.

    >>> ending(-9), ending(3)
    ('SIGKILL', 'exit 3')
    """
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"exit {code}"


def end_with_parent() -> None:
    """End this process as soon as its parent is gone, busy or not; what it works on has no reader any more.

    `multiprocessing` tells when; to others the parent has told all that it will.
    """
    from multiprocessing import parent_process  # which takes longer to import than to ask

    parent = parent_process()
    _end_after(parent.join if parent else lambda: _receive(lambda _: None))


def be_killed_with_parent() -> None:
    """Have the system end this process with the thread that started it, which therefore has to wait for it.

    `end_with_parent` and `messages` find no way in while a library keeps Python's lock, as pyoxigraph does as long as
    it reads a query. This is for Linux; elsewhere an `alarm` has to do.
    """
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def messages() -> Iterator[bytes]:
    """The messages that the parent writes to our stdin, see `pack`; without it this process ends, busy or not.

    A thread reads them, past Python's buffer, whose lock would be held when the process ends by itself.
    """
    found: SimpleQueue[bytes] = SimpleQueue()
    _end_after(lambda: _receive(found.put))
    return iter(found.get, None)


def pack(body: bytes) -> bytes:
    r"""A message: four bytes for its length, then so many bytes.

    >>> pack(b"ja")
    b'\x00\x00\x00\x02ja'
    """
    return _LENGTH.pack(len(body)) + body


def message_size(head: bytes) -> int:
    r"""The length of the message behind its first four bytes.

    >>> message_size(b"\x00\x00\x00\x02")
    2
    """
    return int(_LENGTH.unpack(head)[0])


def limit_memory(size: int) -> None:
    """Let this process have `size` bytes above what it has, or less where the system's limit is lower.

    And no copy of them is written when it is ended. Windows knows no such limits, macOS heeds none on memory.
    """
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        limits = resource.getrlimit(resource.RLIMIT_AS)
        given = [limit for limit in limits if limit != resource.RLIM_INFINITY]
        resource.setrlimit(resource.RLIMIT_AS, (min([pages * resource.getpagesize() + size, *given]), limits[1]))


def is_limited_below(memory: int) -> bool:
    """Whether the system's own limit (`ulimit -v`) leaves this process less than so many bytes."""
    if sys.platform != "linux":
        return False
    import resource

    given = resource.getrlimit(resource.RLIMIT_AS)[0]
    return given != resource.RLIM_INFINITY and given < memory


def wait_for_copy(memory: int) -> int | None:
    """Go on in a copy of this process, where this returns None, with `memory` bytes above what it has.

    In the process itself it returns once the copy has ended: its exit code, below zero the signal that ended it. A
    library that gets no memory ends its process, and here that is the copy. Ctrl+C ends the copy at once, busy or not,
    and comes out of here. For Linux, and before there is any thread; elsewhere this is None, and all stays as it was.
    Raises WorkerError where no process may be started.
    """
    if sys.platform != "linux":
        return None
    try:
        copy = os.fork()
    except OSError as error:
        raise WorkerError(f"no process can be started ({error.strerror or error}); {RAISE_PROCESSES}") from error
    if not copy:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)  # the process itself tells it
        be_killed_with_parent()
        limit_memory(memory)
        return None
    try:
        return os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])
    except BaseException:
        os.kill(copy, signal.SIGKILL)
        os.waitpid(copy, 0)
        raise


def check_threads(number: int) -> None:
    """Raise WorkerError unless so many more threads, or processes, may run at once; they end again.

    What multiprocessing starts for itself may wait for ever where it gets no thread.
    """
    end = Event()
    started: list[Thread] = []
    try:
        for _ in range(number):
            started.append(Thread(target=end.wait, daemon=True))
            started[-1].start()
    except RuntimeError as error:
        started.pop()
        raise WorkerError(f"{error}; take fewer workers, or {RAISE_PROCESSES}") from error
    finally:
        end.set()
        for thread in started:
            thread.join()


def check_children() -> None:
    """Raise WorkerError in a daemonic process, which multiprocessing lets start no others."""
    from multiprocessing import current_process  # which takes longer to import than to ask

    if current_process().daemon:
        raise WorkerError(_DAEMONIC)


def alarm(seconds: float, busy: bool = False) -> None:
    """End this process in some seconds by the clock, 0 for never; of a `busy` one those of the processor count.

    Where there are no alarms (Windows), the parent alone sees to that. See `was_alarmed`.
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF if busy else signal.ITIMER_REAL, min(seconds, TIMEOUT_MAX))


def was_alarmed(code: int) -> bool:
    """Whether an alarm has ended a process."""
    return -code in (getattr(signal, "SIGPROF", None), getattr(signal, "SIGALRM", None))


def _end_after(wait: Callable[[], None]) -> None:
    def run() -> None:
        with suppress(EOFError, OSError):
            wait()
        os._exit(0)

    Thread(target=run, daemon=True).start()


def _receive(take: Callable[[bytes], None]) -> None:
    """Hand on each message. Raises EOFError when no more can come."""
    while True:
        take(_exactly(message_size(_exactly(_LENGTH.size))))


def _exactly(size: int) -> bytes:
    """So many bytes of stdin. Raises EOFError where it ends before."""
    found = bytearray()
    while len(found) < size:
        chunk = os.read(0, min(size - len(found), 1 << 20))
        if not chunk:
            raise EOFError
        found += chunk
    return bytes(found)
