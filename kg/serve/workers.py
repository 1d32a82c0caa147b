"""A few processes that answer queries, so that one which never ends ("{ ?a ?b ?c . ?d ?e ?f … }") holds up nobody.

A query past the time limit loses its process, and a new one takes that place. Requests wait in line while all are
busy, but not much longer than the time limit, and not more than a few hundred.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kg.serve.frames import pack, size_of
from kg.serve.worker import Reply, Task, refused

_log = logging.getLogger("kg")

# Seconds beyond the time limit that a request waits in line: a new process reads a million triples in five or so.
_PATIENCE = 20

# Requests that may wait for a worker; each holds a query of some kilobytes at most.
_MOST_WAITING = 512


class Workers:
    """Processes that read the triples in a folder; an async context manager that starts and ends them."""

    def __init__(self, folder: Path, timeout: float, count: int) -> None:
        self._folder, self._timeout, self._count = folder, timeout, count
        self._idle: asyncio.Queue[Process] = asyncio.Queue()
        self._all: set[Process] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._waiting = 0

    async def __aenter__(self) -> Workers:
        await asyncio.gather(*(self._start() for _ in range(self._count)))
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        await asyncio.gather(*(self._end(process) for process in list(self._all)))

    async def ask(self, task: Task) -> tuple[Reply, bytes]:
        """The reply to a task, or in its place one that says why there is none."""
        if self._waiting >= _MOST_WAITING:
            return _busy()
        self._waiting += 1
        try:
            process = await asyncio.wait_for(self._next(), self._timeout + _PATIENCE)
        except TimeoutError:
            return _busy()
        finally:
            self._waiting -= 1
        return await self._answered(process, task)

    async def _next(self) -> Process:
        """An idle process; one that was ended from outside while it was idle is replaced.

        That its output has ended is known before the system has told how.
        """
        while (process := await self._idle.get()).returncode is not None or _output(process).at_eof():
            await self._end(process)
            self._replace()
        return process

    async def _answered(self, process: Process, task: Task) -> tuple[Reply, bytes]:
        done = False
        try:
            head, body = await asyncio.wait_for(_exchange(process, task), self._timeout)
            done = True
            return Reply(**head), body
        except TimeoutError:
            return refused(503, f"the query took longer than {self._timeout:g} s and was ended; narrow it, set a "
                                "LIMIT, or start the server with a longer --timeout")  # fmt: skip
        except (asyncio.IncompleteReadError, ConnectionError):
            return refused(500, "the query ended the process that worked on it: it needs too much memory, or is nested "
                                "too deeply; narrow it")  # fmt: skip
        finally:
            if done:
                self._idle.put_nowait(process)
            else:
                await self._end(process)
                self._replace()

    def _replace(self) -> None:
        task = asyncio.get_running_loop().create_task(self._start())
        self._starting.add(task)
        task.add_done_callback(self._started)

    def _started(self, task: asyncio.Task[None]) -> None:
        self._starting.discard(task)
        if not task.cancelled() and (error := task.exception()):
            _log.error("a process to answer queries does not start (%s); restart kg serve", error)

    async def _start(self) -> None:
        command = [sys.executable, "-P", "-m", "kg.serve.worker", str(self._folder), str(self._timeout)]
        process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
        self._all.add(process)
        await _read(process)
        self._idle.put_nowait(process)

    async def _end(self, process: Process) -> None:
        # To kill one that has ended by itself would take away how it ended, and asyncio would complain on stderr.
        if process.returncode is None and not _output(process).at_eof():
            process.kill()
        await process.wait()
        self._all.discard(process)


def _busy() -> tuple[Reply, bytes]:
    return refused(503, "all workers are busy; try again in a moment")


async def _exchange(process: Process, task: Task) -> tuple[Mapping[str, Any], bytes]:
    assert process.stdin
    process.stdin.write(pack(json.dumps(asdict(task)).encode()))
    await process.stdin.drain()
    return json.loads(await _read(process)), await _read(process)


async def _read(process: Process) -> bytes:
    output = _output(process)
    return await output.readexactly(size_of(await output.readexactly(4)))


def _output(process: Process) -> asyncio.StreamReader:
    assert process.stdout
    return process.stdout
