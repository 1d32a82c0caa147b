"""Anything becomes a Document: texts in any encoding, JSON Lines, pages, what a sidecar tells, and an id for each."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from source_files import PAGE, read, write

from kg.errors import SourceError
from kg.records import Document
from kg.sources.documents import read_sources

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder that is the working directory: inputs are named the way a user types them."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


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


@pytest.mark.parametrize(
    ("headline", "title"),
    [('"Titel"', "Titel"), ('["Titel"]', "Titel"), ("123", ""), ("true", ""), ('{"de": "x"}', "")],
)
@pytest.mark.slow
def test_a_headline_of_any_kind_costs_no_page(tmp_path, headline, title):
    pytest.importorskip("trafilatura")
    data = f'{{"@context": "https://schema.org", "@type": "NewsArticle", "headline": {headline}}}'
    article = "<p>Angela Merkel besuchte am Montag die Stadt Paris und sprach dort mit Otto Kern.</p>" * 8
    head = f'<head><script type="application/ld+json">{data}</script></head>'
    page = f"<html>{head}<body><article>{article}</article></body></html>"
    (tmp_path / "seite.html").write_text(page, encoding="utf-8")
    [read] = read_sources([str(tmp_path / "seite.html")])
    assert read.text.startswith("Angela Merkel besuchte")
    assert read.title == title


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


@pytest.mark.parametrize(
    ("charset", "length"), [("punycode", 1_000_000), ("idna", 10_000), ("gibt-es-nicht", 10_000), ("base64", 10_000)]
)
@pytest.mark.slow
def test_a_page_may_declare_any_nonsense(folder, charset, length):
    """Python's punycode takes time by the square of a page."""
    pytest.importorskip("trafilatura")
    page = PAGE.replace("<head>", f'<head><meta charset="{charset}">') + "<!-- " + "ü" * length
    write("seite.html", page.encode("cp1252"))
    assert read("seite.html")[0].encoding == "cp1252"


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
