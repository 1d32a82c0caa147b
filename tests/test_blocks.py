"""Blocks of a text: what is left out as boilerplate, what is a heading, an item or a paragraph, and which lines go together."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from kg.extract.text.blocks import clean, find_blocks

SEEDS = Path(__file__).parent.parent / "seeds"


def texts(text: str) -> list[str]:
    """What is read of a text, as the parser sees it."""
    return [clean(text, block.start, block.end)[0] for block in find_blocks(text)]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, clean(text, block.start, block.end)[0]) for block in find_blocks(text)]


BEFORE, AFTER = "Die Stadt Neustadt saniert die alte Brücke.", "Der Rat hat dem Umbau im Mai zugestimmt."


@pytest.mark.parametrize(
    "line",
    [
        "Auch interessant",
        "Auch inter\u00adessant:",
        "Auch interessant: So wird das Wetter am Wochenende",
        "**Auch interessant:** [So wird das Wetter](https://x.example)",
        "AUCH INTERESSANT",
        "+++ Auch interessant +++",
        "Das könnte Sie auch interessieren",
        "Lesen Sie auch: Krause tritt zurück",
        "Lesen Sie auch unseren Kommentar.",
        "➤ Lesen Sie hier: Was der Umbau kostet",
        "(Lesen Sie auch: Was der Umbau kostet)",
        "Lesen Sie dazu auch:",
        "Lesen Sie mehr zum Thema Verkehr in unserem Artikel",
        "Mehr zum Thema",
        "Mehr zum Thema: Brücken",
        "Zum Thema: Der lange Streit um die Brücke",
        "Mehr Nachrichten aus Neustadt",
        "Weitere Artikel",
        "Lesetipp: Der Turm",
        "Ähnliche Themen",
        "Mehr aus Wirtschaft",
        "Meistgelesen",
        "Hier geht es zum Liveticker",
        "Zur Startseite",
        "[Nichts mehr verpassen: Hier für den Newsletter anmelden.]",
        "[Anm. d. Red.: Der Text wurde gekürzt.]",
        "Jetzt kostenlos den Newsletter der Redaktion abonnieren!",
        "Hier anmelden für den täglichen Newsletter.",
        "Bestellen Sie unseren Newsletter.",
        "Folgen Sie uns auf Facebook",
        "Folge uns auf Instagram!",
        "Newsletter",
        "Melden Sie sich hier für unseren Newsletter an.",
        "Bleiben Sie informiert mit unserer App",
        "Anzeige",
        "- Anzeige -",
        "Werbung",
        "Dieser Artikel ist nur für Abonnenten",
        "Jetzt weiterlesen",
        "Bereits Abonnent? Hier anmelden",
        "Exklusiv für Abonnenten",
        "Empfohlener redaktioneller Inhalt",
        "Externen Inhalt anzeigen",
        "An dieser Stelle finden Sie einen externen Inhalt von YouTube.",
        "Wir verwenden Cookies, um unser Angebot zu bessern.",
        "Artikel teilen",
        "Drucken",
        "Kommentare (7)",
        "3 Kommentare",
        "Per WhatsApp teilen",
        "Lesezeit: 4 Minuten",
        "Bild: Blume – Die Brücke wird bald saniert.",
        "Foto: Benno Blume/dpa",
        "(Foto: dpa)",
        "Symbolbild: Eine Brücke",
        "Quelle: Stadtarchiv Neustadt",
        "© dpa-infocom, dpa:210504-99-463453/3",
        "Bildquelle: Stadt Neustadt",
        "Bürgermeisterin Ina Krause vor der alten Brücke. Foto: Benno Blume",
        "Die Brücke im Abendlicht (Foto: Stadtblatt)",
        "Die Brücke im Abendlicht | Foto: Stadtblatt",
        "Die Brücke im Abendlicht. © Stadtblatt",
        "Grafik: Stadtblatt",
        "Von Karla Kolumna",
        "Von Karla Kolumna und Benno Blume",
        "dpa",
        "(dpa/lnw)",
        "Stand: 04.05.2021, 10:30 Uhr",
        "4. Mai 2021, 10:30 Uhr",
        "Aktualisiert am 04.05.2021 um 10 Uhr",
        "Tags: Brücke, Verkehr",
        "#brücke #neustadt",
        ">> HINTERGRUND ZUR BRÜCKE",
        "► Zur Bildergalerie der Brücke",
        "https://stadtblatt.example/a?b=c",
        "www.x.example",
        "Link: https://stadtblatt.example",
        "redaktion@stadtblatt.example",
        "***",
        "- - -",
        "________",
        "• • •",
        "1 | 2 | 3",
        "![Die Brücke](bruecke.jpg)",
        "| Jahr | Kosten |",
        "|------|-------|",
        "<br />",
        "Dieser Text wurde zuerst am Montag gedruckt.",
    ],
)
def test_boilerplate_is_left_out(line):
    assert texts(f"{BEFORE}\n\n{line}\n\n{AFTER}") == [BEFORE, AFTER]


@pytest.mark.parametrize(
    "line",
    [
        "Auch interessant ist der Vorschlag von Krause.",
        "Zum Thema Brücke schweigt die Stadt.",
        "Mehr Nachtbusse fahren im Mai.",
        "Lesen lernen die Kinder in der neuen Schule.",
        "Die Anzeige ging bei der Polizei ein.",
        "Anzeige: Mann fuhr 200",
        "Jetzt können Anwohner einen Newsletter der Stadt bestellen, der ihnen gefällt.",
        "Hier geht es um sehr viel Geld.",
        "Die Stadt (Foto: links) hat mit dem Konzern Nordwind einen Vertrag geschlossen.",
        "Krause zeigte ein Foto: das Rathaus.",
        "Von Neustadt aus fährt der Bus.",
        "Die Redaktion der Zeitung zieht um.",
        "Copy: Ein Film aus Neustadt gewinnt.",
        "Die dpa meldet den Umbau.",
        "Die Seite www.x.example nennt 30 Fälle.",
        "[…] Das teilte die Stadt mit.",
        "Bilder der Brücke hängen im Rathaus.",
        "Quellen der Stadt sind versiegt, sagt Krause.",
    ],
)
def test_news_that_looks_like_boilerplate_stays(line):
    assert texts(f"{BEFORE}\n\n{line}\n\n{AFTER}") == [BEFORE, line, AFTER]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        # headlines of a teaser list, as lines and as items; a blank line ends the first kind
        (f"{BEFORE}\n\nMehr zum Thema:\nNeuer Turm für Neustadt\nKrause im Interview\n\n{AFTER}", [BEFORE, AFTER]),
        (f"{BEFORE}\n\nLesen Sie auch\n\n- Neuer Turm\n- Alter Turm\n\n{AFTER}", [BEFORE, AFTER]),
        (f"{BEFORE}\n\nLesen Sie auch\n- Neuer Turm\n- Alter Turm\n\n{AFTER}", [BEFORE, AFTER]),
        (f"{BEFORE}\n\nAuch interessant\n\nRat ist uneins\n\n{AFTER}", [BEFORE, "Rat ist uneins", AFTER]),
        # the alt text of the teaser's picture
        (f"{BEFORE}\n\nwas der neue Turm kostet - stadtblatt\nAuch interessant: Was der neue Turm kostet", [BEFORE]),
        (
            f"{BEFORE}\n\nDie alte Brücke im Abendlicht\nFoto: Die alte Brücke im Abendlicht / Blume\n\n{AFTER}",
            [BEFORE, AFTER],
        ),
        # what is left behind the last teaser
        (f"{BEFORE}\n\nMehr zum Thema\n\nNeuer Turm für Neustadt\n\nKrause im Interview", [BEFORE]),
        (f"{BEFORE}\n\nAuch interessant\n\n{AFTER}\n\nEnde der Serie", [BEFORE, AFTER, "Ende der Serie"]),
        # a credit behind a paragraph is cut off
        (f"{BEFORE * 5} (Foto: Blume)", [BEFORE * 5]),
        ("---\ntitle: Die Brücke\ntags:\n- bau\n---\nDie Brücke wird saniert.", ["Die Brücke wird saniert."]),
        ("", []),
        (" \n\u00a0\n\u200b", []),
        ("Auch interessant", []),
        # a text that is one line is no leftover
        ("Neustadt saniert Brücke", ["Neustadt saniert Brücke"]),
    ],
)
def test_what_only_the_neighbours_give_away(text, read):
    assert texts(text) == read


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("• Die Brücke wird saniert.", "Die Brücke wird saniert."),
        ("  •\u00a0Die Brücke wird saniert.", "Die Brücke wird saniert."),
        ("- Die Brücke", "Die Brücke"),
        ("– Die Brücke", "Die Brücke"),
        ("* Die Brücke", "Die Brücke"),
        ("a) Die Brücke", "Die Brücke"),
        ("3) Die Brücke", "Die Brücke"),
        ("✅ Die Brücke steht.", "Die Brücke steht."),
        ("👉\ufe0f Die Brücke steht.", "Die Brücke steht."),
        (">> Die Brücke wird 2030 fertig.", "Die Brücke wird 2030 fertig."),
    ],
)
def test_bullets_are_no_part_of_an_item(line, item):
    assert kinds(f"{BEFORE}\n\n{line}\n\n{AFTER}")[1] == ("item", item)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. Der Bau beginnt.\n2. Die Straße folgt.", [("item", "Der Bau beginnt."), ("item", "Die Straße folgt.")]),
        ("1. FC Neustadt gewinnt.", [("paragraph", "1. FC Neustadt gewinnt.")]),
        ("12. Mai war der Tag.", [("paragraph", "12. Mai war der Tag.")]),
        ("-5 Grad sind es.", [("paragraph", "-5 Grad sind es.")]),
        (
            "Es geht um\n- neue Straßen\n- alte Brücken",
            [("heading", "Es geht um"), ("item", "neue Straßen"), ("item", "alte Brücken")],
        ),
        ("Die Brücke ist gesperrt\n– und zwar lange.", [("paragraph", "Die Brücke ist gesperrt – und zwar lange.")]),
        (
            "Es geht um:\n- neue Straßen\n- alte Brücken",
            [("paragraph", "Es geht um:"), ("item", "neue Straßen"), ("item", "alte Brücken")],
        ),
    ],
)
def test_numbers_and_dashes_are_bullets_only_in_a_list(text, expected):
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Neustadt saniert die Brücke", "heading"),
        ("Krause warnt vor „hohen Kosten“", "heading"),
        ("## Was kommt!", "heading"),
        ("**Was jetzt kommt**", "heading"),
        ("Was kommt jetzt?", "paragraph"),
        ("Die Stadt saniert.", "paragraph"),
        ("Es geht um:", "paragraph"),
        ("Sie sagte: „Wir bauen.“", "paragraph"),
    ],
)
def test_headings_are_short_and_have_no_full_stop(line, kind):
    text = f"{BEFORE}\n\n{line}\n{AFTER} Das sagte Bürgermeisterin Ina Krause."
    assert [block.kind for block in find_blocks(text)] == ["paragraph", kind, "paragraph"]


PARAGRAPH = (
    "Die Stadtwerke Neustadt haben mit dem Konzern Nordwind einen Vertrag geschlossen. Bürgermeisterin Ina Krause "
    "sagte am Dienstag, die Zusammenarbeit mit dem Betreiber der Windräder laufe gut. Im Rat ist der Vertrag trotzdem "
    "umstritten, denn niemand weiß, was er kostet, und Sprecher Benno Blume schweigt seit Wochen dazu."
)


@pytest.mark.parametrize("width", range(45, 101, 5))
def test_hard_wrapped_paragraphs_are_put_together(width):
    text = "\n\n".join(["Neuer Vertrag", textwrap.fill(PARAGRAPH, width), textwrap.fill(BEFORE, width), AFTER])
    assert kinds(text) == [
        ("heading", "Neuer Vertrag"),
        ("paragraph", PARAGRAPH),
        ("paragraph", BEFORE),
        ("paragraph", AFTER),
    ]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (f"{BEFORE}\n{AFTER}", [BEFORE, AFTER]),
        (f"{BEFORE}\r\n{AFTER}\r{BEFORE}\u2028{AFTER}\u2029{BEFORE}", [BEFORE, AFTER, BEFORE, AFTER, BEFORE]),
        ("Neue Brücke\nDie Stadt baut.", ["Neue Brücke", "Die Stadt baut."]),
        ("Na sowas!\nheißt die Sendung.", ["Na sowas! heißt die Sendung."]),
        ("Die Stadt baut.\nneuer turm im mai", ["Die Stadt baut.", "neuer turm im mai"]),
        ("Die Stadt baut\neine Brücke.", ["Die Stadt baut eine Brücke."]),
        ("Die Stadt baut die\nBrücke.", ["Die Stadt baut die Brücke."]),
        ("Es baut die Nordhafen\nHochbau GmbH in Ulm.", ["Es baut die Nordhafen Hochbau GmbH in Ulm."]),
        ("Lob für die Elbtor\nBau & Technik AG", ["Lob für die Elbtor Bau & Technik AG"]),
        ("Kern verklagt die Elbtor\nAG in Ulm.", ["Kern verklagt die Elbtor AG in Ulm."]),
        ("Streit um die Brücke\nFalk AG baut weiter.", ["Streit um die Brücke", "Falk AG baut weiter."]),
        ("Lob für die Elbtor\nDie Falk AG baut weiter.", ["Lob für die Elbtor", "Die Falk AG baut weiter."]),
        ("Neues vom Nordhafen\nHochbau GmbH baut.", ["Neues vom Nordhafen", "Hochbau GmbH baut."]),
        ("Sie baut Straßen,\nBrücken und Türme.", ["Sie baut Straßen, Brücken und Türme."]),
        ("Die Stadt (sie heißt\nNeustadt) baut.", ["Die Stadt (sie heißt Neustadt) baut."]),
        ("Das „Haus der\nKulturen“ öffnet.", ["Das „Haus der Kulturen“ öffnet."]),
        ("Krause sagte:\n„Wir bauen.“", ["Krause sagte: „Wir bauen.“"]),
        ("Es sprach Prof.\nKrause am 12.\nMai im Rat.", ["Es sprach Prof. Krause am 12. Mai im Rat."]),
        ("Stadt lehnt Plan ab\nDer Rat ist uneins.", ["Stadt lehnt Plan ab", "Der Rat ist uneins."]),
        ("Sie baut\u2028die Brücke.", ["Sie baut die Brücke."]),
    ],
)
def test_a_line_goes_on_only_when_the_sentence_does(text, read):
    assert texts(text) == read


@pytest.mark.parametrize(
    ("seed", "left_out"),
    [
        (
            "huawei-kooperation-duisburg",
            [
                "[Nichts verpassen, was in Duisburg passiert: Hier für den täglichen Duisburg-Newsletter anmelden.]",
                "Weidenfeld:",
                "Auch interessant",
                "Auch interessant",
                "Auch interessant",
                ">> MASTERPLAN DIGITALES DUISBURG",
                "•",
                "•",
                "•",
                "•",
            ],
        ),
        (
            "smartcity-blog-m2webdogs",
            [
                "Bild: m2webdogs.de – Duisburg wird Smartcity durch kooperation mit Huawei.",
                "http://www.rp-online.de/kooperation-mit-huawai",
                "Sören Link:",
                "Wang Yonggang:",
                "warum gute Partnerschaften wichtig sind - m2webdogs.de e-trado",
                "Auch interessant: Warum gute Partnerschaften wichtig sind – m2webdogs.de & e-trado",
            ],
        ),
    ],
)
def test_what_is_left_out_of_the_seeds(seed, left_out):
    text = SEEDS.joinpath(f"{seed}.txt").read_bytes().decode()
    rest = list(text)
    for block in find_blocks(text):
        rest[block.start : block.end] = " " * (block.end - block.start)
    assert [line.strip() for line in "".join(rest).split("\n") if line.strip()] == left_out
