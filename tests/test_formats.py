"""Files: the right format for a suffix, whole or not at all, the same bytes everywhere."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from commands import printed

from kg.errors import FormatError
from kg.formats import check_output, read_rdf, write
from kg.formats.jsonl import claim_record, records, to_line
from kg.formats.suffixes import READERS, WRITERS, or_list
from kg.knowledge_graph import KnowledgeGraph
from kg.records import Argument, Entity, Literal, Span
from kg.system.files import replacing

NAMES = [f"graph{suffix}" for suffix in WRITERS]


def test_jsonl_records(small_graph, tmp_path):
    small_graph.write(tmp_path / "a.jsonl")
    lines = (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    assert found == list(records(small_graph))
    assert [record["kind"] for record in found] == ["document"] * 3 + ["entity"] * 13 + ["fact"] * 7
    document, entity, fact, handed, burnt = found[1], found[3], found[19], found[21], found[22]
    assert document == {
        "kind": "document",
        "id": "zeitung/huawei.txt",
        "title": 'Huawei & "Duisburg"',
        "date": "2022-04-01",
        "publisher": "Rheinische Nachrichten",
        "url": "https://example.org/huawei?id=1",
        "sha256": small_graph.documents[1].sha256,
    }
    assert entity == {
        "kind": "entity",
        "id": "Duisburg",
        "type": "Place",
        "label": "Duisburg",
        "aliases": [],
        "sameAs": ["https://sws.geonames.org/2934691/"],
        "mentions": [
            {"doc": doc, "start": start, "end": end, "text": "Duisburg", "form": "named"}
            for doc, start, end in [("blog.txt", 36, 44), ("blog.txt", 58, 66), ("zeitung/huawei.txt", 18, 26)]
        ],
    }
    assert fact == {
        "kind": "fact",
        "id": "d4",
        "subject": "Prüfung",
        "predicate": "https://kg.example/predicate/abschließen",
        "class": "https://kg.example/ontology#End",
        "object": {"literal": "2023"},
        "roles": [],
        "polarity": "positive",
        "modality": "asserted",
        "speaker": "Jan_Weidenfeld",
        "validFrom": "2023",
        "validUntil": None,
        "confidence": 1.0,
        "risk": 0.0,
        "weight": 1,
        "claims": [claim_record(small_graph.facts[3].claims[0])],
    }
    assert handed["class"] == "https://schema.org/GiveAction"
    assert handed["roles"] == [
        {"role": "manner", "preposition": None, "value": "nur ungern"},
        {"role": "place", "preposition": "in", "entity": "Stade"},
        {"role": "recipient", "preposition": None, "entity": "Nele_Prinz"},
    ]
    assert (burnt["object"], burnt["claims"][0]["object"], burnt["roles"]) == (None, None, [])


def test_claim_record(small_graph):
    signed, quoted = small_graph.facts[1].claims[0], small_graph.facts[3].claims[0]
    assert claim_record(signed, "https://example.org/") == {
        "doc": "zeitung/huawei.txt",
        "sentence": {
            "start": 28,
            "end": 101,
            "text": "Am 12. Januar 2018 unterzeichnete Link ein „Memorandum of Understanding“.",
        },
        "subject": {"start": 62, "end": 66, "text": "Link", "type": "Person"},
        "predicate": {
            "lemma": "unterzeichnen",
            "iri": "https://example.org/ontology#signed",
            "spans": [[47, 61]],
            "text": "unterzeichnete",
        },
        "object": {"start": 72, "end": 99, "text": "Memorandum of Understanding", "type": "Agreement"},
        "roles": [],
        "polarity": "positive",
        "modality": "asserted",
        "speaker": None,
        "time": {"start": 28, "end": 46, "text": "Am 12. Januar 2018", "from": "2018-01-12", "until": "2018-01-12"},
        "confidence": 0.876,
        "risk": 0.0,
    }
    assert claim_record(quoted)["object"] == {"literal": "2023", "start": 169, "end": 173, "text": "2023"}
    assert claim_record(quoted)["speaker"] == {"start": 196, "end": 210, "text": "Jan Weidenfeld", "type": "Person"}
    handed = claim_record(small_graph.facts[5].claims[0])
    assert list(handed)[4:6] == ["object", "roles"]
    assert handed["risk"] == 0.012
    assert handed["roles"] == [
        {"role": "recipient", "preposition": None, "start": 22, "end": 32, "text": "Nele Prinz", "type": "Person"},
        {"role": "place", "preposition": "in", "start": 36, "end": 41, "text": "Stade", "type": "Place"},
        {"role": "manner", "preposition": None, "start": 56, "end": 66, "text": "nur ungern", "type": None},
    ]


def test_every_span_of_the_small_graph_is_in_its_text(small_graph):
    """Guards the fixture itself: what other tests rely on."""
    for claim in small_graph.claims:
        text = small_graph.documents_by_id[claim.doc].text
        spans = [claim.sentence, *claim.arguments, claim.speaker, claim.time]
        assert all(text[span.start : span.end] == span.text for span in spans if span)
        assert " ".join(text[start:end] for start, end in claim.predicate.spans) == claim.predicate.text
        assert all(isinstance(span, Span | Argument | Literal) for span in spans[:-2])


@pytest.mark.parametrize("text", ["a\u2028b", "a\x85b", "a\x1cb", "a\nb", "😀", "\ud83d"])
def test_a_record_is_one_line_whatever_it_holds(text):
    line = to_line({"text": text})
    assert len(line.splitlines()) == 1
    assert json.loads(line.encode("utf-8", "backslashreplace")) == {"text": text}


def test_same_bytes_whatever_the_hash_seed(tmp_path, small_graph):
    written = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        targets = [folder / name for name in NAMES]
        printed("for name in sys.argv[1:]: value.write(name)", replace(small_graph, claims=()), *targets, seed=seed)
        written.append([path.read_bytes() for path in targets])
    assert written[0] == written[1]


def _read_only(path):
    path.write_text("alt")
    path.chmod(0o444)


@pytest.mark.parametrize(
    ("name", "prepare", "message"),
    [
        (
            "graph.xyz",
            None,
            f"unknown suffix .xyz; use {or_list(WRITERS)}, or a folder/",
        ),
        ("graph", None, "no suffix to tell the format by; use"),
        ("graph.kg", None, "use `kg build INPUT -o "),
        ("fehlt/graph.ttl", None, "there is no folder"),
        ("graph.ttl", lambda path: path.mkdir(), "is a folder; name a file"),
        ("graph.ttl", _read_only, "is read-only"),
        ("zu/graph.ttl", lambda path: path.parent.mkdir(mode=0o555), "the folder"),
    ],
    ids=["unknown suffix", "no suffix", "store", "no folder", "is a folder", "read-only file", "read-only folder"],
)
def test_what_cannot_be_written_is_said_before_the_work(tmp_path, small_graph, name, prepare, message):
    path = tmp_path / name
    if prepare:
        prepare(path)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(FormatError) as caught:
        check_output(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert message in str(caught.value)
    with pytest.raises(FormatError):
        write(small_graph, path)
    assert sorted(tmp_path.rglob("*")) == before


def test_suffixes_count_in_any_case(tmp_path, small_graph):
    small_graph.write(tmp_path / "A.TTL")
    assert len(read_rdf(tmp_path / "A.TTL")) == len(small_graph.to_rdflib())


def test_after_an_error_the_old_file_is_still_there(tmp_path):
    (tmp_path / "a.ttl").write_text("alt")
    with pytest.raises(TypeError), replacing(tmp_path / "a.ttl") as stream:
        stream.writelines([b"halb", "und kein Byte"])
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.ttl", "alt")]


@pytest.mark.parametrize("name", NAMES)
def test_half_a_character_is_an_error_or_escaped_but_never_a_traceback(tmp_path, name):
    graph = KnowledgeGraph((), (Entity("A", "Thing", "A\ud800"),), ())
    if Path(name).suffix in set(READERS) - {".rdf"}:
        with pytest.raises(FormatError, match="a text holds half a character"):
            graph.write(tmp_path / name)
        assert os.listdir(tmp_path) == []
    else:
        graph.write(tmp_path / name)


def test_a_link_stays_a_link(tmp_path, small_graph):
    (tmp_path / "a.ttl").symlink_to(tmp_path / "b.ttl")
    small_graph.write(tmp_path / "a.ttl")
    assert (tmp_path / "a.ttl").is_symlink()
    assert (tmp_path / "b.ttl").stat().st_size > 1000
