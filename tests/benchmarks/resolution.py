"""What who-is-who costs as texts become many: time per document for one, two, four and eight times the documents.

    python tests/benchmarks/resolution.py articles.kg

The documents of the store are repeated with other names (each copy has its own letters), so that a larger graph has more
entities, not only more mentions; what is known everywhere ("USA", "SPD") stays. Prints a table: documents, seconds,
milliseconds a document, and its growth over half as many documents.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from kg.records import Document, Mention
from kg.resolve import resolve
from kg.resolve.names.lists import well_known
from kg.store.store import Store

COPIES = (1, 2, 4, 8)
SEED = 2026


@cache
def letters(copy: int) -> dict[int, str]:
    """A substitution of letters, vowels by vowels, capitals alike, the same for each run."""
    rng = random.Random(f"{SEED} {copy}")
    small: dict[str, str] = {}
    for group in ("aeiou", "bcdfghjklmnpqrtvwxyz"):
        small |= dict(zip(group, rng.sample(group, len(group)), strict=True))
    return str.maketrans(small | {a.upper(): b.upper() for a, b in small.items()})


def vary(mention: Mention, copy: int) -> Mention:
    """The mention in its copy of the document, under another name unless it is known everywhere."""
    known = mention.form not in ("named", "part") or well_known().find(mention.name, mention)
    name = mention.name if known or not copy else mention.name.translate(letters(copy))
    doc = f"{mention.doc}~{copy}"
    antecedent = mention.antecedent.replace(f"{mention.doc}#", f"{doc}#", 1)
    return replace(mention, doc=doc, name=name, antecedent=antecedent)


def copies(documents: Sequence[Document], mentions: Sequence[Mention], number: int) -> Iterator[tuple]:
    """Yield the documents and mentions of each copy."""
    for copy in range(number):
        yield [replace(d, id=f"{d.id}~{copy}") for d in documents], [vary(m, copy) for m in mentions]


def main(path: str) -> None:
    with Store(path, readonly=True) as store:
        documents, mentions = list(store.documents()), list(store.mentions())
    former = 0.0
    print("documents   seconds   ms/document   growth")
    for number in COPIES:
        parts = list(copies(documents, mentions, number))
        texts = [d for found, _ in parts for d in found]
        named = [m for _, found in parts for m in found]
        start = time.process_time()
        resolve(texts, named)
        seconds = time.process_time() - start
        each = 1000 * seconds / len(texts)
        growth = f"{100 * (each / former - 1):+.0f} %" if former else ""
        print(f"{len(texts):9,} {seconds:9.1f} {each:13.2f}   {growth:>6}", flush=True)
        former = each


if __name__ == "__main__":
    main(*sys.argv[1:])
