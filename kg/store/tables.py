"""The tables of a store: a record as a row, and the record that a row was.

"Link übergab Prinz die Schlüssel" is a row of claims, with subject, predicate and object side by side for any SQLite
browser. What else takes part in the clause is one column of JSON, a list for each: role, preposition, start, end, text,
type (null for a text that is no thing), and value (null for a thing).
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from functools import cache
from typing import Any

from kg.graph.soundness import MOST, flaw_of
from kg.ontology import BASE_IRI
from kg.records import (
    CONCEPTS,
    FORMS,
    TYPES,
    VERDICTS,
    Argument,
    Claim,
    Document,
    Judgement,
    Listed,
    Literal,
    Mention,
    Predicate,
    Role,
    Run,
    Span,
    Time,
)
from kg.system.text import is_date

# Column order is the field order of the records. `n` keeps the order in which a document's claims were found.
CLAIMS = """
CREATE TABLE claims (
    doc TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE, n INTEGER NOT NULL,
    sentence_start INTEGER NOT NULL, sentence_end INTEGER NOT NULL, sentence TEXT NOT NULL,
    subject_start INTEGER NOT NULL, subject_end INTEGER NOT NULL, subject TEXT NOT NULL, subject_type TEXT NOT NULL,
    lemma TEXT NOT NULL, predicate TEXT NOT NULL, predicate_spans TEXT NOT NULL, predicate_text TEXT NOT NULL,
    object_start INTEGER, object_end INTEGER, object TEXT, object_type TEXT, object_value TEXT,
    polarity TEXT NOT NULL, modality TEXT NOT NULL,
    speaker_start INTEGER, speaker_end INTEGER, speaker TEXT, speaker_type TEXT,
    time_start INTEGER, time_end INTEGER, time TEXT, since TEXT, until TEXT,
    confidence REAL NOT NULL, roles TEXT NOT NULL DEFAULT '[]', risk REAL NOT NULL DEFAULT 0,
    PRIMARY KEY (doc, n),
    CHECK ((object IS NULL) = (object_start IS NULL) AND (object IS NULL) = (object_end IS NULL)),
    CHECK ((object IS NOT NULL) = (object_type IS NOT NULL) + (object_value IS NOT NULL))
);
"""
SCHEMA = f"""
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    id TEXT PRIMARY KEY, text TEXT NOT NULL, title TEXT NOT NULL, date TEXT NOT NULL, publisher TEXT NOT NULL,
    url TEXT NOT NULL, encoding TEXT NOT NULL, sha256 TEXT NOT NULL, fingerprint TEXT NOT NULL
);
CREATE TABLE mentions (
    doc TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE, n INTEGER NOT NULL,
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, form TEXT NOT NULL, type TEXT NOT NULL,
    name TEXT NOT NULL, description TEXT NOT NULL, "case" TEXT NOT NULL, gender TEXT NOT NULL, number TEXT NOT NULL,
    sentence INTEGER NOT NULL, clause INTEGER NOT NULL, role TEXT NOT NULL,
    pointing INTEGER NOT NULL, antecedent TEXT NOT NULL,
    PRIMARY KEY (doc, n)
);
{CLAIMS}
CREATE TABLE listed (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL, label TEXT NOT NULL, aliases TEXT NOT NULL, type TEXT NOT NULL,
    same_as TEXT NOT NULL, kind TEXT NOT NULL DEFAULT ''
);
CREATE TABLE judgements (
    n INTEGER PRIMARY KEY, "left" TEXT NOT NULL, "right" TEXT NOT NULL, verdict TEXT NOT NULL,
    "by" TEXT NOT NULL, why TEXT NOT NULL, score REAL NOT NULL, "when" TEXT NOT NULL,
    left_name TEXT NOT NULL DEFAULT '', right_name TEXT NOT NULL DEFAULT ''
);
"""
DIGESTS = """
CREATE TABLE digests (
    part TEXT NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (part, name)
) WITHOUT ROWID;
"""

RESOLVED = """
CREATE TABLE IF NOT EXISTS resolved (name TEXT PRIMARY KEY, value TEXT NOT NULL, digest TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS resolved_entities (
    id TEXT PRIMARY KEY, record TEXT NOT NULL, facts TEXT NOT NULL, mentions TEXT NOT NULL, digest TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS resolved_facts (
    id TEXT PRIMARY KEY, record TEXT NOT NULL, claims TEXT NOT NULL, digest TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS resolved_names (id TEXT PRIMARY KEY, entities TEXT NOT NULL, digest TEXT NOT NULL);
"""
"""What `kg.store.resolved` keeps; a store is whole without it."""
RESOLVED_ANEW = "".join(f"DROP TABLE IF EXISTS {n};" for n in re.findall(r"EXISTS (\w+)", RESOLVED)) + RESOLVED

# What tables of older stores lack: those of version 2 all of it, of version 3 roles and risk, of version 4 the risk.
_LACKING = {"claims": ("roles", "risk"), "listed": ("kind",), "judgements": ("left_name", "right_name")}

SETTINGS = ("base_iri", "concepts", "run")
"""What settings say of the whole store."""

REMARKS = {"withdrawn": {"by", "when", "why"}, "unread": {"error", "key"}}
"""What settings say of documents that the store does not have, see `kg.store.absent`: what is in the JSON of each."""

OF_A_DOCUMENT = ("documents", "mentions", "claims")
_RESOLVED = "'resolved', 'resolved_entities', 'resolved_facts', 'resolved_names'"
_OURS = "'settings', 'documents', 'mentions', 'claims', 'listed', 'judgements', 'digests'"

# The rows that a digest is made of, by the name it has within its part; who reads a part asks the same.
ROW_QUERIES = {
    "documents": "SELECT * FROM documents WHERE id = ?",
    "mentions": "SELECT * FROM mentions WHERE doc = ? ORDER BY n",
    "claims": "SELECT * FROM claims WHERE doc = ? ORDER BY n",
    "judgements": "SELECT * FROM judgements WHERE n = ?",
    "settings": "SELECT * FROM settings WHERE name = ?",
    "listed": "SELECT * FROM listed ORDER BY n",
    "owner": "PRAGMA application_id",
    "version": "PRAGMA user_version",
    "text": "SELECT text FROM documents WHERE id = ?",
    "columns": "SELECT name FROM pragma_table_info(?)",
    "tables": f"SELECT sql FROM sqlite_master WHERE type = 'table' AND name IN ({_OURS}) ORDER BY name",
    # A view in the place of a table, or a table that a program makes up.
    "replaced": "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND sql NOT LIKE 'CREATE TABLE %' "
    f"AND lower(name) IN ({_OURS}, {_RESOLVED})",
    # What kg never makes: a trigger drops or changes what is written. The indexes that SQLite makes itself have no SQL.
    "foreign": "SELECT name FROM sqlite_master WHERE type <> 'table' AND sql IS NOT NULL",
}
NAME_QUERIES = {
    "documents": "SELECT id FROM documents",
    "mentions": "SELECT id FROM documents UNION SELECT doc FROM mentions",
    "claims": "SELECT id FROM documents UNION SELECT doc FROM claims",
    "judgements": "SELECT CAST(n AS TEXT) FROM judgements",
    "settings": "SELECT name FROM settings",
}


def fields(record: Document | Mention | Judgement | Listed) -> tuple[Any, ...]:
    """A record as its columns, a list among its fields as JSON."""
    values = (getattr(record, name) for name in record.__slots__)
    return tuple(json.dumps(value) if isinstance(value, tuple) else value for value in values)


def claim_row(claim: Claim) -> tuple[Any, ...]:
    """A claim as its columns after `doc` and `n`; what it does not have is NULL."""
    speaker = claim.speaker
    time = claim.time
    return (
        *(claim.sentence.start, claim.sentence.end, claim.sentence.text),
        *(claim.subject.start, claim.subject.end, claim.subject.text, claim.subject.type),
        *(claim.predicate.lemma, claim.predicate.iri, json.dumps(claim.predicate.spans), claim.predicate.text),
        *(_filler(claim.object) if claim.object else (None,) * 5),
        *(claim.polarity, claim.modality),
        *((speaker.start, speaker.end, speaker.text, speaker.type) if speaker else (None,) * 4),
        *((time.start, time.end, time.text, time.since, time.until) if time else (None,) * 5),
        claim.confidence,
        # No escapes: half a character is refused here as in any other column, and an umlaut can be read.
        json.dumps(
            [(role.role, role.preposition, *_filler(role.argument)) for role in claim.roles], ensure_ascii=False
        ),
        claim.risk,
    )


def _filler(thing: Argument | Literal) -> tuple[Any, ...]:
    """What fills a place in a claim as columns: its span, and its type or its value."""
    kind = (None, thing.value) if isinstance(thing, Literal) else (thing.type, None)
    return (thing.start, thing.end, thing.text, *kind)


def _filler_of(start: int, end: int, text: str, type: str | None, value: str | None) -> Argument | Literal:
    return Literal(start, end, text, value or "") if type is None else Argument(start, end, text, type)


def claim_of(doc: str, row: Sequence[Any]) -> Claim:
    """The claim of `claim_row`; in an older store it has no risk, in one older still no roles."""
    sentence, subject, said, thing = row[:3], row[3:7], row[7:11], row[11:16]
    roles = json.loads(row[28]) if len(row) > 28 else ()
    risk = row[29] if len(row) > 29 else 0.0
    polarity, modality, speaker, time, confidence = row[16], row[17], row[18:22], row[22:27], row[27]
    spans = tuple((start, end) for start, end in json.loads(said[2]))
    return Claim(
        doc,
        Span(*sentence),
        Argument(*subject),
        Predicate(said[0], said[1], spans, said[3]),
        None if thing[0] is None else _filler_of(*thing),
        polarity,
        modality,
        None if speaker[0] is None else Argument(*speaker),
        None if time[0] is None else Time(*time),
        confidence,
        tuple(Role(role, preposition, _filler_of(*filler)) for role, preposition, *filler in roles),
        risk,
    )


def mention_of(row: Sequence[Any]) -> Mention:
    """The mention of a row."""
    doc, _, *values, pointing, antecedent = row
    return Mention(*(doc, *values, bool(pointing), antecedent))


def widened(part: str, row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row of an older store as one of today's, which has all columns."""
    missing = len(_columns(part)) - len(row) if part == "claims" else 0
    return (*row, *("[]", 0.0)[-missing:]) if missing else row


def make_current(db: sqlite3.Connection) -> None:
    """Give the tables of an older store the columns that they lack; digests made of fewer columns go."""
    for table in _LACKING:
        columns = [name for (name,) in db.execute(ROW_QUERIES["columns"], (table,))]
        for statement in _lacking(table, columns):
            db.execute(statement)
    db.execute("DROP TABLE IF EXISTS digests")


def _lacking(table: str, columns: Collection[str]) -> list[str]:
    """What makes of a table with such columns one of today: statements of SQL."""
    there = {name.lower() for name in columns}  # to SQLite "KIND" is "kind"
    missing = [name for name in _LACKING[table] if name not in there]
    if table == "claims" and missing:  # SQLite cannot let a column be NULL that may not; the rows move to a new table
        known = ", ".join(f'"{name}"' for name in columns)
        moved = f"INSERT INTO claims ({known}) SELECT {known} FROM old_claims"
        return ["ALTER TABLE claims RENAME TO old_claims", CLAIMS, moved, "DROP TABLE old_claims"]
    return [f"ALTER TABLE {table} ADD COLUMN {name} TEXT NOT NULL DEFAULT ''" for name in missing]


def listed_of(row: Sequence[Any]) -> Listed:
    """The entry of a gazetteer that such columns are; in an older store it has no kind."""
    _, id_, label, aliases, type_, same, *kind = row
    return Listed(id_, label, tuple(json.loads(aliases)), type_, tuple(json.loads(same)), *kind)


def run_of(value: str) -> Run:
    """The run that the settings keep as JSON."""
    known = json.loads(value)
    return Run(**known | {"gazetteers": tuple(known.get("gazetteers", ()))})


def fits(part: str, rows: Sequence[Sequence[Any]], text: Any = "") -> bool:
    """Whether rows can be what kg wrote: all there is to go by in a store that has no digests, or forged ones.

    `text` is that of the document whose mentions or claims they are: what they quote has to stand in it.
    """
    return part not in _FITS or _hold(part, rows, lambda row: _FITS[part](row, text))


def _hold(part: str, rows: Sequence[Sequence[Any]], check: Callable[[Sequence[Any]], object]) -> bool:
    """Whether each row has the types of its columns and passes a check, which may fail on it."""
    try:
        return all(_typed(part, row) and check(row) for row in rows)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):  # of JSON, or of a record made from it
        return False


_OF_TYPE = {"TEXT": str, "INTEGER": int, "REAL": float}


@cache
def _columns(table: str) -> tuple[tuple[type, bool], ...]:
    """The type of each column, and whether it may be NULL."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(SCHEMA)
        found = db.execute(f"SELECT type, \"notnull\" OR pk FROM pragma_table_info('{table}')").fetchall()
    return tuple((_OF_TYPE[name], not needed) for name, needed in found)


def _typed(table: str, row: Sequence[Any]) -> bool:
    """Whether each column holds what it is declared for; SQLite itself takes anything."""
    columns = _columns(table)
    if len(row) in range(len(columns) - len(_LACKING.get(table, ())), len(columns)):
        columns = columns[: len(row)]
    values = zip(row, columns, strict=True)
    return all((value is None and may_lack) or type(value) is kind for value, (kind, may_lack) in values)


def _document_fits(row: Sequence[Any], text: Any) -> bool:
    return bool(row[0]) and Document.as_kept(*row[:7]).sha256 == row[7]


def _mention_fits(row: Sequence[Any], text: Any) -> bool:
    _, _, start, end, quoted, form, type_, name = row[:8]
    words = form in FORMS and type_ in TYPES and bool(name.split())
    return words and _stands(text, start, end, quoted) and all(0 <= number <= MOST for number in row[12:14])


def _claim_fits(row: Sequence[Any], text: Any) -> bool:
    claim = claim_of(row[0], row[2:])
    time = claim.time or Time(0, 0, "")
    spans = (claim.sentence, *claim.arguments, claim.speaker, claim.time)
    ends = (*claim.arguments, claim.speaker)
    return (
        claim_row(claim)[: len(row) - 2] == tuple(row[2:])
        and not flaw_of(claim)
        and bool(claim.predicate.iri)
        and all(_stands(text, span.start, span.end, span.text) for span in spans if span)
        and all(_stands(text, start, end, text[start:end]) for start, end in claim.predicate.spans)
        and all(end.type in TYPES for end in ends if isinstance(end, Argument))
        and all(day == "" or is_date(day) for day in (time.since, time.until))
    )


def _stands(text: str, start: int, end: int, quoted: str) -> bool:
    return type(start) is type(end) is int and 0 <= start <= end <= len(text) and text[start:end] == quoted


def _judgement_fits(row: Sequence[Any], text: Any) -> bool:
    return row[3] in VERDICTS and 0 <= row[6] <= 1


def _setting_fits(row: Sequence[Any], text: Any) -> bool:
    name, value = row
    if said := REMARKS.get(name.partition(":")[0]):
        found = json.loads(value)
        return set(found) == said and all(isinstance(part, str) for part in found.values())
    if name == "run":
        return not flaw_of(run_of(value))
    return value in CONCEPTS if name == "concepts" else name != "base_iri" or bool(BASE_IRI.fullmatch(value))


def _entry_fits(row: Sequence[Any], text: Any) -> bool:
    lists = json.loads(row[3]), json.loads(row[5])
    return (
        all(isinstance(each, list) and all(isinstance(name, str) for name in each) for each in lists)
        and bool(row[2].split())
        and row[4] in TYPES
        and bool("".join((*lists[0], *lists[1])).encode() or True)  # raises ValueError for half a character
    )


_FITS = {
    "documents": _document_fits,
    "mentions": _mention_fits,
    "claims": _claim_fits,
    "judgements": _judgement_fits,
    "settings": _setting_fits,
    "listed": _entry_fits,
}
