"""Terms that a query names and the graph does not have: "?f kg:polartiy ?p" finds nothing, and kg:polarity is near.

SPARQL has no word for this: a term that nothing is said with is as good as any other, and the answer is empty.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, QuerySolutions
from rapidfuzz.distance import OSA

from kg.ontology import expand
from kg.rdf.sparql.results import shortener
from kg.rdf.sparql.rewriting import names

if TYPE_CHECKING:
    from kg.rdf.sparql.dataset import Dataset

# Names this much alike are near: one slip in four letters ("naem"), two in eight ("vertretne_durch").
_NEAR = 0.7
_MOST_NEAR = 3

# Where terms of the graph stand: few of them describe, and are soon found; many are described.
_PLACES = ("{ ?s ?term ?o } UNION { ?s rdf:type|rdf:predicate ?term }", "?term ?p ?o")

# Datatypes stand in literals, and a function computes: neither is a node.
_NO_NODES = expand("xsd:")
_FUNCTIONS = ("matches",)


@dataclass(frozen=True, slots=True)
class Unknown:
    """A term that the graph does not have, as the query names it, and those of the graph that are near."""

    term: str
    near: tuple[str, ...] = ()


def unknown_terms(dataset: Dataset, query: str) -> Iterator[Unknown]:
    """Yield the terms of a query that occur nowhere in a dataset, each once, in the order of the query.

    Only names below the prefixes of the dataset count ("kg:polartiy", whatever the query calls the prefix): what else
    somebody names may be meant for another graph.
    """
    spaces, found = dict(dataset.prefixes), dict[str, str]()
    for name, declared in names(query):
        prefix, _, local = name.partition(":")
        if declared:
            spaces[prefix] = declared
        elif spaces.get(prefix) in dataset.prefixes.values() and local:
            found.setdefault(_unescaped(spaces[prefix] + local), name)
    missing = {iri: name for iri, name in found.items() if not _has(dataset, iri)}
    for iri, name in missing.items():
        near = (tuple(_near(iri, _held(dataset, iri, place), dataset.prefixes)) for place in _PLACES)
        yield Unknown(name, next(filter(None, near), ()))


def line(unknown: Unknown) -> str:
    """What to say of it.

    >>> line(Unknown("kg:polartiy", ("kg:polarity",)))
    'the graph has no kg:polartiy; did you mean kg:polarity?'
    """
    near = f"did you mean {' or '.join(unknown.near)}?" if unknown.near else "nothing in it is called like that"
    return f"the graph has no {unknown.term}; {near}"


def _has(dataset: Dataset, iri: str) -> bool:
    """Whether an IRI stands anywhere in a dataset, or need not."""
    node = NamedNode(iri)
    if iri.startswith(_NO_NODES) or iri in {dataset.prefixes["kg"] + name for name in _FUNCTIONS}:
        return True
    patterns = ((node, None, None, None), (None, node, None, None), (None, None, node, None), (None, None, None, node))
    return any(next(dataset.store.quads_for_pattern(*pattern), None) for pattern in patterns)


def _held(dataset: Dataset, iri: str, place: str) -> Iterator[str]:
    """Yield the terms of a dataset, in one of `_PLACES`, that begin or end as an IRI does."""
    space, local = (json.dumps(part, ensure_ascii=False) for part in _parted(iri))
    alike = f"isIRI(?term) && (STRSTARTS(STR(?term), {space}) || STRENDS(STR(?term), {local}))"
    query = f"SELECT ?term {{ {{ SELECT DISTINCT ?term {{ {place} }} }} FILTER({alike}) }}"
    found = dataset.store.query(query, prefixes={"rdf": expand("rdf:")})
    assert isinstance(found, QuerySolutions)
    for (term,) in found:
        yield term.value


def _near(iri: str, held: Iterable[str], prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield the terms spelled nearly so, nearest first: in the same namespace, or called the same in another one."""
    space, wanted = _parted(iri)
    found, short = [], shortener(prefixes)
    for term in held:
        other, local = _parted(term)
        alike = OSA.normalized_similarity(wanted.casefold(), local.casefold(), score_cutoff=_NEAR)
        if alike and (other == space or alike == 1):
            found.append((-alike, other != space, short(term)))
    yield from (name for *_, name in sorted(found)[:_MOST_NEAR])


def _parted(iri: str) -> tuple[str, str]:
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:cut], iri[cut:]


def _unescaped(name: str) -> str:
    r"""A name without the backslashes that SPARQL wants before some characters.

    >>> _unescaped(r"https://kg.example/entity/A\'s")
    "https://kg.example/entity/A's"
    """
    return re.sub(r"\\(.)", r"\1", name)
