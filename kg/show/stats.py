"""What a graph holds, in numbers: "Person 12, Organization 9", counted from a KnowledgeGraph or from any RDF file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from kg.errors import visible
from kg.modalities import is_sure
from kg.store.absent import Unread, Withdrawal

if TYPE_CHECKING:
    import rdflib

    from kg.graph.graph import Graph

# Open predicates are many; a screen shows the most frequent.
_MOST = 20

Count: TypeAlias = tuple[str, str, int]
"""What is counted, which kind of it ("" for all of them), how many."""


def count_graph(graph: Graph) -> Iterator[Count]:
    """Yield the numbers of a KnowledgeGraph: documents, claims, entities by type, facts and roles by kind."""
    yield "documents", "", len(graph.documents)
    yield "mentions", "", sum(len(entity.mentions) for entity in graph.entities)
    yield "claims", "", len(graph.claims)
    yield "entities", "", len(graph.entities)
    yield from _by("entities", (entity.type for entity in graph.entities))
    yield "facts", "", len(graph.facts)
    yield "facts", "direct", sum(fact.direct for fact in graph.facts)
    yield "facts", "unsure", sum(not is_sure(fact.confidence, fact.risk) for fact in graph.facts)
    yield from _by("facts", (fact.polarity for fact in graph.facts))
    yield from _by("facts", (fact.modality for fact in graph.facts))
    yield "facts", "with a speaker", sum(bool(fact.speaker) for fact in graph.facts)
    yield from _by("roles", (role.role for fact in graph.facts for role in fact.roles))
    yield from _by("predicates", (fact.predicate for fact in graph.facts))


def count_triples(found: rdflib.Graph) -> Iterator[Count]:
    """Yield the numbers of an RDF graph: triples, subjects by class, and kg's facts where it holds some."""
    from rdflib import RDF, URIRef

    from kg.rdf.sparql.results import shortener

    yield "triples", "", len(found)
    yield "subjects", "", len(set(found.subjects()))
    short = shortener({prefix: str(space) for prefix, space in found.namespaces()})
    yield from _by("classes", (short(str(kind)) for kind in found.objects(None, RDF.type)))
    own = dict(found.namespaces()).get("kg", "")
    facts = set(found.subjects(RDF.type, URIRef(f"{own}Fact")))
    if facts:
        yield "facts", "", len(facts)
    for name in ("polarity", "modality"):
        values = (str(value) for fact in facts for value in found.objects(fact, URIRef(f"{own}{name}")))
        yield from _by("facts", values)
    yield from _by("predicates", (short(str(predicate)) for predicate in found.predicates()))


def count_lines(counts: Iterable[Count]) -> Iterator[str]:
    """Yield counts as aligned lines, kinds indented below the whole.

    >>> print(*count_lines([("facts", "", 12), ("facts", "negative", 3)]), sep="\\n")
    facts             12
      negative         3
    """
    rows: list[tuple[str, int | str]] = []
    group = ""
    for what, kind, number in counts:
        if kind and what != group:
            rows.append((what, ""))
        group = what
        rows.append((f"  {kind}" if kind else what, number))
    width = max((len(name) for name, _ in rows), default=0)
    yield from (f"{name:<{max(width, 12)}}{number:>8}".rstrip() for name, number in rows)


def absent_lines(unread: Mapping[str, Unread], withdrawn: Mapping[str, Withdrawal]) -> Iterator[str]:
    """Yield how many documents a store does not have, and of each why.

    >>> print(*absent_lines({}, {"brief": Withdrawal("Redaktion", "2024-05-31", "Irrtum")}), sep="\\n")
    withdrawn          1
      brief: on 2024-05-31 by Redaktion: Irrtum
    """
    why = {"not read": {id: what.error for id, what in unread.items()}}
    why["withdrawn"] = {id: what.told() for id, what in withdrawn.items()}
    for what, found in why.items():
        yield from count_lines([(what, "", len(found))] if found else [])
        yield from (
            visible(f"  {said if said.startswith(f'{id}: ') else f'{id}: {said}'}") for id, said in found.items()
        )


def _by(what: str, kinds: Iterable[str]) -> Iterator[Count]:
    """Yield how often each kind occurs, the most frequent first."""
    ranked = sorted(Counter(kinds).items(), key=lambda item: (-item[1], item[0]))
    for kind, number in ranked[:_MOST]:
        yield what, kind, number
    if ranked[_MOST:]:
        yield what, f"{len(ranked) - _MOST} others", sum(number for _, number in ranked[_MOST:])
