"""Which verbs are of one kind: "kaufen", "erwerben" and "ersteigern" are schema:BuyAction.

`verb_classes.toml` lists them, so that whoever asks for all that is a kg:Conflict finds every verb of that kind. What a
lemma of kg's, passive or not, is a class of, says `kg.language.verb_classes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from kg.ontology import OURS, Usage, VerbClass, Vocabulary
from kg.system.files import read_table


@cache
def verb_classes(vocabulary: Vocabulary = OURS) -> Mapping[str, VerbClass]:
    """All classes of verbs, by IRI; what a user's vocabulary adds to one of ours is not in it.

    >>> verb_classes()["kg:Attack"].broader, verb_classes()["schema:BuyAction"].de
    ('kg:Conflict', 'Kauf')
    """
    return {class_.iri: class_ for class_ in (*vocabulary.classes, *_ours())}


@cache
def usages(vocabulary: Vocabulary = OURS) -> Mapping[str, tuple[tuple[Usage, str], ...]]:
    """Verb → how it is used, and the IRI of its class then: a user's own first, and what asks for more before less.

    >>> [class_ for _, class_ in usages()["erwerben"]]
    ['schema:BuyAction']
    """
    found: dict[str, list[tuple[Usage, str]]] = {}
    for classes in (vocabulary.classes, _ours()):
        listed = [(usage, class_.iri) for class_ in classes for usage in class_.usages]
        for usage, iri in sorted(listed, key=lambda entry: -conditions(entry[0])):
            found.setdefault(usage.verb, []).append((usage, iri))
    return {verb: tuple(ways) for verb, ways in found.items()}


def conditions(usage: Usage) -> int:
    """How many conditions a verb has to meet to be of a class."""
    return sum(map(bool, (usage.with_, usage.subject, usage.object)))


def with_broader(iri: str, vocabulary: Vocabulary = OURS) -> tuple[str, ...]:
    """The IRIs of a class and of those above it, which say the same of a fact more broadly.

    >>> with_broader("kg:Attack")
    ('kg:Attack', 'kg:Conflict')
    """
    return tuple(_upwards(iri, verb_classes(vocabulary)))


def _upwards(iri: str, classes: Mapping[str, VerbClass]) -> Iterator[str]:
    while iri:
        yield iri
        iri = classes[iri].broader


def class_from(entry: Mapping[str, Any]) -> VerbClass:
    """A [[class]] table as a class."""
    return VerbClass(
        iri=entry["iri"],
        de=entry["label"]["de"],
        en=entry["label"]["en"],
        usages=tuple(map(_usage, entry.get("verbs", ()))),
        broader=entry.get("broader", ""),
    )


def _usage(said: str | Mapping[str, Any]) -> Usage:
    """ "kaufen", or { verb = "verlassen", object = ["Organization"] }."""
    if isinstance(said, str):
        return Usage(said)
    names = ("with", "subject", "object")
    return Usage(said["verb"], *(frozenset(said.get(name, ())) for name in names))


@cache
def _ours() -> tuple[VerbClass, ...]:
    read = read_table(__package__, "verb_classes.toml")
    return tuple(map(class_from, read["class"]))
