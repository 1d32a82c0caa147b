"""The processes that the server starts: they end with it, however it ends, and what goes wrong in them is one line.

Nobody tells a process that its parent was killed (`kill -9`). But the pipe by which it is told what to do then ends: it
is the only thing that holds the other end, since Python passes no file on to a sibling (PEP 446).
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from asyncio.subprocess import PIPE, Process
from collections.abc import Iterator
from contextlib import suppress
from queue import SimpleQueue

from kg.serve.frames import size_of

# Of what a process says on stderr, the end is enough: the line that says why it ended is the last.
_MOST_SAID = 4096


def messages() -> Iterator[bytes]:
    """The messages that come by stdin; this process ends at once when no more can come, in the middle of a query too.

    A thread reads them: pyoxigraph lets others run while it works. It reads past Python's buffer, whose lock would be
    held when the process ends by itself.
    """
    found: SimpleQueue[bytes] = SimpleQueue()

    def read() -> None:
        with suppress(EOFError):
            while True:
                found.put(_exactly(size_of(_exactly(4))))
        os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    return iter(found.get, None)


def _exactly(size: int) -> bytes:
    """So many bytes of stdin. Raises EOFError where it ends before."""
    found = b""
    while len(found) < size:
        chunk = os.read(0, size - len(found))
        if not chunk:
            raise EOFError
        found += chunk
    return found


class Child:
    """A process of ours, as the server holds it."""

    def __init__(self, process: Process) -> None:
        assert process.stdin
        assert process.stdout
        self.input, self.output = process.stdin, process.stdout
        self._process = process
        self._said = b""
        self._listening = asyncio.get_running_loop().create_task(self._listen())

    @classmethod
    async def start(cls, module: str, *arguments: str) -> Child:
        """Run a module of ours; what it says is UTF-8, and where Rust says what went wrong, it does so in one line."""
        command = [sys.executable, "-P", "-m", module, *arguments]
        environment = os.environ | {"RUST_BACKTRACE": "0", "PYTHONUTF8": "1"}
        return cls(
            await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment)
        )

    @property
    def ended(self) -> bool:
        """Whether it can answer no more; that its output has ended is known before the system has told how."""
        return self._process.returncode is not None or self.output.at_eof()

    async def wait(self) -> str:
        """Why the process ended, once it has: "" if all went well, else the last that it said, or what ended it."""
        while await self.output.read(_MOST_SAID):  # asyncio takes a process for one that runs while it is not read out
            pass
        code = await self._process.wait()
        await asyncio.shield(self._listening)  # who waits may give up, but what was said is heard to its end
        if not code:
            return ""
        lines = self._said.decode("utf-8", "replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), _ending(code))

    async def end(self) -> str:
        """End the process if it has not ended by itself; see `wait`."""
        # To kill one that has ended by itself would take away how it ended, and asyncio would complain on stderr.
        if not self.ended:
            with suppress(ProcessLookupError):
                self._process.kill()
        return await self.wait()

    @classmethod
    async def run(cls, module: str, *arguments: str) -> str:
        """Run a module of ours to its end, and say what went wrong, as `wait` does."""
        child = await cls.start(module, *arguments)
        try:
            return await child.wait()
        finally:
            await child.end()

    async def _listen(self) -> None:
        assert self._process.stderr
        while chunk := await self._process.stderr.read(_MOST_SAID):
            self._said = (self._said + chunk)[-_MOST_SAID:]


def _ending(code: int) -> str:
    """How the system ended a process.

    >>> _ending(-9), _ending(3)
    ('SIGKILL', 'exit 3')
    """
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"exit {code}"
