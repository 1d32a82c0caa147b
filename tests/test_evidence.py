"""The evidence in full: spans that are found again in the text, by their offsets and by their quotation."""

from __future__ import annotations

from dataclasses import replace

import pytest
import rdflib
from rdflib import RDF

from kg.ontology import expand
from kg.records import Run

OA = rdflib.Namespace("http://www.w3.org/ns/oa#")


def iri(compact: str) -> rdflib.URIRef:
    return rdflib.URIRef(expand(compact))


@pytest.fixture(scope="module")
def full(small_graph) -> rdflib.Graph:
    return small_graph.to_rdflib("full")


def about(found: rdflib.Graph, subject: rdflib.term.Node) -> dict[str, object]:
    """What is said of a subject: prefixed predicate → value, or sorted values where there are several."""
    said: dict[str, list[object]] = {}
    for predicate, value in found.predicate_objects(subject):
        shown = found.qname(value) if isinstance(value, rdflib.URIRef) and "/ontology#" in value else value.toPython()
        said.setdefault(found.qname(predicate), []).append(str(shown) if isinstance(value, rdflib.URIRef) else shown)
    return {name: values[0] if len(values) == 1 else sorted(values) for name, values in said.items()}


def test_a_claim_leads_to_its_words(small_graph, full):
    fact = iri("kgf:c3")
    [claim] = full.objects(fact, iri("kg:evidence"))
    said = about(full, claim)
    assert {name: said[name] for name in said if name.startswith("kg:")} == {
        "kg:sentence": "RhineCloud setzt keine Komponenten von Huawei ein.",
        "kg:start": 102,
        "kg:end": 152,
        "kg:subjectSpan": expand("kgs:zeitung/huawei.txt_102-112"),
        "kg:subjectType": "Product",
        "kg:predicate": "kg:uses",
        "kg:lemma": "einsetzen",
        "kg:cue": f"{claim}.cue",
        "kg:objectSpan": expand("kgs:zeitung/huawei.txt_125-147"),
        "kg:objectType": "Concept",
        "kg:clausePolarity": "negative",
        "kg:clauseModality": "asserted",
        "kg:confidence": 1,
        "kg:risk": 0,
    }
    cue = rdflib.URIRef(f"{claim}.cue")
    exact = [quoted(full, full.value(cue, RDF[f"_{n}"])) for n in (1, 2)]
    assert (exact, full.value(cue, RDF.type)) == (["setzt", "ein"], RDF.Seq)


def quoted(found: rdflib.Graph, span: rdflib.term.Node) -> str:
    [quote] = [s for s in found.objects(span, OA.hasSelector) if (s, RDF.type, OA.TextQuoteSelector) in found]
    return str(found.value(quote, OA.exact))


def test_every_span_is_found_again_by_offsets_and_by_quotation(small_graph, full):
    texts = {iri(f"kgd:{document.id}"): document.text for document in small_graph.documents}
    spans = set(full.subjects(RDF.type, OA.SpecificResource))
    assert len(spans) > 20
    for span in spans:
        text = texts[full.value(span, OA.hasSource)]
        [position] = [s for s in full.objects(span, OA.hasSelector) if (s, RDF.type, OA.TextPositionSelector) in full]
        [quote] = [s for s in full.objects(span, OA.hasSelector) if (s, RDF.type, OA.TextQuoteSelector) in full]
        start, end = (full.value(position, name).toPython() for name in (OA.start, OA.end))
        before, exact, after = (str(full.value(quote, name)) for name in (OA.prefix, OA.exact, OA.suffix))
        assert text[start:end] == exact
        assert text.startswith(before + exact + after, start - len(before))
        assert (len(before), len(after)) == (min(32, start), min(32, len(text) - end))


def test_each_claim_and_each_mention_is_an_annotation_of_one_span(small_graph, full):
    annotations = set(full.subjects(RDF.type, OA.Annotation))
    bodies = [body for annotation in annotations for body in full.objects(annotation, OA.hasBody)]
    claims = set(full.subjects(RDF.type, iri("kg:Claim")))
    entities = {iri(f"kge:{entity.id}") for entity in small_graph.entities}
    mentions = sum(len(entity.mentions) for entity in small_graph.entities)
    assert len(annotations) == len(bodies) == len(claims) + mentions
    assert set(bodies) == claims | entities
    for annotation in annotations:
        assert len(list(full.objects(annotation, OA.hasTarget))) == 1


def test_a_mention_says_how_it_refers(full):
    assert about(full, iri("kgm:zeitung/huawei.txt_62-66")) == {
        "rdf:type": [str(OA.Annotation), "kg:Mention"],
        "rdfs:label": "Link",
        "oa:motivatedBy": str(OA.identifying),
        "oa:hasBody": expand("kge:Sören_Link"),
        "oa:hasTarget": expand("kgs:zeitung/huawei.txt_62-66"),
        "kg:form": "named",
        "kg:entityType": "Person",
        "kg:sentenceNumber": 0,
        "kg:clauseNumber": 0,
    }


@pytest.mark.parametrize(
    ("date", "ended"), [("2024-05-31", ["2024-05-31T00:00:00Z"]), ("", [])], ids=["dated", "no time known"]
)
def test_one_run_made_it_all(small_graph, date, ended):
    run = Run("0.1.0", "de_kg_news 0.2.0", "linked", ("namen.csv",), date)
    found = replace(small_graph, run=run).to_rdflib("full")
    [activity] = found.subjects(RDF.type, iri("prov:Activity"))
    settings = sorted(map(str, found.objects(activity, iri("kg:setting"))))
    assert settings == ["concepts=linked", "gazetteer=namen.csv", "model=de_kg_news 0.2.0", "version=0.1.0"]
    assert [str(time) for time in found.objects(activity, iri("prov:endedAtTime"))] == ended
    documents = {iri(f"kgd:{document.id}") for document in small_graph.documents}
    assert set(found.objects(activity, iri("prov:used"))) == documents
    facts = set(found.subjects(RDF.type, iri("kg:Fact")))
    assert set(found.subjects(iri("prov:wasGeneratedBy"), activity)) == facts
    assert (iri("kgr:kg"), iri("schema:softwareVersion"), rdflib.Literal("0.1.0")) in found


def test_the_day_does_not_change_what_a_run_is_called(small_graph):
    names = {
        next(replace(small_graph, run=Run("1", date=day)).to_rdflib("full").subjects(RDF.type, iri("prov:Activity")))
        for day in ("2024-05-31", "2024-06-01", "")
    }
    assert len(names) == 1


@pytest.mark.parametrize(("number", "text"), [(0.8765, "0.8765"), (1.0, "1.0"), (1e-05, "0.00001")])
def test_confidence_and_risk_are_decimals(small_graph, number, text):
    claims = tuple(replace(claim, confidence=number, risk=number) for claim in small_graph.claims)
    found = replace(small_graph, claims=claims, facts=()).to_rdflib("full")
    for name in ("kg:confidence", "kg:risk"):
        values = set(found.objects(None, iri(name)))
        assert [(str(value), value.datatype) for value in values] == [(text, rdflib.XSD.decimal)]
