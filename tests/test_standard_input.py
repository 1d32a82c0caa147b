"""Standard input: a text or JSON Lines, bytes or text, as long as one likes where its texts are not."""

from __future__ import annotations

import io
import json

import pytest
from source_files import read

from kg.errors import SourceError
from kg.records import Document


@pytest.mark.parametrize(
    ("content", "documents"),
    [
        ("Die Brücke.", [Document("stdin", "Die Brücke.", encoding="utf-8")]),
        ('{"kein": "Satz"}', [Document("stdin", '{"kein": "Satz"}', encoding="utf-8")]),
        ('["text"]', [Document("stdin", '["text"]', encoding="utf-8")]),
        (
            '\n{"text": "A."}\n{"id": "b", "text": "B."}\n',
            [Document("stdin-2", "A.", encoding="utf-8"), Document("b", "B.", encoding="utf-8")],
        ),
    ],
)
def test_standard_input(content, documents):
    assert read("-", stdin=io.BytesIO(content.encode())) == documents


def test_standard_input_as_text_has_no_encoding():
    assert read("-", "-", stdin=io.StringIO("\ufeffDie Brücke.")) == [Document("stdin", "Die Brücke.")]


def lines(*texts: str) -> bytes:
    return b"".join(json.dumps({"text": text}).encode() + b"\n" for text in texts)


@pytest.mark.parametrize(
    ("content", "ids"),
    [
        (lines("A.") + b" " * 9_000_000 + b"\n" + lines("B."), ["stdin-1", "stdin-3"]),
        (lines("A.", "B" * 8_000_000, "C."), ["stdin-1", "stdin-3"]),
        (lines("A.", "B" * 40_000_000, "C."), ["stdin-1", "stdin-3"]),
        (lines(*["A" * 1_000_000] * 9), [f"stdin-{i}" for i in range(1, 10)]),
        (lines("ä" * 1_500_000, "B."), ["stdin-1", "stdin-2"]),  # each ä is escaped
        (lines(*["ä" * 5_000] * 300), [f"stdin-{i}" for i in range(1, 301)]),
    ],
)
@pytest.mark.parametrize("stream", [io.BytesIO, lambda content: io.StringIO(content.decode())], ids=["bytes", "text"])
def test_standard_input_may_be_long_where_its_texts_are_not(content, ids, stream):
    found = read("-", stdin=stream(content))
    assert [document.id for document in found] == ids
    assert {document.encoding for document in found} == {"utf-8"}


class Endless(io.RawIOBase):
    """A stream that never ends."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        buffer[:] = (self._content * len(buffer))[: len(buffer)]
        return len(buffer)


@pytest.mark.parametrize(("content", "message"), [(b"ja ", "longer than"), (b"\0", "a binary file"), (b"{", "longer")])
def test_standard_input_that_never_ends(content, message):
    with pytest.raises(SourceError, match=f"^standard input: {message}"):
        read("-", stdin=io.BufferedReader(Endless(content)))


@pytest.mark.parametrize("text", ["Müller " * 200_000, "Brücke 😀\r\n\x0bhier", "halb \ud83d"], ids=len)
def test_a_stream_of_text_is_its_text(text):
    assert read("-", stdin=io.StringIO(text, newline="")) == [Document("stdin", text.replace("\ud83d", "\ufffd"))]


@pytest.mark.parametrize(
    ("stream", "message"),
    [
        (lambda: io.StringIO("Ja. " * 600_000), "longer than 2,000,000 characters"),
        (lambda: io.StringIO("ä" * 9_000_000), "longer than 2,000,000 characters"),
        (lambda: io.StringIO("\0" * 99), "a binary file"),
        (lambda: io.TextIOWrapper(io.BytesIO(b"\xff"), "utf-8"), r"cannot be read \('utf-8' codec can't decode"),
        (lambda: io.TextIOWrapper(io.BufferedReader(Endless(b"ja ")), "utf-8"), "longer than"),
    ],
)
def test_a_stream_of_text_is_refused_as_its_bytes_would_be(stream, message):
    with pytest.raises(SourceError, match=f"^standard input: {message}"):
        read("-", stdin=stream())
