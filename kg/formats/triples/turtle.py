"""Turtle to read: "kge:Sören_Link a schema:Person ; rdfs:label …", one paragraph for each subject.

It is written line by line as the triples come, in their order. A name that Turtle could not hold without escapes stays
a whole IRI. TriG, where each document has a graph of its own, is the same with braces around the paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, BinaryIO, cast

from pyoxigraph import Literal, NamedNode, Triple

from kg.formats.triples.lengths import fitting
from kg.ontology import expand
from kg.rdf import placed_with_prefixes
from kg.rdf.terms import XSD, Object, Placed

if TYPE_CHECKING:
    from kg.graph.graph import Graph

# Characters of PN_LOCAL, Turtle 1.1 §6.5: a name of these needs no escape. Dots inside are allowed, at the ends not.
_BASE = (
    "A-Za-zÀ-ÖØ-öø-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff"
    "\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LOCAL = re.compile(rf"(?:[{_BASE}_0-9](?:[{_BASE}_0-9\-·\u0300-\u036f\u203f\u2040.]*[{_BASE}_0-9\-])?)?")

_TYPE = NamedNode(expand("rdf:type"))
_STRING = NamedNode(f"{XSD}string")

# Literals that stand bare: their types, and the forms of them that read back as they are.
_BARE = {
    NamedNode(f"{XSD}{kind}"): re.compile(pattern)
    for kind, pattern in (("integer", r"\d+"), ("decimal", r"\d+\.\d+"), ("boolean", "true|false"))
}

# How many IRIs keep their names in mind; the vocabulary and most entities are among the last so many.
_REMEMBERED = 1 << 16


def write(graph: Graph, stream: BinaryIO, level: str, *, rdf12: bool = False) -> None:
    """Write the triples of a graph as Turtle; `rdf12` lets facts reify triple terms."""
    namespaces, found = placed_with_prefixes(graph, level, rdf12=rdf12, named=False)
    write_paragraphs(namespaces, fitting(found, ".ttl"), stream)


def write_paragraphs(namespaces: Mapping[str, str], found: Iterable[Placed], stream: BinaryIO) -> None:
    """Write statements as paragraphs, those of one subject and graph together if they come together."""
    heads = [f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in namespaces.items()]
    stream.write("".join(heads).encode())
    layout = _Layout(namespaces)
    for graph, said in groupby(found, key=itemgetter(3)):
        if graph is not None:
            stream.write(f"\n{layout.name(graph)} {{".encode())
        for paragraph in layout.paragraphs(said, "" if graph is None else "    "):
            stream.write(paragraph.encode())
        if graph is not None:
            stream.write(b"}\n")


class _Layout:
    """Terms and paragraphs as text, with the names that some prefixes give."""

    def __init__(self, namespaces: Mapping[str, str]) -> None:
        self._prefixes = {namespace: prefix for prefix, namespace in namespaces.items()}
        self.name = lru_cache(_REMEMBERED)(self._shorten)

    def paragraphs(self, found: Iterable[Placed], indent: str) -> Iterator[str]:
        """Yield a paragraph for each subject: its predicates below each other, and the objects of each."""
        for subject, said in groupby(found, key=itemgetter(0)):
            lines = [
                f"{self._verb(predicate)} " + f",\n{indent}        ".join([self._term(member[2]) for member in members])
                for predicate, members in groupby(said, key=itemgetter(1))
            ]
            body = f" ;\n{indent}    ".join(lines)
            yield f"\n{indent}{self.name(subject)} {body} .\n"

    def _verb(self, predicate: NamedNode) -> str:
        return "a" if predicate == _TYPE else self.name(predicate)

    def _term(self, term: Object) -> str:
        if isinstance(term, NamedNode):
            return self.name(term)
        if isinstance(term, Triple):
            object = cast(Object, term.object)  # no blank node: kg makes none
            return f"<<( {self.name(term.subject)} {self.name(term.predicate)} {self._term(object)} )>>"
        if term.language:
            return str(term)
        kind = term.datatype
        if kind == _STRING:
            return str(term)
        if kind in _BARE and _BARE[kind].fullmatch(term.value):
            return term.value
        return f"{Literal(term.value)}^^{self.name(kind)}"

    def _shorten(self, iri: NamedNode) -> str:
        cut = max(iri.value.rfind("#"), iri.value.rfind("/")) + 1
        prefix = self._prefixes.get(iri.value[:cut])
        fits = prefix is not None and _LOCAL.fullmatch(iri.value, cut)
        return f"{prefix}:{iri.value[cut:]}" if fits else str(iri)
