"""Corpora to spaCy's DocBin: what is learned, what is held out, and how often each corpus is seen.

GermEval test and GSD test are never read here.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import spacy
from spacy.tokens import DocBin

from kg.training.bio import read_bio, read_smartdata
from kg.training.sentences import Sentence, group_sentences, make_doc
from kg.training.treebank import SILVER, read_treebanks

SEED = 2026
HELD_OUT = 10  # every tenth sentence of GSD dev and PUD chooses the best syntax checkpoint
TREE_REPEATS = 3  # trees are a fifth of the syntax corpus; seen three times they are near half of it
NER_FILES = ("germeval2014.train", "bundestag", "wikiner_slice")


def write_docs(path: Path, corpora: Iterable[tuple[list[Sentence], int]], most: int) -> None:
    """Write sentences, each corpus grouped into short texts and repeated, in random order."""
    rng = random.Random(SEED)
    vocab = spacy.blank("de").vocab
    docs = []
    for sentences, repeats in corpora:
        for _ in range(repeats):
            docs += [make_doc(vocab, group) for group in group_sentences(sentences, rng, most)]
    rng.shuffle(docs)
    path.parent.mkdir(parents=True, exist_ok=True)
    DocBin(docs=docs, store_user_data=False).to_disk(path)


def convert_ner(corpora: Path, work: Path) -> None:
    """Write ner.train.spacy and ner.dev.spacy (GermEval dev alone: it is what figures are compared on)."""
    folder = corpora / "ner"
    train = [(list(read_bio(folder / f"{name}.bio.xz")), 1) for name in NER_FILES]
    news = read_smartdata(folder / "smartdata.train.jsonl.xz", spacy.blank("de"), frozenset({"news"}))
    train.append((list(news), 1))
    write_docs(work / "ner.train.spacy", train, most=4)
    write_docs(work / "ner.dev.spacy", [(list(read_bio(folder / "germeval2014.dev.bio.xz")), 1)], most=1)


def convert_syntax(corpora: Path, work: Path) -> None:
    """Write syntax.train.spacy and syntax.dev.spacy."""
    banks = read_treebanks(corpora / "treebank")
    silver = banks.pop(SILVER)
    held_out = []
    for name in ("gsd.dev", "pud"):
        held_out += banks[name][::HELD_OUT]
        banks[name] = [s for i, s in enumerate(banks[name]) if i % HELD_OUT]
    train = [(sentences, TREE_REPEATS) for sentences in banks.values()]
    write_docs(work / "syntax.train.spacy", [*train, (silver, 1)], most=4)
    write_docs(work / "syntax.dev.spacy", [(held_out, 1)], most=4)
