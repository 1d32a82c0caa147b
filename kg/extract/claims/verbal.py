"""What clauses say: each as subject – predicate – object, for every subject and every argument of its verb.

"Link und Yan Lida unterzeichneten ein Memorandum." says two things, one per subject. A question says nothing of what is
so, and neither does an order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract.claims.agents import active, verb_has_sense, with_agentive_subject
from kg.extract.claims.complements import (
    bare_claims,
    clause_subjects,
    content_claims,
    dated_claim,
    has_complement,
    is_addressee,
    pair_claim,
    passive_claims,
    predicative_claims,
)
from kg.extract.claims.nonarguments import is_aside, is_nonparticipant, phrase_text
from kg.extract.claims.object_predicatives import with_object_predicative
from kg.extract.claims.propositions import Proposition, Said
from kg.extract.clause.clauses import Clause
from kg.extract.clause.dating import dates, is_time, lasts, names_year
from kg.extract.clause.predicates import by_passive, by_verb, predicate_of
from kg.extract.names.mentions import Mentions, phrase
from kg.extract.speech.attribution import Speech
from kg.extract.speech.sentences import AnalysedSentence
from kg.extract.tree.arguments import Slot, attributes_of, is_nominal
from kg.language.nouns import noun_type
from kg.language.prepositions import governed_by
from kg.language.verbs import words
from kg.reader.tokens import has
from kg.records import Mention

if TYPE_CHECKING:
    from spacy.tokens import Token


def find_verbal(mentions: Mentions, sentences: Sequence[AnalysedSentence], speech: Speech) -> list[Proposition]:
    """What the clauses of a document say, in its order; a clause before a question mark says nothing.

    "Link und Yan Lida unterzeichneten ein Memorandum." → Link – unterzeichnen – Memorandum; Yan Lida – …
    """
    return [
        Proposition(said, sentence, clause, speech.voices.get(head))
        for sentence in sentences
        for head, clause in sentence.clauses.items()
        if head > sentence.asked
        for said in _said_by_clause(mentions, clause, sentence)
    ]


def _said_by_clause(mentions: Mentions, clause: Clause, sentence: AnalysedSentence) -> Iterator[Said]:
    """One clause in the active: each subject with each object, predicative and prepositional argument.

    An imperative, a request, a bare participle and an interrogative subject say nothing; sources, comparisons and
    asides are no arguments: "Laut Polizei kaufte Audi BMW" → Audi – kaufen – BMW
    """
    told = with_agentive_subject(mentions, active(clause))
    subjects = told.subjects or clause_subjects(told)
    if not subjects or clause.mood == "Imp" or _is_request(clause) or _is_bare_participle(clause):
        return
    slots = [slot for slot in told.slots if not is_nonparticipant(slot, sentence)]
    slots = [slot for slot in slots if not is_aside(slot, told, slots)]
    told = with_object_predicative(_with_light_verb_phrase(replace(told, subjects=subjects, slots=tuple(slots))))
    for subject in (s for s in told.subjects if not _is_interrogative(s)):
        yield from _said_of_subject(mentions, told, subject)


def _is_request(clause: Clause) -> bool:
    """Polite imperative: a main clause opens with its finite verb and "Sie": "Bitte beachten Sie die Schilder"."""
    finite, edge = clause.finite, clause.verb.left_edge
    if finite is None or clause.relation != "root":
        return False
    first = edge.nbor(1) if edge.text.lower() == "bitte" and edge.i + 1 < len(edge.doc) else edge
    return finite == first and any(s.text == "Sie" and s.i == finite.i + 1 for s in clause.subjects)


def _is_bare_participle(clause: Clause) -> bool:
    """Participle clause without subject, auxiliary or conjunction, or with "wie": of whom it holds is open.

    "…, wie im Vertrag vorgesehen", "…, verursacht durch Öl"
    """
    if clause.verb.tag_ != "VVPP" or clause.finite is not None:
        return False
    first = next((t for t in clause.own if not t.is_punct), clause.verb)
    own = any(c.dep_.startswith(("nsubj", "mark")) or c.tag_ == "PRELS" for c in clause.verb.children)
    joined = clause.verb.dep_ == "conj" and clause.verb.nbor(-1 if clause.verb.i else 0).text != ","
    bare = not clause.auxiliaries and clause.copula is None and not joined and not own
    return first.text.lower() == "wie" or clause.mark == "wie" or (bare and clause.verb.dep_ != "ROOT")


def _with_light_verb_phrase(clause: Clause) -> Clause:
    """Light verb construction (Funktionsverbgefüge): its prepositional phrase is one predicate with the verb.

    It needs another argument and no attribute: "stellt Geld zur Verfügung" → zur Verfügung stellen – Geld
    """
    others = [slot for slot in clause.slots if slot.role != "pred" and is_nominal(slot.head)]
    light = next(
        (s for s in others if s.case is not None and phrase_text(s) in words("light") and not _has_attribute(s)), None
    )
    if light is None or len(clause.slots) < 2:
        return clause
    first, last = light.case, light.head
    assert first is not None
    rest = tuple(slot for slot in clause.slots if slot is not light)
    own = tuple(first.doc[first.i : last.i + 1])
    lemma = " ".join((first.text.lower(), *(t.text for t in own[1:]), clause.lemma))
    return replace(clause, lemma=lemma, slots=rest, words=tuple(sorted({*clause.words, *own})))


def _has_attribute(slot: Slot) -> bool:
    """Whether a phrase has an attribute, so that it means itself: "zum Abschluss des Spieltags"."""
    return any(c.dep_ in ("nmod", "amod", "acl", "acl:relcl", "appos", "flat") for c in slot.head.children)


def _is_interrogative(subject: Token) -> bool:
    """Interrogative or relative subject that names nothing: "was" for a whole clause, "welche Wut er hat"."""
    asking = any(c.dep_.startswith("det") and c.text.lower().startswith("welch") for c in subject.children)
    return asking or subject.text.lower() == "was"


@dataclass(frozen=True, slots=True)
class _Arguments:
    """What a clause has beside its subjects: the `things` it tells of, those that are its `objects`, and its `dates`.

    `led` tells that a preposition leads to one of the things, inside the clause.
    """

    things: list[Slot]
    objects: list[Slot]
    dates: list[Slot]
    led: bool


def _arguments_of(mentions: Mentions, clause: Clause) -> _Arguments:
    """The arguments of a clause without its subjects; of a verb of judging those without what it calls its object."""
    things = [slot for slot in clause.slots if slot.head not in clause.subjects or slot.role == "pred"]
    dated = [slot for slot in things if slot.role != "pred" and is_time(mentions.reading, slot)]
    objects = [s for s in clause.slots if s.role == "obj" and s.case is None and s not in dated]
    if clause.lemma in words("appraising") and not clause.passive:
        judged = [s for s in objects[1:] if s.head not in objects[0].head.conjuncts]  # but "nannte Ort und Zeit"
        things = [slot for slot in things if slot.preposition not in ("als", "für") and slot not in judged]
    led = any(
        s.case is not None and s.role != "pred" and s not in dated and _is_behind_finite(s, clause) for s in things
    )
    return _Arguments(things, objects, dated, led)


def _said_of_subject(mentions: Mentions, clause: Clause, subject: Token) -> Iterator[Said]:
    """What a clause says of one subject: with its arguments, a complement clause, or its date or verb alone.

    An addressee beside a complement clause is no argument; an expletive "es" says nothing with a predicative or a
    complement ("es macht Sinn, das Recht umzusetzen"), but "es gibt ein Projekt" tells of the Projekt.
    """
    who = mentions.of(subject)
    impersonal = subject.dep_ == "expl"  # of "es gibt ein Projekt" the Projekt is told, of "es ist falsch" nothing
    arguments = _arguments_of(mentions, clause)
    told = has_complement(clause)
    if told and impersonal and clause.lemma != "geben":
        return  # "es macht Sinn, das Recht umzusetzen"
    for slot in arguments.things:
        addressed = told and slot not in arguments.dates and is_addressee(clause, slot)
        if not addressed and not (slot.role == "pred" and impersonal):
            yield from _said_with_argument(mentions, clause, who, slot, arguments)
    content = [] if arguments.objects or impersonal else list(content_claims(mentions, clause, who))
    yield from content
    if not content:
        yield from _said_without_object(mentions, clause, who, subject, arguments)


def _said_with_argument(
    mentions: Mentions, clause: Clause, who: Mention, slot: Slot, arguments: _Arguments
) -> Iterator[Said]:
    """One argument of a subject: a predicative, an object or prepositional phrase, with the attributes of a bare noun.

    Two ends of "zwischen" are one. A fixed phrase, a date, "was", and an adjective beside a phrase that belongs to it
    ("ist an dem Streik beteiligt") say nothing of their own.
    """
    if slot.preposition == "zwischen" and slot not in arguments.dates:
        pair = [s for s in arguments.things if s.case == slot.case]
        if slot == pair[0] and len(pair) > 1:
            yield pair_claim(mentions, clause, who, pair, tuple(o.head for o in arguments.objects)[:1])
        if len(pair) > 1 or has(slot.head, "Number", "Sing"):
            return
    if slot.role == "pred" and slot.head.pos_ in ("ADJ", "VERB") and arguments.led:
        return  # "ist an dem Streik beteiligt" says more than that it is beteiligt
    if slot.role == "pred":
        yield from predicative_claims(mentions, clause, who, slot)
    elif slot.head.text.lower() == "was":
        return  # "wir zeigen, was wir können"
    elif slot not in arguments.dates and is_nominal(slot.head) and not _is_fixed_phrase(mentions, slot):
        said = _with_argument(mentions, clause, who, slot, arguments.objects)
        if said.subject != said.object:
            yield said
    if slot.case is None and slot.role in ("obj", "pred") and slot.head.pos_ == "NOUN":
        yield from _said_with_attributes(mentions, clause, who, slot)


def _said_with_attributes(mentions: Mentions, clause: Clause, who: Mention, slot: Slot) -> Iterator[Said]:
    """Attribute of an object or predicative: of a light verb it is an argument, where the noun governs its preposition.

    So it is where it names a person or organisation: "ging eine Zusammenarbeit mit Huawei ein" → … mit – Huawei
    """
    light = clause.lemma in words("light_verbs")
    for attribute in attributes_of(slot.head):
        if attribute.preposition == "zwischen" and any(attribute.head.conjuncts):
            continue
        governed = light and attribute.preposition in governed_by(slot.head.text, slot.head.lemma_)
        if governed or _takes_part(mentions.of(attribute.head)):
            yield _with_argument(mentions, clause, who, attribute, [slot])


def _said_without_object(
    mentions: Mentions, clause: Clause, who: Mention, subject: Token, arguments: _Arguments
) -> Iterator[Said]:
    """Clause without an object: it says when ("lief bis 2022"), what was done ("wurde gelöscht"), or its verb alone.

    A date counts with its year, or as a duration without a preposition, and not with verbs of saying.
    """
    explicit = [slot for slot in arguments.dates if names_year(slot) and dates(mentions.reading, slot)]
    explicit = explicit or [slot for slot in arguments.dates if slot.case is None and lasts(slot)]
    if explicit and not arguments.objects and all(slot.role != "pred" for slot in arguments.things):
        if clause.lemma not in words("saying"):
            yield dated_claim(mentions, clause, who, explicit[0])
    elif all(slot in arguments.dates for slot in arguments.things) and subject.dep_ != "expl":
        yield from passive_claims(mentions, clause, who)
        yield from bare_claims(mentions, clause, who, subject)


def _is_behind_finite(slot: Slot, clause: Clause) -> bool:
    """Whether a phrase stands behind the finite verb or in a subordinate clause: "an dem Streik beteiligt".

    "Nach dem Sturm leer" in the Vorfeld is an adverbial of the clause.
    """
    return clause.finite is None or slot.head.i > clause.finite.i or clause.mark != ""


def _with_argument(mentions: Mentions, clause: Clause, who: Mention, slot: Slot, objects: list[Slot]) -> Said:
    """What is said with one argument; beside a direct object that is not it, that noun is part of the predicate.

    "ging eine Zusammenarbeit mit Huawei ein" → Zusammenarbeit eingehen mit – Huawei; "verkaufte Bombardier das Werk" →
    Werk verkaufen – Bombardier. A passive without agent may exchange the ends: "für X wird Y eingesetzt" → X uses Y
    """
    what = mentions.of(slot.head)
    if slot.case is None and (slot.role == "obj" or not objects):
        predicate = predicate_of(mentions.reading, clause, clause.lemma)
    else:
        with_object = tuple(o.head for o in (*objects, *_predicatives(clause)) if o is not slot)[:1]
        predicate = predicate_of(mentions.reading, clause, clause.lemma, slot, with_object)
    subject, object = (what, who) if _is_object_first(clause, slot, who, what) else (who, what)
    forward, backward = by_verb().get(predicate.lemma), by_passive().get(predicate.lemma)
    if backward is not None and backward.fits(what.type, who.type):
        # "für X wird Y eingesetzt": X uses Y
        subject, object, predicate = what, who, replace(predicate, iri=backward.iri)
    elif forward is not None and forward.fits(subject.type, object.type) and verb_has_sense(forward, clause, who, what):
        predicate = replace(predicate, iri=forward.iri)
    return Said(subject, predicate, object)


def _takes_part(mention: Mention) -> bool:
    """Whether a mention is the name of a person or organisation."""
    return mention.form == "named" and mention.type in ("Person", "Organization")


def _predicatives(clause: Clause) -> Iterator[Slot]:
    """Predicatives without preposition that are no names, which are part of the predicate: "ist beteiligt an"."""
    return (slot for slot in clause.slots if slot.role == "pred" and slot.case is None and slot.head.pos_ != "PROPN")


def _is_object_first(clause: Clause, slot: Slot, who: Mention, what: Mention) -> bool:
    """Object in the Vorfeld: the subject is a work, the object behind an `agentive` verb a named person.

    The two are exchanged, for a work writes no person: "Das Buch schrieb Peter Handke" → Peter Handke – schreiben
    """
    fronted = slot.role == "obj" and slot.case is None and not clause.passive and slot.head.i > clause.verb.i
    work = who.form == "nominal" and noun_type(who.description or who.name) == "Work"
    return fronted and work and what.type == "Person" and what.form == "named" and clause.lemma in words("agentive")


def _is_fixed_phrase(mentions: Mentions, slot: Slot) -> bool:
    """Fixed phrase: a prepositional phrase of the list `phrases` names no thing: "auf Anfrage", "in der Regel"."""
    if slot.case is None:
        return False
    first, last = phrase(slot.head)
    return mentions.reading.doc[min(slot.case.i, first) : last + 1].text.lower() in words("phrases")
