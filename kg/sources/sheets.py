"""Rows of tables that people keep by hand: CSV as spreadsheets write it ("Link;Person" in cp1252), and JSON lines.

Each row comes with its line, so that what is wrong with it can be said where it stands.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import Any

from kg.errors import SourceError
from kg.sources.encodings import decode
from kg.sources.fields import valid
from kg.system.special_files import endless


def is_csv(path: str | os.PathLike[str]) -> bool:
    """Whether a file is read as CSV; every other one has a JSON object a line."""
    return Path(path).suffix.lower() == ".csv"


def read_rows(
    path: str | os.PathLike[str], column: Callable[[str], str] = str
) -> Iterator[tuple[int, Mapping[str, Any] | None]]:
    """Yield line and row of a file, None for a line that is no JSON object; empty lines are left out.

    JSON lines are UTF-8; the encoding of a CSV is recognised as that of a text is. `column` makes of what a CSV calls a
    column what it is called here. Raises SourceError for a file that cannot be read, for what is none, for a CSV with
    two columns of one name or in which a quotation mark is never closed, and for a line of JSON that holds half a
    character.
    """
    if kind := endless(path):
        raise SourceError(f"{path}: is {kind}, no file; write what it gives into a file, and pass that")
    try:
        data = Path(path).read_bytes()
        if data.startswith(_OFFICE):
            raise SourceError(f"{path}: a spreadsheet or other office document; save it as CSV, and pass that")
        if is_csv(path):
            text, _ = decode(data, os.fspath(path))
            return iter(_csv_rows(re.sub("\r\n?", "\n", text), path, column))
        return _json_rows(data.decode("utf-8-sig"), path)
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror}); check the name") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except ValueError as error:
        raise SourceError(f"{path}: cannot be read ({error}); check the name") from error


# How .xlsx and .ods begin, which are zip files, and .xls.
_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")

_END = "\ue000"  # a character that nobody writes, as a last line: in a cell it tells that a quotation was open

# Python's own limit is there for quotation marks that are never closed and swallow a file; here the last line tells.
_LARGEST_CELL = (1 << 31) - 1


def _csv_rows(
    text: str, path: str | os.PathLike[str], column: Callable[[str], str]
) -> list[tuple[int, Mapping[Any, Any]]]:
    """Line and row of a table; what has no column stands under None, as `csv.DictReader` has it."""
    first, _, rest = text.partition("\n")
    if re.fullmatch(r"sep=[,;\t]", first):  # what Excel asks for in the first line
        text = f"\n{rest}"
        first = rest.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(f"{text}\n{_END}\n"), delimiter=delimiter)
    with _large_cells():
        try:
            rows = [(reader.line_num, cells) for cells in reader if cells]
        except csv.Error as error:
            raise SourceError(f"{path}:{reader.line_num}: no CSV ({error}); mend this line") from error
    if rows.pop()[1] != [_END]:
        opened = rows[-1][0] + 1 if rows else 1
        raise SourceError(f"{path}:{opened}: a quotation mark that opens here is never closed; close it")
    (_, head), *others = rows or [(0, [])]
    head = [column(name) for name in head]
    if twice := [name for name, count in Counter(filter(None, head)).items() if count > 1]:
        raise SourceError(f"{path}: two columns are called {twice[0]}; rename or delete one of them")
    return [(line, _row(head, cells)) for line, cells in others]


def _row(head: Sequence[str], cells: Sequence[str]) -> Mapping[str | None, Any]:
    beyond = {None: cells[len(head) :]} if len(cells) > len(head) else {}
    return dict(zip_longest(head, cells[: len(head)])) | beyond


@contextmanager
def _large_cells() -> Iterator[None]:
    """Let cells have any size; the limit belongs to all of Python, so it is set back."""
    before = csv.field_size_limit(_LARGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _json_rows(text: str, path: str | os.PathLike[str]) -> Iterator[tuple[int, Mapping[str, Any] | None]]:
    # Not splitlines: a string in JSON may hold U+2028 or U+0085 as they are.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                row = None
            if "\\u" in line and (odd := json.dumps(row, ensure_ascii=False)) != valid(odd):
                raise SourceError(f"{path}:{number}: holds half a surrogate pair, which is no character; write it anew")
            yield number, row if isinstance(row, dict) else None
