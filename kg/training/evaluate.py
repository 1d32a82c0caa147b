"""Figures of a pipeline: "Huawei" ORG at the right place or not; from raw text, with spaCy's own tokens.

Gold and prediction are compared by character offsets, so a token that the tokenizer cuts otherwise than the treebank
counts as wrong, as in the CoNLL 2018 evaluation. Contractions ("im") are one word on both sides.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.training.bio import read_bio
from kg.training.sentences import Sentence, make_doc
from kg.training.treebank import read_test

CHUNK = 20  # sentences of GSD test in one text: enough to find boundaries in, as a short article

Key = tuple  # whatever says where a thing is and what it is


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 in percent, from counts."""

    right: int
    found: int
    gold: int

    @property
    def precision(self) -> float:
        return 100 * self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return 100 * self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 200 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0


def compare(pairs: Iterable[tuple[Iterable[tuple[str, Key]], Iterable[tuple[str, Key]]]]) -> dict[str, Score]:
    """Count (kind, key) facts of gold and predicted texts: kind → Score."""
    right, found, gold = Counter(), Counter(), Counter()
    for gold_facts, found_facts in pairs:
        gold_set, found_set = set(gold_facts), set(found_facts)
        gold.update(kind for kind, _ in gold_set)
        found.update(kind for kind, _ in found_set)
        right.update(kind for kind, _ in gold_set & found_set)
    return {kind: Score(right[kind], found[kind], gold[kind]) for kind in gold}


def name_facts(doc: Doc) -> Iterator[tuple[str, Key]]:
    """Yield each name under its type and under "all"."""
    for ent in doc.ents:
        yield ent.label_, (ent.start_char, ent.end_char)
        yield "all", (ent.start_char, ent.end_char, ent.label_)


def syntax_facts(doc: Doc) -> Iterator[tuple[str, Key]]:
    """Yield what is known of each token and sentence; white space does not count."""
    for token in doc:
        if token.is_space:
            continue
        place = (token.idx, token.idx + len(token))
        head = () if token.head is token or token.head.is_space else (token.head.idx, token.head.idx + len(token.head))
        yield "tokens", place
        yield "UPOS", (place, token.pos_)
        yield "FEATS", (place, frozenset(token.morph))
        yield "lemma", (place, token.lemma_)
        yield "UAS", (place, head)
        yield "LAS", (place, head, token.dep_.lower())
        yield "LAS universal", (place, head, token.dep_.lower().partition(":")[0])
        if token.tag_:
            yield "XPOS", (place, token.tag_)
    for sent in doc.sents:
        words = [token for token in sent if not token.is_space]
        if words:
            yield "sentences", (words[0].idx, words[-1].idx + len(words[-1]))


def evaluate_names(nlp: Language, sentences: Sequence[Sentence]) -> dict[str, Score]:
    """Score names, one sentence a text, strict spans, by the whole pipeline: a wrong sentence start cuts a name."""
    gold = [make_doc(nlp.vocab, [sentence]) for sentence in sentences]
    found = nlp.pipe(doc.text for doc in gold)
    return compare((name_facts(g), name_facts(f)) for g, f in zip(gold, found, strict=True))


def evaluate_syntax(nlp: Language, sentences: Sequence[Sentence]) -> dict[str, Score]:
    """Score everything but names on texts of CHUNK sentences, from raw text."""
    chunks = [sentences[i : i + CHUNK] for i in range(0, len(sentences), CHUNK)]
    gold = [make_doc(nlp.vocab, chunk) for chunk in chunks]
    found = nlp.pipe(doc.text for doc in gold)
    return compare((syntax_facts(g), syntax_facts(f)) for g, f in zip(gold, found, strict=True))


def measure_speed(nlp: Language, corpora: Path) -> float:
    """Return words per second of processor time over the texts of GSD test; set OMP_NUM_THREADS=1 for one core."""
    sentences = read_test(corpora / "treebank")
    texts = [make_doc(nlp.vocab, sentences[i : i + CHUNK]).text for i in range(0, len(sentences), CHUNK)]
    list(nlp.pipe(texts[:2]))
    start = time.process_time()
    words = sum(len(doc) for doc in nlp.pipe(texts))
    return words / (time.process_time() - start)


def evaluate(nlp: Language, corpora: Path) -> dict[str, dict[str, Score]]:
    """Score a pipeline on the two test sets: table name → kind → Score."""
    names = list(read_bio(corpora / "ner" / "germeval2014.test.bio.xz"))
    return {
        "GermEval 2014 test, names": evaluate_names(nlp, names),
        "UD German GSD test, from raw text": evaluate_syntax(nlp, read_test(corpora / "treebank")),
    }


def format_table(scores: dict[str, dict[str, Score]]) -> str:
    """Return the figures as Markdown tables."""
    lines = []
    for title, table in scores.items():
        lines += [f"| {title} | P | R | F1 | gold |", "|---|---|---|---|---|"]
        lines += [
            f"| {kind} | {s.precision:.1f} | {s.recall:.1f} | {s.f1:.1f} | {s.gold:,} |"
            for kind, s in sorted(table.items())
        ]
        lines.append("")
    return "\n".join(lines)
