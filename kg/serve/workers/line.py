"""A fair line in front of the workers: who sends thirty slow queries waits behind them, and nobody else does.

Of those who wait, one client after the other gets a worker (round robin), and none may have all of them at a time.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Generic, TypeVar

T = TypeVar("T")


class Full(Exception):
    """Too many wait already."""


class Line(Generic[T]):
    """Hands out what is free; `share` is how much one client may have at a time, `most` how many of its tasks wait."""

    def __init__(self, share: int, most: int) -> None:
        self._share, self._most = share, most
        self._free: deque[T] = deque()
        self._waiting: dict[str, deque[asyncio.Future[T]]] = {}  # in the order of whose turn it is
        self._held: Counter[str] = Counter()

    async def take(self, client: str) -> T:
        """Wait for something that is free; `leave` is to be called once it is no longer used. Raises Full."""
        own = self._waiting.setdefault(client, deque())
        if len(own) >= self._most:
            raise Full
        turn: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        own.append(turn)
        self._call()
        try:
            return await turn
        except asyncio.CancelledError:
            if turn in own:
                own.remove(turn)
            if not own and self._waiting.get(client) is own:
                del self._waiting[client]
            # It may have been handed out at the very moment when its taker went away.
            if not turn.cancelled():
                self.leave(client)
                self.give(turn.result())
            raise

    def give(self, thing: T) -> None:
        """Something is free."""
        self._free.append(thing)
        self._call()

    def leave(self, client: str) -> None:
        """A client has one thing less."""
        self._held[client] -= 1
        self._held += Counter()  # forgets who holds nothing
        self._call()

    def _call(self) -> None:
        """Hand out what is free to those whose turn it is."""
        while self._free:
            client = next((c for c in self._waiting if self._held[c] < self._share), None)
            if client is None:  # "" is a client too: one who has hung up has no address any more
                return
            own = self._waiting.pop(client)
            turn = own.popleft()
            if own:
                self._waiting[client] = own
            if not turn.done():  # else its taker is just going away
                self._held[client] += 1
                turn.set_result(self._free.popleft())


def client_of(address: str) -> str:
    """Who is one client: an address, and of IPv6 the network of which somebody has all addresses.

    >>> [client_of(address) for address in ("10.0.0.1", "::ffff:10.0.0.1", "2001:db8::1", "fe80::1%eth0", "?")]
    ['10.0.0.1', '10.0.0.1', '2001:db8::/64', 'fe80::/64', '?']
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or IPv6Network((int(found), 64), strict=False))
