"""Birth names: "Eva Horn, geborene Kern" was Eva Kern before, and no Kern of the text is meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.extract.names.appositions import Name
from kg.language.name_words import PARTICLES

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BORN = frozenset({"geborene", "geborener", "geborenen", "geb.", "née"})


def with_birth_names(doc: Doc, names: Sequence[Name]) -> Iterator[Name]:
    """Birth name (Geburtsname): a name behind a person's full name, a comma or bracket, and "geborene" or "geb.".

    It is a person's, begins with its particle, and is told with the first names of whom it was. Yields all names.

    "Eva Horn, geborene Kern"         → Eva Kern
    "Anna Berg (geb. von Stein)"      → Anna von Stein
    "Lisa Baum, geb. 1980 in Kern"    → nothing new: Kern is where
    """
    if names:
        yield names[0]
    for before, name in pairwise(names):
        i = before.last + 1
        born = before.type == "Person" and i + 1 < name.first and doc[i].text in (",", "(") and doc[i + 1].text in _BORN
        particles = all(word.text in PARTICLES for word in doc[i + 2 : name.first]) if born else False
        if not particles or " " not in before.text or name.cut:
            yield name
            continue
        first_names = [word for word in before.text.split()[:-1] if word not in PARTICLES]
        surname = doc[i + 2 : name.last + 1].text
        yield replace(name, first=i + 2, type="Person", text=" ".join((*first_names, surname)))
