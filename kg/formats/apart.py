"""Outputs that would destroy what is read: `kg build artikel -o artikel/mai.jsonl`, where mai.jsonl is a text of these.

A file has many names: links lead to it, "MAI.jsonl" may be the same, and so may "märz.jsonl" whose ä is two characters.
Names that are one on some systems are one here on all of them, so that a command means the same everywhere.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Hashable, Iterable, Iterator
from pathlib import Path

from kg.errors import FormatError
from kg.formats import STORE, TABLE_FILES, is_folder, suffix_of
from kg.system.files import files_of

Read = str | os.PathLike[str] | int
"""What is read: a path, or the descriptor of an open file."""


def check_apart(outputs: Iterable[str | os.PathLike[str]], inputs: Iterable[Read]) -> None:
    """Raise FormatError for an output that is a file which is read, or that another output is, under whatever name."""
    folders: dict[str, Hashable] = {}
    read = {key: path for path in inputs for key in _keys(path, folders)}
    written: dict[Hashable, str | os.PathLike[str]] = {}
    for output in outputs:
        ours = [(path, key) for path in _files(output) for key in _keys(os.path.realpath(path), folders)]
        for path, key in ours:
            if key in read:
                known = _known_as(read[key], path)
                raise FormatError(f"{path} is an input too{known}, and would be overwritten; name another output")
            if key in written:
                raise FormatError(f"{written[key]} and {output} lead to one file; name it once")
        written |= {key: output for _, key in ours}


def _files(output: str | os.PathLike[str]) -> list[str | os.PathLike[str]]:
    """The files that an output is made of; a folder is one too, where there is none yet."""
    if is_folder(output):
        return [output, *(Path(output) / name for name in TABLE_FILES)]
    return [output, *files_of(output)[1:]] if suffix_of(output) == STORE else [output]


def _keys(path: Read, folders: dict[str, Hashable]) -> Iterator[Hashable]:
    """What a file is known by: its number on its disk, where it is there, and its name in its folder.

    `folders` keeps what folders are known by.
    """
    if not isinstance(path, int):
        folder, name = os.path.split(path)
        if folder not in folders:
            folders[folder] = _number(folder or os.curdir) or _folded(os.path.abspath(folder))
        yield folders[folder], _folded(name)
    number = _number(path)
    if number:
        yield number


def _number(path: Read) -> tuple[int, int] | None:
    """Disk and number of what is there; None for what is not, and where a file system numbers nothing."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return (found.st_dev, found.st_ino) if found.st_ino else None


def _folded(name: str) -> str:
    """A name as the most forgiving of file systems reads it.

    >>> _folded("MA\u0308RZ.jsonl") == _folded("m\u00e4rz.jsonl")
    True
    """
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).lower())


def _known_as(read: Read, path: str | os.PathLike[str]) -> str:
    """The other name of an input, in brackets, where it has one."""
    name = "standard input" if isinstance(read, int) else os.fspath(read)
    return "" if name == os.fspath(path) else f" ({name})"
