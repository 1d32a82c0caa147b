"""What four queries cost on a large graph of our shape, beside the same in plain rdflib: ratios, seconds, peak memory.

    python tests/benchmarks/sparql.py                    a million triples, some minutes
    python tests/benchmarks/sparql.py --triples 100000   a tenth of that

The graph is made up from a fixed seed and written as N-Triples, which each engine reads and asks in a process of its own.
A query is asked several times, the best time counts; both engines must find the same.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kg.knowledge_graph import KnowledgeGraph
from kg.ontology import prefixes
from kg.records import Argument, Claim, Document, Entity, Fact, Predicate, Span

SEED = 2026
ROUNDS = 3

# Triples for a fact with its claim, and its share of entities and documents; counted on such a graph.
PER_FACT = 20.8

PREDICATES = (("org:headOf", "leiten"), ("kg:signed", "unterzeichnen"), ("kg:uses", "einsetzen"), ("kg:met", "treffen"),
              ("kgp:beliefern", "beliefern"), ("kgp:prüfen", "prüfen"))  # fmt: skip

QUERIES = {
    "label lookup": """SELECT ?s { ?s rdfs:label "Größe 77"@de }""",
    "neighbours": """SELECT DISTINCT ?n ?l {
        { kge:E77 ?p ?n . ?n rdfs:label ?l } UNION { ?n ?p kge:E77 . ?n rdfs:label ?l } }""",
    "2-hop path": """SELECT DISTINCT ?c {
        kge:E77 (org:headOf|kg:signed|kg:uses|kg:met)/(org:headOf|kg:signed|kg:uses|kg:met) ?c }""",
    "aggregate by month": """SELECT ?m (COUNT(?f) AS ?n) {
        ?f a kg:Fact ; kg:polarity "positive" ; kg:validFrom ?d BIND(SUBSTR(STR(?d), 1, 7) AS ?m) } GROUP BY ?m""",
}


def synthetic(facts: int) -> KnowledgeGraph:
    """A graph of people and what they do, a fifth as many as facts, in documents of twenty facts each."""
    rng = random.Random(SEED)
    people = max(100, facts // 5)
    entities = [Entity(f"E{n}", "Person", f"Größe {n}", aliases=(f"G. {n}",)) for n in range(people)]
    documents = [Document(f"text{n}", f"Text {n}", date=f"20{n % 20:02}-01-01") for n in range(facts // 20 + 1)]
    return KnowledgeGraph(tuple(documents), tuple(entities), tuple(_fact(rng, n, people) for n in range(facts)))


def _fact(rng: random.Random, number: int, people: int) -> Fact:
    iri, lemma = rng.choice(PREDICATES)
    one, other = rng.sample(range(people), 2)
    left, right = f"Größe {one}", f"Größe {other}"
    text = f"{left} soll {right} nach Angaben vom Montag {lemma}."
    start = 100 * (number % 20)
    claim = Claim(
        f"text{number // 20}",
        Span(start, start + len(text), text),
        Argument(start, start + len(left), left, "Person"),
        Predicate(lemma, iri, ((start, start + 1),), lemma),
        Argument(start + 9, start + 9 + len(right), right, "Person"),
    )
    since = f"20{rng.randrange(20):02}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"
    polarity = "negative" if rng.random() < 0.1 else "positive"
    return Fact(
        f"f{number}", f"E{one}", iri, lemma, f"E{other}", polarity=polarity, since=since, until=since, claims=(claim,)
    )


def with_kg(path: Path) -> Callable[[str], int]:
    """Read with kg; what is returned asks it and counts the rows."""
    from kg.formats.datasets import read_dataset
    from kg.rdf.sparql.query import evaluate

    dataset = read_dataset(path)
    return lambda query: len(evaluate(dataset, query).rows)


def with_rdflib(path: Path) -> Callable[[str], int]:
    """The same with plain rdflib."""
    import rdflib

    graph = rdflib.Graph().parse(path, format="nt")
    return lambda query: len(list(graph.query(query, initNs=prefixes())))


ENGINES = {"kg": with_kg, "rdflib": with_rdflib}


def measure(engine: str, path: Path) -> dict[str, float]:
    """Seconds to read, seconds and rows of each query, and the peak of memory in MB, all of this process."""
    start = time.perf_counter()
    ask = ENGINES[engine](path)
    found: dict[str, float] = {"read": time.perf_counter() - start}
    for name, query in QUERIES.items():
        best = float("inf")
        for _ in range(ROUNDS):
            start = time.perf_counter()
            found[f"{name}: rows"] = ask(query)
            best = min(best, time.perf_counter() - start)
        found[name] = best
    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--engine", choices=ENGINES, help="measure one on --file, and print JSON")
    parser.add_argument("--file", type=Path)
    options = parser.parse_args()
    if options.engine:
        print(json.dumps(measure(options.engine, options.file)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.nt"
        synthetic(round(options.triples / PER_FACT)).write(path)
        with path.open("rb") as lines:
            print(f"{sum(1 for _ in lines):,} triples")
        found = {engine: _in_its_own_process(engine, path) for engine in ENGINES}
    _print(found["kg"], found["rdflib"])


def _in_its_own_process(engine: str, path: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--engine", engine, "--file", str(path)]
    return json.loads(subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout)


def _print(ours: dict[str, float], theirs: dict[str, float]) -> None:
    print(f"{'':22}{'kg':>10}{'rdflib':>10}{'ratio':>9}")
    for name in ("read", *QUERIES):
        rows = f"{name}: rows"
        assert ours.get(rows) == theirs.get(rows), f"{name}: {ours[rows]} rows, rdflib finds {theirs[rows]}"
        print(f"{name:22}{ours[name]:9.4f}s{theirs[name]:9.4f}s{theirs[name] / ours[name]:8.1f}×")
    print(f"{'peak memory':22}{ours['memory']:7.0f} MB{theirs['memory']:7.0f} MB")


if __name__ == "__main__":
    main()
