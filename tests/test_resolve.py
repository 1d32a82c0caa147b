"""Who is who, as tables: texts with their mentions marked by hand, and the entities that these should become.

`tests/marked_names.py` says how the marks are written.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked_names import marked, resolved, shape

from kg.records import Mention
from kg.resolve import resolve

LONG = "Duisburger Versorgungs- und Verkehrsgesellschaft"
SHORTER = "Versorgungs- und Verkehrsgesellschaft mbH"


@pytest.mark.parametrize(
    ("texts", "entities"),
    [
        # surnames
        ({"a": "{Sören Link/P} sprach. {Link/P} ging. {Links/P/Gen} Rede."}, {"Sören_Link": {"a:Sören Link", "a:Link", "a:Links"}}),
        ({"a": "{Felix zur Nieden/P} und {zur Nieden/P}."}, {"Felix_zur_Nieden": {"a:Felix zur Nieden", "a:zur Nieden"}}),
        ({"a": "{Otto Graf Lambsdorff/P}, {Graf Lambsdorff/P}."}, {"Otto_Graf_Lambsdorff": {"a:Otto Graf Lambsdorff", "a:Graf Lambsdorff"}}),
        ({"a": "{Link/T} kam. {Sören Link/P} ging."}, {"Sören_Link": {"a:Link", "a:Sören Link"}}),
        ({"a": "{Eva Müller/P}, {Jan Müller/P}, {Müller/P}."},
         {"Eva_Müller": {"a:Eva Müller"}, "Jan_Müller": {"a:Jan Müller"}, "Müller": {"a:Müller"}}),
        ({"a": "{Sören Link/P}.", "b": "{Link/P}."}, {"Sören_Link": {"a:Sören Link"}, "Link": {"b:Link"}}),
        ({"a": "{Müller/P}, {Müller/P}.", "b": "{Müller/P}."}, {"Müller_a": {"a:Müller"}, "Müller_b": {"b:Müller"}}),
        ({"a": "{Sören Link/P}.", "b": "{Sören Link/P}."}, {"Sören_Link": {"a:Sören Link", "b:Sören Link"}}),
        # initials: the one person of the text who has them
        ({"a": "{H. Kern/P} und {Hans Kern/P}. {Kern/P}."}, {"Hans_Kern": {"a:H. Kern", "a:Hans Kern", "a:Kern"}}),
        ({"a": "{Martin K. Lindner/P}, {Martin Lindner/P}."}, {"Martin_K_Lindner": {"a:Martin K. Lindner", "a:Martin Lindner"}}),
        ({"a": "{H.-P. zur Nieden/P}, {Hans-Peter zur Nieden/P}."},
         {"Hans-Peter_zur_Nieden": {"a:H.-P. zur Nieden", "a:Hans-Peter zur Nieden"}}),
        ({"a": "{H. Kern/P}, {Hans Kern/P}, {Heinz Kern/P}, {H. Kern/P}."},
         {"H_Kern": {"a:H. Kern"}, "Hans_Kern": {"a:Hans Kern"}, "Heinz_Kern": {"a:Heinz Kern"}}),
        ({"a": "{H. Kern/P/Frau} und {Hans Kern/P}."}, {"H_Kern": {"a:H. Kern"}, "Hans_Kern": {"a:Hans Kern"}}),
        ({"a": "{Hans Kern/P}, {Hans Peter Kern/P}."}, {"Hans_Kern": {"a:Hans Kern"}, "Hans_Peter_Kern": {"a:Hans Peter Kern"}}),
        ({"a": "{George Bush/P}, {George W. Bush/P}, {George H. W. Bush/P}."},
         {"George_Bush": {"a:George Bush"}, "George_W_Bush": {"a:George W. Bush"}, "George_H_W_Bush": {"a:George H. W. Bush"}}),
        ({"a": "{H. Kern/P}, {Hans Kern/P}.", "b": "{H. Kern/P}, {Heinz Kern/P}.", "c": "{H. Kern/P}."},
         {"Hans_Kern": {"a:H. Kern", "a:Hans Kern"}, "Heinz_Kern": {"b:H. Kern", "b:Heinz Kern"}, "H_Kern": {"c:H. Kern"}}),
        ({"a": "{H. Kern/P}.", "b": "{Hans Kern/P}."}, {"H_Kern": {"a:H. Kern"}, "Hans_Kern": {"b:Hans Kern"}}),
        # the better of two spellings is the label, however often the other stands there
        ({"a": "{Guenther Mueller/P}, {Günther Müller/P}, {Guenther Mueller/P}."}, {"Günther_Müller": {"a:Guenther Mueller", "a:Günther Müller"}}),
        ({"a": "{FALK AG/O}, {Falk AG/O}.", "b": "{FALK AG/O}."}, {"Falk_AG": {"a:FALK AG", "a:Falk AG", "b:FALK AG"}}),
        ({"a": "{BMW AG/O}, {BMW/O}, {BMW AG/O}."}, {"BMW_AG": {"a:BMW AG", "a:BMW"}}),
        # a first word that is written short, and names of towns and states in other languages
        ({"a": "{Uni Hamburg/O}, {Universität Hamburg/O}."}, {"Universität_Hamburg": {"a:Uni Hamburg", "a:Universität Hamburg"}}),
        ({"a": "{TU Dresden/O}.", "b": "{Technischen Universität Dresden/O}."},
         {"Technischen_Universität_Dresden": {"a:TU Dresden", "b:Technischen Universität Dresden"}}),
        ({"a": "{TU München/O}, {TUM/O}.", "b": "{Technische Universität München/O}."},
         {"Technische_Universität_München": {"a:TU München", "a:TUM", "b:Technische Universität München"}}),
        ({"a": "{FH Celle/O}, {Fachhochschule Celle/O}, {Fachhochschule Hof/O}."},
         {"Fachhochschule_Celle": {"a:FH Celle", "a:Fachhochschule Celle"}, "Fachhochschule_Hof": {"a:Fachhochschule Hof"}}),
        ({"a": "{Kiew/L}, {Kyjiw/L}.", "b": "{Kyiv/L}."}, {"Kiew": {"a:Kiew", "a:Kyjiw", "b:Kyiv"}}),
        ({"a": "{Beijing/L} und {Peking/L}, {Türkiye/L}, {Türkei/L}."}, {"Peking": {"a:Beijing", "a:Peking"}, "Türkei": {"a:Türkiye", "a:Türkei"}}),
        # names that are no persons': endings, articles, legal forms
        ({"a": "{Duisburg/L} und {Duisburgs/L} Hafen.", "b": "{Duisburgs/L}."}, {"Duisburg": {"a:Duisburg", "a:Duisburgs", "b:Duisburgs"}}),
        ({"a": "{Deutsche Telekom/O}", "b": "{Deutschen Telekom AG/O}"}, {"Deutschen_Telekom_AG": {"a:Deutsche Telekom", "b:Deutschen Telekom AG"}}),
        ({"a": "{Stadtwerke Köln AöR/O}", "b": "{Stadtwerke Köln/O}"}, {"Stadtwerke_Köln_AöR": {"a:Stadtwerke Köln AöR", "b:Stadtwerke Köln"}}),
        ({"a": "{Huawei/O}, {Huawei Enterprise Business Group/O}."},
         {"Huawei": {"a:Huawei"}, "Huawei_Enterprise_Business_Group": {"a:Huawei Enterprise Business Group"}}),
        # an acronym in brackets means what it stands behind, whatever its letters, and is no other's
        ({"a": "{Pakistanische Volkspartei/O} ({PPP/O}). {PPP/O}.", "b": "{Macht Thailands/O} ({PPP/O}). {PPP/O}."},
         {"Pakistanische_Volkspartei": {"a:Pakistanische Volkspartei"}, "Macht_Thailands": {"b:Macht Thailands"},
          "PPP_a": {"a:PPP"}, "PPP_b": {"b:PPP"}}),
        # what several countries have
        ({"a": "{Bundesrat/O} in {Schweiz/L}.", "b": "{Bundesrat/O}."},
         {"Bundesrat_a": {"a:Bundesrat"}, "Bundesrat_b": {"b:Bundesrat"}, "Schweiz": {"a:Schweiz"}}),
        # a firm and its first word behind it, unless that has a noun of its own, comes first, or fits two
        ({"a": "{Helion Energie GmbH/O} baut. {Helion/O} zahlt.", "b": "{Helion/O}."},
         {"Helion": {"a:Helion Energie GmbH", "a:Helion", "b:Helion"}}),
        ({"a": "{Helion Energie GmbH/O} baut. {Helion/O/Konzern} zahlt."},
         {"Helion_Energie_GmbH": {"a:Helion Energie GmbH"}, "Helion": {"a:Helion"}}),
        ({"a": "{Helion/O} zahlt. {Helion Energie GmbH/O} baut."},
         {"Helion_Energie_GmbH": {"a:Helion Energie GmbH"}, "Helion": {"a:Helion"}}),
        ({"a": "{Helion Gas AG/O}, {Helion Energie GmbH/O}. {Helion/O} zahlt."},
         {"Helion_Gas_AG": {"a:Helion Gas AG"}, "Helion_Energie_GmbH": {"a:Helion Energie GmbH"}, "Helion": {"a:Helion"}}),
        ({"a": "{Helion Energie GmbH/O} baut.", "b": "{Helion/O} zahlt."},
         {"Helion_Energie_GmbH": {"a:Helion Energie GmbH"}, "Helion": {"b:Helion"}}),
        ({"a": "{Helion Energie GmbH/O}. {Helion/O}.", "b": "{Helion Gas AG/O}. {Helion/O}.", "c": "{Helion/O}."},
         {"Helion_Energie_GmbH": {"a:Helion Energie GmbH", "a:Helion"}, "Helion_Gas_AG": {"b:Helion Gas AG", "b:Helion"},
          "Helion": {"c:Helion"}}),
        # one word that is now a person, now a place
        ({"a": "{Essen/P}.", "b": "{Essen/L}, {Essen/L}."}, {"Essen": {"a:Essen", "b:Essen"}}),
        ({"a": "{Essen/P}.", "b": "{Essen/L}, {Essen/O}.", "c": "{Essen/P}, {Essen/L}, {Essen/L}"}, {"Essen": {"a:Essen", "b:Essen", "c:Essen"}}),
        ({"a": "{Essen/P}.", "b": "{Essen/L}."}, {"Essen_Person": {"a:Essen"}, "Essen_Place": {"b:Essen"}}),
        ({"a": "{Essen/P/Trainer}.", "b": "{Essen/L}, {Essen/L}, {Essen/L}, {Essen/L}."}, {"Essen_Person": {"a:Essen"}, "Essen_Place": {"b:Essen"}}),
        ({"a": "{Thomas Essen/P}. {Essen/P}.", "b": "{Essen/L}, {Essen/L}, {Essen/L}."},
         {"Thomas_Essen": {"a:Thomas Essen", "a:Essen"}, "Essen": {"b:Essen"}}),
        ({"a": "{Thomas Essen/P}. {Essen/T}.", "b": "{Essen/L}."}, {"Thomas_Essen": {"a:Thomas Essen", "a:Essen"}, "Essen": {"b:Essen"}}),
        # acronyms: with the long form of their own document, or the only one
        ({"a": f"{{{LONG}/O}} ({{DVV/O}}). {{DVV/O}}."}, {"DVV": {f"a:{LONG}", "a:DVV"}}),
        ({"a": f"{{DVV/O}} ({{{LONG}/O}}). {{DVV/O}}.", "b": "{DVV/O}"}, {"DVV": {f"a:{LONG}", "a:DVV", "b:DVV"}}),
        ({"a": f"{{{LONG}/O}} ({{DVV/O}}). {{DVV/O}}.", "b": f"{{{SHORTER}/O}} ({{DVV/O}}).", "c": "{DVV/O}, {DVV/O}."},
         {"DVV": {f"a:{LONG}", "a:DVV", f"b:{SHORTER}", "b:DVV", "c:DVV"}}),
        ({"a": "{Christlich Demokratische Union/O} ({CDU/O}). {CDU/O}.", "b": "{Curling-Damen Union/O} ({CDU/O}). {CDU/O}.", "c": "{CDU/O}."},
         {"CDU_a": {"a:Christlich Demokratische Union", "a:CDU", "c:CDU"}, "CDU_b": {"b:Curling-Damen Union", "b:CDU"}}),
        ({"a": "{Christlich Demokratische Union/O} ({CDU/O}).", "b": "{Christlich Demokratischen Union Deutschlands/O} ({CDU/O}). {CDU/O}, {CDU/O}."},
         {"CDU": {"a:Christlich Demokratische Union", "a:CDU", "b:Christlich Demokratischen Union Deutschlands", "b:CDU"}}),
        ({"a": "{Düsseldorf/L} ({NRW/L})."}, {"Düsseldorf": {"a:Düsseldorf"}, "Nordrhein-Westfalen": {"a:NRW"}}),
        # names known everywhere, under all they are called; a text may mean something else
        ({"a": "{US/O}, {USA/L}.", "b": "{Vereinigten Staaten/L}."},
         {"Vereinigte_Staaten": {"a:US", "a:USA", "b:Vereinigten Staaten"}}),
        ({"a": "{Grünen/O}, {Die Grünen/O}."}, {"Bündnis_90_Die_Grünen": {"a:Grünen", "a:Die Grünen"}}),
        ({"a": "{Peter Danckert/O} ({SPD/O})."}, {"Peter_Danckert": {"a:Peter Danckert"}, "SPD": {"a:SPD"}}),
        ({"a": "{Universal Studios/O} kommt aus den {US/L}."},
         {"Universal_Studios": {"a:Universal Studios"}, "Vereinigte_Staaten": {"a:US"}}),
        # a part of a firm, named with whose it is and in one
        ({"a": "{Google Enterprise Business Group/O}, die {Enterprise Business Group/O} von {Google/O}."},
         {"Google_Enterprise_Business_Group": {"a:Google Enterprise Business Group", "a:Enterprise Business Group"}, "Google": {"a:Google"}}),
        # a text's own long form, and a name that only looks like a genitive
        ({"a": "{National Security Agency/O} ({NSA/O}).", "b": "{NSA/O}."}, {"NSA": {"a:National Security Agency", "a:NSA", "b:NSA"}}),
        ({"a": "{Georg/P}.", "b": "{Georges/P}."}, {"Georg": {"a:Georg"}, "Georges": {"b:Georges"}}),
        # adjectives as in a heading, endings of the genitive
        ({"a": "Der {Bundestages/O/Gen} und der {Bundestag/O}."}, {"Deutscher_Bundestag": {"a:Bundestages", "a:Bundestag"}}),
        ({"a": "{Angela Merkel/P} ({CDU/O})."}, {"Angela_Merkel": {"a:Angela Merkel"}, "CDU": {"a:CDU"}}),
        # a team is no town, and in its text one with the club that has its name
        ({"a": "{FC Bayern München/O}. {Bayern/O/Mannschaft}.", "b": "{Bayern/L}."},
         {"FC_Bayern_München": {"a:FC Bayern München", "a:Bayern"}, "Bayern": {"b:Bayern"}}),
        ({"a": "{Köln/O/Mannschaft}.", "b": "{Köln/L}.", "c": "{Köln/O/Mannschaft}."},
         {"Köln_a": {"a:Köln"}, "Köln_Place": {"b:Köln"}, "Köln_c": {"c:Köln"}}),
        # a firm is no team, though somebody took its name for a place
        ({"a": "{Reinecke/O/Landmaschinenbauer}. {Reinecke/O}.", "b": "{Reinecke/L}."}, {"Reinecke": {"a:Reinecke", "b:Reinecke"}}),
        ({"a": "{Duisburg/O}.", "b": "{Duisburg/L}."}, {"Duisburg": {"a:Duisburg", "b:Duisburg"}}),
        # a name that many have is that of its document's country or town
        ({"a": "{Demokratische Partei/O} in {Thailand/L}.", "b": "{Demokratische Partei/O} in den {USA/L}.", "c": "{Demokratischen Partei/O}, {USA/L}."},
         {"Demokratische_Partei_a": {"a:Demokratische Partei"}, "Demokratische_Partei_b": {"b:Demokratische Partei", "c:Demokratischen Partei"},
          "Thailand": {"a:Thailand"}, "Vereinigte_Staaten": {"b:USA", "c:USA"}}),
        ({"a": "{Stadtwerke/O} in {Tannau/L}.", "b": "{Stadtwerke/O} in {Erlbach/L}.", "c": "{Stadtwerke/O}, {Erlbach/L}."},
         {"Stadtwerke_a": {"a:Stadtwerke"}, "Stadtwerke_b": {"b:Stadtwerke", "c:Stadtwerke"}, "Tannau": {"a:Tannau"}, "Erlbach": {"b:Erlbach", "c:Erlbach"}}),
        ({"a": "{Hauptbahnhof/L}.", "b": "{Hauptbahnhof/L}."}, {"Hauptbahnhof_a": {"a:Hauptbahnhof"}, "Hauptbahnhof_b": {"b:Hauptbahnhof"}}),
        # towns of one name: the short form means the one of its document
        ({"a": "{Frankfurt (Oder)/L}, {Frankfurt/L}.", "b": "{Frankfurt am Main/L}, {Frankfurt/L}.", "c": "{Frankfurt/L}."},
         {"Frankfurt_Oder": {"a:Frankfurt (Oder)", "a:Frankfurt"}, "Frankfurt_am_Main": {"b:Frankfurt am Main", "b:Frankfurt"}, "Frankfurt": {"c:Frankfurt"}}),
        # a slip of the pen in a surname, in its own text alone
        ({"a": "{Heidrun Kallweit/P}. {Kalweit/P}."}, {"Heidrun_Kallweit": {"a:Heidrun Kallweit", "a:Kalweit"}}),
        ({"a": "{Heidrun Kallweit/P}.", "b": "{Kalweit/P}."}, {"Heidrun_Kallweit": {"a:Heidrun Kallweit"}, "Kalweit": {"b:Kalweit"}}),
        ({"a": "{Anna Petersen/P}. {Pedersen/P/Pastor}."}, {"Anna_Petersen": {"a:Anna Petersen"}, "Pedersen": {"a:Pedersen"}}),
        ({"a": "{Eva Hansen/P}. {Jansen/P}."}, {"Eva_Hansen": {"a:Eva Hansen"}, "Jansen": {"a:Jansen"}}),
        # phrases: what points belongs to its text, and no phrase takes the id of a name
        ({"a": "{die Stadt/C}, {Risiken/C}.", "b": "{die Stadt/C}, {Risiken/C}."},
         {"Stadt.a": {"a:die Stadt"}, "Stadt.b": {"b:die Stadt"}, "Risiken.Concept": {"a:Risiken", "b:Risiken"}}),
        ({"a": "{Sprecher/R} {Sprecher/O}."}, {"Sprecher": {"a:Sprecher"}, "Sprecher.Role": {"a:Sprecher"}}),
        # another name of the same, behind a word that says so; the one in use is the label
        ({"a": "Die {Nord AG/O} (vormals {Falk AG/O}) wächst.", "b": "{Falk AG/O}."}, {"Nord_AG": {"a:Nord AG", "a:Falk AG", "b:Falk AG"}}),
        ({"a": "Die {Nord AG/O}, früher {Falk AG/O}, wächst."}, {"Nord_AG": {"a:Nord AG", "a:Falk AG"}}),
        ({"a": "Der Räuber {Otto Kern/P} alias {Kalle/P} floh."}, {"Otto_Kern": {"a:Otto Kern", "a:Kalle"}}),
        ({"a": "Der Rapper {Momo/P}, bürgerlich {Paul Rahn/P}, sang."}, {"Momo": {"a:Momo", "a:Paul Rahn"}}),
        ({"a": "{Otto „Kalle“ Kern/P} sang, {Kalle/P} lachte.", "b": "{Kalle/P}."},
         {"Otto_Kern": {"a:Otto „Kalle“ Kern", "a:Kalle"}, "Kalle": {"b:Kalle"}}),
        ({"a": "{Paul Weiß/P} (früher {CDU/O}) sprach."}, {"Paul_Weiß": {"a:Paul Weiß"}, "CDU": {"a:CDU"}}),
        ({"a": "Der Manager von {Siemens/O} (früher {Bosch/O}) ging."}, {"Siemens": {"a:Siemens"}, "Bosch": {"a:Bosch"}}),
        ({"a": "Sie spielte für den {SC Hof/O}, früher {FC Ulm/O}, in Jena."}, {"SC_Hof": {"a:SC Hof"}, "FC_Ulm": {"a:FC Ulm"}}),
        ({"a": "Die {Linke/O} (vormals {PDS/O}) sprach."}, {"Die_Linke": {"a:Linke"}, "PDS": {"a:PDS"}}),
    ],
)  # fmt: skip
def test_entities(texts, entities):
    assert shape(resolved(texts)) == entities


def test_ids_stay_apart_however_alike_the_documents_are_called():
    found = shape(resolved({"a b": "{Müller/P}.", "a_b": "{Müller/P}.", "c": "{Müller a b/O}."}))
    assert sorted(map(sorted, found.values())) == [["a b:Müller"], ["a_b:Müller"], ["c:Müller a b"]]


def test_a_concept_has_the_names_inside_it_as_parts():
    document, names = marked("a", "keine Komponenten von {Huawei/O} in {Duisburg/L}")
    phrase = Mention("a", 0, 28, document.text[:28], "nominal", "Concept", "Komponenten von Huawei")
    entities = {entity.id: entity for entity in resolve([document], [phrase, *names])}
    assert entities["Komponenten_von_Huawei.Concept"].parts == ("Huawei",)
    assert entities["Duisburg"].parts == ()


def test_labels_stay_plain_and_aliases_are_the_other_names():
    texts = {"a": "{Essen/P/Trainer}.", "b": f"{{Essen/L}}. {{{LONG}/O}} ({{DVV/O}}), {{DVV/O}}. {{die Stadt/C}}."}
    found = {(entity.label, entity.aliases) for entity in resolved(texts)}
    assert found == {("Essen", ()), ("DVV", (LONG,)), ("Stadt", ())}


CORPUS = {
    "a": "{Sören Link/P} in {Duisburg/L}. {Link/P}. {die Stadt/C} {Risiken/C}",
    "b": "{Link/P} in {Essen/L}. {Link/P}. {die Stadt/C} {Essen/C}",
    "c": "{Essen/P}, {Müller/P}. {Duisburgs/L/Gen} Hafen.",
    "d": "{Müller/P}, {Essen/L}, {Essen/L}. {Christlich Demokratische Union/O} ({CDU/O})",
    "e": "{CDU/O}, {CDU/O}, {Müller/O}. {Sprecher/R} {Risiken/C}",
    "f": "{Curling-Damen Union/O} ({CDU/O}), {CDU/O}. {die Stadt/C}",
    "g": "{Thomas Essen/P}, {Essen/P}, {Essen/P}, {Essen/P}. {Sören Links/P/Gen} {Stadt/O}",
}


@given(st.permutations(sorted(CORPUS)))
def test_the_order_of_documents_does_not_matter(order):
    assert resolved({doc: CORPUS[doc] for doc in order}) == resolved(CORPUS)


@given(st.lists(st.sampled_from(sorted(CORPUS)), min_size=2, unique=True))
def test_an_added_document_leaves_every_id_with_what_it_named(order):
    before = shape(resolved({doc: CORPUS[doc] for doc in order[:-1]}))
    after = shape(resolved({doc: CORPUS[doc] for doc in order}))
    moved = {id_ for id_ in before.keys() & after.keys() if not before[id_] & after[id_]}
    assert moved == set()


@given(st.lists(st.sampled_from(sorted(CORPUS)), min_size=1, unique=True))
def test_no_mention_is_lost_and_no_id_is_there_twice(docs):
    texts = {doc: CORPUS[doc] for doc in docs}
    entities = resolved(texts)
    assert len({entity.id for entity in entities}) == len(entities)
    kept = sorted(m for entity in entities for m in entity.mentions)
    assert kept == sorted(m for doc, text in texts.items() for m in marked(doc, text)[1])
