"""Anything → Document: "artikel.txt", a folder, a page as HTML, JSON Lines, or what comes in on `-`.

The text of a document is the text of its file, character by character: bytes are decoded and a byte order mark is
dropped, nothing else, so "Krause\\r\\n" keeps its two line ends and offsets hold in the original. What a text does
not say about itself stands in a sidecar beside it: `brücke.json` with title, publisher, date and url for
`brücke.txt`. Every input that cannot be read is one SourceError that names the input and the remedy.
"""

from __future__ import annotations

import io
import json
import logging
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import IO, Any

from kg.encodings import decode
from kg.errors import SourceError
from kg.records import Document

_log = logging.getLogger("kg")

_TEXT, _HTML, _LINES = {".txt", ".md"}, {".html", ".htm"}, {".jsonl"}
SUFFIXES = frozenset(_TEXT | _HTML | _LINES)
"""What a file to be read may end in; case does not matter."""

_WHAT_TO_PASS = "pass .txt, .md, .html or .jsonl files, a folder of them, or '-'"


def read_sources(inputs: Sequence[str], stdin: IO[str] | IO[bytes] | None = None) -> Iterator[Document]:
    """Yield the documents of files, folders and `-` (standard input), in the order given, folders sorted by path.

    A document's id is the stem of its file ("brücke"), below a folder its path without suffix ("mai/brücke"); a
    JSON line has its own "id" or "<stem>-<line number>". Files that would share an id keep their suffix
    ("brücke.md", "brücke.txt"). A file that is named twice is read once.

    Raises SourceError: before the first document for what is missing, unknown, empty as a folder or ambiguous by
    name; when its turn comes for a file that is binary, empty, broken or not to be decoded.
    """
    if not inputs:
        raise SourceError(f"no input; {_WHAT_TO_PASS}")
    seen: dict[str, str] = {}
    for file in _with_ids(_files(inputs)):
        for document, where in _read(file, stdin):
            if document.id in seen:
                raise SourceError(
                    f"{where}: the document id {document.id!r} is taken by {seen[document.id]}; "
                    "rename one, or pass the folder above them"
                )
            seen[document.id] = where
            yield document


def files_read(inputs: Iterable[str]) -> Iterator[Path | int]:
    """Yield what `read_sources` opens for inputs: texts, the places of their sidecars, the descriptor of stdin."""
    for name in inputs:
        if name == "-":
            yield 0
            continue
        path = Path(name)
        try:
            texts = list(_below(path, frozenset())) if name and path.is_dir() else [path]
        except (OSError, ValueError) as error:
            raise _unreadable(name, error) from error
        for text in texts:
            if text.suffix.lower() in SUFFIXES:
                yield from (text, text.with_suffix(".json"))


@dataclass(frozen=True, slots=True)
class _File:
    """A file to be read: how the user called it, and the id for what it holds. `path` is None for `-`."""

    name: str
    path: Path | None
    id: str

    @property
    def suffix(self) -> str:
        return self.path.suffix.lower() if self.path else ""


def _files(inputs: Sequence[str]) -> Iterator[_File]:
    """What the inputs name, each file once."""
    known: set[Path | None] = set()
    for name in inputs:
        for file in [_File("-", None, "stdin")] if name == "-" else _expand(name):
            key = file.path and file.path.resolve()
            if key not in known:
                known.add(key)
                yield file


def _expand(name: str) -> Iterator[_File]:
    if re.match(r"[a-z]+://", name):
        raise SourceError(f"{name}: kg reads no addresses; save the page as .html and pass the file")
    path = Path(name)
    try:
        if not name or not path.exists():
            raise SourceError(f"{name or '(empty name)'}: no such file or folder; {_WHAT_TO_PASS}")
        if path.is_dir():
            yield from _walk(path)
            return
        if path.suffix.lower() not in SUFFIXES:
            raise SourceError(f"{name}: unknown suffix {path.suffix!r}; {_WHAT_TO_PASS}")
        if not path.is_file():
            raise SourceError(f"{name}: not a regular file; pipe its content in and pass '-'")
    except (OSError, ValueError) as error:
        raise _unreadable(name, error) from error
    yield _File(name, path, _id(path.stem))


def _id(name: str) -> str:
    """A file's name as a document id: composed, for macOS writes the "ü" of "brücke" as two characters."""
    return unicodedata.normalize("NFC", name)


def _walk(folder: Path) -> Iterator[_File]:
    """The texts below a folder, sorted by path; hidden files and sidecars are passed over."""
    paths = sorted(_below(folder, frozenset()), key=lambda path: path.relative_to(folder).as_posix())
    texts = [path for path in paths if path.suffix.lower() in SUFFIXES]
    stems = {path.with_suffix("") for path in texts}
    others = [path for path in paths if path.suffix.lower() not in SUFFIXES and not _is_sidecar(path, stems)]
    if not texts:
        raise SourceError(f"{folder}: no texts in this folder; {_WHAT_TO_PASS}")
    if others:
        kinds = Counter(path.suffix.lower() or "no suffix" for path in others)
        counts = ", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items()))
        _log.warning("%s: skipped what is no text (%s)", folder, counts)
    for path in texts:
        yield _File(str(path), path, _id(path.relative_to(folder).with_suffix("").as_posix()))


def _below(folder: Path, above: frozenset[Path]) -> Iterator[Path]:
    real = folder.resolve()
    if real in above:
        raise SourceError(f"{folder}: this link leads back to {real}, a folder above it; remove the link")
    for path in folder.iterdir():
        if path.name.startswith("."):
            continue
        if path.is_dir():
            yield from _below(path, above | {real})
        elif path.is_file():
            yield path
        elif path.suffix.lower() in SUFFIXES:
            raise SourceError(f"{path}: a broken link or no regular file; repair or remove it")


def _is_sidecar(path: Path, stems: set[Path]) -> bool:
    return path.suffix.lower() == ".json" and path.with_suffix("") in stems


def _with_ids(files: Iterable[_File]) -> Iterator[_File]:
    """Files whose ids are the same keep their suffix; a JSON Lines file, which only lends its stem, does not count."""
    files = list(files)
    shared = Counter((file.suffix in _LINES, file.id) for file in files)
    for file in files:
        clash = file.path and shared[file.suffix in _LINES, file.id] > 1
        yield replace(file, id=file.id + file.path.suffix) if file.path and clash else file


def _read(file: _File, stdin: IO[str] | IO[bytes] | None) -> Iterator[tuple[Document, str]]:
    """The documents of a file, each with the place to name in an error: "liste.jsonl:3"."""
    if file.path is None:
        yield from _read_stdin(stdin)
        return
    try:
        if file.suffix in _LINES:
            with file.path.open("rb") as lines:
                yield from _read_lines(file.name, file.id, lines)
            return
        data = file.path.read_bytes()
    except OSError as error:
        raise _unreadable(file.name, error) from error
    about = _sidecar(file.path)
    if file.suffix in _HTML:
        document = _read_html(file, data, about)
    else:
        text, encoding = decode(data, file.name)
        document = Document(_valid(file.id), _not_empty(text, file.name), encoding=encoding, **about)
    yield document, file.name


def _read_stdin(stdin: IO[str] | IO[bytes] | None) -> Iterator[tuple[Document, str]]:
    """One text, or JSON Lines when the first line is an object with "text"."""
    source = stdin or getattr(sys.stdin, "buffer", sys.stdin)
    if source is None:
        raise SourceError("standard input: closed; pipe a text in, or pass files")
    try:
        data = source.read()
    except OSError as error:
        raise _unreadable("standard input", error) from error
    if isinstance(data, str):
        text, encoding = _valid(data).removeprefix("\ufeff"), ""
    else:
        text, encoding = decode(data, "standard input")
    first = next((line for line in text.split("\n") if line.strip()), "")
    try:
        is_lines = "text" in json.loads(first) and first.lstrip().startswith("{")
    except (ValueError, TypeError, RecursionError):
        is_lines = False
    if is_lines:
        yield from _read_lines("standard input", "stdin", io.BytesIO(text.encode()))
    else:
        yield Document("stdin", _not_empty(text, "standard input"), encoding=encoding), "standard input"


def _read_lines(name: str, stem: str, lines: Iterable[bytes]) -> Iterator[tuple[Document, str]]:
    found = False
    for number, line in enumerate(lines, 1):
        where = f"{name}:{number}"
        record = _json(line, where)
        if record is None:
            continue
        found = True
        document = document_from_record(record, where, f"{stem}-{number}")
        yield replace(document, encoding="utf-8"), where
    if not found:
        raise SourceError(f'{name}: empty; write one JSON object with a "text" on each line')


def _json(line: bytes, where: str) -> Mapping[str, Any] | None:
    remedy = 'write one JSON object with a "text" on each line, in UTF-8'
    try:
        text = line.decode("utf-8-sig").strip()
        record = json.loads(text) if text else None
    except UnicodeDecodeError as error:
        raise SourceError(f"{where}: not UTF-8 at byte {error.start}; {remedy}") from error
    except json.JSONDecodeError as error:
        raise SourceError(f"{where}: no valid JSON ({error.msg} at column {error.colno}); {remedy}") from error
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{where}: no valid JSON ({error}); {remedy}") from error
    if text and not isinstance(record, dict):
        raise SourceError(f"{where}: not a JSON object; {remedy}")
    return record


def document_from_record(record: Mapping[str, Any], where: str, default_id: str) -> Document:
    """The document of a JSON object or table row with "text" and perhaps "id", "title", "date", "publisher", "url".

    Raises SourceError, whose message begins with `where`, for a text that is missing or empty and for fields that do
    not fit.
    """
    text = record.get("text")
    if not isinstance(text, str):
        raise SourceError(f'{where}: no "text"; each needs one, and it must be a string')
    id_ = record.get("id")
    if isinstance(id_, bool) or not isinstance(id_, (str, int, float, type(None))):
        raise SourceError(f'{where}: the "id" is no string; write a string or a number')
    text = _valid(text)
    if "\ufffd" in text and "\ufffd" not in record["text"]:
        _log.warning("%s: half a surrogate pair in the text; read as U+FFFD", where)
    identity = str(id_).strip() if id_ is not None else ""
    return Document(_valid(identity or default_id), _not_empty(text, where), **_about(record, where))


def _read_html(file: _File, data: bytes, about: Mapping[str, str]) -> Document:
    """The article of a page; what the sidecar leaves open comes from the page's metadata."""
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        needed = (
            "needs trafilatura" if error.name == "trafilatura" else f"cannot be read ({' '.join(str(error).split())})"
        )
        raise SourceError(f"{file.name}: HTML {needed}; run: pip install 'kg-de[html]'") from error
    page, encoding = decode(data, file.name, _declared(data))
    _not_empty(page, file.name)
    # Only dates that the page declares: the extensive search takes any date of the text for the date of the text.
    dates = {"extensive_search": False, "original_date": True}
    article = bare_extraction(page, with_metadata=True, include_comments=False, date_extraction_params=dates)
    if article is None or not (article.text or "").strip():
        raise SourceError(f"{file.name}: no article found in this page; save its text as .txt")
    declared = {"title": article.title, "publisher": article.sitename, "url": article.url, "date": article.date}
    fields = {key: _valid(value or "") for key, value in declared.items()}
    if not _is_date(fields["date"]):
        fields["date"] = ""
    return Document(_valid(file.id), _valid(article.text), encoding=encoding, **{**fields, **_filled(about)})


def _declared(data: bytes) -> str:
    """The encoding that a page declares in its head, "" when it declares none."""
    head = rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]+)"
    match = re.search(head, data[:4096], re.IGNORECASE)
    return match[1].decode("ascii", "ignore") if match else ""


def _sidecar(path: Path) -> dict[str, str]:
    """Title, publisher, date and url from the JSON file beside a text; empty when there is none."""
    sidecar = path.with_suffix(".json")
    try:
        record = json.loads(sidecar.read_bytes().decode("utf-8-sig")) if sidecar.is_file() else {}
    except OSError as error:
        raise _unreadable(str(sidecar), error) from error
    except (ValueError, RecursionError) as error:
        message = f"{sidecar}: no valid JSON ({error}); repair or remove the sidecar of {path.name}"
        raise SourceError(message) from error
    if not isinstance(record, dict):
        raise SourceError(f'{sidecar}: not a JSON object; write {{"title": …, "date": …}} or remove this sidecar')
    return _about(record, str(sidecar))


def _about(record: Mapping[str, Any], where: str) -> dict[str, str]:
    """The four fields about a text; null and absent are "", a year may be a number."""
    about = {}
    for key in ("title", "publisher", "date", "url"):
        value = record.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and key in ("title", "date"):
            value = str(value)
        if value is not None and not isinstance(value, str):
            raise SourceError(f'{where}: the "{key}" is no string; write it in quotation marks')
        about[key] = _valid(value or "").strip()
    about["date"] = _iso_date(about["date"], where)
    return about


def _filled(about: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in about.items() if value}


_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_TIMESTAMP = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:?\d\d\S*(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?")


def _iso_date(value: str, where: str) -> str:
    """An ISO 8601 date as precise as it was given; a timestamp is cut to its day.

    >>> _iso_date("2021-05", "a.json"), _iso_date("2021-05-04T10:00:00+02:00", "a.json")
    ('2021-05', '2021-05-04')
    """
    timestamp = _TIMESTAMP.fullmatch(value)
    day = timestamp[1] if timestamp else value
    if day and not _is_date(day):
        raise SourceError(f'{where}: the date "{value}" is not ISO 8601; write YYYY, YYYY-MM or YYYY-MM-DD')
    return day


def _is_date(value: str) -> bool:
    match = _DATE.fullmatch(value)
    try:
        return bool(match) and value.isascii() and bool(date(int(match[1]), int(match[2] or 1), int(match[3] or 1)))
    except ValueError:
        return False


def _not_empty(text: str, name: str) -> str:
    if not re.search(r"[^\s\ufeff\u200b]", text):
        raise SourceError(f"{name}: empty; write a text into it or leave it out")
    return text


def _valid(text: str) -> str:
    """The text with U+FFFD for lone surrogates (from JSON's "\\ud800", odd file names), which no UTF-8 can hold."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _unreadable(name: str, error: OSError | ValueError) -> SourceError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return SourceError(f"{name}: cannot be read ({reason}); check the name and its permissions")
