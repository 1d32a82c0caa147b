"""Triples to ask: "duisburg.kg" or "duisburg.ttl" in a pyoxigraph store, with the prefixes one may use for them.

A file goes straight into the store, and so do the triples of a KnowledgeGraph as they are made. Where a file has named
graphs (TriG, N-Quads), its default graph holds their triples too: a question without GRAPH is one about the whole file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat

from kg.memory import check_room
from kg.ontology import DEFAULT_BASE, expand, prefixes
from kg.ontology.terms import told_base
from kg.room import with_room

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

# What a pyoxigraph store takes of the address space before there is anything in it; with less it aborts the process.
_LEAST_MEGABYTES = 220

_TYPE, _ONTOLOGY = NamedNode(expand("rdf:type")), NamedNode(expand("owl:Ontology"))


@dataclass(frozen=True, slots=True)
class Dataset:
    """Triples and the prefixes known for them; `base_iri` is what the IRIs of the graph begin with."""

    store: pyoxigraph.Store
    prefixes: Mapping[str, str]
    base_iri: str = DEFAULT_BASE


def open_dataset(path: str | os.PathLike[str], base_iri: str = "") -> Dataset:
    """A .kg store or an RDF file as triples; `base_iri` stands in for the one that it names itself.

    A store's IRIs are then made below it; a file's are what they are, and it says which of them are the graph's own.
    Raises StoreError and FormatError.
    """
    from kg import api

    if holds_store(path):
        graph = api.open(path)
        return dataset_of(replace(graph, base_iri=base_iri) if base_iri else graph)
    return read_dataset(path, base_iri)


def holds_store(path: str | os.PathLike[str]) -> bool:
    """Whether a path is to be read as a .kg store: by its name, even where nothing is, or by its first bytes."""
    from kg.formats import STORE, suffix_of
    from kg.header import is_store

    return suffix_of(path) == STORE or is_store(path)


def dataset_of(graph: KnowledgeGraph, level: str = "claims") -> Dataset:
    """The triples of a KnowledgeGraph."""
    from kg.rdf import statements

    check_room(_LEAST_MEGABYTES)
    store = pyoxigraph.Store()
    store.bulk_extend(Quad(*triple) for triple in statements(graph, level))
    return Dataset(store, prefixes(graph.base_iri), graph.base_iri)


def read_dataset(path: str | os.PathLike[str], base_iri: str = "") -> Dataset:
    """Read an RDF file of any of `formats.READERS`; its own prefixes go before ours.

    Raises FormatError for a file that is missing, of another suffix, or does not parse.
    """
    from kg.formats import check_readable

    check_readable(path)
    return with_room(lambda: _read_dataset(path, base_iri))


def _read_dataset(path: str | os.PathLike[str], base_iri: str) -> Dataset:
    from kg.formats import READERS, suffix_of
    from kg.formats.reading import rdf_file

    check_room(_LEAST_MEGABYTES)
    store = pyoxigraph.Store()
    with rdf_file(Path(path), READERS[suffix_of(path)]) as (form, place), open(path, "rb") as stream:
        declared = _declared(stream, form, place)
        store.load(stream, form, base_iri=place)
    named = store.quads_for_pattern(None, None, None, None) if any(store.named_graphs()) else ()
    store.extend([Quad(q.subject, q.predicate, q.object) for q in named if q.graph_name != DefaultGraph()])
    ontologies = (quad.subject.value for quad in store.quads_for_pattern(None, _TYPE, _ONTOLOGY, None))
    base = base_iri or told_base(declared, ontologies)
    return Dataset(store, prefixes(base) | declared, base)


def _declared(stream: BinaryIO, form: RdfFormat, base_iri: str) -> dict[str, str]:
    """The prefixes that a file declares before its first triple; the stream stands at its beginning again."""
    parser = pyoxigraph.parse(stream, form, base_iri=base_iri)
    next(parser, None)
    stream.seek(0)
    return dict(sorted(parser.prefixes.items()))
