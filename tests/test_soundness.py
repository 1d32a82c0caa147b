"""Trees that rules have mended: circles are undone, sentence by sentence, and sound trees left alone."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extract.mend.passes import MENDING, mending_of
from kg.extract.tree.soundness import restore_circles, tree_of
from kg.reader.pipeline import load

WORDS = "Link lobt die Stadt . Krause zögert .".split()
HEADS = [1, 1, 3, 1, 1, 6, 6, 6]
DEPS = ["nsubj", "ROOT", "det", "obj", "punct", "nsubj", "ROOT", "punct"]


@pytest.mark.parametrize(
    ("moves", "heads"),
    [
        ([], HEADS),
        ([(0, 3)], [3, 1, 3, 1, 1, 6, 6, 6]),  # wrong perhaps, but a tree
        ([(1, 3)], HEADS),  # the verb hangs on its object, which hangs on it
        ([(3, 2), (5, 4)], [1, 1, 3, 1, 1, 4, 6, 6]),  # article and noun in a circle; the other sentence stays mended
    ],
)
def test_a_circle_gives_its_sentence_back(moves, heads):
    doc = Doc(Vocab(), words=WORDS, heads=HEADS, deps=DEPS)
    parsed = tree_of(doc)
    for token, head in moves:
        doc[token].head = doc[head]
    restore_circles(doc, parsed)
    assert [token.head.i for token in doc] == heads
    assert [token.dep_ for token in doc] == DEPS


@pytest.mark.parametrize("each", MENDING, ids=lambda each: each.name)
def test_a_pass_of_mending_leaves_a_tree(each):
    doc = load()(each.example)
    for sentence in list(doc.sents):
        mending_of(each)(sentence)
    heads = [token.head.i for token in doc]
    for start in range(len(heads)):
        seen = [start]
        while heads[seen[-1]] != seen[-1]:
            seen.append(heads[seen[-1]])
            assert len(seen) <= len(heads)
