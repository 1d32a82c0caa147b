"""Which role a phrase with a preposition has, and what a number makes an amount: the table `thematic_roles.toml`."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from kg.language.prepositions import uncontracted
from kg.language.thematic_roles import is_unit, thematic_role
from kg.records import ROLES, Argument, Literal

TABLE = tomllib.loads(files("kg.language").joinpath("thematic_roles.toml").read_text(encoding="utf-8"))
PHRASES = tomllib.loads(files("kg.language").joinpath("prepositions.toml").read_text(encoding="utf-8"))["phrases"]


@pytest.mark.parametrize(
    ("preposition", "verb", "type_", "noun", "case", "role"),
    [
        ("an", "verkaufen", "Organization", "Bahn", "Acc", "recipient"),
        ("an", "zweifeln", "Organization", "Bahn", "Dat", "topic"),
        ("durch", "fließen", "Place", "Ulm", "", "place"),
        ("durch", "zerstören", "Place", "Ulm", "", "cause"),
        ("durch", "wachsen", "Concept", "Zukäufe", "", "cause"),
        ("in", "gehen", "Place", "Stadt", "Acc", "goal"),
        ("in", "wohnen", "Place", "Stadt", "Dat", "place"),
        ("in Nähe von", "liegen", "Place", "Köln", "", "place"),
        ("in Nähe", "liegen", "Place", "Insel", "Gen", "place"),
        ("mit Hilfe von", "bauen", "Concept", "Spenden", "", "instrument"),
        ("in Zusammenarbeit mit", "bauen", "Organization", "Zeiss", "", "partner"),
        ("unter Leitung von", "singen", "Person", "Rehm", "", "oblique"),  # no source, as a bare "von" would be
        ("mit Rücksicht auf", "schweigen", "Person", "Rehm", "", "oblique"),
        ("um", "steigen", "number", "Prozent", "", "amount"),
        ("auf", "klettern", "Concept", "Baum", "Acc", "oblique"),
        ("bei", "liegen", "number", "Cent", "", "amount"),
        ("bei", "liegen", "Place", "Ulm", "", "place"),
        ("in", "bestehen", "Place", "Ulm", "", "place"),
        ("in", "bestehen", "Concept", "Kosten", "", "topic"),
        ("über", "drücken", "Concept", "Linie", "Acc", "oblique"),
        ("über", "klettern", "Place", "Alpen", "Acc", "goal"),
        ("über", "sprechen", "Place", "Brücke", "Acc", "topic"),
        ("für", "bringen", "Person", "Kern", "", "oblique"),
        ("für", "bringen", "Organization", "Kinderhilfe", "", "beneficiary"),
        ("für", "gelten", "Place", "Ulm", "", "oblique"),
        ("mit", "umgehen", "Concept", "Geld", "", "topic"),
        ("mit", "einhergehen", "Concept", "Kosten", "", "oblique"),
        ("mit", "beschließen", "Concept", "Mehrheit", "", "manner"),
        ("mit", "einliefern", "Concept", "Verdacht", "", "oblique"),
        ("mit", "bedrohen", "Concept", "Messer", "", "instrument"),
    ],
)
def test_the_role_of_a_phrase(preposition, verb, type_, noun, case, role):
    assert thematic_role(preposition, verb, type_, noun, case) == role


def test_no_row_stands_behind_an_unconditional_one():
    """The first row that fits is meant, so none may follow one of the same preposition that asks for nothing."""
    decided: dict[str, str] = {}
    for row in TABLE["role"]:
        assert row["role"] in ROLES
        for preposition in row["prepositions"]:
            assert preposition not in decided, (row["role"], preposition, decided[preposition])
        if row.keys() <= {"role", "prepositions"}:
            decided |= dict.fromkeys(row["prepositions"], row["role"])


def test_every_key_is_one_that_a_text_can_yield():
    """Of several words are complex prepositions alone, of `prepositions.toml`; of one, no contraction."""
    known = {tuple(phrase.split()[:2]) for phrase in PHRASES["preposition"]}
    keys = {preposition for row in TABLE["role"] for preposition in row["prepositions"]}
    assert {key for key in keys if " " in key and tuple(key.split()) not in known} == set()
    assert {key for key in keys if uncontracted(key) != key.lower()} == set()


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Siemens kaufte 12 Marken.", Argument),
        ("Die Stadt verkaufte drei Grundstücke.", Argument),
        ("Das Theater zeigt zwei Theaterstücke.", Argument),
        ("Die Armee räumte fünf Stützpunkte.", Argument),
        ("Das Amt misst 14 Parameter.", Argument),
        ("Der Sender strich drei Programme.", Argument),
        ("Der Verein sammelte 500 Mark.", Literal),
        ("Der Fonds verlor drei Millionen US-Dollar.", Literal),
        ("Das Kraftwerk liefert 500 Megawattstunden.", Literal),
        ("Die Stadt rodete zwölf Hektar.", Literal),
    ],
)
def test_what_is_counted_is_a_thing_and_what_is_measured_a_text(read, text, type_):
    (claim,) = read(text).claims
    assert type(claim.object) is type_


@pytest.mark.parametrize(
    "noun", ["Mark", "Punkten", "Cent", "Kilotonnen", "Kubikmetern", "Milligramm", "Seemeilen", "D-Mark"]
)
def test_what_a_number_makes_an_amount(noun):
    assert is_unit(noun)


@pytest.mark.parametrize("noun", ["Marken", "Stücke", "Thermometer", "Diagramm", "Mülltonnen", "Grade", "Eckpunkte"])
def test_what_is_no_unit(noun):
    assert not is_unit(noun)
