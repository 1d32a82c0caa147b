"""Spans of time on the calendar, in ISO 8601: what "vergangene Woche" or "Anfang 2018" comes to.

A span is the pair of its ends, each as precise as it is known: ("2018-01", "2018-03") is the first quarter of 2018.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

Interval = tuple[str, str]
"""First and last day, month or year."""


class Written(NamedTuple):
    """The days on which a text may have been written: one, those of a month, those of a year, or none (precision 0)."""

    first: date
    last: date
    precision: int  # the length of its ISO form: 4, 7, 10


@cache
def written_on(iso: str) -> Written:
    """The span of days that an ISO date stands for; what is no date is not known."""
    match = re.match(r"([1-8]\d{3})(?:-(\d\d)(?:-(\d\d))?)?(?!\d)", iso)
    year, month, day = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    if not match or month > 12 or len(iso_date(year, month, day)) < len(match[0]):
        return Written(date.min, date.max, 0)
    return Written(day_of(year, month or 1, day), day_of(year, month or 12, day, end=True), len(match[0]))


def iso_date(year: int, month: int = 0, day: int = 0) -> str:
    """A date as precisely as it can be meant: "31. Februar 2018" is February 2018, a 13th month only the year."""
    if not 1 <= month <= 12:
        return f"{year:04d}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:  # no day, or one that the month does not have
        return f"{year:04d}-{month:02d}"


def months_of(year: int, first: int, last: int) -> Interval:
    """Months of a year; those after December are of the next."""
    return iso_date(year + (first - 1) // 12, (first - 1) % 12 + 1), iso_date(
        year + (last - 1) // 12, (last - 1) % 12 + 1
    )


def days_from(first: date, n: int) -> Interval:
    """The span of `n` days from a first day on."""
    return first.isoformat(), (first + timedelta(n - 1)).isoformat()


def day_of(year: int, month: int, day: int, end: bool = False) -> date:
    """A day of a month that may be one of the next year; one that it does not have is its last."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    longest = monthrange(year, month)[1]
    return date(year, month, longest if end and not day else min(day or 1, longest))


def third_of(span: Interval, which: int | None) -> Interval:
    """Part of a span ("Anfang", "Mitte", "Ende"): its first, middle or last third in the next smaller unit; all of it
    where `which` is None. "Anfang 2018" → 2018-01 to 2018-04; the end of a week is from Friday on.
    """
    if which is None:
        return span
    steps = steps_of(*span)
    n = len(steps)
    cuts = (0, 2, 4, 7) if n == 7 else (0, round(n / 3), round(2 * n / 3), n)  # a week ends from Friday on
    return steps[cuts[which]], steps[max(cuts[which + 1] - 1, cuts[which])]


def steps_of(since: str, until: str) -> list[str]:
    """The years, months or days that make up a span."""
    if len(since) == 4 and since != until:
        return [iso_date(year) for year in range(int(since), int(until) + 1)]
    first, last = written_on(since).first, written_on(until).last
    size = 7 if len(since) == 4 or (len(since) == 7 and since != until) else 10
    return sorted({(first + timedelta(n)).isoformat()[:size] for n in range((last - first).days + 1)})


def shifted(now: Written, unit: str, n: int) -> Interval | None:
    """Deictic span: the day, week, weekend, month or year `n` later than the day of writing ("vergangene Woche": -1),
    None where that is not known well enough.
    """
    kind = unit.casefold().removeprefix("geschäfts").removeprefix("kalender")
    if kind.startswith("jahr"):
        return (iso_date(now.first.year + n),) * 2 if now.precision >= 4 and now.first.year + n > 999 else None
    if kind.startswith("monat"):
        return months_of(now.first.year, now.first.month + n, now.first.month + n) if now.precision >= 7 else None
    if now.precision < 10:
        return None
    monday = now.first + timedelta(7 * n - now.first.weekday())
    if kind.startswith("woche"):
        return days_from(monday + timedelta(5), 2) if kind.startswith("wochenende") else days_from(monday, 7)
    return days_from(now.first + timedelta(n), 1)


def week_of(year: int, number: int) -> Interval | None:
    """Calendar week (ISO 8601), from Monday to Sunday; None for a week that a year does not have."""
    try:
        return days_from(date.fromisocalendar(year, number, 1), 7)
    except ValueError:
        return None


def feast_of(year: int, when: Sequence[int]) -> tuple[date, date]:
    """The first and last day of a feast in a year: [month, day, days], or [days after Easter Sunday, days]."""
    *start, n = when
    first = date(year, start[0], start[1]) if len(start) == 2 else _easter(year) + timedelta(start[0])
    return first, first + timedelta(n - 1)


def _easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar, after Gauss: the Sunday behind the first full moon of spring."""
    a, b, c = year % 19, year // 100, year % 100
    moon = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (b % 4) + 2 * (c // 4) - moon - c % 4) % 7
    late = (a + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
