"""The verbs of the Python API: `kg.build("artikel/")` reads texts, `kg.open("artikel.kg")` what was read before.

A build with a store reads only texts that are new or changed, and goes on where it was interrupted: see `kg.building`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace as changed

from kg.building.keeping import file_names, keep_only, kept_in, run_date, saying, sign
from kg.building.reading import TextReader, read_into, tell_of_others
from kg.building.workfile import forget
from kg.checks import FLAG, PATH, TEXT, WORKERS, maybe, several, takes
from kg.errors import DamagedError, QueryError, StoreError
from kg.extract.spawning import refuse_within_import
from kg.formats.apart import check_apart
from kg.graph.graph import HELD
from kg.graph.matching import documents_called
from kg.knowledge_graph import KnowledgeGraph
from kg.ontology import DEFAULT_BASE, Vocabulary, check_base
from kg.ontology.user_vocabulary import read_vocabulary, vocabulary
from kg.opening import graph_kept, settings
from kg.opening import open as open
from kg.records import Claim, Document, Run
from kg.review.questions import tell_of_lost
from kg.sources.fields import valid
from kg.sources.gazetteer import files_of_lists, read_gazetteer
from kg.sources.given import Given, Inputs
from kg.sources.inputs import opened
from kg.sources.leftout import tell_left_out, whole
from kg.store.absent import Withdrawal, set_unread, unread_of, withdraw, withdrawn_from
from kg.store.damage import listing
from kg.store.locking import locked
from kg.store.store import Store
from kg.system.files import check_target
from kg.system.log import log
from kg.system.processes import check_children
from kg.system.text import counted, one_line, today
from kg.version import __version__


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
    inputs: Inputs,
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
    _check_store(store, given, gazetteer, relations)
    listed = [entry for path in gazetteer for entry in read_gazetteer(path)]
    words = read_vocabulary(relations, base_iri)
    reader = TextReader(model, workers, words, progress)
    run = Run(__version__, reader.described(), concepts, file_names(gazetteer), run_date(date), words.text)
    texts = given.read()
    with kept_in(store, texts, replace=replace, wait=wait, progress=progress) as kept:
        kept.set("base_iri", base_iri)
        set_unread(kept, read_into(kept, texts, reader))
        kept.set_listed(listed)
        sign(kept, run)
        keep_only(kept, texts.among, store)
        tell_of_lost(kept)
        return graph_kept(kept, base_iri, run, store)


@takes(
    **dict.fromkeys(("wait", "progress"), FLAG),
    store=PATH,
    model=maybe(PATH),
    workers=WORKERS,
    gazetteer=several(PATH),
    relations=maybe(PATH),
    date=TEXT,
)
def add(
    store: str | os.PathLike[str],
    inputs: Inputs,
    *,
    model: str | None = None,
    workers: int = 1,
    gazetteer: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] = (),
    relations: str | os.PathLike[str] | None = None,
    date: str = "",
    wait: bool = False,
    progress: bool = False,
) -> KnowledgeGraph:
    """Read texts and add them to a store, and return its whole graph; CLI: `kg add`.

    All documents of the store stay. One of `inputs` whose id it has takes the place of that document where it has
    changed; one that was withdrawn is back, and a warning of "kg" says so. `inputs`, `workers`, `date`, `wait` and
    `progress` are as for `build`, and so is what is left out. The store has to be there, and its settings stay: base
    IRI, concepts, relations and model. `model` and `relations` may be named again, and have to be those that it was
    built with. Its list of known names stays unless `gazetteer` names others.
    Raises what `build` raises; the store is then as it was before.
    """
    assert isinstance(gazetteer, tuple)  # `takes` has seen to it
    with Store(store, readonly=True):
        given = _given(inputs, workers)
    _check_store(store, given, gazetteer, relations)
    listed = [entry for path in gazetteer for entry in read_gazetteer(path)]
    day, texts = run_date(date), given.read()
    with kept_in(store, texts, adding=True, wait=wait, progress=progress) as kept:
        base_iri, built = settings(kept)
        words = _agreed_vocabulary(store, built, relations, base_iri)
        reader = TextReader(_agreed_model(store, built, model), workers, words, progress)
        _tell_of_replaced(kept, texts.documents)
        others = {id: unread for id, unread in unread_of(kept).items() if id not in texts.ids}
        set_unread(kept, others | read_into(kept, texts, reader))
        tell_of_others(kept, reader.mark())
        run = changed(
            built, version=__version__, model=reader.described(), date=day if kept.added else day or built.date
        )
        if gazetteer:
            kept.set_listed(listed)
            run = changed(run, gazetteers=file_names(gazetteer))
        sign(kept, run)
        tell_of_lost(kept)
        return graph_kept(kept, base_iri, run, store)


def _tell_of_replaced(kept: Store, documents: Iterable[Document]) -> None:
    """Warn of texts that take the place of others: later versions, or others by the same name of another folder."""
    heads = kept.heads()
    others = [text.id for text in documents if heads.get(text.id, (text.sha256,))[:1] != (text.sha256,)]
    if others:
        log.warning("%s: has another text by that name, which is replaced: %s", kept.path, listing(others))


def _agreed_model(store: str | os.PathLike[str], built: Run, model: str | None) -> str | None:
    """The pipeline that a store was built with. Raises StoreError where that is not the one that is to read."""
    name = built.model.partition(" ")[0]
    if model is None and not os.environ.get("KG_MODEL") and name != TextReader(None, 1).described().partition(" ")[0]:
        model = name or None
    there = TextReader(model, 1).described()
    if built.model and there != built.model:
        raise StoreError(
            f"{os.fspath(store)}: was built with the model {built.model}, and {there} would read otherwise; "
            "name that one with --model, or build the store again"
        )
    return model


def _agreed_vocabulary(
    store: str | os.PathLike[str], built: Run, relations: str | os.PathLike[str] | None, base_iri: str
) -> Vocabulary:
    """The relations that a store was built with. Raises StoreError where the file names others."""
    if relations is None:
        return vocabulary(built.relations, f"{os.fspath(store)}: its relations")
    words = read_vocabulary(relations, base_iri)
    if words.text != built.relations:
        raise StoreError(
            f"{os.fspath(store)}: was built with other relations than {os.fspath(relations)} has; "
            "leave --relations out, or build the store again"
        )
    return words


@takes(store=PATH, ids=several(TEXT), **dict.fromkeys(("by", "why", "date"), TEXT), wait=FLAG, progress=FLAG)
def remove(
    store: str | os.PathLike[str],
    ids: str | Iterable[str],
    *,
    by: str = "",
    why: str = "",
    date: str = "",
    wait: bool = False,
    progress: bool = False,
) -> KnowledgeGraph:
    """Withdraw documents from a store with all that they say, and return the graph of the others; CLI: `kg remove`.

    `ids` are those of documents, or patterns: "zeitung/*". The store remembers who withdrew them and why, and when:
    `date` (YYYY-MM-DD), else the environment's SOURCE_DATE_EPOCH, else today. Verdicts stay; one on a document that is
    gone counts again when that is back. `wait` and `progress` are as for `build`.
    Raises QueryError for an id that the store does not have, and StoreError; the store is then as it was before.
    """
    assert isinstance(ids, tuple)  # `takes` has seen to it
    withdrawal = Withdrawal(valid(one_line(by)), run_date(date) or today(), valid(one_line(why)))
    with Store(store, readonly=True) as kept:
        _withdrawable(kept, ids)
    with locked(store, saying(store, progress) if wait else None, ", or pass --wait"), Store(store) as kept:
        gone = _withdrawable(kept, ids)
        withdraw(kept, gone, withdrawal)
        forget(store, gone)
        log.info("%s: %s withdrawn (%s)", kept.path, counted(len(gone), "document"), listing(gone))
        return graph_kept(kept, *settings(kept), store)


def _withdrawable(kept: Store, names: Sequence[str]) -> tuple[str, ...]:
    """The ids that some names mean. Raises QueryError, and DamagedError where something else is damaged."""
    known, withdrawn = {*kept.ids(), *unread_of(kept)}, withdrawn_from(kept)
    for name in names:
        if name in withdrawn and name not in known:
            raise QueryError(f"{name}: was withdrawn {withdrawn[name].told()}; leave it out")
    found, damage = documents_called(names, known), kept.damage()
    if damage.verdicts or damage.rest or set(damage.documents) - set(found):
        raise DamagedError(damage.line(kept.path))
    return found


def _given(inputs: Inputs, workers: int) -> Given:
    if workers > 1:
        refuse_within_import()
        check_children()
    return Given.of(inputs)


def _check_store(
    store: str | os.PathLike[str],
    given: Given,
    gazetteer: Iterable[str | os.PathLike[str]],
    relations: str | os.PathLike[str] | None,
) -> None:
    """Raise FormatError for a store that cannot be written, or is itself a file that is read."""
    if os.fspath(store) != ":memory:":
        check_target(store)
        check_apart([store], [*opened(given.found), *files_of_lists(gazetteer), *([relations] if relations else [])])


@takes(model=maybe(PATH), workers=WORKERS, relations=maybe(PATH), base_iri=TEXT)
def claims(
    inputs: Inputs,
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
    reader = TextReader(model, workers, read_vocabulary(relations, base_iri))
    for _, extraction in whole(reader.read(_texts(inputs, workers))):
        yield from extraction.claims


@takes(model=maybe(PATH), workers=WORKERS, relations=maybe(PATH), base_iri=TEXT)
def explain(
    inputs: Inputs,
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


def _texts(inputs: Inputs, workers: int) -> Sequence[Document]:
    """The documents of some inputs; what cannot be read of them is told of."""
    documents, unread = _given(inputs, workers).read()
    tell_left_out(unread)
    return documents
