"""What cannot be read is left out and named; what a store has read of it before stays, and nothing else goes unasked."""

from __future__ import annotations

import errno
import pickle
import sys
from pathlib import Path

import pytest
from commands import MODEL, run

import kg
import kg.extract
from kg import api
from kg.errors import ExtractionError, SourceError, StoreError
from kg.inputs import find
from kg.records import Document, Extraction
from kg.store import Store


@pytest.fixture
def reader(monkeypatch) -> set[str]:
    """Stands in for the pipeline; the ids of the documents that it stumbles over."""
    odd: set[str] = set()

    def extract_all(documents, model, workers=1):
        for document in documents:
            if document.id in odd:
                yield ExtractionError(f"{document.id}: cannot be analysed; leave it out", (document.id,))
            else:
                yield document, Extraction((), ())

    monkeypatch.setattr(kg.extract, "extract_all", extract_all)
    monkeypatch.setattr(api, "fingerprint", lambda model: f"f-{model}")
    monkeypatch.setattr(api, "described", lambda model: "de_kg_news 0.2.0")
    return odd


@pytest.fixture
def corpus(tmp_path, monkeypatch) -> Path:
    """A folder of texts that can be read, of each kind."""
    (tmp_path / "t" / "mai").mkdir(parents=True)
    for name in ("a.txt", "b.txt", "mai/c.txt", "mai/d.txt"):
        (tmp_path / "t" / name).write_text(f"{name} liegt vor.", encoding="utf-8")
    (tmp_path / "t" / "e.jsonl").write_text('{"text": "Eins."}\n{"text": "Zwei.", "id": "zwei"}\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "t"


def written(name: str, content: str):
    return lambda corpus: (corpus / name).write_text(content, encoding="utf-8")


def broken_link(name: str):
    def link(corpus: Path) -> None:
        (corpus / name).unlink()
        (corpus / name).symlink_to("fort.txt")

    return link


ZWEI = '{"text": "Zwei.", "id": "zwei"}'


@pytest.mark.parametrize("replace", [False, True], ids=["without --replace", "with --replace"])
@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (written("b.txt", ""), "t/b.txt: empty; write a text into it or leave it out"),
        (written("mai/c.txt", ""), "t/mai/c.txt: empty; write a text into it or leave it out"),
        (written("b.json", "{"), "t/b.json: no valid JSON ("),
        (written("b.txt", "b" * 2_000_001), "t/b.txt: longer than 2,000,000 characters; split it into several texts"),
        (broken_link("b.txt"), "t/b.txt: a broken link or no regular file; repair or remove it"),
        (written("e.jsonl", f'{{"text": 5}}\n{ZWEI}'), 't/e.jsonl:1: no "text"; each needs one'),
        (written("e.jsonl", '{"text": "Eins."}\n{"text": "", "id": "zwei"}'), "t/e.jsonl:2: empty; write a text"),
        (written("e.jsonl", f'{{"text": "Eins.\n{ZWEI}'), "t/e.jsonl:1: no valid JSON ("),
    ],
    ids=["empty", "in a folder", "sidecar", "too long", "broken link", "no text", "empty record", "broken line"],
)  # fmt: skip
def test_what_cannot_be_read_any_more_stays_as_it_was(reader, corpus, caplog, spoil, told, replace):
    before = kg.build("t", store="a.kg")
    spoil(corpus)
    built = kg.build("t", store="a.kg", replace=replace)
    [message] = caplog.messages
    assert message.startswith(told)
    assert message.endswith("; its earlier reading stays")
    assert built == before == kg.open("a.kg")


@pytest.mark.parametrize("replace", [False, True], ids=["without --replace", "with --replace"])
def test_all_below_a_folder_that_cannot_be_read_any_more_stays(reader, corpus, caplog, monkeypatch, replace):
    before = kg.build("t", store="a.kg")
    listed = Path.iterdir

    def fail(path: Path):
        if path.name == "mai":
            raise OSError(errno.EIO, "Input/output error")
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", fail)
    assert kg.build("t", store="a.kg", replace=replace) == before
    told = "t/mai: cannot be read (Input/output error); check the name and its permissions; 2 earlier readings stay"
    assert caplog.messages == [told]


@pytest.mark.parametrize("replace", [False, True], ids=["without --replace", "with --replace"])
def test_pages_stay_when_what_reads_them_is_gone(reader, corpus, caplog, monkeypatch, replace):
    with Store("a.kg") as kept:
        for id in ("a", "b", "seite", "übersicht"):
            kept.add(Document(id, "Alt."), Extraction((), ()), "f-None")
    for name in ("seite.html", "übersicht.htm"):
        (corpus / name).write_text("<p>Neu.</p>", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    built = kg.build(["t/a.txt", "t/b.txt", "t/seite.html", "t/übersicht.htm"], store="a.kg", replace=replace)
    assert [document.id for document in built.documents] == ["a", "b", "seite", "übersicht"]
    [message] = caplog.messages
    assert message.startswith("t/seite.html and 1 more: HTML needs trafilatura")
    assert message.endswith("; 2 earlier readings stay")


@pytest.mark.parametrize("replace", [False, True], ids=["without --replace", "with --replace"])
def test_what_cannot_be_analysed_any_more_stays_as_it_was(reader, tmp_path, caplog, replace):
    """Its text is another one now, or another model is to read it."""
    store = tmp_path / "a.kg"
    before = kg.build([Document("a", "Alt."), Document("x", "Alt.")], store=store)
    reader.update("xy")
    texts = [Document("a", "Neu."), Document("x", "Neu."), Document("y", "Neu.")]
    built = kg.build(texts, store=store, replace=replace)
    assert built.documents == (texts[0], before.documents[1])
    assert caplog.messages == [
        "x: cannot be analysed; leave it out; its earlier reading stays",
        "left out: y: cannot be analysed; leave it out",
    ]
    reader.clear()
    assert kg.build(texts, store=store).documents == tuple(texts)


def test_which_documents_an_error_stands_for_is_known_behind_another_process_too():
    error = pickle.loads(pickle.dumps(ExtractionError("x: cannot be analysed", ("x",))))
    assert (str(error), error.documents) == ("x: cannot be analysed", ("x",))


def test_rows_and_documents_stay_too(reader, tmp_path, caplog):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"text": ["Eins.", "Zwei."]}, index=["x", "y"])
    before = kg.build(frame, store=tmp_path / "a.kg")
    frame.loc["y", "text"] = None
    assert kg.build(frame, store=tmp_path / "a.kg") == before
    assert caplog.messages[0].endswith("; its earlier reading stays")
    texts = [Document("row-x", "Eins."), Document("row-y", "a" * 2_000_001)]
    assert kg.build(texts, store=tmp_path / "a.kg", replace=True) == before
    assert caplog.messages[1] == "row-y: longer than 2,000,000 characters; split it into several texts; " + (
        "its earlier reading stays"
    )


def test_a_file_that_is_gone_is_no_input(reader, corpus):
    kg.build("t", store="a.kg")
    (corpus / "b.txt").unlink()
    with pytest.raises(StoreError, match=r"1 document of it is not among the inputs \(b\)"):
        kg.build("t", store="a.kg")


def test_the_command_line_says_what_stays_and_what_led_to_an_error(reader, corpus):
    """Of a file whose lines have ids of their own nobody knows what it held."""
    (corpus / "e.jsonl").write_text(f"{ZWEI}\n", encoding="utf-8")
    kg.build("t", store="a.kg")
    (corpus / "e.jsonl").write_bytes(b"")
    (corpus / "b.txt").write_bytes(b"")
    before = Path("a.kg").read_bytes()
    done = run("build", "t", "-o", "a.kg", cwd=corpus.parent, **MODEL)
    assert (done.returncode, done.stderr.splitlines()) == (2, [
        "kg: left out: t/b.txt: empty; write a text into it or leave it out",
        'kg: left out: t/e.jsonl: empty; write one JSON object with a "text" on each line',
        "kg: a.kg: 1 document of it is not among the inputs (zwei); name all inputs, or pass --replace (in Python "
        "replace=True) to remove what is not among them",
    ])  # fmt: skip
    assert Path("a.kg").read_bytes() == before


@pytest.mark.parametrize(("number", "logged"), [(1, 0), (2, 1), (12, 11), (20, 19), (500, 19)])
def test_where_nothing_is_left_the_first_twenty_are_told(tmp_path, monkeypatch, caplog, number, logged):
    monkeypatch.chdir(tmp_path)
    names = [f"{n:03}.txt" for n in range(number)]
    for name in names:
        Path(name).write_bytes(b"")
    more = f" (and {number - 1} more that cannot be read: nothing is left)" if number > 1 else ""
    for use in (kg.build, lambda inputs: next(kg.claims(inputs))):
        caplog.clear()
        with pytest.raises(SourceError) as caught:
            use(names)
        assert str(caught.value) == f"000.txt: empty; write a text into it or leave it out{more}"
        assert [text.split(":")[1] for text in caplog.messages] == [f" {name}" for name in names[1 : 1 + logged]]


def test_the_command_line_tells_them_before_the_error(tmp_path):
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_bytes(b"")
    done = run("extract", ".", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert [line.split("; ")[0] for line in done.stderr.splitlines()] == [
        "kg: left out: b.txt: empty",
        "kg: left out: c.txt: empty",
        "kg: a.txt: empty",
    ]


def test_what_could_not_be_read_is_not_kept(tmp_path):
    """An error of decoding has the bytes that it was at, and a traceback all that was read."""
    (tmp_path / "a.txt").write_text("Gut.", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"\xff\xfe" + b"x" * 1_000_001)
    _, [error] = api._documents([], list(find([str(tmp_path)])))
    assert (error.__traceback__, error.__cause__, error.__context__, error.documents) == (None, None, None, ("b",))
