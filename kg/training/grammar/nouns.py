"""Nouns of made-up sentences, declined: "die Kosten des Umbaus", "ein neuer Radweg", "diesen Plan".

Corpora have few clauses in which a thing stands before the verb as its object ("Das Haus kaufte die Stadt"): who does
what is told by the case of the article, and where that does not tell, by what can be done to what.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from kg.training.grammar.phrases import UNKNOWN, Phrase, Token, hang, word

NOMINATIVE, ACCUSATIVE, DATIVE, GENITIVE = range(4)
_DEFINITE = {
    "m": ("der", "den", "dem", "des"), "f": ("die", "die", "der", "der"),
    "n": ("das", "das", "dem", "des"), "p": ("die", "die", "den", "der"),
}  # fmt: skip
_ENDINGS = {
    "m": ("er", "en", "em", "es"),
    "f": ("e", "e", "er", "er"),
    "n": ("es", "es", "em", "es"),
    "p": ("e", "e", "en", "er"),
}
_NO_ENDING = {("m", NOMINATIVE), ("n", NOMINATIVE), ("n", ACCUSATIVE)}  # "ein Plan", "sein Haus"
_ADJECTIVES = (
    "neu",
    "klein",
    "groß",
    "alt",
    "geplant",
    "umstritten",
    "örtlich",
    "jung",
    "wichtig",
    "gemeinsam",
    "städtisch",
)
_INDEFINITE = ("mehrere", "viele", "alle")
_NUMBERS = ("zwei", "drei", "vier", "zehn", "40", "60", "1.200", "mehrere", "viele", "alle")


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun with its gender ("p": plural); `other` is its genitive, of a plural its dative."""

    gender: str
    form: str
    other: str

    @classmethod
    def read(cls, entry: str) -> Noun:
        """Read an entry of things.toml: "m Plan Plans"."""
        return cls(*entry.split())

    @property
    def plural(self) -> bool:
        return self.gender == "p"

    def inflected(self, case: int) -> str:
        """The form for a case.

        >>> Noun.read("m Plan Plans").inflected(GENITIVE), Noun.read("p Pläne Plänen").inflected(DATIVE)
        ('Plans', 'Plänen')
        """
        return self.other if case == (DATIVE if self.plural else GENITIVE) else self.form


def read_nouns(entries: str) -> list[Noun]:
    """Read a list of nouns, parted by commas."""
    return [Noun.read(entry) for entry in entries.split(",")]


def article(gender: str, case: int) -> str:
    """The definite article: m, accusative → "den"."""
    return _DEFINITE[gender][case]


def decline(noun: Noun, case: int, rng: random.Random) -> Phrase:
    """A noun with what stands before it: article, pronoun or number, and at times an adjective."""
    head = word(noun.inflected(case), "NOUN", "NN", noun.form if not noun.plural else UNKNOWN)
    before, ending = _determined(noun, case, rng)
    for token in before:
        token.head = head
    if rng.random() < 0.15:
        adjective = rng.choice(_ADJECTIVES)
        before.append(word(adjective + ending, "ADJ", "ADJA", adjective, head=head, dep="amod"))
    return Phrase([*before, head], head, noun.plural)


def _determined(noun: Noun, case: int, rng: random.Random) -> tuple[list[Token], str]:
    """What stands before a noun, and the ending that an adjective has behind it."""
    way = 0.0 if case == GENITIVE and noun.plural else rng.random()
    ending = _ENDINGS[noun.gender][case]
    mixed = "" if (noun.gender, case) in _NO_ENDING else ending
    if way < 0.62:
        return [word(article(noun.gender, case), "DET", "ART", "der", dep="det")], _after_definite(noun, case)
    if way < 0.72:
        return [word("dies" + ending, "DET", "PDAT", "dieser", dep="det")], _after_definite(noun, case)
    if way < 0.80:
        stem = rng.choice(("sein", "ihr"))
        return [word(stem + mixed, "DET", "PPOSAT", stem, dep="det:poss")], _after_mixed(noun, case)
    if not noun.plural:
        return [word("ein" + mixed, "DET", "ART", "ein", dep="det")], _after_mixed(noun, case)
    if way < 0.92 and case in (NOMINATIVE, ACCUSATIVE):
        number = rng.choice(_NUMBERS)
        if number in _INDEFINITE:
            return [word(number, "DET", "PIAT", UNKNOWN, dep="det")], "en" if number == "alle" else "e"
        return [word(number, "NUM", "CARD", number, dep="nummod")], "e"
    return [], ending


def _after_definite(noun: Noun, case: int) -> str:
    """The ending of an adjective behind "der", "dieser": "der neue Plan", "des neuen Plans", "die neue Steuer"."""
    strong = (case == NOMINATIVE and not noun.plural) or (case == ACCUSATIVE and noun.gender in "fn")
    return "e" if strong else "en"


def _after_mixed(noun: Noun, case: int) -> str:
    """The ending of an adjective behind "ein", "sein": "ein neuer Plan", "eine neue Steuer", "seine neuen Pläne"."""
    if noun.plural or case in (DATIVE, GENITIVE) or (noun.gender, case) == ("m", ACCUSATIVE):
        return "en"
    return _ENDINGS[noun.gender][case]


def owner(owners: Sequence[Noun], rng: random.Random) -> Phrase:
    """Whose something is: "des Umbaus"."""
    noun = rng.choice(owners)
    head = word(noun.inflected(GENITIVE), "NOUN", "NN", noun.form)
    return Phrase([word(article(noun.gender, GENITIVE), "DET", "ART", "der", head=head, dep="det"), head], head)


def with_genitive(phrase: Phrase, owners: Sequence[Noun], rng: random.Random) -> Phrase:
    """Add whose a thing is: "die Kosten des Umbaus"."""
    whose = hang(owner(owners, rng), phrase.head, "nmod")
    return Phrase([*phrase.tokens, *whose.tokens], phrase.head, phrase.plural)
