"""JSON-LD: a list of plain objects, {"id": "kge:Sören_Link", "type": "schema:Person", "label": "Sören Link"}.

A program that knows no RDF reads it as JSON; the context on top (`kg/ontology/context.json`, with our prefixes) makes
it RDF. Bare strings are German. One object is made and written at a time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

from pyoxigraph import Literal, NamedNode

from kg.formats.triples.lengths import fitting
from kg.rdf import placed_with_prefixes
from kg.rdf.terms import XSD, Iris, Object, Placed

if TYPE_CHECKING:
    from kg.graph.graph import Graph


# Integers up to here are the same for every reader of JSON, RFC 8259 §6.
_LARGEST = 2**53 - 1

Key: TypeAlias = tuple[str, str | None]
"""The key of a predicate, and what the context says of bare strings below it: "@id", a datatype, "de" or None."""


def write(graph: Graph, stream: BinaryIO, level: str) -> None:
    """Write the triples of a graph as JSON-LD."""
    namespaces, found = placed_with_prefixes(graph, level, named=False)
    context = {key: said for key, said in _vocabulary().items() if _prefix(said) in ("", *namespaces)} | namespaces
    heads = [f"  {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in context.items()]
    stream.write('{{"@context": {{\n{}\n}},\n"@graph": ['.format(",\n".join(heads)).encode())
    nodes = _Nodes(graph.base_iri, namespaces)
    between = "\n"
    for subject, said in groupby(fitting(found, ".jsonld"), key=itemgetter(0)):
        lines = json.dumps(nodes.node(subject, said), ensure_ascii=False, indent=2).split("\n")
        stream.write((between + "\n".join(f"  {line}" for line in lines)).encode())
        between = ",\n"
    stream.write(b"\n]}\n")


@cache
def _vocabulary() -> Mapping[str, Any]:
    context: Mapping[str, Any] = json.loads(files("kg.ontology").joinpath("context.json").read_text(encoding="utf-8"))
    return context


class _Nodes:
    """Statements as JSON objects in our context."""

    def __init__(self, base_iri: str, namespaces: Mapping[str, str]) -> None:
        iris = Iris(base_iri)
        self._prefixes = sorted(((uri, prefix) for prefix, uri in namespaces.items()), reverse=True)
        self._keys: dict[NamedNode, Key] = {}
        for key, said in _vocabulary().items():
            if _prefix(said):
                self._keys[iris(_iri(said))] = (key, _coercion(said))
        self._keys[iris("rdf:type")] = ("type", "@id")

    def node(self, subject: NamedNode, said: Iterable[Placed]) -> dict[str, Any]:
        """All that is said of a subject as one object; what is said once stands without brackets."""
        found: dict[str, Any] = {"id": self._short(subject)}
        for predicate, members in groupby(said, key=itemgetter(1)):
            key, bare = self._keys.get(predicate) or (self._short(predicate), "de")
            values = [self._value(member[2], bare) for member in members]
            found[key] = values[0] if len(values) == 1 else values
        return found

    def _value(self, term: Object, bare: str | None) -> Any:
        """A term as JSON; `bare` is what a bare string means at this place."""
        if isinstance(term, NamedNode):
            return self._short(term) if bare == "@id" else {"id": self._short(term)}
        assert isinstance(term, Literal)  # JSON-LD has no triple terms
        if term.language:
            return term.value if term.language == bare else {"@value": term.value, "@language": term.language}
        kind = term.datatype.value.removeprefix(XSD)
        if kind == "string":
            return term.value if bare is None else {"@value": term.value}
        if kind == "boolean":
            return term.value == "true"
        if kind == "integer" and term.value == str(int(term.value)) and abs(int(term.value)) <= _LARGEST:
            return int(term.value)
        return term.value if bare == f"xsd:{kind}" else {"@value": term.value, "@type": f"xsd:{kind}"}

    def _short(self, iri: NamedNode) -> str:
        """The IRI with its prefix; one whose rest looks like the "//" of a whole IRI stays whole."""
        for namespace, prefix in self._prefixes:
            if iri.value.startswith(namespace) and not iri.value.startswith("//", len(namespace)):
                return f"{prefix}:{iri.value[len(namespace) :]}"
        return iri.value


def _iri(said: str | Mapping[str, Any]) -> str:
    """What a key of the context stands for: a compact IRI, or "@id", "@type" and the language of bare strings."""
    return said if isinstance(said, str) else said["@id"]


def _prefix(said: str | Mapping[str, Any]) -> str:
    head, colon, _ = _iri(said).partition(":")
    return head if colon else ""


def _coercion(said: str | Mapping[str, Any]) -> str | None:
    if isinstance(said, str):
        return "de"
    kind: str | None = said.get("@type", said.get("@language"))
    return kind
