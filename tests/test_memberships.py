"""Roles at organisations: who is what where, as an org:Membership beside the plain triple."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rdflib import ORG, RDF, RDFS, URIRef

from kg.knowledge_graph import KnowledgeGraph
from kg.ontology import expand
from kg.records import Argument, Claim, Document, Entity, Fact, Mention, Predicate

TEXT = Document("a", "Felix zur Nieden, Sprecher der DVV, erklärt.")


def at(text: str) -> tuple[int, int, str]:
    start = TEXT.text.index(text)
    return start, start + len(text), text


def entity(id: str, type: str, label: str) -> Entity:
    mention = Mention(TEXT.id, *at(label), "named", type, label)
    return Entity(id, type, label, named=type != "Role", mentions=(mention,))


PERSON, DVV = entity("Felix", "Person", "Felix zur Nieden"), entity("DVV", "Organization", "DVV")
ROLE = entity("Sprecher.Role", "Role", "Sprecher")
CLAIM = Claim(
    "a",
    TEXT.span(0, len(TEXT.text)),
    Argument(*at("Felix zur Nieden"), "Person"),
    Predicate("Sprecher", "kg:spokespersonFor", (at("Sprecher")[:2], at("der")[:2]), "Sprecher der"),
    Argument(*at("DVV"), "Organization"),
)
FACT = Fact("f1", "Felix", "kg:spokespersonFor", "Sprecher", "DVV", since="2018", claims=(CLAIM,))


def graph(fact: Fact = FACT, entities: tuple[Entity, ...] = (DVV, PERSON, ROLE)) -> KnowledgeGraph:
    return KnowledgeGraph((TEXT,), entities, (fact,), (CLAIM,))


def iri(compact: str) -> URIRef:
    return URIRef(expand(compact))


def test_a_role_with_organisation_and_time():
    found = graph().to_rdflib()
    membership = iri("kgo:f1")
    assert (iri("kge:Felix"), iri("kg:spokespersonFor"), iri("kge:DVV")) in found
    assert {(found.qname(p), str(o)) for p, o in found.predicate_objects(membership)} == {
        ("rdf:type", str(ORG.Membership)),
        ("rdfs:label", "Felix zur Nieden – Sprecher – DVV"),
        ("org:member", expand("kge:Felix")),
        ("org:organization", expand("kge:DVV")),
        ("org:role", expand("kge:Sprecher.Role")),
        ("kg:validFrom", "2018"),
        ("prov:wasDerivedFrom", expand("kgf:f1")),
    }
    assert (iri("kge:Sprecher.Role"), RDF.type, ORG.Role) in found
    assert found.value(iri("kge:Sprecher.Role"), RDFS.label)


@pytest.mark.parametrize(
    ("fact", "entities"),
    [
        (replace(FACT, polarity="negative"), (DVV, PERSON, ROLE)),
        (replace(FACT, modality="planned"), (DVV, PERSON, ROLE)),
        (replace(FACT, speaker="DVV"), (DVV, PERSON, ROLE)),
        (replace(FACT, object="", literal="Pressestelle"), (DVV, PERSON, ROLE)),
        (FACT, (DVV, PERSON)),
        (FACT, (replace(DVV, type="Work"), PERSON, ROLE)),
        (FACT, (DVV, replace(PERSON, type="Organization"), ROLE)),
    ],
    ids=["denied", "planned", "somebody's word", "a text", "no role noun", "no organisation", "nobody"],
)
def test_no_membership_where_nobody_has_a_role(fact, entities):
    assert set(graph(fact, entities).to_rdflib().subjects(RDF.type, ORG.Membership)) == set()


@pytest.mark.parametrize(
    ("since", "until", "others", "expected"),
    [
        ("2018", "", (), {"Felix zur Nieden – Sprecher"}),
        ("", "2020", (), {"Felix zur Nieden – Sprecher"}),
        ("", "", (), set()),
        ("2018", "", (FACT,), {"Felix zur Nieden – Sprecher – DVV"}),
    ],
    ids=["since", "until", "no time", "its organisation is known"],
)
def test_a_role_without_an_organisation_needs_a_time(since, until, others, expected):
    title = Fact("f2", "Felix", "schema:jobTitle", "sein", "Sprecher.Role", since=since, until=until, claims=(CLAIM,))
    found = KnowledgeGraph((TEXT,), (DVV, PERSON, ROLE), (*others, title), (CLAIM,)).to_rdflib()
    nodes = set(found.subjects(RDF.type, ORG.Membership))
    assert {str(found.value(node, RDFS.label)) for node in nodes} == expected
    assert {str(found.value(node, ORG.role)) for node in nodes} == {expand("kge:Sprecher.Role") for _ in expected}


def test_plain_triples_have_no_room_for_roles():
    found = graph().to_rdflib("plain")
    assert set(found.subjects(RDF.type, ORG.Membership)) == set()
    assert (iri("kge:Felix"), iri("kg:spokespersonFor"), iri("kge:DVV")) in found
