"""Triples of a KnowledgeGraph.

"Huawei warnt Duisburg" in the author's own voice is the triple kge:Huawei kgp:warnen kge:Duisburg, and a fact node that
leads to its sentence. "Huawei will Duisburg warnen" is the fact node alone: a plan is no plain triple.

Triples come in the order a person reads them, grouped by subject: documents, entities (names before concepts), the
vocabulary in use, facts, claims. There are no blank nodes, and every IRI is one that strict parsers take.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

import rdflib
from rdflib import Literal, URIRef
from rdflib.namespace import XSD

from kg.errors import FormatError
from kg.ontology import CLASSES, TYPE_LABELS, expand, iri_safe, kinds, prefixes, relation
from kg.query import new_graph
from kg.records import Claim, Document, Entity, Fact
from kg.wording import fact_label, one_line, predicate_label

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

Triple: TypeAlias = tuple[URIRef, URIRef, URIRef | Literal]

LEVELS = ("plain", "claims")
"""How much of a graph becomes triples: labels and direct triples, or the facts with their evidence too."""

# The terms of our own that the triples use: kind, German and English label.
_CLASS, _PROPERTY = "rdfs:Class", "rdf:Property"
_TERMS = {
    "kg:Claim": (_CLASS, "Aussage", "claim"),
    "kg:Fact": (_CLASS, "Fakt", "fact"),
    "kg:end": (_PROPERTY, "Ende im Text", "end offset"),
    "kg:evidence": (_PROPERTY, "belegt durch", "evidence"),
    "kg:modality": (_PROPERTY, "Modalität", "modality"),
    "kg:names": (_PROPERTY, "nennt", "names"),
    "kg:polarity": (_PROPERTY, "Polarität", "polarity"),
    "kg:sentence": (_PROPERTY, "Satz", "sentence"),
    "kg:speaker": (_PROPERTY, "Sprecher", "speaker"),
    "kg:start": (_PROPERTY, "Anfang im Text", "start offset"),
    "kg:validFrom": (_PROPERTY, "gültig ab", "valid from"),
    "kg:validUntil": (_PROPERTY, "gültig bis", "valid until"),
    "kg:weight": (_PROPERTY, "Zahl der Dokumente", "number of documents"),
}

# Addresses from outside that rdflib and pyoxigraph both take as IRIs: narrower than RFC 3987, so that none is refused.
_IRI = re.compile(
    r"https?://[\w.-]+(:\d+)?(/([\w\-.~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})*)?"
    r"(\?([\w\-.~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*)?(#([\w\-.~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*)?"
)

_DATES = {
    XSD.date: re.compile(r"\d{4}-\d\d-\d\d", re.ASCII),
    XSD.gYearMonth: re.compile(r"\d{4}-\d\d", re.ASCII),
    XSD.gYear: re.compile(r"\d{4}", re.ASCII),
}


def check_level(level: str) -> None:
    """Raise FormatError for a level there is not."""
    if level not in LEVELS:
        raise FormatError(f"level {level}: there is no such level of detail; use {' or '.join(LEVELS)}")


def triples(graph: KnowledgeGraph, level: str = "claims") -> Iterator[Triple]:
    """Yield each triple once, grouped by subject, in the same order on every machine."""
    check_level(level)
    return _Describer(graph).all(level)


def to_rdflib(graph: KnowledgeGraph, level: str = "claims") -> rdflib.Graph:
    """The triples as an rdflib Graph with the prefixes of `ontology.prefixes` bound."""
    found = new_graph()
    for prefix, namespace in prefixes(graph.base_iri).items():
        found.bind(prefix, namespace)
    for triple in triples(graph, level):
        found.add(triple)
    return found


def date_literal(text: str) -> Literal:
    """An ISO date with the type that its precision has; a text that is no date stays a text.

    >>> date_literal("2018-01").n3(), date_literal("2018-02-30").n3()
    ('"2018-01"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>', '"2018-02-30"')
    """
    for kind, pattern in _DATES.items():
        if pattern.fullmatch(text):
            try:
                date.fromisoformat((text + "-01-01")[:10])
            except ValueError:
                break
            return Literal(text, datatype=kind, normalize=False)
    return Literal(text)


def text_literal(text: str) -> Literal:
    """German text; what has no letter ("2018", "13,5 %") is of no language."""
    return Literal(text, lang="de") if any(map(str.isalpha, text)) else Literal(text)


def is_iri(text: str) -> bool:
    """Whether an address from outside can stand as an IRI."""
    return _IRI.fullmatch(text) is not None


class _Describer:
    """Describes one graph's records as triples; knows the base IRI and what leads to what."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.graph = graph
        self._known: dict[str, URIRef] = {}
        self._direct: dict[str, list[Fact]] = defaultdict(list)
        for fact in graph.facts:
            if fact.direct:
                self._direct[fact.subject].append(fact)

    def all(self, level: str) -> Iterator[Triple]:
        graph = self.graph
        whole = level == "claims"
        if whole:
            for document in graph.documents:
                yield from self.document(document)
        for entity in sorted(graph.entities, key=lambda e: (not e.named, e.type, e.label, e.id)):
            yield from self.entity(entity)
        yield from self.vocabulary(whole)
        if whole:
            for fact in self._facts():
                yield from self.fact(fact)
            for claim in self._claims():
                yield from self.claim(claim)

    def iri(self, compact: str) -> URIRef:
        """The IRI of a compact one; a "#" in our own names is encoded, since an IRI holds one at most."""
        if compact not in self._known:
            prefix, _, local = compact.partition(":")
            namespace = expand(f"{prefix}:", self.graph.base_iri)
            self._known[compact] = URIRef(namespace + iri_safe(local).replace("#", "%23"))
        return self._known[compact]

    def claim_iri(self, claim: Claim) -> URIRef:
        """The document, the offset of the sentence, and a digest that tells its claims apart."""
        said = claim.predicate
        who = claim.speaker.start if claim.speaker else None
        ends = (claim.subject.start, claim.subject.end, claim.object.start, claim.object.end)
        key = (claim.sentence.end, *ends, said.iri, said.lemma, said.spans, claim.polarity, claim.modality, who)
        digest = hashlib.sha256(repr(key).encode("utf-8", "backslashreplace")).hexdigest()[:8]
        return self.iri(f"kgc:{claim.doc}_{claim.sentence.start}_{digest}")

    def document(self, document: Document) -> Iterator[Triple]:
        about = self.iri(f"kgd:{document.id}")
        yield from self._typed(about, "schema:Article", "prov:Entity")
        yield about, self.iri("rdfs:label"), text_literal(one_line(document.title) or document.id)
        yield about, self.iri("dcterms:identifier"), Literal(document.id)
        if document.title:
            yield about, self.iri("dcterms:title"), text_literal(document.title)
        if document.date:
            yield about, self.iri("dcterms:date"), date_literal(document.date)
        if document.publisher:
            yield about, self.iri("dcterms:publisher"), text_literal(document.publisher)
        if document.url:
            yield about, self.iri("dcterms:source"), _address(document.url)

    def entity(self, entity: Entity) -> Iterator[Triple]:
        about = self.iri(f"kge:{entity.id}")
        kind = kinds().get((entity.type, entity.kind))
        yield from self._typed(about, CLASSES[entity.type], *((kind.class_,) if kind else ()))
        yield about, self.iri("rdfs:label"), text_literal(entity.label)
        for alias in entity.aliases:
            yield about, self.iri("skos:altLabel"), text_literal(alias)
        if entity.description:
            yield about, self.iri("schema:description"), text_literal(entity.description)
        for part in entity.parts:
            yield about, self.iri("kg:names"), self.iri(f"kge:{part}")
        for same in entity.same_as:
            yield about, self.iri("owl:sameAs" if is_iri(same) else "schema:sameAs"), _address(same)
        for fact in sorted(self._direct[entity.id], key=lambda f: (f.predicate, f.object, f.literal)):
            yield about, self.iri(fact.predicate), self.object(fact)

    def vocabulary(self, whole: bool) -> Iterator[Triple]:
        """The classes and properties in use, each with its labels."""
        for kind in sorted({entity.type for entity in self.graph.entities}):
            yield from self._term(CLASSES[kind], _CLASS, *TYPE_LABELS[kind])
        for type_, name in sorted({(entity.type, entity.kind) for entity in self.graph.entities} & kinds().keys()):
            finer = kinds()[type_, name]
            yield from self._term(finer.class_, _CLASS, finer.de, finer.en)
            yield self.iri(finer.class_), self.iri("rdfs:subClassOf"), self.iri(CLASSES[type_])
        own = _TERMS if whole else ("kg:names",) if any(entity.parts for entity in self.graph.entities) else ()
        for name in own:
            yield from self._term(name, *_TERMS[name])
            if name == "kg:Fact":
                yield self.iri(name), self.iri("rdfs:subClassOf"), self.iri("rdf:Statement")
        yield from self.predicates(fact for fact in self.graph.facts if whole or fact.direct)

    def predicates(self, facts: Iterable[Fact]) -> Iterator[Triple]:
        """The predicates of some facts; an open one is called by its lemmas."""
        labels: dict[str, set[str]] = defaultdict(set)
        for fact in facts:
            labels[fact.predicate].add(predicate_label(fact))
        for predicate in sorted(labels):
            known = relation(predicate)
            first, *others = sorted(labels[predicate])
            yield from self._term(predicate, _PROPERTY, first, known.en if known else "")
            for label in others:
                yield self.iri(predicate), self.iri("rdfs:label"), text_literal(label)

    def fact(self, fact: Fact) -> Iterator[Triple]:
        about = self.iri(f"kgf:{fact.id}")
        yield from self._typed(about, "kg:Fact", "rdf:Statement")
        yield about, self.iri("rdfs:label"), text_literal(fact_label(self.graph, fact))
        yield about, self.iri("rdf:subject"), self.iri(f"kge:{fact.subject}")
        yield about, self.iri("rdf:predicate"), self.iri(fact.predicate)
        yield about, self.iri("rdf:object"), self.object(fact)
        yield about, self.iri("kg:polarity"), Literal(fact.polarity)
        yield about, self.iri("kg:modality"), Literal(fact.modality)
        if fact.speaker:
            yield about, self.iri("kg:speaker"), self.iri(f"kge:{fact.speaker}")
        if fact.since:
            yield about, self.iri("kg:validFrom"), date_literal(fact.since)
        if fact.until:
            yield about, self.iri("kg:validUntil"), date_literal(fact.until)
        yield about, self.iri("kg:weight"), Literal(fact.weight)
        for claim in dict.fromkeys(map(self.claim_iri, fact.claims)):
            yield about, self.iri("kg:evidence"), claim
        for doc in sorted({claim.doc for claim in fact.claims}):
            yield about, self.iri("prov:wasDerivedFrom"), self.iri(f"kgd:{doc}")

    def claim(self, claim: Claim) -> Iterator[Triple]:
        about = self.claim_iri(claim)
        label = " – ".join((claim.subject.text, claim.predicate.text, claim.object.text))
        yield from self._typed(about, "kg:Claim")
        yield about, self.iri("rdfs:label"), text_literal(one_line(label))
        yield about, self.iri("kg:sentence"), text_literal(claim.sentence.text)
        yield about, self.iri("kg:start"), Literal(claim.sentence.start)
        yield about, self.iri("kg:end"), Literal(claim.sentence.end)
        yield about, self.iri("prov:wasDerivedFrom"), self.iri(f"kgd:{claim.doc}")

    def object(self, fact: Fact) -> URIRef | Literal:
        return self.iri(f"kge:{fact.object}") if fact.object else text_literal(fact.literal)

    def _facts(self) -> list[Fact]:
        """Facts as one looks them up: by the label of the subject, then the predicate."""
        entities = self.graph.entities_by_id
        return sorted(self.graph.facts, key=lambda f: (entities[f.subject].label, f.subject, f.predicate, f.id))

    def _claims(self) -> list[Claim]:
        """The claims behind the facts, in the order of the texts, each once."""
        found = {self.claim_iri(claim): claim for fact in self.graph.facts for claim in fact.claims}
        return [found[iri] for iri in sorted(found, key=lambda i: (found[i].doc, found[i].sentence.start, i))]

    def _term(self, name: str, kind: str, german: str, english: str) -> Iterator[Triple]:
        about = self.iri(name)
        yield from self._typed(about, kind)
        yield about, self.iri("rdfs:label"), Literal(german, lang="de")
        if english:
            yield about, self.iri("rdfs:label"), Literal(english, lang="en")

    def _typed(self, about: URIRef, *classes: str) -> Iterator[Triple]:
        for name in classes:
            yield about, self.iri("rdf:type"), self.iri(name)


def _address(text: str) -> URIRef | Literal:
    return URIRef(text) if is_iri(text) else Literal(text)
