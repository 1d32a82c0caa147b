"""Adjectives and nouns of origin: what the lists say, and that they agree with the ontology."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib.resources import files

from kg.language.nouns import COUNCILLORS, is_origin, is_person
from kg.language.states import STATE, TOWN, is_office, origin, state_of_people
from kg.ontology import kinds

LISTS = tomllib.loads(files("kg.language").joinpath("states.toml").read_text(encoding="utf-8"))
COUNTRIES = {names[0] for names in kinds()["Place", "country"].names}


def test_states_are_called_as_the_ontology_calls_them():
    """Only so is the Frankreich of "französisch" that of the text; what the ontology lacks is a small island state."""
    missing = {
        "Antigua und Barbuda",
        "Grenada",
        "Marshallinseln",
        "Nauru",
        "Salomonen",
        "St. Kitts und Nevis",
        "St. Lucia",
    }
    missing |= {"St. Vincent und die Grenadinen", "São Tomé und Príncipe", "Tuvalu"}
    assert LISTS["states"].keys() - COUNTRIES == missing
    assert LISTS["people"].keys() <= COUNTRIES
    regions = {names[0] for names in kinds()["Place", "region"].names}
    assert {"Bayern", "Kalifornien", "Tirol"} <= LISTS["regions"].keys() & regions


def test_no_adjective_is_of_two():
    tables = (LISTS["states"], LISTS["regions"], LISTS["towns"])
    words = Counter(word for table in tables for names in table.values() for word in names.split())
    assert [word for word, count in words.items() if count > 1] == []


def test_every_state_but_those_of_two_has_its_adjective():
    old = {"DDR"}
    ambiguous = {"Kongo", "Demokratische Republik Kongo"}  # "kongolesisch"
    assert COUNTRIES - LISTS["states"].keys() == old | ambiguous


def test_all_forms_of_an_adjective_name_its_state():
    for form in ("e", "er", "en", "em", "es"):
        assert origin(f"deutsch{form}").name == "Deutschland"
    assert origin("Französischer").name == "Frankreich"
    assert [origin(word) for word in ("deutschsprachige", "europäische", "jüdische", "koreanische", "Minister")] == [
        None
    ] * 5


def test_nouns_of_origin_mean_persons():
    for name, nouns in LISTS["people"].items():
        for noun in nouns.split():
            assert is_origin(noun), noun
            assert is_person(noun), noun
            assert state_of_people(noun) == name, noun


def test_offices_are_nouns_of_persons():
    for kind in (STATE, TOWN):
        for noun in (*LISTS["offices"][kind]["heads"], *LISTS["offices"][kind]["alone"]):
            assert is_person(noun) or noun in COUNCILLORS, noun
            assert is_office(noun, kind), noun
