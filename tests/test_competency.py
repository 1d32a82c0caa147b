"""Competency questions: what a reader of the seeds asks, in SPARQL, and whether the graph knows the answer."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import kg

ROOT = Path(__file__).parents[1]
QUESTIONS = tomllib.loads((ROOT / "tests" / "competency.toml").read_text(encoding="utf-8"))["question"]


@pytest.fixture(scope="module")
def graph() -> kg.KnowledgeGraph:
    return kg.build([ROOT / "seeds"])


def test_there_are_ten_and_more():
    assert len(QUESTIONS) >= 10


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["de"])
def test_answers(graph, question):
    found = [[str(value) for value in row.values()] for row in graph.sparql(question["sparql"])]
    if question.get("part"):
        assert [row for row in found if row in question["answer"]] == question["answer"]
    else:
        assert found == question["answer"]


def test_the_readme_shows_some_of_them():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert sum(question["de"] in readme for question in QUESTIONS) >= 3


def test_what_is_denied_tells_denials_and_who_denies():
    text = "Der Trainer Uwe Kolb bestritt die Vorwürfe. Die Firma Kyonix baut kein Werk. Eva Müller lobt Uwe Kolb."
    query = (ROOT / "kg" / "rdf" / "queries" / "02-bestritten.rq").read_text(encoding="utf-8")
    rows = kg.build(kg.Document("a", text)).sparql(query)
    found = [(str(row["fakt"]), row["sprecher"] and str(row["sprecher"])) for row in rows]
    assert found == [("Kyonix – nicht: baut – Werk", None), ("Uwe Kolb – bestreitet – Vorwürfe", "Uwe Kolb")]
