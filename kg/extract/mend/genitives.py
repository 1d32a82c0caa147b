"""Genitives without article: "Diebe" is an attribute of "Opfer" in "wurde Opfer dreister Diebe".

Such a plural shows its case by the ending of its adjective alone. The rule changes heads and labels of a UD tree in
place and leaves a sound one alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.tree.edits import hang, promote, reform
from kg.reader.tokens import has, opens_sentence

if TYPE_CHECKING:
    from spacy.tokens import Span, Token


# What such a genitive is taken for.
_ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl:arg", "xcomp", "appos"})


def attach_genitives(sentence: Span) -> None:
    """Genitive attribute: hang each plural that its adjective shows to be a genitive on the noun right before it."""
    for token in list(sentence):
        if token.tag_ == "NN" and _is_bare_genitive(token):
            _attach_to_noun_before(token)


def _is_bare_genitive(noun: Token) -> bool:
    """Strong inflection: whether a plural has no article and no preposition, and adjectives that all end in -er, which
    no other case of a plural has: "dreister Diebe".
    """
    beside = [c for c in noun.children if c.i < noun.i and not c.is_punct and not _is_part(c)]
    bare = bool(beside) and all(c.tag_ == "ADJA" and c.text.islower() and c.text.endswith("er") for c in beside)
    plural = has(noun, "Number", "Plur") or noun.text != noun.lemma_  # the tagger may err: "-er" is a singular, too
    return bare and plural and not opens_sentence(beside[0].left_edge)


def _is_part(word: Token) -> bool:
    """Whether the tree takes a noun for the first part of a compound or name, or for a word with the noun."""
    return word.tag_ == "NN" and word.dep_ in ("compound", "flat")


def _attach_to_noun_before(noun: Token) -> None:
    """Genitive attribute: a bare genitive that is no attribute yet hangs on the noun right before it, which takes its
    place where the tree has it for a part: Diebe, wurde/xcomp → Opfer/nmod; Opfer, Diebe/compound → wurde/xcomp
    """
    before = min(c.left_edge for c in noun.children if c.tag_ == "ADJA").nbor(-1)
    if before.tag_ != "NN" or noun.dep_ not in _ARGUMENTS:
        return
    if before.head == noun:
        if not _is_part(before):
            return
        promote(before, noun)
    hang(noun, before, "nmod")
    reform(noun, features="Case=Gen|Number=Plur")
