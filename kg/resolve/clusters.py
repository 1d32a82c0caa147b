"""Mentions that are the same, gathered: whatever order the pairs come in, the groups come out alike.

A judgement "same" joins two mentions, "not same" keeps them apart whatever the rules find; rules never part what a
person joined. Of several judgements on a pair the last one counts: "unsure" takes back what was said before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from networkx.utils import UnionFind

from kg.records import Judgement, Mention


class Clusters:
    """Groups of mention ids under "same" and "not same".

    >>> clusters = Clusters(["a", "b", "c"], [Judgement("b", "c", "not same", by="Redaktion")])
    >>> clusters.merge("a", "b"), clusters.merge("a", "c")
    (True, False)
    """

    def __init__(self, ids: Iterable[str], judgements: Sequence[Judgement] = ()) -> None:
        """Each mention alone, then joined as the last judgement on each pair says "same"; "not same" is kept."""
        known = set(ids)
        latest = {tuple(sorted((j.left, j.right))): j.verdict for j in judgements}
        valid = sorted((*pair, verdict) for pair, verdict in latest.items() if known.issuperset(pair))
        self._sets = UnionFind(sorted(known))
        self._apart: dict[str, set[str]] = defaultdict(set)  # what stands for a group → for each it is kept apart from
        for left, right, verdict in valid:
            if verdict == "not same" and left != right:
                self._apart[left].add(right)
                self._apart[right].add(left)
        for left, right, verdict in valid:
            if verdict == "same":
                self.merge(left, right)

    def merge(self, left: str, right: str) -> bool:
        """Join two groups, unless a judgement keeps some of their members apart; whether they are one now."""
        a, b = self._sets[left], self._sets[right]
        if a == b:
            return True
        if b in self._apart.get(a, ()):
            return False
        self._sets.union(a, b)
        stands, gone = (a, b) if self._sets[a] == a else (b, a)
        for other in self._apart.pop(gone, ()):
            self._apart[other].remove(gone)
            self._apart[other].add(stands)
            self._apart[stands].add(other)
        return True

    def find(self, id: str) -> str:
        """The id that stands for a mention's group: to be compared, not sorted by, for which of them it is may vary."""
        return self._sets[id]

    def groups(self, mentions: Iterable[Mention]) -> list[tuple[Mention, ...]]:
        """The mentions by group, sorted within and among themselves."""
        found: dict[str, list[Mention]] = defaultdict(list)
        for mention in mentions:
            found[self._sets[mention.id]].append(mention)
        return sorted(tuple(sorted(group)) for group in found.values())
