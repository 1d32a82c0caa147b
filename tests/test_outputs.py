"""What is written, where, and how it fails: nothing that is read is lost, and no file is ever half there."""

from __future__ import annotations

import os
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import time
import unicodedata
from pathlib import Path

import lxml.etree
import pytest
from commands import MODEL, complains, environment, fill, how_many, run

import kg
from kg import cli
from kg.errors import FormatError, KgError, SourceError
from kg.formats.suffixes import RDF12, READERS, WRITERS
from kg.knowledge_graph import KnowledgeGraph
from kg.reader.pipeline import fingerprint
from kg.records import LEVELS, Entity, Extraction, Fact
from kg.review.ledger import write_questions
from kg.show import explorer
from kg.sources.documents import read_sources
from kg.store.store import Store
from kg.system.files import check_target, replacing

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
unix = pytest.mark.skipif(os.name == "nt", reason="pipes, devices and shells are Unix")


@pytest.fixture(scope="module")
def folder(tmp_path_factory, small_graph, small_extractions) -> Path:
    """A folder with a store and an RDF file, for commands that only read."""
    return fill(tmp_path_factory.mktemp("outputs"), small_graph, small_extractions)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# How an output may reach what is read.

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


# What is no file.


def _device(path: Path) -> None:
    os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 3))


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))


@unix
@pytest.mark.parametrize(
    ("make", "message"),
    [
        (os.mkfifo if hasattr(os, "mkfifo") else None, "is a pipe, which no file may replace; name a file"),
        (_socket, "is a socket"),
        pytest.param(_device, "is a device", marks=pytest.mark.skipif(not ROOT, reason="only root makes devices")),
        (lambda path: path.symlink_to("/dev/null"), "is a device"),
        (lambda path: path.symlink_to(path), "is a link that leads in a circle; remove it, or name another file"),
    ],
    ids=["pipe", "socket", "device", "link to a device", "link to itself"],
)
def test_only_files_are_replaced(tmp_path, monkeypatch, small_graph, make, message):
    monkeypatch.chdir(tmp_path)  # the path of a socket has to be short
    for name in ("x.ttl", "x.kg", "x.csv"):
        make(Path(name))
    before = {path.name: path.lstat().st_ino for path in tmp_path.iterdir()}
    for write in (
        lambda: small_graph.write("x.ttl"),
        lambda: kg.build("brief.txt", store="x.kg"),
        lambda: write_questions("x.csv", []),
    ):
        Path("brief.txt").write_text("Link warnt.", encoding="utf-8")
        with pytest.raises(FormatError, match=message):
            write()
        Path("brief.txt").unlink()
    assert {path.name: path.lstat().st_ino for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("name", ["x" * 300 + ".ttl", "a\0b.ttl"])
def test_names_that_no_file_system_takes_are_one_line(tmp_path, name):
    with pytest.raises(FormatError, match=r"cannot be written \(.*\); check the name and its permissions"):
        check_target(tmp_path / name)


def test_the_longest_names_can_be_written(tmp_path, small_graph):
    path = tmp_path / f"{'x' * 251}.ttl"
    small_graph.write(path)
    assert os.listdir(tmp_path) == [path.name]


# One output that fails, and those after it.


@pytest.fixture
def odd_graph() -> KnowledgeGraph:
    """A graph that RDF/XML cannot hold: its predicate ends in a number."""
    entities = (Entity("A", "Thing", "A"), Entity("B", "Thing", "B"))
    return KnowledgeGraph((), entities, (Fact("1", "A", "kgp:13", "x", "B", ""),))


def test_what_can_be_written_is_written_and_the_rest_is_named(tmp_path, odd_graph):
    odd_graph.write(tmp_path / "g.ttl")
    done = run("export", "g.ttl", "a.rdf", "a.graphml", "a/", "a.html", cwd=tmp_path)
    line = "a.rdf: <https://kg.example/predicate/13>: RDF/XML has no place for this predicate"
    assert complains(done).startswith(f"kg: {line}")
    assert sorted(os.listdir(tmp_path)) == ["a", "a.graphml", "a.html", "g.ttl"]


CONTROLS = "nur\x0cein\x00 \ud800 \ufffe\uffff"


@pytest.mark.parametrize("suffix", [".rdf", ".graphml", ".gexf"])
def test_what_xml_has_no_place_for_is_replaced_with_one_warning(tmp_path, caplog, suffix):
    path = tmp_path / f"a{suffix}"
    entities = (Entity("A", "Thing", CONTROLS), Entity("B", "Thing", CONTROLS))
    KnowledgeGraph((), entities, (Fact("1", "A", "kgp:x", "x", "B", ""),)).write(path)
    assert caplog.messages == [
        f"{path}: has no place for U+0000, U+000C, U+D800, U+FFFE, U+FFFF of a text; written as U+FFFD"
    ]
    read = lxml.etree.parse(path)
    assert "nur\ufffdein\ufffd \ufffd \ufffd\ufffd" in lxml.etree.tostring(read, encoding="unicode")


@pytest.mark.parametrize("text", ["zwei\r\nZeilen", "\r", "\rA\r", "A\n\tB \x85\u2028"])
def test_every_line_end_comes_back_from_rdfxml(tmp_path, caplog, text):
    graph = KnowledgeGraph((), (Entity("A", "Thing", f"A{text}"),), ())
    graph.write(tmp_path / "a.rdf")
    assert kg.open(tmp_path / "a.rdf").entities == graph.entities
    assert caplog.messages == []


# What a killed writer leaves.

WRITER = """
import sys
from kg.system.files import replacing
with replacing(sys.argv[1]) as stream:
    stream.write(b"langsam")
    stream.flush()
    print("da", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def writer(tmp_path):
    """A process that is writing a.ttl, until its stdin ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path / "a.ttl")],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout.readline() == b"da\n"
    yield process
    process.kill()
    process.communicate(timeout=20)


def write(path: Path, content: bytes = b"neu") -> None:
    with replacing(path) as stream:
        stream.write(content)


def test_what_a_killed_writer_left_is_removed_by_the_next(tmp_path, writer):
    assert len(os.listdir(tmp_path)) == 1
    writer.kill()
    writer.wait(timeout=20)
    write(tmp_path / "b.ttl")
    assert len(os.listdir(tmp_path)) == 2  # what is left of another file is not its business
    write(tmp_path / "a.ttl")
    assert sorted(os.listdir(tmp_path)) == ["a.ttl", "b.ttl"]


def test_two_writers_do_not_disturb_each_other(tmp_path, writer):
    write(tmp_path / "a.ttl")
    assert (tmp_path / "a.ttl").read_bytes() == b"neu"
    assert len(os.listdir(tmp_path)) == 2
    writer.communicate(timeout=20)
    assert writer.returncode == 0
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.ttl", b"langsam")]


def test_one_process_may_write_a_file_twice_at_once(tmp_path):
    with replacing(tmp_path / "a.ttl") as stream:
        write(tmp_path / "a.ttl")
        stream.write(b"danach")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.ttl", b"danach")]


def _access(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return stat.S_IMODE(found.st_mode), found.st_uid, found.st_gid


@unix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666, 0o755])
def test_who_may_read_a_file_may_read_its_next_version_and_nobody_else(tmp_path, small_graph, mode):
    for name in ("a.ttl", "a.gexf", "a/nodes.csv"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
        path.chmod(mode)
        small_graph.write(f"{tmp_path}/a/" if path.suffix == ".csv" else path)
        assert (path.stat().st_size > 0, _access(path)[0]) == (True, mode)


@unix
def test_a_new_file_has_the_permissions_of_any_other(tmp_path):
    (tmp_path / "b").touch()
    write(tmp_path / "a.ttl")
    assert _access(tmp_path / "a.ttl") == _access(tmp_path / "b")


@pytest.mark.skipif(not ROOT, reason="only root can be somebody else for a while")
@pytest.mark.parametrize(
    ("writer", "groups", "access"),
    [
        (0, [], (0o640, 1001, 1002)),
        (1003, [1002], (0o640, 1003, 1002)),
        (1003, [], (0o600, 1003, 1003)),  # what a group may read is not for another one
    ],
)
def test_a_file_stays_with_its_owner_and_group(writer, groups, access):
    code = (
        f"import os; from kg.system import files; os.setgroups({groups}); os.setegid({writer}); os.seteuid({writer})\n"
    )
    code += "files._writable = lambda path: True\n"  # it asks for the one who started the process
    code += "with files.replacing('a.ttl') as stream: stream.write(b'neu')"
    with tempfile.TemporaryDirectory() as name:  # that of pytest is for root alone
        path = Path(name, "a.ttl")
        path.touch()
        os.chown(path, 1001, 1002)
        path.chmod(0o640)
        os.chown(name, 0, writer)
        Path(name).chmod(0o777)
        subprocess.run([sys.executable, "-c", code], cwd=name, env=environment(), check=True, timeout=20)
        assert (path.read_bytes(), _access(path)) == (b"neu", access)


def test_the_content_is_on_the_disk_before_its_name_is(tmp_path, monkeypatch):
    written = []
    monkeypatch.setattr(os, "fsync", lambda file: written.append(os.fstat(file).st_size))
    replace = os.replace
    monkeypatch.setattr(os, "replace", lambda *paths: (written.append("name"), replace(*paths)))
    write(tmp_path / "a.ttl")
    assert written == [3, "name"]


def _ended() -> int:
    """The number of a process that was."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait(timeout=20)
    return process.pid


HERE, ELSEWHERE = kg.system.files._host(), "0123abcd"


@unix
@pytest.mark.parametrize(
    ("pid", "host", "days", "goes"),
    [
        (_ended, "", 2, False),
        (_ended, f"-{HERE}-00000000", 0, True),
        (_ended, f"-{ELSEWHERE}-00000000", 0, False),
        (_ended, f"-{ELSEWHERE}-00000000", 2, True),
        (os.getpid, f"-{HERE}-00000000", 0, False),
        (os.getpid, f"-{HERE}-00000000", 2, True),
        (lambda: 9_999_999_999, f"-{HERE}-00000000", 0, True),
        (_ended, "-entwurf", 2, False),
    ],
    ids=[
        "a number alone", "ended", "on another host", "on another host, days ago", "running",
        "its number is used again", "no number of a process", "somebody else's name",
    ],
)  # fmt: skip
def test_a_leftover_is_removed_when_its_writer_is_surely_dead(tmp_path, pid, host, days, goes):
    left = tmp_path / f".a.ttl.{pid()}{host}.part"
    left.write_bytes(b"halb")
    os.utime(left, (time.time() - days * 86400,) * 2)
    write(tmp_path / "a.ttl")
    assert left.exists() is not goes


@unix
def test_a_file_that_somebody_holds_is_no_leftover(tmp_path):
    import fcntl

    left = tmp_path / f".a.ttl.{_ended()}-{HERE}-00000000.part"
    with left.open("wb") as stream:
        os.utime(left, (0, 0))
        fcntl.flock(stream, fcntl.LOCK_EX)
        write(tmp_path / "a.ttl")
        assert left.exists()
    write(tmp_path / "a.ttl")
    assert not left.exists()


# Nowhere to print to.

PRINTING = [
    ("query", "a.ttl", "SELECT * { ?a ?b ?c }"),
    ("query", "a.ttl", "--explain-examples"),
    ("show", "a.kg", "Link"),
    ("why", "a.kg", "Link"),
    ("stats", "a.kg"),
    ("validate", "a.ttl"),
    ("extract", "brief.txt"),
    ("--help",),
    ("build", "--help"),
    ("--version",),
    (),
]


def shell(redirection: str, *args: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    command = ["sh", "-c", f'exec "$@" {redirection}', "sh", sys.executable, "-m", "kg", *args]
    return subprocess.run(command, cwd=cwd, env=environment(**env), capture_output=True, text=True, timeout=120)


@unix
@pytest.mark.parametrize("args", PRINTING, ids=" ".join)
@pytest.mark.parametrize(
    ("redirection", "reason"), [(">/dev/full", "No space left on device"), (">&-", "it is closed")]
)
def test_what_cannot_be_printed_is_an_error_of_one_line(folder, args, redirection, reason):
    if "full" in redirection and not os.path.exists("/dev/full"):
        pytest.skip("there is no /dev/full")
    (folder / "brief.txt").write_text("Angela Merkel besuchte Paris.", encoding="utf-8")
    for unbuffered in ("", "1") if args == ("--version",) else ("",):
        done = shell(redirection, *args, cwd=folder, PYTHONUNBUFFERED=unbuffered)
        assert (
            complains(done) == f"kg: standard output: cannot be written ({reason}), and is not whole; send it elsewhere"
        )


@unix
@pytest.mark.parametrize("args", [("--help",), ("stats", "a.kg"), ("validate", "a.ttl")], ids=" ".join)
def test_a_reader_who_left_is_no_error(folder, args):
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "kg", *args]
    done = subprocess.run(command, cwd=folder, env=environment(), stdout=writing, stderr=subprocess.PIPE, timeout=60)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@unix
@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("extract", "-"), "standard input: closed; pipe a text in, or pass files"),
        (("query", "a.ttl", "-f", "-"), "standard input: closed; pipe a query in, or name its file"),
    ],
)
def test_a_closed_stdin_is_one_line(folder, args, message):
    assert message in complains(shell("<&-", *args, cwd=folder))


@unix
@pytest.mark.parametrize("redirection", ["<&- >&- 2>&-", "2>&-", "2>/dev/full"])
def test_who_prints_nothing_needs_no_streams(folder, tmp_path, redirection):
    if "full" in redirection and not os.path.exists("/dev/full"):
        pytest.skip("there is no /dev/full")
    shutil.copy(folder / "a.kg", tmp_path / "a.kg")
    done = shell(redirection, "export", "a.kg", "b.ttl", "b.rdf", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert kg.open(tmp_path / "b.ttl") == kg.open(tmp_path / "b.rdf")
    assert len(os.listdir(tmp_path)) == 3


# A full disk.


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 160 kB, with some old files on it."""
    place = tmp_path / "klein"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=160k", "none", str(place)]
    if not ROOT or not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root mounts a small disk")
    shutil.copy(Path(explorer.__file__).with_name("explorer.html"), place / "a.html")
    for name in ("a.ttl", "a.jsonl", "a.rdf", "tabellen/"):
        KnowledgeGraph((kg.Document("alt", "Alt."),), (), ()).write(f"{place}/{name}")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_on_a_full_disk_the_old_files_stay(small_disk, folder):
    with (small_disk / "voll").open("wb") as full, pytest.raises(OSError, match="No space left"):
        full.write(b"x" * 300_000)
    before = contents(small_disk)
    names = ("a.ttl", "a.html", "a.jsonl", "a.rdf", "tabellen/", "neu.nt")
    done = run("export", folder / "a.kg", *names, cwd=small_disk)
    lines = done.stderr.splitlines()
    assert (done.returncode, done.stdout, len(lines)) == (2, "", len(names))
    for name, line in zip(names, lines, strict=True):
        assert line.startswith(f"kg: {name}")
        assert line.endswith("cannot be written (No space left on device); check disk and permissions")
    assert contents(small_disk) == before


@pytest.mark.parametrize(("there", "room"), [(False, 90_000), (False, 4096), (False, 0), (True, 50_000), (True, 0)])
@pytest.mark.slow
def test_on_a_full_disk_the_old_store_stays(small_disk, folder, there, room):
    if there:
        kg.build(kg.Document("alt", "Ohne Verb."), store=small_disk / "a.kg")
    with (small_disk / "voll").open("wb") as full, pytest.raises(OSError, match="No space left"):
        full.write(b"x" * 300_000)
    os.truncate(small_disk / "voll", (small_disk / "voll").stat().st_size - room)
    (small_disk.parent / "brief.jsonl").write_text(
        "".join(f'{{"text": "Angela Merkel besuchte Paris {n} Mal. {"Und so weiter. " * 300}"}}\n' for n in range(9))
    )
    before = contents(small_disk)
    build = ("build", small_disk.parent / "brief.jsonl", "-o", "a.kg", "--replace")
    assert complains(run(*build, cwd=small_disk, **MODEL)).startswith("kg: a.kg: ")
    left = small_disk / ".a.kg.part"
    assert contents(small_disk) == before | ({str(left): left.read_bytes()} if left.exists() else {})
    read = how_many(left)
    assert left.exists() is (read > 0) is (room > 50_000)  # else not even a copy of the store had room, or an empty one
    if not read:
        return
    (small_disk / "voll").unlink()
    assert run(*build, cwd=small_disk, **MODEL).returncode == 0
    assert read < how_many(small_disk / "a.kg") == 9
    assert not left.exists()


@unix
def test_past_the_limit_of_file_sizes_the_small_outputs_are_written(folder, tmp_path):
    done = shell("", "export", str(folder / "a.kg"), "a.html", "a.jsonld", cwd=tmp_path)
    assert done.returncode == 0
    (tmp_path / "a.jsonld").unlink()
    before = contents(tmp_path)
    command = f'ulimit -f 64; exec "{sys.executable}" -m kg export "{folder / "a.kg"}" a.html a.jsonld'
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, env=environment(), capture_output=True, text=True)
    assert complains(done) == "kg: a.html: cannot be written (File too large); check disk and permissions"
    assert (tmp_path / "a.jsonld").stat().st_size > 1000
    (tmp_path / "a.jsonld").unlink()
    assert contents(tmp_path) == before


# An error is the only line.


def test_what_was_logged_before_an_error_is_not_told(tmp_path):
    (tmp_path / "a.txt").write_bytes("Müller besuchte Köln. Der Bürgermeister begrüßte ihn.\n".encode("latin-1"))
    (tmp_path / "b.jsonl").write_text('{"id": "a", "text": "Link warnt."}\n', encoding="utf-8")
    (tmp_path / "foto.jpg").write_bytes(b"")
    assert complains(run("extract", ".", cwd=tmp_path)).startswith(
        "kg: b.jsonl:1: the document id 'a' is taken by a.txt"
    )


LOGGING = """
import logging
from kg import cli
from kg.cli.group import cli as group
@group.command()
def anders():
    for number in range(20_000):
        logging.getLogger("kg").warning("warnt %d Mal", number)
    logging.getLogger("bibliothek").error("eine Bibliothek klagt")
    raise cli.KgError("es geht nicht")
cli.main(["anders"])
"""


def test_however_much_is_logged_and_by_whom(tmp_path):
    done = subprocess.run([sys.executable, "-c", LOGGING], env=environment(), capture_output=True, text=True)
    assert complains(done) == "kg: es geht nicht"


@pytest.mark.skipif(sys.platform == "win32", reason="there each drive has a root")
@pytest.mark.parametrize("name", ["/", "//", "///", "/./", "/tmp/../", "link/"])
def test_tables_do_not_go_into_the_root_folder(small_graph, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    Path("link").symlink_to("/")
    before = os.listdir("/")
    with pytest.raises(FormatError, match=r"is the root of all folders; name one of your own, such as graph/$"):
        small_graph.write(name)
    (tmp_path / "t.txt").write_text("Link warnt.", encoding="utf-8")
    done = run("build", "t.txt", "-o", name, cwd=tmp_path)
    assert complains(done).startswith(f"kg: {name}: is the root of all folders; ")
    assert os.listdir("/") == before
