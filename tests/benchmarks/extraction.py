"""What kg costs beside the bare pipeline: `kg build` and spaCy over the same articles, by turns, in one process.

    python tests/benchmarks/extraction.py articles.jsonl

Prints for each round the seconds of both and their ratio.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import kg
from kg.pipeline import load
from kg.sources import read_sources

ROUNDS = 3


def main(path: str) -> None:
    """Run both over the articles of a JSONL file, round by round."""
    nlp = load()
    texts = [document.text for document in read_sources([path])]
    list(map(nlp, texts[:20]))
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for text in texts:
            nlp(text)
        bare = time.perf_counter() - start
        start = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            kg.build(path, store=Path(folder) / "articles.kg")
        whole = time.perf_counter() - start
        print(f"{len(texts)} articles: pipeline {bare:.1f} s, kg build {whole:.1f} s, ratio {whole / bare:.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
