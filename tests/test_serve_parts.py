"""The parts of `kg serve` on their own: one answer of a worker, and what the application adds to it."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from asyncio.subprocess import PIPE

import httpx
import lxml.etree
import pyoxigraph
import pytest
import uvicorn
from uvicorn.protocols.http.h11_impl import RequestResponseCycle

from kg.errors import KgError
from kg.ontology import prefixes
from kg.rdf.sparql.dataset import Dataset, dataset_of
from kg.serve.app import make_app
from kg.serve.entity import LISTS, PAGE, PageRequest, entity_page, list_query, name_query, sentences_query
from kg.serve.http import connection
from kg.serve.pages import Site
from kg.serve.versions import Versions
from kg.serve.workers.children import Child
from kg.serve.workers.worker import Task, open_folder, reply_to, write_triples
from kg.serve.workers.workers import Workers


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
    reply, body = reply_to(many, Task(query, "application/sparql-results+json", limit=limit))
    rows = list(pyoxigraph.parse_query_results(body, format=pyoxigraph.QueryResultsFormat.JSON))
    assert (reply.status, reply.cut, reply.empty, len(rows)) == (200, cut, lines == 0, lines)
    if "?o" in query:
        assert all("\n\t„ä“" in row["o"].value for row in rows)


def test_columns_stand_as_the_query_names_them(small_graph):
    for query in ("SELECT * { ?wer ?wie ?wen }", "SELECT DISTINCT * { ?wer ?wie ?wen }", "SELECT ?wer ?wie ?wen {}"):
        _, body = reply_to(dataset_of(small_graph), Task(query, "text/tab-separated-values"))
        assert body.partition(b"\n")[0] == b"?wer\t?wie\t?wen"


@pytest.mark.parametrize("query", ["SELECT ?o { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_what_xml_has_no_place_for_is_replaced(query):
    store, about = pyoxigraph.Store(), pyoxigraph.NamedNode("urn:about")
    store.add(pyoxigraph.Quad(about, about, pyoxigraph.Literal("nur\x01ein\ufffe\x0c\r\n")))
    task = Task(query, "application/sparql-results+xml", "application/rdf+xml")
    _, body = reply_to(Dataset(store, prefixes()), task)
    assert "nur\ufffdein\ufffd\ufffd\r\n" in lxml.etree.fromstring(body).itertext()


def test_a_predicate_that_xml_has_no_place_for_is_refused(small_graph):
    query = "CONSTRUCT { ?s <urn:1> ?o } WHERE { ?s ?p ?o }"
    reply, body = reply_to(dataset_of(small_graph), Task(query, graph="application/rdf+xml"))
    assert (reply.status, body) == (406, b"<urn:1>: RDF/XML has no place for this predicate; take Turtle or JSON-LD\n")


def test_a_worker_holds_what_the_server_read(tmp_path, small_graph):
    dataset = dataset_of(small_graph)
    write_triples(dataset, tmp_path)
    found = open_folder(tmp_path)
    assert set(found.store) == set(dataset.store)
    assert (found.prefixes, found.base_iri) == (dataset.prefixes, dataset.base_iri)


@pytest.mark.parametrize("explorer", [None, "<h1>Der Graph</h1>"])
@pytest.mark.slow
def test_an_explorer_is_served_where_there_is_one(tmp_path, small_graph, explorer):
    dataset = dataset_of(small_graph)
    write_triples(dataset, tmp_path)

    async def drawn() -> bytes:
        return explorer.encode()

    async def visit() -> list[httpx.Response]:
        async with Workers(tmp_path, 5, 1) as workers:
            app = make_app(Site.of(dataset, 10), workers, drawn if explorer else None)
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app)) as client:
                return [
                    await client.get(f"http://here{path}") for path in ("/", "/explorer", "/sparql?query=ASK%7B%7D")
                ]

    page, drawn_, answer_ = asyncio.run(visit())
    assert answer_.json()["boolean"]
    assert ('href="explorer"' in page.text) == bool(explorer)
    assert (drawn_.status_code, drawn_.text) == ((200, explorer) if explorer else (404, "Not Found\n"))
    if explorer:
        assert drawn_.headers["Content-Security-Policy"] == "frame-ancestors 'none'"
    assert {response.headers["X-Content-Type-Options"] for response in (page, drawn_, answer_)} == {"nosniff"}


def test_a_process_ends_in_the_middle_of_a_long_answer():
    """As one does whose query takes too long, of which a part has come and nobody reads on."""

    async def run() -> None:
        code = "import sys, time; sys.stdout.write('x' * 400_000); sys.stdout.flush(); time.sleep(99)"
        pipes = {"stdin": PIPE, "stdout": PIPE, "stderr": PIPE}
        child = Child(await asyncio.create_subprocess_exec(sys.executable, "-c", code, **pipes))
        await child.output.readexactly(1)
        async with asyncio.timeout(20):
            while not child.output._paused:  # as much as it holds has come, and the rest fills the pipe
                await asyncio.sleep(0.01)
        assert "KILL" in await asyncio.wait_for(child.end(), 20) or sys.platform == "win32"

    asyncio.run(run())


@pytest.mark.parametrize(
    ("command", "why", "remedy"),
    [
        (None, "No such file or directory", "restart kg serve"),
        (["/fehlt"], "No such file or directory", "restart kg serve"),
        ([sys.executable, "-c", "raise OSError('nichts da')"], "OSError: nichts da", "restart kg serve"),
        ([sys.executable, "-c", "raise MemoryError"], "MemoryError", "free some memory"),
        ([sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"], "SIGKILL", "free some memory"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="says it in other words")
def test_a_worker_that_does_not_start_says_why(tmp_path, monkeypatch, command, why, remedy):
    if command:
        monkeypatch.setattr("kg.serve.workers.children.command", lambda *_: command)

    async def start() -> None:
        async with Workers(tmp_path, 5, 2):
            pass

    with pytest.raises(KgError) as caught:
        asyncio.run(start())
    assert why in str(caught.value)
    assert f"; {remedy}" in str(caught.value)


def test_no_worker_is_started_for_a_version_that_cannot_be_read(tmp_path):
    (tmp_path / "version").write_text("1")
    started = []

    class Noting(Workers):
        async def __aenter__(self) -> Workers:
            started.append(self)
            return self

    versions = Versions(("a.kg", "", 10), tmp_path, None, lambda folder: Noting(folder, 5, 1))
    with pytest.raises(FileNotFoundError):
        asyncio.run(versions.start())
    assert started == []


def test_uvicorn_has_what_connections_are_made_of(monkeypatch):
    config = uvicorn.Config(lambda: None)

    async def check() -> None:
        connection.check_parts(config)

    asyncio.run(check())
    parts = {"disconnected", "message_event", "more_body", "response_complete"}
    assert parts <= set(RequestResponseCycle.__init__.__code__.co_names)
    monkeypatch.setattr(connection, "_PARTS", ["conn", "fehlt", "send_400_response"])
    with pytest.raises(
        KgError, match=r"^uvicorn .*: its connections have no fehlt, which kg serve needs; run: pip inst"
    ):
        asyncio.run(check())


GERMAN = PageRequest()


def rows(dataset, query: str) -> list[dict]:
    reply, body = reply_to(dataset, Task(query))
    assert reply.status == 200, body
    return json.loads(body)["results"]["bindings"]


def page_of(dataset, iri: str, view: PageRequest = GERMAN) -> str:
    found = {name: rows(dataset, list_query(name, iri, view)) for name in LISTS}
    found["name"] = rows(dataset, name_query(iri, view))
    found["sentences"] = rows(dataset, sentences_query(found["facts"], view))
    return entity_page(Site.of(dataset, 10), iri, view, found)


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
    html = page_of(dataset, iri)
    assert re.findall(r'href="(\w+:[^"]*)"', html)[1:] == ["http://www.w3.org/2000/01/rdf-schema#seeAlso", "https://x/"]
    assert all(text in html for text in ("&lt;javascript:p()&gt;", "&lt;javascript:o()&gt;", "Fakt", "Satz", "Text"))


@pytest.mark.slow
def test_a_page_in_english_says_facts_in_english(small_graph):
    dataset = dataset_of(small_graph)
    html = page_of(dataset, "https://kg.example/entity/Huawei", PageRequest("en", True))
    assert "1 fact<" in html
    assert "Huawei – beliefern – Duisburg (planned)</a>" in html
    denied = "RhineCloud – not: uses – Komponenten von Huawei</a>"
    assert denied in page_of(dataset, "https://kg.example/entity/RhineCloud", PageRequest("en", True))
    said = page_of(dataset, "https://kg.example/entity/Jan_Weidenfeld", PageRequest("en"))
    assert "– 2023 (according to Jan Weidenfeld)</a>" in said
    assert "?lang=" not in said.replace("?lang=de", "")
    assert 'href="/page/entity/Jan_Weidenfeld?lang=en"' in page_of(
        dataset, "https://kg.example/fact/d4", PageRequest("en", True)
    )


def test_mentions_of_a_full_graph_stand_on_the_page(small_graph):
    html = page_of(dataset_of(small_graph, "full"), "https://kg.example/entity/Huawei")
    assert re.findall(r'<li><a href="(/page/mention/[^"]*)">Huawei</a>', html)
    assert ">blog.txt:46</a>" in html
    assert "Nennung" not in page_of(dataset_of(small_graph), "https://kg.example/entity/Huawei")


@pytest.fixture(scope="module")
def hub():
    """A town with 120 facts of two sentences each."""
    lines = [
        "@prefix kg: <https://kg.example/ontology#> .",
        "<https://kg.example/entity/Stadt> rdfs:label 'Stadt'@de .",
    ]
    for n in range(120):
        fact = f"<https://kg.example/fact/{n}>"
        lines.append(
            f"{fact} a kg:Fact ; rdfs:label 'Fakt {n:03}'@de ; rdf:subject <https://kg.example/entity/Stadt> ."
        )
        lines += [f"{fact} kg:evidence <urn:{n}{m}> . <urn:{n}{m}> kg:sentence 'Satz {n} {m}.'@de ." for m in "ab"]
    store = pyoxigraph.Store()
    heads = [f"@prefix {name}: <{space}> ." for name, space in prefixes().items() if name != "kg"]
    store.load("\n".join(heads + lines).encode(), pyoxigraph.RdfFormat.TURTLE)
    return Dataset(store, prefixes())


@pytest.mark.parametrize(
    ("page", "first", "count", "links"),
    [
        (1, "Fakt 000", 50, [("next", "?page=2")]),
        (2, "Fakt 050", 50, [("prev", "?"), ("next", "?page=3")]),
        (3, "Fakt 100", 20, [("prev", "?page=2")]),
    ],
)
@pytest.mark.slow
def test_facts_come_in_pages(hub, page, first, count, links):
    assert PAGE == 50
    html = page_of(hub, "https://kg.example/entity/Stadt", PageRequest(page=page))
    found = re.findall("Fakt [0-9]{3}", html)
    assert (found[0], len(found), html.count("<blockquote")) == (first, count, 2 * count)
    assert re.findall(r'rel="(prev|next)" href="([^"]*)"', html) == links
    assert f"Seite {page} von 3" in html
    assert ("120 Fakten" in html, "<h1>Stadt</h1>" in html) == (True, True)


def test_what_the_query_page_loads(small_graph):
    site = Site.of(dataset_of(small_graph), 10)
    terms = {term["name"]: (term["kind"], term["de"], term["en"]) for term in site.terms}
    assert terms["kg:signed"] == ("property", "hat unterzeichnet", "signed")
    assert terms["kgp:beliefern"] == ("property", "beliefern", "")
    assert terms["schema:Person"] == ("class", "Person", "person")
    assert [term["name"] for term in site.terms if ":" not in term["name"]] == []
