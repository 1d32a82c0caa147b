"""Modal infinitive (haben/sein + zu): "Der Rat hat die Kosten zu tragen", "Die Kosten sind vom Rat zu tragen"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.language.auxiliaries import PERFECT

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_modal_infinitive(auxiliary: Token, verb: Token) -> bool:
    """Modal infinitive: finite haben or sein, and the verb an infinitive with zu: "ist zu tragen"."""
    led = verb.tag_ == "VVIZU" or any(c.tag_ == "PTKZU" and c.i == verb.i - 1 for c in verb.children)
    return auxiliary.tag_ == "VAFIN" and auxiliary.lemma_ in PERFECT and led
