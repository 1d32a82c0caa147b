"""The infinitive of verb forms, as they stand in a text and with what a lemmatizer makes of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.language.auxiliaries import may_be_participle
from kg.language.verbs import infinitive, is_particle_verb, strong_infinitive, without_zu, words
from kg.ontology import relations
from kg.ontology.verb_classes import usages

ENDS = ("t", "d", "ffn", "chn", "gn", "dn", "tm", "dm")
"""Stems that take an -e- before -t."""


@pytest.mark.parametrize(
    ("form", "lemma", "verb"),
    [
        # strong verbs that keep their vowel, and those whose ge- is their own
        ("gewinnt", "gewinnen", "gewinnen"),
        ("gelingt", "gelingen", "gelingen"),
        ("gegenübersteht", "gegenüberstehen", "gegenüberstehen"),
        ("genießt", "genießen", "genießen"),
        ("begangen", "begangen", "begehen"),
        ("verlangen", "verlangen", "verlangen"),
        ("gehängt", "hängen", "hängen"),
        # particles of two syllables
        ("durcheinanderkamen", "durcheinanderkamen", "durcheinanderkommen"),
        ("auseinanderbrach", "auseinanderbrach", "auseinanderbrechen"),
        # what lemmatizers cut at the wrong place
        ("verharrt", "verharrn", "verharren"),
        ("stellt", "stelln", "stellen"),
        ("muten", "muen", "muten"),
        ("vermarktet", "vermarken", "vermarkten"),
        ("verabschieden", "verabscheiden", "verabschieden"),
        # vowels that a weak preterite keeps, and those of a Konjunktiv
        ("erläuterte", "erlautern", "erläutern"),
        ("aussehe", "außehen", "aussehen"),
        ("ruhe", "ruhen", "ruhen"),
        ("bewogen", "bewiegen", "bewegen"),
        ("bekannt", "bekannen", "bekennen"),
        # forms that two verbs have: an infinitive is one before it is a Konjunktiv or a participle of another
        ("verdrängen", "verdrängen", "verdrängen"),
        ("zurückzudrängen", "zurückdrängen", "zurückdrängen"),
        ("vordringen", "vordringen", "vordringen"),
        ("widerlegen", "widerlegen", "widerlegen"),
        ("auferlegen", "auferlegen", "auferlegen"),
        ("unterlegen", "unterliegen", "unterliegen"),
        ("erbracht", "erbringen", "erbringen"),
        ("verbracht", "verbringen", "verbringen"),
        ("verbrochen", "verbrechen", "verbrechen"),
        ("kamt", "kommen", "kommen"),
        ("gabt", "geben", "geben"),
        ("erwog", "erwägen", "erwägen"),
        ("gepunktet", "punkten", "punkten"),
        ("verbeamtet", "verbeamten", "verbeamten"),
        ("schälte", "schälen", "schälen"),
        # spelling before 1996, and that of Switzerland
        ("mißbrauchte", "mißbrauchen", "missbrauchen"),
        ("abschiessen", "abschiessen", "abschießen"),
        ("begrüsste", "begrüssen", "begrüßen"),
        ("stossen", "stossen", "stoßen"),
        ("küsste", "küssen", "küssen"),
        ("genoss", "geniessen", "genießen"),
        ("ausschliessen", "ausschliessen", "ausschließen"),
        ("verpaßte", "verpassen", "verpassen"),
        ("vermißt", "vermissen", "vermissen"),
        ("wußte", "wissen", "wissen"),
        ("beschloß", "beschließen", "beschließen"),
        ("heisst", "heissen", "heißen"),
        ("vergrösserte", "vergrössern", "vergrößern"),
        ("abgestossen", "abstossen", "abstoßen"),
        ("stiess", "stossen", "stoßen"),
        ("weissagen", "weissagen", "weissagen"),
        ("aussenden", "aussenden", "aussenden"),
        ("verpassen", "verpassen", "verpassen"),
        ("vermissen", "vermissen", "vermissen"),
        # ge- inside that belongs to the verb
        ("dazugehört", "dazugehören", "dazugehören"),
        ("dazugekommen", "dazukommen", "dazukommen"),
        ("geheimhält", "geheimhalten", "geheimhalten"),
        ("generalüberholt", "generalüberholen", "generalüberholen"),
        ("eingesteht", "eingestehen", "eingestehen"),
        ("eingemeindet", "eingemeinden", "eingemeinden"),
        ("eingestellt", "einstellen", "einstellen"),
        ("angehört", "angehören", "angehören"),
        ("abgehört", "abhören", "abhören"),
    ],
)
def test_the_infinitive_of_a_form(form, lemma, verb):
    assert infinitive(form, lemma) == verb


@pytest.mark.parametrize(
    ("form", "verb"),
    [
        ("umzulernen", "umlernen"),
        ("zurückzustellen", "zurückstellen"),
        ("auseinanderzubrechen", "auseinanderbrechen"),
        ("fortzubewegen", "fortbewegen"),
        ("zuzutrauen", "zutrauen"),
        ("überzeugen", "überzeugen"),
    ],
)
def test_zu_inside_an_infinitive(form, verb):
    assert without_zu(form) == verb
    assert infinitive(verb, verb) == verb


def test_no_verb_has_a_free_dative_that_the_vocabulary_knows_with_sich():
    named = {*usages(), *(verb for relation in relations() for verb in relation.verbs)}
    assert [verb for verb in words("with_free_dative") if f"sich {verb}" in named] == []


def _regular_forms(verb: str) -> Iterator[str]:
    """The present and preterite of a weak verb, which begin as its infinitive does."""
    stem = verb.removesuffix("n").removesuffix("e")
    link = "e" if stem.endswith(ENDS) else ""
    yield from (verb, f"{stem}{link}t", f"{stem}{link}te", f"{stem}{link}ten")


def test_a_right_lemma_of_a_regular_form_stays():
    verbs = [verb for verb in usages() if " " not in verb and not strong_infinitive(verb)]
    assert len(verbs) > 900
    pairs = [(form, verb) for verb in verbs for form in _regular_forms(verb)]
    assert [(form, infinitive(form, verb)) for form, verb in pairs if infinitive(form, verb) != verb] == []


@pytest.mark.parametrize("verb", ["einführen", "annehmen", "überzeugen", "unterschreiben"])
def test_what_takes_no_other_particle(verb):
    assert is_particle_verb(verb)


@pytest.mark.parametrize("verb", ["arbeiten", "erkennen", "führen", "antworten", "danken", "stellen"])
def test_what_may_take_a_particle(verb):
    assert not is_particle_verb(verb)


@pytest.mark.parametrize("word", ["gesperrt", "stillgelegt", "vorbehalten", "bewaldet", "forciert", "kaputtgegangen"])
def test_what_may_be_a_participle(word):
    assert may_be_participle(word)


@pytest.mark.parametrize("word", ["relevant", "gesellschaftsrelevant", "insolvent", "uralt", "überragend", "aktiv"])
def test_what_is_no_participle(word):
    assert not may_be_participle(word)
