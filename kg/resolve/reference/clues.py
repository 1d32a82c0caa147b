"""What speaks for and against an entity as the meaning of "er", "ihre", "der Konzern" or "die Stadt", in points.

Gender and number of a pronoun, the noun of a phrase, who was subject just now, how long ago it was named: each clue
has its points and its reason in words. Where gender, number, type or clause rule an entity out, there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from kg.language.nouns import is_firm_too, is_institution, noun_kind, noun_list, noun_stems, role_relation, stem
from kg.records import Mention
from kg.resolve.names.genders import SURE, genders
from kg.resolve.reference.candidates import Candidate, attributes, noun_of, wanted
from kg.system.characters import plain

Clue: TypeAlias = tuple[float, str]
"""Points for or against a candidate, and the reason in words."""

# The points below were set by hand, then moved one by one, mostly in steps of 0.05, while that raised B³ over all
# mentions of the tune half of tests/gold/whoiswho (November 2026: 80.5 → 82.6; the report half stayed at 84.2).
_PERSON, _EVENT, _PHRASE, _THING = 0.5, 0.0, 0.15, 0.2  # what "er" or "sie" means, before anything else is known
_EVENT_OWNS = -0.3  # "ihre Webseite" is hardly an agreement's
_PLACE_AS_SUBJECT = 0.15  # a town that acts is named again rather than called "sie"
_SAME_GENDER = {True: 0.1, False: 0.15}  # of a person, of a thing
_OTHER_GENDER = -0.5
_NO_ARTICLE = -0.35  # a firm named without article is "es", hardly "er" or "sie"
_SENTENCES_BEFORE = (0.35, 0.2, 0.15)
_NAMED_LAST, _NOT_NAMED_LAST = 0.25, -0.2  # for "dieser" and "deren"
_LATEST = 0.1
_SUBJECT, _SUBJECT_HERE, _SUBJECT_OF_CLAUSE = 0.12, 0.15, 0.4
_EACH_TIME, _OFTEN = {"pronoun": 0.02, "nominal": 0.05}, 0.1

_CALLED, _ALIKE_CALLED, _GUESSED, _TYPE, _KIND, _OFFICE = 0.6, 0.5, 0.45, 0.3, 0.1, 0.2
_HARDLY, _HARDLY_OF_GENDER = -0.15, -0.5
_NEAR, _EACH_SENTENCE = 0.25, 0.05
_JUST_NOW_SUBJECT = -0.05  # a subject is "er" or "sie" in the next sentence, rather than a noun
_FIRST_SENTENCE, _PLACE_IN_FIRST = 0.15, 0.05
_REACH_OF_ORIGIN = 2  # sentences that a reference to what an adjective of origin names reaches back

_DEMONSTRATIVES = ("dies", "dessen", "deren")

# Kinds that may be said of one thing.
_COMPATIBLE_KINDS = [
    {"company", "media"}, {"association", "culture"}, {"city", "district"}, {"city", "region"}, {"country", "region"},
    {"education", "research institute"}, {"company", "health"}, {"public body", "education"},
]  # fmt: skip
# Kinds of institutions that have many nouns: "die Klinik" is "das Krankenhaus".
_KINDS_OF_HOUSES = frozenset({"health", "education", "culture", "church"})
# Kinds of persons whose offices are named as they are: a "Minister" is no "Kanzler".
_KINDS_WITH_OFFICES = frozenset({"politics", "nobility"})
_ENDS_OF_OFFICES = ("präsident", "staatschef", "direktor")  # and whose compounds are offices of one name
_HEADS_OF_PARTS = tuple(map(stem, ("vorsitzende", "vorsteher", "vorsteherin", "obmann")))
# Kinds that an entity may have though nothing says so: "SPD" and "Kiel Maru" are no firms, "Lumen" may be one.
_ASSUMED_KINDS = frozenset({"company", "association", "city"})
_OWNED = re.compile(r"(?:sein|ihr)(?:e[mnrs]?)?\s", re.IGNORECASE)
_OWN = re.compile(r"(?:sein|ihr)(?:e[mnrs]?)?\s+eigene", re.IGNORECASE)


def is_owned(mention: Mention) -> bool:
    """Possessive phrase: whether a common noun opens with a form of "sein" or "ihr": "ihre Stadt"."""
    return mention.form == "nominal" and bool(_OWNED.match(plain(mention.text)))


def pronoun_clues(mention: Mention, candidate: Candidate, latest: Mention | None) -> Iterator[Clue]:
    """Pronominal anaphora: yields what speaks for and against an entity as the meaning of a pronoun: its type and
    gender, distance, subjecthood, frequency. Nothing where it cannot be: of the wrong gender or number, or in the same
    clause ("Link sah ihn"), save for possessors.

    `latest` is the last mention of any entity before the pronoun.
    """
    last = candidate.last
    here = last.clause == mention.clause and last.sentence == mention.sentence
    if here and "possessor" not in (mention.role, last.role):  # "Link sah ihn": somebody else
        return
    said = tuple(_clues_of_kind(mention, candidate))
    if not said:
        return
    yield from said
    distance = mention.sentence - last.sentence
    yield _SENTENCES_BEFORE[distance], f"{distance} sentences before"
    if plain(mention.text).casefold().startswith(_DEMONSTRATIVES):
        yield (_NAMED_LAST, "named last") if last is latest else (_NOT_NAMED_LAST, "not named last")
    elif candidate.was_subject(mention.sentence):
        yield _SUBJECT, "a subject just now"
        if candidate.type != "Person" and candidate.last_subject == mention.sentence:
            yield _SUBJECT_HERE, "a subject of this sentence"
    if last is latest:
        yield _LATEST, "the last one named"
    if here and last.role == "subject":
        yield _SUBJECT_OF_CLAUSE, "subject of the same clause"
    yield _frequency(mention, candidate)


def _clues_of_kind(mention: Mention, candidate: Candidate) -> Iterator[Clue]:
    """Type and agreement in gender: yields how well a candidate's type fits a pronoun ("er" a person), and whether it
    has its gender. Nothing where gender or number exclude it, for "es" save of a neuter, or for "dies…" of a thing with
    a name.
    """
    word = plain(mention.text).casefold()
    several = mention.number == "Plur" or (candidate.are_several and "Plur" in mention.number)
    known = "" if several else candidate.gender_at(mention.sentence)
    possible = mention.gender.split(",") if mention.gender and not several else []
    type_ = candidate.type
    person, abstract = type_ == "Person", type_ in ("Event", "Agreement", "Work")
    nameless_thing = candidate.nameless and not person
    fits = not (known and possible) or known in possible
    if not candidate.can_be(mention) or (word == "es" and known != "Neut") or (nameless_thing and not fits):
        return
    if word.startswith("dies") and not (person or candidate.nameless):  # mostly a thing without a name
        return
    if nameless_thing:
        yield _PHRASE, "a phrase without a name"
    elif person:
        yield _PERSON, "a person"
    elif abstract:
        yield (_EVENT_OWNS if mention.role == "possessor" else _EVENT), type_
    else:
        yield _PLACE_AS_SUBJECT if (type_, mention.role) == ("Place", "subject") else _THING, type_
        if not known and possible and "Neut" not in possible:
            yield _NO_ARTICLE, "named without an article"
    if known and possible and (candidate.nameless or not abstract):
        yield (_SAME_GENDER[person], "of that gender") if fits else (_OTHER_GENDER, "hardly of that gender")


def noun_clues(mention: Mention, candidate: Candidate) -> Iterator[Clue]:
    """Nominal anaphora: yields what speaks for and against an entity as the meaning of a noun ("der Konzern"): that it
    was called so, its type, kind and office, distance, frequency. Nothing where it cannot be: of another type or
    number, a person of the other gender, nameless and not introduced as new ("ein …").
    """
    noun, type_ = noun_of(mention), wanted(mention)
    same = candidate.is_called(noun)
    alike = not same and stem(noun) in candidate.synonyms
    if not (type_ or same or alike) or (mention.number == "Plur" and "Plur" not in candidate.numbers):
        return
    if candidate.nameless and not (_is_introduced(candidate) and (same or _is_hypernym(noun, candidate))):
        return
    if not (same or alike or _may_be_a(mention, type_, candidate)):
        return
    known = candidate.gender if type_ == "Person" else ""
    other = bool(known) and next((gender for gender, _ in genders(mention)), known) != known
    if other and candidate.genders[known] >= SURE:
        return
    kind = noun_kind(noun)
    if not same and not alike and kind and candidate.kinds and kind not in candidate.kinds:
        if type_ != "Person" and not any({kind, own} in _COMPATIBLE_KINDS for own in candidate.kinds):
            return
        yield _HARDLY, f"hardly a {noun}"
    if other:
        yield _HARDLY_OF_GENDER, "hardly of that gender"
    if same or alike:
        yield (_CALLED, f"called {noun}") if same else (_ALIKE_CALLED, f"called much like {noun}")
    else:
        yield from _clues_of_noun(noun, type_, candidate)
    distance = mention.sentence - candidate.last.sentence
    yield max(0.0, _NEAR - _EACH_SENTENCE * distance), f"{distance} sentences before"
    if candidate.was_subject(mention.sentence):
        yield _JUST_NOW_SUBJECT, "a subject just now"
    yield _frequency(mention, candidate)
    if candidate.mentions[0].sentence == 1:
        yield _PLACE_IN_FIRST if type_ == "Place" else _FIRST_SENTENCE, "named in the first sentence"


def _clues_of_noun(noun: str, type_: str, candidate: Candidate) -> Iterator[Clue]:
    """Yield what a noun that the candidate was not called by says of it: that it meant it before, else its type, and
    its kind or office: "der Konzern" for a firm.
    """
    if candidate.is_guessed(noun):
        yield _GUESSED, f"{noun} before, as it seems"
        return
    yield _TYPE, type_
    if type_ != "Person" and (kind := noun_kind(noun)) and kind in candidate.kinds:
        yield _KIND, f"a {kind}"
    elif _holds_office(noun, candidate):
        yield _OFFICE, f"in an office like {noun}"


def _frequency(mention: Mention, candidate: Candidate) -> Clue:
    """Frequency: a clue that grows with the number of mentions so far, up to a bound: who is named often is meant
    often.
    """
    times = len(candidate.mentions)
    return min(_OFTEN, _EACH_TIME[mention.form] * times), f"named {times} times"


def _is_introduced(candidate: Candidate) -> bool:
    """Indefinite phrase: whether a phrase without a name was introduced with "ein", as somebody new: "ein
    Sozialarbeiter".
    """
    return plain(candidate.mentions[0].text).lower().startswith("ein")


def _is_hypernym(noun: str, candidate: Candidate) -> bool:
    """Hypernym: whether a noun says of a person no more than that: "der Mann", after "ein Sozialarbeiter"."""
    return candidate.type == "Person" and stem(noun) in noun_stems("hypernyms_of_persons")


def is_disjoint(mention: Mention, role: str) -> bool:
    """Binding Principle C: whether a full noun phrase cannot mean what has a role in its own clause.

    That is the other argument of the clause ("Kyonix verklagt den Konzern"); its subject, however deep the phrase
    stands below the verb ("Tapken bezifferte den Schaden für den Landwirt"), but of organisations a genitive may mean
    it ("Die FDP gewann wie nie in der Geschichte der Partei"), and a place always ("Nordkorea baut Stäbe im Land").
    """
    arguments = ("subject", "object")
    if mention.role in arguments and role in arguments:
        return True
    type_ = wanted(mention)
    below = type_ == "Person" or (type_ != "Place" and mention.role != "possessor")
    return role == "subject" and below


def _may_be_a(mention: Mention, type_: str, candidate: Candidate) -> bool:
    """Whether an entity that was not called by a noun can be what it says: of the same type, of no other origin, with
    the office if it is one, and known to be of the kind, unless that has many ("Konzern", "Verband", "Stadt").

    A land or a river must be known to be one; a "Tochter" or "Schwesterpartei" and, mostly, "ihre Stadt" are somebody
    else's.
    """
    noun = noun_of(mention)
    kind = noun_kind(noun)
    if noun.startswith(("Tochter", "Mutter") if type_ == "Person" else tuple(noun_list("relational_firsts"))):
        return False
    origin = attributes(mention)
    if origin - candidate.attributes and (type_ == "Person" or candidate.attributes):  # "der iranische Minister"
        return False
    if is_owned(mention) and (_OWN.match(plain(mention.text)) or not _may_be_owned(noun, type_, candidate)):
        return False  # "seinen eigenen Betrieb" is a new one
    if type_ not in ("Person", "Organization", "Place"):
        return candidate.type == type_ and (kind in candidate.kinds if kind else not candidate.nouns)
    if type_ == "Person" and stem(noun) in noun_stems("boards"):
        return False  # "der Vorstand" is a body, unless the person was called so before
    in_court = stem(noun) in noun_stems("in_court") and candidate.kinds & {"law", "media", "force"}
    if stem(noun) in noun_stems("generic") or in_court:
        return False
    if (_is_office(noun) or (candidate.offices and _is_office_of_part(noun))) and not _holds_office(noun, candidate):
        return False
    if type_ == "Place" and (_is_building(candidate) or _is_only_origin(mention, candidate)):
        return False
    known = bool(candidate.kinds & {kind, "region" if kind == "country" else kind})
    own = not is_institution(noun) or (kind in _KINDS_OF_HOUSES and known)
    fits = candidate.type == type_ or (candidate.type == "Organization" and is_firm_too(noun))
    return fits and own and (known or type_ == "Person" or kind in _ASSUMED_KINDS)


def _may_be_owned(noun: str, type_: str, candidate: Candidate) -> bool:
    """Possessive phrase: whether an entity may be what it means though it was never called so: a counterpart ("ihr
    Gegner"), or of the noun's kind or office.
    """
    if type_ == "Person" and stem(noun) in noun_stems("counterparts"):
        return True
    kind = type_ in ("Person", "Organization", "Place") and noun_kind(noun) in candidate.kinds
    return kind or _holds_office(noun, candidate)


def _is_office_of_part(noun: str) -> bool:
    """Office of a part: whether a compound says at the head of what somebody is: "Kreistagsvorsitzende". Who is known
    by another office was not called by it: it is somebody else's.
    """
    office = role_relation(noun)
    return office is not None and office.iri == "schema:affiliation" and stem(noun).endswith(_HEADS_OF_PARTS)


def _is_building(candidate: Candidate) -> bool:
    """Whether the name of a place ends in a noun for a house: the "Marienkirche" is no "Stadt"."""
    return any(noun_kind(word) in _KINDS_OF_HOUSES for word in candidate.last_words)


def _is_only_origin(mention: Mention, candidate: Candidate) -> bool:
    """Adjective of origin: whether an entity was named by one alone, and not lately: what is told behind "ein Prager
    Duo" does not go on about Prag.
    """
    lately = mention.sentence - candidate.last.sentence <= _REACH_OF_ORIGIN
    return not lately and candidate.forms == {"part"}


def _is_office(noun: str) -> bool:
    """Office that has one name: "Minister", "Parlamentspräsident", not "Chef"."""
    return role_relation(noun) is not None and (
        noun_kind(noun) in _KINDS_WITH_OFFICES or stem(noun).endswith(_ENDS_OF_OFFICES)
    )


def _holds_office(noun: str, candidate: Candidate) -> bool:
    """Synonymous offices: whether an entity has a noun's office under another name: "Firmenchef" and "Geschäftsführer".
    Not of offices of one name, nor of mere membership.
    """
    office = role_relation(noun)
    if office is None or office.iri == "schema:affiliation" or noun_kind(noun) in _KINDS_WITH_OFFICES:
        return False
    return office.iri in candidate.offices
