"""Files that only have the name of one of ours, as `mkfifo rat.kg-journal` makes: they are refused, never removed.

A link would lead kg to write into another store, a pipe would let it wait for ever, and what SQLite takes for a
journal that it cannot read, it removes.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterable
from pathlib import Path

from kg.errors import StoreError
from kg.store.header import beginning, is_kgs
from kg.system.special_files import special_kind

# Until SQLite has the pages of a journal on the disk, zeros stand for its mark; behind them come a random number, the
# pages of the database, and the sizes of a sector and of a page, which are powers of two.
_SIZE = rb"(?:\0\0[\x02\x04\x08\x10\x20\x40\x80]\0|\0\x01\0\0)"
_UNSYNCED = rb"\0{12}.{8}" + _SIZE + _SIZE

# How SQLite's files begin; those of zeros are not yet begun, or no longer in use. A -shm has two heads, of which the
# second is written first.
_BEGINNINGS = {
    "-journal": re.compile(rb"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7|\0*\Z|" + _UNSYNCED, re.DOTALL),
    "-wal": re.compile(rb"\x37\x7f\x06[\x82\x83]"),
    "-shm": re.compile(rb"\x18\xe2\x2d\0|\0\x2d\xe2\x18|\0*\Z|\0{48}"),
}


def check_neighbours(store: Path, places: Iterable[Path]) -> None:
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
        return special_kind(place)
    if place.suffix == ".part" and found.st_nlink > 1:
        return "a link"  # another name of the same file, whose content would change with it
    head = beginning(place)
    return "a file of somebody else" if head and not _may_begin(place, head) else ""


def _may_begin(place: Path, head: bytes) -> bool:
    """Whether a file of such a name may begin so; a lock has no content, and all else is a database of kg's."""
    for ending, begins in _BEGINNINGS.items():
        if place.name.endswith(ending):
            return bool(begins.match(head))
    empty = not head.strip(b"\0")  # what a power cut leaves
    return place.suffix != ".lock" and (empty or is_kgs(head))
