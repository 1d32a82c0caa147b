"""Factuality: how firmly a clause is said, by its own words and by its sentence, source and date.

"Linde und Praxair fusionieren" is a fact; behind "Sollten …, steigen die Preise" it is a condition, in a text of 2022
"fusionieren 2025" is a plan, and beside "Gerüchten zufolge" hearsay. Whatever reads a clause asks here, so that two
rules that read the same clause agree on how firmly it is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.clause.clauses import Clause
from kg.extract.clause.dating import time_of
from kg.extract.clause.joined_clauses import is_past
from kg.extract.clause.modal_verbs import has_infinitive, professes
from kg.extract.clause.modality import governing_words, is_complement, is_denied_above, modality
from kg.extract.speech.attribution import Voice
from kg.extract.speech.sentences import AnalysedSentence
from kg.language.auxiliaries import PERFECT
from kg.language.verbs import words
from kg.reader.tokens import has

if TYPE_CHECKING:
    from kg.extract.reading import Reading


def polarity_of(clause: Clause, sentence: AnalysedSentence) -> str:
    """Negation: a clause is negative by a word of its own or by the word that it hangs on; both cancel each other out.

    "Link baut nicht", "Link bestreitet, dass er baut" → negative; "bestreitet, dass er nicht baut" → positive
    """
    denied = (clause.negation is not None) != is_denied_above(clause, sentence.clauses)
    return "negative" if denied else "positive"


def modality_of(reading: Reading, clause: Clause, sentence: AnalysedSentence, voice: Voice | None) -> str:
    """Modality of a clause in its sentence and document: what its own words say, else what frames it, else its date.

    An asserted clause becomes possible in a supposition, a condition that opens with its verb, with the subject "wer",
    or in a disjunction; reported where it is quoted from nobody; planned where its time is after the document's date:
    "Gerüchten zufolge fusionieren sie" → reported; "Linde oder Praxair kauft Audi" → possible
    """
    mode = modality(clause, sentence.clauses, quoted=voice is not None)
    if mode == "reported" and any(subject.text.lower() == "wer" for subject in clause.subjects):
        return "possible"  # a clause with "wer" is no complement, though it hangs like one
    if mode == "reported" and professes(clause) and _is_to_come(reading, clause):
        return "planned"  # "will 2030 das Werk gebaut haben"
    if mode != "asserted":
        return mode
    if voice is None and (
        _is_supposition(sentence) or (_opens_with_finite_verb(sentence) and len(sentence.clauses) > 1)
    ):
        return "possible"
    if is_hearsay(voice):
        return "reported"
    if any(subject.text.lower() == "wer" for subject in clause.subjects):
        return "possible"  # "Wer das sagt, irrt": a condition
    if not _is_past_by_form(clause) and _is_to_come(reading, clause):
        return "planned"
    several = clause.finite is not None and has(clause.finite, "Number", "Plur")  # "A oder B sind frei": both
    return (
        "possible" if (not several and has_disjoined_subjects(clause)) or _has_disjoined_object_names(clause) else mode
    )


# Classes of words with which it is known what becomes of their infinitive, and who is to do it.
_WITH_INFINITIVE = (
    "planning",
    "requiring",
    "implicative",
    "denying",
    "saying",
    "believing",
    "able",
    "phase",
    "object_control",
)
# Classes of words that tell what somebody says or takes to be so.
_OF_REPORT = ("saying", "believing", "receiving", "accusing", "statements")


def is_open(clause: Clause, sentence: AnalysedSentence, voice: Voice | None) -> bool:
    """Open complement: whether nothing tells what becomes of a complement, so that it says nothing by itself.

    That is an infinitive below a word of no class in `_WITH_INFINITIVE` ("eine Kunst, zu malen"; "sah ihn kommen"), and
    a clause that nobody is quoted with below a word that is neither factive nor one of report: "fragte nicht, wer
    kommt", "achten darauf, dass es reicht".
    """
    above = governing_words(clause, sentence.clauses)
    if clause.finite is None:
        infinitive = clause.relation in ("xcomp", "acl", "csubj", "ccomp") and has_infinitive(clause)
        return infinitive and clause.mark != "um" and not _is_of(above, _WITH_INFINITIVE)
    if voice is not None or clause.is_reported or not is_complement(clause) or _is_of(above, _OF_REPORT):
        return False
    return modality(clause, sentence.clauses, quoted=False) == "reported"


def _is_of(above: Iterable[str], kinds: Iterable[str]) -> bool:
    """Whether one of some words is of one of some classes."""
    return any(word in words(kind) for word in above for kind in kinds)


def is_hearsay(voice: Voice | None) -> bool:
    """Hearsay: a clause is quoted from nobody, or only from a report: "Gerüchten zufolge geht er"."""
    return voice is not None and (voice.speaker is None or voice.hearsay)


def has_disjoined_subjects(clause: Clause) -> bool:
    """Disjunction of subjects: "oder" joins them, the clause holds of one: "Linde oder Praxair kauft Audi"."""
    return any(c.text.lower() == "oder" for s in clause.subjects for c in s.children if c.dep_ == "cc")


def _has_disjoined_object_names(clause: Clause) -> bool:
    """Disjunction of objects: "oder" joins names that are direct objects, as in "Siemens kauft Alstom oder Bosch".

    With common nouns the clause holds of both: "hilft Schülern oder Studenten".
    """
    names = [slot.head for slot in clause.slots if slot.role == "obj" and slot.head.pos_ == "PROPN"]
    return any(c.text.lower() == "oder" for name in names for c in name.children if c.dep_ == "cc")


def _is_supposition(sentence: AnalysedSentence) -> bool:
    """Supposition: the sentence opens with a phrase such as "Angenommen", "Gesetzt den Fall", or has "es sei denn".

    Then it tells only what may be: "Angenommen, Bayer kauft BASF", "…, es sei denn, die EU greift ein".
    """
    text = f"{' '.join(word for word in sentence.words if word != ',')} "
    return text.startswith(_supposition_openers()) or " es sei denn " in f" {text}"


@cache
def _supposition_openers() -> tuple[str, ...]:
    """The phrases of suppositions, each with a blank behind it, so that it ends where a word does."""
    return tuple(f"{phrase} " for phrase in sorted(words("supposing")))


def _is_to_come(reading: Reading, clause: Clause) -> bool:
    """Future by date: the time of a clause begins after the day that the document is of, as exactly as both are known.

    "fusionieren 2025" in a text of 2022
    """
    written = reading.document.date
    time = time_of(reading, clause) if written else None
    known = min(len(time.since), len(written)) if time is not None and written else 0
    return known > 0 and time is not None and time.since[:known] > written[:known]


def _is_past_by_form(clause: Clause) -> bool:
    """Past tense: a preterite, or a perfect in the active, whatever its dates say: "hat am Samstag angekündigt"."""
    finite = clause.finite
    if finite is None:
        return False
    perfect = finite.lemma_ in PERFECT and clause.verb.tag_ == "VVPP" and finite != clause.verb
    return has(finite, "Tense", "Past") or (perfect and not clause.passive)


def _opens_with_finite_verb(sentence: AnalysedSentence) -> bool:
    """Verb-first sentence: the first word is a finite verb, and a comma follows, so that it sets a condition.

    "Übernimmt Bayer den Konkurrenten, verliert BASF"; not with "wurde", "war" or "hatte", which contrast.
    """
    first = next((token for token in sentence.span if not token.is_punct), None) if "," in sentence.words else None
    if first is not None and is_past(first):
        return False  # "Wurden zuvor 15 Euro bezahlt, waren es nun 14": a contrast
    return first is not None and first.tag_.endswith("FIN")
