"""The command line as a shell sees it: what is printed where, the exit code, and what is left on disk."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib

import kg
from kg.pipeline import fingerprint
from kg.records import Document, Extraction
from kg.sources import read_sources
from kg.store import Store

MODEL = {name: value for name, value in os.environ.items() if name == "KG_MODEL"}
ROOT = Path(kg.__file__).parents[1]


def environment(**extra: str) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in ("KG_MODEL", "NO_COLOR")}
    return inherited | {"PYTHONPATH": str(ROOT)} | extra


def run(*args: object, cwd: Path, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[str]:
    """`kg` with some arguments, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "kg", *map(str, args)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env=environment(**env),
        timeout=120,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    )


def complains(done: subprocess.CompletedProcess[str]) -> str:
    """Check that a command ended as wrong use should, and return its one line."""
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert done.stderr.startswith("kg: ")
    assert done.stderr.count("\n") == 1
    return done.stderr.strip()


@pytest.fixture(scope="module")
def folder(tmp_path_factory, small_graph, small_extractions) -> Path:
    """A folder with a store and an RDF file, for commands that only read."""
    folder = tmp_path_factory.mktemp("cli")
    with Store(folder / "a.kg") as store:
        for document, extraction in small_extractions:
            store.add(document, extraction, "f")
    small_graph.write(folder / "a.ttl")
    return folder


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["build", "foto.jpg", "-o", "a.ttl"], "foto.jpg"),
        (["build", "binär.txt", "-o", "a.ttl"], "binär.txt"),
        (["build", "leer.txt", "-o", "a.ttl"], "leer.txt"),
        (["build", "fehlt.txt", "-o", "a.ttl"], "fehlt.txt"),
        (["build", "nichts", "-o", "a.ttl"], "nichts"),
        (["build", "kaputt.jsonl", "-o", "a.ttl"], "2"),
        (
            ["build", "gut.txt", "-o", "a.xyz"],
            "a.xyz: unknown suffix .xyz; use .gexf, .graphml, .html, .jsonl, .jsonld, .kg, ",
        ),
        (["build", "gut.txt", "-o", "a"], "a: no suffix"),
        (["build", "gut.txt", "-o", "a.ttl", "-o", "fest.ttl"], "fest.ttl: is read-only"),
        (["build", "gut.txt", "-o", "fest.kg"], "fest.kg: is read-only"),
        (["build", "gut.txt", "-o", "fest/a.ttl"], "fest/a.ttl: the folder"),
        (["build", "gut.txt", "-o", "fehlt/a.ttl"], "fehlt/a.ttl: there is no folder"),
        (["build", "gut.txt", "-o", "nichts"], "nichts: "),
        (["build", "gut.txt", "-o", "a.kg", "-o", "b.kg"], "a.kg and b.kg: a build keeps one .kg store"),
        (["build", "eins.jsonl", "-o", "eins.jsonl"], "eins.jsonl is an input too"),
        (["build", "gut.txt"], "Missing option '-o'"),
        (["build", "-o", "a.ttl"], "Missing argument 'INPUT...'"),
        (["build", "gut.txt", "-o", "a.ttl", "--level", "voll"], "'plain', 'claims', 'full'"),
        (["build", "gut.txt", "-o", "a.ttl", "--date", "heute"], "--date heute: no day; write it as YYYY-MM-DD"),
        (["build", "gut.txt", "-o", "a.rdf", "--rdf12"], "a.rdf: .rdf has no triple terms of RDF 1.2; use .nq, .nt,"),
        (["export", "fehlt.kg", "a.jsonld", "--rdf12"], "a.jsonld: .jsonld has no triple terms of RDF 1.2"),
        (["build", "gut.txt", "-o", "a.ttl", "--base-iri", "x"], "x: no base IRI"),
        (["build", "gut.txt", "-o", "a.ttl", "--workers", "0"], "--workers"),
        (["build", "gut.txt", "-o", "a.ttl", "--model", "de_gibt_es_nicht"], "de_gibt_es_nicht"),
        (["build", "gut.txt", "-o", "fremd.kg"], "fremd.kg: no kg store"),
        (["extract", "fehlt.txt"], "fehlt.txt"),
        (["extract", "gut.txt", "--base-iri", "x"], "x: no base IRI"),
        (["export", "fehlt.kg", "a.ttl"], "fehlt.kg: no such store"),
        (["export", "gut.txt", "a.ttl"], "gut.txt: no kg store"),
        (["export", "fehlt.kg", "a.kg"], "a.kg: a store is written while texts are read"),
        (["query", "fehlt.kg", "ASK {}"], "fehlt.kg: no such store"),
        (["query", "gut.txt", "ASK {}"], "gut.txt: unknown suffix .txt; pass a .kg store or an RDF file"),
        (["query", "fehlt.ttl", "ASK {}"], "fehlt.ttl: cannot be read"),
        (["show", "fehlt.kg", "Link"], "fehlt.kg: no such store"),
        (["why", "a.ttl", "Link"], "a.ttl: cannot be read (No such file or directory)"),
        (["show", "fremd.ttl", "Link"], "fremd.ttl: not written by kg, whose vocabulary it does not declare"),
        (["validate", "fremd.ttl"], "fremd.ttl: not written by kg, whose vocabulary it does not declare"),
        (["validate", "fehlt.kg"], "fehlt.kg: no such store"),
        (["stats", "fremd.kg"], "fremd.kg: no kg store"),
        (["bild"], "No such command 'bild'"),
        (["show", "a.kg", "Link", "zu viel"], "see `kg show --help`"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use_is_one_line_and_leaves_nothing(tmp_path, args, message):
    (tmp_path / "gut.txt").write_text("Link warnt.", encoding="utf-8")
    (tmp_path / "foto.jpg").write_bytes(b"\xff\xd8\xff\xe0" * 99)
    (tmp_path / "binär.txt").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "leer.txt").write_bytes(b"")
    (tmp_path / "nichts").mkdir()
    (tmp_path / "kaputt.jsonl").write_text('{"text": "Link warnt."}\n{"text": \n')
    (tmp_path / "eins.jsonl").write_text('{"text": "Link warnt."}\n')
    (tmp_path / "fremd.kg").write_text("Einkaufsliste")
    (tmp_path / "fremd.ttl").write_text("<urn:a> <urn:b> <urn:c> .")
    for name in ("fest.ttl", "fest.kg"):
        (tmp_path / name).write_text("alt")
        (tmp_path / name).chmod(0o444)
    (tmp_path / "fest").mkdir(mode=0o555)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert message in complains(run(*args, cwd=tmp_path))
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_validate_says_what_is_wrong(folder, tmp_path):
    for name in ("a.kg", "a.ttl"):
        done = run("validate", name, cwd=folder)
        assert (done.returncode, done.stdout, done.stderr) == (0, f"{name}: valid\n", "")
    sound = (folder / "a.ttl").read_text(encoding="utf-8")
    (tmp_path / "b.ttl").write_text(sound.replace('kg:modality "planned"', 'kg:modality "maybe"'), encoding="utf-8")
    done = run("validate", "b.ttl", cwd=tmp_path)
    fault = "kgf:e5 (Huawei – beliefern – Duisburg (geplant)): needs one kg:modality: asserted, planned, possible, "
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == f"{fault}required, reported or disputed\nb.ttl: 1 fault\n"


def test_why_reads_rdf_too(folder):
    done = run("why", "a.ttl", "Huawei", "beliefern", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "  Huawei will Duisburg beliefern.\n" in done.stdout


def test_help_without_arguments(tmp_path):
    done = run(cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "kg build artikel/ -o artikel.kg" in done.stdout


def test_a_build_says_that_it_is_the_graph_of_its_inputs(tmp_path):
    for name in ("alt", "neu"):
        (tmp_path / f"{name}.txt").write_text("Auch interessant\n", encoding="utf-8")
    with Store(tmp_path / "a.kg") as store:
        for name in ("alt", "älter"):
            store.add(Document(name, "Link warnt."), Extraction((), ()), "f")
        [letter] = read_sources([str(tmp_path / "neu.txt")])
        store.add(letter, Extraction((), ()), fingerprint())
    done = run("build", "neu.txt", "-o", "a.kg", cwd=tmp_path, **MODEL)
    assert "kg: a.kg: 2 documents removed that are not among the inputs\n" in done.stderr
    help_text = " ".join(run("build", "--help", cwd=tmp_path).stdout.split())
    assert "documents of an earlier build that are not among them are removed" in help_text


def test_version(tmp_path):
    assert run("--version", cwd=tmp_path).stdout == f"kg {kg.__version__}\n"


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


@pytest.mark.parametrize(
    ("args", "facts"),
    [
        ([], ["RhineCloud – nicht: setzt ein – Komponenten von Huawei", "Huawei – beliefern – Duisburg (geplant)"]),
        (["--polarity", "negative"], ["RhineCloud – nicht: setzt ein – Komponenten von Huawei"]),
        (["--modality", "planned", "--until", "2018"], ["Huawei – beliefern – Duisburg (geplant)"]),
    ],
)
def test_filters_choose_the_facts_of_a_card_and_of_why(folder, args, facts):
    card = run("show", "a.kg", "Huawei", *args, cwd=folder)
    assert sorted(line.strip().partition("  ")[0] for line in card.stdout.splitlines() if " – " in line) == sorted(
        facts
    )
    assert card.stdout.startswith("Huawei\n  Organization, 2 mentions in 2 documents\n")
    why = run("why", "a.kg", "Huawei", *args, cwd=folder)
    assert sorted(line.partition("  ")[0] for line in why.stdout.splitlines() if " – " in line) == sorted(facts)
    assert (card.returncode, why.returncode) == (0, 0)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (
            ["show", "a.kg", "Huawei", "--predicate", "unterzeichnen"],
            "Huawei: no fact with it passes the filters; widen",
        ),
        (["why", "a.kg", "Huawei", "--min-weight", "2"], "Huawei: no fact with it passes the filters; widen them"),
        (["why", "a.kg", "Link", "unterzeichnen", "--speaker", "Huwei"], "Huwei: no entity of that name; did you mean"),
    ],
)
def test_filters_that_leave_nothing_of_a_card(folder, args, message):
    done = run(*args, cwd=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"kg: {message}")


def test_no_colour_into_a_pipe(folder):
    assert "\x1b" not in run("why", "a.kg", "Link", cwd=folder, FORCE_COLOR="1").stdout


def test_stats_of_a_store_and_of_rdf(folder):
    store, triples = (run("stats", name, cwd=folder) for name in ("a.kg", "a.ttl"))
    assert (store.returncode, triples.returncode) == (0, 0)
    counts = dict(re.findall(r"^ *(\S+) +(\d+)$", store.stdout, re.MULTILINE))
    assert counts.items() >= {"documents": "2", "claims": "6", "Person": "2", "negative": "1", "planned": "1"}.items()
    counts = dict(re.findall(r"^ *(\S+) +(\d+)$", triples.stdout, re.MULTILINE))
    assert counts.items() >= {"facts": "5", "schema:Person": "2", "negative": "1", "planned": "1"}.items()


def test_export_writes_every_format(folder, tmp_path):
    targets = [tmp_path / f"b{suffix}" for suffix in (".ttl", ".nt", ".graphml", ".jsonl")]
    done = run("export", "a.kg", *targets, cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert all(target.stat().st_size > 1000 for target in targets)
    assert len(rdflib.Graph().parse(targets[0])) == len(rdflib.Graph().parse(targets[1]))


@pytest.mark.parametrize(
    "env", [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "ascii"}]
)
def test_output_is_utf8_whatever_the_locale(folder, env):
    done = run("query", "a.ttl", "SELECT ?l { ?x a schema:Person ; rdfs:label ?l } ORDER BY ?l", cwd=folder, **env)
    assert done.stdout.splitlines()[2:] == ["Jan Weidenfeld", "Sören Link"]


def test_a_closed_pipe_is_no_error(folder):
    """As in `kg query … | head -1`: far more output than a pipe holds, and a reader that leaves."""
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000"
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "query", "a.ttl", query],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout.readline()
    process.stdout.close()
    assert process.wait(timeout=60) == 0
    assert process.stderr.read() == b""
    process.stderr.close()


@pytest.mark.skipif(os.name == "nt", reason="signals and named pipes are Unix")
def test_an_interruption_is_one_line(tmp_path, folder):
    query = tmp_path / "q.rq"
    os.mkfifo(query)
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "query", "a.ttl", "-f", str(query)],
        cwd=folder,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    with query.open("w"):  # opens once kg has opened it to read, and waits
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.decode().strip().startswith("kg: interrupted")
    assert errors.decode().strip().count("\n") == 0


@pytest.mark.parametrize(
    ("args", "labels"),
    [
        (["--around", "huawei"], "Duisburg Huawei Komponenten von Huawei RhineCloud"),
        (["--around", "Link", "--hops", "2"], "Duisburg Huawei Memorandum of Understanding Sören Link"),
        (["--around", "Link", "--min-weight", "2"], "Duisburg Sören Link"),
        (["--types", "Person, Place"], "Duisburg Jan Weidenfeld Sören Link"),
        (["--modality", "planned", "--from", "2018", "--until", "2018-02"], "Duisburg Huawei"),
        (["--polarity", "negative"], "Komponenten von Huawei RhineCloud"),
        (["--predicate", "leiten"], "Duisburg Sören Link"),
    ],
)
def test_filters_choose_what_is_exported(folder, tmp_path, args, labels):
    path = tmp_path / "teil.jsonl"
    assert run("export", folder / "a.kg", path, *args, cwd=folder).returncode == 0
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert " ".join(record["label"] for record in found if record["kind"] == "entity") == labels


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--around", "Huwei"], "Huwei: no entity of that name; did you mean Huawei"),
        (["--around", "Weidenfeld", "--min-weight", "2"], "Weidenfeld: no fact with it passes the filters; widen them"),
        (["--min-weight", "3"], "no fact passes the filters, and nothing was written; widen them"),
        (["--speaker", "Huwei"], "Huwei: no entity of that name; did you mean Huawei"),
    ],
)
def test_filters_that_leave_nothing(folder, tmp_path, args, message):
    (tmp_path / "teil.gexf").write_text("was vorher da war")
    done = run("export", folder / "a.kg", tmp_path / "teil.gexf", *args, cwd=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"kg: {message}")
    assert (tmp_path / "teil.gexf").read_text() == "was vorher da war"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--types", "Mensch"], "'Mensch' is none of Person, Organization"),
        (["--modality", "asserted,wahr"], "'wahr' is none of asserted, planned"),
        (["--from", "gestern"], "gestern: no date; write YYYY, YYYY-MM or YYYY-MM-DD"),
        (["--from", "2022", "--until", "2018"], "2022 to 2018: ends before it begins"),
        (["--polarity", "nein"], "'nein' is not one of 'positive', 'negative'"),
        (["--min-weight", "0"], "0 is not in the range x>=1"),
        (["--hops", "2"], "--hops counts from an entity; name it with --around"),
    ],
)
def test_what_is_no_filter_is_said_before_the_work(tmp_path, args, message):
    (tmp_path / "gut.txt").write_text("Link warnt.", encoding="utf-8")
    assert message in complains(run("build", "gut.txt", "-o", "a.gexf", *args, cwd=tmp_path))
    assert os.listdir(tmp_path) == ["gut.txt"]


def test_a_store_is_never_filtered(tmp_path):
    (tmp_path / "gut.txt").write_text("Link warnt.", encoding="utf-8")
    message = complains(run("build", "gut.txt", "-o", "a.kg", "--min-weight", "2", cwd=tmp_path))
    assert "a store keeps the whole graph; filter when you export it, or add another output" in message
