"""Predicatives of objects: "nannte ihn einen Lügner", "kritisierte den Plan als unsozial", and "sieht gut aus"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.clause.clauses import Clause
from kg.extract.clause.joined_clauses import conjunction_of
from kg.extract.mend.predicative_als import is_comparison
from kg.extract.tree.arguments import Slot, is_nominal, is_reflexive
from kg.language.verbs import words
from kg.reader.tokens import PREDICATIVES

if TYPE_CHECKING:
    from spacy.tokens import Token

# Verbs that need no "als" for what they call their object.
_CALLING = ("nennen", "schimpfen", "taufen")


def with_object_predicative(clause: Clause) -> Clause:
    """The clause with what its object is called as a predicative, unchanged where nothing is called anything.

    "Die Zeitung nannte den Präsidenten einen Lügner" → object den Präsidenten, predicative einen Lügner
    "Die Partei bezeichnet den Plan als Fehler"       → object den Plan, predicative (als) Fehler
    """
    shown = clause.lemma == "zeigen" and any(is_reflexive(c) for c in clause.verb.children)  # "zeigte sich enttäuscht"
    if shown or clause.lemma in words("seeming"):
        return _with_quality(clause)
    if clause.copula is not None:
        return clause
    if clause.lemma not in words("appraising"):
        return _with_quality_as(clause)
    if clause.passive or clause.lemma == "gelten" or _judges_clause(clause.verb):
        return _with_adjective(clause)
    bare = sorted((s for s in clause.slots if _is_bare(s)), key=lambda s: s.head.i)
    marked = _called_below(clause.verb)
    two = len(bare) > 1 and bare[1].head not in bare[0].head.conjuncts
    if not bare or (marked is None and (not two or clause.lemma not in _CALLING)):
        return _with_bare_quality(clause)
    called = marked if marked is not None else bare[1].head
    judged = next((slot for slot in bare if slot.head != called), None)
    if judged is None:
        return clause
    rest = (slot for slot in clause.slots if slot.head != called and slot not in bare)
    return replace(clause, slots=(Slot("obj", judged.head), Slot("pred", called, _marker_of(called)), *rest))


def _with_bare_quality(clause: Clause) -> Clause:
    """Object predicative without "als": the adjective or participle that "nennen" calls its object, and the "anders" of
    any verb that judges: "nannte die Vorwürfe frei erfunden", "sieht das anders".
    """
    below = (c for c in clause.verb.children if c.dep_ in ("advmod", "xcomp", "obl"))
    for word in below:
        called = clause.lemma == "nennen" and word.tag_ in PREDICATIVES and word.i > clause.verb.left_edge.i
        bare = not any(c.dep_ in ("case", "mark", "nsubj") or c.dep_.startswith(("aux", "cop")) for c in word.children)
        objects = tuple(Slot("obj", c) for c in word.children if c.dep_ == "obj" and is_nominal(c))
        known = objects or any(map(_is_bare, clause.slots))
        if known and ((called and bare) or word.text == "anders"):
            return replace(clause, slots=(*objects, *clause.slots, Slot("pred", word)))
    return clause


def _with_quality_as(clause: Clause) -> Clause:
    """Free predicative (freies Prädikativ): an adjective or participle behind "als" that is no comparison and no clause
    is what an object, a passive's subject or "sich" is called, with any verb: "kritisierte den Plan als unsozial".
    """
    called = _called_below(clause.verb)
    marker = _marker_of(called) if called is not None else None
    if called is None or marker is None or called.tag_ not in PREDICATIVES or is_comparison(marker):
        return clause
    if marker == clause.first or (marker.nbor(-1).text.endswith("er") and marker.nbor(-1).tag_ in ("ADJD", "ADV")):
        return clause  # "Als krank gemeldet, …", "früher als vorgesehen"
    whole = any(c.dep_.startswith(("aux", "cop", "nsubj")) for c in called.children)  # "als sie kam"
    judged = clause.passive or any(s.role == "obj" and s.case is None for s in clause.slots)
    judged = judged or any(is_reflexive(c) for c in clause.verb.children)
    known = any(slot.head == called for slot in clause.slots)
    if whole or known or not judged:
        return clause
    return replace(clause, slots=(*clause.slots, Slot("pred", called, marker)))


# Adverbs that are predicatives of a verb of seeming, as adjectives are.
_QUALITIES = frozenset({"anders", "so", "genauso", "ebenso"})


def _with_quality(clause: Clause) -> Clause:
    """Predicative of seeming: the adjective or "anders" that "aussehen", "wirken", "klingen" … cannot be without.

    The verb has no object but "sich"; of several such words the last one counts. "Der Plan sah anders aus" → anders
    """
    below = [c for c in clause.verb.children if c.dep_ in ("advmod", "xcomp") and not c.is_punct]
    qualities = [c for c in below if c.tag_ == "ADJD" or c.text.lower() in _QUALITIES]
    known = any(slot.role == "pred" or (slot.role == "obj" and slot.case is None) for slot in clause.slots)
    if known or not qualities:
        return clause
    return replace(clause, slots=(*clause.slots, Slot("pred", qualities[-1])))


def _judges_clause(verb: Token) -> bool:
    """Whether a verb has a clause for its object: "Dass er lügt, hält sie für möglich", "sieht es als erwiesen an"."""
    return any(
        c.dep_ in ("ccomp", "csubj") and conjunction_of(c) is not None
        for c in verb.subtree
        if c.head == verb or c.head.head == verb
    )


def _with_adjective(clause: Clause) -> Clause:
    """ "Die Gefahr wird als hoch eingestuft": the predicative of a passive is its subject's."""
    called = _called_below(clause.verb)
    plain = called is not None and (called.pos_ == "ADJ" or called.tag_ in PREDICATIVES)
    if called is None or not plain or any(slot.head == called for slot in clause.slots):
        return clause
    marker = _marker_of(called)
    return clause if marker is None else replace(clause, slots=(*clause.slots, Slot("pred", called, marker)))


def _is_bare(slot: Slot) -> bool:
    """Whether an argument is an object without preposition, whatever the parser calls it."""
    return slot.case is None and slot.role in ("obj", "obl", "iobj") and is_nominal(slot.head)


def _called_below(verb: Token) -> Token | None:
    """What the object of a verb that judges is called, behind "als" or "für": falsch in "als falsch bezeichnen"."""
    below = (c for c in verb.children if c.pos_ in ("NOUN", "PROPN", "ADJ", "VERB") and c.i > verb.left_edge.i)
    return next((c for c in below if _marker_of(c) is not None), None)


def _marker_of(called: Token) -> Token | None:
    """The "als" or "für" before what something is called; of "als sehr hoch eingestuft" it may hang on the verb."""
    own = next((c for c in called.children if _is_marker(c, called)), None)
    if own is not None or called.pos_ != "ADJ":
        return own
    before = called.left_edge.i - 1
    beside = called.doc[before] if before >= called.sent.start else called
    return beside if beside.text == "als" and beside.head == called.head else None


def _is_marker(word: Token, called: Token) -> bool:
    """Whether a word is the "als" before what something is called, or the "für" of halten and erklären."""
    known = word.text.lower() == "als" or (word.text.lower() == "für" and called.head.lemma_ in ("halten", "erklären"))
    return known and word.i < called.i and word.dep_ in ("case", "mark", "advmod", "cc")
