"""The commands that ask a graph, as a shell sees them: query, show, why, stats."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from commands import complains, fill, run

from kg.records import Entity


@pytest.fixture(scope="module")
def folder(tmp_path_factory, small_graph, small_extractions) -> Path:
    """A folder with a store and an RDF file, for commands that only read."""
    return fill(tmp_path_factory.mktemp("cli"), small_graph, small_extractions)


def test_why_reads_rdf_too(folder):
    done = run("why", "a.ttl", "Huawei", "beliefern", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "  Huawei will Duisburg beliefern.\n" in done.stdout


@pytest.mark.parametrize("graph", ["a.kg", "a.ttl"])
def test_query_prints_a_table(folder, graph):
    done = run("query", graph, "SELECT ?wer ?l { ?wer org:headOf/rdfs:label ?l }", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "wer             l",
        "--------------  --------",
        "kge:Sören_Link  Duisburg",
    ]


@pytest.mark.parametrize(
    ("query", "format", "expected"),
    [
        ("SELECT ?l { ?wer org:headOf/rdfs:label ?l }", "csv", "l\nDuisburg\n"),
        (
            "SELECT ?wer { ?wer org:headOf ?was }",
            "csv",
            "wer\nhttps://kg.example/entity/Sören_Link\n",
        ),
        (
            """SELECT ?a ?b { VALUES (?a ?b) { ('x, "y"' UNDEF) (1.50 'z') } }""",
            "csv",
            'a,b\n"x, ""y""",\n1.5,z\n',
        ),
        ("ASK { ?wer org:headOf ?was }", "table", "true\n"),
        ("ASK { ?wer org:headOf ?was }", "csv", "true\n"),
        (
            "CONSTRUCT { ?a org:headOf ?b } WHERE { ?a org:headOf ?b }",
            "ttl",
            "@prefix kge: <https://kg.example/entity/> .\n@prefix org: <http://www.w3.org/ns/org#> .\n\n"
            "kge:Sören_Link org:headOf kge:Duisburg .\n",
        ),
    ],
)
def test_query_formats(folder, query, format, expected):
    assert run("query", "a.ttl", query, "--format", format, cwd=folder).stdout == expected


def test_query_json_is_that_of_the_w3c(folder):
    done = run("query", "a.ttl", "SELECT ?l { ?wer org:headOf/rdfs:label ?l }", "--format", "json", cwd=folder)
    bindings = [{"l": {"type": "literal", "value": "Duisburg", "xml:lang": "de"}}]
    assert json.loads(done.stdout) == {"head": {"vars": ["l"]}, "results": {"bindings": bindings}}


def test_query_from_a_file_and_from_stdin(folder):
    query = "\ufeffSELECT ?l { ?wer org:headOf/rdfs:label ?l }"
    (folder / "q.rq").write_text(query, encoding="utf-8")
    answers = [
        run("query", "a.ttl", "-f", "q.rq", cwd=folder),
        run("query", "a.ttl", "-f", "-", cwd=folder, stdin=query[1:].encode()),
    ]
    assert [done.stdout.splitlines()[-1] for done in answers] == ["Duisburg"] * 2


@pytest.mark.parametrize("args", [[], ["fehlt.kg"]])
def test_ready_queries_are_printed(folder, args):
    done = run("query", *args, "--explain-examples", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("# Wer spricht für wen, wer leitet was, wer gehört wohin?\n# Who speaks for,")


@pytest.mark.parametrize("query", ["SELECT * { ?x org:headOf kge:Huawei }", "ASK { ?x org:headOf kge:Huawei }"])
def test_query_that_finds_nothing_exits_1(folder, query):
    done = run("query", "a.ttl", query, cwd=folder)
    assert (done.returncode, done.stderr) == (1, "")


def test_query_that_finds_nothing_says_what_the_graph_does_not_have(folder):
    done = run("query", "a.kg", "SELECT ?p { ?f kg:polartiy ?p ; schema:naem 'x' }", cwd=folder)
    assert (done.returncode, done.stdout) == (1, "p\n-\n")
    assert done.stderr.splitlines() == [
        "kg: the graph has no kg:polartiy; did you mean kg:polarity?",
        "kg: the graph has no schema:naem; nothing in it is called like that",
    ]
    assert run("query", "a.kg", "SELECT ?p { ?f kg:polarity|kg:polartiy ?p }", cwd=folder).stderr == ""


def test_of_many_terms_that_the_graph_does_not_have_twenty_are_told(folder):
    names = " ".join(f"kge:fehlt{number}" for number in range(5_500))
    done = run("query", "a.kg", f"ASK {{ VALUES ?x {{ {names} }} ?x ?p ?o }}", "--timeout", "60", cwd=folder)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 21)
    assert done.stderr.splitlines()[-1] == "kg: and 5,480 more terms that the graph does not have"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["SELCT"], "kg: query: line 1, column 1: SELCT asks nothing"),
        ([], "kg: give the query as an argument or with -f"),
        (["ASK {}", "-f", "q.rq"], "one of the two"),
        (["-f", "fehlt.rq"], "kg: fehlt.rq: cannot be read"),
        (["SELECT * {}", "--format", "ttl"], "a SELECT or ASK query is answered as table, csv or json"),
        (["CONSTRUCT WHERE {?s org:headOf ?o}", "--format", "csv"], "a CONSTRUCT or DESCRIBE query is answered as ttl"),
    ],
)
def test_query_wrong_use(folder, args, message):
    assert message in complains(run("query", "a.ttl", *args, cwd=folder))


def test_why_marks_the_sentence(folder):
    done = run("why", "a.kg", "Link", "unterzeichnen", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "Sören Link – hat unterzeichnet – Memorandum of Understanding  positive, asserted, on 2018-01-12, 1 document",
        "  Am 12. Januar 2018 *unterzeichnete* [Link] ein „[Memorandum of Understanding]“.",
        '    Huawei & "Duisburg", Rheinische Nachrichten, 2022-04-01 · zeitung/huawei.txt:28-101 · '
        "time: Am 12. Januar 2018",
    ]


def test_why_tells_what_is_denied_and_who_says_so(folder):
    text = run("why", "a.kg", "RhineCloud", cwd=folder).stdout
    assert "RhineCloud – nicht: setzt ein – Komponenten von Huawei  negative, asserted, 1 document" in text
    assert "  [RhineCloud] *setzt* keine [Komponenten von Huawei] *ein*." in text


@pytest.mark.parametrize("graph", ["a.kg", "a.ttl"])
@pytest.mark.parametrize(
    "args", [("Prinz",), ("Prinz", "übergeben"), ("Saller", "übergeben in", "Stade"), ("Stade", "Prinz")]
)
def test_why_finds_whoever_takes_part(folder, graph, args):
    done = run("why", graph, *args, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    head, sentence, *_ = done.stdout.splitlines()
    words = ("übergab", "die Schlüssel") if graph == "a.kg" else ("übergeben", "Schlüssel")  # as text and graph have it
    said = " – ".join(("Henrik Saller", *words, "Nele Prinz", "in Stade", "nur ungern"))
    assert head == f"{said}  positive, asserted, 1 document"
    if graph == "a.kg":
        assert sentence == "  [Henrik Saller] *übergab* [Nele Prinz] in [Stade] [die Schlüssel] [nur ungern]."


def test_show_prints_a_card(folder):
    done = run("show", "a.kg", "Sören Link", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[:4] == ["Sören Link", "  Person, 3 mentions in 2 documents", "  also: Link", "  id: Sören_Link"]
    assert "  as subject" in lines
    assert "    Sören Link – leitet – Duisburg  positive, asserted, 2 documents" in lines
    assert "      Oberbürgermeister [Sören Link] *leitet* [Duisburg].  (blog.txt)" in lines


@pytest.mark.parametrize(
    "args",
    [("show", "a.kg", "Sören Linkk"), ("why", "a.kg", "Niemand"), ("why", "a.kg", "Link", "warnen vor", "Huawei")],
)
def test_what_is_not_there_exits_1(folder, args):
    done = run(*args, cwd=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(r"kg: .*\n", done.stderr)


def test_no_colour_into_a_pipe(folder):
    assert "\x1b" not in run("why", "a.kg", "Link", cwd=folder, FORCE_COLOR="1").stdout


def test_stats_of_a_store_and_of_rdf(folder):
    store, triples = (run("stats", name, cwd=folder) for name in ("a.kg", "a.ttl"))
    assert (store.returncode, triples.returncode) == (0, 0)
    counts = dict(re.findall(r"^ *(\S+) +(\d+)$", store.stdout, re.MULTILINE))
    assert counts.items() >= {"documents": "3", "claims": "8", "Person": "4", "negative": "1", "planned": "1"}.items()
    assert counts.items() >= {"recipient": "1", "place": "1", "manner": "1"}.items()
    counts = dict(re.findall(r"^ *(\S+) +(\d+)$", triples.stdout, re.MULTILINE))
    assert counts.items() >= {"facts": "7", "schema:Person": "4", "negative": "1", "planned": "1"}.items()


@pytest.mark.parametrize(
    ("said", "of"),
    [
        ("unterzeichnete", "kg why"),
        ("unterzeichnen", "kg why"),
        ("unterzeichnete", "--predicate"),
        ("LEITET", "kg why"),
    ],
)
def test_a_predicate_may_be_named_as_the_text_has_it(folder, said, of):
    arguments = ["why", "a.kg", "Link", said] if of == "kg why" else ["show", "a.kg", "Link", of, said]
    done = run(*arguments, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert ("*leitet*" if said == "LEITET" else "*unterzeichnete*") in done.stdout


def test_others_of_a_name_are_told(tmp_path, small_graph):
    """Eiskirch is a town, and somebody is called so."""
    names = (("Eiskirch", "Place"), ("Jan_Eiskirch", "Person"), ("TSV_Eiskirch", "Organization"))
    entities = tuple(Entity(id, type, id.replace("_", " ")) for id, type in names)
    replace(small_graph, entities=(*small_graph.entities, *entities)).write(tmp_path / "a.ttl", "full")
    done = run("show", "a.ttl", "eiskirch", cwd=tmp_path)
    assert done.stdout.startswith("Eiskirch\n  Place")
    told = "there is also Jan Eiskirch (Person, id Jan_Eiskirch); name the id to see that one"
    assert done.stderr == f"kg: eiskirch: this is Eiskirch (Place); {told}\n"
    assert run("show", "a.ttl", "Jan_Eiskirch", cwd=tmp_path).stderr == ""


@pytest.mark.parametrize("name", ["x" * 100_000, "Duisburg ist " * 8_000, "a: b; " * 20_000, "/usr" * 25_000])
def test_what_was_meant_as_a_name_is_not_told_at_length(folder, name):
    for args in (("show", "a.kg", name), ("why", "a.kg", "Huawei", name), (name, "a.kg"), ("stats", "a.kg", name)):
        told = run(*args, cwd=folder)
        assert (told.returncode in (1, 2), told.stderr.count("\n"), len(told.stderr) < 13_000) == (True, 1, True)
        assert len(told.stderr) < 1_500 or ":" in name


def test_a_long_path_is_told_whole(folder):
    path = "/".join(["ordner" * 20] * 20) + "/fehlt.kg"
    assert f"kg: {path}: no such store" in run("show", path, "Huawei", cwd=folder).stderr


@pytest.mark.skipif(sys.platform != "linux", reason="where a query runs in a copy of the process")
@pytest.mark.parametrize(
    ("select", "long"),
    [("*", f"BIND(CONCAT(STR(?a), '{'x' * 20_000}') AS ?x)"), ("(GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g))) AS ?x)", "")],
    ids=["many rows", "a long text"],
)  # fmt: skip
def test_a_query_that_eats_memory_is_ended_in_one_line(tmp_path, small_graph, select, long):
    small_graph.write(tmp_path / "a.nt")
    query = f"SELECT {select} {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i {long} }}"
    done = run("query", "a.nt", query, "--memory", "100", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("kg: query: it needs more memory than the 100 MB that it may take (")
    assert done.stderr.endswith("; narrow it, set a LIMIT, or give it more (--memory, ulimit -v)\n")
    assert done.stderr.count("\n") == 1
