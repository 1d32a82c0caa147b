"""Prepositions and their contractions: "vom" is von + dem, "zur" is zu + der.

A contraction is one token in German text; a predicate is named by the bare preposition ("gehören zu").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_CONTRACTED = {
    "am": "an", "ans": "an", "beim": "bei", "im": "in", "ins": "in", "vom": "von", "zum": "zu", "zur": "zu",
    "aufs": "auf", "fürs": "für", "durchs": "durch", "ums": "um", "übers": "über", "vors": "vor", "hinterm": "hinter",
    "unterm": "unter", "überm": "über",
}  # fmt: skip


def uncontracted(preposition: str) -> str:
    """The preposition in a contraction: "vom" → "von"; others come back as they are, in lower case.

    >>> uncontracted("zur"), uncontracted("mit")
    ('zu', 'mit')
    """
    return _CONTRACTED.get(preposition.lower(), preposition.lower())


def preposition_of(noun: Token) -> str:
    """The word that leads a phrase as it stands there, in lower case: "vom"; "" for a phrase without one."""
    return next((child.text.lower() for child in noun.children if child.dep_ == "case"), "")
