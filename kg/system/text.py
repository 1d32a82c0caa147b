"""Text in one line, counts with their noun ("2 documents"), whether a text is a date, and today's."""

from __future__ import annotations

import re
from datetime import date


def one_line(text: str) -> str:
    r"""Text with its line breaks and runs of blanks as single blanks.

    >>> one_line("Huawei\n  warnt.")
    'Huawei warnt.'
    """
    return " ".join(text.split())


def counted(count: int, noun: str, plural: str = "") -> str:
    """A count with its noun.

    >>> counted(1, "document"), counted(2, "document"), counted(0, "entity", "entities")
    ('1 document', '2 documents', '0 entities')
    """
    return f"{count} {noun if count == 1 else plural or noun + 's'}"


_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def is_date(value: str) -> bool:
    """Whether a text is a date of ISO 8601, to the year, the month or the day.

    >>> is_date("2022"), is_date("2021-05"), is_date("2023-02-29"), is_date("gestern")
    (True, True, False, False)
    """
    match = _DATE.fullmatch(value)
    try:
        return match is not None and bool(date(int(match[1]), int(match[2] or 1), int(match[3] or 1)))
    except ValueError:
        return False


def today() -> str:
    """The day on the clock: of all that kg writes, only what a person decides is dated by it."""
    return date.today().isoformat()
