"""Possessors: whose something is, by a name in the genitive before its noun: "Merkels Sprecher", "Siemens' Chef"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.names.mentions import Mentions
from kg.language.nouns import is_post, role_relation
from kg.reader.tokens import FLAT
from kg.records import Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.names.appositions import Name

_APOSTROPHES = ("'", "’", "‘")


def possessor(mentions: Mentions, noun: Token) -> Mention | None:
    """Possessor: the name in the genitive before a noun and its adjectives, a name in -s, -z or -x with an apostrophe.

    "Merkels langjähriger Sprecher" → Merkel; "Markus Kranz’ Anwältin" → Markus Kranz
    """
    name, marked = _name_before(mentions, noun)
    return mentions.named(name) if name is not None and (marked or is_genitive(mentions, name.last)) else None


def owner(mentions: Mentions, noun: Token) -> Mention | None:
    """Owner of an office: the name before a role noun that hangs on that noun as a genitive, or has an apostrophe.

    "Boschs Finanzvorstand Otto Kern" → Bosch; but nobody's is the office in "traf in Paris Präsident Macron".
    """
    name, marked = _name_before(mentions, noun)
    if name is None or not (marked or is_genitive(mentions, name.last)):
        return None
    found, last = mentions.named(name), mentions.reading.doc[name.last]
    genitive = "Gen" in last.morph.get("Case") or found.case == "Gen"
    return found if marked or (genitive and found.role == "possessor") else None


def _name_before(mentions: Mentions, noun: Token) -> tuple[Name | None, bool]:
    """The name right before a noun and its adjectives, None for none, and whether an apostrophe stands behind it."""
    doc, i, first = noun.doc, noun.i - 1, noun.sent.start
    while i > first and doc[i].pos_ == "ADJ" and i not in mentions.by_token:
        i -= 1
    marked = i >= max(first, 1) and doc[i].text in _APOSTROPHES and i not in mentions.by_token
    i -= marked  # the sentence may have been cut before the mark
    name = mentions.by_token.get(i) if i >= first - marked else None
    return name, marked or (name is not None and name.text.endswith(_APOSTROPHES))


def is_genitive(mentions: Mentions, i: int) -> bool:
    """Whether a name is a genitive: it ends in -s or an apostrophe, and is tagged so or no end of a longer name."""
    name = mentions.by_token[i]
    token = mentions.reading.doc[name.last]
    return name.text.endswith(("s", *_APOSTROPHES)) and ("Gen" in token.morph.get("Case") or token.dep_ not in FLAT)


def is_said_of_thing(noun: Token) -> bool:
    """Relational noun with a genitive: whether a noun of persons names no post and no kin, and a common noun behind it
    tells of what or whom that is so. Alone it says too little to be what somebody is.

    "wurde Opfer dreister Diebe", "ist Gegner der Reform"; not "ist Leiter des Museums", "ist Gegner von Karl Ott"
    """
    behind = [c for c in noun.rights if c.dep_ == "nmod" and c.pos_ == "NOUN" and not c.ent_type_]
    genitive = any(not any(t.dep_ == "case" or t.pos_ == "PROPN" or t.ent_type_ for t in c.children) for c in behind)
    return genitive and not is_post(noun.text) and role_relation(noun.text) is None
