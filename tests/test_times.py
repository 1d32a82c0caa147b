"""German phrases that say when, as tables; the texts were written on Saturday, 13 January 2018, unless a row says else."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.time.times import find_times

WRITTEN = "2018-01-13"

ABSOLUTE = [
    ("Am 12. Januar 2018 trat er zurück.", "Am 12. Januar 2018", "2018-01-12", "2018-01-12"),
    ("Am 12.1.2018 trat er zurück.", "Am 12.1.2018", "2018-01-12", "2018-01-12"),
    ("Am 06. 12. 2004 trat er zurück.", "Am 06. 12. 2004", "2004-12-06", "2004-12-06"),
    ("Am 12.01.17 trat er zurück.", "Am 12.01.17", "2017-01-12", "2017-01-12"),
    ("Am 5. Jan. 2017 trat er zurück.", "Am 5. Jan. 2017", "2017-01-05", "2017-01-05"),
    ("Stand: 2018-01-12.", "2018-01-12", "2018-01-12", "2018-01-12"),
    ("Am 31. Februar 2018 war nichts.", "Am 31. Februar 2018", "2018-02", "2018-02"),
    ("Am 29. Februar 2020 war Samstag.", "Am 29. Februar 2020", "2020-02-29", "2020-02-29"),
    ("Am Montag, dem 8. Januar 2018, tagte er.", "Am Montag, dem 8. Januar 2018", "2018-01-08", "2018-01-08"),
    ("Am Freitag, 5. Mai 2017, tagte er.", "Am Freitag, 5. Mai 2017", "2017-05-05", "2017-05-05"),
    ("Der Bericht vom 24. August 2005 lag vor.", "24. August 2005", "2005-08-24", "2005-08-24"),
    ("Im Oktober 2022 schloss das Werk.", "Im Oktober 2022", "2022-10", "2022-10"),
    ("Im Jänner 2016 schloss das Werk.", "Im Jänner 2016", "2016-01", "2016-01"),
    ("Im Jahr 2016 schloss das Werk.", "Im Jahr 2016", "2016", "2016"),
    ("Im Geschäftsjahr 2018/19 sank er.", "Im Geschäftsjahr 2018/19", "2018", "2019"),
    ("Die Saison 2006/2007 begann.", "2006/2007", "2006", "2007"),
    ("Der 2016 eröffnete Bau brannte.", "2016", "2016", "2016"),
    ("In den 2016 eröffneten Bau ging er.", "2016", "2016", "2016"),
    ("Bei der Fußball-WM 2014 siegte sie.", "2014", "2014", "2014"),
]  # fmt: skip

PARTS = [
    ("Anfang 2018 zog sie um.", "Anfang 2018", "2018-01", "2018-04"),
    ("Mitte 2018 zog sie um.", "Mitte 2018", "2018-05", "2018-08"),
    ("Ende 2018 zog sie um.", "Ende 2018", "2018-09", "2018-12"),
    ("Ende Oktober 2016 zog sie um.", "Ende Oktober 2016", "2016-10-22", "2016-10-31"),
    ("Im Frühjahr 2019 zog sie um.", "Im Frühjahr 2019", "2019-03", "2019-05"),
    ("Im Sommer 2019 zog sie um.", "Im Sommer 2019", "2019-06", "2019-08"),
    ("Im Spätherbst 2019 zog sie um.", "Im Spätherbst 2019", "2019-09", "2019-11"),
    ("Im Winter 2018/19 zog sie um.", "Im Winter 2018/19", "2018-12", "2019-02"),
    ("Im ersten Quartal 2020 sank er.", "Im ersten Quartal 2020", "2020-01", "2020-03"),
    ("Im 4. Quartal 2020 sank er.", "Im 4. Quartal 2020", "2020-10", "2020-12"),
    ("Im zweiten Halbjahr 2020 sank er.", "Im zweiten Halbjahr 2020", "2020-07", "2020-12"),
    ("In den ersten drei Monaten 2017 sank er.", "In den ersten drei Monaten 2017", "2017-01", "2017-03"),
    ("In den ersten Monaten des Jahres sank er.", "In den ersten Monaten des Jahres", "2018-01", "2018-04"),
    ("Die 1990er Jahre waren ruhig.", "1990er Jahre", "1990", "1999"),
    ("In den neunziger Jahren war es ruhig.", "In den neunziger Jahren", "1990", "1999"),
    ("In den Siebzigerjahren war es ruhig.", "In den Siebzigerjahren", "1970", "1979"),
    ("In den 80ern war es ruhig.", "In den 80ern", "1980", "1989"),
    ("Anfang der 1970er-Jahre war es ruhig.", "Anfang der 1970er-Jahre", "1970", "1972"),
    ("Im 19. Jahrhundert entstand sie.", "Im 19. Jahrhundert", "1801", "1900"),
    ("Ende des 18. Jahrhunderts entstand sie.", "Ende des 18. Jahrhunderts", "1768", "1800"),
]  # fmt: skip

SPANS = [
    ("Seit 2015 leitet sie das Haus.", "Seit 2015", "2015", ""),
    ("Seit dem 1. Juli 1993 leitet sie es.", "Seit dem 1. Juli 1993", "1993-07-01", ""),
    ("Bis Ende 2022 leitet sie es.", "Bis Ende 2022", "", "2022-12"),
    ("Bis zum 14. März 2019 leitet sie es.", "Bis zum 14. März 2019", "", "2019-03-14"),
    ("Ab Januar 2020 leitet sie es.", "Ab Januar 2020", "2020-01", ""),
    ("Vor 1933 war sie frei.", "Vor 1933", "", "1933"),
    ("Nach 1945 war sie frei.", "Nach 1945", "1945", ""),
    ("Sie lief von 2018 bis 2022.", "von 2018 bis 2022", "2018", "2022"),
    ("Sie lief zwischen 2018 und 2020.", "zwischen 2018 und 2020", "2018", "2020"),
    ("Sie lief 2018–2022.", "2018–2022", "2018", "2022"),
    ("Sie lief 2018 - 2022.", "2018 - 2022", "2018", "2022"),
    ("Sie lief vom 3. bis 5. Mai 2019.", "vom 3. bis 5. Mai 2019", "2019-05-03", "2019-05-05"),
    ("Sie lief vom 30. April bis 2. Mai 2019.", "vom 30. April bis 2. Mai 2019", "2019-04-30", "2019-05-02"),
    ("Sie lief von Januar bis März 2017.", "von Januar bis März 2017", "2017-01", "2017-03"),
    ("Zwischen dem 3. Mai und dem 4. Juni 2019 lief sie.", "Zwischen dem 3. Mai und dem 4. Juni 2019", "2019-05-03", "2019-06-04"),
    ("Am 10. und 11. Juli 2017 tagte er.", "Am 10. und 11. Juli 2017", "2017-07-10", "2017-07-11"),
    ("In der Nacht vom 10. auf den 11. Februar 2016 kam er.", "vom 10. auf den 11. Februar 2016", "2016-02-10", "2016-02-11"),
    ("Vom 1. Mai 2017 an galt es.", "Vom 1. Mai 2017 an", "2017-05-01", ""),
    ("Seit Ende der 1990er Jahre gilt es.", "Seit Ende der 1990er Jahre", "1997", ""),
]  # fmt: skip

DAYS = [
    ("Er kam gestern an.", "gestern", "2018-01-12", "2018-01-12"),
    ("Vorgestern brannte das Haus.", "Vorgestern", "2018-01-11", "2018-01-11"),
    ("Die Messe endet heute.", "heute", "2018-01-13", "2018-01-13"),
    ("Heute Morgen brannte es.", "Heute Morgen", "2018-01-13", "2018-01-13"),
    ("Sie reist morgen ab.", "morgen", "2018-01-14", "2018-01-14"),
    ("Morgen wird gewählt.", "Morgen", "2018-01-14", "2018-01-14"),
    ("Übermorgen wird gewählt.", "Übermorgen", "2018-01-15", "2018-01-15"),
    ("Das Bild ist bis heute verschwunden.", "bis heute", "", "2018-01-13"),
    ("Am Dienstag tagte der Rat.", "Am Dienstag", "2018-01-09", "2018-01-09"),
    ("Am Samstag tagte der Rat.", "Am Samstag", "2018-01-13", "2018-01-13"),
    ("Am Dienstagabend brannte es.", "Am Dienstagabend", "2018-01-09", "2018-01-09"),
    ("Es brannte Dienstagabend.", "Dienstagabend", "2018-01-09", "2018-01-09"),
    ("In der Nacht zum Freitag brannte es.", "In der Nacht zum Freitag", "2018-01-11", "2018-01-12"),
    ("Am Dienstag soll der Rat entscheiden.", "Am Dienstag", "2018-01-16", "2018-01-16"),
    ("Er soll am Dienstag gelogen haben.", "am Dienstag", "2018-01-09", "2018-01-09"),
    ("Wie sie am Dienstag sagte, wird gewählt.", "am Dienstag", "2018-01-09", "2018-01-09"),
    ("Der Rat kam und wird am Dienstag beraten.", "am Dienstag", "2018-01-16", "2018-01-16"),
    ("Vergangenen Montag starb er.", "Vergangenen Montag", "2018-01-08", "2018-01-08"),
    ("Am vergangenen Samstag starb er.", "Am vergangenen Samstag", "2018-01-06", "2018-01-06"),
    ("Am kommenden Samstag tagt er.", "Am kommenden Samstag", "2018-01-20", "2018-01-20"),
    ("Am vorletzten Montag starb er.", "Am vorletzten Montag", "2018-01-01", "2018-01-01"),
    ("Am übernächsten Montag tagt er.", "Am übernächsten Montag", "2018-01-22", "2018-01-22"),
    ("In der Nacht von Mittwoch auf Donnerstag brannte es.", "In der Nacht von Mittwoch auf Donnerstag", "2018-01-10", "2018-01-11"),
    ("Am Montag vergangener Woche starb er.", "Am Montag vergangener Woche", "2018-01-01", "2018-01-01"),
    ("Seit Mittwoch fehlt er.", "Seit Mittwoch", "2018-01-10", ""),
    ("Er bleibt bis Freitag.", "bis Freitag", "", "2018-01-19"),
    ("Am heutigen Samstag tagte er.", "Am heutigen Samstag", "2018-01-13", "2018-01-13"),
    ("Die Sitzung ist für Montag anberaumt.", "für Montag", "2018-01-15", "2018-01-15"),
]  # fmt: skip

UNITS = [
    ("Letzte Woche war Streik.", "Letzte Woche", "2018-01-01", "2018-01-07"),
    ("Diese Woche war Streik.", "Diese Woche", "2018-01-08", "2018-01-14"),
    ("In der kommenden Woche ist Streik.", "In der kommenden Woche", "2018-01-15", "2018-01-21"),
    ("Ende nächster Woche ist Streik.", "Ende nächster Woche", "2018-01-19", "2018-01-21"),
    ("Im vergangenen Jahr sank der Umsatz.", "Im vergangenen Jahr", "2017", "2017"),
    ("In diesem Jahr sank der Umsatz.", "In diesem Jahr", "2018", "2018"),
    ("Im nächsten Jahr sinkt der Umsatz.", "Im nächsten Jahr", "2019", "2019"),
    ("Im Vorjahr waren es mehr.", "Im Vorjahr", "2017", "2017"),
    ("Im vergangenen Monat sank er.", "Im vergangenen Monat", "2017-12", "2017-12"),
    ("Ende vergangenen Jahres sank er.", "Ende vergangenen Jahres", "2017-09", "2017-12"),
    ("Im Herbst vergangenen Jahres sank er.", "Im Herbst vergangenen Jahres", "2017-09", "2017-11"),
    ("Am 3. Mai des vergangenen Jahres sank er.", "Am 3. Mai des vergangenen Jahres", "2017-05-03", "2017-05-03"),
    ("Am vergangenen Wochenende siegte er.", "Am vergangenen Wochenende", "2018-01-06", "2018-01-07"),
    ("Bis Jahresende bleibt er.", "Bis Jahresende", "", "2018-12"),
    ("Seit Jahresbeginn fehlt er.", "Seit Jahresbeginn", "2018-01", ""),
    ("Zum Jahresende 2019 geht er.", "Zum Jahresende 2019", "2019-09", "2019-12"),
    ("Vor drei Jahren starb er.", "Vor drei Jahren", "2015", "2015"),
    ("Vor knapp zwei Jahren starb er.", "Vor knapp zwei Jahren", "2016", "2016"),
    ("Vor mehr als 20 Jahren starb er.", "Vor mehr als 20 Jahren", "", "1998"),
    ("Vor drei Tagen starb er.", "Vor drei Tagen", "2018-01-10", "2018-01-10"),
    ("Vor einer Woche starb er.", "Vor einer Woche", "2018-01-01", "2018-01-07"),
    ("Vor zwei Monaten starb er.", "Vor zwei Monaten", "2017-11", "2017-11"),
    ("Vor einem halben Jahr starb er.", "Vor einem halben Jahr", "2017-07", "2017-07"),
    ("Seit drei Jahren leitet sie es.", "Seit drei Jahren", "2015", ""),
    ("In zwei Wochen soll es beginnen.", "In zwei Wochen", "2018-01-22", "2018-01-28"),
    ("In den letzten fünf Jahren sank er.", "In den letzten fünf Jahren", "2013", "2018"),
    ("In den kommenden zwei Wochen sinkt er.", "In den kommenden zwei Wochen", "2018-01-13", "2018-01-27"),
]  # fmt: skip

YEARLESS = [
    ("Am 9. Januar wurde er verhaftet.", "Am 9. Januar", "2018-01-09", "2018-01-09"),
    ("Am 20. Januar beginnt die Messe.", "Am 20. Januar", "2018-01-20", "2018-01-20"),
    ("Am 24. Dezember starb er.", "Am 24. Dezember", "2017-12-24", "2017-12-24"),
    ("Am 5.3. wird gewählt.", "Am 5.3.", "2018-03-05", "2018-03-05"),
    ("Im Oktober trat sie zurück.", "Im Oktober", "2017-10", "2017-10"),
    ("Der gesamte Bericht wird im April veröffentlicht.", "im April", "2018-04", "2018-04"),
    ("Im Oktober soll sie zurücktreten.", "Im Oktober", "2018-10", "2018-10"),
    ("Im vergangenen Oktober trat sie zurück.", "Im vergangenen Oktober", "2017-10", "2017-10"),
    ("Anfang Januar fiel Schnee.", "Anfang Januar", "2018-01-01", "2018-01-10"),
    ("Seit Oktober leitet sie es.", "Seit Oktober", "2017-10", ""),
    ("Es gilt ab Mai.", "ab Mai", "2018-05", ""),
    ("Vom 27. bis zum 30. Dezember tagte er.", "Vom 27. bis zum 30. Dezember", "2017-12-27", "2017-12-30"),
    ("Im Sommer trat sie zurück.", "Im Sommer", "2017-06", "2017-08"),
    ("Im kommenden Sommer tritt sie zurück.", "Im kommenden Sommer", "2018-06", "2018-08"),
    ("Im vierten Quartal sank er.", "Im vierten Quartal", "2017-10", "2017-12"),
]  # fmt: skip


SPECIAL = [
    ("Morgen kauft sie das Haus.", "Morgen", "2018-01-14", "2018-01-14"),
    ("In drei Tagen kauft sie das Haus.", "In drei Tagen", "2018-01-16", "2018-01-16"),
    ("Vor vierzehn Tagen ging er.", "Vor vierzehn Tagen", "2017-12-30", "2017-12-30"),
    ("Am dritten Mai 2017 ging er.", "Am dritten Mai 2017", "2017-05-03", "2017-05-03"),
    ("Im Mai '68 ging er.", "Im Mai '68", "1968-05", "1968-05"),
    ("In der KW 1 ging er.", "In der KW 1", "2018-01-01", "2018-01-07"),
    ("In der 53. Kalenderwoche 2015 ging er.", "In der 53. Kalenderwoche 2015", "2015-12-28", "2016-01-03"),
    ("Im Q3 2017 stieg der Umsatz.", "Im Q3 2017", "2017-07", "2017-09"),
    ("Mitte der 1990er ging er.", "Mitte der 1990er", "1993", "1996"),
    ("Ostern 2019 ging er.", "Ostern 2019", "2019-04-21", "2019-04-22"),
    ("Ostern 1981 ging er.", "Ostern 1981", "1981-04-19", "1981-04-20"),
    ("Am Pfingstmontag soll er gehen.", "Am Pfingstmontag", "2018-05-21", "2018-05-21"),
    ("Zu Silvester ging er.", "Zu Silvester", "2017-12-31", "2017-12-31"),
]


@pytest.mark.parametrize(("text", "phrase", "since", "until"), SPECIAL)
def test_feasts_weeks_and_quarters(text, phrase, since, until):
    assert [(t.text, t.since, t.until) for t in find_times(text, 0, WRITTEN)] == [(phrase, since, until)]


@pytest.mark.parametrize(("text", "phrase", "since", "until"), ABSOLUTE + PARTS + SPANS + DAYS + UNITS + YEARLESS)
def test_a_phrase_that_says_when(text, phrase, since, until):
    assert [(t.text, t.since, t.until) for t in find_times(text, 0, WRITTEN)] == [(phrase, since, until)]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Am 12. Januar 2018 und seit 2020.", ["Am 12. Januar 2018", "seit 2020"]),
        ("2018 und 2019 siegte sie.", ["2018", "2019"]),
        ("Im September und Oktober 2004 fiel Regen.", ["Im September", "Oktober 2004"]),
        ("Gestern, am 12. Januar, kam er.", ["Gestern", "am 12. Januar"]),
        ("Theresa Mai 2018 in Brüssel", ["2018"]),
    ],
)  # fmt: skip
def test_two_times_of_one_sentence_stay_apart(text, times):
    assert [t.text for t in find_times(text, 0, WRITTEN)] == times


@pytest.mark.parametrize(
    "text",
    [
        "In drei Tagen baute er das Haus.", "In zwei Wochen schwamm er nach Ulm.", "Ein 1990er Riesling siegte.",
        "Der Rat beschloss den Haushalt 2018.", "Jedes Jahr an Ostern fährt er.", "Am Morgen kam er.",
        "Es war um 20.30 Uhr vorbei.", "Sie siegten mit 3:2.", "Es kostet 19,99 Euro.", "Es kostet 2018 Euro.",
        "Rund 2000 Besucher kamen.", "Mehr als 1500 kamen.", "Nach § 12 zahlt er.", "Die Agenda 2030 gilt.",
        "Die Vision 2050 gilt.", "Version 2.3.1 erschien.", "Tel. 2018", "Es waren 2018 Prozent.", "Um 1500 v. Chr. lebte er.",
        "Theresa Mai sprach.", "Ursula März schrieb.", "Er sprach mit Mai.", "Der Rücktritt von Mai kam.",
        "Der Morgen war kalt.", "Am Morgen war es kalt.", "Guten Morgen!", "Sie kam am Dienstagmorgens nicht.",
        "Jeden Dienstag tagt der Rat.", "Sie tagt immer am Dienstag.", "Jeden Sommer im Juli fährt er.", "Montags ist zu.",
        "Die „Bild am Sonntag“ schrieb es.", "Die Sitzung vom Dienstag war lang.", "Der Bericht von gestern war lang.",
        "Das Haus steht noch heute.", "Der heute als Museum genutzte Bau brannte.", "Heute lebt er in Bonn.", "Das „heute“-Studio",
        "Damals war es kalt.", "Seinerzeit war es kalt.", "Bald wird gewählt.", "In Kürze wird gewählt.", "Künftig ist zu.",
        "Zuletzt war zu.", "Früher war es kalt.", "Sie schaffte es in zwei Wochen.", "Im letzten Jahr seiner Amtszeit stieg er.",
        "In den letzten Jahren stieg er.", "Er stieg gegenüber dem Vorjahr.", "Ein Film von 2017 lief.", "Der Plan AX-2018 gilt.",
        "Die Straße des 17. Juni ist zu.", "Im Sommer ist es heiß.", "Vor wenigen Tagen starb er.", "Das Freitagsgebet fiel aus.", "Von heute auf morgen stand er allein da.",
        "Er ist zwei Jahre alt.", "Az. 2018/17", "",
    ],
)  # fmt: skip
def test_what_is_no_date(text):
    assert list(find_times(text, 0, WRITTEN)) == []


@pytest.mark.parametrize(
    ("text", "written", "since"),
    [
        ("Er kam gestern.", "2018-01", None),
        ("Er kam gestern.", "2018", None),
        ("Er kam gestern.", "", None),
        ("Er kam gestern.", "2018-03-01", "2018-02-28"),
        ("Er kam gestern.", "2018-01-01", "2017-12-31"),
        ("Er kam gestern.", "2018-02-31", None),
        ("Er kam gestern.", "irgendwann", None),
        ("Er kam gestern.", "2018-13-01", None),
        ("Er kam gestern.", "0001-01-01", None),
        ("Er kam gestern.", "9999-12-31", None),
        ("Im vergangenen Jahr kam er.", "2018", "2017"),
        ("Im vergangenen Jahr kam er.", "", None),
        ("Im vergangenen Monat kam er.", "2018-01", "2017-12"),
        ("Im vergangenen Monat kam er.", "2018", None),
        ("Im Oktober kam er.", "2018-01", "2017-10"),
        ("Im Oktober kam er.", "2018", None),
        ("Am 9. Januar kam er.", "", None),
        ("Am 12.01.17 kam er.", "", None),
        ("Am Dienstag kam er.", "2018-01", None),
        ("Vor drei Jahren kam er.", "2018", "2015"),
        ("1989 trat er im Oktober zurück.", "2018-01-13", "1989"),
    ],
)
def test_what_is_not_known_of_the_text_is_not_guessed(text, written, since):
    assert [t.since for t in find_times(text, 0, written)] == ([since] if since else [])


@pytest.mark.parametrize(
    ("text", "written", "tense", "since"),
    [
        ("Im Mai erhält sie den Preis.", "2024-11-02", "present", "2025-05"),
        ("Im Mai erhielt sie den Preis.", "2024-11-02", "", "2024-05"),
        ("Am Freitag gastiert die gesuchte Band.", "2024-04-10", "present", "2024-04-12"),
        ("Am Wochenende spielt Hof.", "2024-04-10", "present", "2024-04-13"),
        ("Im März sinkt die Quote.", "2024-04-10", "present", "2024-03"),  # just past
        ("Seit Januar gilt das Gesetz.", "2024-04-10", "present", "2024-01"),
        ("Im Sommer ist es heiß.", "2024-04-10", "present", None),  # each summer
        ("Am Freitag teilte sie es mit.", "2024-04-10", "", "2024-04-05"),
    ],
)
def test_a_present_tense_looks_ahead(text, written, tense, since):
    assert [t.since for t in find_times(text, 0, written, tense)] == ([since] if since else [])


PHRASES = [row[0] for row in ABSOLUTE + PARTS + SPANS + DAYS + UNITS + YEARLESS]
DATES = st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(lambda d: d.isoformat())


@given(st.lists(st.sampled_from(PHRASES) | st.text(max_size=20), max_size=4), DATES, st.integers(0, 10**6))
def test_times_point_into_the_text_in_order_and_end_after_they_begin(pieces, written, offset):
    text, end = " ".join(pieces), 0
    for time in find_times(text, offset, written):
        assert text[time.start - offset : time.end - offset] == time.text != ""
        assert time.start - offset >= end
        end = time.end - offset
        assert time.since or time.until
        assert all(re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", iso) for iso in (time.since, time.until) if iso)
        if len(time.since) == len(time.until):
            assert time.since <= time.until


@given(st.sampled_from(PHRASES), DATES)
def test_the_offset_moves_times_and_changes_nothing_else(text, written):
    plain, moved = list(find_times(text, 0, written)), list(find_times(text, 7, written))
    assert [(t.start + 7, t.end + 7, t.text, t.since, t.until) for t in plain] == [
        (t.start, t.end, t.text, t.since, t.until) for t in moved
    ]
