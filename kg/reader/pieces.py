"""Words into the pieces that the net knows: "Duisburgs" → "▁Duisburg", "s", by a unigram model (Kudo 2018).

Each piece has a log probability; of all ways to cut a word the one with the highest sum is taken. What no piece covers
is one unknown piece. A word is cut by itself, so it costs one look-up the second time.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

SPACE = "▁"
BOS, PAD, EOS, UNKNOWN = range(4)
_UNKNOWN_COST = 10.0  # below the rarest piece, for each letter that no piece covers

# A word of more pieces keeps its head and its tail: what tells its kind stands there.
_HEAD, _TAIL = 24, 8


class Pieces:
    """Cuts words. `pieces` are (piece, log probability) by number, the four special ones first."""

    def __init__(self, pieces: Sequence[tuple[str, float]]) -> None:
        self._known: Mapping[str, tuple[int, float]] = {
            piece: (number, score) for number, (piece, score) in enumerate(pieces) if number > UNKNOWN
        }
        self._longest = max(map(len, self._known), default=0)
        self._lost = min((score for _, score in self._known.values()), default=0.0) - _UNKNOWN_COST
        self.cut = lru_cache(maxsize=100_000)(self._cut)

    def _cut(self, word: str, spaced: bool) -> tuple[int, ...]:
        """The numbers of a word's pieces; `spaced`: a blank stands before it."""
        text = (SPACE if spaced else "") + unicodedata.normalize("NFKC", word[:1000]).replace(" ", SPACE)
        numbers = self._best(text) or (UNKNOWN,)
        return numbers if len(numbers) <= _HEAD + _TAIL else numbers[:_HEAD] + numbers[-_TAIL:]

    def _best(self, text: str) -> tuple[int, ...]:
        best = [0.0] + [float("-inf")] * len(text)
        steps: list[tuple[int, int]] = [(0, UNKNOWN)] * (len(text) + 1)
        for start in range(len(text)):
            here = best[start]
            for end in range(start + 1, min(len(text), start + self._longest) + 1):
                found = self._known.get(text[start:end])
                if found and here + found[1] > best[end]:
                    best[end], steps[end] = here + found[1], (start, found[0])
            if here + self._lost > best[start + 1]:
                best[start + 1], steps[start + 1] = here + self._lost, (start, UNKNOWN)
        numbers: list[int] = []
        end = len(text)
        while end:
            end, number = steps[end]
            if not (number == UNKNOWN and numbers and numbers[-1] == UNKNOWN):
                numbers.append(number)
        return tuple(reversed(numbers))
