"""Time reference of a clause: whether a date without a year lies behind or ahead, as the verb tells.

"trat im Oktober zurück" speaks of last October, "soll im Oktober öffnen" of the next one; "tritt am Freitag an" is in
the present tense, which German uses for what is to come.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.extract.time.calendars import Written
from kg.extract.time.patterns import regex


class TimePhrase(NamedTuple):
    """A phrase that may be a time, the word that leads it ("seit", casefolded, else "") and when it was written;
    `tense` is that of its clause where the tree tells it: "present", "over" for a preterite or perfect, else "".
    """

    match: re.Match[str]
    lead: str
    now: Written
    tense: str


def clause_around(match: re.Match[str]) -> str:
    """The words around a phrase up to the next comma or other stop on both sides: what stands for its clause here."""
    text, after = match.string, regex("clause_end").search(match.string, match.end())
    return f"{clause_before(match)} {text[match.end() : after.start() if after else len(text)]}"


def clause_before(match: re.Match[str]) -> str:
    """The words before a phrase back to a comma or other stop."""
    begin = max((m.end() for m in regex("clause_end").finditer(match.string, 0, match.start())), default=0)
    return match.string[begin : match.start()]


def tense_of(phrase: TimePhrase) -> str:
    """Time reference of a clause: "past" behind "seit" and where its verb is in the past or tells hearsay of the past,
    "future" behind "für" and "auf" and where it plans or tells the future, "present" in a present that plans nothing,
    "" where nothing tells. The tree tells a present better than words do, of which "gesuchte" looks like a preterite.

    What "zum" leads beside a perfect with haben may take effect later: "hat ihn zum 1. September berufen".

    "trat im Oktober zurück" → past; "soll im Oktober öffnen" → future; "tritt im Oktober an" → present
    """
    if phrase.lead in ("seit", "für", "auf"):
        return "past" if phrase.lead == "seit" else "future"
    clause, told = clause_around(phrase.match), "present" if phrase.tense == "present" else ""
    if phrase.lead == "zum" and regex("perfect").search(clause) and not told:
        return ""
    ahead = regex("planned").search(clause) or regex("future").search(clause)
    if regex("hearsay").search(clause) or (regex("past").search(clause) and not regex("planned").search(clause)):
        return told or "past"
    return "future" if ahead else told
