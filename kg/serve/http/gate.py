"""What a request passes before it is answered: which host it names, how long its headers are, where its body goes.

A web page of somebody else's can have its name lead to 127.0.0.1, and then ask us as if we were its own server (DNS
rebinding). Its browser says that name in the header Host, so names that are not ours are refused.
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.errors import KgError

ANY = "*"
"""Stands for any host, and for any origin."""

_MOST_OF_HEADERS = 64 << 10

# Seconds in which what is left of a body is read and dropped. Else few clients see the reply: they are still sending.
_DRAIN = 3

_HOST = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]+))(?::([0-9]{0,5}))?")
_LAST_PORT = 65535
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+")


@dataclass(frozen=True, slots=True)
class Hosts:
    """The hosts that a request may name.

    `addresses` tells that it may also be any IP address: nobody but its owner can have one lead here.
    """

    names: frozenset[str]
    addresses: bool

    @classmethod
    def of(cls, host: str, allowed: Sequence[str] = ()) -> Hosts:
        """Those of a server that listens at a host; `allowed` are others. Raises KgError for what is no host.

        >>> sorted(Hosts.of("127.0.0.1", ["kg.example"]).names)
        ['127.0.0.1', 'kg.example', 'localhost']
        """
        for name in allowed:
            if name != ANY and not host_of(_bracketed(_ascii(name))):
                raise KgError(f"--allow-host {name}: no name of a host; pass one such as kg.example, without http://")
        others = (name if name == ANY else host_of(_bracketed(_ascii(name))) for name in allowed)
        own = ["localhost", _plain(host)]
        if not _is_loopback(host):
            own.append(socket.gethostname().lower())
        return cls(frozenset([*own, *others]), not _is_loopback(host))

    def take(self, header: str) -> bool:
        """Whether they are those that a header Host may name; its port may be any, a proxy has another than we.

        >>> [Hosts.of("127.0.0.1").take(host) for host in ("127.0.0.1:80", "LOCALHOST", "[::1]:8000", "a.example")]
        [True, True, True, False]
        >>> [Hosts.of("0.0.0.0").take(host) for host in ("192.168.1.5", "localhost", "a.example")]
        [True, True, False]
        """
        name = host_of(header)
        if name in self.names or ANY in self.names:
            return bool(name)
        try:
            return ip_address(name).is_loopback or self.addresses
        except ValueError:
            return False


def host_of(header: str) -> str:
    """The host in a header Host, without port and brackets; "" for what is none.

    >>> host_of("KG.example.:8000"), host_of("[::1]"), host_of("a b"), host_of("localhost:99999")
    ('kg.example', '::1', '', '')
    """
    found = _HOST.fullmatch(header)
    return _plain(found[1] or found[2]) if found and int(found[3] or 0) <= _LAST_PORT else ""


def check_origin(origin: str) -> None:
    """Raise KgError for what no page can have as its origin."""
    if origin != ANY and not _ORIGIN.fullmatch(origin):
        raise KgError(f"--cors {origin}: no origin of web pages; pass one such as https://kg.example, or * for all")


def _plain(name: str) -> str:
    return name.lower().rstrip(".")


def _ascii(name: str) -> str:
    try:
        return name.encode("idna").decode()
    except UnicodeError:
        return ""


def _bracketed(name: str) -> str:
    return f"[{name}]" if name.count(":") > 1 and not name.startswith("[") else name


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return _plain(host) == "localhost"


class Gate:
    """Refuses requests to other hosts, and those with headers beyond all measure."""

    def __init__(self, app: ASGIApp, hosts: Hosts) -> None:
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._refusal(scope) if scope["type"] == "http" else None
        await (app or self._app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        if sum(len(name) + len(value) + 4 for name, value in scope["headers"]) > _MOST_OF_HEADERS:
            return _refused(431, f"the headers are longer than {_MOST_OF_HEADERS >> 10} KiB; send shorter ones")
        host = Headers(scope=scope).get("host")
        if host is None or self._hosts.take(host):  # only HTTP/1.0 has none, which no browser speaks
            return None
        if not host_of(host):
            return _refused(400, "Host: names no host")
        return _refused(421, f"Host: {host_of(host)} is not served here; start kg serve with --allow-host "
                             f"{host_of(host)}")  # fmt: skip


def _refused(status: int, message: str) -> ASGIApp:
    return PlainTextResponse(f"{message}\n", status, {"X-Content-Type-Options": "nosniff"})


class Drain:
    """Reads what is left of a body once the answer is sent, for a while, before the connection may be closed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        headers = Headers(scope=scope)
        left = "transfer-encoding" in headers or headers.get("content-length", "0") != "0"
        asked_first = "expect" in headers  # such a client sends its body only when we begin to read it

        async def receiving() -> Message:
            nonlocal left, asked_first
            asked_first = False
            message = await receive()
            left = left and message["type"] == "http.request" and message.get("more_body", False)
            return message

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and left:
                MutableHeaders(scope=message)["Connection"] = "close"
            last = message["type"] == "http.response.body" and not message.get("more_body", False)
            if not last or not left or asked_first:
                return await send(message)
            await send({**message, "more_body": True})
            with suppress(TimeoutError):
                async with asyncio.timeout(_DRAIN):
                    while left:
                        await receiving()
            await send({"type": "http.response.body", "body": b"", "more_body": False})

        await self._app(scope, receiving, sending)
