"""What clauses say: each as subject, predicate, object and roles, once for every subject and every object.

"Link und Yan Lida unterzeichneten in Shenzhen ein Memorandum." says two things, one per subject, each with its place. A
question says nothing of what is so, and neither does an order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.claims.agents import active, can_act, verb_has_sense, with_agentive_subject
from kg.extract.claims.complements import (
    complement_of,
    contents_of,
    contents_of_nouns,
    lacks_complement,
    manner_of,
    offices_of,
    spoken_of,
)
from kg.extract.claims.nonarguments import is_aside, is_nonparticipant, phrase_text
from kg.extract.claims.propositions import Proposition, Said
from kg.extract.claims.role_fillers import OBJECT, Filler, fillers_of, limits_of, with_own_recipient
from kg.extract.clause.clauses import Clause
from kg.extract.clause.dating import times_of
from kg.extract.clause.joined_clauses import clause_subjects, is_cleft, with_shared_object
from kg.extract.clause.participles import is_adjective, participial_clauses, with_state
from kg.extract.clause.predicates import (
    is_verb_of_relation,
    noun_lemma,
    predicate_of,
    relation_said_by,
    said_the_other_way,
)
from kg.extract.clause.predicatives import with_object_predicative
from kg.extract.names.mentions import Mentions
from kg.extract.speech.attribution import Speech
from kg.extract.speech.direct_speech import only_frames
from kg.extract.speech.factuality import is_open
from kg.extract.speech.reporting_clauses import tells_alone
from kg.extract.speech.sentences import AnalysedSentence
from kg.extract.tree.arguments import Slot, are_coordinated, is_nominal
from kg.extract.tree.negation import denied_conjunct
from kg.language.nouns import noun_type
from kg.language.prepositions import governed_by_adjective
from kg.language.verbs import words
from kg.reader.tokens import COMPLEMENTS, opens_sentence
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
        if head > sentence.asked and not is_open(clause, sentence, speech.voices.get(head))
        for said in _of_clause(mentions, clause, sentence)
        if not only_frames(clause, [OBJECT] * bool(said.object) + [f.role for f in said.roles], head in speech.inquits)
    ]


def find_participial(mentions: Mentions, sentences: Sequence[AnalysedSentence], speech: Speech) -> list[Proposition]:
    """What participial attributes and phrases say, where a name takes part, and beside who or what suffers it an end or
    a time is told; in the voice of the clause around.

    "das von Otto Kern gegründete Unternehmen" → Otto Kern – gründen – das … Unternehmen
    """
    found = []
    for sentence in sentences:
        for clause in participial_clauses(sentence.span, sentence.clauses):
            around = next((t.i for t in (clause.verb, *clause.verb.ancestors) if t.i in sentence.clauses), -1)
            dated = any(times_of(mentions.reading, clause))
            for said in _of_participle(mentions, clause, sentence) if clause.verb.i > sentence.asked else ():
                named = any(isinstance(end, Mention) and end.form == "named" for end in (said.subject, *said.others))
                if named and (said.others or dated):
                    found.append(Proposition(said, sentence, clause, speech.voices.get(around)))
    return found


def _of_participle(mentions: Mentions, clause: Clause, sentence: AnalysedSentence) -> Iterator[Said]:
    """What a participial clause says, once for each of its subjects."""
    told = active(clause)
    told = _with_idiom(replace(told, slots=tuple(s for s in told.slots if not is_aside(s, told, told.slots))))
    for subject, beside in _shared_out(told.subjects, _beside(mentions, told)):
        yield from _of_subject(mentions, told, subject, sentence, beside)


def _of_clause(mentions: Mentions, clause: Clause, sentence: AnalysedSentence) -> Iterator[Said]:
    """What one clause says, once for each of its subjects; what takes no part in it is left out first.

    "statt von BMW von Audi gekauft" has one agent, Audi.
    """
    clause = with_shared_object(clause, sentence.clauses)
    taking_part = tuple(slot for slot in clause.slots if not is_nonparticipant(slot, sentence))
    told = with_agentive_subject(mentions, active(replace(clause, slots=taking_part)))
    subjects = told.subjects or clause_subjects(told)
    if not subjects or clause.mood == "Imp" or _is_request(clause) or _is_compared(clause):
        return
    slots = [slot for slot in told.slots if not is_aside(slot, told, told.slots)]
    told = _with_idiom(with_state(replace(told, subjects=subjects, slots=tuple(slots))))
    told = with_object_predicative(told)
    named = [subject for subject in told.subjects if not _asks(subject)]
    for subject, beside in _shared_out(named, _beside(mentions, told)):
        yield from _of_subject(mentions, told, subject, sentence, beside)


def _is_request(clause: Clause) -> bool:
    """Request: an order to whoever reads it, or to all: "Bitte beachten Sie die Schilder", "Seien wir ehrlich"."""
    finite, edge = clause.finite, clause.verb.left_edge
    if finite is None or clause.relation != "root":
        return False
    first = edge.nbor(1) if edge.text.lower() == "bitte" and edge.i + 1 < len(edge.doc) else edge
    asked = ("Sie", "wir") if opens_sentence(finite) else ("Sie",)
    return finite == first and any(s.text in asked and s.i == finite.i + 1 for s in clause.subjects)


def _is_compared(clause: Clause) -> bool:
    """ "…, wie im Vertrag vorgesehen", "…, verursacht durch Öl": a participle alone says how, and of what is open."""
    if clause.verb.tag_ != "VVPP" or clause.finite is not None:
        return False
    first = clause.first
    own = any(c.dep_.startswith(("nsubj", "mark")) or c.tag_ == "PRELS" for c in clause.verb.children)
    joined = clause.verb.dep_ == "conj" and clause.verb.nbor(-1 if clause.verb.i else 0).text != ","
    bare = not clause.auxiliaries and clause.copula is None and not joined and not own
    called = any(c.dep_ == "mark" and c.text == "als" for c in clause.verb.children)  # "sah es als erwiesen an"
    return called or first.text.lower() == "wie" or clause.mark == "wie" or (bare and clause.verb.dep_ != "ROOT")


def _with_idiom(clause: Clause) -> Clause:
    """The clause with what is one predicate with its verb: a phrase, a support verb's noun, an adjective that governs.

    "stellt Geld zur Verfügung" → zur Verfügung stellen; "übt Kritik an der Stadt" → Kritik üben
    "ist an dem Streik beteiligt" → beteiligt sein
    """
    others = [slot for slot in clause.slots if slot.role != "pred" and is_nominal(slot.head)]
    supports = clause.lemma.rpartition(" ")[2] in words("function_verbs")
    light = next((s for s in others if supports and phrase_text(s) in words("light") and not _has_attribute(s)), None)
    if light is not None and light.case is not None:
        own = tuple(light.head.doc[light.case.i : light.head.i + 1])
        lemma = " ".join((own[0].text.lower(), *(t.text for t in own[1:]), clause.lemma))
        return _joined(clause, light, lemma, own)
    there_is = clause.lemma == "geben" and any(s.text.lower() == "es" for s in clause.subjects)  # "es gibt Hinweise"
    noun = next((s for s in others if not there_is and s.case is None and _supported(s.head, clause)), None)
    if noun is not None:
        return _joined(clause, noun, f"{noun_lemma(noun.head)} {clause.lemma}", (noun.head,))
    adjective = next((s for s in clause.slots if s.role == "pred" and is_adjective(s.head)), None)
    if adjective is not None and adjective.case is None and _is_one_with(adjective.head, clause, others):
        return _joined(clause, adjective, f"{adjective.head.text.lower()} {clause.lemma}", (adjective.head,))
    return clause


def _is_one_with(adjective: Token, clause: Clause, others: Sequence[Slot]) -> bool:
    """Adjective with a valency of its own: whether it and its verb are one predicate, as it has one of its complements.

    That is a phrase with a preposition that the adjective asks for, in `prepositions.toml` or with its verb in a known
    relation ("abhängig von", "tätig sein bei"), or a reflexive: "sich einig sein". Any other adjective is a complement
    of "sein", "werden", "bleiben" or "machen", whatever stands beside it: "ist in Ulm aktiv".
    """
    forms = (adjective.text.lower(), adjective.lemma_.lower())
    asked = {preposition for form in forms for preposition in governed_by_adjective(form)}
    led = {slot.preposition for slot in others if slot.case is not None}
    reflexive = (
        clause.copula is not None and adjective.tag_ == "ADJD" and any(word.pos_ == "PRON" for word in clause.words)
    )
    return reflexive or any(p in asked or is_verb_of_relation(f"{forms[0]} {clause.lemma} {p}") for p in led)


def _supported(noun: Token, clause: Clause) -> bool:
    """Whether a noun and the verb of its clause are a support verb construction: "Kritik üben"."""
    return (
        noun.pos_ == "NOUN" and not clause.passive and f"{noun_lemma(noun)} {clause.lemma}".lower() in words("support")
    )


def _joined(clause: Clause, slot: Slot, lemma: str, own: tuple[Token, ...]) -> Clause:
    """The clause with one of its arguments as part of its predicate."""
    rest = tuple(other for other in clause.slots if other is not slot)
    return replace(clause, lemma=lemma, slots=rest, words=tuple(sorted({*clause.words, *own})))


def _has_attribute(slot: Slot) -> bool:
    """Whether a phrase has an attribute, so that it means itself: "zum Abschluss des Spieltags"."""
    return any(c.dep_ in ("nmod", "amod", "acl", "acl:relcl", "appos", "flat") for c in slot.head.children)


def _asks(subject: Token) -> bool:
    """ "was" stands for a whole clause, "wer" for whoever it may be, and "welche Wut er hat" asks."""
    asking = any(c.dep_.startswith("det") and c.text.lower().startswith("welch") for c in subject.children)
    return asking or subject.text.lower() in ("was", "wer")


class _Beside(NamedTuple):
    """What stands in a clause beside its subjects, found once for all of them: fillers, content clauses, quotations."""

    fillers: list[Filler]
    contents: list[Filler]
    spoken: list[Filler]


def _beside(mentions: Mentions, clause: Clause) -> _Beside:
    """What a clause has beside its subjects."""
    contents = list(contents_of(mentions, clause))
    spoken = [] if contents else list(spoken_of(mentions, clause))
    return _Beside(fillers_of(mentions, clause, about=bool(contents or spoken)), contents, spoken)


_MOST_PAIRS = 100  # of subjects with what stands beside them, in one clause


def _shared_out(subjects: Sequence[Token], beside: _Beside) -> Iterator[tuple[Token, _Beside]]:
    """Cumulative reading: each subject of a clause with what stands beside it.

    Of two long lists nobody says that each did it to each: there the first subject is told with all, the others with
    the first of each kind alone, so that everybody is told of, and a line of names costs no minutes. Two lists of a
    length that people write are told crosswise: "Link und Krause trafen Kern und Falk" says four things.
    """
    if len(subjects) * len(beside.fillers) <= _MOST_PAIRS:
        yield from ((subject, beside) for subject in subjects)
        return
    firsts = {(f.role, f.preposition): f for f in reversed(beside.fillers)}
    few = beside._replace(fillers=[f for f in beside.fillers if f is firsts[f.role, f.preposition]])
    yield from ((subject, few if at else beside) for at, subject in enumerate(subjects))


def _of_subject(
    mentions: Mentions, clause: Clause, subject: Token, sentence: AnalysedSentence, beside: _Beside
) -> Iterator[Said]:
    """What a clause says of one of its subjects: its offices, a relation that is known, else the clause as it is."""
    who = mentions.of(subject)
    impersonal = subject.dep_ == "expl"  # of "es gibt ein Projekt" the Projekt is told, of "es ist falsch" nothing
    predicatives = [slot for slot in clause.slots if slot.role == "pred" and not impersonal]
    told_of = {slot: list(offices_of(mentions, clause, who, slot)) for slot in predicatives}
    yield from (said for each in told_of.values() for said in each)
    contents = list(beside.contents)
    untold = (slot for slot in predicatives if not told_of[slot])
    complements = [each for slot in untold if (each := complement_of(mentions, clause, who, slot)) is not None]
    if (any(told_of.values()) and not complements) or (impersonal and contents and clause.lemma != "geben"):
        return  # "es macht Sinn, das Recht umzusetzen"
    said = {complement.what for complement in complements}  # "nichts anderes als eine Ruine" is no "als", too
    others = [f for f in beside.fillers if f.what not in said]
    contents += beside.spoken if others and not any(f.role == OBJECT for f in others) else []
    told = _says_all(clause, who)
    found = [*others, *contents, *complements] or list(manner_of(mentions, clause) if told else ())
    found += contents_of_nouns(mentions, clause)
    found += limits_of(mentions, clause, complements) if found or told else ()
    found = list({(f.role, f.preposition, f.what): f for f in found}.values())  # "für den Maler und Autor Otto Kern"
    for fillers in _alternatives(clause, sentence, sorted(found, key=lambda filler: filler.what.start)):
        related = list(_related(mentions, clause, who, fillers))
        yield from (said for said, _ in related)
        used = [filler for _, own in related for filler in own]
        if not used or (fillers := _left_over(fillers, used)):
            yield from _plain(mentions, clause, who, fillers, impersonal=impersonal)


def _left_over(fillers: list[Filler], used: list[Filler]) -> list[Filler]:
    """Coordination of unlike objects: what is left to say of a clause of which a known relation used some `fillers`.

    That are the objects and conjuncts that no relation has, with the roles beside them: "zwei Fabriken" of "übernahm
    Alstom und zwei Fabriken". Nothing where each object is told.
    """
    rest = [f for f in fillers if f not in used and not f.aside]
    untold = [f for f in rest if f.role == OBJECT or any(_are_conjuncts(f, other) for other in used)]
    told = [f for f in used if f.role == OBJECT or any(_are_conjuncts(f, other) for other in untold)]
    return [f for f in fillers if f not in told] if untold else []


def _are_conjuncts(one: Filler, other: Filler) -> bool:
    """Whether two fillers with one preposition, or none, are coordinated with each other: "mit Opel und Renault"."""
    if one.slot is None or other.slot is None or one.preposition != other.preposition:
        return False
    return are_coordinated(one.slot.head, other.slot.head)


def _alternatives(clause: Clause, sentence: AnalysedSentence, fillers: list[Filler]) -> Iterator[list[Filler]]:
    """Contrast: of "nicht nach Köln, sondern nach Bonn" one is denied and the other holds, so each is told alone; so
    are they in "nach Bonn, aber nicht nach Köln".
    """
    but = sentence.behind(clause.negation.i, "sondern") if clause.negation is not None else None
    if clause.negation is not None and denied_conjunct(clause.negation) is not None:
        but = clause.negation.i - 1
    if but is None:
        yield fillers
        return
    for kept in (False, True):
        dropped = [
            one if kept else other
            for one in fillers
            for other in fillers
            if one.slot is not None and other.slot is not None and OBJECT not in (one.role, other.role)
            if one.slot.head.i < but < other.slot.head.i and are_coordinated(one.slot.head, other.slot.head)
        ]
        if dropped or not kept:
            yield [filler for filler in fillers if filler not in dropped]


def _plain(
    mentions: Mentions, clause: Clause, who: Mention, fillers: list[Filler], *, impersonal: bool
) -> Iterator[Said]:
    """The clause as it is, once for each object: "kaufte Alstom und Bosch"; without one it has its roles alone."""
    predicate = predicate_of(mentions.reading, clause, clause.lemma)
    roles = tuple(filler for filler in fillers if filler.role != OBJECT and not filler.aside and filler.what != who)
    objects = [filler for filler in fillers if filler.role == OBJECT]
    for each in objects:
        what = each.what
        if each.slot is not None and isinstance(what, Mention) and _is_reversed(clause, each.slot, who, what):
            yield Said(what, predicate, who, roles)
        elif what != who:
            yield Said(who, predicate, what, with_own_recipient(mentions, each, roles))
    if lacks_complement(clause, fillers) or is_cleft(clause):
        return
    tells = not impersonal or any((clause.lemma, role.preposition) in _IMPERSONAL for role in roles)
    if not objects and tells and (roles or _says_all(clause, who)):
        yield Said(who, predicate, None, roles)


# Impersonal verbs with the preposition of what is there: "es kam zu Unruhen", "es geht um Geld", "es fehlt an Lehrern".
_IMPERSONAL = frozenset(
    {("kommen", "zu"), ("gehen", "um"), ("fehlen", "an"), ("mangeln", "an"), ("sich handeln", "um")}
)


# Verbs whose passive says nothing without a name.
_NAMING = frozenset({"nennen", "bezeichnen"})


def _says_all(clause: Clause, who: Mention) -> bool:
    """Whether a verb alone says something: "Das Lager brannte aus"; not "sagte Link", "es regnet", "begann zu …"."""
    begun = clause.lemma in words("phase") and any(c.dep_ in COMPLEMENTS for c in clause.verb.children)
    empty = _NAMING if clause.passive else words("saying")  # "wurde ausgeschlossen", not "wurde genannt"
    tells = clause.lemma not in empty or tells_alone(clause)
    perfect = clause.verb.pos_ == "ADJ" and any(a.lemma_ == "sein" and a == clause.finite for a in clause.auxiliaries)
    content = clause.copula is None and (clause.verb.pos_ == "VERB" or perfect)
    verb = content or clause.passive or " " in clause.lemma  # "sich einig sein"
    full = verb and clause.lemma not in words("empty")
    return full and tells and not begun and who.text.lower() not in ("es", "das", "dies")


def _related(
    mentions: Mentions, clause: Clause, who: Mention, fillers: list[Filler]
) -> Iterator[tuple[Said, tuple[Filler, ...]]]:
    """What a clause says by a relation of `relations.toml`, which names its verb with the preposition or object, each
    with the fillers that it used up.

    "ging mit Huawei eine Partnerschaft ein"  → kg:cooperatesWith Huawei; the Partnerschaft is part of what is done
    "Für RhineCloud wird Linux eingesetzt"    → RhineCloud kg:uses Linux: the passive says it the other way round
    """
    first = next((f for f in fillers if f.role == OBJECT and f.slot is not None), None)
    heads = (first.slot.head,) if first is not None and first.slot is not None else ()
    for each in fillers:
        if each.slot is None or not isinstance(each.what, Mention) or each.what == who or each.role == "complement":
            continue
        if each.role == OBJECT:
            predicate = predicate_of(mentions.reading, clause, clause.lemma)
        else:
            predicate = predicate_of(mentions.reading, clause, clause.lemma, each.slot, heads)
        used = (each,) if each.role == OBJECT or first is None else (each, first)
        subject, object = (each.what, who) if _is_reversed(clause, each.slot, who, each.what) else (who, each.what)
        forward = relation_said_by(predicate.lemma, subject.type, object.type)
        backward = said_the_other_way(predicate.lemma, who.type, each.what.type)
        if backward is not None and (each.slot.case is None or each.what.form == "named"):
            yield Said(each.what, replace(predicate, iri=backward.iri), who, _roles_beside(each, fillers)), used
        elif forward is not None and verb_has_sense(forward, clause, who, each.what):
            yield Said(subject, replace(predicate, iri=forward.iri), object, _roles_beside(each, fillers)), used


def _roles_beside(each: Filler, fillers: Sequence[Filler]) -> tuple[Filler, ...]:
    """The roles of a clause that belong to what one filler has part in: of "mit Opel und Renault" each has its own."""
    others = (f for f in fillers if f is not each and f.role != OBJECT and not f.aside)
    return tuple(f for f in others if not _are_conjuncts(f, each))


def _is_reversed(clause: Clause, slot: Slot, who: Mention, what: Mention) -> bool:
    """Object in the Vorfeld, told by animacy: of two ends of a verb of what only somebody does, a work or a thing
    before it does not act where a name of a person, or of a firm or place, stands behind it.

    "Das Buch schrieb Peter Handke", "Das Spiel gewann Hof"; not "Die Studie kritisiert Bosch"
    """
    fronted = slot.role in ("obj", "obl") and slot.case is None and not clause.passive and slot.head.i > clause.verb.i
    if not fronted or who.form != "nominal" or what.form != "named" or clause.lemma not in words("agentive"):
        return False
    kind = noun_type(who.description or who.name)
    if kind == "Work":
        return what.type == "Person"
    if kind not in ("Event", "Product", "Agreement"):
        return False  # a noun that nobody has listed may be somebody: "das Gremium"
    nominative = who.text.lower().startswith(("der ", "ein ", "dieser ", "sein ", "ihr "))
    return what.type in ("Person", "Organization", "Place") and not can_act(who) and not nominative
