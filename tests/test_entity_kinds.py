"""What kind of thing an entity is, by a noun beside its name, one in it or a legal form: a city, a party, a company."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from marked_names import resolved

from kg import records
from kg.ontology import kinds

KINDS = [
    # a noun beside the name, a noun that the name holds, a legal form, a name known everywhere
    ("{Huawei/O/Konzern} wächst.", "Huawei", "company"),
    ("{Merics/O/Denkfabrik} warnt.", "Merics", "research institute"),
    ("{Stadtwerke Tannau/O} bauen.", "Stadtwerke_Tannau", "company"),
    ("{Mercator Institute for China Studies/O} warnt.", "Mercator_Institute_for_China_Studies", "research institute"),
    ("{Universität Duisburg-Essen/O} forscht.", "Universität_Duisburg-Essen", "education"),
    ("{Bundesamt für Verfassungsschutz/O} prüft.", "Bundesamt_für_Verfassungsschutz", "public body"),
    ("{Hansa Bau GmbH/O} baut.", "Hansa_Bau_GmbH", "company"),
    ("{Freunde des Zoos e.V./O} sammeln.", "Freunde_des_Zoos_e_V", "association"),
    ("{SPD/O} und {Grünen/O} regieren.", "SPD", "party"),
    ("{Duisburg/L/Stadt} baut.", "Duisburg", "city"),
    ("Aus {Russland/L} kam nichts.", "Russland", "country"),
    ("Am {Duisburger Hafen/L} war es still.", "Duisburger_Hafen", "building"),
    ("Aus {Vereinigten Staaten/L/Gen} kam nichts.", "Vereinigte_Staaten", "country"),
    ("{RhineCloud/T/Plattform} läuft.", "RhineCloud", ""),  # a Thing stays one: its type is not the kind's
    # where no word tells, nothing is guessed
    ("{Huawei/O} wächst.", "Huawei", ""),
    ("{Rothenburg ob der Tauber/L} feiert.", "Rothenburg_ob_der_Tauber", ""),
    ("{Heidelberg/L} feiert.", "Heidelberg", ""),
    ("{Sören Link/P/Oberbürgermeister} sprach.", "Sören_Link", ""),
    ("{Bayern/O} siegt.", "Bayern", ""),  # who plays football is no state
    ("{NSA/O} hört mit.", "NSA", "public body"),
    ("{Foo Data Ltd./O} und {Zoofreunde e. V./O} werben.", "Foo_Data_Ltd", "company"),
    # the most said counts
    ("{ADAC/O/Verein} klagt. {ADAC/O/Verband} klagt. {ADAC/O/Konzern} klagt.", "ADAC", "association"),
]


@pytest.mark.parametrize(("text", "entity", "kind"), KINDS)
def test_what_kind_of_thing_an_entity_is(text, entity, kind):
    found = {e.id: e.kind for e in resolved({"a": text})}
    assert found[entity] == kind


def test_every_kind_that_a_noun_tells_has_a_class_and_labels():
    table = tomllib.loads(files("kg.language").joinpath("nouns.toml").read_text(encoding="utf-8"))
    told = {(type_, kind) for type_, names in table.items() if type_ in records.TYPES for kind in names}
    assert {pair for pair in told if pair[0] != "Person" and pair[1]} <= set(kinds())
