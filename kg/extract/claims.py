"""Claims: each clause as subject – predicate – object, with who says so and how firmly.

"Link und Yan Lida unterzeichneten ein Memorandum." makes two claims, one per subject; "Für RhineCloud werden keine
Komponenten eingesetzt" makes a negative one. A question claims nothing, and neither does an order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.attribution import Voice, find_voices
from kg.extract.clauses import NEGATIONS, Clause, Slot, find_clauses, is_nominal, uncontracted
from kg.extract.mentions import Mentions, argument, phrase
from kg.extract.modality import modality, words
from kg.extract.nouns import is_person
from kg.extract.reading import Reading
from kg.extract.roles import Role, find_roles, role_of
from kg.extract.times import find_times
from kg.ontology import Relation, relations, slug
from kg.records import Argument, Claim, Extraction, Literal, Mention, Predicate, Span, Time

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

# How sure the kinds of rule are, until issue 5 calibrates them: patterns of neighbouring words hold more often than
# what rests on a whole tree.
_SURE_ROLE, _SURE_OBJECT, _SURE_PREPOSITION = 0.9, 0.8, 0.7


def extract_claims(reading: Reading) -> Extraction:
    """All mentions and claims of a parsed document."""
    mentions = Mentions(reading)
    sentences = [(s, {c.verb.i: c for c in find_clauses(s)}) for s in reading.sentences()]
    voices = find_voices(mentions, sentences)
    found: list[Claim] = []
    for sentence, clauses in sentences:
        if _is_question(sentence):
            continue
        for clause in clauses.values():
            found += _claims(mentions, clause, clauses, voices.get(clause.verb.i), reading.sentence_span(sentence))
    found += (_role_claim(mentions, role) for role in find_roles(mentions))
    unique = {(c.subject, c.predicate, c.object, c.polarity): c for c in found}
    return Extraction(mentions.all(), tuple(sorted(unique.values(), key=_place)))


def _place(claim: Claim) -> tuple[object, ...]:
    return (claim.sentence.start, claim.predicate.spans, claim.subject.start, claim.object.start, claim.predicate.lemma)


def _is_question(sentence: Sentence) -> bool:
    return any(token.text == "?" for token in sentence[-3:])


def _claims(
    mentions: Mentions, clause: Clause, clauses: Mapping[int, Clause], voice: Voice | None, sentence: Span
) -> Iterator[Claim]:
    """The claims of one clause: each subject with each object, predicate noun and prepositional argument."""
    subjects, slots = _active(clause)
    if not subjects or clause.mood == "Imp":
        return
    mode = modality(clause, clauses, quoted=voice is not None)
    if voice is not None and voice.speaker is None and mode == "asserted":
        mode = "reported"
    time = _time(mentions.reading, clause, clauses)
    for subject in subjects:
        for claim in _of_subject(mentions, clause, subject, subjects, slots, sentence):
            yield replace(
                claim,
                polarity="negative" if clause.negation is not None else "positive",
                modality=mode,
                speaker=argument(voice.speaker) if voice is not None and voice.speaker else None,
                time=time,
            )


def _active(clause: Clause) -> tuple[tuple[Token, ...], tuple[Slot, ...]]:
    """Subjects and slots with the one who acts as subject: "von X unterzeichnet" says what "X unterzeichnet" says."""
    agents = [s for s in clause.slots if s.role == "agent" or (s.preposition in ("von", "durch") and _acts(s))]
    if not (clause.passive and agents):
        return clause.subjects, clause.slots
    rest = tuple(slot for slot in clause.slots if slot not in agents)
    return tuple(a.head for a in agents), (*(Slot("obj", subject) for subject in clause.subjects), *rest)


def _acts(slot: Slot) -> bool:
    return slot.head.ent_type_ in ("PER", "ORG", "LOC", "GPE") or is_person(slot.head.text)


def _of_subject(
    mentions: Mentions,
    clause: Clause,
    subject: Token,
    subjects: tuple[Token, ...],
    slots: tuple[Slot, ...],
    sentence: Span,
) -> Iterator[Claim]:
    who = mentions.of(subject)
    objects = [slot for slot in slots if slot.role == "obj" and slot.case is None]
    things = [slot for slot in slots if slot.head not in subjects or slot.role == "pred"]
    dated = [slot for slot in things if slot.role != "pred" and _is_time(mentions.reading, slot)]
    for slot in things:
        if slot.role == "pred":
            yield from _predicative(mentions, clause, who, slot, sentence)
        elif slot not in dated and is_nominal(slot.head) and not _is_framing(mentions, slot):
            yield _verbal(mentions, clause, who, slot, objects, sentence)
    if things and things == dated:
        yield _dated(mentions, clause, who, dated[0], sentence)


def _predicative(mentions: Mentions, clause: Clause, who: Mention, slot: Slot, sentence: Span) -> Iterator[Claim]:
    """ "X ist Chef der Y", "X ist ein Konzern", "X ist offen"."""
    head = slot.head
    if head.lemma_.casefold() in NEGATIONS or head.pos_ in ("ADV", "PUNCT", "SCONJ", "CCONJ", "PART"):
        return
    if head.pos_ in ("NOUN", "PROPN") and slot.case is None:
        if who.type == "Person" and is_person(head.text) and head.i not in mentions.by_token:
            for role in role_of(mentions, who, head):
                yield _claim(mentions, sentence, who, role.predicate, argument(role.object), _SURE_ROLE)
            return
        what: Argument | Literal = argument(mentions.of(head))
    else:
        first = slot.case.i if slot.case is not None else head.i
        span = mentions.reading.span(min(first, head.i), head.i)
        what = Literal(span.start, span.end, span.text, " ".join(span.text.split()))
    predicate = _predicate(mentions.reading, clause, "sein", None, ())
    yield _claim(mentions, sentence, who, predicate, what, _SURE_OBJECT)


def _dated(mentions: Mentions, clause: Clause, who: Mention, slot: Slot, sentence: Span) -> Claim:
    """A clause whose only argument is a date says when: "Die Vereinbarung läuft im Oktober 2022 aus"."""
    first, last = phrase(slot.head)
    last = max([last, *(child.i for child in slot.head.children if child.pos_ == "NUM")])
    span = mentions.reading.span(first, last)
    predicate = _predicate(mentions.reading, clause, clause.lemma, slot.case, ())
    what = Literal(span.start, span.end, span.text, " ".join(span.text.split()))
    return _claim(mentions, sentence, who, predicate, what, _SURE_PREPOSITION)


def _verbal(mentions: Mentions, clause: Clause, who: Mention, slot: Slot, objects: list[Slot], sentence: Span) -> Claim:
    """One claim for one argument; beside an object that is a common noun, that noun is part of what is done.

    "ging eine Zusammenarbeit mit Huawei ein" → Zusammenarbeit eingehen mit – Huawei
    """
    what = mentions.of(slot.head)
    if slot.case is None:
        predicate, sure = _predicate(mentions.reading, clause, clause.lemma, None, ()), _SURE_OBJECT
    else:
        with_object = tuple(o.head for o in objects if mentions.of(o.head).form == "nominal")[:1]
        predicate = _predicate(mentions.reading, clause, clause.lemma, slot.case, with_object)
        sure = _SURE_PREPOSITION
    subject, object = who, what
    known = _used_in(predicate.lemma) if clause.passive else None
    if known is not None:
        subject, object = what, who
    else:
        known = _said_by(predicate.lemma)
    if known is not None and known.fits(subject.type, object.type):
        predicate = replace(predicate, iri=known.iri)
    elif subject is not who:
        subject, object = who, what
    return _claim(mentions, sentence, subject, predicate, argument(object), sure)


def _claim(
    mentions: Mentions, sentence: Span, subject: Mention, predicate: Predicate, object: Argument | Literal, sure: float
) -> Claim:
    document = mentions.reading.document.id
    return Claim(document, sentence, argument(subject), predicate, object, confidence=sure)


def _predicate(
    reading: Reading, clause: Clause, verb: str, case: Token | None, objects: tuple[Token, ...]
) -> Predicate:
    """The predicate of a clause for one argument: lemma with reflexive, object noun and preposition; and its pieces."""
    if clause.passive and clause.lemma == verb and not clause_is_active(clause):
        stative = not any(a.lemma_ == "werden" for a in clause.auxiliaries)
        verb = f"{clause.verb.text.casefold()} {'sein' if stative else 'werden'}"
    reflexive = ("sich",) if any(w.text.casefold() == "sich" for w in clause.words) else ()
    preposition = (uncontracted(case.text),) if case is not None else ()
    nouns = tuple(o.lemma_ or o.text for o in objects)
    lemma = " ".join((*nouns, *reflexive, verb, *preposition))
    pieces = [*clause.words, *objects]
    ordered = sorted(pieces) + ([case] if case is not None else [])
    spans = tuple((reading.starts[t.i], reading.ends[t.i]) for t in ordered)
    text = " ".join(reading.document.text[reading.starts[t.i] : reading.ends[t.i]] for t in ordered)
    return Predicate(lemma, f"kgp:{slug(lemma)}", spans, text)


def clause_is_active(clause: Clause) -> bool:
    """Whether a passive clause names who acts, so that its claims are told from the actor's side."""
    return _active(clause)[0] is not clause.subjects


@cache
def _verbs() -> dict[str, Relation]:
    return {verb: relation for relation in relations() for verb in relation.verbs}


@cache
def _passives() -> dict[str, Relation]:
    return {passive: relation for relation in relations() for passive in relation.passives}


def _said_by(lemma: str) -> Relation | None:
    return _verbs().get(lemma)


def _used_in(lemma: str) -> Relation | None:
    """The relation that a passive with a preposition says backwards: "für X wird Y eingesetzt" – X uses Y."""
    return _passives().get(lemma)


def _is_framing(mentions: Mentions, slot: Slot) -> bool:
    """Whether an argument is none: a comparison ("wie die E-Akte"), a fixed phrase, or the name in "so zur Nieden"."""
    name = mentions.by_token.get(slot.head.i)
    if name is not None and name.first > 0 and mentions.reading.doc[name.first - 1].text.casefold() == "so":
        return True
    if slot.case is None:
        return False
    first, last = phrase(slot.head)
    text = mentions.reading.doc[min(slot.case.i, first) : last + 1].text.casefold()
    return slot.case.text.casefold() == "wie" or text in words("phrases")


def _is_time(reading: Reading, slot: Slot) -> bool:
    """Whether an argument is a date: it becomes the claim's time, not an object."""
    first = slot.case.i if slot.case is not None else slot.head.left_edge.i
    span = reading.span(min(first, slot.head.i), slot.head.right_edge.i)
    return slot.head.ent_type_ == "" and any(True for _ in find_times(span.text))


def _time(reading: Reading, clause: Clause, clauses: Mapping[int, Clause]) -> Time | None:
    """The first date in the clause's own words, not in those of a clause below it."""
    own = list(_own_tokens(clause.verb, clauses))
    if not own:
        return None
    span = reading.span(min(own), max(own))
    starts = {reading.starts[i] for i in own}
    return next((t for t in find_times(span.text, span.start) if any(t.start <= s < t.end for s in starts)), None)


def _own_tokens(head: Token, clauses: Mapping[int, Clause]) -> Iterator[int]:
    yield head.i
    for child in head.children:
        if child.i not in clauses:
            yield from _own_tokens(child, clauses)


def _role_claim(mentions: Mentions, role: Role) -> Claim:
    """A role is the author's word even beside a quotation: who frames the quote names the speaker's role."""
    sentence = mentions.reading.sentence_span(mentions.reading.doc[role.token].sent)
    return _claim(mentions, sentence, role.subject, role.predicate, argument(role.object), _SURE_ROLE)
