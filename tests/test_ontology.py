"""The vocabulary: complete, in two languages, in step with the tables of the extractor, and honest about others' terms."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import pytest
import rdflib
from handing_over import handing_over
from rdflib import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, XSD

from kg.errors import FormatError
from kg.ontology import CLASSES, ROLE_LABELS, ROLE_PROPERTIES, TYPE_LABELS, kinds, prefixes, relations
from kg.ontology.terms import ONTOLOGY, base_of, core, document, terms
from kg.ontology.verb_classes import verb_classes
from kg.rdf import LEVELS, statements
from kg.rdf.terms import Iris
from kg.records import ROLES

# The vocabularies as rdflib ships them. schema.org's terms it has under another scheme than ours: the site's own answer
# to "http or https" is that both are fine, https preferred.
VOCABULARIES = {"dcterms": DCTERMS, "foaf": FOAF, "org": ORG, "owl": OWL, "prov": PROV, "rdf": RDF, "rdfs": RDFS}
VOCABULARIES |= {"schema": SDO, "sh": SH, "skos": SKOS, "xsd": XSD}

# What rdflib has no copy of: the Web Annotation Vocabulary, W3C Recommendation of 23 February 2017, sections 2 and 3
# (https://www.w3.org/TR/annotation-vocab/), as far as we use it.
WEB_ANNOTATION = set(
    """Annotation SpecificResource TextPositionSelector TextQuoteSelector describing end exact hasBody hasSelector
    hasSource hasTarget identifying motivatedBy prefix start suffix""".split()
)

# What came into a vocabulary after rdflib's copy was made: https://schema.org/PoliticalParty, a kind of Organization.
NEWER = {"schema:PoliticalParty"}


def exists(prefix: str, local: str) -> bool:
    """Whether a vocabulary of others has a term; the members of containers (rdf:_1) are without number."""
    if prefix == "oa":
        return local in WEB_ANNOTATION
    if prefix == "rdf" and re.fullmatch(r"_[1-9]\d*", local):
        return True
    return local in VOCABULARIES[prefix] or f"{prefix}:{local}" in NEWER


def foreign(graph: rdflib.Graph) -> set[tuple[str, str]]:
    """The terms of others' vocabularies in a graph, as (prefix, local name)."""
    spaces = {namespace: prefix for prefix, namespace in prefixes().items() if not prefix.startswith("kg")}
    spaces[str(SH)] = "sh"
    found = {str(term) for triple in graph for term in triple if isinstance(term, rdflib.URIRef)}
    found |= {str(term.datatype) for term in graph.objects() if isinstance(term, rdflib.Literal) and term.datatype}
    cut = [(iri, max(iri.rfind("#"), iri.rfind("/")) + 1) for iri in found]
    return {(spaces[iri[:at]], iri[at:]) for iri, at in cut if iri[:at] in spaces and iri[at:]}


@pytest.fixture(scope="module")
def vocabulary() -> rdflib.Graph:
    return rdflib.Graph().parse(data=document("kg.ttl"), format="turtle")


@pytest.mark.parametrize("name", ["kg.ttl", "shapes.ttl"])
def test_every_foreign_term_of_our_files_exists(name):
    used = foreign(rdflib.Graph().parse(data=document(name), format="turtle"))
    assert len(used) > 20
    assert [term for term in sorted(used) if not exists(*term)] == []


@pytest.mark.parametrize("level", LEVELS)
def test_every_foreign_term_of_an_output_exists(small_graph, level):
    used = foreign(small_graph.to_rdflib(level)) | foreign(handing_over().to_rdflib(level))
    assert len(used) > 10
    assert [term for term in sorted(used) if not exists(*term)] == []


def test_every_foreign_term_of_the_tables_exists():
    """Also those that no test graph uses."""
    used = {tuple(iri.split(":")) for iri in terms() if not iri.startswith("kg:")}
    assert len(used) > 30
    assert [term for term in sorted(used) if not exists(*term)] == []


def test_the_check_of_foreign_terms_can_fail():
    assert exists("org", "Membership")
    assert exists("schema", "jobTitle")
    assert not exists("org", "Mitgliedschaft")
    assert not exists("schema", "jobtitle")


@pytest.fixture(scope="module")
def described(vocabulary) -> set[str]:
    """The terms that kg.ttl describes, compact."""
    ours = prefixes()["kg"]
    return {f"kg:{iri.removeprefix(ours)}" for iri in vocabulary.subjects() if iri.startswith(ours)}


def test_all_that_the_tables_mint_is_described(described):
    """A relation or kind of its own that is new in a table has to be described in kg.ttl too."""
    used = {relation.iri for relation in relations()} | {kind.class_ for kind in kinds().values()} | set(verb_classes())
    assert {iri for iri in used | set(CLASSES.values()) if iri.startswith("kg:")} - described == set()


@pytest.mark.parametrize("level", LEVELS)
def test_all_that_an_output_mints_is_described(small_graph, described, level):
    ours = Iris(small_graph.base_iri)(ONTOLOGY).value
    used = {term.value for g in (small_graph, handing_over()) for said in statements(g, level) for term in said}
    assert {f"kg:{iri.removeprefix(ours)}" for iri in used if iri.startswith(ours)} - described == set()


def test_labels_are_those_of_the_tables():
    """kg.ttl is for people, the tables are for the extractor; what both say is the same."""
    for relation in relations():
        assert (terms()[relation.iri].de, terms()[relation.iri].en) == (relation.de, relation.en), relation.iri
    for class_ in verb_classes().values():
        assert (terms()[class_.iri].de, terms()[class_.iri].en) == (class_.de, class_.en), class_.iri
    for kind in kinds().values():
        assert (terms()[kind.class_].de, terms()[kind.class_].en) == (kind.de, kind.en), kind.class_
    for type_, class_ in CLASSES.items():
        assert (terms()[class_].de, terms()[class_].en) == TYPE_LABELS[type_], type_


def test_every_role_has_a_property_of_its_own():
    assert list(ROLE_PROPERTIES) == list(ROLES)
    assert len(set(ROLE_PROPERTIES.values())) == len(ROLES)
    assert all(terms()[iri].kind == "rdf:Property" for iri in ROLE_PROPERTIES.values())
    assert {iri for iri in ROLE_PROPERTIES.values() if not iri.startswith("kg:")} == set(ROLE_LABELS)
    assert not {relation.iri for relation in relations()} & set(ROLE_PROPERTIES.values()) - {"schema:location"}


def test_everything_has_label_and_comment_in_two_languages(vocabulary):
    for term in set(vocabulary.subjects(RDF.type)):
        for predicate in (RDFS.label, RDFS.comment):
            assert sorted(text.language for text in vocabulary.objects(term, predicate)) == ["de", "en"], term


def test_the_vocabulary_hangs_together(vocabulary):
    """Each class of ours lies below one of others', and nothing leads to a term of ours that there is not."""
    ours = prefixes()["kg"]
    classes = set(vocabulary.subjects(RDF.type, RDFS.Class))
    above = {c: set(vocabulary.transitive_objects(c, RDFS.subClassOf)) for c in classes}
    assert [c for c in classes if all(str(up).startswith(ours) for up in above[c])] == []
    linked = {term for triple in vocabulary for term in triple if str(term).startswith(ours)}
    assert linked == set(vocabulary.subjects(RDF.type))


def test_core_terms_are_neither_relations_nor_kinds():
    assert {"kg:Fact", "kg:polarity", "kg:cue"} <= set(core())
    assert not {"kg:signed", "kg:Agreement", "kg:District", "kg:Attack", "kg:"} & set(core())


def test_files_move_with_the_base_iri():
    assert "https://kg.example/" not in document("shapes.ttl", "https://example.org/")
    assert "<https://example.org/ontology#>" in document("kg.ttl", "https://example.org/")


def test_a_graph_tells_its_base_by_its_ontology():
    assert (
        base_of(["https://example.org/other", "https://example.org/g/ontology#"], "a.ttl") == "https://example.org/g/"
    )
    with pytest.raises(FormatError, match=r"^a\.ttl: not written by kg"):
        base_of([], "a.ttl")


def test_the_context_of_jsonld_names_terms_that_there_are():
    context = json.loads(files("kg.ontology").joinpath("context.json").read_text(encoding="utf-8"))
    iris = [said if isinstance(said, str) else said["@id"] for said in context.values()]
    compact = [iri for iri in iris if ":" in iri]
    assert len(compact) == len(set(compact))
    for iri in compact:
        prefix, local = iri.split(":")
        assert iri in terms() if prefix == "kg" else exists(prefix, local), iri
    assert {iri for iri in core() if iri[3].islower()} <= set(compact)
