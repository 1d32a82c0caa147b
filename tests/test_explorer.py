"""The explorer page as a person meets it: "Link" is typed, a card opens, an edge shows its sentence, by mouse and by keys."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import escape
from importlib.resources import files
from pathlib import Path

import pytest
from browser import Browser

import kg
from kg.explorer.contents import contents, words
from kg.formats.html import page
from kg.graph import KnowledgeGraph
from kg.look import TYPE_COLORS
from kg.records import Argument, Claim, Document, Entity, Fact, Predicate, Span

SEEDS = Path(__file__).parents[1] / "seeds"
DESKTOP = {"viewport": {"width": 1400, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "hasTouch": True, "isMobile": True}
SOURCES = {path.name: path.read_text(encoding="utf-8") for path in files("kg.explorer").iterdir() if path.is_file()}

HOSTILE = "</script><script>document.title = 'gekapert'</script><img src=https://example.org/x onerror=alert(1)>"


@pytest.fixture(scope="module")
def shown(browser, small_graph, tmp_path_factory):
    """Open the page of the small graph in a fresh window."""
    path = tmp_path_factory.mktemp("explorer") / "graph.html"
    small_graph.write(path)

    def opened(fragment: str = "", **context) -> Browser:
        browser.open(path.as_uri() + fragment, **{**DESKTOP, "reducedMotion": "reduce", **context})
        return browser

    return opened


def text(browser: Browser, selector: str) -> str:
    """The visible words of an element, blanks as single ones."""
    return " ".join(browser("page.innerText", selector).split())


def press(browser: Browser, *keys: str) -> None:
    for key in keys:
        browser("page.keyboard.press", key)


def focused(browser: Browser) -> str:
    """What has the keyboard: its id or its words."""
    return browser("page.evaluate", "document.activeElement.id || document.activeElement.innerText")


def click_edge(browser: Browser, number: int) -> None:
    """Click the middle of the edge of a fact."""
    middle = f"(() => {{ const p = pointOn(facts[{number}], 0.5); return toScreen(p.x, p.y); }})()"
    x, y = browser("page.evaluate", middle)
    browser("page.click", "#canvas", {"position": {"x": x, "y": y}})


# What the page holds.


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
    plain, _, denied, literal, planned = contents(small_graph)["facts"]
    assert plain.keys() == {"id", "subject", "predicate", "object", "weight", "claims"}
    assert (denied["polarity"], denied["stance"]) == ("negative", "denied")
    assert (literal["literal"], literal["stance"], "object" in literal) == ("2023", "claimed", False)
    assert (planned["modality"], planned["stance"]) == ("planned", "open")


def test_colors_are_those_of_every_other_picture(small_graph):
    assert {t["name"]: t["color"] for t in contents(small_graph)["types"]}.items() <= TYPE_COLORS.items()


def test_every_word_is_there_in_both_languages_and_used():
    known = {f"{group}.{key}" for group, entries in words().items() for key in entries}
    for group in words().values():
        for said in group.values():
            assert said.keys() == {"de", "en"}
            assert said["de"].count("{}") == said["en"].count("{}")
    source = "\n".join(text for name, text in SOURCES.items() if name.endswith((".js", ".html")))
    used = {f"{group}.{key}" for group, key in re.findall(r'"(\w+)\.(\w+)"', source) if group in words()}
    built = set(re.findall(r"say\(`(\w+)\.\$\{", source))
    assert built == {"fact", "modality", "polarity", "voice"}
    assert used <= known
    assert {name for name in known - used if name.split(".")[0] not in built} == set()


def test_scripts_make_no_markup_of_text():
    for name, source in SOURCES.items():
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", source), name
        assert name.endswith(".py") or len(source.splitlines()) <= 400, name


def test_data_ends_no_script(small_graph):
    hostile = replace(small_graph.entities[0], label=HOSTILE, aliases=("\ud83d", "\u2028", "<!--"))
    text = page(replace(small_graph, entities=(hostile, *small_graph.entities[1:])))
    assert text.count("</script>") == text.count("<script") == 3
    assert "\ud83d" not in text
    stored = re.search(r'id="data">(.*?)</script>', text, re.DOTALL)
    assert json.loads(stored[1])["entities"][0]["label"] == HOSTILE


# What a person does with it.


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


def test_a_click_on_a_thing_opens_its_card_and_one_beside_it_closes_it(shown):
    browser = shown()
    x, y = browser("page.evaluate", "toScreen(entities[6].x, entities[6].y)")
    browser("page.click", "#canvas", {"position": {"x": x, "y": y}})
    assert text(browser, "#panel h2") == "RhineCloud"
    browser("page.click", "#canvas", {"position": {"x": 3, "y": 3}})
    assert text(browser, "#panel h2") == "Worum es geht"


def test_a_click_on_an_edge_shows_who_denies_what(shown):
    browser = shown()
    click_edge(browser, 2)
    assert "RhineCloud nicht: setzt ein Komponenten von Huawei" in text(browser, "#panel")
    assert "Bejaht oder verneint verneint" in text(browser, "#panel")
    assert browser(
        "page.evaluate", "[...document.querySelectorAll('figure mark.cue')].map((mark) => mark.innerText)"
    ) == [
        "setzt",
        "ein",
    ]
    assert text(browser, "blockquote") == "RhineCloud setzt keine Komponenten von Huawei ein."


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


def test_arrow_keys_walk_through_the_picture(shown):
    browser = shown()
    browser("page.focus", "#canvas")
    press(browser, "ArrowRight")
    first = text(browser, "#panel h2")
    assert browser("page.textContent", "#told").startswith(f"{first}, ")
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        press(browser, key)
    assert focused(browser) == "canvas"
    press(browser, "Enter")
    assert focused(browser) == "panel-title"
    press(browser, "Escape")
    assert focused(browser) == "canvas"


def test_escape_closes_suggestions_before_anything_else(shown):
    browser = shown("#entity=Huawei")
    browser("page.fill", "#query", "Link")
    press(browser, "Escape")
    assert browser("page.isHidden", "#suggestions")
    assert text(browser, "#panel h2") == "Huawei"


@pytest.mark.parametrize(
    ("field", "choice", "left"),
    [
        ("types", "Person", 3),
        ("modality", "festgestellt", 1),
        ("modality", "geplant", 4),
        ("polarity", "verneint", 4),
        ("voice", "jemand wird zitiert", 4),
    ],
)
def test_filters_leave_out_what_is_unticked(shown, field, choice, left):
    browser = shown()
    browser("page.click", f"#{field} label:has-text('{choice}')")
    assert text(browser, "#counts") == f"{left} von 5 Fakten"
    browser("page.click", "#show-list")
    assert browser("page.evaluate", "document.querySelectorAll('#facts .row').length") == left
    browser("page.click", "#reset")
    assert text(browser, "#counts") == "8 Dinge · 5 Fakten · 2 Texte"


def test_least_weight(shown):
    browser = shown()
    browser("page.fill", "#weight", "2")
    assert text(browser, "#counts") == "1 von 5 Fakten"


def test_the_timeline_by_the_dates_of_texts_and_of_facts(shown):
    browser = shown()
    assert text(browser, "#period") == "Jan. 2018 – Apr. 2022"
    browser("page.focus", "#from")
    press(browser, "ArrowRight")
    assert text(browser, "#period") == "Feb. 2018 – Apr. 2022"
    assert text(browser, "#counts") == "4 von 5 Fakten"
    browser("page.selectOption", "#basis", "valid")
    assert text(browser, "#period") == "2018 – 2023"
    browser("page.click", "label:has(#undated)")
    assert text(browser, "#counts") == "2 von 5 Fakten"


def test_things_without_a_link_are_drawn_when_asked_for(shown):
    browser = shown()
    drawn = "seen.entities.map((entity) => entity.id)"
    assert "Prüfung" not in browser("page.evaluate", drawn)
    browser("page.click", "label:has(#loose)")
    assert "Prüfung" in browser("page.evaluate", drawn)


def test_english(shown):
    browser = shown()
    browser("page.click", "#language")
    assert browser("page.evaluate", "document.documentElement.lang") == "en"
    assert text(browser, "#counts") == "8 things · 5 facts · 2 texts"
    click_edge(browser, 2)
    assert "RhineCloud not: uses Komponenten von Huawei" in text(browser, "#panel")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark_follow_the_system_and_can_be_switched(shown, scheme):
    browser = shown(colorScheme=scheme)
    assert browser("page.evaluate", "isDark()") is (scheme == "dark")
    browser("page.click", "#theme")
    assert browser("page.evaluate", "isDark()") is (scheme == "light")


def test_nothing_of_a_document_runs_and_nothing_is_loaded(browser, small_graph, tmp_path):
    """Neither from a label, nor from a sentence, nor through an address that is no address of the web."""
    paper = replace(small_graph.documents[1], title=HOSTILE, url="javascript:document.title='gekapert'")
    link = replace(small_graph.entities[-1], label=HOSTILE, same_as=("javascript:alert(1)",))
    path = tmp_path / "a.html"
    graph = replace(
        small_graph, documents=(small_graph.documents[0], paper), entities=(*small_graph.entities[:-1], link)
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


def test_fingers_pan_and_pinch_on_a_phone(shown):
    browser = shown(**PHONE)
    before = browser("page.evaluate", "camera.zoom")
    browser("page.evaluate", """(() => {
        const finger = (type, pointerId, clientX, clientY) =>
            canvas.dispatchEvent(new PointerEvent(type, { pointerId, clientX, clientY, pointerType: "touch", bubbles: true }));
        canvas.setPointerCapture = () => {};
        finger("pointerdown", 1, 150, 400);
        finger("pointerdown", 2, 250, 400);
        finger("pointermove", 1, 100, 400);
        finger("pointermove", 2, 300, 400);
        finger("pointerup", 1, 100, 400);
        finger("pointerup", 2, 300, 400);
    })()""")  # fmt: skip
    assert browser("page.evaluate", "camera.zoom") == pytest.approx(2 * before)
    wide = "document.documentElement.scrollWidth"
    assert browser("page.evaluate", wide) == 390
    browser("page.tap", "#show-list")
    browser("page.tap", "#facts .row >> nth=0")
    assert browser("page.isVisible", "#panel figure")
    assert browser("page.evaluate", wide) == 390


PLACE = "[...toScreen(entities[6].x, entities[6].y), camera.x, camera.y]"


def test_a_thing_is_dragged_and_its_edges_follow(shown):
    browser = shown()
    bends = "[facts[2].bendX, facts[2].bendY].map((place) => Math.round(place * 100))"
    (x, y, *camera), bend = browser("page.evaluate", PLACE), browser("page.evaluate", bends)
    left, top = browser("page.evaluate", "[canvas.getBoundingClientRect().left, canvas.getBoundingClientRect().top]")
    browser("page.mouse.move", left + x + 1, top + y)
    browser("page.mouse.down")
    for step in (5, 40, 80):
        browser("page.mouse.move", left + x + 1 + step, top + y - step)
    assert browser("page.isHidden", "#tip")
    assert browser("page.evaluate", "shown.hovered === entities[6]")
    browser("page.mouse.up")
    assert browser("page.evaluate", PLACE) == pytest.approx([x + 80, y - 80, *camera])
    moved = browser("page.evaluate", "[40, -40].map((by) => Math.round(by / camera.zoom * 100))")
    assert browser("page.evaluate", bends) == pytest.approx([bend[0] + moved[0], bend[1] + moved[1]], abs=2)
    assert text(browser, "#panel h2") == "Worum es geht"
    browser("page.uncheck", "#filters label:has-text('Person') input")  # what filters do moves nothing back
    browser("page.click", "#canvas", {"position": {"x": x, "y": y}})
    assert text(browser, "#panel h2") == "Worum es geht"
    browser("page.click", "#canvas", {"position": {"x": x + 80, "y": y - 80}})
    assert text(browser, "#panel h2") == "RhineCloud"
    assert browser.errors() == []


def test_a_finger_drags_a_thing_and_two_drag_the_picture(shown):
    browser = shown(**PHONE)
    browser("page.evaluate", """(() => {
        canvas.setPointerCapture = () => {};
        zoomBy(3, ...toScreen(entities[6].x, entities[6].y));
        const box = canvas.getBoundingClientRect();
        window.finger = (type, pointerId, x, y) => canvas.dispatchEvent(new PointerEvent(type, {
            pointerId, clientX: box.left + x, clientY: box.top + y, pointerType: "touch", bubbles: true }));
    })()""")  # fmt: skip
    x, y, *camera = browser("page.evaluate", PLACE)
    one = "finger('pointerdown', 1, {0}, {1}); finger('pointermove', 1, {0} + 50, {1}); finger('pointerup', 1, {0} + 50, {1})"
    browser("page.evaluate", one.format(x, y))
    assert browser("page.evaluate", PLACE) == pytest.approx([x + 50, y, *camera])
    two = "finger('pointerdown', 1, {0}, {1}); finger('pointermove', 1, {0} + 9, {1}); finger('pointerdown', 2, {0}, {1} + 90)"
    browser("page.evaluate", two.format(x + 50, y))
    before = browser("page.evaluate", "[entities[6].x, entities[6].y, camera.x]")
    browser("page.evaluate", f"finger('pointermove', 1, {x} + 20, {y}); finger('pointercancel', 1, {x}, {y})")
    after = browser("page.evaluate", "[entities[6].x, entities[6].y, camera.x]")
    assert (after[:2], after[2] != before[2]) == (before[:2], True)
    assert browser.errors() == []


WRITTEN = """(() => {
    const [said, write] = [[], pen.fillText];
    pen.fillText = (...words) => { said.push([words[0], pen.fillStyle]); write.apply(pen, words); };
    draw();
    pen.fillText = write;
    return said;
})()"""


@pytest.mark.parametrize(
    ("fact", "language", "lines"),
    [
        ("a1", "de", ["leitet"]),
        ("c3", "de", ["nicht: setzt ein"]),
        ("e5", "de", ["beliefern", "(geplant)"]),
        ("e5", "en", ["beliefern", "(planned)"]),
    ],
)
def test_an_edge_says_what_keeps_it_from_being_plainly_so(shown, fact, language, lines):
    browser = shown(f"#fact={fact}")
    if language == "en":
        browser("page.click", "#language")
    written = browser("page.evaluate", WRITTEN)
    names = browser("page.evaluate", "entities.map((entity) => short(entity.label))")
    found = [(line, color) for line, color in written if line not in names]
    assert [line for line, _ in found] == lines
    quiet = browser("page.evaluate", "(() => { pen.fillStyle = readInk().quiet; return pen.fillStyle; })()")
    assert {color == quiet for _, color in found} == {fact == "a1"}


def test_an_edge_names_who_says_it_where_there_is_room(shown):
    browser = shown("#fact=e5")
    given = "Object.assign(facts[4], { speaker: entities.find((entity) => entity.label === 'Jan Weidenfeld') })"
    browser("page.evaluate", f"void ({given})")
    browser("page.evaluate", "Object.assign(camera, { zoom: 12, x: facts[4].bendX, y: facts[4].bendY })")
    assert "(geplant, laut Jan Weidenfeld)" in [line for line, _ in browser("page.evaluate", WRITTEN)]
    browser("page.evaluate", "shown.fact = null; shown.entity = facts[4].subject; camera.zoom = 1.2")
    written = [line for line, _ in browser("page.evaluate", WRITTEN)]
    assert "(geplant, laut Jan Weidenfeld)" not in written


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
    replace(small_graph, documents=tuple(replace(d, date="im Mai") for d in small_graph.documents)).write(path)
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
