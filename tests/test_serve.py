"""`kg serve` as its clients meet it: SPARQL 1.1 Protocol, limits, refusals."""

from __future__ import annotations

import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection

import pyoxigraph
import pytest
import rdflib
from rdflib import RDF
from rdflib.namespace import Namespace
from serving import CLIENT, ENDLESS, SELECT, ask, running, serving
from SPARQLWrapper import SPARQLWrapper

KGE = Namespace("https://kg.example/entity/")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")

CONSTRUCT = "CONSTRUCT { ?wer rdfs:seeAlso ?was } WHERE { ?wer org:headOf ?was }"


# What rdflib's JSON-LD parser says of itself.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


# What one may send, and the answer to it.


@pytest.mark.parametrize(
    "send",
    [
        lambda url: CLIENT.get(url, params={"query": SELECT}),
        lambda url: CLIENT.post(url, data={"query": SELECT}),
        lambda url: CLIENT.post(url, content=SELECT, headers={"Content-Type": "application/sparql-query"}),
        lambda url: CLIENT.post(
            url, content=SELECT, headers={"Content-Type": "application/sparql-query; charset=utf-8"}
        ),
    ],
    ids=["GET", "form", "body", "body with charset"],
)
def test_a_query_comes_in_three_ways(address, send):
    response = send(f"{address}/sparql")
    assert (response.status_code, response.headers["content-type"]) == (200, "application/sparql-results+json")
    assert response.json()["results"]["bindings"] == [{"wer": {"type": "uri", "value": KGE["Sören_Link"].toPython()}}]


@pytest.mark.parametrize(
    ("accept", "type"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/turtle, text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/sparql-results+json"),
    ],
)
def test_rows_in_the_format_that_is_liked_best(address, accept, type):
    response = ask(address, SELECT, accept)
    assert (response.status_code, response.headers["content-type"]) == (200, type)
    assert response.headers["vary"].startswith("Accept")
    assert "Sören_Link" in response.text
    format = pyoxigraph.QueryResultsFormat.from_media_type(type)
    if format != pyoxigraph.QueryResultsFormat.CSV:
        [row] = pyoxigraph.parse_query_results(response.content, format=format)
        assert row["wer"].value == str(KGE["Sören_Link"])


@pytest.mark.parametrize("type", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"])
def test_graphs_in_the_format_that_is_accepted(address, type):
    response = ask(address, CONSTRUCT, type)
    assert (response.status_code, response.headers["content-type"].partition(";")[0]) == (200, type)
    found = rdflib.Graph().parse(data=response.content, format=type)
    assert set(found) == {(KGE["Sören_Link"], rdflib.RDFS.seeAlso, KGE.Duisburg)}


@pytest.mark.parametrize("type", ["application/sparql-results+json", "application/sparql-results+xml", "text/csv"])
def test_yes_and_no(address, type):
    said = [ask(address, f"ASK {{ ?wer org:headOf {was} }}", type).text for was in ("kge:Duisburg", "kge:Huawei")]
    assert ["true" in said[0], "false" in said[1]] == [True, True]


def test_unbound_values_and_empty_answers_come_through(address):
    rows = ask(address, "SELECT ?a ?b { VALUES (?a ?b) { (UNDEF 'ä\\n\"') (1 UNDEF) } }").json()["results"]["bindings"]
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    assert rows == [
        {"b": {"type": "literal", "value": 'ä\n"'}},
        {"a": {"type": "literal", "value": "1", "datatype": integer}},
    ]
    assert ask(address, "SELECT ?a { ?a org:headOf kge:Huawei }").json()["results"]["bindings"] == []


def test_an_empty_answer_says_which_terms_are_unknown(address):
    told = [
        ask(address, query, "*/*").headers.get("KG-Unknown")
        for query in (
            "SELECT ?p { ?f kg:polartiy ?p ; schema:naem 'x' }",
            "ASK { kge:Soeren_Link org:headOf ?was }",
            "CONSTRUCT WHERE { ?f kg:polartiy ?p }",
            "SELECT ?a { ?a org:headOf kge:Huawei }",
            "SELECT ?p { { ?f kg:polarity ?p } UNION { ?f kg:polartiy ?p } }",
        )
    ]
    near = "kg:polartiy kg:polarity"
    assert told == [f"{near}, schema:naem", "kge:Soeren_Link kge:S%C3%B6ren_Link", near, None, None]


@pytest.mark.parametrize(
    ("count", "length", "told"),
    [(500, 1, 20), (3_000, 1, 20), (20, 300, 2), (1, 5_000, 0)],
)
def test_many_or_long_unknown_terms_are_told_in_part(address, count, length, told):
    names = " ".join(f"kge:{'ü' * length}{number}" for number in range(count))
    query = {"query": f"SELECT * {{ VALUES ?x {{ {names} }} ?x ?p ?o }}"}
    response = CLIENT.post(f"{address}/sparql", data=query)
    header = response.headers.get("KG-Unknown", "")
    assert (response.status_code, header.count("kge:"), len(header) <= 4096) == (200, told, True)


def test_the_service_describes_itself(address):
    response = CLIENT.get(f"{address}/sparql")
    found = rdflib.Graph().parse(data=response.content, format=response.headers["content-type"].partition(";")[0])
    [service] = found.subjects(RDF.type, SD.Service)
    assert set(found.objects(service, SD.endpoint)) == {rdflib.URIRef(f"{address}/sparql")}
    assert SD.SPARQL11Query in set(found.objects(service, SD.supportedLanguage))
    assert len(set(found.objects(service, SD.resultFormat))) == 8
    person = CLIENT.get(f"{address}/sparql", headers={"Accept": "text/html"})
    assert (person.status_code, person.headers["location"]) == (303, "/")


@pytest.fixture(scope="module")
def open_server(tmp_path_factory, small_graph):
    """A server that some web pages may ask, and that has another name."""
    path = tmp_path_factory.mktemp("open") / "a.ttl"
    small_graph.write(path)
    with serving(path, "--cors", "https://example.org", "--allow-host", "kg.example") as found:
        yield found


def test_pages_from_elsewhere_read_nothing(address):
    headers = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    asked = CLIENT.options(f"{address}/sparql", headers=headers)
    response = CLIENT.get(f"{address}/sparql", params={"query": SELECT}, headers=headers)
    assert not [name for found in (asked, response) for name in found.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    ("origin", "allowed"), [("https://example.org", "https://example.org"), ("https://x.de", None)]
)
def test_pages_that_may_ask(open_server, origin, allowed):
    headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    asked = CLIENT.options(
        f"{open_server}/sparql", headers=headers | {"Access-Control-Request-Headers": "content-type"}
    )
    assert (asked.status_code, asked.headers.get("access-control-allow-origin")) == (200 if allowed else 400, allowed)
    response = CLIENT.get(f"{open_server}/sparql", params={"query": SELECT}, headers={"Origin": origin})
    assert response.headers.get("access-control-allow-origin") == allowed
    assert response.headers["access-control-expose-headers"] == "KG-Truncated, KG-Unknown, KG-Version"


@pytest.mark.parametrize(
    ("host", "status", "status_where_allowed"),
    [
        ("localhost", 200, 200),
        ("LOCALHOST:80", 200, 200),
        ("127.0.0.1:8000", 200, 200),
        ("127.0.0.2", 200, 200),
        ("[::1]", 200, 200),
        ("[::1]:8000", 200, 200),
        ("kg.example", 421, 200),
        ("kg.example.:443", 421, 200),
        ("sub.kg.example", 421, 421),
        ("localhost.kg.example", 421, 421),
        ("192.168.1.5", 421, 421),
        ("a b", 400, 400),
        ("[::1", 400, 400),
        ("localhost:65535", 200, 200),
        ("localhost:65536", 400, 400),
        ("[::1]:99999", 400, 400),
        ("", 400, 400),
    ],
)
def test_by_which_name_a_server_may_be_called(address, open_server, host, status, status_where_allowed):
    found = [CLIENT.get(f"{url}/sparql", headers={"Host": host}) for url in (address, open_server)]
    assert [response.status_code for response in found] == [status, status_where_allowed]
    if status == 421:
        assert found[0].text.endswith(f"start kg serve with --allow-host {host.partition(':')[0].rstrip('.')}\n")


@pytest.mark.slow
def test_by_which_names_a_server_for_everybody_may_be_called(tmp_path, small_graph):
    small_graph.write(tmp_path / "a.ttl")
    hosts = ["127.0.0.1", "192.168.1.5:80", "[2001:db8::1]", "localhost", socket.gethostname(), "kg.example", ":80"]
    with running(tmp_path / "a.ttl", "--host", "0.0.0.0") as server:
        address = f"http://127.0.0.1:{server.port}/sparql"
        found = [CLIENT.get(address, headers={"Host": host}).status_code for host in hosts]
    assert found == [200, 200, 200, 200, 200, 421, 400]


def test_head_and_options(address):
    head = CLIENT.head(f"{address}/sparql", params={"query": SELECT})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == "application/sparql-results+json"
    options = CLIENT.options(f"{address}/sparql")
    assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, OPTIONS, POST")


# What is refused, with which status, and that the server is there afterwards.

LONG = "ASK {} #" + "x" * (1 << 20)


def _form(**data: str):
    return {"method": "POST", "data": data}


def _body(text: str | bytes, type: str = "application/sparql-query", **headers: str):
    return {"method": "POST", "content": text, "headers": {"Content-Type": type} | headers}


def _get(query: str, **headers: str):
    return {"method": "GET", "params": {"query": query}, "headers": headers}


@pytest.mark.parametrize(
    ("request_", "status", "message"),
    [
        (_get("SELECT * {"), 400, "query: line 1, column 10: not SPARQL at '{'"),
        (_get(""), 400, "query: line 1, column 1: not SPARQL"),
        (_get("INSERT DATA { kge:a kge:b kge:c }"), 400, "INSERT asks nothing, and kg changes nothing"),
        (_form(update="DROP ALL"), 400, "update: this endpoint only reads"),
        (_form(query="ASK {}", update="DROP ALL"), 400, "update: this endpoint only reads"),
        (_body("DROP ALL", "application/sparql-update"), 400, "update: this endpoint only reads"),
        (_get("ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"), 400, "kg works offline"),
        (_get("ASK { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }"), 400, "kg works offline"),
        (_get("ASK FROM <http://127.0.0.1:9/> {}"), 400, "kg works offline"),
        (_get("SELECT (<urn:x>(1) AS ?x) {}"), 400, "function <urn:x> is not supported"),
        ({"method": "GET", "params": [("query", "ASK {}")] * 2}, 400, "query: given 2 times"),
        (_form(other="ASK {}"), 400, "query: given 0 times"),
        (_body(b"ASK { ?s ?p '\xff' }"), 400, "query: not UTF-8 at byte 13"),
        (_get("ASK {}", Accept="text"), 400, "is no list of media types"),
        (_get("ASK {}", Accept="image/png"), 406, "accept "),
        (_get(SELECT, Accept="text/turtle"), 406, "application/sparql-results+json"),
        (_get(CONSTRUCT, Accept="text/csv"), 406, "text/turtle"),
        (_body(LONG), 413, "longer than 256 KiB"),
        (_form(query=LONG), 413, "longer than 256 KiB"),
        (_body("ASK {}", "text/plain"), 415, "send application/sparql-query or"),
        ({"method": "POST", "headers": {"Content-Type": ""}}, 415, "Content-Type missing"),
        ({"method": "PUT", "content": b"x"}, 405, "Method Not Allowed"),
        ({"method": "DELETE"}, 405, "Method Not Allowed"),
        (_get(ENDLESS), 503, "the query took longer than 1 s and was ended"),
        (_get("SELECT ?x { ?x ?y ?z } ORDER BY (GROUP_CONCAT(?x))"), 400, "query: "),
    ],
    ids=lambda value: str(value)[:80],
)
def test_refusals(address, request_, status, message):
    response = CLIENT.request(url=f"{address}/sparql", timeout=20, **request_)
    assert (response.status_code, message in response.text) == (status, True), response.text
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.text.count("\n") <= 1
    assert ask(address, SELECT).status_code == 200


@pytest.mark.parametrize(
    ("target", "status", "message"),
    [
        ("/sparql?query=%FF", 400, "not percent-encoded UTF-8"),
        ("/sparql?query=" + "x" * (1 << 20), 414, "longer than 256 KiB"),
        ("/sparql?query=" + "x" * (300 << 10), 414, "longer than 256 KiB"),
        ("/sparql?" + "a=1&" * 101, 400, "send fewer"),
    ],
    ids=["not UTF-8", "1 MB", "300 KB", "many"],
)
def test_refusals_of_addresses(address, target, status, message):
    """What httpx would not send."""
    connection = HTTPConnection(address.removeprefix("http://"), timeout=20)
    connection.request("GET", target)
    response = connection.getresponse()
    assert (response.status, message in response.read().decode()) == (status, True)
    connection.close()
    assert ask(address, SELECT).status_code == 200


def test_only_so_many_rows_and_triples(address):
    response = ask(address, "SELECT * { ?s ?p ?o }")
    assert len(response.json()["results"]["bindings"]) == 50
    assert response.headers["kg-truncated"] == "50"
    response = ask(address, "CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples")
    assert (response.text.count("\n"), response.headers["kg-truncated"]) == (50, "50")
    response = ask(address, "SELECT * { ?s ?p ?o } LIMIT 50", "text/csv")
    assert (response.text.count("\n"), "kg-truncated" in response.headers) == (51, False)


def test_endless_queries_hold_up_nobody(address):
    """As many as there are workers and more; the time they may take is theirs, not that of all who come behind."""
    with ThreadPoolExecutor(6) as pool:
        endless = [pool.submit(ask, address, ENDLESS) for _ in range(6)]
        assert {found.result().status_code for found in endless} == {503}
    assert ask(address, SELECT).status_code == 200


def test_200_requests_of_16_clients(address):
    def go(number: int) -> tuple[int, str]:
        response = ask(address, f"SELECT ({number} AS ?n) {{ ?wer org:headOf ?was }}", "text/csv")
        return response.status_code, response.text

    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(go, range(200)))
    assert found == [(200, f"n\r\n{number}\r\n") for number in range(200)]


# Real clients.


def test_sparqlwrapper(address):
    client = SPARQLWrapper(f"{address}/sparql")
    client.setQuery(SELECT)
    client.setReturnFormat("json")
    assert client.query().convert()["results"]["bindings"][0]["wer"]["value"] == str(KGE["Sören_Link"])
    client.setMethod("POST")
    client.setReturnFormat("xml")
    assert "Sören_Link" in client.query().convert().toxml()
    client.setQuery(CONSTRUCT)
    client.setReturnFormat("turtle")
    assert b"seeAlso" in client.query().convert()


FEDERATED = """
import sys, pyoxigraph
query = "SELECT ?l { SERVICE <%s/sparql> { ?wer org:headOf ?was . ?wer rdfs:label ?l } }" % sys.argv[1]
spaces = {"org": "http://www.w3.org/ns/org#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#"}
print(*(row["l"].value for row in pyoxigraph.Store().query(query, prefixes=spaces)))
"""


def test_a_federated_query_of_another_process(address):
    command = [sys.executable, "-X", "utf8", "-c", FEDERATED, address]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)
    assert (done.stdout, done.stderr) == ("Sören Link\n", "")


# The dataset that the protocol names.


@pytest.fixture(scope="module")
def named(tmp_path_factory):
    """A server of a file with two named graphs, in an RDF format that has them."""
    path = tmp_path_factory.mktemp("named") / "a.trig"
    path.write_text("@prefix : <http://a/> . :s :p 0 . :g { :s :p 1 } :h { :s :p 2 }", encoding="utf-8")
    with serving(path) as found:
        yield found


@pytest.mark.parametrize(
    ("graphs", "where", "count"),
    [
        ({}, "?s ?p ?o", 3),
        ({"default-graph-uri": "http://a/g"}, "?s ?p ?o", 1),
        ({"default-graph-uri": ["http://a/g", "http://a/h"]}, "?s ?p ?o", 2),
        ({"named-graph-uri": "http://a/h"}, "?s ?p ?o", 0),
        ({"named-graph-uri": "http://a/h"}, "GRAPH ?g { ?s ?p ?o }", 1),
        ({"default-graph-uri": "http://a/g"}, "GRAPH ?g { ?s ?p ?o }", 0),
    ],
)
def test_the_protocol_names_the_dataset(named, graphs, where, count):
    query = f"SELECT * FROM <http://a/nowhere> {{ {where} }}" if graphs else f"SELECT * {{ {where} }}"
    response = CLIENT.post(f"{named}/sparql", data={"query": query, **graphs})
    assert len(response.json()["results"]["bindings"]) == count
    headers = {"Content-Type": "application/sparql-query"}
    response = CLIENT.post(f"{named}/sparql", params=graphs, content=query, headers=headers)
    assert len(response.json()["results"]["bindings"]) == count


def test_a_graph_that_is_not_here_is_not_fetched(named):
    response = CLIENT.get(f"{named}/sparql", params={"query": "ASK {}", "default-graph-uri": f"{named}/other"})
    assert (response.status_code, "no such graph here" in response.text) == (400, True)
