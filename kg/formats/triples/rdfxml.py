"""RDF/XML, for tools that know no other RDF: "<schema:Person rdf:about="…/Sören_Link">".

It cannot hold all that RDF can. What XML has no place for becomes U+FFFD, as in .graphml. A predicate has to end in a
name of XML: a graph with another one is refused, since a file without it would be no copy.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING, BinaryIO, cast

from pyoxigraph import RdfFormat, Triple, serialize

from kg.errors import FormatError
from kg.ontology import prefixes
from kg.rdf import statements
from kg.system.xml import mended, without_halves

if TYPE_CHECKING:
    from kg.graph.graph import Graph

# What a name of XML is made of, looked for from the end, and what one may begin with.
_OF_NAMES = re.compile(r"[\w.\-]*")
_FIRST = re.compile(r"[^\W\d]")


def write(graph: Graph, stream: BinaryIO, level: str) -> None:
    """Write the triples of a graph as RDF/XML. Raises FormatError for what it cannot hold."""
    try:
        _write(graph, stream, level)
    except ValueError:
        whole = without_halves(graph)
        if whole == graph:
            raise
        stream.seek(0)
        stream.truncate()
        _write(whole, stream, level)


def _write(graph: Graph, stream: BinaryIO, level: str) -> None:
    triples = (check_predicate(Triple(*statement)) for statement in statements(graph, level))
    output = cast(BinaryIO, _Mended(stream))  # pyoxigraph asks no more of a stream than to write and flush
    serialize(triples, output, RdfFormat.RDF_XML, prefixes=prefixes(graph.base_iri))


class _Mended:
    """A stream that takes what pyoxigraph writes as XML, and writes XML."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decoder = getincrementaldecoder("utf-8")()

    def write(self, data: bytes) -> int:
        self._stream.write(mended(self._decoder.decode(data)).encode())
        return len(data)

    def flush(self) -> None:
        self._stream.flush()


def check_predicate(triple: Triple) -> Triple:
    """The triple. Raises FormatError for a predicate that is no name of XML."""
    end = _OF_NAMES.match(triple.predicate.value[::-1])
    if end is None or not _FIRST.search(end[0]):
        raise FormatError(f"{triple.predicate}: RDF/XML has no place for this predicate; take Turtle or JSON-LD")
    return triple
