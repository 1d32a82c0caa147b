"""Modal infinitive (haben/sein + zu): "Der Rat hat die Kosten zu tragen", "Die Kosten sind vom Rat zu tragen"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.language.auxiliaries import PERFECT

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_owed(auxiliary: Token, verb: Token) -> bool:
    """Whether a clause says what is to be done: its auxiliary is haben or sein, its verb an infinitive with zu."""
    led = verb.tag_ == "VVIZU" or any(c.tag_ == "PTKZU" and c.i == verb.i - 1 for c in verb.children)
    return _is_auxiliary(auxiliary) and led


def _is_auxiliary(token: Token) -> bool:
    return token.tag_ == "VAFIN" and token.lemma_ in PERFECT
