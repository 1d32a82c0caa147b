"""Agent (Agens): "wurde von X unterzeichnet" is read as "X unterzeichnete"; only who can act buys or founds.

A passive with an agent becomes active; of a relative clause whose two ends look alike, what they are tells who acts:
"die Erklärung, die die Stadt veröffentlichte".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.clause.clauses import Clause
from kg.extract.clause.dating import is_clock
from kg.extract.names.mentions import Mentions
from kg.extract.tree.arguments import Slot
from kg.language.auxiliaries import is_form_of
from kg.language.nouns import is_person, noun_kind, noun_type
from kg.language.verbs import words
from kg.records import Mention

if TYPE_CHECKING:
    from kg.ontology import Relation


# Kinds of places that act as their people do: "das Haus, das die Stadt kaufte", but a bridge buys nothing.
_COMMUNITIES = frozenset({"city", "region", "country", "district"})


def active(clause: Clause) -> Clause:
    """The clause with the one who acts as subject: "wurde von X unterzeichnet" says what "X unterzeichnete" says."""
    if not clause.passive:
        return clause
    agents = [s for s in clause.slots if s.role == "agent" or (s.preposition in ("von", "durch") and _acts(s, clause))]
    agents = [s for s in agents if not (_is_place(s) and _is_left(s, clause))]
    agents = agents or [s for s in clause.slots if _must_act(s, clause)]
    if not agents:
        return clause
    suffering = (Slot("obj", subject) for subject in clause.subjects)
    rest = (slot for slot in clause.slots if slot not in agents)
    return replace(clause, subjects=tuple(a.head for a in agents), slots=(*suffering, *rest), passive=False)


def _must_act(slot: Slot, clause: Clause) -> bool:
    """ "wurde von einem Hund gebissen": beside "werden", "von" names who acts, unless the verb itself asks for it."""
    if slot.preposition != "von" or slot.last is not None or slot.head.pos_ not in ("NOUN", "PRON"):
        return False
    happens = any(is_form_of(a.text, "werden") for a in clause.auxiliaries)
    further = any(s.preposition in ("bis", "nach") for s in clause.slots)  # "von Hof bis Ulm verlängert"
    plain = not slot.head.ent_type_ and not slot.head.like_num and not is_clock(slot.head.text)
    case = slot.case
    away = case is not None and case.i and case.nbor(-1).text.lower() in ("weg", "abgesehen", "ausgehend", "unabhängig")
    measured = away or any(c.dep_ == "nummod" for c in slot.head.children)  # "von fünf auf sechs Prozent erhöht"
    return happens and plain and not further and not measured and clause.lemma not in words("parting")


def turned(mentions: Mentions, clause: Clause) -> Clause:
    """A relative clause with the one who acts as subject: "die Erklärung, die die Stadt veröffentlichte"."""
    if clause.relation != "acl:relcl" or clause.passive or len(clause.subjects) != 1:
        return clause
    objects = [slot for slot in clause.slots if slot.role == "obj" and slot.case is None]
    if len(objects) != 1:
        return clause
    if clause.subjects[0].tag_ == "PPER":  # "die Firma, die er verkaufte": he acts, and his form says so
        return clause
    who, what = mentions.of(clause.subjects[0]), mentions.of(objects[0].head)
    if clause.lemma not in words("agentive") or _can_act(who) or not _can_act(what):
        return clause
    rest = (slot for slot in clause.slots if slot is not objects[0])
    return replace(clause, subjects=(objects[0].head,), slots=(Slot("obj", clause.subjects[0]), *rest))


def _can_act(mention: Mention) -> bool:
    if mention.form == "named":
        return mention.type in ("Person", "Organization", "Place")
    return mention.type != "Concept" and is_acting(mention.description or mention.name)


def is_acting(noun: str) -> bool:
    """Whether what a noun names can do something: a person, an organisation, a town or a country.

    >>> is_acting("Stadt"), is_acting("Brücke"), is_acting("Konzern"), is_acting("Gesetz")
    (True, False, True, False)
    """
    return noun_type(noun) in ("Person", "Organization") or noun_kind(noun) in _COMMUNITIES


def _acts(slot: Slot, clause: Clause) -> bool:
    named = slot.head.ent_type_ in ("PER", "ORG") or (_is_place(slot) and not _is_left(slot, clause))
    return named or is_person(slot.head.text) or noun_type(slot.head.text) == "Organization"


def _is_left(place: Slot, clause: Clause) -> bool:
    """Whether something goes from a place to another: "von Bonn nach Berlin verlegt", not "von Rom um 300 erobert"."""
    others = (s for s in clause.slots if s.preposition in ("bis", "nach"))
    return place.preposition == "von" and any(map(_is_place, others))


def _is_place(slot: Slot) -> bool:
    return slot.head.ent_type_ in ("LOC", "GPE")


def is_meant(relation: Relation, clause: Clause, who: Mention, what: Mention) -> bool:
    """Whether a verb of two meanings has that of the relation: a court convicts, and nobody is member of a hospital.

    "Das Landgericht verurteilte ihn", but "Die EU verurteilte Putins Angriff"; "verließ die Partei", not "das Hotel".
    """
    if relation.iri == "kg:convicted":
        sentenced = any(slot.preposition in ("zu", "wegen") for slot in clause.slots)
        return sentenced or any(word in f"{who.name} {who.description}".lower() for word in words("judging"))
    if relation.iri == "kg:leftOrganization":
        return not any((what.description or what.name).lower().endswith(word) for word in words("entered"))
    return True
