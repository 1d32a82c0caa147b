"""What kg wrote may be written again; a file of somebody else's is not replaced: `kg export a.kg texte/mai.jsonl`.

A store does not tell where its texts lie, and a text may end in .html or .jsonl as an output does; a file for Gephi may
be one that Gephi saved. So the file that is there is looked at: what kg writes first, or always, tells whose it is.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import BinaryIO

from kg.errors import FormatError
from kg.formats.suffixes import FORMATS

_AT_ONCE = 1 << 20
_LONGEST_RECORD = 64 << 20  # an entity stands in one line with all its mentions


def check_ours(path: str | os.PathLike[str], kind: str) -> None:
    """Raise FormatError for a file at `path` that kg did not write as this `kind`, a suffix or the name of a table.

    An empty file is let through, and a .kg one, which the store looks at itself; another database never is.
    """
    try:
        with open(path, "rb") as stream:
            begun = stream.read(1000)
            stream.seek(0)
            ours = _is_empty(begun) or kind == ".kg" or _is_ours(stream, kind)
    except FileNotFoundError:
        return
    except OSError as error:
        raise FormatError(f"{path}: is there and cannot be read ({error.strerror}); name another file") from error
    if begun.startswith(b"SQLite format 3") and kind != ".kg":
        raise FormatError(f"{path}: is a store or another database; name another file")
    if not ours:
        raise FormatError(f"{path}: is there and was not written by kg; name another file, or remove it")


def _is_empty(begun: bytes) -> bool:
    return not begun.strip() and len(begun) < 1000


def _is_ours(stream: BinaryIO, kind: str) -> bool:
    if form := FORMATS.get(kind):
        if form.declares:
            return _holds(stream, form.declares)
        if form.begins:
            return stream.read(1000).startswith(form.begins)
        known: bool = import_module(f"kg.formats.{form.writer}").is_record(stream.readline(_LONGEST_RECORD))
        return known
    from kg.formats import cooccurrence, tables

    headers = [module.HEADERS[kind] for module in (tables, cooccurrence) if kind in module.HEADERS]
    return stream.read(1000).startswith(tuple(f"{','.join(header)}\n".encode() for header in headers))


def _holds(stream: BinaryIO, sign: bytes) -> bool:
    """Whether some bytes are anywhere in a file, however long it is."""
    read = b""
    while chunk := stream.read(_AT_ONCE):
        read = read[-len(sign) :] + chunk
        if sign in read:
            return True
    return False
