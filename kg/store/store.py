"""The store: one SQLite file that keeps documents with the mentions and claims found in them, as they were found.

"Link unterzeichnete." read once need not be read again: beside each document stands the fingerprint of the pipeline
and code that read it. A document is added in one transaction, so an interrupted run loses one document at most.
Columns are plain text and numbers, for any SQLite browser:

    SELECT subject, lemma, object, sentence FROM claims WHERE polarity = 'negative'

What is read is checked: see `kg.store.checked`.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import Any

from kg.errors import DamagedError, StoreError
from kg.records import Claim, Document, Extraction, Judgement, Listed, Mention
from kg.store import tables
from kg.store.checked import CheckedRows, StoredRows
from kg.store.damage import beyond_reading, digest
from kg.store.header import APPLICATION_ID, VERSION, WITHOUT_DIGESTS, check_mark, no_store
from kg.store.sqlite import connect


class Store(CheckedRows):
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
            raise StoreError(f"{self.path}: {no_store(path, self.path)}")
        with self._errors():
            self._db = connect(os.fspath(path), readonly)
        try:
            self._prepare(readonly)
        except BaseException:
            self._db.close()
            raise

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def written(self) -> bool:
        """Whether anything has been written to it since it was opened."""
        return self._db.total_changes > 0

    def close(self) -> None:
        """Release the file; the store cannot be used afterwards."""
        self._db.close()

    def add(self, document: Document, extraction: Extraction, fingerprint: str) -> None:
        """Keep a document with all that was found in it; an older version of it is replaced.

        One transaction: after an interruption the store holds all of it or nothing.
        """
        head = (*tables.fields(document), document.sha256, fingerprint)
        mentions = [(document.id, n, *tables.fields(mention)[1:]) for n, mention in enumerate(extraction.mentions)]
        claims = [(document.id, n, *tables.claim_row(claim)) for n, claim in enumerate(extraction.claims)]
        self._replace_document(document.id, [head], mentions, claims)
        self.added = True

    def has(self, document: Document, fingerprint: str) -> bool:
        """Whether this very document, text and metadata, was read with that fingerprint.

        The metadata counts because extraction may use it: "gestern" is a date only beside the document's own.
        """
        wanted = (document.sha256, *tables.fields(document)[2:], fingerprint)
        query = "SELECT sha256, title, date, publisher, url, encoding, fingerprint FROM documents WHERE id = ?"
        return self.ask(query, document.id) == [wanted]

    def remove(self, doc_id: str) -> bool:
        """Drop a document with its mentions and claims; whether there was one. Judgements stay."""
        with self._writing():
            there = self._delete(doc_id)
            self._seal_document(doc_id)
        return there

    def ids(self) -> tuple[str, ...]:
        """The ids of all documents, sorted, the damaged ones among them."""
        return self._names("documents")

    def heads(self) -> dict[str, tuple[str, ...]]:
        """What tells each document from another version of it: the digest of its text, then its metadata.

        By id; a damaged one has nothing that could be told.
        """
        sums = self._digests("documents")
        found = {name: self._checked("documents", name, sums) for name in self._names("documents")}
        return {name: (rows[0][7], *rows[0][2:7]) if rows else () for name, rows in found.items()}

    def rows_of(self, doc_id: str) -> list[StoredRows]:
        """All that is kept of a document, unchecked: the same for documents that are kept alike."""
        return [self.ask(tables.ROW_QUERIES[part], doc_id) for part in tables.OF_A_DOCUMENT]

    def documents(self) -> Iterator[Document]:
        """Yield the documents, sorted by id. As all that reads it raises DamagedError for what is not as written."""
        for ((*row, _, _),) in self._sound("documents"):
            yield Document.as_kept(*row)

    def mentions(self) -> Iterator[Mention]:
        """Yield the mentions, by document, each document's in the order in which they were added."""
        for rows in self._sound("mentions"):
            yield from map(tables.mention_of, rows)

    def claims(self) -> Iterator[Claim]:
        """Yield the claims, by document, each document's in the order in which they were added."""
        for rows in self._sound("claims"):
            for doc, _, *row in rows:
                yield tables.claim_of(doc, row)

    def judgements(self) -> Iterator[Judgement]:
        """Yield the judgements, oldest first."""
        for ((_, *row),) in self._sound("judgements"):
            yield Judgement(*row)

    def add_judgement(self, judgement: Judgement) -> None:
        """Append to the ledger; earlier judgements on the same pair stay in it."""
        with self._writing():
            self._append(judgement)

    def set_judgements(self, judgements: Iterable[Judgement]) -> None:
        """Make these the ledger, and no others."""
        judgements = list(judgements)
        if self.rescued_judgements() == (judgements, 0):
            return
        with self._writing():
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
            yield from map(tables.listed_of, rows)

    def set_listed(self, entries: Iterable[Listed]) -> None:
        """Keep these entries of gazetteers, and no others."""
        rows = [(n, *tables.fields(entry)) for n, entry in enumerate(entries, 1)]
        if self._checked("listed", "", self._digests("listed")) == rows:
            return
        with self._writing():
            self._db.execute("DELETE FROM listed")
            self._insert("listed", rows)
            self._seal("listed")

    def setting(self, name: str, default: str = "") -> str:
        """A value kept beside the documents ("base_iri"), `default` where there is none."""
        settings: dict[str, str] = dict(row for rows in self._sound("settings") for row in rows)
        return settings.get(name, default)

    def remarks(self, kind: str) -> dict[str, str]:
        """What is said of documents, by id, see `kg.store.absent`; what of it is damaged is not told."""
        sums, start = self._digests("settings"), f"{kind}:"
        names = [name for name in self._names("settings") if name.startswith(start)]
        found = ((name, self._checked("settings", name, sums)) for name in names)
        return {name.removeprefix(start): rows[0][1] for name, rows in found if rows}

    def set_remarks(self, kind: str, said: Mapping[str, str]) -> None:
        """Say this of documents, and of no others."""
        before = self.remarks(kind)
        if said == before:
            return
        with self._writing():
            for doc_id in sorted(before.keys() | said.keys()):
                self._say(kind, doc_id, said.get(doc_id))

    def withdraw(self, said: Mapping[str, str]) -> None:
        """Drop documents, and say this of them; all of it or nothing."""
        with self._writing():
            for doc_id, value in said.items():
                self._delete(doc_id)
                self._seal_document(doc_id)
                self._say("withdrawn", doc_id, value)
                self._say("unread", doc_id, None)

    def set_resolved(self, rows: Mapping[str, Sequence[tuple[Any, ...]]]) -> None:
        """Keep these rows of `kg.store.resolved`, by table, and no others."""
        with self._errors(), self._db:
            self._db.executescript(f"BEGIN; {tables.RESOLVED_ANEW}")  # another kg may have laid them out otherwise
            for table, some in rows.items():
                self._insert(table, some)

    def set(self, name: str, value: str) -> None:
        """Keep a value beside the documents; what it is already is not written again."""
        if self._checked("settings", name, self._digests("settings")) == [(name, value)]:
            return
        with self._writing():
            self._put(name, value)

    def copy_to(self, path: str | os.PathLike[str]) -> None:
        """Copy the whole file, with what SQLite keeps of it in another one; half a copy begins as a store, too."""
        with self._errors(), closing(sqlite3.connect(path)) as other:
            other.execute(f"PRAGMA application_id = {APPLICATION_ID}")  # SQLite copies the first page last
            self._db.backup(other)

    def copy_sound(self, other: Store) -> None:
        """Add to another store all documents that are as they were written, as far as it does not have them."""
        sums = {part: self._digests(part) for part in tables.OF_A_DOCUMENT}
        for doc_id in sorted(set(self.ids()) - set(other.ids())):
            rows = [self._checked(part, doc_id, sums[part]) for part in tables.OF_A_DOCUMENT]
            sound = [some for some in rows if some is not None]
            if len(sound) == len(rows):
                other._replace_document(doc_id, *sound)

    def _prepare(self, readonly: bool) -> None:
        """Check whose file this is; lay out the tables in a new one. What is damaged gets no digests."""
        with self._errors():
            (owner,), (version,) = self._rows("owner", "")[0], self._rows("version", "")[0]
            replaced = self._rows("replaced", "")
            there = {name for (name,) in self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not there and not owner and not readonly:
                with self._db:
                    laid = f"PRAGMA application_id = {APPLICATION_ID}; {tables.SCHEMA}{tables.RESOLVED}"
                    self._db.executescript(f"BEGIN; {laid}")
                    self._add_digests()
                self._readable = True
                return
        check_mark(self.path, owner, version)
        if replaced:  # reading a view may never end
            raise DamagedError(beyond_reading(self.path, has_verdicts=False))
        self._sealed = version != WITHOUT_DIGESTS or "digests" in there
        self._readable = True
        if readonly:
            return
        with self._errors():
            self._db.execute("PRAGMA journal_mode = DELETE")  # another tool may have chosen to keep two files beside it
            foreign = self._rows("foreign", "")
        if foreign or version != VERSION:
            self.check()  # a trigger would keep from the store what is written to it
        if version != VERSION:
            with self._errors(), self._db:
                self._db.execute("BEGIN IMMEDIATE")
                tables.make_current(self._db)
                self._add_digests()
        with self._errors():
            self._db.executescript(tables.RESOLVED)

    def _add_digests(self) -> None:
        self._sealed = True
        self._db.execute(tables.DIGESTS)
        self._db.execute(f"PRAGMA user_version = {VERSION}")
        for part, names in tables.NAME_QUERIES.items():
            for (name,) in self._db.execute(names).fetchall():
                self._seal(part, name)
        self._seal("listed")
        self._seal("tables")

    def _replace_document(self, doc_id: str, *rows: Sequence[tuple[Any, ...]]) -> None:
        """Put the rows of a document, its mentions and its claims in place of those it has."""
        with self._writing(doc_id):
            self._delete(doc_id)
            for part, some in zip(tables.OF_A_DOCUMENT, rows, strict=True):
                self._insert(part, [tables.widened(part, row) for row in some])
            self._seal_document(doc_id)

    def _delete(self, doc_id: str) -> bool:
        """Delete a document; its mentions and claims even where somebody took only the document away."""
        for part in ("mentions", "claims"):
            self._db.execute(f"DELETE FROM {part} WHERE doc = ?", (doc_id,))
        return self._db.execute("DELETE FROM documents WHERE id = ?", (doc_id,)).rowcount > 0

    def _append(self, judgement: Judgement) -> None:
        row = (None, *tables.fields(judgement))
        number = self._db.execute(f"INSERT INTO judgements VALUES ({', '.join('?' * len(row))})", row).lastrowid
        self._seal("judgements", str(number))

    def _say(self, kind: str, doc_id: str, value: str | None) -> None:
        """Say something of a document, or None, nothing any more."""
        self._put(f"{kind}:{doc_id}", value)

    def _put(self, name: str, value: str | None) -> None:
        self._db.execute("DELETE FROM settings WHERE name = ?", (name,))
        if value is not None:
            self._db.execute("INSERT INTO settings VALUES (?, ?)", (name, value))
        self._seal("settings", name)

    def _seal_document(self, doc_id: str) -> None:
        for part in tables.OF_A_DOCUMENT:
            self._seal(part, doc_id)

    def _seal(self, part: str, name: str = "") -> None:
        """Keep the digest of what SQLite now has, which may have turned a number into text, as columns do."""
        if made := digest(self._rows(part, name)):
            self._db.execute("INSERT OR REPLACE INTO digests VALUES (?, ?, ?)", (part, name, made))
        else:
            self._db.execute("DELETE FROM digests WHERE part = ? AND name = ?", (part, name))

    def _insert(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            self._db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)

    @contextmanager
    def _writing(self, doc_id: str = "") -> Iterator[None]:
        """A change of what the store holds: all of it or nothing; what followed from it before is known no longer."""
        with self._errors(doc_id), self._db:
            yield
            self._db.execute("DELETE FROM resolved")
