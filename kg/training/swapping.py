"""Other names in the same sentence: "Meyer verließ Bosch" also teaches "Özdemir verließ die Allianz-Tochter Euler".

A small network learns names by heart. While training, some names are exchanged for others of their type, so that the
words around a name are what tells its type. The other names come from the examples seen before.
"""
from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import registry

from kg.training.typography import vary

Name = tuple[tuple[str, ...], tuple[bool, ...]]  # words, and which of them a space follows

POOL = 20_000  # names of a type that are remembered; a new one then takes the place of any


@dataclass(slots=True)
class NamePool:
    """Names seen so far, by type and by whether they end in -s, as genitives do."""

    rng: random.Random
    names: dict[tuple[str, bool], list[Name]] = field(default_factory=lambda: defaultdict(list))

    def remember(self, ent: Span) -> None:
        """Keep a name for later."""
        known = self.names[kind_of(ent)]
        name = tuple(token.text for token in ent), tuple(bool(token.whitespace_) for token in ent)
        if len(known) < POOL:
            known.append(name)
        else:
            known[self.rng.randrange(POOL)] = name

    def draw(self, ent: Span) -> Name:
        """Return any name that could stand in the place of this one."""
        return self.rng.choice(self.names[kind_of(ent)])


def kind_of(ent: Span) -> tuple[str, bool]:
    """"Bayerns" → ("LOC", True)"""
    return ent.label_, ent.text.endswith("s")


def swap_names(doc: Doc, pool: NamePool, share: float) -> Doc:
    """Return a Doc with about `share` of the names exchanged; tokens of unknown tag stay unknown."""
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    starts: list[bool] = []
    at = {ent.start: ent for ent in doc.ents}
    i = 0
    while i < len(doc):
        ent = at.get(i)
        starts.append(bool(doc[i].is_sent_start))
        if ent is not None and pool.rng.random() < share:
            other, inner = pool.draw(ent)
            words += other
            spaces += [*inner[:-1], bool(ent[-1].whitespace_)]
            tags += [f"B-{ent.label_}"] + [f"I-{ent.label_}"] * (len(other) - 1)
            starts += [False] * (len(other) - 1)
            i = ent.end
        else:
            token = doc[i]
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
            tags.append(f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else token.ent_iob_)
            i += 1
    return Doc(doc.vocab, words=words, spaces=spaces, ents=tags, sent_starts=starts)


def swap_and_vary(nlp: Language, example: Example, *, pool: NamePool, share: float) -> Iterator[Example]:
    """Yield the example with other names, in other typography."""
    for ent in example.reference.ents:
        pool.remember(ent)
    swapped = swap_names(example.reference, pool, share)
    yield from vary(nlp, Example(example.predicted, swapped), rng=pool.rng)


@registry.augmenters("kg.swapped_names.v1")
def create_swapping(seed: int = 0, share: float = 0.3) -> Callable[[Language, Example], Iterator[Example]]:
    """Create the augmenter for a training config; it yields one varied example for each."""
    return partial(swap_and_vary, pool=NamePool(random.Random(seed)), share=share)
