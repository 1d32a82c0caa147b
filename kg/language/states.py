"""Adjectives of origin: "französisch" is of Frankreich, "Berliner" of Berlin; and the offices of states and towns.

The adjectives of states and regions are a list (`states.toml`). That of a town is made of its name by -er: "Kölner",
"Bremer", "Karlsruher"; only those that are made otherwise ("Münchner") are listed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any, NamedTuple

from kg.language.nouns import is_origin, stem
from kg.ontology import kinds
from kg.system.files import read_table

STATE, REGION, TOWN = "state", "region", "town"

_ENDING = re.compile(r"e[rnms]?$")


class Origin(NamedTuple):
    """What an adjective of origin names, its kind, and the adjective without its ending: Frankreich, "französisch"."""

    name: str
    kind: str
    adjective: str


def origin(word: str, towns: Collection[str] = ()) -> Origin | None:
    """Adjective of origin: the state, region or town that it names, in whatever case; None for any other word.

    A town is one of `towns`, those that the text names, or one known everywhere.

    >>> origin("französischen"), origin("Schweizer").name, origin("bayerische").kind, origin("europäische")
    (Origin(name='Frankreich', kind='state', adjective='französisch'), 'Schweiz', 'region', None)
    >>> origin("Kölner").name, origin("Bremer").name, origin("Hofer"), origin("Hofer", {"Hof"}).name
    ('Köln', 'Bremen', None, 'Hof')
    """
    found = _adjectives().get(word) or _adjectives().get(_ENDING.sub("", word.lower()))
    if found is not None or not word.endswith("er") or not word[:1].isupper():
        return found
    bare = word.removesuffix("er")
    town = next((t for t in (bare, bare + "en", bare + "e") if t in towns or t in _towns()), "")
    return Origin(town, TOWN, word) if town else None


@cache
def state_of_people(noun: str) -> str:
    """Noun of origin (demonym): the state whose national it means, in the singular, "" for none.

    >>> state_of_people("Britin"), state_of_people("Brite"), state_of_people("Berliner"), state_of_people("Polen")
    ('Großbritannien', 'Großbritannien', '', '')
    """
    return _people().get(stem(noun), "") if is_origin(noun) else ""


@cache
def _people() -> Mapping[str, str]:
    """Stem of a noun of origin → its state."""
    return {stem(noun): name for name, nouns in _lists()["people"].items() for noun in nouns.split()}


@cache
def is_office(noun: str, kind: str) -> bool:
    """Whether a noun means an office of a state, region or town, so that an adjective before it says of which.

    >>> is_office("Außenminister", STATE), is_office("Schriftsteller", STATE), is_office("Präsidentin", TOWN)
    (True, False, False)
    >>> is_office("Innensenatorin", TOWN), is_office("Vereinspräsident", STATE)
    (True, False)
    """
    alone, heads = _offices()[TOWN if kind == TOWN else STATE]
    word = stem(noun)
    return word in alone or word.endswith(heads)


@cache
def _offices() -> Mapping[str, tuple[frozenset[str], tuple[str, ...]]]:
    """Kind of place → the stems of its offices, and those that compounds of it may end in."""
    return {
        kind: (frozenset(map(stem, lists["alone"])), tuple(map(stem, lists["heads"])))
        for kind, lists in _lists()["offices"].items()
    }


@cache
def _adjectives() -> Mapping[str, Origin]:
    """Each adjective without its ending, or one that has none ("Schweizer"), with what it names."""
    return {
        word if word.endswith("er") else word.lower(): Origin(name, kind, word)
        for kind, table in ((STATE, "states"), (REGION, "regions"), (TOWN, "towns"))
        for name, words in _lists()[table].items()
        for word in words.split()
    }


@cache
def _towns() -> frozenset[str]:
    """The names of towns that the ontology lists: "Berlin"."""
    return frozenset(name for names in kinds()["Place", "city"].names for name in names)


@cache
def is_state(name: str) -> bool:
    """Whether a name, also a short one, is a state's that the ontology lists: "Frankreich", "US"."""
    return any(name in names for names in kinds()["Place", "country"].names)


@cache
def is_land(name: str) -> bool:
    """Whether a name is that of a state, or of a land, canton, province or federal state that the lists have.

    >>> is_land("Frankreich"), is_land("Hessen"), is_land("Ohio"), is_land("Köln")
    (True, True, True, False)
    """
    regions = kinds()["Place", "region"].names
    return is_state(name) or name in _lists()["regions"] or any(name in names for names in regions)


@cache
def _lists() -> dict[str, Any]:
    """The lists of `states.toml`."""
    return read_table(__package__, "states.toml")
