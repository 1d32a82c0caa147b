"""Signs of reported speech in the verb itself: the Konjunktiv that needs no verb of saying, and sollen.

"Krause trat vor die Presse. Die Stadt sei pleite." quotes by its Konjunktiv I, "Krause zeigte sich besorgt, dass der
Preis steige" below a verb that says nothing, "Er soll Kern geschlagen haben" by the sollen of hearsay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kg.extract.clause.clauses import Clause
from kg.extract.clause.modal_verbs import by_auxiliary
from kg.extract.clause.modality import governor_of
from kg.extract.speech.reporting_clauses import NO_SPEAKERS, is_saying
from kg.extract.speech.sentences import AnalysedSentence
from kg.language.auxiliaries import PRESENT, SUBJUNCTIVE_2, forms
from kg.language.verbs import words

if TYPE_CHECKING:
    from collections.abc import Container

    from spacy.tokens import Token

# With these a Konjunktiv II stands for a Konjunktiv I that would look like an indicative: "dass die Preise stiegen".
_REPORTING_CONJUNCTIONS = frozenset({"dass", "daß", "weil", "da"})


def has_reported_root(sentence: AnalysedSentence) -> bool:
    """Whether a main clause of a sentence is in the Konjunktiv I: "Die Stadt sei pleite." """
    return any(c.relation == "root" and c.is_reported for c in sentence.clauses.values())


def is_formulaic(clause: Clause) -> bool:
    """Formulaic Konjunktiv: the subject is "es" or "Gott", or there is none, so that nobody is quoted.

    "Gott sei Dank", "es sei daran erinnert"
    """
    return any(s.text.lower() in ("es", "gott") for s in clause.subjects) or not clause.subjects


def continues_speech(clause: Clause, clauses: Mapping[int, Clause]) -> bool:
    """Indirect speech that goes on: the main clause above a clause is in the Konjunktiv, or has the sollen of hearsay.

    It is no verb of saying, unless in the Konjunktiv I, and no "möchte", which wishes: "Weidenfeld warnte vor Risiken:
    In China herrsche ein anderes System."; "Die Behörde erhob Vorwürfe. Er soll Kern geschlagen haben." The sentence
    before quotes somebody, or only tells that somebody spoke.
    """
    top = _main_clause(clause, clauses)
    wishes = top.finite is not None and top.finite.text.lower() in forms("mögen", SUBJUNCTIVE_2)
    hearsay = _has_sollen(top) and by_auxiliary(top, quoted=True) == "reported"
    return hearsay or (top.mood == "Sub" and not wishes and (top.is_reported or not is_saying(top)))


def continues_plan(clause: Clause, clauses: Mapping[int, Clause]) -> bool:
    """Demand or announcement that goes on: the main clause above a clause has "soll" or "sollen" of the present.

    The sentence before has to announce (see `announces`): "Krause forderte ein Verbot. Autos sollen draußen bleiben."
    """
    return _has_sollen(_main_clause(clause, clauses))


def announces(sentence: AnalysedSentence) -> bool:
    """Whether a verb of saying what is to be is in a sentence, with a subject that can speak: "Krause forderte ein
    Verbot"."""
    return any(c.lemma in words("announcing") and is_saying(c) for c in sentence.clauses.values())


def reported_below(sentence: AnalysedSentence, quoted: Container[int]) -> Iterator[tuple[int, Token]]:
    """Oblique Konjunktiv: yield the head of a clause that reports, and the subject of the clause above, who says so.

    The clause is in the Konjunktiv I, or behind dass, weil or da in the Konjunktiv II of no modal verb ("müssten" only
    supposes), and no formula. It hangs on an active clause that nobody says; `quoted` has the heads that somebody does.
    "Krause zeigte sich besorgt, dass der Preis steige" → Krause; "Die Kläger warten, weil das Gericht keine Zeit habe"
    → Kläger
    """
    for head, clause in sentence.clauses.items():
        above = governor_of(clause, sentence.clauses)
        if head in quoted or above is None or above.verb.i in quoted or above.passive or not above.subjects:
            continue
        modal = clause.finite is not None and clause.finite.tag_ == "VMFIN"
        reports = clause.is_reported or (clause.imagines and not modal and clause.mark in _REPORTING_CONJUNCTIONS)
        if reports and not is_formulaic(clause) and above.subjects[0].text.lower() not in NO_SPEAKERS:
            yield head, above.subjects[0]


def _main_clause(clause: Clause, clauses: Mapping[int, Clause]) -> Clause:
    """The highest clause above a clause, itself if there is none."""
    top, seen = clause, {clause.verb.i}
    while top.parent is not None and top.parent.i in clauses and top.parent.i not in seen:
        top = clauses[top.parent.i]
        seen.add(top.verb.i)
    return top


def _has_sollen(clause: Clause) -> bool:
    """Whether a clause has "soll" or "sollen" of the present."""
    return any(t.text.lower() in forms("sollen", PRESENT, person=3) for t in (*clause.auxiliaries, clause.verb))
