"""Rows of tables that people keep by hand: CSV, with commas or the semicolons of German spreadsheets, and JSON lines.

Each row comes with its line, so that what is wrong with it can be said where it stands.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.errors import SourceError


def is_csv(path: str | os.PathLike[str]) -> bool:
    """Whether a file is read as CSV; every other one has a JSON object a line."""
    return Path(path).suffix.lower() == ".csv"


def read_rows(path: str | os.PathLike[str]) -> Iterator[tuple[int, Mapping[str, Any] | None]]:
    """Yield line and row of a UTF-8 file, None for a line that is no JSON object; empty lines are left out.

    Raises SourceError for a file that cannot be read.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror}); check the name") from error
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    return _csv_rows(text) if is_csv(path) else _json_rows(text)


def _csv_rows(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    head = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    for row in reader:
        yield reader.line_num, row


def _json_rows(text: str) -> Iterator[tuple[int, Mapping[str, Any] | None]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                row = json.loads(line)
            except json.JSONDecodeError:
                row = None
            yield number, row if isinstance(row, dict) else None
