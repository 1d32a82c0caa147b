"""A mended tree is still a tree: every word hangs, step by step, on the root of its sentence.

Rules move heads one at a time; where a sentence is so strange that two of them close a circle, spaCy itself would stop.
Such a sentence gets back what the parser had said of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from kg.extract.tree.edits import rehang

if TYPE_CHECKING:
    from spacy.tokens import Doc

Tree: TypeAlias = list[tuple[int, str]]
"""For each token the index of its head, and its label."""


def tree_of(doc: Doc) -> Tree:
    """What the parser says, to be kept while rules mend it."""
    return [(token.head.i, token.dep_) for token in doc]


def restore_circles(doc: Doc, parsed: Tree) -> None:
    """Cycle: a sentence in which the way up from a word leads to no root gets back the tree it had in `parsed`."""
    heads = [token.head.i for token in doc]
    ends = _ends(heads)
    lost = [i for i, end in enumerate(ends) if heads[end] != end]
    if not lost:
        return
    roots = _ends([head for head, _ in parsed])
    broken = {roots[i] for i in lost}
    for i, (head, label) in enumerate(parsed):
        if roots[i] in broken:
            rehang(doc[i], doc[head], label)


def _ends(heads: Sequence[int]) -> Sequence[int]:
    """For each token where the way up its heads ends: at its root, or at some token of a cycle."""
    for _ in range(len(heads).bit_length()):
        heads = [heads[head] for head in heads]
    return heads
