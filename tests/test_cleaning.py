"""Cleaned texts: what is read of a text is in order, and every character of it is one of the text at its offset."""

import itertools

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.extract.text.blocks import clean, find_blocks


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("Die  Stadt\u00a0Neustadt\r\n\tbaut.", "Die Stadt Neustadt baut."),
        ("Brü\u00adcken\u200bbau \ufeff\u202aam\u202c Fluss\x07", "Brückenbau am Fluss"),
        ("Zusammen-\narbeit", "Zusammenarbeit"),
        ("Zusammen-\r\n  arbeit", "Zusammenarbeit"),
        ("Zusammen\u00ad\narbeit", "Zusammenarbeit"),
        ("Bildungs-\nund Sozialamt", "Bildungs- und Sozialamt"),
        ("EU-\nweit", "EU-weit"),
        ("SPD-\nSprecherin", "SPD-Sprecherin"),
        ("19-\njährig", "19-jährig"),
        ("Das ist so -\nund gut.", "Das ist so - und gut."),
        ("Stadt -\nund Land", "Stadt - und Land"),
        ("**Neustadt.** Die _alte_ `Brücke` *steht*.", "Neustadt. Die alte Brücke steht."),
        ("***Neu***", "Neu"),
        ('Die [Brücke](https://x.example/a_b "Titel") steht.', "Die Brücke steht."),
        ("Ein ![Bild](a.png) Bild", "Ein Bild"),
        ("Bürger*innen und Schüler*innen", "Bürger*innen und Schüler*innen"),
        ("datei_name_neu", "datei_name_neu"),
        ("5 * 3 * 2", "5 * 3 * 2"),
        ("Anna Kern[1] kam 2019[4] aus Köln.[12] Sie [2] lacht.", "Anna Kern kam 2019 aus Köln. Sie [2] lacht."),
        ("[sic] (so) [Anm.](nicht verlinkt)", "[sic] (so) [Anm.](nicht verlinkt)"),
        ("Wie geht`s? Gut geht`s.", "Wie geht`s? Gut geht`s."),
        ("„So“ – »und« ‚so‘", "„So“ – »und« ‚so‘"),
        ("> Wir bauen\n> die Brücke", "> Wir bauen die Brücke"),
        ("👩‍🚒 kommt", "👩🚒 kommt"),
        ("", ""),
    ],
)
def test_clean(text, cleaned):
    assert clean(text, 0, len(text))[0] == cleaned


def test_offsets_of_a_cleaned_text_lie_in_the_document():
    text = "Vorher. **Zusammen-\narbeit** mit\u00a0Kr\u00adause."
    cleaned, offsets = clean(text, 8, len(text))
    name = cleaned.index("Krause")
    assert text[offsets[name] : offsets[name + 5] + 1] == "Kr\u00adause"


WORDS = st.sampled_from(
    [
        "Krause",
        "Ina Krause:",
        "Die Stadt",
        "baut",
        "„Wir",
        "bauen.“",
        "Auch interessant",
        "Foto: dpa",
        "•",
        "-",
        "1.",
        "2.",
        ">>",
        "**",
        "*neu*",
        "_",
        "`",
        "[Brücke](https://x.example)",
        "Zusammen-",
        "arbeit",
        "\u00ad",
        "\u200b",
        "\ufeff",
        "\u00a0",
        "\n",
        "\n",
        "\n\n",
        "\r\n",
        "\u2028",
        "\u2029",
        "\x0c",
        "\t",
        "👩‍🚒",
        "مرحبا",
        "\u202e",
        "e\u0301",
        "\ud800",
        "#",
        "|",
        ":",
        ".",
        "“",
        "»",
        "«",
        '"',
        "(",
        ")",
        "© Blume",
        "https://x.example",
        "---",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(WORDS).map(" ".join), st.lists(WORDS).map("".join))


@settings(deadline=None)
@given(TEXTS)
@example("AA:‚")
def test_blocks_are_in_order_trimmed_and_worth_reading(text):
    end = 0
    for block in find_blocks(text):
        assert end <= block.start < block.end <= len(text)
        piece = text[block.start : block.end]
        assert piece == piece.strip()
        assert any(char.isalpha() for char in clean(text, block.start, block.end)[0])
        assert block.kind in ("heading", "paragraph", "item")
        if block.speaker:
            assert text[slice(*block.speaker)].strip()
            assert block.speaker[1] <= block.start
        end = block.end


@settings(deadline=None)
@given(TEXTS, st.integers(0, 40), st.integers(0, 400))
def test_every_cleaned_character_is_the_one_at_its_offset(text, start, length):
    end = min(len(text), start + length)
    cleaned, offsets = clean(text, start, end)
    assert len(cleaned) == len(offsets)
    assert all(a < b for a, b in itertools.pairwise(offsets))
    for char, offset in zip(cleaned, offsets, strict=True):
        assert start <= offset < end
        assert char == text[offset] or (char == " " and text[offset].isspace())
    assert "  " not in cleaned
    cleaned.encode()
