"""Messages between the server and its workers: four bytes for the length, then so many bytes."""

from __future__ import annotations

import struct

_LENGTH = struct.Struct("!I")


def pack(body: bytes) -> bytes:
    r"""A message.

    >>> pack(b"ja")
    b'\x00\x00\x00\x02ja'
    """
    return _LENGTH.pack(len(body)) + body


def size_of(head: bytes) -> int:
    r"""The length of the message behind its first four bytes.

    >>> size_of(b"\x00\x00\x00\x02")
    2
    """
    return int(_LENGTH.unpack(head)[0])
