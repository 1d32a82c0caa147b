"""Terms of office in appositions: "Otto Kern, 2010 bis 2015 Chef der Falk AG," held it then, and did the rest any time.

The span stands before the role noun or behind the whole apposition. It belongs to the office, never to the clause.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.time.times import find_times
from kg.reader.tokens import AND, NOUNS, VERBS

if TYPE_CHECKING:
    from kg.extract.reading import Reading
    from kg.records import Time

# A date may stand behind these, which belong to it: "in den Jahren 1998 bis 2012".
_LEADING = re.compile(r"\s*(?:in\s+den\s+Jahren\s+)?", re.IGNORECASE)
# How many tokens a span may have: "von Mai 2010 bis zum 3. Juni 2012".
_LONGEST = 9
_CLOSING = (",", ")", "–", "-", ";", ".")


def over_time(reading: Reading, i: int) -> int:
    """The token behind a date or span that begins at token `i`, else `i`: Chef in "2010 bis 2015 Chef"."""
    doc = reading.doc
    if i >= len(doc):
        return i
    stop = min(i + _LONGEST, doc[i].sent.end)
    start, text = reading.starts[i], reading.document.text[reading.starts[i] : reading.ends[stop - 1]]
    time = next(find_times(text, start, reading.document.date), None)
    lead = _LEADING.match(text)
    if time is None or lead is None or time.start > start + lead.end():
        return i
    behind = next((token.i for token in doc[i:stop] if reading.starts[token.i] >= time.end), stop)
    return behind


def term_before(reading: Reading, first: int, last: int) -> Time | None:
    """The time that an apposition names between its comma and its role noun: 2010 in "Kern, seit 2010 Chef der Bahn";
    in "Kern, heute Chef der Bahn" the word means these days, and no day.
    """
    start, end = reading.ends[first], reading.starts[last]
    time = next(find_times(reading.document.text[start:end], start, reading.document.date), None)
    return None if time is not None and time.text.lower() == "heute" else time


def term_behind(reading: Reading, i: int) -> Time | None:
    """The span that ends the phrase of the role noun at token `i`, also in brackets and before a finite verb: "Kern,
    Chef der Bahn von 2005 bis 2010,", "Chef der Bahn seit 2005 ist Kern". None for a single date, and where another
    verb stands before it.
    """
    doc = reading.doc
    ends = (t.i for t in doc[i + 1 : doc[i].sent.end] if t.text in _CLOSING or t.tag_.endswith("FIN"))
    end = next(ends, i)
    if end <= i + 1 or any(token.pos_ in VERBS for token in doc[i:end]):
        return None
    start = reading.ends[i]
    text = reading.document.text[start : reading.ends[end - 1]]
    time = next(find_times(text, start, reading.document.date), None)
    whole = time is not None and time.end == reading.ends[end - 1] and time.since != time.until
    return time if whole else None


def next_office(reading: Reading, i: int) -> int:
    """The "und" behind the apposition of the role noun at token `i` that goes on with a time and another office, else
    `i`: "2005 Chef der Bahn und seit 2010 Präsident des Verbands".
    """
    for token in reading.doc[i + 1 : reading.doc[i].sent.end]:
        if token.is_punct or token.pos_ in VERBS:
            return i
        if token.text in AND and over_time(reading, token.i + 1) > token.i + 1:
            return token.i
    return i


def is_term_in_vorfeld(reading: Reading, time: Time, finite: int) -> bool:
    """Term of office in the Vorfeld: a time between commas behind a noun, right before the comma and the finite verb:
    "Kern, Chef der Bahn seit 2005, lobte", not "Am Montag, 3. Mai 2010, lobte".
    """
    doc = reading.doc
    if finite < 2 or doc[finite - 1].text != "," or reading.ends[finite - 2] != time.end:
        return False
    before = [t for t in doc[doc[finite].sent.start : finite - 1] if reading.ends[t.i] <= time.start]
    comma = next((t.i for t in reversed(before) if t.text == ","), None)
    return comma is not None and any(t.pos_ in NOUNS for t in before if t.i > comma)
