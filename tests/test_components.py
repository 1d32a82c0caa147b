"""kg as parts of a spaCy pipeline: the same claims as `kg extract`, and the Doc of the user left as it was."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from kg.errors import ModelError
from kg.extract import extract
from kg.reader.pipeline import find_pipeline, load
from kg.records import Document

TEXT = "Sören Link unterzeichnete 2018 ein Abkommen mit Huawei. Felix zur Nieden sagte, die DVV nutze keine Server."


@pytest.fixture(scope="module")
def full():
    nlp = spacy.load(find_pipeline())
    nlp.add_pipe("kg_mentions")
    nlp.add_pipe("kg_claims")
    return nlp


def test_claims_are_those_of_kg_extract(full):
    doc = full(TEXT)
    alone = extract(Document("", TEXT), load())
    assert doc._.kg_claims == alone.claims
    assert doc._.kg_mentions == alone.mentions
    assert len(doc._.kg_claims) > 1


def test_spans_stand_where_the_records_say(full):
    doc = full(TEXT)
    assert [(s.text, s.label_) for s in doc.spans["kg_mentions"]] == [(m.text, m.type) for m in doc._.kg_mentions]
    assert [s.text for s in doc.spans["kg_claims"]] == [c.sentence.text for c in doc._.kg_claims]
    assert [s.label_ for s in doc.spans["kg_claims"]] == [c.predicate.lemma for c in doc._.kg_claims]


def test_the_tree_of_the_user_stays_as_it_was(full):
    text = "Gestern besuchten Schüler das Museum. Er sagt, Meier leugne, Siemens betrogen zu haben."
    with full.select_pipes(disable=["kg_mentions", "kg_claims"]):
        bare = [(t.dep_, t.head.i, t.tag_, t.pos_) for t in full(text)]
    assert [(t.dep_, t.head.i, t.tag_, t.pos_) for t in full(text)] == bare


def test_what_was_found_outlives_the_doc(full):
    doc = full(TEXT)
    again = Doc(full.vocab).from_bytes(doc.to_bytes())
    assert again._.kg_claims == doc._.kg_claims
    boxed = next(iter(DocBin(docs=[doc], store_user_data=True).get_docs(full.vocab)))
    assert boxed._.kg_mentions == doc._.kg_mentions


def test_one_component_is_enough_and_an_empty_text_has_nothing():
    nlp = spacy.load(find_pipeline())
    nlp.add_pipe("kg_claims")
    assert nlp(TEXT)._.kg_claims
    assert nlp("")._.kg_claims == ()


def test_a_pipeline_without_a_parser_is_told_so():
    nlp = spacy.blank("de")
    nlp.add_pipe("kg_claims")
    with pytest.raises(ModelError, match="no parser"):
        nlp("Sören Link warnt vor Huawei.")
