"""Triples of a KnowledgeGraph.

"Huawei warnt Duisburg" in the author's own voice is the triple kge:Huawei kgp:warnen kge:Duisburg, and a fact node that
leads to its sentence. "Huawei will Duisburg warnen" is the fact node alone: a plan is no plain triple.

Triples come in the order a person reads them, grouped by subject: documents, entities (names before concepts), the
vocabulary in use, facts, memberships, claims. There are no blank nodes, and every IRI is one that strict parsers take.
They are made one by one while a file is written, and are never in memory all at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph

from kg.errors import FormatError
from kg.ontology import prefixes
from kg.rdf.describe import Description
from kg.rdf.rdflib_terms import new_graph, triple_for_rdflib
from kg.rdf.terms import Placed, Statement
from kg.records import LEVELS

if TYPE_CHECKING:
    import rdflib

    from kg.graph.graph import Graph

    Triple: TypeAlias = tuple[rdflib.URIRef, rdflib.URIRef, rdflib.URIRef | rdflib.Literal]


def check_level(level: str) -> None:
    """Raise FormatError for a level there is not."""
    if level not in LEVELS:
        *most, last = LEVELS
        raise FormatError(f"level {level}: there is no such level of detail; use {', '.join(most)} or {last}")


def statements(graph: Graph, level: str = "claims", *, rdf12: bool = False) -> Iterator[Statement]:
    """Yield each triple once, grouped by subject, in the same order on every machine; the terms are pyoxigraph's.

    `rdf12` adds to each fact the triple that it reifies, as a triple term of RDF 1.2.
    """
    return (placed[:3] for placed in placed_with_prefixes(graph, level, rdf12=rdf12, named=False)[1])


def placed_statements(graph: Graph, level: str = "claims", *, rdf12: bool = False) -> Iterator[Placed]:
    """Yield the triples with their named graphs: what a document says stands in the graph of that document.

    Its claims and their evidence stand there alone; the direct triples of its facts there and in the default graph,
    which is the sum of all documents.
    """
    return placed_with_prefixes(graph, level, rdf12=rdf12)[1]


def placed_with_prefixes(
    graph: Graph, level: str = "claims", *, rdf12: bool = False, named: bool = True
) -> tuple[dict[str, str], Iterator[Placed]]:
    """The prefixes of what a graph becomes at a level, with their namespaces, and the triples of `placed_statements`.

    If graphs are not `named`, all stands in the default graph.
    """
    check_level(level)
    if level == "full" and not all(claim.is_located for claim in graph.claims):
        raise FormatError(
            "level full: the graph is from RDF that does not tell which words of a sentence say what; "
            "take its .kg store, or RDF of level full"
        )
    description = Description(graph, level, rdf12)
    return description.prefixes(named), description.all(named)


def triples(graph: Graph, level: str = "claims") -> Iterator[Triple]:
    """Yield the triples of `statements` as terms of rdflib."""
    known: dict[pyoxigraph.NamedNode, rdflib.URIRef] = {}
    for statement in statements(graph, level):
        yield triple_for_rdflib(statement, known)


def to_rdflib(graph: Graph, level: str = "claims") -> rdflib.Graph:
    """The triples as an rdflib Graph with the prefixes of `ontology.prefixes` bound."""
    found = new_graph(prefixes(graph.base_iri))
    for triple in triples(graph, level):
        found.add(triple)
    return found
