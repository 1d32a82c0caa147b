"""The store that a build keeps what it reads in, what of it stays, and what it says of how it was built."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from kg.building.workfile import working_on
from kg.errors import KgError, visible
from kg.records import Run
from kg.sources.given import Texts
from kg.sources.leftout import Among, tell_left_out
from kg.store.damage import listing
from kg.store.store import Store
from kg.system.log import log
from kg.system.text import counted, is_date


def keep_only(kept: Store, ids: Among, name: str | os.PathLike[str]) -> None:
    """Remove the documents that are not among the inputs, unless it cannot be told which these are, and say so."""
    gone = [doc_id for doc_id in kept.ids() if doc_id not in ids]
    if not gone:
        return
    number, are = counted(len(gone), "document"), "is" if len(gone) == 1 else "are"
    if ids.unsure:
        why = "stays: what cannot be read may hold it" if len(gone) == 1 else "stay: what cannot be read may hold them"
        log.warning("%s: %s that %s not among the inputs (%s) %s", os.fspath(name), number, are, listing(gone), why)
        return
    for doc_id in gone:
        kept.remove(doc_id)
    log.warning("%s: %s removed that %s not among the inputs", os.fspath(name), number, are)


def file_names(paths: Iterable[str | os.PathLike[str]]) -> tuple[str, ...]:
    return tuple(sorted({Path(path).name for path in paths}))


def sign(kept: Store, run: Run) -> None:
    """Let a store say how it was built."""
    kept.set("concepts", run.concepts)
    kept.set("run", json.dumps(asdict(run)))


def run_date(given: str = "") -> str:
    """The day that a run is dated by: the given one, else that of SOURCE_DATE_EPOCH in UTC, else "".

    Raises KgError for what is no day (YYYY-MM-DD) and for an epoch that is no number of seconds.
    """
    if given:
        if not (is_date(given) and len(given) == len("2024-05-31")):
            raise KgError(f"--date {given}: no day; write it as YYYY-MM-DD, such as 2024-05-31")
        return given
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat() if epoch else ""
    except (ValueError, OverflowError, OSError) as error:
        raise KgError(f"SOURCE_DATE_EPOCH={epoch}: no number of seconds since 1970; mend or unset it") from error


@contextmanager
def kept_in(
    store: str | os.PathLike[str],
    texts: Texts,
    *,
    replace: bool = False,
    adding: bool = False,
    wait: bool,
    progress: bool,
) -> Iterator[Store]:
    """A store for what is read, in memory or the working file of `store`; with `adding` all that it has stays.

    Where there is none, what cannot be read may be the reason, and is told before it.
    """
    if os.fspath(store) == ":memory:" and not adding:
        with Store() as kept:
            yield kept
        return
    ids, say = None if adding else texts.among, saying(store, progress) if wait else None
    with ExitStack() as stack:
        try:
            work = working_on(store, ids, documents=texts.documents, replace=replace, wait=say)
            kept = stack.enter_context(work)
        except KgError:
            tell_left_out(texts.unread)
            raise
        yield kept


def saying(store: str | os.PathLike[str], progress: bool) -> Callable[[], None]:
    """What tells the user of `progress` that another kg is waited for."""

    def say() -> None:
        if progress:
            line = f"kg: {os.fspath(store)}: waiting for another kg that works on it"
            print(visible(line), file=sys.stderr, flush=True)

    return say
