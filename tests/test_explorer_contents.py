"""What the explorer page holds: each sentence once, words in two languages, and no markup made of text."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from exploring import HOSTILE

import kg
from kg.graph.styling import TYPE_COLORS
from kg.knowledge_graph import KnowledgeGraph
from kg.records import Argument, Claim, Document, Entity, Fact, Predicate, Span
from kg.show.explorer.contents import contents, page_words
from kg.show.explorer.page import page

SEEDS = Path(__file__).parents[1] / "seeds"
SCRIPTS = Path(__file__).parents[1] / "kg" / "show" / "explorer" / "scripts"
SOURCES = {
    path.name: path.read_text(encoding="utf-8") for path in files("kg.show.explorer").iterdir() if path.is_file()
}
WRITTEN = {path.relative_to(SCRIPTS).as_posix(): path.read_text(encoding="utf-8") for path in SCRIPTS.rglob("*.js")}


def test_the_same_graph_gives_the_same_page(small_graph):
    assert page(small_graph) == page(small_graph)


def test_the_page_of_the_seeds_is_small_and_has_every_sentence_once():
    graph = kg.build([SEEDS])
    assert len(page(graph).encode()) < 400_000
    sentences = [(s["document"], s["text"]) for s in contents(graph)["sentences"]]
    assert len(set(sentences)) == len(sentences)


def test_marks_are_counted_as_javascript_counts():
    text = "😀 Köln plant 𝔄."
    claim = Claim(
        "d",
        Span(4, 4 + len(text), text),
        Argument(6, 10, "Köln", "Place"),
        Predicate("planen", "kgp:planen", ((11, 16),), "plant"),
        Argument(17, 18, "𝔄", "Product"),
    )
    ends = (Entity("K", "Place", "Köln"), Entity("A", "Product", "𝔄"))
    graph = KnowledgeGraph(
        (Document("d", f"Ja. {text}"),), ends, (Fact("1", "K", "kgp:planen", "planen", "A", claims=(claim,)),)
    )
    [fact] = contents(graph)["facts"]
    utf16 = text.encode("utf-16-le")
    marked = {part: utf16[2 * start : 2 * end].decode("utf-16-le") for start, end, part in fact["claims"][0]["marks"]}
    assert marked == {"subject": "Köln", "cue": "plant", "object": "𝔄"}


def test_what_is_usual_is_left_out(small_graph):
    plain, _, denied, literal, planned, handed, burnt = contents(small_graph)["facts"]
    assert plain.keys() == {"id", "subject", "predicate", "object", "weight", "claims"}
    assert (denied["polarity"], denied["stance"]) == ("negative", "denied")
    assert (literal["literal"], literal["stance"], "object" in literal) == ("2023", "claimed", False)
    assert (planned["modality"], planned["stance"]) == ("planned", "open")
    assert handed.keys() == {"id", "subject", "predicate", "object", "roles", "risk", "claims"}
    entities = [entity.id for entity in small_graph.entities]
    assert handed["roles"] == [
        {"role": "recipient", "entity": entities.index("Nele_Prinz")},
        {"role": "place", "preposition": "in", "entity": entities.index("Stade")},
        {"role": "manner", "value": "nur ungern"},
    ]
    assert burnt.keys() == {"id", "subject", "predicate", "claims"}


def test_what_is_drawn_has_a_place(small_graph):
    for concepts in (None, "none", "linked"):
        placed = [entity["id"] for entity in contents(small_graph, concepts)["entities"] if "x" in entity]
        assert placed == list(small_graph.to_networkx(concepts))
    assert contents(small_graph, "all") == contents(small_graph, "linked")


def test_colors_are_those_of_every_other_picture(small_graph):
    assert {t["name"]: t["color"] for t in contents(small_graph)["types"]}.items() <= TYPE_COLORS.items()


def test_every_word_is_there_in_both_languages_and_used():
    known = {f"{group}.{key}" for group, entries in page_words().items() for key in entries}
    for group in page_words().values():
        for said in group.values():
            assert said.keys() == {"de", "en"}
            assert said["de"].count("{}") == said["en"].count("{}")
    source = "\n".join([SOURCES["explorer.html"], *WRITTEN.values()])
    used = {f"{group}.{key}" for group, key in re.findall(r'"(\w+)\.(\w+)"', source) if group in page_words()}
    built = set(re.findall(r"say\(`(\w+)\.\$\{", source))
    assert built == {"fact", "modality", "polarity", "role", "voice"}
    assert used <= known
    assert {name for name in known - used if name.split(".")[0] not in built} == set()


def test_scripts_make_no_markup_of_text():
    for name, source in (SOURCES | WRITTEN).items():
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", source), name
        assert name.endswith((".py", ".bundle.js")) or len(source.splitlines()) <= 400, name


def test_data_ends_no_script(small_graph):
    hostile = replace(small_graph.entities[0], label=HOSTILE, aliases=("\ud83d", "\u2028", "<!--"))
    text = page(replace(small_graph, entities=(hostile, *small_graph.entities[1:])))
    assert text.count("</script>") == text.count("<script") == 3
    assert "\ud83d" not in text
    stored = re.search(r'id="data">(.*?)</script>', text, re.DOTALL)
    assert json.loads(stored[1])["entities"][0]["label"] == HOSTILE
