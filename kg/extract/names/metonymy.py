"""Metonymy: in a sports report "Köln" that relegates and the "Trainer der Bayern" are teams, no places.

A country that plays stays itself: readers look for "Brasilien" once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.names.appositions import Name
from kg.language.prepositions import preposition_of
from kg.ontology import kinds
from kg.system.files import read_table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BEFORE_OPPONENTS = frozenset({"gegen", "über"})


def with_teams(doc: Doc, names: Collection[Name]) -> Iterator[Name]:
    """Metonymy of place for team, in a text on sports: a place that is no country, and is governed as a team is, or has
    the name of a club of the text and stands where a club can. It becomes an organisation: "der Sieg über Köln", not
    "das Spiel in Köln". Yields all names.
    """
    places = {name for name in names if name.type == "Place" and not _is_country(name.text)}
    if not (places and is_sport(doc)):
        places = set()
    clubs = {word for name in names if name.type == "Organization" and " " in name.text for word in name.text.split()}
    for name in names:
        before = doc[name.first - 1] if name.first else None
        plays = name in places and _is_governed_as_team(doc[name.last], before)
        plays = plays or (
            name in places and name.text.removesuffix("s") in clubs and _has_club_preposition(doc[name.last])
        )
        yield replace(name, type="Organization", noun="Mannschaft") if plays else name


def is_sport(doc: Doc) -> bool:
    """Whether a text is a sports report: two different words of `reports`, one at least of nothing else: "Torhüter"."""
    found = {word for token in doc if (word := token.lemma_.lower()) in _sports("reports")}
    return len(found) > 1 and bool(found - _sports("elsewhere_too"))


def _is_governed_as_team(token: Token, before: Token | None) -> bool:
    """Place that is governed as a team is: a part of "Köln-Trainer"; behind "gegen" or "über" with a match or a verb of
    playing; behind "für" with a player or such a verb; attribute of a match or of what a team has ("Trainer der
    Bayern"); subject of such a verb or of what a team is ("Köln ist Meister"); "die Bayern".
    """
    head, case = token.head, preposition_of(token)
    noun, verb = head.lemma_.lower(), head.lemma_
    if "-" in token.text:
        return token.text.rpartition("-")[2].lower() in _sports("of_teams")
    if case in _BEFORE_OPPONENTS:
        return noun in _sports("matches") or verb in _sports("playing") or (case == "gegen" and head.pos_ == "NUM")
    if case == "für":
        return head.ent_type_ == "PER" or verb in _sports("playing")
    if case in ("", "von") and noun in _sports("of_teams") | _sports("matches") and token.dep_ == "nmod":
        return True
    if not case and token.dep_ == "nsubj":
        return verb in _sports("playing") or any(
            word.lemma_.lower() in _sports("teams") for word in (head, *head.children)
        )
    return not case and before is not None and before.text in ("Die", "die", "den") and token.text == "Bayern"


def _has_club_preposition(token: Token) -> bool:
    """Whether a place stands without a preposition, or behind one that clubs have: "Köln hatte Pech", "ein Tor für
    Köln", not "in Köln".
    """
    return preposition_of(token) in ("", "für", "von", "gegen", "über", "mit")


def _is_country(name: str) -> bool:
    """Whether a name, its bare form or a part of it before a hyphen is a country's: "Brasiliens"."""
    return not _countries().isdisjoint({name, name.removesuffix("s"), *name.replace("–", "-").split("-")})


@cache
def _countries() -> frozenset[str]:
    """The names of countries that the ontology lists, and those of the parts of the United Kingdom."""
    return frozenset(name for names in kinds()["Place", "country"].names for name in names) | {
        "England",
        "Schottland",
        "Wales",
        "Nordirland",
    }


@cache
def _sports(kind: str) -> frozenset[str]:
    """The words of a list of `sports.toml`: "reports", "matches", …"""
    return frozenset(_lists()[kind])


@cache
def _lists() -> Mapping[str, list[str]]:
    return read_table(__package__, "sports.toml")
