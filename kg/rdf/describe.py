"""A graph's records as triples: what "Sören Link" is called, what is said of him, and where it says so.

Three levels of detail build on each other. Whatever leads from one record to another is an IRI of `terms.Iris`; the
evidence in full is in a module of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph.labels import fact_label
from kg.graph.verb_classes import classes_of
from kg.ontology import CLASSES, kinds, prefixes
from kg.rdf.evidence import Evidence
from kg.rdf.memberships import memberships
from kg.rdf.roles import filler_label, nodes_of_fact, roles_of_fact
from kg.rdf.terms import Iris, Placed, Statement, address, date_literal, decimal, text_literal
from kg.rdf.vocabulary import declarations
from kg.records import LEVELS, Claim, Document, Entity, Fact
from kg.system.characters import plain
from kg.system.text import one_line

if TYPE_CHECKING:
    from kg.graph.graph import Graph


# The prefixes that each level adds, beside those of the vocabulary in use.
_PREFIXES = {
    "plain": ("kg", "kge", "owl", "rdf", "rdfs", "schema", "skos"),
    "claims": ("dcterms", "kgc", "kgd", "kgf", "kgo", "org", "prov", "xsd"),
    "full": ("kga", "kgm", "kgr", "kgs", "oa"),
}


class Description:
    """One graph's records as triples, and the prefixes that go with them; knows the base IRI and what leads to what."""

    def __init__(self, graph: Graph, level: str, rdf12: bool = False) -> None:
        self.graph = graph
        self.level = level
        self.rdf12 = rdf12
        self.iri = Iris(graph.base_iri)
        self.evidence = Evidence(graph, self.iri) if level == "full" else None
        self.vocabulary = tuple(declarations(graph, self.iri, level))
        self._claims: dict[str, dict[NamedNode, Claim]] = defaultdict(dict)
        self._direct: dict[str, list[Fact]] = defaultdict(list)
        for fact in graph.facts:
            if fact.direct:
                self._direct[fact.subject].append(fact)

    def prefixes(self, named: bool) -> dict[str, str]:
        """The prefixes in use, with their namespaces; `named` if documents have graphs."""
        declared = {term for statement in self.vocabulary for term in statement if isinstance(term, NamedNode)}
        own = {self.iri.compact(term).partition(":")[0] for term in declared}
        levels = [_PREFIXES[level] for level in LEVELS[: LEVELS.index(self.level) + 1]]
        used = own.union(*levels, ("kgd",) if named else ())
        return {prefix: space for prefix, space in prefixes(self.graph.base_iri).items() if prefix in used}

    def all(self, named: bool) -> Iterator[Placed]:
        """Yield the triples; those that one document says stand in its graph if graphs are `named`."""
        for statement in self._shared():
            yield *statement, None
        if self.level == "plain" and not named:
            return
        if self.evidence:
            self._remember(self.graph.claims)
        direct = self._direct_by_document() if named else {}
        for document in self.graph.documents:
            place = self.iri(f"kgd:{document.id}") if named else None
            for statement in self._triples(direct.get(document.id, ())):
                yield *statement, place
            for statement in self._said(document, self._claims.get(document.id, {})):
                yield *statement, place

    def _shared(self) -> Iterator[Statement]:
        """What no single document says: documents, entities, vocabulary, facts, and in full the run."""
        graph, more = self.graph, self.level != "plain"
        for document in graph.documents if more else ():
            yield from self._document(document)
        for entity in sorted(graph.entities, key=lambda e: (not e.named, e.type, e.label, e.id)):
            yield from self._entity(entity)
        yield from self.vocabulary
        if more:
            for fact in self._facts():
                about = self.iri.once(f"kgf:{fact.id}")
                yield from self._fact(about, fact)
                yield from nodes_of_fact(graph, self.iri, about, fact)
            yield from memberships(graph, self.iri)
        if self.evidence:
            yield from self.evidence.run()

    def _said(self, document: Document, claims: dict[NamedNode, Claim]) -> Iterator[Statement]:
        """What one document says: its claims in the order of the text, and in full all that they were read from."""
        ordered = dict(sorted(claims.items(), key=lambda item: (item[1].sentence.start, item[0].value)))
        for about, claim in ordered.items():
            yield from self._claim(about, claim)
        if self.evidence:
            yield from self.evidence.of_document(document, ordered)

    def _document(self, document: Document) -> Iterator[Statement]:
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
            yield about, self.iri("dcterms:source"), address(document.url)
        if self.evidence:
            yield from self.evidence.text(document)

    def _entity(self, entity: Entity) -> Iterator[Statement]:
        about = self.iri(f"kge:{entity.id}")
        kind = kinds().get((entity.type, entity.kind))
        yield from self._typed(about, CLASSES[entity.type], *((kind.class_,) if kind else ()))
        yield about, self.iri("rdfs:label"), text_literal(entity.label)
        for alias in entity.aliases:
            yield about, self.iri("skos:altLabel"), text_literal(alias)
        if entity.description:
            yield about, self.iri("schema:description"), text_literal(entity.description)
        if not entity.named and self.level != "plain":
            yield about, self.iri("kg:named"), Literal(False)
        for part in entity.parts:
            yield about, self.iri("kg:names"), self.iri(f"kge:{part}")
        for same in entity.same_as:
            link = address(same)
            yield about, self.iri("owl:sameAs" if isinstance(link, NamedNode) else "schema:sameAs"), link
        yield from self._triples(self._direct[entity.id])

    def _fact(self, about: NamedNode, fact: Fact) -> Iterator[Statement]:
        subject, predicate, object = self._triple(fact)
        has_object = bool(fact.object or fact.literal)
        yield from self._typed(about, "kg:Fact", "rdf:Statement", *classes_of(self.graph, fact))
        yield about, self.iri("rdfs:label"), text_literal(fact_label(self.graph, fact))
        if self.rdf12 and has_object:
            yield about, self.iri("rdf:reifies"), Triple(subject, predicate, object)
        yield about, self.iri("rdf:subject"), subject
        yield about, self.iri("rdf:predicate"), predicate
        if has_object:
            yield about, self.iri("rdf:object"), object
        yield about, self.iri("kg:lemma"), text_literal(fact.lemma)
        yield from roles_of_fact(self.iri, about, fact)
        yield about, self.iri("kg:polarity"), Literal(fact.polarity)
        yield about, self.iri("kg:modality"), Literal(fact.modality)
        if fact.speaker:
            yield about, self.iri("kg:speaker"), self.iri(f"kge:{fact.speaker}")
        if fact.since:
            yield about, self.iri("kg:validFrom"), date_literal(fact.since)
        if fact.until:
            yield about, self.iri("kg:validUntil"), date_literal(fact.until)
        yield about, self.iri("kg:confidence"), decimal(fact.confidence)
        yield about, self.iri("kg:risk"), decimal(fact.risk)
        yield about, self.iri("kg:weight"), Literal(fact.weight)
        for claim in self._remember(fact.claims):
            yield about, self.iri("kg:evidence"), claim
        for doc in sorted({claim.doc for claim in fact.claims}):
            yield about, self.iri("prov:wasDerivedFrom"), self.iri(f"kgd:{doc}")
        if self.evidence:
            yield about, self.iri("prov:wasGeneratedBy"), self.evidence.activity

    def _claim(self, about: NamedNode, claim: Claim) -> Iterator[Statement]:
        parts = [claim.subject.text, claim.predicate.text, *([claim.object.text] if claim.object else ())]
        label = " – ".join([*parts, *(filler_label(role.preposition, role.argument.text) for role in claim.roles)])
        yield from self._typed(about, "kg:Claim")
        yield about, self.iri("rdfs:label"), text_literal(plain(one_line(label)))
        yield about, self.iri("kg:sentence"), text_literal(claim.sentence.text)
        yield about, self.iri("kg:start"), Literal(claim.sentence.start)
        yield about, self.iri("kg:end"), Literal(claim.sentence.end)
        yield about, self.iri("prov:wasDerivedFrom"), self.iri(f"kgd:{claim.doc}")
        if self.evidence:
            yield from self.evidence.claim(about, claim)

    def _triples(self, facts: Iterable[Fact]) -> Iterable[Statement]:
        """The direct triples of some facts, each once: facts may differ in their roles or in their time alone."""
        ordered = sorted(facts, key=lambda fact: (fact.subject, fact.predicate, fact.object, fact.literal))
        return dict.fromkeys(map(self._triple, ordered))

    def _triple(self, fact: Fact) -> Statement:
        object = self.iri(f"kge:{fact.object}") if fact.object else text_literal(fact.literal)
        return self.iri(f"kge:{fact.subject}"), self.iri(fact.predicate), object

    def _facts(self) -> list[Fact]:
        """Facts as one looks them up: by the label of the subject, then the predicate."""
        entities = self.graph.entities_by_id
        return sorted(self.graph.facts, key=lambda f: (entities[f.subject].label, f.subject, f.predicate, f.id))

    def _remember(self, claims: Iterable[Claim]) -> list[NamedNode]:
        """The IRIs of some claims, each once; they are described later, with the others of their documents."""
        found = {self.iri.of_claim(claim): claim for claim in claims}
        for about, claim in found.items():
            self._claims[claim.doc][about] = claim
        return list(found)

    def _direct_by_document(self) -> dict[str, list[Fact]]:
        """Document id → the facts that are direct triples and rest on it."""
        found: dict[str, list[Fact]] = defaultdict(list)
        for facts in self._direct.values():
            for fact in facts:
                for doc in {claim.doc for claim in fact.claims}:
                    found[doc].append(fact)
        return found

    def _typed(self, about: NamedNode, *classes: str) -> Iterator[Statement]:
        for name in classes:
            yield about, self.iri("rdf:type"), self.iri(name)
