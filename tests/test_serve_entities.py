"""What an IRI of a served graph leads to: a page in German or English, or RDF."""

from __future__ import annotations

import pytest
import rdflib
from rdflib import RDF
from rdflib.namespace import Namespace
from serving import CLIENT, SELECT, ask, keep, serving

KGE = Namespace("https://kg.example/entity/")


# What rdflib's JSON-LD parser says of itself.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


@pytest.mark.parametrize(
    ("accept", "place", "type"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "/page/entity/S%C3%B6ren_Link", "text/html"),
        ("*/*", "/page/entity/S%C3%B6ren_Link", "text/html"),
        ("text/turtle", "/data/entity/S%C3%B6ren_Link", "text/turtle"),
        ("application/ld+json, text/html;q=0.1", "/data/entity/S%C3%B6ren_Link", "application/ld+json"),
        ("application/rdf+xml", "/data/entity/S%C3%B6ren_Link", "application/rdf+xml"),
    ],
)
def test_an_entity_leads_to_a_page_or_to_rdf(address, accept, place, type):
    headers = {"Accept": accept}
    first = CLIENT.get(f"{address}/entity/Sören_Link", headers=headers)
    assert (first.status_code, first.headers["location"], first.headers["vary"]) == (303, place, "Accept")
    response = CLIENT.get(f"{address}/entity/Sören_Link", headers=headers, follow_redirects=True)
    assert (response.status_code, response.headers["content-type"].partition(";")[0]) == (200, type)
    if type == "text/html":
        assert "<h1>Sören Link</h1>" in response.text
        assert "Am 12. Januar 2018 unterzeichnete Link ein „Memorandum of Understanding“." in response.text
    else:
        found = rdflib.Graph().parse(data=response.content, format=type)
        assert (KGE["Sören_Link"], rdflib.RDFS.label, rdflib.Literal("Sören Link", lang="de")) in found
        assert (None, RDF.subject, KGE["Sören_Link"]) in found


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("document/zeitung/huawei.txt", "Huawei &amp; &#34;Duisburg&#34;"),
        ("predicate/beliefern", "Huawei – beliefern – Duisburg (geplant)"),
        ("ontology", 'href="/page/ontology%23signed"'),
        ("page/ontology%23signed", "<h1>hat unterzeichnet</h1>"),
    ],
)
def test_all_that_the_graph_names_has_a_page(address, path, text):
    page = CLIENT.get(f"{address}/{path}", headers={"Accept": "text/html"}, follow_redirects=True)
    assert (page.status_code, text in page.text) == (200, True)
    data = CLIENT.get(
        f"{address}/{path.replace('page/', 'data/')}", headers={"Accept": "text/turtle"}, follow_redirects=True
    )
    assert len(rdflib.Graph().parse(data=data.content, format="turtle")) > 2


@pytest.mark.parametrize(
    ("query", "header", "language", "text"),
    [
        ("", "de-DE,de;q=0.9,en;q=0.8", "de", "hat unterzeichnet</a>"),
        ("", "en-US,en;q=0.9", "en", "signed</a>"),
        ("?lang=de", "en", "de", "2 Fakten"),
        ("?lang=en&page=1", "de", "en", "2 facts"),
    ],
)
def test_a_page_speaks_german_and_english(address, query, header, language, text):
    headers = {"Accept": "text/html", "Accept-Language": header}
    page = CLIENT.get(f"{address}/entity/Sören_Link{query}", headers=headers, follow_redirects=True)
    assert (page.status_code, f'<html lang="{language}">' in page.text, text in page.text) == (200, True, True)
    assert (page.headers["content-language"], page.headers["vary"]) == (language, "Accept-Language")


@pytest.mark.parametrize(
    ("query", "status", "line"),
    [
        ("lang=fr", 400, "lang: no page speaks 'fr'; use de or en"),
        ("page=0", 400, "page: '0' is no number of a page; count from 1"),
        ("page=2", 404, "https://kg.example/entity/Duisburg: nothing is known of it on page 2"),
    ],
)
def test_a_view_that_there_is_not(address, query, status, line):
    response = CLIENT.get(f"{address}/page/entity/Duisburg?{query}")
    assert (response.status_code, response.text) == (status, f"{line}\n")


@pytest.mark.parametrize("path", ["page/entity/Niemand", "data/entity/Niemand", "gibt/es/nicht"])
def test_what_there_is_not(address, path):
    assert CLIENT.get(f"{address}/{path}").status_code == 404


def test_a_store_is_drawn(address):
    drawn = CLIENT.get(f"{address}/explorer")
    assert drawn.headers["content-type"].startswith("text/html")
    assert "Sören Link" in drawn.text
    assert 'href="explorer"' in CLIENT.get(f"{address}/").text


def test_every_link_of_a_page_leads_somewhere(address):
    """From the page of the document to those of its facts, and of all that these name."""
    seen, todo = set(), ["/page/entity/Duisburg"]
    while todo and len(seen) < 60:
        path = todo.pop()
        seen.add(path)
        response = CLIENT.get(f"{address}{path}")
        assert response.status_code == 200, path
        found = {part.partition('"')[0] for part in response.text.split('href="')[1:]}
        links = {link.partition("#")[0] for link in found if link.startswith("/page/")}
        todo += sorted(links - seen - set(todo))
    assert "/page/document/zeitung/huawei.txt" in seen


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("entity/Nele_Prinz", "Henrik Saller – übergab – die Schlüssel – Nele Prinz – in Stade – nur ungern"),
        ("entity/Nele_Prinz?lang=en", "Henrik Saller – übergeben – die Schlüssel – nur ungern – in Stade – Nele Prinz"),
    ],
)
def test_who_has_a_role_in_a_fact_has_it_on_its_page(address, path, text):
    page = CLIENT.get(f"{address}/page/{path}", headers={"Accept-Language": "de"})
    assert (page.status_code, text in page.text) == (200, True)


def test_a_fact_and_its_roles_have_pages_and_data(address):
    found = ask(address, "SELECT ?f ?r { ?f kg:hasRole ?r . ?r kg:roleName 'place' }").json()["results"]["bindings"]
    [(fact, role)] = [(row["f"]["value"], row["r"]["value"]) for row in found]
    base, server = "https://kg.example/", f"{address}/"
    page = CLIENT.get(fact.replace(base, f"{server}page/")).text
    assert all(words in page for words in ("Empfänger", "Nele Prinz", "hat Rolle", "in Stade"))
    assert "Henrik Saller – übergab – die Schlüssel" in CLIENT.get(role.replace(base, f"{server}page/")).text
    data = CLIENT.get(fact.replace(base, f"{server}data/"), headers={"Accept": "text/turtle"})
    told = rdflib.Graph().parse(data=data.content, format="turtle")
    assert (rdflib.URIRef(role), rdflib.URIRef(f"{base}ontology#preposition"), rdflib.Literal("in")) in told


@pytest.mark.slow
def test_the_base_may_be_the_servers_own(tmp_path, small_extractions):
    keep(tmp_path / "a.kg", small_extractions)
    with serving(tmp_path / "a.kg", "--base-iri", "http://127.0.0.1:8000/") as found:
        response = ask(found, SELECT)
    assert response.json()["results"]["bindings"][0]["wer"]["value"] == "http://127.0.0.1:8000/entity/Sören_Link"
