"""The file that a build works in: ".rat.kg.part" beside "rat.kg", whose place it takes when the build is done.

It starts as a copy of the store, so a text that was read before is not read again; what an interrupted build left goes
on. The store itself stays as it is until then, for all who read it.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path

from kg.damage import Damage, listing, rescue
from kg.errors import DamagedError, KgError, StoreError, WorkerError
from kg.formats.files import check_target
from kg.locking import locked
from kg.records import Judgement
from kg.store import Store, is_store
from kg.wording import counted

_log = logging.getLogger("kg")


@contextmanager
def working_on(
    path: str | os.PathLike[str],
    ids: Collection[str],
    *,
    replace: bool = False,
    wait: Callable[[], None] | None = None,
) -> Iterator[Store]:
    """A store to work in that takes the place of `path` once the block is done; a KgError leaves no trace of it.

    `ids` are the documents that it will hold; documents in the store that are none of them may go with `replace` alone.
    `wait` is as for `locked`. Raises StoreError and FormatError.
    """
    check_target(path)
    target = Path(os.path.realpath(path))
    working = target.with_name(f".{target.name}.part")
    with locked(path, wait, ", or pass --wait"):
        kept, verdicts = _begin(os.fspath(path), target, working, ids, replace)
        try:
            with kept:
                if verdicts is not None:
                    kept.set_judgements(verdicts)
                yield kept
            _remove_journal(target)
            _move(working, target)
        except WorkerError:
            raise  # the texts were not at fault, and as after an interruption the next build goes on
        except KgError:
            _discard(working)
            raise


def _begin(
    name: str, target: Path, working: Path, ids: Collection[str], replace: bool
) -> tuple[Store, tuple[Judgement, ...] | None]:
    """Lay the working file ready: what an interrupted build left, else a copy of the store, else nothing.

    The verdicts of the store come with it: a review may have added some since the build that was interrupted.
    """
    _remove_copies(working)
    if not target.exists():
        _remove_journal(target)
        return _resumed(name, working) or _opened(name, working), None
    with Store(target, readonly=True) as before:
        damage = before.damage()
        _check_damage(name, damage)
        if not replace:
            _check_all_stay(name, [doc_id for doc_id in before.ids() if doc_id not in ids], damage)
        verdicts = tuple(before.judgements())
        return _resumed(name, working) or _copied(name, before, target, working, damage), verdicts


def _opened(name: str, working: Path) -> Store:
    """The working file as a store that calls itself by the name of the one it stands for."""
    try:
        return Store(working, name=name)
    except KgError:
        _discard(working)
        raise


def _check_damage(name: str, damage: Damage) -> None:
    """Refuse to lose a person's verdict; say what else is damaged, since all of that can be read anew."""
    if damage.verdicts:
        raise DamagedError(f"{name}: damaged: {damage.told()}, and a verdict cannot be read anew; {rescue(name)}")
    if damage.documents:
        _log.warning("%s: damaged: %s; read anew as far as they are among the inputs", name, damage.told())
    elif damage:
        _log.warning("%s: damaged: %s; made anew", name, damage.told())


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
    """What an interrupted build left, as far as it is sound; else it is gone."""
    if working.exists() and is_store(working):
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


def _copied(name: str, before: Store, target: Path, working: Path, damage: Damage) -> Store:
    """The store again: its file, or where that is damaged a new one with all that is sound."""
    copy = working.with_name(f"{working.name}.copy")
    if damage:
        with Store(copy) as kept:
            before.copy_sound(kept)
    else:
        try:
            shutil.copyfile(target, copy)
        except OSError as error:
            copy.unlink(missing_ok=True)
            raise StoreError(f"{target}: cannot be copied ({error.strerror}); check the disk") from error
    _move(copy, working)
    return _opened(name, working)


def _move(source: Path, target: Path) -> None:
    try:
        os.replace(source, target)
    except OSError as error:
        raise StoreError(f"{target}: cannot be written ({error.strerror}); check disk and permissions") from error


def _discard(working: Path) -> None:
    working.unlink(missing_ok=True)
    _remove_journal(working)


def _remove_copies(working: Path) -> None:
    """Remove what a build left that was killed while it copied the store."""
    for ending in ("copy*", "[0-9]*"):
        for copy in working.parent.glob(f"{escape(working.name)}.{ending}"):
            copy.unlink(missing_ok=True)


def _remove_journal(path: Path) -> None:
    """Remove what SQLite would take for an unfinished change of the file that is to lie there."""
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
