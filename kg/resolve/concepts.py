"""Phrases that are no names: "unkalkulierbare Risiken" is one concept everywhere, "die Stadt" only within its text.

A phrase that points ("diese Vorwürfe", "das Unternehmen", "seine Netzwerke") means what its own text is about, so it
is never joined with the same words elsewhere.
"""

from __future__ import annotations

import re

from kg.records import Mention
from kg.system.characters import plain

_POINTING = re.compile(
    r"(?:die(?:s(?:e[rmns]?)?)?|de[rmns]|das|jene[rmns]?|solche[rmns]?|beide[rn]?|"
    r"(?:mein|dein|sein|ihr|unser|euer|eur)(?:e[rmns]?)?)\s",
    re.IGNORECASE,
)


def concept_key(mention: Mention) -> tuple[str, ...]:
    """What two phrases must share to be one concept: the words without article, for a pointing one its document too.

    >>> risk = Mention("a", 0, 0, "unkalkulierbare Risiken", "nominal", "Concept", "unkalkulierbare Risiken")
    >>> concept_key(risk)
    ('concept', 'unkalkulierbare risiken')
    >>> concept_key(Mention("a", 0, 0, "die Stadt", "nominal", "Place", "Stadt"))
    ('concept', 'stadt', 'a')
    >>> concept_key(Mention("a", 0, 0, "Sprecher", "nominal", "Role", "Sprecher"))
    ('role', 'sprecher')
    """
    words = " ".join(mention.name.casefold().split())
    if mention.type == "Role":
        return ("role", words)
    return ("concept", words, mention.doc) if is_bound(mention) else ("concept", words)


def is_bound(mention: Mention) -> bool:
    """Definite or possessive phrase: whether it opens with a definite article, demonstrative or possessive, and so
    means something of its own document alone: "die Stadt", not "unkalkulierbare Risiken", nor a role ("Sprecher").
    """
    return mention.type != "Role" and bool(_POINTING.match(plain(mention.text)))
