import io
import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from commands import environment

import kg
from kg.cli import cli
from kg.errors import SourceError
from kg.records import Document
from kg.sources.documents import read_each, read_sources
from kg.sources.inputs import WHAT_TO_PASS

SEEDS = Path(__file__).parent.parent / "seeds"

PAGE = """<html lang="de"><head><title>Brücke wird gesperrt | Stadtblatt</title>
<meta property="og:title" content="Brücke wird gesperrt"><meta property="og:site_name" content="Stadtblatt">
<meta property="article:published_time" content="2021-05-04T10:00:00+02:00">
<link rel="canonical" href="https://stadtblatt.example/bruecke"></head><body><nav>Start Politik Sport</nav><article>
<h1>Brücke wird gesperrt</h1><p>Die Stadt Xheim sperrt am 3. März 1999 die alte Brücke, wie Ina Krause sagte.</p>
<p>Krause: „Wir bauen um, und zwar bald, weil es nötig ist.“</p></article><footer>Impressum</footer></body></html>"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder that is the working directory: inputs are named the way a user types them."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: str, content: bytes | str) -> None:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)


def read(*inputs: str, stdin=None) -> list[Document]:
    return list(read_sources(inputs, stdin))


@pytest.mark.parametrize(
    ("content", "text", "encoding"),
    [
        ("Die Brücke.\r\n\tEnde\u2028\n".encode(), "Die Brücke.\r\n\tEnde\u2028\n", "utf-8"),
        ("\ufeffDie Brücke.".encode(), "Die Brücke.", "utf-8-sig"),
        ("Die Brücke.".encode("utf-16"), "Die Brücke.", "utf-16"),
        ("Die Brücke – „schön“.".encode("cp1252"), "Die Brücke – „schön“.", "cp1252"),
        ("Müller".encode("cp1252"), "Müller", "cp1252"),
        (
            "Köln kauft Siemens. Grüße aus München, schöne Straßen.".encode("cp1252"),
            "Köln kauft Siemens. Grüße aus München, schöne Straßen.",
            "cp1252",
        ),
        (
            "Köln kauft Siemens. Grüße aus München, schöne Straßen.".encode("mac_roman"),
            "Köln kauft Siemens. Grüße aus München, schöne Straßen.",
            "mac_roman",
        ),
        ("Söder lobt Bäcker.".encode("mac_roman"), "Söder lobt Bäcker.", "mac_roman"),
        ("Söder lobt Bäcker.".encode("cp1252"), "Söder lobt Bäcker.", "cp1252"),
        ("Grüße aus Güstrow, schöne Straße.".encode("cp850"), "Grüße aus Güstrow, schöne Straße.", "cp850"),
        ("Über Öl und Ärger".encode() + b"\xc3", "Über Öl und Ärger\ufffd", "utf-8"),
    ],
)
def test_text_is_decoded_and_otherwise_unchanged(folder, content, text, encoding):
    write("brücke.txt", content)
    assert read("brücke.txt") == [Document("brücke", text, encoding=encoding)]


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ("Brücke".encode(), []),
        ("\ufeffBrücke".encode(), []),
        ("Brücke".encode("cp1252"), ["a.txt: not UTF-8; read as cp1252"]),
        ("Brücke".encode("utf-16"), ["a.txt: not UTF-8; read as utf-16"]),
        ("Über Öl und Ärger\n".encode() + b"\xff", ["a.txt: read as utf-8; 1 broken places, the first at byte 21"]),
    ],
)
def test_the_log_says_which_encoding_was_used(folder, caplog, content, lines):
    caplog.set_level(logging.INFO, "kg")
    write("a.txt", content)
    read("a.txt")
    assert [record.getMessage() for record in caplog.records if record.name == "kg"] == lines


def test_a_folder_is_read_whole_and_sorted(folder, caplog):
    for path in ("b.txt", "a.md", "mai/z.txt", "mai/a.TXT", ".git/x.txt", ".x.txt"):
        write(f"korpus/{path}", f"Text {path}.")
    write("korpus/b.json", '{"title": "Brücke"}')
    write("korpus/allein.json", "{}")
    write("korpus/bild.png", b"\x89PNG\0")
    assert [(document.id, document.title) for document in read("korpus")] == [
        ("a", ""),
        ("b", "Brücke"),
        ("mai/a", ""),
        ("mai/z", ""),
    ]
    write("korpus/VERSION", "1.0")
    write("korpus/bru\u0308cke.tu\u0308r", "1.0")
    write("korpus/br\u00fccke.t\u00fcr", "1.0")
    caplog.clear()
    read("korpus")
    assert caplog.messages == ["korpus: skipped what is no text (1 .json, 1 .png, 2 .t\u00fcr, 1 without suffix)"]


@pytest.mark.skipif(sys.platform == "darwin", reason="where a name is what it looks like")
@pytest.mark.parametrize(("there", "named"), [("bru\u0308cke.txt", "br\u00fccke.txt"), ("mai\u00a02.txt", "mai 2.txt")])
def test_a_name_that_only_looks_right_is_said_to(folder, there, named):
    for one, other in ((there, named), (named, there)):
        write(one, "Link warnt.")
        told = "there is one whose name looks the same" if not other.isascii() else "pass .txt"
        with pytest.raises(SourceError, match=f"^{other}: no such file or folder; {told}"):
            read(other)
        Path(one).unlink()


def test_a_folder_is_walked_once_whatever_is_asked_of_it(folder, monkeypatch):
    """By a build that keeps its outputs apart from what it reads, and by the command."""
    write("korpus/mai/a.txt", "Link warnt.")
    walked = []
    listed = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda path: walked.append(path.name) or listed(path))
    for once in (
        lambda: kg.build("korpus", store="a.kg"),
        lambda: CliRunner().invoke(cli, ["build", "korpus", "-o", "a.kg", "-o", "a.ttl"], catch_exceptions=False),
    ):
        once()
        assert sorted(name for name in walked if name in ("korpus", "mai")) == ["korpus", "mai"]
        walked.clear()


@pytest.mark.parametrize(
    ("files", "inputs", "ids"),
    [
        (["a.txt", "a.md"], ["."], ["a.md", "a.txt"]),
        (["a.txt", "a.md", "b.txt"], ["b.txt", "a.txt", "a.md"], ["b", "a.txt", "a.md"]),
        (["x/a.txt", "y/a.txt"], ["."], ["x/a", "y/a"]),
        (["a.txt", "b.txt"], ["b.txt", "./a.txt", "a.txt", "."], ["b", "a"]),
        (["a.b.txt", "a.txt"], ["."], ["a.b", "a"]),
        (["bru\u0308cke.txt", "rat\u00adhaus\u200b.txt"], ["."], ["brücke", "rathaus"]),
        (["mai\u202f2\u2011a/text.txt"], ["."], ["mai 2-a/text"]),
        (["\u200b.txt"], ["."], ["\u200b"]),
    ],
)
def test_ids_are_stems_and_unique(folder, files, inputs, ids):
    for file in files:
        write(file, f"Text {file}.")
    assert [document.id for document in read(*inputs)] == ids


def test_two_names_that_look_the_same_are_told_apart(folder):
    """Linux keeps an umlaut of one character beside one of two, and a message that names both looks odd."""
    for file in ("\u00e4.txt", "a\u0308.txt"):
        write(file, "Link warnt.")
    if len(list(folder.iterdir())) == 1:
        pytest.skip("to this file system both names are one")
    with pytest.raises(SourceError, match=r"the same and differs only in how its characters are written; rename one$"):
        read(".")
    with pytest.raises(SourceError, match="looks the same"):
        read("\u00e4.txt", "a\u0308.txt")


def test_json_lines(folder):
    records = [
        {
            "id": 7,
            "text": "Die Brücke\u2028steht.",
            "title": "Brücke",
            "date": "2021-05-04T10:00:00Z",
            "author": "Krause",
        },
        {
            "text": "Der Turm 🗼 steht.",
            "publisher": "Stadtblatt",
            "url": "https://x.example",
            "date": 2020,
            "title": None,
        },
    ]
    write("liste.jsonl", "\ufeff" + json.dumps(records[0], ensure_ascii=False) + "\r\n\n" + json.dumps(records[1]))
    assert read("liste.jsonl") == [
        Document("7", "Die Brücke\u2028steht.", title="Brücke", date="2021-05-04", encoding="utf-8"),
        Document("liste-3", "Der Turm 🗼 steht.", "", "2020", "Stadtblatt", "https://x.example", "utf-8"),
    ]


def test_half_a_surrogate_pair_becomes_a_replacement_character(folder, caplog):
    write("liste.jsonl", r'{"id": "\udc00", "text": "Die \ud83dBr\u00fccke \ud83d\ude00 \udc00\ud800"}')
    [document] = read("liste.jsonl")
    assert (document.id, document.text) == ("\ufffd", "Die \ufffdBrücke 😀 \ufffd\ufffd")
    document.text.encode()
    assert "liste.jsonl:1: half a surrogate pair" in caplog.text


@pytest.mark.parametrize("field", ["id", "text", "title", "publisher", "url"])
def test_half_a_surrogate_pair_is_told_of_every_field(folder, caplog, field):
    write("liste.jsonl", json.dumps({"id": "a", "text": "Link warnt.", field: "Link \ud83d warnt."}))
    [document] = read("liste.jsonl")
    assert getattr(document, field) == "Link \ufffd warnt."
    assert caplog.messages == [f"liste.jsonl:1: half a surrogate pair in the {field}; read as U+FFFD"]


@pytest.mark.parametrize(
    ("content", "documents"),
    [
        ("Die Brücke.", [Document("stdin", "Die Brücke.", encoding="utf-8")]),
        ('{"kein": "Satz"}', [Document("stdin", '{"kein": "Satz"}', encoding="utf-8")]),
        ('["text"]', [Document("stdin", '["text"]', encoding="utf-8")]),
        (
            '\n{"text": "A."}\n{"id": "b", "text": "B."}\n',
            [Document("stdin-2", "A.", encoding="utf-8"), Document("b", "B.", encoding="utf-8")],
        ),
    ],
)
def test_standard_input(content, documents):
    assert read("-", stdin=io.BytesIO(content.encode())) == documents


def test_standard_input_as_text_has_no_encoding():
    assert read("-", "-", stdin=io.StringIO("\ufeffDie Brücke.")) == [Document("stdin", "Die Brücke.")]


@pytest.mark.parametrize(
    ("sidecar", "expected"),
    [
        (
            '{"title": " Brücke ", "publisher": "Stadtblatt", "date": "2021-05", "url": "https://x.example", "id": 1}',
            Document("a", "Text.", "Brücke", "2021-05", "Stadtblatt", "https://x.example", "utf-8"),
        ),
        ('\ufeff{"date": 2021, "title": null}', Document("a", "Text.", date="2021", encoding="utf-8")),
        ("{}", Document("a", "Text.", encoding="utf-8")),
    ],
)
def test_a_sidecar_tells_what_the_text_does_not(folder, sidecar, expected):
    write("a.txt", "Text.")
    write("a.json", sidecar)
    assert read("a.txt") == [expected]


@pytest.mark.parametrize(
    ("given", "date"),
    [
        ("2021", "2021"),
        ("2021-12", "2021-12"),
        ("2024-02-29", "2024-02-29"),
        ("2021-05-04T10:00", "2021-05-04"),
        ("2021-05-04 10:00:00", "2021-05-04"),
        ("2021-05-04T23:59:59.5+02:00", "2021-05-04"),
        ("", ""),
    ],
)
def test_dates_are_iso_8601(folder, given, date):
    write("a.txt", "Text.")
    write("a.json", json.dumps({"date": given}))
    assert read("a.txt")[0].date == date


@pytest.mark.parametrize(
    "date", ["04.05.2021", "2021-13", "2023-02-29", "21", "2021-5-4", "gestern", "2021-05-04T", "0000"]
)
def test_other_dates_are_refused(folder, date):
    write("a.txt", "Text.")
    write("a.json", json.dumps({"date": date}))
    with pytest.raises(SourceError, match=f'^a.json: the date "{date}" is not ISO 8601; write YYYY'):
        read("a.txt")


def test_html_is_its_article_with_the_metadata_of_the_page(folder):
    pytest.importorskip("trafilatura")
    write("seite.html", PAGE)
    [document] = read("seite.html")
    assert document.text.splitlines() == [
        "Brücke wird gesperrt",
        "Die Stadt Xheim sperrt am 3. März 1999 die alte Brücke, wie Ina Krause sagte.",
        "Krause: „Wir bauen um, und zwar bald, weil es nötig ist.“",
    ]
    assert (document.title, document.date, document.publisher, document.url, document.encoding) == (
        "Brücke wird gesperrt",
        "2021-05-04",
        "Stadtblatt",
        "https://stadtblatt.example/bruecke",
        "utf-8",
    )


def test_html_may_declare_its_encoding_and_have_a_sidecar(folder):
    pytest.importorskip("trafilatura")
    page = PAGE.replace("<head>", '<head><meta charset="ISO-8859-1">')
    write("seite.htm", page.encode("cp1252"))
    write("seite.json", '{"title": "Die Brücke"}')
    [document] = read("seite.htm")
    assert (document.title, document.publisher, document.encoding) == ("Die Brücke", "Stadtblatt", "cp1252")
    assert "Ina Krause sagte" in document.text
    assert "„Wir bauen um" in document.text


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


@pytest.mark.parametrize("charset", ["punycode", "idna", "gibt-es-nicht", "base64"])
@pytest.mark.slow
def test_a_page_may_declare_any_nonsense(folder, charset):
    pytest.importorskip("trafilatura")
    page = PAGE.replace("<head>", f'<head><meta charset="{charset}">') + "<!-- " + "ü" * 1_000_000
    write("seite.html", page.encode("cp1252"))
    assert read("seite.html")[0].encoding == "cp1252"


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


@pytest.mark.parametrize(
    ("name", "target", "message"),
    [
        ("kreis", ".", "korpus/kreis: this link leads back to "),
        ("b.txt", "fehlt.txt", "korpus/b.txt: a broken link"),
        ("b.txt", "b.txt", "korpus/b.txt: a broken link"),
    ],
)
def test_links_that_lead_nowhere(folder, caplog, name, target, message):
    write("korpus/a.txt", "Text.")
    Path("korpus", name).symlink_to(target)
    assert [document.id for document in read("korpus")] == ["a"]
    assert [text.startswith(f"left out: {message}") for text in caplog.messages] == [True]
    if name.endswith(".txt"):
        with pytest.raises(SourceError, match=r"^korpus/b\.txt: a broken link; repair it, or name the file"):
            read(f"korpus/{name}")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid(), reason="only root can become somebody who may not read")
def test_files_and_folders_that_must_not_be_read(folder, caplog):
    for name in ("korpus/a.txt", "korpus/b.txt", "korpus/zu/c.txt"):
        write(name, "Text.")
    Path("korpus/b.txt").chmod(0)
    Path("korpus/zu").chmod(0)
    folder.chmod(0o755)
    os.seteuid(65534)
    try:
        assert [document.id for document in read("korpus")] == ["a"]
    finally:
        os.seteuid(0)
    assert sorted(caplog.messages) == [
        f"left out: korpus/{name}: cannot be read (Permission denied); check the name and its permissions"
        for name in ("b.txt", "zu")
    ]


def lines(*texts: str) -> bytes:
    return b"".join(json.dumps({"text": text}).encode() + b"\n" for text in texts)


@pytest.mark.parametrize(
    ("content", "ids"),
    [
        (lines("A.") + b" " * 9_000_000 + b"\n" + lines("B."), ["stdin-1", "stdin-3"]),
        (lines("A.", "B" * 8_000_000, "C."), ["stdin-1", "stdin-3"]),
        (lines("A.", "B" * 40_000_000, "C."), ["stdin-1", "stdin-3"]),
        (lines(*["A" * 1_000_000] * 9), [f"stdin-{i}" for i in range(1, 10)]),
        (lines("ä" * 1_500_000, "B."), ["stdin-1", "stdin-2"]),  # each ä is escaped
        (lines(*["ä" * 5_000] * 300), [f"stdin-{i}" for i in range(1, 301)]),
    ],
)
@pytest.mark.parametrize("stream", [io.BytesIO, lambda content: io.StringIO(content.decode())], ids=["bytes", "text"])
def test_standard_input_may_be_long_where_its_texts_are_not(content, ids, stream):
    found = read("-", stdin=stream(content))
    assert [document.id for document in found] == ids
    assert {document.encoding for document in found} == {"utf-8"}


class Endless(io.RawIOBase):
    """A stream that never ends."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        buffer[:] = (self._content * len(buffer))[: len(buffer)]
        return len(buffer)


@pytest.mark.parametrize(("content", "message"), [(b"ja ", "longer than"), (b"\0", "a binary file"), (b"{", "longer")])
def test_standard_input_that_never_ends(content, message):
    with pytest.raises(SourceError, match=f"^standard input: {message}"):
        read("-", stdin=io.BufferedReader(Endless(content)))


@pytest.mark.parametrize("text", ["Müller " * 200_000, "Brücke 😀\r\n\x0bhier", "halb \ud83d"], ids=len)
def test_a_stream_of_text_is_its_text(text):
    assert read("-", stdin=io.StringIO(text, newline="")) == [Document("stdin", text.replace("\ud83d", "\ufffd"))]


@pytest.mark.parametrize(
    ("stream", "message"),
    [
        (lambda: io.StringIO("Ja. " * 600_000), "longer than 2,000,000 characters"),
        (lambda: io.StringIO("ä" * 9_000_000), "longer than 2,000,000 characters"),
        (lambda: io.StringIO("\0" * 99), "a binary file"),
        (lambda: io.TextIOWrapper(io.BytesIO(b"\xff"), "utf-8"), r"cannot be read \('utf-8' codec can't decode"),
        (lambda: io.TextIOWrapper(io.BufferedReader(Endless(b"ja ")), "utf-8"), "longer than"),
    ],
)
def test_a_stream_of_text_is_refused_as_its_bytes_would_be(stream, message):
    with pytest.raises(SourceError, match=f"^standard input: {message}"):
        read("-", stdin=stream())


def test_a_folder_linked_twice_is_read_once(folder):
    write("korpus/a/x.txt", "Text.")
    Path("korpus/b").symlink_to("a", target_is_directory=True)
    assert [document.id for document in read("korpus")] == ["a/x"]


@pytest.mark.parametrize("number", [2, 30])
def test_folders_that_are_linked_to_each_other_again_and_again_are_walked_through_once(folder, number):
    """The hidden ones are seen through the links alone, which make 2 to the power of 29 paths."""
    for n in range(number):
        write(f"korpus/.d{n}/x.txt", f"Text {n}.")
    for n in range(number - 1):
        for name in "ba":
            Path(f"korpus/.d{n}/{name}").symlink_to(f"../.d{n + 1}")
    Path("korpus/oben").symlink_to(".d0")
    assert [document.id for document in read("korpus")] == sorted(f"oben/{'a/' * n}x" for n in range(number))


def test_the_path_of_a_folder_that_is_linked_to_is_the_first_one(folder):
    for name in ("a", "a-b", "c"):
        Path("korpus", name).mkdir(parents=True)
        Path("korpus", name, "d").symlink_to("../.d")
    write("korpus/.d/x.txt", "Text.")
    assert [document.id for document in read("korpus")] == ["a-b/d/x"]


@pytest.mark.skipif(not os.path.exists("/proc/kmsg"), reason="Linux")
@pytest.mark.parametrize(("name", "told"), [("b.txt", "a broken link or no"), ("b.json", "is made up by the system")])
def test_a_link_to_what_the_system_makes_up_is_left_out(folder, name, told):
    """It looks like a file, and who reads it waits."""
    write("korpus/a.txt", "Text.")
    write("korpus/b.txt", "Text.")
    Path("korpus", name).unlink(missing_ok=True)
    Path("korpus", name).symlink_to("/proc/kmsg")
    read_it = "import sys, kg.sources.documents; print([document.id for document in kg.sources.documents.read_sources(['korpus'])])"
    run = subprocess.run([sys.executable, "-c", read_it], env=environment(), capture_output=True, text=True, timeout=30)
    assert run.stdout == "['a']\n"
    assert run.stderr.startswith(f"left out: korpus/{name}: {told}")


def test_an_unreadable_file(folder, monkeypatch):
    write("a.txt", "Text.")

    def refuse(self, *_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(SourceError, match=r"^a.txt: cannot be read \(Permission denied\); check the name and its perm"):
        read("a.txt")


@pytest.mark.parametrize(
    ("files", "inputs", "message"),
    [
        (
            {"x/a.txt": "A.", "y/a.txt": "B."},
            ["x/a.txt", "y/a.txt"],
            "y/a.txt: the document id 'a.txt' is taken by x/a.txt; rename one, or pass the folder above them",
        ),
        (
            {"a.jsonl": '{"id": 1, "text": "A."}\n{"id": "1", "text": "B."}'},
            ["a.jsonl"],
            "a.jsonl:2: the document id '1' is taken by a.jsonl:1; rename",
        ),
    ],
)
def test_two_documents_never_share_an_id(folder, files, inputs, message):
    for name, content in files.items():
        write(name, content)
    with pytest.raises(SourceError) as caught:
        read(*inputs)
    assert str(caught.value).startswith(message)


def test_the_seeds():
    documents = read(str(SEEDS))
    assert [(document.id, document.date, document.publisher) for document in documents] == [
        ("huawei-kooperation-duisburg", "2022", ""),
        ("smartcity-blog-m2webdogs", "2018-01", "m2webdogs.de"),
    ]
    # The texts are those that were given, to the byte.
    assert [document.sha256[:16] for document in documents] == ["36b313ab4d677799", "7b43e2c76dffebe2"]


def test_sources_are_light_to_import():
    heavy = "import sys, kg.sources.documents; print({'spacy', 'trafilatura', 'charset_normalizer', 'lxml'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True, cwd=SEEDS.parent)
    assert run.stdout == "set()\n"


def test_folders_within_one_another_end_somewhere(tmp_path):
    deep = tmp_path.joinpath(*["d"] * 300)
    deep.mkdir(parents=True)
    (deep / "tief.txt").write_text("Link warnt.", encoding="utf-8")
    (tmp_path / "oben.txt").write_text("Link warnt.", encoding="utf-8")
    found = list(read_each([str(tmp_path)]))
    assert [type(outcome) for outcome in found] == [SourceError, Document]
    assert "more than 100 folders within one another" in str(found[0])


def test_a_name_too_long_for_a_sidecar_has_none(tmp_path):
    """Names have 255 bytes: with .txt it fits, with .json it does not."""
    (tmp_path / f"{'a' * 251}.txt").write_text("Essen baut.", encoding="utf-8")
    assert [document.text for document in read_sources([str(tmp_path)])] == ["Essen baut."]


def test_of_two_in_one_folder_that_want_one_id_one_is_to_be_renamed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "a.md", "a.txt.md"):
        Path(name).write_text("Essen baut.", encoding="utf-8")
    with pytest.raises(SourceError, match=r"^a\.txt\.md: the document id 'a\.txt' is taken by a\.txt; rename one$"):
        list(read_sources(["."]))
