"""Raw German text, for the words that a reader should know: encyclopaedia and speech.

The pieces of the reader's encoder are those that frequent words of such text are cut into.
"""

from __future__ import annotations

import lzma
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

# A word with inner hyphens, dots or apostrophes, a number, or one other sign; near enough to spaCy's tokenizer.
TOKEN = re.compile(r"\d+(?:[.,]\d+)*|\w+(?:[-.'’&]\w+)*|[^\w\s]")

# How many words of each raw file are counted.
RAW_WORDS = {
    "wikipedia": 4_500_000,
    "klexikon": 400_000,
    "bundestag19": 1_000_000,
    "bundestag20": 1_000_000,
}


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


def frequent_words(raw: Path) -> list[str]:
    """Return the word forms seen at least three times in a part of the raw texts."""
    counts: Counter = Counter()
    for name, words in RAW_WORDS.items():
        for paragraph in read_paragraphs(raw / f"{name}.txt.xz", words):
            counts.update(paragraph.split(" "))
    return sorted(word for word, n in counts.items() if n >= 3)
