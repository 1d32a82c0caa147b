"""Tables: what an analyst reads out of a graph, and texts that come in as one."""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest

import kg
from kg.errors import KgError, QueryError, SourceError
from kg.knowledge_graph import KnowledgeGraph
from kg.records import Document
from kg.sources.frames import read_frame


def test_entities(small_graph):
    frame = small_graph.entities_frame()
    assert list(frame["id"]) == [entity.id for entity in small_graph.entities]
    assert frame.set_index("id").loc["Sören_Link"].to_dict() == {
        "label": "Sören Link",
        "type": "Person",
        "kind": "",
        "named": True,
        "aliases": ("Link",),
        "description": "",
        "mentions": 3,
        "documents": 2,
        "facts": 2,
        "same_as": (),
    }


def test_facts(small_graph):
    frame = small_graph.facts_frame().set_index("id")
    assert list(frame.index) == ["a1", "b2", "c3", "d4", "e5", "f6", "g7"]
    assert frame.loc["d4"].to_dict() == {
        "subject": "Prüfung",
        "predicate": "abgeschlossen",
        "class": "kg:End",
        "object": "2023",
        "roles": (),
        "polarity": "positive",
        "modality": "asserted",
        "speaker": "Jan Weidenfeld",
        "since": "2023",
        "until": "",
        "confidence": 1.0,
        "risk": 0.0,
        "weight": 1,
        "first_date": "2022-04-01",
        "last_date": "2022-04-01",
        "direct": False,
        "subject_id": "Prüfung",
        "predicate_iri": "kgp:abschließen",
        "object_id": "",
        "speaker_id": "Jan_Weidenfeld",
    }
    assert frame.loc["a1", ["first_date", "last_date", "weight"]].to_list() == ["2018-01", "2022-04-01", 2]
    assert list(frame.index[frame["direct"]]) == ["a1", "b2", "f6"]
    assert frame.loc["f6", "roles"] == (
        ("manner", "", "nur ungern", ""),
        ("place", "in", "Stade", "Stade"),
        ("recipient", "", "Nele Prinz", "Nele_Prinz"),
    )
    assert frame.loc["g7", ["predicate", "class", "object", "object_id"]].to_list() == [
        "brannte aus",
        "kg:Accident",
        "",
        "",
    ]


def test_evidence_joins_its_facts(small_graph):
    frame = small_graph.evidence_frame()
    assert list(frame["fact"]) == ["a1", "a1", "b2", "c3", "d4", "e5", "f6", "g7"]
    assert frame["roles"].to_list()[-2:] == [
        (("recipient", "", "Nele Prinz"), ("place", "in", "Stade"), ("manner", "", "nur ungern")),
        (),
    ]
    joined = frame.merge(small_graph.facts_frame(), left_on="fact", right_on="id", suffixes=("_text", ""))
    (signed,) = joined[joined["predicate_iri"] == "kg:signed"].to_dict("records")
    assert (signed["subject_text"], signed["subject"], signed["cue"]) == ("Link", "Sören Link", "unterzeichnete")
    assert (signed["time"], signed["since"]) == ("Am 12. Januar 2018", "2018-01-12")
    text = small_graph.documents_by_id[signed["document"]].text
    assert text[signed["start"] : signed["end"]] == signed["sentence"]


def test_answers(small_graph):
    frame = small_graph.sparql_frame(
        "SELECT ?wer ?was ?jahr { ?f rdf:subject/rdfs:label ?wer ; kg:modality ?was . OPTIONAL { ?f kg:validFrom ?jahr } } "
        "ORDER BY ?wer ?was LIMIT 2"
    )
    assert list(frame.columns) == ["wer", "was", "jahr"]
    assert frame["wer"].to_list() == ["Henrik Saller", "Huawei"]
    empty = small_graph.sparql_frame("SELECT ?wer { ?wer kg:signed kge:Duisburg }")
    assert (list(empty.columns), len(empty)) == (["wer"], 0)
    with pytest.raises(QueryError, match="it gives no rows for a table; ask with SELECT"):
        small_graph.sparql_frame("ASK {}")


def test_an_empty_graph_has_its_columns():
    graph = KnowledgeGraph((), (), ())
    for frame in (graph.entities_frame(), graph.facts_frame(), graph.evidence_frame()):
        assert frame.empty
        assert len(frame.columns)


def test_without_pandas_it_says_what_to_install(small_graph, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(KgError, match=r"pip install 'kg-de\[notebook\]'"):
        small_graph.facts_frame()
    assert kg.build(Document("a", "Huawei warnt Duisburg.")).facts


def test_texts_from_a_frame():
    frame = pd.DataFrame(
        {
            "text": ["Sören Link leitet Duisburg.", "Huawei warnt Duisburg."],
            "title": ["Rathaus", None],
            "date": [2018, None],
            "ressort": [["Lokales"], []],
        }
    )
    graph = kg.build(frame)
    assert graph.documents == (
        Document("row-0", "Sören Link leitet Duisburg.", title="Rathaus", date="2018"),
        Document("row-1", "Huawei warnt Duisburg."),
    )
    assert {claim.subject.text for claim in kg.claims(frame)} == {"Sören Link", "Huawei"}


@pytest.mark.parametrize(
    ("columns", "id", "day"),
    [
        ({"id": ["dpa-7"], "date": pd.to_datetime(["2018-01-12 10:30"])}, "dpa-7", "2018-01-12"),
        ({"id": [7], "date": [date(2018, 1, 12)]}, "7", "2018-01-12"),
        ({"id": pd.array([7], dtype="Int64"), "date": [pd.Period("2018-01")]}, "7", "2018-01"),
        ({"id": [7.0], "date": [pd.NaT]}, "7", ""),
        ({"id": [7.0], "date": [Decimal("sNaN")]}, "7", ""),
        ({"id": [None], "date": pd.array([None], dtype="Int64")}, "row-0", ""),
    ],
)
def test_cells_of_all_sorts(columns, id, day):
    (document,) = read_frame(pd.DataFrame({"text": ["Huawei warnt."], **columns}))
    assert (document.id, document.date) == (id, day)


def test_a_row_that_is_broken_costs_no_other(caplog):
    frame = pd.DataFrame(
        {
            "text": ["Link warnt.", None, " ", "Huawei warnt.", "Krause warnt.", "Meier warnt."],
            "publisher": [1815, None, None, float("nan"), pd.NA, "Stadtblatt"],
            "date": [2018, "2018", "2018", "gestern", pd.NaT, 2019.0],
        }
    )
    documents = kg.build(frame).documents
    assert [(d.id, d.publisher, d.date) for d in documents] == [
        ("row-0", "1815", "2018"),
        ("row-4", "", ""),
        ("row-5", "Stadtblatt", "2019"),
    ]
    assert [message.split(";")[0] for message in caplog.messages] == [
        'left out: DataFrame, row 1: no "text"',
        "left out: DataFrame, row 2: empty",
        'left out: DataFrame, row 3: the date "gestern" is not ISO 8601',
    ]


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (pd.DataFrame({"artikel": ["a"]}), r'no column "text" \(there is artikel\); .*frame\.rename\(columns='),
        (pd.DataFrame({"text": []}), "no rows"),
        (pd.DataFrame({"text": [None]}), 'DataFrame, row 0: no "text"'),
        (pd.DataFrame({"text": [" ", None]}), r"DataFrame, row 0: empty; .* \(and 1 more that cannot be read"),
        (pd.DataFrame([["a", "b"]], columns=["text", "text"]), 'two columns "text"; drop or rename one'),
        (pd.DataFrame({"text": ["a"], "date": ["gestern"]}), 'row 0: the date "gestern" is not ISO 8601'),
        (pd.DataFrame({"text": ["a", "b"], "id": ["x", "x"]}), "x: two documents have this id"),
        # numbers that Python does not write
        (pd.DataFrame({"text": ["a"], "id": [10**5000]}), 'row 0: the "id" is a number of more than 4,300 digits'),
        (pd.DataFrame({"text": ["a"], "title": [10**5000]}), 'row 0: the "title" is a number of more than 4,300'),
        (pd.DataFrame({"text": ["a"], 10**5000: [1]}), "DataFrame: a column is a number of more than 4,300 digits"),
        (pd.DataFrame({"text": ["a"]}, index=[10**5000]), "DataFrame: the label of a row is a number of more"),
    ],
    ids=range(11),
)
def test_frames_that_hold_no_texts(frame, message):
    with pytest.raises(SourceError, match=message):
        kg.build(frame)
