"""Coordination and verb clusters: "die Wohn- und Lebensqualität" is one phrase, "ließ Akten vernichten" one predicate.

Each rule changes heads and labels of a UD tree in place and leaves a sound one alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.tree.edits import hang, reform, relabel, swap
from kg.language.nouns import is_person
from kg.language.verbs import CAUSATIVE
from kg.reader.tokens import NOUNS

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token


def coordinate(sentence: Sentence) -> None:
    """Join what is one phrase or one predicate."""
    for token in list(sentence):
        if token.tag_ == "VMFIN":
            _make_infinitive(token)
        if token.tag_ in ("VVINF", "VVPP") and token.text.endswith("n") and token.dep_ in ("xcomp", "ROOT"):
            _join_causative(token)
        if token.text.endswith("-") and len(token.text) > 2:
            _complete(token)
        if token.dep_ == "nummod" and token.head.pos_ == "NOUN":
            _measure(token.head)


def _join_causative(infinitive: Token) -> None:
    """ "Der Konzern ließ Akten vernichten": lassen is an auxiliary of the verb below it, and all is said of both."""
    above = infinitive.head
    below = [c for c in infinitive.children if c.dep_ == "aux" and c.text.lower().startswith(CAUSATIVE)]
    let = above if infinitive.dep_ == "xcomp" and above.text.lower().startswith(CAUSATIVE) else next(iter(below), None)
    if let is None or any(c.tag_ == "PTKZU" for c in infinitive.children):
        return
    children = [c for c in let.children if c != infinitive]
    if let == above:
        swap(infinitive, let, "aux")
    else:
        relabel(let, "aux")
    for child in children:
        hang(child, infinitive)
    reform(let, pos="AUX")
    if infinitive.tag_ == "VVPP":  # "verhaften" looks like "verhalten"
        reform(infinitive, "VVINF", features="VerbForm=Inf")


def _complete(first: Token) -> None:
    """ "die Wohn- und Lebensqualität": what is cut off before "und" is one phrase with the noun that completes it."""
    if first.i + 2 >= first.sent.end or first.nbor().text not in ("und", "oder", "bzw.", "sowie"):
        return
    joins, second = first.nbor(), first.nbor(2)
    while second.pos_ == "ADJ" and second.i + 1 < first.sent.end:
        second = second.nbor()
    if second.pos_ not in NOUNS or second.head != first:
        return
    swap(second, first, "compound")
    for child in list(first.children):
        hang(child, second)
    hang(joins, second, "compound")


# What is counted out before a noun of what there is: "zehn Jahre Haft", "drei Tonnen Stahl". Own list.
_MEASURES = frozenset(
    "jahr jahre jahren monat monate monaten wochen tage tagen stunden tonnen tonne liter kilo gramm euro dollar "
    "barrel hektar kilometer meter zentner kubikmeter quadratmeter kilogramm".split()
)


def _measure(unit: Token) -> None:
    """ "zu vier Jahren Haft verurteilt": the noun behind a measure is what is meant, the measure says how much."""
    noun = unit.nbor() if unit.i + 1 < unit.sent.end else unit
    if unit.text.lower() not in _MEASURES or noun.tag_ != "NN" or noun.ent_type_ or is_person(noun.text):
        return
    if noun.head not in (unit.head, unit) or noun.left_edge != noun or noun.dep_ in ("conj", "ROOT", "nsubj"):
        return
    swap(noun, unit, "nmod")
    for child in [c for c in unit.children if c.dep_ == "case"]:
        hang(child, noun)


def _make_infinitive(modal: Token) -> None:
    """ "hat ein Netz gebaut und Firmen gewinnen können": behind "hat" and an infinitive, "können" is one too."""
    verb = modal.head
    first = verb.head if verb.dep_ == "conj" else verb
    perfect = any(c.tag_ == "VAFIN" and c.lemma_ == "haben" for c in (*first.children, *verb.children))
    if perfect and modal.text.endswith("n") and modal.i == verb.i + 1 and verb.tag_ == "VVINF":
        reform(modal, "VMINF", features="VerbForm=Inf")
