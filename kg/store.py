"""The store: one SQLite file that keeps documents with the mentions and claims found in them, as they were found.

"Link unterzeichnete." read once need not be read again: beside each document stands the fingerprint of the pipeline
and code that read it. A document is added in one transaction, so an interrupted run loses one document at most.
Columns are plain text and numbers, for any SQLite browser:

    SELECT subject, lemma, object, sentence FROM claims WHERE polarity = 'negative'

Beside each document, its mentions, its claims, each verdict and setting stands a digest of its rows, and nothing is
handed out whose rows do not have it: a disk that turns "Link" into "Lins" is noticed. SQLite alone would not.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from kg.damage import Damage, digest, rescue
from kg.errors import BusyError, DamagedError, StoreError
from kg.records import Claim, Document, Extraction, Judgement, Listed, Mention
from kg.tables import DIGESTS, NAMES, OF_A_DOCUMENT, ROWS, SCHEMA, claim_of, claim_row, fields

APPLICATION_ID = 0x6B674445  # "kgDE", where `file` and SQLite look for the owner of a database
VERSION = 3
_WITHOUT_DIGESTS = 2  # a store of this version is read as it is, and gets its digests when it is written to
_READABLE = (VERSION, _WITHOUT_DIGESTS)

_PATIENCE = 10  # seconds in which another process, which adds a verdict or reads one, should be done

# What SQLite says of a database that it cannot make sense of.
_OF_DAMAGE = ("malformed", "corrupt", "decode", "no such", "unsupported file format")


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
        self.added = False  # whether a document has been, since it was opened
        if readonly and not os.path.isfile(path):
            raise StoreError(f"{self.path}: no such store; build one with `kg build INPUT -o {self.path}`")
        with self._errors():
            self._db = _connect(os.fspath(path), readonly)
        try:
            self._sealed = self._prepare(readonly)
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
        head = (*fields(document), document.sha256, fingerprint)
        mentions = [(document.id, n, *fields(mention)[1:]) for n, mention in enumerate(extraction.mentions)]
        claims = [(document.id, n, *claim_row(claim)) for n, claim in enumerate(extraction.claims)]
        self._replace_document(document.id, [head], mentions, claims)
        self.added = True

    def has(self, document: Document, fingerprint: str) -> bool:
        """Whether this very document, text and metadata, was read with that fingerprint.

        The metadata counts because extraction may use it: "gestern" is a date only beside the document's own.
        """
        wanted = (document.sha256, *fields(document)[2:], fingerprint)
        with self._errors():
            row = self._db.execute(
                "SELECT sha256, title, date, publisher, url, encoding, fingerprint FROM documents WHERE id = ?",
                (document.id,),
            ).fetchone()
        return row == wanted

    def remove(self, doc_id: str) -> bool:
        """Drop a document with its mentions and claims; whether there was one. Judgements stay."""
        with self._errors(), self._db:
            there = self._db.execute("DELETE FROM documents WHERE id = ?", (doc_id,)).rowcount > 0
            self._seal_document(doc_id)
            return there

    def ids(self) -> tuple[str, ...]:
        """The ids of all documents, sorted, the damaged ones among them."""
        return self._names("documents")

    def documents(self) -> Iterator[Document]:
        """Yield the documents, sorted by id. As all that reads it raises DamagedError for what is not as written."""
        for ((*row, _, _),) in self._sound("documents"):
            yield Document.as_kept(*row)

    def mentions(self) -> Iterator[Mention]:
        """Yield the mentions, by document, each document's in the order in which they were added."""
        for rows in self._sound("mentions"):
            for doc, _, *row, pointing, antecedent in rows:
                yield Mention(doc, *row, bool(pointing), antecedent)

    def claims(self) -> Iterator[Claim]:
        """Yield the claims, by document, each document's in the order in which they were added."""
        for rows in self._sound("claims"):
            for doc, _, *row in rows:
                yield claim_of(doc, row)

    def judgements(self) -> Iterator[Judgement]:
        """Yield the judgements, oldest first."""
        for ((_, *row),) in self._sound("judgements"):
            yield Judgement(*row)

    def add_judgement(self, judgement: Judgement) -> None:
        """Append to the ledger; earlier judgements on the same pair stay in it."""
        with self._errors(), self._db:
            self._append(judgement)

    def set_judgements(self, judgements: Iterable[Judgement]) -> None:
        """Make these the ledger, and no others."""
        with self._errors(), self._db:
            self._db.execute("DELETE FROM judgements")
            self._db.execute("DELETE FROM digests WHERE part = 'judgements'")
            for judgement in judgements:
                self._append(judgement)

    def rescued_judgements(self) -> tuple[list[Judgement], int]:
        """The judgements that are as they were written, and how many are not."""
        with self._reading():
            sums = self._digests("judgements")
            rows = [self._checked("judgements", name, sums) for name in self._names("judgements")]
        return [Judgement(*row[0][1:]) for row in rows if row], sum(row is None for row in rows)

    def listed(self) -> Iterator[Listed]:
        """Yield the entries of the gazetteers that the store was built with."""
        for rows in self._sound("listed"):
            for id_, label, aliases, type_, same in rows:
                yield Listed(id_, label, tuple(json.loads(aliases)), type_, tuple(json.loads(same)))

    def set_listed(self, entries: Iterable[Listed]) -> None:
        """Keep these entries of gazetteers, and no others."""
        rows = [(None, e.id, e.label, json.dumps(e.aliases), e.type, json.dumps(e.same_as)) for e in entries]
        with self._errors(), self._db:
            self._db.execute("DELETE FROM listed")
            self._insert("listed", rows)
            self._seal("listed")

    def setting(self, name: str, default: str = "") -> str:
        """A value kept beside the documents ("base_iri"), `default` where there is none."""
        return dict(row for rows in self._sound("settings") for row in rows).get(name, default)

    def set(self, name: str, value: str) -> None:
        """Keep a value beside the documents."""
        with self._errors(), self._db:
            self._db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))
            self._seal("settings", name)

    def damage(self) -> Damage:
        """What is not as it was written. Raises DamagedError where it cannot be told what the store held."""
        bad = {part: self._unsound(part) for part in NAMES}
        rest = [
            ("its settings", bad["settings"]),
            ("its list of known names", self._checked("listed", "", self._digests("listed")) is None),
            ("its structure", not self._well_formed()),
        ]
        documents = {name for part in OF_A_DOCUMENT for name in bad[part]}
        return Damage(tuple(sorted(documents)), len(bad["judgements"]), tuple(what for what, is_bad in rest if is_bad))

    def check(self) -> None:
        """Raise DamagedError, which names what is damaged, unless all is as it was written."""
        if damage := self.damage():
            raise DamagedError(damage.line(self.path))

    def copy_sound(self, other: Store) -> None:
        """Add to another store all documents that are as they were written, as far as it does not have them."""
        sums = {part: self._digests(part) for part in OF_A_DOCUMENT}
        for doc_id in sorted(set(self.ids()) - set(other.ids())):
            rows = [self._checked(part, doc_id, sums[part]) for part in OF_A_DOCUMENT]
            if None not in rows:
                other._replace_document(doc_id, *rows)

    def _prepare(self, readonly: bool) -> bool:
        """Check whose file this is; lay out the tables in a new one. Whether its rows have digests."""
        with self._errors():
            owner = self._pragma("application_id")
            version = self._pragma("user_version")
            tables = {name for (name,) in self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not tables and not owner and not readonly:
                with self._db:
                    self._db.executescript(f"BEGIN; PRAGMA application_id = {APPLICATION_ID}; {SCHEMA}")
                    self._add_digests()
                return True
        if owner != APPLICATION_ID:
            raise StoreError(f"{self.path}: no kg store; pass a .kg file that `kg build` wrote, or another name")
        if version not in _READABLE:
            raise StoreError(
                f"{self.path}: a store of version {version}, this kg reads version {VERSION}; "
                "build it again under another name, or use the kg that wrote it"
            )
        if version == VERSION or "digests" in tables or readonly:
            return version == VERSION or "digests" in tables
        with self._errors(), self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._add_digests()
        return True

    def _add_digests(self) -> None:
        self._db.execute(DIGESTS)
        self._db.execute(f"PRAGMA user_version = {VERSION}")
        for part, names in NAMES.items():
            for (name,) in self._db.execute(names).fetchall():
                self._seal(part, name)
        self._seal("listed")
        self._seal("tables")

    def _well_formed(self) -> bool:
        """Whether the file is in order as a database of ours: its tables, and the pages that they lie in."""
        try:
            with self._errors():
                pages = self._db.execute("PRAGMA quick_check(1)").fetchone()[0]
        except DamagedError:
            return False
        if pages != "ok" or not self._sealed:
            return pages == "ok"
        return self._pragma("user_version") == VERSION and bool(self._checked("tables", "", self._digests("tables")))

    def _replace_document(self, doc_id: str, *rows: Sequence[tuple[Any, ...]]) -> None:
        """Put the rows of a document, its mentions and its claims in place of those it has."""
        with self._errors(doc_id), self._db:
            self._db.execute("DELETE FROM documents WHERE id = ?", (doc_id,))
            for part, some in zip(OF_A_DOCUMENT, rows, strict=True):
                self._insert(part, some)
            self._seal_document(doc_id)

    def _append(self, judgement: Judgement) -> None:
        row = (None, *fields(judgement))
        number = self._db.execute(f"INSERT INTO judgements VALUES ({', '.join('?' * len(row))})", row).lastrowid
        self._seal("judgements", str(number))

    def _seal_document(self, doc_id: str) -> None:
        for part in OF_A_DOCUMENT:
            self._seal(part, doc_id)

    def _seal(self, part: str, name: str = "") -> None:
        """Keep the digest of what SQLite now has, which may have turned a number into text, as columns do."""
        if made := digest(self._rows(part, name)):
            self._db.execute("INSERT OR REPLACE INTO digests VALUES (?, ?, ?)", (part, name, made))
        else:
            self._db.execute("DELETE FROM digests WHERE part = ? AND name = ?", (part, name))

    def _sound(self, part: str) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the rows of a part, those of one name after those of another. Raises DamagedError."""
        if part in OF_A_DOCUMENT:
            sums = self._digests(part)
            found = (self._checked(part, name, sums) for name in self._names(part))
        else:
            with self._reading():  # a review may write between two questions, where a build makes another file
                sums = self._digests(part)
                found = [self._checked(part, name, sums) for name in self._names(part)]
        for rows in found:
            if rows is None:
                self.check()
                raise DamagedError(Damage(rest=("its structure",)).line(self.path))
            yield rows

    def _unsound(self, part: str) -> list[str]:
        """The names within a part of what is not as it was written."""
        with self._reading():
            sums = self._digests(part)
            return [name for name in self._names(part) if self._checked(part, name, sums) is None]

    def _checked(self, part: str, name: str, digests: dict[str, str] | None) -> list[tuple[Any, ...]] | None:
        """Some rows, None where they are not those that were written."""
        try:
            with self._errors():
                rows = self._rows(part, name)
        except DamagedError:
            return None
        if not rows and part in ("documents", "judgements", "settings"):
            return None
        return rows if digests is None or digests.get(name, "") == digest(rows) else None

    def _names(self, part: str) -> tuple[str, ...]:
        """What there is in a part, as its rows or its digests have it: what only one of them knows is damaged."""
        if part not in NAMES:
            return ("",)
        with self._errors():
            held = {str(name) for (name,) in self._db.execute(NAMES[part])}
        names = sorted(held | (self._digests(part) or {}).keys())
        return tuple(sorted(names, key=len) if part == "judgements" else names)

    def _digests(self, part: str) -> dict[str, str] | None:
        if not self._sealed:
            return None
        with self._errors():
            return {str(n): d for n, d in self._db.execute("SELECT name, digest FROM digests WHERE part = ?", (part,))}

    def _rows(self, part: str, name: str) -> list[tuple[Any, ...]]:
        query = ROWS[part]
        return self._db.execute(query, (name,) if "?" in query else ()).fetchall()

    def _pragma(self, name: str) -> int:
        return self._db.execute(f"PRAGMA {name}").fetchone()[0]

    def _insert(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            self._db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """All that is read within sees the same state of the file."""
        with self._errors(), self._db:
            self._db.execute("BEGIN")
            yield

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
        except (sqlite3.Error, UnicodeDecodeError) as error:
            if any(words in str(error) for words in _OF_DAMAGE):
                raise DamagedError(self._beyond_reading()) from error
            kind = BusyError if "locked" in str(error) else StoreError
            raise kind(f"{place}: {_remedy(error)}") from error

    def _beyond_reading(self) -> str:
        opened = hasattr(self, "_sealed")  # else there are no verdicts that one could save
        remedy = rescue(self.path) if opened else "restore a copy of it, or move it away and build it again"
        return f"{self.path}: damaged beyond reading; {remedy}"


def is_store(path: str | os.PathLike[str]) -> bool:
    """Whether a file is a store of this version, as far as its header tells; takes no lock."""
    header = b""
    if os.path.isfile(path):  # who opens a pipe waits for somebody to write into it
        with suppress(OSError), open(path, "rb") as stream:
            header = stream.read(100)
    owner, version = int.from_bytes(header[68:72], "big"), int.from_bytes(header[60:64], "big")
    return header.startswith(b"SQLite format 3\0") and owner == APPLICATION_ID and version in _READABLE


def _undo_unfinished(uri: str) -> None:
    """Let SQLite take back a change in whose midst a process was killed, which it cannot do where it may only read."""
    with closing(sqlite3.connect(f"{uri}?mode=rw", uri=True, timeout=_PATIENCE)) as db:
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _connect(path: str, readonly: bool) -> sqlite3.Connection:
    if path == ":memory:":
        db = sqlite3.connect(path)
    else:
        uri = Path(path).absolute().as_uri()
        if readonly and os.path.exists(f"{path}-journal"):  # False where that is too long a name, too
            _undo_unfinished(uri)
        db = sqlite3.connect(f"{uri}?mode={'ro' if readonly else 'rwc'}", uri=True, timeout=_PATIENCE)
    db.execute("PRAGMA foreign_keys = ON")
    return db


_REMEDIES = {
    "not a database": "no kg store; pass a .kg file that `kg build` wrote, or another name",
    "locked": "another kg is writing to it; wait until it is done",
    "readonly": "cannot be written; check the folder and its permissions",
    "unable to open": "cannot be opened; check its permissions, those of its folder, and the length of its name",
    "is full": "the disk is full; free some space and run it again",
}


def _remedy(error: sqlite3.Error | UnicodeDecodeError) -> str:
    """What SQLite's words mean for the user."""
    other = f"SQLite says: {error}; check the disk, or build the store again"
    return next((remedy for words, remedy in _REMEDIES.items() if words in str(error)), other)
