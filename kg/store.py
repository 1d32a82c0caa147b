"""The store: one SQLite file that keeps documents with the mentions and claims found in them, as they were found.

"Link unterzeichnete." read once need not be read again: beside each document stands the fingerprint of the pipeline
and code that read it. A document is added in one transaction, so an interrupted run loses one document at most.
Columns are plain text and numbers, for any SQLite browser:

    SELECT subject, lemma, object, sentence FROM claims WHERE polarity = 'negative'
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from kg.errors import BusyError, StoreError
from kg.records import Argument, Claim, Document, Extraction, Judgement, Listed, Literal, Mention, Predicate, Span, Time

APPLICATION_ID = 0x6B674445  # "kgDE", where `file` and SQLite look for the owner of a database
VERSION = 2

# Column order is the field order of the records. `n` keeps the order in which a document's claims were found.
_SCHEMA = """
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
    "by" TEXT NOT NULL, why TEXT NOT NULL, score REAL NOT NULL, "when" TEXT NOT NULL
);
"""

_DOCUMENT = "id, text, title, date, publisher, url, encoding"


class Store:
    """Documents, mentions, claims and judgements in one SQLite file, or in memory.

    A file that is missing is created, unless `readonly`. Messages call it `name`, or else by its path. Raises
    StoreError for a file that is no store, and one of another version; BusyError for one that another process is
    writing. Use it as a context manager, or call `close`.

    >>> with Store() as store:
    ...     store.add(Document("a", "Huawei warnt."), Extraction((), ()), fingerprint="1")
    ...     [document.id for document in store.documents()]
    ['a']
    """

    def __init__(self, path: str | os.PathLike[str] = ":memory:", *, readonly: bool = False, name: str = "") -> None:
        self.path = name or os.fspath(path)
        if readonly and not Path(path).is_file():
            raise StoreError(f"{self.path}: no such store; build one with `kg build INPUT -o {self.path}`")
        with self._errors():
            self._db = _connect(os.fspath(path), readonly)
        try:
            self._prepare(readonly)
        except BaseException:
            self._db.close()
            raise

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the file; the store cannot be used afterwards."""
        self._db.close()

    def add(self, document: Document, extraction: Extraction, fingerprint: str) -> None:
        """Keep a document with all that was found in it; an older version of it is replaced.

        One transaction: after an interruption the store holds all of it or nothing.
        """
        head = (*_fields(document), document.sha256, fingerprint)
        mentions = [(document.id, n, *_fields(mention)[1:]) for n, mention in enumerate(extraction.mentions)]
        claims = [(document.id, n, *_claim_row(claim)) for n, claim in enumerate(extraction.claims)]
        with self._errors(document.id), self._db:
            self._db.execute("DELETE FROM documents WHERE id = ?", (document.id,))
            self._insert("documents", [head])
            self._insert("mentions", mentions)
            self._insert("claims", claims)

    def has(self, document: Document, fingerprint: str) -> bool:
        """Whether this very document, text and metadata, was read with that fingerprint.

        The metadata counts because extraction may use it: "gestern" is a date only beside the document's own.
        """
        wanted = (document.sha256, *_fields(document)[2:], fingerprint)
        with self._errors():
            row = self._db.execute(
                "SELECT sha256, title, date, publisher, url, encoding, fingerprint FROM documents WHERE id = ?",
                (document.id,),
            ).fetchone()
        return row == wanted

    def remove(self, doc_id: str) -> bool:
        """Drop a document with its mentions and claims; whether there was one. Judgements stay."""
        with self._errors(), self._db:
            return self._db.execute("DELETE FROM documents WHERE id = ?", (doc_id,)).rowcount > 0

    def documents(self) -> Iterator[Document]:
        """Yield the documents, sorted by id."""
        for row in self._select(f"SELECT {_DOCUMENT} FROM documents ORDER BY id"):
            yield Document(*row)

    def mentions(self) -> Iterator[Mention]:
        """Yield the mentions, by document, each document's in the order in which they were added."""
        for doc, _, *fields, pointing, antecedent in self._select("SELECT * FROM mentions ORDER BY doc, n"):
            yield Mention(doc, *fields, bool(pointing), antecedent)

    def claims(self) -> Iterator[Claim]:
        """Yield the claims, by document, each document's in the order in which they were added."""
        for doc, _, *fields in self._select("SELECT * FROM claims ORDER BY doc, n"):
            yield _claim(doc, fields)

    def judgements(self) -> Iterator[Judgement]:
        """Yield the judgements, oldest first."""
        for row in self._select('SELECT "left", "right", verdict, "by", why, score, "when" FROM judgements ORDER BY n'):
            yield Judgement(*row)

    def add_judgement(self, judgement: Judgement) -> None:
        """Append to the ledger; earlier judgements on the same pair stay in it."""
        with self._errors(), self._db:
            self._insert("judgements", [(None, *_fields(judgement))])

    def listed(self) -> Iterator[Listed]:
        """Yield the entries of the gazetteers that the store was built with."""
        for id_, label, aliases, type_, same in self._select(
            "SELECT id, label, aliases, type, same_as FROM listed ORDER BY n"
        ):
            yield Listed(id_, label, tuple(json.loads(aliases)), type_, tuple(json.loads(same)))

    def set_listed(self, entries: Iterable[Listed]) -> None:
        """Keep these entries of gazetteers, and no others."""
        rows = [(None, e.id, e.label, json.dumps(e.aliases), e.type, json.dumps(e.same_as)) for e in entries]
        with self._errors(), self._db:
            self._db.execute("DELETE FROM listed")
            self._insert("listed", rows)

    def setting(self, name: str, default: str = "") -> str:
        """A value kept beside the documents ("base_iri"), `default` where there is none."""
        rows = list(self._select("SELECT value FROM settings WHERE name = ?", (name,)))
        return rows[0][0] if rows else default

    def set(self, name: str, value: str) -> None:
        """Keep a value beside the documents."""
        with self._errors(), self._db:
            self._db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    def _prepare(self, readonly: bool) -> None:
        """Check whose file this is; lay out the tables in a new one."""
        with self._errors():
            owner = self._pragma("application_id")
            version = self._pragma("user_version")
            tables = self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if not tables and not owner and not readonly:
                with self._db:
                    marks = f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION};"
                    self._db.executescript(f"BEGIN; {_SCHEMA} {marks} COMMIT")
                return
        if owner != APPLICATION_ID:
            raise StoreError(f"{self.path}: no kg store; pass a .kg file that `kg build` wrote, or another name")
        if version != VERSION:
            raise StoreError(
                f"{self.path}: a store of version {version}, this kg reads version {VERSION}; "
                "build it again under another name, or use the kg that wrote it"
            )

    def _pragma(self, name: str) -> int:
        return self._db.execute(f"PRAGMA {name}").fetchone()[0]

    def _insert(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            self._db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)

    def _select(self, query: str, values: Iterable[Any] = ()) -> Iterator[tuple[Any, ...]]:
        with self._errors():
            yield from self._db.execute(query, tuple(values))

    @contextmanager
    def _errors(self, doc_id: str = "") -> Iterator[None]:
        """Turn what SQLite raises into one line that names the file and the remedy."""
        place = f"{self.path}: {doc_id}" if doc_id else self.path
        try:
            yield
        except UnicodeEncodeError as error:
            raise StoreError(
                f"{place}: lone surrogate {error.object[error.start]!a} is no character; decode the text again"
            ) from error
        except sqlite3.Error as error:
            kind = BusyError if "locked" in str(error) else StoreError
            raise kind(f"{place}: {_remedy(error)}") from error


def files_of(path: str | os.PathLike[str]) -> tuple[Path, ...]:
    """A store and what SQLite and a build keep beside it: journals, and the file that a build works in.

    >>> [path.name for path in files_of("a.kg")]
    ['a.kg', 'a.kg-journal', '.a.kg.part', '.a.kg.part-journal']
    """
    store = Path(os.path.realpath(path))
    names = (store.name, f"{store.name}-journal", f".{store.name}.part", f".{store.name}.part-journal")
    return tuple(store.with_name(name) for name in names)


def is_store(path: str | os.PathLike[str]) -> bool:
    """Whether a file is a store of this version, as far as its header tells; takes no lock."""
    try:
        with open(path, "rb") as stream:
            header = stream.read(100)
    except OSError:
        return False
    owner, version = int.from_bytes(header[68:72], "big"), int.from_bytes(header[60:64], "big")
    return header.startswith(b"SQLite format 3\0") and (owner, version) == (APPLICATION_ID, VERSION)


def _connect(path: str, readonly: bool) -> sqlite3.Connection:
    if path == ":memory:":
        db = sqlite3.connect(path)
    else:
        mode = "ro" if readonly else "rwc"
        db = sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode={mode}", uri=True, timeout=2)
    db.execute("PRAGMA foreign_keys = ON")
    if not readonly:
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
    return db


def _remedy(error: sqlite3.Error) -> str:
    """What SQLite's words mean for the user.

    >>> _remedy(sqlite3.DatabaseError("file is not a database"))
    'no kg store; pass a .kg file that `kg build` wrote, or another name'
    """
    message = str(error)
    if "not a database" in message:
        return "no kg store; pass a .kg file that `kg build` wrote, or another name"
    if "locked" in message:
        return "another kg is writing to it; wait until it is done"
    if "readonly" in message:
        return "cannot be written; check the folder and its permissions"
    if "unable to open" in message:
        return "cannot be opened; check its permissions and those of its folder"
    if "is full" in message:
        return "the disk is full; free some space, or name another place"
    if "malformed" in message:
        return "damaged; delete it and build it again"
    return f"SQLite says: {message}; check the disk, or build the store again"


def _fields(record: Document | Mention | Judgement) -> tuple[Any, ...]:
    return tuple(getattr(record, name) for name in record.__slots__)


def _claim_row(claim: Claim) -> tuple[Any, ...]:
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


def _claim(doc: str, row: Sequence[Any]) -> Claim:
    """The claim of `_claim_row`."""
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
