"""RDF files of others, and our own again: "duisburg.ttl" as triples, or as an rdflib graph to ask.

pyoxigraph parses all of them; it is fast, strict, and follows no link to a context or import elsewhere.
"""

from __future__ import annotations

import logging
import mmap
import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import pyoxigraph

from kg.errors import FormatError
from kg.formats.triples.nesting import check_nesting
from kg.ontology import prefixes
from kg.ontology.terms import told_base
from kg.system.memory import shortage
from kg.system.text import one_line

if TYPE_CHECKING:
    import rdflib

# rdflib logs a line for each literal whose value it cannot make sense of ("2018-02-30"^^xsd:date); it keeps them.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)

# An entity of XML that stands for a namespace, as Protégé and others write them: <!ENTITY foaf "http://xmlns.com/foaf/">.
_ENTITY = re.compile(rb"<!ENTITY([^<]*)")
_PLAIN = re.compile(rb"""\s+[^\s"'&%]+\s+("[^"&]{0,200}"|'[^'&]{0,200}')\s*>.*""", re.DOTALL)

# rdflib takes time by the square of the prefixes that it knows. Of more, the IRIs stay whole.
_MOST_PREFIXES = 1_000


def parse_rdf(path: Path, format: str) -> rdflib.Graph:
    """Parse a file into one graph; prefixes that it leaves free are ours.

    Raises FormatError as `quads` does, and for triple terms of RDF 1.2, which rdflib does not have.
    """
    from rdflib import OWL, RDF

    from kg.rdf.rdflib_terms import new_graph, triple_for_rdflib

    found = new_graph({})
    known: dict[pyoxigraph.NamedNode, rdflib.URIRef] = {}
    with _parser(path, format) as parser:
        for quad in parser:
            if isinstance(quad.object, pyoxigraph.Triple):
                raise FormatError(f"{path}: has triple terms of RDF 1.2, which cannot be read here; "
                                  "write it without --rdf12")  # fmt: skip
            found.add(triple_for_rdflib(quad.triple, known))
        declared = dict(sorted(parser.prefixes.items()))
    ontologies = map(str, found.subjects(RDF.type, OWL.Ontology))
    known_prefixes = prefixes(told_base(declared, ontologies)) | declared
    for prefix, namespace in islice(known_prefixes.items(), _MOST_PREFIXES):
        found.bind(prefix, namespace, override=False)
    return found


def quads(path: Path, format: str) -> Iterator[pyoxigraph.Quad]:
    """Yield the triples of a file with their graphs; much faster than `parse_rdf`, and without prefixes.

    Raises FormatError for a file that is missing or is no RDF of its format.
    """
    with _parser(path, format) as parser:
        yield from parser


@contextmanager
def rdf_file(path: Path, format: str) -> Iterator[tuple[pyoxigraph.RdfFormat, str]]:
    """The format and the base IRI to read a file with; what goes wrong in the block is a FormatError of one line."""
    try:
        form = pyoxigraph.RdfFormat.from_extension(path.suffix.lower().removeprefix("."))
        assert form is not None  # it knows all suffixes of `formats.suffixes.READERS`
        if form == pyoxigraph.RdfFormat.RDF_XML:
            _check_entities(path)
        check_nesting(path, form)
        yield form, path.absolute().as_uri()
    except OSError as error:
        told = shortage(error) or f"cannot be read ({error.strerror or error}); check the name"
        raise FormatError(f"{path}: {told}") from error
    except MemoryError as error:
        raise FormatError(f"{path}: a text or name in it is too long to be read ({one_line(str(error))}); shorten it, "
                          "or write the file as .rdf") from error  # fmt: skip
    except (SyntaxError, ValueError) as error:
        # A SyntaxError as text repeats its line behind the message.
        reason = one_line(str(error.msg if isinstance(error, SyntaxError) else error))[:150]
        raise FormatError(f"{path}: not valid {format} ({reason}); check the file") from error


def _check_entities(path: Path) -> None:
    """Raise FormatError for a file that declares entities made of others, or long ones: few bytes become gigabytes.

    pyoxigraph replaces them wherever they are declared, and however long the text becomes.
    """
    if not path.stat().st_size:
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if not all(_PLAIN.fullmatch(declared[1]) for declared in _ENTITY.finditer(content)):
            raise FormatError(f"{path}: declares entities of XML that are no plain namespaces, and may grow without "
                              "end; write it without <!ENTITY>, or as .ttl")  # fmt: skip


@contextmanager
def _parser(path: Path, format: str) -> Iterator[pyoxigraph.QuadParser]:
    # Python's words for what is wrong with a file are the better ones.
    with rdf_file(path, format) as (form, base_iri), path.open("rb") as stream:
        source: Any = {"input": stream} if skip_mark(stream) else {"path": path}  # a path is read faster
        yield pyoxigraph.parse(**source, format=form, base_iri=base_iri)


def skip_mark(stream: BinaryIO) -> bool:
    """Byte order mark: leave behind what editors of Windows begin UTF-8 with, and say whether it was there."""
    marked = stream.read(len(BOM_UTF8)) == BOM_UTF8
    stream.seek(len(BOM_UTF8) if marked else 0)
    return marked
