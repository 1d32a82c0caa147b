"""What a large graph costs to write as Turtle and to read back, beside the same triples through plain rdflib.

    python tests/benchmarks/rdf.py [TRIPLES] [--level claims|full]

The graph is synthetic but of kg's own shape: documents, entities, facts of all kinds and the claims behind them, a million
triples unless told otherwise. Each step runs in a process of its own and prints its CPU seconds and its peak of memory;
the ratios are of one run on one machine.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path

import pyoxigraph
import rdflib

import kg
from kg.formats.triples.reading import quads
from kg.graph.graph import fact_id
from kg.knowledge_graph import KnowledgeGraph
from kg.rdf import statements, triples
from kg.records import MODALITIES, Argument, Claim, Document, Entity, Fact, Mention, Predicate

# Facts that share a document, and facts per entity: as in a corpus of news.
FACTS_A_DOCUMENT, FACTS_AN_ENTITY = 25, 3
PREDICATES = ("org:headOf", "kg:signed", "kg:warnsOf", "kgp:beliefern", "kgp:sprechen_über")
SAMPLE = 1000


def synthetic(facts: int) -> KnowledgeGraph:
    """A graph of so many facts with a claim each; the same for each run."""
    documents = [synthetic_document(n) for n in range(-(-facts // FACTS_A_DOCUMENT))]
    found = [synthetic_claim(documents[n // FACTS_A_DOCUMENT], n) for n in range(facts)]
    count = max(2, facts // FACTS_AN_ENTITY)
    ids = [f"Entität_{n}" for n in range(count)]
    mentions: list[list[Mention]] = [[] for _ in ids]
    edges = []
    for n, claim in enumerate(found):
        ends = n % count, (7 * n + 1) % count
        for end, part in zip(ends, (claim.subject, claim.object), strict=True):
            mentions[end].append(Mention(claim.doc, part.start, part.end, part.text, "named", part.type, part.text))
        edges.append(synthetic_fact(claim, ids[ends[0]], ids[ends[1]], n))
    entities = [
        Entity(
            id, "Person" if n % 2 else "Organization", f"Entität {n}", (f"E{n}",), mentions=tuple(sorted(mentions[n]))
        )
        for n, id in enumerate(ids)
    ]
    return KnowledgeGraph(
        tuple(sorted(documents, key=lambda document: document.id)),
        tuple(sorted(entities, key=lambda entity: entity.id)),
        tuple(sorted(edges, key=lambda fact: fact.id)),
        tuple(found),
    )


def synthetic_document(n: int) -> Document:
    lines = (f"Entität {n}-{line} warnt Entität {line}-{n} vor Nummer {line}." for line in range(FACTS_A_DOCUMENT))
    return Document(f"artikel-{n}", "\n".join(lines), title=f"Artikel {n}", date=f"20{n % 25:02}-{n % 12 + 1:02}-01")


def synthetic_claim(document: Document, n: int) -> Claim:
    line = n % FACTS_A_DOCUMENT
    sentence = document.text.split("\n")[line]
    start = sum(len(other) + 1 for other in document.text.split("\n")[:line])
    cue, object = sentence.index("warnt"), sentence.index("Entität", 1)
    end = sentence.index(" vor")
    iri = PREDICATES[n % len(PREDICATES)]
    return Claim(
        document.id,
        document.span(start, start + len(sentence)),
        Argument(start, start + cue - 1, sentence[: cue - 1], "Person"),
        Predicate("warnen", iri, ((start + cue, start + cue + 5),), "warnt"),
        Argument(start + object, start + end, sentence[object:end], "Organization"),
        "negative" if n % 10 == 3 else "positive",
        MODALITIES[n % 12] if n % 12 < len(MODALITIES) else "asserted",
    )


def synthetic_fact(claim: Claim, subject: str, object: str, n: int) -> Fact:
    speaker = object if n % 5 == 4 else ""
    key = (subject, claim.predicate.iri, object, str(n), claim.polarity, claim.modality, speaker)
    ends = (fact_id(*key), subject, claim.predicate.iri, "warnen", object, "")
    return Fact(*ends, claim.polarity, claim.modality, speaker, f"20{n % 25:02}", claims=(claim,))


def of_size(wanted: int, level: str) -> KnowledgeGraph:
    each = sum(1 for _ in statements(synthetic(SAMPLE), level)) / SAMPLE
    return synthetic(round(wanted / each))


def steps(
    wanted: int, level: str, folder: Path
) -> Iterator[tuple[str, Callable[[], object], Callable[[object], object]]]:
    """Yield what is done: its name, what has to be there before, and what is timed."""
    path = folder / "a.ttl"
    yield "kg: write Turtle", lambda: of_size(wanted, level), lambda graph: graph.write(path, level)
    yield "rdflib: fill a graph", lambda: of_size(wanted, level), lambda graph: filled(triples(graph, level))
    yield (
        "rdflib: write Turtle",
        lambda: filled(triples(of_size(wanted, level), level)),
        lambda g: g.serialize(folder / "b.ttl"),
    )
    yield "kg: read triples", nothing, lambda _: sum(1 for _ in quads(path, "turtle"))
    yield "kg: read for SPARQL", nothing, lambda _: pyoxigraph.Store().bulk_load(path=path)
    yield "kg: read a KnowledgeGraph", nothing, lambda _: kg.open(path)
    yield "rdflib: read Turtle", nothing, lambda _: rdflib.Graph().parse(path)


def nothing() -> None:
    """What has to be there before a file is read."""


def filled(found: object) -> rdflib.Graph:
    graph = rdflib.Graph()
    for triple in found:
        graph.add(triple)
    return graph


def measured(wanted: int, level: str, folder: Path, number: int) -> tuple[str, float, float, float]:
    """Run one step: its name, its seconds, the memory before it and its peak, in MiB."""
    name, before, timed = list(steps(wanted, level, folder))[number]
    given = before()
    held = peak()
    start = time.process_time()
    timed(given)
    return name, time.process_time() - start, held, peak()


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("triples", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--level", default="claims")
    given = parser.parse_args()
    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        print(f"{'step':28}{'seconds':>9}{'MiB before':>12}{'MiB peak':>10}")
        for number in range(len(list(steps(0, given.level, Path(folder))))):
            with get_context("spawn").Pool(1) as pool:
                name, took, held, most = pool.apply(measured, (given.triples, given.level, Path(folder), number))
            seconds[name] = took
            print(f"{name:28}{took:9.2f}{held:12.0f}{most:10.0f}", flush=True)
    ours, theirs = seconds["kg: write Turtle"], seconds["rdflib: write Turtle"]
    whole = theirs + seconds["rdflib: fill a graph"]
    print(f"write: {whole / ours:.1f} times as fast as rdflib; {theirs / ours:.1f} times if its graph is there already")
    for name in ("triples", "for SPARQL", "a KnowledgeGraph"):
        print(
            f"read {name}: {seconds['rdflib: read Turtle'] / seconds[f'kg: read {name}']:.1f} times as fast as rdflib"
        )


if __name__ == "__main__":
    main()
