"""What a notebook shows, read as HTML: no text of a document becomes markup, and the tags alone say it all."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from dataclasses import replace

import lxml.html
import pytest
from commands import environment

from kg.knowledge_graph import KnowledgeGraph
from kg.records import Entity
from kg.show.notebook import entity_html, fact_html, facts_html, graph_html

EVIL = '<script>alert("x")</script> & <b onclick=1>'


def words(html: str) -> str:
    """What is left to read when all tags are dropped."""
    return " ".join(" ".join(lxml.html.fromstring(html).itertext()).split())


def marked(html: str) -> list[tuple[str, str]]:
    """The marked pieces: tag and text."""
    found = lxml.html.fromstring(html).iter("mark", "b")
    return [(piece.tag, piece.text_content()) for piece in found if piece.getparent().tag in ("blockquote", "small")]


def test_a_graph_shows_counts_its_top_entities_and_a_picture(small_graph):
    tree = lxml.html.fromstring(small_graph._repr_html_())
    assert "Knowledge graph : 3 documents, 13 entities, 7 facts (4 direct, 1 claimed, 1 open, 1 denied)" in words(
        small_graph._repr_html_()
    )
    rows = [[cell.text for cell in row] for row in tree.iterfind(".//tbody/tr")]
    assert rows[:2] == [["Duisburg", "Place", "3", "2"], ["Sören Link", "Person", "3", "2"]]
    assert len(rows) == 8
    assert tree.find(".//svg") is not None


def test_a_card_has_the_facts_in_all_directions(small_graph):
    card = small_graph.card("Huawei")
    assert repr(card).splitlines()[:2] == ["Huawei", "  Organization, 2 mentions in 2 documents"]
    assert "as object, or named in a phrase" in repr(card)
    shown = words(card._repr_html_())
    assert shown.startswith("● Huawei Organization, 2 mentions in 2 documents description: Tech-Konzern id: Huawei")
    assert "RhineCloud – nicht: setzt ein – Komponenten von Huawei negative, asserted, 1 document" in shown
    assert ("mark", "Komponenten von Huawei") in marked(card._repr_html_())


def test_a_card_has_the_facts_in_which_one_has_another_role(small_graph):
    card = small_graph.card("Nele Prinz")
    whole = "Henrik Saller – übergab – Schlüssel – Nele Prinz – in Stade – nur ungern"
    assert repr(card).splitlines()[4:6] == ["  in another role", f"    {whole}  positive, asserted, 1 document"]
    marks = "[Henrik Saller] *übergab* [Nele Prinz] in [Stade] [die Schlüssel] [nur ungern]."
    assert marks in repr(card)
    assert ("mark", "Nele Prinz") in marked(card.html)
    assert words(fact_html(small_graph.facts[5])).startswith(whole)
    assert words(fact_html(small_graph.facts[6])).startswith("Lager – brannte aus positive, asserted")


def test_an_entity_alone_shows_what_it_holds(small_graph):
    shown = entity_html(small_graph.entity("Komponenten von Huawei"))
    assert words(shown) == (
        "● Komponenten von Huawei Concept, 1 mention in 1 document names: Huawei id: Komponenten_von_Huawei"
    )
    place = lxml.html.fromstring(entity_html(small_graph.entity("Duisburg")))
    assert [link.get("href") for link in place.iter("a")] == ["https://sws.geonames.org/2934691/"]


def test_only_web_addresses_become_links():
    shown = entity_html(Entity("a", "Person", "a", same_as=("javascript:alert(1)", "urn:x")))
    assert not list(lxml.html.fromstring(shown).iter("a"))
    assert "same as: javascript:alert(1) urn:x" in words(shown)


def test_facts_show_their_sentences(small_graph):
    shown = small_graph.why("RhineCloud")._repr_html_()
    assert 'Huawei & "Duisburg", Rheinische Nachrichten, 2022-04-01 · zeitung/huawei.txt:102-152' in words(shown)
    assert marked(shown) == [
        ("mark", "RhineCloud"),
        ("b", "setzt"),
        ("mark", "Komponenten von Huawei"),
        ("b", "ein"),
    ]


@pytest.mark.parametrize(
    ("fact", "head"),
    [
        ("a1", "Sören Link – leitet – Duisburg positive, asserted, 2 documents"),
        ("c3", "RhineCloud – nicht: setzt ein – Komponenten von Huawei negative, asserted, 1 document"),
        (
            "d4",
            "Prüfung – abgeschlossen – 2023 (laut Jan Weidenfeld) positive, asserted, speaker Jan Weidenfeld, from 2023",
        ),
    ],
)
def test_a_fact_alone_reads_its_ids_as_labels(small_graph, fact, head):
    (found,) = [member for member in small_graph.facts if member.id == fact]
    shown = words(fact_html(found))
    assert shown.startswith(head)
    assert shown.count(found.claims[0].sentence.text.split()[0]) >= 1


def test_why_is_a_tuple_that_knows_its_graph(small_graph):
    facts = replace(small_graph).why("Link", "unterzeichnen")
    assert facts == (small_graph.facts[1],)
    again = pickle.loads(pickle.dumps(facts))
    assert again == facts
    assert again._repr_html_() == facts._repr_html_()


def test_what_is_left_out_is_counted(small_graph):
    fact = replace(small_graph.facts[0], claims=small_graph.facts[0].claims * 3)
    shown = words(facts_html(small_graph, (fact,) * 14))
    assert shown.count("… and 3 more sentences") == 12
    assert shown.endswith("… and 2 more facts")
    assert words(facts_html(small_graph, ())) == "No facts."


def test_texts_never_become_markup(small_graph):
    names = {
        entity.id: replace(entity, label=EVIL, description=EVIL, aliases=(EVIL,)) for entity in small_graph.entities
    }
    claims = {
        fact.id: tuple(replace(claim, sentence=replace(claim.sentence, text=EVIL)) for claim in fact.claims)
        for fact in small_graph.facts
    }
    facts = tuple(
        replace(fact, literal=fact.literal and EVIL, lemma=EVIL, claims=claims[fact.id]) for fact in small_graph.facts
    )
    documents = tuple(replace(document, title=EVIL, publisher=EVIL) for document in small_graph.documents)
    graph = KnowledgeGraph(documents, tuple(names.values()), facts)
    shown = [graph_html(graph), facts_html(graph, facts), *map(fact_html, facts)]
    shown += [graph.card(entity.id).html for entity in graph.entities]
    for html in shown:
        tree = lxml.html.fromstring(html)
        assert not list(tree.iter("script"))
        assert not [node for node in tree.iter() if "onclick" in node.attrib]


def test_all_is_readable_without_styles(small_graph):
    """A style sheet of ours would leak into the page around, and scripts may not run where notebooks are stored."""
    for html in (small_graph._repr_html_(), small_graph.card("Huawei").html):
        assert not re.search(r"<(style|script|link|iframe)\b", html)


@pytest.fixture
def cell(browser, tmp_path):
    """Show the HTML of a view in a browser, as wide as a notebook shows it."""

    def show(html: str) -> None:
        (tmp_path / "cell.html").write_text(f"<!doctype html><meta charset=utf-8>{html}", encoding="utf-8")
        browser.open((tmp_path / "cell.html").as_uri(), viewport={"width": 900, "height": 600})

    return show


INSIDE = "iframe >> internal:control=enter-frame >> "


def test_the_explorer_runs_in_its_frame(small_graph, browser, cell):
    view = small_graph.explore(height=500)
    assert repr(view).startswith("<Explorer of <KnowledgeGraph documents=3, entities=13, facts=7>; ")
    cell(view.html)
    browser("page.fill", f"{INSIDE}#query", "link")
    browser("page.keyboard.press", "Enter")
    assert browser("page.textContent", f"{INSIDE}#panel-title") == "Sören Link"
    assert browser.errors() == []
    assert [url for url in browser.requests() if url.startswith("http")] == []


def test_the_explorer_in_a_cell_that_is_unfolded_later(small_graph, browser, cell):
    """A frame that gets its size after the page in it has started shows the same picture as any other."""
    html = small_graph.explore(height=500).html
    pictures = []
    for hidden in ("", "hidden"):
        cell(f"<div {hidden}>{html}</div>")
        browser("page.waitForSelector", f"{INSIDE}#panel-title", {"state": "attached"})
        browser("page.evaluate", "document.querySelector('div').hidden = false")
        browser("page.waitForSelector", f"{INSIDE}#panel-title")
        browser("page.waitForTimeout", 500)
        pictures.append(browser("page.screenshot"))
    assert pictures[0] == pictures[1]


def test_ipython_shows_records_as_html(small_graph):
    """Records know nothing of notebooks; who holds a graph in IPython has taught it to show them."""
    code = (
        "from IPython.core.interactiveshell import InteractiveShell as Shell\n"
        "shell = Shell.instance()\n"
        "import kg\n"
        "kg.KnowledgeGraph\n"
        "shown, _ = shell.display_formatter.format(kg.Entity('a', 'Person', 'Sören Link'))\n"
        "print(shown['text/html'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", env=environment())
    assert "<b>Sören Link</b>" in done.stdout, done.stderr
