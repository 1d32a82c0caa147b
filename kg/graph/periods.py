"""When a fact holds, from what its claims say: "2022" and "im Oktober 2022" agree on October 2022.

ISO dates of different precision cannot be compared as strings. Here each stands for all its days, and an end that is
"" lies open.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date

from kg.records import Document, Fact, Time

ISO_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
"""The form of a date that may lack its day or its month."""


def common_period(times: Iterable[Time]) -> tuple[str, str]:
    """`since` and `until` of the narrowest of some times when all others enclose it, else two empty strings.

    An end that one of the times leaves open stays open: who says "seit 2018" does not say that it was over the day
    after. Times that only touch, or lie apart, are of different events; so is a time that ends before it begins.

    >>> common_period([Time(0, 0, "", "2022", "2022"), Time(0, 0, "", "2022-10", "2022-10")])
    ('2022-10', '2022-10')
    >>> common_period([Time(0, 0, "", "2018", ""), Time(0, 0, "", "2018-01-12", "2018-01-12")])
    ('2018-01-12', '')
    >>> common_period([Time(0, 0, "", "2018", "2019"), Time(0, 0, "", "2019", "2020")])
    ('', '')
    """
    known = [(_days(time), time) for time in times]
    known = [((first, last), time) for (first, last), time in known if first <= last]
    if not known:
        return "", ""
    latest, earliest = max(days[0] for days, _ in known), min(days[1] for days, _ in known)
    narrowest = [time for days, time in known if days == (latest, earliest)]
    if not narrowest:
        return "", ""
    best = max(narrowest, key=lambda time: (len(time.since) + len(time.until), time.since, time.until))
    since = best.since if all(time.since for _, time in known) else ""
    return since, best.until if all(time.until for _, time in known) else ""


def fact_period(fact: Fact, documents: Mapping[str, Document]) -> tuple[date, date] | None:
    """The first and the last day of a fact: the time that its claims name, else when its documents were written.

    An end that the time leaves open is closed by the documents where they can: "seit 2018", written in 2022, is known
    to hold until then. None where nothing has a date; a text that is none ("im Mai") is as good as nothing.
    """
    written = [documents[claim.doc].date for claim in fact.claims]
    since = [fact.since] if is_date(fact.since) else [*written, fact.until]
    until = [fact.until] if is_date(fact.until) else [*written, fact.since]
    first = min((first_day(day) for day in since if is_date(day)), default=None)
    last = max((last_day(day) for day in until if is_date(day)), default=None)
    return (min(first, last), max(first, last)) if first and last else None


def first_and_last(docs: Iterable[str], documents: Mapping[str, Document]) -> tuple[str, str]:
    """When the first and the last of some documents were written, "" where none has a date.

    >>> first_and_last(["a", "b"], {"a": Document("a", "", date="2018-01"), "b": Document("b", "", date="2022")})
    ('2018-01', '2022')
    """
    dates = [documents[doc].date for doc in docs if doc in documents and documents[doc].date]
    return min(dates, default=""), max(dates, default="")


def _days(time: Time) -> tuple[date, date]:
    """The first and the last day of a time."""
    return (
        first_day(time.since) if time.since else date.min,
        last_day(time.until) if time.until else date.max,
    )


def is_date(text: str) -> bool:
    """Whether a text is a date of ISO 8601 that may lack its day or its month.

    >>> [is_date(text) for text in ("2018", "2018-01-12", "", "im Mai", "2018-13")]
    [True, True, False, False, False]
    """
    try:
        return ISO_DATE.fullmatch(text) is not None and first_day(text) <= last_day(text)
    except ValueError:
        return False


def first_day(iso: str) -> date:
    """The first day of a date that may lack its day or its month.

    >>> first_day("2018").isoformat()
    '2018-01-01'
    """
    return _day(iso, last=False)


def last_day(iso: str) -> date:
    """The last day of a date that may lack its day or its month.

    >>> last_day("2020-02").isoformat()
    '2020-02-29'
    """
    return _day(iso, last=True)


def _day(iso: str, last: bool) -> date:
    """The first or last day of a date, which may name a day that its month does not have."""
    year, month, day = (int(part) for part in (*iso.split("-"), "0", "0")[:3])
    month = month or (12 if last else 1)
    longest = monthrange(year, month)[1]
    return date(year, month, min(day, longest) or (longest if last else 1))
