"""The test sets stay unseen: a sentence of theirs that also stands in a corpus or in raw text is not learned from.

Some do: "Die Einwohner werden Bretzenheimer genannt." is Wikipedia's before it is a test's. GermEval test shares 24
sentences with the raw texts, GSD test 21 with its own train split.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.training.bio import read_bio
from kg.training.sentences import Sentence
from kg.training.treebank import read_test


def squeeze(text: str) -> str:
    """Return a text without white space, by which a sentence is known however it was tokenized.

    >>> squeeze("Er sagte : Nein .") == squeeze("Er sagte: Nein.")
    True
    """
    return "".join(text.split())


def test_texts(corpora: Path) -> frozenset[str]:
    """Return the squeezed sentences of GermEval test and GSD test."""
    names = read_bio(corpora / "ner" / "germeval2014.test.bio.xz")
    return frozenset(squeeze("".join(s.words)) for s in (*names, *read_test(corpora / "treebank")))


def unseen(sentences: Iterable[Sentence], tests: frozenset[str]) -> list[Sentence]:
    """Return the sentences that are in no test set."""
    return [sentence for sentence in sentences if squeeze("".join(sentence.words)) not in tests]
