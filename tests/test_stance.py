"""How firmly a sentence says something: what is denied, planned, asked, reported or somebody's words is no plain fact.

As in `tests/test_extract.py`, no sentence is from the seeds, and one that the parser gets wrong is no reason to delete it.
"""

from __future__ import annotations

import pytest
from tables import triples


@pytest.mark.parametrize(
    "text",
    [
        # denied
        "Siemens hat Alstom nicht übernommen.",
        "Siemens hat keineswegs Alstom übernommen.",
        "Niemand hat Julian Assange besucht.",
        "Angela Merkel ist nicht mehr Bundeskanzlerin.",
        "Es ist falsch, dass Bill Gates die WHO besitzt.",
        "Die EU lehnt es ab, Google zu zerschlagen.",
        # planned, possible, required
        "Siemens will Alstom kaufen und Bombardier verkaufen.",
        "Siemens wird Alstom kaufen und Bombardier verkaufen.",
        "Volkswagen plant, ein Werk in Leipzig zu schließen.",
        "Bayer übernimmt möglicherweise BASF.",
        "Bayer übernimmt künftig BASF.",
        "Deutschland muss Huawei verbieten.",
        "Trump drohte, die NATO zu verlassen.",
        # conditional, asked, ordered
        "Wenn Siemens das Werk in Görlitz schließt, verliert Sachsen 900 Arbeitsplätze.",
        "Siemens verkauft das Werk in Görlitz nur, falls Alstom zustimmt.",
        "Sollte Siemens das Werk verkaufen, entlässt Bombardier die Mitarbeiter.",
        "Merkel tut so, als ob sie Trump unterstützt.",
        "Hat Merkel das Abkommen unterschrieben?",
        "Die Frage ist, ob Thyssenkrupp die Stahlsparte verkauft.",
        "Siemens übernimmt Alstom, sofern die EU zustimmt.",
        "Siemens hätte Alstom übernommen.",
        "Siemens kauft Alstom oder Bosch.",
        "Siemens kauft Alstom im Fall eines Wahlsiegs.",
        "Siemens kauft Alstom unter der Bedingung, dass die EU zustimmt.",
        "Siemens kauft scheinbar Alstom.",
        "Peter Krause leite die SPD.",
        "Siemens leugnete nicht, Alstom gekauft zu haben.",
        "Peter Krause ist fast Chef der Bahn geworden.",
        "Peter Krause ist als Chef der Bahn im Gespräch.",
        "Angenommen, Siemens übernimmt Alstom.",
        "Siemens übernimmt Alstom, es sei denn, die EU greift ein.",
        "Sollte Peter Krause den Vorsitz der SPD übernehmen, geht Anna Schmidt.",
        "Siemens hätte Alstom beinahe übernommen.",
        "Siemens hat Alstom fast übernommen.",
        "Siemens wird Alstom übernommen haben.",
        # hearsay and sources
        "Angeblich hat Annalena Baerbock den Brief an Habeck geschrieben.",
        "Laut einem Bericht des Spiegel übernimmt Bayer den Konkurrenten Monsanto.",
        "Nach Angaben der Polizei hat Peter Müller den Wagen gestohlen.",
        "RWE zerstört nach Meinung von Greenpeace das Klima.",
        "Merkel soll Macron getroffen haben und nach Rom gereist sein.",
        "So habe Huawei das Netz in Bonn gebaut.",
        "Einem Gerücht zufolge spioniert Huawei Deutschland aus.",
        # said by somebody
        "Polizei: Peter Müller tötete seine Frau.",
        "Bericht: Siemens kauft Alstom.",
        "Huawei, so die CIA, spioniert Deutschland aus.",
        "Wie der Spiegel berichtet, hat Siemens den Vertrag gekündigt.",
        "Habeck hofft, dass Katar an Deutschland liefert.",
        "„Russland hat den Krieg begonnen. Putin lügt die Welt an.“",
        # roles that are none yet, or only alleged
        "Der künftige Bundeskanzler Friedrich Merz.",
        "Der mutmaßliche Täter Peter Meier soll eine Frau in Hamburg getötet haben.",
    ],
)
def test_what_is_not_plainly_so_is_no_plain_fact(read, text):
    plain = [
        c
        for c in read(text).claims
        if c.polarity == "positive" and c.modality == "asserted" and c.speaker is None
        if not any(role.role == "content" for role in c.roles)  # that Habeck hopes so is plain; what he hopes is not
    ]
    assert [triple for claim in plain for triple in triples(claim)] == []


@pytest.mark.parametrize(
    ("text", "claim", "polarity", "modality", "speaker"),
    [
        (
            "Olaf Scholz bestreitet, dass Deutschland Panzer liefert.",
            ("Deutschland", "liefern", "Panzer"),
            "negative",
            "asserted",
            "Olaf Scholz",
        ),
        (
            "Der Konzern bestätigte nicht, dass Daimler Stellen streicht.",
            ("Daimler", "streichen", "Stellen"),
            "positive",
            "disputed",
            None,
        ),
        (
            "Siemens kauft Alstom, nicht Bosch.",
            ("Siemens", "kaufen", "Alstom"),
            "positive",
            "asserted",
            None,
        ),
        (
            "Kritiker werfen Huawei vor, Daten an China weiterzugeben.",
            ("Huawei", "weitergeben", "Daten"),
            "positive",
            "asserted",
            "Kritiker",
        ),
        (
            "Der frühere Siemens-Chef Joe Kaeser kritisierte den Plan.",
            ("Joe Kaeser", "ehemals Chef", "Siemens"),
            "positive",
            "asserted",
            None,
        ),
        (
            "Der designierte Siemens-Chef Roland Busch besuchte Paris.",
            ("Roland Busch", "Chef", "Siemens"),
            "positive",
            "planned",
            None,
        ),
        (
            "Der Präsident der USA, Joe Biden, besuchte Paris.",
            ("Joe Biden", "besuchen", "Paris"),
            "positive",
            "asserted",
            None,
        ),
        ("Peugeot übernahm die Firma Opel.", ("Peugeot", "übernehmen", "Opel"), "positive", "asserted", None),
        ("Der Dieb stahl den Wagen.", ("Der Dieb", "stehlen", "den Wagen"), "positive", "asserted", None),
        (
            "Hans Meier leugnet, Siemens betrogen zu haben.",
            ("Hans Meier", "betrügen", "Siemens"),
            "negative",
            "asserted",
            "Hans Meier",
        ),
        (
            "Nicht Hans Meier, sondern Paul Ortmann gewann die Wahl.",
            ("Hans Meier", "gewinnen", "die Wahl"),
            "negative",
            "asserted",
            None,
        ),
        (
            "Nicht Hans Meier, sondern Paul Ortmann gewann die Wahl.",
            ("Paul Ortmann", "gewinnen", "die Wahl"),
            "positive",
            "asserted",
            None,
        ),
        (
            "Weder die SPD noch die Grünen unterstützen den Plan.",
            ("Grünen", "unterstützen", "den Plan"),
            "negative",
            "asserted",
            None,
        ),
        (
            "Italien gewann gegen Deutschland und Frankreich verlor gegen Spanien.",
            ("Frankreich", "verlieren gegen", "Spanien"),
            "positive",
            "asserted",
            None,
        ),
        (
            "„Wir haben ‚nein‘ gesagt“, sagte Krause. Siemens kaufte Alstom. „Das ist gut“, sagte Link.",
            ("Siemens", "kaufen", "Alstom"),
            "positive",
            "asserted",
            None,
        ),
        (
            "Den Gerüchten nach verkauft Siemens das Werk.",
            ("Siemens", "verkaufen", "das Werk"),
            "positive",
            "reported",
            None,
        ),
        ("Das Buch schrieb Peter Handke.", ("Peter Handke", "schreiben", "Das Buch"), "positive", "asserted", None),
        (
            "CDU-Fraktionschef Holger Brandtner lobte den Plan.",
            ("Holger Brandtner", "Fraktionschef", "CDU"),
            "positive",
            "asserted",
            None,
        ),
        ("Scholz' Sprecherin Anna Wolf lobte Paris.", ("Anna Wolf", "loben", "Paris"), "positive", "asserted", None),
    ],
)
def test_stance_and_control(read, text, claim, polarity, modality, speaker):
    said = [c for c in read(text).claims if claim in triples(c)]
    assert [(c.polarity, c.modality, c.speaker and c.speaker.text) for c in said] == [(polarity, modality, speaker)]
