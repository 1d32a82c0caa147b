"""Files that only have the name of one of ours, as `mkfifo rat.kg-journal` makes: they are refused, never removed.

A link would lead kg to write into another store, a pipe would let it wait for ever, and what SQLite takes for a
journal that it cannot read, it removes.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from kg.endless import kind_of
from kg.errors import StoreError

DATABASE = b"SQLite format 3\0"

# How what kg or SQLite keeps under a name begins, unless it is empty or was cut off before it had a beginning.
_BEGINNINGS = {
    ".part": (DATABASE,),
    ".lock": (),
    "-journal": (b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7",),
    "-wal": (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83"),
}


def check_ours(store: Path, places: Iterable[Path]) -> None:
    """Raise StoreError for the first of some places beside a store at which lies what neither kg nor SQLite made."""
    for place in places:
        if what := _foreign(place):
            raise StoreError(f"{place}: is {what}, where kg keeps a file of its own beside {store.name}; move it away")


def _foreign(place: Path) -> str:
    """What lies at a place, if that is nothing of ours; what cannot be seen is told by who opens it."""
    try:
        found = place.lstat()
    except (OSError, ValueError):
        return ""
    if stat.S_ISLNK(found.st_mode):
        return "a link"
    if stat.S_ISDIR(found.st_mode):
        return "a folder"
    if not stat.S_ISREG(found.st_mode):
        return kind_of(place)
    if place.suffix == ".part" and found.st_nlink > 1:
        return "a link"  # another name of the same file, whose content would change with it
    head = beginning(place, len(DATABASE))
    known = next((known for ending, known in _BEGINNINGS.items() if place.name.endswith(ending)), (b"",))
    return "a file of somebody else" if head.strip(b"\0") and not head.startswith(known) else ""


def beginning(path: str | os.PathLike[str], size: int) -> bytes:
    """The first bytes of a file, none of what cannot be read; who opens a pipe waits for somebody to write into it."""
    if os.path.isfile(path):
        with suppress(OSError, ValueError), open(path, "rb") as stream:
            return stream.read(size)
    return b""
