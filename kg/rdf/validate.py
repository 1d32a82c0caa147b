"""Whether a graph is sound: "RhineCloud setzt keine Komponenten ein" is no plain triple, and every fact has a source.

What sound means stands in `ontology/shapes.ttl` as SHACL, which any processor can check; here pySHACL does, and its
report becomes a line for each node that is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import pyshacl
import rdflib
from rdflib import OWL, RDF, RDFS, SH

from kg.errors import FormatError
from kg.ontology import prefixes
from kg.ontology.terms import base_of, document
from kg.rdf.rdflib_terms import unread
from kg.system.text import one_line

_Given: TypeAlias = Mapping[rdflib.term.Node, rdflib.term.Node]


def violations(found: rdflib.Graph, where: str) -> list[str]:
    """What is wrong with the triples of a graph, a line each, sorted; `where` names it in errors.

    "kgf:8c856aaad5a5 (RhineCloud – …): needs kg:evidence, a kg:Claim of this graph"

    Raises FormatError for triples that are not of kg's making, or that pySHACL cannot cope with.
    """
    base = base_of(map(str, found.subjects(RDF.type, OWL.Ontology)), where)
    shapes = rdflib.Graph().parse(data=document("shapes.ttl", base), format="turtle")
    checked = rdflib.Graph(bind_namespaces="none")  # pySHACL asks for rdflib's own store
    for prefix, namespace in prefixes(base).items():
        checked.bind(prefix, namespace)
    given: dict[rdflib.term.Node, rdflib.term.Node] = {}
    for subject, predicate, object in found:
        copied = unread(object)  # pySHACL makes values of what it reports
        if copied is not object:
            given[copied] = object
        checked.add((subject, predicate, copied))
    try:
        _, report, _ = pyshacl.validate(checked, shacl_graph=shapes, advanced=True, inference="none")
    except RuntimeError as error:  # RecursionError is one: a chain of a thousand classes, each below the next
        raise FormatError(f"{where}: cannot be checked ({one_line(str(error))[:150]}); shorten its chains of "
                          "rdfs:subClassOf, or write it again with kg") from error  # fmt: skip
    return sorted({_line(checked, report, result, given) for result in report.subjects(RDF.type, SH.ValidationResult)})


def _line(checked: rdflib.Graph, report: rdflib.Graph, result: rdflib.term.Node, given: _Given) -> str:
    """What a report says of a node, which the graph calls as `given` has it."""
    node, message = report.value(result, SH.focusNode), report.value(result, SH.resultMessage)
    assert node is not None  # SHACL says of each result what it is about
    label = checked.value(node, RDFS.label)
    name = given.get(node, node).n3(checked.namespace_manager)
    return f"{name} ({label}): {message}" if label else f"{name}: {message}"
