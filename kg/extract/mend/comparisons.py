"""Predicative or comparative "als": "dient als Minister", but "ist größer als der Minister".

A noun behind "als" is what somebody acts as, unless a comparative stands before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.tree.edits import reform, relabel
from kg.reader.tokens import NOUNS, has

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

# Behind these "als" compares, and "sowohl … als auch" coordinates.
_COMPARED = frozenset("mehr weniger anders lieber eher".split())


# Adjectives in -er that compare nothing.
_IN_ER = frozenset("schwer teuer sicher sauber leer bitter munter finster heiter tapfer schwanger mager sonder".split())


def is_comparison(als: Token) -> bool:
    """Whether an "als" compares: "mehr Züge als Siemens", "höher als", not "als Zulieferer"."""
    before = list(als.doc[max(als.sent.start, als.i - 4) : als.i]) if als.text.lower() == "als" else []
    before = before[max((i + 1 for i, t in enumerate(before) if t.text == ","), default=0) :]
    higher = any(t.tag_ == "ADJD" and t.text.endswith("er") and t.text not in _IN_ER for t in before)  # "höher als"
    return higher or any(t.text.lower() in _COMPARED or has(t, "Degree", "Cmp") for t in before)


def lead_by_als(sentence: Sentence) -> None:
    """ "Er diente als Premierminister": a noun behind "als" is what somebody acts as, no subject or clause."""
    for als in sentence:
        if als.text.lower() != "als" or als.tag_ == "KOUS" or als.head.i < als.i:
            continue
        noun = als.head
        if any(c.dep_ in ("cop", "nsubj") or c.dep_.startswith("aux") for c in noun.children):
            continue  # a clause of its own
        if noun.pos_ not in NOUNS and noun.tag_ != "PIS":  # "als eines der besten Alben"
            continue
        compares = is_comparison(als)
        if compares and als.dep_ == "cc" and noun.dep_.startswith("obl"):
            relabel(als, "case")  # "höher in den Bergen als der Leopard"
        if not compares and als.nbor().text != "auch" and noun.head.pos_ == "VERB" and noun.head != noun:
            reform(als, pos="ADP")
            relabel(als, "case")
            relabel(noun, "obl")
