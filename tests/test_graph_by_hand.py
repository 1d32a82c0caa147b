"""Graphs that somebody makes by hand hold together, or are refused in one line."""

from __future__ import annotations

import enum
from dataclasses import replace

import numpy as np
import pytest

import kg
from kg.errors import KgError
from kg.records import Argument, Claim, Document, Entity, Fact, FactRole, Literal, Mention, Predicate, Role, Run, Span

DOCUMENT = Document("brief", "Anna mag Berlin.")
ANNA, BERLIN = Entity("A", "Person", "Anna"), Entity("B", "Place", "Berlin")
SAID = Predicate("mögen", "kgp:mögen", ((5, 8),), "mag")
CLAIM = Claim(
    "brief", Span(0, 16, DOCUMENT.text), Argument(0, 4, "Anna", "Person"), SAID, Argument(9, 15, "Berlin", "Place")
)
FACT = Fact("f", "A", "kgp:mögen", "mögen", "B", claims=(CLAIM,))
HUGE = 10**5000


def graph(**parts) -> kg.KnowledgeGraph:
    whole = {"documents": (DOCUMENT,), "entities": (ANNA, BERLIN), "facts": (FACT,), "claims": (CLAIM,)}
    return kg.KnowledgeGraph(**whole | parts)


@pytest.mark.parametrize(
    ("fact", "message"),
    [
        ({"subject": "X"}, "fact 'f': its subject 'X' is not in the graph; add it, or leave the fact out"),
        ({"object": "X"}, "its object or role 'X' is not in the graph"),
        ({"speaker": "X"}, "its speaker 'X' is not in the graph"),
        ({"roles": (FactRole("place", "in", "X"),)}, "its object or role 'X' is not in the graph"),
        ({"roles": (FactRole("platz", "in", "B"),)}, "its roles.role 'platz' is none of recipient, "),
        ({"claims": (replace(CLAIM, doc="zz"),)}, "its claim's document 'zz' is not in the graph"),
        ({"predicate": "foo:bar"}, "its predicate 'foo:bar' is no IRI; write kgp:warnen, one with another prefix"),
        ({"predicate": ""}, "its predicate '' is no IRI"),
        ({"predicate": "https://a.example/b>c"}, "is no IRI; encode what it may not hold"),
        ({"predicate": 'https://a.example/"c'}, "is no IRI; encode what it may not hold"),
        ({"predicate": "https://a.example/\x07"}, "is no IRI; encode what it may not hold"),
        ({"predicate": "http://["}, "its predicate 'http://[' is no IRI; encode what it may not hold"),
        ({"predicate": "http://a.example:b/c"}, "is no IRI; encode what it may not hold"),
        ({"weight": 0}, "its weight 0 is no number of documents"),
        ({"weight": HUGE}, "is no whole number from 0 to 2147483647"),
        ({"weight": float("nan")}, "its weight nan is no whole number"),
        ({"since": 2018}, "its since 2018 is no string"),
        ({"polarity": "ja"}, "its polarity 'ja' is none of positive, negative"),
    ],
)
def test_a_fact_that_cannot_be_written_is_refused(fact, message):
    refused(message, facts=(replace(FACT, **fact),))


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"entities": (ANNA, ANNA, BERLIN)}, "entity 'A': there are two with this id; give each its own"),
        ({"entities": (replace(ANNA, type="Mensch"), BERLIN)}, "its type 'Mensch' is none of Person, "),
        ({"entities": (replace(ANNA, parts=("X",)), BERLIN)}, "its part 'X' is not in the graph"),
        ({"entities": (replace(ANNA, aliases=(3,)), BERLIN)}, "its aliases 3 is no string"),
        ({"entities": (replace(ANNA, aliases="Anna"), BERLIN)}, "its aliases 'Anna' is no tuple"),
        ({"entities": (replace(ANNA, aliases=np.array(["a", "b"])), BERLIN)}, "is no tuple"),
        ({"entities": (replace(ANNA, parts=np.array([])), BERLIN)}, "is no tuple"),
        ({"entities": (replace(ANNA, type=np.array(["a", "b"])), BERLIN)}, "is none of Person, "),
        ({"entities": (replace(ANNA, kind="Verwandte"), BERLIN)}, "its kind 'Verwandte' is none of association, "),
        ({"entities": {"A": ANNA}}, "is no collection of records; pass a tuple or a list"),
        ({"facts": ("f",)}, "facts: 'f' is no Fact; pass records of `kg`"),
        ({"documents": np.array(1)}, "documents: array(1) is no collection of records"),
        ({"documents": None}, "documents: None is no collection of records"),
        ({"documents": ()}, "its claim's document 'brief' is not in the graph"),
        ({"claims": (replace(CLAIM, doc="zz"),)}, "claim of 'zz' at 0: its document 'zz' is not in the graph"),
        ({"claims": (replace(CLAIM, subject=None),)}, "its subject None is no Argument"),
        (
            {
                "claims": (
                    replace(
                        CLAIM,
                        sentence=Span(-5, 2, ""),
                    ),
                )
            },
            "its sentence.start -5 is no whole number",
        ),
        (
            {
                "claims": (
                    replace(
                        CLAIM,
                        sentence=Span(0, HUGE, ""),
                    ),
                )
            },
            "its sentence.end a int that cannot be shown is",
        ),
        ({"claims": (replace(CLAIM, confidence=float("nan")),)}, "its confidence nan is no number from 0 to 1"),
        ({"claims": (replace(CLAIM, confidence=True),)}, "its confidence True is no number from 0 to 1"),
        ({"claims": (replace(CLAIM, risk=1.5),)}, "its risk 1.5 is no number from 0 to 1"),
        ({"facts": (replace(FACT, claims=None),)}, "fact 'f': its claims None is no tuple"),
        ({"claims": (replace(CLAIM, predicate=replace(SAID, iri="foo:bar")),)}, "its predicate.iri 'foo:bar' is no"),
        ({"claims": (replace(CLAIM, predicate=replace(SAID, spans=(5, 8))),)}, "its predicate.spans 5 is no pair of"),
        ({"claims": (replace(CLAIM, roles=(Role("x", "", Literal(0, 1, "A", "A")),)),)}, "its roles.role 'x' is none"),
        ({"base_iri": "foo"}, "base_iri='foo': no base IRI"),
        ({"run": Run(gazetteers=(3,))}, "run: its gazetteers 3 is no string"),
    ],
)
def test_records_that_do_not_hold_together_are_refused(parts, message):
    refused(message, **parts)


def refused(message: str, **parts) -> None:
    with pytest.raises(KgError) as caught:
        graph(**parts)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    with pytest.raises(KgError):
        replace(graph(), **parts)


@pytest.mark.parametrize("id", ['A>" b', "A\x00\x1b", "A\n", "", "../A?x#y", "A\ud800"])
def test_an_id_may_be_any_text(tmp_path, id):
    mention = Mention("brief", 0, 4, "Anna", "named", "Person", "Anna")
    made = graph(entities=[replace(ANNA, id=id, mentions=(mention,)), BERLIN], facts=[replace(FACT, subject=id)])
    for suffix in ("ttl", "jsonld", "gexf", "graphml", "html", "jsonl"):
        made.write(tmp_path / f"a.{suffix}", "full")
    assert made.plot().svg
    assert made.sparql("ASK { ?a kgp:mögen ?b }")
    assert len(made.facts_frame()) == 1


class Word(str, enum.Enum):  # noqa: UP042 – of a StrEnum f"{Word.MAG}" is "mag", of this one "Word.MAG"
    MAG = "mag"
    MAY = "kgp:mögen"
    ANNA = "A"


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ({"confidence": np.float64(0.5)}, {"confidence": 0.5}),
        ({"confidence": 1}, {"confidence": 1.0}),
        ({"doc": np.str_("brief")}, {"doc": "brief"}),
        ({"predicate": Predicate(np.str_("mögen"), Word.MAY, ((5, 8),), Word.MAG)}, {"predicate": SAID}),
        ({"sentence": Span(enum.IntEnum("At", {"START": 0}).START, 16, DOCUMENT.text)}, {}),
    ],
)
def test_equal_graphs_are_written_alike_whatever_their_texts_and_numbers_are(tmp_path, given, plain):
    entities = (replace(ANNA, id=Word.ANNA), replace(BERLIN, label=np.str_("Berlin")))
    claim, same = replace(CLAIM, **given), replace(CLAIM, **plain)
    made = graph(claims=(claim,), facts=(replace(FACT, claims=(claim,)),), entities=entities)
    expected = graph(claims=(same,), facts=(replace(FACT, claims=(same,)),))
    assert made == expected
    for suffix in ("ttl", "jsonl", "html", "gexf"):
        made.write(tmp_path / f"a.{suffix}", "full")
        expected.write(tmp_path / f"b.{suffix}", "full")
        assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()


def test_half_a_character_is_one_line_wherever_there_are_triples():
    made = graph(entities=(replace(ANNA, same_as=("https://a.example/\ud800",)), BERLIN))
    for ask in (made.to_rdflib, lambda: made.sparql("ASK { ?a ?b ?c }"), lambda: made.sparql_frame("SELECT * {}")):
        with pytest.raises(KgError, match=r"^a text of the graph holds half a character; decode it again$"):
            ask()


def test_half_a_character_of_the_run_is_told_where_it_is_written(tmp_path):
    for run in (Run(model="\ud800"), Run(gazetteers=("\ud800.csv",))):
        with pytest.raises(KgError, match=r"a\.ttl: a text holds half a character; decode it again$"):
            graph(run=run).write(tmp_path / "a.ttl", "full")


def test_a_height_is_one_that_a_page_can_have():
    for height in (HUGE, 100_001, 0, float("inf")):
        with pytest.raises(KgError, match=r"explore: height=.* must be a whole number from 1 to 100000$"):
            graph().explore(height)


def test_more_workers_than_a_machine_can_have_are_refused_at_once():
    with pytest.raises(KgError, match=r"build: workers=100000 must be a whole number from 1 to 1000$"):
        kg.build([DOCUMENT], workers=100_000)
