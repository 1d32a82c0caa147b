"""What kg costs beside the bare pipeline: spaCy, `kg extract` and `kg build` over the same articles, in one process.

    python tests/benchmarks/extraction.py articles.jsonl

CPU seconds, because wall time says more of what else the machine does. spaCy and extraction take turns article by
article, as `kg extract` runs, up to its lines of JSON; of three rounds each article counts with its best. `kg build`
stores and resolves what all the articles say, and so runs whole; the best of the rounds counts. The first time, with
nothing in the caches, is printed for extraction as well.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import kg
from kg.extract import extract
from kg.formats.jsonl import claim_record, to_line
from kg.reader.pipeline import load
from kg.sources.documents import read_sources

ROUNDS = 3


def main(path: str) -> None:
    """Run all over the articles of a JSONL file, round by round."""
    nlp = load()
    documents = list(read_sources([path]))
    for document in documents[:20]:
        nlp(document.text)

    def lines(document: kg.Document) -> list[str]:
        return [to_line(claim_record(claim)) for claim in extract(document, nlp).claims]

    bare, whole, built = [], [], []
    for _ in range(ROUNDS):
        turns = [(seconds(lambda d=d: nlp(d.text)), seconds(lambda d=d: lines(d))) for d in documents]
        bare.append([turn[0] for turn in turns])
        whole.append([turn[1] for turn in turns])
        with tempfile.TemporaryDirectory() as folder:
            built.append(seconds(lambda folder=folder: kg.build(path, store=Path(folder) / "articles.kg")))
    base = best(bare)
    print(f"{len(documents)} articles: spaCy {base:.2f} s")
    for name, cost in (("kg extract", best(whole)), ("kg build", min(built))):
        print(f"{name} {cost:.2f} s, ratio {cost / base:.2f}")
    print(f"kg extract at first {sum(whole[0]):.2f} s, ratio {sum(whole[0]) / sum(bare[0]):.2f}")


def seconds(run: Callable[[], object]) -> float:
    """The CPU time that a run takes."""
    start = time.process_time()
    run()
    return time.process_time() - start


def best(rounds: list[list[float]]) -> float:
    """The sum over articles of the least that each took."""
    return sum(map(min, zip(*rounds, strict=True)))


if __name__ == "__main__":
    main(*sys.argv[1:])
