"""The picture of the explorer: clicked, walked through with arrow keys, dragged by mouse and fingers, and what is written in it."""

from __future__ import annotations

import pytest
from exploring import PHONE, click_edge, focused, look, opener, press, text


@pytest.fixture(scope="module")
def shown(browser, small_graph, tmp_path_factory):
    """Open the page of the small graph in a fresh window, with all entities in its picture."""
    path = tmp_path_factory.mktemp("explorer") / "graph.html"
    small_graph.write(path, concepts="linked")
    return opener(browser, path)


def test_a_click_on_a_thing_opens_its_card_and_one_beside_it_closes_it(shown):
    browser = shown()
    x, y = look(browser, "toScreen(entities[9].x, entities[9].y)")
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


def test_things_without_a_link_are_drawn_when_asked_for(shown):
    browser = shown()
    drawn = "seen.entities.map((entity) => entity.id)"
    assert "Prüfung" not in look(browser, drawn)
    browser("page.click", "label:has(#loose)")
    assert "Prüfung" in look(browser, drawn)


@pytest.fixture(scope="module")
def names_alone(browser, small_graph, tmp_path_factory):
    """Open the page of the small graph as it is without any wish: its picture has what is named and linked."""
    path = tmp_path_factory.mktemp("explorer") / "graph.html"
    small_graph.write(path)
    return opener(browser, path)


def test_what_has_no_name_is_told_and_not_drawn(names_alone):
    browser = names_alone("#entity=Schl%C3%BCssel")
    drawn = look(browser, "seen.entities.map((entity) => entity.id).sort()")
    named = "Duisburg Henrik_Saller Huawei Memorandum_of_Understanding Nele_Prinz RhineCloud Stade Sören_Link"
    assert " ".join(drawn) == named
    assert text(browser, "#panel h2") == "Schlüssel"
    assert "Als Objekt 1 Henrik Saller übergab Nele Prinz in Stade nur ungern" in text(browser, "#panel")
    browser("page.click", "#panel .row")
    assert text(browser, "#panel h2") == "Fakt"
    assert "Henrik Saller übergab Schlüssel" in text(browser, "#panel .statement")
    press(browser, "Escape")
    browser("page.click", "#show-list")
    assert text(browser, "#counts") == "13 Dinge · 7 Fakten · 3 Texte"
    assert browser("page.evaluate", "document.querySelectorAll('#facts .row').length") == 7
    assert browser("page.isHidden", "#loose-filter")
    assert browser.errors() == []


def test_each_edge_of_a_fact_leads_to_all_of_it(names_alone):
    browser = names_alone()
    ends = "facts[5].edges.map((edge) => [edge.source.id, edge.target.id])"
    assert look(browser, ends) == [["Henrik_Saller", "Nele_Prinz"], ["Henrik_Saller", "Stade"]]
    through = "facts[2].edges.map((edge) => [edge.source.id, edge.target.id, edge.phrase])"
    assert look(browser, through) == [["RhineCloud", "Huawei", "Komponenten von Huawei"]]
    for number in (0, 1):
        middle = f"(() => {{ const p = pointOn(facts[5].edges[{number}], 0.5); return toScreen(p.x, p.y); }})()"
        x, y = look(browser, middle)
        left, top = look(browser, "[canvas.getBoundingClientRect().left, canvas.getBoundingClientRect().top]")
        browser("page.mouse.move", left + x, top + y)
        whole = "Henrik Saller – übergab – Schlüssel – Nele Prinz – in Stade – nur ungern"
        assert text(browser, "#tip") == whole
        browser("page.click", "#canvas", {"position": {"x": x, "y": y}})
        assert text(browser, "#panel h2") == "Fakt"
        press(browser, "Escape")
    assert browser.errors() == []


def test_fingers_pan_and_pinch_on_a_phone(shown):
    browser = shown(**PHONE)
    before = look(browser, "camera.zoom")
    look(browser, """(() => {
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
    assert look(browser, "camera.zoom") == pytest.approx(2 * before)
    wide = "document.documentElement.scrollWidth"
    assert browser("page.evaluate", wide) == 390
    browser("page.tap", "#show-list")
    browser("page.tap", "#facts .row >> nth=0")
    assert browser("page.isVisible", "#panel figure")
    assert browser("page.evaluate", wide) == 390


PLACE = "[...toScreen(entities[9].x, entities[9].y), camera.x, camera.y]"


def test_a_thing_is_dragged_and_its_edges_follow(shown):
    browser = shown()
    bends = "[facts[2].edges[0].bendX, facts[2].edges[0].bendY].map((place) => Math.round(place * 100))"
    (x, y, *camera), bend = look(browser, PLACE), look(browser, bends)
    left, top = look(browser, "[canvas.getBoundingClientRect().left, canvas.getBoundingClientRect().top]")
    browser("page.mouse.move", left + x + 1, top + y)
    browser("page.mouse.down")
    for step in (5, 40, 80):
        browser("page.mouse.move", left + x + 1 + step, top + y - step)
    assert browser("page.isHidden", "#tip")
    assert look(browser, "shown.hovered === entities[9]")
    browser("page.mouse.up")
    assert look(browser, PLACE) == pytest.approx([x + 80, y - 80, *camera])
    moved = look(browser, "[40, -40].map((by) => Math.round(by / camera.zoom * 100))")
    assert look(browser, bends) == pytest.approx([bend[0] + moved[0], bend[1] + moved[1]], abs=2)
    assert text(browser, "#panel h2") == "Worum es geht"
    browser("page.uncheck", "#filters label:has-text('Person') input")  # what filters do moves nothing back
    browser("page.click", "#canvas", {"position": {"x": x, "y": y}})
    assert text(browser, "#panel h2") == "Worum es geht"
    browser("page.click", "#canvas", {"position": {"x": x + 80, "y": y - 80}})
    assert text(browser, "#panel h2") == "RhineCloud"
    assert browser.errors() == []


def test_a_finger_drags_a_thing_and_two_drag_the_picture(shown):
    browser = shown(**PHONE)
    look(browser, """(() => {
        canvas.setPointerCapture = () => {};
        zoomBy(3, ...toScreen(entities[9].x, entities[9].y));
        const box = canvas.getBoundingClientRect();
        window.finger = (type, pointerId, x, y) => canvas.dispatchEvent(new PointerEvent(type, {
            pointerId, clientX: box.left + x, clientY: box.top + y, pointerType: "touch", bubbles: true }));
    })()""")  # fmt: skip
    x, y, *camera = look(browser, PLACE)
    one = "finger('pointerdown', 1, {0}, {1}); finger('pointermove', 1, {0} + 50, {1}); finger('pointerup', 1, {0} + 50, {1})"
    look(browser, one.format(x, y))
    assert look(browser, PLACE) == pytest.approx([x + 50, y, *camera])
    two = "finger('pointerdown', 1, {0}, {1}); finger('pointermove', 1, {0} + 9, {1}); finger('pointerdown', 2, {0}, {1} + 90)"
    look(browser, two.format(x + 50, y))
    before = look(browser, "[entities[9].x, entities[9].y, camera.x]")
    look(browser, f"finger('pointermove', 1, {x} + 20, {y}); finger('pointercancel', 1, {x}, {y})")
    after = look(browser, "[entities[9].x, entities[9].y, camera.x]")
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
        ("f6", "de", ["übergab", "übergab", "übergab in"]),
    ],
)
def test_an_edge_says_what_keeps_it_from_being_plainly_so(shown, fact, language, lines):
    browser = shown(f"#fact={fact}")
    if language == "en":
        browser("page.click", "#language")
    written = look(browser, WRITTEN)
    names = look(browser, "entities.map((entity) => short(entity.label))")
    found = [(line, color) for line, color in written if line not in names]
    assert [line for line, _ in found] == lines
    quiet = look(browser, "(() => { pen.fillStyle = readInk().quiet; return pen.fillStyle; })()")
    assert {color == quiet for _, color in found} == {fact in ("a1", "f6")}


def test_an_edge_names_who_says_it_where_there_is_room(shown):
    browser = shown("#fact=e5")
    given = "Object.assign(facts[4], { speaker: entities.find((entity) => entity.label === 'Jan Weidenfeld') })"
    look(browser, f"void ({given})")
    look(browser, "Object.assign(camera, { zoom: 12, x: facts[4].edges[0].bendX, y: facts[4].edges[0].bendY })")
    assert "(geplant, laut Jan Weidenfeld)" in [line for line, _ in look(browser, WRITTEN)]
    look(browser, "shown.fact = null; shown.entity = facts[4].subject; camera.zoom = 1.2")
    written = [line for line, _ in look(browser, WRITTEN)]
    assert "(geplant, laut Jan Weidenfeld)" not in written
