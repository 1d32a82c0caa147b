"""Modal infinitive (haben/sein + zu): "Der Rat hat die Kosten zu tragen", "Die Kosten sind vom Rat zu tragen"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.language.auxiliaries import PERFECT, participle
from kg.language.verbs import particle_before_zu

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_modal_infinitive(auxiliary: Token, verb: Token) -> bool:
    """Modal infinitive: finite haben or sein, and the verb an infinitive with zu: "ist zu tragen"."""
    led = verb.tag_ == "VVIZU" or any(c.tag_ == "PTKZU" and c.i == verb.i - 1 for c in verb.children)
    return auxiliary.tag_ == "VAFIN" and auxiliary.lemma_ in PERFECT and led


def participle_of_modal(verb: Token) -> str:
    """What a modal infinitive with sein says shall or can be done: "ist einzuordnen" → eingeordnet."""
    word = verb.text.lower()
    particle = particle_before_zu(word)
    return particle + participle(word[len(particle) + 2 :] if particle else word)
