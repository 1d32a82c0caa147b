"""What things are, by the noun beside their names: "die Nachrichtenagentur Interfax", "Plesk, ein Dorf in Polen".

Close and loose apposition tell of organisations, places, products and works what a title tells of persons. Where a
thing is, and whose it is, is told in `whereabouts`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.names.appositions import Name
from kg.extract.names.loose_appositions import nominative
from kg.extract.names.mentions import Mentions
from kg.extract.nominal.affiliations import Office, qualification
from kg.extract.nominal.possessors import over_modifiers
from kg.extract.tree.negation import denies
from kg.language.nouns import is_firm_too, is_vague, noun_kind, noun_type
from kg.records import MODALITIES, Literal, Mention, Predicate

if TYPE_CHECKING:
    from spacy.tokens import Token

_KIND = "schema:additionalType"


def find_kinds(mentions: Mentions) -> Iterator[Office]:
    """Apposition of a thing: yield what the noun beside a name says that it is (schema:additionalType), as text.

    Not a noun that is said to be over or denied ("die ehemalige Sowjetrepublik Georgien", "keine Stadt wie Köln"), nor
    a vague one ("Region Stuttgart").

    "die Nachrichtenagentur Interfax"        → Interfax ist Nachrichtenagentur
    "die Städte Köln und Bonn"               → Köln ist Stadt; Bonn ist Stadt
    "Plesk, ein Dorf in Polen,"              → Plesk ist Dorf
    """
    for name in mentions.names:
        if name.cut:
            continue
        noun = mentions.title_of.get(name)
        if noun is not None and mentions.named(name).type != "Person" and not _is_cabinet(name, noun):
            for each in (name, *_joined(mentions, name, noun)):
                yield from _kind(mentions, mentions.named(each), noun)
        yield from _kind_behind(mentions, name)


def kind_behind(mentions: Mentions, name: Name) -> Token | None:
    """Loose apposition behind the name of a thing: the noun behind a comma, an article and adjectives, of the name's
    own type or, for an organisation, one that firms can be, too. None where a list goes on or another name follows.

    "Interfax, die russische Nachrichtenagentur," → Nachrichtenagentur; "Kenon, ein Investor aus Asien," → Investor
    """
    doc, i, type_ = mentions.reading.doc, name.last + 2, mentions.named(name).type
    if type_ in ("Person", "Thing") or name.cut or i >= len(doc) or doc[i - 1].text != "," or doc[i].tag_ != "ART":
        return None
    i = over_modifiers(doc, i)
    if i >= len(doc):
        return None
    noun = doc[i]
    if noun.pos_ != "NOUN" or noun.sent != doc[name.last].sent or noun.i in mentions.by_token:
        return None
    apposed = noun.dep_ == "appos" and noun.head.i in {*range(name.first, name.last + 1), doc[name.first].head.i}
    fits = noun_type(noun.text) == type_ or (type_ == "Organization" and is_firm_too(noun.text))
    plural = "Plur" in noun.morph.get("Number")
    return noun if apposed and fits and not plural and noun.i not in mentions.titles else None


def _kind_behind(mentions: Mentions, name: Name) -> Iterator[Office]:
    """What the loose apposition behind a name says, if there is one."""
    noun = kind_behind(mentions, name)
    if noun is not None:
        yield from _kind(mentions, mentions.named(name), noun)


def _kind(mentions: Mentions, what: Mention, noun: Token) -> Iterator[Office]:
    """That something is what a noun says, unless it was once, is denied, or the noun is vague, says what one is to
    others ("Konkurrent Siemens") or what stands in a place ("das Rathaus Celle"); in the singular, of a compound with a
    name the last part ("Opel-Modell Astra" → Modell).
    """
    mode = qualification(noun)
    elsewhere = what.type == "Place" and noun_type(noun.text) not in ("", "Place")  # "die Polizeistation Celle"
    if (
        elsewhere
        or mode == "former"
        or is_vague(noun.text)
        or is_firm_too(noun.text)
        or any(denies(child) for child in noun.children)
    ):
        return
    reading, cut = mentions.reading, mentions.parts.get(noun.i)
    start = reading.starts[noun.i] + (cut.cut + 1 if cut is not None else 0)
    span = reading.document.span(start, reading.ends[noun.i])
    one = nominative(noun)
    value = one.rpartition("-")[2] if cut is not None else one
    said = Predicate("sein", _KIND, ((span.start, span.end),), span.text)
    kind = Literal(span.start, span.end, span.text, value)
    yield Office(what, said, kind, noun.i, mode if mode in MODALITIES else "asserted")


def _joined(mentions: Mentions, name: Name, noun: Token) -> Iterator[Name]:
    """Coordination behind a noun in the plural: yield the names joined to the first: Bonn in "die Städte Köln und
    Bonn".
    """
    doc, i = mentions.reading.doc, name.last + 1
    while "Plur" in noun.morph.get("Number") and i + 1 < noun.sent.end and doc[i].text in (",", "und", "sowie"):
        other = mentions.by_token.get(i + 1)
        if other is None or mentions.named(other).type != mentions.named(name).type:
            return
        yield other
        i = other.last + 1


def _is_cabinet(name: Name, noun: Token) -> bool:
    """Whether a public body is called after a person: "Regierung Merkel" does not make Merkel a government."""
    return name.type == "Person" and noun_kind(noun.text) == "public body"
