"""Building with a store: nothing is read twice, nothing is lost in between, nothing half-done is left."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import kg
import kg.extract
from kg import api
from kg.errors import ExtractionError, FormatError, KgError, ModelError, SourceError, StoreError, WorkerError
from kg.records import Document, Extraction, Run


@pytest.fixture
def reader(monkeypatch, small_extractions):
    """Stands in for the pipeline: knows what the two documents hold, and which documents it was given to read."""
    known = {document.text: extraction for document, extraction in small_extractions}

    class Reader:
        def __init__(self):
            self.read, self.breaks_at = [], {}

        def extract_all(self, documents, model, workers=1, relations=""):
            for document in documents:
                if document.id in self.breaks_at:
                    raise self.breaks_at[document.id]
                self.read.append(document.id)
                yield document, known.get(document.text, Extraction((), ()))

    reader = Reader()
    monkeypatch.setattr(kg.extract, "extract_all", reader.extract_all)
    monkeypatch.setattr(api, "fingerprint", lambda model, words="": f"f-{model}")
    monkeypatch.setattr(api, "described", lambda model: f"{model or 'de_kg_news'} 0.2.0")
    return reader


@pytest.fixture
def texts(small_extractions):
    return [document for document, _ in small_extractions[:2]]


def test_builds_in_memory(reader, texts):
    graph = kg.build(texts)
    assert [document.id for document in graph.documents] == ["blog.txt", "zeitung/huawei.txt"]
    assert len(graph.claims) == 6
    assert graph.entity("Sören Link").type == "Person"


def test_reads_only_what_is_new(reader, texts, tmp_path):
    store = tmp_path / "a.kg"
    first = kg.build(texts[:1], store=store)
    assert kg.build(texts, store=store).documents == tuple(texts)
    assert reader.read == ["blog.txt", "zeitung/huawei.txt"]
    again = kg.build(texts[:1], store=store, replace=True)
    assert reader.read == ["blog.txt", "zeitung/huawei.txt"]
    assert again == first == kg.open(store)
    assert os.listdir(tmp_path) == ["a.kg"]


@pytest.mark.parametrize(
    ("change", "model"),
    [
        ({"text": "Huawei warnt."}, None),
        ({"date": "2019"}, None),
        ({}, "anderes"),
    ],
    ids=["other text", "other date", "other pipeline"],
)
def test_reads_again_what_changed(reader, texts, tmp_path, change, model):
    kg.build(texts[:1], store=tmp_path / "a.kg")
    fields = {"id": texts[0].id, "text": texts[0].text, "date": texts[0].date} | change
    kg.build(Document(**fields), store=tmp_path / "a.kg", model=model)
    assert reader.read == ["blog.txt"] * 2


def test_documents_that_are_no_inputs_are_not_removed_in_silence(reader, texts, tmp_path, caplog):
    store = tmp_path / "alt.kg"
    kg.build([*texts, Document("c", "Link warnt.")], store=store)
    assert caplog.messages == []
    kg.build([Document("d", "Link warnte.")], store=store, replace=True)
    kg.build([Document("e", "Link geht.")], store=store, replace=True)
    assert caplog.messages == [
        f"{store}: 3 documents removed that are not among the inputs",
        f"{store}: 1 document removed that is not among the inputs",
    ]


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (["a", "b"], ""),
        (["a", "b", "z"], ""),
        (["a"], "1 document of it is not among the inputs (b); name all inputs, or pass --replace"),
        (["z"], "2 documents of it are not among the inputs (a, b); name all inputs, or pass --replace"),
    ],
    ids=["the same", "one more", "one less", "all others"],
)
def test_no_document_goes_unasked(reader, tmp_path, now, told):
    store = tmp_path / "a.kg"
    kg.build([Document(id, "Link warnt.") for id in "ab"], store=store)
    before, reader.read = store.read_bytes(), []
    if not told:
        assert [d.id for d in kg.build([Document(id, "Huawei warnt.") for id in now], store=store).documents] == now
        return
    with pytest.raises(StoreError, match=re.escape(f"{store}: {told}")):
        kg.build([Document(id, "Huawei warnt.") for id in now], store=store)
    assert (store.read_bytes(), reader.read, os.listdir(tmp_path)) == (before, [], ["a.kg"])


def test_with_and_without_store_is_the_same_graph(reader, texts, tmp_path):
    assert kg.build(texts, store=tmp_path / "a.kg") == kg.build(texts) == kg.open(tmp_path / "a.kg")


class Broken(os.PathLike):
    """A path that cannot tell which one."""

    def __fspath__(self):
        raise LookupError("kaputt")

    __repr__ = __fspath__


@pytest.mark.parametrize("given", [Broken(), [Broken()], {"store": Broken()}])
def test_what_a_class_of_the_caller_raises_is_not_ours(reader, texts, given, tmp_path):
    with pytest.raises(LookupError, match=r"^kaputt$"):
        kg.build(texts, **given) if isinstance(given, dict) else kg.build(given)
    assert os.listdir(tmp_path) == []


def test_goes_on_after_an_interruption(reader, texts, tmp_path):
    kg.build([Document("alt", "Alt.")], store=tmp_path / "a.kg")
    reader.breaks_at = {"zeitung/huawei.txt": KeyboardInterrupt()}
    with pytest.raises(KeyboardInterrupt):
        kg.build(texts, store=tmp_path / "a.kg", replace=True)
    assert [document.id for document in kg.open(tmp_path / "a.kg").documents] == ["alt"]
    assert sorted(os.listdir(tmp_path)) == [".a.kg.part", "a.kg"]
    reader.breaks_at, reader.read = {}, []
    assert len(kg.build(texts, store=tmp_path / "a.kg", replace=True).documents) == 2
    assert reader.read == ["zeitung/huawei.txt"]
    assert os.listdir(tmp_path) == ["a.kg"]


def test_a_number_that_python_does_not_write_is_one_line(small_graph):
    calls = (
        lambda: small_graph.entity(10**5000),
        lambda: small_graph.filter(types=10**5000),
        lambda: small_graph.plot(width=10**5000),
        lambda: kg.open(10**5000),
        lambda: kg.build(10**5000),
        lambda: Document(10**5000, "x"),
    )
    for call in calls:
        with pytest.raises(kg.KgError, match=r"a int that cannot be shown|no width for a picture"):
            call()


def test_a_long_text_is_told_of_before_it_is_read(reader, caplog):
    """By its words and marks: a hundred thousand characters may be many of them, or few, or a row that is not read."""
    long = {"namen": "Anna Kern, " * 9_000, "zitate": "„a“ " * 9_000}
    short = {"wörter": "Donaudampfschiff " * 20_000, "striche": "- " * 90_000 + "Link warnt.", "kurz": "Link warnt."}
    documents = [Document(name, text) for name, text in (long | short).items()]
    kg.build(documents)
    assert [record.message for record in caplog.records if "takes a while" in record.message] == [
        f"{name}: one text of 27,000 words and marks, which takes a while" for name in long
    ]


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (Document("leer", " \0\u200b"), "left out: leer: empty; write a text into it or leave it out"),
        (Document("halb", "kaputt \ud800"), "left out: halb: half a surrogate pair in the text; decode it again"),
        (Document("h", "Link.", "\udfff"), "left out: h: half a surrogate pair in the title; decode it again"),
    ],
)
def test_a_document_that_cannot_be_read_costs_nothing_else(reader, texts, caplog, document, told):
    assert kg.build([*texts, document]) == kg.build(texts)
    assert caplog.messages == [told]
    with pytest.raises(SourceError, match=told.removeprefix("left out: ")):
        kg.build(document)


def test_a_damaged_working_file_is_no_obstacle(reader, texts, tmp_path):
    kg.build(texts[:1], store=tmp_path / "b.kg")
    (tmp_path / ".a.kg.part").write_bytes((tmp_path / "b.kg").read_bytes()[:200])
    assert kg.build(texts, store=tmp_path / "a.kg") == kg.open(tmp_path / "a.kg")
    assert sorted(os.listdir(tmp_path)) == ["a.kg", "b.kg"]


@pytest.mark.parametrize("before", [True, False], ids=["store before", "no store before"])
@pytest.mark.parametrize(
    "error", [ModelError("kaputt"), ValueError("kaputt")], ids=["raised while reading", "a fault of ours"]
)
@pytest.mark.parametrize("added", [0, 1], ids=["nothing read", "something read"])
def test_an_error_leaves_the_store_as_it_was_and_the_next_build_goes_on(reader, texts, tmp_path, before, error, added):
    store = tmp_path / "a.kg"
    if before:
        kg.build(texts[:1], store=store)
    content = store.read_bytes() if before else None
    last = Document("zz", "kaputt")
    reader.breaks_at = {"zz": error}
    inputs = [*texts[:1], last] if before and not added else [*texts, last] if added else [last]
    with pytest.raises((KgError, ValueError)):
        kg.build(inputs, store=store)
    assert sorted(os.listdir(tmp_path)) == [".a.kg.part"] * added + ["a.kg"] * before
    assert (store.read_bytes() if before else None) == content
    assert len(kg.build(texts, store=store).documents) == 2
    assert [id for id in reader.read if id != "zz"] == ["blog.txt", "zeitung/huawei.txt"]
    assert os.listdir(tmp_path) == ["a.kg"]


def test_a_file_of_somebody_else_is_not_replaced(reader, texts, tmp_path):
    (tmp_path / "a.kg").write_text("Einkaufsliste")
    with pytest.raises(StoreError, match="no kg store"):
        kg.build(texts, store=tmp_path / "a.kg")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.kg", "Einkaufsliste")]


def test_inputs_can_be_mixed(reader, texts, tmp_path):
    (tmp_path / "brief.txt").write_text("Link warnt.", encoding="utf-8")
    graph = kg.build([tmp_path / "brief.txt", texts[0]])
    assert {document.id for document in graph.documents} == {"blog.txt", "brief"}
    assert kg.build(str(tmp_path)).documents == kg.build(tmp_path).documents


@pytest.mark.parametrize("inputs", [None, 5, b"x", {"text": "a"}, [None], ["a.txt", 5], [b"x"], [["a.txt"]]], ids=repr)
def test_what_is_no_input_is_said(inputs):
    with pytest.raises(SourceError, match=r" is no input; pass files, folders, '-', Documents or a DataFrame$"):
        kg.build(inputs)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"date": "gestern"}, 'a: the date "gestern" is not ISO 8601; write YYYY, YYYY-MM or YYYY-MM-DD'),
        ({"date": "2018-02-30"}, 'a: the date "2018-02-30" is not'),
        ({"date": 2018}, "Document 'a': its date is no string but int; pass a string"),
        ({"text": None}, "Document 'a': its text is no string but NoneType"),
        ({"text": b"a"}, "Document 'a': its text is no string but bytes"),
        ({"id": 5}, "Document 5: its id is no string but int"),
        ({"title": None}, "Document 'a': its title is no string"),
    ],
)
def test_the_fields_of_a_document_are_checked(fields, message):
    with pytest.raises(SourceError) as caught:
        Document(**{"id": "a", "text": "b"} | fields)
    assert str(caught.value).startswith(message)


PATHS = "must be a path (str or pathlib.Path)"


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ({"concepts": "linkd"}, "build: concepts='linkd' must be one of none, linked, all"),
        ({"concepts": ["all"]}, "build: concepts=['all'] must be one of none"),
        ({"concepts": "joining"}, "build: concepts='joining' must be one of none, linked, all (\"joining\" is "),
        ({"workers": "2"}, "build: workers='2' must be a whole number from 1 to 1000"),
        ({"workers": 0}, "build: workers=0 must be a whole number"),
        ({"workers": 1.5}, "build: workers=1.5 must be a whole number"),
        ({"workers": True}, "build: workers=True must be a whole number"),
        ({"gazetteer": [5]}, f"build: gazetteer=[5] {PATHS}, or several of that kind"),
        ({"gazetteer": None}, f"build: gazetteer=None {PATHS}"),
        ({"store": b"a.kg"}, f"build: store=b'a.kg' {PATHS}"),
        ({"model": 5}, f"build: model=5 {PATHS}, or None"),
        ({"base_iri": None}, "build: base_iri=None must be a str"),
        ({"date": 2024}, "build: date=2024 must be a str"),
        ({"date": "2024"}, "--date 2024: no day"),
        ({"replace": "no"}, "build: replace='no' must be True or False"),
        ({"wait": None}, "build: wait=None must be True or False"),
        ({"progress": 1}, "build: progress=1 must be True or False"),
    ],
    ids=repr,
)
def test_arguments_are_checked_before_anything_is_read(reader, texts, tmp_path, argument, message):
    with pytest.raises(KgError) as caught:
        kg.build(texts, **{"store": tmp_path / "a.kg"} | argument)
    assert str(caught.value).startswith(message)
    assert (reader.read, os.listdir(tmp_path)) == ([], [])


@pytest.mark.parametrize(
    "use",
    [
        lambda graph: kg.open(None),
        lambda graph: kg.open("a.kg", concepts="alle"),
        lambda graph: kg.claims("a.txt", workers="2"),  # before the first claim is asked for
        lambda graph: graph.entity(5),
        lambda graph: graph.facts_of(["Huawei"]),
        lambda graph: graph.why("Huawei", 5),
        lambda graph: graph.card(None),
        lambda graph: graph.sparql(b"ASK {}"),
        lambda graph: graph.sparql_frame(None),
        lambda graph: graph.with_concepts("alle"),
        lambda graph: graph.with_concepts("joining"),
        lambda graph: kg.open("a.kg", concepts="joining"),
        lambda graph: graph.around("Huawei", hops="2"),
        lambda graph: graph.filter(min_weight=1.5),
        lambda graph: graph.filter(types=5),
        lambda graph: graph.filter(modality=["planned", None]),
        lambda graph: graph.filter(since=2018),
        lambda graph: graph.to_rdflib("voll"),
        lambda graph: graph.write("a.graphml", "voll"),
        lambda graph: graph.write(None),
        lambda graph: graph.write("a.ttl", rdf12="ja"),
        lambda graph: graph.plot(most="viele"),
        lambda graph: graph.explore(height=None),
    ],
)
def test_what_no_argument_can_be_is_said(small_graph, tmp_path, monkeypatch, use):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(KgError, match=r"^\w+: \w+=.* must be "):
        use(small_graph)
    assert os.listdir(tmp_path) == []


def test_one_alone_needs_no_list(reader, texts, tmp_path, small_graph):
    path = tmp_path / "namen.csv"
    path.write_text("id,label,sameAs\nx,Huawei,http://www.wikidata.org/entity/Q160120\n", encoding="utf-8")
    for gazetteer in (path, str(path), [path], (str(name) for name in [path])):
        assert kg.build(texts, gazetteer=gazetteer).entity("Huawei").same_as, gazetteer
    assert small_graph.filter(types="Person") == small_graph.filter(types=iter(["Person"]))
    assert small_graph.filter(modality="planned") == small_graph.filter(modality={"planned"}) != small_graph


def test_an_input_that_cannot_be_read_costs_no_other(reader, texts, tmp_path, caplog):
    (tmp_path / "leer.txt").write_text("")
    graph = kg.build([tmp_path / "leer.txt", *texts, Document("lang", "a" * 2_000_001)])
    assert graph.documents == tuple(texts)
    assert [message.split(";")[0] for message in caplog.messages] == [
        f"left out: {tmp_path / 'leer.txt'}: empty",
        "left out: lang: longer than 2,000,000 characters",
    ]


def test_a_text_that_cannot_be_analysed_costs_no_other(texts, tmp_path, caplog, monkeypatch):
    def stumble(document, nlp):
        if document.id == "blog.txt":
            raise ValueError("schief")
        return None

    monkeypatch.setattr("kg.extract.read", stumble)
    for _ in range(2):  # the second time it is all that is left to read
        assert kg.build(texts, store=tmp_path / "a.kg").documents == (texts[1],)
        [message] = caplog.messages
        assert message.startswith("left out: blog.txt: cannot be analysed (ValueError: schief)")
        caplog.clear()
    with pytest.raises(ExtractionError, match=r"^blog\.txt: cannot be analysed"):
        kg.build(texts[:1])


def test_a_worker_that_is_gone_leaves_what_was_read(reader, texts, tmp_path):
    reader.breaks_at = {"zeitung/huawei.txt": WorkerError("weg")}
    with pytest.raises(WorkerError):
        kg.build(texts, store=tmp_path / "a.kg")
    reader.breaks_at = {}
    kg.build(texts, store=tmp_path / "a.kg")
    assert reader.read == ["blog.txt", "zeitung/huawei.txt"]


def test_two_documents_of_one_id_are_an_error(texts):
    with pytest.raises(SourceError, match=r"^blog\.txt: two documents have this id"):
        kg.build([texts[0], texts[0]])


@pytest.mark.parametrize(
    "base", ["", "example.org/", "https://example.org", "https://exa mple.org/", "https://e.org/#"]
)
def test_a_base_iri_is_checked_first(texts, base):
    with pytest.raises(KgError, match="no base IRI; pass an absolute one that ends in a slash"):
        kg.build(texts, base_iri=base)


def test_the_base_iri_stays_with_the_store(reader, texts, tmp_path):
    kg.build(texts, store=tmp_path / "a.kg", base_iri="https://example.org/duisburg/")
    assert kg.open(tmp_path / "a.kg").base_iri == "https://example.org/duisburg/"


def test_a_store_remembers_how_it_was_built(reader, texts, tmp_path):
    (tmp_path / "namen.csv").write_text("id,label\nx,Huawei\n", encoding="utf-8")
    known = [str(tmp_path / "namen.csv")]
    kg.build(texts, store=tmp_path / "a.kg", gazetteer=known, concepts="all", date="2024-05-31")
    run = Run(kg.__version__, "de_kg_news 0.2.0", "all", ("namen.csv",), "2024-05-31")
    assert kg.open(tmp_path / "a.kg").run == run
    assert kg.open(tmp_path / "a.kg", concepts="none").run == replace(run, concepts="none")


@pytest.mark.parametrize(
    ("given", "epoch", "day"),
    [("2024-05-31", "0", "2024-05-31"), ("", "1700000000", "2023-11-14"), ("", "", ""), ("", None, "")],
)
def test_a_run_has_the_day_of_the_caller_and_never_that_of_the_clock(monkeypatch, given, epoch, day):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if epoch is not None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert api.run_date(given) == day


@pytest.mark.parametrize(
    ("given", "epoch", "message"),
    [
        ("31.5.2024", "", "--date 31.5.2024: no day; write it as YYYY-MM-DD"),
        ("2024-02-30", "", "--date 2024-02-30: no day"),
        ("20240531", "", "--date 20240531: no day"),
        ("", "gestern", "SOURCE_DATE_EPOCH=gestern: no number of seconds"),
        ("", "9" * 30, "no number of seconds"),
    ],
)
def test_what_is_no_day_is_said(monkeypatch, given, epoch, message):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(KgError, match=re.escape(message)):
        api.run_date(given)


def test_claims_come_in_the_order_of_the_texts(reader, texts):
    assert [claim.doc for claim in kg.claims(texts[::-1])] == ["zeitung/huawei.txt"] * 4 + ["blog.txt"] * 2


@pytest.mark.parametrize(
    ("name", "error", "message"),
    [
        ("fehlt.kg", StoreError, "no such store; build one with"),
        ("fehlt.ttl", FormatError, "cannot be read (No such file or directory); check the name"),
        ("fremd.ttl", FormatError, "not written by kg, whose vocabulary it does not declare; `kg query` asks any RDF"),
        ("halb.ttl", FormatError, "not valid turtle"),
    ],
)
def test_open_says_what_it_cannot_open(tmp_path, name, error, message):
    (tmp_path / "fremd.ttl").write_text("<https://example.org/a> <https://example.org/b> _:c .")
    (tmp_path / "halb.ttl").write_text("<https://example.org/a> <https://exam")
    message = re.escape(message)
    with pytest.raises(error, match=message):
        kg.open(tmp_path / name)


@pytest.mark.parametrize("suffix", ["", ".kg", ".ttl"])
@pytest.mark.parametrize("stem", ["", "a\0", "\ud83d", "x" * 300, "x" * 5000, "x/" * 3000])
def test_a_name_that_no_file_can_have_is_one_line(tmp_path, monkeypatch, small_graph, stem, suffix):
    monkeypatch.chdir(tmp_path)
    name, text = stem + suffix, kg.Document("a", "Huawei warnt.")
    uses = [
        lambda: kg.open(name),
        lambda: kg.build(text, store=name),
        lambda: kg.build(name),
        lambda: kg.build(text, gazetteer=[name]),
        lambda: small_graph.write(name),
    ]
    for use in uses[:1] if name in (".kg", ".ttl") else uses:
        with pytest.raises(kg.KgError) as caught:
            use()
        assert "\n" not in str(caught.value)


def test_a_working_folder_that_is_gone_is_one_line(tmp_path, monkeypatch, small_graph):
    """In a process of its own: what spaCy imports asks where it is, once."""
    script = """
import os, sys, kg
from kg.errors import KgError
here = os.getcwd()
os.rmdir(here)
graph, text = kg.KnowledgeGraph((), (), ()), kg.Document("a", "Link baut.")
for ask in (lambda: kg.open("a.kg"), lambda: kg.open("a.ttl"), lambda: kg.build("a.txt"), lambda: kg.build(text),
            lambda: list(kg.claims("a.txt")), lambda: list(kg.claims(text)), lambda: list(kg.explain(text)),
            lambda: graph.write("a.ttl"), lambda: graph.write_cooccurrence("a/")):
    try:
        ask()
    except KgError as error:
        print(error)
graph.write(sys.argv[1])
os.chdir("/")
print(len(list(kg.claims(text))))
"""
    (tmp_path / "gone").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "a.ttl")],
        cwd=tmp_path / "gone", env=os.environ | {"PYTHONPATH": str(Path(kg.__file__).parents[1])},
        capture_output=True, text=True,
    )  # fmt: skip
    line = "the folder that it was called in is no longer there; change to another one"
    assert done.stdout.splitlines() == [line] * 9 + ["1"], done.stderr
