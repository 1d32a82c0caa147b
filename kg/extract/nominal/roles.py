"""Roles in titles and appositions: "Felix zur Nieden, Sprecher der DVV", "SPD-Chef Klingbeil".

German tells who somebody is beside the name: a title before it, an apposition after it, a party in brackets, "vom" and
an institute. These patterns are local, so they are read from neighbouring words; the tree is not needed for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.clause.terms_of_office import next_office, over_time, term_before, term_behind
from kg.extract.names.appositions import Name, joined_titles
from kg.extract.names.mentions import Mentions
from kg.extract.nominal.affiliations import Office, affiliation, is_in_place, represented, retired_behind, title_role
from kg.extract.nominal.origins import home_of, nationality_in_compound, origin_roles
from kg.extract.nominal.possessors import (
    OPENERS,
    back_over_modifiers,
    genitive_behind,
    genitive_phrase,
    is_role_noun,
    organisations_behind,
    over_modifiers,
    owner,
    same_sentence,
    shared_genitive,
)
from kg.extract.text.marks import QUOTES
from kg.extract.tree.negation import denies
from kg.language.acronyms import OFFICES_BEHIND_NAMES
from kg.language.nouns import (
    is_courtesy,
    is_degree,
    is_part,
    is_person,
    noun_stems,
    noun_type,
    role_relation,
    stem,
)
from kg.reader.tokens import AND, NOUNS
from kg.records import Mention, Predicate

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# How many words may name the part that somebody leads: "Leiter der Abteilung Vertrieb Inland bei …".
_LONGEST_PART = 6
# The same as `OPENERS` directly after a person's name, where "der" or "in" would start something else.
_OPENERS_BEHIND_NAME = frozenset({"von", "vom", "bei", "beim"})


def find_roles(mentions: Mentions) -> Iterator[Office]:
    """Title, apposition, party in brackets: yield roles and affiliations of persons by the words beside their names.

    "Oberbürgermeister Sören Link"                   → Link ist Oberbürgermeister
    "Yan Lida, Chef der Huawei Business Group"       → Yan Lida ist Chef; leitet die Huawei Business Group
    "der Chef der Bahn, Richard Lutz,"               → Richard Lutz ist Chef; leitet die Bahn
    "Lars Klingbeil (SPD)"                           → Lars Klingbeil ist Mitglied der SPD
    "Jan Weidenfeld vom Mercator Institute"          → Jan Weidenfeld gehört zum Mercator Institute
    "Karl Ott aus Celle"                             → Karl Ott stammt aus Celle
    """
    for name in mentions.names:
        if mentions.named(name).type == "Person" and not name.cut:
            found = (*_roles_before(mentions, name), *_roles_after(mentions, name))
            found += (*_party_in_brackets(mentions, name), *home_of(mentions, name))
            yield from (role for role in found if not is_courtesy(role.object.text.removeprefix("Ex-")))


def role_of(mentions: Mentions, person: Mention, noun: Token, *, last: int | None = None) -> Iterator[Office]:
    """Role noun of a person: yield that this is the role, and of whom or what, by compound, genitive or preposition.

    `last` is the last token of the role, if not the noun: "Chef der Bahn" → ist Chef; leitet die Bahn
    """
    yield title_role(mentions, person, noun)
    cut = mentions.parts.get(noun.i)
    if cut is not None:
        yield from _of_owner(mentions, person, noun, mentions.named(cut))
        return
    behind = (last if last is not None else noun.i) + 1 + retired_behind(noun)
    found = list(organisations_behind(mentions, behind, OPENERS, persons=True))
    employers = () if found else tuple(_employer_behind_part(mentions, person, noun, behind))
    for attribute in (genitive_behind, genitive_phrase, shared_genitive):
        found = found or list(attribute(mentions, noun, behind))
    own = any(not is_in_place(noun, whose, noun.doc[lead].text) for whose, lead in found)
    yield from origin_roles(mentions, person, noun, elsewhere=own)
    for reached in found:
        yield from affiliation(mentions, person, noun, *reached)
    yield from employers
    if not found:
        yield from represented(mentions, person, noun, behind)


def _of_owner(mentions: Mentions, person: Mention, noun: Token, whose: Mention | None) -> Iterator[Office]:
    """What a role noun says with its owner, or the name that is its first part, and with an adjective of origin before
    it: "die deutsche EZB-Direktorin" → works for the EZB, is German; "US-Sänger" → is of the USA.
    """
    national = nationality_in_compound(mentions, person, noun)
    if national is not None:
        yield national
    elif whose is not None:
        yield from affiliation(mentions, person, noun, whose, noun.i)
    yield from origin_roles(mentions, person, noun, elsewhere=whose is not None)


def _employer_behind_part(mentions: Mentions, person: Mention, noun: Token, i: int) -> Iterator[Office]:
    """Head of a part: "bei" and an organisation follow a role noun within six words, before any verb, mark or "und";
    behind a noun of such a part also a genitive or "von".

    The person works for it, and does not head it: "Leiter Marketing bei Siemens", "Leiter der Abteilung Einkauf von
    Siemens" → schema:worksFor Siemens
    """
    doc = mentions.reading.doc
    leads = {"bei", "beim"}
    for lead in doc[i : min(i + _LONGEST_PART, noun.sent.end)]:
        if lead.is_punct or lead.pos_ in ("VERB", "AUX", "CCONJ", "SCONJ", "PRON"):
            return
        if lead.text.lower() in leads:
            for organisation, _ in organisations_behind(mentions, lead.i, frozenset(leads), only="Organization"):
                title, reading = mentions.role(noun), mentions.reading
                spans = ((title.start, title.end), (reading.starts[lead.i], reading.ends[lead.i]))
                predicate = Predicate(noun.lemma_ or noun.text, "schema:worksFor", spans, f"{title.text} {lead.text}")
                yield Office(person, predicate, organisation, lead.i)
            return
        if lead.pos_ == "NOUN" and is_part(lead.text):
            leads |= {"von", "vom", "der", "des"}


def _roles_before(mentions: Mentions, name: Name) -> Iterator[Office]:
    """Title before a name, or a role noun with an organisation between: "der Chef der Bahn, Richard Lutz".

    Of "SPD-Chef Klingbeil", "Tesla CEO Elon Musk" and "Sprecher Jan Ott vom Institut" the organisation is told too.
    """
    doc, person = mentions.reading.doc, mentions.named(name)
    noun = mentions.title_of.get(name)
    if noun is not None:
        yield title_role(mentions, person, noun)
        yield from _of_owner(mentions, person, noun, _named_before(mentions, noun))
        for joined in joined_titles(noun, mentions.by_token):
            yield title_role(mentions, person, joined)
            yield from _of_owner(mentions, person, joined, _named_before(mentions, joined))
        yield from represented(mentions, person, noun, name.last + 1)
        for reached in organisations_behind(mentions, name.last + 1, _OPENERS_BEHIND_NAME):
            yield from affiliation(mentions, person, noun if role_relation(noun.text) else None, *reached)
        yield from _others_of_plural_title(mentions, name, noun)
        return
    found = _organisation_before(mentions, name)
    office = _office_of(mentions, *found) if found is not None else None
    if office is not None and same_sentence(doc, office[0].i, name.first):
        noun, organisation, lead = office
        yield title_role(mentions, person, noun)
        own = not is_in_place(noun, organisation, doc[lead].text)
        yield from origin_roles(mentions, person, noun, elsewhere=own)
        yield from affiliation(mentions, person, noun, organisation, lead)
        for joined in joined_titles(noun, mentions.by_token):
            yield title_role(mentions, person, joined)
            if role_relation(joined.text) and joined.i not in mentions.parts:
                yield from affiliation(mentions, person, joined, organisation, lead)
        for other in _joined_persons(mentions, name, noun):
            yield title_role(mentions, other, noun)
            yield from affiliation(mentions, other, noun, organisation, lead)


def _office_of(mentions: Mentions, organisation: Mention, first: int) -> tuple[Token, Mention, int] | None:
    """Role noun before an organisation that begins at token `first`: the noun, whose office it is, and the lead.

    A body of the organisation may stand between, a place or a body behind "in" after it, and a genitive name needs no
    article: "der Vorsitzende des Vorstands der Bahn", "der Chef der Grünen in Bayern", "der Gouverneur Virginias".
    """
    doc = mentions.reading.doc
    lead = back_over_modifiers(doc, first - 1)
    if lead < 1:
        return None
    before = mentions.by_token.get(lead - 1)
    if before is not None and doc[lead].text in ("in", "im"):
        organisation, lead = mentions.named(before), back_over_modifiers(doc, before.first - 1)
        first = before.first
        if lead < 1 or organisation.type not in ("Organization", "Place"):
            return None
    noun = doc[lead - 1] if doc[lead].text.lower() in OPENERS else None
    body = noun is not None and stem(noun.text) in noun_stems("bodies")
    if noun is not None and body and noun.i > 1 and doc[noun.i - 1].text.lower() in OPENERS:
        noun = doc[noun.i - 2]
    if noun is None and any(whose == organisation for whose, _ in genitive_behind(mentions, doc[first - 1], first)):
        noun, lead = doc[first - 1], first - 1
    return (noun, organisation, lead) if noun is not None and is_role_noun(mentions, noun) else None


def _is_employer(mentions: Mentions, organisation: Name, noun: Token) -> bool:
    """Organisation before a title as in English, without article or adjective: "Tesla CEO Elon Musk", not "der …"."""
    before = noun.doc[organisation.first - 1] if organisation.first else None
    named = mentions.named(organisation)
    free = before is None or before.pos_ not in ("DET", "ADP", "ADJ") or before.text.lower() in ("für", "mit", "von")
    return named.type == "Organization" and free and same_sentence(noun.doc, organisation.first, noun.i)


def _named_before(mentions: Mentions, noun: Token) -> Mention | None:
    """Whose a title is: the first part of it ("SPD-Chef"), its owner ("Boschs Finanzvorstand"), or a company before it
    as in English ("Tesla CEO").
    """
    cut = mentions.parts.get(noun.i)
    if cut is not None:
        return mentions.named(cut)
    whose = owner(mentions, noun)
    if whose is not None:
        return whose
    beside = mentions.by_token.get(noun.i - 1)
    if beside is not None and stem(noun.text) in noun_stems("chiefs") and _is_employer(mentions, beside, noun):
        return mentions.named(beside)
    return None


def _others_of_plural_title(mentions: Mentions, name: Name, noun: Token) -> Iterator[Office]:
    """Plural title: it holds of every person joined behind the first: B in "die Siemens-Vorstände A und B"."""
    whose = _named_before(mentions, noun)
    for other in _joined_persons(mentions, name, noun):
        yield title_role(mentions, other, noun)
        yield from _of_owner(mentions, other, noun, whose)


def _joined_persons(mentions: Mentions, name: Name, noun: Token) -> Iterator[Mention]:
    """Coordination behind a role noun in the plural: yield the persons joined to the first one: B in "die Chefs der
    Bahn, A und B,".
    """
    doc, i = mentions.reading.doc, name.last + 1
    while "Plur" in noun.morph.get("Number") and i + 1 < noun.sent.end and doc[i].text in (",", "und", "sowie"):
        other = mentions.by_token.get(i + 1)
        if other is None or mentions.named(other).type != "Person":
            return
        yield mentions.named(other)
        i = other.last + 1


def _organisation_before(mentions: Mentions, name: Name) -> tuple[Mention, int] | None:
    """Organisation right before a person's name, with a comma or degree between: its mention and its first token.

    "der Chef des Paketdiensts DPD, Boris Winkelmann" → DPD; "der Chef der Airline, Carsten Spohr" → der Airline
    """
    doc = mentions.reading.doc
    last = name.first - 1
    while last > 0 and is_degree(doc[last].text):
        last -= 1  # "der Chef der Falk AG, Dr. Otto Kern"
    last -= last > 0 and doc[last].text == ","
    last -= last > 0 and doc[last].text in QUOTES and last - 1 in mentions.by_token
    if last < 1:
        return None
    organisation = mentions.by_token.get(last)
    if organisation is not None:
        title = mentions.title_of.get(organisation)
        first = title.i if title is not None else organisation.first
        first -= title is None and doc[first - 1].text in QUOTES
        mention = mentions.named(organisation)
    elif doc[last].pos_ == "NOUN" and noun_type(doc[last].text) == "Organization":
        mention, first = mentions.of(doc[last]), last
    else:
        return None
    return (mention, first) if mention.type in ("Organization", "Place") else None


def _roles_after(mentions: Mentions, name: Name) -> Iterator[Office]:
    """Apposition behind a name and a comma, or affiliation right behind: "Yan Lida, Chef der …", "X vom Institut Y".

    An age or a party in brackets may stand between. A relative clause, a negation, a copula, or a list of people is no
    apposition: "Krause, kein Freund der SPD", "Königin Sophia, hohe Beamte und viele Gäste".
    """
    doc, person = mentions.reading.doc, mentions.named(name)
    i = name.last + 1
    if i < len(doc) and doc[i].text in OFFICES_BEHIND_NAMES:
        yield title_role(mentions, person, doc[i])  # "Otto Kern MdB"
        i += 1
    if name not in mentions.title_of:
        for reached in organisations_behind(mentions, i, _OPENERS_BEHIND_NAME, only="Organization"):
            yield from affiliation(mentions, person, None, *reached)
    i = _behind_brackets(mentions, i)
    if i >= len(doc) or doc[i].text not in _APPOSING or not same_sentence(doc, name.first, i):
        return
    reading = mentions.reading
    comma, i = i, over_modifiers(doc, over_time(reading, i + 1))
    if any(token.tag_ == "PRELS" or denies(token) for token in doc[comma:i]) or _has_copula(doc, i):
        return  # "Krause, der nie Chef war", "Krause, kein Freund der SPD"
    while i < len(doc) and _is_apposed_role(doc[i]) and i not in mentions.by_token and i not in mentions.titles:
        conjunction = i + 1 if i + 2 < len(doc) and doc[i + 1].text in AND else next_office(reading, i)
        joined = conjunction > i
        after = over_modifiers(doc, over_time(reading, conjunction + 1)) if joined else i
        if joined and not (after < len(doc) and _is_apposed_role(doc[after])):
            return  # a list of people, not what the first one is: "Königin Sophia, hohe Beamte und viele Gäste"
        time = term_before(reading, comma, i) or term_behind(reading, i)
        yield from (replace(role, time=time) for role in role_of(mentions, person, doc[i], last=i))
        if not joined:
            return
        comma, i = conjunction, after


def _behind_brackets(mentions: Mentions, i: int) -> int:
    """The token behind an age or a party in brackets at token `i`: the comma of "Anna Schmidt (52), Chefin"."""
    doc = mentions.reading.doc
    if i + 2 >= len(doc) or doc[i].text != "(":
        return i
    inside = mentions.by_token.get(i + 1)
    last = inside.last if inside is not None else i + 1 if doc[i + 1].like_num else i
    return last + 2 if last > i and last + 1 < len(doc) and doc[last + 1].text == ")" else i


# What stands between a person and an apposition: "Kern, Chef der Bahn,", "Kern – seit 2010 Chef –".
_APPOSING = (",", "–", "(")


def _has_copula(doc: Doc, i: int) -> bool:
    """Whether a copula hangs on the word at token `i`, so that it is the predicate of a clause."""
    return i < len(doc) and any(child.dep_ == "cop" for child in doc[i].children)


def _is_apposed_role(noun: Token) -> bool:
    """Whether a noun behind a comma can be the role of the one person before it: a plural goes on with a list."""
    role = noun.pos_ in NOUNS and noun.tag_ != "ADJA" and is_person(noun.text)
    return role and "Plur" not in noun.morph.get("Number")


def _party_in_brackets(mentions: Mentions, name: Name) -> Iterator[Office]:
    """Organisation in brackets behind a person's name: membership: "Lars Klingbeil (SPD)" → Mitglied der SPD"""
    doc, i = mentions.reading.doc, name.last + 1
    organisation = mentions.by_token.get(i + 1)
    if i + 2 >= len(doc) or doc[i].text != "(" or organisation is None or organisation.type != "Organization":
        return
    if organisation.last + 1 < len(doc) and doc[organisation.last + 1].text in (")", ","):
        member = Predicate("Mitglied", "org:memberOf", (), "")
        yield Office(mentions.named(name), member, mentions.named(organisation), name.last)
