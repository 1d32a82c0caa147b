"""Names that a gazetteer knows: "Huawei Technologies" and "Huawei" are one if a list says so, with its external ids.

A name alone is not enough where it can be something else: Essen is the city only where the text takes it for a place,
and a person is never looked up among places. People's own lists go before GeoNames.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from kg.language.acronyms import abbreviates
from kg.ontology import kinds
from kg.records import Judgement, Listed, Mention
from kg.resolve.names.named import Named
from kg.resolve.names.names import is_acronym, name_key, person_key

GEONAMES = "https://sws.geonames.org/"
_INTERCHANGEABLE = frozenset({"Place", "Organization"})  # a city that acts, a firm that is a place


class Gazetteer:
    """Entries by the keys of their names."""

    def __init__(self, entries: Iterable[Listed]) -> None:
        """Put entries under the keys of all their names."""
        self._by_key: dict[str, dict[str, Listed]] = defaultdict(dict)
        for entry in entries:
            for name in (entry.label, *entry.aliases):
                key = person_key(name) if entry.type == "Person" else name_key(name)
                self._by_key[key].setdefault(entry.id, entry)

    def find(self, name: str, mention: Mention) -> Listed | None:
        """The one entry that a name means: of people's own lists if any has it, else of GeoNames for a place; the types
        must agree. None for none or several: "Essen" is the city only where it is read as a place.
        """
        key = person_key(name) if mention.type == "Person" else name_key(name)
        fitting = [entry for entry in self._by_key.get(key, {}).values() if _agree(entry.type, mention.type)]
        own = [entry for entry in fitting if not entry.id.startswith(GEONAMES)]
        found = own or [entry for entry in fitting if mention.type == "Place"]
        return found[0] if len(found) == 1 else None


def _agree(listed: str, found: str) -> bool:
    """Whether an entry may be what a mention was taken for: the same type, a thing, or place and organisation."""
    return listed == found or "Thing" in (listed, found) or {listed, found} <= _INTERCHANGEABLE


@cache
def well_known() -> Gazetteer:
    """The names that are known everywhere: countries, parties, authorities, under all they are called."""
    return Gazetteer(
        Listed(f"{kind.type}:{label}", label, tuple(aliases), kind.type, kind=kind.name)
        for kind in kinds().values()
        for label, *aliases in kind.names
    )


def may_be(known: Listed, type_: str) -> bool:
    """Whether what is known everywhere can be of a type that texts gave it: of its own, a thing; a country of any; an
    organisation also a place. "Bayern" that is an organisation is a club, not the landscape.
    """
    return known.kind == "country" or type_ in (known.type, "Thing") or (known.type, type_) == ("Organization", "Place")


def is_otherwise(entry: Listed, names: Iterable[str]) -> bool:
    """Whether one of an entity's names tells that an acronym is not the entry here: "Curling-Damen Union (CDU)"."""
    of_entry = {name_key(name) for name in (entry.label, *entry.aliases)}
    known = [name for name in names if name_key(name) in of_entry and is_acronym(name)]
    others = [name for name in names if name_key(name) not in of_entry]
    return any(abbreviates(acronym, name) for acronym in known for name in others if " " in name)


def judge_listed(named: Sequence[Named], gazetteer: Gazetteer, by: str = "gazetteer") -> Iterator[Judgement]:
    """Yield which names are one because an entry has them both: "Huawei Technologies" and "Huawei"."""
    first: dict[str, Named] = {}
    for n in named:
        entry = gazetteer.find(n.name, n.mention)
        if entry is not None and (other := first.setdefault(entry.id, n)) is not n:
            yield Judgement(other.mention.id, n.mention.id, "same", by, f"{other.name}, {n.name}: {entry.label}")
