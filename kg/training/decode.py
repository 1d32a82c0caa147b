"""From scores to labels: names that begin before they go on, trees that are trees."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from kg.training.bio import map_tag
from kg.training.lessons import BASES

FORBIDDEN = -1e9
PLAIN = {base: base for base in BASES}


@cache
def transition_table(labels: tuple[str, ...]) -> np.ndarray:
    """Return what each step costs (labels × labels): I-PER may only follow B-PER or I-PER."""
    table = np.zeros((len(labels), len(labels)), np.float32)
    for j, after in enumerate(labels):
        if after.startswith("I-"):
            for i, before in enumerate(labels):
                if before[2:] != after[2:]:
                    table[i, j] = FORBIDDEN
    return table


def decode_names(scores: np.ndarray, table: np.ndarray, labels: Sequence[str]) -> list[int]:
    """Return the best sequence of label numbers (Viterbi) for scores words × labels."""
    opening = np.array([FORBIDDEN if label.startswith("I-") else 0 for label in labels], np.float32)
    best = scores[0] + opening
    steps = []
    for row in scores[1:]:
        ways = best[:, None] + table
        steps.append(ways.argmax(0))
        best = ways.max(0) + row
    path = [int(best.argmax())]
    for step in reversed(steps):
        path.append(int(step[path[-1]]))
    return path[::-1]


def decode_tree(arcs: np.ndarray, starts: Sequence[int]) -> list[int]:
    """Return each word's head (itself for a root) for scores words × (1 + words): one tree in each sentence.

    Greedy where the greedy choice is a tree with one root, else the best tree (Chu-Liu-Edmonds).
    """
    heads: list[int] = []
    for start, end in zip(starts, [*starts[1:], len(arcs)], strict=True):
        inner = np.concatenate([arcs[start:end, :1], arcs[start:end, 1 + start : 1 + end]], axis=1)
        chosen = inner.argmax(1)
        if not is_tree(chosen):
            chosen = best_tree(inner)
        heads += [start + i if head == 0 else start + int(head) - 1 for i, head in enumerate(chosen)]
    return heads


def is_tree(heads: Sequence[int]) -> bool:
    """Tell whether heads (0 for the root, else place + 1) make one tree with one root."""
    if sum(head == 0 for head in heads) != 1:
        return False
    for i in range(len(heads)):
        seen, node = set(), i + 1
        while node:
            if node in seen:
                return False
            seen.add(node)
            node = int(heads[node - 1])
    return True


def best_tree(scores: np.ndarray) -> np.ndarray:
    """Return the heads of the best tree with one root."""
    from ufal.chu_liu_edmonds import chu_liu_edmonds

    size = len(scores) + 1
    square = np.full((size, size), np.nan)
    square[1:] = scores
    square[1:][scores <= FORBIDDEN / 2] = np.nan
    if size == 2:
        return np.zeros(1, int)
    heads, _ = chu_liu_edmonds(square.copy())
    if sum(head == 0 for head in heads[1:]) == 1:
        return np.array(heads[1:])
    tries = []
    for root in range(1, size):
        one = square.copy()
        one[1:, 0] = np.nan
        one[root, 0] = square[root, 0]
        tries.append(chu_liu_edmonds(one))
    return np.array(max(tries, key=lambda found: found[1])[0][1:])


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
