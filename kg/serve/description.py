"""What the endpoint says of itself, in the words of SPARQL 1.1 Service Description: formats, `kg:matches`, triples."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from kg.ontology import expand
from kg.rdf.sparql.results import turtle, written
from kg.serve.pages import Site
from kg.serve.workers.worker import GRAPH_FORMATS

_SPACES = {
    "format": "http://www.w3.org/ns/formats/",
    "rdf": expand("rdf:"),
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "void": "http://rdfs.org/ns/void#",
}

# As in https://www.w3.org/ns/formats/.
_FORMATS = (
    "SPARQL_Results_CSV", "SPARQL_Results_JSON", "SPARQL_Results_TSV", "SPARQL_Results_XML",
    "JSON-LD", "N-Triples", "RDF_XML", "Turtle",
)  # fmt: skip


def describe_service(site: Site, endpoint: str, type: str) -> bytes:
    """The description of the endpoint at that address, in a media type of `worker.GRAPH_FORMATS`."""
    triples = list(_triples(site, endpoint))
    spaces = _SPACES | {"kg": site.prefixes["kg"]}
    if GRAPH_FORMATS[type] == RdfFormat.TURTLE:
        return turtle(triples, spaces).encode()
    return written(pyoxigraph.serialize(triples, format=GRAPH_FORMATS[type], prefixes=spaces))


def _triples(site: Site, endpoint: str) -> Iterator[Triple]:
    service, dataset, graph = (NamedNode(f"{endpoint}#{name}") for name in ("service", "dataset", "graph"))
    yield Triple(service, _term("rdf:type"), _term("sd:Service"))
    yield Triple(service, _term("sd:endpoint"), NamedNode(endpoint))
    yield Triple(service, _term("sd:supportedLanguage"), _term("sd:SPARQL11Query"))
    for name in _FORMATS:
        yield Triple(service, _term("sd:resultFormat"), _term(f"format:{name}"))
    yield Triple(service, _term("sd:extensionFunction"), NamedNode(site.prefixes["kg"] + "matches"))
    yield Triple(service, _term("sd:defaultDataset"), dataset)
    yield Triple(dataset, _term("rdf:type"), _term("sd:Dataset"))
    yield Triple(dataset, _term("sd:defaultGraph"), graph)
    yield Triple(graph, _term("rdf:type"), _term("sd:Graph"))
    yield Triple(graph, _term("void:triples"), Literal(site.triples))


def _term(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(_SPACES[prefix] + local)
