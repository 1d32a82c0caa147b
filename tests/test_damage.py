"""A store that is not as it was written says so, is mended by a build, and loses no verdict in silence."""

from __future__ import annotations

import os
import random
import re
import sqlite3
from contextlib import closing

import pytest
from commands import complains, run
from damaged_stores import TEXTS, VERDICTS, change, content, outcome

import kg
from kg.errors import DamagedError, StoreError
from kg.records import Document, Extraction
from kg.review.ledger import read_ledger
from kg.store import tables
from kg.store.damage import digest
from kg.store.store import Store


def flipped(data: bytes, random_bit: int) -> bytes:
    changed = bytearray(data)
    changed[random_bit // 8] ^= 1 << random_bit % 8
    return bytes(changed)


@pytest.mark.slow
def test_a_flipped_bit_changes_nothing_or_is_told(tmp_path, sound):
    path, chance, told = tmp_path / "a.kg", random.Random(16), 0
    path.write_bytes(sound)
    expected = content(path)
    for _ in range(200):
        path.write_bytes(flipped(sound, chance.randrange(len(sound) * 8)))
        found = outcome(lambda: content(path), path)
        assert found in (None, expected)
        told += found is None
    assert 20 < told < 180


def test_a_build_mends_what_a_flipped_bit_broke_or_says_why_not(reader, tmp_path, sound):
    path, chance, mended = tmp_path / "a.kg", random.Random(6), 0
    path.write_bytes(sound)
    expected = kg.open(path).documents, VERDICTS
    for _ in range(24):
        path.write_bytes(flipped(sound, chance.randrange(4096, len(sound)) * 8))
        before, reader[:] = path.read_bytes(), []
        if outcome(lambda: kg.build(TEXTS, store=path), path) is None:
            assert path.read_bytes() == before
        else:
            graph, _, verdicts = content(path)
            assert (graph.documents, verdicts) == expected
            mended += bool(reader)
        assert [file.name for file in tmp_path.iterdir()] == ["a.kg"]
    assert mended


@pytest.mark.parametrize(
    "broken",
    [
        lambda data: data[:4096],
        lambda data: data[: len(data) // 2],
        lambda data: data[:-100],
        lambda data: data[:8192] + bytes(8192) + data[16384:],
        lambda data: data[:4096] + random.Random(1).randbytes(4096) + data[8192:],
        lambda data: data[:100] + bytes(500) + data[600:],
        lambda data: data[:4096] + data[8192:12288] + data[8192:],
    ],
    ids=["one page", "half", "end", "zeros", "noise", "head", "a page twice"],
)
def test_a_lost_block_is_told(reader, store, sound, broken):
    store.write_bytes(broken(sound))
    for use in (lambda: kg.open(store), lambda: kg.build(TEXTS, store=store)):
        assert outcome(use, store) is None


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE claims SET object_start = -7 WHERE doc = 'blog.txt' AND n = 0", "1 document (blog.txt)"),
        ("UPDATE claims SET predicate_spans = '[[1, 2' WHERE doc = 'blog.txt'", "1 document (blog.txt)"),
        ("UPDATE claims SET sentence = CAST(x'ff' AS TEXT) WHERE doc = 'blog.txt'", "1 document (blog.txt)"),
        ("UPDATE documents SET text = 'Huawei warnt' WHERE id IN ('d3', 'd1')", "2 documents (d1, d3)"),
        ("UPDATE documents SET text = x'00' WHERE id = 'd3'", "1 document (d3)"),
        ("DELETE FROM mentions WHERE doc = 'd4'", "1 document (d4)"),
        ("DELETE FROM documents WHERE id = 'd5'", "1 document (d5)"),
        ("DELETE FROM digests WHERE name = 'd6'", "1 document (d6)"),
        ("INSERT INTO mentions SELECT 'd7', 9, start, end, text, form, type, name, '', '', '', '', 0, 0, '', 0, '' "
         "FROM mentions WHERE doc = 'd1'", "1 document (d7)"),
        ("UPDATE documents SET title = 'x' WHERE id LIKE 'd_'", "10 documents (d0, d1, d2, d3, d4, …)"),
        ("UPDATE settings SET value = '{' WHERE name = 'concepts'", "its settings"),
        ("DELETE FROM settings WHERE name = 'base_iri'", "its settings"),
        ("UPDATE listed SET same_as = '['", "its list of known names"),
    ],
    ids=lambda value: value[:50],
)  # fmt: skip
def test_what_is_damaged_is_named_and_a_build_mends_it(reader, store, caplog, statement, told):
    expected = kg.open(store)
    change(store, statement)
    with pytest.raises(
        DamagedError, match=re.escape(f"{store}: damaged: {told}; `kg build INPUT... -o {store}` reads")
    ):
        kg.open(store)
    built = kg.build(TEXTS, store=store)
    assert caplog.messages[0].startswith(f"{store}: damaged: {told}; ")
    assert (built.documents, built.claims) == (expected.documents, expected.claims)
    assert len(reader) == (int(told.split()[0]) if "document" in told else 0)
    assert content(store)[2] == VERDICTS
    with Store(store) as kept:
        kept.check()


@pytest.mark.slow
def test_commands_tell_it_in_one_line(store):
    change(store, "UPDATE documents SET text = 'Huawei' WHERE id = 'd3'")
    for args in (["validate", "a.kg"], ["export", "a.kg", "a.ttl"], ["review", "a.kg"]):
        told = complains(run(*args, cwd=store.parent))
        assert told == "kg: a.kg: damaged: 1 document (d3); `kg build INPUT... -o a.kg` reads it anew and mends it"
    assert [path.name for path in store.parent.iterdir()] == ["a.kg"]


def test_a_damaged_document_that_is_no_input_is_not_dropped_unasked(reader, store):
    change(store, "UPDATE documents SET text = 'Huawei' WHERE id = 'd3'")
    others = [text for text in TEXTS if text.id != "d3"]
    with pytest.raises(
        StoreError, match=r"1 document of it is not among the inputs \(d3\); d3 cannot be read; name all"
    ):
        kg.build(others, store=store)
    assert kg.build(others, store=store, replace=True) == kg.open(store)


def test_a_damaged_verdict_stops_a_build_and_the_others_can_be_saved(reader, store):
    change(store, "UPDATE judgements SET verdict = 'sane' WHERE n = 2")
    with pytest.raises(
        DamagedError, match="1 verdict, and a verdict cannot be read anew; restore a copy of it, or save"
    ):
        kg.build(TEXTS, store=store)
    told = complains(run("review", "a.kg", "--export", "v.jsonl", cwd=store.parent))
    assert "a.kg: damaged: 1 verdict cannot be read; v.jsonl has the other 2; " in told
    assert [j.left for j in read_ledger(store.parent / "v.jsonl")] == ["d1#0-6", "d1#0-6"]


@pytest.mark.parametrize("statement", ["DELETE FROM judgements WHERE n = 3", "UPDATE judgements SET n = 4 WHERE n = 3"])
def test_a_lost_verdict_is_noticed(store, statement):
    change(store, statement)
    with Store(store, readonly=True) as kept, pytest.raises(DamagedError, match=r"damaged: \d verdict"):
        list(kept.judgements())


def test_what_the_tables_are_is_checked_before_they_are_written_to(reader, store):
    """A column that became a number would make "2018" one; what was read before is still right."""
    change(
        store,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = replace(sql, 'date TEXT', 'date REAL') WHERE name = 'documents'",
    )
    expected = kg.open(store).documents
    told = complains(run("validate", "a.kg", cwd=store.parent))
    assert told == "kg: a.kg: damaged: its structure; `kg build INPUT... -o a.kg` reads nothing twice and mends it"
    kg.build(TEXTS, store=store)
    with Store(store) as kept:
        kept.check()
        assert (tuple(kept.documents()), reader) == (expected, [])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE settings SET value = '[]' WHERE name = 'run'",
        "UPDATE claims SET roles = '[[\"x\"]]'",
        "UPDATE claims SET sentence_end = 'x'",
        "UPDATE mentions SET sentence = 'x'",
        "UPDATE listed SET aliases = 'name'",
    ],
)
def test_what_cannot_be_is_told_though_its_digests_are_right(store, statement):
    """Who makes digests anew for rows that kg never wrote has a store that is damaged."""
    with Store(store) as kept:
        kept.set("run", '{"version": "0.1.0"}')
    change(store, statement)
    with closing(sqlite3.connect(store)) as db, db:
        for part, name in db.execute("SELECT part, name FROM digests").fetchall():
            rows = db.execute(tables.ROW_QUERIES[part], (name,) if part in tables.NAME_QUERIES else ()).fetchall()
            db.execute("UPDATE digests SET digest = ? WHERE part = ? AND name = ?", (digest(rows), part, name))
    assert outcome(lambda: content(store), store) is None


def test_a_flipped_bit_in_the_name_of_a_column_is_told(store):
    data = store.read_bytes()
    at = data.index(b"speaker_end")
    store.write_bytes(data[:at] + bytes([data[at] ^ 0x80]) + data[at + 1 :])
    assert outcome(lambda: content(store), store) is None
    assert "damaged" in complains(run("validate", "a.kg", cwd=store.parent))


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"


@pytest.mark.parametrize("table", ["documents", "settings", "judgements", "Digests"])
@pytest.mark.slow
def test_nothing_is_read_of_a_store_that_has_a_view_in_the_place_of_a_table(store, table):
    """Here it has the rows of the table again and again."""
    change(store, f"ALTER TABLE {table} RENAME TO old", f"CREATE VIEW {table} AS {ENDLESS} SELECT old.* FROM n, old")
    for args in (["stats", "a.kg"], ["review", "a.kg"], ["build", "a.txt", "-o", "a.kg"]):
        (store.parent / "a.txt").write_text("Huawei warnt.", encoding="utf-8")
        told = complains(run(*args, cwd=store.parent))
        assert told == "kg: a.kg: damaged beyond reading; restore a copy of it, or move it away and build it again"


def test_verdicts_that_are_gone_with_the_rest_are_not_to_be_saved(store):
    """Of a copy that broke off nothing can be exported, and no line sends the user in a circle."""
    os.truncate(store, 4096 * 2)
    for args in (["stats", "a.kg"], ["review", "a.kg", "--export", "v.jsonl"]):
        told = complains(run(*args, cwd=store.parent))
        assert told == "kg: a.kg: damaged beyond reading; restore a copy of it, or move it away and build it again"


@pytest.mark.parametrize("journal", [b"", bytes(512)])
def test_half_a_store_with_a_journal_beside_it_is_told_in_one_line(store, journal):
    """What a power cut leaves; SQLite looks at the journal before the store is open."""
    os.truncate(store, store.stat().st_size // 2)
    for use in (kg.open, Store, lambda path: Store(path, readonly=True), lambda path: kg.build(TEXTS, store=path)):
        store.with_name("a.kg-journal").write_bytes(journal)
        with pytest.raises(
            DamagedError, match=r"a\.kg: damaged beyond reading; restore a copy of it, or move it away "
        ):
            use(store)
    store.with_name("a.kg-journal").write_bytes(journal)
    assert "a.kg: damaged beyond reading; restore a copy" in complains(run("stats", "a.kg", cwd=store.parent))


def test_mentions_of_no_document_are_told(store):
    """As somebody copies them in by hand; where the store has digests they have none."""
    change(store, "INSERT INTO mentions SELECT 'neu', n, start, end, text, form, type, name, '', '', '', '', 0, 0, '', 0, '' "
                  "FROM mentions WHERE doc = 'd1'")  # fmt: skip
    with pytest.raises(DamagedError, match=r"1 document \(neu\)"):
        kg.open(store)
    for use in (
        lambda kept: kept.remove("neu"),
        lambda kept: kept.add(Document("neu", "Huawei"), Extraction((), ()), "f"),
    ):
        with Store(store) as kept:
            use(kept)
            kept.check()


@pytest.mark.parametrize(
    "forged",
    [
        "UPDATE claims SET predicate = 'foo:bar'",
        "UPDATE claims SET predicate = 'https://a.example/b c>'",
        "UPDATE claims SET subject_start = 99999, subject_end = 100000",
        "UPDATE claims SET sentence_start = -1",
        'UPDATE claims SET roles = \'[["platz", "in", 0, 1, "S", "Person", null]]\'',
        "UPDATE claims SET roles = 'null'",
        "UPDATE claims SET predicate_spans = '[[0, 1e999]]'",
        "UPDATE claims SET confidence = 9e99",
        "UPDATE claims SET risk = -0.5",
        "UPDATE mentions SET sentence = 9223372036854775807",
        "UPDATE mentions SET start = -5",
        "UPDATE mentions SET type = 'Mensch'",
        "UPDATE documents SET text = 'kurz'",
        "UPDATE settings SET value = 'foo' WHERE name = 'base_iri'",
        "INSERT INTO settings VALUES ('run', '{\"relations\": 3}')",
        "INSERT INTO listed VALUES (1, 'x', 'y', '[\"\\ud800\"]', 'Person', '[]', '')",
    ],
)
def test_what_somebody_forged_together_with_its_digests_is_one_line(tmp_path, small_extractions, forged):
    path = tmp_path / "a.kg"
    with Store(path) as store:
        for document, extraction in small_extractions:
            store.add(document, extraction, "f")
        store.set("base_iri", "https://kg.example/")
    with Store(path) as store:
        store._db.executescript(f"PRAGMA foreign_keys = OFF; {forged}; DROP TABLE digests")
        with store._db:
            store._add_digests()
    with pytest.raises(DamagedError, match=r"damaged: .*; `kg build INPUT\.\.\. -o .*a\.kg` reads"):
        kg.open(path)
    with Store(path, readonly=True) as store, pytest.raises(DamagedError):
        store.check()
