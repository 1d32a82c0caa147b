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
        found = _matched(before[key], after[key], links, names)
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


def _matched(old: Sequence[Fact], new: Sequence[Fact], links: EntityLinks, names: Names) -> Matched:
    """Which of the facts that say the same are one: the likest first; then what shares a sentence with one of these."""
    before = [(fact, _Source.of(fact, {})) for fact in old]
    after = [(fact, _Source.of(fact, names)) for fact in new]
    likest = []
    for (left, (fact, source)), (right, (other, another)) in product(enumerate(before), enumerate(after)):
        likeness = _likeness(fact, other, source, another)
        if any(likeness) and _same_ends(fact, other, links):
            likest.append((tuple(-part for part in likeness), sorted((_order(fact), _order(other))), left, right))
    likest.sort()
    pairs: list[Pair] = []
    lefts, rights = set[int](), set[int]()
    for shares in (False, True):
        for _, _, left, right in likest:
            free = (left not in lefts, right not in rights)
            if (any(free) and before[left][1].shares(after[right][1])) if shares else all(free):
                pairs.append((old[left], new[right]))
                lefts.add(left)
                rights.add(right)
    gone = tuple(fact for number, fact in enumerate(old) if number not in lefts)
    return Matched(tuple(pairs), gone, tuple(fact for number, fact in enumerate(new) if number not in rights))


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


@dataclass(frozen=True, slots=True)
class _Source:
    """The documents and the sentences of a fact; an edit before a sentence moves it, and changes nothing else."""

    docs: frozenset[str]
    sentences: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, fact: Fact, names: Names) -> _Source:
        found = {(names.get(claim.doc, claim.doc), one_line(claim.sentence.text)) for claim in fact.claims}
        return cls(frozenset(doc for doc, _ in found), frozenset(found))

    def shares(self, other: _Source) -> bool:
        """Whether a sentence says both facts, or one of them comes from a direct triple, which has none."""
        return bool(self.sentences & other.sentences) or bool(self.sentences) != bool(other.sentences)


def _likeness(fact: Fact, other: Fact, source: _Source, another: _Source) -> tuple[int, ...]:
    """How surely two facts that say the same are one; nothing but zeros for two that are not."""
    same_time = _time(fact) == _time(other)
    shared = (len(source.sentences & another.sentences), len(source.docs & another.docs))
    return int(same_time), int(fact.id == other.id), *shared, int(not (source.docs and another.docs))


def _time(fact: Fact) -> tuple[str, str]:
    return fact.since, fact.until


def _order(fact: Fact) -> tuple[str, ...]:
    return fact.since, fact.until, fact.id
