"""SPARQL 1.1 Protocol: what a request asks ("GET /sparql?query=ASK%20{}"), and in which format it wants the answer.

Only queries are taken. What the specification leaves open is decided so: a service description for a GET without a
query, 406 where no format of ours is accepted, 413 and 414 for a query beyond 256 KiB, and 400 for an update, whichever
way it comes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable
from typing import TypeVar
from urllib.parse import parse_qs

import mimeparse
from starlette.requests import ClientDisconnect, Request

from kg.errors import KgError
from kg.serve.workers.worker import GRAPH_FORMATS, ROW_FORMATS, Task

T = TypeVar("T")

LONGEST_QUERY = 256 << 10
"""The longest query; the largest in the W3C's test suite has 4 KiB."""

BODY_SECONDS = 10
"""How long the body of a request may take to come."""

_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"


class ProtocolError(KgError):
    """A request that cannot be answered, with the HTTP status that says so."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


async def task_of(request: Request, limit: int) -> Task | None:
    """What a request asks, None for a GET without a query. Raises ProtocolError."""
    parameters = _parsed(request.scope["query_string"])
    queries = parameters.get("query", [])
    if request.method == "POST":
        queries, parameters = await _posted(request, parameters)
    if "update" in parameters:
        raise _no_update()
    if not queries and request.method != "POST":
        return None
    if len(queries) != 1:
        raise ProtocolError(400, f"query: given {len(queries)} times; send one query")
    rows, graph = accepted(request, ROW_FORMATS), accepted(request, GRAPH_FORMATS)
    if not rows and not graph:
        raise not_accepted([*ROW_FORMATS, *GRAPH_FORMATS])
    default, named = (tuple(parameters.get(name, ())) for name in ("default-graph-uri", "named-graph-uri"))
    return Task(queries[0], rows, graph, limit, default, named, explained=True)


def accepted(request: Request, types: Iterable[str]) -> str:
    """The one of our media types that a request likes best, "" for none; of equals the last. Raises ProtocolError."""
    header = ",".join(request.headers.getlist("accept")) or "*/*"
    try:
        return str(mimeparse.best_match(list(types), header))
    except mimeparse.MimeTypeParseException as error:
        raise ProtocolError(400, f"Accept: {header!r} is no list of media types; correct it") from error


def not_accepted(types: Iterable[str]) -> ProtocolError:
    """What to say to somebody who takes none of these media types."""
    return ProtocolError(406, f"Accept: none of our formats is among them; accept {', '.join(types)}")


def _no_update() -> ProtocolError:
    return ProtocolError(400, "update: this endpoint only reads; send a query")


async def _posted(request: Request, parameters: dict[str, list[str]]) -> tuple[list[str], dict[str, list[str]]]:
    """The queries and the other parameters of a POST: all in a form, or the body and the address."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == _UPDATE:
        raise _no_update()
    if kind not in (_FORM, _QUERY):
        raise ProtocolError(415, f"Content-Type {kind or 'missing'}: send {_QUERY} or {_FORM}")
    body = await _body(request)
    if kind == _FORM:
        form = _parsed(body)
        return form.get("query", []), form
    try:
        return [body.decode()], parameters
    except UnicodeDecodeError as error:
        raise ProtocolError(400, f"query: not UTF-8 at byte {error.start}; encode it so") from error


async def _body(request: Request) -> bytes:
    """The body of a request; what comes behind its longest is not read."""
    body = bytearray()
    if int(request.headers.get("content-length", 0)) > LONGEST_QUERY:
        raise _too_long(413)
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > LONGEST_QUERY:
                    raise _too_long(413)
    except TimeoutError as error:
        raise ProtocolError(408, f"query: did not come within {BODY_SECONDS} s; send it at once") from error
    return bytes(body)


async def unless_gone(request: Request, work: Awaitable[T]) -> T:
    """What comes out of some work, for which nobody waits once the sender has gone. Raises ClientDisconnect."""
    doing, going = asyncio.ensure_future(work), asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait((doing, going), return_when=asyncio.FIRST_COMPLETED)
        if doing.done():
            return doing.result()
        raise ClientDisconnect
    finally:
        doing.cancel()
        going.cancel()
        await asyncio.gather(doing, going, return_exceptions=True)


async def _gone(request: Request) -> None:
    """Wait until the sender goes; what comes from it until then is dropped."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _too_long(status: int) -> ProtocolError:
    return ProtocolError(status, f"query: longer than {LONGEST_QUERY >> 10} KiB; send a shorter one")


def _parsed(text: bytes) -> dict[str, list[str]]:
    if len(text) > LONGEST_QUERY:
        raise _too_long(414)
    try:
        return parse_qs(text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=100)
    except UnicodeDecodeError as error:
        raise ProtocolError(400, "query: not percent-encoded UTF-8; encode it so") from error
    except ValueError as error:
        raise ProtocolError(400, f"query: {error}; send fewer") from error
