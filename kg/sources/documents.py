"""Anything → Document: "artikel.txt", a folder, a page as HTML, JSON Lines, or what comes in on `-`.

The text of a document is the text of its file, character by character: bytes are decoded and a byte order mark is
dropped, nothing else, so "Krause\\r\\n" keeps its two line ends and offsets hold in the original. What a text does
not say about itself stands in a sidecar beside it: `brücke.json` with title, publisher, date and url for
`brücke.txt`. Every input that cannot be read is one SourceError that names the input and the remedy; it is left out,
with that line in the log, as long as there are others.
"""

from __future__ import annotations

import errno
import io
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, TypeAlias

from kg.errors import SourceError
from kg.records import Document
from kg.sources.encodings import as_bytes, declared, decode, refuse_binary
from kg.sources.fields import about_text, document_from_record, is_ours, valid
from kg.sources.inputs import HTML, LINES, WHAT_TO_PASS, File, files_with_ids, find_inputs, unreadable
from kg.sources.leftout import LONGEST_TEXT, Outcome, first_few, readable, too_long, whole
from kg.sources.pages import Pages
from kg.system.characters import plain
from kg.system.special_files import endless
from kg.system.text import is_date

# What is larger holds more characters than a text may have, in whatever encoding, or is no page but a film.
_LARGEST_TEXT = 4 * LONGEST_TEXT
_LARGEST_PAGE = 20_000_000
# A character takes six bytes of JSON where it is escaped.
_LONGEST_LINE = 8 * LONGEST_TEXT

_Found: TypeAlias = Iterator[tuple[Document, str] | SourceError]


def read_sources(inputs: Sequence[str], stdin: IO[str] | IO[bytes] | None = None) -> Iterator[Document]:
    """Yield the documents of files, folders and `-` (standard input), in the order given, folders sorted by path.

    A document's id is the stem of its file ("brücke"), below a folder its path without suffix ("mai/brücke"); a
    JSON line has its own "id" or "<stem>-<line number>". Files that would share an id keep their suffix
    ("brücke.md", "brücke.txt"). A file that is named twice is read once.

    A file, or a line of JSON, that is empty, binary, broken, too long or not to be decoded is left out with a warning
    of "kg". Raises SourceError when nothing else is there; before the first document for what is missing, unknown, or
    empty as a folder; and for two texts of one id, because which of them is meant only their owner knows.
    """
    yield from whole(read_each(inputs, stdin))


def read_each(
    inputs: Sequence[str | File | SourceError], stdin: IO[str] | IO[bytes] | None = None
) -> Iterator[Outcome]:
    """As `read_sources`, but yield an error in the place of what cannot be read; takes what `find_inputs` gave, too."""
    if not inputs:
        raise SourceError(f"no input; {WHAT_TO_PASS}")
    seen: dict[str, str] = {}
    files = list(find_inputs(inputs))
    yield from (file for file in files if isinstance(file, SourceError))
    with Pages() as pages:
        for found in _read_all(files_with_ids(file for file in files if isinstance(file, File)), stdin, pages):
            if isinstance(found, SourceError):
                yield found
                continue
            document, where = found
            if document.id in seen:
                taken = f"the document id {document.id!r} is taken by {seen[document.id]}"
                above = os.path.dirname(where) != os.path.dirname(seen[document.id])
                if where != seen[document.id] and plain(where) == plain(seen[document.id]):
                    taken += ", whose name looks the same and differs only in how its characters are written"
                raise SourceError(f"{where}: {taken}; rename one{', or pass the folder above them' if above else ''}")
            seen[document.id] = where
            yield document


def _read_all(files: Iterable[File], stdin: IO[str] | IO[bytes] | None, pages: Pages) -> _Found:
    files = list(files)
    html = [file for file in files if file.suffix in HTML]
    if html and (missing := pages.missing()):
        others = f" and {len(html) - 1} more" if len(html) > 1 else ""
        yield SourceError(f"{html[0].name}{others}: {missing}", tuple(valid(file.id) for file in html))
        files = [file for file in files if file not in html]
    for file in files:
        try:
            yield from _read(file, stdin, pages)
        except SourceError as error:
            error.documents = (valid(file.id),)
            if file.suffix in LINES or not file.path:
                error.folders = ("",)  # its lines may have had any ids
            yield error


def _read(file: File, stdin: IO[str] | IO[bytes] | None, pages: Pages) -> _Found:
    """The documents of a file, each with the place to name in an error: "liste.jsonl:3"."""
    if file.path is None:
        yield from _read_stdin(stdin)
        return
    try:
        if kind := endless(file.path):
            raise SourceError(f"{file.name}: is {kind}, no file; remove it, or put what it gives into a file")
        if not file.path.is_file():
            raise SourceError(f"{file.name}: a broken link; repair or remove it")
        if file.suffix in LINES:
            with file.path.open("rb") as lines:
                refuse_binary(lines.peek()[:4096], file.name)
                yield from _read_lines(file.name, file.id, _lines(lines))
            return
        data = _content(file)
    except OSError as error:
        raise unreadable(file.name, error) from error
    about = _sidecar(file.path)
    if file.suffix in HTML:
        document = _read_html(file, data, about, pages)
    else:
        text, encoding = decode(data, file.name)
        document = Document(valid(file.id), readable(text, file.name), encoding=encoding, **about)
    yield document, file.name


def _content(file: File) -> bytes:
    """The bytes of a file with one text."""
    assert file.path
    if file.suffix in HTML:
        return _bytes(
            file.path, _LARGEST_PAGE, f"{file.name}: larger than {_megabytes(_LARGEST_PAGE)}; save its text as .txt"
        )
    return _bytes(file.path, _LARGEST_TEXT, str(too_long(file.name)))


def _megabytes(size: int) -> str:
    return f"{size // 1_000_000} MB"


def _bytes(path: Path, most: int, problem: str) -> bytes:
    """The bytes of a file. Raises SourceError with the problem of one that has more, which is not read to its end."""
    with path.open("rb") as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise SourceError(problem)
    return data


def _read_stdin(stdin: IO[str] | IO[bytes] | None) -> _Found:
    name = "standard input"
    stream: IO[Any] | None = stdin or getattr(sys.stdin, "buffer", sys.stdin)
    if stream is None:
        raise SourceError(f"{name}: closed; pipe a text in, or pass files")
    try:
        yield from _read_stream(stream, name)
    except (OSError, ValueError) as error:
        raise unreadable(name, error) from error


def _read_stream(stream: IO[Any], name: str) -> _Found:
    """One text, or JSON Lines when the first line is an object with "text"."""
    of_text = isinstance(stream.read(0), str)
    if of_text:
        stream = as_bytes(stream)
    data = stream.read(_LARGEST_TEXT + 1)
    if len(data) > _LARGEST_TEXT:
        if b"\n" not in data.lstrip():
            data += stream.readline(_LONGEST_LINE)
        if not _is_record(data):
            refuse_binary(data[:4096], name)
            raise too_long(name)
        yield from _read_lines(name, "stdin", _continued(data, stream))
        return
    text, encoding = decode(data, name)
    if _is_record(text):
        yield from _read_lines(name, "stdin", io.BytesIO(text.encode()))
    else:
        yield Document("stdin", readable(text, name), encoding="" if of_text else encoding), name


def _is_record(data: str | bytes) -> bool:
    """Whether the first line that is not empty is a JSON object with "text"."""
    line: re.Match[str] | re.Match[bytes] | None = (
        re.match(r"\s*([^\n]*)", data) if isinstance(data, str) else re.match(rb"(?:\xef\xbb\xbf)?\s*([^\n]*)", data)
    )
    assert line
    try:
        return isinstance(record := json.loads(line[1]), dict) and "text" in record
    except (ValueError, RecursionError):
        return False


def _continued(data: bytes, stream: IO[bytes]) -> Iterator[bytes]:
    """The lines of what was read of a stream, and of the rest of it."""
    *lines, begun = data.split(b"\n")
    yield from lines
    yield _line(stream, begun)
    yield from _lines(stream)


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: _line(stream), b"")


def _line(stream: IO[bytes], begun: bytes = b"") -> bytes:
    """The next line; of one that is too long no more than tells so."""
    line = rest = begun + stream.readline(_LONGEST_LINE + 1)
    while len(line) > _LONGEST_LINE and rest and not rest.endswith(b"\n"):
        rest = stream.readline(_LONGEST_LINE)
    return line


def _read_lines(name: str, stem: str, lines: Iterable[bytes]) -> _Found:
    """The documents of JSON Lines; a line that is broken costs itself alone."""
    yield from first_few(_each_line(name, stem, lines), name)


def _each_line(name: str, stem: str, lines: Iterable[bytes]) -> _Found:
    found = False
    for number, line in enumerate(lines, 1):
        where = f"{name}:{number}"
        try:
            record = _json(line, where)
            if record is None:
                continue
            if not found and is_ours(record):
                problem = f"{name}: is what kg wrote, no texts; move it to another folder"
                yield SourceError(problem, folders=("",))
                return
            found = True
            document = document_from_record(record, where, f"{stem}-{number}")
            yield replace(document, encoding="utf-8"), where
        except SourceError as error:
            found = True
            if not error.documents:
                error.documents, error.folders = (valid(f"{stem}-{number}"),), ("",)
            yield error
    if not found:
        raise SourceError(f'{name}: empty; write one JSON object with a "text" on each line')


def _json(line: bytes, where: str) -> Mapping[str, Any] | None:
    remedy = 'write one JSON object with a "text" on each line, in UTF-8'
    if len(line) > _LONGEST_LINE:
        raise too_long(where)
    try:
        text = line.decode("utf-8-sig").strip()
        record = json.loads(text) if text else None
    except UnicodeDecodeError as error:
        raise SourceError(f"{where}: not UTF-8 at byte {error.start}; {remedy}") from error
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{where}: no valid JSON ({_trouble(error)}); {remedy}") from error
    if text and not isinstance(record, dict):
        raise SourceError(f"{where}: not a JSON object; {remedy}")
    return record


def _trouble(error: ValueError | RecursionError) -> str:
    """Why `json` does not read a text; of what it says of long numbers and deep nesting nobody learns what to do."""
    if isinstance(error, json.JSONDecodeError):
        line = f"line {error.lineno}, " if error.lineno > 1 else ""
        return f"{error.msg} at {line}column {error.colno}"
    if isinstance(error, UnicodeDecodeError):
        return f"not UTF-8 at byte {error.start}"
    if isinstance(error, RecursionError):
        return "brackets nested too deeply"
    if "digits" in str(error):
        return f"a number of more than {sys.get_int_max_str_digits():,} digits"
    return str(error)


def _read_html(file: File, data: bytes, about: Mapping[str, str], pages: Pages) -> Document:
    """The article of a page; what the sidecar leaves open comes from the page's metadata."""
    page, encoding = decode(data, file.name, declared(data))
    if not page.strip():
        raise SourceError(f"{file.name}: empty; write a page into it or leave it out")
    found = {key: valid(value) for key, value in pages.read(page, file.name).items()}
    text = found.pop("text")
    if not text.strip():
        raise SourceError(f"{file.name}: no article found in this page; save its text as .txt")
    if not is_date(found["date"]):
        found["date"] = ""
    found |= {key: value for key, value in about.items() if value}
    return Document(valid(file.id), readable(text, file.name), encoding=encoding, **found)


def _sidecar(path: Path) -> dict[str, str]:
    """Title, publisher, date and url from the JSON file beside a text; empty when there is none."""
    sidecar = path.with_suffix(".json")
    try:
        if kind := endless(sidecar):
            raise SourceError(f"{sidecar}: is {kind}, no file; remove this sidecar of {path.name}")
        if not sidecar.is_file():
            return {}
        data = _bytes(
            sidecar,
            _LARGEST_TEXT,
            f"{sidecar}: larger than {_megabytes(_LARGEST_TEXT)}; remove this sidecar of {path.name}",
        )
        record = json.loads(data.decode("utf-8-sig"))
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:  # no file can have that name
            return {}
        raise unreadable(str(sidecar), error) from error
    except (ValueError, RecursionError) as error:
        raise SourceError(
            f"{sidecar}: no valid JSON ({_trouble(error)}); repair or remove the sidecar of {path.name}"
        ) from error
    if not isinstance(record, dict):
        raise SourceError(f'{sidecar}: not a JSON object; write {{"title": …, "date": …}} or remove this sidecar')
    return about_text(record, str(sidecar))
