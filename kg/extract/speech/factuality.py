"""Factuality: how firmly a clause is said, by its own words and by its sentence, source and date.

"Linde und Praxair fusionieren" is a fact; behind "Sollten …, steigen die Preise" it is a condition, in a text of 2022
"fusionieren 2025" is a plan, and beside "Gerüchten zufolge" hearsay. Whatever reads a clause asks here, so that two
rules that read the same clause agree on how firmly it is said.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kg.extract.clause.clauses import Clause
from kg.extract.clause.conditions import is_past
from kg.extract.clause.dating import time_of
from kg.extract.clause.modality import is_denied_above, modality
from kg.extract.speech.attribution import Sentence, Voice
from kg.language.auxiliaries import PERFECT
from kg.language.verbs import words
from kg.reader.tokens import has

if TYPE_CHECKING:
    from kg.extract.reading import Reading


def polarity_of(clause: Clause, sentence: Sentence) -> str:
    """The polarity of a clause: denied by a word of its own or by what it hangs on; by both, it is so."""
    denied = (clause.negation is not None) != is_denied_above(clause, sentence.clauses)
    return "negative" if denied else "positive"


def modality_of(reading: Reading, clause: Clause, sentence: Sentence, voice: Voice | None) -> str:
    """The modality of a clause in its document: quoted from nobody it is hearsay, after the document's date a plan."""
    mode = modality(clause, sentence.clauses, quoted=voice is not None)
    if mode == "reported" and any(subject.text.lower() == "wer" for subject in clause.subjects):
        return "possible"  # a clause with "wer" is no complement, though it hangs like one
    if mode != "asserted":
        return mode
    if voice is None and (_supposes(sentence) or (_opens_with_verb(sentence) and len(sentence.clauses) > 1)):
        return "possible"
    if is_hearsay(voice):
        return "reported"
    if any(subject.text.lower() == "wer" for subject in clause.subjects):
        return "possible"  # "Wer das sagt, irrt": a condition
    if not _is_over(clause) and _is_to_come(reading, clause):
        return "planned"
    several = clause.finite is not None and has(clause.finite, "Number", "Plur")  # "A oder B sind frei": both
    return "possible" if (not several and has_choice(clause)) or _has_choice_of_names(clause) else mode


def is_hearsay(voice: Voice | None) -> bool:
    """Whether a quotation names nobody who answers for it, or only a report."""
    return voice is not None and (voice.speaker is None or voice.hearsay)


def has_choice(clause: Clause) -> bool:
    """Whether the clause has one subject or another: "Linde oder Praxair"."""
    return any(c.text.lower() == "oder" for s in clause.subjects for c in s.children if c.dep_ == "cc")


def _has_choice_of_names(clause: Clause) -> bool:
    """ "Siemens kauft Alstom oder Bosch"; with nouns of kinds it is both: "hilft Schülern oder Studenten"."""
    names = [slot.head for slot in clause.slots if slot.role == "obj" and slot.head.pos_ == "PROPN"]
    return any(c.text.lower() == "oder" for name in names for c in name.children if c.dep_ == "cc")


def _supposes(sentence: Sentence) -> bool:
    """ "Angenommen, Bayer kauft BASF", "…, es sei denn, die EU greift ein": how a sentence tells what may be."""
    text = f"{' '.join(word for word in sentence.words if word != ',')} "
    return text.startswith(_supposing()) or " es sei denn " in f" {text}"


@cache
def _supposing() -> tuple[str, ...]:
    return tuple(f"{phrase} " for phrase in sorted(words("supposing")))


def _is_to_come(reading: Reading, clause: Clause) -> bool:
    """Whether the time of a clause begins after the day the document is of, as far as both are known."""
    written = reading.document.date
    time = time_of(reading, clause) if written else None
    known = min(len(time.since), len(written)) if time is not None and written else 0
    return known > 0 and time is not None and time.since[:known] > written[:known]


def _is_over(clause: Clause) -> bool:
    """Whether a clause tells the past by its form, whatever its dates seem to say: "hat am Samstag angekündigt"."""
    finite = clause.finite
    if finite is None:
        return False
    perfect = finite.lemma_ in PERFECT and clause.verb.tag_ == "VVPP" and finite != clause.verb
    return has(finite, "Tense", "Past") or (perfect and not clause.passive)


def _opens_with_verb(sentence: Sentence) -> bool:
    """ "Übernimmt Bayer den Konkurrenten, verliert BASF": a sentence that opens with its verb sets a condition."""
    first = next((token for token in sentence.span if not token.is_punct), None) if "," in sentence.words else None
    if first is not None and is_past(first):
        return False  # "Wurden zuvor 15 Euro bezahlt, waren es nun 14": a contrast
    return first is not None and first.tag_.endswith("FIN")
