"""Terms that a query names and the graph does not have: "?f kg:polartiy ?p" finds nothing, and kg:polarity is near.

SPARQL has no word for this: a term that nothing is said with is as good as any other, and the answer is empty.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, QuerySolutions
from rapidfuzz.distance import OSA

from kg.ontology import expand
from kg.rdf.sparql.results import shortener
from kg.rdf.sparql.rewriting import names
from kg.system.stack import while_wanted

if TYPE_CHECKING:
    from kg.rdf.sparql.dataset import Dataset

# Names this much alike are near: one slip in four letters ("naem"), two in eight ("vertretne_durch").
_NEAR = 0.7
_MOST_NEAR = 3

MOST_NAMED = 20
"""As many terms are named; who has more of them wrong knows by then."""

# A query of some megabytes has more terms; each is looked up in some microseconds.
_MOST_LOOKED_UP = 10_000
_MOST_SHOWN = 200  # characters of a term
_LONGEST = 1_000  # characters of an IRI that is compared with others

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


def unknown_terms(dataset: Dataset, query: str) -> tuple[list[Unknown], int]:
    """The terms of a query that occur nowhere in a dataset, in the order of the query: the first twenty, and how many
    more there are. No more than 10,000 terms of a query are looked up.

    Only names below the prefixes of the dataset count ("kg:polartiy", whatever the query calls the prefix): what else
    somebody names may be meant for another graph.
    """
    looked_up = islice(_named(dataset.prefixes, query).items(), _MOST_LOOKED_UP)
    missing = {iri: name for iri, name in looked_up if not _has(dataset, iri)}
    named = dict(islice(missing.items(), MOST_NAMED))
    near = _nearest(dataset, [iri for iri in named if len(iri) <= _LONGEST])
    return [Unknown(name, near.get(iri, ())) for iri, name in named.items()], len(missing) - len(named)


def _named(prefixes: Mapping[str, str], query: str) -> dict[str, str]:
    """The IRIs that a query means by names below these prefixes, each with the first of its names."""
    spaces, ours, found = dict(prefixes), frozenset(prefixes.values()), dict[str, str]()
    for name, declared in names(query):
        prefix, _, local = name.partition(":")
        if declared:
            spaces[prefix] = declared
        elif spaces.get(prefix) in ours and local:
            found.setdefault(_unescaped(spaces[prefix] + local), name)
    return found


def _nearest(dataset: Dataset, iris: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The terms of a dataset that are near to some IRIs, in the first of `_PLACES` that has such.

    Each place is gone through once for all of them: it takes as long as the graph is large.
    """
    found, left = dict[str, tuple[str, ...]](), list(iris)
    for place in _PLACES:
        held = list(_held(dataset, left, place)) if left else []
        found |= {iri: tuple(_near(iri, held, dataset.prefixes)) for iri in left}
        left = [iri for iri in left if not found[iri]]
    return found


def line(unknown: Unknown) -> str:
    """What to say of it.

    >>> line(Unknown("kg:polartiy", ("kg:polarity",)))
    'the graph has no kg:polartiy; did you mean kg:polarity?'
    """
    near = f"did you mean {' or '.join(unknown.near)}?" if unknown.near else "nothing in it is called like that"
    term = unknown.term if len(unknown.term) <= _MOST_SHOWN else f"{unknown.term[:_MOST_SHOWN]}…"
    return f"the graph has no {term}; {near}"


def _has(dataset: Dataset, iri: str) -> bool:
    """Whether an IRI stands anywhere in a dataset, or need not."""
    node = NamedNode(iri)
    if iri.startswith(_NO_NODES) or iri in {dataset.prefixes["kg"] + name for name in _FUNCTIONS}:
        return True
    patterns = ((node, None, None, None), (None, node, None, None), (None, None, node, None), (None, None, None, node))
    return any(next(dataset.store.quads_for_pattern(*pattern), None) for pattern in patterns)


def _held(dataset: Dataset, iris: Iterable[str], place: str) -> Iterator[str]:
    """Yield the terms of a dataset, in one of `_PLACES`, that begin or end as one of some IRIs does."""
    spaces, locals = (sorted(set(parts)) for parts in zip(*map(_parted, iris), strict=True))
    begins = (f"STRSTARTS(STR(?term), {json.dumps(space, ensure_ascii=False)})" for space in spaces)
    ends = (f"STRENDS(STR(?term), {json.dumps(local, ensure_ascii=False)})" for local in locals)
    alike = f"isIRI(?term) && ({' || '.join((*begins, *ends))})"
    query = f"SELECT ?term {{ {{ SELECT DISTINCT ?term {{ {place} }} }} FILTER({alike}) }}"
    found = dataset.store.query(query, prefixes={"rdf": expand("rdf:")})
    assert isinstance(found, QuerySolutions)
    for (term,) in while_wanted(found):
        yield term.value


def _near(iri: str, held: Iterable[str], prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield the terms spelled nearly so, nearest first: in the same namespace, or called the same in another one."""
    space, wanted = _parted(iri)
    found, short = [], shortener(prefixes)
    for term in while_wanted(held):
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
