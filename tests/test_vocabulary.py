"""What an output declares: the terms that it uses and no others, and what stands above an open predicate."""

from __future__ import annotations

import pytest
from handing_over import handing_over
from rdflib import OWL, RDF, RDFS, SDO, SKOS, URIRef

from kg.knowledge_graph import KnowledgeGraph
from kg.ontology import expand
from kg.records import Entity, Fact, FactRole

PERSON, FAIR, CITY = Entity("P", "Person", "P"), Entity("M", "Event", "M"), Entity("O", "Place", "O", kind="city")
RISK = Entity("R", "Concept", "R", named=False)


def iri(compact: str) -> URIRef:
    return URIRef(expand(compact))


def graph(*facts: Fact) -> KnowledgeGraph:
    return KnowledgeGraph((), (PERSON, FAIR, CITY, RISK), facts)


def test_only_what_is_used_is_declared():
    found = graph(Fact("1", "P", "kg:visited", "besuchen", "M")).to_rdflib("plain")
    declared = {found.qname(term) for kind in (RDF.Property, RDFS.Class) for term in found.subjects(RDF.type, kind)}
    classes = {"schema:Person", "schema:Event", "schema:Place", "schema:City", "skos:Concept"}
    assert declared == {"kg:visited", *classes}
    assert (iri("kg:"), RDF.type, OWL.Ontology) in found


def test_relations_and_classes_lead_to_those_of_others():
    found = graph(Fact("1", "P", "kg:playsFor", "spielen für", "O")).to_rdflib("plain")
    assert (iri("kg:playsFor"), RDFS.subPropertyOf, URIRef(expand("schema:memberOf"))) in found
    assert {str(label) for label in found.objects(iri("kg:playsFor"), RDFS.label)} == {"spielt für", "plays for"}
    assert str(SDO.City).startswith("https://schema.org/")


def test_roles_in_use_are_declared():
    found = handing_over().to_rdflib()
    used = {"schema:recipient", "schema:location", "kg:partner", "kg:topic", "kg:Role", "kg:hasRole", "kg:preposition"}
    assert all(
        sorted(label.language for label in found.objects(iri(name), RDFS.label)) == ["de", "en"] for name in used
    )
    assert {str(label) for label in found.objects(iri("schema:location"), RDFS.label)} == {"Ort", "place"}
    assert not list(found.objects(iri("kg:goal"), RDFS.label))
    assert not list(graph().to_rdflib().objects(iri("kg:Role"), RDFS.label))
    assert not list(handing_over().to_rdflib("plain").objects(iri("schema:recipient"), RDFS.label))


def test_a_property_that_is_a_relation_too_has_one_label():
    sits = Fact("1", "M", "schema:location", "sitzen", "O", roles=(FactRole("place", "an", "O"),))
    found = graph(sits).to_rdflib()
    assert {str(label) for label in found.objects(iri("schema:location"), RDFS.label)} == {
        "hat seinen Sitz in", "is located in"
    }  # fmt: skip
    assert {str(label) for label in found.objects(iri("schema:location"), SKOS.altLabel)} == {"Ort", "place"}


@pytest.mark.parametrize(
    ("facts", "above"),
    [
        ([Fact("1", "P", "kgp:besuchen", "besuchen", "M")], "kg:visited"),
        (
            [Fact("1", "P", "kgp:besuchen", "besuchen", "M"), Fact("2", "P", "kgp:besuchen", "besuchen", "O")],
            "kg:visited",
        ),
        ([Fact("1", "P", "kgp:besuchen", "besuchen", "M"), Fact("2", "P", "kgp:besuchen", "besuchen", "R")], None),
        ([Fact("1", "P", "kgp:besuchen", "besuchen", "R")], None),
        ([Fact("1", "P", "kgp:besuchen", "besuchen", "", "oft")], None),
        ([Fact("1", "P", "kgp:beenden", "beenden", "M")], None),
    ],
    ids=["fits", "all fit", "one does not fit", "none fits", "a text", "no relation has the verb"],
)
def test_an_open_predicate_lies_below_the_relation_that_all_its_facts_fit(facts, above):
    found = graph(*facts).to_rdflib()
    predicate = iri(facts[0].predicate)
    assert (predicate, RDF.type, RDF.Property) in found
    assert list(found.objects(predicate, RDFS.subPropertyOf)) == ([iri(above)] if above else [])
