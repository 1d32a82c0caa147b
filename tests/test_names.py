"""Names in a parsed text, and what they cost: Docs built by hand, no pipeline."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extract.names.appositions import Name
from kg.extract.names.passes import PASSES
from kg.extract.passes import of_doc
from kg.extract.table import run
from kg.extract.time.times import find_times
from kg.language.acronyms import abbreviates
from kg.language.nouns import noun_type

VOCAB = Vocab()


def names_of(doc: Doc) -> tuple[Name, ...]:
    """The names of a parsed text in their order, as the passes for names find them."""
    return run(PASSES, {"reading": of_doc(doc)})["names"]


def names(*marked: str) -> list[tuple[str, str]]:
    """The names of sentences whose words are "word", "Name/PER" (a name of one word) or "Name+/PER" (it goes on)."""
    words, pos, ents, heads, going_on = [], [], [], [], False
    for sentence in marked:
        root = len(words)
        for word in sentence.split():
            text, _, label = word.partition("/")
            ents.append((f"I-{label}" if going_on else f"B-{label}") if label else "O")
            going_on = text.endswith("+")
            words.append(text.rstrip("+"))
            pos.append("PROPN" if label or text[0].isupper() else "ADP" if text in ("zur", "von") else "VERB")
            heads.append(root)
    deps = ["ROOT" if head == i else "dep" for i, head in enumerate(heads)]
    doc = Doc(VOCAB, words=words, pos=pos, ents=ents, heads=heads, deps=deps)
    return [(name.text, name.type) for name in names_of(doc)]


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (["Felix/PER zur Nieden kam .", "dann ging zur Nieden ."], ["Felix zur Nieden", "zur Nieden"]),
        (["Sören+/PER Link/PER kam .", "Links ging , Link auch ."], ["Sören Link", "Links", "Link"]),
        (["Tesla/ORG baut .", "in Grünheide baut Tesla ."], ["Tesla", "Tesla"]),
        (["Bank+/ORG of+/ORG China/ORG .", "es half Bank of China ."], ["Bank of China", "Bank of China"]),
        (["Köln/LOC .", "die Bürger Kölns ."], ["Köln", "Kölns"]),
    ],
)
def test_a_name_is_found_wherever_it_stands_again(sentences, expected):
    assert [text for text, _ in names(*sentences)] == expected


@pytest.mark.parametrize(
    ("noun", "place", "expected"),
    [
        # an institution has its place in its name; a kind of place, a genitive and a firm's place do not
        ("Landgericht", "Mannheim", ("Landgericht Mannheim", "Organization")),
        ("Feuerwehr", "Kaiserslautern", ("Feuerwehr Kaiserslautern", "Organization")),
        ("Piratenpartei", "Deutschland", ("Piratenpartei Deutschland", "Organization")),
        ("Flughafen", "Düsseldorf", ("Flughafen Düsseldorf", "Place")),
        ("Landkreis", "Karlsruhe", ("Landkreis Karlsruhe", "Place")),
        ("Stadt", "Essen", ("Essen", "Place")),
        ("Landeshauptstadt", "Stuttgart", ("Stuttgart", "Place")),
        ("Nachbarland", "Polen", ("Polen", "Place")),
        ("Klinik", "Nord", ("Klinik Nord", "Organization")),
        ("Werft", "Süd", ("Werft Süd", "Organization")),
        ("Bahnhof", "West", ("Bahnhof West", "Place")),
        ("Stadtteil", "Mitte", ("Mitte", "Place")),
        ("Land", "Hessen", ("Hessen", "Place")),
        ("Regierung", "Deutschlands", ("Deutschlands", "Place")),
        ("Trainer", "Köln", ("Köln", "Place")),
        ("Bundesstaat", "Texas", ("Texas", "Place")),
    ],
)
def test_a_noun_and_a_place(noun, place, expected):
    genitive = "Case=Gen" if place.endswith("s") else ""
    doc = Doc(
        VOCAB, words=["Das", noun, place, "kam", "."], pos=["DET", "NOUN", "PROPN", "VERB", "PUNCT"],
        morphs=["", "", genitive, "", ""], ents=["O", "O", "B-LOC", "O", "O"], heads=[1, 3, 1, 3, 3],
        deps=["det", "nsubj", "nmod", "ROOT", "punct"],
    )  # fmt: skip
    assert [(name.text, name.type) for name in names_of(doc)] == [expected]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("im Folkwang-Institut", ["Folkwang-Institut"]),
        ("die Bertelsmann-Stiftung", ["Bertelsmann-Stiftung"]),
        ("das Kunst-Museum", []),
        ("ein Folkwang-Institut", []),
        ("das Forschungs-Institut", []),
    ],
)
def test_an_institution_called_after_somebody(words, expected):
    pos = ["ADP" if words.startswith("im") else "DET", "NOUN"]
    doc = Doc(VOCAB, words=words.split(), pos=pos, heads=[1, 1], deps=["det", "ROOT"])
    assert [name.text for name in names_of(doc)] == expected


def test_many_names_do_not_make_a_text_slow():
    """Each name is looked up by its first word: a name more costs no run over the whole text."""
    sentences = [f"Ina{i}/PER zur Nieden{i} kam ." for i in range(1500)]
    assert len(names(*sentences)) == 1500


@pytest.mark.parametrize(
    ("noun", "person"),
    [
        ("Stahlsparte", False),
        ("Tochterfirma", False),
        ("Konzernsprecherin", True),
        ("Vorstandsmitglied", True),
        ("Gründer", True),
    ],
)
def test_only_the_nouns_of_persons_are_persons(noun, person):
    assert (noun_type(noun) == "Person") is person


@pytest.mark.parametrize(
    ("acronym", "long", "fits"),
    [
        ("BSI", "Bundesamt für Sicherheit in der Informationstechnik", True),
        ("BVerfG", "Bundesverfassungsgericht", True),
        ("BaFin", "Bundesanstalt für Finanzdienstleistungsaufsicht", True),
        ("DVV", "Versorgungs- und Verkehrsgesellschaft mbH", True),
        ("NRW", "Düsseldorf", False),
        ("SPD", "Stadtrat", False),
    ],
)
def test_letters_of_an_acronym(acronym, long, fits):
    assert abbreviates(acronym, long) is fits


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("am 31. Februar 2018", "2018-02"),
        ("am 29.2.2019", "2019-02"),
        ("am 29. Februar 2020", "2020-02-29"),
        ("am 12. Januar 2018", "2018-01-12"),
        ("im Oktober 2022", "2022-10"),
        ("am 99.13.2018", "2018"),
    ],
)
def test_a_day_that_the_month_does_not_have(text, since):
    assert [time.since for time in find_times(text)] == [since]
