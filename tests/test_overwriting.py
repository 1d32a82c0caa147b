"""What is read, and what kg has not written, is not overwritten, however an output may reach it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from commands import complains, contents, environment, fill
from machine import unix

import kg
from kg import cli
from kg.errors import FormatError, KgError, SourceError
from kg.formats.suffixes import RDF12, READERS, WRITERS
from kg.reader.pipeline import fingerprint
from kg.records import LEVELS, Extraction
from kg.sources.documents import read_sources
from kg.store.store import Store


@pytest.fixture(scope="module")
def folder(tmp_path_factory, small_graph, small_extractions) -> Path:
    return fill(tmp_path_factory.mktemp("overwriting"), small_graph, small_extractions)


DECOMPOSED = unicodedata.normalize("NFD", "ordner/märz.jsonl")


@pytest.fixture
def desk(tmp_path, folder, monkeypatch):
    """A folder of texts, a list of names, a model, a store, and links to all of them."""
    for name in ("ordner", "tabelle", "modell", "leer"):
        (tmp_path / name).mkdir()
    for name in ("in.jsonl", "märz.jsonl"):
        (tmp_path / "ordner" / name).write_text('{"text": "Link warnt."}\n', encoding="utf-8")
    (tmp_path / "ordner" / "seite.txt").write_text("Link warnt.", encoding="utf-8")
    (tmp_path / "ordner" / "seite.json").write_text('{"title": "Seite"}', encoding="utf-8")
    (tmp_path / "tabelle" / "nodes.csv").write_text("id,label\nx,Huawei\n", encoding="utf-8")
    for name in ("config.cfg", "meta.json", "muster.jsonl"):
        (tmp_path / "modell" / name).write_text("{}", encoding="utf-8")
    for name in ("a.kg", "a.ttl"):
        shutil.copy(folder / name, tmp_path / name)
    for link, target in {
        "text.jsonl": "ordner/in.jsonl",
        "neben.ttl": "ordner/seite.json",
        "verweis": "ordner",
        "graph.ttl": "a.ttl",
        "speicher.ttl": "a.kg",
        "fragen.csv": "a.kg",
        "teil.ttl": ".b.kg.part",
    }.items():
        (tmp_path / link).symlink_to(tmp_path / target)
    os.link(tmp_path / "ordner" / "in.jsonl", tmp_path / "hart.jsonl")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="Windows makes links for few")
@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("build ordner -o ordner/in.jsonl", "ordner/in.jsonl is an input too, and would be overwritten; name another"),
        ("build ordner/in.jsonl -o leer/../ordner/in.jsonl", "leer/../ordner/in.jsonl is an input too (ordner/in.jsonl)"),
        ("build ordner -o text.jsonl", "text.jsonl is an input too (ordner/in.jsonl)"),
        ("build text.jsonl -o ordner/in.jsonl", "ordner/in.jsonl is an input too (text.jsonl)"),
        ("build ordner -o hart.jsonl", "hart.jsonl is an input too (ordner/in.jsonl)"),
        ("build verweis -o ordner/in.jsonl", "ordner/in.jsonl is an input too (verweis/in.jsonl)"),
        ("build ordner -o ordner/IN.jsonl", "ordner/IN.jsonl is an input too (ordner/in.jsonl)"),
        (f"build ordner -o {DECOMPOSED}", "is an input too (ordner/märz.jsonl)"),
        ("build ordner -o neben.ttl", "neben.ttl is an input too (ordner/seite.json)"),
        ("build ordner/seite.txt -o neben.ttl", "neben.ttl is an input too (ordner/seite.json)"),
        ("build ordner --gazetteer a.ttl -o graph.ttl", "graph.ttl is an input too (a.ttl)"),
        ("build ordner --gazetteer tabelle/nodes.csv -o tabelle/", "tabelle/nodes.csv is an input too"),
        ("build ordner --model modell -o modell/muster.jsonl", "modell/muster.jsonl is an input too"),
        ("build ordner -o b.ttl -o ./b.ttl", "b.ttl and ./b.ttl lead to one file; name it once"),
        ("build ordner -o b.ttl -o B.ttl", "b.ttl and B.ttl lead to one file"),
        ("build ordner -o neu/ -o neu//", "neu/ and neu// lead to one file"),
        ("build ordner -o neu.ttl/ -o neu.ttl", "neu.ttl/ and neu.ttl lead to one file"),
        ("build ordner -o b.kg -o teil.ttl", "b.kg and teil.ttl lead to one file"),
        ("export a.ttl a.ttl", "a.ttl is an input too"),
        ("export a.ttl b.nt graph.ttl", "graph.ttl is an input too (a.ttl)"),
        ("export a.kg speicher.ttl", "speicher.ttl is an input too (a.kg)"),
        ("export a.kg b.nt ./b.nt", "b.nt and ./b.nt lead to one file"),
        ("review a.kg --export a.kg", "a.kg is no name for a sheet; take .csv for questions, .jsonl for the ledger"),
        ("review a.kg --export b.kg", "b.kg is no name for a sheet"),
        ("review a.kg --export fragen.csv", "fragen.csv is an input too"),
        ("review a.kg --export a.kg-journal", "a.kg-journal is no name for a sheet"),
        ("review a.kg --export .a.kg.part", ".a.kg.part is no name for a sheet"),
        ("review a.kg --export ordner/brief.txt", "ordner/brief.txt is no name for a sheet"),
        ("build ordner -o -", "-: standard output has no suffix to tell the format by; name a file, or use `kg extract`"),
    ],
    ids=lambda value: unicodedata.normalize("NFC", value),
)  # fmt: skip
def test_what_is_read_is_not_overwritten(desk, command, message):
    before = contents(desk)
    with pytest.raises((KgError, cli.group.click.UsageError)) as caught:
        cli.cli.main(command.split(), standalone_mode=False)
    assert message in str(caught.value)
    assert contents(desk) == before
    assert not (desk / "neu").exists()


PAGE = "<!doctype html><title>Mai</title><p>Link warnt.</p>"
PREFIXES = "@prefix kg: <https://kg.example/ontology#> .\n@prefix kge: <https://kg.example/entity/> .\n\n"
GEPHI_XML = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta lastmodifieddate="2026-11-29"><creator>Gephi 0.10.1</creator></meta>
"""
GRAPHML = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key attr.name="label" attr.type="string" for="node" id="label"/>
"""
TRIPLE = '<https://kg.example/entity/Link> <http://www.w3.org/2000/01/rdf-schema#label> "Link"@de .\n'


@pytest.mark.parametrize(
    ("command", "name", "content"),
    [
        ("export a.kg mai.html", "mai.html", PAGE),
        ("export a.kg b.nt mai.jsonl", "mai.jsonl", '{"text": "Link warnt."}\n'),
        ("export a.kg mai.jsonl", "mai.jsonl", '{"kind": "article", "text": "Link warnt."}\n'),
        ("export a.kg mai.jsonl", "mai.jsonl", '{"kind": "document", "id": "mai", "text": "Link warnt."}\n'),
        ("export a.kg mai.jsonl", "mai.jsonl", "\n" * 1000 + '{"text": "Link warnt."}\n'),
        ("build ordner -o mai.html", "mai.html", PAGE),
        ("build ordner -o mai.ttl", "mai.ttl", "mine"),
        ("export a.kg mai.ttl", "mai.ttl", f"{PREFIXES}kge:Link kg:signed kge:Vertrag .\n"),
        ("export a.kg mai.trig", "mai.trig", f"{PREFIXES}kg:g {{ kge:Link kg:signed kge:Vertrag }}\n"),
        ("export a.kg mai.nt", "mai.nt", TRIPLE),
        ("export a.kg mai.nq --level plain", "mai.nq", TRIPLE),
        ("export a.kg mai.jsonld", "mai.jsonld", '{"@context": {"kg": "https://kg.example/ontology#"}, "@graph": []}'),
        ("export a.kg mai.rdf", "mai.rdf", '<rdf:RDF xmlns:kg="https://kg.example/ontology#"/>'),
        ("export a.kg mai.gexf", "mai.gexf", GEPHI_XML),
        ("export a.kg mai.graphml", "mai.graphml", GRAPHML),
        ("export a.kg tafeln/", "tafeln/nodes.csv", "Ort;Zahl\n"),
        ("export a.kg tafeln/", "tafeln/nodes.csv", "Id,Label,timeset,type,kind\nLink,Link,,Person,\n"),
        ("export a.kg tafeln/", "tafeln/edges.csv", "Source,Target,Type,Id,Label,timeset,Weight\n"),
        ("export a.kg tafeln/", "tafeln/evidence.csv", "fact,document,page\n"),
    ],
)
def test_what_kg_has_not_written_is_not_replaced(desk, command, name, content):
    (desk / "tafeln").mkdir()
    (desk / name).write_text(content, encoding="utf-8")
    before = contents(desk)
    with pytest.raises(KgError, match=f"{name}: is there and was not written by kg; name another file, or remove it"):
        cli.cli.main(command.split(), standalone_mode=False)
    assert contents(desk) == before


RDF = " ".join(f"b{suffix}" for suffix in WRITERS if suffix in READERS)
OTHERS = " ".join(f"b{suffix}" for suffix in WRITERS if suffix not in READERS)


@pytest.mark.parametrize(
    "command",
    [
        f"export a.kg {OTHERS} tafeln/",
        *(f"export a.kg {RDF} --level {level}" for level in LEVELS),
        f"export a.kg {' '.join(f'b{suffix}' for suffix in RDF12)} --rdf12",
        f"export leer.kg {OTHERS} tafeln/",
        *(f"export leer.kg {RDF} --level {level}" for level in LEVELS),
        "review a.kg --export b.csv",
        "review a.kg --export b.jsonl",
    ],
)
def test_what_kg_wrote_is_written_again(desk, command):
    with Store("leer.kg") as store:
        store.set("base_iri", "https://example.org/g/")
    for _ in range(2):
        assert cli.cli.main(command.split(), standalone_mode=False) in (0, 1)


def test_an_empty_file_is_nobodys(desk):
    names = [f"b{suffix}" for suffix in WRITERS]
    for name in names:
        Path(name).touch()
    assert cli.cli.main(["export", "a.kg", *names], standalone_mode=False) == 0
    assert all(Path(name).stat().st_size for name in names)


def test_outputs_beside_the_inputs_are_written(desk, capsys, caplog):
    """One file under two names is what is refused, not one folder."""
    for command in ("export a.kg b.ttl tafeln/ ordner/b.ttl ordner/neu.html b.ttl", "export a.ttl a.nt"):
        assert cli.cli.main(command.split(), standalone_mode=False) == 0
    assert all((desk / name).is_file() for name in ("b.ttl", "tafeln/edges.csv", "ordner/b.ttl", "a.nt"))


def test_geonames_is_no_file(desk, monkeypatch):
    def read() -> None:
        raise SourceError("gelesen")

    monkeypatch.setattr("kg.sources.gazetteer.geonames", read)
    with pytest.raises(SourceError, match=r"^gelesen$"):
        cli.cli.main("build ordner --gazetteer geonames -o geonames/".split(), standalone_mode=False)


@unix
def test_what_comes_in_on_stdin_is_not_overwritten(tmp_path):
    (tmp_path / "in.jsonl").write_text('{"text": "Link warnt."}\n', encoding="utf-8")
    before = contents(tmp_path)
    command = [sys.executable, "-m", "kg", "build", "-", "-o", "in.jsonl"]
    with (tmp_path / "in.jsonl").open() as stdin:
        done = subprocess.run(command, cwd=tmp_path, env=environment(), stdin=stdin, capture_output=True, text=True)
    assert "kg: in.jsonl is an input too (standard input)" in complains(done)
    assert contents(tmp_path) == before


def test_a_text_among_the_inputs_of_the_next_build_is_announced(tmp_path, monkeypatch, caplog):
    monkeypatch.chdir(tmp_path)
    Path("texte").mkdir()
    Path("texte/brief.txt").write_text("Link warnt.", encoding="utf-8")
    with Store("a.kg") as store:
        store.add(next(read_sources(["texte"])), Extraction((), ()), fingerprint())
    command = "build texte -o a.kg -o texte/graph.html -o texte/graph.ttl -o graph.html".split()
    assert cli.cli.main(command, standalone_mode=False) == 1
    assert "texte/graph.html: the next build of texte would read it as a text; name a place outside" in caplog.messages
    assert sum("would read it" in message for message in caplog.messages) == 1
    with pytest.raises(FormatError, match=r"texte/graph\.html is an input too"):
        cli.cli.main(command, standalone_mode=False)


@pytest.mark.skipif(os.name == "nt", reason="Windows makes links for few")
def test_a_store_of_the_api_is_no_input(tmp_path):
    (tmp_path / "brief.txt").write_text("Link warnt.", encoding="utf-8")
    (tmp_path / "a.kg").symlink_to(tmp_path / "brief.txt")
    with pytest.raises(FormatError, match="is an input too"):
        kg.build(tmp_path / "brief.txt", store=tmp_path / "a.kg")
    assert (tmp_path / "brief.txt").read_text(encoding="utf-8") == "Link warnt."
