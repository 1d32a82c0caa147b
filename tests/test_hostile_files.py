"""RDF files made to break their readers: they are read, or refused in one line before they do harm."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from commands import complains, fill, run
from nesting import nested

from kg.errors import FormatError
from kg.formats import read_graph, read_rdf
from kg.formats.datasets import read_dataset
from kg.sources.gazetteer import read_gazetteer


@pytest.fixture(scope="module")
def folder(tmp_path_factory, small_graph, small_extractions):
    return fill(tmp_path_factory.mktemp("files"), small_graph, small_extractions)


TRIPLE = "<urn:a> <urn:b> %s ."
TERMS = "".join(f'"t{i}":"t{i + 1}:x",' for i in range(70_000)) + '"z":"urn:a"'
FILES = {
    "objects": ("a.jsonld", nested('{"@id":"urn:a","urn:p":', '"x"', "}", 5_000), 100),
    "lists": ("a.jsonld", '{"@id":"urn:a","urn:p":' + nested('{"@list":[', "1", "]}", 5_000) + "}", 100),
    "graphs": ("a.jsonld", nested('{"@graph":[', "", "]}", 5_000), 100),
    "brackets in texts": ("a.jsonld", nested('{"@id":"urn:a","urn:\\"]}]}":', '"]}"', "}", 5_000), 100),
    "objects that do not end": ("a.jsonld", '{"@id":"urn:a","urn:p":' * 60_000, 100),
    "brackets behind an odd quotation mark": ("a.jsonld", '" "@context": ' + "[" * 5_000, 0),
    "terms": ("a.jsonld", f'{{"@context":{{{TERMS}}}}}', 1),
    "escaped terms": ("a.jsonld", f'{{"\\u0040context":{{{TERMS}}}}}', 1),
    "a text in a context": ("a.jsonld", '{"@context":{"b":"' + '\\"' * 600_000 + '"}}', 1),
    "triples": ("a.ttl", TRIPLE % nested("<<( <urn:a> <urn:b> ", "1", " )>>", 20_000), 100),
    "triples in TriG": ("a.trig", TRIPLE % nested("<<( <urn:a> <urn:b> ", "1", " )>>", 20_000), 100),
    "triples in N-Triples": ("a.nt", TRIPLE % nested("<<( <urn:a> <urn:b> ", "<urn:c>", " )>>", 20_000), 100),
    "triples in N-Quads": ("a.nq", TRIPLE % nested("<<( <urn:a> <urn:b> ", "<urn:c>", " )>>", 20_000), 100),
    "triples and comments": ("a.ttl", TRIPLE % nested("<<( <urn:a> <urn:b> # )>>\n", "1", " )>>", 20_000), 100),
}  # fmt: skip


@pytest.mark.parametrize("read", [read_rdf, read_graph, read_dataset])
@pytest.mark.parametrize(("name", "content", "most"), FILES.values(), ids=FILES)
def test_files_nested_beyond_reason_are_one_line(tmp_path, read, name, content, most):
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(FormatError) as caught:
        read(tmp_path / name)
    told = {0: "not valid json-ld", 1: "has a context of more than 1 MB"}.get(most, f"nested more than {most} deep")
    assert str(caught.value).startswith(f"{tmp_path / name}: {told}")


@pytest.mark.parametrize(
    ("name", "content", "triples"),
    [
        (
            "a.jsonld",
            "[" + ",".join([f'{{"@context":{{"a":"urn:{"p" * 100}"}},"@id":"urn:s","a":"{i}"}}' for i in range(9_999)]) + "]",
            9_999,
        ),
        ("a.ttl", TRIPLE % nested("(", "", ")", 20_000), 39_999),
        ("a.ttl", TRIPLE % nested("[ <urn:p> ", "1", "]", 20_000), 20_001),
        ("a.trig", "<urn:g> {" + TRIPLE % nested("(", "", ")", 20_000) + "}", 39_999),
        ("a.ttl", TRIPLE % nested("<<( <urn:a> <urn:b> ", "1", " )>>", 90), 1),
        ("a.ttl", TRIPLE % ('"' + "<<( " * 500 + '"'), 1),
        ("a.ttl", TRIPLE % "<<( <urn:a> <urn:b> 1 )>>" * 500, 1),
        ("a.jsonld", '{"@id":"urn:a","urn:p":"' + "[{" * 500 + '\\\\","urn:q":"\\"[["}', 2),
        ("a.jsonld", '{"@id":"urn:a","urn:p":[' + '{"urn:q":["x"]},' * 5_000 + "1]}", 10_001),
        ("a.rdf", '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="urn:a#">'
                  + nested("<A><b>", "", "</b></A>", 3_000) + "</r:RDF>", 6_000),
    ],
)  # fmt: skip
def test_files_that_are_only_odd_are_read(tmp_path, name, content, triples):
    (tmp_path / name).write_text(content, encoding="utf-8")
    named = name == "a.trig"  # its triples are in the default graph too
    assert len(read_dataset(tmp_path / name).store) == triples * (1 + named)


def test_json_is_read_across_the_pieces_it_is_looked_through_in(tmp_path, monkeypatch):
    """Whatever a piece begins or ends with: a quote, a backslash, a bracket within a text."""
    for size in range(1, 40):
        monkeypatch.setattr("kg.formats.triples.nesting._AT_ONCE", size)
        (tmp_path / "a.jsonld").write_text(r'{"@id":"urn:a","urn:p":["[[\\","\"{{",{"urn:q":"\\\"]"}]}' + " " * size)
        assert len(read_dataset(tmp_path / "a.jsonld").store) == 4


@pytest.mark.slow
def test_lists_of_names_are_read_as_carefully(folder, tmp_path):
    (tmp_path / "a.txt").write_text("Link warnt.", encoding="utf-8")
    (tmp_path / "namen.nt").write_text(TRIPLE % nested("<<( <urn:a> <urn:b> ", "<urn:c>", " )>>", 50_000))
    for args in (["build", "a.txt", "-o", "b.ttl", "--gazetteer", "namen.nt"], ["validate", "namen.nt"]):
        assert "namen.nt: nested more than 100 deep" in complains(run(*args, cwd=tmp_path))


def test_xml_that_is_nested_without_end_is_refused_before_it_is_read(tmp_path):
    opening = '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="urn:a#">'
    (tmp_path / "a.rdf").write_text(opening + "<A><b>" * 60_000 + "</b></A>" * 60_000 + "</r:RDF>", encoding="utf-8")
    assert "nested more than 10,000 deep" in complains(run("stats", "a.rdf", cwd=tmp_path))


@pytest.mark.slow
def test_thousands_of_prefixes_take_no_time(tmp_path):
    declared = "".join(f"@prefix p{n}: <http://x.example/{n}#> .\n" for n in range(20_000))
    (tmp_path / "a.ttl").write_text(declared + "".join(f"p{n}:a p{n}:b p{n}:c .\n" for n in range(20_000)))
    began = time.monotonic()
    assert run("stats", "a.ttl", cwd=tmp_path).stdout.split()[:2] == ["triples", "20000"]
    table = run("query", "a.ttl", "SELECT * { ?s ?p ?o }", cwd=tmp_path).stdout.splitlines()
    assert ["p9999:a", "p9999:b", "p9999:c"] in [line.split() for line in table]
    assert time.monotonic() - began < 30  # with time by the square of them it was a minute


def test_a_base_iri_may_be_long(small_graph, tmp_path):
    began = time.process_time()
    replace(small_graph, base_iri=f"http://x.example/{'a' * 5_000}/").write(tmp_path / "a.rdf", "full")
    assert read_graph(tmp_path / "a.rdf").documents == small_graph.documents
    assert time.process_time() - began < 5


XSD = "http://www.w3.org/2001/XMLSchema#"
MARKUP = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<div>" * 16_000, f"{MARKUP}HTML"),
        ("<div>" * 16_000, f"{MARKUP}XMLLiteral"),
        ("1e999999999", f"{XSD}decimal"),
        ("9" * 1_000_000, f"{XSD}integer"),
        ("P" + "1" * 1_000_000 + "Y", f"{XSD}duration"),
        ("2018-01-26T00:00:00." + "9" * 1_000_000, f"{XSD}dateTime"),
        ("jein", f"{XSD}boolean"),
        ("ab" * 500_000, f"{XSD}hexBinary"),
    ],
    ids=["HTML", "XML", "exponent", "digits", "duration", "moment", "truth", "bytes"],
)
def test_no_literal_is_worked_on_without_end(tmp_path, text, kind):
    """Where its text says what it is, rdflib makes a tree of it, or writes out each digit."""
    (tmp_path / "a.ttl").write_text(f'<urn:a> <http://www.w3.org/2000/01/rdf-schema#label> "{text}"^^<{kind}> .\n')
    found = read_rdf(tmp_path / "a.ttl")
    (literal,) = found.objects()
    assert (str(literal), str(literal.datatype)) == (text, kind)
    assert run("stats", "a.ttl", cwd=tmp_path).returncode == 0
    assert [each.label for each in read_gazetteer(tmp_path / "a.ttl")] == [text]


@pytest.mark.parametrize(
    "value", [f'"{"<div>" * 16_000}"^^<{MARKUP}HTML>', f'"1e999999999"^^<{XSD}decimal>'], ids=["HTML", "exponent"]
)
def test_what_is_wrong_with_such_a_literal_is_told(small_graph, tmp_path, value):
    small_graph.write(tmp_path / "a.ttl")
    written = (tmp_path / "a.ttl").read_text(encoding="utf-8")
    (tmp_path / "a.ttl").write_text(written + f"kgf:c3 kg:polarity {value} .\n", encoding="utf-8")
    done = run("validate", "a.ttl", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert 'needs one kg:polarity, "positive" or "negative"' in done.stdout


def test_short_literals_keep_their_values(tmp_path):
    values = {
        "2018-01-26": "date",
        "3": "integer",
        "-1.5": "decimal",
        "1E3": "double",
        "true": "boolean",
        "P1Y": "duration",
    }
    said = ", ".join(f'"{text}"^^<{XSD}{kind}>' for text, kind in values.items())
    (tmp_path / "a.ttl").write_text(f"<urn:a> <urn:b> {said} .")
    assert all(literal.value is not None for literal in read_rdf(tmp_path / "a.ttl").objects())
