"""RDF/XML, for tools that know no other RDF: "<schema:Person rdf:about="…/Sören_Link">".

It cannot hold all that RDF can: a predicate has to end in an XML name, and a text may have no control characters but
tab and line end. Such a graph is refused, since a file with less in it would be no copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from pyoxigraph import Literal, RdfFormat, Triple, serialize

from kg.errors import FormatError
from kg.ontology import prefixes
from kg.rdf import statements

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

# All that the production Char of XML 1.0 leaves out, and the carriage return, which XML reads as a line feed.
_FORBIDDEN = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME_AT_END = re.compile(r"[^\W\d][\w.\-]*$")


def write(graph: KnowledgeGraph, stream: BinaryIO, level: str) -> None:
    """Write the triples of a graph as RDF/XML. Raises FormatError for what it cannot hold."""
    serialize(_checked(graph, level), stream, RdfFormat.RDF_XML, prefixes=prefixes(graph.base_iri))


def _checked(graph: KnowledgeGraph, level: str) -> Iterator[Triple]:
    for subject, predicate, object in statements(graph, level):
        if not _NAME_AT_END.search(predicate.value):
            raise FormatError(f"{predicate}: RDF/XML has no place for this predicate; write .ttl or .jsonld")
        odd = _FORBIDDEN.search(object.value) if isinstance(object, Literal) else None
        if odd:
            where = f"a text of {subject} holds U+{ord(odd[0]):04X}"
            raise FormatError(f"{where}, for which RDF/XML has no place; write .ttl or .jsonld, or clean the text")
        yield Triple(subject, predicate, object)
