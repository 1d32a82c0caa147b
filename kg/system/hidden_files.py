"""The names of what kg keeps beside a file while it works on it: ".rat.kg.part" and ".rat.kg.lock" beside "rat.kg"."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

# Names are 255 bytes at most nearly everywhere, and an ending of ours needs some for the process and the host.
_LONGEST_STEM = 200


def hidden(target: Path, ending: str) -> Path:
    """A hidden file beside another one.

    >>> hidden(Path("rat.kg"), "part").name
    '.rat.kg.part'
    """
    return target.with_name(f".{short_name(target)}.{ending}")


def journal(store: Path) -> Path:
    """Where SQLite keeps what it overwrites of a store, until a change is done."""
    return store.with_name(f"{store.name}-journal")


def beside(store: Path) -> tuple[Path, ...]:
    """All that SQLite may keep beside a store: its journal, or what it has instead where another tool chose so.

    >>> [path.name for path in beside(Path("rat.kg"))]
    ['rat.kg-journal', 'rat.kg-wal', 'rat.kg-shm']
    """
    return journal(store), *(store.with_name(f"{store.name}-{ending}") for ending in ("wal", "shm"))


def is_begun(path: str | os.PathLike[str]) -> bool:
    """Whether there is a file that a build of the store works in, or did before it was interrupted."""
    try:
        return os.path.lexists(hidden(Path(os.path.realpath(path)), "part"))
    except ValueError:  # no name that a file can have
        return False


def short_name(target: Path) -> str:
    """The name of a file, or a digest of it where more would be too long for the file system."""
    name = os.fsencode(target.name)
    return target.name if len(name) <= _LONGEST_STEM else hashlib.sha256(name).hexdigest()[:16]
