"""The explorer page as a person meets it: "Link" is typed, a card opens, its facts show their sentences, by mouse and by keys."""

from __future__ import annotations

from dataclasses import asdict, replace
from html import escape

import pytest
from exploring import DESKTOP, HOSTILE, PHONE, click_edge, focused, look, opener, press, text

from kg.knowledge_graph import KnowledgeGraph
from kg.records import Document
from kg.show.explorer.page import page


@pytest.fixture(scope="module")
def shown(browser, small_graph, tmp_path_factory):
    """Open the page of the small graph in a fresh window, with all entities in its picture."""
    path = tmp_path_factory.mktemp("explorer") / "graph.html"
    small_graph.write(path, concepts="linked")
    return opener(browser, path)


def test_search_card_and_the_sentence_behind_a_fact(shown):
    browser = shown()
    browser("page.type", "#query", "Link")
    assert text(browser, "#suggestions li >> nth=0").startswith("Sören Link")
    browser("page.click", "#suggestions li >> nth=0")
    assert text(browser, "#panel h2") == "Sören Link"
    assert "Person · 3 Nennungen in 2 Texten" in text(browser, "#panel")
    assert "auch Link" in text(browser, "#panel dl")
    browser("page.click", "#panel .row:has-text('Memorandum')")
    assert text(browser, "figure mark.subject") == "Link"
    assert text(browser, "figure mark.cue") == "unterzeichnete"
    assert text(browser, "figure mark.object") == "Memorandum of Understanding"
    assert text(browser, "#panel dl") == (
        "Bejaht oder verneint bejaht Wie sicher es gesagt ist festgestellt Wer es sagt der Text selbst "
        "Zeit 12. Januar 2018"
    )
    assert 'Huawei & "Duisburg" Rheinische Nachrichten, 1. April 2022' in text(browser, "figcaption")
    assert browser("page.getAttribute", "figcaption a", "href") == "https://example.org/huawei?id=1"
    browser("page.click", ".back")
    assert text(browser, "#panel h2") == "Sören Link"
    assert browser.errors() == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("soren", "Sören Link"),
        ("SOEREN L", "Sören Link"),
        ("prufung", "Prüfung"),
        ("memorandum of", "Memorandum of Understanding"),
        ("weiden", "Jan Weidenfeld"),
    ],
)
def test_search_cares_for_neither_case_nor_umlauts(shown, typed, found):
    browser = shown()
    browser("page.fill", "#query", typed)
    assert text(browser, "#suggestions li >> nth=0 >> .name") == found


def test_a_speaker_stands_beside_what_he_says(shown):
    browser = shown("#fact=d4")
    assert "Wer es sagt Jan Weidenfeld" in text(browser, "#panel dl")
    assert "gesagt von Jan Weidenfeld" in text(browser, "figcaption")
    assert text(browser, "blockquote") == "Die Prüfung ist 2023 abgeschlossen 😀, sagt Jan Weidenfeld."
    browser("page.click", "#panel dl .thing")
    assert "Als Sprecher 1" in text(browser, "#panel")


def test_a_card_lists_what_is_named_inside_a_phrase(shown):
    browser = shown("#entity=Huawei")
    assert "Tech-Konzern" in text(browser, "#panel dl")
    assert "Darin genannt 1 RhineCloud nicht: setzt ein Komponenten von Huawei" in text(browser, "#panel")


def test_a_fact_shows_who_and_what_has_another_role(shown):
    browser = shown("#entity=Nele_Prinz")
    said = "Henrik Saller übergab Schlüssel Nele Prinz in Stade nur ungern"
    assert f"In anderer Rolle 1 {said}" in text(browser, "#panel")
    browser("page.click", "#panel .row")
    assert text(browser, "#panel dl").startswith(
        "Wem Nele Prinz Ort in Stade Wie nur ungern Bejaht oder verneint bejaht"
    )
    marks = "[...document.querySelectorAll('figure mark')].map((mark) => [mark.className, mark.title, mark.innerText])"
    assert browser("page.evaluate", marks) == [
        ["subject", "Subjekt", "Henrik Saller"],
        ["cue", "Aussage", "übergab"],
        ["role", "Wem", "Nele Prinz"],
        ["role", "Ort", "Stade"],
        ["object", "Objekt", "die Schlüssel"],
        ["role", "Wie", "nur ungern"],
    ]
    assert text(browser, "#panel .key") == "Subjekt Aussage Objekt weitere Rolle"
    browser("page.click", "#panel dl .thing >> nth=1")
    assert text(browser, "#panel h2") == "Stade"
    assert browser.errors() == []


def test_a_fact_without_an_object_has_none(shown):
    browser = shown("#fact=g7")
    assert text(browser, "#panel .statement") == "Lager brannte aus"
    assert text(browser, "#panel .key") == "Subjekt Aussage"


def test_everything_can_be_done_with_the_keys_alone(shown):
    browser = shown()
    press(browser, "Tab", "Tab")
    assert focused(browser) == "skip-to-facts"
    press(browser, "Enter")
    assert focused(browser) == "list"
    press(browser, "Tab")
    assert focused(browser).startswith("Sören Link leitet Duisburg")
    press(browser, "/")
    assert focused(browser) == "query"
    browser("page.keyboard.type", "du")
    press(browser, "ArrowDown", "ArrowUp", "ArrowDown")
    assert browser("page.getAttribute", "#query", "aria-activedescendant") == "hit-0"
    assert browser("page.getAttribute", "#hit-0", "aria-selected") == "true"
    press(browser, "Enter")
    assert focused(browser) == "panel-title"
    assert text(browser, "#panel h2") == "Duisburg"
    press(browser, "Tab", "Tab")
    for _ in range(10):
        if focused(browser).startswith("Sören Link leitet"):
            break
        press(browser, "Tab")
    press(browser, "Enter")
    assert text(browser, "#panel figure mark.subject >> nth=0") == "Sören Link"
    press(browser, "Escape")
    assert focused(browser) == "list"
    assert text(browser, "#panel h2") == "Worum es geht"


def test_escape_closes_suggestions_before_anything_else(shown):
    browser = shown("#entity=Huawei")
    browser("page.fill", "#query", "Link")
    press(browser, "Escape")
    assert browser("page.isHidden", "#suggestions")
    assert text(browser, "#panel h2") == "Huawei"


@pytest.mark.parametrize(
    ("field", "choice", "left"),
    [
        ("types", "Person", 4),
        ("modality", "festgestellt", 1),
        ("modality", "geplant", 6),
        ("polarity", "verneint", 6),
        ("voice", "jemand wird zitiert", 6),
    ],
)
def test_filters_leave_out_what_is_unticked(shown, field, choice, left):
    browser = shown()
    browser("page.click", f"#{field} label:has-text('{choice}')")
    assert text(browser, "#counts") == f"{left} von 7 Fakten"
    browser("page.click", "#show-list")
    assert browser("page.evaluate", "document.querySelectorAll('#facts .row').length") == left
    browser("page.click", "#reset")
    assert text(browser, "#counts") == "13 Dinge · 7 Fakten · 3 Texte"


def test_what_has_no_room_in_the_picture_is_counted_and_found(browser, small_graph, tmp_path):
    small_graph.write(tmp_path / "a.html", concepts="linked", most=3)
    browser = opener(browser, tmp_path / "a.html")()
    assert text(browser, "#counts") == (
        "13 Dinge · 7 Fakten · 3 Texte · 11 mit weniger Verbindungen sind nicht im Bild; die Suche findet sie"
    )
    browser("page.fill", "#query", "weidenfeld")
    browser("page.click", "#suggestions li >> nth=0")
    assert text(browser, "#panel h2") == "Jan Weidenfeld"
    assert browser.errors() == []


def test_least_weight(shown):
    browser = shown()
    browser("page.fill", "#weight", "2")
    assert text(browser, "#counts") == "1 von 7 Fakten"


def test_what_may_be_misread_is_seen_once_asked_for(browser, small_graph, tmp_path):
    """The surest fact of what the author says is made one that kg doubts."""
    plain = next(fact for fact in small_graph.facts if fact.direct)
    facts = tuple(replace(fact, confidence=0.6) if fact == plain else fact for fact in small_graph.facts)
    small_graph.derived(facts=facts).write(tmp_path / "a.html", concepts="linked")
    browser = opener(browser, tmp_path / "a.html")()
    assert text(browser, "#counts") == "6 von 7 Fakten"
    browser("page.fill", "#sure", "60")
    assert text(browser, "#counts") == "13 Dinge · 7 Fakten · 3 Texte"
    browser("page.fill", "#sure", "61")
    assert text(browser, "#counts") == "6 von 7 Fakten"


def test_what_may_harm_is_seen_once_asked_for(browser, small_graph, tmp_path):
    """However surely it is read."""
    plain = next(fact for fact in small_graph.facts if fact.direct)
    facts = tuple(replace(fact, confidence=0.95, risk=0.2) if fact == plain else fact for fact in small_graph.facts)
    small_graph.derived(facts=facts).write(tmp_path / "a.html", concepts="linked")
    browser = opener(browser, tmp_path / "a.html")()
    assert text(browser, "#counts") == "6 von 7 Fakten"
    browser("page.focus", "#sure")
    press(browser, "ArrowLeft")
    assert text(browser, "#counts") == "13 Dinge · 7 Fakten · 3 Texte"


def test_the_timeline_by_the_dates_of_texts_and_of_facts(shown):
    browser = shown()
    assert text(browser, "#period") == "Jan. 2018 – Apr. 2022"
    browser("page.focus", "#from")
    press(browser, "ArrowRight")
    assert text(browser, "#period") == "Feb. 2018 – Apr. 2022"
    assert text(browser, "#counts") == "6 von 7 Fakten"
    browser("page.selectOption", "#basis", "valid")
    assert text(browser, "#period") == "2018 – 2023"
    browser("page.click", "label:has(#undated)")
    assert text(browser, "#counts") == "2 von 7 Fakten"


def test_english(shown):
    browser = shown()
    browser("page.click", "#language")
    assert browser("page.evaluate", "document.documentElement.lang") == "en"
    assert text(browser, "#counts") == "13 things · 7 facts · 3 texts"
    click_edge(browser, 2)
    assert "RhineCloud not: uses Komponenten von Huawei" in text(browser, "#panel")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark_follow_the_system_and_can_be_switched(shown, scheme):
    browser = shown(colorScheme=scheme)
    assert look(browser, "isDark()") is (scheme == "dark")
    browser("page.click", "#theme")
    assert look(browser, "isDark()") is (scheme == "light")


def test_nothing_of_a_document_runs_and_nothing_is_loaded(browser, small_graph, tmp_path):
    """Neither from a label, nor from a sentence, nor through an address that is no address of the web."""
    paper = replace(small_graph.documents[1], title=HOSTILE, url="javascript:document.title='gekapert'")
    link = replace(small_graph.entities[-1], label=HOSTILE, same_as=("javascript:alert(1)",))
    path = tmp_path / "a.html"
    graph = replace(
        small_graph,
        documents=(small_graph.documents[0], paper, *small_graph.documents[2:]),
        entities=(*small_graph.entities[:-1], link),
    )
    graph.write(path)
    browser.open(path.as_uri() + "#entity=S%C3%B6ren_Link", **DESKTOP)
    assert text(browser, "#panel h2") == HOSTILE
    browser("page.click", "#panel .row >> nth=0")
    assert HOSTILE in text(browser, "#panel")
    assert browser("page.title") == "Wissensgraph"
    assert browser("page.evaluate", "[...document.links].map((link) => link.protocol)") == ["file:", "file:"]
    assert browser("page.evaluate", "document.images.length") == 0
    assert [url.partition("#")[0] for url in browser.requests()] == [path.as_uri()]
    assert browser.errors() == []


@pytest.mark.parametrize(
    "context", [DESKTOP, PHONE, DESKTOP | {"colorScheme": "dark"}], ids=["desktop", "phone", "dark"]
)
@pytest.mark.parametrize("state", ["", "#entity=S%C3%B6ren_Link", "#fact=d4", "list", "suggestions", "filters"])
@pytest.mark.slow
def test_axe_finds_no_serious_fault(shown, context, state):
    browser = shown(state if state.startswith("#") else "", **context)
    if state == "list":
        browser("page.click", "#show-list")
    if state == "suggestions":
        browser("page.fill", "#query", "u")
    if state == "filters" and browser("page.isHidden", "#filters"):
        browser("page.click", "#show-filters")
    assert browser.serious_faults() == []
    assert [url.partition("#")[0] for url in browser.requests()][1:] == []


@pytest.mark.parametrize("sandbox", ["", 'sandbox="allow-scripts"'])
def test_the_page_works_inside_another_page(browser, small_graph, tmp_path, sandbox):
    """As a notebook shows it: in a frame that has no address, and in a sandbox no storage either."""
    path = tmp_path / "frame.html"
    path.write_text(
        f'<iframe {sandbox} width="1200" height="700" srcdoc="{escape(page(small_graph))}"></iframe>', "utf-8"
    )
    browser.open(path.as_uri(), **DESKTOP)
    browser("page.mouse.click", 500, 40)
    browser("page.keyboard.type", "Link")
    press(browser, "Enter")
    if not sandbox:  # into one no other page can look
        title = "document.querySelector('iframe').contentDocument.querySelector('#panel h2').innerText"
        assert browser("page.evaluate", title) == "Sören Link"
    assert browser.errors() == []


def test_dates_that_are_none_count_as_undated(browser, small_graph, tmp_path):
    path = tmp_path / "a.html"
    # Stores of an older kg hold such dates.
    told = (asdict(document) | {"date": "im Mai"} for document in small_graph.documents)
    replace(small_graph, documents=tuple(Document.as_kept(*fields.values()) for fields in told)).write(path)
    browser.open(path.as_uri(), **DESKTOP)
    assert browser("page.inputValue", "#basis") == "valid"
    assert text(browser, "#period") == "2018 – 2023"
    assert browser.errors() == []


def test_an_empty_graph_says_so(browser, tmp_path):
    path = tmp_path / "a.html"
    KnowledgeGraph((), (), ()).write(path)
    browser.open(path.as_uri(), **DESKTOP)
    assert text(browser, "#nothing") == "Zu diesen Filtern gibt es nichts zu zeichnen."
    assert browser.errors() == []
