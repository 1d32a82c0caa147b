"""Start serving: "duisburg.kg" is read, laid down for the workers, and http://127.0.0.1:8000/ answers.

What is laid down waits in a temporary folder, which goes when the server does; its own process keeps none.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from dataclasses import dataclass
from types import FrameType
from typing import Any, NoReturn

import click
import uvicorn
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Router
from starlette.types import ASGIApp

from kg.errors import KgError
from kg.serve.folders import own_folder
from kg.serve.http.connection import Connection, allow_many_files, check_parts
from kg.serve.http.gate import Drain, Gate, Hosts, check_origin
from kg.serve.http.log import fall_silent, speak_in_lines
from kg.serve.http.protocol import LONGEST_QUERY
from kg.serve.snapshot import lay_down, mark_of
from kg.serve.versions import Versions
from kg.serve.workers.workers import Workers

# Connections that may wait to be accepted, and how many are accepted at a time: each needs a file at once.
_BACKLOG, _AT_ONCE = 1024, 32

# Beside the address, which may hold a query, there is room for some headers.
_MOST_OF_REQUEST = LONGEST_QUERY + (64 << 10)

# What tells the server to end. The terminal being closed is made the second of them.
_ENDING = (signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to listen, how much one query may take (seconds, and rows or triples of its answer), and who may ask.

    `hosts` are names by which the server may be called beside its own, `origins` web pages that may read its answers;
    "*" stands for all.
    """

    host: str
    port: int
    timeout: float
    limit: int
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()


def serve(path: str | os.PathLike[str], settings: Settings, base_iri: str = "") -> None:
    """Serve a .kg store or RDF file until the process is told to end; what is new in the file is served, too.

    `base_iri` is as for `open_dataset`. Raises KgError for a file that cannot be read and an address where one cannot
    listen.
    """
    hosts = Hosts.of(settings.host, settings.hosts)
    for origin in settings.origins:
        check_origin(origin)
    reading = (os.fspath(path), base_iri, settings.limit)
    with (
        _unwound(),
        closing(_listen(settings)) as listener,
        own_folder() as folder,
    ):
        first, mark = folder / "first", mark_of(reading[0])
        first.mkdir()
        lay_down(*reading, first)
        count = max(3, min(4, os.cpu_count() or 1))
        versions = Versions(reading, first, mark, lambda folder: Workers(folder, settings.timeout, count))
        speak_in_lines()
        allow_many_files()
        if told := asyncio.run(_run(versions, hosts, settings.origins, listener)):
            raise _Ended(told)


async def _run(versions: Versions, hosts: Hosts, origins: tuple[str, ...], listener: socket.socket) -> int:
    """Serve; the signal that ended it. It is taken as asyncio takes Ctrl+C, and uvicorn hands on what it took.

    To raise something where the loop happens to be would leave processes half started.
    """
    loop, this, told = asyncio.get_running_loop(), asyncio.current_task(), 0

    def tell(number: int, _: FrameType | None) -> None:
        nonlocal told
        told = number
        _heed_no_more()
        fall_silent()
        assert this
        loop.call_soon_threadsafe(this.cancel)

    before = _handle_with(tell)
    try:
        app = make_site(versions, hosts, origins, lambda: _say_where(listener))
        config = uvicorn.Config(
            app, http=Connection, ws="none", lifespan="on", log_config=None, access_log=False, server_header=False,
            backlog=_AT_ONCE, h11_max_incomplete_event_size=_MOST_OF_REQUEST,
        )  # fmt: skip
        check_parts(config)
        await versions.start()
        await _Server(config).serve(sockets=[listener])
        await asyncio.sleep(0)  # the signal that ended it was passed on, and is taken here
    except (asyncio.CancelledError, KgError):  # where processes of ours were told to end as well, they do not start
        if not told:
            raise
    finally:
        ending = loop.create_task(versions.end())
        while not ending.done():
            with suppress(asyncio.CancelledError):
                await asyncio.shield(ending)
        if not told:
            _restore(before)
    return told


class _Server(uvicorn.Server):
    """uvicorn, which takes one number for how many connections may wait and how many are accepted at a time."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Take the signal that ends the server; to uvicorn another Ctrl+C means to leave connections half answered."""
        fall_silent()
        if not self.should_exit:
            super().handle_exit(sig, frame)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listener in sockets or []:
            listener.listen(_BACKLOG)


def make_site(
    versions: Versions, hosts: Hosts, origins: tuple[str, ...], ready: Callable[[], None] = lambda: None
) -> ASGIApp:
    """The web application around what is served; `ready` is called once it can answer, and in the end all ends."""

    @asynccontextmanager
    async def running(_: Router) -> AsyncIterator[None]:
        ready()
        yield
        await versions.end()

    cors = Middleware(
        CORSMiddleware, allow_origins=origins, allow_methods=["GET", "POST"], allow_headers=["*"],
        expose_headers=["KG-Truncated", "KG-Unknown", "KG-Version"],
    )  # fmt: skip
    middleware = [Middleware(Drain), Middleware(Gate, hosts=hosts), *([cors] if origins else [])]
    return Router(default=versions, middleware=middleware, lifespan=running)


def _listen(settings: Settings) -> socket.socket:
    place = f"{settings.host}:{settings.port}"
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        if not settings.host:
            raise ValueError  # which would be everybody
        return socket.create_server((settings.host, settings.port), family=family)
    except (OSError, ValueError, TypeError) as error:
        # A name that leads to no address has a number of its own, below zero; what cannot be a name has none.
        number = error.errno if isinstance(error, OSError) else None
        reason = os.strerror(number) if number and number > 0 else "no such address"
        raise KgError(f"{place}: cannot listen there ({reason}); choose another --port or "
                      "--host") from error  # fmt: skip


def _say_where(listener: socket.socket) -> None:
    host, port = listener.getsockname()[:2]
    click.echo(f"http://{f'[{host}]' if ':' in host else host}:{port}/ – ends with Ctrl+C", err=True)


class _Ended(SystemExit):
    """The process is told to end, by the signal with this number."""

    code: int


@contextmanager
def _unwound() -> Iterator[None]:
    """A block that is left in good order when the process is told to end: by Ctrl+C, SIGTERM, or a closed terminal.

    uvicorn sees to the first two while it serves. The third is made the second; `nohup` may have it ignored.
    """

    def unwind(number: int, _: FrameType | None) -> NoReturn:
        _heed_no_more()
        raise _Ended(number)

    before = _handle_with(unwind)
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:
        before[signal.SIGHUP] = signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    ended = 0
    try:
        yield
    except _Ended as error:
        ended = error.code
    finally:
        _restore(before)
    if ended:
        signal.raise_signal(ended)


def _handle_with(handler: Callable[[int, FrameType | None], None]) -> dict[int, Any]:
    """Have the signals that end the server handled; how they were before."""
    return {number: signal.signal(number, handler) for number in _ENDING}


def _restore(handlers: Mapping[int, Any]) -> None:
    for number, handler in handlers.items():
        signal.signal(number, handler)


def _heed_no_more() -> None:
    """Pass over these signals from now on: to break off an end in good order leaves processes, folders and tracebacks.

    They get a handler that does nothing: with SIG_IGN, Python writes a line about a signal that has just come.
    """
    _handle_with(lambda *_: None)
