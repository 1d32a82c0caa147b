"""The two seed articles, as a careful reader would draw them: who is there, of what type, and what is said of them.

The rules name nobody of these texts; the tables of `test_extract.py` and `test_stance.py` hold them to other names
in the same shapes.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

import kg

SEEDS = Path(__file__).parents[1] / "seeds"


@pytest.fixture(scope="module")
def graph() -> kg.KnowledgeGraph:
    return kg.build([SEEDS])


# All that the two texts name, as a careful reader would list it: label, type, kind, aliases.
NAMED = {
    ("Sören Link", "Person", "", ()),
    ("Yan Lida", "Person", "", ()),
    ("Wang Yonggang", "Person", "", ()),
    ("Jan Weidenfeld", "Person", "", ("Weidenfeld",)),
    ("Susanne Stölting", "Person", "", ()),
    ("Felix zur Nieden", "Person", "", ("zur Nieden",)),
    ("Volker Lange", "Person", "", ()),
    ("Martin Murrack", "Person", "", ()),
    ("Ingo Blazejewski", "Person", "", ()),
    ("Robert Lewandowski", "Person", "", ("Lewandowski",)),
    ("Putin", "Person", "", ()),
    ("Huawei", "Organization", "company", ("Huawai",)),
    ("Huawei Enterprise Business Group", "Organization", "", ("Enterprise Business Group",)),
    ("Deutsche Telekom", "Organization", "", ()),
    ("DU-IT GmbH", "Organization", "company", ()),
    (
        "DVV",
        "Organization",
        "company",
        ("Duisburger Versorgungs- und Verkehrsgesellschaft", "Versorgungs- und Verkehrsgesellschaft mbH"),
    ),
    ("Bundesamt für Sicherheit in der Informationstechnik", "Organization", "public body", ()),
    ("Mercator Institute for China Studies", "Organization", "research institute", ()),
    ("FC Bayern München", "Organization", "association", ()),
    ("RP Online", "Organization", "", ()),
    ("Anonymus", "Organization", "", ()),
    ("Joint Smart City Innovation Center", "Organization", "", ()),
    ("Smart City Innovation Center", "Organization", "", ()),
    ("Folkwang-Institut", "Organization", "research institute", ()),
    ("RhineCloud", "Product", "platform", ()),
    ("Frag den Staat", "Product", "platform", ()),
    ("Memorandum of Understanding", "Agreement", "", ()),
    ("Digitales Duisburg", "Work", "", ()),
    ("Duisburg", "Place", "city", ()),
    ("Shenzhen", "Place", "city", ()),
    ("Neudorf", "Place", "", ()),
    ("Hongkong", "Place", "", ()),
    ("Westeuropa", "Place", "", ()),
    ("Seidenstraße", "Place", "", ()),
    ("China", "Place", "country", ()),
    ("Russland", "Place", "country", ()),
    ("Ukraine", "Place", "country", ()),
    ("Vereinigte Staaten", "Place", "country", ("USA",)),
}
# Neither wrong nor of a kind that a text tells: projects and slogans.
OPEN = {"Smart City", "Smart City Duisburg", "Simulation Verkehrsflusssteuerung"}


def test_who_and_what_is_named_each_once(graph):
    found = {(e.label, e.type, e.kind, e.aliases) for e in graph.entities if e.named}
    assert {entity for entity in found if entity[0] not in OPEN} == NAMED
    assert len([e for e in graph.entities if e.named]) == len(found)


@pytest.mark.parametrize(
    "label", ["Sören Link", "Huawei", "DVV", "Yan Lida", "Duisburg", "Memorandum of Understanding"]
)
def test_the_node_is_the_same_in_both_texts(graph, label):
    assert {mention.doc for mention in graph.entity(label).mentions} == {document.id for document in graph.documents}


@pytest.mark.parametrize("label", ["Auch interessant", "Darin", "Bild", "Newsletter", "Stattdessen"])
def test_furniture_of_the_page_is_nobody(graph, label):
    with pytest.raises(kg.KgError):
        graph.entity(label)


@pytest.mark.parametrize(
    ("subject", "predicate", "object", "words"),
    [
        ("Sören Link", "schema:jobTitle", "Oberbürgermeister", "Oberbürgermeister Sören Link"),
        ("Yan Lida", "org:headOf", "Huawei Enterprise Business Group", "Chef der Huawei Enterprise Business Group"),
        ("Felix zur Nieden", "kg:spokespersonFor", "DVV", "Sprecher der DVV"),
        ("Ingo Blazejewski", "kg:spokespersonFor", "DVV", "DVV-Konzernsprecher Ingo Blazejewski"),
        ("Jan Weidenfeld", "schema:affiliation", "Mercator Institute for China Studies", "vom Mercator Institute"),
        ("Sören Link", "kg:signed", "Memorandum of Understanding", "unterzeichneten"),
        ("Yan Lida", "kg:signed", "Memorandum of Understanding", "unterzeichneten"),
    ],
)
def test_what_is_plainly_so_is_a_direct_triple(graph, subject, predicate, object, words):
    facts = [fact for fact in graph.why(subject, predicate, object) if fact.direct]
    assert any(words in claim.sentence.text for fact in facts for claim in fact.claims)
    ends = graph.entity(subject).id, graph.entity(object).id
    assert graph.sparql(f"ASK {{ kge:{ends[0]} {predicate} kge:{ends[1]} }}")


def test_both_articles_tell_of_the_signing(graph):
    facts = graph.why("Link", "unterzeichnen", "Memorandum of Understanding")
    assert {claim.doc for fact in facts for claim in fact.claims} == {document.id for document in graph.documents}
    assert "2018-01-12" in {fact.since for fact in facts}


def test_rhinecloud_uses_no_components_of_huawei(graph):
    (fact,) = graph.why("RhineCloud", "kg:uses", "Huawei")
    assert (fact.subject, fact.polarity, fact.modality) == ("RhineCloud", "negative", "asserted")
    assert graph.entities_by_id[fact.speaker].label == "Felix zur Nieden"
    assert "keine Komponenten von Huawei eingesetzt werden" in fact.claims[0].sentence.text
    assert not graph.sparql("ASK { kge:RhineCloud kg:uses ?anything }")
    assert graph.sparql(
        'ASK { ?f a kg:Fact ; rdf:subject kge:RhineCloud ; rdf:predicate kg:uses ; kg:polarity "negative" }'
    )


def test_helping_russia_is_hearsay(graph):
    facts = [fact for fact in graph.why("Russland") if "helfen" in fact.lemma]
    assert {fact.modality for fact in facts} == {"reported"}


def test_a_quote_has_its_speaker(graph):
    facts = [
        f
        for f in graph.facts
        if f.speaker == graph.entity("Jan Weidenfeld").id and any("Gesellschaftsüberwachungs" in end for end in f.ends)
    ]
    assert facts
    assert not any(fact.direct for fact in facts)


def test_the_agreement_ends_in_october(graph):
    claims = [claim for claim in graph.claims if claim.predicate.lemma.startswith("auslaufen")]
    assert [(claim.subject.text, claim.time.until) for claim in claims] == [("Die Vereinbarung", "2022-10")]


def test_plain_level_has_labels_and_direct_triples_only(graph):
    plain, claims = graph.to_rdflib("plain"), graph.to_rdflib("claims")
    assert set(plain) <= set(claims)
    assert not set(plain.subjects(rdflib.RDF.type, rdflib.URIRef("https://kg.example/ontology#Fact")))
