"""What people look at: the query page, and for each IRI ("/entity/Sören_Link") a page with its facts and sentences.

The graph's IRIs begin with its base; their paths are those of the pages here. With a base that is the server's own
address an IRI leads here by itself, with any other the same path does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.answers import shorten
from kg.dataset import Dataset
from kg.ontology import iri_safe
from kg.query import Rows, evaluate
from kg.ready import ready_queries

FOLDERS = ("claim", "document", "entity", "fact", "id", "ontology", "predicate")
"""How the paths of the graph's IRIs begin."""

# What may stand in a path as it is; the IRIs have their other characters encoded already.
_SAFE = "/%:@!$&'()*+,;="


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
        terms = tuple(
            {"name": shorten(iri.value, dataset.prefixes), "kind": kind.value, "de": de.value, "en": en.value}
            for iri, kind, de, en in rows.rows
        )
        return cls(dataset.base_iri, dataset.prefixes, terms, len(dataset.store), limit)

    def iri(self, path: str) -> str:
        """The IRI that a path stands for.

        >>> Site("https://kg.example/", {}, (), 0, 0).iri('entity/Die "Stadt"')
        'https://kg.example/entity/Die%20%22Stadt%22'
        """
        return self.base_iri + iri_safe(path)

    def link(self, iri: str) -> str:
        """The path of the page about an IRI of ours; the IRI itself where it is of somebody else."""
        path, mark, term = iri.removeprefix(self.base_iri).partition("#")
        if not iri.startswith(self.base_iri) or path.split("/")[0] not in FOLDERS:
            return iri
        return f"/page/{quote(path, safe=_SAFE)}{mark}{term}"

    def facts_for_page(self) -> str:
        """What the query page loads, as JSON."""
        ready = [{"name": r.name, "de": r.de, "en": r.en, "sparql": r.sparql} for r in ready_queries()]
        told = {"base": self.base_iri, "prefixes": dict(self.prefixes), "terms": list(self.terms), "limit": self.limit}
        return json.dumps(told | {"folders": FOLDERS, "ready": ready}, ensure_ascii=False)


def description_query(iri: str) -> str:
    """A query for all that the graph says of an IRI, and for the facts that it is part of."""
    return _about(iri, "vocabulary.rq" if iri.endswith("/ontology") else "describe.rq")


def properties_query(iri: str) -> str:
    """A query for the properties of an IRI, with labels; for those of our vocabulary, the terms it has."""
    return _about(iri, "vocabulary_terms.rq" if iri.endswith("/ontology") else "properties.rq")


def facts_query(iri: str) -> str:
    """A query for the facts that an IRI is part of, with their sentences."""
    return _about(iri, "facts.rq")


def entity_page(site: Site, iri: str, path: str, properties: bytes, facts: bytes) -> str:
    """The page about an IRI, from the JSON answers to the two queries above."""
    found: dict[str, dict[str, Any]] = {}
    for row in json.loads(facts)["results"]["bindings"]:
        values = {name: term["value"] for name, term in row.items()}
        fact = found.setdefault(values["f"], values | {"sentences": {}})
        if "satz" in values:
            fact["sentences"][values["satz"], values.get("d", "")] = values.get("titel", "")
    rows = json.loads(properties)["results"]["bindings"]
    names = [row["o"]["value"] for row in rows if row["p"]["value"].endswith("rdf-schema#label")]
    known = {"site": site, "iri": iri, "path": path, "short": lambda term: shorten(term, site.prefixes)}
    card = {"name": names[0] if names else iri, "rows": rows, "facts": list(found.values())}
    return str(_templates().get_template("entity.html").render(**known, **card))


def query_page(explorer: bool) -> str:
    """The page to ask on, with a link to the explorer where there is one."""
    return str(_templates().get_template("query.html").render(explorer=explorer))


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader(__package__), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip


def _about(iri: str, name: str) -> str:
    return _text(name).replace("$IRI", iri)


@cache
def _text(name: str) -> str:
    return files(__package__).joinpath("queries", name).read_text(encoding="utf-8")
