"""Names that differ by a slip of the pen: "Huawai" and "Huawei"; not "Bayer" and "Bayern", not "Iran" and "Irak".

Names are compared only within blocks of the same first letter and about the same length, so the cost grows with the
number of names, not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

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
    blocks: dict[tuple[str, int], list[str]] = defaultdict(list)
    for name in sorted(counts):
        if len(name) >= _SHORTEST:
            for length in range(len(name) - 1, len(name) + 2):
                blocks[name[:2] + name[-1], length].append(name)
    for name in sorted(counts):
        if len(name) < _SHORTEST or counts[name] > _RARE:
            continue
        near = [
            other
            for other in blocks[name[:2] + name[-1], len(name)]
            if counts[other] >= _TIMES * counts[name] and is_slip(name, other)
        ]
        if near:
            yield name, min(near, key=lambda other: (-counts[other], other))


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
