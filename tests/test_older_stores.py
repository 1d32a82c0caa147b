"""Stores of versions 2 to 4, without digests, roles or risk: they are read, get what they lack, and their damage is told as well."""

from __future__ import annotations

import re
import shutil
import sqlite3
import time
from contextlib import closing
from itertools import cycle
from pathlib import Path

import pytest
from click.testing import CliRunner
from commands import complains, run
from damaged_stores import SHORT, TEXTS, VERDICTS, change, content, outcome
from small_graph import YARD, YARD_CLAIMS, YARD_MENTIONS

import kg
from kg.cli import cli
from kg.errors import DamagedError, KgError
from kg.records import Extraction
from kg.store import tables
from kg.store.damage import digest
from kg.store.store import VERSION, Store

# What the claims of versions 2 and 3 were: no roles, and always an object.
CLAIMS_3 = """
CREATE TABLE claims (
    doc TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE, n INTEGER NOT NULL,
    sentence_start INTEGER NOT NULL, sentence_end INTEGER NOT NULL, sentence TEXT NOT NULL,
    subject_start INTEGER NOT NULL, subject_end INTEGER NOT NULL, subject TEXT NOT NULL, subject_type TEXT NOT NULL,
    lemma TEXT NOT NULL, predicate TEXT NOT NULL, predicate_spans TEXT NOT NULL, predicate_text TEXT NOT NULL,
    object_start INTEGER NOT NULL, object_end INTEGER NOT NULL, object TEXT NOT NULL,
    object_type TEXT, object_value TEXT,
    polarity TEXT NOT NULL, modality TEXT NOT NULL,
    speaker_start INTEGER, speaker_end INTEGER, speaker TEXT, speaker_type TEXT,
    time_start INTEGER, time_end INTEGER, time TEXT, since TEXT, until TEXT,
    confidence REAL NOT NULL,
    PRIMARY KEY (doc, n),
    CHECK ((object_type IS NULL) <> (object_value IS NULL))
)
"""


# What they were in version 4: with roles, and not always with an object.
CLAIMS_4 = tables.CLAIMS.replace(", risk REAL NOT NULL DEFAULT 0", "")


def as_version_4(path: Path) -> None:
    """Make of a store what kg wrote before it knew of risk."""
    _with_claims(path, CLAIMS_4, {"risk"}, 4)


def as_version_3(path: Path) -> None:
    """Make of a store, whose claims must have no roles, what kg wrote before there were any."""
    _with_claims(path, CLAIMS_3, {"roles", "risk"}, 3)


def _with_claims(path: Path, schema: str, lacking: set[str], version: int) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        names = [n for (n,) in db.execute("SELECT name FROM pragma_table_info('claims')") if n not in lacking]
        db.execute("ALTER TABLE claims RENAME TO wide")
        db.execute(schema)
        known = ", ".join(f'"{name}"' for name in names)
        db.execute(f"INSERT INTO claims SELECT {known} FROM wide")
        db.execute("DROP TABLE wide")
        db.execute(f"PRAGMA user_version = {version}")
        for (doc,) in db.execute("SELECT name FROM digests WHERE part = 'claims'").fetchall():
            rows = db.execute(tables.ROW_QUERIES["claims"], (doc,)).fetchall()
            db.execute("UPDATE digests SET digest = ? WHERE part = 'claims' AND name = ?", (digest(rows), doc))
        rows = db.execute(tables.ROW_QUERIES["tables"]).fetchall()
        db.execute("UPDATE digests SET digest = ? WHERE part = 'tables'", (digest(rows),))


def as_version_2(path: Path) -> None:
    as_version_3(path)
    columns = {"listed": ("kind",), "judgements": ("left_name", "right_name")}
    dropped = [f"ALTER TABLE {table} DROP COLUMN {name}" for table, names in columns.items() for name in names]
    change(path, "DROP TABLE digests", "PRAGMA user_version = 2", *dropped)


AGES = {2: as_version_2, 3: as_version_3, 4: as_version_4}


@pytest.mark.parametrize("age", AGES.values())
def test_an_older_store_is_read_and_gets_what_it_lacks_when_it_is_built_or_reviewed(reader, store, tmp_path, age):
    """Digests, roles, risk, columns that may be empty."""
    expected = content(store)
    age(store)
    before = store.read_bytes()
    assert content(store) == expected
    assert store.read_bytes() == before
    shutil.copy(store, tmp_path / "b.kg")
    kg.build(TEXTS, store=store)
    done = run("review", "b.kg", "--not-same", "Duisburg", "RhineCloud", cwd=tmp_path)
    assert (done.returncode, reader) == (0, [])
    for path, more in ((store, 0), (tmp_path / "b.kg", 1)):
        with Store(path, readonly=True) as kept:
            kept.check()
            assert kept.ask("PRAGMA user_version") == [(VERSION,)]
            assert len(list(kept.judgements())) == len(VERDICTS) + more
        with Store(path) as kept:
            kept.add(YARD, Extraction(YARD_MENTIONS, YARD_CLAIMS), "f")
            assert [claim for claim in kept.claims() if claim.doc == YARD.id] == list(YARD_CLAIMS)
            kept.check()
        with closing(sqlite3.connect(path)) as db:
            tables_of = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        kept = {"resolved", "resolved_entities", "resolved_facts", "resolved_names"}
        assert tables_of == {"settings", "documents", "mentions", "claims", "listed", "judgements", "digests"} | kept


@pytest.mark.parametrize(
    ("table", "column"), [("listed", "kind"), ("claims", "roles"), ("claims", "risk"), ("judgements", "left_name")]
)
@pytest.mark.parametrize("name", [str, str.upper])
def test_a_store_of_version_2_that_has_a_column_of_today_stays_usable(store, table, column, name):
    expected = content(store)
    change(store, "DROP TABLE digests", "PRAGMA user_version = 2",
           f"ALTER TABLE {table} RENAME COLUMN {column} TO was", f"ALTER TABLE {table} RENAME COLUMN was TO {name(column)}")  # fmt: skip
    with Store(store) as kept:
        kept.check()
    assert content(store) == expected


def test_a_store_of_version_2_with_a_column_that_cannot_be_made_is_damaged(store):
    """A column that SQLite computes is none that anything could be written to."""
    change(store, "DROP TABLE digests", "PRAGMA user_version = 2", "ALTER TABLE listed DROP COLUMN kind",
           "ALTER TABLE listed ADD COLUMN kind TEXT GENERATED ALWAYS AS ('') VIRTUAL")  # fmt: skip
    with pytest.raises(DamagedError, match=r"damaged beyond reading; restore a copy of it, or save its verdicts with"):
        Store(store)


def test_a_flipped_bit_in_a_store_of_version_3_is_told_and_a_build_mends_it(reader, store):
    as_version_3(store)
    expected = kg.open(store)
    change(store, "UPDATE claims SET lemma = 'leitem' WHERE doc = 'blog.txt' AND n = 0")
    before = store.read_bytes()
    for use in (kg.open, Store):
        with pytest.raises(DamagedError, match=r"damaged: 1 document \(blog\.txt\)"):
            use(store)
    assert store.read_bytes() == before
    built = kg.build(TEXTS, store=store)
    assert (built.documents, built.claims, reader) == (expected.documents, expected.claims, ["blog.txt"])
    with Store(store) as kept:
        kept.check()


def test_the_version_of_a_store_goes_with_its_tables(store):
    for version, told in ((4, "its structure"), (3, "its structure"), (2, "its structure")):
        change(store, f"PRAGMA user_version = {version}")
        with pytest.raises(DamagedError, match=told):
            Store(store)
    change(store, f"PRAGMA user_version = {VERSION}")
    as_version_3(store)
    change(store, f"PRAGMA user_version = {VERSION}")
    with Store(store, readonly=True) as kept:
        assert kept.damage().rest == ("its structure",)


@pytest.mark.parametrize("version", [*AGES, VERSION])
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t BEFORE INSERT ON judgements BEGIN SELECT RAISE(IGNORE); END",
        "CREATE TRIGGER t AFTER INSERT ON mentions BEGIN DELETE FROM judgements; END",
        "CREATE VIEW v AS SELECT * FROM documents",
        'CREATE UNIQUE INDEX i ON judgements ("left", "right", verdict)',
    ],
    ids=lambda value: value[:20],
)
def test_no_verdict_goes_into_a_store_that_somebody_gave_a_trigger(reader, store, version, statement):
    """SQLite would run it on what kg writes, and kg would say that the verdict is there."""
    if version in AGES:
        AGES[version](store)
    expected = kg.open(store).documents
    change(store, statement)
    told = complains(run("review", "a.kg", "--not-same", "Duisburg", "RhineCloud", cwd=store.parent))
    assert told == "kg: a.kg: damaged: its structure; `kg build INPUT... -o a.kg` reads nothing twice and mends it"
    with pytest.raises(DamagedError, match="its structure"):
        Store(store)
    assert (kg.build(TEXTS, store=store).documents, reader) == (expected, [])
    assert run("review", "a.kg", "--not-same", "Duisburg", "RhineCloud", cwd=store.parent).returncode == 0
    with Store(store) as kept:
        kept.check()
        assert len(list(kept.judgements())) == len(VERDICTS) + 1


@pytest.mark.parametrize("version", [*AGES, VERSION])
@pytest.mark.parametrize("rest", ["", "DELETE FROM mentions", "DELETE FROM claims"])
def test_what_was_left_of_a_document_is_told_and_does_not_stop_a_build(reader, store, version, rest):
    """sqlite3 heeds no foreign keys: the document goes, its mentions and claims stay."""
    if version in AGES:
        AGES[version](store)
    change(store, "DELETE FROM documents WHERE id = 'blog.txt'", *([rest] if rest else []))
    with pytest.raises(DamagedError, match=r"damaged: .*blog\.txt"):
        kg.open(store)
    built = kg.build(TEXTS, store=store)
    assert (built.documents, built) == (tuple(sorted(TEXTS, key=lambda text: text.id)), kg.open(store))
    assert "blog.txt" in reader


def test_a_store_without_digests_that_cannot_be_read_is_mended_too(reader, store):
    as_version_2(store)
    change(store, "UPDATE claims SET sentence = CAST(x'ff' AS TEXT) WHERE doc = 'blog.txt'")
    with pytest.raises(DamagedError, match=r"1 document \(blog\.txt\)"):
        kg.open(store)
    assert "a.kg: damaged: 1 document (blog.txt); " in complains(run("review", "a.kg", cwd=store.parent))
    assert (kg.build(TEXTS, store=store), reader) == (kg.open(store), ["blog.txt"])


@pytest.mark.parametrize("version", [2, VERSION])
@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE documents SET text = {} WHERE id = 'd3'", "1 document (d3)"),
        ("UPDATE documents SET id = {} WHERE id = 'd3'", r"documents (b'\x00\x00"),
        ("UPDATE claims SET sentence = {} WHERE doc = 'blog.txt' AND n = 0", "1 document (blog.txt)"),
        ("UPDATE settings SET value = {} WHERE name = 'base_iri'", "its settings"),
    ],
)
@pytest.mark.slow
def test_many_bytes_in_the_place_of_a_text_are_told_at_once(store, version, statement, told):
    """Half a minute of work for one CPU, before their type was looked at first."""
    if version in AGES:
        AGES[version](store)
    change(store, statement.format("zeroblob(30000000)"))
    begun = time.process_time()
    with pytest.raises(DamagedError) as error:
        kg.open(store)
    assert time.process_time() - begun < 3
    assert told in str(error.value)


# What may stand in a column in the place of what kg wrote, in the words of SQL.
JUNK = (
    "NULL",
    "''",
    "x'00ff'",
    "'x'",
    "-1",
    "9223372036854775807",
    "1e999",
    "'[[0, 9999]]'",
    "'{\"a\": 1}'",
    "'[[['",
    "'\n'",
)
COMMANDS = (
    ("show", "a.kg", "Link"),
    ("why", "a.kg", "Link"),
    ("query", "a.kg", "SELECT * { ?s ?p ?o }"),
    ("export", "a.kg", "x.ttl", "--level", "full"),
    ("export", "a.kg", "x.jsonl"),
    ("stats", "a.kg"),
    ("validate", "a.kg"),
)


@pytest.mark.parametrize("table", ["documents", "mentions", "claims", "judgements", "settings", "listed"])
@pytest.mark.slow
def test_junk_in_a_store_without_digests_is_told_or_does_no_harm(store, monkeypatch, table):
    """Here the tables have lost their constraints, too, so that SQLite takes whatever it is given.

    Each column with each junk meets every second command, in turns: each column all commands, and so does each junk.
    """
    monkeypatch.chdir(store.parent)
    with Store(store) as kept:
        for text in SHORT:
            kept.remove(text.id)
        kept.set("run", '{"version": "0.1.0", "model": "m", "gazetteers": ["x.csv"]}')
    as_version_2(store)
    change(
        store,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '')",
    )
    before, expected, told = store.read_bytes(), kg.open(store), 0
    with closing(sqlite3.connect(store)) as db:
        columns = [name for (name,) in db.execute("SELECT name FROM pragma_table_info(?)", (table,))]
    for column, half in zip(columns, cycle((0, 1))):
        for turn, junk in enumerate(JUNK, half):
            store.write_bytes(before)
            try:
                change(store, f'UPDATE {table} SET "{column}" = {junk}')
            except sqlite3.IntegrityError:  # what is a key stays one
                continue
            found = outcome(lambda: kg.open("a.kg"), Path("a.kg"))
            told += found is None
            if found is None or found == expected:
                continue
            # the last takes as long as the others together
            for args in COMMANDS[turn % 2 :: 2] if junk in JUNK[:2] else COMMANDS[turn % 2 : -1 : 2]:
                error = CliRunner().invoke(cli, args).exception
                assert error is None or isinstance(error, KgError | SystemExit), (column, junk, args)
    assert told


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE claims SET predicate_spans = '[[1, 2' WHERE doc = 'blog.txt'", "1 document (blog.txt)"),
        ("UPDATE claims SET since = 'Mai', time_start = 0, time_end = 5, time = 'Oberb'", "2 documents (blog.txt, "),
        ("UPDATE claims SET predicate = 'leiten' WHERE doc = 'blog.txt'", "1 document (blog.txt)"),
        ("UPDATE mentions SET start = 100, \"end\" = 107 WHERE doc = 'd3'", "1 document (d3)"),
        ("UPDATE documents SET text = 'Huawei' WHERE id = 'd3'", "1 document (d3)"),
        ("UPDATE settings SET value = '{' WHERE name = 'run'", "its settings"),
        ("UPDATE settings SET value = 'x' WHERE name = 'base_iri'", "its settings"),
        ("UPDATE listed SET aliases = '[1]'", "its list of known names"),
    ],
    ids=lambda value: value[:50],
)
def test_what_cannot_be_in_a_store_without_digests_is_named_and_a_build_mends_it(reader, store, statement, told):
    with Store(store) as kept:
        kept.set("run", "{}")
    as_version_2(store)
    expected = kg.open(store)
    change(store, statement)
    with pytest.raises(DamagedError, match=re.escape(f"{store}: damaged: {told}")):
        kg.open(store)
    with pytest.raises(DamagedError, match="damaged"):
        Store(store)
    built = kg.build(TEXTS, store=store)
    assert (built.documents, built.claims) == (expected.documents, expected.claims)
    assert content(store)[2] == VERDICTS
