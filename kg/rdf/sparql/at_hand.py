"""The triples of a large store, kept in a folder beside it: ".rat.kg.triples" of "rat.kg".

To make the triples of ten thousand articles takes minutes, to ask those on a disk a hundredth of a second. The folder
belongs to one state of the store, which its mark tells; of another one it is made anew, and it can be deleted at any
time. What somebody else has put there is left alone.
"""

from __future__ import annotations

import errno
import glob
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pyoxigraph

from kg.errors import KgError
from kg.rdf.sparql.dataset import LEAST_MEGABYTES
from kg.store.locking import locked
from kg.system.hidden_files import hidden
from kg.system.log import log
from kg.system.memory import check_room
from kg.system.text import one_line

_MARK, _TRIPLES, _PART = "kg.json", "triples", ".part"
_OURS = {_MARK, _TRIPLES, "site.json"}  # the last is what a server knows of them


def folder_at_hand(store: str, name: str, mark: str, lay: Callable[[Path], None]) -> Path | None:
    """The folder with the triples of a store in the state that `mark` tells, for `triples_of`; where there is none yet,
    `lay` fills one.

    None where none can be kept beside the store, or made, which a warning of "kg" tells; `name` is what it calls the
    store.
    """
    target = Path(os.path.realpath(store))
    place = hidden(target, "triples")
    if _is_marked(place, mark) and _is_sound(place, name):
        _open_to_nobody_else(place, target)
        return place
    try:
        with locked(place, wait=lambda: None):
            if not (_is_marked(place, mark) and _is_sound(place)):  # another query may have done so meanwhile
                _lay_anew(place, mark, lay)
                _open_to_nobody_else(place, target)
            return place
    except (OSError, KgError) as error:
        said = error.strerror if isinstance(error, OSError) else one_line(str(error))
        log.warning("%s: its triples cannot be kept beside it (%s) and are made anew for each query", name, said)
        return None


def new_triples(folder: Path) -> pyoxigraph.Store:
    """An empty store of triples in a folder, to be filled; what it holds is whole once it is gone."""
    return pyoxigraph.Store(str(folder / _TRIPLES))


def triples_of(folder: Path) -> pyoxigraph.Store:
    """The triples in a folder, to be read by as many processes as there are. Raises OSError for what is damaged."""
    check_room(LEAST_MEGABYTES)
    return pyoxigraph.Store.read_only(str(folder / _TRIPLES))


def take_along(folder: Path, other: Path) -> None:
    """Let another folder have the triples, too, whatever becomes of the first: the same files where that can be."""
    (other / _TRIPLES).mkdir()
    for path in sorted((folder / _TRIPLES).iterdir()):
        try:
            if path.suffix != ".sst":  # these alone are never written again
                raise OSError
            os.link(path, other / _TRIPLES / path.name)
        except OSError:
            shutil.copyfile(path, other / _TRIPLES / path.name)


def forget_triples(store: str | os.PathLike[str]) -> None:
    """Remove the triples beside a store, if it has any: of a text that was withdrawn they have each sentence."""
    with suppress(OSError):
        _remove(hidden(Path(os.path.realpath(store)), "triples"))


def _open_to_nobody_else(place: Path, store: Path) -> None:
    """Let all read the triples if all may read the store, else their owner alone."""
    with suppress(OSError):
        wanted = 0o755 if store.stat().st_mode & 0o004 else 0o700
        if stat.S_IMODE(place.stat().st_mode) != wanted:
            place.chmod(wanted)


def _lay_anew(place: Path, mark: str, lay: Callable[[Path], None]) -> None:
    """Have a folder made and put in its place."""
    _remove(place)
    for left in place.parent.glob(f"{glob.escape(place.name)}.*{_PART}"):
        with suppress(OSError):
            _remove(left)
    part = Path(tempfile.mkdtemp(_PART, f"{place.name}.", place.parent))
    try:
        lay(part)
        (part / _MARK).write_text(json.dumps({"kg": "triples", "mark": mark}), encoding="ascii")
        part.replace(place)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def _remove(folder: Path) -> None:
    """Remove what another query or another state of the store has left. Raises FileExistsError for what is not ours."""
    if not os.path.lexists(folder):
        return
    if folder.is_symlink() or not folder.is_dir() or not set(os.listdir(folder)) <= _OURS:
        raise FileExistsError(errno.EEXIST, f"{folder} is somebody else's", str(folder))
    shutil.rmtree(folder)


def _is_marked(place: Path, mark: str) -> bool:
    """Whether there are triples, of that state."""
    with suppress(OSError, ValueError, AttributeError):
        told = json.loads((place / _MARK).read_text(encoding="ascii"))
        return not place.is_symlink() and bool(told.get("mark") == mark)
    return False


def _is_sound(place: Path, name: str = "") -> bool:
    """Whether the triples can be opened; what is wrong with their blocks is found out by who reads these."""
    try:
        triples_of(place)
    except (OSError, ValueError, RuntimeError):
        if name:
            log.warning("%s: the triples kept beside it are damaged, and are laid down anew", name)
        return False
    return True
