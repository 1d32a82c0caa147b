"""Vectors for words never seen: "Smart-City-Projekte" is the sum of its letters' n-grams.

German makes new compounds in every text, so a table of whole words has holes. floret hashes a word's character
n-grams into a few rows of one small table, and every word, known or not, gets a vector from it.
"""

from __future__ import annotations

import lzma
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kg.training.unseen import squeeze

# A word with inner hyphens, dots or apostrophes, a number, or one other sign; near enough to spaCy's tokenizer.
TOKEN = re.compile(r"\d+(?:[.,]\d+)*|\w+(?:[-.'’&]\w+)*|[^\w\s]")

# How many words of each raw file the table learns from. Encyclopaedia and speech; 21 M words in
# all, which two cores learn in a few minutes.
RAW_WORDS = {
    "wikipedia": 13_500_000,
    "klexikon": 1_200_000,
    "bundestag19": 3_000_000,
    "bundestag20": 3_000_000,
}

WIDTH = 96
BUCKETS = 80_000  # 80,000 × 96 floats are 31 MB: two thirds of what the whole pipeline may weigh


def read_paragraphs(path: Path, words: int) -> Iterator[str]:
    """Yield tokenized paragraphs of an xz text file until about `words` words were given.

    "Er sagte: „Nein.“" → "Er sagte : „ Nein . “"
    """
    given = 0
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            tokens = TOKEN.findall(line)
            if not tokens:
                continue
            yield " ".join(tokens)
            given += len(tokens)
            if given >= words:
                return


def write_raw(raw: Path, target: Path, tests: frozenset[str]) -> None:
    """Write the mix of RAW_WORDS as one text file, one paragraph a line, without the sentences of the test sets."""
    with target.open("w", encoding="utf-8") as out:
        for name, words in RAW_WORDS.items():
            for paragraph in read_paragraphs(raw / f"{name}.txt.xz", words):
                if squeeze(paragraph) not in tests:
                    out.write(paragraph + "\n")


def frequent_words(raw: Path) -> list[str]:
    """Return the word forms seen at least three times in a part of the raw texts."""
    counts: Counter = Counter()
    for name, words in RAW_WORDS.items():
        for paragraph in read_paragraphs(raw / f"{name}.txt.xz", words // 3):
            counts.update(paragraph.split(" "))
    return sorted(word for word, n in counts.items() if n >= 3)


def train_floret(text: Path, target: Path, threads: int = 2) -> None:
    """Train floret vectors on a tokenized text file and write floret's own text format.

    More than one thread makes the result differ a little from run to run.
    """
    import floret

    model = floret.train_unsupervised(
        str(text),
        model="cbow",
        mode="floret",
        hashCount=2,
        bucket=BUCKETS,
        dim=WIDTH,
        minn=4,
        maxn=5,
        minCount=10,
        neg=10,
        lr=0.05,
        epoch=3,
        thread=threads,
    )
    model.save_floret_vectors(str(target))


def write_table(floret_table: Path, target: Path) -> None:
    """Write floret's text format as a blank German pipeline with these vectors, as `spacy init vectors` does."""
    import spacy
    from spacy.training.initialize import convert_vectors

    nlp = spacy.blank("de")
    convert_vectors(nlp, floret_table, truncate=0, prune=-1, mode="floret")
    nlp.to_disk(target)
