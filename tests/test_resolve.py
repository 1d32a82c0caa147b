"""Who is who, as tables: texts with their mentions marked by hand, and the entities that these should become.

"{Sören Link/P} traf {Huawei/O}." holds a Person and an Organization; a third part is the case ("{Putins/P/Gen}") or
the noun beside the name ("{Essen/P/Trainer}"). An entity is written as its id and its mentions, "document:text".
"""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import records
from kg.language.name_words import parted_nickname
from kg.ontology import kinds
from kg.records import Document, Entity, Judgement, Mention
from kg.resolve import judge, resolve
from kg.resolve.names.names import without_genitive

TYPES = {"P": "Person", "O": "Organization", "L": "Place", "T": "Thing", "A": "Agreement", "C": "Concept", "R": "Role"}
MARK = re.compile(r"\{([^{}/]+)/(\w)(?:/(\w+))?\}")
CASES = ("Nom", "Gen", "Dat", "Acc")


def marked(doc: str, text: str) -> tuple[Document, list[Mention]]:
    """A document and its mentions, from a text with marks."""
    plain, mentions, last = "", [], 0
    for mark in MARK.finditer(text):
        plain += text[last : mark.start()]
        words, type_, more = mark[1], TYPES[mark[2]], mark[3] or ""
        form = "nominal" if type_ in ("Concept", "Role") else "named"
        name, _ = parted_nickname(re.sub(r"^(?:die|der|das) ", "", words))
        case, noun = (more, "") if more in CASES else ("", more)
        mentions.append(Mention(doc, len(plain), len(plain) + len(words), words, form, type_, name, noun, case))
        plain += words
        last = mark.end()
    return Document(doc, plain + text[last:]), mentions


def resolved(texts: dict[str, str], judgements: tuple[Judgement, ...] = ()) -> tuple[Entity, ...]:
    pairs = [marked(doc, text) for doc, text in texts.items()]
    return resolve([document for document, _ in pairs], [m for _, found in pairs for m in found], judgements)


def shape(entities: tuple[Entity, ...]) -> dict[str, set[str]]:
    return {entity.id: {f"{m.doc}:{m.text}" for m in entity.mentions} for entity in entities}


LONG = "Duisburger Versorgungs- und Verkehrsgesellschaft"
SHORTER = "Versorgungs- und Verkehrsgesellschaft mbH"


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


TWO = {"a": "{Link/P} ging.", "b": "{Link/P} kam.", "c": "{Sören Link/P}."}
A, B, C = "a#0-4", "b#0-4", "c#0-10"


@pytest.mark.parametrize(
    ("verdicts", "entities"),
    [
        ([], {"Link_a": {"a:Link"}, "Link_b": {"b:Link"}, "Sören_Link": {"c:Sören Link"}}),
        ([(A, C, "same")], {"Link": {"b:Link"}, "Sören_Link": {"a:Link", "c:Sören Link"}}),
        ([(A, C, "same"), (C, B, "same")], {"Sören_Link": {"a:Link", "b:Link", "c:Sören Link"}}),
        ([(A, C, "same"), (A, C, "unsure")], {"Link_a": {"a:Link"}, "Link_b": {"b:Link"}, "Sören_Link": {"c:Sören Link"}}),
        ([(A, C, "not same"), (C, A, "same")], {"Link": {"b:Link"}, "Sören_Link": {"a:Link", "c:Sören Link"}}),
        ([(A, C, "same"), (A, C, "not same")], {"Link_a": {"a:Link"}, "Link_b": {"b:Link"}, "Sören_Link": {"c:Sören Link"}}),
        ([(A, "gibt#0-1", "same")], {"Link_a": {"a:Link"}, "Link_b": {"b:Link"}, "Sören_Link": {"c:Sören Link"}}),
    ],
    ids=["none", "same", "same twice", "taken back", "last word same", "last word not same", "of a mention that is gone"],
)  # fmt: skip
def test_judgements(verdicts, entities):
    ledger = tuple(Judgement(left, right, verdict, by="Redaktion") for left, right, verdict in verdicts)
    assert shape(resolved(TWO, ledger)) == entities


def test_a_judgement_parts_what_the_rules_join():
    texts = {"a": "{Essen/L}.", "b": "{Essen/L}."}
    apart = Judgement("a#0-5", "b#0-5", "not same", by="Redaktion")
    assert shape(resolved(texts)) == {"Essen": {"a:Essen", "b:Essen"}}
    assert shape(resolved(texts, (apart,))) == {"Essen_a": {"a:Essen"}, "Essen_b": {"b:Essen"}}


@pytest.mark.parametrize(
    ("texts", "asked"),
    [
        ({"a": "{Helion Energie GmbH/O} baut.", "b": "{Helion/O} zahlt."}, {("Helion Energie GmbH", "Helion")}),
        ({"a": "{Helion Energie GmbH/O} baut.", "b": "{Helion/P} zahlt."}, {("Helion Energie GmbH", "Helion")}),
        (
            {"a": "{Helion Energie GmbH/O}, {Helion Gas AG/O}.", "b": "{Helion/O} zahlt."},
            {("Helion Energie GmbH", "Helion"), ("Helion Gas AG", "Helion")},
        ),
        ({"a": "{Helion Energie GmbH/O} baut.", "b": "{Helion/O/Verein} zahlt."}, set()),
        # initials, where only another text has the name, or several fit
        ({"a": "{H. Kern/P}.", "b": "{Hans Kern/P}."}, {("Hans Kern", "H. Kern")}),
        ({"a": "{Martin Lindner/P}.", "b": "{Martin K. Lindner/P}."}, {("Martin K. Lindner", "Martin Lindner")}),
        ({"a": "{H. Kern/P}, {Hans Kern/P}, {Heinz Kern/P}."}, {("Hans Kern", "H. Kern"), ("Heinz Kern", "H. Kern")}),
        ({"a": "{H. Kern/P}, {Hans Kern/P}.", "b": "{Heinz Kern/P}."}, set()),
        ({"a": "{H. Kern/P}, {Otto Kern/P}."}, set()),
    ],
)
def test_what_is_for_a_person_to_decide(texts, asked):
    read = [marked(doc, text) for doc, text in texts.items()]
    documents, mentions = [document for document, _ in read], [m for _, found in read for m in found]
    names = {m.id: m.name for m in mentions}
    verdicts = judge(documents, mentions)
    assert {(names[j.left], names[j.right]) for j in verdicts if j.verdict == "unsure"} == asked


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
