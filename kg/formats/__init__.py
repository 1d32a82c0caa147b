"""Graph files, one module per format, chosen by suffix: "duisburg.ttl" is Turtle, "duisburg.graphml" is for Gephi.

Each module has one function, `write(graph, stream, level)`; a new format is a new module and a row in `suffixes`.
A name that ends in a slash ("duisburg/") is a folder, which gets CSV tables.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import FormatError
from kg.formats.ours import check_ours
from kg.formats.suffixes import DRAWINGS, FORMATS, NETWORKS, RDF12, READERS, WRITERS, or_list
from kg.system.files import check_folder, check_target, replacing
from kg.system.log import log
from kg.system.special_files import endless
from kg.system.stack import with_room
from kg.system.xml import noting_replaced, without_halves

if TYPE_CHECKING:
    import rdflib

    from kg.formats.cooccurrence import Drawing
    from kg.graph.graph import Graph

STORE = ".kg"

TABLE_FILES = ("nodes.csv", "edges.csv", "evidence.csv")
"""What a folder gets, as in kg.formats.tables."""


def suffix_of(path: str | os.PathLike[str]) -> str:
    """The suffix that says the format, in lower case.

    >>> suffix_of("Duisburg.TTL")
    '.ttl'
    """
    return Path(path).suffix.lower()


def is_folder(path: str | os.PathLike[str]) -> bool:
    """Whether an output is named as a folder.

    >>> is_folder("duisburg/"), is_folder("duisburg.ttl")
    (True, False)
    """
    return os.fspath(path).endswith(("/", os.sep))


def check_output(path: str | os.PathLike[str], *, store: bool = False, rdf12: bool = False) -> None:
    """Raise FormatError for an output that `write` would refuse, before any work goes into it.

    With `store` a .kg file will do too, which `kg build` writes on its way; with `rdf12` an RDF format has to be one
    of `RDF12`.
    """
    if is_folder(path):
        check_folder(path, TABLE_FILES)
        for name in TABLE_FILES:
            check_ours(Path(path, name), name)
        return
    if os.fspath(path) == "-":
        raise FormatError("-: standard output has no suffix to tell the format by; name a file, or use `kg extract` or "
                          "`kg query`, which print")  # fmt: skip
    suffix = suffix_of(path)
    if suffix == STORE and not store:
        raise FormatError(f"{path}: a store is written while texts are read; use `kg build INPUT -o {path}`")
    if suffix not in WRITERS and suffix != STORE:
        known = or_list([*WRITERS, STORE] if store else WRITERS)
        raise FormatError(f"{path}: {_unknown(suffix)}; use {known}, or a folder/ for CSV tables")
    if rdf12 and suffix in READERS and suffix not in RDF12:
        known = or_list(RDF12)
        raise FormatError(f"{path}: {suffix} has no triple terms of RDF 1.2; use {known}, or leave --rdf12 out")
    check_target(path)
    check_ours(path, suffix)


def write(
    graph: Graph,
    path: str | os.PathLike[str],
    level: str = "claims",
    *,
    rdf12: bool = False,
    concepts: str | None = None,
    most: int | None = None,
) -> None:
    """Write a graph to the file `path`, in the format of its suffix; the file appears whole or not at all.

    A `path` that ends in a slash is a folder for CSV tables; other files in it stay. `level` is how much becomes RDF:
    "plain", "claims" or "full"; `rdf12` adds triple terms where the format is RDF. `concepts` is how much of a network
    a drawing shows, see `kg.graph.network.network`, and `most` of how many entities, if there are more: else of 2,000
    in a page and 10,000 in GEXF. What a format cannot hold of a text becomes U+FFFD, and a warning
    of "kg" says so. Raises FormatError for an unknown suffix or level, for a place where nothing can be written, and
    for a graph that the format cannot hold.
    """
    check_output(path, rdf12=rdf12)
    with _telling_of_replaced(path):
        if is_folder(path):
            from kg.formats.tables import write_folder

            write_folder(graph, Path(path))
        else:
            suffix = suffix_of(path)
            if suffix in DRAWINGS:
                most = FORMATS[suffix].most if most is None else most
                _write_file(graph, path, level, {"concepts": concepts, "most": most})
                _tell_undrawn(graph, path, concepts, most)
            else:
                _write_file(graph, path, level, {"rdf12": True} if rdf12 and suffix in RDF12 else {})


def _tell_undrawn(graph: Graph, path: str | os.PathLike[str], concepts: str | None, most: int | None) -> None:
    """Say of how many entities a drawing shows no more than some."""
    from kg.graph.network import shown, without_texts

    concepts = without_texts(concepts) if suffix_of(path) == ".html" else concepts
    whole, drawn = (len(shown(graph, concepts, limit).entities) for limit in (None, most))
    if drawn < whole:
        more = "search finds the others; " if suffix_of(path) == ".html" else ""
        log.info("%s: shows the %s of %s things that have most links; %s--most shows more", os.fspath(path),
                 f"{drawn:,}", f"{whole:,}", more)  # fmt: skip


def check_network(path: str | os.PathLike[str]) -> None:
    """Raise FormatError for an output that `write_network` would refuse, before any work goes into it."""
    if not is_folder(path) and suffix_of(path) not in NETWORKS:
        raise FormatError(f"{path}: no format for who is named together; use {or_list(NETWORKS)}, or a folder/ for CSV "
                          "tables")  # fmt: skip
    check_output(path)


def write_network(drawing: Drawing, path: str | os.PathLike[str]) -> None:
    """Write a drawn co-occurrence network to the file `path`, or to a folder, as `write` does a graph.

    Raises FormatError for another suffix than those of `NETWORKS`, and for a place where nothing can be written.
    """
    check_network(path)
    from kg.formats import cooccurrence

    with _telling_of_replaced(path):
        if is_folder(path):
            cooccurrence.write_folder(drawing, Path(path))
            return
        with replacing(path) as stream:
            cooccurrence.write(drawing, stream, WRITERS[suffix_of(path)])


@contextmanager
def _telling_of_replaced(path: str | os.PathLike[str]) -> Iterator[None]:
    """Warn of the characters of texts for which a file that is written within has no place."""
    with noting_replaced() as replaced:
        yield
    if replaced:
        odd = ", ".join(f"U+{ord(character):04X}" for character in sorted(replaced))
        log.warning("%s: has no place for %s of a text; written as U+FFFD", os.fspath(path), odd)


def _write_file(graph: Graph, path: str | os.PathLike[str], level: str, options: Mapping[str, Any]) -> None:
    module = import_module(f"{__name__}.{WRITERS[suffix_of(path)]}")
    with replacing(path) as stream:
        try:
            module.write(graph, stream, level, **options)
        except ValueError as error:  # as pyoxigraph has it, with or without a word on the character
            if without_halves((graph, graph.run)) == (graph, graph.run):
                raise
            raise FormatError(f"{path}: a text holds half a character; decode it again") from error
        except FormatError as error:
            raise FormatError(f"{path}: {error}") from error


def read_graph(path: str | os.PathLike[str]) -> Graph:
    """Read an RDF file that kg wrote, in any of `READERS`, as the graph that it was written from.

    What comes back is what the level of the file kept. Raises FormatError for a file that is missing, of another
    suffix, does not parse, or was written by somebody else.
    """
    check_readable(path)
    from kg.formats.triples.reading import quads
    from kg.rdf.rebuild import rebuild

    return with_room(lambda: rebuild(quads(Path(path), READERS[suffix_of(path)]), os.fspath(path)))


def read_rdf(path: str | os.PathLike[str]) -> rdflib.Graph:
    """Read an RDF file of any of `READERS`; its own prefixes are bound, and ours where it leaves them free.

    The graphs of a dataset (.nq, .trig) are read as one. Raises FormatError for a file that is missing, of another
    suffix, or does not parse.
    """
    check_readable(path)
    from kg.formats.triples.reading import parse_rdf

    return with_room(lambda: parse_rdf(Path(path), READERS[suffix_of(path)]))


def check_readable(path: str | os.PathLike[str]) -> None:
    """Raise FormatError for a file whose suffix is that of no RDF format, and for what is no file."""
    suffix = suffix_of(path)
    if suffix not in READERS:
        raise FormatError(f"{path}: {_unknown(suffix)}; pass a {STORE} store or an RDF file: {or_list(READERS)}")
    if kind := endless(path):
        raise FormatError(f"{path}: is {kind}, no file; write what it gives into a file, and pass that")


def _unknown(suffix: str) -> str:
    return f"unknown suffix {suffix}" if suffix else "no suffix to tell the format by"
