"""Files that appear whole or not at all: "graph.ttl" is written beside its place and moved there when it is done.

What a writer that was killed left there (".graph.ttl.4711-….part") goes when the same file is written again. A writer
holds a lock on its file, so that nobody takes it for a leftover.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import socket
import stat
import time
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO

from kg.errors import FormatError
from kg.system.hidden_files import beside, hidden, short_name
from kg.system.special_files import is_stream, special_kind

try:
    import fcntl
except ImportError:  # Windows, where a file that is open cannot be removed anyway
    fcntl = None  # type: ignore[assignment]

# Seconds after which a file that nobody holds is a leftover whatever its name says: no write pauses so long.
_DAY_IN_SECONDS = 24 * 60 * 60


def check_target(path: str | os.PathLike[str]) -> None:
    """Raise FormatError when no file can be written to that path.

    A file marked read-only counts as one that its owner wants kept, even where the system would let us replace it. A
    device or pipe is never replaced. Where a link leads to nothing yet, the file is made there.
    """
    with _told(path):
        target = _followed(path)
        if target.is_dir():
            raise FormatError(f"{path}: is a folder; name a file, such as {target / 'graph'}{target.suffix}")
        if target.is_symlink():
            raise FormatError(f"{path}: is a link that leads in a circle; remove it, or name another file")
        if not target.parent.is_dir():
            raise FormatError(f"{path}: there is no folder {target.parent}; make it first, or name another one")
        kind = special_kind(path) or ("what a program has opened" if is_stream(path) else "")
        if kind:
            raise FormatError(f"{path}: is {kind}, which no file may replace; name a file")
        if not _writable(target.parent):
            raise FormatError(
                f"{path}: the folder {target.parent} is read-only; name another, or change its permissions"
            )
        if target.exists() and not _writable(target):
            raise FormatError(f"{path}: is read-only; name another file, or change its permissions")


def check_folder(path: str | os.PathLike[str], names: Iterable[str]) -> None:
    """Raise FormatError when files of these names cannot be written to the folder `path`, there already or not."""
    with _told(path):
        target = _followed(path)
        if os.path.realpath(target) == os.path.realpath(target.absolute().anchor):
            raise FormatError(f"{path}: is the root of all folders; name one of your own, such as graph/")
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
    """Open a new file that takes the place of `path` once the block is done; after an error nothing is left of it.

    Owner and permissions are those of the file that was there. Raises FormatError as `check_target` does, and where the
    disk is full.
    """
    check_target(path)
    target = _followed(path)
    _remove_leftovers(target)
    working = hidden(target, f"{os.getpid()}-{_host()}-{secrets.token_hex(4)}.part")
    try:
        old = target.stat() if target.exists() else None
        with open(working, "xb", opener=_for_its_maker if old else None) as stream:
            if old:
                give(stream.fileno(), old)
            _lock(stream)
            yield stream
            stream.flush()
            # Else a power cut may leave the new name on the disk without the content.
            os.fsync(stream.fileno())
        os.replace(working, target)
    except OSError as error:
        raise FormatError(f"{path}: cannot be written ({error.strerror}); check disk and permissions") from error
    finally:
        working.unlink(missing_ok=True)


def _for_its_maker(path: str, flags: int) -> int:
    """Make a file that is nobody else's until its permissions are known: what few may read never lies open to more."""
    return os.open(path, flags, 0o600)


def give(file: int, old: os.stat_result) -> None:
    """Hand a file to the owner and group of another, as far as the system allows, and permit what that one permits."""
    if not hasattr(os, "fchown") or not hasattr(os, "fchmod"):
        return
    # Only root may give a file away, and some file systems know neither owners nor permissions.
    for owner, group in ((old.st_uid, -1), (-1, old.st_gid)):
        with suppress(OSError):
            os.fchown(file, owner, group)
    # What a group may do is not for another one.
    same_group = os.fstat(file).st_gid == old.st_gid
    with suppress(OSError):
        os.fchmod(file, old.st_mode & (0o777 if same_group else 0o707))


def _remove_leftovers(target: Path) -> None:
    """Remove what killed writers of a file left beside it."""
    name = re.compile(rf"\.{re.escape(short_name(target))}\.(\d{{1,10}})-([0-9a-f]{{8}})-[0-9a-f]{{8}}\.part")
    # A leftover takes space and does no harm: one that cannot be listed or removed is no reason not to write.
    with suppress(OSError), os.scandir(target.parent) as entries:
        for entry in entries:
            match = name.fullmatch(entry.name)
            if match and entry.is_file(follow_symlinks=False):
                with suppress(OSError):
                    _remove_abandoned(Path(entry.path), int(match[1]), match[2])


def _remove_abandoned(path: Path, pid: int, host: str) -> None:
    """Remove a file unless its writer may live; a number of a process says something on its own host alone."""
    ended = host == _host() and not _is_running(pid)
    if not ended and time.time() - path.stat().st_mtime < _DAY_IN_SECONDS:
        return
    if fcntl is None:
        path.unlink()
        return
    with open(path, "r+b") as stream:
        if _lock(stream):
            path.unlink()


def _is_running(pid: int) -> bool:
    """Whether there is such a process; on Windows, where asking would end it, no answer is needed."""
    if os.name == "nt":
        return False
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _lock(stream: BinaryIO) -> bool:
    """Hold a file as its only writer until it is closed; whether that was possible."""
    if fcntl is None:
        return False
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # somebody else holds it, or the file system has no locks
        return False
    return True


def _host() -> str:
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]


@contextmanager
def _told(path: str | os.PathLike[str]) -> Iterator[None]:
    """Turn what the system says of a path that it does not take into one line."""
    try:
        yield
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise FormatError(f"{path}: cannot be written ({reason}); check the name and its permissions") from error


def _followed(path: str | os.PathLike[str]) -> Path:
    """The file itself where `path` is a link to it: the link is to stay one."""
    return Path(os.path.realpath(path))


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and bool(path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))


def files_of(path: str | os.PathLike[str]) -> tuple[Path, ...]:
    """A store and what SQLite, a build and its lock keep beside it.

    >>> [path.name for path in files_of("a.kg")][:5]
    ['a.kg', '.a.kg.part', '.a.kg.lock', 'a.kg-journal', 'a.kg-wal']
    """
    store = Path(os.path.realpath(path))
    working = hidden(store, "part")
    return store, working, hidden(store, "lock"), *beside(store), *beside(working)


def check_lines(path: str | os.PathLike[str], content: bytes) -> None:
    """Raise FormatError for a file that has a line which `content`, to be written in its place, has not.

    Such a line is a verdict that the store lacks, an answer or a note in a sheet, or anything in a file of somebody
    else's.
    Raises OSError for what cannot be read.
    """
    kept = {b"", *(line.rstrip(b"\r") for line in content.split(b"\n"))}
    longest = max(map(len, kept)) + len(b"\r\n")
    try:
        with open(path, "rb") as stream:
            # Of a line that is longer, its beginning is none of those either.
            for number, line in enumerate(iter(lambda: stream.readline(longest), b""), start=1):
                if line.rstrip(b"\r\n") not in kept:
                    raise FormatError(f"{path}:{number}: this line would be lost, since it would not be written again; "
                                      "name another file, or --import this one and then remove it")  # fmt: skip
    except FileNotFoundError:
        return


def read_json(package: str | None, name: str) -> Any:
    """What the JSON file of that name in a package holds, given its `__package__`."""
    assert package is not None
    return json.loads(files(package).joinpath(name).read_text(encoding="utf-8"))


def read_table(package: str | None, name: str) -> dict[str, Any]:
    """The TOML file of that name in a package, given its `__package__`.

    >>> sorted(read_table("kg.extract.names", "sports.toml"))[:2]
    ['elsewhere_too', 'matches']
    """
    assert package is not None
    return tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8"))


@cache
def code_mark(*names: str) -> str:
    """A digest of some of kg's own files and folders: with the same one, the same comes of the same."""
    made = hashlib.blake2b(digest_size=16)
    package = Path(__file__).parents[1]
    for name in names:
        root = package / name
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if path.suffix in (".py", ".toml", ".ttl", ".txt"):
                made.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return made.hexdigest()
