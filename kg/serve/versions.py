"""Which version of the graph is served: when "duisburg.kg" is built anew, all pages and answers change to it at once.

A request is answered by the version that was there when it came, from begin to end; the header KG-Version names it. The
new one is read, and its workers are started, while the old one goes on. A file that is gone, or is none that can be
read, changes nothing: what was read before is served on, and the log says so once.
"""

from __future__ import annotations

import asyncio
import logging
import os
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.errors import KgError
from kg.serve.app import make_app
from kg.serve.folders import make_folder, remove_folder
from kg.serve.snapshot import Mark, has_explorer, mark_of, read_site
from kg.serve.workers.children import Child
from kg.serve.workers.workers import Workers

_log = logging.getLogger(__name__)

_SNAPSHOT = "kg.serve.snapshot"

# Seconds between two looks at the file: it is read again when at two of them it is the same, and another than before.
_LOOK = 1.0

# Looks until a file that could not be read is read again though it is the same: another process may have locked it.
_REST = 10


class Explorer:
    """The explorer of one version: drawn when it is first asked for, once, and in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._drawing: asyncio.Task[str] | None = None

    async def html(self) -> bytes:
        """The page. Raises KgError if it cannot be drawn."""
        if self._drawing is None:
            self._drawing = asyncio.get_running_loop().create_task(Child.run(_SNAPSHOT, str(self._folder)))
        try:
            why = await asyncio.shield(self._drawing)
            html = b"" if why else await run_in_threadpool((self._folder / "explorer.html").read_bytes)
        except OSError as error:  # no process starts, or somebody has deleted what was drawn
            why = error.strerror or str(error)
        if why:
            self._drawing = None
            raise KgError(f"the explorer cannot be drawn ({why}); try again, or let `kg export` write it")
        return html

    async def end(self) -> None:
        """Draw no more."""
        if self._drawing:
            self._drawing.cancel()
            await asyncio.gather(self._drawing, return_exceptions=True)


class Version:
    """A reading of the graph with the workers that answer from it."""

    def __init__(self, folder: Path, workers: Workers) -> None:
        self._folder, self._workers = folder, workers
        self.name = (folder / "version").read_text(encoding="ascii")
        self._explorer = Explorer(folder) if has_explorer(folder) else None
        self.app: ASGIApp = make_app(read_site(folder), workers, self._explorer.html if self._explorer else None)
        self._marks = _marks(folder)
        self._users = 0
        self._unused = asyncio.Event()

    def is_whole(self) -> bool:
        """Whether all that was laid down is still there: what tidies temporary folders may have deleted some of it."""
        return self._marks.items() <= _marks(self._folder).items()

    @contextmanager
    def used(self) -> Iterator[None]:
        """A block in which it is used, and does not end."""
        self._users += 1
        self._unused.clear()
        try:
            yield
        finally:
            self._users -= 1
            if not self._users:
                self._unused.set()

    async def retire(self) -> None:
        """End as soon as nobody uses it."""
        if self._users:
            await self._unused.wait()
        await self.end()

    async def end(self) -> None:
        """End its processes, and delete its folder."""
        if self._explorer:
            await self._explorer.end()
        await self._workers.__aexit__()
        await run_in_threadpool(remove_folder, self._folder)


class Versions:
    """The version that is served, as an ASGI application, which `start` and `end` frame.

    `first` is a folder where the graph was laid down when its file had that mark; `workers` are those for a folder.
    """

    def __init__(
        self, reading: tuple[str, str, int], first: Path, mark: Mark | None, workers: Callable[[Path], Workers]
    ) -> None:
        self._reading, self._first, self._mark, self._workers = reading, first, mark, workers
        self._current: Version | None = None
        self._all: set[Version] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Raises KgError if the workers do not start."""
        self._current = await self._made(self._first)
        self._do(self._watch())

    async def end(self) -> None:
        """End all processes and delete all folders; nothing happens if that was done before."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        while self._all:
            await self._all.pop().end()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        version = self._current
        assert version

        async def send_with_name(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["KG-Version"] = version.name
            await send(message)

        with version.used():
            await version.app(scope, receive, send_with_name)

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            _log.error("new versions of the graph are no longer noticed; restart kg serve", exc_info=error)

    async def _made(self, folder: Path) -> Version:
        workers = self._workers(folder)
        version = Version(folder, workers)
        await workers.__aenter__()
        self._all.add(version)
        return version

    async def _watch(self) -> None:
        """Look at the file now and then, and go over to what is new in it, or to what is there where ours was lost."""
        path, told, rest, seen = self._reading[0], "", 0, self._mark
        while True:
            await asyncio.sleep(_LOOK)
            assert self._current
            before, seen = seen, await run_in_threadpool(mark_of, path)
            whole = await run_in_threadpool(self._current.is_whole)
            rest = rest - 1 if seen == before else 0
            if seen == self._mark and whole:
                told = ""
            elif seen == before and rest <= 0:
                event = "changed" if whole else "read again, since what was laid down of it is gone"
                problem = await self._switch(seen, event) if seen else f"{path}: is gone"
                if problem and problem != told:
                    _log.warning("%s; the version read before is served on", problem)
                told, rest = problem, _REST

    async def _switch(self, mark: Mark, event: str) -> str:
        """Go over to the file as it is now, and log the event; what kept us from it, "" for nothing."""
        folder = None
        try:
            # Not beside the first: where that folder is gone, somebody else may have made one of its name.
            folder = await run_in_threadpool(make_folder)
            problem = await Child.run(_SNAPSHOT, str(folder), *map(str, self._reading))
            if not problem:
                before, self._current = self._current, await self._made(folder)
                folder, self._mark = None, mark
        except KgError as error:
            problem = str(error)
        except OSError as error:
            problem = f"{self._reading[0]}: cannot be laid down in {tempfile.gettempdir()} ({error.strerror})"
        finally:
            if folder:
                remove_folder(folder)
        if problem:
            return problem
        _log.info("%s: %s; its new version is served from now on", self._reading[0], event)
        if before:
            self._do(self._retire(before))
        return ""

    async def _retire(self, version: Version) -> None:
        await version.retire()
        self._all.discard(version)


def _marks(folder: Path) -> dict[str, Mark | None]:
    """By what the files in a folder are told from others that may come to lie there; none where it is gone."""
    try:
        return {name: mark_of(os.path.join(folder, name)) for name in os.listdir(folder)}
    except OSError:
        return {}
