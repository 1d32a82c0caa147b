"""What an output declares: the terms that it uses and no others, and what stands above an open predicate."""

from __future__ import annotations

import pytest
from rdflib import OWL, RDF, RDFS, SDO, URIRef

from kg.knowledge_graph import KnowledgeGraph
from kg.ontology import expand
from kg.records import Entity, Fact

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
