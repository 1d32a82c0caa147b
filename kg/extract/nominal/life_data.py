"""Age, birth and death beside names: "der 48-jährige Otto Kern", "Eva Horn (52)", "Otto Kern (* 1950 in Ulm)".

Life data stand in brackets, between commas, or before the name as an attribute. They say when and where somebody was
born or died, and never when the clause around them took place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.names.appositions import Name
from kg.extract.names.mentions import Mentions
from kg.extract.names.metonymy import is_sport
from kg.extract.nominal.affiliations import Office
from kg.extract.time.times import find_times
from kg.extract.tree.negation import is_qualified
from kg.language.nouns import noun_kind, role_relation
from kg.language.verbs import words
from kg.records import Literal, Mention, Predicate, Time

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ADJECTIVE = re.compile(r"(\d{1,3})-?jährige[nrms]?")
_OLD = re.compile(r"alte[nrms]?")
# In brackets these are ages; smaller numbers are places and minutes too: "Kern (3)".
_BRACKETED = range(14, 111)
_OLDEST = 120
# A result, in whose text numbers in brackets are minutes, and numbers of shirts.
_SCORE = re.compile(r"\b\d{1,2}:\d{1,2}\b(?! Uhr)")


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
        if is_qualified(doc[max(i - 1, 0) : i]):
            return None  # "damals 16-jährig", "fast 50-jährig"
        if years is not None and int(years[1]) <= _OLDEST:
            return i, i, int(years[1])
        if _OLD.fullmatch(doc[i].text) and i > 1 and doc[i - 1].text == "Jahre" and doc[i - 2].text.isdecimal():
            if is_qualified(doc[max(i - 3, 0) : i - 2]):
                return None
            return i - 2, i, int(doc[i - 2].text)
        if doc[i].tag_ != "ADJA":
            return None
        i -= 1
    return None


def _in_brackets(doc: Doc, name: Name) -> tuple[int, int, int] | None:
    """The number right behind a name of several words and a bracket, which closes or goes on with a comma; in a text on
    sports it is a minute or the number of a shirt, and no age.
    """
    i = name.last + 2
    if name.first == name.last or i + 1 >= len(doc) or doc[i - 1].text != "(" or doc[i + 1].text not in (")", ","):
        return None
    years = int(doc[i].text) if doc[i].text.isdecimal() and len(doc[i]) < 4 else 0
    return (i, i, years) if years in _BRACKETED and not _is_on_sports(doc) else None


_ON_SPORTS = "kg.on_sports"


def _is_on_sports(doc: Doc) -> bool:
    """Whether a text tells of sports, by a score or its words; it is looked through once, however often asked."""
    if _ON_SPORTS not in doc.user_data:
        doc.user_data[_ON_SPORTS] = _SCORE.search(doc.text) is not None or is_sport(doc)
    return bool(doc.user_data[_ON_SPORTS])


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """Birth or death: the lemma of its predicate, and the relations that its day and its place stand in."""

    lemma: str
    date: str
    place: str


_BIRTH = LifeEvent("geboren werden", "schema:birthDate", "schema:birthPlace")
_DEATH = LifeEvent("sterben", "schema:deathDate", "schema:deathPlace")
_SPAN = re.compile(r"(?P<born>[^–-]*?\d{4})\s*(?:[–-]|bis)\s*(?P<died>.*\d{4})")
_LEAD = re.compile(r"(?:am|im|um)\s+", re.IGNORECASE)
# Endings of the participles that stand before a noun: "ihres 1906 verstorbenen Mannes".
_INFLECTED = ("ene", "ener", "enen")
# Years that a span in brackets has to last to be a life: shorter ones are terms of office and reigns.
_SHORTEST_LIFE = 40


def find_life_data(mentions: Mentions) -> Iterator[Office]:
    """Life data of a person: yield when and where somebody was born and died (schema:birthDate, schema:birthPlace,
    schema:deathDate, schema:deathPlace), by a sign or participle in brackets, between commas or before the name, or by
    a bare span of years in brackets. Who holds an office with that noun before the name may have reigned so long.

    "Otto Kern (1950–2010)"             → born 1950, died 2010
    "Eva Horn (* 3. Mai 1974 in Hof)"   → born on 3 May 1974, in Hof
    "Karl Ott, geboren 1960 in Celle,"  → born 1960, in Celle
    "der in Ulm geborene Karl Ott"      → born in Ulm
    """
    for name in mentions.names:
        if not name.cut and mentions.named(name).type == "Person":
            yield from _behind_name(mentions, name)
            yield from _attributive(mentions, name)


def _behind_name(mentions: Mentions, name: Name) -> Iterator[Office]:
    """Life data in the bracket behind a name, or behind the comma there: "(1950–2010)", ", geboren 1950 in Ulm,"."""
    doc, opening = mentions.reading.doc, name.last + 1
    if opening + 1 >= len(doc) or doc[opening].text not in ("(", ",") or not _in_sentence(doc, name, opening + 1):
        return
    bracketed = doc[opening].text == "("
    closing = (")",) if bracketed else (",", ".", ";", "und")
    end = next((t.i for t in doc[opening + 1 : doc[name.last].sent.end] if t.text in closing), 0)
    tokens = doc[opening + 1 : end]
    marks = [token for token in tokens if _event_of(token, bracketed=bracketed) is not None]
    if not end or not (marks or bracketed):
        return
    if not marks:
        yield from _by_span(mentions, name, opening + 1, end)
        return
    leads = marks[0].i == opening + 1 or doc[marks[0].i - 1].text in (";", ",")
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        first, last = mark.i + 1, following.i if following is not None else end
        if not leads:  # "1890 in Prag geboren"
            first, last = max((m.i + 1 for m in marks if m.i < mark.i), default=opening + 1), mark.i
        event = _event_of(mark, bracketed=bracketed)
        if event is not None:
            yield from _told(mentions, mentions.named(name), event, mark, range(first, last))


def _in_sentence(doc: Doc, name: Name, i: int) -> bool:
    """Whether a token stands in the sentence of a name."""
    return doc[name.last].sent == doc[i].sent


def _event_of(token: Token, *, bracketed: bool) -> LifeEvent | None:
    """Birth or death behind a name, if a sign or a participle without ending tells it: "*", "geboren"; the signs do so
    in brackets alone.
    """
    word = token.text.lower()
    sign = not word[0].isalpha()
    if (sign and not bracketed) or token.tag_ == "ADJA" or word.endswith(_INFLECTED):
        return None
    return _told_by(word)


def _told_by(word: str) -> LifeEvent | None:
    """What a sign or participle in lower case tells: birth, death, or neither."""
    return _BIRTH if word in words("born") else _DEATH if word in words("died") else None


def _by_span(mentions: Mentions, name: Name, first: int, end: int) -> Iterator[Office]:
    """Span of years at the start of a bracket, as long as a life: "Otto Kern (1950–2010)", "(3. Mai 1950 – 4. Juni
    2010)". None for a ruler or who is at the head of something: "König Otto (1850–1890)".
    """
    reading, person, title = mentions.reading, mentions.named(name), mentions.title_of.get(name)
    start, stop = reading.starts[first], reading.starts[end]
    text = reading.document.text[start:stop].strip()
    time = next(find_times(text, start, reading.document.date), None)
    span = _SPAN.fullmatch(text.partition(",")[0].partition(";")[0])
    led = name.first > 0 and reading.doc[name.first - 1].text.lower() == "unter"
    if time is None or span is None or not (time.since and time.until) or _rules(title) or led:
        return
    if time.start != start or not _SHORTEST_LIFE <= int(time.until[:4]) - int(time.since[:4]) <= _OLDEST:
        return
    for event, group, value in ((_BIRTH, "born", time.since), (_DEATH, "died", time.until)):
        when = Literal(start + span.start(group), start + span.end(group), span[group], value)
        yield Office(person, Predicate(event.lemma, event.date, ((when.start, when.end),), when.text), when, first)


def _rules(title: Token | None) -> bool:
    """Whether the noun before a name is the title of a ruler or of a head, whose years may be those in office."""
    if title is None:
        return False
    office = role_relation(title.text)
    return noun_kind(title.text) in ("nobility", "church") or (office is not None and office.iri == "org:headOf")


def _attributive(mentions: Mentions, name: Name) -> Iterator[Office]:
    """Participle before a name or its title, with a date or place of its own: "der 1950 in Ulm geborene Karl Ott"."""
    doc, noun = mentions.reading.doc, mentions.title_of.get(name)
    head = noun.i if noun is not None else name.first
    i = head - 1
    while i > doc[head].sent.start and doc[i].tag_ == "ADJA" and _told_by(doc[i].text.lower()) is None:
        i -= 1
    event = _told_by(doc[i].text.lower()) if i >= doc[head].sent.start else None
    if event is None or doc[i].tag_ != "ADJA":
        return
    first = next((t.i + 1 for t in reversed(doc[doc[i].sent.start : i]) if t.tag_ in ("ART", "PPOSAT", "APPRART")), i)
    first = first - 1 if first < i and doc[first - 1].tag_ == "APPRART" else first  # "der am 3. Mai geborene"
    first = max(
        [first, *(t.i + 1 for t in doc[first:i] if t.text == "und")]
    )  # "in Ulm geborene und in Bonn gestorbene"
    yield from _told(mentions, mentions.named(name), event, doc[i], range(first, i))


def _told(mentions: Mentions, person: Mention, event: LifeEvent, mark: Token, tokens: range) -> Iterator[Office]:
    """Day and place of a birth or death as some tokens beside its sign or participle tell them."""
    reading = mentions.reading
    if not tokens or reading.doc[tokens[0]].text.lower() == "als" or is_qualified(reading.doc[i] for i in tokens):
        return
    said = reading.span(mark.i, mark.i)
    start, stop = reading.starts[tokens[0]], reading.ends[tokens[-1]]
    time = next(find_times(reading.document.text[start:stop], start, reading.document.date), None)
    spans = ((said.start, said.end),)
    if time is not None and time.since and time.until:
        yield Office(person, Predicate(event.lemma, event.date, spans, said.text), _day(time), mark.i)
    for i in tokens:
        place = mentions.by_token.get(i + 1)
        if reading.doc[i].text in ("in", "im") and place is not None and mentions.named(place).type == "Place":
            lead = (reading.starts[i], reading.ends[i])
            text = " ".join(reading.document.text[a:b] for a, b in sorted((*spans, lead)))
            where = Predicate(f"{event.lemma} in", event.place, tuple(sorted((*spans, lead))), text)
            if i + 1 in tokens:
                yield Office(person, where, mentions.named(place), mark.i, time=time)
            return


def _day(time: Time) -> Literal:
    """A time as a text without "am", with the ISO date as its value, or, if it is longer than that, with itself."""
    lead = _LEAD.match(time.text)
    cut = lead.end() if lead is not None else 0
    text = time.text[cut:]
    return Literal(time.start + cut, time.end, text, time.since if time.since == time.until else text)
