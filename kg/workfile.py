"""The file that a build works in: ".rat.kg.part" beside "rat.kg", whose place it takes when the build is done.

It starts as a copy of the store, so a text that was read before is not read again; what an interrupted build left, or
one that failed, goes on. The store itself stays as it is until then, for all who read it.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

from kg.damage import Damage, listing, rescue
from kg.errors import DamagedError, StoreError
from kg.formats.files import check_target, give
from kg.hidden import hidden, journal
from kg.locking import locked
from kg.log import log
from kg.store import Store, is_store
from kg.wording import counted


@contextmanager
def working_on(
    path: str | os.PathLike[str],
    ids: Container[str],
    *,
    replace: bool = False,
    wait: Callable[[], None] | None = None,
) -> Iterator[Store]:
    """A store to work in that takes the place of `path` once the block is done.

    After an error it stays for the next build to go on in, unless nothing was added to it; then no trace is left.
    `ids` are the documents that may be in it; others that the store has may go with `replace` alone.
    `wait` is as for `locked`. Raises StoreError and FormatError.
    """
    check_target(path)
    name, target = os.fspath(path), Path(os.path.realpath(path))
    working = hidden(target, "part")
    with locked(path, wait, ", or pass --wait"):
        with _told(name):
            kept, is_new = _begin(name, target, working, ids, replace)
        try:
            with kept:
                yield kept
            with _told(name):
                _finish(working, target)
        except BaseException:
            if is_new and not kept.added:
                _clean_up(working)
            raise


def _begin(name: str, target: Path, working: Path, ids: Container[str], replace: bool) -> tuple[Store, bool]:
    """Lay the working file ready: what an interrupted build left, else a copy of the store, else nothing.

    What the store has beside it comes with it, its verdicts above all: a review may have added some since the build
    that was interrupted. Also tells whether the file is new.
    """
    _remove_copies(working)
    if not target.exists():
        _remove_journal(target)
        kept = _resumed(name, working)
        return (kept, False) if kept else (_made(name, working), True)
    with Store(target, readonly=True, name=name) as before:
        damage = before.damage()
        _check_damage(name, damage)
        if not replace:
            _check_all_stay(name, [doc_id for doc_id in before.ids() if doc_id not in ids], damage)
        found = _resumed(name, working)
        kept = found or _made(name, working, None if damage else target)
        try:
            before.copy_sound(kept)
            kept.set_judgements(before.judgements())
        except BaseException:
            kept.close()
            if not found:
                _clean_up(working)
            raise
        return kept, not found


def _check_damage(name: str, damage: Damage) -> None:
    """Refuse to lose a person's verdict; say what else is damaged, since all of that can be read anew."""
    if damage.verdicts:
        raise DamagedError(f"{name}: damaged: {damage.told()}, and a verdict cannot be read anew; {rescue(name)}")
    if damage.documents:
        log.warning("%s: damaged: %s; read anew as far as they are among the inputs", name, damage.told())
    elif damage:
        log.warning("%s: damaged: %s; made anew", name, damage.told())


def _check_all_stay(name: str, gone: list[str], damage: Damage) -> None:
    if not gone:
        return
    lost = f"; {listing([i for i in gone if i in damage.documents])} cannot be read" if damage.documents else ""
    are = "is" if len(gone) == 1 else "are"
    raise StoreError(
        f"{name}: {counted(len(gone), 'document')} of it {are} not among the inputs ({listing(gone)}){lost}; "
        "name all inputs, or pass --replace (in Python replace=True) to remove what is not among them"
    )


def _resumed(name: str, working: Path) -> Store | None:
    """What an interrupted build left, if it is sound; else it is gone."""
    if working.exists() and not os.access(working, os.R_OK | os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), os.fspath(working))  # it is another user's work
    if is_store(working):
        try:
            kept = Store(working, name=name)
        except StoreError:
            _discard(working)
            return None
        if not _damaged(kept):
            return kept
        kept.close()
    _discard(working)
    return None


def _damaged(kept: Store) -> bool:
    try:
        return bool(kept.damage())
    except DamagedError:
        return True


def _made(name: str, working: Path, source: Path | None = None) -> Store:
    """A new working file, which is a copy of another store or empty."""
    copy = working.with_name(f"{working.name}.copy")
    try:
        if source:
            copy.touch(mode=0o600)  # nobody may read it who may not read the store
            shutil.copyfile(source, copy)
            with open(copy, "r+b") as stream:
                give(stream.fileno(), source.stat())
            os.replace(copy, working)
        return Store(working, name=name)
    except BaseException:
        _clean_up(copy)
        _clean_up(working)
        raise


def _finish(working: Path, target: Path) -> None:
    """Put the working file in the place of the store, with its owner and permissions."""
    with open(working, "r+b") as stream:
        if target.exists():
            give(stream.fileno(), target.stat())
        # Else a power cut may leave the new name on the disk without the content.
        os.fsync(stream.fileno())
    _remove_journal(target)
    os.replace(working, target)


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Turn what the system says of a store and the files beside it into one line."""
    try:
        yield
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        raise StoreError(
            f"{name}: cannot be written ({error.strerror}{where}); check disk, folder and permissions"
        ) from error


def _clean_up(working: Path) -> None:
    """Discard a file after an error, which is the one to be told even where this fails too."""
    with suppress(OSError):
        _discard(working)


def _discard(working: Path) -> None:
    working.unlink(missing_ok=True)
    _remove_journal(working)


def _remove_copies(working: Path) -> None:
    """Remove what a build left that was killed while it copied the store."""
    for ending in ("copy*", "[0-9]*"):
        for copy in working.parent.glob(f"{escape(working.name)}.{ending}"):
            copy.unlink(missing_ok=True)


def _remove_journal(store: Path) -> None:
    """Remove what SQLite would take for an unfinished change of the file that is to lie there."""
    if os.path.lexists(journal(store)):  # False also where that is too long a name
        journal(store).unlink(missing_ok=True)
