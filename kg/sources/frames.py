"""Texts from pandas: a DataFrame with one text a row is read like a file of JSON lines."""

from __future__ import annotations

import sys
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeGuard

from kg.errors import SourceError
from kg.records import Document
from kg.sources.fields import as_text, document_from_record
from kg.sources.leftout import Outcome, first_few

if TYPE_CHECKING:
    import pandas


def is_frame(item: object) -> TypeGuard[pandas.DataFrame]:
    """Whether something is a DataFrame; who has one has imported pandas."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(item, pandas.DataFrame)


def read_frame(frame: pandas.DataFrame) -> Iterator[Outcome]:
    """Yield the document of each row: column "text", and as far as there "id", "title", "date", "publisher", "url".

    Without an id the row's label in the index is one ("row-0"). A row whose text is missing or empty, or another field
    wrong, is an error in the document's place. Raises SourceError for a table without texts.
    """
    columns = [as_text(name, "DataFrame: a column") for name in frame.columns]
    if "text" not in columns:
        raise SourceError(
            f'DataFrame: no column "text" (there is {", ".join(columns) or "none"}); '
            'name it so: frame.rename(columns={"…": "text"})'
        )
    if len(set(columns)) < len(columns):
        twice = next(name for name in columns if columns.count(name) > 1)
        raise SourceError(f'DataFrame: two columns "{twice}"; drop or rename one')
    if frame.empty:
        raise SourceError("DataFrame: no rows; pass one with a text a row")
    yield from first_few(map(_row, frame.index, frame.to_dict("records")), "DataFrame")


def _row(label: object, row: Mapping[Hashable, Any]) -> Document | SourceError:
    record = {str(name): _plain(value) for name, value in row.items()}
    try:
        name = as_text(label, "DataFrame: the label of a row")
        return replace(document_from_record(record, f"DataFrame, row {name}", f"row-{name}"), encoding="")
    except SourceError as error:
        return error


def _plain(value: Any) -> Any:
    """A cell as JSON would have it: what is missing as None, a date as ISO text, a year that became 2018.0 whole."""
    import pandas

    if isinstance(value, Decimal) and value.is_nan():
        return None  # of one that signals, pandas cannot be asked
    if pandas.api.types.is_scalar(value) and pandas.isna(value):
        return None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, pandas.Period):
        return str(value)
    value = getattr(value, "item", lambda: value)() if pandas.api.types.is_scalar(value) else value  # numpy's numbers
    return int(value) if isinstance(value, float) and value.is_integer() else value
