"""News typography for treebank sentences: "Nein" becomes „Nein“ or »Nein«, a headline loses its full stop.

Corpora quote in their own ways (" or `` and '', or one pair only). An augmenter swaps the signs while training, so that
the pipeline has seen what newspapers print. The signs change, the annotation stays.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, SENT_START, TAG
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry

from kg.pipeline import mend_tokenizer

# Openers and closers as German, Swiss and British papers set them; the first is by far the most usual.
QUOTES = [("„", "“")] * 4 + [("»", "«")] * 2 + [("“", "”"), ("«", "»"), ("‚", "‘"), ("›", "‹"), ('"', '"')]
QUOTE_SIGNS = frozenset([*'"„“”»«', "``", "''"])
DASHES = ("-", "–", "–", "—")
PARAGRAPHS = ("\n", "\n\n", "\n\n", "  ")

DROPPED_STOPS = 0.10  # share of examples whose last full stop goes: headlines, captions, list items
PARAGRAPHED = 0.15  # share of examples with a paragraph break somewhere between two sentences


def swap_signs(words: Sequence[str], rng: random.Random) -> list[str]:
    """Replace pairs of quotation marks by one pair of another make, dashes that stand alone by another dash.

    ["Er", "rief", "\\"", "Nein", "\\""] → ["Er", "rief", "„", "Nein", "“"]
    """
    opener, closer = rng.choice(QUOTES)
    dash = rng.choice(DASHES)
    paired = sum(word in QUOTE_SIGNS for word in words) % 2 == 0
    swapped, is_open = [], False
    for word in words:
        if word in QUOTE_SIGNS and paired:
            swapped.append(closer if is_open else opener)
            is_open = not is_open
        else:
            swapped.append(dash if word in ("-", "–") else word)
    return swapped


def count_kept(doc: Doc, rng: random.Random) -> int:
    """Return how many tokens stay: all, or all but a final full stop that nothing depends on."""
    if len(doc) < 3 or doc[-1].text != "." or rng.random() >= DROPPED_STOPS:
        return len(doc)
    parsed = doc.has_annotation("DEP")
    return len(doc) if parsed and doc[-1].n_lefts else len(doc) - 1


def rewrite(doc: Doc, words: Sequence[str]) -> Doc:
    """Return a Doc of other words with the annotation of `doc`, cut to as many tokens.

    What is not annotated stays so, which a way through `Example.to_dict` would lose.
    """
    attrs = [TAG, POS, MORPH, LEMMA, ENT_IOB, ENT_TYPE]
    attrs += [HEAD, DEP] if doc.has_annotation("DEP") else [SENT_START]
    spaces = [bool(token.whitespace_) for token in doc[: len(words)]]
    return Doc(doc.vocab, words=list(words), spaces=spaces).from_array(attrs, doc.to_array(attrs)[: len(words)])


def break_paragraph(doc: Doc, rng: random.Random) -> str:
    """Return the text of a Doc, sometimes with a paragraph break before one of its sentences."""
    text = doc.text
    # never within a name: white space can be no part of one
    starts = [t.idx for t in doc[1:] if t.is_sent_start and t.ent_iob_ != "I" and text[t.idx - 1] == " "]
    if not starts or rng.random() >= PARAGRAPHED:
        return text
    start = rng.choice(starts)
    return text[: start - 1] + rng.choice(PARAGRAPHS) + text[start:]


def vary(nlp: Language, example: Example, *, rng: random.Random) -> Iterator[Example]:
    """Yield the example in other typography."""
    gold = example.reference
    kept = count_kept(gold, rng)
    varied = rewrite(gold, swap_signs([token.text for token in gold[:kept]], rng))
    yield Example(nlp.make_doc(break_paragraph(varied, rng)), varied)


@registry.callbacks("kg.news_tokens.v1")
def create_tokens() -> Callable[[Language], Language]:
    """Create the callback that gives a pipeline in training the tokenizer it will run with."""

    def mend(nlp: Language) -> Language:
        mend_tokenizer(nlp.tokenizer)
        return nlp

    return mend


@registry.augmenters("kg.news_typography.v1")
def create_typography(seed: int = 0) -> Callable[[Language, Example], Iterator[Example]]:
    """Create the augmenter for a training config; it yields one varied example for each."""
    return partial(vary, rng=random.Random(seed))
