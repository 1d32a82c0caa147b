"""Who says a block: "Frage: …" and "Ingo Blazejewski: …" name a speaker, a list of ingredients does not."""

from pathlib import Path

import pytest

from kg.extract.text.blocks import clean, find_blocks

SEEDS = Path(__file__).parent.parent / "seeds"


def spoken(text: str) -> list[tuple[str, str]]:
    """The speaker of each block ("" for nobody) and what is said."""
    return [
        (text[slice(*block.speaker)] if block.speaker else "", clean(text, block.start, block.end)[0])
        for block in find_blocks(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Krause: „Wir bauen die Brücke um.“", [("Krause", "„Wir bauen die Brücke um.“")]),
        ("Ina Krause: «Wir bauen um.»", [("Ina Krause", "«Wir bauen um.»")]),
        ('Ina Krause: "Wir bauen um."', [("Ina Krause", '"Wir bauen um."')]),
        ("Karla von der Heide: „Wir bauen um.“", [("Karla von der Heide", "„Wir bauen um.“")]),
        # a label with a role noun is read itself
        (
            "Bürgermeisterin Ina Krause (SPD): „Wir bauen um.“",
            [("", "Bürgermeisterin Ina Krause"), ("Ina Krause", "„Wir bauen um.“")],
        ),
        (
            "Der Ökonom Prof. Dr. Karl Busch: „Das wird teuer.“",
            [("", "Der Ökonom Prof. Dr. Karl Busch"), ("Karl Busch", "„Das wird teuer.“")],
        ),
        ("Prof. Dr. Karl Busch: „Das wird teuer.“", [("Karl Busch", "„Das wird teuer.“")]),
        # what leads to the name, or stands behind it
        ("Dazu Ina Krause: „Wir bauen um.“", [("Ina Krause", "„Wir bauen um.“")]),
        ("So Krause: „Wir bauen um.“", [("Krause", "„Wir bauen um.“")]),
        ("Zitat Ina Krause: „Wir bauen um.“", [("Ina Krause", "„Wir bauen um.“")]),
        ("Ina Krause hierzu: „Wir bauen um.“", [("Ina Krause", "„Wir bauen um.“")]),
        ("Krause wörtlich: „Wir bauen um.“", [("Krause", "„Wir bauen um.“")]),
        ("So das Motto: „Wir bauen um.“", [("", "So das Motto: „Wir bauen um.“")]),
        ("Zitat: „Wir bauen um.“", [("", "Zitat: „Wir bauen um.“")]),
        ("Das Zitat dazu: „Wir bauen um.“", [("", "Das Zitat dazu: „Wir bauen um.“")]),
        ("**Krause:** „Wir bauen um.“", [("Krause", "„Wir bauen um.“")]),
        ("Hermann J. Krause: „Wir bauen um.“", [("Hermann J. Krause", "„Wir bauen um.“")]),
        ("Polizeisprecherin: „Wir suchen weiter.“", [("Polizeisprecherin", "„Wir suchen weiter.“")]),
        ("• Krause: „Wir bauen um.“", [("Krause", "„Wir bauen um.“")]),
        (
            "Trainer Benno Hartung schweigt.\n\nHartung: „Ich will nicht.“",
            [("", "Trainer Benno Hartung schweigt."), ("Hartung", "„Ich will nicht.“")],
        ),
        # the author goes on behind the quotation, and speaks before it
        (
            "Das kostet. Krause: „Wir bauen um.“ „Bald.“ Der Rat ist dagegen.",
            [("", "Das kostet."), ("Krause", "„Wir bauen um.“ „Bald.“"), ("", "Der Rat ist dagegen.")],
        ),
        (
            "Krause: „Wir bauen um“, so die Chefin. „Bald.“ Aus.",
            [("Krause", "„Wir bauen um“, so die Chefin. „Bald.“"), ("", "Aus.")],
        ),
        ("Krause: „Er sagte: ‚Nein.‘ Das war alles.“", [("Krause", "„Er sagte: ‚Nein.‘ Das war alles.“")]),
        (
            "Krause: „Wir bauen um.\n\n„Und zwar bald.“\n\nDer Rat prüft.",
            [("Krause", "„Wir bauen um."), ("Krause", "„Und zwar bald.“"), ("", "Der Rat prüft.")],
        ),
    ],
)
def test_who_speaks_behind_a_colon(text, expected):
    assert spoken(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # an interview: each answer to its end, whatever it quotes
        (
            "Wer baut?\n\nKrause: Wir. Das Amt half.\n\nWann?\n\nKRAUSE: Er sagte „bald“. Das Amt zögert.",
            [
                ("", "Wer baut?"),
                ("Krause", "Wir. Das Amt half."),
                ("", "Wann?"),
                ("KRAUSE", "Er sagte „bald“. Das Amt zögert."),
            ],
        ),
        (
            "Wer baut?\n\n**Ina Krause (SPD):** Wir.\n\n**Ina Krause:** Ja.",
            [("", "Wer baut?"), ("Ina Krause", "Wir."), ("Ina Krause", "Ja.")],
        ),
        # one turn, or nobody who asks, is no interview
        ("Wer baut?\n\nKrause: Wir bauen.", [("", "Wer baut?"), ("", "Krause: Wir bauen.")]),
        ("Köln: Es regnet.\n\nKöln: Es schneit.", [("", "Köln: Es regnet."), ("", "Köln: Es schneit.")]),
    ],
)
def test_who_answers_in_an_interview(text, expected):
    assert spoken(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Das Ziel: „Mehr Grün in der ganzen Stadt“",
        "Der Sprecher: „Wir bauen die Brücke um.“",
        "Er: „Nein, das geht nicht.“",
        "Fazit: „Es lohnt sich für alle.“",
        "Unser Motto: „Wir bauen für alle.“",
        "Neues Album: „Zeit“",
        "Krause: Wir bauen um.",
        "Die Begründung: „Es fehlt das Geld.“",
        "Begründung: „Es fehlt das Geld.“",
        "Krause sagte: „Wir bauen um.“",
        "Wörtlich: „Wir bauen die Brücke um.“",
        "Es gilt wie am 27. Oktober: „Wir bauen sehr wenig.“",
        "Konkret: „Wir bauen das sehr konkret um.“",
        "Neuer Titel: „Die Brücke von Neustadt“",
        "In Neustadt: „Wir bauen um.“",
    ],
)
def test_a_colon_and_a_quotation_are_not_enough_to_speak(text):
    assert spoken(text) == [("", text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ina Krause:\n„Wir bauen um.“\n\nDer Rat prüft.", [("Ina Krause", "„Wir bauen um.“"), ("", "Der Rat prüft.")]),
        ("Ina Krause:\n\n„Wir bauen um.“ Der Rat prüft.", [("Ina Krause", "„Wir bauen um.“"), ("", "Der Rat prüft.")]),
        # the opening mark is missing: the label stands for it
        (
            "Ina Krause:\nDie Brücke wird schön“, sagt sie. „Wir bauen.\n\n"
            "Benno Blume (FDP):\nMir ist sie zu teuer“, so Blume.",
            [
                ("Ina Krause", "Die Brücke wird schön“, sagt sie. „Wir bauen."),
                ("Benno Blume", "Mir ist sie zu teuer“, so Blume."),
            ],
        ),
        # no quotation marks at all: the first person, and a name that the text knows
        (
            "Es sprach Ina Krause.\n\n**Ina Krause:**\nWir bauen um.\n\nDer Rat prüft.",
            [("", "Es sprach Ina Krause."), ("Ina Krause", "Wir bauen um."), ("", "Der Rat prüft.")],
        ),
        (
            "Technische Daten:\nDer Turm ist 30 Meter hoch.",
            [("", "Technische Daten:"), ("", "Der Turm ist 30 Meter hoch.")],
        ),
        ("Unsere Ziele:\n„Mehr Grün“ und „mehr Licht“", [("", "Unsere Ziele: „Mehr Grün“ und „mehr Licht“")]),
        ("Ina Krause:", [("", "Ina Krause:")]),
    ],
)
def test_a_label_line_speaks_what_is_below_it(text, expected):
    assert spoken(text) == expected


def test_who_speaks_in_the_seeds():
    found = []
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_bytes().decode()
        found += [(who, said[:12]) for who, said in spoken(text) if who]
    assert found == [("Weidenfeld", "„Smart City "), ("Sören Link", "Wir sind ein"), ("Wang Yonggang", "Die Lösungen")]
