"""The command line as a shell sees it: what is printed where, the exit code, and what is left on disk."""

from __future__ import annotations

import logging
import os
import re
import signal
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
import rdflib
from commands import MODEL, complains, environment, fill, run

import kg
from kg.cli.terminal import LateLog
from kg.formats.suffixes import WRITERS, or_list
from kg.reader.pipeline import fingerprint
from kg.records import Document, Extraction
from kg.sources.documents import read_sources
from kg.store.store import Store
from kg.system.log import AT_ONCE, log


@pytest.fixture(scope="module")
def folder(tmp_path_factory, small_graph, small_extractions) -> Path:
    """A folder with a store and an RDF file, for commands that only read."""
    return fill(tmp_path_factory.mktemp("cli"), small_graph, small_extractions)


@pytest.mark.skipif(sys.platform == "win32", reason="has no such names")
@pytest.mark.slow
def test_a_name_with_a_line_end_makes_no_line_of_its_own(tmp_path):
    """Whatever is said of it: that it is left out, how it was read, what was skipped, where the graph went."""
    odd = "a\nkg: alles gut\x1b[2J\u2028\x85"
    (tmp_path / odd).mkdir()
    for name, content in (("b.txt", "Link besuchte Köln.".encode("cp1252")), (f"{odd}.txt", b""), (f"c.{odd}", b"")):
        (tmp_path / odd / name).write_bytes(content)
    done = run("build", odd, "-o", f"{odd}.kg", cwd=tmp_path)
    assert done.returncode == 0
    result, *warnings = done.stderr.rstrip("\n").split("\n")
    assert len(done.stderr.splitlines()) == 4
    assert {line.partition(r"a\nkg: alles gut\x1b[2J\u2028\x85")[0] for line in warnings} == {"kg: ", "kg: left out: "}
    assert result.endswith(r"→ a\nkg: alles gut\x1b[2J\u2028\x85.kg")


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
            f"a.xyz: unknown suffix .xyz; use {or_list([*WRITERS, '.kg'])}, or a folder/",
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
    (tmp_path / "kaputt.jsonl").write_text('\n{"text": \n')
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


def test_what_cannot_be_read_is_told_and_the_rest_is_built(tmp_path):
    for name, content in (("gut.txt", b"Angela Merkel besuchte Paris."), ("leer.txt", b""), ("bild.txt", b"\x89PNG\0")):
        (tmp_path / name).write_bytes(content)
    done = run("build", ".", "-o", "a.ttl", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr.splitlines()[1:] == [
        "kg: left out: bild.txt: a binary file, no text; pass a text, a page or JSON Lines",
        "kg: left out: leer.txt: empty; write a text into it or leave it out",
    ]
    assert "cannot be read: nothing is left" in run("build", "leer.txt", "bild.txt", "-o", "b.ttl", cwd=tmp_path).stderr
    (tmp_path / "kreis.txt").symlink_to("kreis.txt")
    assert "kreis.txt: a broken link" in complains(run("build", "kreis.txt", "-o", "b.ttl", cwd=tmp_path))


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
    told = complains(run("build", "neu.txt", "-o", "a.kg", cwd=tmp_path, **MODEL))
    assert told.startswith(
        "kg: a.kg: 2 documents of it are not among the inputs (alt, älter); name all inputs, or pass"
    )
    done = run("build", "neu.txt", "-o", "a.kg", "--replace", cwd=tmp_path, **MODEL)
    assert "kg: a.kg: 2 documents removed that are not among the inputs\n" in done.stderr
    help_text = " ".join(run("build", "--help", cwd=tmp_path).stdout.split())
    assert "pass --replace to remove the documents of an earlier build that are not among them" in help_text


def test_extract_explains_which_pass_changed_what(tmp_path):
    (tmp_path / "brief.txt").write_text("Der Konzern ließ Akten vernichten.", encoding="utf-8")
    done = run("extract", "brief.txt", "--explain", cwd=tmp_path, **MODEL)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[:2] == ["# brief", "Der Konzern ließ Akten vernichten."]
    assert "    vernichten: ließ/xcomp → ROOT\n" in done.stdout
    assert done.stdout.splitlines() == list(kg.explain(tmp_path / "brief.txt", model=MODEL.get("KG_MODEL")))


def test_version(tmp_path):
    assert run("--version", cwd=tmp_path).stdout == f"kg {kg.__version__}\n"


def test_export_writes_every_format(folder, tmp_path):
    targets = [tmp_path / f"b{suffix}" for suffix in (".ttl", ".nt", ".graphml", ".jsonl")]
    done = run("export", "a.kg", *targets, cwd=folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"3 documents, 11 entities, 5 facts → {', '.join(map(str, targets))}\n"
    assert all(target.stat().st_size > 1000 for target in targets)
    assert len(rdflib.Graph().parse(targets[0])) == len(rdflib.Graph().parse(targets[1]))


@pytest.mark.parametrize(
    "env", [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "ascii"}]
)
def test_output_is_utf8_whatever_the_locale(folder, env):
    done = run("query", "a.ttl", "SELECT ?l { ?x a schema:Person ; rdfs:label ?l } ORDER BY ?l", cwd=folder, **env)
    assert done.stdout.splitlines()[2:] == ["Henrik Saller", "Jan Weidenfeld", "Nele Prinz", "Sören Link"]


@pytest.mark.slow
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


@pytest.mark.skipif(os.name == "nt", reason="named pipes are Unix")
@pytest.mark.parametrize(
    "command",
    [
        "stats f.ttl", "stats f.kg", "validate f.nq", "query f.ttl ASK{}", "query f.kg ASK{}", "query a.ttl -f f.rq",
        "show f.rdf Link", "why f.kg Link", "export f.kg b.ttl", "export f.ttl b.nt", "serve f.ttl", "serve f.kg",
        "build gut.txt -o b.ttl --gazetteer f.csv", "build gut.txt -o b.ttl --gazetteer f.ttl", "build f.txt -o b.ttl",
        "build f.html gut.txt -o b.ttl", "extract f.jsonl", "review f.kg", "review a.kg --import f.csv",
        "review a.kg --import f.jsonl", "export a.kg f.ttl", "review a.kg --export f.csv", "build gut.txt -o f.kg",
    ],
)  # fmt: skip
def test_a_pipe_with_a_name_is_no_file(tmp_path, small_graph, small_extractions, command):
    """Who opens one waits until somebody writes into it."""
    fill(tmp_path, small_graph, small_extractions)
    (tmp_path / "gut.txt").write_text("Link warnt.", encoding="utf-8")
    for name in filter(re.compile(r"f\.\w+").fullmatch, command.split()):
        os.mkfifo(tmp_path / name)
    complains(run(*command.split(), cwd=tmp_path))


@pytest.mark.skipif(os.name == "nt", reason="bash")
@pytest.mark.slow
def test_a_pipe_of_the_shell_is_read(folder, tmp_path):
    kg = f"{sys.executable} -m kg"
    line = f"{kg} query a.ttl -f <(echo 'ASK {{}}') && echo 'ASK {{}}' | {kg} query a.ttl -f /dev/stdin"
    line += f" && {kg} review {tmp_path}/b.kg --import <(:)"
    (tmp_path / "b.kg").write_bytes((folder / "a.kg").read_bytes())
    done = subprocess.run(["bash", "-c", line], cwd=folder, env=environment(), capture_output=True, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        b"true\n" * 2,
        f"0 new judgements → {tmp_path}/b.kg\n".encode(),
    )


BUSY = """
import os, time
import {module}
def telling(*args, **options):
    os.write(1, b"da\\n")
    time.sleep(60)
{module}.{name} = telling
from kg.__main__ import main
main()
"""


@pytest.mark.skipif(os.name == "nt", reason="sends the signal of Ctrl+C")
@pytest.mark.parametrize(
    ("place", "command"),
    [
        ("kg.opening.open", "show a.kg Link"),
        ("kg.formats._write_file", "export a.kg {}/b.ttl"),
        ("kg.rdf.sparql.query.solve", "query a.ttl ASK{{}}"),
        ("kg.cli.ask._read_query", "query a.ttl -f q.rq"),
        ("kg.review.ledger.read_ledger", "review a.kg --import b.csv"),
    ],
)
def test_ctrl_c_is_one_word(tmp_path, folder, place, command):
    module, _, name = place.rpartition(".")
    line = [sys.executable, "-c", BUSY.format(module=module, name=name), *command.format(tmp_path).split()]
    process = subprocess.Popen(line, cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout.readline() == b"da\n"
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=60)
    assert (process.returncode, out, errors) == (130, b"", b"kg: interrupted\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("outputs", [["b.ttl"], ["b.gexf", "b/"]])
def test_an_export_says_what_it_wrote(folder, tmp_path, outputs):
    done = run("export", folder / "a.kg", *outputs, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert re.fullmatch(rf"3 documents, \d+ entities, \d+ facts → {', '.join(outputs)}\n", done.stderr)


def test_what_kg_wrote_is_no_text_and_that_is_one_line(folder, tmp_path):
    (tmp_path / "texte").mkdir()
    (tmp_path / "texte" / "gut.txt").write_text("Angela Merkel besuchte Paris.", encoding="utf-8")
    run("export", folder / "a.kg", tmp_path / "texte" / "a.jsonl", cwd=tmp_path)
    ledger = '{"left": "a#0-1", "right": "b#0-1", "verdict": "same"}\n'
    (tmp_path / "texte" / "b.jsonl").write_text(ledger * 30, encoding="utf-8")
    claims = run("extract", tmp_path / "texte" / "gut.txt", cwd=tmp_path).stdout
    (tmp_path / "texte" / "c.jsonl").write_text(claims * 30, encoding="utf-8")
    done = run("build", "texte", "-o", "a.ttl", cwd=tmp_path)
    lines = [
        f"kg: left out: texte/{name}.jsonl: is what kg wrote, no texts; move it to another folder" for name in "abc"
    ]
    assert done.stderr.splitlines() == ["1 document, 2 entities, 1 fact → a.ttl", *lines]


def test_what_takes_long_is_told_while_it_does(capsys):
    logger = logging.getLogger("kg")
    level = logger.level
    with warnings.catch_warnings():
        kept = LateLog()
        try:
            log.warning("brief: left out")
            log.warning("akte: takes a while", extra=AT_ONCE)
            assert capsys.readouterr().err == "kg: akte: takes a while\n"
            kept.tell()
            assert capsys.readouterr().err == "kg: brief: left out\n"
        finally:
            logging.getLogger().removeHandler(kept)
            logger.setLevel(level)
