"""Gold made by careful readers: CoNLL-U files whose last column has names, "NER=B-PER".

The trees follow the labels of the card; see kg/training/gold/README.md for who read what, and how often two agreed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from kg.training.lessons import Lesson, make_lessons
from kg.training.sentences import Sentence

GOLD = Path(__file__).with_name("gold")
REPEATS = 3


def read_sentences(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a CoNLL-U file; an underscore is what is not known."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
        if rows:
            yield _sentence(rows)


def _sentence(rows: list[list[str]]) -> Sentence:
    def column(n: int) -> list[str]:
        return ["" if row[n] == "_" else row[n] for row in rows]

    names = [dict(pair.split("=", 1) for pair in row[9].split("|") if "=" in pair) for row in rows]
    return Sentence(
        words=[row[1] for row in rows],
        spaces=["SpaceAfter" not in misc for misc in names],
        lemmas=None,  # those of the labelling were not read word by word
        pos=column(3),
        tags=column(4),
        heads=[i if row[6] == "0" else int(row[6]) - 1 for i, row in enumerate(rows)],
        deps=["root" if row[7].lower() == "root" else row[7] for row in rows],
        ents=[misc.get("NER", "O") for misc in names],
    )


def read_gold(folder: Path, rng: random.Random) -> list[Lesson]:
    """Return the lessons of all files of a folder."""
    sentences = [sentence for path in sorted(folder.glob("*.conllu")) for sentence in read_sentences(path)]
    return [lesson for _ in range(REPEATS) for lesson in make_lessons(sentences, rng)]
