"""Building with a store: nothing is read twice, nothing is lost in between, nothing half-done is left."""

from __future__ import annotations

import os
import re
from dataclasses import replace

import pytest
from stand_ins import Reader

import kg
from kg.errors import ExtractionError, KgError, ModelError, SourceError, StoreError, WorkerError
from kg.records import Document, Run


@pytest.fixture
def reader(monkeypatch, small_extractions) -> Reader:
    return Reader(monkeypatch, small_extractions)


@pytest.fixture
def texts(small_extractions) -> list[Document]:
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


def test_claims_come_in_the_order_of_the_texts(reader, texts):
    assert [claim.doc for claim in kg.claims(texts[::-1])] == ["zeitung/huawei.txt"] * 4 + ["blog.txt"] * 2
