"""Bytes → text: UTF-8 unless "Müller" says otherwise, and then one line in the log that names the encoding."""

from __future__ import annotations

import io
import re
from contextlib import suppress
from typing import IO

from kg.errors import SourceError
from kg.sources.fields import valid
from kg.system.log import log

# The first bytes of what people pass by mistake, with what to do instead.
_MAGIC = {
    b"%PDF": "a PDF; convert it first (pdftotext file.pdf file.txt)",
    b"PK\x03\x04": "a zip or office document; save its text as .txt",
    b"\xd0\xcf\x11\xe0": "an office document; save its text as .txt",
    b"{\\rtf": "RTF; save its text as .txt",
    b"\x1f\x8b": "compressed; unpack it first (gunzip)",
    b"\xfd7zXZ": "compressed; unpack it first (unxz)",
}

_MARKS = (("utf-8-sig", b"\xef\xbb\xbf"), ("utf-32", b"\xff\xfe\0\0"), ("utf-32", b"\0\0\xfe\xff"),
          ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff"))  # fmt: skip

# The legacy encodings of German texts: Windows, DOS, old Macs. Left to choose from all, charset-normalizer takes
# "Müller" in cp1252 for Chinese.
_GERMAN_CHARACTERS = frozenset("äöüßÄÖÜéèáàâêçñó„“”»«›‹‚‘’–—…€§°•·\xa0")
_GERMAN = ["cp1252", "mac_roman", "cp850"]

# What Python can decode and no page is written in; to undo them takes time by the square of the length.
_NO_CHARSETS = frozenset({"punycode", "idna", "unicode_escape", "raw_unicode_escape"})

_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))


def decode(data: bytes, name: str, declared: str = "") -> tuple[str, str]:
    """The text of a file and the encoding it was read with; anything but UTF-8 is reported to the log.

    `declared` is tried before guessing. Bytes that are broken in an otherwise sound UTF-8 text become U+FFFD.

    >>> decode("Müller".encode(), "a.txt"), decode("\\ufeffMüller".encode(), "a.txt")
    (('Müller', 'utf-8'), ('Müller', 'utf-8-sig'))
    """
    for encoding, mark in _MARKS:
        if data.startswith(mark):
            return _decode_as(data, encoding, name), encoding
    refuse_binary(data, name)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        text = data.decode("utf-8", "replace")
        broken = text.count("\ufffd")
        if sum(not char.isascii() for char in text) > 2 * broken:
            log.warning("%s: read as utf-8; %d broken places, the first at byte %d", name, broken, error.start)
            return text, "utf-8"
        text, encoding = _guess(data, name, declared)
    log.warning("%s: not UTF-8; read as %s", name, encoding)
    return text, encoding


def as_bytes(stream: IO[str]) -> io.BufferedReader:
    """A stream of text as a stream of the UTF-8 that a file of this text would hold.

    >>> as_bytes(io.StringIO("Müller")).read().decode()
    'Müller'
    """
    return io.BufferedReader(_Encoded(stream))


class _Encoded(io.RawIOBase):
    """The bytes of a stream of text, as far as somebody asks for them."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._rest:
            self._rest = valid(self._stream.read(len(buffer) // 4 or 1)).encode()
        found = self._rest[: len(buffer)]
        buffer[: len(found)] = found
        self._rest = self._rest[len(found) :]
        return len(found)


def _decode_as(data: bytes, encoding: str, name: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(f"{name}: not {encoding} at byte {error.start}; convert it to UTF-8") from error
    if encoding != "utf-8-sig":
        log.warning("%s: not UTF-8; read as %s", name, encoding)
    return text


def _guess(data: bytes, name: str, declared: str) -> tuple[str, str]:
    # Pages that say ISO 8859-1 mean its superset, as every browser knows.
    declared = "cp1252" if declared.lower() in ("iso-8859-1", "latin1", "latin-1", "ascii") else declared.lower()
    try:
        if declared and declared not in _NO_CHARSETS:
            return data.decode(declared), declared
    except (LookupError, ValueError):
        log.info("%s: not %s, which it declares", name, declared)
    from charset_normalizer import from_bytes

    # charset-normalizer says what is possible; among that the letters decide, for which it needs longer texts.
    possible = {match.encoding: str(match) for match in from_bytes(data, cp_isolation=_GERMAN)}
    for encoding in _GERMAN:
        with suppress(UnicodeDecodeError):
            possible.setdefault(encoding, data.decode(encoding))
    if not possible:
        raise SourceError(f"{name}: in no encoding that kg knows; convert it to UTF-8")
    best = max(possible, key=lambda encoding: (_germanness(possible[encoding]), -_GERMAN.index(encoding)))
    return possible[best], best


def _germanness(text: str) -> int:
    """How well the characters beyond ASCII fit German: its letters and marks for, all others against.

    >>> _germanness("Köln") > _germanness("Kˆln")
    True
    """
    return sum(1 if char in _GERMAN_CHARACTERS else -3 for char in text if not char.isascii())


def refuse_binary(data: bytes, name: str) -> None:
    """Raise SourceError for bytes that are no UTF-8, nor text in any encoding of one byte a letter."""
    for encoding, mark in _MARKS[1:]:
        if data.startswith(mark):
            wide = encoding.upper()
            raise SourceError(f"{name}: {wide}; convert it to UTF-8 first (iconv -f {wide} -t UTF-8)")
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise SourceError(f"{name}: no text but {what}")
    controls = len(data) - len(data.translate(None, _CONTROLS))
    # One control character in fifty: no text has so many, and compressed data has one in ten.
    if b"\0" in data or controls * 50 > len(data):
        raise SourceError(f"{name}: a binary file, no text; pass a text, a page or JSON Lines")


def declared(data: bytes) -> str:
    """The encoding that a page declares in its head, "" when it declares none."""
    head = rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]+)"
    match = re.search(head, data[:4096], re.IGNORECASE)
    return match[1].decode("ascii", "ignore") if match else ""
