"""Ages beside names: "der 48-jährige Otto Kern", "Eva Horn (52)", "die 30 Jahre alte Anwältin Eva Horn"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.names.appositions import Name
from kg.extract.names.mentions import Mentions
from kg.extract.nominal.affiliations import Office
from kg.records import Literal, Predicate

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ADJECTIVE = re.compile(r"(\d{1,3})-?jährige[nrms]?")
_OLD = re.compile(r"alte[nrms]?")
# In brackets these are ages; smaller numbers are places and minutes too: "Kern (3)".
_BRACKETED = range(14, 111)
_OLDEST = 120


def find_ages(mentions: Mentions) -> Iterator[Office]:
    """Age of a person: yield it as a number (foaf:age), by an adjective before the name or its title, or in brackets
    behind a name of several words.

    "der 48-jährige Anwalt Otto Kern" → Kern is 48; "die 30 Jahre alte Eva Horn" → 30; "Karla Ott (52)" → 52
    """
    for name in mentions.names:
        if name.cut or mentions.named(name).type != "Person":
            continue
        found = _before(mentions, name) or _in_brackets(mentions.reading.doc, name)
        if found is not None:
            first, last, years = found
            span = mentions.reading.span(first, last)
            age = Literal(span.start, span.end, span.text, str(years))
            said = Predicate("alt sein", "foaf:age", ((span.start, span.end),), span.text)
            yield Office(mentions.named(name), said, age, first)


def _before(mentions: Mentions, name: Name) -> tuple[int, int, int] | None:
    """First and last token of the age among the adjectives before a name or its title, and the years; None for none."""
    doc, noun = mentions.reading.doc, mentions.title_of.get(name)
    if noun is not None and "Plur" in noun.morph.get("Number"):
        return None
    i = (noun.i if noun is not None else name.first) - 1
    while i >= doc[name.first].sent.start and i not in mentions.by_token:
        years = _ADJECTIVE.fullmatch(doc[i].text)
        if years is not None and int(years[1]) <= _OLDEST:
            return i, i, int(years[1])
        if _OLD.fullmatch(doc[i].text) and i > 1 and doc[i - 1].text == "Jahre" and doc[i - 2].text.isdecimal():
            return i - 2, i, int(doc[i - 2].text)
        if doc[i].tag_ != "ADJA":
            return None
        i -= 1
    return None


def _in_brackets(doc: Doc, name: Name) -> tuple[int, int, int] | None:
    """The number right behind a name of several words and a bracket, which closes or goes on with a comma."""
    i = name.last + 2
    if name.first == name.last or i + 1 >= len(doc) or doc[i - 1].text != "(" or doc[i + 1].text not in (")", ","):
        return None
    years = int(doc[i].text) if doc[i].text.isdecimal() and len(doc[i]) < 4 else 0
    return (i, i, years) if years in _BRACKETED else None
