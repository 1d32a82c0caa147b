"""What inputs name: "artikel/" → its texts, sorted, each with the id that its document will have.

Nothing is opened here. What cannot be read of a folder is an error in its place; a name that leads nowhere is one of
the whole.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import SourceError
from kg.system.characters import plain
from kg.system.log import log
from kg.system.special_files import endless

TEXT, HTML, LINES = (".txt", ".md"), (".html", ".htm"), (".jsonl",)
SUFFIXES = (*TEXT, *HTML, *LINES)
"""What a file to be read may end in; case does not matter."""

_TOLD = [suffix for suffix in SUFFIXES if f"{suffix}l" not in SUFFIXES]  # who knows .html knows .htm
INPUTS = f"{', '.join(_TOLD[:-1])} or {_TOLD[-1]} files, a folder of them, or '-'"
"""What may be read, as help and messages tell it."""
WHAT_TO_PASS = f"pass {INPUTS}"

_DEEPEST = 100  # folders within one another; each is walked through by all above it


@dataclass(frozen=True, slots=True)
class File:
    """A file to be read: how the user called it, and the id for what it holds. `path` is None for `-`."""

    name: str
    path: Path | None
    id: str

    @property
    def suffix(self) -> str:
        return self.path.suffix.lower() if self.path else ""


def find_inputs(inputs: Iterable[str | File | SourceError]) -> Iterator[File | SourceError]:
    """What the inputs name, each file once, and what cannot be read in the folders among them.

    What was found before is handed on, so that a folder is walked through once. Raises SourceError for a name that
    leads nowhere, or to no text.
    """
    known: set[str] = set()
    for name in inputs:
        for file in _expand(name) if isinstance(name, str) else [name]:
            key = str(file) if isinstance(file, SourceError) else _place(file.path) if file.path else ""
            if key not in known:
                known.add(key)
                yield file


def _place(path: Path) -> str:
    """What a path leads to; links that lead to the same nothing are each their own."""
    return os.path.realpath(path) if path.exists() else os.path.abspath(path)


def _expand(name: str) -> Iterator[File | SourceError]:
    if name == "-":
        yield File("-", None, "stdin")
        return
    if re.match(r"[a-z]+://", name):
        raise SourceError(f"{name}: kg reads no addresses; save the page as .html and pass the file")
    path = Path(name)
    try:
        if name and path.is_symlink() and not path.exists():
            raise SourceError(f"{name}: a broken link; repair it, or name the file that it should lead to")
        if not name or not path.exists():
            raise SourceError(f"{name or '(empty name)'}: no such file or folder; {_alike(path) or WHAT_TO_PASS}")
        if path.is_dir():
            yield from _walk(path)
            return
        if path.suffix.lower() not in SUFFIXES:
            said = f"unknown suffix {path.suffix}" if path.suffix else "no suffix, which would tell what it is"
            raise SourceError(f"{name}: {said}; {WHAT_TO_PASS}")
        if not path.is_file():
            raise SourceError(
                f"{name}: is {endless(path) or 'something else'}, no file; pipe its content in and pass '-'"
            )
    except (OSError, ValueError) as error:
        raise unreadable(name, error) from error
    yield File(name, path, _id(path.stem))


def _alike(path: Path) -> str:
    """What to do about a name of which only the look is right: macOS writes the "ü" of "brücke" as two characters."""
    if path.name.isascii() or not path.parent.is_dir():
        return ""
    alike = any(plain(other.name) == plain(path.name) for other in path.parent.iterdir())
    return "there is one whose name looks the same but is of other characters; complete it with Tab" if alike else ""


def _id(name: str) -> str:
    """A file's name as a document id, as it looks: macOS writes the "ü" of "brücke" as two characters."""
    return plain(name) or name


def _walk(folder: Path) -> Iterator[File | SourceError]:
    """The texts below a folder, sorted by path; hidden files and sidecars are passed over."""
    found = list(_below(folder, frozenset(), set()))
    broken = [error for error in found if isinstance(error, SourceError)]
    paths = [path for path in found if isinstance(path, Path)]
    paths.sort(key=lambda path: path.relative_to(folder).as_posix())
    texts = [path for path in paths if path.suffix.lower() in SUFFIXES]
    stems = {path.with_suffix("") for path in texts}
    others = [path for path in paths if path.suffix.lower() not in SUFFIXES and not _is_sidecar(path, stems)]
    if not texts and not broken:
        raise SourceError(f"{folder}: no texts in this folder; {WHAT_TO_PASS}")
    if others:
        kinds = Counter(plain(path.suffix.lower()) or "without suffix" for path in others)
        counts = ", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items()))
        log.warning("%s: skipped what is no text (%s)", folder, counts)
    yield from sorted(broken, key=str)
    for path in texts:
        yield File(str(path), path, _id(path.relative_to(folder).with_suffix("").as_posix()))


def _below(folder: Path, above: frozenset[str], walked: set[str], inside: str = "") -> Iterator[Path | SourceError]:
    """The files below a folder, which is called `inside` in the ids of its texts: "mai/".

    A folder that several links lead to is walked through once, by the path that is sorted first; else few of them make
    paths without number. What is no file though it has the name of a text is among them: its reader says so.
    """
    real = os.path.realpath(folder)
    if len(above) > _DEEPEST:
        problem = f"{folder}: more than {_DEEPEST} folders within one another; move its texts up"
        yield SourceError(problem, folders=(_id(inside),))
        return
    if real in above:
        problem = f"{folder}: this link leads back to {real}, a folder above it; remove the link"
        yield SourceError(problem, folders=(_id(inside),))
        return
    if real in walked:
        return
    walked.add(real)
    try:
        paths = sorted(folder.iterdir(), key=lambda path: f"{path.name}/")  # as the paths below them are sorted
    except OSError as error:
        yield unreadable(str(folder), error, folder=_id(inside))
        return
    for path in paths:
        if path.name.startswith("."):
            continue
        try:
            if path.is_dir():
                yield from _below(path, above | {real}, walked, f"{inside}{path.name}/")
            elif path.is_file() or path.suffix.lower() in SUFFIXES:
                yield path
            elif path.is_symlink():
                kind = endless(path)
                problem = f"{path}: {f'leads to {kind}' if kind else 'a broken link'}; repair or remove it"
                yield SourceError(problem, folders=(_id(f"{inside}{path.name}/"),))
        except OSError as error:
            lines = path.suffix.lower() in LINES
            below = "" if lines else _id(f"{inside}{path.name}/")
            yield unreadable(str(path), error, _id(inside + path.stem), _id(inside + path.name), folder=below)


def _is_sidecar(path: Path, stems: set[Path]) -> bool:
    return path.suffix.lower() == ".json" and path.with_suffix("") in stems


def files_with_ids(files: Iterable[File]) -> Iterator[File]:
    """Files whose ids are the same keep their suffix; a JSON Lines file, which only lends its stem, does not count."""
    files = list(files)
    shared = Counter((file.suffix in LINES, file.id) for file in files)
    for file in files:
        clash = file.path and shared[file.suffix in LINES, file.id] > 1
        yield replace(file, id=file.id + file.path.suffix) if file.path and clash else file


def opened(found: Iterable[File | SourceError]) -> Iterator[Path | int]:
    """Yield what is opened to read files: texts, the places of their sidecars, the descriptor of stdin."""
    for file in found:
        if isinstance(file, File):
            yield from (file.path, file.path.with_suffix(".json")) if file.path else (0,)


def unreadable(name: str, error: OSError | ValueError, *documents: str, folder: str | None = None) -> SourceError:
    """What to say of a file or folder that the system does not open; see KgError for what it may have held."""
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    told = f"{name}: cannot be read ({reason}); check the name and its permissions"
    return SourceError(told, documents, () if folder is None else (folder,))
