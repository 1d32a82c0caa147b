"""Parts of a graph: which facts stay, what they take along, and that the whole one stays as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.errors import QueryError
from kg.knowledge_graph import KnowledgeGraph
from kg.records import MODALITIES, TYPES, Argument, Claim, Document, Entity, Fact, Literal, Predicate, Span


def ids(graph: KnowledgeGraph) -> str:
    return " ".join(fact.id for fact in graph.facts)


@pytest.mark.parametrize(
    ("given", "facts"),
    [
        ({}, "a1 b2 c3 d4 e5 f6 g7"),
        ({"min_weight": 2}, "a1"),
        ({"min_weight": 3}, ""),
        ({"modality": ["planned"]}, "e5"),
        ({"modality": ["planned", "asserted"]}, "a1 b2 c3 d4 e5 f6 g7"),
        ({"polarity": "negative"}, "c3"),
        ({"polarity": "positive", "modality": "asserted"}, "a1 b2 d4 f6 g7"),
        ({"speaker": "Weidenfeld"}, "d4"),
        ({"speaker": "Huawei"}, ""),
        ({"predicate": "unterzeichnen"}, "b2"),
        ({"predicate": "org:headOf"}, "a1"),
        ({"predicate": "uses", "polarity": "negative"}, "c3"),
        ({"predicate": "übergeben"}, "f6"),
        ({"predicate": "übergeben in"}, "f6"),
        ({"predicate": "übergab in"}, "f6"),
        ({"predicate": "übergeben an"}, ""),
        ({"predicate": "tanzen"}, ""),
        ({"types": ["Person", "Place"]}, "a1 f6"),
        ({"types": ["Concept"]}, "d4 g7"),
        ({"types": ["Person"]}, "f6"),
        ({"since": "2019"}, "a1 c3 d4"),
        ({"until": "2018-01-11"}, "a1 e5"),
        ({"since": "2018-01-12", "until": "2018-01-12"}, "a1 b2 e5"),
        ({"since": "2023", "until": "2023"}, "d4"),
        ({"since": "2024"}, ""),
        ({"since": "2018", "until": "2018", "modality": ["asserted"], "min_weight": 2}, "a1"),
    ],
)
def test_facts_that_pass(small_graph, given, facts):
    assert ids(small_graph.filter(**given)) == facts


@pytest.mark.parametrize(("least", "facts"), [(0.0, "a1 b2"), (0.4, "a1 b2"), (0.41, "a1"), (1, "a1")])
def test_facts_that_are_read_surely_pass(small_graph, least, facts):
    """Also what is denied, planned or quoted may be misread."""
    told = tuple(replace(f, confidence=0.4) if f.id == "b2" else f for f in small_graph.facts if f.id in ("a1", "b2"))
    assert ids(small_graph.derived(facts=told).filter(min_confidence=least)) == facts


def test_a_fact_takes_its_ends_its_speaker_and_its_documents_along(small_graph):
    found = small_graph.filter(since="2023")
    assert [entity.id for entity in found.entities] == ["Jan_Weidenfeld", "Prüfung"]
    assert [document.id for document in found.documents] == ["zeitung/huawei.txt"]
    assert found.claims == small_graph.facts[3].claims
    assert found.base_iri == small_graph.base_iri


def test_types_keep_entities_without_facts(small_graph):
    found = small_graph.filter(types=["Person"])
    assert [entity.id for entity in found.entities] == ["Henrik_Saller", "Jan_Weidenfeld", "Nele_Prinz", "Sören_Link"]


def test_of_a_fact_that_stays_the_roles_go_that_others_have(small_graph):
    """Who gave to whom is left; what was given, and where, goes, and the sentence is as it was."""
    (found,) = small_graph.filter(types=["Person"]).facts
    whole = small_graph.facts[5]
    assert (found.id, found.subject, found.object, found.claims) == (whole.id, "Henrik_Saller", "", whole.claims)
    assert [(role.role, role.entity, role.value) for role in found.roles] == [
        ("manner", "", "nur ungern"),
        ("recipient", "Nele_Prinz", ""),
    ]
    assert small_graph.with_concepts("none").facts[-1] == replace(found, roles=tuple(role for role in whole.roles))


def test_parts_name_only_what_is_left(small_graph):
    denied = small_graph.filter(types=["Product", "Concept"])
    assert [entity.parts for entity in denied.entities if entity.id == "Komponenten_von_Huawei"] == [()]
    assert [entity.parts for entity in small_graph.around("RhineCloud", hops=2).entities if entity.parts] == [
        ("Huawei",)
    ]


@pytest.mark.parametrize(
    ("name", "hops", "facts", "entities"),
    [
        ("Link", 1, "a1 b2", "Duisburg Memorandum_of_Understanding Sören_Link"),
        ("Huawei", 1, "c3 e5", "Duisburg Huawei Komponenten_von_Huawei RhineCloud"),
        ("Huawei", 2, "a1 c3 e5", "Duisburg Huawei Komponenten_von_Huawei RhineCloud Sören_Link"),
        ("RhineCloud", 1, "c3", "Huawei Komponenten_von_Huawei RhineCloud"),
        (
            "Huawei",
            9,
            "a1 b2 c3 e5",
            "Duisburg Huawei Komponenten_von_Huawei Memorandum_of_Understanding RhineCloud Sören_Link",
        ),
        ("Prüfung", 1, "d4", "Jan_Weidenfeld Prüfung"),
        ("Nele Prinz", 1, "f6", "Henrik_Saller Nele_Prinz Schlüssel Stade"),
        ("Lager", 1, "g7", "Lager"),
        ("Jan Weidenfeld", 1, "d4", "Jan_Weidenfeld Prüfung"),  # he says so
    ],
)
def test_around(small_graph, name, hops, facts, entities):
    found = small_graph.around(name, hops=hops)
    assert ids(found) == facts
    assert " ".join(entity.id for entity in found.entities) == entities


def test_filters_leave_the_graph_as_it_was(small_graph):
    before = repr(small_graph), small_graph.entities, small_graph.facts
    small_graph.around("Huawei").filter(min_weight=2, since="2018")
    assert (repr(small_graph), small_graph.entities, small_graph.facts) == before


def test_filters_can_be_chained_and_written(small_graph, tmp_path):
    found = small_graph.around("Huawei", hops=2).filter(modality=["planned"])
    for name in ("a.ttl", "a.graphml", "a.gexf", "a.jsonl", "a.nt"):
        found.write(tmp_path / name)
    assert ids(found) == "e5"
    assert found.places.keys() == {"Duisburg", "Huawei"}


def test_a_fact_without_any_date_is_in_no_time():
    claim = Claim(
        "d", Span(0, 1, "A"), Argument(0, 1, "A", "Thing"), Predicate("x", "kgp:x", (), ""), Literal(0, 1, "A", "A")
    )
    fact = Fact("1", "A", "kgp:x", "x", "", "A", claims=(claim,))
    graph = KnowledgeGraph((Document("d", "A"),), (Entity("A", "Thing", "A"),), (fact,), (claim,))
    assert graph.filter(since="0001").facts == ()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"types": ["Mensch"]}, f"Mensch: no type of a graph; take some of {', '.join(TYPES)}"),
        ({"modality": ["wahr"]}, f"wahr: no modality of a graph; take some of {', '.join(MODALITIES)}"),
        ({"polarity": "nein"}, "nein: no polarity of a graph; take some of positive, negative"),
        ({"speaker": "Merkel"}, "Merkel: no entity of that name; no name here is like it; check the spelling"),
        ({"since": "gestern"}, "gestern: no date; write YYYY, YYYY-MM or YYYY-MM-DD"),
        ({"until": "2018-1"}, "2018-1: no date; write YYYY, YYYY-MM or YYYY-MM-DD"),
        ({"until": "2018-13"}, "2018-13: no such date; check its month and day"),
        ({"since": "2022", "until": "2018"}, "2022 to 2018: ends before it begins; swap the two dates"),
    ],
)
def test_what_is_no_filter(small_graph, given, message):
    with pytest.raises(QueryError) as caught:
        small_graph.filter(**given)
    assert str(caught.value) == message


def test_around_nobody(small_graph):
    with pytest.raises(QueryError, match="Huwei: no entity of that name; did you mean Huawei"):
        small_graph.around("Huwei")


def test_steps_end_where_the_graph_does(small_graph):
    assert small_graph.around("Huawei", hops=10**12) == small_graph.around("Huawei", hops=50)


def test_an_iterator_filters_as_a_list_does(small_graph):
    assert small_graph.filter(types=iter(["Person"])) == small_graph.filter(types=["Person"])
    assert small_graph.filter(modality=iter(["asserted"])) == small_graph.filter(modality=["asserted"])
