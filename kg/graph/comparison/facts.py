"""Which fact of one graph is which of another: "Huawai warnt" is the "Huawei warnt" of today, if these two are one.

The id of a fact goes by those of its entities, which may be others today. Two facts are one if they say the same of
entities that are linked: the same predicate, literal, polarity and modality, and linked entities as subject, object,
speaker and in the same roles. What somebody did in 2008 and in 2018 are two facts all the same: of those that say one
thing, the ones of the same time are one, then those that share a sentence, then those that share a document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

from kg.graph.comparison.links import EntityLinks, Names
from kg.records import Fact, FactRole
from kg.system.text import one_line

Pair: TypeAlias = tuple[Fact, Fact]

_Groups: TypeAlias = Mapping[tuple[int, str], str]


@dataclass(frozen=True)
class Matched:
    """Facts of two graphs: those of both, in pairs, and those that one of them has alone.

    A fact is in two pairs where its sentences have become those of two facts, or two facts those of one.
    """

    pairs: tuple[Pair, ...]
    gone: tuple[Fact, ...]
    new: tuple[Fact, ...]


def matched_facts(old: Iterable[Fact], new: Iterable[Fact], links: EntityLinks, names: Names) -> Matched:
    """Which facts are in both graphs, whatever their entities and documents are called."""
    groups = _groups(links)
    sides: list[dict[object, list[Fact]]] = []
    for side, facts in enumerate((old, new)):
        keyed: dict[object, list[Fact]] = defaultdict(list)
        for fact in facts:
            keyed[_key(fact, side, groups)].append(fact)
        sides.append(keyed)
    before, after = sides
    pairs: list[Pair] = []
    gone = [fact for key, facts in before.items() if key not in after for fact in facts]
    come = [fact for key, facts in after.items() if key not in before for fact in facts]
    for key in before.keys() & after.keys():
        found = _same(before[key], after[key], links) or _matched(before[key], after[key], links, names)
        pairs += found.pairs
        gone += found.gone
        come += found.new
    return Matched(tuple(pairs), tuple(gone), tuple(come))


def _groups(links: EntityLinks) -> _Groups:
    """The graph (0 or 1) and id of an entity → a name for all entities of both that links lead to."""
    beside: dict[tuple[int, str], list[tuple[int, str]]] = defaultdict(list)
    for left, right in links:
        beside[0, left].append((1, right))
        beside[1, right].append((0, left))
    found: dict[tuple[int, str], str] = {}
    for start in sorted(beside):
        waiting = [start]
        while waiting:
            place = waiting.pop()
            if place not in found:
                found[place] = f"{start[0]} {start[1]}"
                waiting += beside[place]
    return found


def _key(fact: Fact, side: int, groups: _Groups) -> tuple[object, ...]:
    """What makes a fact this fact and no other, its time apart, told alike in both graphs.

    The lemma is no part of it: two verbs may say one relation, and which of them comes first depends on the texts.
    """

    def group(id: str) -> str:
        return groups.get((side, id), f"{side} {id}") if id else ""

    roles = sorted((role.role, role.preposition, group(role.entity), role.value) for role in fact.roles)
    said = (fact.predicate, fact.literal, fact.polarity, fact.modality)
    return (*said, group(fact.subject), group(fact.object), group(fact.speaker), tuple(roles))


def _same(old: Sequence[Fact], new: Sequence[Fact], links: EntityLinks) -> Matched | None:
    """What most facts are: the only ones that say so, and of one time."""
    if len(old) == len(new) == 1:
        one, other = old[0], new[0]
        if (one.since, one.until) == (other.since, other.until) and _same_ends(one, other, links):
            return Matched(((one, other),), (), ())
    return None


def _matched(old: Sequence[Fact], new: Sequence[Fact], links: EntityLinks, names: Names) -> Matched:
    """Which of the facts that say the same are one: those of one time, the likest first, then the likest of the others;
    then what shares a sentence with one of these.
    """
    before, after = [_Told.by(fact, {}) for fact in old], [_Told.by(fact, names) for fact in new]
    at: dict[tuple[str, str], list[_Told]] = defaultdict(list)
    for other in after:
        at[other.time].append(other)
    pairs = _likest(((one, other) for one in before for other in at.get(one.time, ())), links)
    gone, come = _left(before, after, pairs)
    pairs += _likest(product(gone, come), links)
    gone, come = _left(gone, come, pairs)
    shared = [pair for one in gone for pair in _likest(((one, other) for other in after if one.shares(other)), links)]
    shared += [pair for other in come for pair in _likest(((one, other) for one in before if one.shares(other)), links)]
    gone, come = _left(gone, come, shared)
    found = tuple((one.fact, other.fact) for one, other in (*pairs, *shared))
    return Matched(found, tuple(one.fact for one in gone), tuple(other.fact for other in come))


def _likest(candidates: Iterable[tuple[_Told, _Told]], links: EntityLinks) -> list[tuple[_Told, _Told]]:
    """The pairs that are one fact, the likest first; each fact is in one pair."""
    ranked: list[tuple[object, int, _Told, _Told]] = []
    for one, other in candidates:
        likeness = one.likeness(other)
        if any(likeness) and _same_ends(one.fact, other.fact, links):
            rank = [-part for part in likeness], sorted((one.order, other.order))
            ranked.append((rank, len(ranked), one, other))
    pairs: list[tuple[_Told, _Told]] = []
    taken: set[_Told] = set()
    for _, _, one, other in sorted(ranked):
        if one not in taken and other not in taken:
            pairs.append((one, other))
            taken |= {one, other}
    return pairs


def _left(
    before: Iterable[_Told], after: Iterable[_Told], pairs: Iterable[tuple[_Told, _Told]]
) -> tuple[list[_Told], list[_Told]]:
    """What is in no pair."""
    taken = {one for pair in pairs for one in pair}
    return [one for one in before if one not in taken], [other for other in after if other not in taken]


def _same_ends(fact: Fact, other: Fact, links: EntityLinks) -> bool:
    """Whether those who take part are linked, each with who has the same part: a group may hold two that are not."""

    def linked(left: str, right: str) -> bool:
        return left == right == "" or (left, right) in links

    ends = ((fact.subject, other.subject), (fact.object, other.object), (fact.speaker, other.speaker))
    return all(linked(*pair) for pair in ends) and all(
        any(_led(role) == _led(another) and linked(role.entity, another.entity) for another in other.roles)
        for role in fact.roles
    )


def _led(role: FactRole) -> tuple[str, str, str]:
    return role.role, role.preposition, role.value


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """A fact with its documents and sentences; an edit before a sentence moves it, and changes nothing else."""

    fact: Fact
    docs: frozenset[str]
    sentences: frozenset[tuple[str, str]]

    @classmethod
    def by(cls, fact: Fact, names: Names) -> _Told:
        found = {(names.get(claim.doc, claim.doc), one_line(claim.sentence.text)) for claim in fact.claims}
        return cls(fact, frozenset(doc for doc, _ in found), frozenset(found))

    @property
    def time(self) -> tuple[str, str]:
        return self.fact.since, self.fact.until

    @property
    def order(self) -> tuple[str, ...]:
        return *self.time, self.fact.id

    def likeness(self, other: _Told) -> tuple[int, ...]:
        """How surely two facts that say the same are one; nothing but zeros for two that are not."""
        shared = (len(self.sentences & other.sentences), len(self.docs & other.docs))
        same = (self.time == other.time, self.fact.id == other.fact.id)
        return *map(int, same), *shared, int(not (self.docs and other.docs))

    def shares(self, other: _Told) -> bool:
        """Whether a sentence says both facts, or one of them comes from a direct triple, which has none."""
        return bool(self.sentences & other.sentences) or bool(self.sentences) != bool(other.sentences)
