"""The page that people ask on, and what all pages know of the graph: where "/entity/Sören_Link" leads.

The graph's IRIs begin with its base; their paths are those of the pages here. With a base that is the server's own
address an IRI leads here by itself, with any other the same path does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template
from typing import Any, cast
from urllib.parse import quote, unquote

from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.ontology import iri_safe, prefixes
from kg.rdf.sparql.dataset import Dataset
from kg.rdf.sparql.prepared import ready_queries
from kg.rdf.sparql.query import Rows, evaluate
from kg.rdf.sparql.results import shortener

# What may stand in a path as it is.
_SAFE = "/:@!$&'()*+,;="


@dataclass(frozen=True, slots=True)
class Site:
    """What pages need to know of a graph; none of it changes while it is served."""

    base_iri: str
    prefixes: Mapping[str, str]
    terms: tuple[Mapping[str, str], ...]
    triples: int
    limit: int

    @classmethod
    def of(cls, dataset: Dataset, limit: int) -> Site:
        """Ask a dataset for the terms that it uses."""
        rows = evaluate(dataset, _text("terms.rq"))
        assert isinstance(rows, Rows)
        short = shortener(dataset.prefixes)
        terms = tuple(
            {"name": short(iri.value), "kind": kind.value, "de": de.value, "en": en.value}
            for iri, kind, de, en in cast(Iterable[Any], rows.rows)  # all are bound, and none is a triple
        )
        return cls(dataset.base_iri, dataset.prefixes, terms, len(dataset.store), limit)

    @property
    def folders(self) -> tuple[str, ...]:
        """How the paths of the graph's IRIs begin.

        >>> "entity" in Site("https://kg.example/", {}, (), 0, 0).folders
        True
        """
        ours = (space for space in prefixes(self.base_iri).values() if space.startswith(self.base_iri))
        return tuple(sorted(space.removeprefix(self.base_iri).rstrip("/#") for space in ours))

    def iri(self, path: str) -> str:
        """The IRI that a path stands for.

        >>> Site("https://kg.example/", {}, (), 0, 0).iri('entity/Die "Stadt"')
        'https://kg.example/entity/Die%20%22Stadt%22'
        """
        return self.base_iri + "#".join(map(iri_safe, path.split("#", 1)))

    def link(self, iri: str) -> str:
        """The path of the page about an IRI of ours; the IRI itself where it leads to the web, else "".

        >>> Site("https://kg.example/", {}, (), 0, 0).link("https://kg.example/ontology#Fact")
        '/page/ontology%23Fact'
        >>> Site("https://kg.example/", {}, (), 0, 0).link("javascript:alert(1)")
        ''
        """
        path = iri.removeprefix(self.base_iri)
        ours = iri.startswith(self.base_iri) and re.split("[/#]", path)[0] in self.folders
        if ours:
            return f"/page/{quote(unquote(path), safe=_SAFE)}"
        return iri if iri.startswith(("http:", "https:")) else ""

    def facts_for_page(self) -> str:
        """What the query page loads, as JSON."""
        ready = [{"name": r.name, "de": r.de, "en": r.en, "sparql": r.sparql} for r in ready_queries()]
        told = {"base": self.base_iri, "prefixes": dict(self.prefixes), "terms": list(self.terms), "limit": self.limit}
        return json.dumps(told | {"folders": self.folders, "ready": ready}, ensure_ascii=False)


def description_query(iri: str) -> str:
    """A query for all that the graph says of an IRI, and for the facts that it is part of."""
    return ready_made("vocabulary.rq" if iri.endswith("/ontology") else "describe.rq", IRI=iri)


def query_page(explorer: bool) -> str:
    """The page to ask on, with a link to the explorer where there is one."""
    return templates().get_template("query.html").render(explorer=explorer)


@cache
def templates() -> Environment:
    """The pages as Jinja has them; what stands in them is escaped."""
    return Environment(
        loader=PackageLoader(__package__), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip


def ready_made(name: str, **values: str) -> str:
    """A query of `kg/serve/queries` with values in place of its $NAMES."""
    return Template(_text(name)).substitute(values)


@cache
def _text(name: str) -> str:
    return files(__package__).joinpath("queries", name).read_text(encoding="utf-8")
