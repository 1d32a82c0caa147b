"""Names that differ by a slip of the pen: "Huawai" and "Huawei"; not "Bayer" and "Bayern", not "Iran" and "Irak".

Names are compared only where they are the same without one letter of each, so the cost grows with the number of names,
not with its square, however alike they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from rapidfuzz.distance import OSA

_SHORTEST = 6
_TIMES = 2  # as often as the rare one the frequent one must occur
_RARE = 2


def variants(counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Yield (rare name, frequent name) for names that are one but for a letter; `counts` says how often each occurs.

    The letter is neither the first nor the last, and no digit: those tell names apart. A country and its
    inhabitant are no slip ("Tschechien", "Tschechin").

    >>> list(variants({"huawei": 9, "huawai": 1, "bayern": 5, "bayer": 1, "a40000": 3, "a40001": 1}))
    [('huawai', 'huawei')]
    """
    alike = Spellings(counts)
    for name in sorted(counts):
        if len(name) < _SHORTEST or counts[name] > _RARE:
            continue
        near = [other for other in alike.slips(name) if counts[other] >= _TIMES * counts[name]]
        if near:
            yield name, min(near, key=lambda other: (-counts[other], other))


class Spellings:
    """Names to be found by a name that is one of them but for a slip.

    >>> Spellings(["kallweit", "hansen", "kalwait"]).slips("kalweit")
    ['kallweit', 'kalwait']
    """

    def __init__(self, names: Iterable[str]) -> None:
        """Put each name under all that is left of it without one letter, which it shares with its misspellings."""
        self._by_rest: dict[str, list[str]] = defaultdict(list)
        for name in dict.fromkeys(names):
            for rest in _rests(name) if len(name) >= _SHORTEST else ():
                self._by_rest[rest].append(name)

    def slips(self, name: str) -> list[str]:
        """The names that a name is but for a letter."""
        near = dict.fromkeys(other for rest in _rests(name) for other in self._by_rest.get(rest, ()))
        return [other for other in near if is_slip(name, other)]


def _rests(name: str) -> Iterable[str]:
    """A name, and what is left of it without one letter behind the first; each once."""
    return dict.fromkeys((name, *(name[:i] + name[i + 1 :] for i in range(1, len(name)))))


def _is_inhabitant(name: str, other: str) -> bool:
    """Country and inhabitant: "Tschechien" and "Tschechin" differ as these do, in either order."""
    short, long = sorted((name, other), key=len)
    return long.endswith("ien") and short == long[:-3] + "in"


def is_slip(name: str, other: str) -> bool:
    """Whether two names differ by one letter, which is neither of the first two nor the last.

    >>> is_slip("kalweit", "kallweit"), is_slip("meier", "maier"), is_slip("hansen", "jansen")
    (True, False, False)
    """
    if min(len(name), len(other)) < _SHORTEST or name[:2] != other[:2] or name[-1] != other[-1]:
        return False
    if name == other or any(c.isdigit() for c in name + other) or _is_inhabitant(name, other):
        return False
    return OSA.distance(name, other, score_cutoff=1) == 1 and name.count(" ") == other.count(" ")
