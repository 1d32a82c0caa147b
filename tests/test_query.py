"""Queries stay off the network however they are written, and answers become Python values."""

from __future__ import annotations

import datetime
import itertools
import socket
import threading
from contextlib import suppress

import pyoxigraph
import pytest

from kg.errors import QueryError
from kg.ontology import prefixes
from kg.rdf.sparql.dataset import Dataset
from kg.rdf.sparql.query import Rows, check_query, evaluate, values

# What may stand before SERVICE: all that a scanner could take for the beginning of a name, a string or a comment.
BEFORE = [
    "", "?s ?p ?o . ", "?s ?p 5", "?s ?p 1e0", "?s ?p true", "?s ?p 'x'", '?s ?p "x"@de', "?s ?p '''a'b\"#'''",
    r"?s ?p k:a\#b ", r"?s ?p k:a\'b ", "?s ?p k:a%23b ", "FILTER(?x<?y)", "FILTER(?x<3&&?x>1)", "{} ", "# x\n",
    "?s ?p <urn:a#b> ", r"?s ?p '\\' ", r"?s ?p '\'#' ", "VALUES ?z {1}", "?s k:a.b 5.", "OPTIONAL{}",
    "FILTER(1<2)SERVICE#>\n", "FILTER(1<2||''<'a>b')", "?s ?p kg:.", "?s ?p ?o;# <\n", "?s ?p '''a''''' . ", "?s ?p <<( ?a ?b ?c )>> ", "FILTER(?a>?b)", "?s ?p k:\\~\\.\\-SERVICE ",
]  # fmt: skip
KEYWORDS = ["SERVICE ", "sErViCe SILENT ", "SERVICE#c\n", "SERVICESILENT", r"\u0053ERVICE ", "SERVICE"]


@pytest.fixture
def listener():
    """A port of the loopback, and a list that grows whenever somebody connects."""
    calls: list[bool] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                calls.append(True)
                connection.close()

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield server.getsockname()[1], calls
        server.shutdown(socket.SHUT_RDWR)
        thread.join(timeout=5)


def test_no_query_that_passes_reaches_out(listener):
    """What `check_query` lets through is put to pyoxigraph as it is; what it refuses would have called."""
    port, calls = listener
    store = pyoxigraph.Store()
    store.add(pyoxigraph.Quad(*[pyoxigraph.NamedNode("urn:a")] * 3))
    dataset = Dataset(store, prefixes() | {"k": f"http://127.0.0.1:{port}/"})
    reached = refused = 0
    for before, keyword, target in itertools.product(BEFORE, KEYWORDS, (f"<http://127.0.0.1:{port}/#x>", "k:x ")):
        query = f"SELECT * {{ {before}{keyword}{target}{{ ?s ?p ?o }} }}"
        so_far = len(calls)
        try:
            check_query(dataset, query)
            passes = True
        except QueryError:
            passes = False
        with suppress(SyntaxError, OSError):
            list(store.query(query, prefixes=dict(dataset.prefixes)))
        refused += not passes
        reached += len(calls) > so_far
        assert not (passes and len(calls) > so_far), query
    assert refused > 200
    assert reached > 50


def test_a_word_that_only_looks_like_it_is_none():
    dataset = Dataset(pyoxigraph.Store(), prefixes())
    for query in ("ASK { ?service kg:service 'SERVICE' }", "ASK { <urn:SERVICE> ?p ?o } # SERVICE <urn:a> {}"):
        assert evaluate(dataset, query) is False


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("1", 1),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ("true", True),
        ("'2018-01-12'^^xsd:date", datetime.date(2018, 1, 12)),
        ("'2018-01-12T10:00:00'^^xsd:dateTime", datetime.datetime(2018, 1, 12, 10)),
        ("'2018-01'^^xsd:gYearMonth", "2018-01"),
        ("'2018-02-30'^^xsd:date", "2018-02-30"),
        ("'Stadt'@de", "Stadt"),
        ("kge:Duisburg", "https://kg.example/entity/Duisburg"),
        ("UNDEF", None),
    ],
)
def test_values(term, expected):
    dataset = Dataset(pyoxigraph.Store(), prefixes())
    answer = evaluate(dataset, f"SELECT ?x {{ VALUES ?x {{ {term} }} }}")
    assert isinstance(answer, Rows)
    [row] = values(answer, prefixes())
    assert (row["x"], type(row["x"])) == (expected, type(expected))


@pytest.mark.parametrize(
    ("query", "counted"),
    [
        ("ASK " + "{" * 20_000 + "}" * 20_000, "brackets open at once"),
        ("ASK { FILTER(" + "!" * 20_000 + "true) }", "signs !"),
        ("ASK { " + "OPTIONAL { ?a ?b ?c } " * 20_000 + "}", "of the words OPTIONAL, UNION, BIND and MINUS"),
    ],
    ids=["braces", "not", "optional"],
)
def test_what_would_end_the_process_is_refused(small_graph, query, counted):
    with pytest.raises(QueryError, match=f"too long or too deep: it has 20,000 {counted}"):
        small_graph.sparql(query)
