"""No reader takes back a text of more than 16 MB from Turtle, or of more than 8 MB from JSON-LD; so none is written.

These limits are pyoxigraph's, of each text and each name; RDF/XML has none. The texts that kg reads are shorter, but
titles, old stores, and graphs that a program made may hold such a one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import FormatError
from kg.rdf.terms import Placed, Statement

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

# A character of four bytes takes twelve in an IRI: what has fewer characters than this fits everywhere.
_SHORT = (_JSON - _MARGIN) // 12

AnyStatement = TypeVar("AnyStatement", Statement, Placed)


def fitting(found: Iterable[AnyStatement], suffix: str) -> Iterator[AnyStatement]:
    """The same statements. Raises FormatError at one that has a term too long to be read from a file of that suffix."""
    checked = None
    for statement in found:
        subject, predicate, object = statement[:3]
        if subject is not checked:  # they come in groups
            checked = subject
            if len(subject.value) > _SHORT:
                _check(subject, "a name", suffix)
        # The parts of a triple term come as a statement of their own.
        if type(object) is not Triple and len(object.value) > _SHORT:
            _check(object, f"{predicate} of {str(subject)[:100]}", suffix)
        yield statement


def _check(term: NamedNode | Literal, about: str, suffix: str) -> None:
    size, most = _size(term, suffix), MOST_BYTES[suffix] - _MARGIN
    if size > most:
        raise FormatError(f"{about} has {size / 1e6:.0f} MB, and {suffix} can be read up to {most / 1e6:.0f} MB; "
                          "write .rdf, or shorten it")  # fmt: skip


def _size(term: NamedNode | Literal, suffix: str) -> int:
    """The bytes that a term takes in a file."""
    if isinstance(term, NamedNode):
        return len(term.value.encode())
    text = json.dumps(term.value, ensure_ascii=False) if suffix == ".jsonld" else str(Literal(term.value))
    return len(text.encode())
