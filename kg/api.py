"""The verbs of the Python API: `kg.build("artikel/")` reads texts, `kg.open("artikel.kg")` what was read before.

A build with a store reads only texts that are new or changed, and goes on where it was interrupted: see `kg.workfile`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, fields
from dataclasses import replace as changed
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

from kg.checks import FLAG, PATH, TEXT, WORKERS, is_collection, maybe, several, short, takes
from kg.errors import KgError, SourceError, visible
from kg.extract.spawning import refuse_within_import
from kg.formats.apart import Read, check_apart
from kg.graph.graph import HELD
from kg.knowledge_graph import KnowledgeGraph
from kg.ontology import DEFAULT_BASE, OURS, Vocabulary, check_base
from kg.ontology.user_vocabulary import read_vocabulary
from kg.opening import kept_graph
from kg.opening import open as open
from kg.reader.pipeline import described, fingerprint
from kg.records import Claim, Document, Extraction, Run
from kg.review.questions import tell_of_lost
from kg.sources.documents import read_each
from kg.sources.fields import valid
from kg.sources.frames import is_frame, read_frame
from kg.sources.gazetteer import files_of_lists, read_gazetteer
from kg.sources.inputs import File, find_inputs, opened
from kg.sources.leftout import Among, Outcome, nothing_left, readable, tell_left_out, whole, with_id
from kg.store.damage import listing
from kg.store.store import Store
from kg.system.files import check_target
from kg.system.log import AT_ONCE, bar, log
from kg.system.processes import check_children
from kg.system.text import counted, is_date
from kg.version import __version__
from kg.workfile import working_on

if TYPE_CHECKING:
    import pandas

Input: TypeAlias = str | os.PathLike[str] | Document | File | KgError
"""A path or a document; what `find_inputs` has found at a path already, be it a file or what is wrong with it."""

T = TypeVar("T")

# Below this a progress bar flashes up and is gone.
_WORTH_A_BAR = 5
_LONG = 25_000  # words and marks of a text: ten seconds of prose, half a minute of marks alone


@takes(
    **dict.fromkeys(("base_iri", "date"), TEXT),
    **dict.fromkeys(("replace", "wait", "progress"), FLAG),
    model=maybe(PATH),
    workers=WORKERS,
    store=PATH,
    gazetteer=several(PATH),
    relations=maybe(PATH),
    concepts=HELD,
)
def build(
    inputs: Input | Iterable[Input] | pandas.DataFrame,
    *,
    model: str | None = None,
    workers: int = 1,
    base_iri: str = DEFAULT_BASE,
    store: str | os.PathLike[str] = ":memory:",
    gazetteer: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] = (),
    relations: str | os.PathLike[str] | None = None,
    concepts: str = "linked",
    date: str = "",
    replace: bool = False,
    wait: bool = False,
    progress: bool = False,
) -> KnowledgeGraph:
    """Read texts and build their graph; CLI: `kg build`.

    `inputs` are files, folders, "-" for standard input, Documents, or a DataFrame with a text a row, in the columns
    "text" and, as far as there, "id", "title", "date", "publisher" and "url". `store` is the .kg file to keep what was
    read; it will hold these documents and no others. Where it has others, these are removed with `replace` alone, and
    a warning of "kg" is logged; without it nothing is read, and a StoreError says which they are. One whose text has
    another name now is renamed. Where another build or a review works on it, a BusyError says so, or with `wait` this
    one waits until that is done.
    One that cannot be read any more is no other: it stays as it was read before. Where it cannot be told which
    documents these are, as of a broken .jsonl, none is removed, and a warning says so.
    `gazetteer` is a list of known names (.csv, .jsonl, RDF), "geonames", or several of these. `concepts` says which
    things without a name the graph has, see `KnowledgeGraph.with_concepts`; the store remembers it, and so it does what
    is in `relations`, a file with relations and classes of verbs of your own (`kg.ontology.user_vocabulary`). `date`
    (YYYY-MM-DD) is the day of this run, which RDF tells at the level "full"; without it the environment's
    SOURCE_DATE_EPOCH, else nothing is said of the time. `progress` draws a bar, in a notebook or on stderr if that is a
    terminal.
    A text that cannot be read, or is longer than two million characters, is left out with a warning of "kg".
    Raises KgError (SourceError, ModelError, StoreError, FormatError); `store` is then as it was before, and the next
    build goes on behind the last text that was read. What a class of your own raises, as a path in its __fspath__, is
    raised as it is.
    """
    check_base(base_iri)
    assert isinstance(gazetteer, tuple)  # `takes` has seen to it
    given = _given(inputs, workers)
    found = list(find_inputs(_named(given)))
    _check_store(store, [*opened(found), *files_of_lists(gazetteer), *([relations] if relations else [])])
    listed = [entry for path in gazetteer for entry in read_gazetteer(path)]
    words = read_vocabulary(relations, base_iri)
    mark = fingerprint(model, words.mark)
    run = Run(__version__, described(model), concepts, _names_of(gazetteer), run_date(date), words.text)
    documents, unread = _documents(given, found)
    ids = {document.id for document in documents}
    named = _among(ids, unread)
    with _kept(store, named, documents, unread, replace=replace, wait=wait, progress=progress) as kept:
        earlier = frozenset(kept.ids())
        tell_left_out(unread, earlier - ids)
        kept.set("base_iri", base_iri)
        todo = sorted((text for text in documents if not kept.has(text, mark)), key=lambda text: text.id)
        some = _extract(todo, model, workers, words, progress, len(todo) < len(documents), earlier)
        for document, extraction in some:
            kept.add(document, extraction, mark)
        kept.set_listed(listed)
        _sign(kept, run)
        _keep_only(kept, named, store)
        tell_of_lost(kept)
        return kept_graph(kept, base_iri, run)


def _check_store(store: str | os.PathLike[str], read: Iterable[Read]) -> None:
    """Raise FormatError for a store that cannot be written, or is itself a file that is read."""
    if os.fspath(store) != ":memory:":
        check_target(store)
        check_apart([store], read)


def _among(ids: set[str], unread: Iterable[KgError]) -> Among:
    """The documents that the inputs name, those that cannot be read included."""
    folders = {folder for error in unread for folder in error.folders}
    return Among(ids.union(*(error.documents for error in unread)), folders)


@takes(model=maybe(PATH), workers=WORKERS, relations=maybe(PATH), base_iri=TEXT)
def claims(
    inputs: Input | Iterable[Input] | pandas.DataFrame,
    *,
    model: str | None = None,
    workers: int = 1,
    relations: str | os.PathLike[str] | None = None,
    base_iri: str = DEFAULT_BASE,
) -> Iterator[Claim]:
    """Yield what the clauses of some texts say, in the order of the texts; CLI: `kg extract`.

    `inputs`, `relations` and `base_iri` are as for `build`; what cannot be read is left out with a warning of "kg".
    Nothing is resolved: subject and object are spans. Raises SourceError and ModelError.
    """
    words = read_vocabulary(relations, base_iri)
    for _, extraction in _extract(_texts(inputs, workers), model, workers, words):
        yield from extraction.claims


@takes(model=maybe(PATH), workers=WORKERS, relations=maybe(PATH), base_iri=TEXT)
def explain(
    inputs: Input | Iterable[Input] | pandas.DataFrame,
    *,
    model: str | None = None,
    workers: int = 1,
    relations: str | os.PathLike[str] | None = None,
    base_iri: str = DEFAULT_BASE,
) -> Iterator[str]:
    """Yield lines that tell how some texts are read: which pass changed what; CLI: `kg extract --explain`.

    Below each sentence stands each pass that did something with it: words it hung elsewhere in the tree, names it found
    or gave another type, claims it made or dropped. `inputs` are as for `claims`, and so is what is raised.
    """
    from kg.extract import explain_all

    words = read_vocabulary(relations, base_iri)
    for _, lines in whole(explain_all(_texts(inputs, workers), model, workers, words.text)):
        yield from lines


def _texts(inputs: Input | Iterable[Input] | pandas.DataFrame, workers: int) -> list[Document]:
    """The documents of some inputs; what cannot be read of them is told of."""
    given = _given(inputs, workers)
    documents, unread = _documents(given, list(find_inputs(_named(given))))
    tell_left_out(unread)
    return documents


def _given(inputs: Input | Iterable[Input] | pandas.DataFrame, workers: int) -> list[str | File | Outcome]:
    """The inputs one by one: paths as texts, files that are found already, documents, or what is wrong with a row."""
    if workers > 1:
        refuse_within_import()
        check_children()
    if is_frame(inputs):
        return list(read_frame(inputs))
    one = isinstance(inputs, str | bytes | os.PathLike | Document | Mapping) or not is_collection(inputs)
    given: list[Any] = [inputs] if one else list(cast(Iterable[Any], inputs))
    return [item if isinstance(item, Document | File | KgError) else _path(item) for item in given]


def _named(given: Iterable[str | File | Outcome]) -> list[str | File]:
    return [item for item in given if isinstance(item, str | File)]


def _documents(
    given: Sequence[str | File | Outcome], found: Sequence[File | SourceError]
) -> tuple[list[Document], list[KgError]]:
    """All documents of the inputs, each id once, and what cannot be read among them. Raises KgError for none at all."""
    seen: dict[str, Document] = {}
    unread: list[KgError] = []
    for outcome in _each(given, found):
        if isinstance(outcome, KgError):
            # Not the error itself, whose traceback holds the bytes that were read.
            unread.append(type(outcome)(str(outcome), outcome.documents, outcome.folders))
            continue
        if outcome.id in seen:
            raise SourceError(f"{outcome.id}: two documents have this id; give each its own")
        seen[outcome.id] = outcome
    if unread and not seen:
        raise nothing_left(unread)
    return list(seen.values()), unread


def _each(given: Sequence[str | File | Outcome], found: Sequence[File | SourceError]) -> Iterator[Outcome]:
    """What each input holds, `found` being those that are named: a document, or the error that is in its place."""
    if found or not given:
        yield from read_each(found)
    for item in given:
        if not isinstance(item, str | File):
            yield _checked(item) if isinstance(item, Document) else item


def _checked(document: Document) -> Outcome:
    """A document, or what is wrong with it: nothing or too much in it, half a character, an older store's date."""
    try:
        readable(document.text, with_id(document.id))
        if halves := [part.name for part in fields(document) if valid(value := getattr(document, part.name)) != value]:
            raise SourceError(f"{visible(document.id)}: half a surrogate pair in the {halves[0]}; decode it again")
        return changed(document)
    except SourceError as error:
        error.documents = (document.id,)
        return error


def _path(item: object) -> str:
    """A path as text. Raises SourceError for what is neither one nor a document."""
    path = os.fspath(item) if isinstance(item, str | os.PathLike) else item
    if not isinstance(path, str):
        kind = type(item).__name__
        raise SourceError(f"{short(item)}: {kind} is no input; pass files, folders, '-', Documents or a DataFrame")
    return path


def _extract(
    documents: Sequence[Document],
    model: str | None,
    workers: int,
    words: Vocabulary = OURS,
    progress: bool = False,
    others: bool = False,
    earlier: Set[str] = frozenset(),
) -> Iterator[tuple[Document, Extraction]]:
    """Extract documents, with a bar where it is worth it; with none of them spaCy stays unloaded.

    One that cannot be analysed is left out, or stays as it was read before if it is in `earlier`; `others` tells that
    there are some besides these.
    """
    if not documents:
        return
    from kg.extract import extract_all

    _tell_of_long(documents)
    found = extract_all(documents, model, workers, words.text)
    shown = bar(found, len(documents)) if progress and len(documents) >= _WORTH_A_BAR else found
    yield from whole(shown, others, earlier)


def _tell_of_long(documents: Iterable[Document]) -> None:
    from kg.extract.reading import length

    for document in documents:
        if len(document.text) >= _LONG and (size := length(document.text)) >= _LONG:
            line = f"{document.id}: one text of {size:,} words and marks, which takes a while"
            log.warning("%s", line, extra=AT_ONCE)


def _keep_only(kept: Store, ids: Among, name: str | os.PathLike[str]) -> None:
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


def _names_of(paths: Iterable[str | os.PathLike[str]]) -> tuple[str, ...]:
    return tuple(sorted({Path(path).name for path in paths}))


def _sign(kept: Store, run: Run) -> None:
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
def _kept(
    store: str | os.PathLike[str],
    ids: Among,
    documents: Iterable[Document],
    unread: Iterable[KgError],
    *,
    replace: bool,
    wait: bool,
    progress: bool,
) -> Iterator[Store]:
    """A store for what a build reads, in memory or the working file of `store`.

    Where there is none, what is `unread` may be the reason, and is told before it.
    """
    if os.fspath(store) == ":memory:":
        with Store() as kept:
            yield kept
        return

    def say() -> None:
        if progress:
            line = f"kg: {os.fspath(store)}: waiting for another kg that works on it"
            print(visible(line), file=sys.stderr, flush=True)

    with ExitStack() as stack:
        try:
            work = working_on(store, ids, documents=documents, replace=replace, wait=say if wait else None)
            kept = stack.enter_context(work)
        except KgError:
            tell_left_out(unread)
            raise
        yield kept
