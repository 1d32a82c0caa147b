"""What becomes a triple, what does not, and that every parser takes it."""

from __future__ import annotations

import datetime

import pyoxigraph
import pytest
import rdflib
from commands import printed
from handing_over import handing_over
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, RDFS

from kg.errors import FormatError, QueryError
from kg.knowledge_graph import KnowledgeGraph
from kg.ontology import prefixes
from kg.rdf import to_rdflib, triples
from kg.rdf.terms import Iris, date_literal, is_iri, text_literal
from kg.records import LEVELS, TYPES, Argument, Claim, Document, Entity, Fact, Predicate, Span

KG = rdflib.Namespace(prefixes()["kg"])
KGE = rdflib.Namespace(prefixes()["kge"])
KGF = rdflib.Namespace(prefixes()["kgf"])
KGP = rdflib.Namespace(prefixes()["kgp"])
ORG = rdflib.Namespace(prefixes()["org"])
SCHEMA = rdflib.Namespace(prefixes()["schema"])


def ntriples(graph: KnowledgeGraph, level: str = "claims") -> str:
    return "".join(f"{s.n3()} {p.n3()} {o.n3()} .\n" for s, p, o in triples(graph, level))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    ("triple", "direct"),
    [
        ((KGE["Sören_Link"], ORG.headOf, KGE.Duisburg), True),
        ((KGE["Sören_Link"], KG.signed, KGE.Memorandum_of_Understanding), True),
        ((KGE.RhineCloud, KG.uses, KGE.Komponenten_von_Huawei), False),
        ((KGE.Huawei, KGP.beliefern, KGE.Duisburg), False),
        ((KGE["Prüfung"], KGP["abschließen"], rdflib.Literal("2023")), False),
    ],
    ids=["plain", "with a time", "denied", "planned", "said by somebody"],
)
def test_only_plain_assertions_are_direct(small_graph, level, triple, direct):
    assert (triple in to_rdflib(small_graph, level)) is direct


def test_a_denied_fact_in_full(small_graph):
    found = to_rdflib(small_graph)
    fact = {(found.qname(p), o) for p, o in found.predicate_objects(KGF.c3)}
    claim = next(found.objects(KGF.c3, KG.evidence))
    document = rdflib.URIRef("https://kg.example/document/zeitung/huawei.txt")
    assert fact == {
        ("rdf:type", KG.Fact),
        ("rdf:type", RDF.Statement),
        ("rdf:type", SCHEMA.UseAction),
        ("rdfs:label", rdflib.Literal("RhineCloud – nicht: setzt ein – Komponenten von Huawei", lang="de")),
        ("rdf:subject", KGE.RhineCloud),
        ("rdf:predicate", KG.uses),
        ("rdf:object", KGE.Komponenten_von_Huawei),
        ("kg:lemma", rdflib.Literal("einsetzen", lang="de")),
        ("kg:polarity", rdflib.Literal("negative")),
        ("kg:modality", rdflib.Literal("asserted")),
        ("kg:confidence", rdflib.Literal("1.0", datatype=rdflib.XSD.decimal)),
        ("kg:risk", rdflib.Literal("0.0", datatype=rdflib.XSD.decimal)),
        ("kg:weight", rdflib.Literal(1)),
        ("kg:evidence", claim),
        ("prov:wasDerivedFrom", document),
    }
    assert {(found.qname(p), o) for p, o in found.predicate_objects(claim)} == {
        ("rdf:type", KG.Claim),
        ("rdfs:label", rdflib.Literal("RhineCloud – setzt ein – Komponenten von Huawei", lang="de")),
        ("kg:sentence", rdflib.Literal("RhineCloud setzt keine Komponenten von Huawei ein.", lang="de")),
        ("kg:start", rdflib.Literal(102)),
        ("kg:end", rdflib.Literal(152)),
        ("prov:wasDerivedFrom", document),
    }


def test_an_entity_in_full(small_graph):
    found = to_rdflib(small_graph, "plain")
    assert {(found.qname(p), o) for p, o in found.predicate_objects(KGE["Sören_Link"])} == {
        ("rdf:type", SCHEMA.Person),
        ("rdfs:label", rdflib.Literal("Sören Link", lang="de")),
        ("skos:altLabel", rdflib.Literal("Link", lang="de")),
        ("org:headOf", KGE.Duisburg),
        ("kg:signed", KGE.Memorandum_of_Understanding),
    }
    assert (KGE.Komponenten_von_Huawei, KG.names, KGE.Huawei) in found


def described(found: rdflib.Graph, node: rdflib.URIRef) -> set[tuple[str, str]]:
    return {(found.qname(p), str(o).removeprefix("https://kg.example/")) for p, o in found.predicate_objects(node)}


def test_roles_in_full():
    """Each has its property, and a node with its preposition; a fact needs no object."""
    found = to_rdflib(handing_over())
    handed = described(found, KGF.a1)
    assert {
        ("rdf:object", "entity/Schlüssel"),
        ("schema:recipient", "entity/Nele_Prinz"),
        ("schema:location", "entity/Stade"),
        ("kg:hasRole", "fact/a1.1"),
        ("kg:hasRole", "fact/a1.2"),
    } <= handed
    assert described(found, KGF["a1.1"]) == {
        ("rdf:type", "ontology#Role"),
        ("rdfs:label", "in Stade"),
        ("kg:roleName", "place"),
        ("kg:preposition", "in"),
        ("rdf:value", "entity/Stade"),
    }
    assert described(found, KGF["a1.2"]) == {
        ("rdf:type", "ontology#Role"),
        ("rdfs:label", "Nele Prinz"),
        ("kg:roleName", "recipient"),
        ("rdf:value", "entity/Nele_Prinz"),
    }
    assert found.value(KGF.b1, RDF.object) is None
    assert found.value(KGF.c1, SCHEMA.location) == rdflib.Literal("Rathaus", lang="de")
    assert list(found.objects(KGF.d1, SCHEMA.location)) == [KGE.Stade]
    assert {str(found.value(node, KG.preposition)) for node in found.objects(KGF.d1, KG.hasRole)} == {
        "mit", "bei", "in", "über"
    }  # fmt: skip


def test_the_roles_of_a_claim_in_full():
    found = to_rdflib(handing_over(), "full")
    [claim] = set(found.objects(KGF.a1, KG.evidence))
    label = "Henrik Saller – übergab – die Schlüssel – Nele Prinz – in Stade"
    assert found.value(claim, RDFS.label) == rdflib.Literal(label, lang="de")
    assert described(found, rdflib.URIRef(f"{claim}.2")) == {
        ("rdf:type", "ontology#Role"),
        ("rdfs:label", "in Stade"),
        ("kg:roleName", "place"),
        ("kg:preposition", "in"),
        ("kg:roleSpan", "span/werft.txt_51-56"),
        ("kg:roleType", "Place"),
    }
    [claim] = set(found.objects(KGF.c1, KG.evidence))
    assert ("rdf:value", "Rathaus") in described(found, rdflib.URIRef(f"{claim}.1"))
    assert list(found.objects(claim, KG.objectSpan)) == []


@pytest.mark.parametrize("level", LEVELS)
def test_facts_that_differ_in_time_alone_are_one_direct_triple(level, tmp_path):
    found = list(triples(handing_over(), level))
    assert len(found) == len(set(found))
    assert found.count((KGE.Henrik_Saller, KGP["übergeben"], KGE["Schlüssel"])) == 1
    assert not [triple for triple in found if triple[1] in (KGP.ausbrennen, KGP.sprechen)]
    handing_over().write(tmp_path / "a.trig", level)
    lines = (tmp_path / "a.trig").read_text(encoding="utf-8").splitlines()
    assert sum("kgp:übergeben kge:Schlüssel" in line for line in lines) == 2  # in the graph of the document, too


def test_speaker_modality_and_times(small_graph):
    rows = small_graph.sparql(
        "SELECT ?label ?modality ?who ?since { ?f a kg:Fact ; rdfs:label ?label ; kg:modality ?modality"
        " OPTIONAL { ?f kg:speaker/rdfs:label ?who } OPTIONAL { ?f kg:validFrom ?since } } ORDER BY ?label"
    )
    day = datetime.date(2018, 1, 12)
    assert [tuple(row.values()) for row in rows] == [
        ("Henrik Saller – übergab – Schlüssel – Nele Prinz – in Stade – nur ungern", "asserted", None, None),
        ("Huawei – beliefern – Duisburg (geplant)", "planned", None, None),
        ("Lager – brannte aus", "asserted", None, None),
        ("Prüfung – abgeschlossen – 2023 (laut Jan Weidenfeld)", "asserted", "Jan Weidenfeld", "2023"),
        ("RhineCloud – nicht: setzt ein – Komponenten von Huawei", "asserted", None, None),
        ("Sören Link – hat unterzeichnet – Memorandum of Understanding", "asserted", None, day),
        ("Sören Link – leitet – Duisburg", "asserted", None, None),
    ]


@pytest.mark.parametrize("level", LEVELS)
def test_everything_has_a_label(small_graph, level):
    """Everything but places in a text, which quote it: the annotations, spans and selectors of the Web Annotation."""
    found = to_rdflib(small_graph, level)
    named = set(found.subjects(RDFS.label))
    places = {s for s, kind in found.subject_objects(RDF.type) if kind.startswith(prefixes()["oa"])}
    assert set(found.subjects()) - places == named - places
    assert set(found.objects(None, RDF.predicate)) <= named


@pytest.mark.parametrize("level", LEVELS)
def test_no_blank_nodes_and_no_triple_twice(small_graph, level):
    found = list(triples(small_graph, level))
    assert len(found) == len(set(found))
    assert not [term for triple in found for term in triple if isinstance(term, rdflib.BNode)]


def test_an_open_predicate_is_called_by_its_lemmas():
    facts = tuple(
        Fact(str(n), "A", "kgp:warnen_vor", lemma, "B") for n, lemma in enumerate(("warnen vor", "warnen_vor"))
    )
    graph = KnowledgeGraph((), (Entity("A", "Person", "A"), Entity("B", "Person", "B")), facts)
    labels = {str(label) for label in to_rdflib(graph).objects(KGP.warnen_vor, RDFS.label)}
    assert labels == {"warnen vor", "warnen_vor"}


def test_own_names_move_with_the_base_iri(small_graph):
    graph = KnowledgeGraph(
        small_graph.documents, small_graph.entities, small_graph.facts, base_iri="https://example.org/g/"
    )
    text = ntriples(graph)
    assert "<https://example.org/g/ontology#Fact>" in text
    assert "https://kg.example/" not in text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2018-01-12", "date"),
        ("2018-01", "gYearMonth"),
        ("2018", "gYear"),
        ("2018-02-30", None),
        ("2018-13", None),
        ("im Mai", None),
        ("", None),
        ("٢٠١٨", None),
    ],
)
def test_dates_have_the_type_of_their_precision(text, kind):
    found = date_literal(text)
    assert found.value == text
    assert found.datatype.value.split("#")[1] == (kind or "string")


@pytest.mark.parametrize(("text", "language"), [("offen", "de"), ("2018", None), ("13,5 %", None), ("C4", "de")])
def test_only_words_are_german(text, language):
    assert text_literal(text).language == language


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("https://www.rp-online.de/nrw?id=1#kopf", True),
        ("http://d-nb.info/gnd/2067669-1", True),
        ("https://example.org/Köln", True),
        ("https://example.org/50%", False),
        ("https://example.org/a b", False),
        ("https://example.org/a#b#c", False),
        ("www.example.org", False),
        ("urn:x", False),
        ("", False),
    ],
)
def test_addresses_from_outside(text, good):
    assert is_iri(text) is good


@pytest.mark.parametrize("level", ["voll", "", "CLAIMS"])
def test_an_unknown_level_names_the_known_ones(small_graph, level):
    with pytest.raises(FormatError, match="use plain, claims or full"):
        to_rdflib(small_graph, level)


@given(st.sampled_from(["kge", "kgp", "kgd"]), st.text(st.characters(exclude_categories=["Cs"])))
def test_an_iri_gives_its_id_back(prefix, id):
    names = Iris("https://example.org/g/")
    iri = names(f"{prefix}:{id}")
    assert names.local(prefix, iri) == id
    assert names.compact(iri) == f"{prefix}:{id}"


wild = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from('\0\n\r\x85 "\\<>{}|^`%#?/.·ªßẞ😀́'), max_size=9
)


@st.composite
def wild_graphs(draw: st.DrawFn) -> KnowledgeGraph:
    """Two entities, one document and one fact whose every text is anything."""
    day = draw(st.sampled_from(["", "2018", "2018-01", "2018-01-13"]))
    document = Document(draw(wild), draw(wild), draw(wild), day, draw(wild), draw(wild))
    ids = draw(st.lists(wild.filter(bool), min_size=2, max_size=2, unique=True))
    entities = [
        Entity(name, draw(st.sampled_from(TYPES)), draw(wild), (draw(wild),), draw(wild), (draw(wild),)) for name in ids
    ]
    argument = Argument(0, 1, draw(wild), "Thing")
    said = Predicate(draw(wild), f"kgp:{draw(wild)}", ((0, 1),), draw(wild))
    claim = Claim(document.id, Span(0, 3, draw(wild)), argument, said, argument)
    object, literal = draw(st.sampled_from([(ids[1], ""), ("", draw(wild.filter(bool)))]))
    fact = Fact(
        draw(wild), ids[0], said.iri, said.lemma, object, literal, since=draw(wild), until=draw(wild), claims=(claim,)
    )
    return KnowledgeGraph((document,), tuple(entities), (fact,))


@settings(deadline=None, max_examples=150)
@given(wild_graphs())
@pytest.mark.slow
def test_strict_parsers_take_whatever_texts_hold(tmp_path_factory, graph):
    """rdflib and pyoxigraph read from Turtle and from N-Triples what was written."""
    folder = tmp_path_factory.mktemp("wild")
    count = len(set(triples(graph)))
    for name in ("a.ttl", "a.nt"):
        graph.write(folder / name)
        assert len(rdflib.Graph().parse(folder / name)) == count
    turtle, lines = (set(pyoxigraph.parse(path=str(folder / name))) for name in ("a.ttl", "a.nt"))
    assert turtle == lines
    assert len(turtle) == count


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("ASK { kge:Sören_Link org:headOf kge:Duisburg }", True),
        ("ASK { kge:RhineCloud kg:uses ?was }", False),
        ("SELECT ?w { kgf:a1 kg:weight ?w }", [{"w": 2}]),
        ("SELECT ?wer { ?wer org:headOf ?was }", [{"wer": "https://kg.example/entity/Sören_Link"}]),
        ("PREFIX s: <https://schema.org/> SELECT (COUNT(*) AS ?n) { ?p a s:Person }", [{"n": 4}]),
        ("SELECT ?x { ?x org:headOf kge:Huawei }", []),
    ],
)
def test_answers_are_plain_values(small_graph, query, answer):
    assert small_graph.sparql(query) == answer


def test_construct_gives_a_graph(small_graph):
    found = small_graph.sparql("CONSTRUCT { ?a rdfs:seeAlso ?b } WHERE { ?a org:headOf ?b }")
    assert set(found) == {(KGE["Sören_Link"], RDFS.seeAlso, KGE.Duisburg)}


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELCT * { ?s ?p ?o }", "line 1, column 1: SELCT asks nothing"),
        ("SELECT *\n{ ?s ?p ?o ", "line 2, column 12: not SPARQL, it breaks off"),
        ("SELECT * { ?s foo:bar ?o }", "line 1, column 15: no such prefix at 'foo:bar ?o }'; add a PREFIX line"),
        ("SELECT * {\n ?s ?p x }", "line 2, column 10: not SPARQL at '}'"),
        ("SELECT ?s { ?s ?p ?o } GROUP BY ?p", "The SELECT contains a variable that is unbound"),
        ("SELECT (<urn:x>(1) AS ?x) {}", "it cannot be answered (The custom function <urn:x> is not supported)"),
        ("", "line 1, column 1"),
        ("DELETE WHERE { ?s ?p ?o }", "line 1, column 1: DELETE asks nothing, and kg changes nothing"),
        ("PREFIX add: <urn:x> ADD <urn:a> TO <urn:b>", "line 1, column 21: ADD asks nothing"),
        ("SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }", "kg works offline"),
        ("SELECT * FROM <https://example.org/> { ?s ?p ?o }", "kg works offline"),
        ("ASK { FILTER EXISTS { SERVICE <https://example.org/> { ?s ?p ?o } } }", "kg works offline"),
        (r"ASK { ?s kg:a\#b 5SERVICE <https://example.org/> { ?s ?p ?o } }", "kg works offline"),
        (r"ASK { ?s kg:a\'b true . SERVICE?x{ ?s ?p ?o } }", "kg works offline"),
        ("ASK { { SERVICEkge:x { ?s ?p ?o } } }", "kg works offline"),
        ("ASK { ?s ?p '''a\"b''', '#' . sErViCe <https://example.org/#> { ?s ?p ?o } }", "kg works offline"),
    ],
)
def test_a_bad_query_is_one_line_with_a_place(small_graph, query, message):
    with pytest.raises(QueryError) as caught:
        small_graph.sparql(query)
    assert str(caught.value).startswith("query: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


ROWS = """
for where in ("* { ?s ?p ?o }", "?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p", "* { ?b ^kg:names ?a }"):
    print(value.sparql(f"SELECT {where}"))
"""


def test_rows_come_in_the_same_order_whatever_the_hash_seed(small_graph):
    seen = {printed(ROWS, small_graph, seed=seed) for seed in "12"}
    assert len(seen) == 1
    assert b"{'b': 'https://kg.example/entity/Huawei', 'a': " in seen.pop()
