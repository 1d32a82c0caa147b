"""Adjectives of origin before role nouns: "der französische Präsident Chirac" heads Frankreich, "der türkische
Schriftsteller Pamuk" is a national of the Türkei.

Which of the two is meant the noun tells: an office that states have is that of the state, anybody else is one of its
nationals. Adjectives before other nouns ("deutsche Autos") name nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.names.mentions import Mentions
from kg.extract.nominal.affiliations import Office, affiliation, is_counted, nationality, represents
from kg.extract.tree.negation import denies
from kg.language.nouns import is_courtesy, is_of_firms, is_person, noun_kind, noun_list, role_relation
from kg.language.states import STATE, Origin, is_office, is_state, origin
from kg.records import Mention, Predicate

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.names.appositions import Name

# Relations of nouns that may be those of an organisation which the text has named before: "der deutsche Chef".
_OF_ORGANISATIONS = frozenset({"org:headOf", "kg:spokespersonFor", "kg:owns", "kg:founderOf"})


def origin_roles(mentions: Mentions, person: Mention, noun: Token, *, elsewhere: bool = False) -> Iterator[Office]:
    """Adjective of origin before the role noun of a person: yield the office at what it names, or the nationality.

    An office of states, regions or towns (`is_office`) that has no other organisation (`elsewhere`) is one of the
    place; before any other noun of a person the adjective of a state says the nationality, that of a region or town
    nothing. Nothing either says one before a form of address, or before a head or spokesman, who may be that of a firm
    with such an adjective, unless his firm is told elsewhere: "der französische EZB-Präsident".

    "der französische Präsident Jacques Chirac" → Chirac heads Frankreich
    "die Berliner Senatorin Gisela Krug"        → Krug has a function at Berlin: Senatorin
    "der türkische Schriftsteller Orhan Pamuk"  → Pamuk schema:nationality Türkei
    """
    found = origin_before(mentions, noun)
    if found is None or is_counted(noun):
        return
    first, last, named = found
    if is_office(noun.text, named.kind) and not elsewhere:
        yield from affiliation(mentions, person, noun, mentions.origin(first, last, named.name), noun.i)
    elif named.kind == STATE and person.type == "Person" and _has_nationality(noun.text, elsewhere=elsewhere):
        yield nationality(person, noun, mentions.origin(first, last, named.name), named.adjective)


def home_of(mentions: Mentions, name: Name) -> Iterator[Office]:
    """Home: "aus" and a place right behind a person's name, which hangs on the name or its title: kg:comesFrom.

    Not behind a title of who is elected there ("Senator Bob Hale aus Utah", see `represented`), nor of journalists, who
    tell from there: "berichtet Korrespondent Udo Kern aus Rom".

    "Uhrmacher Karl Ott aus Celle" → Ott kg:comesFrom Celle
    """
    doc, i, title = mentions.reading.doc, name.last + 1, mentions.title_of.get(name)
    place = mentions.by_token.get(i + 1)
    if place is None or doc[i].text != "aus" or mentions.named(place).type != "Place":
        return
    heads = {*range(name.first, name.last + 1), *((title.i,) if title is not None else ())}
    hangs = any(doc[j].head.i in heads for j in range(place.first, place.last + 1))
    elsewhere = title is not None and (represents(title) or noun_kind(title.text) == "media")
    if hangs and not elsewhere:
        reading = mentions.reading
        said = Predicate("aus", "kg:comesFrom", ((reading.starts[i], reading.ends[i]),), "aus")
        yield Office(mentions.named(name), said, mentions.named(place), i)


def nationality_in_compound(mentions: Mentions, person: Mention, noun: Token) -> Office | None:
    """Acronym of a state before a noun that is no office of states: the nationality: "US-Sänger Bob Dylan".

    Not before a noun of who knows the state or acts for it, which leaves open which is meant: "US-Experte".
    """
    cut = mentions.parts.get(noun.i)
    if cut is None or not (cut.text.isupper() and is_state(cut.text)) or is_office(noun.text, STATE):
        return None
    known = role_relation(noun.text)
    about = known is not None and known.iri == "schema:affiliation" and noun_kind(noun.text) != "science"
    plain = _has_nationality(noun.text) and not about
    return nationality(person, noun, mentions.named(cut), cut.text) if plain else None


def _has_nationality(noun: str, *, elsewhere: bool = False) -> bool:
    """Whether an adjective of a state before a noun says the nationality of whom the noun means: before "Sänger", not
    before "Freund"; before "Vorstand" only where it is told `elsewhere` of which firm.
    """
    known = role_relation(noun)
    of_firm = not elsewhere and ((known is not None and known.iri in _OF_ORGANISATIONS) or is_of_firms(noun))
    return is_person(noun) and not of_firm and noun not in noun_list("acting_for_others") and not is_courtesy(noun)


def origin_before(mentions: Mentions, noun: Token) -> tuple[int, int, Origin] | None:
    """The nearest adjective of origin among the adjectives before a noun: its first and last token, and what it names.

    None where it is part of a name, or denied with the noun ("kein deutscher Autor"). "New Yorker" is the one of two
    words.
    """
    doc, i, found = noun.doc, noun.i - 1, None
    while i >= noun.sent.start and i not in mentions.by_token:
        named = origin(doc[i].text, mentions.places) if found is None else None
        if named is not None and named.adjective == "Yorker":
            if i == noun.sent.start or doc[i - 1].text != "New" or i - 1 in mentions.by_token:
                return None
            found, i = (i - 1, i, named), i - 1
        elif named is not None:
            found = (i, i, named)
        elif doc[i].pos_ != "ADJ" and doc[i].tag_ != "ADJA":
            return None if denies(doc[i]) else found
        i -= 1
    return found
