"""The verbs of the Python API: `kg.build("artikel/")` reads texts, `kg.open("artikel.kg")` what was read before.

A build with a store works in a hidden file beside it (".artikel.kg.part") and moves it into place at the end. The file
starts as a copy of the store there is, so a text read before with the same pipeline is not read again; after an
interruption the next run goes on in it.
"""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from kg import __version__
from kg.errors import FormatError, KgError, SourceError, WorkerError
from kg.formats import READERS, read_graph, suffix_of
from kg.formats.files import check_target
from kg.frames import is_frame, read_frame
from kg.gazetteer import read_gazetteer
from kg.graph import KnowledgeGraph, build_graph
from kg.leftout import LONGEST_TEXT, Outcome, too_long, whole
from kg.ontology import DEFAULT_BASE
from kg.pipeline import described, fingerprint
from kg.records import Claim, Document, Extraction, Run
from kg.sources import read_each
from kg.store import Store, is_store
from kg.wording import counted

if TYPE_CHECKING:
    import pandas

_log = logging.getLogger("kg")

Input: TypeAlias = str | os.PathLike[str] | Document
Read: TypeAlias = tuple[Document, Extraction]
T = TypeVar("T")

# The parts of our IRIs are appended to it, one with a fragment, so it has to end in a slash.
_BASE_IRI = re.compile(r"https?://[\w.-]+(:\d+)?/([\w\-.~@/]*/)?")

# Below this a progress bar flashes up and is gone.
_WORTH_A_BAR = 5


def build(
    inputs: Input | Iterable[Input] | pandas.DataFrame,
    *,
    model: str | None = None,
    workers: int = 1,
    base_iri: str = DEFAULT_BASE,
    store: str | os.PathLike[str] = ":memory:",
    gazetteer: Sequence[str | os.PathLike[str]] = (),
    concepts: str = "linked",
    date: str = "",
    progress: bool = False,
) -> KnowledgeGraph:
    """Read texts and build their graph; CLI: `kg build`.

    `inputs` are files, folders, "-" for standard input, Documents, or a DataFrame with a text a row, in the columns
    "text" and, as far as there, "id", "title", "date", "publisher" and "url". `store` is the .kg file to keep what was
    read; it will hold these documents and no others; that others were removed is logged as a warning of "kg".
    `gazetteer` are lists of known names (.csv, .jsonl, RDF), or "geonames". `concepts` says which things without a name
    the graph has, see `KnowledgeGraph.with_concepts`; the store remembers it. `date` (YYYY-MM-DD) is the day of this
    run, which RDF tells at the level "full"; without it the environment's SOURCE_DATE_EPOCH, else nothing is said of
    the time. `progress` draws a bar, in a notebook or on stderr if that is a terminal.
    A text that cannot be read, or is longer than two million characters, is left out with a warning of "kg".
    Raises KgError (SourceError, ModelError, StoreError, FormatError); `store` is then as it was before.
    """
    check_base(base_iri)
    listed = [entry for path in gazetteer for entry in read_gazetteer(path)]
    documents = _documents(inputs)
    mark = fingerprint(model)
    run = Run(
        __version__, described(model), concepts, tuple(sorted({Path(name).name for name in gazetteer})), run_date(date)
    )
    with _opened(store, base_iri) as kept:
        todo = [document for document in documents if not kept.has(document, mark)]
        for document, extraction in _extract(todo, model, workers, progress, others=len(todo) < len(documents)):
            kept.add(document, extraction, mark)
        kept.set_listed(listed)
        kept.set("concepts", concepts)
        kept.set("run", json.dumps(asdict(run)))
        _keep_only(kept, {document.id for document in documents if kept.has(document, mark)}, store)
        return _graph(kept, base_iri, run)


def open(path: str | os.PathLike[str], concepts: str | None = None) -> KnowledgeGraph:
    """The graph of a .kg store or an RDF file that kg wrote; CLI: `kg show`, `kg why`, `kg export`.

    `concepts` is as for `build`, None for what the file was made with. An RDF file holds what its level kept: at "full"
    the graph is equal to the one that was written, at "claims" it has no texts and no mentions.
    Raises StoreError for a file that is no store, FormatError for RDF that does not parse or is none of kg's.
    """
    if suffix_of(path) in READERS and not is_store(path):
        found = read_graph(path)
        if not concepts:
            return found
        return replace(found.with_concepts(concepts), run=replace(found.run, concepts=concepts))
    with Store(path, readonly=True) as kept:
        base_iri = kept.setting("base_iri", DEFAULT_BASE)
        run = _run(kept)
        return _graph(kept, base_iri, replace(run, concepts=concepts) if concepts else run)


def claims(
    inputs: Input | Iterable[Input] | pandas.DataFrame, *, model: str | None = None, workers: int = 1
) -> Iterator[Claim]:
    """Yield what the clauses of some texts say, in the order of the texts; CLI: `kg extract`.

    `inputs` are as for `build`. Nothing is resolved: subject and object are spans. Raises SourceError and ModelError.
    """
    for _, extraction in _extract(_documents(inputs), model, workers, progress=False):
        yield from extraction.claims


def _documents(inputs: Input | Iterable[Input] | pandas.DataFrame) -> list[Document]:
    """All documents of the inputs, each id once; what cannot be read among them is left out."""
    seen: dict[str, Document] = {}
    for document in whole(_each(inputs)):
        if document.id in seen:
            raise SourceError(f"{document.id}: two documents have this id; give each its own")
        seen[document.id] = document
    return list(seen.values())


def _each(inputs: Input | Iterable[Input] | pandas.DataFrame) -> Iterator[Outcome]:
    """What each input holds: a document, or the error that is in its place."""
    if is_frame(inputs):
        yield from read_frame(inputs)
        return
    if isinstance(inputs, str | os.PathLike | Document):
        inputs = [inputs]
    given = list(inputs) if isinstance(inputs, Iterable) and not isinstance(inputs, bytes | Mapping) else [inputs]
    paths = [_path(item) for item in given if not isinstance(item, Document)]
    documents = [item for item in given if isinstance(item, Document)]
    if paths or not documents:
        yield from read_each(paths)
    for document in documents:
        yield too_long(document.id) if len(document.text) > LONGEST_TEXT else document


def _path(item: object) -> str:
    """A path as text. Raises SourceError for what is neither one nor a document."""
    path = os.fspath(item) if isinstance(item, str | os.PathLike) else item
    if not isinstance(path, str):
        kind = type(item).__name__
        raise SourceError(f"{repr(item)[:80]}: {kind} is no input; pass files, folders, '-', Documents or a DataFrame")
    return path


def _extract(
    documents: Sequence[Document], model: str | None, workers: int, progress: bool, others: bool = False
) -> Iterator[Read]:
    """Extract documents, with a bar where it is worth it; with none of them spaCy stays unloaded.

    One that cannot be analysed is left out; `others` tells that there are some besides these.
    """
    if not documents:
        return
    from kg.extract import extract_all

    found = extract_all(documents, model, workers)
    yield from whole(_bar(found, len(documents)) if progress and len(documents) >= _WORTH_A_BAR else found, others)


def _bar(found: Iterator[T], total: int) -> Iterator[T]:
    """The same with a bar: a widget in a notebook, a line on stderr if that is a terminal, else none."""
    from tqdm.auto import tqdm

    # A notebook's stderr is no terminal; None lets tqdm ask whether any other is.
    hidden = False if "ipykernel.zmqshell" in sys.modules else None
    return iter(tqdm(found, total=total, unit="text", disable=hidden, leave=False))


def _keep_only(kept: Store, ids: set[str], name: str | os.PathLike[str]) -> None:
    """Remove the documents that are not among the inputs, and say so."""
    gone = sorted({document.id for document in kept.documents()} - ids)
    for doc_id in gone:
        kept.remove(doc_id)
    if gone:
        are = "that is" if len(gone) == 1 else "that are"
        _log.warning("%s: %s removed %s not among the inputs", os.fspath(name), counted(len(gone), "document"), are)


def _graph(kept: Store, base_iri: str, run: Run) -> KnowledgeGraph:
    texts, mentions, claims = kept.documents(), kept.mentions(), kept.claims()
    whole = build_graph(texts, mentions, claims, kept.judgements(), base_iri, kept.listed())
    return replace(whole.with_concepts(run.concepts), run=run)


def _run(kept: Store) -> Run:
    """How the store was built, as far as it says so."""
    known = json.loads(kept.setting("run", "{}"))
    known["gazetteers"] = tuple(known.get("gazetteers", ()))
    return Run(**known | {"concepts": kept.setting("concepts", "linked")})


def run_date(given: str = "") -> str:
    """The day that a run is dated by: the given one, else that of SOURCE_DATE_EPOCH in UTC, else "".

    Raises KgError for what is no day (YYYY-MM-DD) and for an epoch that is no number of seconds.
    """
    if given:
        if not _is_day(given):
            raise KgError(f"--date {given}: no day; write it as YYYY-MM-DD, such as 2024-05-31")
        return given
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat() if epoch else ""
    except (ValueError, OverflowError, OSError) as error:
        raise KgError(f"SOURCE_DATE_EPOCH={epoch}: no number of seconds since 1970; mend or unset it") from error


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@contextmanager
def _opened(store: str | os.PathLike[str], base_iri: str) -> Iterator[Store]:
    """A store to work in that takes the place of `store` once the block is done; a KgError leaves no trace of it."""
    if os.fspath(store) == ":memory:":
        with Store() as kept:
            yield kept
        return
    check_target(store)
    target = Path(os.path.realpath(store))
    working = target.with_name(f".{target.name}.part")
    _begin(target, working)
    kept = Store(working)
    try:
        kept.set("base_iri", base_iri)  # the first write takes the lock: from here on the file is ours to delete
    except KgError:
        kept.close()
        raise
    try:
        with kept:
            yield kept
        os.replace(working, target)
    except WorkerError:
        raise  # the texts were not at fault, and as after an interruption the next run goes on
    except KgError:
        _discard(working)
        raise


def _begin(target: Path, working: Path) -> None:
    """Lay the working file ready: what an interrupted run left, else a copy of the store, else nothing."""
    if target.exists():
        Store(target, readonly=True).close()  # a file of somebody else's is not to be replaced
    if working.exists() and not is_store(working):
        _discard(working)
    if target.exists() and not working.exists():
        copy = working.with_name(f"{working.name}.{os.getpid()}")
        try:
            shutil.copyfile(target, copy)
            os.replace(copy, working)
        except OSError as error:
            raise FormatError(f"{target}: cannot be copied ({error.strerror}); check the disk") from error
        finally:
            copy.unlink(missing_ok=True)


def _discard(working: Path) -> None:
    """Delete a working file and the journal that SQLite may have left beside it."""
    for path in (working, working.with_name(f"{working.name}-journal")):
        path.unlink(missing_ok=True)


def check_base(base_iri: str) -> None:
    """Raise KgError for what the IRIs of a graph cannot begin with."""
    if not _BASE_IRI.fullmatch(base_iri):
        raise KgError(f"{base_iri}: no base IRI; pass an absolute one that ends in a slash, such as {DEFAULT_BASE}")
