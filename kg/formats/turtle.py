"""Turtle to read: "kge:Sören_Link a schema:Person ; rdfs:label …", one paragraph for each subject.

rdflib's serializer writes it, but in the order of our triples instead of its own, with the prefixes that occur and
no others. A name that Turtle could not hold without escapes stays a whole IRI.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, BinaryIO

from rdflib import Graph, Literal, URIRef
from rdflib.plugins.serializers.turtle import OBJECT, SUBJECT, VERB, TurtleSerializer

from kg.ontology import prefixes
from kg.rdf import Triple, triples

if TYPE_CHECKING:
    from rdflib.term import Node

    from kg.graph import KnowledgeGraph

# Characters of PN_LOCAL, Turtle 1.1 §6.5: a name of these needs no escape. Dots inside are allowed, at the ends not.
_BASE = (
    "A-Za-zÀ-ÖØ-öø-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff"
    "\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LOCAL = re.compile(rf"(?:[{_BASE}_0-9](?:[{_BASE}_0-9\-·\u0300-\u036f\u203f\u2040.]*[{_BASE}_0-9\-])?)?")


def write(graph: KnowledgeGraph, stream: BinaryIO, level: str) -> None:
    """Write the triples of a graph as Turtle."""
    OrderedTurtle(triples(graph, level), prefixes(graph.base_iri)).serialize(stream)


class OrderedTurtle(TurtleSerializer):
    """Writes triples in the order they come in; those of one subject together."""

    def __init__(self, found: Iterable[Triple], namespaces: Mapping[str, str]) -> None:
        super().__init__(Graph(bind_namespaces="none"))
        self._prefixes = {namespace: prefix for prefix, namespace in namespaces.items()}
        self._names: dict[URIRef, str | None] = {}
        self._blocks: dict[URIRef, dict[URIRef, list[Node]]] = {}
        for subject, predicate, object in found:
            self._blocks.setdefault(subject, {}).setdefault(predicate, []).append(object)

    def preprocess(self) -> None:
        """Find the prefixes in use, which stand above everything else."""
        for subject, properties in self._blocks.items():
            self.label(subject, SUBJECT)
            for predicate, objects in properties.items():
                self.label(predicate, VERB)
                for object in objects:
                    if not isinstance(object, Literal) or object.datatype:
                        self.label(object, OBJECT)

    def orderSubjects(self) -> list[URIRef]:
        return list(self._blocks)

    def buildPredicateHash(self, subject: Node) -> Mapping[URIRef, list[Node]]:
        return self._blocks[subject]

    def sortProperties(self, properties: Mapping[URIRef, list[Node]]) -> list[URIRef]:
        return list(properties)

    def get_pname(self, uri: Node, gen_prefix: bool = True) -> str | None:
        """The prefixed name of an IRI, None where it has to be written in full."""
        if uri not in self._names:
            self._names[uri] = self._shorten(uri)
        return self._names[uri]

    def _shorten(self, uri: URIRef) -> str | None:
        cut = max(uri.rfind("#"), uri.rfind("/")) + 1
        prefix = self._prefixes.get(uri[:cut])
        if prefix is None or not _LOCAL.fullmatch(uri, cut):
            return None
        self.addNamespace(prefix, URIRef(uri[:cut]))
        return f"{prefix}:{uri[cut:]}"
