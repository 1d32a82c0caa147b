"""Conditional clauses and phrases: "Wenn A übernimmt, …", "Sollte er gewinnen, …", "im Falle eines Sieges"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clause.clauses import Clause
from kg.extract.tree.arguments import Slot
from kg.language.auxiliaries import PERFECT, PRETERITE, forms
from kg.language.nouns import is_person
from kg.reader.tokens import has

if TYPE_CHECKING:
    from spacy.tokens import Token

_CONJUNCTIONS = frozenset({"wenn", "falls", "sofern", "sobald", "solange", "ob"})


def is_condition(clause: Clause) -> bool:
    """Conditional clause (Konditionalsatz): one that "wenn", "falls", "sofern", "sobald", "solange" or "ob" opens,
    unless "auch" stands before it (a concession), or an adverbial clause that opens with its finite verb, unless that
    is a preterite of haben, sein or werden. "Sollte er gewinnen, …" holds; "Auch wenn er gewinnt, …" does not.
    """
    if clause.mark in _CONJUNCTIONS:
        mark = next((c for c in clause.verb.children if c.text.lower() == clause.mark), None)
        return mark is None or mark.i == 0 or mark.nbor(-1).text.lower() != "auch"
    finite = clause.finite
    if finite is not None and is_past(finite):
        return False
    return finite is not None and finite.i == clause.verb.left_edge.i and clause.relation == "advcl"


_UNTIL = frozenset({"bevor", "ehe", "bis"})


def is_awaited(clause: Clause) -> bool:
    """Temporal clause of what is not so yet (Nachzeitigkeit): one with "bevor", "ehe" or "bis" in the present, where
    neither a year nor the clause above says that this is told of the past: "Bevor die Gäste kommen, …", not "Bevor die
    Gäste kamen, …".
    """
    finite, above = clause.finite, clause.parent
    if clause.mark not in _UNTIL or finite is None or not has(finite, "Tense", "Pres"):
        return False
    over = above is not None and any(
        has(t, "Tense", "Past") for t in (above, *above.children) if t.tag_.endswith("FIN")
    )
    done = not clause.passive or any(t.text == "worden" for t in clause.auxiliaries)
    perfect = finite in clause.auxiliaries and finite.lemma_ in PERFECT and done
    return not over and not perfect and not any(len(t.text) == 4 and t.text.isdecimal() for t in clause.own)


def is_past(finite: Token) -> bool:
    """Preterite indicative of haben, sein or werden, third person: whether a finite verb is one by its form.

    Such a verb in front opens no condition: "Wurden zuvor 15 Euro bezahlt, waren es nun 14".
    """
    return any(finite.text.lower() in forms(lemma, PRETERITE, person=3) for lemma in ("haben", "sein", "werden"))


def is_conditional_phrase(slot: Slot) -> bool:
    """Conditional adverbial: whether an argument sets a condition – "im Fall(e)" with what follows, unless that is
    somebody, "in/für … Fall" with an attribute behind the noun, "unter der Bedingung". "im Falle eines Sieges" does,
    "in diesem Fall" and "im Falle von Ina Kern" do not.
    """
    if slot.case is None:
        return False
    if slot.last is not None and " ".join(word.text.lower() for word in slot.lead) in ("im fall", "im falle"):
        return not (slot.head.pos_ == "PROPN" or slot.head.ent_type_ or is_person(slot.head.text))
    word = slot.head.text.lower()
    if word in ("fall", "falle"):
        return slot.head.n_rights > 0 and slot.preposition in ("in", "für")
    return word == "bedingung" and slot.preposition == "unter"
