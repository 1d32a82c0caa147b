"""The store gives back exactly what it was given, and says in one line what is wrong with a file."""

from __future__ import annotations

import os
import sqlite3
import string
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
import kg.extract
from kg.building import reading
from kg.errors import SourceError, StoreError
from kg.records import (
    FORMS,
    MODALITIES,
    POLARITIES,
    ROLES,
    TYPES,
    Argument,
    Claim,
    Document,
    Extraction,
    Judgement,
    Literal,
    Mention,
    Predicate,
    Role,
    Span,
    Time,
)
from kg.store import tables
from kg.store.header import is_store
from kg.store.store import VERSION, Store

# All of Unicode but lone surrogates: NUL, astral characters, combining marks, line ends of every kind.
text = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\0\r\n\x85\u2028😀ẞ\u0308"), max_size=12)
types = st.sampled_from(TYPES)
days = st.sampled_from(["", "2018", "2018-01", "2018-01-13"])
documents = st.builds(Document, text.filter(bool), text, text, days, text, text, text)
iris = st.builds("{}:{}".format, st.sampled_from(["kg", "kgp", "org"]), text)


@st.composite
def spans(draw: st.DrawFn, document: Document) -> tuple[int, int, str]:
    """Two offsets of a text, and what stands between them: a store gives nothing else back."""
    start, end = sorted(draw(st.tuples(*[st.integers(0, len(document.text))] * 2)))
    return start, end, document.text[start:end]


def located(made: type, document: Document, *more: st.SearchStrategy) -> st.SearchStrategy:
    return st.builds(lambda span, *others: made(*span, *others), spans(document), *more)


@st.composite
def extractions(draw: st.DrawFn, document: Document) -> Extraction:
    argument, literal = located(Argument, document, types), located(Literal, document, text)
    names = text.filter(lambda name: bool(name.split()))
    mention = st.builds(
        lambda span, *more: Mention(document.id, *span, *more),
        spans(document), st.sampled_from(FORMS), types, names, text, text, text, text,
    )  # fmt: skip
    places = st.lists(spans(document).map(lambda span: span[:2]), max_size=3).map(tuple)
    claim = st.builds(
        Claim,
        st.just(document.id),
        located(Span, document),
        argument,
        st.builds(Predicate, text, iris, places, text),
        st.none() | argument | literal,
        st.sampled_from(POLARITIES),
        st.sampled_from(MODALITIES),
        st.none() | argument,
        st.none() | located(Time, document, days, days),
        st.floats(0, 1),
        st.lists(st.builds(Role, st.sampled_from(ROLES), text, argument | literal), max_size=3).map(tuple),
        st.floats(0, 1),
    )
    return Extraction(tuple(draw(st.lists(mention, max_size=3))), tuple(draw(st.lists(claim, max_size=3))))


@given(st.data())
@pytest.mark.slow
def test_gives_back_what_it_was_given(data):
    document = data.draw(documents)
    extraction = data.draw(extractions(document))
    with Store() as store:
        store.add(document, extraction, "f")
        assert list(store.documents()) == [document]
        assert tuple(store.mentions()) == extraction.mentions
        assert tuple(store.claims()) == extraction.claims


@given(st.lists(st.builds(Judgement, text, text, st.sampled_from(["same", "not same", "unsure"]), text, text)))
def test_ledger_keeps_every_judgement_in_order(judgements):
    with Store() as store:
        for judgement in judgements:
            store.add_judgement(judgement)
        assert list(store.judgements()) == judgements


def test_survives_closing_and_leaves_one_file(tmp_path, small_extractions):
    path = tmp_path / "a.kg"
    with Store(path) as store:
        for document, extraction in small_extractions:
            store.add(document, extraction, "f")
    assert os.listdir(tmp_path) == ["a.kg"]
    with Store(path, readonly=True) as store:
        assert tuple(store.documents()) == tuple(document for document, _ in small_extractions)
        assert tuple(store.mentions()) == tuple(m for _, extraction in small_extractions for m in extraction.mentions)
        assert tuple(store.claims()) == tuple(c for _, extraction in small_extractions for c in extraction.claims)


def test_columns_are_readable(tmp_path, small_extractions):
    with Store(tmp_path / "a.kg") as store:
        store.add(*small_extractions[1], "f")
    rows = sqlite3.connect(tmp_path / "a.kg").execute(
        "SELECT subject, lemma, object, sentence_start FROM claims WHERE polarity = 'negative'"
    )
    assert rows.fetchall() == [("RhineCloud", "einsetzen", "Komponenten von Huawei", 102)]
    rows.connection.close()


def test_roles_are_a_column_of_lists_and_an_object_may_be_missing(tmp_path, small_extractions):
    with Store(tmp_path / "a.kg") as store:
        store.add(*small_extractions[2], "f")
    rows = sqlite3.connect(tmp_path / "a.kg").execute(
        "SELECT lemma, object, object_start, object_type, roles FROM claims"
    )
    assert rows.fetchall() == [
        ("übergeben", "die Schlüssel", 42, "Concept",
         '[["recipient", "", 22, 32, "Nele Prinz", "Person", null], ["place", "in", 36, 41, "Stade", "Place", null], '
         '["manner", "", 56, 66, "nur ungern", null, "nur ungern"]]'),
        ("ausbrennen", None, None, None, "[]"),
    ]  # fmt: skip
    rows.connection.close()


def test_half_an_object_is_none(tmp_path, small_extractions):
    """SQLite refuses it, whatever program tries."""
    with Store(tmp_path / "a.kg") as store:
        store.add(*small_extractions[2], "f")
    db = sqlite3.connect(tmp_path / "a.kg")
    for column in ("object", "object_start", "object_end", "object_type"):
        with pytest.raises(sqlite3.IntegrityError):
            db.execute(f"UPDATE claims SET {column} = NULL WHERE n = 0")
    for column in ("object", "object_start", "object_type", "object_value"):
        with pytest.raises(sqlite3.IntegrityError):
            db.execute(f"UPDATE claims SET {column} = 1 WHERE n = 1")
    db.close()


@pytest.mark.parametrize(
    ("column", "value", "sound"),
    [
        ("roles", '[["place", "in", 36, 41, "Stade", "Place", null]]', True),
        ("roles", '[["place", "in", 36, 41, "Stade", null, "Stade"]]', True),
        ("roles", '[["place", "in", 36, 41, "Stadt", "Place", null]]', False),
        ("roles", '[["place", "in", 36, 41, "Stade", "Ort", null]]', False),
        ("roles", '[["place", "in", 36, 41, "Stade", "Place", "Stade"]]', False),
        ("roles", '[["place", "in", 36, 41, "Stade", null, null]]', False),
        ("roles", '[["place", "in", 36, 41, "Stade", null, 1]]', False),
        ("roles", '[["place", 1, 36, 41, "Stade", "Place", null]]', False),
        ("roles", '[["where", "in", 36, 41, "Stade", "Place", null]]', False),
        ("roles", '[["place", "in", 36.0, 41, "Stade", "Place", null]]', False),
        ("roles", '[["place", "in", 36, 41, "Stade"]]', False),
        ("roles", '[["place", ["in"], 36, 41, "Stade", "Place", null]]', False),
        ("roles", '[["place"', False),
        ("roles", '{"place": "in"}', False),
        ("roles", "1", False),
        ("roles", "", False),
        ("roles", None, False),
        ("object_start", None, False),
        ("object", None, False),
        ("object_type", None, False),
        ("object_value", "x", False),
    ],
)
def test_what_may_stand_in_a_row_of_claims(small_extractions, column, value, sound):
    document, extraction = small_extractions[2]
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(tables.SCHEMA.replace(" NOT NULL", "").replace("CHECK", "-- CHECK").replace("n),\n", "n)\n"))
        row = (document.id, 0, *tables.claim_row(extraction.claims[0]))
        db.execute(f"INSERT INTO claims VALUES ({', '.join('?' * len(row))})", row)
        db.execute(f"UPDATE claims SET {column} = ?", (value,))
        rows = db.execute("SELECT * FROM claims").fetchall()
    assert tables.fits("claims", [row], document.text)
    assert tables.fits("claims", rows, document.text) is sound


def test_a_new_version_replaces_the_old_one(small_extractions):
    (blog, found), *_ = small_extractions
    newer = Document(blog.id, "Huawei warnt.")
    with Store() as store:
        store.add(blog, found, "f")
        store.add(newer, Extraction((), ()), "f")
        assert [list(store.documents()), list(store.mentions()), list(store.claims())] == [[newer], [], []]


def test_a_document_that_fails_leaves_the_old_one(small_extractions):
    (blog, found), *_ = small_extractions
    broken = Claim(
        blog.id, Span(0, 1, "\ud800"), *[getattr(found.claims[0], n) for n in ("subject", "predicate", "object")]
    )
    with Store() as store:
        store.add(blog, found, "f")
        with pytest.raises(StoreError, match=r"blog\.txt: lone surrogate '\\ud800'"):
            store.add(blog, Extraction((), (broken,)), "g")
        assert (list(store.documents()), tuple(store.claims())) == ([blog], found.claims)
        assert store.has(blog, "f")


@pytest.mark.parametrize(
    ("document", "fingerprint", "known"),
    [
        (Document("a", "Text", "Titel", "2018"), "f", True),
        (Document("a", "Text", "Titel", "2018"), "g", False),
        (Document("a", "Text.", "Titel", "2018"), "f", False),
        (Document("a", "Text", "Titel", "2019"), "f", False),
        (Document("b", "Text", "Titel", "2018"), "f", False),
    ],
    ids=["same", "other pipeline", "other text", "other date", "other id"],
)
def test_knows_what_it_has_read(document, fingerprint, known):
    with Store() as store:
        store.add(Document("a", "Text", "Titel", "2018"), Extraction((), ()), "f")
        assert store.has(document, fingerprint) is known


def test_order_is_that_of_ids_whatever_was_added_first(small_extractions):
    with Store() as store:
        for document, extraction in reversed(small_extractions):
            store.add(document, extraction, "f")
        assert [document.id for document in store.documents()] == [
            *("blog.txt", "zeitung/huawei.txt", "zeitung/werft.txt")
        ]
        docs = ["blog.txt"] * 2 + ["zeitung/huawei.txt"] * 4 + ["zeitung/werft.txt"] * 2
        assert [claim.doc for claim in store.claims()] == docs


def test_remove_takes_all_but_judgements(small_extractions):
    judgement = Judgement("blog.txt#0-1", "b#0-1", "same", "rule", "name")
    with Store() as store:
        store.add(*small_extractions[0], "f")
        store.add_judgement(judgement)
        assert (store.remove("blog.txt"), store.remove("blog.txt")) == (True, False)
        assert [*store.documents(), *store.mentions(), *store.claims()] == []
        assert list(store.judgements()) == [judgement]


def _foreign_database(path):
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE t (a)")
    db.close()


def _newer_store(path):
    Store(path).close()
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version = {VERSION + 1}")
    db.close()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: None, "no such store; build one with `kg build INPUT -o"),
        (lambda path: path.write_bytes(b""), "no kg store"),
        (lambda path: path.write_bytes(b"\x89PNG" * 999), "no kg store"),
        (_foreign_database, "no kg store"),
        (_newer_store, f"a store of version {VERSION + 1}, this kg reads version {VERSION}"),
    ],
    ids=["missing", "empty", "picture", "other database", "other version"],
)
def test_says_what_is_wrong_with_a_file(tmp_path, make, message):
    path = tmp_path / "a.kg"
    make(path)
    assert not is_store(path)
    with pytest.raises(StoreError) as caught:
        Store(path, readonly=True)
    assert str(caught.value).startswith(f"{path}: {message}")


def test_settings_stay(tmp_path):
    with Store(tmp_path / "a.kg") as store:
        store.set("colour", string.ascii_letters)
    with Store(tmp_path / "a.kg", readonly=True) as store:
        assert (store.setting("colour"), store.setting("none", "x")) == (string.ascii_letters, "x")


def test_an_older_store_with_a_date_of_its_own_kind_is_read(tmp_path, monkeypatch, caplog, small_extractions):
    """Any date was taken once; today a text with one is none to be read, and one without is read anew."""
    path = tmp_path / "a.kg"
    (blog, found), *_ = small_extractions
    old = Document.as_kept(blog.id, blog.text, "", "Mai 2021", "", "", "")
    with Store(path) as store:
        store.add(old, found, "f")
    graph = kg.open(path)
    assert graph.documents == (old,)
    graph.write(tmp_path / "a.ttl", "full")
    assert kg.open(tmp_path / "a.ttl") == graph
    graph.write(tmp_path / "a.jsonl")
    with pytest.raises(SourceError, match=r'^blog\.txt: the date "Mai 2021" is not ISO 8601'):
        kg.build(graph.documents)
    monkeypatch.setattr(kg.extract, "extract_all", lambda documents, *_: [(d, Extraction((), ())) for d in documents])
    monkeypatch.setattr(reading, "fingerprint", lambda model, words="": "f")
    assert kg.build([old, Document("b", "Neu.")], store=path).documents == (Document("b", "Neu."), old)
    assert caplog.messages[0].endswith("; its earlier reading stays")
    assert kg.build([blog, Document("b", "Neu.")], store=path).documents == (Document("b", "Neu."), blog)
