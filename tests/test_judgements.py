"""What people decide on who is who, and what is left to them: two mentions are the same, not the same, or in doubt."""

from __future__ import annotations

import pytest
from marked_names import marked, resolved, shape

from kg.records import Judgement
from kg.resolve import judge

TWO = {"a": "{Link/P} ging.", "b": "{Link/P} kam.", "c": "{Sören Link/P}."}
A, B, C = "a#0-4", "b#0-4", "c#0-10"


@pytest.mark.parametrize(
    ("verdicts", "entities"),
    [
        ([], {"Link_a": {"a:Link"}, "Link_b": {"b:Link"}, "Sören_Link": {"c:Sören Link"}}),
        ([(A, C, "same")], {"Link": {"b:Link"}, "Sören_Link": {"a:Link", "c:Sören Link"}}),
        ([(A, C, "same"), (C, B, "same")], {"Sören_Link": {"a:Link", "b:Link", "c:Sören Link"}}),
        ([(A, C, "same"), (A, C, "unsure")], {"Link_a": {"a:Link"}, "Link_b": {"b:Link"}, "Sören_Link": {"c:Sören Link"}}),
        ([(A, C, "not same"), (C, A, "same")], {"Link": {"b:Link"}, "Sören_Link": {"a:Link", "c:Sören Link"}}),
        ([(A, C, "same"), (A, C, "not same")], {"Link_a": {"a:Link"}, "Link_b": {"b:Link"}, "Sören_Link": {"c:Sören Link"}}),
        ([(A, "gibt#0-1", "same")], {"Link_a": {"a:Link"}, "Link_b": {"b:Link"}, "Sören_Link": {"c:Sören Link"}}),
    ],
    ids=["none", "same", "same twice", "taken back", "last word same", "last word not same", "of a mention that is gone"],
)  # fmt: skip
def test_judgements(verdicts, entities):
    ledger = tuple(Judgement(left, right, verdict, by="Redaktion") for left, right, verdict in verdicts)
    assert shape(resolved(TWO, ledger)) == entities


def test_a_judgement_parts_what_the_rules_join():
    texts = {"a": "{Essen/L}.", "b": "{Essen/L}."}
    apart = Judgement("a#0-5", "b#0-5", "not same", by="Redaktion")
    assert shape(resolved(texts)) == {"Essen": {"a:Essen", "b:Essen"}}
    assert shape(resolved(texts, (apart,))) == {"Essen_a": {"a:Essen"}, "Essen_b": {"b:Essen"}}


@pytest.mark.parametrize(
    ("texts", "asked"),
    [
        ({"a": "{Helion Energie GmbH/O} baut.", "b": "{Helion/O} zahlt."}, {("Helion Energie GmbH", "Helion")}),
        ({"a": "{Helion Energie GmbH/O} baut.", "b": "{Helion/P} zahlt."}, {("Helion Energie GmbH", "Helion")}),
        (
            {"a": "{Helion Energie GmbH/O}, {Helion Gas AG/O}.", "b": "{Helion/O} zahlt."},
            {("Helion Energie GmbH", "Helion"), ("Helion Gas AG", "Helion")},
        ),
        ({"a": "{Helion Energie GmbH/O} baut.", "b": "{Helion/O/Verein} zahlt."}, set()),
        # initials, where only another text has the name, or several fit
        ({"a": "{H. Kern/P}.", "b": "{Hans Kern/P}."}, {("Hans Kern", "H. Kern")}),
        ({"a": "{Martin Lindner/P}.", "b": "{Martin K. Lindner/P}."}, {("Martin K. Lindner", "Martin Lindner")}),
        ({"a": "{H. Kern/P}, {Hans Kern/P}, {Heinz Kern/P}."}, {("Hans Kern", "H. Kern"), ("Heinz Kern", "H. Kern")}),
        ({"a": "{H. Kern/P}, {Hans Kern/P}.", "b": "{Heinz Kern/P}."}, set()),
        ({"a": "{H. Kern/P}, {Otto Kern/P}."}, set()),
    ],
)
def test_what_is_for_a_person_to_decide(texts, asked):
    read = [marked(doc, text) for doc, text in texts.items()]
    documents, mentions = [document for document, _ in read], [m for _, found in read for m in found]
    names = {m.id: m.name for m in mentions}
    verdicts = judge(documents, mentions)
    assert {(names[j.left], names[j.right]) for j in verdicts if j.verdict == "unsure"} == asked
