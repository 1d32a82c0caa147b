"""Clauses as parts of others, and what coordinated ones share.

As subjects ("Ob es weitergeht, ist offen"), as conditions ("Sollte er gewinnen, …", with phrases like them: "im Falle
eines Sieges"), and with one object ("kaufte und sanierte das Haus").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.clause.clauses import Clause
from kg.extract.clause.dating import is_clock
from kg.extract.tree.arguments import Slot
from kg.language.auxiliaries import PERFECT, PRETERITE, forms
from kg.language.nouns import is_person
from kg.language.verbs import words
from kg.reader.tokens import COMPLEMENTS, has

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_cleft(clause: Clause) -> bool:
    """Cleft: "Es war Link, der …" says only who it was, and the relative clause what he did.

    Beside "sein" and "es" stands the name or noun of a person, which the relative clause hangs on.
    """
    below = list(clause.verb.children)
    impersonal = clause.lemma == "sein" and any(c.dep_ == "expl" or c.text.lower() == "es" for c in below)
    for noun in (*clause.subjects, *((clause.verb,) if clause.copula is not None else ())):
        relative = any(c.dep_ == "acl:relcl" for c in noun.children)
        if impersonal and relative and (noun.pos_ == "PROPN" or is_person(noun.text)):
            return True
    return False


def clause_subjects(clause: Clause) -> tuple[Token, ...]:
    """The heads of clauses that are the subject: "Ob es weitergeht, ist offen", "Dass er lügt, ist bewiesen"."""
    if clause.copula is None and clause.verb.tag_ != "VVPP":
        return ()
    before = (c for c in clause.verb.children if c.right_edge.i < clause.verb.i)
    opened = (c for c in before if c.dep_ in ("csubj", "csubj:pass", "advcl", "ccomp"))
    return tuple(c for c in opened if conjunction_of(c) is not None)


def conjunction_of(head: Token) -> Token | None:
    """The "ob" or "dass" of a clause that can be an object or subject of another, given its head; None for none."""
    return next((c for c in head.children if c.dep_ == "mark" and c.text.lower() in ("ob", "dass", "daß")), None)


def with_shared_object(clause: Clause, clauses: Mapping[int, Clause]) -> Clause:
    """Coordination of predicates: the clause with the object that it shares with one it is joined to; `clauses` are
    those of the sentence by head.

    What stands before the first of two participles, infinitives or verbs at the end belongs to both, and what stands
    behind the second of two that nothing but a conjunction parts: "hat das Haus gekauft und abgerissen", "kaufte und
    sanierte das Haus".
    """
    if not _lacks_object(clause):
        return clause
    first = clauses.get(clause.verb.head.i) if clause.verb.dep_ == "conj" else None
    if first is not None and _shares_field_before(first, clause):
        found = tuple(slot for slot in _objects(first) if slot.head.i < first.verb.i)
        return replace(clause, slots=(*found, *clause.slots))
    behind = (clauses[c.i] for c in clause.verb.rights if c.dep_ == "conj" and c.i in clauses)
    second = next((other for other in behind if _follows_at_once(clause, other)), None)
    if second is None or second.passive:
        return clause
    return replace(clause, slots=(*clause.slots, *(s for s in _objects(second) if s.head.i > second.verb.i)))


def _objects(clause: Clause) -> tuple[Slot, ...]:
    return tuple(slot for slot in clause.slots if slot.role == "obj" and slot.case is None)


def _lacks_object(clause: Clause) -> bool:
    """Whether a verb that hardly stands without an object (`with_object`) has none, no content clause and no "sich"."""
    verb = clause.verb
    bare = any(s.case is None and not is_clock(s.head.text) for s in clause.slots) or clause.passive
    told = any(c.dep_ in COMPLEMENTS for c in verb.children) or any(word.pos_ == "PRON" for word in clause.words)
    return clause.lemma in words("with_object") and not bare and not told


def _shares_field_before(first: Clause, second: Clause) -> bool:
    """Whether two verbs close one field, so that what stands before the first belongs to both: participles or
    infinitives under the same auxiliaries, or finite verbs behind one conjunction or relative pronoun.
    """
    kinds = (first.verb.tag_, second.verb.tag_)
    if first.passive or kinds[0] != kinds[1]:
        return False
    if kinds[0] == "VVFIN":
        own = any(c.dep_.startswith("nsubj") or c.dep_ == "mark" for c in second.verb.children)
        return (bool(first.mark) or first.relation == "acl:relcl") and not own
    return (
        kinds[0] in ("VVPP", "VVINF") and bool(first.auxiliaries) and set(second.auxiliaries) <= set(first.auxiliaries)
    )


def _follows_at_once(first: Clause, second: Clause) -> bool:
    """Whether nothing but a conjunction stands between two verbs of one form."""
    verb, other = first.verb, second.verb
    return other.i == verb.i + 2 and verb.nbor().dep_ == "cc" and verb.tag_ == other.tag_


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
