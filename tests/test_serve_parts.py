"""The parts of `kg serve` on their own: one answer of a worker, and what the application adds to it."""

from __future__ import annotations

import asyncio
import re

import httpx
import pyoxigraph
import pytest

from kg.dataset import Dataset, dataset_of
from kg.ontology import prefixes
from kg.serve.app import make_app
from kg.serve.pages import Site, entity_page, facts_query, properties_query
from kg.serve.worker import Task, answer, open_folder, write_folder
from kg.serve.workers import Workers


@pytest.fixture(scope="module")
def many():
    """Ten thousand triples, more than pyoxigraph writes at once."""
    store = pyoxigraph.Store()
    number = pyoxigraph.NamedNode("urn:number")
    store.extend(
        pyoxigraph.Quad(pyoxigraph.NamedNode(f"urn:{n}"), number, pyoxigraph.Literal(f"{n}\n\t„ä“" * 20))
        for n in range(10_000)
    )
    return Dataset(store, prefixes())


@pytest.mark.parametrize(
    ("query", "limit", "lines", "cut"),
    [
        ("SELECT ?o { ?s ?p ?o }", 1, 1, True),
        ("SELECT ?o { ?s ?p ?o }", 999, 999, True),
        ("SELECT ?o { ?s ?p ?o }", 9_999, 9_999, True),
        ("SELECT ?o { ?s ?p ?o }", 10_000, 10_000, False),
        ("SELECT ?o { ?s ?p ?o . ?a ?b ?c }", 5_000, 5_000, True),
        ("SELECT ?x { VALUES ?x { UNDEF UNDEF } }", 1, 1, True),
        ("SELECT ?x { VALUES ?x { UNDEF UNDEF } }", 2, 2, False),
        ("SELECT ?x { ?x a ?y }", 1, 0, False),
    ],
)
def test_rows_are_cut_at_the_limit(many, query, limit, lines, cut):
    reply, body = answer(many, Task(query, "application/sparql-results+json", limit=limit))
    rows = list(pyoxigraph.parse_query_results(body, format=pyoxigraph.QueryResultsFormat.JSON))
    assert (reply.status, reply.cut, reply.empty, len(rows)) == (200, cut, lines == 0, lines)
    if "?o" in query:
        assert all("\n\t„ä“" in row["o"].value for row in rows)


def test_columns_stand_as_the_query_names_them(small_graph):
    for query in ("SELECT * { ?wer ?wie ?wen }", "SELECT DISTINCT * { ?wer ?wie ?wen }", "SELECT ?wer ?wie ?wen {}"):
        _, body = answer(dataset_of(small_graph), Task(query, "text/tab-separated-values"))
        assert body.partition(b"\n")[0] == b"?wer\t?wie\t?wen"


def test_a_worker_holds_what_the_server_read(tmp_path, small_graph):
    dataset = dataset_of(small_graph)
    write_folder(dataset, tmp_path)
    found = open_folder(tmp_path)
    assert set(found.store) == set(dataset.store)
    assert (found.prefixes, found.base_iri) == (dataset.prefixes, dataset.base_iri)


@pytest.mark.parametrize("explorer", [None, lambda: "<h1>Der Graph</h1>"])
def test_an_explorer_is_served_where_there_is_one(tmp_path, small_graph, explorer):
    dataset = dataset_of(small_graph)
    write_folder(dataset, tmp_path)
    said = []
    app = make_app(
        Site.of(dataset, 10), Workers(tmp_path, 5, 1), explorer,
        ready=lambda: said.append("ready"), done=lambda: said.append("done"),
    )  # fmt: skip

    async def visit() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app)
        async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport) as client:
            return [await client.get(f"http://here{path}") for path in ("/", "/explorer", "/sparql?query=ASK%7B%7D")]

    page, drawn, answer_ = asyncio.run(visit())
    assert said == ["ready", "done"]
    assert answer_.json()["boolean"]
    assert ('href="explorer"' in page.text) == bool(explorer)
    assert (drawn.status_code, drawn.text) == ((200, "<h1>Der Graph</h1>") if explorer else (404, "Not Found\n"))
    if explorer:
        assert drawn.headers["Content-Security-Policy"] == "frame-ancestors 'none'"
    assert {response.headers["X-Content-Type-Options"] for response in (page, drawn, answer_)} == {"nosniff"}


def test_a_page_leads_to_the_web_and_nowhere_else():
    store = pyoxigraph.Store()
    store.load(
        b"""@prefix kg: <http://a/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        <http://a/entity/X> <javascript:p()> <javascript:o()> ; rdfs:seeAlso <https://x/> .
        <javascript:f()> a kg:Fact ; rdfs:label "Fakt" ; kg:speaker <http://a/entity/X> ; kg:evidence <urn:e> .
        <urn:e> kg:sentence "Satz" ; <http://www.w3.org/ns/prov#wasDerivedFrom> <javascript:d()> .
        <javascript:d()> rdfs:label "Text" .""",
        pyoxigraph.RdfFormat.TURTLE,
    )
    dataset = Dataset(store, prefixes("http://a/"), "http://a/")
    iri = "http://a/entity/X"
    bodies = [answer(dataset, Task(query(iri)))[1] for query in (properties_query, facts_query)]
    html = entity_page(Site.of(dataset, 10), iri, *bodies)
    assert re.findall(r'href="(\w+:[^"]*)"', html)[1:] == ["http://www.w3.org/2000/01/rdf-schema#seeAlso", "https://x/"]
    assert all(text in html for text in ("&lt;javascript:p()&gt;", "&lt;javascript:o()&gt;", "Fakt", "Satz", "Text"))


def test_what_the_query_page_loads(small_graph):
    site = Site.of(dataset_of(small_graph), 10)
    terms = {term["name"]: (term["kind"], term["de"], term["en"]) for term in site.terms}
    assert terms["kg:signed"] == ("property", "hat unterzeichnet", "signed")
    assert terms["kgp:beliefern"] == ("property", "beliefern", "")
    assert terms["schema:Person"] == ("class", "Person", "person")
    assert [term["name"] for term in site.terms if ":" not in term["name"]] == []
