"""Ready queries work on any graph of kg, and each has its question in two languages."""

from __future__ import annotations

import re

import pytest
from handing_over import FACTS, handing_over

from kg.graph.labels import MODALITY_WORDS, fact_label
from kg.knowledge_graph import KnowledgeGraph
from kg.rdf.sparql.dataset import dataset_of
from kg.rdf.sparql.prepared import query_lines, ready_queries
from kg.rdf.sparql.query import evaluate


@pytest.fixture(scope="module")
def dataset(small_graph):
    return dataset_of(small_graph)


def test_there_are_ten_and_more():
    assert len(ready_queries()) >= 10


@pytest.mark.parametrize("query", ready_queries(), ids=lambda query: query.name)
def test_runs_on_any_graph(dataset, query):
    assert query.de.endswith((")", "?"))
    assert query.en.endswith((")", "?"))
    assert query.sparql.startswith(("SELECT", "CONSTRUCT"))
    evaluate(dataset, query.sparql)
    evaluate(dataset_of(KnowledgeGraph((), (), ())), query.sparql)


FOUND = {
    "01-spricht-fuer": [("Sören Link", "leitet", "Duisburg")],
    "02-bestritten": [
        (
            "RhineCloud – nicht: setzt ein – Komponenten von Huawei",
            None,
            "RhineCloud setzt keine Komponenten von Huawei ein.",
        )
    ],
    "03-geplant": [("geplant", "Huawei – beliefern – Duisburg (geplant)", None, None)],
    "04-wer-sagt-was": [
        (
            "Jan Weidenfeld",
            "Prüfung – abgeschlossen – 2023 (laut Jan Weidenfeld)",
            "Die Prüfung ist 2023 abgeschlossen 😀, sagt Jan Weidenfeld.",
        )
    ],
    "05-ueber-jemanden": [
        (
            "Huawei – beliefern – Duisburg (geplant)",
            "Huawei will Duisburg beliefern.",
        ),
        (
            "RhineCloud – nicht: setzt ein – Komponenten von Huawei",
            "RhineCloud setzt keine Komponenten von Huawei ein.",
        ),
    ],
    "06-unterzeichnet": [("Sören Link", "Memorandum of Understanding", "2018-01-12")],
    "08-je-monat": [("2018-01", "1"), ("2023", "1")],
    "10-geruechte": [],
}


@pytest.mark.parametrize("name", FOUND)
def test_answers(dataset, name):
    [query] = [query for query in ready_queries() if query.name == name]
    rows = evaluate(dataset, query.sparql).rows
    assert [tuple(term and term.value for term in row) for row in rows] == FOUND[name]


HANDED, *_, TOLD = (fact_label(handing_over(), fact) for fact in FACTS)
SENTENCE = "Henrik Saller übergab Nele Prinz am 4. Mai 2024 in Stade die Schlüssel."
WITH_ROLES = {
    "05-ueber-jemanden": ("huawei", "elbe", [(TOLD, "Prinz sprach 2023 über die Elbe, laut Kurt Amend.")]),
    "07-am-meisten": ("", "", [
        ("Henrik Saller", "Person", "4"), ("Nele Prinz", "Person", "3"), ("Stade", "Ort", "3"),
        ("Schlüssel", "Begriff", "2"), ("Elbe", "Ort", "1"), ("Kurt Amend", "Person", "1"), ("Lager", "Begriff", "1"),
    ]),
    "13-wem-was": ("", "", [
        ("Henrik Saller", "Nele Prinz", "Schlüssel", "2019", HANDED),
        ("Henrik Saller", "Nele Prinz", "Schlüssel", "2024-05-04", HANDED),
    ]),
    "14-wo": ("", "", [
        ("Stade", "2019", HANDED, SENTENCE),
        ("Stade", "2023", TOLD, "Prinz sprach 2023 über die Elbe, laut Kurt Amend."),
        ("Stade", "2024-05-04", HANDED, SENTENCE),
    ]),
    "15-mit-und-gegen": ("", "", [("Nele Prinz", "mit", "Nele Prinz", TOLD)]),
    "16-worueber": ("", "", [("Nele Prinz", "Elbe", TOLD)]),
    "17-in-welcher-rolle": ("duisburg", "stade", [("place", "bei", TOLD), ("place", "in", HANDED), ("place", "in", TOLD)]),
}  # fmt: skip
"""Query → a word of it, what to put in its place, and what it finds then."""


@pytest.mark.parametrize("name", WITH_ROLES)
def test_answers_with_roles(name):
    [query] = [query for query in ready_queries() if query.name == name]
    old, new, expected = WITH_ROLES[name]
    rows = evaluate(dataset_of(handing_over()), query.sparql.replace(old, new) if old else query.sparql).rows
    found = [tuple(term and term.value for term in row) for row in rows]
    assert found == expected


def test_each_modality_is_asked_for():
    asked = "".join(query.sparql for query in ready_queries() if query.name in ("03-geplant", "10-geruechte"))
    assert sorted(re.findall(r'\("(\w+)" "\w+"\)', asked)) == sorted(MODALITY_WORDS)
    assert not any("$" in query.sparql for query in ready_queries())


def test_are_printed_with_their_questions():
    printed = list(query_lines())
    for query in ready_queries():
        at = printed.index(f"# {query.de}")
        assert printed[at + 1] == f"# {query.en}"
        assert "\n".join(printed[at + 2 :]).startswith(query.sparql.strip())
