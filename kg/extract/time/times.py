"""German dates: "am 12. Januar 2018", "seit 2018", "vergangene Woche" → ISO 8601, as precise as the text.

What names no year is read from the day the text was written, and not yielded where that is not known precisely enough;
words that name neither end ("damals", "bald") never are. The patterns of `times.toml` find what names a span of time, a
reader for each kind turns it into its ends, and the words before and between ("seit", "bis") open or join the spans.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from kg.extract.time.calendars import (
    Interval,
    Written,
    day_of,
    days_from,
    feast_of,
    iso_date,
    months_of,
    shifted,
    third_of,
    week_of,
    written_on,
)
from kg.extract.time.patterns import entry, number, regex, times_table
from kg.extract.time.tense import TimePhrase, clause_around, clause_before, tense_of
from kg.records import Time

_LONG_AGO = 240  # days; 270 read "die Wahlen am 18. Juni" in a text of March as last year's
_JUST_PAST = 45  # days; beside a present tense: "im März liegt die Quote bei 5 Prozent" in a text of April


class Found(NamedTuple):
    """A span of time with its place; `lead` is where the words before it begin, `word` the first of them."""

    start: int
    end: int
    span: Interval
    lead: int
    word: str


def may_name_times(text: str) -> Iterator[int]:
    """Yield the offsets at which a text may name a time: a cheap look that misses none."""
    return (match.start() for match in regex("trigger").finditer(text))


def is_special_date(word: str) -> bool:
    """Whether a word is the name of a feast or a quarter, and of nothing else: "Silvester", "Q3"."""
    return bool(regex("feast").fullmatch(word) or re.fullmatch("Q[1-4]", word))


def is_deictic_day(phrase: str) -> bool:
    """Whether a phrase is a day counted from that of speaking, and no part of one: "heute", not "heute Abend"."""
    return phrase.casefold() in times_table()["days"]


def find_times(text: str, offset: int = 0, written: str = "", tense: str = "") -> Iterator[Time]:
    """Yield the dates and spans of time in a text, offsets moved by `offset`.

    `written` is the day, month or year of the text in ISO 8601; what is relative to it is not yielded without it.
    `tense` is that of the clause that the text is, where it is known: "present", or "over" for a preterite or perfect.

    >>> [(t.text, t.since, t.until) for t in find_times("Sie lief von 2018 bis Oktober 2022.")]
    [('von 2018 bis Oktober 2022', '2018', '2022-10')]
    >>> [(t.text, t.since, t.until) for t in find_times("Am Dienstag kam sie, bald geht sie.", 0, "2018-01-13")]
    [('Am Dienstag', '2018-01-09', '2018-01-09')]
    """
    for time in _times(text, written, tense):
        yield replace(time, start=time.start + offset, end=time.end + offset)


@lru_cache(maxsize=1024)  # an argument is read by itself, and again when it becomes a claim
def _times(text: str, written: str, tense: str) -> tuple[Time, ...]:
    """The times that a text names, none overlapping, two that belong together as one ("von 2018 bis Oktober 2022")."""
    if not regex("trigger").search(text):
        return ()  # most sentences name no time, and this is all they cost
    found, times = _found(text, written_on(written), tense), list[Time]()
    while found:
        first = found.pop(0)
        last = found.pop(0) if found and _joined(text, first, found[0]) else None
        if time := _time(text, first, last):
            times.append(time)
    return tuple(times)


def _year_of(phrase: TimePhrase, first: tuple[int, int], last: tuple[int, int], shift: int | None = None) -> int | None:
    """The year of a span that names only its months or days: of the past, of the future, or the nearest.

    No year is told by a clause of habits ("jedes Jahr im Mai") or in a sentence that has gone to another year before
    ("1989 trat er im Oktober zurück").
    """
    now, year, text, start = phrase.now, phrase.now.first.year, phrase.match.string, phrase.match.start()
    begin = max((m.end() for m in regex("sentence_end").finditer(text, 0, start)), default=0)
    elsewhere = any(abs(int(m[0]) - year) > 1 for m in regex("plain_year").finditer(text, begin, start))
    if now.precision < 7 or (shift is None and (elsewhere or regex("habit").search(clause_around(phrase.match)))):
        return None
    return _nearest(
        phrase, [(y, day_of(y, *first), day_of(y, *last, end=True)) for y in range(year - 3, year + 4)], shift
    )


def _nearest(phrase: TimePhrase, spans: list[tuple[int, date, date]], shift: int | None = None) -> int:
    """Which of the spans of several years is meant; a verb decides where the clause has one ("soll im Mai öffnen").

    Else it is the last such span up to the day of writing if that began at most `_LONG_AGO` days before (60 behind
    "ab", "bis", `_JUST_PAST` beside a present tense: "sein Vertrag läuft im Juni aus"), or the next one.
    """
    now = phrase.now
    if shift:
        later, earlier = [y for y, a, _ in spans if a > now.last], [y for y, _, b in spans if b < now.first]
        return later[shift - 1] if shift > 0 else earlier[shift]
    if shift == 0:
        return now.first.year
    past, began = [(y, a) for y, a, _ in spans if a <= now.last][-1]
    future = next(y for y, _, b in spans if b >= now.first)
    tense = tense_of(phrase)
    longest = 60 if phrase.lead in ("ab", "bis") else _JUST_PAST if tense == "present" else _LONG_AGO
    recent = tense in ("", "present") and (now.first - began).days <= longest
    return past if tense == "past" or recent else future


def _named_year(phrase: TimePhrase) -> int | None:
    """The year that a phrase names itself, by a word ("vergangenen Jahres") or with a phrase behind that shares its
    year ("im Mai und Juni 2018"); 0 where it names none, None where the day of writing is not known.
    """
    m = phrase.match
    if m["whose"] or m["this"]:
        return phrase.now.first.year + (_of("shifts", m, "whose") or 0) if phrase.now.precision else None
    if m["apo"] and phrase.now.precision:  # "im Mai '68": of this century unless that is still to come
        century = phrase.now.first.year // 100 * 100
        return century + int(m["apo"]) - (100 if century + int(m["apo"]) > phrase.now.first.year else 0)
    named = m if m["year"] else regex("shared_year").match(m.string, m.end())
    return int(named["year"]) if named else 0


def _of(kind: str, match: re.Match[str], group: str) -> int | None:
    """The number that the word of a group stands for, if the group has one."""
    return number(kind, match[group]) if match[group] else None


def _read_day(phrase: TimePhrase) -> Interval | None:
    """Calendar date: "12. Januar 2018", "3. bis 5. Mai 2019", "12.1.2018", "2018-01-12"; without a year only behind a
    preposition or weekday ("am 12.1.", "Montag, 12. Januar"). None for what is no date of the calendar.
    """
    m, now = phrase.match, phrase.now
    if m["iso"]:
        return (m["iso"],) * 2 if written_on(m["iso"]).precision else None
    month, day = (
        number("months", m["month"][:3]) if m["month"] else int(m["m"]),
        number("day_ordinals", m["day"] or m["nth"]),
    )
    led = (phrase.lead or m["weekday"] or m["from"]) and 1 <= month <= 12 and 1 <= day <= 31
    year: int | None = int(m["y"]) if m["y"] else _named_year(phrase)
    if m["short"]:
        years = (now.first.year // 100 * 100 + int(m["short"]) + century for century in (-100, 0, 100))
        year = min(years, key=lambda year: abs(year - now.first.year)) if now.precision and led else None
    elif year == 0 and led:
        whole = phrase.lead != "vom" or m["from"] or regex("onward").match(m.string, m.end())
        year = _year_of(phrase, (month, day), (month, day)) if whole else None
    if not year:
        return None
    last = iso_date(year, month, day)
    first = iso_date(year, month, int(m["from"])) if m["from"] else last
    return (first, last) if first <= last else None


def _read_spell(phrase: TimePhrase) -> Interval | None:
    """Month, season, quarter or months of a year: "Oktober 2022", "Ende Oktober", "im Sommer 2019", "im ersten
    Quartal", "in den ersten drei Monaten 2018". Without a year it needs a preposition or "Ende", "vergangenen" …; a
    bare season also a verb that tells its time. None for a surname ("Angela Mai").
    """
    m = phrase.match
    year, shift, first, last = _named_year(phrase), _of("shifts", m, "shift"), 0, 0
    framed = phrase.lead or m["part"] or shift is not None
    if not framed and m["month"] in ("Mai", "März", "August") and regex("surname").search(m.string[: m.start()]):
        return None
    if m["month"] or m["season"]:
        first = number("months", m["month"][:3]) if m["month"] else number("seasons", m["season"])
        last = first if m["month"] else first + 2
    elif m["q"]:
        first, last = 3 * int(m["q"]) - 2, 3 * int(m["q"])
    elif m["months"]:
        first, last = 1, _of("numbers", m, "n") or 4
    else:
        size = 3 if m["unit"].casefold().startswith("quartal") else 6
        last = number("ordinals", m["nth"]) * size
        first = last - size + 1
    if year == 0 and framed and not m["months"]:
        vague = m["season"] and not m["part"] and shift is None and tense_of(phrase) in ("", "present")
        whole = phrase.lead != "von" or regex("onward").match(m.string, m.end())
        year = _year_of(phrase, (first, 1), (last, 0), shift) if whole and not vague else None
    return third_of(months_of(year, first, last), _of("thirds", m, "part")) if year else None


def _read_year(phrase: TimePhrase) -> Interval | None:
    """Year or years: "2018", "2018/19", "2001–2005", "Ende 2018". None for a number that counts or belongs to a name:
    "Agenda 2030", "rund 2000 Besucher".
    """
    m = phrase.match
    if not m["word"] and regex("count").search(m.string, max(0, m.start("year") - 20), m.start("year")):
        return None
    last = m["next"] or m["to"] or m["year"]
    last = m["year"][: 4 - len(last)] + last
    if last < m["year"] or (m["next"] and int(last) - int(m["year"]) > 10):
        return None
    return third_of((m["year"], last), _of("thirds", m, "part"))


def _read_decade(phrase: TimePhrase) -> Interval | None:
    """Decade or century, or a part of it: "1990er Jahre", "in den frühen neunziger Jahren", "19. Jahrhundert".

    Without "Jahre" it needs its part or "den": "Mitte der 1990er", "in den Siebzigern".
    """
    m, n = phrase.match, 10
    if not (m["century"] or m["years"] or m["part"] or m.string[: m.start()].endswith("den ")):
        return None
    year = int(m["full"] or 0) or (1900 + int(m["short"]) if m["short"] else _of("decades", m, "name"))
    if year is None:
        year, n = int(m["century"]) * 100 - 99, 100
    return third_of((iso_date(year), iso_date(year + n - 1)), _of("thirds", m, "part")) if 0 < year < 2100 else None


def _read_today(phrase: TimePhrase) -> Interval | None:
    """Deictic day: "gestern Abend", "heute" unless it means nowadays, which it does not beside a verb of what is over,
    "morgen" unless it is the morning.
    """
    m, word = phrase.match, phrase.match["word"].casefold()
    before, behind = m.string[: m.start()], m.string[m.end() :]
    nowadays = regex("nowadays_before").search(before) or regex("nowadays_behind").match(behind)
    vague = word == "heute" and nowadays and phrase.tense != "over" and phrase.lead != "bis" and not m["daypart"]
    if phrase.lead == "von" or vague or (word == "morgen" and regex("daybreak").search(before)):
        return None
    return shifted(phrase.now, "tag", times_table()["days"][word])


def _read_week(phrase: TimePhrase) -> Interval | None:
    """Calendar week: "in der KW 12", "23. Kalenderwoche 2019"; without a year that of the year of writing."""
    m = phrase.match
    year = int(m["year"]) if m["year"] else phrase.now.first.year if phrase.now.precision else 0
    return week_of(year, int(m["n"] or m["nth"])) if year else None


def _read_feast(phrase: TimePhrase) -> Interval | None:
    """Feast: "an Weihnachten 2020", "am Pfingstmontag"; it needs a year or a preposition, and no habit around it."""
    m, now = phrase.match, phrase.now
    when, year = entry("feasts", m["feast"]), int(m["year"] or 0)
    led = phrase.lead in ("am", "an", "zum", "bis", "seit", "nach", "vor", "ab") or m[0][:3].casefold() == "zu "
    if not year and led and now.precision == 10 and not regex("habit").search(clause_around(m)):
        year = _nearest(phrase, [(y, *feast_of(y, when)) for y in range(now.first.year - 3, now.first.year + 4)])
    first, last = feast_of(year, when) if year else (now.first, now.first)
    return (first.isoformat(), last.isoformat()) if year else None


def _read_weekday(phrase: TimePhrase) -> Interval | None:
    """Weekday: "am Dienstag", "Dienstagabend", "in der Nacht zum Dienstag", "Montag vergangener Woche". It needs a
    preposition, a part of the day or "kommenden" …, and the day of writing; a clause of habits names none.

    Without more it is the last one up to the day of writing, as news tell it, or the next if the clause looks ahead or
    is in the present tense: "Am Freitag tritt Hof an".
    """
    m, now, shift = phrase.match, phrase.now, _of("shifts", phrase.match, "shift")
    week = 0 if shift == 0 else _of("shifts", m, "week")
    bare = not (phrase.lead or m["daypart"] or m["night"]) and shift is None and week is None
    if now.precision < 10 or bare or phrase.lead in ("von", "vom") or regex("habit").search(clause_around(m)):
        return None
    tense = tense_of(phrase) or ("future" if phrase.lead in ("ab", "bis") else "past")
    ahead = (number("weekday_numbers", m["weekday"]) - now.first.weekday()) % 7
    if week is not None:
        ahead += 7 * week - (7 if ahead + now.first.weekday() > 6 else 0)
    elif shift:
        ahead = (ahead + 7 * shift) if shift < 0 or not ahead else ahead + 7 * (shift - 1)
    elif tense == "past" and ahead:
        ahead -= 7
    day = now.first + timedelta(ahead)
    return days_from(day - timedelta(1), 2) if m["night"] else days_from(day, 1)


def _read_unit(phrase: TimePhrase) -> Interval | None:
    """Deictic unit: "vergangene Woche", "im Vorjahr", "Ende nächsten Jahres", "am Wochenende", "seit Jahresbeginn".
    None for a unit that nothing moves or parts ("die Woche") and for habits.
    """
    m, now = phrase.match, phrase.now
    unit, shift, part = m["unit"] or m["of"] or m["whole"] or "Jahr", _of("shifts", m, "shift"), m["part"] or m["end"]
    if phrase.lead == "von" or (m["end"] and not phrase.lead) or (m["before"] and phrase.lead != "im"):
        return None
    if m["before"] or m["heuer"]:
        shift = -1 if m["before"] else 0
    elif m["of"] and m["of"].casefold().startswith("wochenende") and phrase.lead == "am":
        ahead = now.first.weekday() >= 5 or tense_of(phrase) in ("future", "present")
        shift = None if regex("habit").search(clause_around(m)) else 0 if ahead else -1
    known = part or shift is not None
    span = shifted(written_on(m["year"]) if m["year"] else now, unit, shift or 0) if known else None
    return third_of(span, number("thirds", part) if part else None) if span else None


def _read_ago(phrase: TimePhrase) -> Interval | None:
    """Distance from the day of writing: "vor drei Jahren" is the day, month or year then, "seit zwei Wochen" open at
    its end, "in den letzten fünf Jahren" the span up to now; "in einem Monat" only if the clause tells the future, or
    opens with it and is not of the past.
    """
    m, shift, how = phrase.match, _of("shifts", phrase.match, "shift"), (phrase.match["how"] or "").casefold()
    n, unit = (6, "Monat") if m["half"] else (number("numbers", m["n"]), m["unit"])
    opens = clause_before(m).strip() == "" and not regex("habit").search(clause_around(m))
    if (how == "in" and tense_of(phrase) != "future" and not (opens and tense_of(phrase) != "past")) or shift == 0:
        return None
    if shift and unit[0] in "Ww":
        n, unit = 7 * n, "Tag"
    here, there = shifted(phrase.now, unit, 0), shifted(phrase.now, unit, n * (shift or (1 if how == "in" else -1)))
    if here is None or there is None:
        return None
    if shift:
        return min(there[0], here[0]), max(there[1], here[1])
    return (there[0], "") if how == "seit" else ("", there[1]) if m["more"] else there


# Each reads the kind of pattern that it is named for.
_READERS = (
    _read_day, _read_spell, _read_year, _read_decade, _read_today, _read_week, _read_feast, _read_weekday, _read_unit,
    _read_ago,
)  # fmt: skip


# What makes "von" a start: "von Montag an".
_ONWARD = re.compile(r"\s+an\b")


def _found(text: str, now: Written, tense: str) -> list[Found]:
    """Every span of time that a text names, none overlapping another: the earlier one, then the longer one, wins."""
    found, apart = [], list[Found]()
    for reader in _READERS:
        kind = reader.__name__.removeprefix("_read_")
        for match in regex(kind).finditer(text):
            lead = regex("lead").search(text, max(0, match.start() - 40), match.start())
            if lead and kind == "year" and lead["more"] and not match["word"] and not match["part"]:
                lead = None  # "in den 2018 eröffneten Bau"
            start, word = (lead.start(), lead["lead"].casefold()) if lead else (match.start(), "")
            word = "ab" if word in ("von", "vom") and _ONWARD.match(text, match.end()) else word
            span = reader(TimePhrase(match, word, now, tense))
            if span is not None:
                found.append(Found(match.start(), match.end(), span, start, word))
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
    return apart


def _joined(text: str, first: Found, second: Found) -> bool:
    """Whether two spans are the ends of one: only "bis", a dash or the like between them, or "und" behind "zwischen",
    and the first not later than the second: "von 2018 bis 2022", "zwischen Mai und Juli 2019".
    """
    gap = regex("gap").fullmatch(text, first.end, second.start)
    since, until = first.span[0], second.span[1]
    n = min(len(since), len(until)) if gap and (gap["to"] != "und" or first.word == "zwischen") else 0
    return n > 0 and since[:n] <= until[:n]


def _time(text: str, first: Found, last: Found | None) -> Time | None:
    """A span with its lead word, which may leave one of its ends open ("seit 2018", "bis Mai"); None where the lead
    wants a second span: "zwischen 2018".
    """
    (since, until), start, end, word = first.span, first.lead, first.end, first.word
    if last is not None:
        return Time(start, last.end, text[start : last.end], since, last.span[1])
    if word == "ab" and text[start:].casefold().startswith("vo"):
        end = text.index("an", end) + 2  # "von Montag an"
    elif since == until:
        if word in ("von", "zwischen"):
            return None
        start = first.start if word == "vom" else start
    since, until = "" if word in ("bis", "vor") else since, "" if word in ("seit", "ab", "nach") else until
    return Time(start, end, text[start:end], since, until) if since or until else None
