"""Terms that a query names and the graph does not have are told, with those that are near."""

from __future__ import annotations

import time

import pyoxigraph
import pytest

from kg.ontology import prefixes
from kg.rdf.sparql.dataset import Dataset, dataset_of
from kg.rdf.sparql.unknown_terms import line, unknown_terms


@pytest.fixture(scope="module")
def dataset(small_graph):
    return dataset_of(small_graph)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT * { ?f kg:polartiy ?p }", {"kg:polartiy": ["kg:polarity"]}),
        ("SELECT * { ?x a schema:Persno }", {"schema:Persno": ["schema:Person"]}),
        ("SELECT * { kge:Soren_Link ?p ?o }", {"kge:Soren_Link": ["kge:Sören_Link"]}),
        ("SELECT * { ?x kg:label ?l }", {"kg:label": ["rdfs:label"]}),
        ("SELECT * { ?x schema:naem ?l }", {"schema:naem": []}),
        ("PREFIX s: <https://schema.org/> ASK { ?x a s:Persno }", {"s:Persno": ["schema:Person"]}),
        ("ASK { ?a org:hedaOf/rdfs:labell ?b.}", {"org:hedaOf": ["org:headOf"], "rdfs:labell": ["rdfs:label"]}),
        ("ASK { { ?a kg:polartiy ?b } UNION { ?b kg:polartiy ?a } }", {"kg:polartiy": ["kg:polarity"]}),
        ("CONSTRUCT { ?a kg:neu ?b } WHERE { ?a org:hedaOf ?b }", {"org:hedaOf": ["org:headOf"]}),
        ("DESCRIBE kge:Duisbrug", {"kge:Duisbrug": ["kge:Duisburg"]}),
        # What the graph has, what is no node of it, and what may be meant for another graph.
        ("SELECT * { ?x org:headOf kge:Huawei ; a rdf:Statement, kg:Fact . kgp:beliefern rdfs:label 'kg:x' }", {}),
        ("ASK { ?f kg:validFrom '2018'^^xsd:gYaer FILTER(kg:matches(?f, 'x')) } # kg:polartiy", {}),
        ("PREFIX ex: <urn:ex#> PREFIX kg: <urn:kg#> ASK { ?x ex:a <urn:b> ; kg:polartiy kge: }", {}),
        (r"ASK { kge:A\'B ?p ?o }", {r"kge:A\'B": []}),
    ],
)
def test_terms_that_the_graph_does_not_have(dataset, query, told):
    dataset.store.query(query, prefixes=dict(dataset.prefixes), custom_functions={
        pyoxigraph.NamedNode("https://kg.example/ontology#matches"): lambda *_: None,
    })  # fmt: skip
    assert {unknown.term: list(unknown.near) for unknown in unknown_terms(dataset, query)[0]} == told


def test_graphs_are_terms_too():
    store = pyoxigraph.Store()
    graph = pyoxigraph.NamedNode("https://kg.example/document/brief")
    store.add(pyoxigraph.Quad(graph, pyoxigraph.NamedNode("urn:p"), graph, graph))
    assert unknown_terms(Dataset(store, prefixes()), "ASK { GRAPH kgd:brief { ?x ?y 1 } }") == ([], 0)


def test_the_three_nearest_are_named(dataset):
    [unknown], _ = unknown_terms(dataset, "ASK { ?f kg:valid ?x }")
    assert line(unknown) == "the graph has no kg:valid; nothing in it is called like that"
    [unknown], _ = unknown_terms(dataset, "ASK { ?f kg:validUntli ?x }")
    assert line(unknown) == "the graph has no kg:validUntli; did you mean kg:validUntil?"


def test_many_terms_are_found_in_one_pass_and_twenty_are_named(dataset):
    """A pass for each would take a minute."""
    store = pyoxigraph.Store()
    store.extend(dataset.store)
    node = pyoxigraph.NamedNode
    store.extend(
        pyoxigraph.Quad(node(f"https://kg.example/entity/E{i}"), node("urn:p"), node("urn:o")) for i in range(14_000)
    )
    query = "ASK { VALUES ?x { " + " ".join(f"kge:fehlt{i}" for i in range(5_500)) + " } ?x ?p ?o }"
    began = time.monotonic()
    named, more = unknown_terms(Dataset(store, prefixes()), query.replace("kge:fehlt0 ", "kge:Duisbrug "))
    assert time.monotonic() - began < 20
    assert ([line(each) for each in named[:2]], len(named), more) == (
        [
            "the graph has no kge:Duisbrug; did you mean kge:Duisburg?",
            "the graph has no kge:fehlt1; nothing in it is called like that",
        ],
        20,
        5_480,
    )


def test_long_names_are_shown_in_part(dataset):
    named, _ = unknown_terms(dataset, f"ASK {{ kge:{'x' * 100_000} ?p ?o }}")
    assert [len(line(each)) < 300 for each in named] == [True]
