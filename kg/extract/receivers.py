"""Who receives something is no second accusative: "Wir bieten den Schäfern eine Lösung".

German marks the receiver by its dative. Like `repair`, each rule changes labels of a UD tree in place and leaves a
sound one alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.prepositions import article_of, is_led
from kg.extract.tokens import NOUNS

if TYPE_CHECKING:
    from spacy.tokens import Token


def free_receiver(object: Token) -> None:
    """ "Wir bieten den Schäfern eine Lösung": of two objects, the one in the dative says to whom."""
    if not _is_dative(object):
        return
    kinds = (*NOUNS, "PRON")
    others = (c for c in object.head.children if c != object and c.dep_ == "obj" and c.pos_ in kinds and not is_led(c))
    if any(not _is_dative(other) for other in others):
        object.dep_ = "obl:arg"


# Pronouns that are a dative and nothing else.
_DATIVES = frozenset({"ihm", "ihnen", "mir", "dir", "dem", "denen"})


def free_pronoun(pronoun: Token) -> None:
    """ "die Bank, der er sein Haus verkauft": a pronoun in the dative says to whom, it is no accusative."""
    word = pronoun.text.lower()
    others = any(c != pronoun and c.dep_ == "obj" and not is_led(c) for c in pronoun.head.children)
    relative = pronoun.tag_ == "PRELS" and word == "der" and others
    if ((word in _DATIVES and pronoun.text != "Ihnen") or relative) and not is_led(pronoun):
        pronoun.dep_ = "obl:arg"


def _is_dative(noun: Token) -> bool:
    """Whether only a dative looks like that: "dem Bauern", "Ihrem Haus", "den Schäfern"."""
    article = article_of(noun)
    if article in ("dem", "einem", "diesem", "seinem", "ihrem", "unserem", "keinem", "jedem"):
        return True
    several = "Plur" in noun.morph.get("Number") and noun.text.endswith("n")
    return article in ("den", "diesen", "ihren", "seinen", "unseren") and several
