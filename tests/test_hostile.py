"""Queries and RDF files made to break their readers: an answer or one line, and never a dead process."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from commands import complains, environment, fill, run

from kg.errors import FormatError, QueryError
from kg.formats import read_graph, read_rdf
from kg.ontology import prefixes
from kg.opening import read_dataset
from kg.rdf.sparql.dataset import Dataset
from kg.rdf.sparql.query import Rows, evaluate, values
from kg.rdf.sparql.rehearsal import rehearse
from kg.system.stack import while_wanted, with_room

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory, small_graph, small_extractions):
    return fill(tmp_path_factory.mktemp("hostile"), small_graph, small_extractions)


def nested(before: str, within: str, after: str, depth: int) -> str:
    return before * depth + within + after * depth


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


TRIPLE = "<urn:a> <urn:b> %s ."
TERMS = "".join(f'"t{i}":"t{i + 1}:x",' for i in range(70_000)) + '"z":"urn:a"'
FILES = {
    "objects": ("a.jsonld", nested('{"@id":"urn:a","urn:p":', '"x"', "}", 5_000), 100),
    "lists": ("a.jsonld", '{"@id":"urn:a","urn:p":' + nested('{"@list":[', "1", "]}", 5_000) + "}", 100),
    "graphs": ("a.jsonld", nested('{"@graph":[', "", "]}", 5_000), 100),
    "brackets in texts": ("a.jsonld", nested('{"@id":"urn:a","urn:\\"]}]}":', '"]}"', "}", 5_000), 100),
    "objects that do not end": ("a.jsonld", '{"@id":"urn:a","urn:p":' * 60_000, 100),
    "terms": ("a.jsonld", f'{{"@context":{{{TERMS}}}}}', 1),
    "escaped terms": ("a.jsonld", f'{{"\\u0040context":{{{TERMS}}}}}', 1),
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
    told = "has a context of more than 1 MB" if most == 1 else f"nested more than {most} deep"
    assert str(caught.value).startswith(f"{tmp_path / name}: {told}")


@pytest.mark.parametrize(
    ("name", "content", "triples"),
    [
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


@pytest.mark.slow
def test_lists_of_names_are_read_as_carefully(folder, tmp_path):
    (tmp_path / "a.txt").write_text("Link warnt.", encoding="utf-8")
    (tmp_path / "namen.nt").write_text(TRIPLE % nested("<<( <urn:a> <urn:b> ", "<urn:c>", " )>>", 50_000))
    for args in (["build", "a.txt", "-o", "b.ttl", "--gazetteer", "namen.nt"], ["validate", "namen.nt"]):
        assert "namen.nt: nested more than 100 deep" in complains(run(*args, cwd=tmp_path))


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


def test_room_hands_on_what_comes_of_the_work():
    def fail() -> None:
        raise LookupError("nichts")

    assert with_room(lambda: with_room(lambda: 7)) == 7
    with pytest.raises(LookupError, match="nichts"):
        with_room(fail)


def test_work_that_nobody_waits_for_ends():
    ended = []

    def work() -> None:
        try:
            for _ in while_wanted(iter(int, 1)):
                pass
        finally:
            ended.append(True)

    with pytest.raises(TimeoutError):
        with_room(work, 0.1)
    for _ in range(100):
        if ended:
            break
        time.sleep(0.05)
    assert ended


def test_an_ordinary_query_is_not_rehearsed(monkeypatch):
    monkeypatch.setattr("kg.rdf.sparql.rehearsal.sys.executable", "/fehlt")
    rehearse("SELECT ?a { ?a ?b ?c FILTER(STRLEN(?c) > 3) OPTIONAL { ?c ?d ?e } }", prefixes())
    with pytest.raises(QueryError, match="no process to try it out"):
        rehearse("ASK {" + "{}" * 100 + "}", prefixes())


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("import gibt_es_nicht", "no process to try it out (ModuleNotFoundError: No module named 'gibt_es_nicht'); ask"),
        ("raise MemoryError('nichts frei')", "no process to try it out (MemoryError: nichts frei); ask"),
        ("raise SystemExit(1)", "no process to try it out (exit 1); ask"),
        ("os.abort()", "it takes more memory than there is to be read (SIGABRT); ask"),
        ("os.kill(os.getpid(), 9)", "it takes more memory than there is to be read (SIGKILL); ask"),
        ("os.kill(os.getpid(), signal.SIGALRM)", "it takes more than 1 s to be read and planned; nest less"),
        ("time.sleep(60)", "it takes more than 1 s to be read and planned; nest less"),
        ("os.close(0); time.sleep(60)", "it takes more than 1 s to be read and planned; nest less"),
    ],
)  # fmt: skip
@pytest.mark.skipif(sys.platform == "win32", reason="has no signals")
@pytest.mark.slow
def test_how_a_rehearsal_ended_is_told(monkeypatch, code, message):
    code = f"import os, signal, time; {code}"
    monkeypatch.setattr("kg.rdf.sparql.rehearsal.command", lambda *_: [sys.executable, "-c", code])
    with pytest.raises(QueryError) as caught:
        rehearse("ASK {" + "{}" * 100_000 + "}", prefixes(), 1 if "more than" in message else None)
    assert str(caught.value).startswith(f"query: {message}")


def test_a_time_that_is_given_goes_before_that_for_reading(monkeypatch, small_graph):
    """Forty brackets take less than a second, but more than nothing."""
    query = "ASK { FILTER(" + nested("(", "true", ")", 40) + ") }"
    monkeypatch.setattr("kg.rdf.sparql.rehearsal._SECONDS", 0.001)
    with pytest.raises(QueryError, match=r"more than 0\.001 s to be read and planned; .* or give it more time"):
        small_graph.sparql(query)
    assert evaluate(Dataset(pyoxigraph.Store(), prefixes()), query, 60) is True


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.slow
def test_a_rehearsal_ends_with_the_process_that_started_it(folder, tmp_path):
    """Even one that was killed; and it has no more memory than it may."""
    (tmp_path / "q.rq").write_text("ASK { FILTER(" + nested("REGEX(", "?a", ",'b')", 40) + ") }")
    command = [sys.executable, "-m", "kg", "query", "a.ttl", "-f", tmp_path / "q.rq", "--timeout", "3600"]
    parent = subprocess.Popen(command, cwd=folder, env=environment())
    try:
        copy = until(lambda: next(children(parent.pid), None))
        child = until(lambda: next(children(copy), None))
        until(lambda: int(stat(child)[11]) > 20)  # it is at work
        limits = Path(f"/proc/{child}/limits").read_text()
        assert limits.partition("Max address space")[2].split()[0].isdigit()
    finally:
        parent.kill()
        parent.wait()
    until(lambda: stat(copy)[0] in "ZX" and stat(child)[0] in "ZX")


def until(found):
    """What is found, once it is."""
    end = time.monotonic() + 20
    while not (value := found()):
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.05)
    return value


def children(parent: int):
    """Yield the processes that a process has started."""
    for path in Path("/proc").glob("[0-9]*"):
        if stat(int(path.name))[1] == str(parent):
            yield int(path.name)


def stat(pid: int) -> list[str]:
    """What Linux says of a process, behind its name: the state first, X for one that is gone."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return ["X", ""]


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


def test_room_within_room_is_as_much_as_is_needed(monkeypatch):
    monkeypatch.setattr("kg.system.stack._STACKS", (1 << 26, 1 << 22))
    assert with_room(lambda: with_room(lambda: 7, least=1 << 26)) == 7
    with pytest.raises(MemoryError, match="134 MB of stack"):
        with_room(lambda: with_room(lambda: 7, least=1 << 27))


def test_paths_of_any_length_are_followed():
    store = pyoxigraph.Store()
    node = [pyoxigraph.NamedNode(f"urn:n{i}") for i in range(20_001)]
    store.extend(pyoxigraph.Quad(node[i], pyoxigraph.NamedNode("urn:p"), node[i + 1]) for i in range(20_000))
    answer = evaluate(Dataset(store, prefixes()), "SELECT (COUNT(?x) AS ?n) { <urn:n0> <urn:p>+ ?x }")
    assert isinstance(answer, Rows)
    assert values(answer, prefixes()) == [{"n": 20_000}]


def test_xml_that_is_nested_without_end_is_refused_before_it_is_read(tmp_path):
    opening = '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="urn:a#">'
    (tmp_path / "a.rdf").write_text(opening + "<A><b>" * 60_000 + "</b></A>" * 60_000 + "</r:RDF>", encoding="utf-8")
    assert "nested more than 10,000 deep" in complains(run("stats", "a.rdf", cwd=tmp_path))


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


def test_what_frames_hold_is_let_go_where_it_was_made():
    """pyoxigraph complains when an answer is let go in another thread, be it held by an error behind the error."""
    let_go = []

    class Answer:
        def __del__(self) -> None:
            let_go.append(threading.current_thread())

    def find() -> None:
        answer = Answer()
        raise LookupError(type(answer).__name__)

    def work() -> None:
        try:
            find()
        except LookupError as error:
            raise MemoryError from error

    with pytest.raises(MemoryError):
        with_room(work)
    assert [thread.name for thread in let_go] == ["kg"]


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
