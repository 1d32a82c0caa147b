"""From scores to labels: names that begin before they go on, and trees that are trees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

FORBIDDEN = -1e9


@cache
def transition_table(labels: tuple[str, ...]) -> Scores:
    """What each step from label to label costs: I-PER may only follow B-PER or I-PER."""
    table = np.zeros((len(labels), len(labels)), np.float32)
    for j, after in enumerate(labels):
        for i, before in enumerate(labels):
            if after.startswith("I-") and before[2:] != after[2:]:
                table[i, j] = FORBIDDEN
    return table


def decode_names(scores: Scores, table: Scores, labels: Sequence[str]) -> list[int]:
    """The best sequence of numbers of IOB labels (Viterbi) for scores words × labels; `table` is that of the labels."""
    best = scores[0] + np.array([FORBIDDEN if label.startswith("I-") else 0 for label in labels], np.float32)
    steps = []
    for row in scores[1:]:
        ways = best[:, None] + table
        steps.append(ways.argmax(0))
        best = ways.max(0) + row
    path = [int(best.argmax())]
    for step in reversed(steps):
        path.append(int(step[path[-1]]))
    return path[::-1]


def decode_trees(arcs: Scores, starts: Sequence[int]) -> list[int]:
    """Each word's head (itself for a root) for scores words × (1 + words), the root first: one tree a sentence."""
    heads: list[int] = []
    for start, end in zip(starts, [*starts[1:], len(arcs)], strict=True):
        inner = np.concatenate([arcs[start:end, :1], arcs[start:end, 1 + start : 1 + end]], axis=1)
        np.fill_diagonal(inner[:, 1:], FORBIDDEN)
        chosen = inner.argmax(1).tolist()
        if not is_tree(chosen):
            chosen = with_one_root(inner)
        if not is_tree(chosen):
            chosen = best_tree(inner)
        heads += [start + i if head == 0 else start + head - 1 for i, head in enumerate(chosen)]
    return heads


def with_one_root(scores: Scores) -> list[int]:
    """Each word's best head where one alone has the root: the word that gains most by it. Mostly, this is a tree."""
    inner = scores.copy()
    inner[:, 0] = FORBIDDEN
    heads: list[int] = inner.argmax(1).tolist()
    heads[int((scores[:, 0] - inner.max(1)).argmax())] = 0
    return heads


def is_tree(heads: Sequence[int]) -> bool:
    """Whether heads (0 for the root, else place + 1) make one tree with one root."""
    return sum(head == 0 for head in heads) == 1 and not _circle([0, *heads])


def best_tree(scores: Scores) -> list[int]:
    """The heads of the best tree (Chu & Liu 1965, Edmonds 1967) with one root: this costs so much that one has it."""
    size = len(scores) + 1
    arcs = np.full((size, size), FORBIDDEN * 10)
    arcs[1:] = scores
    arcs[1:, 0] -= float(np.abs(scores[scores > FORBIDDEN / 2]).sum()) + 1.0
    np.fill_diagonal(arcs, FORBIDDEN * 10)
    return _arborescence(arcs)[1:]


def _arborescence(arcs: Scores) -> list[int]:
    """The best head of each node, the root first, for scores dependents × heads; circles are contracted one by one."""
    heads: list[int] = arcs.argmax(1).tolist()
    heads[0] = 0
    circle = _circle(heads)
    if not circle:
        return heads
    outside = [i for i in range(len(heads)) if i not in circle]
    inner = arcs[circle, [heads[i] for i in circle]]
    entering = arcs[np.ix_(circle, outside)] - inner[:, None]  # what it costs to enter the circle at each of its nodes
    leaving = arcs[np.ix_(outside, circle)]
    smaller = np.full((len(outside) + 1, len(outside) + 1), FORBIDDEN * 10)
    smaller[:-1, :-1] = arcs[np.ix_(outside, outside)]
    smaller[-1, :-1] = entering.max(0)
    smaller[:-1, -1] = leaving.max(1)
    found = _arborescence(smaller)
    for place, node in enumerate(outside):
        head = found[place]
        heads[node] = outside[head] if head < len(outside) else circle[int(leaving[place].argmax())]
    entered = found[-1]
    heads[circle[int(entering[:, entered].argmax())]] = outside[entered]
    return heads


def _circle(heads: Sequence[int]) -> list[int]:
    """The nodes of a circle that the way up runs in; none in a tree."""
    safe = {0}
    for start in range(len(heads)):
        path: list[int] = []
        node = start
        while node not in safe and node not in path:
            path.append(node)
            node = heads[node]
        if node not in safe:
            return path[path.index(node) :]
        safe.update(path)
    return []


# A word has one dependent of each of these groups at most: who acts, and what is acted upon.
SINGLE = (("nsubj", "nsubj:pass", "csubj", "csubj:pass"), ("obj", "ccomp"))
_CHOICES, _RIVALS = 4, 5  # relations of a dependent that are weighed where some claim the same, and dependents


def decode_relations(scores: Scores, heads: Sequence[int], labels: Sequence[str]) -> list[int]:
    """The best numbers of relations for log probabilities words × labels, given heads: one subject a verb, one object.

    "Den Preis gewann sie": each word by itself might be an object.
    """
    best: list[int] = scores.argmax(1).tolist()
    group = {n: k for k, names in enumerate(SINGLE) for n, label in enumerate(labels) if label in names}
    rivals: dict[tuple[int, int], list[int]] = {}
    for i, (head, label) in enumerate(zip(heads, best, strict=True)):
        if label in group and head != i:
            rivals.setdefault((head, group[label]), []).append(i)
    for head in sorted({head for (head, _), words in rivals.items() if len(words) > 1}):
        words = [i for (verb, _), some in sorted(rivals.items()) if verb == head for i in some]
        for word, label in zip(words, _shared_out(scores[words], group), strict=True):
            best[word] = label
    return best


def _shared_out(scores: Scores, group: Mapping[int, int]) -> tuple[int, ...]:
    """The best labels of some dependents of one word of which no two are of the same group."""
    choices = np.argsort(-scores, axis=1, kind="stable")[:, :_CHOICES].tolist()
    ways = product(*choices[:_RIVALS])
    alone = (way for way in ways if _differ([group[label] for label in way if label in group]))
    chosen = max(alone, key=lambda way: sum(float(scores[i, label]) for i, label in enumerate(way)), default=())
    return (*chosen, *(row[0] for row in choices[len(chosen) :]))


def _differ(groups: Sequence[int]) -> bool:
    return len(groups) == len(set(groups))
