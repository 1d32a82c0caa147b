"""Terms and graphs of rdflib for those of pyoxigraph: "Duisburg"@de as `rdflib.Literal("Duisburg", lang="de")`.

rdflib is imported when the first is asked for: it takes time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pyoxigraph

if TYPE_CHECKING:
    import rdflib


def new_graph(prefixes: Mapping[str, str]) -> rdflib.Graph:
    """An empty rdflib graph with some prefixes and no others.

    Its store is the one that keeps triples in the order they came in, so that a loop over it runs in the same order
    whatever the hash seed.
    """
    import rdflib

    found = rdflib.Graph(store="SimpleMemory", bind_namespaces="none")
    for prefix, namespace in prefixes.items():
        found.bind(prefix, namespace)
    return found


def triple_for_rdflib(triple: Iterable[Any], known: dict[pyoxigraph.NamedNode, rdflib.URIRef]) -> tuple[Any, Any, Any]:
    """Subject, predicate and object as rdflib has them; `known` as below. It has no triple terms of RDF 1.2."""
    subject, predicate, object = (for_rdflib(term, known) for term in triple)
    return subject, predicate, object


def for_rdflib(
    term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal,
    known: dict[pyoxigraph.NamedNode, rdflib.URIRef],
) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
    """A term as rdflib has it; IRIs are made once and kept in `known`, since most occur again and again."""
    import rdflib

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
