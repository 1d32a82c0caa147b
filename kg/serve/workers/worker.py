"""The process that answers one query at a time: "SELECT ?wer { … }" comes in by stdin, JSON goes out by stdout.

pyoxigraph cannot stop a query, so a query that must end in time runs where it can be ended: in a process of its own,
which holds the triples and which the server kills. Should the server be gone by then, it ends by itself.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyoxigraph
from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat

from kg.errors import FormatError, QueryError
from kg.formats.triples.lengths import MOST_BYTES
from kg.formats.triples.rdfxml import check_predicate
from kg.rdf.sparql.at_hand import triples_of
from kg.rdf.sparql.dataset import Dataset
from kg.rdf.sparql.query import check_query, in_order, solve, told
from kg.rdf.sparql.results import turtle, written
from kg.rdf.sparql.unknown_terms import unknown_terms
from kg.system.memory import SHORTAGE, is_shortage
from kg.system.processes import alarm, be_killed_with_parent, limit_memory, messages, pack
from kg.system.stack import ROOM, with_room
from kg.system.text import one_line
from kg.system.xml import mended

# An answer may need memory to sort and group, a query that eats all of the machine's may not have it. The stack is
# beside that.
_MEMORY = 2 << 30

# Seconds behind the time limit in which the server should have ended us.
_GRACE = 2

ROW_FORMATS: Mapping[str, QueryResultsFormat] = {
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "text/csv": QueryResultsFormat.CSV,
    "application/xml": QueryResultsFormat.XML,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+json": QueryResultsFormat.JSON,
}
"""Media type → format of the answer to SELECT and ASK; the one we prefer last."""

GRAPH_FORMATS: Mapping[str, RdfFormat] = {
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
}
"""Media type → format of the answer to CONSTRUCT and DESCRIBE; the one we prefer last."""


@dataclass(frozen=True, slots=True)
class Task:
    """A query, the media types that its sender takes (empty for none), and the graphs that the protocol names.

    `explained` tells that an empty answer is to name the terms that the graph does not have.
    """

    query: str
    rows: str = "application/sparql-results+json"
    graph: str = "text/turtle"
    limit: int = 10_000
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    explained: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back over HTTP; `cut` tells that there was more than the limit, `empty` that there was nothing.

    Of an empty answer `unknown` has terms that the graph has not, the first twenty, each with those that are near.
    """

    status: int
    type: str
    cut: bool = False
    empty: bool = False
    unknown: tuple[tuple[str, ...], ...] = ()


def reply_to(dataset: Dataset, task: Task) -> tuple[Reply, bytes]:
    """Run a query, and write as much of its answer as the limit lets through.

    All of it is done with room. Nothing is rehearsed before: the process is one that can be ended.
    """
    try:
        stack = check_query(dataset, task.query)
        with told(task.query):
            return with_room(lambda: _answered(dataset, task), least=stack)
    except QueryError as error:
        return refused(400, str(error))
    except FormatError as error:
        return refused(406, str(error))


def _answered(dataset: Dataset, task: Task) -> tuple[Reply, bytes]:
    found = solve(dataset, task.query, **_graphs(dataset, task))
    kind, asked = ("graph", task.graph) if isinstance(found, QueryTriples) else ("rows", task.rows)
    if not asked:
        known = ", ".join(reversed(list(GRAPH_FORMATS if kind == "graph" else ROW_FORMATS)))
        return refused(406, f"this query is answered as {known}; accept one of these")
    reply, body = _written(found, dataset.prefixes, task)
    if reply.empty and task.explained:
        reply = replace(reply, unknown=_unknown(dataset, task.query))
    return reply, body


def _written(found: Any, prefixes: Mapping[str, str], task: Task) -> tuple[Reply, bytes]:
    if isinstance(found, QueryTriples):
        return _graph(found, prefixes, task)
    return _rows(found, task) if isinstance(found, QuerySolutions) else _truth(found, task)


def _unknown(dataset: Dataset, query: str) -> tuple[tuple[str, ...], ...]:
    return tuple((unknown.term, *unknown.near) for unknown in unknown_terms(dataset, query)[0])


def refused(status: int, message: str) -> tuple[Reply, bytes]:
    """A reply of one line that says what is wrong."""
    return Reply(status, "text/plain"), f"{message}\n".encode("utf-8", "backslashreplace")


class _Full(Exception):
    """There are more rows than may be sent."""


class _Lines:
    """Takes the lines of a TSV as they are written, up to a limit; in TSV a row is a line."""

    def __init__(self, limit: int) -> None:
        self._left = limit + 1  # and the head
        self._kept: list[bytes] = []
        self.cut = False

    def write(self, chunk: bytes) -> int:
        """Keep what fits; raises _Full, each time, once something does not."""
        lines = [] if self.cut else bytes(chunk).splitlines(keepends=True)
        for line in lines:
            if not self._left:
                self.cut = True
                break
            self._kept.append(line)
            self._left -= line.endswith(b"\n")
        if self.cut:
            raise _Full
        return len(chunk)

    def flush(self) -> None:
        pass

    @property
    def text(self) -> bytes:
        return b"".join(self._kept)


def _rows(found: QuerySolutions, task: Task) -> tuple[Reply, bytes]:
    """Rows by way of TSV, which can be cut anywhere; pyoxigraph reads it back and writes what is asked for."""
    lines = _Lines(task.limit)
    with suppress(_Full):
        found.serialize(cast(BinaryIO, lines), QueryResultsFormat.TSV)  # which it only writes to and flushes
    text = lines.text
    reply = Reply(200, task.rows, lines.cut, text.count(b"\n") < 2)
    if ROW_FORMATS[task.rows] == QueryResultsFormat.TSV:
        return reply, text
    again = pyoxigraph.parse_query_results(text, format=QueryResultsFormat.TSV)
    body = written(again.serialize(format=ROW_FORMATS[task.rows]))
    return reply, mended(body.decode()).encode() if ROW_FORMATS[task.rows] == QueryResultsFormat.XML else body


def _truth(found: Any, task: Task) -> tuple[Reply, bytes]:
    return Reply(200, task.rows, empty=not found), found.serialize(format=ROW_FORMATS[task.rows])


def _graph(found: QueryTriples, prefixes: Mapping[str, str], task: Task) -> tuple[Reply, bytes]:
    triples = list(islice(found, task.limit + 1))
    reply = Reply(200, task.graph, len(triples) > task.limit, not triples)
    kept = in_order(triples[: task.limit])
    if task.graph == "text/turtle":
        return reply, turtle(kept, prefixes).encode()
    is_xml = GRAPH_FORMATS[task.graph] == RdfFormat.RDF_XML
    checked = map(check_predicate, kept) if is_xml else kept
    body = written(pyoxigraph.serialize(checked, format=GRAPH_FORMATS[task.graph], prefixes=dict(prefixes)))
    return reply, mended(body.decode()).encode() if is_xml else body


def _graphs(dataset: Dataset, task: Task) -> dict[str, Any]:
    """The dataset that the protocol names (SPARQL 1.1 Protocol, §2.1.4); it goes before that of the query.

    Raises QueryError for a graph that is not here: it would have to be fetched.
    """
    if not task.default_graphs and not task.named_graphs:
        return {}
    held = set(dataset.store.named_graphs())
    default, named = ([NamedNode(iri) for iri in iris] for iris in (task.default_graphs, task.named_graphs))
    for graph in (*default, *named):
        if graph not in held:
            raise QueryError(f"{graph.value}: no such graph here, and none is fetched; name one of this dataset")
    return {"default_graph": default, "named_graphs": named}


def write_triples(dataset: Dataset, folder: Path) -> None:
    """Lay triples down for the workers to read. Raises FormatError for a text that is too long for that."""
    write_prefixes(dataset, folder)
    dataset.store.dump(str(folder / "triples.nq"), RdfFormat.N_QUADS)
    with (folder / "triples.nq").open("rb") as lines:
        longest = max(map(len, lines), default=0)
    if longest > MOST_BYTES[".nq"]:
        raise FormatError(f"a text of the graph has {longest / 1e6:.0f} MB, and cannot be served beyond "
                          f"{MOST_BYTES['.nq'] / 1e6:.0f} MB; shorten it")  # fmt: skip


def write_prefixes(dataset: Dataset, folder: Path) -> None:
    """Lay down what the workers have to know beside the triples."""
    told = {"prefixes": dict(dataset.prefixes), "base_iri": dataset.base_iri}
    (folder / "dataset.json").write_text(json.dumps(told), encoding="utf-8")


def open_folder(folder: Path) -> Dataset:
    """The triples that the server laid down in a folder.

    Each worker holds those of a small graph in memory, where a query takes half the time or a quarter; those of a
    large one are on the disk once for all.
    """
    told = json.loads((folder / "dataset.json").read_text(encoding="utf-8"))
    if not (folder / "triples.nq").exists():
        return Dataset(triples_of(folder), told["prefixes"], told["base_iri"])
    store = pyoxigraph.Store()
    store.load(path=str(folder / "triples.nq"), format=RdfFormat.N_QUADS)
    return Dataset(store, told["prefixes"], told["base_iri"])


def main(folder: str, timeout: str) -> None:
    """Answer tasks until stdin ends, and the process with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server, which ends us by closing stdin
    be_killed_with_parent()
    tasks, target = messages(), sys.stdout.buffer
    try:
        dataset = open_folder(Path(folder))
    except (OSError, MemoryError, SyntaxError, ValueError) as error:
        sys.exit(SHORTAGE if is_shortage(error) else one_line(str(error)))
    limit_memory(_MEMORY + ROOM)
    target.write(pack(b"ready"))
    target.flush()
    for task in tasks:
        target.write(pack(b"taken"))  # if we end from here on, the query is to blame
        target.flush()
        alarm(float(timeout) + _GRACE)
        reply, body = reply_to(dataset, Task(**json.loads(task)))
        alarm(0)
        target.write(pack(json.dumps(asdict(reply)).encode()) + pack(body))
        target.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
