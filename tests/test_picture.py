"""The still picture of a graph: well-formed, no label over another, the same bytes whatever the hash seed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from commands import printed
from lxml import etree

from kg.errors import KgError
from kg.graph.styling import STANCE_COLORS, TYPE_COLORS
from kg.knowledge_graph import KnowledgeGraph
from kg.records import Entity, Fact
from kg.show.picture import draw

SVG = "{http://www.w3.org/2000/svg}"


def parsed(picture) -> etree._Element:
    return etree.fromstring(picture._repr_svg_())


def star(leaves: int) -> KnowledgeGraph:
    """A town of which much is said."""
    names = [f"Behörde {number:02}" for number in range(leaves)]
    entities = (Entity("Duisburg", "Place", "Duisburg"), *(Entity(name, "Organization", name) for name in names))
    facts = tuple(Fact(name, name, "kgp:prüfen", "prüfen", "Duisburg") for name in names)
    return KnowledgeGraph((), entities, facts)


def test_it_shows_who_is_linked_and_how(small_graph):
    picture = small_graph.plot()
    tree = parsed(picture)
    assert repr(picture) == "<Picture of 8 of 13 entities, 5 of 7 facts>"
    titles = [title.text for title in tree.iter(f"{SVG}title")]
    assert titles[:2] == [
        "Sören Link – leitet – Duisburg",
        "Sören Link – hat unterzeichnet – Memorandum of Understanding",
    ]
    handed = "Henrik Saller – übergab – Schlüssel – Nele Prinz – in Stade – nur ungern"
    assert titles.count(handed) == 2  # to whom, and where
    assert "Schlüssel (Concept)" not in titles
    labels = [text.text for text in tree.iter(f"{SVG}text")]
    assert {"Sören Link", "Duisburg", "Person", "Place", "stated", "planned, possible, …"} <= set(labels)
    assert "denied" in labels  # RhineCloud and Huawei, who is named in "Komponenten von Huawei"
    assert labels[-1] == "Shown: 8 of 13 entities, 5 of 7 facts"
    assert TYPE_COLORS["Person"] in picture.svg
    assert STANCE_COLORS["open"] in picture.svg


def test_it_shows_things_without_a_name_when_asked_for(small_graph):
    picture = small_graph.plot(concepts="linked")
    titles = [title.text for title in parsed(picture).iter(f"{SVG}title")]
    assert repr(picture) == "<Picture of 10 of 13 entities, 5 of 7 facts>"
    assert "Schlüssel (Concept)" in titles
    assert "Prüfung (Concept)" not in titles  # its only object is a text
    assert STANCE_COLORS["denied"] in picture.svg


def test_it_keeps_to_the_most_linked():
    tree = parsed(star(60).plot(most=20))
    circles = [circle for circle in tree.iter(f"{SVG}circle") if circle.find(f"{SVG}title") is not None]
    assert len(circles) == 20
    assert "Duisburg (Place)" in [circle.findtext(f"{SVG}title") for circle in circles]


def test_labels_stand_inside_and_never_on_each_other():
    tree = parsed(star(40).plot(width=500))
    width, height = (float(tree.get(side)) for side in ("width", "height"))
    boxes = []
    for text in tree.iter(f"{SVG}text"):
        if text.get("text-anchor"):
            x, y, long = float(text.get("x")), float(text.get("y")), len(text.text) * 6.0
            left = x - {"start": 0, "middle": long / 2, "end": long}[text.get("text-anchor")]
            assert 0 <= left < left + long <= width
            assert 0 <= y - 8 <= height
            boxes.append((left, y - 8, left + long, y + 2))
    assert len(boxes) > 5
    for number, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[number + 1 :]:
            assert left >= other[2] or other[0] >= right or top >= other[3] or other[1] >= bottom


def test_facts_between_the_same_two_are_bent_apart(small_graph):
    fact = small_graph.facts[0]
    facts = (fact, replace(fact, id="a2", lemma="verlassen", predicate="kgp:verlassen"))
    paths = [path.get("d") for path in parsed(draw(replace(small_graph, facts=facts), 10, 400)).iter(f"{SVG}path")]
    assert len({path for path in paths if "Q" in path}) == 2


@pytest.mark.parametrize("label", ['<script>alert("x")</script>', "a & b", "nul \0 und \x1b", "Zeile\nzwei", "😀" * 40])
def test_any_label_gives_well_formed_svg(small_graph, label):
    entities = tuple(replace(entity, label=label) for entity in small_graph.entities)
    tree = parsed(replace(small_graph, entities=entities).plot())
    assert not list(tree.iter(f"{SVG}script"))


def test_a_picture_has_room_for_its_labels(small_graph):
    assert parsed(small_graph.plot(width=240)).get("width") == "240"
    with pytest.raises(KgError, match="239: no width for a picture; take 240 to 100000 pixels"):
        small_graph.plot(width=239)


def test_an_empty_graph_has_a_picture_too():
    assert repr(KnowledgeGraph((), (), ()).plot()) == "<Picture of 0 of 0 entities, 0 of 0 facts>"
    assert parsed(KnowledgeGraph((), (), ()).plot()).tag == f"{SVG}svg"


def test_the_same_graph_is_the_same_picture(small_graph, tmp_path):
    seen = {printed("print(value.plot().svg)", replace(small_graph, claims=()), seed=seed) for seed in "12"}
    assert seen == {f"{small_graph.plot().svg}\n".encode()}
