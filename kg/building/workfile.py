"""The file that a build works in: ".rat.kg.part" beside "rat.kg", whose place it takes when the build is done.

It starts as a copy of the store, so a text that was read before is not read again; what an interrupted build left, or
one that failed, goes on. The store itself stays as it is until then, for all who read it; and so it does, byte by byte,
where the build had nothing to write.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager, suppress
from dataclasses import replace as changed
from pathlib import Path
from typing import NamedTuple

from kg.errors import DamagedError, StoreError
from kg.records import Document, Judgement
from kg.sources.leftout import Among
from kg.store.damage import Damage, listing, rescue
from kg.store.header import is_store
from kg.store.locking import locked
from kg.store.neighbours import check_neighbours
from kg.store.store import Store
from kg.store.tables import REMARKS, SETTINGS
from kg.system.files import check_target, give
from kg.system.hidden_files import beside, hidden
from kg.system.log import log
from kg.system.text import counted


class _Work(NamedTuple):
    """The working file, whether it is new, and the heads of the documents that the store has, None where there is none.

    A text that has another name now stands there under that.
    """

    kept: Store
    is_new: bool
    before: Mapping[str, tuple[str, ...]] | None


@contextmanager
def working_on(
    path: str | os.PathLike[str],
    ids: Among | None,
    *,
    documents: Sequence[Document] = (),
    replace: bool = False,
    wait: Callable[[], None] | None = None,
) -> Iterator[Store]:
    """A store to work in that takes the place of `path` once the block is done.

    After an error it stays for the next build to go on in, unless nothing was added to it; then no trace is left.
    `ids` are the documents that may be in it, all where that is unsure; others that the store has may go with `replace`
    alone, or where their text is one of `documents` under another name: they are renamed, in the verdicts too. What
    became of the documents of a store is logged in the end. With None for `ids` the store has to be there, and all that
    it has stays, its settings too; `documents` are what may be put in the place of others, or beside them.
    `wait` is as for `locked`. Raises StoreError and FormatError.
    """
    check_target(path)
    name, target = os.fspath(path), Path(os.path.realpath(path))
    working = hidden(target, "part")
    with locked(path, wait, ", or pass --wait"):
        with _told(name):
            kept, is_new, before = _begin(name, target, working, ids, documents, replace)
        try:
            with kept:
                yield kept
                after, is_same = kept.heads(), is_new and before is not None and not kept.written()
            with _told(name):
                _finish(working, target, is_same)
        except BaseException:
            if is_new and not kept.added:
                _clean_up(working)
            raise
    if before is not None:
        log.info("%s: documents: %s", name, _changes(before, after))


def _begin(
    name: str, target: Path, working: Path, ids: Among | None, documents: Sequence[Document], replace: bool
) -> _Work:
    """Lay the working file ready: what an interrupted build left, else a copy of the store, else nothing.

    What the store has beside it comes with it, its verdicts above all: a review may have added some since the build
    that was interrupted.
    """
    copy = _copy(working)
    check_neighbours(target, [*beside(target), working, *beside(working), copy, *beside(copy)])
    _discard(copy)
    if not target.exists() and ids is not None:
        _remove_beside(target)
        kept = _resumed(name, working)
        if kept and (verdicts := len(list(kept.judgements()))):
            taken = f"{counted(verdicts, 'verdict')} of an interrupted build of it {'is' if verdicts == 1 else 'are'}"
            log.warning("%s: is gone; %s taken over", name, taken)
        return _Work(kept or _made(name, working), not kept, None)
    with Store(target, readonly=True, name=name) as before:
        damage, heads = before.damage(), before.heads()
        if ids is None:
            renamed = dict[str, str]()
            _check_mended(name, damage, documents)
        else:
            renamed = _checked(name, damage, heads, ids, documents, replace)
        found = _resumed(name, working)
        kept = found or _made(name, working, None if damage else before)
        try:
            if ids is None:
                _keep_others(kept, before, {document.id for document in documents})
            before.copy_sound(kept)
            kept.set_judgements(_judged_anew(judgement, renamed) for judgement in before.judgements())
            for kind in REMARKS:
                kept.set_remarks(kind, before.remarks(kind))
            for doc_id in renamed:
                kept.remove(doc_id)
        except BaseException:
            kept.close()
            if not found:
                _clean_up(working)
            raise
    if renamed:
        log.info("%s: renamed: %s", name, listing([f"{old} → {new}" for old, new in renamed.items()]))
    return _Work(kept, not found, {renamed.get(doc_id, doc_id): head for doc_id, head in heads.items()})


def _checked(
    name: str,
    damage: Damage,
    heads: Mapping[str, tuple[str, ...]],
    ids: Among,
    documents: Iterable[Document],
    replace: bool,
) -> dict[str, str]:
    """Which documents of a store have another id now; refuses to lose a verdict, or unasked any other document."""
    _check_damage(name, damage)
    gone = [doc_id for doc_id in heads if doc_id not in ids]
    renamed = _renamed(gone, heads, documents)
    if not replace:
        lost = [doc_id for doc_id in gone if doc_id not in renamed]
        _check_all_stay(name, [i for i in lost if not ids.unsure or i in damage.documents], damage)
    return renamed


def _check_mended(name: str, damage: Damage, documents: Iterable[Document]) -> None:
    """Refuse to add to a damaged store, unless that puts other documents in the place of all that is damaged."""
    if damage.verdicts or damage.rest or set(damage.documents) - {document.id for document in documents}:
        raise DamagedError(damage.line(name))


def _keep_others(kept: Store, before: Store, named: Set[str]) -> None:
    """Let what an interrupted build left be as the store is, but for the documents that are to be added to it."""
    for name in SETTINGS:
        if value := before.setting(name):
            kept.set(name, value)
    kept.set_listed(before.listed())
    unlike = [doc_id for doc_id in set(kept.ids()) - named if kept.rows_of(doc_id) != before.rows_of(doc_id)]
    for doc_id in unlike:
        kept.remove(doc_id)
    if unlike:
        had = f"an interrupted build of it had read {counted(len(unlike), 'document')} besides"
        log.warning("%s: %s, which it reads anew", kept.path, had)


def _renamed(
    gone: Iterable[str], heads: Mapping[str, tuple[str, ...]], documents: Iterable[Document]
) -> dict[str, str]:
    """Old id → new id of what is gone but for its text, which another document has that the store does not know."""
    new: dict[str, list[str]] = {}
    for document in sorted(documents, key=lambda document: document.id, reverse=True):
        if document.id not in heads:
            new.setdefault(document.sha256, []).append(document.id)
    return {old: new[heads[old][0]].pop() for old in gone if heads[old] and new.get(heads[old][0])}


def _judged_anew(judgement: Judgement, renamed: Mapping[str, str]) -> Judgement:
    """A judgement on the same mentions, which are called after their documents: "seite1#10-16"."""
    ends = (end.rpartition("#") for end in (judgement.left, judgement.right))
    left, right = (f"{renamed.get(doc, doc)}{mark}{place}" for doc, mark, place in ends)
    return changed(judgement, left=left, right=right)


def _changes(before: Mapping[str, tuple[str, ...]], after: Mapping[str, tuple[str, ...]]) -> str:
    """How many documents of a store became what.

    >>> _changes({"a": ("1",), "b": ("1",), "c": ("1",)}, {"b": ("1",), "c": ("2",), "d": ("1",), "e": ("1",)})
    '2 new, 1 changed, 1 removed, 1 unchanged'
    """
    stay = before.keys() & after.keys()
    same = sum(before[doc_id] == after[doc_id] for doc_id in stay)
    counts = (len(after) - len(stay), len(stay) - same, len(before) - len(stay), same)
    words = ("new", "changed", "removed", "unchanged")
    return ", ".join(f"{count} {word}" for count, word in zip(counts, words, strict=True) if count)


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


def _made(name: str, working: Path, source: Store | None = None) -> Store:
    """A new working file, which is a copy of another store or empty."""
    copy = _copy(working)
    try:
        if source:
            copy.touch(mode=0o600)  # nobody may read it who may not read the store
            source.copy_to(copy)
            with open(copy, "r+b") as stream:
                give(stream.fileno(), os.stat(source.path))
            os.replace(copy, working)
        return Store(working, name=name)
    except BaseException:
        _clean_up(copy)
        _clean_up(working)
        raise


def _finish(working: Path, target: Path, is_same: bool) -> None:
    """Put the working file in the place of the store, with its owner and permissions; a mere copy of it just goes."""
    if is_same and target.exists() and not any(map(os.path.lexists, beside(target))):
        _discard(working)
        return
    with open(working, "r+b") as stream:
        if target.exists():
            give(stream.fileno(), target.stat())
        # Else a power cut may leave the new name on the disk without the content.
        os.fsync(stream.fileno())
    for store in (target, working):  # a build that went on in a working file may have had nothing more to write
        _remove_beside(store)
    os.replace(working, target)
    _forget_triples(target)


def _forget_triples(store: Path) -> None:
    if os.path.lexists(hidden(store, "triples")):
        from kg.rdf.sparql.at_hand import forget_triples  # and with it pyoxigraph

        forget_triples(store)


def forget(path: str | os.PathLike[str], gone: Iterable[str]) -> None:
    """Let nothing beside a store tell of documents that were withdrawn from it: its triples, an interrupted build."""
    target = Path(os.path.realpath(path))
    _forget_triples(target)
    if is_store(working := hidden(target, "part")):
        with suppress(StoreError), Store(working, name=os.fspath(path)) as kept:
            for doc_id in gone:
                kept.remove(doc_id)


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
    _remove_beside(working)


def _copy(working: Path) -> Path:
    """Where the store is copied to, so that half a copy is never taken for what an interrupted build left."""
    return working.with_name(f"{working.name}.copy")


def _remove_beside(store: Path) -> None:
    """Remove what SQLite would take for changes of the file that is to lie there."""
    for path in beside(store):
        if os.path.lexists(path):  # False also where that is too long a name
            path.unlink(missing_ok=True)
