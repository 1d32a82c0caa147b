"""What kg wrote may be written again; a file of somebody else's is not replaced: `kg export a.kg texte/mai.jsonl`.

A store does not tell where its texts lie, and a text may end in .html or .jsonl as an output does. So the file that is
there is looked at: its beginning tells whether kg has written it.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Mapping

from kg.errors import FormatError

_PAGE = rb'<!DOCTYPE html>\s<html lang="de">\s<head>\s<meta charset="utf-8">\s<meta http-equiv="Content-Secur'
_BEGINNINGS: Mapping[str, re.Pattern[bytes]] = {
    ".html": re.compile(_PAGE),
    ".jsonl": re.compile(rb'\{"kind":'),
    "nodes.csv": re.compile(rb"Id,Label,"),
    "edges.csv": re.compile(rb"Source,Target,Type,"),
    "evidence.csv": re.compile(rb"fact,document,"),
}
"""Suffix, or the name of a table → how such a file of kg's begins."""

LEDGER = re.compile(rb'\{"left":')


def check_ours(path: str | os.PathLike[str], kind: str) -> None:
    """Raise FormatError for a file at `path` that kg did not write as this `kind`, a suffix or the name of a table.

    Kinds that no text and no list of names has are let through, and so are empty files; a database never is.
    """
    if _begun(path).startswith(b"SQLite format 3") and kind != ".kg":
        raise FormatError(f"{path}: is a store or another database; name another file")
    if kind in _BEGINNINGS:
        check_beginning(path, _BEGINNINGS[kind])


def check_beginning(path: str | os.PathLike[str], beginning: re.Pattern[bytes]) -> None:
    """Raise FormatError for a file that is there and begins otherwise."""
    begun = _begun(path)
    if begun and not beginning.match(begun):
        raise FormatError(f"{path}: is there and was not written by kg; name another file, or remove it")


def check_sheet(path: str | os.PathLike[str], columns: tuple[str, ...]) -> None:
    """Raise FormatError for a file that is there and is no sheet of questions, or one that somebody has begun to fill.

    `columns` are those of a sheet, the verdict first; a spreadsheet may have saved it with other signs between them.
    """
    if not _begun(path):
        return
    with open(path, encoding="utf-8-sig", errors="replace", newline="") as stream:
        text = stream.read()
    header = text.partition("\n")[0]
    signs = next((sign for sign in ",;\t" if header.strip().replace('"', "").split(sign)[:2] == [*columns[:2]]), "")
    if not signs:
        raise FormatError(f"{path}: is there and was not written by kg; name another file, or remove it")
    rows = csv.reader(io.StringIO(text), delimiter=signs)
    if any(row and row[0].strip() for row in list(rows)[1:]):
        raise FormatError(f"{path}: has verdicts filled in; --import it, then remove it, or name another file")


def _begun(path: str | os.PathLike[str]) -> bytes:
    """The first bytes of a file, none where there is no file."""
    try:
        with open(path, "rb") as stream:
            return stream.read(1000).lstrip(b"\xef\xbb\xbf \r\n\t")
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise FormatError(f"{path}: is there and cannot be read ({error.strerror}); name another file") from error
