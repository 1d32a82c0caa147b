"""Object predicative: what an object is called in "nannte ihn einen Lügner", "bezeichnete den Plan als Fehler".

That the Zeitung calls the president a Lügner makes him none: the Lügner is the complement of what is said of him.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.clause.clauses import Clause
from kg.extract.tree.arguments import Slot, is_nominal
from kg.language.verbs import words

if TYPE_CHECKING:
    from spacy.tokens import Token

# Verbs that need no "als" for what they call their object.
_CALLING = ("nennen", "schimpfen", "taufen")


def with_object_predicative(clause: Clause) -> Clause:
    """The clause with what its object is called as a predicative, unchanged where nothing is called anything.

    "Die Zeitung nannte den Präsidenten einen Lügner" → object den Präsidenten, predicative einen Lügner
    "Die Partei bezeichnet den Plan als Fehler"       → object den Plan, predicative (als) Fehler
    """
    if clause.lemma not in words("appraising") or clause.copula is not None:
        return clause
    if clause.passive:
        return _with_adjective(clause)
    bare = sorted((s for s in clause.slots if _is_bare(s)), key=lambda s: s.head.i)
    led = _led(clause.verb)
    two = len(bare) > 1 and bare[1].head not in bare[0].head.conjuncts
    if not bare or (led is None and (not two or clause.lemma not in _CALLING)):
        return clause
    called = led if led is not None else bare[1].head
    judged = next((slot for slot in bare if slot.head != called), None)
    if judged is None:
        return clause
    rest = (slot for slot in clause.slots if slot.head != called and slot not in bare)
    return replace(clause, slots=(Slot("obj", judged.head), Slot("pred", called, _lead(called)), *rest))


def _with_adjective(clause: Clause) -> Clause:
    """ "Die Gefahr wird als hoch eingestuft": the predicative of a passive is its subject's."""
    led = _led(clause.verb)
    if led is None or led.pos_ != "ADJ" or any(slot.head == led for slot in clause.slots):
        return clause
    lead = _lead(led)
    return clause if lead is None else replace(clause, slots=(*clause.slots, Slot("pred", led, lead)))


def _is_bare(slot: Slot) -> bool:
    return slot.case is None and slot.role in ("obj", "obl", "iobj") and is_nominal(slot.head)


def _led(verb: Token) -> Token | None:
    """What stands behind "als" or "für" below a verb that judges: falsch in "als falsch bezeichnen"."""
    below = (c for c in verb.children if c.pos_ in ("NOUN", "PROPN", "ADJ", "VERB") and c.i > verb.left_edge.i)
    return next((c for c in below if _lead(c) is not None), None)


def _lead(called: Token) -> Token | None:
    """The "als" or "für" before what something is called; of "als sehr hoch eingestuft" it may hang on the verb."""
    own = next((c for c in called.children if _leads(c, called)), None)
    if own is not None or called.pos_ != "ADJ":
        return own
    before = called.left_edge.i - 1
    beside = called.doc[before] if before >= called.sent.start else called
    return beside if beside.text == "als" and beside.head == called.head else None


def _leads(word: Token, called: Token) -> bool:
    known = word.text.lower() == "als" or (word.text.lower() == "für" and called.head.lemma_ in ("halten", "erklären"))
    return known and word.i < called.i and word.dep_ in ("case", "mark", "advmod", "cc")
