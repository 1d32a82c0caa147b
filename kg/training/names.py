"""Names to put into sentences: those of the corpora by kind, and made-up ones: "Aylin Link", "Elbwerft AG".

A reader that has learned by heart who is who fails at new names. So names are exchanged in the corpora, and sentences
are made of names that nobody bears.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from kg.training.bio import split_names
from kg.training.sentences import Sentence

WORDS = tomllib.loads((Path(__file__).parent / "grammar" / "words.toml").read_text(encoding="utf-8"))
FIRST, LAST, FIRMS = (WORDS["names"][part].split() for part in ("first", "last", "firms"))
FORMS: list[str] = WORDS["names"]["legal_forms"]
ONSETS, VOWELS, CODAS, PLACE_ENDINGS, RIVERS = (
    WORDS["syllables"][part].split() for part in ("onsets", "vowels", "codas", "place_endings", "rivers")
)
PARTICLES: list[str] = WORDS["words"]["particles"]

_MADE_UP = {"PER": 0.65, "ORG": 0.4, "LOC": 0.15}  # share of the names of a kind that are no corpus's
_TRIES = 4


class Names:
    """The names of some sentences by kind, and made-up ones."""

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        found: dict[str, set[tuple[str, ...]]] = {"PER": set(), "LOC": set(), "ORG": set(), "MISC": set()}
        for sentence in sentences:
            tags = sentence.ents or []
            for span in split_names(tags):
                kind = tags[span.start][2:]
                words = tuple(sentence.words[i] for i in span)
                if tags[span.start][:1] == "B" and kind in found and len(words) <= 4 and is_plain(words):
                    found[kind].add(words)
        self.known = {kind: sorted(names) for kind, names in found.items()}

    def draw(self, kind: str, rng: random.Random) -> tuple[str, ...]:
        """Return a name of a kind as its words."""
        if rng.random() < _MADE_UP.get(kind, 0):
            return _MAKERS[kind](rng)
        return rng.choice(self.known[kind])


def is_plain(words: Sequence[str]) -> bool:
    """Tell whether a name is one without signs, and no genitive as far as one sees."""
    bare = all(re.fullmatch(r"[\w&.'’-]+", word) for word in words)
    return bare and words[0][0].isupper() and not words[-1].endswith(("s", "-"))


def make_person(rng: random.Random) -> tuple[str, ...]:
    """Make up a name: "Kern", "Nele Prinz", "Ida van der Link", "Olga Beil-Sato", "Jens M. Horn"."""
    first, last = rng.choice(FIRST), rng.choice(LAST)
    roll = rng.random()
    if roll < 0.25:
        return (last,)
    if roll < 0.32:
        return (first, *rng.choice(PARTICLES).split(), last)
    if roll < 0.38:
        return (first, f"{last}-{rng.choice(LAST)}")
    if roll < 0.44:
        return (first, f"{rng.choice('ABCDEFGHJKLMRSTW')}.", last)
    return (first, last)


def make_brand(rng: random.Random) -> str:
    """Make up the name of a firm: "Voltara", "Osmek", "Geraly"."""
    if rng.random() < 0.4:
        return rng.choice(FIRMS)
    return _syllables(rng, rng.choice((2, 2, 3))) + rng.choice(("", "", "n", "s", "x", "k", "tec", "ion"))


def make_firm(rng: random.Random) -> tuple[str, ...]:
    """A firm with its legal form, or its name alone: "Kaltmann GmbH", "Osmek", "Vogel Bau"."""
    if rng.random() < 0.4:
        return (make_brand(rng),)
    brand = rng.choice(LAST) if rng.random() < 0.25 else make_brand(rng)
    return (brand, *rng.choice(FORMS).split(" "))


def make_place(rng: random.Random) -> tuple[str, ...]:
    """Make up a place: "Bad Ludrow", "Kemstedt an der Oder", "Moringen"."""
    name = _syllables(rng, 1) + rng.choice(PLACE_ENDINGS)
    roll = rng.random()
    if roll < 0.15:
        return ("Bad", name)
    if roll < 0.3:
        return (name, *rng.choice(RIVERS).split("_"))
    return (name,)


def _syllables(rng: random.Random, count: int) -> str:
    parts = (rng.choice(ONSETS) + rng.choice(VOWELS) + rng.choice(CODAS).strip("-") for _ in range(count))
    return "".join(parts).capitalize()


_MAKERS = {"PER": make_person, "ORG": make_firm, "LOC": make_place}


def rename(sentence: Sentence, names: Names, rng: random.Random, share: float) -> Sentence:
    """Put other names of the same kind and length in the place of a share of the names; the labels stay right."""
    tags, words = sentence.ents, list(sentence.words)
    if not tags:
        return sentence
    for span in split_names(tags):
        kind = tags[span.start][2:]
        known = tags[span.start][:1] == "B" and kind in names.known and is_plain([words[i] for i in span])
        if known and rng.random() < share:
            drawn = (names.draw(kind, rng) for _ in range(_TRIES))
            words[span.start : span.stop] = next(
                (n for n in drawn if len(n) == len(span)), words[span.start : span.stop]
            )
    return replace(sentence, words=words)
