"""Claims become facts: what they agree on about the time, and what not."""

from __future__ import annotations

import copy
import pickle
from itertools import permutations

import pytest

from kg.graph.graph import gather
from kg.graph.periods import common_period
from kg.records import Argument, Claim, Document, Entity, Mention, Predicate, Span, Time

TEXT = "Link warnt Huawei."


def time(since: str, until: str) -> Time:
    return Time(0, 0, "", since, until)


@pytest.mark.parametrize(
    ("times", "period"),
    [
        ([], ("", "")),
        ([("2018", "2018")], ("2018", "2018")),
        ([("2022", "2022"), ("2022-10", "2022-10")], ("2022-10", "2022-10")),
        ([("2018", "2018"), ("2018-01-12", "2018-01-12"), ("2018-01", "2018-01")], ("2018-01-12", "2018-01-12")),
        ([("2018", "2022"), ("2018", "2022-10")], ("2018", "2022-10")),
        ([("2018", ""), ("2018", "")], ("2018", "")),
        ([("2018", ""), ("2018-01-12", "2018-01-12")], ("2018-01-12", "")),
        ([("", "2022"), ("2020", "2020")], ("", "2020")),
        ([("2018", ""), ("", "2022")], ("", "")),
        ([("2018", "2018"), ("2020", "2020")], ("", "")),
        ([("2018", "2020"), ("2019", "2022")], ("", "")),
        ([("2018-01-31", "2018-02-01"), ("2018-01", "2018-01")], ("", "")),
        ([("2018-01", "2018-01"), ("2018-01-01", "2018-01-31")], ("2018-01-01", "2018-01-31")),
        ([("2022", "2018")], ("", "")),
        ([("2018-02-31", "2018-02-31")], ("2018-02-31", "2018-02-31")),
    ],
)
def test_the_time_that_claims_agree_on(times, period):
    for order in permutations(times):
        assert common_period(time(*ends) for ends in order) == period


def claim(doc: str, when: Time | None) -> Claim:
    person, firm = Argument(0, 4, "Link", "Person"), Argument(11, 17, "Huawei", "Organization")
    said = Predicate("warnen", "kgp:warnen", ((5, 10),), "warnt")
    return Claim(doc, Span(0, 18, TEXT), person, said, firm, time=when)


@pytest.mark.parametrize(
    ("times", "since", "until"),
    [
        ([time("2022", "2022"), time("2022-10", "2022-10"), None], "2022-10", "2022-10"),
        ([time("2018", "2018"), time("2022-10", "2022-10")], "", ""),
    ],
)
def test_a_fact_has_the_time_of_its_claims_where_they_nest(times, since, until):
    docs = [f"d{i}" for i in range(len(times))]
    entities = [
        Entity(name, type_, name, mentions=tuple(Mention(d, start, end, name, "named", type_, name) for d in docs))
        for name, type_, start, end in (("Link", "Person", 0, 4), ("Huawei", "Organization", 11, 17))
    ]
    claims = [claim(doc, when) for doc, when in zip(docs, times, strict=True)]
    (fact,) = gather(claims, entities, [Document(doc, TEXT + doc) for doc in docs])
    assert (fact.since, fact.until, fact.weight) == (since, until, len(docs))
    assert [c.time for c in fact.claims] == times


def test_a_graph_that_was_asked_can_be_pickled_and_copied(small_graph):
    assert small_graph.sparql("ASK { ?fact a kg:Fact }")
    assert small_graph.places
    for again in (pickle.loads(pickle.dumps(small_graph)), copy.deepcopy(small_graph)):
        assert (again, again.run) == (small_graph, small_graph.run)
        assert again.sparql("ASK { ?fact a kg:Fact }")
    facts = small_graph.why("Link")
    again = pickle.loads(pickle.dumps(facts))
    assert (again, again.graph) == (facts, small_graph)
