"""The processes that the server starts, as it holds them: what goes wrong in them is one line.

They end with it, however it ends; see `kg.system.processes`.
"""

from __future__ import annotations

import asyncio
import os
from asyncio.subprocess import PIPE, Process
from contextlib import suppress

from kg.system.processes import command, ending

# Of what a process says on stderr, the end is enough: the line that says why it ended is the last.
_MOST_SAID = 4096

# Rust ends with advice to those who write the program: "note: run with `RUST_BACKTRACE=1` …".
_ADVICE = "note: run with `RUST_BACKTRACE"

# What is sent to all processes of a service or terminal. The server may get it some moments after the child has, and
# then there is nothing to tell.
_TO_MANY, _LATER = ("SIGTERM", "SIGHUP"), 0.3


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
        environment = os.environ | {"RUST_BACKTRACE": "0", "PYTHONUTF8": "1"}
        return cls(
            await asyncio.create_subprocess_exec(
                *command(module, *arguments), stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment
            )
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
        if ending(code) in _TO_MANY:
            await asyncio.sleep(_LATER)
        lines = map(str.strip, reversed(self._said.decode("utf-8", "replace").split("\n")))
        return next((line for line in lines if line and not line.startswith(_ADVICE)), ending(code))

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
