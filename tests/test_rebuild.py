"""RDF that reads back: what a level kept is there again, and at "full" the graph is equal to the one that was written."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from handing_over import handing_over
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.errors import FormatError
from kg.formats.suffixes import READERS, WRITERS
from kg.knowledge_graph import KnowledgeGraph
from kg.ontology import expand, kinds, relations
from kg.rdf.terms import Iris
from kg.records import (
    FORMS,
    MODALITIES,
    POLARITIES,
    ROLES,
    TYPES,
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
    Run,
    Time,
    claim_order,
)

BASES = st.sampled_from(["https://kg.example/", "https://example.org/g/"])
texts = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from('\0\n\r\x85 "\\<>{}|^`%#?/.·ªßẞ😀'), max_size=9
)
kinds_of_entities = st.sampled_from([*kinds(), *((type_, "") for type_ in TYPES)])
predicates = st.sampled_from([relation.iri for relation in relations()]) | texts.map("kgp:{}".format)
runs = st.builds(
    Run, texts, texts, texts, st.sets(texts.filter(bool), max_size=2).map(lambda found: tuple(sorted(found)))
)


@st.composite
def spans(draw, document):
    start, end = sorted(draw(st.tuples(*[st.integers(0, len(document.text))] * 2)))
    return document.span(start, end)


@st.composite
def mentions(draw, document):
    span = draw(spans(document))
    return Mention(
        document.id,
        *(span.start, span.end, span.text),
        *(draw(st.sampled_from(FORMS)), draw(st.sampled_from(TYPES))),
        *(draw(texts) for _ in range(5)),
        *(draw(st.integers(0, 99)), draw(st.integers(0, 99)), draw(texts), draw(st.booleans())),
        draw(st.sampled_from(["", f"{document.id}#0-1"])),
    )


@st.composite
def arguments(draw, document):
    span = draw(spans(document))
    return Argument(span.start, span.end, span.text, draw(st.sampled_from(TYPES)))


@st.composite
def literals(draw, document):
    span = draw(spans(document))
    return Literal(span.start, span.end, span.text, draw(texts))


def claim_roles(document):
    role = st.builds(Role, st.sampled_from(ROLES), texts, arguments(document) | literals(document))
    return st.lists(role, max_size=3).map(tuple)


@st.composite
def claims(draw, document):
    cues = draw(st.lists(spans(document), max_size=3))
    when = draw(spans(document))
    time = Time(when.start, when.end, when.text, draw(texts), draw(texts))
    return Claim(
        document.id,
        draw(spans(document)),
        draw(arguments(document)),
        Predicate(draw(texts), draw(predicates), tuple((cue.start, cue.end) for cue in cues), draw(texts)),
        draw(st.none() | arguments(document) | literals(document)),
        draw(st.sampled_from(POLARITIES)),
        draw(st.sampled_from(MODALITIES)),
        draw(st.none() | arguments(document)),
        draw(st.sampled_from([None, time])),
        draw(st.floats(0, 1)),
        draw(claim_roles(document)),
        draw(st.floats(0, 1)),
    )


def fact_roles(ids):
    """Also the same entity twice in a role, with another preposition or with none."""
    ends = st.sampled_from(ids).map(lambda id: (id, "")) | texts.map(lambda text: ("", text))
    role = st.builds(lambda role, word, end: FactRole(role, word, *end), st.sampled_from(ROLES), texts, ends)
    return st.sets(role, max_size=3).map(lambda found: tuple(sorted(found)))


@st.composite
def facts(draw, id, ids, known):
    object, literal = draw(st.sampled_from(ids).map(lambda end: (end, "")) | texts.map(lambda text: ("", text)))
    return Fact(
        id,
        draw(st.sampled_from(ids)),
        draw(predicates),
        draw(texts.filter(bool)),
        *(object, literal, draw(st.sampled_from(POLARITIES)), draw(st.sampled_from(MODALITIES))),
        *(draw(st.sampled_from(["", *ids])), draw(texts), draw(texts), draw(st.integers(1, 99))),
        tuple(sorted(draw(st.sets(st.sampled_from(known))) if known else (), key=claim_order)),
        draw(fact_roles(ids)),
        *(draw(st.floats(0, 1)), draw(st.floats(0, 1))),
    )


@st.composite
def graphs(draw) -> KnowledgeGraph:
    """Graphs whose every text is anything, and whose every span is in its text."""
    base = draw(BASES)
    days = st.sampled_from(["", "2018", "2018-01", "2018-01-13"])
    fields = (texts, texts, days, texts, texts, texts)
    documents = [Document(id, *map(draw, fields)) for id in sorted(draw(st.sets(texts, max_size=2)))]
    found = [claim for d in documents for claim in draw(st.lists(claims(d), max_size=3))]
    found = sorted({Iris(base).of_claim(claim): claim for claim in found}.values(), key=claim_order)
    named = [mention for d in documents for mention in draw(st.lists(mentions(d), max_size=4))]
    named = list({mention.id: mention for mention in named}.values())
    ids = sorted(draw(st.sets(texts.filter(bool), min_size=1, max_size=3)))
    owners = [draw(st.sampled_from(ids)) for _ in named]
    entities = []
    for id in ids:
        type_, kind = draw(kinds_of_entities)
        many = [tuple(sorted(draw(st.sets(texts, max_size=2)))) for _ in range(2)]
        parts = tuple(sorted(draw(st.sets(st.sampled_from(ids)))))
        own = tuple(sorted(mention for mention, owner in zip(named, owners, strict=True) if owner == id))
        flag, label, note = draw(st.booleans()), draw(texts), draw(texts)
        entities.append(Entity(id, type_, label, many[0], note, many[1], flag, parts, own, kind))
    # The id of a fact is a digest: "a.1" would be the first role of "a".
    facts_by = sorted({id.replace(".", "") for id in draw(st.sets(texts, max_size=3))} - {""})
    drawn = tuple(draw(facts(id, ids, found)) for id in facts_by)
    return KnowledgeGraph(tuple(documents), tuple(entities), drawn, tuple(found), base, draw(runs))


@settings(deadline=None, max_examples=120)
@given(graphs(), st.sampled_from([".ttl", ".trig", ".nq", ".jsonld"]))
@pytest.mark.slow
def test_in_full_an_equal_graph_comes_back(tmp_path_factory, graph, suffix):
    path = tmp_path_factory.mktemp("full") / f"a{suffix}"
    graph.write(path, "full")
    again = kg.open(path)
    assert again == graph
    assert again.run == graph.run


@pytest.mark.parametrize("suffix", sorted(set(WRITERS) & set(READERS)))
def test_the_small_graph_comes_back_from_every_format(small_graph, tmp_path, suffix):
    graph = replace(small_graph, run=Run("0.1.0", "de_kg_news 0.2.0", "linked", ("a.csv", "b.csv"), "2024-05-31"))
    graph.write(tmp_path / f"a{suffix}", "full")
    again = kg.open(tmp_path / f"a{suffix}")
    assert (again, again.run) == (graph, graph.run)


def test_claims_come_back_with_their_sentences(small_graph, tmp_path):
    small_graph.write(tmp_path / "a.ttl")
    again = kg.open(tmp_path / "a.ttl")
    assert again.documents == tuple(replace(d, text="", encoding="") for d in small_graph.documents)
    assert again.entities == tuple(replace(entity, mentions=()) for entity in small_graph.entities)
    [signed] = again.why("Link", "unterzeichnet")
    assert [claim.sentence for claim in signed.claims] == [claim.sentence for claim in small_graph.facts[1].claims]
    for found, fact in zip(again.facts, small_graph.facts, strict=True):
        assert replace(found, claims=()) == replace(fact, claims=())


def test_roles_come_back_with_their_prepositions(tmp_path):
    """At "claims", too: "vor dem Rathaus" is not "hinter dem Rathaus"."""
    graph = handing_over()
    graph.write(tmp_path / "a.ttl", "full")
    assert kg.open(tmp_path / "a.ttl") == graph
    graph.write(tmp_path / "a.ttl")
    again = kg.open(tmp_path / "a.ttl")
    assert [replace(f, claims=()) for f in again.facts] == [replace(f, claims=()) for f in graph.facts]
    assert {(claim.object, claim.roles) for claim in again.claims} == {(None, ())}


def test_the_roles_of_a_fact_keep_their_order_beyond_nine(tmp_path):
    graph = handing_over()
    roles = tuple(FactRole("place", "in", value=f"Ort {n:02}") for n in range(12))
    graph = replace(graph, facts=(replace(graph.facts[0], roles=roles),))
    graph.write(tmp_path / "a.nt", "full")
    assert kg.open(tmp_path / "a.nt") == graph


@pytest.mark.parametrize(
    ("gone", "message"),
    [
        ("kg:roleName", "a value is missing or damaged (kg:roleName)"),
        ("rdf:value", "incomplete, rdf:value is missing"),
        ("kg:roleSpan", "incomplete, kg:roleSpan is missing"),
        ("kg:objectSpan", "incomplete, kg:objectSpan is missing"),
    ],
)
def test_a_role_with_holes_is_no_role(tmp_path, gone, message):
    handing_over().write(tmp_path / "a.nt", "full")
    predicate = str(Iris("https://kg.example/")(gone))
    lines = (tmp_path / "a.nt").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "a.nt").write_text("".join(line for line in lines if f" {predicate} " not in line), encoding="utf-8")
    with pytest.raises(FormatError, match=re.escape(f"{tmp_path}/a.nt: {message}")):
        kg.open(tmp_path / "a.nt")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('kg:roleName "recipient"', 'kg:roleName "giver"', "a value is missing or damaged (kg:roleName giver)"),
        ("rdf:value kge:Stade", "rdf:value kge:Buxtehude", "incomplete, Buxtehude is missing"),
        ("kg:hasRole kgf:a1.1,", "kg:hasRole kgf:a1.x,", "a value is missing or damaged"),
        ("kg:hasRole kgf:a1.1,", "kg:hasRole kgf:a1.9,", "incomplete, "),
    ],
)
def test_roles_that_somebody_changed_are_told(tmp_path, old, new, message):
    handing_over().write(tmp_path / "a.ttl")
    text = (tmp_path / "a.ttl").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "a.ttl").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(FormatError, match=re.escape(message)):
        kg.open(tmp_path / "a.ttl")


def test_plain_triples_come_back_as_direct_facts(small_graph, tmp_path):
    small_graph.write(tmp_path / "a.ttl", "plain")
    again = kg.open(tmp_path / "a.ttl")
    direct = [(fact.subject, fact.predicate, fact.object) for fact in small_graph.facts if fact.direct]
    assert sorted((fact.subject, fact.predicate, fact.object) for fact in again.facts) == sorted(direct)
    assert all(fact.direct and fact.weight == 1 for fact in again.facts)
    assert (again.documents, again.claims) == ((), ())


def test_what_comes_back_can_be_narrowed(small_graph, tmp_path):
    small_graph.write(tmp_path / "a.ttl", "full")
    narrowed = kg.open(tmp_path / "a.ttl", concepts="none")
    assert (narrowed, narrowed.run.concepts) == (small_graph.with_concepts("none"), "none")


@pytest.mark.parametrize(
    ("gone", "message"),
    [
        ("rdf:subject", "incomplete, rdf:subject is missing; write it again with kg"),
        ("kg:weight", "a value is missing or damaged"),
        ("dcterms:identifier", "incomplete, "),
        ("oa:hasTarget", "incomplete, oa:hasTarget is missing"),
        ("kg:cue", "incomplete, kg:cue is missing"),
    ],
)
def test_a_file_with_holes_is_no_graph(small_graph, tmp_path, gone, message):
    small_graph.write(tmp_path / "a.nt", "full")
    predicate = str(Iris(small_graph.base_iri)(gone))
    lines = (tmp_path / "a.nt").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "a.nt").write_text("".join(line for line in lines if f" {predicate} " not in line), encoding="utf-8")
    with pytest.raises(FormatError, match=re.escape(f"{tmp_path}/a.nt: {message}")):
        kg.open(tmp_path / "a.nt")


@pytest.mark.parametrize("weight", ["-1", "0", "9" * 30, '"viel"'])
def test_a_weight_that_counts_nothing_is_damaged(small_graph, tmp_path, weight):
    small_graph.write(tmp_path / "a.ttl")
    text = (tmp_path / "a.ttl").read_text(encoding="utf-8").replace("kg:weight 1 ", f"kg:weight {weight} ", 1)
    (tmp_path / "a.ttl").write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match="a value is missing or damaged"):
        kg.open(tmp_path / "a.ttl")


@pytest.mark.parametrize(
    ("about", "predicate", "object"),
    [
        ("rdf-syntax-ns#subject> ", "hasRole", '<<( <http://a/b> <http://a/c> "d" )>>'),
        ('setting> "version=9"', "setting", '"foo=bar"'),  # of a later kg
    ],
)
def test_what_kg_never_writes_is_one_line(small_graph, tmp_path, about, predicate, object):
    path = tmp_path / "a.nq"
    replace(small_graph, run=Run(version="9")).write(path, level="full")
    lines = path.read_text(encoding="utf-8").splitlines()
    subject = next(line.split(" ", 1)[0] for line in lines if about in line)
    iri = expand(f"kg:{predicate}")
    path.write_text("\n".join([*lines, f"{subject} <{iri}> {object} .", ""]), encoding="utf-8")
    with pytest.raises(FormatError, match="holds what this kg never writes"):
        kg.open(path)


@pytest.mark.parametrize(
    "link", ["rdf:subject", "rdf:predicate", "kg:predicate", "kg:speaker", "kg:evidence", "rdf:value"]
)
@pytest.mark.parametrize("value", ['"x"', "_:b1", "<urn:x:y>", "<mailto:a@b.example>", "<x:y>"])
def test_what_kg_links_by_an_iri_of_its_own_leads_nowhere_else(tmp_path, link, value):
    """Each is one line, in whatever format it is written again, or does no harm."""
    handing_over().write(tmp_path / "a.nt", "full")
    name = re.escape(expand(link))
    text = (tmp_path / "a.nt").read_text(encoding="utf-8")
    (tmp_path / "a.nt").write_text(re.sub(rf"(<{name}>) <[^>]*> \.", rf"\1 {value} .", text), encoding="utf-8")
    told = ""
    try:
        graph = kg.open(tmp_path / "a.nt")
        for suffix in (".ttl", ".jsonl", ".gexf", ".html"):
            graph.write(tmp_path / f"b{suffix}")
    except FormatError as error:
        told = str(error)
    assert "write it again with kg" in told or (not told and link in ("kg:speaker", "rdf:value"))


def test_claims_that_differ_in_their_time_alone_are_two(tmp_path):
    """ "Otto Meier besuchte 1953 und 1957 Köln." """
    graph = kg.build([Document("otto", "Otto Meier besuchte 1953 und 1957 Köln.")])
    assert [claim.time.since for claim in graph.claims] == ["1953", "1957"]
    graph.write(tmp_path / "a.ttl", "full")
    assert kg.open(tmp_path / "a.ttl") == graph
