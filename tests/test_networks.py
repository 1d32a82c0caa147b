"""A graph as a network, compared whole: what is drawn of it, and what links two names."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import pytest
from small_graph import PAPER_CLAIMS

from kg.knowledge_graph import KnowledgeGraph
from kg.records import Document, Entity, Fact, FactRole


def test_networkx_graph_as_a_whole(small_graph):
    """With all things without a name, and texts."""
    expected = nx.MultiDiGraph()
    for node, label, type_, weight, mentions, into, out in [
        ("Duisburg", "Duisburg", "Place", 2, 3, 2, 0),
        ("Henrik_Saller", "Henrik Saller", "Person", 1, 1, 0, 4),
        ("Huawei", "Huawei", "Organization", 2, 2, 0, 1),
        ("Jan_Weidenfeld", "Jan Weidenfeld", "Person", 1, 1, 0, 0),
        ("Komponenten_von_Huawei", "Komponenten von Huawei", "Concept", 1, 1, 1, 0),
        ("Lager", "Lager", "Concept", 1, 1, 0, 0),
        ("Memorandum_of_Understanding", "Memorandum of Understanding", "Agreement", 1, 1, 1, 0),
        ("Nele_Prinz", "Nele Prinz", "Person", 1, 1, 1, 0),
        ("Prüfung", "Prüfung", "Concept", 1, 1, 0, 1),
        ("RhineCloud", "RhineCloud", "Product", 1, 1, 0, 1),
        ("Schlüssel", "Schlüssel", "Concept", 1, 1, 1, 0),
        ("Stade", "Stade", "Place", 1, 1, 1, 0),
        ("Sören_Link", "Sören Link", "Person", 2, 3, 0, 2),
        ("literal:2023", "2023", "Literal", 1, 1, 1, 0),
        ("literal:nur ungern", "nur ungern", "Literal", 1, 1, 1, 0),
    ]:
        more = {"kind": "", "aliases": "", "description": "", "weight": weight, "mentions": mentions}
        more |= {"first_date": "2018-01" if weight == 2 else "2022-04-01", "last_date": "2022-04-01"}
        more |= {"degree": into + out, "in_degree": into, "out_degree": out}
        expected.add_node(node, label=label, type=type_, **more)
    for node in ("Henrik_Saller", "Lager", "Nele_Prinz", "Schlüssel", "Stade", "literal:nur ungern"):
        expected.nodes[node].update(first_date="", last_date="")  # that text has none
    expected.nodes["Huawei"]["description"] = "Tech-Konzern"
    expected.nodes["Sören_Link"]["aliases"] = "Link"
    paper = {
        "weight": 1,
        "polarity": "positive",
        "modality": "asserted",
        "speaker": "",
        "stance": "direct",
        "confidence": 1.0,
        "risk": 0.0,
    }
    paper |= {
        "first_date": "2022-04-01",
        "last_date": "2022-04-01",
        "since": "",
        "until": "",
        "documents": "zeitung/huawei.txt",
    }
    blog = paper | {"first_date": "2018-01", "last_date": "2018-01", "documents": "blog.txt"}
    yard = paper | {"first_date": "", "last_date": "", "documents": "zeitung/werft.txt", "fact": "f6", "core": False}
    yard |= {"risk": 0.0123, "label": "übergab", "predicate": "kgp:übergeben", "class": "schema:GiveAction"}
    yard |= {"evidence": "Henrik Saller übergab Nele Prinz in Stade die Schlüssel nur ungern."}
    for key, source, target, attributes in [
        (
            "a1",
            "Sören_Link",
            "Duisburg",
            blog
            | {"label": "leitet", "predicate": "org:headOf", "class": "kg:Lead"}
            | {"weight": 2, "last_date": "2022-04-01"}
            | {
                "evidence": "Oberbürgermeister Sören Link leitet Duisburg.",
                "documents": "blog.txt | zeitung/huawei.txt",
            },
        ),
        (
            "b2",
            "Sören_Link",
            "Memorandum_of_Understanding",
            paper
            | {"label": "hat unterzeichnet", "predicate": "kg:signed", "class": "kg:Sign"}
            | {"since": "2018-01-12", "until": "2018-01-12"}
            | {"evidence": "Am 12. Januar 2018 unterzeichnete Link ein „Memorandum of Understanding“."},
        ),
        (
            "c3",
            "RhineCloud",
            "Komponenten_von_Huawei",
            paper
            | {"label": "nicht: setzt ein", "predicate": "kg:uses", "class": "schema:UseAction"}
            | {"polarity": "negative", "stance": "denied"}
            | {"evidence": "RhineCloud setzt keine Komponenten von Huawei ein."},
        ),
        (
            "d4",
            "Prüfung",
            "literal:2023",
            paper
            | {"label": "abgeschlossen", "predicate": "kgp:abschließen", "class": "kg:End"}
            | {"speaker": "Jan Weidenfeld", "since": "2023", "stance": "claimed"}
            | {"evidence": "Die Prüfung ist 2023 abgeschlossen 😀, sagt Jan Weidenfeld."},
        ),
        (
            "e5",
            "Huawei",
            "Duisburg",
            blog
            | {"label": "beliefern", "predicate": "kgp:beliefern", "class": "kg:Deliver"}
            | {"modality": "planned", "stance": "open"}
            | {"evidence": "Huawei will Duisburg beliefern."},
        ),
        ("f6", "Henrik_Saller", "Schlüssel", yard | {"core": True}),
        ("f6.1", "Henrik_Saller", "literal:nur ungern", yard | {"role": "manner"}),
        ("f6.2", "Henrik_Saller", "Stade", yard | {"role": "place", "label": "übergab in"}),
        ("f6.3", "Henrik_Saller", "Nele_Prinz", yard | {"role": "recipient"}),
    ]:
        expected.add_edge(source, target, key=key, **{"fact": key, "role": "object", "core": True} | attributes)
    found = small_graph.to_networkx("all")
    assert nx.utils.graphs_equal(found, expected)
    assert list(found) == list(expected)


NAMED = "Duisburg Henrik_Saller Huawei Memorandum_of_Understanding Nele_Prinz RhineCloud Stade Sören_Link"
WHOLE = (
    "Duisburg Henrik_Saller Huawei Jan_Weidenfeld Komponenten_von_Huawei Lager Memorandum_of_Understanding Nele_Prinz "
    "Prüfung RhineCloud Schlüssel Stade Sören_Link"
)


@pytest.mark.parametrize(
    ("concepts", "nodes", "edges"),
    [
        (None, NAMED, "a1 b2 c3.0.1 e5 f6.2 f6.3"),
        ("joining", NAMED, "a1 b2 c3.0.1 e5 f6.2 f6.3"),
        ("none", NAMED, "a1 b2 c3.0.1 e5 f6.2 f6.3"),
        ("linked", WHOLE, "a1 b2 c3 e5 f6 f6.2 f6.3"),
        ("all", f"{WHOLE} literal:2023 literal:nur ungern", "a1 b2 c3 d4 e5 f6 f6.1 f6.2 f6.3"),
    ],
)
def test_how_much_of_a_graph_is_drawn(small_graph, concepts, nodes, edges):
    found = small_graph.to_networkx(concepts)
    assert " ".join(found) == nodes
    assert " ".join(sorted(key for _, _, key in found.edges(keys=True))) == edges


def test_who_says_something_is_linked_with_the_names_it_is_about():
    """With those that have a name, or are named in a phrase; not where the subject itself speaks."""
    names = {name: Entity(name, "Person", name) for name in ("Merkel", "Tsipras", "Macron", "Rom")}
    phrases = {"Bürger von Rom": ("Rom",), "Plan": ()}
    entities = (*names.values(), *(Entity(p, "Concept", p, named=False, parts=parts) for p, parts in phrases.items()))
    said = [("a", "Tsipras", "Macron"), ("b", "Bürger von Rom", "Plan"), ("c", "Merkel", "Macron")]
    facts = tuple(Fact(id, subject, "kgp:loben", "loben", object, speaker="Merkel") for id, subject, object in said)
    found = KnowledgeGraph((), entities, facts).to_networkx()
    spoken = [
        (one, other, key, e["label"])
        for one, other, key, e in found.edges(keys=True, data=True)
        if e["role"] == "speaker"
    ]
    assert spoken == [
        ("Merkel", "Tsipras", "a.1", "äußert sich zu"),
        ("Merkel", "Macron", "a.2", "äußert sich zu"),
        ("Merkel", "Rom", "b.1.1", "äußert sich zu Bürger von Rom"),
    ]
    assert {e["core"] for *_, e in found.edges(data=True) if e["role"] == "speaker"} == {False}


def test_a_phrase_hands_its_links_on_to_the_names_in_it():
    """ "Rat der IAEA" and "Pläne des Iran" are the IAEA and the Iran; what a fact says of a name itself is said once."""
    named = {name: Entity(name, "Organization", name) for name in ("IAEA", "Iran", "Irak")}
    phrases = {
        "Rat der IAEA": ("IAEA",),
        "Pläne des Iran": ("Iran",),
        "Grenze von Iran und Irak": ("Irak", "Iran"),
        "Lage": (),
    }
    things = tuple(Entity(name, "Concept", name, named=False, parts=parts) for name, parts in phrases.items())
    facts = (
        Fact("1", "Rat der IAEA", "kgp:rügen", "rügen", "Pläne des Iran", polarity="negative"),
        Fact("2", "Irak", "kgp:haben", "haben", "Pläne des Iran", roles=(FactRole("place", "an", "Iran"),)),
        Fact("3", "Iran", "kgp:sehen", "sehen", "Grenze von Iran und Irak"),
        Fact("4", "Rat der IAEA", "kgp:sehen", "sehen", "Lage"),
    )
    graph = KnowledgeGraph((), (*named.values(), *things), facts)
    found = graph.to_networkx().edges(keys=True, data=True)
    assert [(key, *ends, data["label"], data["role"], data["core"]) for *ends, key, data in found] == [
        ("1.0.1", "IAEA", "Iran", "Rat der IAEA: nicht: rügen Pläne des Iran", "object", False),
        ("3.0.1", "Iran", "Irak", "sehen Grenze von Iran und Irak", "object", False),
        ("2.1", "Irak", "Iran", "haben an", "place", False),
    ]


def test_what_links_two_names_is_drawn_whether_it_has_a_name_or_not():
    """Gerda found the keys that Henrik lost; both of them like the sea, of which Ole alone is afraid."""
    people = tuple(Entity(name, "Person", name) for name in ("Gerda", "Henrik", "Ole"))
    things = (Entity("Schlüssel", "Concept", "Schlüssel", named=False), Entity("See", "Concept", "See", named=False))
    said = [
        ("1", "Gerda", "finden", "Schlüssel"),
        ("2", "Henrik", "verlieren", "Schlüssel"),
        ("3", "Ole", "meiden", "See"),
    ]
    facts = tuple(Fact(id, one, f"kgp:{verb}", verb, other) for id, one, verb, other in said)
    graph = KnowledgeGraph((), (*people, *things), facts)
    assert list(graph.to_networkx()) == ["Gerda", "Henrik", "Schlüssel"]
    assert list(graph.to_networkx("none")) == []
    assert list(graph.places) == list(graph.communities) == ["Gerda", "Henrik", "Schlüssel"]


@pytest.mark.parametrize(
    ("type", "verb", "texts", "drawn"),
    [
        ("Concept", "ablehnen", ("a", "a"), ["Gerda", "Ole", "Interview"]),
        ("Concept", "ablehnen", ("a", "b"), []),  # two interviews, for all one knows
        ("Role", "ablehnen", ("a", "a"), []),  # two presidents have nothing to do with each other
        ("Concept", "geben", ("a", "a"), ["Gerda", "Ole", "Interview"]),  # light verbs go between two names alone
    ],
)
def test_what_has_no_name_links_names_of_one_text_alone(type, verb, texts, drawn):
    people = (Entity("Gerda", "Person", "Gerda"), Entity("Ole", "Person", "Ole"))
    said = [("1", "Gerda", texts[0]), ("2", "Ole", texts[1])]
    facts = tuple(
        Fact(id, name, f"kgp:{verb}", verb, "Interview", claims=(replace(PAPER_CLAIMS[0], doc=text),))
        for id, name, text in said
    )
    documents = tuple(Document(text, "") for text in sorted(set(texts)))
    graph = KnowledgeGraph(documents, (*people, Entity("Interview", type, "Interview", named=False)), facts)
    assert list(graph.to_networkx()) == drawn
