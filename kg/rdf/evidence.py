"""The evidence in full: which words of "Sören Link unterzeichnete das Memorandum" are subject, predicate, object.

Places in a text are Web Annotation's: a span is an oa:SpecificResource with two selectors, one by position (in code
points) and one by quotation, so that it is found again in a copy of the text. A mention is an annotation whose body is
the entity, the evidence of a claim one whose body is the claim. With the texts this is all that a graph holds.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.rdf.roles import nodes_of_claim, roles_of_claim
from kg.rdf.terms import MOMENT, NATURAL, Iris, Statement, date_literal, decimal, text_literal
from kg.records import Argument, Claim, Document, Mention, Span, Time
from kg.records import Literal as Value

if TYPE_CHECKING:
    from kg.graph.graph import Graph

_Part = Argument | Mention | Span | Time | Value

CONTEXT = 32
"""Characters of prefix and suffix in a quotation, as annotation tools have them."""


class Evidence:
    """Describes what the claims of one graph were read from, and the run that read them."""

    def __init__(self, graph: Graph, iris: Iris) -> None:
        self.graph = graph
        self.iri = iris
        settings = "\0".join(graph.run.settings())
        self.activity = iris(f"kgr:{hashlib.sha256(settings.encode()).hexdigest()[:12]}")
        self._mentions: dict[str, dict[Mention, list[str]]] = defaultdict(lambda: defaultdict(list))
        for entity in graph.entities:
            for mention in entity.mentions:
                self._mentions[mention.doc][mention].append(entity.id)

    def run(self) -> Iterator[Statement]:
        """The run that made the graph: its programs, settings and texts. Its time is the caller's, or unknown."""
        run, about = self.graph.run, self.activity
        yield about, self.iri("rdf:type"), self.iri("prov:Activity")
        yield about, self.iri("rdfs:label"), text_literal(" ".join(filter(None, ("Lauf von kg", run.version))))
        for setting in run.settings():
            yield about, self.iri("kg:setting"), Literal(setting)
        if run.date:
            yield about, self.iri("prov:endedAtTime"), Literal(f"{run.date}T00:00:00Z", datatype=MOMENT)
        program = self.iri("kgr:kg")
        yield about, self.iri("prov:wasAssociatedWith"), program
        for document in self.graph.documents:
            yield about, self.iri("prov:used"), self.iri(f"kgd:{document.id}")
        yield program, self.iri("rdf:type"), self.iri("prov:SoftwareAgent")
        yield program, self.iri("rdfs:label"), text_literal("kg")
        if run.version:
            yield program, self.iri("schema:softwareVersion"), Literal(run.version)

    def text(self, document: Document) -> Iterator[Statement]:
        """The text of a document and its digest."""
        about = self.iri(f"kgd:{document.id}")
        yield about, self.iri("schema:sha256"), Literal(document.sha256)
        if document.encoding:
            yield about, self.iri("kg:encoding"), Literal(document.encoding)
        yield about, self.iri("schema:text"), text_literal(document.text)

    def claim(self, about: NamedNode, claim: Claim) -> Iterator[Statement]:
        """How a claim was read: the spans of its parts, and what the clause alone says."""
        said, thing, speaker, time = claim.predicate, claim.object, claim.speaker, claim.time
        yield about, self.iri("kg:subjectSpan"), self._span(claim.doc, claim.subject)
        yield about, self.iri("kg:subjectType"), Literal(claim.subject.type)
        yield about, self.iri("kg:predicate"), self.iri(said.iri)
        yield about, self.iri("kg:lemma"), text_literal(said.lemma)
        yield about, self.iri("kg:cue"), NamedNode(f"{about.value}.cue")
        if thing:
            yield about, self.iri("kg:objectSpan"), self._span(claim.doc, thing)
        if isinstance(thing, Argument):
            yield about, self.iri("kg:objectType"), Literal(thing.type)
        elif thing:
            yield about, self.iri("kg:objectValue"), text_literal(thing.value)
        yield from roles_of_claim(self.iri, about, claim)
        yield about, self.iri("kg:clausePolarity"), Literal(claim.polarity)
        yield about, self.iri("kg:clauseModality"), Literal(claim.modality)
        if speaker:
            yield about, self.iri("kg:speakerSpan"), self._span(claim.doc, speaker)
            yield about, self.iri("kg:speakerType"), Literal(speaker.type)
        if time:
            yield about, self.iri("kg:timeSpan"), self._span(claim.doc, time)
        if time and time.since:
            yield about, self.iri("kg:timeFrom"), date_literal(time.since)
        if time and time.until:
            yield about, self.iri("kg:timeUntil"), date_literal(time.until)
        yield about, self.iri("kg:confidence"), decimal(claim.confidence)
        yield about, self.iri("kg:risk"), decimal(claim.risk)

    def of_document(self, document: Document, claims: Mapping[NamedNode, Claim]) -> Iterator[Statement]:
        """The cues, roles and annotations of a document's claims, in their order, its mentions, then their spans."""
        spans: set[tuple[int, int]] = set()
        for about, claim in claims.items():
            spans.update((part.start, part.end) for part in _parts(claim))
            spans.update(claim.predicate.spans)
            yield from self._cue(about, claim)
            yield from nodes_of_claim(self.iri, about, claim)
            yield from self._annotation(about, claim)
        for mention, entities in sorted(self._mentions[document.id].items()):
            spans.add((mention.start, mention.end))
            yield from self._mention(mention, entities)
        for start, end in sorted(spans):
            yield from self._selectors(document, start, end)

    def _cue(self, claim_iri: NamedNode, claim: Claim) -> Iterator[Statement]:
        about = NamedNode(f"{claim_iri.value}.cue")
        yield about, self.iri("rdf:type"), self.iri("rdf:Seq")
        yield about, self.iri("rdfs:label"), text_literal(claim.predicate.text)
        for place, (start, end) in enumerate(claim.predicate.spans, 1):
            yield about, self.iri(f"rdf:_{place}"), self.iri.of_place("kgs", claim.doc, start, end)

    def _annotation(self, claim_iri: NamedNode, claim: Claim) -> Iterator[Statement]:
        about = self.iri.once(f"kga:{self.iri.local('kgc', claim_iri)}")
        yield about, self.iri("rdf:type"), self.iri("oa:Annotation")
        yield about, self.iri("oa:motivatedBy"), self.iri("oa:describing")
        yield about, self.iri("oa:hasBody"), claim_iri
        yield about, self.iri("oa:hasTarget"), self._span(claim.doc, claim.sentence)

    def _mention(self, mention: Mention, entities: list[str]) -> Iterator[Statement]:
        about = self.iri.of_place("kgm", mention.doc, mention.start, mention.end)
        yield about, self.iri("rdf:type"), self.iri("kg:Mention")
        yield about, self.iri("rdf:type"), self.iri("oa:Annotation")
        yield about, self.iri("rdfs:label"), text_literal(mention.name)
        yield about, self.iri("oa:motivatedBy"), self.iri("oa:identifying")
        for entity in entities:
            yield about, self.iri("oa:hasBody"), self.iri(f"kge:{entity}")
        yield about, self.iri("oa:hasTarget"), self._span(mention.doc, mention)
        yield about, self.iri("kg:form"), Literal(mention.form)
        yield about, self.iri("kg:entityType"), Literal(mention.type)
        if mention.description:
            yield about, self.iri("schema:description"), text_literal(mention.description)
        for name in ("case", "gender", "number"):
            if getattr(mention, name):
                yield about, self.iri(f"kg:{name}"), Literal(getattr(mention, name))
        yield about, self.iri("kg:sentenceNumber"), Literal(mention.sentence)
        yield about, self.iri("kg:clauseNumber"), Literal(mention.clause)
        if mention.role:
            yield about, self.iri("kg:grammaticalRole"), Literal(mention.role)
        if mention.pointing:
            yield about, self.iri("kg:pointing"), Literal(True)
        if mention.antecedent:
            doc, _, place = mention.antecedent.rpartition("#")
            yield about, self.iri("kg:antecedent"), self.iri.once(f"kgm:{doc}_{place}")

    def _span(self, doc: str, part: _Part) -> NamedNode:
        return self.iri.of_place("kgs", doc, part.start, part.end)

    def _selectors(self, document: Document, start: int, end: int) -> Iterator[Statement]:
        text = document.text
        about = self.iri.of_place("kgs", document.id, start, end)
        position, quote = NamedNode(f"{about.value}.position"), NamedNode(f"{about.value}.quote")
        yield about, self.iri("rdf:type"), self.iri("oa:SpecificResource")
        yield about, self.iri("oa:hasSource"), self.iri(f"kgd:{document.id}")
        yield about, self.iri("oa:hasSelector"), position
        yield about, self.iri("oa:hasSelector"), quote
        yield position, self.iri("rdf:type"), self.iri("oa:TextPositionSelector")
        yield position, self.iri("oa:start"), Literal(str(start), datatype=NATURAL)
        yield position, self.iri("oa:end"), Literal(str(end), datatype=NATURAL)
        yield quote, self.iri("rdf:type"), self.iri("oa:TextQuoteSelector")
        yield quote, self.iri("oa:exact"), Literal(text[start:end])
        yield quote, self.iri("oa:prefix"), Literal(text[max(0, start - CONTEXT) : start])
        yield quote, self.iri("oa:suffix"), Literal(text[end : end + CONTEXT])


def _parts(claim: Claim) -> Iterator[_Part]:
    yield from (part for part in (claim.sentence, *claim.arguments, claim.speaker, claim.time) if part)
