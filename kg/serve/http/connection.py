"""HTTP connections that end: who opens one and says nothing, or begins a request and does not end it, has some seconds.

uvicorn waits for such clients for ever, and so a few hundred of them take all places ("slowloris"). Here a connection
on which no request is being answered must bring a whole one in time; who has asked must take the answer; and when all
places are taken, the one that has waited longest goes.
"""

from __future__ import annotations

import asyncio
import sys
from functools import cache

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol
from uvicorn.server import ServerState

from kg.errors import KgError
from kg.serve.http.protocol import LONGEST_QUERY

# Seconds until a request must have come with all its headers; its body has a time of its own (`protocol.BODY_SECONDS`).
_HEADER_SECONDS = 10.0

# Seconds in which a client must take some more of an answer, and how much.
_STALL_SECONDS = 30.0
_STALL_BYTES = 16 << 10

# Seconds for which we listen to a client whose request was refused: the reply is lost if it finds us gone.
_LINGER_SECONDS = 3.0

# Seconds that requests may still take when the server is told to end.
_GRACE_SECONDS = 3.0

# What may come in for one request, all that is read and dropped included.
_MOST_INCOMING = 64 << 20

# What uvicorn promises nobody, and the last version that was seen to have it.
_TESTED = "0.54.0"
_PARTS = "conn connections cycle flow loop on_response_complete send_400_response shutdown transport".split()

_MOST_CONNECTIONS = 512

# Files that are not connections to clients: those of the workers, and connections just about to be made.
_OTHER_FILES = 300

_LOOK = 0.5

_REASONS = {
    400: "this is not HTTP/1.1 as we understand it",
    408: f"the request did not come within {_HEADER_SECONDS:g} s; send it at once",
    414: f"the address is longer than {LONGEST_QUERY >> 10} KiB; send a shorter one",
    431: "the headers are too long; send shorter ones",
    501: "Transfer-Encoding: only chunked is understood; send that, or a Content-Length",
    503: "too many connections; try again in a moment",
}


def allow_many_files() -> None:
    """Let this process hold as many files as it needs for all connections, where the system has a lower limit."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_CONNECTIONS + _OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))


def check_parts(config: uvicorn.Config) -> None:
    """Raise KgError where uvicorn has no longer what our connections are made of."""
    connection = Connection(config, ServerState(), {})
    if lacking := [part for part in _PARTS if not hasattr(connection, part)]:
        raise KgError(f"uvicorn {uvicorn.__version__}: its connections have no {' and no '.join(lacking)}, which kg "
                      f"serve needs; run: pip install uvicorn=={_TESTED}")  # fmt: skip


@cache
def most_connections() -> int:
    """How many connections there may be, by the files that this process may hold."""
    if sys.platform == "win32":
        return _MOST_CONNECTIONS
    import resource

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return _MOST_CONNECTIONS if soft == resource.RLIM_INFINITY else max(8, min(_MOST_CONNECTIONS, soft - _OTHER_FILES))


class Connection(H11Protocol):
    """A connection as uvicorn has it, with limits."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._came = 0
        self._leaving = 0.0
        self._idle_since = self.loop.time()
        self._stalled_since, self._unsent = self._idle_since, 0
        self._timer = self.loop.call_later(_LOOK, self._look)
        self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        self._timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._came += len(data)
        if self._came > _MOST_INCOMING:
            self.transport.abort()
        elif not self._leaving:
            super().data_received(data)

    def on_response_complete(self) -> None:
        self._idle_since, self._came = self.loop.time(), 0
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:
        """What uvicorn does with what is not HTTP, while the error that says so is handled."""
        error = sys.exc_info()[1]
        status = error.error_status_hint if isinstance(error, h11.RemoteProtocolError) else 400
        if self._is_answering and not self.cycle.more_body:
            self.flow.pause_reading()  # what comes behind a whole request does not matter to it
        elif status == 431 and b"\n" not in self.conn.trailing_data[0]:
            self._refuse(414)
        else:
            self._refuse(status)

    def shutdown(self) -> None:
        if self._leaving or self.conn.our_state is h11.ERROR:
            self.transport.close()
        else:
            super().shutdown()
        self.loop.call_later(_GRACE_SECONDS, self.transport.abort)

    @property
    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _look(self) -> None:
        """End what takes too long."""
        self._timer = self.loop.call_later(_LOOK, self._look)
        now, unsent = self.loop.time(), self.transport.get_write_buffer_size()
        if not unsent or unsent <= self._unsent - _STALL_BYTES or unsent > self._unsent:
            self._stalled_since, self._unsent = now, unsent
        if now - self._stalled_since > _STALL_SECONDS or (self._leaving and now - self._leaving > _LINGER_SECONDS):
            self.transport.abort()
        elif self._is_answering or unsent:
            self._idle_since = now
        elif now - self._idle_since > _HEADER_SECONDS and not self._leaving:
            self._refuse(408)

    def _make_room(self) -> None:
        if len(self.connections) <= most_connections():
            return
        others = [c for c in self.connections if isinstance(c, Connection) and c is not self and not c._is_answering]
        if others:
            longest = min(others, key=lambda c: c._idle_since)
            self.connections.discard(longest)
            longest.transport.abort()
        else:
            self._refuse(503)

    def _refuse(self, status: int) -> None:
        """Say why there will be no answer, if nothing was said yet, and end the connection once it was heard."""
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            self._say(status)
        if self._is_answering:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self._leaving = self.loop.time()
        self.flow.resume_reading()
        if self.transport.can_write_eof() and not self.transport.is_closing():
            self.transport.write_eof()

    def _say(self, status: int) -> None:
        body = f"{_REASONS.get(status, STATUS_PHRASES[status].decode())}\n".encode()
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
        headers += [("Connection", "close")] + [("Retry-After", "1")] * (status == 503)
        response = h11.Response(status_code=status, headers=headers, reason=STATUS_PHRASES[status])
        bare = self.conn.our_state is h11.SEND_RESPONSE and self.scope["method"] == "HEAD"  # it hears of no body
        content = [] if bare else [h11.Data(data=body)]
        for event in (response, *content, h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
