"""One reading of a graph, laid down in a folder: all that is served of "duisburg.kg" comes from there.

    triples.nq, dataset.json   what the workers answer from; of a large store, in the place of the first, triples/
    site.json                  what the pages know
    graph.pickle               what the explorer is drawn from; of a store alone, and graph.kg of a large one
    version                    a digest of all these

So it is one version, though the file itself may change or go meanwhile. As a program this module lays a folder down for
a server that goes on serving the version before: `python -m kg.serve.snapshot FOLDER duisburg.kg "" 10000`.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import signal
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.formats.datasets import read_dataset
from kg.knowledge_graph import KnowledgeGraph
from kg.opening import dataset_in, holds_store, triples_beside, under
from kg.opening import open as open_graph
from kg.rdf.sparql.at_hand import take_along
from kg.rdf.sparql.dataset import Dataset, dataset_of
from kg.serve.pages import Site
from kg.serve.workers.worker import write_prefixes, write_triples
from kg.store.store import Store
from kg.system.files import code_mark, replacing
from kg.system.processes import end_with_parent
from kg.system.text import one_line

Mark = tuple[int, int, int, int]
"""By what a file is told from the one that was there before."""


def mark_of(path: str) -> Mark | None:
    """The mark of the file that is at a path now, None if there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def lay_down(path: str, base_iri: str, limit: int, folder: Path) -> None:
    """Read a .kg store or RDF file once, and lay it down for a site with that limit on rows.

    `base_iri` is as for `open_dataset`. Raises KgError.
    """
    if not holds_store(path):
        _lay_down(read_dataset(path, base_iri), limit, folder)
        return
    graph = under(open_graph(path), base_iri)
    if kept := triples_beside(graph):
        _take_along(path, graph, kept, limit, folder)
        return
    (folder / "graph.pickle").write_bytes(pickle.dumps(graph))
    _lay_down(dataset_of(graph), limit, folder)


def _lay_down(dataset: Dataset, limit: int, folder: Path) -> None:
    write_triples(dataset, folder)
    site = asdict(Site.of(dataset, limit))
    (folder / "site.json").write_text(json.dumps(site), encoding="utf-8")
    (folder / "version").write_text(_digest(folder), encoding="ascii")


def _take_along(path: str, graph: KnowledgeGraph, kept: Path, limit: int, folder: Path) -> None:
    """Have what is kept beside a large store, and the store itself, in a folder of our own."""
    take_along(kept, folder)
    with Store(path, readonly=True) as store:  # which a review may write to meanwhile
        store.copy_to(folder / "graph.kg")
    dataset = dataset_in(folder, graph.base_iri)
    write_prefixes(dataset, folder)
    site = _site_of(dataset, kept, limit)
    (folder / "site.json").write_text(json.dumps(site), encoding="utf-8")
    mark = (kept / "kg.json").read_bytes() + (folder / "site.json").read_bytes()
    (folder / "version").write_text(hashlib.sha256(mark).hexdigest()[:16], encoding="ascii")


def _site_of(dataset: Dataset, kept: Path, limit: int) -> dict[str, Any]:
    """What the pages know of triples, which stands beside these once it has been found out."""
    place, mark = kept / "site.json", [(kept / "kg.json").read_text(encoding="ascii"), code_mark("rdf", "serve")]
    with suppress(OSError, ValueError, TypeError, AttributeError):
        told = json.loads(place.read_text(encoding="utf-8"))
        if told.get("of") == mark:
            return dict(told["site"]) | {"limit": limit}
    site = asdict(Site.of(dataset, limit))
    with suppress(OSError), replacing(place) as stream:  # where nobody may write it is found out each time
        stream.write(json.dumps({"of": mark, "site": site}).encode())
    return site


def _digest(folder: Path) -> str:
    found = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        with open(path, "rb") as stream:
            found.update(hashlib.file_digest(stream, "sha256").digest())
    return found.hexdigest()[:16]


def read_site(folder: Path) -> Site:
    """What the pages know of the graph in a folder."""
    told = json.loads((folder / "site.json").read_text(encoding="utf-8"))
    return Site(**told | {"terms": tuple(told["terms"])})


def has_explorer(folder: Path) -> bool:
    """Whether the explorer can be drawn of what is in a folder."""
    return any((folder / name).exists() for name in ("graph.pickle", "graph.kg"))


def draw_explorer(folder: Path) -> None:
    """Draw the explorer of the graph in a folder as `explorer.html` beside it."""
    from kg.show.explorer.page import page

    kept = folder / "graph.kg"
    graph = open_graph(kept) if kept.exists() else pickle.loads((folder / "graph.pickle").read_bytes())
    (folder / "explorer.html").write_text(page(graph), encoding="utf-8")


def main(folder: str, *reading: str) -> None:
    """Lay a reading down in a folder, or draw what is in one; ends with the server that asked for it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    try:
        if reading:
            path, base_iri, limit = reading
            lay_down(path, base_iri, int(limit), Path(folder))
        else:
            draw_explorer(Path(folder))
    except KgError as error:
        sys.exit(one_line(str(error)))


if __name__ == "__main__":
    main(*sys.argv[1:])
