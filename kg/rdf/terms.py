"""The terms of our triples: kge:Sören_Link is <https://kg.example/entity/Sören_Link>, "2018-01" an xsd:gYearMonth.

An id becomes the end of an IRI by percent-encoding alone, so that every IRI gives its id back. Terms are those of
pyoxigraph, which makes and writes a million of them in seconds.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date
from decimal import Decimal
from typing import TypeAlias
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, Triple

from kg.ontology import expand, iri_safe, is_whole, prefixes
from kg.records import Claim

Object: TypeAlias = NamedNode | Literal | Triple
"""What can be the object of a statement of ours; a Triple in RDF 1.2 alone."""

Statement: TypeAlias = tuple[NamedNode, NamedNode, Object]
"""Subject, predicate, object."""

Placed: TypeAlias = tuple[NamedNode, NamedNode, Object, NamedNode | None]
"""A statement and the named graph it stands in, None for the default graph."""

XSD = expand("xsd:")
DECIMAL, NATURAL = NamedNode(f"{XSD}decimal"), NamedNode(f"{XSD}nonNegativeInteger")
MOMENT = NamedNode(f"{XSD}dateTime")

# Addresses from outside that rdflib and pyoxigraph both take as IRIs: narrower than RFC 3987, so that none is refused.
_IRI = re.compile(
    r"https?://[\w.-]+(:\d+)?(/([\w\-.~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})*)?"
    r"(\?([\w\-.~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*)?(#([\w\-.~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*)?"
)

_DATES = {
    NamedNode(f"{XSD}date"): re.compile(r"\d{4}-\d\d-\d\d", re.ASCII),
    NamedNode(f"{XSD}gYearMonth"): re.compile(r"\d{4}-\d\d", re.ASCII),
    NamedNode(f"{XSD}gYear"): re.compile(r"\d{4}", re.ASCII),
}


def decimal(value: float) -> Literal:
    """A number as people write it: 0.9, 0.00001."""
    return Literal(f"{Decimal(repr(value)):f}", datatype=DECIMAL)


def date_literal(text: str) -> Literal:
    """An ISO date with the type that its precision has; a text that is no date stays a text.

    >>> str(date_literal("2018-01")), str(date_literal("2018-02-30"))
    ('"2018-01"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>', '"2018-02-30"')
    """
    for kind, pattern in _DATES.items():
        if pattern.fullmatch(text):
            try:
                date.fromisoformat((text + "-01-01")[:10])
            except ValueError:
                break
            return Literal(text, datatype=kind)
    return Literal(text)


def text_literal(text: str) -> Literal:
    """German text; what has no letter ("2018", "13,5 %") is of no language."""
    return Literal(text, language="de") if any(map(str.isalpha, text)) else Literal(text)


def address(text: str) -> NamedNode | Literal:
    """An address from outside: an IRI where it can be one, else a text."""
    return NamedNode(text) if is_iri(text) else Literal(text)


def is_iri(text: str) -> bool:
    """Whether an address from outside can stand as an IRI."""
    return _IRI.fullmatch(text) is not None


class Iris:
    """The IRIs of one graph's records and of the vocabulary, under its base IRI.

    >>> Iris("https://kg.example/")("kge:Sören_Link").value
    'https://kg.example/entity/Sören_Link'
    """

    def __init__(self, base_iri: str) -> None:
        self.base_iri = base_iri
        self._known: dict[str, NamedNode] = {}
        self._short: dict[NamedNode, str] = {}
        self._spaces = prefixes(base_iri)

    def __call__(self, compact: str) -> NamedNode:
        """The IRI of a compact one, remembered: for the vocabulary, entities and documents."""
        if compact not in self._known:
            self._known[compact] = self.once(compact)
        return self._known[compact]

    def once(self, compact: str) -> NamedNode:
        """The IRI of a compact one; a "#" in our own names is encoded, since an IRI holds one at most."""
        if is_whole(compact):
            return NamedNode(compact)
        prefix, _, local = compact.partition(":")
        return NamedNode(self._spaces[prefix] + iri_safe(local).replace("#", "%23"))

    def of_claim(self, claim: Claim) -> NamedNode:
        """The document, the offset of the sentence, and a digest that tells its claims apart."""
        said = claim.predicate
        who = claim.speaker.start if claim.speaker else None
        thing = (claim.object.start, claim.object.end) if claim.object else (None, None)
        ends = (claim.subject.start, claim.subject.end, *thing)
        roles = ((r.role, r.preposition, r.argument.start, r.argument.end) for r in claim.roles)
        how = (claim.polarity, claim.modality, who)
        when = (claim.time.start, claim.time.end, claim.time.since, claim.time.until) if claim.time else ()
        key = (claim.sentence.end, *ends, said.iri, said.lemma, said.spans, *how, *roles, *when)
        digest = hashlib.sha256(repr(key).encode("utf-8", "backslashreplace")).hexdigest()[:8]
        return self.once(f"kgc:{claim.doc}_{claim.sentence.start}_{digest}")

    def of_place(self, prefix: str, doc: str, start: int, end: int) -> NamedNode:
        """The IRI of what stands at two offsets of a document: a span or a mention."""
        return self.once(f"{prefix}:{doc}_{start}-{end}")

    def compact(self, iri: NamedNode) -> str:
        """The compact form of a term of the vocabulary, remembered; the whole IRI where no prefix fits.

        >>> iris = Iris("https://kg.example/")
        >>> iris.compact(iris("kgp:50%_halten"))
        'kgp:50%_halten'
        """
        if iri not in self._short:
            fitting = ((prefix, space) for prefix, space in self._spaces.items() if iri.value.startswith(space))
            prefix, space = next(fitting, ("", ""))
            self._short[iri] = f"{prefix}:{unquote(iri.value.removeprefix(space))}" if prefix else iri.value
        return self._short[iri]

    def local(self, prefix: str, iri: NamedNode) -> str:
        """The id behind one of our prefixes, which may hold slashes ("zeitung/huawei.txt")."""
        return unquote(iri.value.removeprefix(self._spaces[prefix]))
