"""The table of formats: ".ttl" is Turtle, which `triples/turtle.py` writes and which has triple terms of RDF 1.2.

A new format is a row here and the module that it names. What has to know suffixes asks this table: the writers and
readers, the help of the commands, the messages that list them, and the look at a file that is to be written again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

_XML = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_GRAPHML = _XML + b'<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n<key id="%s.label" for="node" '
_GEXF = (
    _XML + b'<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
    b"<meta><creator>kg</creator></meta>\n"
)
_PAGE = b'<!DOCTYPE html>\n<html lang="de">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Secur'
_TURTLE = b'\nkg: a owl:Ontology ;\n    rdfs:label "Vokabular von kg"@de,\n'
_TRIPLE = b'/ontology#> <http://www.w3.org/2000/01/rdf-schema#label> "Vokabular von kg"@de .\n'
_JSONLD = b'"type": "owl:Ontology",\n    "label": [\n      "Vokabular von kg",\n'
_RDFXML = b'/ontology#">\n\t\t<rdfs:label xml:lang="de">Vokabular von kg</rdfs:label>\n'


class Format(NamedTuple):
    """What there is to know of a format. One that nobody but kg writes needs neither `begins` nor `declares`, but a
    function `is_record` in its module, which knows one of its lines."""

    writer: str = ""
    """The module of this package that writes it, imported when needed; "" for one that is read alone."""
    rdf: str = ""
    """The name of an RDF format to rdflib; "" for what is no RDF, and is written alone."""
    rdf12: bool = False
    """Whether it has triple terms, of RDF 1.2."""
    draws: bool = False
    """Whether it shows a network: then `write` takes `concepts` and `most`, which say how much of it."""
    most: int | None = None
    """How many entities it shows unless one says otherwise, None for all there are."""
    pairs: bool = False
    """Whether it holds a network without facts: then its module has `write_elements`, see kg.formats.cooccurrence."""
    begins: tuple[bytes, ...] = ()
    """How such a file of kg's begins, or began in an earlier version."""
    declares: bytes = b""
    """How kg declares its vocabulary there. Others may use its prefixes; all RDF of kg's has this somewhere."""


FORMATS: Mapping[str, Format] = {
    ".ttl": Format("triples.turtle", rdf="turtle", rdf12=True, declares=_TURTLE),
    ".trig": Format("triples.trig", rdf="trig", rdf12=True, declares=_TURTLE),
    ".nt": Format("triples.ntriples", rdf="nt", rdf12=True, declares=_TRIPLE),
    ".nq": Format("triples.nquads", rdf="nquads", rdf12=True, declares=_TRIPLE),
    ".jsonld": Format("triples.jsonld", rdf="json-ld", declares=_JSONLD),
    ".rdf": Format("triples.rdfxml", rdf="xml", declares=_RDFXML),
    ".n3": Format(rdf="n3"),
    ".graphml": Format("network.graphml", draws=True, pairs=True, begins=(_GRAPHML % b"n", _GRAPHML % b"node")),
    ".gexf": Format("network.gexf", draws=True, most=10_000, pairs=True, begins=(_GEXF,)),
    ".html": Format("html", draws=True, most=2_000, begins=(_PAGE,)),
    ".jsonl": Format("jsonl"),
}
"""Suffix → its format, in the order in which the help tells them."""

WRITERS: Mapping[str, str] = {suffix: form.writer for suffix, form in FORMATS.items() if form.writer}
"""Suffix → the module that writes it."""
READERS: Mapping[str, str] = {suffix: form.rdf for suffix, form in FORMATS.items() if form.rdf}
"""Suffix of an RDF file → the name of its format."""
RDF12 = tuple(suffix for suffix, form in FORMATS.items() if form.rdf12)
"""The formats that have triple terms."""
DRAWINGS = tuple(suffix for suffix, form in FORMATS.items() if form.draws)
"""The formats that show a network: of these `concepts`, one of `kg.records.DRAWN`, and `most` say how much of it."""
NETWORKS = tuple(suffix for suffix, form in FORMATS.items() if form.pairs)
"""The formats for a network without facts."""


def or_list(suffixes: Iterable[str]) -> str:
    """The suffixes as one says them.

    >>> or_list([".ttl", ".nt", ".kg"])
    '.kg, .nt or .ttl'
    """
    *most, last = sorted(suffixes)
    return f"{', '.join(most)} or {last}" if most else last


def told_formats() -> str:
    """All formats that are written, as the help of a command tells them."""
    rdf = " ".join(suffix for suffix in WRITERS if suffix in READERS)
    others = (suffix for suffix in WRITERS if suffix not in READERS)
    return ", ".join((f"RDF ({rdf})", *others, "or a folder/ of CSV tables"))
