"""What cannot be read is left out and named; what a store has read of it before stays, and nothing else goes unasked."""

from __future__ import annotations

import errno
import os
import pickle
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from commands import MODEL, run

import kg
import kg.extract
from kg.building import reading
from kg.errors import ExtractionError, SourceError, StoreError
from kg.records import Document, Extraction
from kg.sources.given import Given
from kg.store.store import Store


@pytest.fixture
def reader(monkeypatch) -> set[str]:
    """Stands in for the pipeline; the ids of the documents that it stumbles over."""
    odd: set[str] = set()

    def extract_all(documents, model, workers=1, relations=""):
        for document in documents:
            if document.id in odd:
                yield ExtractionError(f"{document.id}: cannot be analysed; leave it out", (document.id,))
            else:
                yield document, Extraction((), ())

    monkeypatch.setattr(kg.extract, "extract_all", extract_all)
    monkeypatch.setattr(reading, "fingerprint", lambda model, words="": f"f-{model}")
    monkeypatch.setattr(reading, "described", lambda model: "de_kg_news 0.2.0")
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
        (broken_link("b.txt"), "t/b.txt: a broken link; repair or remove it"),
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
    assert kg.build(texts, store=store, replace=replace) == built  # the same reader is not asked again
    assert caplog.messages[2:] == caplog.messages[:2]
    assert kg.build(texts, store=store, model="neu").documents == tuple(texts)


def test_where_the_reader_failed_is_kept_with_its_error_until_text_or_reader_is_another(reader, tmp_path):
    store, texts = tmp_path / "a.kg", [Document("a", "Alt."), Document("x", "Alt.")]
    kg.build(texts, store=store)
    reader.add("x")
    kg.add(store, [Document("b", "Neu."), Document("x", "Neu.")])
    told = ["not read           1", "  x: cannot be analysed; leave it out"]
    assert run("stats", "a.kg", cwd=tmp_path).stdout.splitlines()[-2:] == told
    reader.clear()
    kg.add(store, [Document("c", "Neu."), Document("x", "Neu.")])
    kg.add(store, Document("d", "Neu."))
    assert run("stats", "a.kg", cwd=tmp_path).stdout.splitlines()[-2:] == told
    assert kg.add(store, Document("x", "Neuer.")).documents[-1].text == "Neuer."
    assert "not read" not in run("stats", "a.kg", cwd=tmp_path).stdout
    reader.add("x")
    kg.add(store, [Document("d", "Neu."), Document("x", "Neu.")])
    kg.remove(store, "x", by="R", date="2024-05-31")
    assert run("stats", "a.kg", cwd=tmp_path).stdout.splitlines()[-2:] == [
        "withdrawn          1",
        "  x: on 2024-05-31 by R",
    ]


@pytest.mark.parametrize(("given", "code"), [([], 0), (["--strict"], 2)])
@pytest.mark.parametrize(
    "command", ["build gut.txt leer.txt -o b.kg", "add a.kg gut.txt leer.txt", "extract gut.txt leer.txt"]
)
def test_strict_says_by_the_exit_code_that_something_was_left_out(tmp_path, command, given, code):
    (tmp_path / "gut.txt").write_text("Angela Merkel besuchte Paris.", encoding="utf-8")
    assert run("build", "gut.txt", "-o", "a.kg", "--strict", cwd=tmp_path, **MODEL).returncode == 0
    (tmp_path / "leer.txt").write_bytes(b"")
    done = run(*command.split(), *given, cwd=tmp_path, **MODEL)
    assert (done.returncode, "kg: left out: leer.txt: empty; " in done.stderr) == (code, True)
    assert "b.kg" not in command or kg.open(tmp_path / "b.kg").documents


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


def test_the_command_line_says_what_stays_of_lines_with_ids_of_their_own(reader, corpus):
    """Nobody knows what such a file held."""
    (corpus / "e.jsonl").write_text(f"{ZWEI}\n", encoding="utf-8")
    kg.build("t", store="a.kg")
    (corpus / "e.jsonl").write_bytes(b"")
    (corpus / "b.txt").write_bytes(b"")
    for replace in ([], ["--replace"]):
        done = run("build", "t", "-o", "a.kg", *replace, cwd=corpus.parent, **MODEL)
        assert done.stderr.splitlines()[1:] == [
            "kg: t/b.txt: empty; write a text into it or leave it out; its earlier reading stays",
            'kg: left out: t/e.jsonl: empty; write one JSON object with a "text" on each line',
            "kg: a.kg: 1 document that is not among the inputs (zwei) stays: what cannot be read may hold it",
            "kg: a.kg: documents: 5 unchanged",
        ]
    with Store("a.kg", readonly=True) as kept:
        assert kept.ids() == ("a", "b", "mai/c", "mai/d", "zwei")


def bytes_of(content: bytes):
    return lambda corpus: (corpus / "e.jsonl").write_bytes(content)


def pipe(name: str):
    def make(corpus: Path) -> None:
        (corpus / name).unlink()
        os.mkfifo(corpus / name)

    return make


def circles(corpus: Path) -> None:
    """Links that lead to themselves."""
    for name in ("e.jsonl", "mai/c.txt"):
        (corpus / name).unlink()
    (corpus / "e.jsonl").symlink_to("e.jsonl")
    (corpus / "mai/c.txt").symlink_to("c.txt")


@pytest.mark.skipif(os.name == "nt", reason="Windows has other links and pipes")
@pytest.mark.parametrize(
    "spoil",
    [
        bytes_of(b""),
        bytes_of(b"\0" * 100),
        bytes_of(b'{"text": "Eins."}\n{"text": "Zwei.", "id": "zw'),
        bytes_of(b'{"text": "Eins."}\n{"text": "Zwei.", "id": ["zwei"]}'),
        bytes_of(b'{"text": "Eins."}\n{"text": "Zwei\xff", "id": "zwei"}'),
        bytes_of(b"{\n" * 100),
        bytes_of(b'{"kind": "entity", "id": "Huawei"}'),
        broken_link("e.jsonl"),
        pipe("e.jsonl"),
        circles,
    ],
    ids=["empty", "NUL", "cut", "odd id", "bytes", "many lines", "ours", "broken link", "pipe", "links"],
)  # fmt: skip
def test_nothing_is_removed_where_a_file_of_lines_cannot_be_read_wholly(reader, corpus, spoil):
    kg.build(["t", Document("fort", "Alt.")], store="a.kg")
    spoil(corpus)
    (corpus / "b.txt").rename(corpus / "f.txt")
    built = kg.build("t", store="a.kg", replace=True)
    assert {document.id for document in built.documents} == {"a", "f", "mai/c", "mai/d", "e-1", "zwei", "fort"}
    (corpus / "e.jsonl").unlink()
    (corpus / "e.jsonl").write_text(f'{{"text": "Eins."}}\n{ZWEI}\n', encoding="utf-8")
    if (corpus / "mai/c.txt").is_symlink():
        (corpus / "mai/c.txt").unlink()
    (corpus / "mai/c.txt").write_text("Neu.", encoding="utf-8")
    again = kg.build("t", store="a.kg", replace=True)
    assert {document.id for document in again.documents} == {"a", "f", "mai/c", "mai/d", "e-1", "zwei"}


@pytest.mark.slow
def test_lines_from_standard_input_that_are_broken_remove_nothing(tmp_path):
    (tmp_path / "a.txt").write_text("Angela Merkel besuchte Paris.", encoding="utf-8")
    ours = f'{{"text": "Olaf Scholz besuchte Berlin.", "id": "1"}}\n{ZWEI}'.encode()
    for lines in (ours, ours[:-5], b""):
        done = run("build", "a.txt", "-", "-o", "a.kg", "--replace", cwd=tmp_path, stdin=lines, **MODEL)
        assert done.returncode == 0, done.stderr
        with Store(tmp_path / "a.kg", readonly=True) as kept:
            assert kept.ids() == ("1", "a", "zwei")


def test_a_document_whose_id_ends_in_a_slash_is_no_folder(reader, tmp_path):
    store = tmp_path / "a.kg"
    kg.build([Document("mai/a", "Eins.")], store=store)
    with pytest.raises(StoreError, match=r"1 document of it is not among the inputs \(mai/a\)"):
        kg.build([Document("mai/", "Zwei.")], store=store)
    built = kg.build([Document("mai/", "Zwei.")], store=store, replace=True)
    assert [document.id for document in built.documents] == ["mai/"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_an_input_folder_that_cannot_be_read_removes_nothing(reader, corpus, caplog):
    kg.build([Document("neu", "Neu."), "t"], store="a.kg")
    corpus.chmod(0o300)
    try:
        with somebody_else_may_not_read(corpus):
            built = kg.build([Document("neu", "Neu."), "t"], store="a.kg", replace=True)
    finally:
        corpus.chmod(0o700)
    assert len(built.documents) == 7
    assert caplog.messages[0] == "left out: t: cannot be read (Permission denied); check the name and its permissions"
    assert caplog.messages[1].endswith("(a, b, e-1, mai/c, mai/d, …) stay: what cannot be read may hold them")


@contextmanager
def somebody_else_may_not_read(folder: Path):
    """root may read what it likes; then the system is made to say what it says to others."""
    if os.geteuid():
        yield
        return
    listed = Path.iterdir

    def fail(path: Path):
        if path.resolve() == folder:
            raise PermissionError(errno.EACCES, "Permission denied")
        return listed(path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "iterdir", fail)
        yield


@pytest.mark.skipif(os.name == "nt", reason="Windows has other links")
def test_a_broken_link_keeps_the_names_of_those_beside_it(reader, corpus, caplog):
    """a.txt and a.md keep their suffixes while both are there; so they do while one of them is a broken link."""
    (corpus / "a.md").write_text("Anders.", encoding="utf-8")
    kg.build("t", store="a.kg")
    for name in ("a.txt", "b.txt"):
        (corpus / name).unlink()
        (corpus / name).symlink_to("fort.txt")
    (corpus / "mai").rename(corpus.parent / "mai")
    (corpus / "mai").symlink_to("fort")
    built = kg.build("t", store="a.kg", replace=True)
    assert [document.id for document in built.documents] == ["a.md", "a.txt", "b", "e-1", "mai/c", "mai/d", "zwei"]
    assert caplog.messages == [
        "t/mai: a broken link; repair or remove it; 2 earlier readings stay",
        "t/a.txt: a broken link; repair or remove it; its earlier reading stays",
        "t/b.txt: a broken link; repair or remove it; its earlier reading stays",
    ]


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
    _, [error] = Given.of(tmp_path).read()
    assert (error.__traceback__, error.__cause__, error.__context__, error.documents) == (None, None, None, ("b",))
