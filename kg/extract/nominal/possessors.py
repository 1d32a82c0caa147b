"""Possessors: whose something is, by a name in the genitive before its noun: "Merkels Sprecher", "Siemens' Chef"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.names.mentions import Mentions
from kg.records import Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

_APOSTROPHES = ("'", "’", "‘")


def possessor(mentions: Mentions, noun: Token) -> Mention | None:
    """Possessor: the name in the genitive before a noun and its adjectives, a name in -s, -z or -x with an apostrophe.

    "Merkels langjähriger Sprecher" → Merkel; "Markus Kranz’ Anwältin" → Markus Kranz
    """
    doc, i, first = noun.doc, noun.i - 1, noun.sent.start
    while i > first and doc[i].pos_ == "ADJ" and i not in mentions.by_token:
        i -= 1
    marked = i >= max(first, 1) and doc[i].text in _APOSTROPHES and i not in mentions.by_token
    i -= marked  # the sentence may have been cut before the mark
    name = mentions.by_token.get(i) if i >= first - marked else None
    if name is None or not (marked or is_genitive(mentions, i)):
        return None
    return mentions.named(name)


def owner(mentions: Mentions, noun: Token) -> Mention | None:
    """Owner of an office: the possessor before a role noun that hangs on that noun as a genitive, or has an apostrophe.

    "Boschs Finanzvorstand Otto Kern" → Bosch; but nobody's is the office in "traf in Paris Präsident Macron".
    """
    found = possessor(mentions, noun)
    if found is None:
        return None
    behind = mentions.reading.document.text[found.end : found.end + 1]
    marked = found.text.endswith(_APOSTROPHES) or behind in _APOSTROPHES
    return found if marked or (found.role, found.case) == ("possessor", "Gen") else None


def is_genitive(mentions: Mentions, i: int) -> bool:
    """Whether a name is a genitive: it ends in -s or an apostrophe, and is tagged so or no end of a longer name."""
    name = mentions.by_token[i]
    token = mentions.reading.doc[name.last]
    return name.text.endswith(("s", *_APOSTROPHES)) and (
        "Gen" in token.morph.get("Case") or token.dep_ not in ("flat", "flat:name")
    )
