"""Files that appear whole or not at all: "graph.ttl" is written beside its place and moved there when it is done."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kg.errors import FormatError


def check_target(path: str | os.PathLike[str]) -> None:
    """Raise FormatError when no file can be written to that path.

    A file marked read-only counts as one that its owner wants kept, even where the system would let us replace it.
    """
    target = _followed(path)
    if target.is_dir():
        raise FormatError(f"{path}: is a folder; name a file, such as {target / 'graph'}{target.suffix}")
    if not target.parent.is_dir():
        raise FormatError(f"{path}: there is no folder {target.parent}; make it first, or name another one")
    if not _writable(target.parent):
        raise FormatError(f"{path}: the folder {target.parent} is read-only; name another, or change its permissions")
    if target.exists() and not _writable(target):
        raise FormatError(f"{path}: is read-only; name another file, or change its permissions")


def check_folder(path: str | os.PathLike[str], names: Iterable[str]) -> None:
    """Raise FormatError when files of these names cannot be written to the folder `path`, there already or not."""
    target = _followed(path)
    if not target.exists():
        check_target(target)
    elif not target.is_dir():
        raise FormatError(f"{path}: is a file; name a folder, or remove the file first")
    else:
        for name in names:
            check_target(target / name)


@contextmanager
def making_folder(path: Path) -> Iterator[None]:
    """Make a folder for a block to fill, unless it is there; after an error one that was made is gone again."""
    made = not path.exists()
    try:
        path.mkdir(exist_ok=True)
        yield
    except OSError as error:
        raise FormatError(f"{path}: cannot be made ({error.strerror}); check disk and permissions") from error
    finally:
        if made and path.is_dir() and not any(path.iterdir()):
            path.rmdir()


@contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Open a new file that takes the place of `path` once the block is done; after an error nothing is left of it."""
    target = _followed(path)
    working = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with open(working, "wb") as stream:
            yield stream
        os.replace(working, target)
    except OSError as error:
        raise FormatError(f"{path}: cannot be written ({error.strerror}); check disk and permissions") from error
    finally:
        working.unlink(missing_ok=True)


def _followed(path: str | os.PathLike[str]) -> Path:
    """The file itself where `path` is a link to it: the link is to stay one."""
    return Path(os.path.realpath(path))


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and bool(path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
