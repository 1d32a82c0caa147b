"""What becomes of decoded labels: those that are sure stay, and gold goes before them; "deutsche" is no name."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kg.training.bio import map_tag
from kg.training.lessons import BASES

PLAIN = {base: base for base in BASES}


def plain_tag(tag: str) -> str:
    """Return a tag without the finer kinds, which are no names: "B-LOCDERIV" → "O"."""
    return map_tag(tag, PLAIN)


def keep_sure(labels: Sequence[str], chances: np.ndarray, least: float) -> list[str]:
    """Return labels, "" in place of the doubtful ones."""
    return [label if chance >= least else "" for label, chance in zip(labels, chances, strict=True)]


def split_names(tags: Sequence[str]) -> list[range]:
    """Return the words of each name, and each other word by itself."""
    starts = [i for i, tag in enumerate(tags) if i == 0 or not tag.startswith("I-")]
    return [range(start, end) for start, end in zip(starts, [*starts[1:], len(tags)], strict=True)]


def mask_names(tags: Sequence[str], chances: Sequence[float], least: float) -> list[str]:
    """Empty the labels of a name any word of which is doubtful, and of doubtful words outside.

    "Felix zur Nieden" with one word below `least` is learned neither as a name nor as none.
    """
    masked: list[str] = []
    for name in split_names(tags):
        sure = min(chances[i] for i in name) >= least
        masked += [tags[i] if sure else "" for i in name]
    return masked


def merge_names(gold: Sequence[str], found: Sequence[str], hidden: frozenset[str]) -> list[str]:
    """Return gold names; where gold says O but does not mark a type, the teacher's word on that type counts.

    A found name that gold contradicts in part makes the rest of it unknown, as does a doubt of the teacher.
    """
    merged = [plain_tag(tag) if tag else "" for tag in gold]
    for name in split_names(found):
        kind = found[name.start]
        if hidden and (not kind or kind[2:] in hidden):
            agreed = all(merged[i] == "O" for i in name)
            for i in name:
                merged[i] = (found[i] if agreed else "") if merged[i] == "O" else merged[i]
    return merged
