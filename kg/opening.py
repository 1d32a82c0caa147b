"""The SQLite file of a store: how it is opened ("rat.kg", or ":memory:"), and what SQLite's complaints mean."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

_PATIENCE = 10  # seconds in which another process, which adds a verdict or reads one, should be done


def _undo_unfinished(uri: str) -> None:
    """Let SQLite take back a change in whose midst a process was killed, which it cannot do where it may only read."""
    with closing(sqlite3.connect(f"{uri}?mode=rw", uri=True, timeout=_PATIENCE)) as db:
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()


def connect(path: str, readonly: bool) -> sqlite3.Connection:
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


def remedy(error: sqlite3.Error | UnicodeDecodeError) -> str:
    """What SQLite's words mean for the user."""
    other = f"SQLite says: {error}; check the disk, or build the store again"
    return next((remedy for words, remedy in _REMEDIES.items() if words in str(error)), other)
