"""Which sentences say which relation, as tables: verbs and nouns of `relations.toml`, and the events that nouns name.

The sentences are our own. A row is what one claim must be: subject, property, object, and its modality; a "-" before
the modality marks a claim that is denied.
"""

from __future__ import annotations

import pytest
from tables import triples

from kg.extract import extract
from kg.extract.claims.verb_object_relations import typed
from kg.ontology import relations
from kg.records import TYPES, Argument, Claim, Document, Literal, Predicate, Span


def said(found):
    return {
        (c.subject.text, c.predicate.iri, end, ("-" if c.polarity == "negative" else "") + c.modality)
        for c in found.claims
        for _, _, end in triples(c)
    }


@pytest.mark.parametrize(
    ("text", "subject", "iri", "object", "modality"),
    [
        # acquisition
        ("Siemens hat Alstom gekauft.", "Siemens", "kg:acquired", "Alstom", "asserted"),
        ("Der Konzern Siemens erwarb 2018 die Firma Alstom.", "Siemens", "kg:acquired", "Alstom", "asserted"),
        ("Alstom wurde von Siemens geschluckt.", "Siemens", "kg:acquired", "Alstom", "asserted"),
        ("Toyota übernimmt die Kontrolle bei Daihatsu.", "Toyota", "kg:acquired", "Daihatsu", "asserted"),
        ("Die Commerzbank will die Comdirect übernehmen.", "Commerzbank", "kg:acquired", "Comdirect", "planned"),
        ("Volkswagen hat MAN nicht übernommen.", "Volkswagen", "kg:acquired", "MAN", "-asserted"),
        # ownership, parts, stakes
        ("Opel gehört Stellantis.", "Stellantis", "kg:owns", "Opel", "asserted"),
        ("Volkswagen besitzt Porsche.", "Volkswagen", "kg:owns", "Porsche", "asserted"),
        ("Audi gehört zum Volkswagen-Konzern.", "Audi", "org:subOrganizationOf", "Volkswagen-Konzern", "asserted"),
        ("Die Lufthansa-Tochter Eurowings fliegt wieder.", "Eurowings", "org:subOrganizationOf", "Lufthansa", "asserted"),
        ("Eurowings, eine Tochter der Lufthansa, fliegt wieder.", "Eurowings", "org:subOrganizationOf", "Lufthansa", "asserted"),
        ("Eurowings ist eine Tochter der Lufthansa.", "Eurowings", "org:subOrganizationOf", "Lufthansa", "asserted"),
        ("BlackRock hält Anteile an Siemens.", "BlackRock", "kg:hasStakeIn", "Siemens", "asserted"),
        ("Geely ist an Daimler beteiligt.", "Geely", "kg:hasStakeIn", "Daimler", "asserted"),
        ("Siemens verkaufte Osram.", "Siemens", "kg:sold", "Osram", "asserted"),
        # cooperation, merger, spin-off
        ("Bosch kooperiert mit Microsoft.", "Bosch", "kg:cooperatesWith", "Microsoft", "asserted"),
        ("Siemens und Alstom arbeiten zusammen.", "Siemens", "kg:cooperatesWith", "Alstom", "asserted"),
        ("Bayer fusioniert mit Monsanto.", "Bayer", "kg:mergedWith", "Monsanto", "asserted"),
        ("Die Allianz und die Commerzbank wollen fusionieren.", "Allianz", "kg:mergedWith", "Commerzbank", "planned"),
        ("Siemens gliedert die Sparte Healthineers aus.", "Siemens", "kg:spunOff", "die Sparte Healthineers", "asserted"),
        ("Magazino ist ein Spin-off der TU München.", "Magazino", "kg:spunOffFrom", "TU München", "asserted"),
        # insolvency, jobs, strikes
        ("Air Berlin hat Insolvenz angemeldet.", "Air Berlin", "kg:insolvency", "Insolvenz", "asserted"),
        ("Die Reederei Rickmers musste Insolvenz beantragen.", "Rickmers", "kg:insolvency", "Insolvenz", "required"),
        ("Siemens streicht 1200 Stellen.", "Siemens", "kg:jobCuts", "1200 Stellen", "asserted"),
        ("Bosch will 500 Arbeitsplätze abbauen.", "Bosch", "kg:jobCuts", "500 Arbeitsplätze", "planned"),
        ("Opel entlässt 300 Mitarbeiter.", "Opel", "kg:jobCuts", "300 Mitarbeiter", "asserted"),
        ("Die Gewerkschaft Verdi bestreikt Amazon.", "Verdi", "kg:strikeAt", "Amazon", "asserted"),
        # places
        ("Die Reederei Hapag-Lloyd sitzt in Hamburg.", "Hapag-Lloyd", "schema:location", "Hamburg", "asserted"),
        ("Siemens hat seinen Sitz in München.", "Siemens", "schema:location", "München", "asserted"),
        ("Duisburg liegt in Nordrhein-Westfalen.", "Duisburg", "schema:containedInPlace", "Nordrhein-Westfalen", "asserted"),
        ("Anna Schmidt lebt in Köln.", "Anna Schmidt", "schema:homeLocation", "Köln", "asserted"),
        ("Angela Merkel wurde in Hamburg geboren.", "Angela Merkel", "schema:birthPlace", "Hamburg", "asserted"),
        # persons: family, education, work, parties
        ("Anna Schmidt heiratete Peter Krause.", "Anna Schmidt", "schema:spouse", "Peter Krause", "asserted"),
        ("Angela Merkels Ehemann Joachim Sauer kam nach Bayreuth.", "Joachim Sauer", "schema:spouse", "Angela Merkels", "asserted"),
        ("Clara Krause, Tochter von Peter Krause, studiert in Bonn.", "Clara Krause", "schema:parent", "Peter Krause", "asserted"),
        ("Anna Schmidt war Trauzeugin von Clara Krause.", "Anna Schmidt", "kg:bestManOf", "Clara Krause", "asserted"),
        ("Karl Weber ist der Trauzeuge des Sängers Otto Lamm.", "Karl Weber", "kg:bestManOf", "Otto Lamm", "asserted"),
        ("Anna Schmidt, Trauzeugin der Sängerin Eva Lamm, kam zu spät.", "Anna Schmidt", "kg:bestManOf", "Eva Lamm", "asserted"),
        ("Karl Weber war Trauzeuge des Otto Lamm.", "Karl Weber", "kg:bestManOf", "Otto Lamm", "asserted"),
        ("Peter Krauses Trauzeuge Karl Weber kam zu spät.", "Karl Weber", "kg:bestManOf", "Peter Krauses", "asserted"),
        ("Karl Weber war nicht der Trauzeuge von Otto Lamm.", "Karl Weber", "kg:bestManOf", "Otto Lamm", "-asserted"),
        ("Anna Schmidt studierte an der Universität Leipzig.", "Anna Schmidt", "schema:alumniOf", "Universität Leipzig", "asserted"),
        ("Anna Schmidt arbeitet bei Siemens.", "Anna Schmidt", "schema:worksFor", "Siemens", "asserted"),
        ("Peter Krause leitet Siemens.", "Peter Krause", "org:headOf", "Siemens", "asserted"),
        ("Peter Krause gehört der SPD an.", "Peter Krause", "org:memberOf", "SPD", "asserted"),
        ("Peter Krause trat aus der CDU aus.", "Peter Krause", "kg:leftOrganization", "CDU", "asserted"),
        ("Thomas Müller spielt für den FC Bayern München.", "Thomas Müller", "kg:playsFor", "FC Bayern München", "asserted"),
        ("Ferdinand Porsche gründete Volkswagen.", "Ferdinand Porsche", "kg:founderOf", "Volkswagen", "asserted"),
        # awards, products
        ("Christian Drosten wurde mit dem Bundesverdienstkreuz ausgezeichnet.", "Christian Drosten", "schema:award",
         "dem Bundesverdienstkreuz", "asserted"),
        ("Die Autorin Juli Zeh gewann den Preis.", "Juli Zeh", "schema:award", "den Preis", "asserted"),
        ("Airbus baut Flugzeuge.", "Airbus", "kg:produces", "Flugzeuge", "asserted"),
        ("Bosch beliefert Volkswagen.", "Bosch", "kg:supplies", "Volkswagen", "asserted"),
        # what people and bodies say and do to each other
        ("Die Polizei warnt vor Betrügern.", "Die Polizei", "kg:warnsOf", "Betrügern", "asserted"),
        ("Die SPD kritisiert die FDP.", "SPD", "kg:criticizes", "FDP", "asserted"),
        ("Verdi fordert mehr Lohn.", "Verdi", "kg:demands", "mehr Lohn", "asserted"),
        ("Huawei bestreitet die Vorwürfe.", "Huawei", "kg:denies", "die Vorwürfe", "asserted"),
        ("Die Polizei nahm Peter Krause fest.", "Die Polizei", "kg:arrested", "Peter Krause", "asserted"),
        ("Apple verklagt Samsung.", "Apple", "kg:sued", "Samsung", "asserted"),
        ("Die Staatsanwaltschaft ermittelt gegen Volkswagen.", "Die Staatsanwaltschaft", "kg:investigates", "Volkswagen", "asserted"),
    ],
)  # fmt: skip
def test_what_verbs_and_nouns_say(read, text, subject, iri, object, modality):
    assert (subject, iri, object, modality) in said(read(text))


@pytest.mark.parametrize(
    ("text", "subject", "iri", "object", "modality"),
    [
        # over and done
        ("Nach der Übernahme von E-Plus durch Telefónica sank der Umsatz.", "Telefónica", "kg:acquired", "E-Plus", "asserted"),
        ("Die Übernahme der Opel AG durch PSA im Jahr 2017 war teuer.", "PSA", "kg:acquired", "Opel AG", "asserted"),
        ("Seit der Übernahme von Opel durch PSA sinken die Kosten.", "PSA", "kg:acquired", "Opel", "asserted"),
        ("Mit der Übernahme von Pamera wuchs Cornerstone.", "Cornerstone", "kg:acquired", "Pamera", "asserted"),
        # not yet, perhaps, or not at all
        ("Die geplante Übernahme von Opel durch PSA kostet Milliarden.", "PSA", "kg:acquired", "Opel", "planned"),
        ("Siemens plant die Übernahme von Alstom.", "Siemens", "kg:acquired", "Alstom", "planned"),
        ("Das Kartellamt prüft die Übernahme von Tengelmann durch Edeka.", "Edeka", "kg:acquired", "Tengelmann", "possible"),
        ("Das Kartellamt lehnte die Übernahme von Tengelmann durch Edeka ab.", "Edeka", "kg:acquired", "Tengelmann", "disputed"),
        ("Die Übernahme von Alstom durch Siemens scheiterte.", "Siemens", "kg:acquired", "Alstom", "disputed"),
        ("Die Fusion von Bayer und Monsanto wurde 2018 abgeschlossen.", "Bayer", "kg:mergedWith", "Monsanto", "asserted"),
        ("Die Aktionäre fordern eine Fusion von Bayer mit Monsanto.", "Bayer", "kg:mergedWith", "Monsanto", "required"),
        ("Die SPD warnt vor einem Krieg zwischen Polen und Russland.", "Polen", "kg:inConflictWith", "Russland", "possible"),
        ("Ein Krieg zwischen Polen und Russland ist nicht in Sicht.", "Polen", "kg:inConflictWith", "Russland", "disputed"),
        ("Eine Klage von Apple gegen Samsung ist denkbar.", "Apple", "kg:sued", "Samsung", "possible"),
        ("Nach dem verpassten Sieg von Bayern gegen Schalke war Ruhe.", "Bayern", "kg:defeated", "Schalke", "disputed"),
        ("Sollten Siemens und Alstom zusammenarbeiten, sinken die Preise.", "Siemens", "kg:cooperatesWith", "Alstom", "possible"),
        # what is there once it is named
        ("Die Zusammenarbeit zwischen Siemens und Alstom endet.", "Siemens", "kg:cooperatesWith", "Alstom", "asserted"),
        ("Duisburgs Zusammenarbeit mit Huawei ist umstritten.", "Duisburgs", "kg:cooperatesWith", "Huawei", "asserted"),
        ("Der Streit zwischen Apple und Samsung dauert an.", "Apple", "kg:inConflictWith", "Samsung", "asserted"),
        ("Die Kritik der SPD an der CDU wächst.", "SPD", "kg:criticizes", "CDU", "asserted"),
        ("Es gibt keine Zusammenarbeit zwischen Siemens und Huawei.", "Siemens", "kg:cooperatesWith", "Huawei", "-asserted"),
        # one who takes part, and the event itself
        ("Der Streik bei der Lufthansa dauert an.", "Der Streik bei der Lufthansa", "kg:strikeAt", "Lufthansa", "asserted"),
        ("Die Bafin beantragte ein Insolvenzverfahren über die Maple Bank.", "Maple Bank", "kg:insolvency",
         "ein Insolvenzverfahren über die Maple Bank", "possible"),
        ("Ulm eröffnete das Insolvenzverfahren über das Vermögen der Falk AG.", "Falk AG", "kg:insolvency",
         "das Insolvenzverfahren über das Vermögen der Falk AG", "asserted"),
        ("Der Streik der Piloten bei der Lufthansa dauert an.", "der Piloten", "kg:strikeAt", "Lufthansa", "asserted"),
        ("Nach der Insolvenz von Air Berlin stiegen die Preise.", "Air Berlin", "kg:insolvency", "der Insolvenz von Air Berlin", "asserted"),
        ("Nach der Festnahme von Peter Krause durch die Polizei blieb es ruhig.", "die Polizei", "kg:arrested", "Peter Krause", "asserted"),
    ],
)  # fmt: skip
def test_events_that_nouns_name(read, text, subject, iri, object, modality):
    assert (subject, iri, object, modality) in said(read(text))


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("Anna Schmidt kaufte ein Auto.", "kg:acquired"),
        ("Siemens übernimmt Verantwortung.", "kg:acquired"),
        ("Der Minister übernahm das Amt.", "kg:acquired"),
        ("Streik bei Amazon?", "kg:strikeAt"),
        ("Otto Kern hat für seine Tochter Insolvenz angemeldet.", "kg:insolvency"),
        ("Das sagte Otto Kern.", "kg:told"),
        ("Der Bäcker streicht die Wände.", "kg:jobCuts"),
        ("Die Polizei schlug Peter Krause.", "kg:defeated"),
        ("Peter Krause ist der Vater von Clara Krause.", "schema:jobTitle"),
        ("Anna Schmidt gebar in Köln.", "schema:birthPlace"),
        ("Karl Weber war Zeuge von Otto Lamm.", "kg:bestManOf"),
        ("Karl Weber war Trauzeuge von Siemens.", "kg:bestManOf"),
        ("Karl Weber traf den Trauzeugen von Otto Lamm.", "kg:bestManOf"),
        ("Peter Krause arbeitet in Berlin.", "schema:worksFor"),
        ("Peter Krause kämpft gegen die Armut.", "kg:inConflictWith"),
        ("Bayern München übernahm die Führung.", "kg:tookOffice"),
        ("Die Anzeige von Peter Krause gegen Anna Schmidt ist bekannt.", "kg:sued"),
        ("Siemens oder Alstom arbeiten zusammen.", "kg:cooperatesWith"),
        ("Die Übernahme der Kosten durch die Krankenkasse ist sicher.", "kg:acquired"),
    ],
)
def test_what_is_no_such_relation(read, text, iri):
    assert iri not in {c.predicate.iri for c in read(text).claims}


def test_relations_are_well_formed():
    """Each has a German and an English label and its own IRI, and the types of its ends are entity types."""
    assert len({r.iri for r in relations()}) == len(relations())
    for relation in relations():
        assert relation.de
        assert relation.en
        assert {*relation.domain, *relation.range} <= set(TYPES), relation.iri


def test_a_verb_has_one_relation_for_each_pair_of_types():
    """Two relations may share a verb only where their ends cannot be the same: "gehören zu" of places and companies."""
    by_verb: dict[str, list] = {}
    for relation in relations():
        for verb in relation.verbs:
            for other in by_verb.setdefault(verb, []):
                apart = not set(relation.domain) & set(other.domain) or not set(relation.range) & set(other.range)
                assert apart, verb
            by_verb[verb].append(relation)


def test_an_object_says_more_than_its_verb():
    """ "entlässt Mitarbeiter" is not the dismissal of a person; a verb alone keeps the property it has."""
    subject, sentence = Argument(0, 4, "Opel", "Organization"), Span(0, 27, "Opel entlässt Mitarbeiter.")
    predicate = Predicate("entlassen", "kg:dismissed", ((5, 13),), "entlässt")
    workers, boss = Argument(14, 25, "Mitarbeiter", "Person"), Argument(14, 18, "Meier", "Person")
    assert typed(Claim("d", sentence, subject, predicate, workers)).predicate.iri == "kg:jobCuts"
    assert typed(Claim("d", sentence, subject, predicate, boss)).predicate.iri == "kg:dismissed"


def test_a_state_is_its_adjective():
    broke = Literal(6, 12, "pleite", "pleite")
    claim = Claim("d", Span(0, 13, "X ist pleite."), Argument(0, 1, "X", "Organization"),
                  Predicate("sein", "kgp:sein", ((2, 5),), "ist"), broke)  # fmt: skip
    assert typed(claim).predicate.iri == "kg:insolvency"


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("Die Übernahme von Opel durch PSA im Jahr 2025 gilt als sicher.", "kg:acquired"),
        ("Siemens und Alstom arbeiten 2025 zusammen.", "kg:cooperatesWith"),
        ("Peter Krause übernimmt 2025 den Vorsitz der SPD.", "org:headOf"),
    ],
)
def test_what_is_to_come_when_a_text_is_written(nlp, text, iri):
    found = extract(Document("d", text, date="2022-03-15"), nlp)
    assert {c.modality for c in found.claims if c.predicate.iri == iri} == {"planned"}
