"""Agent (Agens): "wurde von X unterzeichnet" is read as "X unterzeichnete"; only who can act buys or founds.

A passive with an agent becomes active; of a relative clause whose two ends look alike, what they are tells who acts:
"die Erklärung, die die Stadt veröffentlichte".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.clause.clauses import Clause
from kg.extract.clause.dating import is_clock
from kg.extract.clause.verb_lemmas import is_modal_infinitive
from kg.extract.names.mentions import Mentions
from kg.extract.tree.arguments import Slot
from kg.language.auxiliaries import is_form_of
from kg.language.nouns import is_person, noun_kind, noun_stems, noun_type, stem
from kg.language.verbs import words
from kg.ontology import AGENTS
from kg.reader.tokens import PLACES, has, is_number
from kg.records import Mention

if TYPE_CHECKING:
    from kg.ontology import Relation


# Kinds of places that act as their people do: "das Haus, das die Stadt kaufte", but a bridge buys nothing.
_COMMUNITIES = frozenset({"city", "region", "country", "district"})


def active(clause: Clause) -> Clause:
    """Passive with an agent: the clause in the active, with the agent as subject and the old subject as object.

    The agent is led by "von" or "durch" and names who can act, or is a plain "von" beside "werden": "wurde von X
    unterzeichnet" says what "X unterzeichnete" says. Without an agent the clause is left as it is.
    """
    agents = _agents(clause) if clause.passive else []
    if not agents:
        return clause
    suffering = (Slot("obj", subject) for subject in clause.subjects)
    rest = (slot for slot in clause.slots if slot not in agents)
    return replace(clause, subjects=tuple(a.head for a in agents), slots=(*suffering, *rest), passive=False)


def _agents(clause: Clause) -> list[Slot]:
    """Agent phrases of a passive: those with "von", and those with "durch" only where no "von" names one.

    Beside "von" a "durch" tells by what means or which way: "von Krause durch Köln geleitet" → Krause. With a modal
    infinitive of perceiving or parting nobody acts: "von der Bank war nichts zu hören", "ist von Gicht zu trennen".
    """
    if _is_owed(clause) and clause.lemma in words("perceiving") | words("parting"):
        return []
    named = [s for s in clause.slots if s.role == "agent" or (s.preposition in ("von", "durch") and _names_agent(s))]
    if clause.lemma in words("parting"):  # "vom Spielbetrieb zurückgezogen" tells from what
        named = [s for s in named if s.head.pos_ != "NOUN" or s.preposition != "von" or is_agentive_noun(s.head.text)]
    named = [s for s in named if not _is_place(s) or _is_acting_place(s, clause)]
    by_von = [s for s in named if s.preposition != "durch"] or [s for s in clause.slots if _is_agentive_von(s, clause)]
    return by_von or named


def _is_owed(clause: Clause) -> bool:
    """Modal infinitive: "ist vom Land zu tragen"."""
    return any(is_modal_infinitive(a, clause.verb) for a in clause.auxiliaries)


def _is_agentive_von(slot: Slot, clause: Clause) -> bool:
    """Agentive "von" before a common noun or pronoun beside "werden", a bare participle or a modal infinitive: "wurde
    von einem Hund gebissen", "der vom Volk gewählte Rat", "ist vom Land zu tragen".

    Not with verbs whose own "von" tells from where (`parting`), with "bis" or "nach" in the clause, a measure or a
    time: "von fünf auf sechs Prozent erhöht", "von Hof bis Ulm verlängert".
    """
    if slot.preposition != "von" or slot.last is not None or slot.head.pos_ not in ("NOUN", "PRON"):
        return False
    happens = not clause.auxiliaries or any(is_form_of(a.text, "werden") for a in clause.auxiliaries)
    happens = happens or _is_owed(clause)
    further = any(s.preposition in ("bis", "nach") for s in clause.slots)  # "von Hof bis Ulm verlängert"
    plain = not slot.head.ent_type_ and not is_number(slot.head) and not is_clock(slot.head.text)
    case = slot.case
    away = case is not None and case.i and case.nbor(-1).text.lower() in ("weg", "abgesehen", "ausgehend", "unabhängig")
    away = away or (slot.head.i + 1 < len(slot.head.doc) and slot.head.nbor().text.lower() in ("aus", "her"))
    measured = away or any(c.dep_ == "nummod" for c in slot.head.children)  # "von fünf auf sechs Prozent erhöht"
    return happens and plain and not further and not measured and clause.lemma not in words("parting")


def with_agentive_subject(mentions: Mentions, clause: Clause) -> Clause:
    """Relative clause in the active whose verb needs an agent (`agentive`): the object acts if its subject cannot.

    The two are exchanged then, for nominative and accusative often look alike: "die Erklärung, die die Stadt
    veröffentlichte" → die Stadt – veröffentlichen – die Erklärung. A personal pronoun as subject stays: "die er
    verkaufte". So are they in a main clause of a verb that only persons can be the subject of (`animate`), where the
    thing stands before the verb and the person behind: "Die Folgen spüren die Bürger".
    """
    if clause.passive or len(clause.subjects) != 1:
        return clause
    objects = [slot for slot in clause.slots if slot.role in ("obj", "obl") and slot.case is None]
    if clause.relation != "acl:relcl":
        direct = [slot for slot in objects if slot.role == "obj"]
        return _with_person_as_subject(mentions, clause, direct or objects)
    if len(objects) != 1:
        return clause
    if clause.subjects[0].tag_ == "PPER":  # "die Firma, die er verkaufte": he acts, and his form says so
        return clause
    who, what = mentions.of(clause.subjects[0]), mentions.of(objects[0].head)
    alike = clause.lemma not in words("agentive") or can_act(who) or not can_act(what)
    if alike and not _is_focus_of_cleft(clause, objects[0]):
        return clause
    rest = (slot for slot in clause.slots if slot is not objects[0])
    return replace(clause, subjects=(objects[0].head,), slots=(Slot("obj", clause.subjects[0]), *rest))


def _is_focus_of_cleft(clause: Clause, slot: Slot) -> bool:
    """Cleft (Spaltsatz): whether an argument of its relative clause, read as an object, is the name beside "es" and
    "sein", where no form tells nominative from accusative: then the name is the subject, as in most clefts.

    "Es war Bosch, das die Falk AG kaufte" → Bosch; not "…, den die Falk AG kaufte", "…, die der Chef entließ"
    """
    name, finite = clause.parent, clause.finite
    if name is None or name.pos_ != "PROPN" or name != slot.head or finite is None:
        return False
    below = list(name.children)
    cleft = any(c.text.lower() == "es" for c in below) and any(c.dep_ == "cop" and c.lemma_ == "sein" for c in below)
    relative = next((c for c in clause.verb.children if c.tag_ == "PRELS"), None)
    named = any(
        c.text.lower() in _MASCULINE_NOMINATIVE for c in clause.subjects[0].children if c.dep_.startswith("det")
    )
    open_form = relative is not None and relative.text in ("die", "das") and has(finite, "Number", "Sing")
    return cleft and open_form and not named


# Articles and determiners that, before a masculine subject, only a nominative has.
_MASCULINE_NOMINATIVE = frozenset("der ein kein jeder dieser sein ihr unser".split())


def _with_person_as_subject(mentions: Mentions, clause: Clause, objects: Sequence[Slot]) -> Clause:
    """Object in the Vorfeld of a main clause: the clause with the person behind the verb as its subject.

    The verb is `animate`, the noun before it names nothing that can act, and the nouns behind it, all joined, are
    persons, their names or an `audience`, without the article of an accusative. "Eine Pause schloss Kern aus" → Kern;
    "40 Lesungen besuchten 900 Gäste" → Gäste
    """
    subject = clause.subjects[0]
    if clause.lemma not in words("animate") or subject.pos_ != "NOUN" or subject.i > clause.verb.i or not objects:
        return clause
    heads = [slot.head for slot in objects]
    joined = all(h == heads[0] or h in heads[0].conjuncts for h in heads) and heads[0].i > clause.verb.i
    accusative = any(c.text.lower() in _ACCUSATIVE for c in heads[0].children if c.dep_.startswith("det"))
    if not joined or accusative or clause.mark or can_act(mentions.of(subject)):
        return clause
    behind = [mentions.of(head) for head in heads]
    nominative = any(c.text.lower() in _MASCULINE_NOMINATIVE for c in subject.children if c.dep_.startswith("det"))
    if stem(subject.text) in noun_stems("audience") or (nominative and has(subject, "Gender", "Masc")):
        return clause
    many = stem(heads[0].text) in noun_stems("audience")
    if not many and not all(m.type == "Person" or (m.type == "Organization" and m.form == "named") for m in behind):
        return clause
    rest = (slot for slot in clause.slots if slot not in objects)
    return replace(clause, subjects=tuple(heads), slots=(Slot("obj", subject), *rest))


# Articles and determiners that only an accusative or dative has.
_ACCUSATIVE = frozenset("den einen keinen jeden diesen seinen ihren unseren dem einem".split())


def can_act(mention: Mention) -> bool:
    """Animacy of a mention: a name of a person, organisation or place, or a phrase whose noun can act: "die Stadt"."""
    if mention.form == "named":
        return mention.type in ("Person", "Organization", "Place")
    return mention.type != "Concept" and is_agentive_noun(mention.description or mention.name)


def is_agentive_noun(noun: str) -> bool:
    """Animacy of a noun: whether it names what can act: a person, an organisation, a town or a country.

    >>> is_agentive_noun("Stadt"), is_agentive_noun("Brücke"), is_agentive_noun("Konzern"), is_agentive_noun("Gesetz")
    (True, False, True, False)
    """
    return noun_type(noun) in AGENTS or noun_kind(noun) in _COMMUNITIES


def _names_agent(slot: Slot) -> bool:
    """Whether the noun of a phrase with "von" or "durch" can be an agent: a person, organisation or place."""
    named = slot.head.ent_type_ in ("PER", "ORG") or _is_place(slot)
    return named or is_person(slot.head.text) or noun_type(slot.head.text) == "Organization"


def _is_acting_place(place: Slot, clause: Clause) -> bool:
    """Metonymy: whether the name of a place with "von" or "durch" means its state or town, which acts.

    Behind "durch" only with a verb of what states and towns do (`governing`), for "durch" also leads the way: "wurde
    durch Polen besetzt", not "wurde durch Polen gebaut". Behind "von" unless the place is left.
    """
    if place.preposition == "durch":
        return clause.lemma in words("governing")
    return not _is_place_of_departure(place, clause)


def _is_place_of_departure(place: Slot, clause: Clause) -> bool:
    """Directional "von" before a place: another place with "bis" or "nach" stands in the clause, so it is no agent.

    "von Bonn nach Berlin verlegt", not "von Rom um 300 erobert"
    """
    others = (s for s in clause.slots if s.preposition in ("bis", "nach"))
    return place.preposition == "von" and any(map(_is_place, others))


def _is_place(slot: Slot) -> bool:
    """Whether an argument is the name of a place."""
    return slot.head.ent_type_ in PLACES


# What leads to a goal or a way: "führte die Partei in die Krise", "führt die Gruppe durch das Museum".
_GOALS = frozenset("in auf zu nach aus an durch über bis gegen".split())


def verb_has_sense(relation: Relation, clause: Clause, who: Mention, what: Mention) -> bool:
    """Polysemous verb: whether it has the sense of its relation: "verurteilen" to convict, "verlassen" to resign.

    To convict takes a court as subject, or "zu" or "wegen": "Das Landgericht verurteilte ihn", not "Die EU verurteilte
    Putins Angriff". Who leads an organisation somewhere need not head it: "führt den Betrieb", not "führte die Elf zum
    Sieg". A membership does not end with a building: "verließ die Partei", not "das Hotel". Who is told
    something is no neuter pronoun: "Das sagte Kern der Zeitung".
    """
    if relation.iri == "kg:told":
        return what.text.lower() not in ("das", "dies", "dieses", "es", "alles", "nichts", "was")
    if clause.lemma == "führen":
        moves = any(slot.preposition in _GOALS for slot in clause.slots)
        return what.type == "Organization" and not moves
    if relation.iri == "kg:convicted":
        sentenced = any(slot.preposition in ("zu", "wegen") for slot in clause.slots)
        return sentenced or any(word in f"{who.name} {who.description}".lower() for word in words("judging"))
    if relation.iri == "kg:leftOrganization":
        return not any((what.description or what.name).lower().endswith(word) for word in words("entered"))
    return True
