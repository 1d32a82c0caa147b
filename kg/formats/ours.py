"""What kg wrote may be written again; a file of somebody else's is not replaced: `kg export a.kg texte/mai.jsonl`.

A store does not tell where its texts lie, and a text may end in .html or .jsonl as an output does; a file for Gephi may
be one that Gephi saved. So the file that is there is looked at: what kg writes first, or always, tells whose it is.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import BinaryIO

from kg.errors import FormatError

_XML = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_GRAPHML = _XML + b'<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n<key id="%s.label" for="node" '
_GEXF = b'<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
_PAGE = b'<!DOCTYPE html>\n<html lang="de">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Secur'
_BEGINNINGS: Mapping[str, tuple[bytes, ...]] = {
    ".gexf": (_XML + _GEXF + b"<meta><creator>kg</creator></meta>\n",),
    ".graphml": (_GRAPHML % b"n", _GRAPHML % b"node"),
    ".html": (_PAGE,),
}
"""Suffix → how such a file of kg's begins, or began in an earlier version."""

_TURTLE = b'\nkg: a owl:Ontology ;\n    rdfs:label "Vokabular von kg"@de,\n'
_TRIPLE = b'/ontology#> <http://www.w3.org/2000/01/rdf-schema#label> "Vokabular von kg"@de .\n'
_DECLARED: Mapping[str, bytes] = {
    ".jsonld": b'"type": "owl:Ontology",\n    "label": [\n      "Vokabular von kg",\n',
    ".nq": _TRIPLE,
    ".nt": _TRIPLE,
    ".rdf": b'/ontology#">\n\t\t<rdfs:label xml:lang="de">Vokabular von kg</rdfs:label>\n',
    ".trig": _TURTLE,
    ".ttl": _TURTLE,
}
"""Suffix → how kg declares its vocabulary there. Others may use its prefixes; all RDF of kg's has this somewhere."""

_AT_ONCE = 1 << 20
_LONGEST_RECORD = 64 << 20  # an entity stands in one line with all its mentions


def check_ours(path: str | os.PathLike[str], kind: str) -> None:
    """Raise FormatError for a file at `path` that kg did not write as this `kind`, a suffix or the name of a table.

    An empty file is let through, and a .kg one, which the store looks at itself; another database never is.
    """
    try:
        with open(path, "rb") as stream:
            begun = stream.read(1000)
            stream.seek(0)
            ours = _is_empty(begun) or kind == ".kg" or _is_ours(stream, kind)
    except FileNotFoundError:
        return
    except OSError as error:
        raise FormatError(f"{path}: is there and cannot be read ({error.strerror}); name another file") from error
    if begun.startswith(b"SQLite format 3") and kind != ".kg":
        raise FormatError(f"{path}: is a store or another database; name another file")
    if not ours:
        raise FormatError(f"{path}: is there and was not written by kg; name another file, or remove it")


def _is_empty(begun: bytes) -> bool:
    return not begun.strip() and len(begun) < 1000


def _is_ours(stream: BinaryIO, kind: str) -> bool:
    if kind in _DECLARED:
        return _holds(stream, _DECLARED[kind])
    if kind in _BEGINNINGS:
        return stream.read(1000).startswith(_BEGINNINGS[kind])
    if kind == ".jsonl":
        from kg.formats.jsonl import is_record

        return is_record(stream.readline(_LONGEST_RECORD))
    from kg.formats import cooccurrence, tables

    headers = [known.HEADERS[kind] for known in (tables, cooccurrence) if kind in known.HEADERS]
    return stream.read(1000).startswith(tuple(f"{','.join(header)}\n".encode() for header in headers))


def _holds(stream: BinaryIO, sign: bytes) -> bool:
    """Whether some bytes are anywhere in a file, however long it is."""
    read = b""
    while chunk := stream.read(_AT_ONCE):
        read = read[-len(sign) :] + chunk
        if sign in read:
            return True
    return False
