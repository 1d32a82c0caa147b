"""What kg costs beside the bare pipeline: `kg build` and spaCy over the same articles, by turns, in one process.

    python tests/benchmarks/extraction.py articles.jsonl

Prints for each round the CPU seconds of both and their ratio: wall time says more of what else the machine does.
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
        start = time.process_time()
        for text in texts:
            nlp(text)
        bare = time.process_time() - start
        start = time.process_time()
        with tempfile.TemporaryDirectory() as folder:
            kg.build(path, store=Path(folder) / "articles.kg")
        whole = time.process_time() - start
        print(f"{len(texts)} articles: pipeline {bare:.1f} s, kg build {whole:.1f} s, ratio {whole / bare:.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
