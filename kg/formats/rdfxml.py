"""RDF/XML, for tools that know no other RDF: "<schema:Person rdf:about="…/Sören_Link">".

It cannot hold all that RDF can. What XML has no place for becomes U+FFFD, as in .graphml. A predicate has to end in a
name of XML: a graph with another one is refused, since a file without it would be no copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from pyoxigraph import Literal, RdfFormat, Triple, serialize

from kg.errors import FormatError
from kg.formats.markup import allowed, without_halves
from kg.ontology import prefixes
from kg.rdf import statements

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

# What a name of XML is made of, looked for from the end, and what one may begin with.
_OF_NAMES = re.compile(r"[\w.\-]*")
_FIRST = re.compile(r"[^\W\d]")


def write(graph: KnowledgeGraph, stream: BinaryIO, level: str) -> None:
    """Write the triples of a graph as RDF/XML. Raises FormatError for what it cannot hold."""
    try:
        _write(graph, stream, level)
    except ValueError:
        mended = without_halves(graph)
        if mended == graph:
            raise
        stream.seek(0)
        stream.truncate()
        _write(mended, stream, level)


def _write(graph: KnowledgeGraph, stream: BinaryIO, level: str) -> None:
    serialize(_checked(graph, level), _Returns(stream), RdfFormat.RDF_XML, prefixes=prefixes(graph.base_iri))


class _Returns:
    """A stream that keeps carriage returns, which XML would read as line feeds."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, data: bytes) -> int:
        self._stream.write(data.replace(b"\r", b"&#13;"))
        return len(data)

    def flush(self) -> None:
        self._stream.flush()


def _checked(graph: KnowledgeGraph, level: str) -> Iterator[Triple]:
    for subject, predicate, object in statements(graph, level):
        if not _FIRST.search(_OF_NAMES.match(predicate.value[::-1])[0]):
            raise FormatError(f"{predicate}: RDF/XML has no place for this predicate; write .ttl or .jsonld")
        if isinstance(object, Literal) and (text := allowed(object.value)) != object.value:
            kind = {"language": object.language} if object.language else {"datatype": object.datatype}
            object = Literal(text, **kind)
        yield Triple(subject, predicate, object)
