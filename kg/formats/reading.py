"""RDF files of others, and our own again: "duisburg.ttl" as an rdflib graph to ask."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import rdflib

from kg.errors import FormatError
from kg.ontology import prefixes
from kg.query import new_graph
from kg.wording import one_line

# Formats that rdflib reads into a set of graphs alone.
_DATASETS = ("json-ld", "n3", "nquads", "trig")

# rdflib logs a line for each literal whose value it cannot make sense of ("2018-02-30"^^xsd:date); it keeps them.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)


def parse(path: Path, format: str) -> rdflib.Graph:
    """Parse a file into one graph; prefixes that it leaves free are ours."""
    whole = rdflib.Dataset() if format in _DATASETS else new_graph()
    try:
        # rdflib's parsers call what rdflib has deprecated; that is no news for our users.
        with path.open("rb") as stream, warnings.catch_warnings(action="ignore", category=DeprecationWarning):
            whole.parse(stream, format=format, publicID=path.absolute().as_uri())
    except OSError as error:
        raise FormatError(f"{path}: cannot be read ({error.strerror or error}); check the name") from error
    except Exception as error:  # each of rdflib's parsers raises what it likes
        raise FormatError(f"{path}: not valid {format} ({one_line(str(error))[:150]}); check the file") from error
    if format in _DATASETS:
        whole = _merged(whole)
    bound = {prefix for prefix, _ in whole.namespaces()}
    for prefix, namespace in prefixes().items():
        if prefix not in bound:
            whole.bind(prefix, namespace, override=False)
    return whole


def quads(path: Path) -> Iterator[pyoxigraph.Quad]:
    """Yield the triples of a file with their graphs; much faster than `parse`, and without prefixes."""
    try:
        path.open("rb").close()  # Python's words for what is wrong with a file are the better ones
        format = pyoxigraph.RdfFormat.from_extension(path.suffix.lower().removeprefix("."))
        yield from pyoxigraph.parse(path=path, format=format, base_iri=path.absolute().as_uri())
    except OSError as error:
        raise FormatError(f"{path}: cannot be read ({error.strerror or error}); check the name") from error
    except SyntaxError as error:
        raise FormatError(f"{path}: not valid RDF ({one_line(str(error))[:150]}); check the file") from error


def _merged(dataset: rdflib.Dataset) -> rdflib.Graph:
    """All triples of a dataset, whatever graph they are in."""
    merged = new_graph()
    for prefix, namespace in dataset.namespaces():
        merged.bind(prefix, namespace)
    for triple in sorted({quad[:3] for quad in dataset.quads()}, key=lambda triple: [term.n3() for term in triple]):
        merged.add(triple)
    return merged
