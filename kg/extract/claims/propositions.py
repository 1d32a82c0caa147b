"""Propositions: what a clause or a noun says of somebody, before it is known how firmly, and who answers for it.

"Link plant laut Polizei keinen Besuch" says Link – planen – Besuch; that it is denied, and that the police say so, are
found by passes of their own. The ends are still mentions: claims are made of them when the mentions are complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kg.extract.clause.clauses import Clause
from kg.extract.clause.dating import time_of
from kg.extract.nominal.roles import Role
from kg.extract.reading import Reading
from kg.extract.speech.attribution import Speech, Voice
from kg.extract.speech.factuality import is_hearsay, modality_of, polarity_of
from kg.extract.speech.sentences import AnalysedSentence
from kg.reader.tokens import NOUNS
from kg.records import Literal, Mention, Predicate, Time


class Said(NamedTuple):
    """Subject, predicate and object."""

    subject: Mention
    predicate: Predicate
    object: Mention | Literal


@dataclass(frozen=True, slots=True)
class Proposition:
    """What is said, in which sentence and clause (None where a noun says it), in whose voice, how firmly, of when."""

    said: Said
    sentence: AnalysedSentence
    clause: Clause | None
    voice: Voice | None
    polarity: str = "positive"
    modality: str = "asserted"
    time: Time | None = None


def gather(
    reading: Reading,
    sentences: Sequence[AnalysedSentence],
    speech: Speech,
    verbal: Sequence[Proposition],
    *nominal: Iterable[Role],
) -> list[Proposition]:
    """All propositions: what clauses say, then what nouns say, in the voice of the quotation that these stand in.

    A noun's rule may have read voice, polarity and modality already, of the clause around it.
    """
    by_start = {sentence.span.start: sentence for sentence in sentences}
    found = list(verbal)
    for role in (role for roles in nominal for role in roles):
        said = Said(role.subject, role.predicate, role.object)
        sentence = by_start[reading.doc[role.token].sent.start]
        voice = role.voice or speech.quoted(role.token)
        found.append(Proposition(said, sentence, None, voice, role.polarity, role.modality))
    return found


def deny(reading: Reading, propositions: Iterable[Proposition]) -> list[Proposition]:
    """The propositions, negative where their clause is denied and they are not what holds instead.

    "Link war nicht in Duisburg."                  → negative
    "Nicht Schmidt, sondern Krause gewann die Wahl." → Schmidt: negative; Krause: positive
    """
    return [replace(p, polarity="negative") if _is_denied(reading, p) else p for p in propositions]


def _is_denied(reading: Reading, proposition: Proposition) -> bool:
    clause, sentence, said = proposition.clause, proposition.sentence, proposition.said
    if clause is None or polarity_of(clause, sentence) != "negative":
        return proposition.polarity == "negative"
    before = max(said.subject.start, said.object.start) < _offset_of_appended_nicht(reading, clause)
    return not (before or _is_contrasted(said, _offset_of_sondern(reading, clause, sentence)))


def _offset_of_sondern(reading: Reading, clause: Clause, sentence: AnalysedSentence) -> int | None:
    """The offset of "sondern" behind the negation of a clause: what comes after it is not denied."""
    if clause.negation is None:
        return None
    behind = sentence.behind(clause.negation.i, "sondern")
    return reading.starts[behind] if behind is not None else None


def _offset_of_appended_nicht(reading: Reading, clause: Clause) -> int:
    """The offset of a "nicht" that denies only what stands behind it, 0 for none: "kauft Alstom, nicht Bosch"."""
    word = clause.negation
    if word is None or word.text.lower() != "nicht" or word.i < clause.verb.i or word.i + 1 >= len(word.doc):
        return 0
    before, noun = word.nbor(-1), word.head
    joined = before.text == "," or (before.text in ("aber", "doch", "jedoch", "und") and before.i > clause.verb.i)
    denied = noun != clause.verb and noun.i > word.i and noun.pos_ in NOUNS
    ends = not any(t.pos_ in ("VERB", "AUX") for t in clause.own if t.i > word.i)
    return reading.starts[word.i] if joined and denied and ends else 0


def _is_contrasted(said: Said, contrast: int | None) -> bool:
    """Whether an end of what is said is what holds instead: Krause in "Nicht Schmidt, sondern Krause gewann"."""
    if contrast is None:
        return False
    verb = min(start for start, _ in said.predicate.spans)
    subject, object = said.subject.start > contrast, said.object.start > contrast
    return (subject and (not object or contrast < verb)) or (object and not subject and verb < contrast)


def commit(reading: Reading, propositions: Iterable[Proposition]) -> list[Proposition]:
    """The propositions with how far they are said to be so: by their clause, of a noun hearsay where it is quoted.

    "Die Stadt will eine Brücke bauen." → planned; "Gerüchten zufolge geht der Chef der Bahn." → reported
    """
    known: dict[int, str] = {}
    found = []
    for each in propositions:
        clause = each.clause
        if clause is None:
            mode = "reported" if is_hearsay(each.voice) and each.modality == "asserted" else each.modality
        elif clause.verb.i in known:
            mode = known[clause.verb.i]
        else:
            mode = known[clause.verb.i] = modality_of(reading, clause, each.sentence, each.voice)
        found.append(replace(each, modality=mode))
    return found


def date(reading: Reading, propositions: Iterable[Proposition]) -> list[Proposition]:
    """The propositions with the time that their clause names: "Bosch kaufte 2019 eine Fabrik" → 2019."""
    known: dict[int, Time | None] = {}
    found = []
    for each in propositions:
        clause = each.clause
        if clause is not None and clause.verb.i not in known:
            known[clause.verb.i] = time_of(reading, clause)
        found.append(replace(each, time=known[clause.verb.i]) if clause is not None else each)
    return found
