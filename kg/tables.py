"""The tables of a store: a record as a row, and the record that a row was.

"Link unterzeichnete." is a row of claims, with subject, predicate and object side by side for any SQLite browser.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from kg.records import Argument, Claim, Document, Judgement, Literal, Mention, Predicate, Span, Time

# Column order is the field order of the records. `n` keeps the order in which a document's claims were found.
SCHEMA = """
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
);
CREATE TABLE listed (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL, label TEXT NOT NULL, aliases TEXT NOT NULL, type TEXT NOT NULL,
    same_as TEXT NOT NULL
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

OF_A_DOCUMENT = ("documents", "mentions", "claims")

# The rows that a digest is made of, by the name it has within its part; who reads a part asks the same.
ROWS = {
    "documents": "SELECT * FROM documents WHERE id = ?",
    "mentions": "SELECT * FROM mentions WHERE doc = ? ORDER BY n",
    "claims": "SELECT * FROM claims WHERE doc = ? ORDER BY n",
    "judgements": "SELECT * FROM judgements WHERE n = ?",
    "settings": "SELECT * FROM settings WHERE name = ?",
    "listed": "SELECT id, label, aliases, type, same_as FROM listed ORDER BY n",
    "tables": "SELECT sql FROM sqlite_master WHERE type = 'table' AND name IN ('settings', 'documents', 'mentions', "
    "'claims', 'listed', 'judgements', 'digests') ORDER BY name",
}
NAMES = {
    **dict.fromkeys(OF_A_DOCUMENT, "SELECT id FROM documents"),
    "judgements": "SELECT CAST(n AS TEXT) FROM judgements",
    "settings": "SELECT name FROM settings",
}


def fields(record: Document | Mention | Judgement) -> tuple[Any, ...]:
    return tuple(getattr(record, name) for name in record.__slots__)


def claim_row(claim: Claim) -> tuple[Any, ...]:
    """A claim as its columns after `doc` and `n`; what it does not have is NULL."""
    thing = claim.object
    kind = (None, thing.value) if isinstance(thing, Literal) else (thing.type, None)
    speaker = claim.speaker
    time = claim.time
    return (
        *(claim.sentence.start, claim.sentence.end, claim.sentence.text),
        *(claim.subject.start, claim.subject.end, claim.subject.text, claim.subject.type),
        *(claim.predicate.lemma, claim.predicate.iri, json.dumps(claim.predicate.spans), claim.predicate.text),
        *(thing.start, thing.end, thing.text, *kind),
        *(claim.polarity, claim.modality),
        *((speaker.start, speaker.end, speaker.text, speaker.type) if speaker else (None,) * 4),
        *((time.start, time.end, time.text, time.since, time.until) if time else (None,) * 5),
        claim.confidence,
    )


def claim_of(doc: str, row: Sequence[Any]) -> Claim:
    """The claim of `claim_row`."""
    sentence, subject, said, thing = row[:3], row[3:7], row[7:11], row[11:16]
    polarity, modality, speaker, time, confidence = row[16], row[17], row[18:22], row[22:27], row[27]
    spans = tuple((start, end) for start, end in json.loads(said[2]))
    return Claim(
        doc,
        Span(*sentence),
        Argument(*subject),
        Predicate(said[0], said[1], spans, said[3]),
        Argument(*thing[:4]) if thing[4] is None else Literal(*thing[:3], thing[4]),
        polarity,
        modality,
        None if speaker[0] is None else Argument(*speaker),
        None if time[0] is None else Time(*time),
        confidence,
    )
