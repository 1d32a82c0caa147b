"""The query page and the pages of entities in a browser: asked, completed, drawn, saved; in the dark and on a phone."""

from __future__ import annotations

import pytest
from serving import keep, serving


@pytest.fixture(scope="module")
def address(tmp_path_factory, small_extractions):
    path = tmp_path_factory.mktemp("page") / "a.kg"
    keep(path, small_extractions)
    with serving(path, "--limit", "20") as found:
        yield found


@pytest.fixture
def page(browser, address):
    """The query page, ready to be used; whatever a test does, nothing goes wrong and nothing comes from elsewhere."""
    browser.open(f"{address}/")
    browser("page.waitForSelector", "#ready option:nth-child(11)", {"state": "attached"})
    yield browser
    assert browser.errors() == []
    assert {url.removeprefix("blob:")[: len(address)] for url in browser.requests()} <= {address, "data:,"}


LINES = (
    "[...document.querySelectorAll('#table tbody tr')].map((row) => [...row.cells].map((c) => c.innerText).join('|'))"
)


def ask(browser, query: str) -> None:
    browser("page.fill", "#query", query)
    browser("page.keyboard.press", "Control+Enter")


def test_a_ready_question_shows_its_rows(page):
    page("page.selectOption", "#ready", {"label": "Wer hat wann was unterzeichnet?"})
    page("page.waitForSelector", "#table tbody tr")
    assert page("page.evaluate", LINES) == ["Sören Link|Memorandum of Understanding|2018-01-12"]
    assert page("page.textContent", "#status") == "1 Zeile"
    assert "kg:signed" in page("page.inputValue", "#query")


def test_the_address_keeps_the_query(page, address):
    ask(page, "SELECT ?wer { ?wer org:headOf ?was }")
    page("page.waitForSelector", "#table tbody tr")
    kept = page("page.evaluate", "location.href")
    page.open("about:blank")
    page.open(kept)
    page("page.waitForSelector", "#table tbody tr")
    assert page("page.evaluate", LINES) == ["kge:Sören_Link"]


def test_a_row_leads_to_the_page_of_its_entity(page):
    ask(page, "SELECT ?wer { ?wer org:headOf ?was }")
    page("page.click", "#table td a")
    page("page.waitForSelector", "article")
    assert page("page.textContent", "h1") == "Sören Link"
    page("page.click", "text=Duisburg >> nth=0")
    page("page.waitForSelector", "h1:has-text('Duisburg')")
    assert "Huawei will Duisburg beliefern." in page("page.innerText", "main")


@pytest.mark.parametrize(
    ("typed", "keys", "expected"),
    [
        ("ASK { ?f kg:pola", ["Enter"], "ASK { ?f kg:polarity"),
        ("ASK { ?f kg:valid", ["ArrowDown", "Tab"], "ASK { ?f kg:validUntil"),
        ("ASK { ?f sche", ["Enter"], "ASK { ?f schema:"),
        ("ASK { ?f beliefe", ["Enter"], "ASK { ?f kgp:beliefern"),
        ("ASK { ?f kg:pola", ["Escape"], "ASK { ?f kg:pola"),
        ("ASK { ?f a ", ["Control+Space", "Enter"], "ASK { ?f a dcterms:"),
    ],
)
def test_terms_of_the_graph_are_completed(page, typed, keys, expected):
    page("page.fill", "#query", "")
    page("page.type", "#query", typed)
    for key in keys:
        page("page.keyboard.press", key)
    assert page("page.inputValue", "#query") == expected
    assert not page("page.isVisible", "#choices")


def test_yes_no_and_what_goes_wrong(page):
    ask(page, "ASK { kge:Sören_Link org:headOf ?was }")
    page("page.waitForSelector", "#status:has-text('ja')")
    ask(page, "SELECT * { ?s ?p ?o }")
    page("page.waitForSelector", "#status:has-text('20 Zeilen, nur die ersten 20')")


def test_terms_that_the_graph_does_not_have_are_told(page):
    ask(page, "SELECT * { ?f kg:polartiy 'x' ; schema:naem ?n }")
    german = "Im Graphen gibt es kein kg:polartiy (gemeint: kg:polarity?). Im Graphen gibt es kein schema:naem"
    page("page.waitForSelector", f"#status:has-text('0 Zeilen. {german}')")
    page("page.click", "#language")
    page("page.waitForSelector", "#status:has-text('The graph has no kg:polartiy (did you mean kg:polarity?)')")
    ask(page, "ASK { kge:Sören_Link org:headOf kge:Huawei }")
    page("page.waitForSelector", "#status:text-is('no')")


def test_a_bad_query_is_told(browser, address):
    browser.open(f"{address}/")
    browser("page.waitForSelector", "#ready option:nth-child(11)", {"state": "attached"})
    ask(browser, "SELECT * {")
    browser("page.waitForSelector", "#status.bad:has-text('query: line 1, column 10')")
    assert not browser("page.isVisible", "#table")


def test_answers_are_drawn(page):
    page("page.selectOption", "#ready", {"label": "Wer hängt mit wem zusammen? (als Graph)"})
    page("page.click", "#as-graph")
    page("page.waitForSelector", "#net circle")
    names = page(
        "page.evaluate", "[...document.querySelectorAll('#net text:not(.edge) title')].map((t) => t.textContent)"
    )
    assert set(names) == {"Sören Link", "Duisburg", "Memorandum of Understanding", "Henrik Saller", "die Schlüssel"}
    ask(
        page,
        "SELECT * { VALUES (?wer ?was ?wen) { (kge:A kg:uses kge:B) (kge:A 'wie' 3) (kge:B UNDEF kge:C) (UNDEF 1 kge:D) } }",
    )
    page("page.waitForSelector", "#net text:has-text('kge:C')")
    links = page("page.evaluate", "[...document.querySelectorAll('#net text.edge title')].map((t) => t.textContent)")
    assert links == ["kg:uses", "wie", ""]


@pytest.mark.parametrize(
    ("query", "button", "name", "text"),
    [
        ("SELECT ?w { VALUES ?w { 'ä' 2 } }", "CSV", "kg.csv", "w\r\nä\r\n2\r\n"),
        ("ASK {}", "JSON", "kg.json", '{"head":{},"boolean":true}'),
        ("CONSTRUCT { kge:a kg:b 'ä' } {}", "Turtle", "kg.ttl", 'kge:a kg:b "ä" .'),
    ],
)
def test_answers_are_saved(page, query, button, name, text):
    page(
        "page.evaluate",
        "HTMLAnchorElement.prototype.click = function () { document.body.dataset.name = this.download; };"
        "URL.createObjectURL = (blob) => { blob.text().then((text) => { document.body.dataset.text = text; }); };",
    )
    ask(page, query)
    page("page.click", f"#downloads button:has-text('{button}')")
    page("page.waitForSelector", "body[data-name][data-text]")
    saved = page("page.evaluate", "[document.body.dataset.name, document.body.dataset.text]")
    assert (saved[0], text in saved[1]) == (name, True), saved


def test_the_page_speaks_two_languages(page):
    page("page.click", "#language")
    assert page("page.textContent", "h1") == "Ask the graph"
    assert page("page.textContent", "#run") == "Ask"
    page("page.selectOption", "#ready", {"label": "Who signed what, and when?"})
    page("page.waitForSelector", "#status:has-text('1 row')")
    page("page.click", "#language")
    page("page.waitForSelector", "#status:has-text('1 Zeile')")
    assert page("page.textContent", "h1") == "Den Graphen fragen"


def test_a_language_that_was_chosen_goes_along(page):
    page("page.click", "#language")
    ask(page, "SELECT ?wer { ?wer org:headOf ?was }")
    page("page.click", "#table td a")
    page("page.waitForSelector", "h2:has-text('2 facts')")
    page("page.click", "article a >> nth=0")
    page("page.waitForSelector", "html[lang=en] h2:has-text('1 fact')")
    page("page.click", "text=Deutsch")
    page("page.waitForSelector", "html[lang=de] h2:has-text('1 Fakt')")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/page/entity/Duisburg"])
def test_readable_for_all_and_on_a_phone(browser, address, path, scheme):
    browser.open(f"{address}{path}", colorScheme=scheme, viewport={"width": 360, "height": 700})
    if path == "/":
        browser("page.selectOption", "#ready", {"label": "Was wird bestritten, und von wem?"})
        browser("page.waitForSelector", "#table tbody tr")
    assert browser("page.evaluate", "document.documentElement.scrollWidth <= innerWidth")
    assert browser.serious_faults() == []
    assert browser.errors() == []
