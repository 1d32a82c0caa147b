"""Claims become facts: what they agree on about the time, and what not."""

from __future__ import annotations

import copy
import pickle
from dataclasses import replace
from itertools import permutations

import pytest

from kg.graph.graph import gather_facts
from kg.graph.labels import fact_label, lemma_label, predicate_label
from kg.graph.periods import common_period
from kg.knowledge_graph import KnowledgeGraph
from kg.ontology import OURS
from kg.records import (
    Argument,
    Claim,
    Document,
    Entity,
    Fact,
    FactRole,
    Literal,
    Mention,
    Predicate,
    Role,
    Span,
    Time,
)

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
    ("times", "periods"),
    [
        ([time("2022", "2022"), time("2022-10", "2022-10")], [("2022-10", "2022-10", 2)]),
        ([time("2022", "2022"), None], [("2022", "2022", 1), ("", "", 1)]),
        ([time("2018", "2018"), time("2022-10", "2022-10")], [("2018", "2018", 1), ("2022-10", "2022-10", 1)]),
    ],
)
def test_a_fact_has_the_time_of_its_claims_where_they_nest(times, periods):
    docs = [f"d{i}" for i in range(len(times))]
    entities = [
        Entity(name, type_, name, mentions=tuple(Mention(d, start, end, name, "named", type_, name) for d in docs))
        for name, type_, start, end in (("Link", "Person", 0, 4), ("Huawei", "Organization", 11, 17))
    ]
    claims = [claim(doc, when) for doc, when in zip(docs, times, strict=True)]
    facts = list(gather_facts(claims, entities, [Document(doc, TEXT + doc) for doc in docs]))
    assert [(fact.since, fact.until, fact.weight) for fact in facts] == periods
    assert [c.time for fact in facts for c in fact.claims] == times


def test_a_graph_that_was_asked_can_be_pickled_and_copied(small_graph):
    assert small_graph.sparql("ASK { ?fact a kg:Fact }")
    assert small_graph.places
    for again in (pickle.loads(pickle.dumps(small_graph)), copy.deepcopy(small_graph)):
        assert (again, again.run) == (small_graph, small_graph.run)
        assert again.sparql("ASK { ?fact a kg:Fact }")
    facts = small_graph.why("Link")
    again = pickle.loads(pickle.dumps(facts))
    assert (again, again.graph) == (facts, small_graph)


PEOPLE = (("Saller", "Person"), ("Prinz", "Person"), ("Stade", "Place"), ("Schlüssel", "Concept"))


def handing(
    doc: str, when: Time | None = None, object: str | None = "Schlüssel", recipient: str | None = "Prinz"
) -> Claim:
    """ "Saller übergab Prinz in Stade Schlüssel", said of who is named; "ihm" refers to nobody."""
    text = "Saller übergab ihm Prinz Stade Schlüssel uns."

    def argument(name: str) -> Argument:
        start = text.index(name)
        return Argument(start, start + len(name), name, "Person")

    what = Literal(0, 1, "S", "2023") if object == "2023" else argument(object) if object else None
    roles = [Role("recipient", "", argument(recipient))] if recipient else []
    roles.append(Role("place", "in", argument("Stade")))
    said = Predicate("übergeben", "kgp:übergeben", ((7, 14),), "übergab")
    return Claim(doc, Span(0, len(text), text), argument("Saller"), said, what, time=when, roles=tuple(roles))


def gathered(claims: list[Claim]) -> list[Fact]:
    text, docs = "Saller übergab ihm Prinz Stade Schlüssel uns.", {claim.doc for claim in claims}
    entities = [
        Entity(name, type, name, mentions=tuple(
            Mention(doc, text.index(name), text.index(name) + len(name), name, "named", type, name) for doc in docs))
        for name, type in PEOPLE
    ]  # fmt: skip
    facts = gather_facts(claims, entities, [Document(doc, text + doc) for doc in docs])
    return sorted(facts, key=lambda fact: (fact.since, fact.until))


PLACE, RECIPIENT = FactRole("place", "in", "Stade"), FactRole("recipient", "", "Prinz")


@pytest.mark.parametrize(
    ("object", "recipient", "ends", "roles"),
    [
        ("Schlüssel", "Prinz", ("Schlüssel", ""), (PLACE, RECIPIENT)),
        (None, "Prinz", ("", ""), (PLACE, RECIPIENT)),
        ("2023", "Prinz", ("", "2023"), (PLACE, RECIPIENT)),
        ("Schlüssel", None, ("Schlüssel", ""), (PLACE,)),
        ("Schlüssel", "ihm", ("Schlüssel", ""), (PLACE,)),
        ("Schlüssel", "uns", ("Schlüssel", ""), (PLACE, FactRole("recipient", value="uns"))),
        ("Schlüssel", "Saller", ("Schlüssel", ""), (PLACE, FactRole("recipient", "", "Saller"))),
    ],
    ids=["whole", "no object", "a text", "one role", "an open role", "who speaks", "oneself"],
)
def test_a_fact_has_the_roles_of_its_claims(object, recipient, ends, roles):
    (fact,) = gathered([handing("a", object=object, recipient=recipient)])
    assert ((fact.object, fact.literal), fact.roles) == (ends, roles)


def test_an_open_object_is_left_out_of_a_fact_that_has_roles():
    (fact,) = gathered([handing("a", object="ihm")])
    assert (fact.object, fact.literal, fact.direct, bool(fact.roles)) == ("", "", False, True)


def test_facts_that_differ_in_a_role_are_two():
    facts = gathered([handing("a"), handing("b", recipient=None), handing("c")])
    assert sorted((fact.weight, len(fact.roles)) for fact in facts) == [(1, 1), (2, 2)]
    assert len({fact.id for fact in facts}) == 2


@pytest.mark.parametrize(
    ("claims", "facts"),
    [
        ([("a", "2005", "2008"), ("b", "2015", "2019")], ["2005–2008 a", "2015–2019 b"]),
        ([("a", "2018", "2018"), ("b", "2018-01-12", "2018-01-12")], ["2018-01-12–2018-01-12 ab"]),
        ([("a", "2018", "2018"), ("b", "", "")], ["– b", "2018–2018 a"]),
        ([("a", "2018", "2018"), ("a", "", ""), ("b", "", "")], ["– b", "2018–2018 aa"]),
        ([("a", "2018", "2018"), ("a", "2020", "2020"), ("a", "", "")], ["– a", "2018–2018 a", "2020–2020 a"]),
        ([("a", "2018", "2018"), ("b", "2018-01", "2018-01"), ("c", "2018-05", "2018-05")],
         ["2018–2018 a", "2018-01–2018-01 b", "2018-05–2018-05 c"]),
        ([("a", "2022", "2018"), ("b", "", "")], ["– ab"]),
    ],
    ids=["apart", "nested", "undated", "undated beside", "undated between", "either", "no time at all"],
)  # fmt: skip
def test_times_that_do_not_agree_are_facts_of_their_own(claims, facts):
    found = set()
    for order in permutations(claims):
        said = [handing(doc, time(since, until)) for doc, since, until in order]
        found.add(tuple(
            f"{fact.since}–{fact.until} {''.join(sorted(claim.doc for claim in fact.claims))}" for fact in gathered(said)
        ))  # fmt: skip
    assert found == {tuple(facts)}


def test_all_who_take_part_find_the_fact(small_graph):
    for name in ("Henrik Saller", "Nele Prinz", "Stade", "Schlüssel"):
        assert [fact.id for fact in small_graph.facts_of(small_graph.entity(name).id)] == ["f6"]
    for ends in permutations(("Saller", "Prinz", "Stade", "Schlüssel"), 2):
        assert [fact.id for fact in small_graph.why(ends[0], "übergab", ends[1])] == ["f6"]
    assert [fact.id for fact in small_graph.why("Prinz", "übergeben", "nur ungern")] == ["f6"]
    assert [fact.id for fact in small_graph.why("Lager")] == ["g7"]
    assert not small_graph.why("Prinz", "übergeben", "Duisburg")


def test_of_several_called_so_the_one_that_is_linked_is_meant():
    """Pavel sued one Reinecke; another one is named more often."""
    entities = (
        Entity("Pavel", "Person", "Pavel"),
        Entity(
            "Reinecke_a",
            "Person",
            "Reinecke",
            mentions=(Mention("a", 0, 8, "Reinecke", "named", "Person", "Reinecke"),),
        ),
        Entity("Reinecke_b", "Organization", "Reinecke"),
    )
    graph = KnowledgeGraph((), entities, (Fact("1", "Pavel", "kg:sued", "verklagen", "Reinecke_b"),))
    assert [fact.id for fact in graph.why("Pavel", "verklagen", "Reinecke")] == ["1"]
    assert graph.entity("Reinecke").id == "Reinecke_a"


def test_who_stands_in_the_objects_phrase_is_not_told_twice():
    entities = (
        Entity("Huawei", "Organization", "Huawei"),
        Entity("Link", "Person", "Link"),
        Entity("Pläne", "Concept", "Pläne mit Huawei", named=False, parts=("Huawei",)),
    )
    fact = Fact("1", "Link", "kgp:haben", "haben", "Pläne", roles=(FactRole("partner", "mit", "Huawei"),))
    told = replace(fact, roles=(FactRole("place", "bei", "Huawei"),))
    graph = KnowledgeGraph((), entities, (fact,))
    assert fact_label(graph, fact) == "Link – haben – Pläne mit Huawei"
    assert fact_label(graph, told) == "Link – haben – Pläne mit Huawei – bei Huawei"


@pytest.mark.parametrize(
    ("fact", "label"),
    [
        (5, "Henrik Saller – übergab – Schlüssel – Nele Prinz – in Stade – nur ungern"),
        (6, "Lager – brannte aus"),
        (2, "RhineCloud – nicht: setzt ein – Komponenten von Huawei"),
        (3, "Prüfung – abgeschlossen – 2023 (laut Jan Weidenfeld)"),
    ],
)
def test_facts_in_words(small_graph, fact, label):
    assert fact_label(small_graph, small_graph.facts[fact]) == label


@pytest.mark.parametrize(
    ("lemma", "text", "label"),
    [
        ("übergeben", "Übergab", "übergab"),
        ("ablehnen", "lehnte\n  ab", "lehnte ab"),
        ("Sprecher", "Sprecherin", "Sprecherin"),
        ("übergeben", "", "übergeben"),
    ],
)
def test_a_predicate_is_told_as_the_text_has_it(lemma, text, label):
    claim = replace(handing("a"), predicate=Predicate(lemma, "kgp:x", (), text))
    fact = Fact("1", "A", "kgp:x", lemma, "", claims=(claim,))
    assert (predicate_label(fact, OURS), lemma_label(fact, OURS)) == (label, lemma)


@pytest.mark.parametrize(
    ("said", "lemma", "label"),
    [
        ("wurde geleitet", "leiten", "leiten"),
        ("ist übernommen worden", "übernehmen", "übernehmen"),
        ("wird geprüft", "prüfen", "prüfen"),
        ("wird leiten", "leiten", "wird leiten"),
        ("wird geleitet haben", "leiten", "wird geleitet haben"),
        ("wurde gebaut", "gebaut werden", "wurde gebaut"),
        ("Lehnte ab", "ablehnen", "lehnte ab"),
    ],
)
def test_a_passive_whose_agent_is_known_is_not_read_as_one(said, lemma, label):
    claim = Claim("a", Span(0, 1, "X"), Argument(0, 1, "X", "Person"), Predicate(lemma, "kgp:x", (), said), None)
    assert predicate_label(Fact("f", "X", "kgp:x", lemma, "", claims=(claim,)), OURS) == label
