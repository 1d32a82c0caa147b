"""What is written can be read: a document of 17 MB does not fit into Turtle, because no reader would take its text.

pyoxigraph reads a text, or a name, only up to so many bytes; RDF/XML alone has no such limit, nor has a .kg store.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import FormatError
from kg.rdf import statements

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.records import Claim

_TURTLE, _JSON = 16 << 20, 8 << 20

MOST_BYTES: Mapping[str, int] = {
    ".jsonld": _JSON,
    ".nq": _TURTLE,
    ".nt": _TURTLE,
    ".trig": _TURTLE,
    ".ttl": _TURTLE,
}
"""Suffix → how long a text may be when it is read, in bytes of the file. Found by trial with pyoxigraph 0.5.13."""

# What readers want beside the text itself.
_MARGIN = 64 << 10

# A character of four bytes in an IRI takes twelve; labels of facts and claims are put together from five texts at most.
_BYTES_FOR_EACH = 12
_TEXTS_IN_ONE = 5


def check_lengths(graph: KnowledgeGraph, suffix: str, level: str, where: str) -> None:
    """Raise FormatError for a graph with a text that is too long to be read from a file of that suffix.

    `where` names the file. Graphs with ordinary texts are soon done with; of others each triple is looked at.
    """
    most = MOST_BYTES.get(suffix, 0) - _MARGIN
    longest = max((len(text) for text in _texts(graph, level)), default=0)
    if most < 0 or longest * _BYTES_FOR_EACH * _TEXTS_IN_ONE <= most:
        return
    for subject, predicate, object in statements(graph, level):
        for term in (subject, object):
            if not isinstance(term, Triple) and (size := _size(term, suffix)) > most:
                about = "a name" if isinstance(term, NamedNode) else f"{predicate} of {str(subject)[:100]}"
                raise FormatError(f"{where}: {about} has {size / 1e6:.0f} MB, and {suffix} can be read up to "
                                  f"{most / 1e6:.0f} MB; write .rdf{_less(level)}, or shorten it")  # fmt: skip


def _less(level: str) -> str:
    return ", leave --level full out" if level == "full" else ""


def _size(term: NamedNode | Literal, suffix: str) -> int:
    """The bytes that a term takes in a file; not looked at closely where there cannot be many."""
    if len(term.value) * _BYTES_FOR_EACH < _JSON - _MARGIN:
        return 0
    if isinstance(term, NamedNode):
        return len(term.value.encode())
    text = json.dumps(term.value, ensure_ascii=False) if suffix == ".jsonld" else str(Literal(term.value))
    return len(text.encode())


def _texts(graph: KnowledgeGraph, level: str) -> Iterator[str]:
    """Yield the texts of which all others are parts or put together."""
    for document in graph.documents:
        yield from (document.id, document.title, document.publisher, document.url, document.date)
        if level == "full":
            yield document.text
    for entity in graph.entities:
        yield from (entity.id, entity.label, entity.description, *entity.aliases, *entity.same_as)
    for fact in graph.facts:
        yield from (fact.literal, fact.lemma, fact.predicate)
    for claim in graph.claims:
        yield from _texts_of_claim(claim)


def _texts_of_claim(claim: Claim) -> Iterator[str]:
    yield from (claim.sentence.text, claim.subject.text, claim.predicate.text, claim.object.text)
    yield from (part.text for part in (claim.speaker, claim.time) if part)
