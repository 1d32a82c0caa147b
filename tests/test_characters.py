"""A text is read as it looks: decomposed, with soft hyphens, odd blanks and marks of no width it says the same."""

from __future__ import annotations

import random
import re
import unicodedata
from pathlib import Path

import pytest
from commands import fill, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.extract import extract
from kg.formats.jsonl import claim_record
from kg.graph.graph import build_graph
from kg.knowledge_graph import KnowledgeGraph
from kg.language.fulltext import loose_patterns, matches
from kg.records import Document, Mention
from kg.resolve import judge
from kg.review.questions import verdict
from kg.sources.documents import read_sources
from kg.sources.gazetteer import read_gazetteer
from kg.store.store import Store
from kg.system.characters import plain, plain_text

SEEDS = Path(__file__).parents[1] / "seeds"
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]

SENTENCES = (
    "Oberbürgermeisterin Jördis Müller eröffnete am 3. März 2021 die Brücke in Köln.",
    "Der Bäcker Jürgen Groß verkaufte seine Mühle an die Süßwaren-Gruppe Böhnke GmbH.",
    "Die Bürger für Mönchengladbach (BfM) würden die Lösung ablehnen, sagte Grün.",
    "„Wir müssen die Züge für alle öffnen“, erklärte die Präsidentin der Lübecker Häfen, Käthe Voß.",
    "Sie dürfte in Düsseldorf nicht für den Überwachungs-Anbieter Höhn & Söhne tätig gewesen sein.",
    "Laut Jürgen Groß können 1.200 Möbel für 15 Millionen Euro geprüft werden.",
    "Die Böhnke GmbH übernahm am Montag das Gerät. Das Unternehmen lässt es in Zürich prüfen.",
    "Frau Müller, die Gründerin der Böhnke GmbH, gehört dem Rat von Köln an.",
)

BLANKS = "\u00a0\u202f\u2009\u2007\u3000"
NO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\ufe0e\ufe0f\U000e0100"


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def odd(text: str, seed: int) -> str:
    """The text in NFD, with odd blanks, soft hyphens and marks of no width at random places."""
    chance = random.Random(seed)
    letters: list[str] = []
    for letter, following in zip(decomposed(text), decomposed(text)[1:] + " ", strict=True):
        letters.append(chance.choice(BLANKS) if letter == " " and chance.random() < 0.2 else letter)
        inside = letter.isalpha() and (following.isalpha() or unicodedata.combining(following))
        if inside and chance.random() < 0.05:
            letters.append("\u00ad")
        if chance.random() < 0.02:
            letters.append(chance.choice(NO_WIDTH))
    return "".join(letters)


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("Mu\u0308ller", "Müller"),
        ("Mu\u00ad\u0308ller", "Müller"),
        ("Şu\u0308kru\u0308 C\u0327elik", "Şükrü Çelik"),
        ("Dvořák, Łódź, Ångström", "Dvořák, Łódź, Ångström"),
        ("\u212bngström \u2126", "Ångström Ω"),
        ("\u1112\u1161\u11ab", "한"),
        ("x\u0302 bleibt", "x\u0302 bleibt"),
        ("12.\u00a0Mai,\u2009§\u202f5", "12. Mai, § 5"),
        ("\ufeffDu\u200bis\u00adburg\u2060", "Duisburg"),
        ("Rhein\u2011Ruhr\u2010Gebiet", "Rhein-Ruhr-Gebiet"),
        ("201\uff11, 1\u096f62, 20\u0661\u0662", "2011, 1962, 2012"),
        ("Zusammen\u00ad\narbeit und Ver\u00adkehr", "Zusammen\u00ad\narbeit und Verkehr"),
        ("Zeile\u2028Absatz\u2029„So“ – und… 😀\n\tda", "Zeile\u2028Absatz\u2029„So“ – und… 😀\n\tda"),
        ("", ""),
    ],
)
def test_a_text_as_it_looks(text, looks):
    assert plain(text) == looks
    found = plain_text(text)
    assert found is None or found.text == looks


LETTERS = st.text(
    st.sampled_from("aouAz „.\n\u0308\u0301\u0302\u0327\u00ad\u200b\u00a0\u2011\u212b\u1112\u1161\u11ab😀")
)


@given(LETTERS)
def test_each_character_stands_for_a_piece_of_the_original(text):
    found = plain_text(text)
    if found is None:
        assert plain(text) == text
        return
    assert found.text == plain(text)
    for i, letter in enumerate(found.text):
        start, end = found.original(i, i + 1)
        assert letter in (text[start], *plain(text[start:end]))
        if letter.isalpha():
            assert not unicodedata.combining(text[end : end + 1] or "a")
    assert list(found.starts) == sorted(found.starts)


def said(graph: KnowledgeGraph) -> tuple[object, ...]:
    """What a graph says, without where it stands: entities and facts, with labels for ids."""

    def name(id: str) -> tuple[str, str]:
        return (graph.entities_by_id[id].label, graph.entities_by_id[id].type) if id else ("", "")

    entities = sorted((e.label, e.type, e.kind, e.aliases, e.description, len(e.mentions)) for e in graph.entities)
    ends = ((name(f.subject), f.predicate, f.lemma, name(f.object), f.literal, name(f.speaker)) for f in graph.facts)
    stances = ((f.polarity, f.modality, f.since, f.until, f.weight) for f in graph.facts)
    return entities, sorted(zip(ends, stances, strict=True))


def read_graph(nlp, *texts: str) -> tuple[KnowledgeGraph, list[dict[str, object]]]:
    """The graph of some texts, and their claims as `kg extract` prints them; each span is checked on the way."""
    documents = [Document(f"text{n}", text, date="2022-03-15") for n, text in enumerate(texts)]
    found = [extract(document, nlp) for document in documents]
    for document, extraction in zip(documents, found, strict=True):
        ids = {mention.id for mention in extraction.mentions}
        assert list(extraction.mentions) == sorted(extraction.mentions)
        for mention in extraction.mentions:
            check(document.text, mention.start, mention.end, mention.text)
            assert mention.antecedent == "" or mention.antecedent in ids
            assert plain(mention.name) == mention.name
        for claim in extraction.claims:
            parts = (claim.sentence, claim.subject, claim.object, claim.speaker, claim.time)
            for part in filter(None, parts):
                check(document.text, part.start, part.end, part.text)
            for start, end in claim.predicate.spans:
                check(document.text, start, end, document.text[start:end])
    claims = [claim for extraction in found for claim in extraction.claims]
    mentions = [mention for extraction in found for mention in extraction.mentions]
    return KnowledgeGraph.of(build_graph(documents, mentions, claims)), [claim_record(claim) for claim in claims]


def check(text: str, start: int, end: int, piece: str) -> None:
    """A span is a piece of the text, and parts no letter from the marks on it."""
    assert text[start:end] == piece
    assert piece
    assert not unicodedata.combining(piece[0])
    assert not unicodedata.combining(text[end : end + 1] or " ")


def looks(record: object) -> object:
    """What `kg extract` prints without offsets, its texts as they look."""
    if isinstance(record, dict):
        return {key: looks(value) for key, value in record.items() if key not in ("start", "end", "spans")}
    if isinstance(record, list):
        return [looks(value) for value in record]
    return plain(record) if isinstance(record, str) else record


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=6, unique=True), st.integers(0, 2**32))
@pytest.mark.slow
def test_sentences_say_the_same_in_odd_characters(nlp, sentences, seed):
    text = " ".join(sentences)
    graph, claims = read_graph(nlp, text)
    other, odd_claims = read_graph(nlp, odd(text, seed))
    assert said(other) == said(graph)
    assert looks(odd_claims) == looks(claims)


@pytest.fixture(scope="module")
def as_written(nlp):
    """The articles as they are: their graph and claims."""
    return read_graph(nlp, *TEXTS)


@pytest.mark.parametrize("change", [decomposed, lambda text: odd(text, 1), lambda text: odd(text, 2)])
@pytest.mark.slow
def test_articles_say_the_same_in_odd_characters(nlp, as_written, change):
    graph, claims = as_written
    other, odd_claims = read_graph(nlp, *map(change, TEXTS))
    assert said(other) == said(graph)
    assert looks(odd_claims) == looks(claims)


def test_one_text_in_two_normal_forms_is_one_witness(nlp):
    """The copies agree in who is who, and weigh as one document."""
    text = "Jördis Müller gründete die Böhnke GmbH."
    graph, _ = read_graph(nlp, text, decomposed(text))
    assert {(e.label, e.type, e.weight) for e in graph.entities} >= {("Jördis Müller", "Person", 2)}
    assert {fact.weight for fact in graph.facts} == {1}
    assert all(len(fact.claims) == 2 for fact in graph.facts)


@pytest.mark.parametrize(
    "between", [" (", "\u00a0(", " \u200b(", " (\u00ad"], ids=["plain", "blank", "no width", "soft hyphen"]
)
def test_rules_that_look_at_the_text_between_names_see_it_as_it_looks(between):
    text = f"Bürger für Münster{between}BfM\u200b) wächst."
    start = text.index("BfM")
    mentions = [
        Mention("a", 0, 18, text[:18], "named", "Organization", "Bürger für Münster"),
        Mention("a", start, start + 3, "BfM", "named", "Organization", "BfM"),
    ]
    found = {(j.verdict, j.by) for j in judge([Document("a", text)], mentions)}
    assert found == {("same", "acronym")}


def test_a_name_of_the_command_line_is_found_in_any_form(tmp_path, small_graph, small_extractions):
    folder = fill(tmp_path, small_graph, small_extractions)
    name = decomposed("Sören Link")
    for arguments in (["show", "a.ttl", "So\u0308ren\u00a0Link"], ["export", "a.kg", "b.jsonl", "--around", name]):
        done = run(*arguments, cwd=folder)
        assert done.returncode == 0, done.stderr
    done = run("why", "a.ttl", decomposed("Prüfung"), decomposed("abschließen"), "--speaker", "Weidenfeld", cwd=folder)
    assert "Prüfung – abschließen – 2023" in done.stdout, done.stderr


def test_names_in_any_form_are_asked_and_suggested(small_graph):
    assert small_graph.entity(decomposed("sören link")).id == "Sören_Link"
    with pytest.raises(QueryError, match="did you mean Sören Link"):
        small_graph.entity(decomposed("Sörn Link"))
    assert len(small_graph.filter(predicate=decomposed("abschließen")).facts) == 1


@pytest.mark.parametrize("wanted", ["mu\u0308ller", "Mül\u00adler", "karin\u00a0mueller", "muller\u200b"])
def test_labels_match_in_any_form(wanted):
    label = "Dr. Karin Müller"
    assert matches(label, wanted)
    assert matches(odd(label, 3), plain(wanted))
    assert all(re.search(pattern, label.lower()) for pattern in loose_patterns(wanted))


def test_verdicts_name_their_mentions_in_any_form(nlp):
    document = Document("a", decomposed("Jördis Müller lobt die Böhnke GmbH. Böhnke zahlt, sagt Müller."))
    with Store() as store:
        store.add(document, extract(document, nlp), "f")
        judged = verdict(store, decomposed("Müller"), decomposed("böhnke gmbh"), "not same")
    start, end = document.text.rindex("Mu\u0308ller"), len(document.text) - 1
    assert judged.left == f"a#{start}-{end}"


def test_lists_of_names_are_read_as_they_look(tmp_path):
    (tmp_path / "l.csv").write_text(
        "id,label,aliases\nm,Mu\u0308ller\u00a0AG,Mu\u0308l\u00adler|Müller\n", encoding="utf-8"
    )
    (tmp_path / "l.ttl").write_text(
        '<http://d-nb.info/gnd/1> <http://www.w3.org/2004/02/skos/core#prefLabel> "Mu\u0308ller\u00a0AG"@de .',
        encoding="utf-8",
    )
    assert [(e.label, e.aliases) for e in read_gazetteer(tmp_path / "l.csv")] == [("Müller AG", ("Müller",))]
    assert [e.label for e in read_gazetteer(tmp_path / "l.ttl")] == ["Müller AG"]


def test_the_id_of_a_document_is_composed_and_its_text_as_it_came(tmp_path):
    folder = tmp_path / decomposed("März")
    folder.mkdir()
    (folder / decomposed("brücke.txt")).write_text(decomposed("Müller baut.\u00a0Grün zahlt."), encoding="utf-8")
    (folder / decomposed("züge.jsonl")).write_text('{"text": "Müller fährt."}', encoding="utf-8")
    found = list(read_sources([str(tmp_path)]))
    assert [document.id for document in found] == ["März/brücke", "März/züge-1"]
    assert found[0].text == decomposed("Müller baut.\u00a0Grün zahlt.")
    (alone,) = read_sources([str(folder / decomposed("brücke.txt"))])
    assert alone.id == "brücke"


def test_iris_are_made_of_composed_names(nlp):
    graph, _ = read_graph(nlp, decomposed("Jördis Müller gründete die Böhnke GmbH."))
    assert {e.id for e in graph.entities} == {"Jördis_Müller", "Böhnke_GmbH"}
    (label,) = (o.value for s, p, o in graph.to_rdflib() if str(p).endswith("label") and "/claim/" in str(s))
    assert label == "Jördis Müller – gründete – Böhnke GmbH"
