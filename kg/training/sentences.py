"""A training sentence and its way into spaCy: words, what is known about them, and how they are spaced.

Corpora know different things: GermEval knows names, GSD train knows parts of speech, PUD knows trees. A field that
is None, or an empty string within a field, means "not annotated" and is never learned from.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.reader.pipeline import mend_tokenizer

CLOSING = frozenset([*".,;:!?)]}%…“”«›’", "''"])
OPENING = frozenset([*"([{„‚‹", "``"])


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a corpus. `heads` are indexes into `words`; a root points to itself."""

    words: list[str]
    spaces: list[bool]
    tags: list[str] | None = None
    pos: list[str] | None = None
    morphs: list[str | None] | None = None
    lemmas: list[str] | None = None
    heads: list[int] | None = None
    deps: list[str] | None = None
    ents: list[str] | None = None


def blank() -> Language:
    """Return an empty German pipeline with the tokenizer that `kg` uses."""
    nlp = spacy.blank("de")
    mend_tokenizer(nlp.tokenizer)
    return nlp


def space_words(words: Sequence[str]) -> list[bool]:
    """Tell for each word whether a space follows it, where a corpus has lost the spaces.

    "Er sagte : \\" Nein . \\"" → "Er sagte: \\"Nein.\\""
    """
    spaces, quoted = [True] * len(words), False
    for i, word in enumerate(words):
        glued_left = word in CLOSING or (word == '"' and quoted)
        glued_right = word in OPENING or (word == '"' and not quoted)
        if word == "»":  # as German books set it, »so«
            glued_left, glued_right = False, True
        if word == '"':
            quoted = not quoted
        if glued_left and i:
            spaces[i - 1] = False
        if glued_right:
            spaces[i] = False
    return spaces


def join_sentences(sentences: Sequence[Sentence]) -> Sentence:
    """Put sentences of one corpus behind each other, a space between them.

    A field survives only if every sentence has it.
    """

    def chain(name: str) -> list | None:
        parts = [getattr(sentence, name) for sentence in sentences]
        return None if any(part is None for part in parts) else [item for part in parts for item in part]

    heads: list[int] | None = []
    spaces: list[bool] = []
    for sentence in sentences:
        if sentence.heads is None or heads is None:
            heads = None
        else:
            heads += [len(spaces) + head for head in sentence.heads]
        spaces += [*sentence.spaces[:-1], True]
    fields = ("words", "tags", "pos", "morphs", "lemmas", "deps", "ents")
    return Sentence(spaces=spaces, heads=heads, **{name: chain(name) for name in fields})


def first_words(sentences: Sequence[Sentence]) -> list[int]:
    """Return where each sentence starts when they stand behind each other."""
    return [0, *accumulate(len(sentence.words) for sentence in sentences[:-1])]


def group_sentences(sentences: Iterable[Sentence], rng: random.Random, most: int = 4) -> Iterator[list[Sentence]]:
    """Yield runs of 1 to `most` neighbouring sentences: texts are longer than one sentence, so are examples."""
    run: list[Sentence] = []
    size = rng.randint(1, most)
    for sentence in sentences:
        run.append(sentence)
        if len(run) == size:
            yield run
            run, size = [], rng.randint(1, most)
    if run:
        yield run


def build_doc(vocab: Vocab, text: Sentence, starts: Sequence[bool] | None) -> Doc:
    """Make a Doc of what is known of a text; features that are None are unknown, empty ones say: there are none."""
    doc = Doc(
        vocab,
        words=text.words,
        spaces=text.spaces,
        tags=text.tags,
        pos=text.pos,
        morphs=None if text.morphs is None else [feats or "" for feats in text.morphs],
        lemmas=text.lemmas,
        heads=text.heads,
        deps=text.deps,
        ents=text.ents,
        sent_starts=starts,
    )
    for i, feats in enumerate(text.morphs or ()):
        if feats is None:
            doc[i].set_morph(None)
    return doc


def make_doc(vocab: Vocab, sentences: Sequence[Sentence]) -> Doc:
    """Make one gold Doc of some sentences, with sentence starts where there are no names to learn.

    A word without a part of speech has no known features either.
    """
    whole = join_sentences(sentences)
    starts = None
    if whole.ents is None and whole.heads is None:
        starts = [i == 0 for sentence in sentences for i in range(len(sentence.words))]
    if whole.pos is not None and whole.morphs is not None:
        known = [feats if pos else None for feats, pos in zip(whole.morphs, whole.pos, strict=True)]
        whole = replace(whole, morphs=known)
    return build_doc(vocab, whole, starts)
