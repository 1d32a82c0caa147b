"""Object predicative: one predicate with its verb in "nannte ihn einen Lügner", "als Fehler bezeichnen".

That the Zeitung calls the president a Lügner makes him none, so the Lügner is no end of a claim: it says how he is
judged, as the adjective does in "nannte den Vorschlag absurd".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.clause.clauses import Clause
from kg.extract.tree.arguments import Slot, is_nominal
from kg.language.verbs import words

if TYPE_CHECKING:
    from spacy.tokens import Token

# Verbs with an object predicative in the accusative, without "als": "nannte ihn einen Lügner".
_NAMING_VERBS = ("nennen", "schimpfen", "taufen")


def with_object_predicative(clause: Clause) -> Clause:
    """Object predicative: what a verb of judging (`appraising`) calls its object is part of the verb, no argument.

    It is led by "als" or "für", or the second bare object of "nennen", "schimpfen" or "taufen"; without one the clause
    is unchanged.

    "Die Zeitung nannte den Präsidenten einen Lügner" → Lügner nennen – den Präsidenten
    "Die Partei bezeichnet den Plan als Fehler"       → als Fehler bezeichnen – den Plan
    """
    if clause.lemma not in words("appraising") or clause.copula is not None:
        return clause
    if clause.passive:
        return _with_adjective_of_passive(clause)
    bare = sorted((s for s in clause.slots if _is_bare_object(s)), key=lambda s: s.head.i)
    led = _predicative_behind_als(clause.verb)
    two = len(bare) > 1 and bare[1].head not in bare[0].head.conjuncts
    if not bare or (led is None and (not two or clause.lemma not in _NAMING_VERBS)):
        return clause
    called = led if led is not None else bare[1].head
    judged = next((slot for slot in bare if slot.head != called), None)
    if judged is None:
        return clause
    lead = _als_of(called)
    lemma = " ".join(([lead.text.lower()] if lead is not None else []) + [_lemma_part(called), clause.lemma])
    own = (called,) if lead is None else (lead, called)
    rest = (slot for slot in clause.slots if slot.head != called and slot not in bare)
    slots = (Slot("obj", judged.head), *rest)
    return replace(clause, lemma=lemma, slots=slots, words=tuple(sorted({*clause.words, *own})))


def _with_adjective_of_passive(clause: Clause) -> Clause:
    """Predicative adjective of a passive with "als": it goes with the verb: "Die Gefahr wird als hoch eingestuft"."""
    led = _predicative_behind_als(clause.verb)
    if led is None or led.pos_ != "ADJ" or any(slot.head == led for slot in clause.slots):
        return clause
    lead = _als_of(led)
    if lead is None:
        return clause
    lemma = f"{lead.text.lower()} {led.text} {clause.lemma}"
    return replace(clause, lemma=lemma, words=tuple(sorted({*clause.words, lead, led})))


def _is_bare_object(slot: Slot) -> bool:
    """Whether an argument is an object without a preposition."""
    return slot.case is None and slot.role in ("obj", "obl", "iobj") and is_nominal(slot.head)


def _predicative_behind_als(verb: Token) -> Token | None:
    """The noun, adjective or participle below a verb that "als" or "für" leads: falsch in "als falsch bezeichnen"."""
    below = (c for c in verb.children if c.pos_ in ("NOUN", "PROPN", "ADJ", "VERB") and c.i > verb.left_edge.i)
    return next((c for c in below if _als_of(c) is not None), None)


def _als_of(called: Token) -> Token | None:
    """The "als" or "für" of a predicative; that of an adjective may hang on the verb: "stuft sie als sehr hoch ein"."""
    own = next((c for c in called.children if _is_als(c, called)), None)
    if own is not None or called.pos_ != "ADJ":
        return own
    before = called.left_edge.i - 1
    beside = called.doc[before] if before >= called.sent.start else called
    return beside if beside.text == "als" and beside.head == called.head else None


def _is_als(word: Token, called: Token) -> bool:
    """Whether a word before a predicative is its "als", or its "für" with "halten" or "erklären"."""
    known = word.text.lower() == "als" or (word.text.lower() == "für" and called.head.lemma_ in ("halten", "erklären"))
    return known and word.i < called.i and word.dep_ in ("case", "mark", "advmod", "cc")


def _lemma_part(called: Token) -> str:
    """A predicative as part of a lemma: the lemma of a noun, other words as they stand."""
    if called.pos_ == "NOUN":
        return called.lemma_ or called.text
    return called.text
