"""What is written, where, and how it fails: only files are replaced, and one that cannot be written costs no other."""

from __future__ import annotations

import os
import socket
import stat
import sys
from pathlib import Path

import lxml.etree
import pytest
from commands import complains, run
from machine import ROOT, unix

import kg
from kg.errors import FormatError
from kg.knowledge_graph import KnowledgeGraph
from kg.records import Entity, Fact
from kg.review.ledger import write_questions
from kg.system.files import check_target


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
        (lambda path: path.symlink_to("/dev/stdout"), ", which no file may replace; name a file"),
        (lambda path: path.symlink_to(path), "is a link that leads in a circle; remove it, or name another file"),
    ],
    ids=["pipe", "socket", "device", "link to a device", "link to standard output", "link to itself"],
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
