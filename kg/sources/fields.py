"""A JSON object, a table row or a sidecar → the fields of a Document: {"text": "…", "date": "2021-05-04T10:00:00Z"}.

What the owner of a record may have meant is taken ("date": 2021), what they cannot have meant is a SourceError that
says where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kg.errors import SourceError
from kg.records import Document
from kg.sources.leftout import readable
from kg.system.log import log
from kg.system.text import is_date


def document_from_record(record: Mapping[str, Any], where: str, default_id: str) -> Document:
    """The document of a JSON object or table row with "text" and perhaps "id", "title", "date", "publisher", "url".

    Raises SourceError, whose message begins with `where`, for a text that is missing or empty and for fields that do
    not fit.
    """
    id_ = record.get("id")
    if isinstance(id_, bool) or not isinstance(id_, (str, int, float, type(None))):
        raise SourceError(f'{where}: the "id" is no string; write a string or a number', folders=("",))
    identity = _whole(as_text(id_, f'{where}: the "id"').strip(), "id", where) if id_ is not None else ""
    identity = identity or valid(default_id)
    try:
        return Document(identity, _text(record, where), **about_text(record, where))
    except SourceError as error:
        error.documents = (identity,)
        raise


_OF_OURS = ({"kind", "id"}, {"left", "right", "verdict"}, {"doc", "sentence", "predicate"})


def is_ours(record: Mapping[str, Any]) -> bool:
    """Whether an object is a line that kg writes: of a graph as .jsonl, a ledger of verdicts, or `kg extract`.

    >>> is_ours({"kind": "entity", "id": "Huawei"}), is_ours({"kind": "brief", "id": 1, "text": "Link warnt."})
    (True, False)
    """
    return "text" not in record and any(keys <= record.keys() for keys in _OF_OURS)


def _text(record: Mapping[str, Any], where: str) -> str:
    given = record.get("text")
    if not isinstance(given, str):
        raise SourceError(f'{where}: no "text"; each needs one, and it must be a string')
    return readable(_whole(given, "text", where), where)


def as_text(value: object, what: str) -> str:
    """A value as text. Raises SourceError, which says what it is, for a number that Python writes to nobody."""
    try:
        return str(value)
    except ValueError as error:
        raise SourceError(f"{what} is a number of more than 4,300 digits; write it as a text") from error


def _whole(given: str, field: str, where: str) -> str:
    """A field with U+FFFD for half a surrogate pair, and a warning that says so."""
    text = valid(given)
    if text != given:
        log.warning("%s: half a surrogate pair in the %s; read as U+FFFD", where, field)
    return text


def about_text(record: Mapping[str, Any], where: str) -> dict[str, str]:
    """The four fields about a text; null and absent are "", and a title, a publisher or a year may be a number."""
    about = {}
    for key in ("title", "publisher", "date", "url"):
        value = record.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and key != "url":
            value = as_text(value, f'{where}: the "{key}"')
        if value is not None and not isinstance(value, str):
            raise SourceError(f'{where}: the "{key}" is no string; write it in quotation marks')
        about[key] = _whole(value or "", key, where).strip()
    about["date"] = checked_date(about["date"], where)
    return about


_TIMESTAMP = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:?\d\d\S*(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?")


def checked_date(value: str, where: str) -> str:
    """An ISO 8601 date as precise as it was given; a timestamp is cut to its day.

    >>> checked_date("2021-05", "a.json"), checked_date("2021-05-04T10:00:00+02:00", "a.json")
    ('2021-05', '2021-05-04')
    """
    timestamp = _TIMESTAMP.fullmatch(value)
    day = timestamp[1] if timestamp else value
    if day and not is_date(day):
        raise SourceError(f'{where}: the date "{value[:40]}" is not ISO 8601; write YYYY, YYYY-MM or YYYY-MM-DD')
    return day


def valid(text: str) -> str:
    """The text with U+FFFD for lone surrogates (from JSON's "\\ud800", odd file names), which no UTF-8 can hold."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)
