"""A store that is not as it was written says so, is mended by a build, and loses no verdict in silence."""

from __future__ import annotations

import os
import random
import re
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from commands import complains, run
from small_graph import (
    BLOG,
    BLOG_CLAIMS,
    BLOG_MENTIONS,
    PAPER,
    PAPER_CLAIMS,
    PAPER_MENTIONS,
    YARD,
    YARD_CLAIMS,
    YARD_MENTIONS,
)

import kg
import kg.extract
from kg import api
from kg.cli import cli
from kg.errors import DamagedError, KgError, StoreError
from kg.records import Document, Extraction, Judgement, Listed, Mention
from kg.review.ledger import read_ledger
from kg.store import tables
from kg.store.damage import digest
from kg.store.store import VERSION, Store

SHORT = [Document(f"d{n}", f"Huawei warnt {n}.") for n in range(15)]
FOUND = {
    **{d.id: Extraction((Mention(d.id, 0, 6, "Huawei", "named", "Organization", "Huawei"),), ()) for d in SHORT},
    BLOG.id: Extraction(BLOG_MENTIONS, BLOG_CLAIMS),
    PAPER.id: Extraction(PAPER_MENTIONS, PAPER_CLAIMS),
}
TEXTS = [BLOG, *SHORT, PAPER]
VERDICTS = [
    Judgement("d1#0-6", "d2#0-6", "not same", "Redaktion", "zwei Firmen", 1.0, "2024-05-31"),
    Judgement("d3#0-6", "d2#0-6", "not same", "Redaktion"),
    Judgement("d1#0-6", "d2#0-6", "same", "Redaktion"),
]


@pytest.fixture
def reader(monkeypatch) -> list[str]:
    """Stands in for the pipeline; the ids of the documents that it was given."""
    given: list[str] = []

    def extract_all(documents, model, workers=1, relations=""):
        for document in documents:
            given.append(document.id)
            yield document, FOUND[document.id]

    monkeypatch.setattr(kg.extract, "extract_all", extract_all)
    monkeypatch.setattr(api, "fingerprint", lambda model, words="": "f")
    monkeypatch.setattr(api, "described", lambda model: "de_kg_news 0.2.0")
    return given


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> bytes:
    path = tmp_path_factory.mktemp("sound") / "a.kg"
    with Store(path) as store:
        for text in TEXTS:
            store.add(text, FOUND[text.id], "f")
        for name, value in (("base_iri", "https://kg.example/"), ("concepts", "linked")):
            store.set(name, value)
        for verdict in VERDICTS:
            store.add_judgement(verdict)
        store.set_listed([Listed("x", "Huawei", ("HW",), "Organization", ("https://example.org/1",))])
    return path.read_bytes()


@pytest.fixture
def store(tmp_path, sound) -> Path:
    path = tmp_path / "a.kg"
    path.write_bytes(sound)
    return path


def change(path: Path, *statements: str) -> None:
    """Change a store as SQLite can, behind the back of kg."""
    with closing(sqlite3.connect(path)) as db, db:
        for statement in statements:
            db.execute(statement)


def content(path: Path):
    graph = kg.open(path)
    with Store(path, readonly=True) as store:
        return graph, graph.run, list(store.judgements())


def outcome(use, path: Path):
    """What comes of using a store, None where it was told in one line why nothing does."""
    try:
        return use()
    except StoreError as error:
        told = str(error)
    assert told.startswith(f"{path}: ")
    assert "\n" not in told
    return None


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
    for _ in range(12):
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


def as_version_3(path: Path) -> None:
    """Make of a store, whose claims must have no roles, what kg wrote before there were any."""
    with closing(sqlite3.connect(path)) as db, db:
        names = [name for (name,) in db.execute("SELECT name FROM pragma_table_info('claims')") if name != "roles"]
        db.execute("ALTER TABLE claims RENAME TO wide")
        db.execute(CLAIMS_3)
        known = ", ".join(f'"{name}"' for name in names)
        db.execute(f"INSERT INTO claims SELECT {known} FROM wide")
        db.execute("DROP TABLE wide")
        db.execute("PRAGMA user_version = 3")
        for (doc,) in db.execute("SELECT name FROM digests WHERE part = 'claims'").fetchall():
            rows = db.execute(tables.ROW_QUERIES["claims"], (doc,)).fetchall()
            db.execute("UPDATE digests SET digest = ? WHERE part = 'claims' AND name = ?", (digest(rows), doc))
        rows = db.execute(tables.ROW_QUERIES["tables"]).fetchall()
        db.execute("UPDATE digests SET digest = ? WHERE part = 'tables'", (digest(rows),))


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


def as_version_2(path: Path) -> None:
    as_version_3(path)
    columns = {"listed": ("kind",), "judgements": ("left_name", "right_name")}
    dropped = [f"ALTER TABLE {table} DROP COLUMN {name}" for table, names in columns.items() for name in names]
    change(path, "DROP TABLE digests", "PRAGMA user_version = 2", *dropped)


AGES = {2: as_version_2, 3: as_version_3}


@pytest.mark.parametrize("age", AGES.values())
def test_an_older_store_is_read_and_gets_what_it_lacks_when_it_is_built_or_reviewed(reader, store, tmp_path, age):
    """Digests, roles, columns that may be empty."""
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
            assert kept._pragma("user_version") == VERSION
            assert len(list(kept.judgements())) == len(VERDICTS) + more
        with Store(path) as kept:
            kept.add(YARD, Extraction(YARD_MENTIONS, YARD_CLAIMS), "f")
            assert [claim for claim in kept.claims() if claim.doc == YARD.id] == list(YARD_CLAIMS)
            kept.check()
        with closing(sqlite3.connect(path)) as db:
            tables_of = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert tables_of == {"settings", "documents", "mentions", "claims", "listed", "judgements", "digests"}


@pytest.mark.parametrize(("table", "column"), [("listed", "kind"), ("claims", "roles"), ("judgements", "left_name")])
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
    for version, told in ((3, "its structure"), (2, "its structure")):
        change(store, f"PRAGMA user_version = {version}")
        with pytest.raises(DamagedError, match=told):
            Store(store)
    change(store, f"PRAGMA user_version = {VERSION}")
    as_version_3(store)
    change(store, f"PRAGMA user_version = {VERSION}")
    with Store(store, readonly=True) as kept:
        assert kept.damage().rest == ("its structure",)


@pytest.mark.parametrize("version", [2, 3, 4])
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


@pytest.mark.parametrize("version", [2, 3, 4])
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


def test_a_store_without_digests_that_cannot_be_read_is_mended_too(reader, store):
    as_version_2(store)
    change(store, "UPDATE claims SET sentence = CAST(x'ff' AS TEXT) WHERE doc = 'blog.txt'")
    with pytest.raises(DamagedError, match=r"1 document \(blog\.txt\)"):
        kg.open(store)
    assert "a.kg: damaged: 1 document (blog.txt); " in complains(run("review", "a.kg", cwd=store.parent))
    assert (kg.build(TEXTS, store=store), reader) == (kg.open(store), ["blog.txt"])


@pytest.mark.parametrize("version", [2, 4])
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
    """Here the tables have lost their constraints, too, so that SQLite takes whatever it is given."""
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
    for column in columns:
        for junk in JUNK:
            store.write_bytes(before)
            try:
                change(store, f'UPDATE {table} SET "{column}" = {junk}')
            except sqlite3.IntegrityError:  # what is a key stays one
                continue
            found = outcome(lambda: kg.open("a.kg"), Path("a.kg"))
            told += found is None
            if found is None or found == expected:
                continue
            for args in COMMANDS if junk == JUNK[0] else COMMANDS[:-1]:  # the last takes as long as the others together
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
