"""Syntactic position of a mention: its sentence, its clause, its function (Link is "subject" of "Link warnt").

Reference needs no more of the tree than this: whoever was subject is who "er" means, and whoever is subject of the
same clause is not "ihn".
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from kg.reader.tokens import GENITIVE_PRONOUNS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ROLES = {
    "nsubj": "subject", "nsubj:pass": "subject", "obj": "object", "iobj": "object", "obl:arg": "object",
    "det:poss": "possessor", "nmod:poss": "possessor",
}  # fmt: skip
_WITHIN_PHRASE = ("flat", "flat:name", "appos", "compound", "conj")


class Position(NamedTuple):
    """Numbers of sentence and clause, and the role there: "subject", "object", "possessor" or ""."""

    sentence: int
    clause: int
    role: str


class Positions:
    """The positions of a document's tokens; `heads` are those that head a clause."""

    def __init__(self, doc: Doc, heads: Collection[int]) -> None:
        """Note where sentences start; `heads` are the tokens that head a clause."""
        self._starts = [sentence.start for sentence in doc.sents]
        self._heads = heads

    def of(self, token: Token) -> Position:
        """Syntactic position: sentence, clause head above, and function of a phrase (or of the name a token is a word
        of): a genitive attribute, "dessen" and "deren" are possessors, else its relation tells: Link in "Link warnt" is
        subject.
        """
        sentence = bisect_right(self._starts, token.i)
        top = token
        while top.dep_ in _WITHIN_PHRASE and top.head != top:
            top = top.head
        verb = top
        while verb.i not in self._heads and verb.head != verb:
            verb = verb.head
        genitive = top.dep_ == "nmod" and not any(child.dep_ == "case" for child in top.children)
        whose = genitive or token.text.lower() in GENITIVE_PRONOUNS
        return Position(sentence, verb.i, "possessor" if whose else _ROLES.get(top.dep_, ""))
