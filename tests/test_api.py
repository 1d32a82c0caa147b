"""The functions of `kg`: what they take, and that all else is told in one line before anything is read."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from stand_ins import Reader

import kg
from kg import api
from kg.errors import FormatError, KgError, SourceError, StoreError
from kg.records import Document


@pytest.fixture
def reader(monkeypatch, small_extractions) -> Reader:
    return Reader(monkeypatch, small_extractions)


@pytest.fixture
def texts(small_extractions) -> list[Document]:
    return [document for document, _ in small_extractions[:2]]


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


def test_inputs_can_be_mixed(reader, texts, tmp_path):
    (tmp_path / "brief.txt").write_text("Link warnt.", encoding="utf-8")
    graph = kg.build([tmp_path / "brief.txt", texts[0]])
    assert {document.id for document in graph.documents} == {"blog.txt", "brief"}
    assert kg.build(str(tmp_path)).documents == kg.build(tmp_path).documents


NO_INPUTS = [None, 5, b"x", {"text": "a"}, [None], ["a.txt", 5], [b"x"], [["a.txt"]], np.array(5), np.array("a.txt")]


@pytest.mark.parametrize("inputs", NO_INPUTS, ids=repr)
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


def test_a_document_without_an_id_is_told():
    with pytest.raises(SourceError, match=r"^a document without an id; give it one$"):
        kg.build([kg.Document("", "Link warnt.")])


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
        lambda graph: graph.filter(min_confidence=1.5),
        lambda graph: graph.filter(min_confidence=10**400),
        lambda graph: graph.filter(min_weight=-(10**5000)),
        lambda graph: graph.filter(min_confidence="0.5"),
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


@pytest.mark.parametrize(
    "base", ["", "example.org/", "https://example.org", "https://exa mple.org/", "https://e.org/#"]
)
def test_a_base_iri_is_checked_first(texts, base):
    with pytest.raises(KgError, match="no base IRI; pass an absolute one that ends in a slash"):
        kg.build(texts, base_iri=base)


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
