"""RDF files nested beyond reason: '{"@id": {"@id": {"@id": …' five thousand deep, or a triple about a triple about ….

pyoxigraph reads both by calling itself, and takes the time of all levels for each level of JSON-LD. What people write
has ten levels or so; what has hundreds is refused. Turtle's lists and blank nodes may be nested as they like.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import RdfFormat

from kg.errors import FormatError

DEEPEST = 100
_DEEPEST_ELEMENTS = 10_000  # of XML, which pyoxigraph reads in the square of its depth: these take three seconds

# Terms of a JSON-LD context may lead to each other, and pyoxigraph follows them by calling itself. Ours has 4 KB.
_LONGEST_CONTEXT = 1 << 20

_AT_ONCE = 16 << 20

_CONTEXT = re.compile(
    b'"%s"\\s*:\\s*' % b"".join(rb"(?:%c|\\u00%02x)" % (code, code) for code in b"@context"), re.IGNORECASE
)
_JSON_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.?)*+(?:"|\Z)|[\[\]{}]', re.DOTALL)  # a string may go on behind the end
_ALL_BUT_BRACKETS = bytes(set(range(256)) - set(b'"[]{}'))

_OPENS = re.compile(rb"<<\(")

# What can hide a triple term in Turtle and its kin: strings, IRIs, comments, escaped characters.
_TRIPLE_TERM = re.compile(
    rb'''"""(?:[^"\\]++|\\.|"(?!""))*+"""|\'\'\'(?:[^'\\]++|\\.|'(?!\'\'))*+\'\'\'|"(?:[^"\\\n]++|\\.)*+"'''
    rb"""|'(?:[^'\\\n]++|\\.)*+'|<[^\x00-\x20<>"{}|^`\\]*+>|\#[^\n\r]*+|\\.|(<<\()|(\)>>)""",
    re.DOTALL,
)


def check_nesting(path: Path, form: RdfFormat) -> None:
    """Raise FormatError for a file that is nested more than `DEEPEST` deep. Raises OSError."""
    if not path.stat().st_size:
        return
    deep = False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if form == RdfFormat.JSON_LD:
            deep = _is_deep_json(content)
            if not deep and _has_long_context(content):
                raise FormatError(f"{path}: has a context of more than {_LONGEST_CONTEXT >> 20} MB; shorten it, or "
                                  "write the file as .ttl")  # fmt: skip
        elif form == RdfFormat.RDF_XML:
            if _depth_of_elements(content) > _DEEPEST_ELEMENTS:
                raise FormatError(f"{path}: nested more than {_DEEPEST_ELEMENTS:,} deep; write it flat, as .nt")
        else:
            deep = _OPENS.search(content) is not None and _depth_of_triple_terms(content) > DEEPEST
    if deep:
        raise FormatError(f"{path}: nested more than {DEEPEST} deep; write it flat, as .nt for instance")


def _depth_of_elements(content: mmap.mmap) -> int:
    """How deep the elements of an XML text are nested; comments that hold tags count as such.

    pyoxigraph takes time by the square of it.
    """
    import numpy as np

    deepest = now = 0
    for start in range(0, len(content), _AT_ONCE):
        chunk = np.frombuffer(content[start : start + _AT_ONCE + 1], np.uint8)
        here, after = chunk[:-1], chunk[1:]
        step = np.where((here == ord("<")) & (after != ord("!")) & (after != ord("?")), 1, 0).astype(np.int8)
        step[(here == ord("<")) & (after == ord("/"))] = -1
        step[(here == ord("/")) & (after == ord(">"))] = -1
        depths = now + np.cumsum(step, dtype=np.int64)
        if len(depths):
            deepest, now = max(deepest, int(depths.max())), int(depths[-1])
    return deepest


def _is_deep_json(content: mmap.mmap) -> bool:
    """Whether brackets are nested too deeply, or closed so wrongly that nobody can tell.

    Innermost pairs are taken out again and again: as often as the text is deep.
    """
    left = b""
    for chunk in _brackets(content):
        left += chunk
        for _ in range(DEEPEST):
            before, left = left, left.replace(b"{}", b"").replace(b"[]", b"")
            if left == before:
                break
        if len(left) > DEEPEST:
            return True
    return False


def _brackets(content: mmap.mmap) -> Iterator[bytes]:
    """Yield the brackets of a JSON text, those within its strings left out."""
    rest, quoted = b"", b""
    for start in range(0, len(content), _AT_ONCE):
        chunk = (rest + content[start : start + _AT_ONCE]).replace(rb"\\", b"")
        rest = b"\\" if chunk.endswith(b"\\") else b""
        kept = quoted + chunk.replace(rb"\"", b"").translate(None, _ALL_BUT_BRACKETS)
        quoted = b'"' if kept.count(b'"') % 2 else b""
        # Strings side by side are as one, and what is between the first quote and the second of a pair goes.
        yield re.sub(rb'"[^"]*"', b"", kept.replace(b'""', b"") + quoted)


def _has_long_context(content: mmap.mmap) -> bool:
    """Whether a context goes on for longer than one may; one that breaks off does not.

    A context within another is no longer than that, so each part of a text is looked at once.
    """
    looked = 0
    for match in _CONTEXT.finditer(content):
        start = match.end()
        if start >= looked and content[start : start + 1] in (b"{", b"["):
            looked = _end_of_json(content, start)
            if not looked:
                return True
    return False


def _end_of_json(content: mmap.mmap, start: int) -> int:
    """Where the object or list ends that begins at an offset, or the text if it breaks off; 0 if it is too long."""
    depth, stop = 0, start + _LONGEST_CONTEXT
    for match in _JSON_TOKEN.finditer(content, start, stop):
        depth += (match[0] in b"[{") - (match[0] in b"]}")
        if depth == 0 and match[0] in b"]}":
            return match.end()
    return 0 if stop < len(content) else len(content)


def _depth_of_triple_terms(content: mmap.mmap) -> int:
    depth = deepest = 0
    for match in _TRIPLE_TERM.finditer(content):
        if match.lastindex:
            depth += 1 if match[1] else -1
            deepest = max(deepest, depth)
    return deepest
