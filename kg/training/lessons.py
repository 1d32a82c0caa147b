"""What the reader learns from: every annotated corpus, each only for what it knows, as numbers.

GermEval knows names, GSD train knows parts of speech, PUD knows trees. "deutsche" (LOCDERIV) and "DVV-Sprecher"
(ORGPART) are labels of their own here: it sees that they are not plain names, and why.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path

from kg.reader.lemmas import make_script
from kg.training.bio import BASES, TYPES, read_bio, read_smartdata
from kg.training.lemmas import Lexicon, lemmatize
from kg.training.sentences import Sentence, blank, first_words, group_sentences, join_sentences
from kg.training.treebank import SILVER, read_treebanks
from kg.training.typography import DROPPED_STOPS, swap_signs
from kg.training.unseen import test_texts, unseen

UNKNOWN = -100  # what torch's losses skip
KINDS = tuple(base + form for base in BASES for form in ("", "DERIV", "PART"))
NER_LABELS = ("O", *(f"{prefix}-{kind}" for kind in KINDS for prefix in "BI"))
FINE_TYPES = TYPES | {kind.replace("MISC", "OTH"): kind for kind in KINDS}

# What a corpus does not mark: there, "O" may hide it.
HIDDEN = {
    "bundestag": frozenset(kind for kind in KINDS if kind not in BASES),
    "smartdata": frozenset(kind for kind in KINDS if kind not in ("PER", "LOC", "ORG")),
}
NER_FILES = ("germeval2014.train", "bundestag")
HELD_OUT = 10  # every tenth sentence of GSD dev and PUD measures the passes
LONGEST = 160  # words of a lesson; a longer sentence is left out
MOST = 3  # sentences of a lesson
TREE_REPEATS = 3
CAPITALS = 0.01  # share of lessons in capitals throughout: headlines
RARE = 2  # feature bundles seen less often are not learned


@dataclass(frozen=True, slots=True)
class Inventory:
    """The labels of each head, in the order of its outputs."""

    ner: tuple[str, ...]
    pos: tuple[str, ...]
    tag: tuple[str, ...]
    morph: tuple[str, ...]
    dep: tuple[str, ...]
    lemma: tuple[str, ...]

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Inventory:
        return cls(**{name: tuple(labels) for name, labels in json.loads(path.read_text(encoding="utf-8")).items()})


@dataclass(frozen=True, slots=True)
class Lesson:
    """Some sentences in a row, with what their corpus knows; `starts` holds the index of each first word."""

    text: Sentence
    starts: tuple[int, ...]
    hidden: frozenset[str] = frozenset()


def make_lessons(
    sentences: Iterable[Sentence], rng: random.Random, corpus: str = "", most: int = MOST
) -> Iterator[Lesson]:
    """Yield lessons of 1 to `most` neighbouring sentences, none longer than LONGEST words."""
    hidden = HIDDEN.get(corpus, frozenset())
    for group in group_sentences((s for s in sentences if len(s.words) <= LONGEST), rng, most):
        together = sum(len(s.words) for s in group) <= LONGEST
        for part in [group] if together else [[s] for s in group]:
            yield Lesson(join_sentences(part), tuple(first_words(part)), hidden)


def read_names(folder: Path, name: str) -> list[Sentence]:
    """Read one corpus of names with the finer labels."""
    if name == "smartdata":
        news = frozenset({"news"})
        return list(read_smartdata(folder / "smartdata.train.jsonl.xz", blank(), news))
    return list(read_bio(folder / f"{name}.bio.xz", FINE_TYPES))


def split_trees(banks: dict[str, list[Sentence]]) -> tuple[list[Sentence], list[Sentence]]:
    """Part the treebanks into what trees are learned from and what measures them."""
    learned: list[Sentence] = []
    held_out: list[Sentence] = []
    for name, sentences in sorted(banks.items()):
        measured = name in ("gsd.dev", "pud")
        for i, sentence in enumerate(sentences):
            (held_out if measured and i % HELD_OUT == 0 else learned).append(sentence)
    return learned, held_out


def learned_banks(corpora: Path) -> tuple[list[Sentence], list[Sentence], list[Sentence]]:
    """Return sentences that have tags alone, those with trees, both to learn from, and trees to measure by."""
    tests = test_texts(corpora)
    banks = read_treebanks(corpora / "treebank")
    tagged = unseen(banks.pop(SILVER), tests)
    trees, held_out = split_trees(banks)
    return tagged, unseen(trees, tests), held_out


def read_lessons(corpora: Path, rng: random.Random) -> tuple[list[Lesson], dict[str, list[Lesson]]]:
    """Read everything: lessons to learn, and those to measure by, under "names" and "trees"."""
    tagged, trees, held_out = learned_banks(corpora)
    lexicon = Lexicon([*tagged, *trees])
    tagged, trees = ([replace(s, lemmas=lemmatize(s, lexicon)) for s in bank] for bank in (tagged, trees))
    learned = list(make_lessons(tagged, rng))
    for _ in range(TREE_REPEATS):
        learned += make_lessons(trees, rng)
    for name in (*NER_FILES, "smartdata"):
        learned += make_lessons(read_names(corpora / "ner", name), rng, name)
    names = read_names(corpora / "ner", "germeval2014.dev")
    return learned, {
        "names": list(make_lessons(names, rng, most=1)),
        "trees": list(make_lessons(held_out, rng, most=1)),
    }


def collect_labels(lessons: Iterable[Lesson]) -> Inventory:
    """Return the labels that the lessons use; sorted, so the same lessons give the same numbers."""
    counts: dict[str, Counter] = {name: Counter() for name in ("pos", "tag", "morph", "dep", "lemma")}
    for lesson in lessons:
        text = lesson.text
        counts["pos"].update(filter(None, text.pos or ()))
        counts["tag"].update(filter(None, text.tags or ()))
        counts["dep"].update(filter(None, text.deps or ()))
        counts["lemma"].update(filter(None, scripts(text)))
        if text.morphs and text.pos:
            counts["morph"].update(m for m, p in zip(text.morphs, text.pos, strict=True) if p)
    common = {name: tuple(sorted(k for k, n in c.items() if n >= RARE)) for name, c in counts.items()}
    return Inventory(NER_LABELS, **common)


@lru_cache(maxsize=500_000)
def script(form: str, lemma: str) -> str:
    return make_script(form, lemma)


def scripts(text: Sentence) -> list[str]:
    """Return what makes the lemma of each word, "" where it is not known."""
    return [script(form, lemma) if lemma else "" for form, lemma in zip(text.words, text.lemmas or (), strict=False)]


def vary(lesson: Lesson, rng: random.Random) -> Lesson:
    """Return the lesson in other typography: news quotation marks and dashes, capitals, sometimes a full stop less."""
    text = lesson.text
    words = swap_signs(text.words, rng)
    if rng.random() < CAPITALS:
        words = [word.upper() for word in words]
    changed = replace(text, words=words)
    heads = set() if text.heads is None else {h for i, h in enumerate(text.heads) if h != i}
    ends = [start - 1 for start in (*lesson.starts[1:], len(words))]
    dropped = {
        end
        for end, start in zip(ends, lesson.starts, strict=True)
        if words[end] == "." and end > start + 1 and end not in heads and rng.random() < DROPPED_STOPS
    }
    return without(Lesson(changed, lesson.starts, lesson.hidden), dropped) if dropped else replace(lesson, text=changed)


def without(lesson: Lesson, dropped: set[int]) -> Lesson:
    """Return the lesson without some words that nothing hangs on."""
    kept = [i for i in range(len(lesson.text.words)) if i not in dropped]
    place = {old: new for new, old in enumerate(kept)}
    fields = ("words", "spaces", "tags", "pos", "morphs", "lemmas", "heads", "deps", "ents")
    columns = {name: getattr(lesson.text, name) for name in fields}
    left = {name: None if column is None else [column[i] for i in kept] for name, column in columns.items()}
    if left["heads"] is not None:
        left["heads"] = [place[head] for head in left["heads"]]
    spaces = lesson.text.spaces  # a blank behind what is dropped stands behind the word before it then
    left["spaces"] = [spaces[i] or (i + 1 in dropped and spaces[i + 1]) for i in kept]
    return Lesson(Sentence(**left), tuple(place[start] for start in lesson.starts), lesson.hidden)


def allowed_labels(tag: str, hidden: frozenset[str]) -> list[int]:
    """Return the numbers of the labels a gold tag may stand for: "" for any, "O" for itself and what it may hide."""
    if not tag:
        return list(range(len(NER_LABELS)))
    if tag != "O":
        return [NER_LABELS.index(tag)]
    return [i for i, label in enumerate(NER_LABELS) if label == "O" or label[2:] in hidden]


def number(
    column: Sequence[str] | None, labels: Sequence[str], length: int, known: Sequence[bool] | None = None
) -> list[int]:
    """Number the labels of a column; what is missing, empty or rare is UNKNOWN."""
    if column is None:
        return [UNKNOWN] * length
    places = {label: i for i, label in enumerate(labels)}
    known = known or [bool(label) for label in column]
    return [places.get(label, UNKNOWN) if k else UNKNOWN for label, k in zip(column, known, strict=True)]
