"""Triples to ask, from a graph, a store or any RDF file."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph
import pytest
from serving import keep

from kg.formats.datasets import read_dataset
from kg.formats.suffixes import READERS, WRITERS
from kg.opening import open_dataset
from kg.rdf.sparql.dataset import dataset_of
from kg.rdf.sparql.query import evaluate


def triples(dataset):
    return {(q.subject, q.predicate, q.object) for q in dataset.store.quads_for_pattern(None, None, None, None)}


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_reads_every_rdf_format(tmp_path, small_graph, suffix):
    path = tmp_path / f"a b#{suffix}"
    whole = dataset_of(small_graph)
    format = pyoxigraph.RdfFormat.from_extension(suffix[1:])
    pyoxigraph.serialize((quad.triple for quad in whole.store), str(path), format, prefixes={"kge": "urn:other:"})
    found = read_dataset(path)
    assert triples(found) == triples(whole)
    told = suffix in (".n3", ".trig", ".ttl", ".rdf")
    assert found.prefixes["kge"] == ("urn:other:" if told else "https://kg.example/entity/")


def test_named_graphs_are_part_of_the_whole_too(tmp_path):
    (tmp_path / "a.trig").write_text(
        "@prefix : <http://a/> . :s :p 1 . :g { :s :p 1 , 2 } :h { :s :p 2 }", encoding="utf-8"
    )
    dataset = open_dataset(tmp_path / "a.trig")
    assert len(evaluate(dataset, "SELECT * { ?s ?p ?o }").rows) == 2
    assert len(evaluate(dataset, "SELECT * { GRAPH ?g { ?s ?p ?o } }").rows) == 3
    assert len(evaluate(dataset, "SELECT * FROM :h { ?s ?p ?o }").rows) == 1


@pytest.mark.parametrize("suffix", sorted(READERS.keys() & WRITERS.keys()))
def test_a_file_without_prefixes_tells_its_base_too(tmp_path, small_graph, suffix):
    replace(small_graph, base_iri="http://x/y/").write(tmp_path / f"a{suffix}")
    found = open_dataset(tmp_path / f"a{suffix}")
    assert found.base_iri == "http://x/y/"
    assert len(evaluate(found, "SELECT * { ?fact a kg:Fact }").rows) == len(small_graph.facts)


def test_the_base_is_told_by_the_file_or_the_caller(tmp_path, small_graph, small_extractions):
    (tmp_path / "a.ttl").write_text("@prefix kg: <http://x/y/ontology#> . kg:a kg:b kg:c .", encoding="utf-8")
    found = open_dataset(tmp_path / "a.ttl")
    assert (found.base_iri, found.prefixes["kge"]) == ("http://x/y/", "http://x/y/entity/")
    assert open_dataset(tmp_path / "a.ttl", "http://z/").base_iri == "http://z/"
    keep(tmp_path / "a.kg", small_extractions)
    ask = "ASK { <http://z/entity/Sören_Link> rdfs:label 'Sören Link'@de }"
    assert evaluate(open_dataset(tmp_path / "a.kg", "http://z/"), ask)
    assert not evaluate(open_dataset(tmp_path / "a.kg"), ask)
