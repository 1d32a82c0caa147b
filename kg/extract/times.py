"""German dates: "am 12. Januar 2018", "seit 2018", "von 2019 bis 2022" → ISO 8601, as precise as the text.

Only what names its year is read; "gestern" and "im Vorjahr" need the document's date and come later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kg.records import Time

_MONTHS = (
    "januar februar märz april mai juni juli august september oktober november dezember".split(),
    "jan feb mär apr mai jun jul aug sep okt nov dez".split(),
    "jänner feber mrz apr mai juni juli aug sept okt nov dez".split(),
)
_MONTH_NUMBERS = {name: number for names in _MONTHS for number, name in enumerate(names, 1)}
_MONTH = "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True))
_YEAR = r"(?:1[0-9]|20)\d\d"


def _date(n: int) -> str:
    """The pattern of one date, its groups numbered `n`: "12. Januar 2018", "5.3.2020", "Oktober 2022", "2018"."""
    spelled = rf"(?:(?P<day{n}>\d{{1,2}})\.\s*)?(?P<month{n}>{_MONTH})\.?\s+"
    return rf"(?:{spelled}|(?P<d{n}>\d{{1,2}})\.\s*(?P<m{n}>\d{{1,2}})\.\s*)?(?P<year{n}>{_YEAR})"


_TIME = re.compile(
    r"(?<![\w.,-])(?:(?P<lead>zwischen|seit|ab|bis|vor|nach|von|am|im|in|anfang|ende|mitte)\s+)?"
    r"(?:(?:dem|den|die|der|anfang|ende|mitte|jahre?n?s?)\s+)*"
    rf"{_date(1)}(?:\s*(?P<to>bis|und|–|-)\s*(?:(?:zum|in|jahr)\s+)*{_date(2)})?"
    r"(?![\w-]|\.\d|,\d|\s*(?:Euro|Prozent|Menschen|Uhr))",
    re.IGNORECASE,
)


def find_times(text: str, offset: int = 0) -> Iterator[Time]:
    """Yield the dates and spans of time in a text, offsets moved by `offset`.

    >>> [(t.text, t.since, t.until) for t in find_times("Sie lief von 2018 bis Oktober 2022.")]
    [('von 2018 bis Oktober 2022', '2018', '2022-10')]
    >>> [(t.text, t.since, t.until) for t in find_times("Am 12. Januar 2018 und seit 2020.")]
    [('Am 12. Januar 2018', '2018-01-12', '2018-01-12'), ('seit 2020', '2020', '')]
    """
    for match in _TIME.finditer(text):
        if (match["lead"] or "").casefold() in ("von", "zwischen") and not match["to"]:
            continue
        first = _iso(match, "1")
        last = _iso(match, "2") if match["to"] else first
        lead = (match["lead"] or "").casefold()
        ranged = (match["to"] and match["to"].casefold() != "und") or lead == "zwischen"
        if match["to"] and not ranged:
            last = first
        since = "" if lead in ("bis", "vor") and not match["to"] else first
        until = "" if lead in ("seit", "ab", "nach") and not match["to"] else last
        yield Time(offset + match.start(), offset + match.end(), match[0], since, until)


def _iso(match: re.Match[str], n: str) -> str:
    """A date as precisely as it can be meant: "31. Februar 2018" is February 2018."""
    year, month, day = match["year" + n], match["month" + n] or match["m" + n], match["day" + n] or match["d" + n]
    number = int(month) if (month or "").isdigit() else _MONTH_NUMBERS.get((month or "").casefold(), 0)
    if not 1 <= number <= 12:
        return year
    try:
        return date(int(year), number, int(day or 0)).isoformat()
    except ValueError:  # no day, or one that the month does not have
        return f"{year}-{number:02d}"
