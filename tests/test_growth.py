"""Twice as long a text, or twice as many names, is about twice the work: nobody waits by the square of what they have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count, islice, pairwise, product

import pytest
from steps import growth

from kg.extract import extract
from kg.records import Document, Judgement, Mention
from kg.resolve import resolve
from kg.resolve.clusters import Clusters

LINEAR = 2.4
FIRST_NAMES = ["".join(letters).capitalize() for letters in product("bdgkl", "aeiou", "fmnrst", "aeiou", "dkt")]


def document(*names: tuple[str, str, str], doc: str = "a") -> Iterator[Mention]:
    """Mentions of names, each with its type and the noun beside it, one behind the other in sentences of their own."""
    places = count(step=100)
    for sentence, (name, type_, noun) in enumerate(names):
        start = next(places)
        yield Mention(doc, start, start + len(name), name, "named", type_, name, noun, sentence=sentence)


def namesakes(n: int) -> Iterator[tuple[str, str, str]]:
    """One surname: many persons, some with initials, and the surname alone with titles."""
    for i, name in enumerate(islice(FIRST_NAMES, n)):
        yield f"{name} Müller", "Person", ""
        yield f"{name[0]}. {FIRST_NAMES[-i]} Müller", "Person", ""
        yield f"{name[0]}. Müller", "Person", ""
        yield "Müller", "Person", ("", "Herr", "Frau")[i % 3]


def strangers(n: int) -> Iterator[tuple[str, str, str]]:
    """Full names, and other names alone that could be misspelt ones."""
    for i, name in enumerate(islice(FIRST_NAMES, n)):
        yield f"Anna Be{name.lower()}er", "Person", ""
        yield f"Be{FIRST_NAMES[-i].lower()}mer", "Person", ""


def firms(n: int) -> Iterator[tuple[str, str, str]]:
    """Firms with a legal form, and then their first words."""
    for name in islice(FIRST_NAMES, n):
        yield f"{name} Werke GmbH", "Organization", ""
        yield name, "Organization", ""


@pytest.mark.parametrize("names", [namesakes, strangers, firms])
@pytest.mark.slow
def test_names_are_not_all_compared_with_each_other(names: Callable[[int], Iterator[tuple[str, str, str]]]):
    def work(n: int) -> Callable[[], object]:
        mentions = list(document(*names(n)))
        return lambda: resolve([Document("a", "")], mentions)

    assert growth(work, 150) < LINEAR


def test_firms_of_many_texts_are_asked_for_by_their_word():
    def work(n: int) -> Callable[[], object]:
        whole = [
            m for i, pair in enumerate(zip(*[iter(firms(n))] * 2, strict=True)) for m in document(*pair, doc=f"a{i}")
        ]
        bare = [
            m
            for i, (name, *_) in enumerate(firms(n))
            for m in document((name.split()[0], "Organization", ""), doc=f"b{i}")
        ]
        return lambda: resolve([], [*whole, *bare])

    assert growth(work, 100) < LINEAR


def test_what_is_kept_apart_is_not_gone_through_at_each_merge():
    def work(n: int) -> Callable[[], object]:
        ids = [f"{i:05}" for i in range(2 * n)]
        apart = [Judgement(ids[0], other, "not same", "Redaktion") for other in ids[n:]]
        joined = [Judgement(one, other, "same", "Redaktion") for one, other in pairwise(ids[:n])]
        return lambda: Clusters(ids, [*apart, *joined])

    assert growth(work, 200) < LINEAR


def test_groups_stay_apart_whatever_is_joined_first():
    ids = list("abcdef")
    clusters = Clusters(ids, [Judgement("a", "f", "not same", "Redaktion")])
    assert [clusters.merge(*pair) for pair in ("ab", "bc", "ef", "de")] == [True] * 4
    assert not any(clusters.merge(one, other) for one in "abc" for other in "def")


@pytest.mark.slow
def test_towns_of_a_text_are_gathered_once(nlp):
    line = "Die Züge fahren nach Köln, Aachen, Hamm, Essen, Bochum, Kassel, Mainz, Trier, Ulm, Jena und Bonn. "

    def work(n: int) -> Callable[[], object]:
        return lambda: extract(Document("a", line * n), nlp)

    assert growth(work, 10, "extract/nominal") < LINEAR


def test_one_endless_sentence_has_no_endless_candidates(monkeypatch):
    """Each noun, and each "er", could mean all that stand before it."""
    monkeypatch.setattr("kg.resolve.reference.reference._NEAREST", 10)
    phrases = [("ein Mann", "nominal", "subject"), ("der Mann", "nominal", "object"), ("er", "pronoun", "subject")]

    def work(n: int) -> Callable[[], object]:
        mentions = []
        for i in range(3 * n):
            text, form, role = phrases[i % 3]
            noun = text.partition(" ")[2]
            type_ = "Concept" if noun else "Person"
            place = Mention("a", 9 * i, 9 * i + len(text), text, form, type_, noun or text, noun, gender="Masc")
            mentions.append(replace(place, number="Sing", clause=i // 3, role=role, pointing=i % 3 > 0))
        return lambda: resolve([Document("a", "")], mentions)

    assert growth(work, 60, "resolve/reference") < LINEAR


def test_who_is_named_often_is_not_remembered_mention_by_mention():
    def work(n: int) -> Callable[[], object]:
        first, *more = document(*[("Falk", "Organization", "")] * n)
        noun = Mention(
            "a", 0, 0, "der Konzern", "nominal", "Concept", "Konzern", "Konzern", gender="Masc", number="Sing"
        )
        nouns = [
            replace(
                noun, start=m.start + 50, end=m.start + 61, sentence=m.sentence, clause=1, role="object", pointing=True
            )
            for m in more
        ]
        return lambda: resolve([Document("a", "")], [first, *more, *nouns])

    assert growth(work, 200, "resolve/reference") < LINEAR


def test_the_field_of_a_person_is_told_by_many_texts():
    def work(n: int) -> Callable[[], object]:
        told = [("Peter Müller", "Person", noun) for noun in ("Minister", "Boxer", "", "")]
        mentions = [m for i in range(n) for m in document(told[i % 4], ("Essen", "Place", ""), doc=f"a{i:04}")]
        return lambda: resolve([], mentions)

    assert growth(work, 100) < LINEAR
    one_field = document(("Ralf Kessler", "Person", "Bürgermeister"), ("Ralf Kessler", "Person", ""))
    assert len(resolve([], one_field)) == 1
