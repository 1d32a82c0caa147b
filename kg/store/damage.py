"""What is damaged in a store, told in one line: "rat.kg: damaged: 2 documents (brief, seite1); build it again …".

A store keeps a digest of what was written of each document and each verdict. Where what is read has another one, a
disk, a copy or a hand has changed it since.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from kg.system.text import counted

_NAMED = 5  # as many documents as a line can name and still be one


@dataclass(frozen=True, slots=True)
class Damage:
    """What of a store is not as it was written: documents by id, how many verdicts, and what a build makes anew."""

    documents: tuple[str, ...] = ()
    verdicts: int = 0
    rest: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.documents or self.verdicts or self.rest)

    def line(self, path: str) -> str:
        """What to tell the user, with the remedy.

        >>> Damage(("brief", "seite1")).line("rat.kg")
        'rat.kg: damaged: 2 documents (brief, seite1); `kg build INPUT... -o rat.kg` reads them anew and mends it'
        """
        if self.verdicts:
            remedy = rescue(path)
        else:
            anew = "them anew" if len(self.documents) > 1 else "it anew" if self.documents else "nothing twice"
            remedy = f"`kg build INPUT... -o {path}` reads {anew} and mends it"
        return f"{path}: damaged: {self.told()}; {remedy}"

    def told(self) -> str:
        """What is damaged: "1 document (brief), 2 verdicts"."""
        found = [f"{counted(len(self.documents), 'document')} ({listing(self.documents)})"] if self.documents else []
        found += [counted(self.verdicts, "verdict")] if self.verdicts else []
        return ", ".join([*found, *self.rest])


def rescue(path: str) -> str:
    """How to come to a sound store without losing the verdicts that can still be read."""
    saving = f"save its verdicts with `kg review {path} --export verdicts.jsonl`"
    return f"restore a copy of it, or {saving}, move it away, build it again, and --import them"


def listing(names: Sequence[str]) -> str:
    """Some names for a line.

    >>> listing("abcdefg")
    'a, b, c, d, e, …'
    """
    return ", ".join([*names[:_NAMED], *("…" for _ in names[_NAMED : _NAMED + 1])])


def digest(rows: Sequence[Sequence[Any]]) -> str:
    """A digest of rows as SQLite gives them back, the same for every Python; "" for no rows.

    Bytes stand only where a type was damaged; these are not gone through, of which there may be 300 MB.

    >>> digest([("Link", 1, 0.5, None)]), digest([(b"Link", 1, 0.5, None)])
    ('5a14b832ef2a80297d19b335c83b9cb5', 'bytes')
    """
    if not rows:
        return ""
    try:
        told = json.dumps(rows)  # and not repr, which asks Python's own table of characters
    except TypeError:
        return "bytes"
    return blake2b(told.encode("ascii"), digest_size=16).hexdigest()


def name_of(value: object) -> str:
    """A name within a store as text; of bytes, which no name is, as many as tell that.

    >>> name_of("brief"), name_of(3), name_of(bytes(1000))[-15:]
    ('brief', '3', "00\\\\x00\\\\x00\\\\x00'")
    """
    return repr(value[:20]) if isinstance(value, bytes) else str(value)


def beyond_reading(path: str, has_verdicts: bool) -> str:
    """What is said of a store that SQLite cannot read; where it still has its verdicts, they may be saved."""
    remedy = rescue(path) if has_verdicts else "restore a copy of it, or move it away and build it again"
    return f"{path}: damaged beyond reading; {remedy}"
