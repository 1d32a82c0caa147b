"""Triples to ask: those of a graph in a pyoxigraph store, with the prefixes one may use for them.

"SELECT ?wer { ?wer kg:signed ?was }" over the two seed texts needs no file in between.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import Quad

from kg.ontology import DEFAULT_BASE, prefixes
from kg.rdf import statements
from kg.system.memory import check_room

if TYPE_CHECKING:
    from kg.graph.graph import Graph

# What a pyoxigraph store takes of the address space before there is anything in it; with less it aborts the process.
LEAST_MEGABYTES = 220


@dataclass(frozen=True, slots=True)
class Dataset:
    """Triples and the prefixes known for them; `base_iri` is what the IRIs of the graph begin with."""

    store: pyoxigraph.Store
    prefixes: Mapping[str, str]
    base_iri: str = DEFAULT_BASE


def dataset_of(graph: Graph, level: str = "claims") -> Dataset:
    """The triples of a KnowledgeGraph."""
    check_room(LEAST_MEGABYTES)
    store = pyoxigraph.Store()
    store.bulk_extend(Quad(*triple) for triple in statements(graph, level))
    return Dataset(store, prefixes(graph.base_iri), graph.base_iri)
