"""Two graphs compared: who and what is new, gone, merged, split, renamed or changed, from both sides alike."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations

import pytest
from compared_graphs import apart, graph_of, read, same, text
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph.comparison.difference import CHANGES, difference
from kg.knowledge_graph import KnowledgeGraph
from kg.records import Document, Entity, Fact, FactRole, Mention

A = text("a", "Huawei  warnt  Jan Link. Jan Link  leitet  Elbwerft.")
B = text("b", "Huawai  warnt  Jan Link.")
C = text("c", "Huawei  warnt  Jan Link.")
ONE_MAN = ("a#15-23", "c#15-23")


def told(old, new) -> list[str]:
    """What a terminal prints, each run of blanks as one."""
    return [" ".join(line.split()) for line in str(old.diff(new)).splitlines()]


def kinds(changes) -> list[tuple[str, list[str], list[str], str]]:
    return [(c.kind, [r.id for r in c.before], [r.id for r in c.after], " ".join(c.what)) for c in changes]


def test_a_new_text_brings_names_and_facts():
    found = told(graph_of(A), graph_of(A, text("d", "Nele Prinz  leitet  Stade.", title="Wahl", date="2024-05")))
    assert found == [
        "documents: 1 new",
        "new d Wahl, 2024-05",
        "",
        "entities: 2 new",
        "new Nele Prinz Person, 1 document",
        "new Stade Place, 1 document",
        "",
        "facts: 1 new",
        "new Nele Prinz – leitet – Stade positive, asserted, 1 document",
    ]


def test_what_a_text_said_is_gone_with_it():
    old, new = graph_of(A, text("d", "Nele Prinz  leitet  Stade.")), graph_of(A)
    assert [line.split(" ")[0] for line in told(old, new)] == [
        *("documents:", "gone", "", "entities:", "gone", "gone", "", "facts:", "gone"),
    ]
    assert [kinds(part) for part in (old.diff(new).documents, old.diff(new).entities)] == [
        [("gone", ["d"], [], "")],
        [("gone", ["Nele_Prinz"], [], ""), ("gone", ["Stade"], [], "")],
    ]


@pytest.mark.parametrize(
    ("new", "changes"),
    [
        (text("a", A.text, title="Neu"), [("changed", ["a"], ["a"], "title")]),
        (text("a", A.text, date="2024-05-01"), [("changed", ["a"], ["a"], "date")]),
        (text("a", A.text.replace("Jan", "Ole")), [("changed", ["a"], ["a"], "text")]),
        (text("mai/a", A.text, title="Neu"), [("renamed", ["a"], ["mai/a"], "id title")]),
        (text("z", "Huawei  warnt  Nele Prinz."), [("new", [], ["z"], ""), ("gone", ["a"], [], "")]),
    ],
)
def test_documents(new, changes):
    assert kinds(graph_of(A).diff(graph_of(new)).documents) == changes


def test_a_text_of_another_name_says_the_same():
    found = graph_of(A, C).diff(graph_of(A, text("mai/c", C.text)))
    assert (found.entities, found.facts) == ((), ())
    assert str(found).splitlines() == ["documents: 1 renamed", "  renamed  c → mai/c"]


def test_an_edit_before_a_sentence_changes_no_fact():
    found = graph_of(A).diff(graph_of(text("a", f"Stade  warnt  Elbwerft. {A.text}")))
    assert [change.kind for change in found.facts] == ["new"]
    assert kinds(found.entities) == [("new", [], ["Stade"], "")]


def test_two_that_a_verdict_makes_one_are_merged():
    one_name = [same("a#0-6", "b#0-6")]
    assert told(graph_of(A, B), graph_of(A, B, verdicts=one_name)) == [
        "entities: 1 merged",
        "merged Huawai + Huawei → Huawai Organization, 2 documents",
        "",
        "facts: 2 changed",
        "changed Huawai – warnt – Jan Link 1 document → 2 documents, confidence 0.90 → 0.99",
        "changed Huawai – warnt – Jan Link 1 document → 2 documents, confidence 0.90 → 0.99",
    ]


def test_one_whom_a_verdict_parts_is_split():
    found = told(graph_of(A, C), graph_of(A, C, verdicts=[apart(*ONE_MAN)]))
    assert found[:2] == [
        "entities: 1 split",
        "split Jan Link (id Jan_Link) → Jan Link (id Jan_Link_a) + Jan Link (id Jan_Link_c) Person, 2 documents",
    ]
    assert not any(line.startswith(("new", "gone")) for line in found)


def handmade(*entities: Entity, facts: tuple[Fact, ...] = (), doc: str = "t") -> KnowledgeGraph:
    return KnowledgeGraph((Document(doc, "Link Lange Prinz Saller"),), entities, facts)


def at(start: int, doc: str = "t") -> Mention:
    return Mention(doc, start, start + 4, "Link", "named", "Person", "Link")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ({"label": "S. Link"}, {}, "renamed S. Link → Sören Link Person, 1 document"),
        ({"id": "Link_t"}, {}, "renamed Sören Link (id Link_t) → Sören Link (id Link) Person, 1 document"),
        ({"id": "Link_t", "label": "Link", "type": "Thing"}, {}, "renamed Link → Sören Link type Thing → Person"),
        ({"type": "Thing"}, {}, "changed Sören Link type Thing → Person"),
        (
            {"type": "Place", "kind": "city"},
            {"type": "Place", "kind": "country"},
            "changed Sören Link kind city → country",
        ),
    ],
)
def test_one_of_the_same_mentions_is_renamed_or_changed(old, new, line):
    link = Entity("Link", "Person", "Sören Link", mentions=(at(0), at(5)))
    assert told(handmade(replace(link, **old)), handmade(replace(link, **new)))[1] == line


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ({"X": [0, 5, 10], "Y": [15]}, {"X": [0, 5], "Y": [10, 15]}, []),  # a mention that moved
        ({"X": [0, 5]}, {"X": [0], "Y": [5]}, [("split", ["X"], ["X", "Y"], "")]),
        ({"X": [0], "Y": [5]}, {"X": [0, 5]}, [("merged", ["X", "Y"], ["X"], "")]),
        ({"X": [0]}, {"X": [5]}, []),  # by its id
        ({"X": [0]}, {"Z": [0], "X": [5]}, [("new", [], ["X"], ""), ("renamed", ["X"], ["Z"], "id label")]),
        ({"X": [0]}, {"Y": [5]}, [("new", [], ["Y"], ""), ("gone", ["X"], [], "")]),
        ({"X": [0]}, {"X": []}, []),
        ({"X": []}, {"Y": []}, [("new", [], ["Y"], ""), ("gone", ["X"], [], "")]),
    ],
)
def test_who_is_who_goes_by_mentions_then_by_ids(old, new, changes):
    graphs = [
        handmade(*(Entity(name, "Person", name, mentions=tuple(map(at, places))) for name, places in side.items()))
        for side in (old, new)
    ]
    assert kinds(graphs[0].diff(graphs[1]).entities) == changes


def test_without_mentions_a_label_will_do_that_nobody_else_has():
    link = Entity("Link_a", "Person", "Link", mentions=(at(0),))
    assert kinds(handmade(link).diff(handmade(Entity("Link", "Person", "Link"))).entities) == [
        ("renamed", ["Link_a"], ["Link"], "id")
    ]
    two = handmade(Entity("Link", "Person", "Link"), Entity("Link_b", "Person", "Link"))
    assert [kind for kind, *_ in kinds(handmade(link).diff(two).entities)] == ["new", "new", "gone"]


WHO = tuple(Entity(name, "Person", name) for name in ("Link", "Lange", "Prinz"))
LEADS = Fact("f", "Link", "org:headOf", "leiten", "Lange")


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ({}, {"id": "g"}, []),
        ({}, {"lemma": "vorstehen"}, []),
        ({}, {"weight": 3}, ["changed Link – leitet – Lange 1 document → 3 documents"]),
        ({}, {"since": "2018"}, ["changed Link – leitet – Lange undated → from 2018"]),
        (
            {"since": "2018", "until": "2018"},
            {"since": "2018-01-12", "until": "2018-01-12"},
            ["changed Link – leitet – Lange in 2018 → on 2018-01-12"],
        ),
        ({"confidence": 0.9}, {"confidence": 0.5}, ["changed Link – leitet – Lange confidence 0.90 → 0.50"]),
        ({"confidence": 0.9}, {"confidence": 0.901}, []),
        (
            {"weight": 2, "confidence": 0.9},
            {"until": "2019", "confidence": 0.95},
            ["changed Link – leitet – Lange 2 documents → 1 document, undated → until 2019, confidence 0.90 → 0.95"],
        ),
        (
            {},
            {"polarity": "negative"},
            [
                "new Link – nicht: leitet – Lange negative, asserted, 1 document",
                "gone Link – leitet – Lange positive, asserted, 1 document",
            ],
        ),
        (
            {},
            {"roles": (FactRole("partner", "mit", "Prinz"),)},
            [
                "new Link – leitet – Lange – mit Prinz positive, asserted, 1 document",
                "gone Link – leitet – Lange positive, asserted, 1 document",
            ],
        ),
        (
            {"modality": "planned"},
            {"speaker": "Prinz", "confidence": 0.4},
            [
                "new Link – leitet – Lange (laut Prinz) positive, asserted, speaker Prinz, unsure (0.40), 1 document",
                "gone Link – leitet – Lange (geplant) positive, planned, 1 document",
            ],
        ),
    ],
)
def test_facts(old, new, lines):
    graphs = [handmade(*WHO, facts=(replace(LEADS, **side),)) for side in (old, new)]
    assert told(*graphs)[1:] == lines


def test_who_takes_part_may_be_called_otherwise():
    roles = (FactRole("partner", "mit", "Prinz"), FactRole("place", "in", "Lange"))
    fact = replace(LEADS, roles=roles, speaker="Prinz")
    renamed = {name: f"{name}_2" for name in ("Link", "Lange", "Prinz")}
    others = tuple(replace(entity, id=renamed[entity.id]) for entity in WHO)
    moved = Fact("g", "Link_2", "org:headOf", "leiten", "Lange_2", speaker="Prinz_2")
    moved = replace(moved, roles=tuple(replace(role, entity=renamed[role.entity]) for role in reversed(roles)))
    found = handmade(*WHO, facts=(fact,)).diff(handmade(*others, facts=(moved,)))
    assert (len(found.entities), found.facts) == (3, ())


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        (
            "2008  A  leitet  B. 2018  A  leitet  B.",
            "2008  A  leitet  B. 2018  A  leitet  B. 2020  A  leitet  B.",
            ["new"],
        ),
        ("2008  A  leitet  B. 2018  A  leitet  B.", "2008  A  leitet  B.", ["gone"]),
        ("2008  A  leitet  B. 2018  A  leitet  B.", "2008  A  leitet  B. 2019  A  leitet  B.", ["changed"]),
        ("A  leitet  B.", "2018  A  leitet  B.", ["changed"]),
    ],
)
def test_what_is_said_of_two_times_is_two_facts(old, new, changes):
    found = graph_of(text("a", old)).diff(graph_of(text("a", new)))
    assert [change.kind for change in found.facts if change.what != ("confidence",)] == changes


def test_another_text_of_another_time_says_another_thing():
    found = graph_of(text("a", "2008  A  leitet  B.")).diff(graph_of(text("b", "2018  A  leitet  B.")))
    assert [change.kind for change in found.facts] == ["new", "gone"]


WORDS = st.sampled_from(["Huawei", "Huawai", "Jan Link", "Link", "Stade"])
CLAUSES = st.tuples(st.sampled_from(["", "2018  ", "2019  "]), WORDS, st.sampled_from(["warnt", "leitet"]), WORDS)
TEXTS = st.lists(CLAUSES, min_size=1, max_size=3).map(
    lambda said: ". ".join(f"{w}{s}  {v}  {o}" for w, s, v, o in said)
)


@st.composite
def graphs(draw) -> KnowledgeGraph:
    """The graph of up to four texts, whose ids others have too, and of verdicts on their names."""
    texts = draw(st.dictionaries(st.sampled_from("abcd"), TEXTS, max_size=4))
    documents = [text(id, said) for id, said in sorted(texts.items())]
    places = [m.id for document in documents for m in read(document).mentions]
    pairs = list(combinations(places, 2))
    if not pairs:
        return graph_of(*documents)
    judged = draw(st.lists(st.tuples(st.sampled_from(pairs), st.sampled_from([same, apart])), max_size=3))
    return graph_of(*documents, verdicts=[judge(*pair) for pair, judge in judged])


OPPOSITE = {"new": "gone", "gone": "new", "merged": "split", "split": "merged"}


def mirrored(changes) -> list[tuple[object, ...]]:
    turned = ((OPPOSITE.get(kind, kind), after, before, what) for kind, before, after, what in kinds(changes))
    return sorted((kind, sorted(before), sorted(after), what) for kind, before, after, what in turned)


@settings(max_examples=150)
@given(graphs(), graphs())
def test_a_graph_is_no_other_than_itself_and_two_differ_alike_from_both_sides(one, other):
    assert not difference(one, one)
    there, back = difference(one, other), difference(other, one)
    for name in ("documents", "entities", "facts"):
        came = [(kind, sorted(b), sorted(a), what) for kind, b, a, what in kinds(getattr(back, name))]
        assert mirrored(getattr(there, name)) == sorted(came)
    assert all(change.kind in CHANGES for change in chain(there.documents, there.entities, there.facts))
