"""A sentence as the rules read it: with its clauses, the source that it names, and its words.

"Laut Polizei brannte die Halle." has one clause, headed by "brannte", and the source "Laut Polizei".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.clause.clauses import Clause
from kg.extract.speech.source_phrases import Account

if TYPE_CHECKING:
    from spacy.tokens import Span, Token


@dataclass(frozen=True, slots=True)
class AnalysedSentence:
    """A sentence analysed into clauses, by head token, with the source that it names beside its verbs ("laut Polizei").

    `words` are its tokens in lower case, `nouns` those that are nouns, names or foreign, and `length` tells how many
    are no punctuation: most rules ask whether a word is there at all, and the tokens themselves take ten times as long.
    """

    span: Span
    clauses: Mapping[int, Clause]
    account: Account | None
    words: tuple[str, ...]
    nouns: tuple[Token, ...]
    length: int

    @property
    def asked(self) -> int:
        """Interrogative: the token of the last question mark, -1 without one; what is before it is asked, not said."""
        return self.span.end - 1 - self.words[::-1].index("?") if "?" in self.words else -1

    def behind(self, token: int, word: str) -> int | None:
        """The first place of a word, given in lower case, behind a token; None where there is none."""
        first = self.span.start
        start = max(0, token + 1 - first)
        return first + self.words.index(word, start) if word in self.words[start:] else None
