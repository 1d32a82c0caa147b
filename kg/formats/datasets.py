"""Triples from RDF files: "duisburg.ttl" goes straight into a pyoxigraph store.

Where a file has named graphs (TriG, N-Quads), its default graph holds their triples too: a question without GRAPH is
one about the whole file.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple

from kg.formats import check_readable, suffix_of
from kg.formats.suffixes import READERS
from kg.formats.triples.reading import rdf_file, skip_mark
from kg.ontology import expand, prefixes
from kg.ontology.terms import told_base
from kg.rdf.sparql.dataset import LEAST_MEGABYTES, Dataset
from kg.system.memory import check_room
from kg.system.stack import with_room

_TYPE, _ONTOLOGY = NamedNode(expand("rdf:type")), NamedNode(expand("owl:Ontology"))


def read_dataset(path: str | os.PathLike[str], base_iri: str = "") -> Dataset:
    """Read an RDF file of any of `READERS`; its own prefixes go before ours.

    Raises FormatError for a file that is missing, of another suffix, or does not parse.
    """
    check_readable(path)
    return with_room(lambda: _read_dataset(path, base_iri))


def _read_dataset(path: str | os.PathLike[str], base_iri: str) -> Dataset:
    check_room(LEAST_MEGABYTES)
    store = pyoxigraph.Store()
    with rdf_file(Path(path), READERS[suffix_of(path)]) as (form, place), open(path, "rb") as stream:
        skip_mark(stream)
        declared = _declared(stream, form, place)
        store.load(stream, form, base_iri=place)
    named = store.quads_for_pattern(None, None, None, None) if any(store.named_graphs()) else ()
    store.extend([Quad(q.subject, q.predicate, q.object) for q in named if q.graph_name != DefaultGraph()])
    typed = store.quads_for_pattern(None, _TYPE, _ONTOLOGY, None)
    ontologies = (quad.subject.value for quad in typed if not isinstance(quad.subject, Triple))
    base = base_iri or told_base(declared, ontologies)
    return Dataset(store, prefixes(base) | declared, base)


def _declared(stream: BinaryIO, form: RdfFormat, base_iri: str) -> dict[str, str]:
    """The prefixes that a file declares before its first triple; the stream stands where it stood before."""
    start = stream.tell()
    parser = pyoxigraph.parse(stream, form, base_iri=base_iri)
    next(parser, None)
    stream.seek(start)
    return dict(sorted(parser.prefixes.items()))
