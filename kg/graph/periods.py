"""When a fact holds, from what its claims say: "2022" and "im Oktober 2022" agree on October 2022, "2018" is another.

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


Ends = tuple[str, str]
"""`since` and `until` of a time."""


def span_of(time: Time | None) -> Ends | None:
    """`since` and `until` of a time that says when; None for none, and for one that ends before it begins.

    >>> span_of(Time(0, 0, "2018", "2018", "2018")), span_of(Time(0, 0, "gestern")), span_of(None)
    (('2018', '2018'), None, None)
    """
    if time is None or not (time.since or time.until):
        return None
    first, last = _days(time.since, time.until)
    return (time.since, time.until) if first <= last else None


def agreeing(spans: Iterable[Ends]) -> list[list[Ends]]:
    """Times in groups that agree, earliest first: each of a group lies inside the others of it, or encloses them.

    One that encloses several groups which do not agree is a group of its own, for it may mean any of them.

    >>> agreeing([("2018", "2018"), ("2018-01-12", "2018-01-12"), ("2015", "2019"), ("2005", "2008")])
    [[('2005', '2008')], [('2018-01-12', '2018-01-12'), ('2018', '2018'), ('2015', '2019')]]
    >>> agreeing([("2018", "2018"), ("2018-01", "2018-01"), ("2018-05", "2018-05")])
    [[('2018-01', '2018-01')], [('2018', '2018')], [('2018-05', '2018-05')]]
    """
    groups: list[list[Ends]] = []
    for span in sorted(set(spans), key=_narrowest_first):
        fitting = [group for group in groups if all(_nested(span, other) for other in group)]
        if len(fitting) == 1:
            fitting[0].append(span)
        else:
            groups.append([span])
    return sorted(groups, key=lambda group: (_days(*group[0]), group))


def _narrowest_first(span: Ends) -> tuple[int, date, Ends]:
    first, last = _days(*span)
    return (last - first).days, first, span


def _nested(one: Ends, other: Ends) -> bool:
    """Whether one of two times lies inside the other."""
    (first, last), (begins, ends) = _days(*one), _days(*other)
    return (first <= begins and ends <= last) or (begins <= first and last <= ends)


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
    known = [(_days(time.since, time.until), time) for time in times]
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
    since = [fact.since] if is_lenient_date(fact.since) else [*written, fact.until]
    until = [fact.until] if is_lenient_date(fact.until) else [*written, fact.since]
    first = min((first_day(day) for day in since if is_lenient_date(day)), default=None)
    last = max((last_day(day) for day in until if is_lenient_date(day)), default=None)
    return (min(first, last), max(first, last)) if first and last else None


def first_and_last(docs: Iterable[str], documents: Mapping[str, Document]) -> tuple[str, str]:
    """When the first and the last of some documents were written, "" where none has a date; a text that is none
    ("Mai 2021", of an older kg) is left out.

    The first is the one that begins first, the last the one that ends last: "2018" does both beside a day of 2018.

    >>> written = {date: Document(date, "", date=date) for date in ("2018", "2018-03-01", "2017-12", "2017-12-31")}
    >>> first_and_last(["2018-03-01", "2018"], written), first_and_last(["2017-12-31", "2017-12"], written)
    (('2018', '2018'), ('2017-12', '2017-12-31'))
    >>> first_and_last(written, written)
    ('2017-12', '2018')
    """
    dates = [date for doc in docs if doc in documents and is_lenient_date(date := documents[doc].date)]
    first = min(dates, key=lambda date: (first_day(date), date), default="")
    return first, max(dates, key=lambda date: (last_day(date), date), default="")


def days_of(iso: str) -> tuple[date, date] | None:
    """The first and the last day of a date; None for a text that is none.

    >>> [day.isoformat() for day in days_of("2020-02")], days_of("im Mai")
    (['2020-02-01', '2020-02-29'], None)
    """
    return (first_day(iso), last_day(iso)) if is_lenient_date(iso) else None


def _days(since: str, until: str) -> tuple[date, date]:
    """The first and the last day of a time, which may lie open."""
    return first_day(since) if since else date.min, last_day(until) if until else date.max


def is_lenient_date(text: str) -> bool:
    """Whether a text is a date of ISO 8601 that may lack its day or its month, or have a day that its month lacks.

    >>> [is_lenient_date(text) for text in ("2018", "2018-02-30", "", "im Mai", "2018-13")]
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
