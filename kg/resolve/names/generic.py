"""Names that many have: every country has its "Demokratische Partei" and every town its "Stadtwerke".

Such a name means the one of its document: two documents that name the same country, or the same town, mostly mean the
same one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from kg.resolve.names.lists import well_known
from kg.resolve.names.named import Named
from kg.resolve.names.names import name_key
from kg.system.files import read_table


def bearer(n: Named, homes: Mapping[str, tuple[str, str]]) -> str:
    """Generic names: whose a name is that many have – a country ("Demokratische Partei"), a town ("Stadtwerke") or its
    document ("Union", or where that names neither); "" for a name of its own.

    `homes` are the country and the town of each document, as `homes_of` tells them.
    """
    key, doc = name_key(n.name), n.mention.doc
    if key in _words("of_documents"):
        return doc
    if key.startswith("fraktion "):
        return homes[doc][1] or doc
    if abroad := neighbour(n, homes):
        return abroad
    *before, head = key.split() or [""]
    if not before and head in _words("of_towns"):
        return homes[doc][1] or doc
    ending = next((e for e in _lists()["of_countries"] if head.endswith(e)), "")
    first = head.removesuffix(ending)
    if (
        ending
        and (not first or first in _words("first_parts"))
        and (before or head != "bank")
        and _words("adjectives").issuperset(before)
    ):
        return homes[doc][0] or doc
    return ""


def neighbour(n: Named, homes: Mapping[str, tuple[str, str]]) -> str:
    """The country whose a name is that Germany has as well, "" in most texts: Bundesrat, in a text on Switzerland."""
    country = homes[n.mention.doc][0]
    return country if country in _words("neighbours") and name_key(n.name) in _words("of_neighbours") else ""


def homes_of(named: Iterable[Named]) -> dict[str, tuple[str, str]]:
    """Document → the country and the other place that it names most often, "" where it names none."""
    counts: dict[str, tuple[Counter[str], Counter[str]]] = defaultdict(lambda: (Counter(), Counter()))
    for n in named:
        countries, places = counts[n.mention.doc]
        entry = well_known().find(n.name, n.mention)
        if entry is not None and entry.kind == "country":
            countries[entry.label] += 1
        elif n.mention.type == "Place" and n.key not in _words("of_towns") and (entry is None or entry.kind == "city"):
            places[n.key] += 1
    return {doc: (_most_frequent(countries), _most_frequent(places)) for doc, (countries, places) in counts.items()}


def _most_frequent(counts: Counter[str]) -> str:
    """The name that is counted most often, "" for none."""
    return min(counts, key=lambda name: (-counts[name], name), default="")


@cache
def _words(kind: str) -> frozenset[str]:
    """The entries of a list of `generic.toml`: "of_towns", …"""
    return frozenset(_lists()[kind])


@cache
def _lists() -> Mapping[str, list[str]]:
    return read_table(__package__, "generic.toml")
