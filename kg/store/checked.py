"""The rows of a store as they are read: "Link" is handed out where its digest says that "Link" was written.

Beside each document, its mentions, its claims, each verdict and setting stands a digest of its rows, and nothing is
handed out whose rows do not have it: a disk that turns "Link" into "Lins" is noticed. SQLite alone would not.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

from kg.errors import BusyError, DamagedError, StoreError
from kg.store import tables
from kg.store.damage import Damage, beyond_reading, digest, name_of
from kg.store.header import VERSION, WITHOUT_RISK, WITHOUT_ROLES
from kg.store.sqlite import has_verdicts, is_damage, remedy

StoredRows: TypeAlias = list[tuple[Any, ...]]


class CheckedRows:
    """The rows of a database of ours, by part and name. Who opens it is the `Store`."""

    path: str
    """What messages call it."""

    _db: sqlite3.Connection
    _sealed = False  # whether its rows have digests
    _readable = False  # whether it has been found to be a store of ours, so that all of it can be asked for

    def ask(self, query: str, *given: object) -> StoredRows:
        """The rows that a question in SQL finds, unchecked."""
        with self._errors():
            return self._db.execute(query, given).fetchall()

    def damage(self) -> Damage:
        """What is not as it was written. Raises DamagedError where it cannot be told what the store held."""
        with self._reading():
            sums = {part: self._digests(part) for part in tables.NAME_QUERIES}
            bad = {p: [n for n in self._names(p) if self._checked(p, n, known) is None] for p, known in sums.items()}
        rest = [
            ("its settings", bad["settings"]),
            ("its list of known names", self._checked("listed", "", self._digests("listed")) is None),
            ("its structure", not self._well_formed()),
        ]
        documents = {name for part in tables.OF_A_DOCUMENT for name in bad[part]}
        return Damage(tuple(sorted(documents)), len(bad["judgements"]), tuple(what for what, is_bad in rest if is_bad))

    def check(self) -> None:
        """Raise DamagedError, which names what is damaged, unless all is as it was written."""
        if damage := self.damage():
            raise DamagedError(damage.line(self.path))

    def _well_formed(self) -> bool:
        """Whether the file is in order as a database of ours: its tables, and the pages that they lie in."""
        try:
            with self._errors():
                pages = self._db.execute("PRAGMA quick_check(1)").fetchone()[0]
                sound = pages == "ok" and not self._rows("foreign", "")
                columns = {name.lower() for (name,) in self._rows("columns", "claims")}
                version = self._rows("version", "")[0][0]
        except DamagedError:
            return False
        if not sound or not self._sealed:
            return sound
        expected = VERSION if "risk" in columns else WITHOUT_RISK if "roles" in columns else WITHOUT_ROLES
        return version == expected and bool(self._checked("tables", "", self._digests("tables")))

    def _sound(self, part: str) -> Iterator[StoredRows]:
        """Yield the rows of a part, those of one name after those of another. Raises DamagedError."""
        found: Iterable[StoredRows | None]
        if part in tables.OF_A_DOCUMENT:
            sums = self._digests(part)
            found = (self._checked(part, name, sums) for name in self._names(part))
        else:
            with self._reading():  # a review or a removal may write between two questions; a build makes another file
                sums = self._digests(part)
                found = [self._checked(part, name, sums) for name in self._names(part)]
        for rows in found:
            if rows is None:
                self.check()
                raise DamagedError(Damage(rest=("its structure",)).line(self.path))
            yield rows

    def _checked(self, part: str, name: str, digests: dict[str, str] | None) -> StoredRows | None:
        """Some rows, None where they are not those that were written."""
        try:
            with self._errors():
                rows = self._rows(part, name)
                texts = self._rows("text", name) if part in ("mentions", "claims") else [("",)]
        except DamagedError:
            return None
        if not rows and part in ("documents", "judgements", "settings"):
            return None
        # A digest tells that rows are as somebody wrote them, not that kg did.
        written = digests is None or digests.get(name, "") == digest(rows)
        return rows if written and tables.fits(part, rows, texts[0][0] if texts else None) else None

    def _names(self, part: str) -> tuple[str, ...]:
        """What there is in a part, as its rows or its digests have it: what only one of them knows is damaged."""
        if part not in tables.NAME_QUERIES:
            return ("",)
        with self._errors():
            held = {name_of(name) for (name,) in self._db.execute(tables.NAME_QUERIES[part])}
        names = sorted(held | (self._digests(part) or {}).keys())
        return tuple(sorted(names, key=len) if part == "judgements" else names)

    def _digests(self, part: str) -> dict[str, str] | None:
        if not self._sealed:
            return None
        with self._errors():
            found = self._db.execute("SELECT name, digest FROM digests WHERE part = ?", (part,))
            return {name_of(name): made for name, made in found}

    def _rows(self, part: str, name: str) -> StoredRows:
        query = tables.ROW_QUERIES[part]
        return self._db.execute(query, (name,) if "?" in query else ()).fetchall()

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
            mark = f"{error.object[error.start]!a}"
            raise StoreError(f"{place}: lone surrogate {mark} is no character; decode the text again") from error
        except (sqlite3.Error, UnicodeDecodeError) as error:
            if is_damage(error):
                may_save = self._readable and has_verdicts(self._db)
                raise DamagedError(beyond_reading(self.path, may_save)) from error
            kind = BusyError if "locked" in str(error) else StoreError
            raise kind(f"{place}: {remedy(error)}") from error
