"""A store as SQLite's file: how it is opened, and what SQLite says of it in words for the user.

Where "rat.kg" is a link, SQLite is given the file it leads to: what it has to take back lies beside that one.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from kg.store.neighbours import check_neighbours
from kg.system.hidden_files import beside, journal

_PATIENCE = 10  # seconds in which another process, which adds a verdict or reads one, should be done

# What SQLite says of a database that it cannot make sense of.
_OF_DAMAGE = ("malformed", "corrupt", "decode", "no such", "unsupported file format", "duplicate column")

_REMEDIES = {
    "not a database": "no kg store; pass a .kg file that `kg build` wrote, or another name",
    "locked": "another program is writing to it; wait until it is done",
    "readonly": "cannot be written; check the folder and its permissions",
    "unable to open": "cannot be opened; check its permissions, those of its folder, and the length of its name",
    "is full": "the disk is full; free some space and run it again",
    "disk I/O error": (
        "nothing more can be written to it, and nothing that was in it is lost; free some space on the disk, or raise "
        "the limit of a file's size (ulimit -f), and run it again; else check the disk"
    ),
}


def connect(path: str, readonly: bool) -> sqlite3.Connection:
    """Open a database, or make one unless `readonly`. Raises sqlite3.Error, and StoreError for what lies beside it."""
    if path == ":memory:":
        db = sqlite3.connect(path)
    else:
        file = Path(os.path.realpath(path))
        check_neighbours(file, beside(file))
        if readonly and os.path.exists(journal(file)):  # False where that is too long a name, too
            _undo_unfinished(file.as_uri())
        db = sqlite3.connect(f"{file.as_uri()}?mode={'ro' if readonly else 'rwc'}", uri=True, timeout=_PATIENCE)
    db.execute("PRAGMA foreign_keys = ON")
    return db


def _undo_unfinished(uri: str) -> None:
    """Let SQLite take back a change in whose midst a process was killed, which it cannot do where it may only read."""
    with closing(sqlite3.connect(f"{uri}?mode=rw", uri=True, timeout=_PATIENCE)) as db:
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()


def is_damage(error: sqlite3.Error | UnicodeDecodeError) -> bool:
    """Whether an error tells that the file does not hold what was written."""
    return any(words in str(error) for words in _OF_DAMAGE)


def remedy(error: sqlite3.Error | UnicodeDecodeError) -> str:
    """What SQLite's words mean for the user."""
    other = f"SQLite says: {error}; check the disk, or build the store again"
    return next((known for words, known in _REMEDIES.items() if words in str(error)), other)


def has_verdicts(db: sqlite3.Connection) -> bool:
    """Whether a damaged store still gives its verdicts away, so that they may be saved."""
    try:
        return bool(db.execute("SELECT * FROM judgements").fetchall())
    except (sqlite3.Error, UnicodeDecodeError):
        return False
