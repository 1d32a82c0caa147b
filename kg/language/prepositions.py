"""Prepositions and their contractions: "vom" is von + dem, "zur" is zu + der.

A contraction is one token in German text; a predicate is named by the bare preposition ("gehören zu").
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.language.verbs import table
from kg.system.files import read_table

if TYPE_CHECKING:
    from spacy.tokens import Token


@cache
def _table() -> Mapping[str, Any]:
    """The lists of `prepositions.toml`."""
    return read_table(__package__, "prepositions.toml")


@cache
def _phrases() -> Mapping[tuple[str, str], frozenset[str]]:
    """Complex prepositions: preposition and noun → the prepositions of their complement: in, Bezug → auf; else von."""
    found: dict[tuple[str, str], set[str]] = {}
    for words in (phrase.split() for phrase in _table()["phrases"]["preposition"]):
        found.setdefault((words[0], words[1]), set()).add(words[2] if len(words) > 2 else "von")
    return {key: frozenset(further) for key, further in found.items()}


def uncontracted(preposition: str) -> str:
    """The preposition in a contraction: "vom" → "von"; others come back as they are, in lower case.

    >>> uncontracted("zur"), uncontracted("mit")
    ('zu', 'mit')
    """
    contracted: Mapping[str, str] = _table()["contracted"]
    return contracted.get(preposition.lower(), preposition.lower())


@cache
def is_preposition(word: str) -> bool:
    """Whether a word can lead a phrase, as far as the lists of kg know it; "als" counts.

    >>> is_preposition("mit"), is_preposition("kaufen")
    (True, False)
    """
    table = _table()
    return word in {*table["simple"], *table["contracted"], *table["contracted"].values()}


def preposition_of(noun: Token) -> str:
    """The preposition of a phrase as it stands there, in lower case: "vom"; "" for a phrase without one."""
    return next((child.text.lower() for child in noun.children if child.dep_ == "case"), "")


def is_led(noun: Token) -> bool:
    """Prepositional phrase: whether a noun has a preposition, so that it is no subject or object: "mit Huawei"."""
    return preposition_of(noun) != ""


@cache
def governed_by(noun: str, lemma: str = "") -> frozenset[str]:
    """Government (Rektion): the prepositions of a noun's complements, contracted or not; a compound's by its last part.

    >>> sorted(governed_by("Zusammenarbeit"))
    ['mit', 'zwischen']
    >>> "mit" in governed_by("Friedensgesprächen", "Friedensgespräch")
    True
    """
    table = _table()["governed"]
    words = {word.casefold() for word in (noun, lemma) if word}
    last = max((key for key in table if any(word.endswith(key.casefold()) for word in words)), key=len, default="")
    found = set(table.get(last, ()))
    return frozenset(found | {short for short, long in _table()["contracted"].items() if long in found})


@cache
def governed_by_adjective(adjective: str) -> frozenset[str]:
    """Government (Rektion) of an adjective: the prepositions of its complements, none for one that has no own.

    >>> governed_by_adjective("abhängig"), governed_by_adjective("aktiv")
    (frozenset({'von'}), frozenset())
    """
    return frozenset(_table()["adjectives"].get(adjective, ()))


def complement_beyond(noun: Token, case: Token) -> tuple[Token, Token | None] | None:
    """Complex preposition: the complement of a listed preposition and noun, and the preposition between them if any.

    The complement stands behind the noun: a genitive, a name, or a phrase with the preposition of the list. None where
    the noun has an adjective or possessive and means itself ("im engen Rahmen des Budgets").
    "im Rahmen des Projekts" → Projekts, None; "in Bezug auf die Steuern" → Steuern, auf
    """
    further = _phrases().get((uncontracted(case.text), noun.text))
    if further is None or any(child.dep_ in ("amod", "det:poss") for child in noun.children):
        return None
    for child in noun.children:
        if (
            child.i > noun.i
            and child.dep_ in ("nmod", "obl", "appos", "flat")
            and child.pos_ in ("NOUN", "PROPN", "PRON")
        ):
            lead = next((c for c in child.children if c.dep_ == "case"), None)
            if (lead is None and "Gen" in child.morph.get("Case")) or (child.pos_ == "PROPN" and lead is None):
                return child, None
            if lead is not None and uncontracted(lead.text) in further:
                return child, lead
    return None


def article_of(noun: Token) -> str:
    """The article of a phrase, in lower case; "" without one."""
    return next((c.text.lower() for c in noun.children if c.dep_ in ("det", "det:poss")), "")


@cache
def valency(verb: str) -> frozenset[str] | None:
    """The prepositions that can complete a verb of the class `needing` instead of an object; None for another verb.

    >>> sorted(valency("setzen")), valency("schlafen")
    (['auf', 'über'], None)
    """
    lists: list[str] = table()["needing"]
    found = next((entry for entry in lists if f"{entry} ".startswith(f"{verb} ")), None)
    return frozenset(found.removeprefix(verb).split()) if found is not None else None


@cache
def verbs_asking(preposition: str, *, moving: bool) -> frozenset[str]:
    """The verbs that ask for a phrase with a preposition as their own; `moving` tells that it can be an accusative.

    >>> "befreien" in verbs_asking("aus", moving=False), "verkaufen" in verbs_asking("an", moving=False)
    (True, False)
    """
    lists: Mapping[str, Any] = table()["asking_for"]
    moved = lists["accusative"].get(preposition, ()) if moving else ()
    return frozenset((*lists.get(preposition, ()), *moved))
