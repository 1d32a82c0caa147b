"""A few processes that answer queries, so that one which never ends ("{ ?a ?b ?c . ?d ?e ?f … }") holds up nobody.

A query past the time limit loses its process, and a new one takes that place. Requests wait in a fair line while all
are busy, but not much longer than the time limit, and not more than a few hundred.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.serve.workers.children import Child
from kg.serve.workers.line import Full, Line
from kg.serve.workers.worker import Reply, Task, refused
from kg.system.memory import FEW_FILES, FEW_THREADS, shortage
from kg.system.processes import message_size, pack
from kg.system.text import one_line

_log = logging.getLogger(__name__)

# Seconds beyond the time limit that a request waits in line: a new process reads a million triples in five or so.
_PATIENCE = 20

# Requests that may wait for a worker, and those of one client; each holds a query of some kilobytes at most.
_MOST_WAITING = 512
_MOST_OF_ONE = 32

# Seconds until a process that did not start is started again.
_PAUSE = 5

# Of a query that ended its process the log shows so many characters.
_SHOWN = 200

_ENDED = "a process that answers queries was ended"


class Workers:
    """Processes that read the triples in a folder; an async context manager that starts and ends them."""

    def __init__(self, folder: Path, timeout: float, count: int) -> None:
        self._folder, self._timeout, self._count = folder, timeout, count
        self._line: Line[Child] = Line(max(1, count - 1), _MOST_OF_ONE)
        self._all: set[Child] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._waiting = 0

    async def __aenter__(self) -> Workers:
        """Raises KgError if they do not start."""
        try:
            found = await asyncio.gather(*(self._start() for _ in range(self._count)), return_exceptions=True)
            for error in filter(None, found):
                raise error
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(child.end() for child in self._all))
        self._all.clear()

    async def ask(self, task: Task, client: str = "") -> tuple[Reply, bytes]:
        """The reply to a task of a client, or in its place one that says why there is none.

        Who no longer waits for it loses the place in line. But what a process has begun it brings to its end: to start
        a new one would take longer than most queries.
        """
        found: tuple[Reply, bytes] | None = None
        while not found:
            if not (child := await self._turn(client)):
                return _busy()
            found = await asyncio.shield(self._do(self._answered(child, task, client)))
        return found

    async def _turn(self, client: str) -> Child | None:
        """A process for a client once it is its turn, None if that takes too long."""
        if self._waiting >= _MOST_WAITING:
            return None
        self._waiting += 1
        try:
            async with asyncio.timeout(self._timeout + _PATIENCE):
                return await self._next(client)
        except (TimeoutError, Full):
            return None
        finally:
            self._waiting -= 1

    async def _next(self, client: str) -> Child:
        """An idle process; one that was ended from outside while it was idle is replaced."""
        while (child := await self._line.take(client)).ended:
            self._line.leave(client)
            self._do(self._replace(child, _ENDED))
        return child

    async def _answered(self, child: Child, task: Task, client: str) -> tuple[Reply, bytes] | None:
        """The reply to a task; None if the process had ended before it could take it."""
        taken = asyncio.Event()
        try:
            head, body = await asyncio.wait_for(_exchange(child, task, taken), self._timeout)
        except TimeoutError:
            self._do(self._replace(child))
            return refused(503, f"the query took longer than {self._timeout:g} s and was ended; narrow it, set a "
                                "LIMIT, or start the server with a longer --timeout")  # fmt: skip
        except (asyncio.IncompleteReadError, ConnectionError):
            if not taken.is_set():
                self._do(self._replace(child, _ENDED))
                return None
            self._do(self._replace(child, f"a query ended its process: {one_line(task.query)[:_SHOWN]}"))
            return refused(500, "the query ended the process that worked on it: it needs too much memory, or is nested "
                                "too deeply; narrow it")  # fmt: skip
        finally:
            self._line.leave(client)
        self._line.give(child)
        return Reply(**head), body

    def _do(self, work: Any) -> asyncio.Task[Any]:
        """Work that goes on whoever waits for it."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _replace(self, child: Child, event: str = "") -> None:
        """Have a new process in place of one that is to end, or was ended by some event."""
        why = await child.end()
        self._all.discard(child)
        if event:
            _log.warning("%s (%s)", event, why)
        while True:
            try:
                return await self._start()
            except KgError as error:
                _log.error("%s", error)
                await asyncio.sleep(_PAUSE)

    async def _start(self) -> None:
        try:
            child = await Child.start("kg.serve.workers.worker", str(self._folder), str(self._timeout))
        except OSError as error:
            raise _not_started(shortage(error) or error.strerror or str(error)) from error
        self._all.add(child)
        try:
            await _read(child)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            self._all.discard(child)
            raise _not_started(await child.end()) from error
        self._line.give(child)


def _not_started(why: str) -> KgError:
    """What to say of a process that does not start; what it needs is said only where that was the reason."""
    if "open files" in why or why in (FEW_FILES, FEW_THREADS):
        return KgError(f"a process to answer queries does not start: {FEW_FILES if 'open files' in why else why}")
    remedy = "free some memory: it needs as much as all triples do" if _is_shortage(why) else "restart kg serve"
    return KgError(f"a process to answer queries does not start ({why}); {remedy}")


def _is_shortage(why: str) -> bool:
    """Whether a process ended for want of memory, by what it said, or by how the system ends one.

    >>> _is_shortage("memory allocation of 64 bytes failed"), _is_shortage("SIGKILL"), _is_shortage("exit 1")
    (True, True, False)
    """
    return "memory" in why.lower() or why in ("SIGKILL", "SIGABRT", "SIGSEGV")


def _busy() -> tuple[Reply, bytes]:
    return refused(503, "all workers are busy; try again in a moment")


async def _exchange(child: Child, task: Task, taken: asyncio.Event) -> tuple[Mapping[str, Any], bytes]:
    child.input.write(pack(json.dumps(asdict(task)).encode()))
    await child.input.drain()
    await _read(child)
    taken.set()
    return json.loads(await _read(child)), await _read(child)


async def _read(child: Child) -> bytes:
    return await child.output.readexactly(message_size(await child.output.readexactly(4)))
