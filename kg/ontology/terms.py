"""The terms of the vocabulary as an output declares them: kg:signed is a property, "hat unterzeichnet", "signed".

What kg mints is described in `kg.ttl`, for people and for any RDF tool; what it takes from others (org:headOf) has its
German label in `relations.toml`, `kinds.toml` and `verb_classes.toml`, what users mint in their own files. Here all are
one table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pyoxigraph

from kg.errors import FormatError
from kg.modalities import TABLE
from kg.ontology import (
    CLASSES,
    DEFAULT_BASE,
    OURS,
    ROLE_LABELS,
    ROLE_PROPERTIES,
    TYPE_LABELS,
    Relation,
    VerbClass,
    Vocabulary,
    expand,
    kinds,
    our_relations,
    prefixes,
)
from kg.ontology.verb_classes import verb_classes
from kg.records import ROLES

CLASS, PROPERTY = "rdfs:Class", "rdf:Property"

ONTOLOGY = "kg:"
"""The vocabulary itself."""

_OWN_ONTOLOGY = expand(ONTOLOGY, "")

_PREFIXES = {namespace: prefix for prefix, namespace in prefixes().items()}
_LINKS = {"rdfs:subClassOf", "rdfs:subPropertyOf", "owl:inverseOf", "skos:closeMatch", "skos:exactMatch"}


@dataclass(frozen=True, slots=True)
class Term:
    """A class, a property or the ontology, with its German and English label.

    `links` leads to other terms by rdfs:subClassOf, rdfs:subPropertyOf, owl:inverseOf or a match of SKOS; all IRIs are
    compact.
    """

    kind: str
    de: str
    en: str
    links: tuple[tuple[str, str], ...] = ()


@cache
def terms(vocabulary: Vocabulary = OURS) -> Mapping[str, Term]:
    """Every term that an output of a graph with that vocabulary may declare, by its IRI, compact where it can be.

    >>> terms()["kg:Fact"].de, terms()["kg:playsFor"].links, terms()["org:headOf"].en
    ('Fakt', (('rdfs:subPropertyOf', 'schema:memberOf'),), 'heads')
    """
    users = {relation.iri: _user_term(relation) for relation in vocabulary.relations}
    users |= {class_.iri: _user_term(class_) for class_ in vocabulary.classes}
    return users | _ours()


def _user_term(term: Relation | VerbClass) -> Term:
    if isinstance(term, Relation):
        return Term(PROPERTY, term.de, term.en)
    return Term(CLASS, term.de, term.en, (("rdfs:subClassOf", term.broader or "schema:Action"),))


@cache
def _ours() -> dict[str, Term]:
    found = {CLASSES[type_]: Term(CLASS, *TYPE_LABELS[type_], _links(CLASSES[type_])) for type_ in CLASSES}
    found |= {kind.class_: Term(CLASS, kind.de, kind.en, _links(kind.class_)) for kind in kinds().values()}
    found |= {iri: Term(PROPERTY, *labels) for iri, labels in ROLE_LABELS.items()}
    found |= {relation.iri: Term(PROPERTY, relation.de, relation.en) for relation in our_relations()}
    found |= {class_.iri: Term(CLASS, class_.de, class_.en, _links(class_.iri)) for class_ in verb_classes().values()}
    return found | _own()


def core() -> tuple[str, ...]:
    """The terms of our own that describe facts, claims and mentions; others are relations, kinds, classes of verbs."""
    known = {relation.iri for relation in our_relations()} | {kind.class_ for kind in kinds().values()}
    return tuple(sorted(_own().keys() - known - verb_classes().keys() - {ONTOLOGY, *CLASSES.values()}))


def document(name: str, base_iri: str = DEFAULT_BASE) -> str:
    """`kg.ttl` or `shapes.ttl` as text, its namespace moved under a base IRI, and in the place of "a modality" and "a
    role" those that there are.
    """
    text = files(__package__).joinpath(name).read_text(encoding="utf-8").replace(DEFAULT_BASE, base_iri)
    for placeholder, values in _placeholders().items() if name == "shapes.ttl" else ():
        text = text.replace(placeholder, values)
    return text


@cache
def _placeholders() -> dict[str, str]:
    """What `shapes.ttl` leaves open → the rows of `TABLE` and `ROLES`, in Turtle and in SPARQL."""
    modalities = [modality.name for modality in TABLE]
    return {
        '"a modality"': " ".join(f'"{name}"' for name in modalities),
        "(a modality)": f"{', '.join(modalities[:-1])} or {modalities[-1]}",
        '("a role" kg:aRole)': " ".join(f'("{role}" {ROLE_PROPERTIES[role]})' for role in ROLES),
        '"a role"': " ".join(f'"{role}"' for role in ROLES),
        "kg:aRole": ", ".join(ROLE_PROPERTIES[role] for role in ROLES),
    }


def ontology_base(ontologies: Iterable[str]) -> str:
    """The base IRI that our vocabulary has among some ontologies, "" where it is none of them.

    >>> ontology_base(["http://www.w3.org/ns/org#", "https://example.org/g/ontology#"])
    'https://example.org/g/'
    """
    found = sorted(iri.removesuffix(_OWN_ONTOLOGY) for iri in ontologies if iri.endswith(f"/{_OWN_ONTOLOGY}"))
    return found[0] if found else ""


def told_base(declared: Mapping[str, str], ontologies: Iterable[str]) -> str:
    """The base IRI of any RDF file: by its prefix for our vocabulary, else by its ontologies, else the default one.

    N-Triples and N-Quads have no prefixes.
    """
    return ontology_base([declared.get("kg", "")]) or ontology_base(ontologies) or DEFAULT_BASE


def base_of(ontologies: Iterable[str], where: str) -> str:
    """The base IRI of a graph, by the ontologies that it declares; kg's own is one of them in all that kg writes.

    Raises FormatError, with `where` as the name of the graph, if there is none.
    """
    if base := ontology_base(ontologies):
        return base
    raise FormatError(f"{where}: not written by kg, whose vocabulary it does not declare; `kg query` asks any RDF file")


@cache
def _own() -> dict[str, Term]:
    """The terms that kg.ttl describes as our own."""
    found = {}
    for name, said in _described().items():
        if name.startswith(ONTOLOGY):
            labels = {label.language: label.value for label in said["rdfs:label"]}
            found[name] = Term(_compact(said["rdf:type"][0]), labels["de"], labels["en"], _links(name))
    return found


def _links(name: str) -> tuple[tuple[str, str], ...]:
    said = _described().get(name, {})
    return tuple(sorted((link, _compact(other)) for link in _LINKS & said.keys() for other in said[link]))


@cache
def _described() -> Mapping[str, Mapping[str, list[Any]]]:
    """What kg.ttl says of each term, by compact predicate: literals behind rdfs:label, IRIs behind most others."""
    about: dict[str, dict[str, list[Any]]] = {}
    for quad in pyoxigraph.parse(document("kg.ttl"), pyoxigraph.RdfFormat.TURTLE):
        node = about.setdefault(_compact(quad.subject), {})
        node.setdefault(_compact(quad.predicate), []).append(quad.object)
    return about


def _compact(iri: pyoxigraph.NamedNode) -> str:
    cut = max(iri.value.rfind("#"), iri.value.rfind("/")) + 1
    return f"{_PREFIXES[iri.value[:cut]]}:{iri.value[cut:]}"
