"""Facts in words: "Henrik Saller – übergab – Schlüssel – an Nele Prinz – in Stade (laut Kurt Amend)".

A fact is read as subject, predicate, object, then who and what has another role, with its preposition. What keeps it
from being plainly true stands beside it, so that nobody reads a denial or a plan as an assertion: "nicht:" before the
predicate, modality and speaker in brackets behind.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.language.auxiliaries import PRETERITE, is_form_of
from kg.modalities import ASSERTED, TABLE
from kg.ontology import relation
from kg.records import ROLES
from kg.system.text import one_line

if TYPE_CHECKING:
    from kg.graph.graph import Graph
    from kg.ontology import Vocabulary
    from kg.records import Fact, FactRole

MODALITY_WORDS: Mapping[str, str] = {modality.name: modality.de for modality in TABLE if modality.name != ASSERTED}
"""What a German label says for each modality but "asserted", which goes without saying."""

_ORDER = {name: number for number, name in enumerate(ROLES)}


def lemma_label(fact: Fact, vocabulary: Vocabulary) -> str:
    """What a predicate is called for all its facts: the German label of its relation, else the lemma, which tells more
    where any noun of a post says the relation.
    """
    known = relation(fact.predicate, vocabulary)
    return known.de if known and not known.told_by_noun else fact.lemma


def predicate_label(fact: Fact, vocabulary: Vocabulary) -> str:
    """The predicate of one fact, as it is read: the label of its relation, else what its first sentence says.

    "übergab" rather than "übergeben"; a verb that begins its sentence is not written as a name. Where the sentence is a
    passive and the fact tells who acts ("wurde von X geleitet"), its words would say the contrary: the lemma does not.
    """
    if relation(fact.predicate, vocabulary) or not fact.claims:
        return lemma_label(fact, vocabulary)
    said = one_line(fact.claims[0].predicate.text) or fact.lemma
    if _is_passive(said, fact.lemma) and not fact.lemma.endswith(("werden", "sein")):
        return fact.lemma
    return said[:1].lower() + said[1:] if fact.lemma[:1].islower() else said


def _is_passive(said: str, lemma: str) -> bool:
    """Whether a predicate's words are a passive, "wurde geleitet", and no future: "wird leiten", "wird geleitet haben".

    "wird verlassen" may be both: it is taken for the future, whose infinitive it shows.
    """
    words = said.lower().split()
    if any(word == "worden" or is_form_of(word, "werden", PRETERITE) for word in words):
        return True
    future = lemma.rpartition(" ")[2] in words or "haben" in words
    return any(is_form_of(word, "werden") for word in words) and not future


SPEAKS_OF = "äußert sich zu"
"""The label of an edge from who says a fact to what it is about."""


def edge_label(fact: Fact, vocabulary: Vocabulary, preposition: str = "") -> str:
    """The predicate as it reads on an edge: "setzt ein", "übergab an", or "nicht: setzt ein" when it is denied."""
    label = f"{predicate_label(fact, vocabulary)} {preposition}".rstrip()
    return f"nicht: {label}" if fact.polarity == "negative" else label


def object_label(graph: Graph, fact: Fact) -> str:
    """The label of the object entity, or the text that is the object; "" where there is none."""
    return graph.entities_by_id[fact.object].label if fact.object else fact.literal


def role_label(graph: Graph, role: FactRole) -> str:
    """What has a role, with its preposition: "an Nele Prinz"."""
    return f"{role.preposition} {role_text(graph, role)}".lstrip()


def role_text(graph: Graph, role: FactRole) -> str:
    """The label of the entity that has a role, or the text that has it."""
    return graph.entities_by_id[role.entity].label if role.entity else role.value


def roles_in_order(roles: tuple[FactRole, ...]) -> list[FactRole]:
    """Roles as one tells them: to whom before where, as in `kg.records.ROLES`."""
    return sorted(roles, key=lambda role: (_ORDER.get(role.role, len(_ORDER)), role))


def speaker_label(graph: Graph, fact: Fact) -> str:
    """The label of the speaker, "" for the author's own voice."""
    return graph.entities_by_id[fact.speaker].label if fact.speaker else ""


def _is_told(graph: Graph, fact: Fact, role: FactRole) -> bool:
    """Whether the object's phrase says already who has a role ("Aktivitäten mit Huawei" says "mit Huawei"), or the
    predicate says a complement: "Gouverneur".
    """
    known = relation(fact.predicate, graph.vocabulary)
    if role.role == "complement" and known is not None and known.told_by_noun:
        return True
    phrase = graph.entities_by_id.get(fact.object)
    return phrase is not None and role.entity in phrase.parts and role.preposition in phrase.label.split()


def fact_label(graph: Graph, fact: Fact) -> str:
    """The whole fact in one line: "Sören Link – hat unterzeichnet – Memorandum of Understanding"."""
    speaker = speaker_label(graph, fact)
    marks = [MODALITY_WORDS.get(fact.modality, ""), f"laut {speaker}" if speaker else ""]
    beside = "; ".join(mark for mark in marks if mark)
    parts = [graph.entities_by_id[fact.subject].label, edge_label(fact, graph.vocabulary), object_label(graph, fact)]
    parts += [role_label(graph, role) for role in roles_in_order(fact.roles) if not _is_told(graph, fact, role)]
    line = " – ".join(part for part in parts if part)
    return one_line(f"{line} ({beside})" if beside else line)
