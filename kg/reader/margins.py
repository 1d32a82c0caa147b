"""How sure the net is of each word: of its head, its relation, its name and its tag, as logarithms of probabilities.

A clause whose verb the net hung where it did with 0.98 is read right more often than one with 0.41. Who reads a Doc
finds them in `doc.tensor`, a row a word, a column for each of `kg.reader.tokens.MARGINS`; white space has zeros. Where
somebody else's pipeline made the Doc, they are not there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from kg.reader.decode import FORBIDDEN, Scores

_LEAD, _LEAST = 15.0, -8.0


def margins(
    scores: dict[str, Scores],
    starts: Sequence[int],
    heads: Sequence[int],
    relations: tuple[Scores, Sequence[int]],
    names: tuple[Scores, Sequence[int]],
) -> Scores:
    """The margins of the words of a window, words × `MARGINS`.

    `scores` are those of the net; `starts` the first words of its sentences, `heads` the places of the chosen heads,
    `relations` and `names` their log probabilities, words × labels, with the numbers of the chosen labels.
    """
    rows = np.arange(len(heads))
    arcs = log_softmax(np.where(_possible(len(heads), starts), scores["arcs"], FORBIDDEN))
    places = np.array([0 if head == i else head + 1 for i, head in enumerate(heads)])
    columns = (
        arcs[rows, places],
        _lead(arcs, rows, places),
        _doubt(arcs),
        relations[0][rows, relations[1]],
        _lead(relations[0], rows, relations[1]),
        names[0][rows, names[1]],
        _doubt(names[0]),
        log_softmax(scores["tag"]).max(1),
        log_softmax(scores["starts"]).max(1),
    )
    found: Scores = np.clip(np.stack(columns, 1), _LEAST, _LEAD).astype(np.float32)
    return found


def log_softmax(scores: Scores) -> Scores:
    """The logarithms of the probabilities that scores stand for, row by row."""
    shifted = scores - scores.max(-1, keepdims=True)
    found: Scores = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return found


def _possible(count: int, starts: Sequence[int]) -> Any:
    """Which arcs can be: words × (1 + words), the root first; within a sentence, and from no word to itself."""
    sentence = np.searchsorted(starts, np.arange(count), "right")
    within = sentence[:, None] == sentence[None, :]
    np.fill_diagonal(within, False)
    return np.concatenate([np.ones((count, 1), bool), within], 1)


def _lead(logs: Scores, rows: Any, chosen: Any) -> Scores:
    """How far what was chosen lies before the best of the others; below zero where it is not the best."""
    others = logs.copy()
    others[rows, chosen] = FORBIDDEN
    found: Scores = logs[rows, chosen] - others.max(1)
    return found


def _doubt(logs: Scores) -> Scores:
    """The entropy of each row of log probabilities."""
    found: Scores = -(np.exp(logs) * np.maximum(logs, -50)).sum(1)
    return found
