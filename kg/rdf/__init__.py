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
import rdflib

from kg.errors import FormatError
from kg.ontology import prefixes
from kg.query import new_graph
from kg.rdf.describe import describe
from kg.rdf.terms import Names, Placed, Statement
from kg.rdf.vocabulary import declarations

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

Triple: TypeAlias = tuple[rdflib.URIRef, rdflib.URIRef, rdflib.URIRef | rdflib.Literal]

LEVELS = ("plain", "claims", "full")
"""How much of a graph becomes triples: labels and direct triples, the facts and their sentences too, or all of it."""

# The prefixes that each level adds, beside those of the vocabulary in use.
_PREFIXES = (
    ("kg", "kge", "owl", "rdf", "rdfs", "schema", "skos"),
    ("dcterms", "kgc", "kgd", "kgf", "kgo", "org", "prov", "xsd"),
    ("kga", "kgm", "kgr", "kgs", "oa"),
)


def check_level(level: str) -> None:
    """Raise FormatError for a level there is not."""
    if level not in LEVELS:
        *most, last = LEVELS
        raise FormatError(f"level {level}: there is no such level of detail; use {', '.join(most)} or {last}")


def statements(graph: KnowledgeGraph, level: str = "claims", *, rdf12: bool = False) -> Iterator[Statement]:
    """Yield each triple once, grouped by subject, in the same order on every machine; the terms are pyoxigraph's.

    `rdf12` adds to each fact the triple that it reifies, as a triple term of RDF 1.2.
    """
    check_level(level)
    return (placed[:3] for placed in describe(graph, level, rdf12=rdf12))


def placed(
    graph: KnowledgeGraph, level: str = "claims", *, rdf12: bool = False, named: bool = True
) -> Iterator[Placed]:
    """Yield the triples with their named graphs: what a document says stands in the graph of that document.

    Its claims and their evidence stand there alone; the direct triples of its facts there and in the default graph,
    which is the sum of all documents. If graphs are not `named`, all stands in the default graph.
    """
    check_level(level)
    return describe(graph, level, rdf12=rdf12, named=named)


def triples(graph: KnowledgeGraph, level: str = "claims") -> Iterator[Triple]:
    """Yield the triples of `statements` as terms of rdflib."""
    known: dict[pyoxigraph.NamedNode, rdflib.URIRef] = {}
    for statement in statements(graph, level):
        yield tuple(for_rdflib(term, known) for term in statement)  # type: ignore[misc]


def to_rdflib(graph: KnowledgeGraph, level: str = "claims") -> rdflib.Graph:
    """The triples as an rdflib Graph with the prefixes of `ontology.prefixes` bound."""
    found = new_graph()
    for prefix, namespace in prefixes(graph.base_iri).items():
        found.bind(prefix, namespace)
    for triple in triples(graph, level):
        found.add(triple)
    return found


def prefixes_in_use(graph: KnowledgeGraph, level: str, *, named: bool = False) -> dict[str, str]:
    """The prefixes, with their namespaces, of what a graph becomes at a level; `named` if documents have graphs."""
    check_level(level)
    names = Names(graph.base_iri)
    declared = (term for statement in declarations(graph, names, level) for term in statement)
    own = {names.compact(term).partition(":")[0] for term in declared if isinstance(term, pyoxigraph.NamedNode)}
    used = own.union(*_PREFIXES[: LEVELS.index(level) + 1], ("kgd",) if named else ())
    return {prefix: namespace for prefix, namespace in prefixes(graph.base_iri).items() if prefix in used}


def for_rdflib(
    term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal,
    known: dict[pyoxigraph.NamedNode, rdflib.URIRef],
) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
    """A term as rdflib has it; IRIs are made once and kept in `known`, since most occur again and again."""
    if isinstance(term, pyoxigraph.NamedNode):
        if term not in known:
            known[term] = rdflib.URIRef(term.value)
        return known[term]
    if isinstance(term, pyoxigraph.BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    kind = term.datatype.value
    if kind == str(rdflib.XSD.string):
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(kind), normalize=False)
