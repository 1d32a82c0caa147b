"""RDF files: each format reads well and says the same, and is read again whoever wrote it."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from commands import complains, run
from handing_over import handing_over

import kg
from kg.errors import FormatError
from kg.formats import read_graph, read_rdf
from kg.formats.datasets import read_dataset
from kg.formats.suffixes import RDF12, READERS, WRITERS
from kg.knowledge_graph import KnowledgeGraph
from kg.rdf import statements
from kg.rdf.terms import Iris
from kg.records import LEVELS, Document, Entity, Extraction, Fact
from kg.store.store import Store


def test_turtle_reads_well(small_graph, tmp_path):
    small_graph.write(tmp_path / "a.ttl", level="plain")
    text = (tmp_path / "a.ttl").read_text(encoding="utf-8")
    assert (
        "\nkge:Sören_Link a schema:Person ;\n"
        '    rdfs:label "Sören Link"@de ;\n'
        '    skos:altLabel "Link"@de ;\n'
        "    kg:signed kge:Memorandum_of_Understanding ;\n"
        "    org:headOf kge:Duisburg .\n"
    ) in text
    heads = [line.split(":")[0] for line in text.splitlines() if line.startswith("@prefix")]
    used = ("dcterms", "foaf", "kg", "kge", "kgp", "org", "owl", "rdf", "rdfs", "schema", "skos")
    assert heads == [f"@prefix {prefix}" for prefix in used]


RDF = sorted(set(WRITERS) & set(READERS))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("suffix", RDF)
@pytest.mark.slow
def test_every_rdf_format_says_the_same_to_rdflib_and_pyoxigraph(small_graph, by_rdflib, tmp_path, suffix, level):
    """There are no blank nodes, so graphs are isomorphic if they are equal."""
    path = tmp_path / f"a{suffix}"
    small_graph.write(path, level)
    assert by_rdflib(path) == set(read_rdf(path)) == set(small_graph.to_rdflib(level))
    assert {tuple(quad.triple) for quad in pyoxigraph.parse(path=path)} == set(statements(small_graph, level))


@pytest.mark.parametrize("suffix", RDF)
def test_a_byte_order_mark_is_no_part_of_a_file(small_graph, tmp_path, suffix):
    """Editors of Windows begin UTF-8 with one."""
    plain, marked = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    small_graph.write(plain, "plain")
    marked.write_bytes(b"\xef\xbb\xbf" + plain.read_bytes())
    assert set(read_rdf(marked)) == set(read_rdf(plain))
    assert set(read_dataset(marked).store) == set(read_dataset(plain).store)
    assert dict(read_dataset(marked).prefixes) == dict(read_dataset(plain).prefixes)


@pytest.mark.parametrize("level", LEVELS)
def test_a_graph_from_rdf_becomes_all_that_its_level_tells(level, tmp_path):
    """Below "full" nobody knows any more which words of a sentence are the subject, and which the predicate."""
    handing_over().write(tmp_path / "a.ttl", level)
    graph = kg.open(tmp_path / "a.ttl")
    for suffix in sorted(WRITERS.keys() - {".kg"}):
        graph.write(tmp_path / f"b{suffix}", level if suffix in RDF else "claims")
    graph.write(f"{tmp_path}/tables/")
    graph.facts_frame()
    records = [json.loads(line) for line in (tmp_path / "b.jsonl").read_text(encoding="utf-8").splitlines()]
    claims = [claim for record in records if record["kind"] == "fact" for claim in record["claims"]]
    assert {(claim["subject"] is None, claim["predicate"] is None) for claim in claims} == {
        "plain": set(), "claims": {(True, True)}, "full": {(False, False)},
    }[level]  # fmt: skip
    assert kg.open(tmp_path / "b.ttl") == graph
    if level != "plain":  # classes follow from the lemma, which a relation's label does not tell
        assert list(graph.facts_frame()["class"]) == list(handing_over().facts_frame()["class"])
    if level == "claims":
        for write in (lambda: graph.write(tmp_path / "c.ttl", "full"), lambda: graph.to_rdflib("full")):
            with pytest.raises(FormatError, match=r"take its \.kg store, or RDF of level full"):
                write()


@pytest.mark.parametrize("suffix", [".trig", ".nq"])
def test_what_a_document_says_stands_in_its_graph(small_graph, tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    small_graph.write(path)
    found = pyoxigraph.Dataset(pyoxigraph.parse(path=path))
    names = Iris(small_graph.base_iri)
    mayor = (names("kge:Sören_Link"), names("org:headOf"), names("kge:Duisburg"))
    signed = (names("kge:Sören_Link"), names("kg:signed"), names("kge:Memorandum_of_Understanding"))
    paper, blog, everywhere = names("kgd:zeitung/huawei.txt"), names("kgd:blog.txt"), pyoxigraph.DefaultGraph()
    for triple, graphs in ((mayor, {paper, blog, everywhere}), (signed, {paper, everywhere})):
        assert {quad.graph_name for quad in found if tuple(quad.triple) == triple} == graphs
    claims = {quad.subject: quad.graph_name for quad in found if quad.object == names("kg:Claim")}
    assert (
        sorted(graph == paper for name, graph in claims.items() if name != names("kg:Claim"))
        == [False] * 4 + [True] * 4
    )


def test_trig_reads_well(small_graph, tmp_path):
    small_graph.write(tmp_path / "a.trig", level="plain")
    assert (
        (tmp_path / "a.trig")
        .read_text(encoding="utf-8")
        .endswith(
            "\nkgd:blog.txt {\n"
            "    kge:Sören_Link org:headOf kge:Duisburg .\n"
            "}\n"
            "\n<https://kg.example/document/zeitung/huawei.txt> {\n"
            "    kge:Sören_Link kg:signed kge:Memorandum_of_Understanding ;\n"
            "        org:headOf kge:Duisburg .\n"
            "}\n"
            "\n<https://kg.example/document/zeitung/werft.txt> {\n"
            "    kge:Henrik_Saller kgp:übergeben kge:Schlüssel .\n"
            "}\n"
        )
    )


def test_jsonld_reads_well(small_graph, tmp_path):
    """A program that knows no RDF finds its way: plain keys, plain strings, numbers and links."""
    small_graph.write(tmp_path / "a.jsonld")
    found = json.loads((tmp_path / "a.jsonld").read_text(encoding="utf-8"))
    nodes = {node["id"]: node for node in found["@graph"]}
    assert nodes["kge:Sören_Link"] == {
        "id": "kge:Sören_Link",
        "type": "schema:Person",
        "label": "Sören Link",
        "altLabel": "Link",
        "kg:signed": {"id": "kge:Memorandum_of_Understanding"},
        "org:headOf": {"id": "kge:Duisburg"},
    }
    assert nodes["kgf:d4"] == {
        "id": "kgf:d4",
        "type": ["kg:Fact", "rdf:Statement", "kg:End"],
        "label": "Prüfung – abgeschlossen – 2023 (laut Jan Weidenfeld)",
        "subject": "kge:Prüfung",
        "predicate": "kgp:abschließen",
        "object": {"@value": "2023"},
        "lemma": "abschließen",
        "polarity": "positive",
        "modality": "asserted",
        "speaker": "kge:Jan_Weidenfeld",
        "validFrom": {"@value": "2023", "@type": "xsd:gYear"},
        "confidence": "1.0",
        "risk": "0.0",
        "weight": 1,
        "evidence": next(key for key in nodes if key.startswith("kgc:zeitung/huawei.txt_153")),
        "wasDerivedFrom": "kgd:zeitung/huawei.txt",
    }
    assert nodes["kgf:f6"] | {"evidence": ""} == {
        "id": "kgf:f6",
        "type": ["kg:Fact", "rdf:Statement", "schema:GiveAction", "schema:TransferAction"],
        "label": "Henrik Saller – übergab – Schlüssel – Nele Prinz – in Stade – nur ungern",
        "subject": "kge:Henrik_Saller",
        "predicate": "kgp:übergeben",
        "object": {"id": "kge:Schlüssel"},
        "lemma": "übergeben",
        "manner": "nur ungern",
        "place": {"id": "kge:Stade"},
        "recipient": {"id": "kge:Nele_Prinz"},
        "hasRole": ["kgf:f6.1", "kgf:f6.2", "kgf:f6.3"],
        "polarity": "positive",
        "modality": "asserted",
        "confidence": "1.0",
        "risk": "0.0123",
        "weight": 1,
        "evidence": "",
        "wasDerivedFrom": "kgd:zeitung/werft.txt",
    }
    assert nodes["kgf:f6.2"] == {
        "id": "kgf:f6.2",
        "type": "kg:Role",
        "label": "in Stade",
        "roleName": "place",
        "preposition": "in",
        "value": {"id": "kge:Stade"},
    }
    assert found["@context"]["kge"] == "https://kg.example/entity/"
    assert "exact" not in found["@context"]


def test_rdfxml_refuses_what_it_cannot_hold(tmp_path):
    fact = Fact("1", "A", "kgp:13", "x", "", "offen")
    graph = KnowledgeGraph((), (Entity("A", "Thing", "A"),), (fact,))
    with pytest.raises(FormatError) as caught:
        graph.write(tmp_path / "a.rdf")
    refused = "<https://kg.example/predicate/13>: RDF/XML has no place for this predicate; take Turtle or JSON-LD"
    assert str(caught.value) == f"{tmp_path / 'a.rdf'}: {refused}"
    assert os.listdir(tmp_path) == []
    graph.write(tmp_path / "a.jsonld")


def test_an_id_that_xml_has_no_place_for_comes_back(small_graph, tmp_path):
    """A file's name may hold a control character; the text of one becomes U+FFFD, its IRI keeps it."""
    [document, *_] = small_graph.documents
    renamed = replace(document, id="a\x01\x0bb")
    claims = {c: replace(c, doc=renamed.id) for c in small_graph.claims if c.doc == document.id}
    facts = tuple(replace(f, claims=tuple(claims.get(c, c) for c in f.claims)) for f in small_graph.facts)
    entities = tuple(
        replace(e, mentions=tuple(replace(m, doc=renamed.id) if m.doc == document.id else m for m in e.mentions))
        for e in small_graph.entities
    )
    others = small_graph.documents[1:]
    graph = replace(
        small_graph, documents=(renamed, *others), entities=entities, facts=facts, claims=tuple(claims.values())
    )
    graph.write(tmp_path / "a.rdf", "full")
    assert {d.id for d in read_graph(tmp_path / "a.rdf").documents} == {renamed.id, *(d.id for d in others)}
    assert "a&#x" not in (tmp_path / "a.rdf").read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", RDF12)
def test_rdf12_lets_facts_reify_their_triples(small_graph, tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    small_graph.write(path, rdf12=True)
    names = Iris(small_graph.base_iri)
    terms = [names(name) for name in ("kge:RhineCloud", "kg:uses", "kge:Komponenten_von_Huawei")]
    found = {tuple(quad.triple) for quad in pyoxigraph.parse(path=path)}
    assert (names("kgf:c3"), names("rdf:reifies"), pyoxigraph.Triple(*terms)) in found
    assert {triple for triple in found if triple[1] != names("rdf:reifies")} == set(statements(small_graph))
    assert read_graph(path) == read_graph(_written(small_graph, tmp_path / "b.ttl"))


def _written(graph: KnowledgeGraph, path: Path) -> Path:
    graph.write(path)
    return path


@pytest.mark.parametrize("suffix", [".rdf", ".jsonld"])
def test_formats_without_triple_terms_say_so(small_graph, tmp_path, suffix):
    with pytest.raises(FormatError, match=re.escape("has no triple terms of RDF 1.2; use .nq, .nt, .trig or .ttl")):
        small_graph.write(tmp_path / f"a{suffix}", rdf12=True)
    small_graph.write(tmp_path / "a.graphml", rdf12=True)


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_reads_every_rdf_format(tmp_path, small_graph, suffix):
    path = tmp_path / f"a b#{suffix}"
    replace(small_graph, base_iri="http://x/y/").write(tmp_path / "a.nt")
    format = pyoxigraph.RdfFormat.from_extension(suffix[1:])
    pyoxigraph.serialize(pyoxigraph.parse(path=str(tmp_path / "a.nt")), str(path), format)
    found = read_rdf(path)
    assert len(found) == len(small_graph.to_rdflib())
    assert dict(found.namespaces())["kge"] == rdflib.URIRef("http://x/y/entity/")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("fehlt.ttl", None, "cannot be read (No such file or directory)"),
        ("a.ttl", b"kein Turtle", "not valid turtle (Parser error at line 1"),
        ("a.nt", b"\x89PNG\r\n\x1a\n", "not valid nt"),
        ("a.rdf", b"<a>", "not valid xml"),
        ("a.jsonld", b"{", "not valid json-ld"),
        ("a.jsonld", b'{"@context": "https://example.org/c", "label": "x"}', "not valid json-ld"),
        ("a.csv", b"a,b", "unknown suffix .csv; pass a .kg store or an RDF file: .jsonld, .n3,"),
    ],
)
@pytest.mark.parametrize("read", [read_rdf, read_graph, read_dataset])
def test_a_bad_rdf_file_is_one_line(tmp_path, read, name, content, message):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(FormatError) as caught:
        read(tmp_path / name)
    assert str(caught.value).startswith(f"{tmp_path / name}: {message}")
    assert "\n" not in str(caught.value)


RDF_XML = """<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [<!ENTITY ex "http://example.org/"><!ENTITY de
 "Straße" >%s]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#">%s
<rdf:Description rdf:about="&ex;a"><rdfs:label>&de; &amp; &#228;</rdfs:label></rdf:Description></rdf:RDF>"""

BOMBS = {
    "nested": '<!ENTITY a "lol"><!ENTITY b "&a;&a;">',
    "of characters": '<!ENTITY a "lol"><!ENTITY b "&#38;a;&#38;a;">',
    "long": f'<!ENTITY a "{"lol" * 100}">',
    "of another file": '<!ENTITY a SYSTEM "file:///etc/passwd">',
    "of another address": '<!ENTITY a PUBLIC "x" "https://example.org/">',
    "parameter": '<!ENTITY % a "lol">',
    "without a blank": '<!ENTITYa "&de;&de;">',
    "unfinished": '<!ENTITY a "lol',
}


@pytest.mark.parametrize("read", [read_rdf, read_graph, read_dataset])
@pytest.mark.parametrize("declared", BOMBS.values(), ids=BOMBS)
def test_entities_that_grow_are_refused(tmp_path, read, declared):
    places = [(declared, ""), ("", f"<!DOCTYPE x [{declared}]>"), ("", f"<!-- <!doctype x [{declared}]> -->")]
    for where in places:
        (tmp_path / "a.rdf").write_text(RDF_XML % where, encoding="utf-8")
        with pytest.raises(FormatError) as caught:
            read(tmp_path / "a.rdf")
        assert str(caught.value).startswith(f"{tmp_path / 'a.rdf'}: declares entities of XML that are no plain namesp")


def test_entities_that_stand_for_namespaces_are_read(tmp_path):
    (tmp_path / "a.rdf").write_text(RDF_XML % ("", ""), encoding="utf-8")
    ((subject, _, label),) = read_rdf(tmp_path / "a.rdf")
    assert (str(subject), str(label)) == ("http://example.org/a", "Straße & ä")
    assert len(read_dataset(tmp_path / "a.rdf").store) == 1
    (tmp_path / "leer.rdf").touch()
    assert len(read_rdf(tmp_path / "leer.rdf")) == 0


def test_triple_terms_are_not_for_rdflib(tmp_path):
    (tmp_path / "a.ttl").write_bytes(b"<urn:a> <urn:b> <<( <urn:c> <urn:d> <urn:e> )>> .")
    assert len(read_dataset(tmp_path / "a.ttl").store) == 1
    with pytest.raises(FormatError, match=r"has triple terms of RDF 1\.2"):
        read_rdf(tmp_path / "a.ttl")


def large(megabytes: float, letter: str = "a", *, title: bool = False) -> KnowledgeGraph:
    """A graph of one document whose text, or whose title, has so many MB."""
    text = letter * int(megabytes * 2**20 / len(letter.encode()))
    return KnowledgeGraph((Document("lang", "x", title=text) if title else Document("lang", text),), (), ())


SIZES = (
    (17, "a", [".rdf"]),
    (15.8, "ä", [".nq", ".nt", ".trig", ".ttl"]),
    (7.8, "a", [suffix for suffix in RDF if suffix != ".rdf"]),
    (8.1, "\n", [".rdf"]),  # its escape has two characters
)


@pytest.mark.parametrize(
    ("suffix", "megabytes", "letter", "only"),
    # What holds 17 MB, as .rdf does, holds less.
    [(suffix, *size) for size in SIZES for suffix in RDF if suffix != ".rdf" or ".rdf" in size[2]],
)
@pytest.mark.parametrize("title", [True, False], ids=["title", "text"])
@pytest.mark.slow
def test_what_is_written_can_be_read(tmp_path, suffix, megabytes, letter, only, title):
    graph, path = large(megabytes, letter, title=title), tmp_path / f"a{suffix}"
    level = "claims" if title else "full"
    if suffix in only:
        graph.write(path, level)
        [document] = read_graph(path).documents
        assert document == (replace(graph.documents[0], text="") if title else graph.documents[0])
        assert len(read_dataset(path).store) == len(read_rdf(path)) > 1
        return
    with pytest.raises(FormatError) as caught:
        graph.write(path, level)
    assert re.fullmatch(
        r".*: <\S+> of <\S+> has \d+ MB, and \.\w+ can be read up to \d+ MB; write \.rdf.*", str(caught.value)
    )
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("suffix", sorted(set(READERS) - {".rdf"}))
@pytest.mark.parametrize("read", [read_rdf, read_graph, read_dataset])
@pytest.mark.slow
def test_a_text_that_is_too_long_to_be_read_is_one_line(tmp_path, read, suffix):
    """Written by somebody else."""
    path = tmp_path / f"a{suffix}"
    triple = pyoxigraph.Triple(*[pyoxigraph.NamedNode("urn:a:b")] * 2, pyoxigraph.Literal("a" * (17 << 20)))
    pyoxigraph.serialize([triple], str(path), pyoxigraph.RdfFormat.from_extension(suffix[1:]))
    with pytest.raises(FormatError, match="a text or name in it is too long to be read"):
        read(path)


@pytest.mark.slow
def test_an_export_names_the_file_that_nobody_could_read_and_writes_the_others(tmp_path):
    with Store(tmp_path / "a.kg") as store:
        store.add(large(17, title=True).documents[0], Extraction((), ()), "f")
    message = complains(run("export", "a.kg", "b.ttl", "b.graphml", "b.rdf", cwd=tmp_path))
    assert (
        "b.ttl: <http://www.w3.org/2000/01/rdf-schema#label> of <https://kg.example/document/lang> has 18 MB" in message
    )
    assert sorted(os.listdir(tmp_path)) == ["a.kg", "b.graphml", "b.rdf"]
    for name in ("a.kg", "b.rdf"):
        found = run("query", name, "SELECT (STRLEN(?t) AS ?n) { ?d dcterms:title ?t }", cwd=tmp_path)
        assert (found.stdout.split(), found.stderr) == (["n", "-" * 8, str(17 << 20)], "")
        assert run("validate", name, cwd=tmp_path).stdout == f"{name}: valid\n"
    assert "a text of the graph has 18 MB, and cannot be served" in complains(run("serve", "a.kg", cwd=tmp_path))
