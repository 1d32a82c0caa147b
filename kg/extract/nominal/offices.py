"""Offices that a verb gives or takes: "wurde zur Chefin der Bahn ernannt", "übernimmt die Leitung des Museums".

What the role noun says is read as beside a name (`roles`), but who has the role, and whether it came about, the clause
tells: "soll zum Präsidenten gewählt werden" is a plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.clause.clauses import Clause
from kg.extract.clause.dating import time_of
from kg.extract.clause.predicates import predicate_pieces
from kg.extract.clause.terms_of_office import term_behind
from kg.extract.names.mentions import Mentions
from kg.extract.nominal.affiliations import Office
from kg.extract.nominal.events import phrases_behind
from kg.extract.nominal.possessors import is_said_of_thing
from kg.extract.nominal.roles import role_of
from kg.extract.speech.attribution import Speech
from kg.extract.speech.factuality import modality_of, polarity_of
from kg.extract.speech.sentences import AnalysedSentence
from kg.extract.tree.arguments import Slot
from kg.language.nouns import is_person, noun_list
from kg.language.verbs import words
from kg.ontology import relation
from kg.reader.tokens import AND, NOUNS
from kg.records import Mention, Predicate

if TYPE_CHECKING:
    from spacy.tokens import Token


def find_offices(mentions: Mentions, sentences: Sequence[AnalysedSentence], speech: Speech) -> Iterator[Office]:
    """Appointment and office: yield the roles that verbs and their arguments say somebody gets, has or is.

    A verb of appointing with "zu" or "als", of serving with "als", "werden" and "bleiben" with a role noun, a verb of
    holding with a noun of office, and an inverted copula; polarity and modality are those of the clause.

    "Anna Schmidt wurde zur Chefin der Bahn ernannt." → Anna Schmidt ist Chefin; leitet die Bahn
    "Krause übernimmt den Vorsitz der SPD."           → Krause leitet die SPD
    """
    for sentence in sentences:
        for head, clause in sentence.clauses.items():
            found = list(_roles_of_clause(mentions, clause))
            if not found or head <= sentence.asked:
                continue
            voice = speech.voices.get(head)
            mode, polarity = modality_of(mentions.reading, clause, sentence, voice), polarity_of(clause, sentence)
            for role in found:
                own = role.modality if mode == "asserted" else mode
                yield replace(role, modality=own, polarity=polarity, voice=voice)


def _in_vorfeld(slot: Slot) -> bool:
    """Whether a phrase opens its sentence: there "als" tells what the subject is: "Als Präsident ernannte er Kern"."""
    return slot.case is not None and slot.case.i == slot.head.sent.start


def _roles_of_clause(mentions: Mentions, clause: Clause) -> Iterator[Office]:
    """The roles of one clause: its holder is the subject, or the object of an active verb of appointing.

    "Der Rat wählte Anna Schmidt zur Chefin" → Anna Schmidt. The role noun is one of persons and no part of a name.
    """
    by_zu = any(slot.preposition == "zu" for slot in clause.slots)
    given = [
        slot.head
        for slot in clause.slots
        if (clause.lemma in ("werden", "bleiben") and slot.role in ("obj", "pred") and slot.case is None)
        or (clause.lemma in words("appointing") and slot.preposition == "zu")
        or (clause.lemma in words("appointing") and slot.preposition == "als" and not by_zu and not _in_vorfeld(slot))
        or (clause.lemma in words("serving") and slot.preposition == "als")
    ]
    if clause.passive or clause.lemma not in words("appointing"):
        holders = list(clause.subjects)
    else:
        holders = [slot.head for slot in clause.slots if slot.role == "obj" and slot.case is None]
    if clause.copula is not None or clause.lemma in ("werden", "bleiben"):
        yield from _roles_of_inverted_copula(mentions, clause)
    people = [person for person in map(mentions.of, holders) if person.type in ("Person", "Thing")]
    for person in people:
        for noun in given:
            person_noun = noun.pos_ in NOUNS and is_person(noun.text) and not is_said_of_thing(noun)
            if person_noun and noun.i not in mentions.by_token:
                yield from _dated(mentions, clause, noun, role_of(mentions, person, noun))
        if clause.lemma in words("having_office") and person.type == "Person":
            yield from (role for slot in clause.slots for role in _role_of_office(mentions, person, slot.head, clause))


def _roles_of_inverted_copula(mentions: Mentions, clause: Clause) -> Iterator[Office]:
    """Inverted copula: the subject is a role noun without "ein", and the predicate the name of a person.

    Then the name has the role: "Chef der Allianz ist Oliver Bäte" → Bäte ist Chef
    """
    named = [slot.head for slot in clause.slots if slot.role in ("pred", "obj") and slot.case is None]
    above = [clause.verb.head] if clause.verb.dep_ == "nsubj" else []  # where the parser hangs the name on the role
    for noun in (*clause.subjects, *above):
        plain = noun.pos_ == "NOUN" and is_person(noun.text) and noun.i not in mentions.by_token
        if not plain or any(c.text.lower().startswith("ein") for c in noun.children if c.dep_ == "det"):
            continue
        for person in map(mentions.of, named):
            if person.type == "Person" and person.form == "named" and mentions.of(noun) != person:
                yield from _dated(mentions, clause, noun, role_of(mentions, person, noun))


def _dated(mentions: Mentions, clause: Clause, noun: Token, roles: Iterator[Office]) -> Iterator[Office]:
    """Term of office: the roles with the span that stands behind the role noun, else with the time of the clause:
    "Präsident von 1926 bis 1967 wurde Kern" → 1926 to 1967; "wurde 1926 Präsident" → 1926. A time behind an
    "und" behind the noun is that of another role: "wurde Pilot und seit 1962 Astronaut".
    """
    reading = mentions.reading
    time = term_behind(reading, noun.i) or time_of(reading, clause)
    if time is not None and time.start > reading.ends[noun.i]:
        between = noun.doc[noun.i + 1 : noun.sent.end]
        time = None if any(t.text in AND and reading.starts[t.i] < time.start for t in between) else time
    yield from (replace(role, time=time) for role in roles)


def _role_of_office(mentions: Mentions, person: Mention, noun: Token, clause: Clause) -> Iterator[Office]:
    """Noun of office as argument of "übernehmen", "innehaben", "haben", "antreten": the person heads the organisation.

    It stands behind the noun, as genitive or with "von" or "bei": "übernimmt die Leitung des Museums" → leitet das
    Museum
    """
    known = relation("org:headOf")
    if noun.text not in noun_list("offices") or known is None:
        return
    spans, text = predicate_pieces(mentions.reading, (*clause.words, noun))
    for phrase in phrases_behind(mentions, noun):
        for organisation in phrase.mentions if phrase.preposition in ("of", "bei") else ():
            if known.fits(person.type, organisation.type):
                yield Office(
                    person, Predicate(f"{noun.text} {clause.lemma}", known.iri, spans, text), organisation, noun.i
                )
