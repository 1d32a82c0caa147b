"""When a fact holds: what its claims say comes first, and its documents close what they leave open."""

from __future__ import annotations

from datetime import date

import pytest

from kg.graph.periods import fact_period
from kg.records import Claim, Document, Fact, Literal, Predicate, Span


@pytest.mark.parametrize(
    ("since", "until", "written", "period"),
    [
        ("", "", [], None),
        ("", "", [""], None),
        ("", "", ["2018-01", "", "2022"], ("2018-01-01", "2022-12-31")),
        ("2018-01-12", "2018-01-12", ["2022"], ("2018-01-12", "2018-01-12")),
        ("2018", "2018", [], ("2018-01-01", "2018-12-31")),
        ("2018", "", ["2022-04-01"], ("2018-01-01", "2022-04-01")),
        ("2018", "", [], ("2018-01-01", "2018-12-31")),
        ("", "2020", ["2018-01"], ("2018-01-01", "2020-12-31")),
        ("", "2020-02", ["2022"], ("2020-02-01", "2020-02-29")),
        ("2023", "", ["2022-04-01"], ("2023-01-01", "2023-12-31")),
        ("2018-02-31", "2018-02-31", [], ("2018-02-28", "2018-02-28")),
        ("im Mai", "2018-13", [], None),
        ("2018-99-99", "", ["", "2022"], ("2022-01-01", "2022-12-31")),
    ],
)
def test_the_period_of_a_fact(since, until, written, period):
    documents = {f"d{i}": Document(f"d{i}", "A", date=day) for i, day in enumerate(written)}
    what = Literal(0, 1, "A", "A")
    claims = tuple(Claim(doc, Span(0, 1, "A"), what, Predicate("x", "kgp:x", (), ""), what) for doc in documents)
    fact = Fact("1", "A", "kgp:x", "x", "", "A", since=since, until=until, claims=claims)
    found = fact_period(fact, documents)
    assert found == (period and tuple(map(date.fromisoformat, period)))
