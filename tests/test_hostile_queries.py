"""Queries made to break who answers them: an answer or one line, and never a dead process."""

from __future__ import annotations

import re
import signal
import subprocess
import sys

import pyoxigraph
import pytest
from commands import complains, environment, fill, run
from nesting import nested
from serving import ENDLESS

from kg.errors import QueryError
from kg.ontology import prefixes
from kg.rdf.sparql.dataset import Dataset
from kg.rdf.sparql.query import Rows, evaluate, values


@pytest.fixture(scope="module")
def folder(tmp_path_factory, small_graph, small_extractions):
    return fill(tmp_path_factory.mktemp("hostile"), small_graph, small_extractions)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ASK { FILTER(" + "||".join(["?a"] * 5_000) + ") }", False),
        ("SELECT (" + "+".join(["1"] * 5_000) + " AS ?x) {}", [{"x": 5_000}]),
        ("ASK { " + nested("OPTIONAL { ?a ?b ?c ", "", "}", 200) + "}", True),
        ("ASK { FILTER(" + nested("STR(", "?a", ")", 490) + ") }", False),
        ("ASK { FILTER(" + nested("IF(')', ?a, ", "?b", ")", 2_000) + ") }", False),
        ("ASK { ?a " + nested("(", "<urn:p>", ")*", 490) + " ?b }", True),
        ("ASK { ?a " + "|".join(["<urn:p>"] * 3_000) + " ?b }", False),
        ("ASK { ?a <urn:p> ?b " + "FILTER EXISTS { ?a ?b ?c } " * 1_000 + "}", False),
        ("DESCRIBE " + "<urn:a> " * 1_000, []),
        ("SELECT (COUNT(*) AS ?n) { VALUES ?x {" + "<urn:a/b> " * 50_000 + "} }", [{"n": 50_000}]),
        ("SELECT (COUNT(*) AS ?n) { VALUES (?x ?y) {" + "(1 2) " * 50_000 + "} }", [{"n": 50_000}]),
        pytest.param("ASK { FILTER('" + "x" * 10_000_000 + "' = 'y') }", False, marks=pytest.mark.slow),
        ("ASK {} #" + "x" * 10_000_000, True),
        ("ASK { ?a ?b '\0' }", False),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
@pytest.mark.slow
def test_long_and_nested_queries_are_answered(small_graph, query, expected):
    found = small_graph.sparql(query)
    assert (found if isinstance(found, bool | list) else list(found)) == expected


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("ASK { FILTER(" + nested("(", "?a", ")", 5_000) + ") }", "too deep: it has 5,002 brackets open at once"),
        ("ASK " + nested("{ ?a ?b ?c MINUS ", "{}", "}", 600), "too deep: it has 601 brackets open at once"),
        ("SELECT * {" + nested("{ SELECT * {", "", "}}", 600) + "}", "too deep: it has 1,201 brackets open at once"),
        ("ASK {} #" + "(" * 501, "501 brackets open at once, those in texts and comments included, and kg reads"),
        ("ASK {" + "?a ?b ?c MINUS {} " * 501 + "}", "501 of the words OPTIONAL, UNION, BIND and MINUS, and kg reads"),
        ("ASK { FILTER(" + "||".join(["?a"] * 500_000) + ") }", "more brackets and operators than can be read at once"),
        ("ASK { FILTER(" + nested("IF(')',1,", "1", ")", 90_000) + ") }", "more brackets and operators than can be"),
        ("DESCRIBE " + "kg:a " * 200_000, "more brackets and operators than can be read at once"),
        pytest.param(
            "ASK { FILTER(" + nested("REGEX(", "?a", ",'b')", 40) + ") }",
            "it takes more than 2 s to be read and planned",
            marks=pytest.mark.slow,
        ),
        pytest.param(
            "ASK { ?a ?b " + nested("<< ?a ?b ", "1", " >>", 200_000) + "}",
            "it takes more than 2 s to be read",
            marks=pytest.mark.slow,
        ),
        ("ASK {" + "-" * 300_000 + "}", "not SPARQL at '{---------------"),
        ("ASK {" + "a." * 300_000 + "}", "not SPARQL at 'a.a.a.a."),
        ("\\" * 300_000, "not SPARQL at"),
        ("1" * 300_000, "line 1, column 1: 111111111111111111111111111111 asks nothing"),
        ("ASK { ?a ?b '\ud800' }", "line 1, column 14: half a character; decode the query again"),
        ("ASK { FILTER(<urn:f>(1)) }", "The custom function <urn:f> is not supported"),
        ("LOAD <file:///etc/passwd>", "LOAD asks nothing"),
        ("ASK FROM <file:///etc/passwd> {}", "FROM names a graph to read from"),
        ("ASK { SERVICE <http://127.0.0.1:1/> {} }", "SERVICE asks another server"),
        (
            "CONSTRUCT { <urn:a> <urn:b> <<( <urn:a> <urn:b> 1 )>> } {}",
            "triple terms of RDF 1.2, which rdflib does not",
        ),
    ],
    ids=lambda value: value[:40],
)
@pytest.mark.slow
def test_hostile_queries_are_one_line(monkeypatch, small_graph, query, message):
    monkeypatch.setattr("kg.rdf.sparql.rehearsal._SECONDS", 2)
    with pytest.raises(QueryError) as caught:
        small_graph.sparql(query)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


# Of the command line: a process of its own, where it would show if it died.
@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["a.ttl", ENDLESS, "--timeout", "1"], "query: it took longer than 1 s and was ended; narrow it"),
        (
            ["a.ttl", "ASK {FILTER(" + nested("REGEX(", "?a", ",'b')", 40) + ")}", "--timeout", "1"],
            "more than 1 s to be",
        ),
        (["a.ttl", "CONSTRUCT {?a ?b ?f} {?a ?b ?c. ?d ?e ?f. ?g ?h ?i}", "--timeout", "1"], "it took longer than 1 s"),
        (["a.ttl", "SELECT * {} #<" + "'" * 100_000 + "\nSERVICE"], "SERVICE asks another server"),
        (["a.ttl", "-f", "q.rq"], "q.rq: not UTF-8 at byte 0"),
        (["a.ttl", "-f", "."], ".: cannot be read (Is a directory)"),
        (["a.ttl", "ASK {}", "--timeout", "0"], "0.0 is not in the range 0.1<=x<="),
        (["tief.jsonld", "ASK {}"], "tief.jsonld: nested more than 100 deep"),
    ],
)
def test_the_command_line_says_why(folder, args, message):
    (folder / "q.rq").write_bytes(b"\xff\xfe\0A")
    (folder / "tief.jsonld").write_text(nested('{"@graph":[', "", "]}", 5_000))
    assert message in complains(run("query", *args, cwd=folder))


@pytest.mark.skipif(sys.platform == "win32", reason="ulimit is Unix")
@pytest.mark.slow
def test_the_stack_is_large_whatever_the_shell_allows(folder):
    query = "ASK {FILTER(" + nested("STR(", "?a", ")", 490) + ")}"
    command = f"ulimit -s 256; exec {sys.executable} -m kg query a.ttl '{query}'"
    done = subprocess.run(["sh", "-c", command], cwd=folder, env=environment(), capture_output=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (1, b"false\n", b"")


# `kg` that says so when it has come to the query.
AT_WORK = """
import kg.rdf.sparql.query
solve = kg.rdf.sparql.query.solve
def telling(*args, **options):
    print("da", flush=True)
    return solve(*args, **options)
kg.rdf.sparql.query.solve = telling
from kg.__main__ import main
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sends the signal of Ctrl+C")
def test_ctrl_c_ends_a_query_that_is_at_work(folder):
    command = [sys.executable, "-c", AT_WORK, "query", "a.ttl", ENDLESS]
    process = subprocess.Popen(command, cwd=folder, env=environment(), stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"da\n"
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, b"")
    assert errors.strip().startswith(b"kg: interrupted")
    assert errors.strip().count(b"\n") == 0


OPERATORS = "ASK { FILTER(" + "||".join(["true"] * 20_000) + ") }"


@pytest.mark.skipif(sys.platform != "linux", reason="macOS does not heed ulimit -v")
@pytest.mark.parametrize(
    ("megabytes", "expected"),
    [(8_000, (0, "true\n", "")), (450, (2, "", "kg: query: it cannot be answered (no memory for a thread with 51 MB of stack); simplify it\n"))],
)  # fmt: skip
@pytest.mark.slow
def test_a_query_that_needs_more_stack_than_there_is_is_refused(folder, tmp_path, megabytes, expected):
    (tmp_path / "q.rq").write_text(OPERATORS)
    line = ["bash", "-c", f'ulimit -v {megabytes * 1000}; exec "$@"', "-", sys.executable, "-m", "kg"]
    done = subprocess.run([*line, "query", "a.ttl", "-f", tmp_path / "q.rq"], cwd=folder, env=environment(),
                          capture_output=True, encoding="utf-8", timeout=60)  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == expected


def test_paths_of_any_length_are_followed():
    store = pyoxigraph.Store()
    node = [pyoxigraph.NamedNode(f"urn:n{i}") for i in range(20_001)]
    store.extend(pyoxigraph.Quad(node[i], pyoxigraph.NamedNode("urn:p"), node[i + 1]) for i in range(20_000))
    answer = evaluate(Dataset(store, prefixes()), "SELECT (COUNT(?x) AS ?n) { <urn:n0> <urn:p>+ ?x }")
    assert isinstance(answer, Rows)
    assert values(answer, prefixes()) == [{"n": 20_000}]


@pytest.mark.parametrize("seconds", ["nan", "inf", "1e300", "0", "-1"])
@pytest.mark.parametrize("command", [["query", "a.ttl", "ASK {}"], ["serve", "a.ttl"]], ids=["query", "serve"])
def test_a_time_limit_is_a_number_of_seconds(tmp_path, command, seconds):
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:b> 1 .", encoding="utf-8")
    assert "--timeout" in complains(run(*command, "--timeout", seconds, cwd=tmp_path))


@pytest.mark.slow
def test_calls_within_calls_end_with_the_time_that_they_have(tmp_path):
    (tmp_path / "a.ttl").write_text("<urn:a> <urn:b> 1 .", encoding="utf-8")
    query = "ASK { FILTER(" + "REGEX(" * 24 + "?a" + ",'b')" * 24 + ") }"
    assert "query" in complains(run("query", "a.ttl", query, "--timeout", "2", cwd=tmp_path))


def _limited(folder, megabytes, *args):
    """A command of kg that may have so much memory."""
    line = ["bash", "-c", f'ulimit -v {megabytes * 1000}; exec "$@"', "-", sys.executable, "-m", "kg", *args]
    return subprocess.run(line, cwd=folder, env=environment(), capture_output=True, encoding="utf-8", timeout=120)


@pytest.mark.skipif(sys.platform != "linux", reason="macOS does not heed ulimit -v")
@pytest.mark.parametrize(
    "query",
    [
        "SELECT (STRLEN(" + nested('REPLACE(', '"aaaaaaaaaa"', ', "a", "aaaaaaaaaa")', 9) + ") AS ?n) {}",
        'ASK { BIND("aaaaaaaa" AS ?x0) ' + " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(30)) + " FILTER(?x30 = 'a') }",
        "ASK { " + " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(4)) + " { SELECT ?x { ?x ?y ?z . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?z ?d } }",
    ],
    ids=["replace", "concat", "sort"],
)  # fmt: skip
@pytest.mark.slow
def test_a_query_that_outgrows_memory_is_one_line(folder, query):
    done = _limited(folder, 1_500, "query", "a.ttl", query)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"kg: query: it [^\n]*memory[^\n]*\n", done.stderr)
