"""Sentences that corpora lack, with trees that are right by construction.

A small grammar makes them from names of the corpora and invented ones, and from nouns and verbs that mostly go
together; labels follow GSD. Features are left open, since a form like "Studierende" does not tell its case.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise

from kg.training.grammar.pairs import Pairs
from kg.training.grammar.phrases import UNKNOWN, Token, capitalize, mark
from kg.training.names import Names
from kg.training.sentences import Sentence


class Grammar(Pairs):
    """Draws sentences."""

    def sentence(self) -> Sentence:
        """Return a whole sentence, now and then without its full stop."""
        kinds = (
            *[self.main] * 6, *[self.simple] * 2, *[self.complex] * 2, *[self.said] * 2, *[self.both] * 2,
            *[self.passive] * 2, self.possessive, self.loose, self.called,
            *[self.act] * 7, *[self.cause] * 3, self.moved, *[self.passive_act] * 2, *[self.shared] * 2,
            self.obeying, self.giving, *[self.willing] * 2, *[self.related] * 3, self.neither, self.not_but,
            self.broken_quote, self.announced, self.as_said, *[self.is_what] * 2, self.bearing, *[self.quality] * 2,
            self.provided, *[self.beside] * 8, *[self.trailing] * 4, *[self.asked] * 2, self.headed,
            *[self.telling] * 2, self.shown,
        )  # fmt: skip
        kind = self.rng.choice(kinds)
        clause = kind()
        tokens = list(clause.tokens)
        capitalize(tokens)
        ended = "$." in (tokens[-2].tag, tokens[-1].tag) or tokens[-1].form.endswith(".")
        if not ended and self.chance(0.3 if kind == self.headed else 0.93):
            tokens[-1].space = False
            tokens.append(mark("!" if self.chance(0.03) else ".", clause.head, tag="$."))
        return as_sentence(tokens)


def as_sentence(tokens: Sequence[Token]) -> Sentence:
    """Number the heads; a lemma that is not known is empty. Commas and stops stand close to the word before them."""
    for before, token in pairwise(tokens):
        if token.tag in ("$,", "$."):
            before.space = False
    places = {id(token): i for i, token in enumerate(tokens)}
    heads = [places[id(token.head)] if token.head else i for i, token in enumerate(tokens)]
    return Sentence(
        words=[t.form for t in tokens],
        spaces=[t.space for t in tokens],
        tags=[t.tag for t in tokens],
        pos=[t.pos for t in tokens],
        lemmas=["" if t.lemma == UNKNOWN else t.lemma for t in tokens],
        heads=heads,
        deps=["root" if head == i else t.dep for i, (t, head) in enumerate(zip(tokens, heads, strict=True))],
        ents=[t.ent for t in tokens],
    )


def generate(names: Names, count: int, rng: random.Random) -> list[Sentence]:
    """Return `count` sentences."""
    grammar = Grammar(names, rng)
    return [grammar.sentence() for _ in range(count)]
