"""Where something is and whose it is, said beside its name: "Pune in Indien", "die russische Agentur Interfax".

German names the place behind "in" or "aus", in brackets, or by an adjective of origin, and who made something in the
genitive, behind "von", or as first part of a compound. Persons have rules of their own in `origins`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.names.appositions import Name
from kg.extract.names.mentions import Mentions
from kg.extract.nominal.affiliations import Office
from kg.extract.nominal.events import phrases_behind
from kg.extract.nominal.kinds import kind_behind
from kg.extract.nominal.origins import origin_before
from kg.extract.nominal.possessors import possessor
from kg.extract.text.marks import QUOTES
from kg.extract.time.times import find_times
from kg.extract.tree.negation import is_qualified
from kg.language.nouns import noun_kind, noun_list
from kg.language.states import is_land, is_state
from kg.reader.tokens import FLAT, NOUNS
from kg.records import Literal, Mention, Predicate

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Types that come from a place; a place lies in it.
_COMING = ("Organization", "Product", "Work")


def find_whereabouts(mentions: Mentions) -> Iterator[Office]:
    """Local and possessive attributes of a name: yield where the thing is (schema:containedInPlace of places,
    kg:comesFrom and schema:location of organisations) and who made it (schema:creator of works).

    "Pune, im indischen Bundesstaat Maharashtra," → Pune liegt in Maharashtra, Maharashtra in Indien
    "Wapakoneta (Ohio)"                           → Wapakoneta liegt in Ohio
    "Kenon Holdings aus Singapur"                 → Kenon Holdings stammt aus Singapur
    "der Roman „Nebel“ von Karl Ott"              → „Nebel“ stammt von Karl Ott
    "der Konzern mit Sitz in Köln"                → der Konzern hat seinen Sitz in Köln
    "Hof (45.173 Einwohner)"                      → Hof hat 45.173 Einwohner
    """
    yield from _by_seat(mentions)
    for name in mentions.names:
        if name.cut or mentions.named(name).type == "Person":
            continue
        yield from _by_adjective(mentions, name)
        yield from _in_brackets(mentions, name)
        yield from _behind(mentions, name)
        yield from _behind_comma(mentions, name)
        yield from _by_maker(mentions, name)
        yield from _by_address(mentions, name)
        yield from _inhabitants(mentions, name)


def _by_adjective(mentions: Mentions, name: Name) -> Iterator[Office]:
    """Adjective of origin before the noun of a kind or the name: a place lies there, others come from there.

    Without a noun of a kind only places, and none of public bodies: "der deutsche Bundestag" comes from nowhere.
    """
    what = mentions.named(name)
    noun = mentions.title_of.get(name) or kind_behind(mentions, name)
    head = noun if noun is not None else mentions.reading.doc[name.first]
    found = origin_before(mentions, head)
    known = what.type == "Place" or (
        noun is not None and what.type in _COMING and noun_kind(noun.text) != "public body"
    )
    cut = mentions.parts.get(noun.i) if noun is not None else None
    if cut is not None and is_state(cut.text) and cut.text.isupper() and known:  # "die US-Stadt Detroit"
        where = mentions.named(cut)
        yield _located(what, where, cut.text, ((where.start, where.end),), where.text, head.i)
    elif found is not None and known and found[2].name != name.text and not _is_qualified_before(mentions, found[0]):
        first, last, named = found
        where = mentions.origin(first, last, named.name)
        yield _located(what, where, named.adjective, ((where.start, where.end),), where.text, head.i)


def _by_seat(mentions: Mentions) -> Iterator[Office]:
    """Seat: "mit", a noun such as "Sitz" and "in" with a place behind a noun or name of an organisation, right there or
    behind a comma: where that is at home.

    "der Verband mit Sitz in Köln", "die Falk AG mit Hauptsitz im hessischen Hanau", "Falk, mit Sitz in Köln,"
    """
    doc = mentions.reading.doc
    for noun in doc:
        if noun.text not in noun_list("seats") or noun.i + 2 >= len(doc) or doc[noun.i + 1].text not in ("in", "im"):
            continue
        place, lead = _place_behind(mentions, noun.i + 1), noun.i - 1
        while lead > noun.sent.start and doc[lead].pos_ in ("ADJ", "DET"):
            lead -= 1
        last = lead - 1 - (lead > 1 and doc[lead - 1].text == ",")
        if place is None or doc[lead].text != "mit" or last < noun.sent.start or doc[last].pos_ not in NOUNS:
            continue
        head = doc[last].head if doc[last].dep_ in FLAT else doc[last]
        what = mentions.of(head)
        what = replace(what, type="Organization") if what.form == "nominal" and what.type == "Concept" else what
        if what.type == "Organization":
            span = mentions.reading.span(noun.i, noun.i + 1)
            said = Predicate("Sitz in", "schema:location", ((span.start, span.end),), span.text)
            yield Office(what, said, mentions.named(place), noun.i)


_POSTCODE = re.compile(r"\d{4,5}")
# How many words the name of a street may have with its number: "Am Alten Markt 12 a".
_LONGEST_STREET = 6


def _by_address(mentions: Mentions, name: Name) -> Iterator[Office]:
    """Address behind the name of an organisation or a building: the town behind street, number and postcode.

    "Falk AG, Hauptstraße 39, 1180 Wien" → Falk AG is in Wien
    """
    doc, what, first = mentions.reading.doc, mentions.named(name), name.last + 2
    if what.type not in ("Organization", "Place") or first >= len(doc) or doc[first - 1].text != ",":
        return
    comma = next((t.i for t in doc[first : first + _LONGEST_STREET + 1] if t.text == ","), 0)
    numbered = comma > first + 1 and any(t.text[0].isdigit() for t in doc[first + 1 : comma])
    place = mentions.by_token.get(comma + 2)
    if numbered and place is not None and _POSTCODE.fullmatch(doc[comma + 1].text):
        town = mentions.named(place)
        if town.type == "Place" and place.first == comma + 2:
            yield _located(what, town, "in", (), "", place.first)


def _inhabitants(mentions: Mentions, name: Name) -> Iterator[Office]:
    """Number of inhabitants in brackets behind the name of a place, with its date: "Hof (45.173 Einwohner)"."""
    doc, i, reading = mentions.reading.doc, name.last + 1, mentions.reading
    if i + 3 >= len(doc) or doc[i].text != "(" or doc[i + 2].text not in ("Einwohner", "Einwohnern", "Einw."):
        return
    if mentions.named(name).type == "Place" and doc[i + 1].text[0].isdigit():
        closing = next((t.i for t in doc[i + 3 : i + 10] if t.text == ")"), i + 3)
        start, said = reading.starts[i + 3], reading.span(i + 2, i + 2)
        time = next(
            find_times(reading.document.text[start : reading.ends[closing]], start, reading.document.date), None
        )
        span = reading.span(i + 1, i + 2)
        many = Literal(span.start, span.end, span.text, span.text)
        has = Predicate("haben", "kgp:haben", ((said.start, said.end),), said.text)
        yield Office(mentions.named(name), has, many, i + 1, time=time)


def _is_qualified_before(mentions: Mentions, first: int) -> bool:
    """Whether the word before an adjective takes it back: "das ehemals deutsche Königsberg"."""
    return is_qualified(mentions.reading.doc[max(first - 1, 0) : first])


def _in_brackets(mentions: Mentions, name: Name) -> Iterator[Office]:
    """Place in brackets behind a name: the state or region of a place, the town of a firm.

    "Wapakoneta (Ohio)", "Falk AG (Köln)"; not the other name of a town: "Nowa Sól (Neusalz)"
    """
    doc, i, what = mentions.reading.doc, name.last + 1, mentions.named(name)
    place = mentions.by_token.get(i + 1)
    if place is None or doc[i].text != "(" or mentions.named(place).type != "Place" or place.last + 1 >= len(doc):
        return
    wide = is_land(place.text)
    if doc[place.last + 1].text in (")", ",") and (wide if what.type == "Place" else what.type == "Organization"):
        yield _located(what, mentions.named(place), "in", (), "", place.first)


def _behind(mentions: Mentions, name: Name) -> Iterator[Office]:
    """Local attribute behind a name: "in" or "aus" and a place that hangs on the name, or stands between commas.

    With "in" of places, and of public bodies; with "aus" of organisations, products and works. Not where something
    goes: "in die Schweiz".
    """
    reading, what = mentions.reading, mentions.named(name)
    doc, i = reading.doc, name.last + 1
    between = i < len(doc) and doc[i].text == ","
    lead = doc[i + between] if i + between < len(doc) else None
    if lead is None or lead.sent != doc[name.last].sent or lead.text not in ("in", "im", "aus"):
        return
    place = _place_behind(mentions, lead.i)
    if place is None or doc[lead.i + 1].text.lower() in ("die", "das"):
        return
    heads = {*range(name.first, name.last + 1), *((t.i,) if (t := mentions.title_of.get(name)) else ())}
    hangs = any(doc[j].head.i in heads for j in range(place.first, place.last + 1)) or _title_hangs(
        mentions, place, heads
    )
    enclosed = between and place.last + 1 < len(doc) and doc[place.last + 1].text == ","
    fits = what.type == "Place" if lead.text != "aus" else what.type in _COMING
    if fits and (enclosed if between else hangs):
        span = ((reading.starts[lead.i], reading.ends[lead.i]),)
        yield _located(what, mentions.named(place), lead.text, span, lead.text, lead.i)


def _behind_comma(mentions: Mentions, name: Name) -> Iterator[Office]:
    """Place behind the comma behind a place: its state or region, as in English, or that of which the noun of its kind
    says so in the genitive.

    "Springfield, Illinois, wählt" → in Illinois; "Plesk, die Hauptstadt der Provinz Opolien," → in Opolien
    """
    doc, i, what = mentions.reading.doc, name.last + 1, mentions.named(name)
    if what.type != "Place" or i + 1 >= len(doc) or doc[i].text != ",":
        return
    noun, land = kind_behind(mentions, name), mentions.by_token.get(i + 1)
    if noun is not None:
        whole = next((phrase for phrase in phrases_behind(mentions, noun)), None)
        inside = whole.mentions[0] if whole is not None and whole.preposition in ("of", "in") else None
        if inside is not None and inside.type == "Place" and inside.form == "named":
            yield _located(what, inside, "in", (), "", noun.i)
    elif land is not None and is_land(land.text) and not is_land(name.text) and land.last + 1 < len(doc):
        after = doc[land.last + 1]
        lists = after.text in (",", "und", "sowie", "oder") and land.last + 2 in mentions.by_token
        before = name.first > 0 and doc[name.first - 1].text == ","
        if not lists and not before and after.text not in ("und", "sowie", "oder", "/", "-", "–"):
            yield _located(what, mentions.named(land), "in", (), "", land.first)


def _title_hangs(mentions: Mentions, place: Name, heads: set[int]) -> bool:
    """Whether the noun of the kind of a place hangs on one of some tokens: "Pune im Bundesstaat Maharashtra"."""
    noun = mentions.title_of.get(place)
    return noun is not None and noun.head.i in heads


def _place_behind(mentions: Mentions, lead: int) -> Name | None:
    """The place that a preposition leads, behind article, adjectives and the noun of its kind; None for none."""
    doc, i = mentions.reading.doc, lead + 1
    while i + 1 < len(doc) and i not in mentions.by_token and doc[i].tag_ in ("ART", "ADJA", "CARD"):
        i += 1
    place = mentions.by_token.get(i) or mentions.titles.get(i)
    return place if place is not None and mentions.named(place).type == "Place" and place.first >= i else None


def _by_maker(mentions: Mentions, name: Name) -> Iterator[Office]:
    """Maker of a work: a possessor, the first part of the noun of its kind, or "von" and a name behind it.

    "Nolans Film „Tenet“", "die ZDF-Serie „Nebel“", "der Roman „Nebel“ von Karl Ott"
    """
    what, noun = mentions.named(name), mentions.title_of.get(name)
    if what.type != "Work":
        return
    doc, lead = mentions.reading.doc, None
    cut = mentions.parts.get(noun.i) if noun is not None else None
    maker = mentions.named(cut) if cut is not None else possessor(mentions, noun or _first_mark(doc, name))
    if maker is None:
        lead = _von_behind(mentions, name)
        maker = mentions.named(mentions.by_token[lead.i + 1]) if lead is not None else None
    if maker is not None and maker.type in ("Person", "Organization") and not is_land(maker.name):
        spans = ((mentions.reading.starts[lead.i], mentions.reading.ends[lead.i]),) if lead is not None else ()
        yield Office(what, Predicate("von", "schema:creator", spans, "von" if spans else ""), maker, name.first)


def _von_behind(mentions: Mentions, name: Name) -> Token | None:
    """The "von" right behind a name and its quotation mark that leads another name; None without."""
    doc, i = mentions.reading.doc, name.last + 1
    while i < len(doc) and doc[i].text in QUOTES:
        i += 1
    inside = i + 1 < len(doc) and doc[i].sent == doc[name.last].sent
    return doc[i] if inside and doc[i].text == "von" and i + 1 in mentions.by_token else None


def _first_mark(doc: Doc, name: Name) -> Token:
    """The first token of a name with its quotation mark: „ in "Goethes „Faust“"."""
    i = name.first
    while i > doc[name.first].sent.start and doc[i - 1].text in QUOTES:
        i -= 1
    return doc[i]


def _located(
    what: Mention, where: Mention, lemma: str, spans: tuple[tuple[int, int], ...], text: str, token: int
) -> Office:
    """That a thing is at a place or comes from it, by its type and by how the place is led."""
    coming = "schema:location" if lemma == "in" else "kg:comesFrom"
    iri = "schema:containedInPlace" if what.type == "Place" else coming
    return Office(what, Predicate(lemma, iri, spans, text), where, token)
