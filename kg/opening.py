"""Graphs and their triples from files: "duisburg.kg" and "duisburg.ttl" are opened alike.

The graph of a store is worked out from what it holds, or read where that is kept: a question for "Sören Link" in ten
thousand articles reads the rows of Sören Link alone (`kg.store.resolved`). Where nothing is kept, or another kg kept
it, or it is damaged, all is worked out as if there were no such rows.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kg.checks import PATH, TEXT, maybe, takes
from kg.errors import BusyError, DamagedError, FormatError, KgError, StoreError
from kg.formats import STORE, read_graph, suffix_of
from kg.formats.suffixes import READERS
from kg.graph.filters import check_dates
from kg.graph.graph import HELD, Graph, build_graph
from kg.graph.matching import documents_called
from kg.knowledge_graph import KnowledgeGraph
from kg.ontology import DEFAULT_BASE, check_base, speaking
from kg.ontology.user_vocabulary import check_outside, kept_vocabulary
from kg.records import Run
from kg.show.stats import Count, count_graph
from kg.store.absent import Unread, Withdrawal, unread_of, withdrawn_from
from kg.store.header import is_store
from kg.store.resolved import Stale, all_of, keep, notes, part, part_around
from kg.store.store import Store
from kg.store.tables import run_of
from kg.system.files import code_mark
from kg.system.log import AT_ONCE, log
from kg.system.memory import SHORTAGE
from kg.system.processes import command, end_with_parent, ending
from kg.system.text import one_line

if TYPE_CHECKING:
    from kg.rdf.sparql.dataset import Dataset

T = TypeVar("T")

_TRIES = 5  # to read all of one state of a store

_MANY = 200  # documents whose triples are kept on the disk; those of fewer are made in a second or two


@dataclass(frozen=True)
class Source:
    """A store that keeps the graph which follows from it; it is opened for each question, and closed again.

    `name` is what messages call it, `made` tells which graph it kept.
    """

    path: str
    name: str
    made: str

    def whole(self) -> Graph:
        """All of the graph. Raises StoreError, as all that reads it, where the store has changed since."""
        return self._read(all_of, lambda graph: graph)

    def part(self, names: Collection[str], perhaps: Collection[str], first: bool, facts: bool) -> Graph:
        """What tells of some entities, see `kg.store.resolved.part`."""
        return self._read(lambda store: part(store, names, perhaps, first, facts), lambda graph: graph)

    def around(self, name: str, hops: int) -> Graph:
        """What an entity leads to in so many steps, see `kg.store.resolved.part_around`."""
        return self._read(lambda store: part_around(store, name, hops), lambda graph: graph)

    def documents(self) -> int:
        """How many documents it has."""
        return next((number for what, kind, number in self.counts() if (what, kind) == ("documents", "")), 0)

    def counts(self) -> list[Count]:
        """The graph in numbers."""
        return self._read(_counts, lambda graph: list(count_graph(graph)))

    def without(self, names: Collection[str], concepts: str) -> Graph:
        """The graph as it would be without some documents. Raises QueryError for one that it does not have."""

        def rest(store: Store) -> KnowledgeGraph:
            base_iri, run = settings(store)
            gone = documents_called(names, store.ids())
            return worked_out(store, base_iri, replace(run, concepts=concepts), without=gone)

        return self._read(rest, lambda graph: graph)

    def _read(self, read: Callable[[Store], T], answer: Callable[[KnowledgeGraph], T]) -> T:
        """What is read where it is kept, or the answer of a graph that is worked out where that is damaged."""

        def kept(store: Store) -> T:
            if notes(store).get("made") != self.made:
                raise StoreError(f"{self.name}: has changed since it was opened; open it again")
            return read(store)

        with Store(self.path, readonly=True, name=self.name) as store:
            try:
                return _steady(store, kept)
            except Stale:
                log.warning("%s: what it keeps of who is who is damaged, and is worked out anew", self.name)
                return answer(_steady(store, _opened))


def _steady(store: Store, read: Callable[[Store], T]) -> T:
    """What is read of one state of a store: again where somebody wrote to it meanwhile. Raises BusyError."""
    for _ in range(_TRIES):
        before = store.ask("PRAGMA data_version")
        try:
            found = read(store)
        except (DamagedError, Stale):
            if store.ask("PRAGMA data_version") == before:
                raise
            continue
        if store.ask("PRAGMA data_version") == before:
            return found
    raise BusyError(f"{store.path}: is written to all the time; wait until that is done")


def _counts(store: Store) -> list[Count]:
    try:
        return [(what, kind, number) for what, kind, number in json.loads(notes(store)["counts"])]
    except (KeyError, ValueError, TypeError) as error:
        raise Stale from error


@takes(path=PATH, concepts=maybe(HELD), verdicts_until=TEXT)
def open(path: str | os.PathLike[str], concepts: str | None = None, *, verdicts_until: str = "") -> KnowledgeGraph:
    """The graph of a .kg store or an RDF file that kg wrote; CLI: `kg show`, `kg why`, `kg export`.

    `concepts` is as for `build`, None for what the file was made with. An RDF file holds what its level kept: at "full"
    the graph is equal to the one that was written, at "claims" it has no texts and no mentions. `verdicts_until` is an
    ISO date: who is who in a store is told as if nobody had judged after it. A verdict without a day always counts.
    Of a large store only what is asked for is read; where the store has been written to since, a StoreError says so.
    Raises StoreError for a file that is no store, FormatError for RDF that does not parse or is none of kg's,
    QueryError for what is no date.
    """
    _, last = check_dates("", verdicts_until)
    if suffix_of(path) in READERS and not is_store(path):
        if verdicts_until:
            raise FormatError(f"{os.fspath(path)}: RDF keeps no verdicts; name the .kg store that it was made of")
        found = KnowledgeGraph.of(read_graph(path))
        kept_vocabulary(found.run.relations, path)  # tells of one that this kg does not take
        if not concepts:
            return found
        return found.with_concepts(concepts).derived(run=replace(found.run, concepts=concepts))
    return stored_graph(path, concepts, last.isoformat() if verdicts_until else "")


def open_dataset(path: str | os.PathLike[str], base_iri: str = "") -> Dataset:
    """A .kg store or an RDF file as triples; `base_iri` stands in for the one that it names itself.

    A store's IRIs are then made below it; a file's are what they are, and it says which of them are the graph's own.
    Raises StoreError and FormatError.
    """
    from kg.formats.datasets import read_dataset
    from kg.rdf.sparql.dataset import dataset_of

    if not holds_store(path):
        return read_dataset(path, base_iri)
    graph = under(open(path), base_iri)
    folder = triples_beside(graph)
    return dataset_in(folder, graph.base_iri) if folder else dataset_of(graph)


def triples_beside(graph: KnowledgeGraph) -> Path | None:
    """The folder where the triples of a store with many documents are kept; None of any other graph."""
    from kg.rdf.sparql.at_hand import folder_at_hand, forget_triples

    source = graph.unread
    if not isinstance(source, Source):
        return None
    if source.documents() < _MANY:
        forget_triples(source.path)
        return None
    mark = f"{source.made} {code_mark('language', 'ontology', 'rdf')}"
    return folder_at_hand(source.path, source.name, mark, lambda new: _lay_triples(source, new))


def dataset_in(folder: Path, base_iri: str) -> Dataset:
    """The triples that such a folder keeps of a graph with that base IRI."""
    from kg.ontology import prefixes
    from kg.rdf.sparql.at_hand import triples_of
    from kg.rdf.sparql.dataset import Dataset

    return Dataset(triples_of(folder), prefixes(base_iri), base_iri)


def _lay_triples(source: Source, folder: Path) -> None:
    """Have the triples of a store made in a process of its own, which takes the memory that this needs along."""
    log.info("%s: its triples are laid down beside it, once for each build", source.name, extra=AT_ONCE)
    run = command("kg.opening", source.path, source.made, str(folder))
    with subprocess.Popen(run, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stderr
        said = child.stderr.read().strip().splitlines()[-1:]  # its stdin stays open, whose end would end it
        code = child.wait()
    if code:
        raise StoreError(f"{source.name}: {said[0] if said else ending(code)}")


def main(path: str, made: str, folder: str) -> None:
    """Lay the triples of a store in a state down in a folder; ends with the process that asked for it."""
    from pyoxigraph import Quad

    from kg.rdf import statements
    from kg.rdf.sparql.at_hand import new_triples

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    graph = open(path)
    if not isinstance(graph.unread, Source) or graph.unread.made != made:
        raise StoreError("has changed meanwhile; ask again")
    kept = new_triples(Path(folder))
    kept.bulk_extend(Quad(*triple) for triple in statements(graph, "claims"))
    kept.flush()


def under(graph: KnowledgeGraph, base_iri: str) -> KnowledgeGraph:
    """A graph whose IRIs begin with `base_iri`, "" for those it has. Raises SourceError where its terms lie there."""
    if base_iri in ("", graph.base_iri):
        return graph
    check_outside(graph.vocabulary, base_iri)
    return replace(graph, base_iri=base_iri)


def holds_store(path: str | os.PathLike[str]) -> bool:
    """Whether a path is to be read as a .kg store: by its name, even where nothing is, or by its first bytes."""
    return suffix_of(path) == STORE or is_store(path)


def stored_graph(path: str | os.PathLike[str], concepts: str | None = None, verdicts_until: str = "") -> KnowledgeGraph:
    """The graph of a store; `concepts` is as for `KnowledgeGraph.with_concepts`, None for what it was built with.

    What it holds is read as it is asked for, where it is kept. Raises StoreError.
    """
    with Store(path, readonly=True) as store:
        base_iri, run = _steady(store, settings)
        made = notes(store).get("made")
        source = Source(os.path.abspath(path), os.fspath(path), made) if made and not verdicts_until else None
        if source and concepts in (None, run.concepts):
            kept_vocabulary(run.relations, path)  # tells of one that this kg does not take
            return KnowledgeGraph.stored(source, base_iri, run)
        return KnowledgeGraph.of(_steady(store, lambda kept: _opened(kept, concepts, verdicts_until)), source)


def _opened(store: Store, concepts: str | None = None, verdicts_until: str = "") -> KnowledgeGraph:
    base_iri, run = settings(store)
    run = replace(run, concepts=concepts) if concepts else run
    return worked_out(store, base_iri, run, verdicts_until=verdicts_until)


def settings(store: Store) -> tuple[str, Run]:
    """The base IRI of a store, and how it was built, as far as it says so."""
    base_iri = store.setting("base_iri", DEFAULT_BASE)
    check_base(base_iri)
    run = run_of(store.setting("run", "{}"))
    return base_iri, replace(run, concepts=store.setting("concepts", "linked"))


def absent_from(path: str | os.PathLike[str]) -> tuple[dict[str, Unread], dict[str, Withdrawal]]:
    """The documents of a store that could not be read when they were to be read last, and those that were withdrawn."""
    with Store(path, readonly=True) as store:
        return unread_of(store), withdrawn_from(store)


def graph_kept(store: Store, base_iri: str, run: Run, path: str | os.PathLike[str]) -> KnowledgeGraph:
    """The graph of a store that is open for writing, which keeps it from now on, and is on its way to `path`.

    One in memory keeps nothing: nobody will ask it again.
    """
    if os.fspath(path) == ":memory:":
        return worked_out(store, base_iri, run)
    graph = _read_or_made(store, base_iri, run)
    return KnowledgeGraph.of(graph, Source(os.path.abspath(path), os.fspath(path), notes(store).get("made", "")))


def _read_or_made(store: Store, base_iri: str, run: Run) -> KnowledgeGraph:
    if notes(store):
        try:
            return KnowledgeGraph.of(all_of(store)).derived(base_iri=base_iri, run=run)
        except Stale:
            pass  # what was damaged is made anew
    return worked_out(store, base_iri, run, keeps=True)


def keep_anew(store: Store) -> None:
    """Let a store keep what follows from it, if that changed when it was written to."""
    if not notes(store):
        worked_out(store, *settings(store), keeps=True)


def worked_out(
    store: Store,
    base_iri: str,
    run: Run,
    keeps: bool = False,
    verdicts_until: str = "",
    without: Collection[str] = (),
) -> KnowledgeGraph:
    """The graph that follows from a store, which keeps it with `keeps`; of verdicts up to a day, "" for all, and of all
    documents but some."""
    words = kept_vocabulary(run.relations, store.path)
    texts = tuple(text for text in store.documents() if text.id not in without)
    mentions = tuple(mention for mention in store.mentions() if mention.doc not in without)
    claims = tuple(claim for claim in store.claims() if claim.doc not in without)
    verdicts = [verdict for verdict in store.judgements() if not verdicts_until or verdict.when <= verdicts_until]
    with speaking(words):
        all = KnowledgeGraph.of(build_graph(texts, mentions, claims, verdicts, base_iri, store.listed()))
    graph = all.with_concepts(run.concepts).derived(run=run)
    if keeps:
        try:
            keep(store, graph, mentions, claims, {"counts": json.dumps(list(count_graph(graph)))})
        except StoreError as error:  # what was written is written, and this no more than a cache
            log.warning("%s; who is who is worked out anew whenever it is asked", error)
    return graph


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (KgError, MemoryError, OSError) as error:
        sys.exit(one_line(str(error)) or SHORTAGE)
