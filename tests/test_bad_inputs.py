"""Inputs that cannot be read: one line that names each, and among others it is left out."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from source_files import PAGE, read, write

from kg.errors import SourceError
from kg.sources.documents import read_sources
from kg.sources.inputs import WHAT_TO_PASS


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder that is the working directory: inputs are named the way a user types them."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_html_without_trafilatura_names_the_extra(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    write("seite.html", PAGE)
    with pytest.raises(SourceError, match=r"^seite.html: HTML needs trafilatura; run: pip install 'kg-de\[html\]'$"):
        read("seite.html")


BAD = [
    ("a.txt", b"", "a.txt: empty; write"),
    ("a.txt", b"\xef\xbb\xbf \r\n\t\xc2\xa0", "a.txt: empty; write"),
    ("a.txt", b"Text\0Text", "a.txt: a binary file"),
    ("a.txt", bytes(range(1, 32)) * 9, "a.txt: a binary file"),
    ("a.txt", b"\x89PNG\r\n\x1a\n\0\0", "a.txt: a binary file"),
    ("a.txt", b"%PDF-1.4\n%Text", "a.txt: no text but a PDF; convert it first"),
    ("a.md", b"PK\x03\x04Text", "a.md: no text but a zip"),
    ("a.txt", b"\xff\xfeA", "a.txt: not utf-16 at byte"),
    ("foto.jpg", b"Text", f"foto.jpg: unknown suffix .jpg; {WHAT_TO_PASS}"),
    ("VERSION", b"Text", "VERSION: no suffix, which would tell what it is; pass "),
    ("u.t\u0308xt", b"Text", "u.t\u0308xt: unknown suffix .t\u0308xt; pass "),
    ("a.json", b"{}", "a.json: unknown suffix .json; pass"),
    ("a.txt", "\u2060\u00ad\u200b\n".encode(), "a.txt: empty; write"),
    ("a.jsonl", b"\n \n", "a.jsonl: empty; write one JSON object"),
    ("a.jsonl", b'{"text": "B."\n', "a.jsonl:1: no valid JSON ("),
    ("a.jsonl", b'\n\n["B."]', "a.jsonl:3: not a JSON object"),
    ("a.jsonl", b"\x1f\x8b\x08" + b"abc\n" * 20, "a.jsonl: no text but compressed; unpack it first"),
    ("a.jsonl", '{"text": "B."}'.encode("utf-16"), "a.jsonl: UTF-16; convert it to UTF-8 first (iconv -f UTF-16"),
    ("a.jsonl", '{"text": "B."}'.encode("utf-32"), "a.jsonl: UTF-32; convert it to UTF-8 first (iconv -f UTF-32"),
    ("a.jsonl", b"null", "a.jsonl:1: not a JSON object"),
    ("a.jsonl", b'{"title": "A"}', 'a.jsonl:1: no "text"'),
    ("a.jsonl", b'{"text": 3}', 'a.jsonl:1: no "text"'),
    ("a.jsonl", b'{"text": " "}', "a.jsonl:1: empty"),
    ("a.jsonl", b'{"text": "A.", "id": ["b"]}', 'a.jsonl:1: the "id" is no string'),
    ("a.jsonl", b'{"text": "A.", "title": ["b"]}', 'a.jsonl:1: the "title" is no string'),
    ("a.jsonl", b'{"text": "A.", "date": "heute"}', 'a.jsonl:1: the date "heute" is not ISO 8601'),
    ("a.jsonl", '{"text": "Brücke"}'.encode("cp1252"), "a.jsonl:1: not UTF-8 at byte 12"),
    ("a.jsonl", b"[" * 100_000, "a.jsonl:1: no valid JSON (brackets nested too deeply); write one"),
    ("a.jsonl", b'{"text": ' + b"1" * 10_000, "a.jsonl:1: no valid JSON (a number of more than 4,300 digits); write"),
    ("a.html", b" ", "a.html: empty"),
    ("a.html", b"<html><body></body></html>", "a.html: no article found in this page; save"),
]


@pytest.mark.parametrize(("name", "content", "message"), BAD, ids=[f"{name}-{i}" for i, (name, *_) in enumerate(BAD)])
def test_bad_input_is_one_line_that_names_it(folder, name, content, message):
    if name.endswith(".html"):
        pytest.importorskip("trafilatura")
    write(name, content)
    with pytest.raises(SourceError) as caught:
        read(name)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ([], "no input; pass"),
        (["fehlt.txt"], "fehlt.txt: no such file or folder"),
        ([""], "(empty name): no such file or folder"),
        (["x" * 300 + ".txt"], "x" * 300 + ".txt: cannot be read (File name too long)"),
        (["a\0b.txt"], r"a\x00b.txt: "),
        (["a\nkg: gut\x1b[2J.txt"], r"a\nkg: gut\x1b[2J.txt: no such file"),
        (["leer"], "leer: no texts in this folder; pass"),
        (["https://x.example/a.html"], "https://x.example/a.html: kg reads no addresses; save the page"),
        (["gut.txt", "fehlt.txt"], "fehlt.txt: no such file or folder"),
    ],
)
def test_bad_names_are_found_before_anything_is_read(folder, inputs, message):
    write("gut.txt", "Gut.")
    write("leer/.versteckt.txt", "Text.")
    with pytest.raises(SourceError) as caught:
        next(read_sources(inputs))
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("sidecar", "message"),
    [
        ("{\n", "a.json: no valid JSON (Expecting property name enclosed in double quotes at line 2, column 1); rep"),
        ("[" * 100_000, "a.json: no valid JSON (brackets nested too deeply); repair"),
        ("1" * 10_000, "a.json: no valid JSON (a number of more than 4,300 digits); repair"),
        ("[]", "a.json: not a JSON object"),
        (b"\xff\xff", "a.json: no valid JSON (not UTF-8 at byte 0)"),
        ('{"title": 1.5}', 'a.json: the "title" is no string'),
        ('{"url": 5}', 'a.json: the "url" is no string'),
    ],
)
def test_a_broken_sidecar_is_an_error(folder, sidecar, message):
    write("a.txt", "Text.")
    write("a.json", sidecar)
    with pytest.raises(SourceError) as caught:
        read("a.txt")
    assert str(caught.value).startswith(message)


GOOD = '{"text": "A."}'


@pytest.mark.parametrize(
    ("files", "ids", "told"),
    [
        ({"a.txt": "A.", "b.txt": "", "c.md": b"Text\0Text"}, ["a"], ["b.txt: empty", "c.md: a binary file"]),
        ({"a.txt": "A.", "b.txt": b"\xff\xfeA"}, ["a"], ["b.txt: not utf-16 at byte"]),
        ({"a.txt": "A.", "b.txt": "B.", "b.json": "{"}, ["a"], ["b.json: no valid JSON"]),
        ({"a.txt": "A.", "b.txt": "B.", "b.json": '{"date": "heute"}'}, ["a"], ['b.json: the date "heute"']),
        ({"a.txt": "A.", "b.txt": "B.", "b.json": " " * 8_000_001}, ["a"], ["b.json: larger than 8 MB; remove this"]),
        ({"a.txt": "A.", "b.html": "<html></html>"}, ["a"], ["b.html: no article found"]),
        ({"a.txt": "A.", "b.jsonl": ""}, ["a"], ["b.jsonl: empty"]),
        ({"a.jsonl": f'{GOOD}\nB\n{{"text": 5}}\n{GOOD}'}, ["a-1", "a-4"], ["a.jsonl:2: no valid", 'a.jsonl:3: no "text"']),
        ({"a.jsonl": GOOD + '\n"B."' * 24}, ["a-1"],
         [*(f"a.jsonl:{i}: not a JSON object" for i in range(2, 22)), "a.jsonl: 4 more like these"]),
        ({"a.txt": "A.", "b.txt": "B" * 2_000_001}, ["a"], ["b.txt: longer than 2,000,000 characters; split it"]),
        ({"a.txt": "A.", "b.txt": "B" * 9_000_000}, ["a"], ["b.txt: longer than 2,000,000 characters; split it"]),
        ({"a.txt": "A.", "b.html": "B" * 20_000_001}, ["a"], ["b.html: larger than 20 MB; save its text"]),
        ({"a.jsonl": f'{GOOD}\n{{"text": "{"a" * 16_000_000}"}}\n{GOOD}'}, ["a-1", "a-3"], ["a.jsonl:2: longer than"]),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_left_out_and_named(folder, caplog, files, ids, told):
    for name, content in files.items():
        write(name, content)
    assert [document.id for document in read(".")] == ids
    assert len(caplog.messages) == len(told)
    for message, start in zip(caplog.messages, told, strict=True):
        assert message.startswith(f"left out: {start}")


def test_several_files_of_which_none_can_be_read(folder, caplog):
    for name in ("a.txt", "b.txt", "c.txt"):
        write(name, "")
    with pytest.raises(SourceError, match=r"^a\.txt: empty; .* \(and 2 more that cannot be read: nothing is left\)$"):
        read("a.txt", "b.txt", "c.txt")
    write("b.txt", "B.")
    assert [document.id for document in read("a.txt", "b.txt", "c.txt")] == ["b"]


def test_pages_without_trafilatura_are_one_line(folder, monkeypatch, caplog):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    for name in ("a.txt", "b.html", "c.html", "d.htm"):
        write(name, PAGE)
    assert [document.id for document in read(".")] == ["a"]
    assert caplog.messages == [
        "left out: b.html and 2 more: HTML needs trafilatura; run: pip install 'kg-de[html]'",
    ]


def test_an_unreadable_file(folder, monkeypatch):
    write("a.txt", "Text.")

    def refuse(self, *_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(SourceError, match=r"^a.txt: cannot be read \(Permission denied\); check the name and its perm"):
        read("a.txt")
