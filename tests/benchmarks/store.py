"""What a store costs as it grows: each command that reads one, on ten and on a hundred times the documents.

    python tests/benchmarks/store.py make articles.kg 10000 large.kg     copies of a store's documents, under other names
    python tests/benchmarks/store.py ask large.kg "Angela Merkel" …      seconds of CPU, of the clock, and megabytes

Of each copy the names are spelt with other letters, in the text as in what was read from it, unless they are known
everywhere ("USA", "SPD"): a larger store has more entities, and more is said of some. What was extracted is replayed.
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from resolution import letters

from kg.opening import graph_kept, settings
from kg.records import Claim, Document, Extraction, Literal, Mention
from kg.resolve.names.lists import well_known
from kg.store.store import Store

KG = Path(sys.executable).with_name("kg")


def varied(document: Document, found: Extraction, copy: int) -> tuple[Document, Extraction]:
    """A copy of a document and of what was read from it, with other names."""
    words = {
        word
        for m in found.mentions
        if m.form in ("named", "part") and not well_known().find(m.name, m)
        for word in m.name.split()
        if copy and word[:1].isupper()
    }
    pattern = (
        re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})\b") if words else None
    )

    def other(text: str) -> str:
        return pattern.sub(lambda match: match[0].translate(letters(copy)), text) if pattern else text

    text, doc = other(document.text), f"{document.id}~{copy}"

    def span(thing: Any) -> Any:
        if thing is None:
            return None
        said = {"text": text[thing.start : thing.end]}
        return replace(thing, **said, **({"value": other(thing.value)} if isinstance(thing, Literal) else {}))

    def mention(m: Mention) -> Mention:
        antecedent = m.antecedent.replace(f"{m.doc}#", f"{doc}#", 1)
        return replace(span(m), doc=doc, name=other(m.name), antecedent=antecedent)

    def claim(c: Claim) -> Claim:
        pieces = " ".join(text[start:end] for start, end in c.predicate.spans)
        return replace(
            c, doc=doc, sentence=span(c.sentence), subject=span(c.subject), object=span(c.object),
            predicate=replace(c.predicate, text=pieces), speaker=span(c.speaker), time=span(c.time),
            roles=tuple(replace(role, argument=span(role.argument)) for role in c.roles),
        )  # fmt: skip

    kept = replace(document, id=doc, text=text, title=other(document.title))
    return kept, Extraction(tuple(map(mention, found.mentions)), tuple(map(claim, found.claims)))


def texts_of(store: Store) -> Iterator[tuple[Document, Extraction]]:
    """The documents of a store with what was read from them."""
    parts: Mapping[str, tuple[list[Mention], list[Claim]]] = defaultdict(lambda: ([], []))
    for mention in store.mentions():
        parts[mention.doc][0].append(mention)
    for claim in store.claims():
        parts[claim.doc][1].append(claim)
    for document in store.documents():
        mentions, claims = parts[document.id]
        yield document, Extraction(tuple(mentions), tuple(claims))


def make(source: str, number: str, target: str) -> None:
    """Write a store of so many documents."""
    with Store(source, readonly=True) as store:
        base = list(texts_of(store))
        base_iri, run = settings(store)
    Path(target).unlink(missing_ok=True)
    start = time.process_time()
    with Store(target) as store:
        for n in range(int(number)):
            document, found = varied(*base[n % len(base)], n // len(base))
            store.add(document, found, "replayed")
        print(f"{int(number):,} documents replayed: {time.process_time() - start:.0f} s", flush=True)
        start = time.process_time()
        graph = graph_kept(store, base_iri, run, target)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"resolved and kept: {time.process_time() - start:.0f} s, {len(graph.entities):,} entities, "
              f"{len(graph.facts):,} facts, peak {peak:.0f} MB, file {Path(target).stat().st_size / 1e6:.0f} MB")  # fmt: skip


def ask(store: str, *names: str) -> None:
    """Print what the commands cost."""
    for arguments in (["stats", store], *([verb, store, name] for name in names for verb in ("show", "why"))):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        done = subprocess.run([KG, *arguments], capture_output=True, check=False)
        seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        lines = done.stdout.count(b"\n")
        print(f"kg {' '.join(arguments):60.60} {spent:6.2f} s CPU {seconds:6.2f} s, {lines:6} lines, "
              f"at most {after.ru_maxrss / 1024:.0f} MB so far, rc {done.returncode}", flush=True)  # fmt: skip


if __name__ == "__main__":
    {"make": make, "ask": ask}[sys.argv[1]](*sys.argv[2:])
