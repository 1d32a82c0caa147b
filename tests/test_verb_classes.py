"""What kind a verb is of: the table of `verb_classes.toml`, and what a lemma of kg's is by it."""

from __future__ import annotations

from collections import Counter

import pytest
import rdflib
from rdflib import RDFS, SDO

from kg.language.verb_classes import class_of, undo_passive
from kg.ontology import CLASSES, OURS, prefixes
from kg.ontology.terms import document, terms
from kg.ontology.verb_classes import usages, verb_classes, with_broader

# What the classes that we take stand below in schema.org itself (https://schema.org/Action): no more is said of them.
ABOVE_IN_SCHEMA = {
    "ArriveAction": "MoveAction",
    "AskAction": "CommunicateAction",
    "BuyAction": "TradeAction",
    "DepartAction": "MoveAction",
    "DonateAction": "TransferAction",
    "GiveAction": "TransferAction",
    "LoseAction": "AchieveAction",
    "PayAction": "TradeAction",
    "ReplyAction": "CommunicateAction",
    "SellAction": "TradeAction",
    "SendAction": "TransferAction",
    "TakeAction": "TransferAction",
    "TravelAction": "MoveAction",
    "WinAction": "AchieveAction",
    "WriteAction": "CreateAction",
}


@pytest.mark.parametrize(
    ("lemma", "iri"),
    [
        ("kaufen", "schema:BuyAction"),
        ("aufkaufen", "schema:BuyAction"),
        ("verkaufen", "schema:SellAction"),
        ("sagen", "kg:Say"),
        ("mitteilen", "kg:Say"),
        ("ankündigen", "kg:Announce"),
        ("bekannt geben", "kg:Announce"),
        ("fordern", "kg:Demand"),
        ("kritisieren", "kg:Criticise"),
        ("beschuldigen", "kg:Accuse"),
        ("bestreiten", None),
        ("dementieren", "kg:Deny"),
        ("sich einigen", "schema:AgreeAction"),
        ("sich treffen", "kg:Meet"),
        ("besuchen", "kg:Visit"),
        ("festnehmen", "kg:Arrest"),
        ("verurteilen", "kg:Convict"),
        ("verklagen", "kg:Sue"),
        ("ums Leben kommen", "kg:Die"),
        ("in Kraft treten", "kg:Begin"),
        ("Insolvenz anmelden", "kg:Fail"),
        ("zur Verfügung stellen", "schema:GiveAction"),
        ("zur Welt kommen", "kg:Birth"),
        ("steigen", "kg:Increase"),
        ("kürzen", "kg:Decrease"),
        ("besiegen", "schema:WinAction"),
        ("abwandern lassen", None),
        *((verb, None) for verb in ("führen", "halten", "stehen", "gehen", "setzen", "machen", "kommen", "nehmen")),
        *((verb, None) for verb in ("sein", "haben", "werden", "geben", "stellen", "bringen", "lassen", "bleiben")),
        ("", None),
        ("Sprecher", None),
    ],
)
def test_the_class_of_a_lemma(lemma, iri):
    found = class_of(lemma)
    assert (found and found.iri) == iri


@pytest.mark.parametrize(
    ("lemma", "beside", "iri"),
    [
        ("verlassen", {"object": "Organization"}, "schema:LeaveAction"),
        ("verlassen", {"object": "Place"}, "schema:DepartAction"),
        ("verlassen", {"object": "Concept"}, None),
        ("bestreiten", {"object": "Concept"}, "kg:Deny"),
        ("bestreiten", {"object": "Event"}, "kg:Compete"),
        ("treffen", {"object": "Person"}, "kg:Meet"),
        ("treffen", {"object": "Concept"}, None),
        ("übernehmen", {"object": "Organization"}, "schema:BuyAction"),
        ("übernehmen", {"object": "Role"}, None),
        ("einstellen", {"object": "Person"}, "kg:Employ"),
        ("einstellen", {"object": "Concept"}, "kg:End"),
        ("wählen", {"object": "Person"}, "kg:Elect"),
        ("wählen", {"object": "Organization"}, "schema:VoteAction"),
        ("gewählt werden", {"subject": "Person"}, "kg:Elect"),
        ("eingestellt werden", {"subject": "Person", "object": "Concept"}, "kg:Employ"),
        ("gewinnen", {}, "schema:WinAction"),
        ("gewinnen", {"prepositions": ("an",)}, "kg:Increase"),
        ("verlieren", {"prepositions": ("gegen", "in")}, "schema:LoseAction"),
        ("verlieren", {}, None),
        ("bestehen", {"prepositions": ["aus"]}, "kg:Contain"),
        ("bestehen", {"prepositions": ["auf"]}, "kg:Demand"),
        ("bestehen", {}, None),
        ("sich aussprechen", {"prepositions": ["für"]}, "kg:Support"),
        ("sich aussprechen", {"prepositions": ["gegen"]}, "kg:Conflict"),
        ("führen", {"prepositions": ["zu"]}, "kg:Cause"),
        ("ziehen", {"prepositions": ["nach"]}, "schema:MoveAction"),
        ("liegen", {"subject": "Place"}, "kg:Located"),
        ("liegen", {"subject": "Concept"}, None),
        ("drohen", {"subject": "Person"}, "kg:Threaten"),
        ("drohen", {"subject": "Event"}, None),
    ],
)
def test_what_stands_beside_a_verb_tells_its_class(lemma, beside, iri):
    found = class_of(lemma, **beside)
    assert (found and found.iri) == iri


@pytest.mark.parametrize(
    ("lemma", "verb"),
    [
        ("gebaut werden", "bauen"),
        ("angekündigt werden", "ankündigen"),
        ("ernannt werden", "ernennen"),
        ("verlassen werden", "verlassen"),
        ("entlassen sein", "entlassen"),
        ("geschlossen sein", "schließen"),
        ("geboren werden", "gebären"),
        ("in Brand gesetzt werden", "in Brand setzen"),
        ("zur Verfügung gestellt werden", "zur Verfügung stellen"),
        ("geschickt werden", "schicken"),
        ("begangen werden", "begehen"),
        ("zu prüfen sein", "prüfen"),
        ("nicht zu prüfen sein", "nicht prüfen"),
    ],
)
def test_a_passive_is_undone(lemma, verb):
    assert undo_passive(lemma) == (verb, True)


@pytest.mark.parametrize(
    "lemma",
    [
        *(
            "bauen",
            "",
            "sein",
            "werden",
            "offen sein",
            "krank werden",
            "Bürgermeister werden",
            "zu sein",
            "bereit sein",
        ),
        *("laut werden", "laut sein", "bekannt sein", "bekannt werden", "geschickt sein", "gelassen sein", "nett sein"),
        *("beliebt sein", "berühmt werden", "verschieden sein", "perfekt sein", "leicht werden", "gesund werden"),
        *("gerecht werden", "umstritten sein", "betagt sein"),
    ],
)
def test_what_is_no_passive_stays(lemma):
    assert undo_passive(lemma) == (lemma, False)


STRONG = """angreifen anbieten abschließen aufheben beschließen betreiben beweisen ernennen brennen einladen entlassen erfinden erschießen
erwerben festnehmen freilassen freisprechen gewinnen schlagen stehlen überfallen unterschreiben verbieten vergeben verlassen verlieren
verschieben vorschlagen vorwerfen übernehmen übergeben zerreißen entsenden umbenennen erkennen verbringen anerkennen""".split()
PARTICIPLES = """angegriffen angeboten abgeschlossen aufgehoben beschlossen betrieben bewiesen ernannt gebrannt eingeladen entlassen erfunden
erschossen erworben festgenommen freigelassen freigesprochen gewonnen geschlagen gestohlen überfallen unterschrieben verboten vergeben
verlassen verloren verschoben vorgeschlagen vorgeworfen übernommen übergeben zerrissen entsandt umbenannt erkannt verbracht anerkannt""".split()


@pytest.mark.parametrize(("verb", "participle"), list(zip(STRONG, PARTICIPLES, strict=True)))
def test_participles_of_strong_verbs(verb, participle):
    assert undo_passive(f"{participle} werden") == (verb, True)


def test_the_table_is_sound():
    """One class for a verb unless a condition tells; and nothing in it that no text could yield."""
    for verb, ways in usages().items():
        assert len({usage for usage, _ in ways}) == len(ways), verb
        assert verb.endswith("n"), verb
        assert verb == " ".join(verb.split()), verb
        for usage, iri in ways:
            assert usage.subject | usage.object <= CLASSES.keys(), verb
            assert iri in verb_classes()
    assert len(usages()) > 1_500
    assert {broader for class_ in verb_classes().values() if (broader := class_.broader)} <= verb_classes().keys()


def test_labels_tell_the_classes_apart():
    classes = verb_classes().values()
    assert all(label == label.strip() != "" for class_ in classes for label in (class_.de, class_.en))
    assert [label for label, times in Counter(class_.de for class_ in classes).items() if times > 1] == []


@pytest.fixture(scope="module")
def vocabulary() -> rdflib.Graph:
    return rdflib.Graph().parse(data=document("kg.ttl"), format="turtle")


@pytest.mark.parametrize("iri", sorted(verb_classes()))
def test_a_class_is_declared(vocabulary, iri):
    """Ours in kg.ttl, below what the table says; schema.org's in rdflib's copy of it, below what schema.org says."""
    prefix, name = iri.split(":")
    broader = verb_classes()[iri].broader
    if prefix == "schema":
        assert name in SDO
        assert broader.removeprefix("schema:") == ABOVE_IN_SCHEMA.get(name, "")
        return
    assert prefix == "kg"
    assert terms()[iri].kind == "rdfs:Class"
    above = set(vocabulary.objects(rdflib.URIRef(prefixes()["kg"] + name), RDFS.subClassOf))
    assert len(above) == 1
    assert not broader or ("rdfs:subClassOf", broader) in terms()[iri].links


def test_a_fact_is_of_the_broader_class_too():
    assert with_broader("kg:Sue") == ("kg:Sue", "kg:Conflict")
    assert with_broader("kg:Accuse") == ("kg:Accuse", "kg:Criticise", "schema:CommunicateAction")
    assert with_broader("kg:Meet") == ("kg:Meet",)
    assert all(len(with_broader(iri)) <= 3 for iri in verb_classes(OURS))
