"""`kg validate`: what a sound graph looks like, and what is said of one that somebody changed."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
import rdflib
from handing_over import handing_over
from rdflib import RDF, RDFS

from kg.errors import FormatError
from kg.knowledge_graph import KnowledgeGraph
from kg.modalities import TABLE
from kg.ontology import expand
from kg.rdf.validate import violations
from kg.records import LEVELS, ROLES, FactRole

DENIED = "kgf:c3 (RhineCloud – nicht: setzt ein – Komponenten von Huawei)"
SIGNED = "kgf:b2 (Sören Link – hat unterzeichnet – Memorandum of Understanding)"


def iri(compact: str) -> rdflib.URIRef:
    return rdflib.URIRef(expand(compact))


@pytest.mark.parametrize("level", LEVELS)
def test_what_kg_writes_is_sound(small_graph, level):
    assert violations(small_graph.to_rdflib(level), "a.ttl") == []


def test_an_empty_graph_is_sound():
    assert violations(KnowledgeGraph((), (), ()).to_rdflib(), "a.ttl") == []


@pytest.mark.parametrize(
    ("predicate", "value", "line"),
    [
        ("rdf:subject", None, f"{DENIED}: needs one rdf:subject, the IRI of an entity"),
        ("rdf:predicate", None, f"{DENIED}: needs one rdf:predicate, the IRI of a property"),
        (
            "rdf:object",
            [iri("kge:Huawei"), iri("kge:Duisburg")],
            f"{DENIED}: has more than one rdf:object, or one that",
        ),
        ("kg:polarity", None, f'{DENIED}: needs one kg:polarity, "positive" or "negative"'),
        ("kg:polarity", rdflib.Literal("maybe"), f'{DENIED}: needs one kg:polarity, "positive" or "negative"'),
        ("kg:modality", rdflib.Literal("wished"), f"{DENIED}: needs one kg:modality: asserted, planned, possible, "),
        ("kg:evidence", None, f"{DENIED}: needs kg:evidence, a kg:Claim of this graph"),
        ("kg:evidence", iri("kge:RhineCloud"), f"{DENIED}: needs kg:evidence, a kg:Claim of this graph"),
        ("prov:wasDerivedFrom", None, f"{DENIED}: needs prov:wasDerivedFrom, a document of this graph"),
        ("kg:weight", rdflib.Literal(0), f"{DENIED}: needs one kg:weight of 1 or more"),
        ("kg:speaker", rdflib.Literal("Link"), f"{DENIED}: has more than one kg:speaker, or one that is no entity"),
        ("rdfs:label", None, "kgf:c3: needs an rdfs:label"),
    ],
)
@pytest.mark.slow
def test_a_fact_that_lacks_something(small_graph, predicate, value, line):
    found = small_graph.to_rdflib()
    found.remove((iri("kgf:c3"), iri(predicate), None))
    for each in value if isinstance(value, list) else [] if value is None else [value]:
        found.add((iri("kgf:c3"), iri(predicate), each))
    assert any(fault.startswith(line) for fault in violations(found, "a.ttl"))


@pytest.mark.parametrize("level", LEVELS)
def test_roles_are_sound(level):
    assert violations(handing_over().to_rdflib(level), "a.ttl") == []


TO_PRINZ = "kgf:a1.2 (Nele Prinz)"


@pytest.mark.parametrize(
    ("node", "predicate", "values", "line"),
    [
        ("kgf:a1.2", "kg:roleName", [], f"{TO_PRINZ}: needs one kg:roleName that there is"),
        ("kgf:a1.2", "kg:roleName", ["giver"], f"{TO_PRINZ}: needs one kg:roleName that there is"),
        ("kgf:a1.2", "kg:preposition", ["an", "für"], f"{TO_PRINZ}: has more than one kg:preposition"),
        ("kgf:a1.2", "kg:preposition", [""], f"{TO_PRINZ}: has more than one kg:preposition"),
        ("kgf:a1.2", "rdf:value", [], f"{TO_PRINZ}: needs an rdf:value or a kg:roleSpan"),
        ("kgf:a1.2", "rdf:value", [iri("kge:X")], f"{TO_PRINZ}: has more than one rdf:value, or one that is neither"),
        ("kgf:a1.2", "rdfs:label", [], "kgf:a1.2: needs an rdfs:label"),
        ("kgf:a1", "kg:hasRole", [iri("kgf:a1.1")], f"{TO_PRINZ}: needs one fact or claim that it is a role of"),
        ("kgf:a1", "kg:hasRole", [iri("kgf:a1.3")], "kgf:a1 ("),
        ("kgf:a1", "schema:recipient", [], "kgf:a1 ("),
        ("kgf:a1", "kg:purpose", ["nichts"], "kgf:a1 ("),
    ],
)
@pytest.mark.slow
def test_a_role_that_lacks_something(node, predicate, values, line):
    found = handing_over().to_rdflib()
    found.remove((iri(node), iri(predicate), None))
    for value in values:
        found.add((iri(node), iri(predicate), value if isinstance(value, rdflib.URIRef) else rdflib.Literal(value)))
    assert any(fault.startswith(line) for fault in violations(found, "a.ttl"))


def test_a_role_without_a_node():
    found = handing_over().to_rdflib()
    found.add((iri("kgf:a1"), iri("kg:extent"), rdflib.Literal("sehr")))
    (line,) = violations(found, "a.ttl")
    assert line.startswith("kgf:a1 (")
    assert line.endswith("has a role that only its property tells")


def test_a_fact_may_have_every_role():
    whole = handing_over()
    roles = tuple(FactRole(role, value=role) for role in sorted(ROLES))
    facts = tuple(replace(fact, roles=roles) if fact.id == "b1" else fact for fact in whole.facts)
    found = replace(whole, facts=facts).to_rdflib()
    assert set(map(str, found.objects(predicate=iri("kg:roleName")))) == set(ROLES)
    assert violations(found, "a.ttl") == []


@pytest.mark.parametrize(
    ("since", "until", "sane"),
    [
        ("2018-01-12", "2018-01-12", True),
        ("2018-01-12", "2018-01", True),
        ("2018", "2018-01-12", True),
        ("2018-02", "2018-01-31", False),
        ("2019", "2018-12-31", False),
        ("2018-01-12", "", True),
        ("", "2018", True),
    ],
)
@pytest.mark.slow
def test_intervals(small_graph, since, until, sane):
    facts = tuple(replace(f, since=since, until=until) if f.id == "b2" else f for f in small_graph.facts)
    faults = violations(replace(small_graph, facts=facts).to_rdflib(), "a.ttl")
    assert faults == [] if sane else [f"{SIGNED}: ends before it begins: kg:validFrom is later than kg:validUntil"]


@pytest.mark.parametrize("id", ["c3", "d4", "e5"], ids=["denied", "somebody's word", "planned"])
def test_no_direct_triple_but_for_plain_assertions(small_graph, id):
    found = small_graph.to_rdflib()
    ends = [found.value(iri(f"kgf:{id}"), end) for end in (RDF.subject, RDF.predicate, RDF.object)]
    found.add(tuple(ends))
    label = found.value(iri(f"kgf:{id}"), RDFS.label)
    wrong = "is denied, not asserted or somebody's word, and yet a direct triple"
    assert violations(found, "a.ttl") == [f"kgf:{id} ({label}): {wrong}"]


@pytest.mark.slow
def test_thousands_of_facts_of_one_triple_and_of_roles_of_one_fact(small_graph):
    """Each is told, in a time that grows with their number, not with its square."""
    found = small_graph.to_rdflib()
    plain = [found.value(iri("kgf:c3"), iri(part)) for part in ("rdf:subject", "rdf:predicate", "rdf:object")]
    found.add(tuple(plain))
    for n in range(300):
        for triple in list(found.triples((iri("kgf:c3"), None, None))):
            found.add((iri(f"kgf:c3{n}"), *triple[1:]))
        role = iri(f"kgf:b2.{n + 100}")
        found.add((iri("kgf:b2"), iri("kg:hasRole"), role))
        found.add((iri("kgf:b2"), iri("schema:location"), rdflib.Literal(f"Haus {n}")))
        for predicate, value in (("kg:roleName", "place"), ("rdf:value", f"Haus {n}"), ("rdfs:label", "Haus")):
            found.add((role, iri(predicate), rdflib.Literal(value)))
        found.add((role, RDF.type, iri("kg:Role")))
    faults = violations(found, "a.ttl")
    assert len(faults) == 301
    assert all(
        fault.endswith("is denied, not asserted or somebody's word, and yet a direct triple") for fault in faults
    )


def test_a_denial_of_what_the_author_asserts_is_sound(small_graph):
    """One text says it, another denies it: the direct triple is the first one's."""
    [denied, *others] = (replace(f, id="x", polarity="negative") for f in small_graph.facts if f.id == "a1")
    assert others == []
    graph = replace(small_graph, facts=(*small_graph.facts, denied))
    assert violations(graph.to_rdflib(), "a.ttl") == []


def test_what_is_without_a_label_has_a_name_of_its_own(small_graph):
    found = small_graph.to_rdflib()
    found.remove((iri("kge:RhineCloud"), RDFS.label, None))
    assert violations(found, "a.ttl") == ["kge:RhineCloud: needs an rdfs:label"]


def test_shapes_move_with_the_base_iri(small_graph):
    found = replace(small_graph, base_iri="https://example.org/g/").to_rdflib()
    fact = rdflib.URIRef("https://example.org/g/fact/c3")
    found.remove((fact, rdflib.URIRef("https://example.org/g/ontology#weight"), None))
    assert violations(found, "a.ttl") == [f"{DENIED}: needs one kg:weight of 1 or more"]


def test_rdf_of_others_is_not_judged():
    with pytest.raises(FormatError, match=r"^a\.ttl: not written by kg"):
        violations(rdflib.Graph(), "a.ttl")


def test_what_pyshacl_cannot_follow_is_one_line(small_graph):
    found = small_graph.to_rdflib()
    classes = [rdflib.URIRef(f"urn:c{i}") for i in range(3_000)]
    for below, above in pairwise([*classes, iri("kg:Claim")]):
        found.add((below, RDFS.subClassOf, above))
    found.add((iri("kge:RhineCloud"), RDF.type, classes[0]))
    with pytest.raises(FormatError, match=r"^a\.ttl: cannot be checked \(maximum recursion depth exceeded"):
        violations(found, "a.ttl")


def test_a_fact_may_have_every_modality(small_graph):
    modes = (modality.name for modality in TABLE)
    facts = tuple(replace(fact, modality=next(modes, "asserted")) for fact in small_graph.facts)
    found = replace(small_graph, facts=facts).to_rdflib()
    assert set(map(str, found.objects(predicate=iri("kg:modality")))) == {modality.name for modality in TABLE}
    assert violations(found, "a.ttl") == []
