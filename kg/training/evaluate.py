"""Figures of a pipeline: "Huawei" ORG at the right place or not; from raw text, with spaCy's own tokens.

Gold and prediction are compared by character offsets, so a word that the tokenizer cuts, and the treebank does not,
counts as wrong. Contractions ("im") and what the tokenizer leaves in one piece where the treebank has several
("Gaza-Streifen") are one word on both sides: figures are not those of the CoNLL 2018 evaluation. Intervals are of 95 %,
by resampling texts.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import spacy
from spacy.cli.init_config import init_config
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from kg.training.bio import read_bio
from kg.training.sentences import Sentence, make_doc
from kg.training.treebank import read_test

CHUNK = 20  # sentences of GSD test in one text: enough to find boundaries in, as a short article
SAMPLES, SEED = 1000, 2026  # of the bootstrap

Key = tuple  # whatever says where a thing is and what it is
Facts = Iterable[tuple[str, Key]]


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


def count(gold_facts: Facts, found_facts: Facts) -> dict[str, Score]:
    """Count (kind, key) facts of one text: kind → Score."""
    gold_set, found_set = set(gold_facts), set(found_facts)
    gold, found, right = (Counter(kind for kind, _ in facts) for facts in (gold_set, found_set, gold_set & found_set))
    return {kind: Score(right[kind], found[kind], gold[kind]) for kind in gold.keys() | found.keys()}


def add_up(texts: Iterable[dict[str, Score]]) -> dict[str, Score]:
    """Add the counts of texts; a kind that gold never has is left out."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for text in texts:
        for kind, score in text.items():
            for i, number in enumerate((score.right, score.found, score.gold)):
                sums[kind][i] += number
    return {kind: Score(*numbers) for kind, numbers in sums.items() if numbers[2]}


def compare(pairs: Iterable[tuple[Facts, Facts]]) -> dict[str, Score]:
    """Count the facts of gold and predicted texts: kind → Score."""
    return add_up(count(gold, found) for gold, found in pairs)


def bootstrap(texts: Sequence[dict[str, Score]], kind: str) -> tuple[float, float]:
    """Return the interval that holds 95 % of the F1 of SAMPLES resamplings of the texts."""
    none = Score(0, 0, 0)
    counts = np.array([[s.right, s.found, s.gold] for s in (text.get(kind, none) for text in texts)])
    rng = np.random.default_rng(SEED)
    sums = np.array([counts[rng.integers(0, len(counts), len(counts))].sum(0) for _ in range(SAMPLES)])
    f1 = 200 * sums[:, 0] / np.maximum(sums[:, 1] + sums[:, 2], 1)
    low, high = np.percentile(f1, [2.5, 97.5])
    return float(low), float(high)


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
        head = () if token.head == token or token.head.is_space else (token.head.idx, token.head.idx + len(token.head))
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


def evaluate_names(nlp: Language, sentences: Sequence[Sentence]) -> list[dict[str, Score]]:
    """Score names, one sentence a text, strict spans, by the whole pipeline: a wrong sentence start cuts a name."""
    gold = [make_doc(nlp.vocab, [sentence]) for sentence in sentences]
    found = nlp.pipe(doc.text for doc in gold)
    return [count(name_facts(g), name_facts(f)) for g, f in zip(gold, found, strict=True)]


def evaluate_syntax(nlp: Language, sentences: Sequence[Sentence], chunk: int = CHUNK) -> list[dict[str, Score]]:
    """Score everything but names on texts of `chunk` sentences, from raw text."""
    gold = [make_doc(nlp.vocab, sentences[i : i + chunk]) for i in range(0, len(sentences), chunk)]
    found = nlp.pipe(doc.text for doc in gold)
    return [count(syntax_facts(g), syntax_facts(f)) for g, f in zip(gold, found, strict=True)]


def evaluate_tokens(nlp: Language, sentences: Sequence[Sentence]) -> list[dict[str, Score]]:
    """Score everything but names on given tokens, one sentence a text."""
    gold = [make_doc(nlp.vocab, [sentence]) for sentence in sentences]
    found = nlp.pipe(Doc(nlp.vocab, words=s.words, spaces=s.spaces) for s in sentences)
    return [count(syntax_facts(g), syntax_facts(f)) for g, f in zip(gold, found, strict=True)]


def default_layout(gold: Sequence[Doc]) -> Language:
    """Return spaCy's own CNN layout (`spacy init config --optimize efficiency`) for the same labels, untrained."""
    pipes = ["tok2vec", "tagger", "morphologizer", "trainable_lemmatizer", "senter", "parser", "ner"]
    config = init_config(lang="de", pipeline=pipes, optimize="efficiency", silent=True)
    nlp = spacy.util.load_model_from_config(config, auto_fill=True)
    nlp.initialize(lambda: [Example(nlp.make_doc(doc.text), doc) for doc in gold])
    return nlp


def words_a_second(nlp: Language, texts: Sequence[str]) -> float:
    """Return words per second of processor time, the best of three runs; set OMP_NUM_THREADS=1 for one core."""
    list(nlp.pipe(texts[:2]))
    best = 0.0
    for _ in range(3):
        start = time.process_time()
        words = sum(len(doc) for doc in nlp.pipe(texts))
        best = max(best, words / (time.process_time() - start))
    return best


def measure_speed(nlp: Language, corpora: Path) -> dict[str, float]:
    """Return the words per second of the pipeline and of spaCy's default layout, taken in turns, and their ratio."""
    sentences = read_test(corpora / "treebank")
    texts = [make_doc(nlp.vocab, sentences[i : i + CHUNK]).text for i in range(0, len(sentences), CHUNK)]
    names = islice(read_bio(corpora / "ner" / "germeval2014.dev.bio.xz"), 300)
    gold = [make_doc(nlp.vocab, [sentence]) for sentence in [*sentences[:300], *names]]
    default = default_layout(gold)
    ours = theirs = 0.0
    for _ in range(2):
        ours, theirs = max(ours, words_a_second(nlp, texts)), max(theirs, words_a_second(default, texts))
    return {
        "words/s": round(ours),
        "words/s of spaCy's default layout": round(theirs),
        "ratio": round(ours / theirs, 2),
    }


def measure_load(path: Path) -> float:
    """Return the seconds it takes to load a pipeline, the best of three."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        spacy.load(path)
        times.append(time.perf_counter() - start)
    return round(min(times), 2)


def evaluate(path: Path, corpora: Path) -> dict:
    """Score a pipeline on the two test sets; return tables (title → kind → figures in percent) and its measures."""
    nlp = spacy.load(path)
    names = list(read_bio(corpora / "ner" / "germeval2014.test.bio.xz"))
    trees = read_test(corpora / "treebank")
    tables = {
        "GermEval 2014 test, names": evaluate_names(nlp, names),
        "UD German GSD test, from raw text": evaluate_syntax(nlp, trees),
        "UD German GSD test, tokens given, a sentence a text": evaluate_tokens(nlp, trees),
    }
    size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) / 1e6
    measures = {"MB on disk": round(size, 1), "seconds to load": measure_load(path), **measure_speed(nlp, corpora)}
    return {"tables": {title: figures(texts) for title, texts in tables.items()}, "measures": measures}


def figures(texts: Sequence[dict[str, Score]]) -> dict[str, dict[str, float]]:
    """Return the figures of a table: kind → P, R, F1, low, high, gold."""
    rows = {}
    for kind, score in sorted(add_up(texts).items()):
        low, high = bootstrap(texts, kind)
        values = {"P": score.precision, "R": score.recall, "F1": score.f1, "low": low, "high": high}
        rows[kind] = {name: round(value, 2) for name, value in values.items()} | {"gold": score.gold}
    return rows


def format_figures(found: dict) -> str:
    """Return the figures as Markdown tables."""
    lines = []
    for title, table in found["tables"].items():
        lines += [f"| {title} | P | R | F1 | 95 % | gold |", "|---|---|---|---|---|---|"]
        for kind, x in table.items():
            interval = f"{x['low']:.1f} to {x['high']:.1f}"
            lines.append(f"| {kind} | {x['P']:.1f} | {x['R']:.1f} | {x['F1']:.1f} | {interval} | {x['gold']:,} |")
        lines.append("")
    return "\n".join([*lines, *(f"{name}: {value:,}" for name, value in found["measures"].items())])
