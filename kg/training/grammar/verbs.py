"""Verbs of made-up sentences, conjugated: "ablösen" → "löste", "lösen", "abgelöst"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verb:
    """`infinitive` without its particle; `past` and `present` are third person, singular and plural."""

    infinitive: str
    past: tuple[str, str]
    present: tuple[str, str]
    participle: str
    particle: str = ""

    @property
    def subjunctive(self) -> str:
        """The third person singular of reported speech: "kaufe", "übernehme"."""
        if self.infinitive.endswith("eln"):
            return self.infinitive.removesuffix("eln") + "le"
        return self.infinitive.removesuffix("n").removesuffix("e") + "e"

    @property
    def lemma(self) -> str:
        return self.particle + self.infinitive


_WITHOUT_GE = ("be", "ge", "ver", "er", "ent", "zer", "über", "unter", "um", "durch", "miss")


def weak(entry: str) -> Verb:
    """Conjugate a weak verb; "ab|lösen" has a particle.

    >>> weak("ab|lösen").participle, weak("verklagen").past, weak("fürchten").present[0]
    ('abgelöst', ('verklagte', 'verklagten'), 'fürchtet')
    """
    particle, _, infinitive = entry.rpartition("|")
    stem = infinitive.removesuffix("n") if infinitive.endswith(("ern", "eln")) else infinitive.removesuffix("en")
    joint = "e" if re.search(r"([dt]|[^lrhaeiouäöüm]m|[^lrhaeiouäöün]n|chn)$", stem) else ""
    ge = "" if infinitive.startswith(_WITHOUT_GE) or infinitive.endswith("ieren") else "ge"
    past = stem + joint + "te"
    participle = f"{particle}{ge}{stem}{joint}t"
    return Verb(infinitive, (past, past + "n"), (stem + joint + "t", infinitive), participle, particle)


def strong(entry: str) -> Verb:
    """Read a strong verb with its forms.

    >>> strong("an|rufen rief ruft angerufen").past
    ('rief', 'riefen')
    """
    infinitive, past, present, participle = entry.split()
    particle, _, infinitive = infinitive.rpartition("|")
    many = past + ("n" if past.endswith("e") else "en")
    return Verb(infinitive, (past, many), (present, infinitive), participle, particle)


def read_verbs(lists: Mapping) -> list[Verb]:
    """Read a table of words.toml or things.toml: `weak`, verbs in one string, and `strong`, a list."""
    return [*map(weak, lists["weak"].split()), *map(strong, lists["strong"])]
