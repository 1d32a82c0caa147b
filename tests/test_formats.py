"""Files: the right format for a suffix, whole or not at all, the same bytes everywhere."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
from commands import printed
from small_graph import PAPER_CLAIMS

from kg.errors import FormatError
from kg.formats import check_output, read_rdf, write
from kg.formats.jsonl import claim_record, records, to_line
from kg.formats.suffixes import READERS, WRITERS, or_list
from kg.knowledge_graph import KnowledgeGraph
from kg.records import Argument, Document, Entity, Fact, FactRole, Literal, Span
from kg.system.files import replacing

NAMES = [f"graph{suffix}" for suffix in WRITERS]


def test_networkx_graph_as_a_whole(small_graph):
    """With all things without a name, and texts."""
    expected = nx.MultiDiGraph()
    for node, label, type_, weight, mentions, into, out in [
        ("Duisburg", "Duisburg", "Place", 2, 3, 2, 0),
        ("Henrik_Saller", "Henrik Saller", "Person", 1, 1, 0, 4),
        ("Huawei", "Huawei", "Organization", 2, 2, 0, 1),
        ("Jan_Weidenfeld", "Jan Weidenfeld", "Person", 1, 1, 0, 0),
        ("Komponenten_von_Huawei", "Komponenten von Huawei", "Concept", 1, 1, 1, 0),
        ("Lager", "Lager", "Concept", 1, 1, 0, 0),
        ("Memorandum_of_Understanding", "Memorandum of Understanding", "Agreement", 1, 1, 1, 0),
        ("Nele_Prinz", "Nele Prinz", "Person", 1, 1, 1, 0),
        ("Prüfung", "Prüfung", "Concept", 1, 1, 0, 1),
        ("RhineCloud", "RhineCloud", "Product", 1, 1, 0, 1),
        ("Schlüssel", "Schlüssel", "Concept", 1, 1, 1, 0),
        ("Stade", "Stade", "Place", 1, 1, 1, 0),
        ("Sören_Link", "Sören Link", "Person", 2, 3, 0, 2),
        ("literal:2023", "2023", "Literal", 1, 1, 1, 0),
        ("literal:nur ungern", "nur ungern", "Literal", 1, 1, 1, 0),
    ]:
        more = {"kind": "", "aliases": "", "description": "", "weight": weight, "mentions": mentions}
        more |= {"first_date": "2018-01" if weight == 2 else "2022-04-01", "last_date": "2022-04-01"}
        more |= {"degree": into + out, "in_degree": into, "out_degree": out}
        expected.add_node(node, label=label, type=type_, **more)
    for node in ("Henrik_Saller", "Lager", "Nele_Prinz", "Schlüssel", "Stade", "literal:nur ungern"):
        expected.nodes[node].update(first_date="", last_date="")  # that text has none
    expected.nodes["Huawei"]["description"] = "Tech-Konzern"
    expected.nodes["Sören_Link"]["aliases"] = "Link"
    paper = {"weight": 1, "polarity": "positive", "modality": "asserted", "speaker": "", "stance": "direct"}
    paper |= {
        "first_date": "2022-04-01",
        "last_date": "2022-04-01",
        "since": "",
        "until": "",
        "documents": "zeitung/huawei.txt",
    }
    blog = paper | {"first_date": "2018-01", "last_date": "2018-01", "documents": "blog.txt"}
    yard = paper | {"first_date": "", "last_date": "", "documents": "zeitung/werft.txt", "fact": "f6", "core": False}
    yard |= {"label": "übergab", "predicate": "kgp:übergeben", "class": "schema:GiveAction"}
    yard |= {"evidence": "Henrik Saller übergab Nele Prinz in Stade die Schlüssel nur ungern."}
    for key, source, target, attributes in [
        (
            "a1",
            "Sören_Link",
            "Duisburg",
            blog
            | {"label": "leitet", "predicate": "org:headOf", "class": "kg:Lead"}
            | {"weight": 2, "last_date": "2022-04-01"}
            | {
                "evidence": "Oberbürgermeister Sören Link leitet Duisburg.",
                "documents": "blog.txt | zeitung/huawei.txt",
            },
        ),
        (
            "b2",
            "Sören_Link",
            "Memorandum_of_Understanding",
            paper
            | {"label": "hat unterzeichnet", "predicate": "kg:signed", "class": "kg:Sign"}
            | {"since": "2018-01-12", "until": "2018-01-12"}
            | {"evidence": "Am 12. Januar 2018 unterzeichnete Link ein „Memorandum of Understanding“."},
        ),
        (
            "c3",
            "RhineCloud",
            "Komponenten_von_Huawei",
            paper
            | {"label": "nicht: setzt ein", "predicate": "kg:uses", "class": "schema:UseAction"}
            | {"polarity": "negative", "stance": "denied"}
            | {"evidence": "RhineCloud setzt keine Komponenten von Huawei ein."},
        ),
        (
            "d4",
            "Prüfung",
            "literal:2023",
            paper
            | {"label": "abgeschlossen", "predicate": "kgp:abschließen", "class": "kg:End"}
            | {"speaker": "Jan Weidenfeld", "since": "2023", "stance": "claimed"}
            | {"evidence": "Die Prüfung ist 2023 abgeschlossen 😀, sagt Jan Weidenfeld."},
        ),
        (
            "e5",
            "Huawei",
            "Duisburg",
            blog
            | {"label": "beliefern", "predicate": "kgp:beliefern", "class": "kg:Deliver"}
            | {"modality": "planned", "stance": "open"}
            | {"evidence": "Huawei will Duisburg beliefern."},
        ),
        ("f6", "Henrik_Saller", "Schlüssel", yard | {"core": True}),
        ("f6.1", "Henrik_Saller", "literal:nur ungern", yard | {"role": "manner"}),
        ("f6.2", "Henrik_Saller", "Stade", yard | {"role": "place", "label": "übergab in"}),
        ("f6.3", "Henrik_Saller", "Nele_Prinz", yard | {"role": "recipient"}),
    ]:
        expected.add_edge(source, target, key=key, **{"fact": key, "role": "object", "core": True} | attributes)
    found = small_graph.to_networkx("all")
    assert nx.utils.graphs_equal(found, expected)
    assert list(found) == list(expected)


NAMED = "Duisburg Henrik_Saller Huawei Memorandum_of_Understanding Nele_Prinz RhineCloud Stade Sören_Link"
WHOLE = (
    "Duisburg Henrik_Saller Huawei Jan_Weidenfeld Komponenten_von_Huawei Lager Memorandum_of_Understanding Nele_Prinz "
    "Prüfung RhineCloud Schlüssel Stade Sören_Link"
)


@pytest.mark.parametrize(
    ("concepts", "nodes", "edges"),
    [
        (None, NAMED, "a1 b2 c3.0.1 e5 f6.2 f6.3"),
        ("joining", NAMED, "a1 b2 c3.0.1 e5 f6.2 f6.3"),
        ("none", NAMED, "a1 b2 c3.0.1 e5 f6.2 f6.3"),
        ("linked", WHOLE, "a1 b2 c3 e5 f6 f6.2 f6.3"),
        ("all", f"{WHOLE} literal:2023 literal:nur ungern", "a1 b2 c3 d4 e5 f6 f6.1 f6.2 f6.3"),
    ],
)
def test_how_much_of_a_graph_is_drawn(small_graph, concepts, nodes, edges):
    found = small_graph.to_networkx(concepts)
    assert " ".join(found) == nodes
    assert " ".join(sorted(key for _, _, key in found.edges(keys=True))) == edges


def test_who_says_something_is_linked_with_the_names_it_is_about():
    """With those that have a name, or are named in a phrase; not where the subject itself speaks."""
    names = {name: Entity(name, "Person", name) for name in ("Merkel", "Tsipras", "Macron", "Rom")}
    phrases = {"Bürger von Rom": ("Rom",), "Plan": ()}
    entities = (*names.values(), *(Entity(p, "Concept", p, named=False, parts=parts) for p, parts in phrases.items()))
    said = [("a", "Tsipras", "Macron"), ("b", "Bürger von Rom", "Plan"), ("c", "Merkel", "Macron")]
    facts = tuple(Fact(id, subject, "kgp:loben", "loben", object, speaker="Merkel") for id, subject, object in said)
    found = KnowledgeGraph((), entities, facts).to_networkx()
    spoken = [
        (one, other, key, e["label"])
        for one, other, key, e in found.edges(keys=True, data=True)
        if e["role"] == "speaker"
    ]
    assert spoken == [
        ("Merkel", "Tsipras", "a.1", "äußert sich zu"),
        ("Merkel", "Macron", "a.2", "äußert sich zu"),
        ("Merkel", "Rom", "b.1.1", "äußert sich zu Bürger von Rom"),
    ]
    assert {e["core"] for *_, e in found.edges(data=True) if e["role"] == "speaker"} == {False}


def test_a_phrase_hands_its_links_on_to_the_names_in_it():
    """ "Rat der IAEA" and "Pläne des Iran" are the IAEA and the Iran; what a fact says of a name itself is said once."""
    named = {name: Entity(name, "Organization", name) for name in ("IAEA", "Iran", "Irak")}
    phrases = {
        "Rat der IAEA": ("IAEA",),
        "Pläne des Iran": ("Iran",),
        "Grenze von Iran und Irak": ("Irak", "Iran"),
        "Lage": (),
    }
    things = tuple(Entity(name, "Concept", name, named=False, parts=parts) for name, parts in phrases.items())
    facts = (
        Fact("1", "Rat der IAEA", "kgp:rügen", "rügen", "Pläne des Iran", polarity="negative"),
        Fact("2", "Irak", "kgp:haben", "haben", "Pläne des Iran", roles=(FactRole("place", "an", "Iran"),)),
        Fact("3", "Iran", "kgp:sehen", "sehen", "Grenze von Iran und Irak"),
        Fact("4", "Rat der IAEA", "kgp:sehen", "sehen", "Lage"),
    )
    graph = KnowledgeGraph((), (*named.values(), *things), facts)
    found = graph.to_networkx().edges(keys=True, data=True)
    assert [(key, *ends, data["label"], data["role"], data["core"]) for *ends, key, data in found] == [
        ("1.0.1", "IAEA", "Iran", "Rat der IAEA: nicht: rügen Pläne des Iran", "object", False),
        ("3.0.1", "Iran", "Irak", "sehen Grenze von Iran und Irak", "object", False),
        ("2.1", "Irak", "Iran", "haben an", "place", False),
    ]


def test_what_links_two_names_is_drawn_whether_it_has_a_name_or_not():
    """Gerda found the keys that Henrik lost; both of them like the sea, of which Ole alone is afraid."""
    people = tuple(Entity(name, "Person", name) for name in ("Gerda", "Henrik", "Ole"))
    things = (Entity("Schlüssel", "Concept", "Schlüssel", named=False), Entity("See", "Concept", "See", named=False))
    said = [
        ("1", "Gerda", "finden", "Schlüssel"),
        ("2", "Henrik", "verlieren", "Schlüssel"),
        ("3", "Ole", "meiden", "See"),
    ]
    facts = tuple(Fact(id, one, f"kgp:{verb}", verb, other) for id, one, verb, other in said)
    graph = KnowledgeGraph((), (*people, *things), facts)
    assert list(graph.to_networkx()) == ["Gerda", "Henrik", "Schlüssel"]
    assert list(graph.to_networkx("none")) == []
    assert list(graph.places) == list(graph.communities) == ["Gerda", "Henrik", "Schlüssel"]


@pytest.mark.parametrize(
    ("type", "verb", "texts", "drawn"),
    [
        ("Concept", "ablehnen", ("a", "a"), ["Gerda", "Ole", "Interview"]),
        ("Concept", "ablehnen", ("a", "b"), []),  # two interviews, for all one knows
        ("Role", "ablehnen", ("a", "a"), []),  # two presidents have nothing to do with each other
        ("Concept", "geben", ("a", "a"), ["Gerda", "Ole", "Interview"]),  # light verbs go between two names alone
    ],
)
def test_what_has_no_name_links_names_of_one_text_alone(type, verb, texts, drawn):
    people = (Entity("Gerda", "Person", "Gerda"), Entity("Ole", "Person", "Ole"))
    said = [("1", "Gerda", texts[0]), ("2", "Ole", texts[1])]
    facts = tuple(
        Fact(id, name, f"kgp:{verb}", verb, "Interview", claims=(replace(PAPER_CLAIMS[0], doc=text),))
        for id, name, text in said
    )
    documents = tuple(Document(text, "") for text in sorted(set(texts)))
    graph = KnowledgeGraph(documents, (*people, Entity("Interview", type, "Interview", named=False)), facts)
    assert list(graph.to_networkx()) == drawn


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
    }
    assert claim_record(quoted)["object"] == {"literal": "2023", "start": 169, "end": 173, "text": "2023"}
    assert claim_record(quoted)["speaker"] == {"start": 196, "end": 210, "text": "Jan Weidenfeld", "type": "Person"}
    handed = claim_record(small_graph.facts[5].claims[0])
    assert list(handed)[4:6] == ["object", "roles"]
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
