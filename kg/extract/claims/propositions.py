"""Propositions: what a clause or a noun says of somebody, before it is known how firmly, and who answers for it.

"Link plant laut Polizei keinen Besuch" says Link – planen – Besuch; that it is denied, and that the police say so, are
found by passes of their own. The ends are still mentions: claims are made of them when the mentions are complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kg.extract.claims.role_fillers import Filler
from kg.extract.clause.clauses import Clause
from kg.extract.clause.dating import times_of, unplaced_time
from kg.extract.nominal.affiliations import Office
from kg.extract.quotes import quotations
from kg.extract.reading import Reading
from kg.extract.speech.attribution import Speech, Voice
from kg.extract.speech.factuality import is_hearsay, modality_of, polarity_of
from kg.extract.speech.sentences import AnalysedSentence
from kg.extract.time.times import is_deictic_day
from kg.extract.tree.negation import denied_conjunct
from kg.reader.tokens import NOUNS, VERBS
from kg.records import Literal, Mention, Predicate, Time


class Said(NamedTuple):
    """Subject, predicate, object if there is one, and what has other roles, in the order of the text."""

    subject: Mention
    predicate: Predicate
    object: Mention | Literal | None
    roles: tuple[Filler, ...] = ()

    @property
    def others(self) -> tuple[Mention | Literal, ...]:
        """What is there beside the subject."""
        return (*((self.object,) if self.object is not None else ()), *(filler.what for filler in self.roles))


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


def gather_propositions(
    reading: Reading,
    sentences: Sequence[AnalysedSentence],
    speech: Speech,
    verbal: Sequence[Proposition],
    participial: Sequence[Proposition],
    *nominal: Iterable[Office],
) -> list[Proposition]:
    """All propositions: what clauses and participles say, then what nouns say, in the voice of the quotation that these
    stand in.

    A noun's rule may have read voice, polarity and modality already, of the clause around it.
    """
    by_start = {sentence.span.start: sentence for sentence in sentences}
    found = [*verbal, *participial]
    for role in (role for roles in nominal for role in roles):
        said = said_by_noun(role)
        sentence = by_start[reading.doc[role.token].sent.start]
        voice = role.voice or speech.quoted(role.token)
        found.append(Proposition(said, sentence, None, voice, role.polarity, role.modality, role.time))
    return found


def said_by_noun(role: Office) -> Said:
    """What a noun says, with the post that it is as complement: Kaine – Gouverneur – Virginia."""
    post = (Filler("complement", "", role.complement),) if role.complement is not None else ()
    return Said(role.subject, role.predicate, role.object, post)


def deny(reading: Reading, propositions: Iterable[Proposition]) -> list[Proposition]:
    """Negation: a proposition is negative where its clause is, unless it stands outside the scope of the negation.

    "Link war nicht in Duisburg."                    → negative
    "Nicht Schmidt, sondern Krause gewann die Wahl." → Schmidt: negative; Krause: positive
    """
    return [replace(p, polarity="negative") if _is_denied(reading, p) else p for p in propositions]


def _is_denied(reading: Reading, proposition: Proposition) -> bool:
    """Scope of the negation of a clause over one proposition; a noun's rule has told the polarity itself.

    Where a later conjunct alone is denied, what stands before it holds: "hat viele Fans, aber keine Halle".
    """
    clause, sentence, said = proposition.clause, proposition.sentence, proposition.said
    if clause is None or polarity_of(clause, sentence) != "negative":
        return proposition.polarity == "negative"
    conjunct = denied_conjunct(clause.negation) if clause.negation is not None else None
    if conjunct is not None:
        at = reading.starts[conjunct.i]
        return any(end.start <= at < end.end for end in (said.subject, *said.others))
    before = max(end.start for end in (said.subject, *said.others)) < _offset_of_appended_nicht(reading, clause)
    return not (before or _is_contrasted(said, _offset_of_sondern(reading, clause, sentence)))


def _offset_of_sondern(reading: Reading, clause: Clause, sentence: AnalysedSentence) -> int | None:
    """End of the scope: the offset of "sondern" behind the negation of a clause, None without one."""
    if clause.negation is None:
        return None
    behind = sentence.behind(clause.negation.i, "sondern")
    return reading.starts[behind] if behind is not None else None


def _offset_of_appended_nicht(reading: Reading, clause: Clause) -> int:
    """Appended negation: the offset of a "nicht" that denies one noun, 0 for none: "kauft Alstom, nicht Bosch".

    It stands behind the verb and a comma or "aber", "doch", "jedoch", "und", hangs on the noun behind it, and no verb
    follows; what stands before it holds.
    """
    word = clause.negation
    if word is None or word.text.lower() != "nicht" or word.i < clause.verb.i or word.i + 1 >= len(word.doc):
        return 0
    before, noun = word.nbor(-1), word.head
    joined = before.text == "," or (before.text in ("aber", "doch", "jedoch", "und") and before.i > clause.verb.i)
    denied = noun != clause.verb and noun.i > word.i and noun.pos_ in NOUNS
    ends = not any(t.pos_ in VERBS for t in clause.own if t.i > word.i)
    return reading.starts[word.i] if joined and denied and ends else 0


def _is_contrasted(said: Said, contrast: int | None) -> bool:
    """Contrast: one end of a proposition alone stands behind "sondern", and holds instead of what is denied.

    Krause in "Nicht Schmidt, sondern Krause gewann": with a subject the verb may follow, with an object it comes
    before.
    """
    if contrast is None:
        return False
    verb = min(start for start, _ in said.predicate.spans)
    subject, object = said.subject.start > contrast, any(other.start > contrast for other in said.others)
    return (subject and (not object or contrast < verb)) or (object and not subject and verb < contrast)


def commit(reading: Reading, propositions: Iterable[Proposition]) -> list[Proposition]:
    """Modality: that of the clause; what a noun says is reported if quoted from nobody, else as its rule read it.

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
    """Time: the propositions of a clause get the date that it names, one for each of several: "Bosch kaufte 2019 eine
    Fabrik" → 2019; "Kern spielte 2010 und 2014 für Hof" → 2010; 2014

    In quotation marks "heute", "gestern" and "morgen" count from the day of the quoted words, which is not that of the
    text, and name none: „Wer heute zustimmt, verliert“, sagte Kern am Dienstag.

    What no calendar places is a time without ends: "am Freitag" in a text whose day nobody knows.
    """
    quoted = [range(q.start, q.end) for q in quotations(reading) if q.label is None]
    known: dict[int, tuple[Time | None, ...]] = {}
    found = []
    for each in propositions:
        clause = each.clause
        if clause is not None and clause.verb.i not in known:
            times = times_of(reading, clause)
            if any(clause.verb.i in tokens for tokens in quoted):
                times = (time for time in times if not is_deictic_day(time.text))
            known[clause.verb.i] = tuple(times) or (unplaced_time(reading, clause),)
        dates = known[clause.verb.i] if clause is not None else (each.time,)
        found += [replace(each, time=time) for time in dates]
    return found
