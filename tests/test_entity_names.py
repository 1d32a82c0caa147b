"""What an entity is called: its label and its other names, as a text gives them, and genitives without their ending."""

from __future__ import annotations

import pytest

from kg.records import Document
from kg.resolve import resolve
from kg.resolve.names.names import without_genitive


@pytest.mark.parametrize(
    ("text", "label", "aliases"),
    [
        ("Die Nord AG (vormals Falk AG) verklagte Bosch.", "Nord AG", ("Falk AG",)),
        ("Die Twitter AG (heute X AG) entließ Mitarbeiter.", "X AG", ("Twitter AG",)),
        ("Chemnitz (früher Karl-Marx-Stadt) baut ein Museum.", "Chemnitz", ("Karl-Marx-Stadt",)),
        ("Eva Horn, geborene Kern, leitet die Klinik.", "Eva Horn", ("Eva Kern",)),
        ("Die Malerin Anna Berg (geb. von Stein) starb 1960.", "Anna Berg", ("Anna von Stein",)),
        ("Eva Horn, geborene Kern, besuchte Otto Kern. Kern lobte sie.", "Otto Kern", ("Kern",)),
        ("Lisa Baum, geb. 1980 in Kern, singt.", "Lisa Baum", ()),
        # nicknames in quotation marks
        ("Otto „Kalle“ Kern besuchte Köln.", "Otto Kern", ("Kalle", "Kalle Kern")),
        ("Der Boxer Jens »Bomber« Falk gewann.", "Jens Falk", ("Bomber", "Bomber Falk")),
        (
            'Dwayne "The Rock" Johnson besuchte Köln. Johnson lachte.',
            "Dwayne Johnson",
            ("Johnson", "The Rock", "The Rock Johnson"),
        ),
        ("Otto „Kalle“ Kern besuchte Köln. Dort traf Kalle Kern den Rat.", "Otto Kern", ("Kalle", "Kalle Kern")),
        (
            "Die Bank verklagte Ruth „Ruthi“ Baum. Das Gericht gab Ruthi Baum recht.",
            "Ruth Baum",
            ("Ruthi", "Ruthi Baum"),
        ),
        ("Der Maler Piet „Pit“ van Berg besuchte Köln.", "Piet van Berg", ("Pit", "Pit van Berg")),
        ("Das Buch von Otto „Kalle“ Kern lobte Eva Horn.", "Eva Horn", ()),
        # surname first, in lists and minutes
        ("Anwesend: Müller, Petra; Schmidt, Hans-Peter.", "Petra Müller", ()),
        ("Anwesend: Müller, Petra; Schmidt, Hans-Peter. Schmidt warnte.", "Hans-Peter Schmidt", ("Schmidt",)),
        ("KERN, Anna (SPD): Wir zahlen nicht. Anna Kern ging.", "Anna Kern", ()),
        ("Die Sitzung leitete HORN, Eva.", "Eva Horn", ()),
        ("Entschuldigt: VON DER HEIDE, Ursula; FALK-OTT, Jens", "Ursula von der Heide", ()),
        ("Entschuldigt: VON DER HEIDE, Ursula; FALK-OTT, Jens", "Jens Falk-Ott", ()),
        ("Es spielten Petra, Anna und Otto.", "Petra", ()),
        ("Köln, Bonn; Hamburg, Ulm und Kiel wachsen.", "Köln", ()),
        # whose office it is, without the ending of the genitive
        ("BMWs Chef Otto Kern besuchte Köln.", "BMW", ()),
        ("Opels neuer Chef Otto Kern besuchte Köln.", "Opel", ()),
        ("Otto Kerns Anwältin Eva Horn klagte.", "Otto Kern", ()),
        ("Siemens’ Vorstandschef Otto Kern besuchte Köln.", "Siemens", ()),
    ],
)
def test_what_a_text_calls_one(read, text, label, aliases):
    mentions = read(text).mentions
    entities = resolve([Document(mentions[0].doc, text)], mentions)
    assert (label, aliases) in {(e.label, e.aliases) for e in entities if e.named}


@pytest.mark.parametrize(
    ("name", "known", "case", "bare"),
    [
        ("Duisburgs", {"Duisburg"}, "", "Duisburg"),
        ("Duisburgs", set(), "", "Duisburgs"),
        ("Putins", set(), "Gen", "Putin"),
        ("Merkels", set(), "Gen", "Merkel"),
        ("Merkels", set(), "Nom", "Merkels"),
        ("Sören Links", {"Sören Link"}, "", "Sören Link"),
        ("Wladimir Putins", set(), "Gen", "Wladimir Putin"),
        ("Chinas", {"China"}, "", "China"),
        ("Caritas", set(), "Gen", "Caritas"),
        ("Hermes", set(), "Gen", "Hermes"),
        ("Charles", set(), "Gen", "Charles"),
        ("Ray Charles", set(), "Gen", "Ray Charles"),
        ("Daniels", {"Daniel"}, "Gen", "Daniels"),
        ("Thomas", {"Thoma"}, "", "Thomas"),
        ("Paris", set(), "Gen", "Paris"),
        ("Adidas", set(), "Gen", "Adidas"),
        ("Strauss", set(), "Gen", "Strauss"),
        ("Links", set(), "Gen", "Links"),
        ("Marx’", set(), "", "Marx"),
        ("Peters’", set(), "Gen", "Peters"),
        ("Bundesamtes für Naturschutz", set(), "Gen", "Bundesamt für Naturschutz"),
        ("Caritas in Köln", set(), "Gen", "Caritas in Köln"),
    ],
)
def test_genitives(name, known, case, bare):
    assert without_genitive(name, known, case) == bare
