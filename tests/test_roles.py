"""Roles beside names and in clauses, as a table: whose, which role, for whom, and how firmly it is said."""

from __future__ import annotations

import pytest

import kg
from kg.graph.labels import fact_label
from kg.records import Document


@pytest.mark.parametrize(
    ("text", "person", "role", "iri", "organisation", "modality"),
    [
        # behind the name
        ("Anna Schmidt, Chefin von Siemens und Osram, sprach.", "Anna Schmidt", "Chefin", "org:headOf", "Osram", "asserted"),
        ("Anna Schmidt (52), Chefin der Allianz, trat zurück.", "Anna Schmidt", "Chefin", "org:headOf", "Allianz", "asserted"),
        ("Peter Krause, Vorsitzender des Vorstands der Deutschen Bank, schwieg.", "Peter Krause", "Vorsitzender", "org:headOf",
         "Deutschen Bank", "asserted"),
        ("Peter Krause, Vorsitzender des Aufsichtsrats der Deutschen Bank, schwieg.", "Peter Krause", "Vorsitzender", "org:memberOf",
         "Deutschen Bank", "asserted"),
        ("Peter Krause, Leiter Marketing bei Siemens, sprach.", "Peter Krause", "Leiter", "schema:worksFor", "Siemens", "asserted"),
        ("Peter Krause, Vize-Vorsitzender der SPD, sprach.", "Peter Krause", "Vize-Vorsitzender", "schema:affiliation", "SPD", "asserted"),
        # before it
        ("Tesla CEO Elon Musk sprach in Berlin.", "Elon Musk", "CEO", "org:headOf", "Tesla", "asserted"),
        ("Der Geschäftsführer des Paketdiensts DPD, Boris Winkelmann, kam.", "Boris Winkelmann", "Geschäftsführer", "org:headOf",
         "DPD", "asserted"),
        ("Der Chef der Airline, Carsten Spohr, kam.", "Carsten Spohr", "Chef", "org:headOf", "der Airline", "asserted"),
        ("Die Siemens-Manager Peter Krause und Anna Schmidt kamen.", "Anna Schmidt", "Manager", "schema:worksFor", "Siemens", "asserted"),
        ("Boschs Finanzvorstand Otto Kern kam.", "Otto Kern", "Finanzvorstand", "schema:worksFor", "Boschs", "asserted"),
        ("Siemens' neuer Vorstandschef Otto Kern kam.", "Otto Kern", "Vorstandschef", "org:headOf", "Siemens", "asserted"),
        ("Merkels Sprecher Otto Kern kam.", "Otto Kern", "Sprecher", "kg:spokespersonFor", "Merkels", "asserted"),
        ("Beate Zschockes Trainer Jörg Haupt siegte.", "Jörg Haupt", "Trainer", "kg:hasRelationTo", "Beate Zschockes", "asserted"),
        ("Eva Horn, Sprecherin von Otto Kern, kam.", "Eva Horn", "Sprecherin", "kg:spokespersonFor", "Otto Kern", "asserted"),
        # of a part alone
        ("SPD-Generalsekretär Otto Kern kam.", "Otto Kern", "Generalsekretär", "schema:affiliation", "SPD", "asserted"),
        ("Nato-Generalsekretär Otto Kern kam.", "Otto Kern", "Generalsekretär", "org:headOf", "Nato", "asserted"),
        ("Der Geschäftsführer der SPD-Fraktion, Otto Kern, kam.", "Otto Kern", "Geschäftsführer", "schema:affiliation",
         "der SPD-Fraktion", "asserted"),
        ("Otto Kern, Leiter der Abteilung Einkauf der Falk AG, kam.", "Otto Kern", "Leiter", "schema:worksFor", "Falk AG", "asserted"),
        ("Frank Werneke, Vorsitzender der Gewerkschaft Verdi, kam.", "Frank Werneke", "Vorsitzender", "org:headOf", "Verdi", "asserted"),
        ("Der designierte Siemens-Chef Peter Krause kam.", "Peter Krause", "Chef", "org:headOf", "Siemens", "planned"),
        # of a state, a region, a town
        ("Der französische Präsident Otto Kern kam.", "Otto Kern", "Präsident", "org:headOf", "französische", "asserted"),
        ("Otto Kern, bayerischer Innenminister, kam.", "Otto Kern", "Innenminister", "schema:worksFor", "bayerischer", "asserted"),
        ("Die Kölner Bürgermeisterin Eva Horn kam.", "Eva Horn", "Bürgermeisterin", "org:headOf", "Kölner", "asserted"),
        ("US-Kommandeur Otto Kern kam.", "Otto Kern", "Kommandeur", "kg:hasFunctionAt", "US", "asserted"),
        ("Otto Kern, Korrespondent in Rom, kam.", "Otto Kern", "Korrespondent", "kg:hasFunctionAt", "Rom", "asserted"),
        # a national
        ("Der türkische Autor Otto Kern kam.", "Otto Kern", "Autor", "schema:nationality", "türkische", "asserted"),
        ("US-Autor Otto Kern kam.", "Otto Kern", "Autor", "schema:nationality", "US", "asserted"),
        ("Der Brite Otto Kern kam.", "Otto Kern", None, "schema:nationality", "Brite", "asserted"),
        ("Der frühere deutsche Torwart Otto Kern kam.", "Otto Kern", None, "schema:nationality", "deutsche", "asserted"),
        ("Der angeblich russische Agent Otto Kern kam.", "Otto Kern", "Agent", "schema:nationality", "russische", "reported"),
        # posts without a relation of their own
        ("Otto Kern, Gouverneur von Utah, kam.", "Otto Kern", "Gouverneur", "kg:hasFunctionAt", "Utah", "asserted"),
        ("Der frühere Siemens-Chef Otto Kern kam.", "Otto Kern", None, "kg:hadFunctionAt", "Siemens", "asserted"),
        ("Ex-SPD-Chef Otto Kern kam.", "Otto Kern", None, "kg:hadFunctionAt", "SPD", "asserted"),
        ("SPD-Politiker Otto Kern kam.", "Otto Kern", "Politiker", "org:memberOf", "SPD", "asserted"),
        ("Brexit-Gegner Otto Kern kam.", "Otto Kern", "Gegner", "kg:hasRelationTo", "Brexit", "asserted"),
        # in the clause
        ("Der Aufsichtsrat berief Anna Schmidt zur Chefin von Siemens.", "Anna Schmidt", "Chefin", "org:headOf", "Siemens", "asserted"),
        ("Peter Krause soll zum Präsidenten der Bundesbank gewählt werden.", "Peter Krause", "Präsidenten", "org:headOf",
         "Bundesbank", "planned"),
        ("Peter Krause übernimmt den Vorsitz der SPD.", "Peter Krause", None, "org:headOf", "SPD", "asserted"),
        ("Chef der SPD war Martin Schulz.", "Martin Schulz", "Chef", "org:headOf", "SPD", "asserted"),
        ("Lars Klingbeil bleibt Chef der SPD.", "Lars Klingbeil", "Chef", "org:headOf", "SPD", "asserted"),
    ],
)  # fmt: skip
def test_roles_and_for_whom(read, text, person, role, iri, organisation, modality):
    claims = {(c.subject.text, c.predicate.iri, c.object and c.object.text, c.modality) for c in read(text).claims}
    assert (person, iri, organisation, modality) in claims
    assert role is None or (person, "schema:jobTitle", role, modality) in claims


@pytest.mark.parametrize(
    "text",
    [
        "Anna Schmidt wurde nicht zur Chefin von Siemens berufen.",
        "Peter Krause, Vize-Chef von Siemens, kam.",
        "Die stellvertretende Vorsitzende der SPD, Anna Schmidt, kam.",
        "Der frühere Siemens-Chef Joe Kaeser kam.",
        "Peter Krause will den Vorsitz der SPD übernehmen.",
        "Wird Anna Schmidt zur Chefin von Siemens berufen?",
        "SPD-Landesvorsitzende Anna Schmidt kam.",
        "Peter Krause, Parlamentarischer Geschäftsführer der Linken, kam.",
        "Anna Schmidt, Vorsitzende der Grünen in Hessen, kam.",
        "In Paris traf Präsident Peter Krause die Ministerin.",
        "Kölns Altbürgermeister Peter Krause kam.",
        # a clause, a hedge or a former time beside the name
        "Peter Krause, der nie Chef der SPD war, kam.",
        "Peter Krause, kein Chef der SPD, kam.",
        "Peter Krause, womöglich Chef der SPD, kam.",
        "Peter Krause, bald Chef der SPD, kam.",
        "Der abgesetzte SPD-Chef Peter Krause kam.",
        # a condition, a report
        "Übernimmt Peter Krause den Vorsitz der SPD, tritt Anna Schmidt zurück.",
        "Medienberichten zufolge übernimmt Peter Krause den Vorsitz der SPD.",
    ],
)
def test_who_heads_nothing(read, text):
    plain = [
        c for c in read(text).claims if c.polarity == "positive" and c.modality == "asserted" and c.speaker is None
    ]
    assert "org:headOf" not in {c.predicate.iri for c in plain}


def test_an_office_that_is_given_is_nobody_named_before():
    """ "zur Vorsitzenden" names an office; a woman of the sentence before does not hold it."""
    text = "Am Montag empfing Ministerin Jane Hollis Gäste. Gestern wählte der Parteitag Petra Lenz zur Vorsitzenden."
    titles = {(f.subject, f.object) for f in kg.build(Document("t", text)).facts if f.predicate == "schema:jobTitle"}
    assert titles == {("Jane_Hollis", "Ministerin.Role"), ("Petra_Lenz", "Vorsitzende.Role")}


def test_two_posts_at_one_organisation_are_two_facts():
    """Both are kg:hasFunctionAt; an edge reads by the noun, which stands in the line once."""
    text = "Rita Böhm, Kassiererin des SV Lehe, kam. Die Schriftführerin des SV Lehe, Rita Böhm, ging."
    graph = kg.build([Document("verein", text)])
    facts = [fact for fact in graph.facts if fact.predicate == "kg:hasFunctionAt"]
    labels = ["Rita Böhm – Kassiererin – SV Lehe", "Rita Böhm – Schriftführerin – SV Lehe"]
    assert sorted(fact_label(graph, fact) for fact in facts) == labels
    asked = "SELECT ?role WHERE { ?m org:organization kge:SV_Lehe ; org:role/rdfs:label ?role } ORDER BY ?role"
    assert [str(row["role"]) for row in graph.sparql(asked)] == ["Kassiererin", "Schriftführerin"]
    assert graph.sparql("ASK { kge:Rita_Böhm kg:hasFunctionAt kge:SV_Lehe }")


def test_an_adjective_means_the_state_that_a_text_names():
    text = "Frankreich wählt. Der französische Präsident Luc Morel und der französische Autor Paul Blanc schweigen."
    graph = kg.build([Document("wahl", text)])
    assert graph.entity("Frankreich").aliases == ()
    assert {m.text for m in graph.entity("Frankreich").mentions} == {"Frankreich", "französische"}
    assert graph.sparql(
        "ASK { kge:Luc_Morel org:headOf kge:Frankreich . kge:Paul_Blanc schema:nationality kge:Frankreich }"
    )
