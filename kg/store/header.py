"""How a store begins, "rat.kg" as any: with SQLite's mark, and behind it whose database it is and of which version."""

from __future__ import annotations

import os
from contextlib import suppress

from kg.errors import StoreError
from kg.system.hidden_files import is_begun
from kg.system.special_files import endless

DATABASE = b"SQLite format 3\0"
APPLICATION_ID = 0x6B674445  # "kgDE", where `file` and SQLite look for the owner of a database
VERSION = 5
WITHOUT_RISK, WITHOUT_ROLES, WITHOUT_DIGESTS = 4, 3, 2
# Stores of older versions are read as they are, and get what they lack when they are written to.
READABLE = (VERSION, WITHOUT_RISK, WITHOUT_ROLES, WITHOUT_DIGESTS)

SIZE = 100
"""The bytes that SQLite's header has."""


def is_store(path: str | os.PathLike[str]) -> bool:
    """Whether a file is a store of a version that is read here, as far as its header tells; takes no lock."""
    header = beginning(path)
    return is_kgs(header) and int.from_bytes(header[60:64], "big") in READABLE


def is_kgs(header: bytes) -> bool:
    """Whether that is the header of a database of kg's, of whatever version."""
    return header.startswith(DATABASE) and header[68:72] == APPLICATION_ID.to_bytes(4, "big")


def no_store(path: str | os.PathLike[str], name: str) -> str:
    """Why there is no store to be read at a path, which messages call `name`."""
    if kind := endless(path):
        return f"is {kind}, no store; pass a .kg file that `kg build` wrote"
    if is_begun(path):
        return "no such store yet; a build of it is under way, or was interrupted: wait for it, or run it again"
    return f"no such store; build one with `kg build INPUT -o {name}`"


def check_mark(path: str, owner: int, version: int) -> None:
    """Raise StoreError for the database of another owner, and for one of a version that is not read here."""
    if owner != APPLICATION_ID:
        raise StoreError(f"{path}: no kg store; pass a .kg file that `kg build` wrote, or another name")
    if version not in READABLE:
        raise StoreError(
            f"{path}: a store of version {version}, this kg reads version {VERSION}; "
            "build it again under another name, or use the kg that wrote it"
        )


def beginning(path: str | os.PathLike[str]) -> bytes:
    """The first bytes of a file; none of what cannot be read or is no file, since opening a pipe would wait."""
    if os.path.isfile(path):
        with suppress(OSError, ValueError), open(path, "rb") as stream:
            return stream.read(SIZE)
    return b""
