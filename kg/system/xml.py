"""Any text as XML: "Müller & Söhne" needs an entity, and a stray form feed has no place in XML 1.0 at all.

What XML forbids becomes U+FFFD in a value, and is percent-encoded in an id, where it tells nodes apart.
`noting_replaced` tells what became so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields, is_dataclass, replace
from itertools import islice
from math import isfinite
from typing import Any, BinaryIO

Value = object
"""What an attribute may hold: text, number, bool, None, or a list or dict of these."""

SEPARATOR = " | "
"""Stands between several values of one attribute (aliases, documents)."""

# All that the production Char of XML 1.0 leaves out.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_HALF = re.compile("[\ud800-\udfff]")

# All that XML forbids, and what stands for markup or would be read back as a blank.
_SPECIAL = re.compile("[^\x20\x21\x23-\x25\x27-\x3b\x3d\x3f-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}

# Lines are encoded and written so many at a time: with 30, which fit a processor's cache, twice as fast as with 1,000.
_BATCH = 30

# Where those who write a file note what they replace. They see one text at a time, and whoever asks, the whole file.
_REPLACED: ContextVar[set[str] | None] = ContextVar("replaced", default=None)


@contextmanager
def noting_replaced() -> Iterator[set[str]]:
    r"""The characters that become U+FFFD in a block.

    >>> with noting_replaced() as replaced:
    ...     text = escaped("A\x0cB") + allowed("C")
    >>> replaced
    {'\x0c'}
    """
    replaced: set[str] = set()
    token = _REPLACED.set(replaced)
    try:
        yield replaced
    finally:
        _REPLACED.reset(token)


def escaped(text: str) -> str:
    r"""A text for XML, in an attribute or between tags.

    >>> escaped('Müller & "Söhne"\x0c')
    'Müller &amp; &quot;Söhne&quot;\ufffd'
    """
    return _SPECIAL.sub(_entity, text)


def escaped_at_once(texts: Sequence[str]) -> Sequence[str] | None:
    """Many texts for XML in a few steps; None where one holds a line break, or anything that XML forbids.

    Raises TypeError where one of them is no text.

    >>> escaped_at_once(["A & B", "C"]), escaped_at_once(["A\\n"])
    (['A &amp; B', 'C'], None)
    """
    joined = "".join(texts)
    if not joined.isprintable():
        return None
    if not ("&" in joined or "<" in joined or ">" in joined or '"' in joined):
        return texts
    joined = "\n".join(texts)
    for character in '&<>"':
        joined = joined.replace(character, _ENTITIES[character])
    return joined.split("\n")


def escaped_id(id: str) -> str:
    r"""An id for XML; what is forbidden in it still tells it from others.

    >>> escaped_id("A\x0c&")
    'A%0C&amp;'
    """
    return escaped(allowed_id(id))


def allowed(text: str) -> str:
    r"""A text without what XML forbids, as a reader gets it back.

    >>> allowed("A\x0cB")
    'A\ufffdB'
    """
    return _FORBIDDEN.sub(_replacement, text)


def mended(xml: str) -> str:
    r"""XML by a writer that checks no text, without what XML forbids; a carriage return is not read as a line feed.

    >>> mended("<literal>A\x0cB\r</literal>")
    '<literal>A\ufffdB&#13;</literal>'
    """
    return allowed(xml).replace("\r", "&#13;")


def allowed_id(id: str) -> str:
    """An id without what XML forbids, as a reader gets it back."""
    return id if id.isprintable() else _FORBIDDEN.sub(lambda match: f"%{ord(match[0]):02X}", id)


def without_halves(value: Any) -> Any:
    r"""A text, or a record with all its texts, without halves of characters, which no file can hold.

    >>> without_halves(("A\ud800", 1))
    ('A\ufffd', 1)
    """
    if isinstance(value, str):
        return _HALF.sub(_replacement, value)
    if isinstance(value, tuple):
        return tuple(map(without_halves, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: without_halves(getattr(value, field.name)) for field in fields(value)})
    return value


def as_attribute(value: Value) -> str | None:
    """A value as the text of one attribute, not yet escaped; None where there is nothing to write.

    >>> as_attribute(True), as_attribute(["a", 1]), as_attribute({"a": None}), as_attribute(float("nan"))
    ('true', 'a | 1', '{"a": null}', None)
    """
    if isinstance(value, str):
        return value
    if value is None or (isinstance(value, float) and not isfinite(value)):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    if isinstance(value, list | tuple):
        return SEPARATOR.join(text for item in value if (text := as_attribute(item)) is not None)
    if isinstance(value, set | frozenset):
        return as_attribute(sorted(value, key=str))
    return str(value)


def write_lines(stream: BinaryIO, lines: Iterable[str]) -> None:
    """Write lines as UTF-8; never more than a few are held."""
    lines = iter(lines)
    while batch := list(islice(lines, _BATCH)):
        stream.write(("\n".join(batch) + "\n").encode())


def _entity(match: re.Match[str]) -> str:
    return _ENTITIES.get(match[0]) or _replacement(match)


def _replacement(match: re.Match[str]) -> str:
    replaced = _REPLACED.get()
    if replaced is not None:
        replaced.add(match[0])
    return "\ufffd"
