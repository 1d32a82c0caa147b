"""What each rule of tree mending is worth: the arcs it mends and breaks against gold, the claims it wins and loses.

    python tests/benchmarks/mending.py gold.conllu ...

The rules are switched off one at a time. Against gold trees an arc counts where one of both runs has the head right and
the other has not; labels are compared where the head is right in both. The claims are those of `tests/gold/claims.md`. A rule
that wins no more than it breaks on trees, and no claim, can go. What departs from Universal Dependencies on purpose is no fault:
the label "dislocated" for an apposition that stands behind the verb, and "det:poss" for "deren" and "dessen".
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

sys.path.insert(0, str(Path(__file__).parents[1]))

from spacy.tokens import Doc
from tables import row
from test_claims import SENTENCES, WRITTEN

from kg.extract import extract, passes
from kg.extract.mend.passes import MENDING, mending_of
from kg.reader.pipeline import load
from kg.records import Document
from kg.training.annotated import read_sentences

MODULES = "prepositional_phrases comparisons coordination subjects verb_forms vocatives vorfeld".split()
OWN = {"dislocated", "det:poss"}

Arc = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """A function that changes a tree in place."""

    module: ModuleType
    name: str

    def __str__(self) -> str:
        return f"{self.module.__name__.rpartition('.')[2]}.{self.name}"


def rules() -> Iterator[Rule]:
    """The functions of MODULES that take a part of a tree and return nothing."""
    for name in MODULES:
        module = import_module(f"kg.extract.mend.{name}")
        for key, function in sorted(vars(module).items()):
            if inspect.isfunction(function) and function.__module__ == module.__name__:
                hints = list(function.__annotations__.items())
                mends = (
                    hints
                    and hints[0][1] in ("Token", "Sentence", "Doc")
                    and function.__annotations__["return"] == "None"
                )
                if mends:
                    yield Rule(module, key)


class Parsed:
    """A pipeline that remembers what it parsed, since every run parses the same sentences."""

    def __init__(self) -> None:
        self.nlp = load()
        self.vocab, self.make_doc = self.nlp.vocab, self.nlp.make_doc
        self._known: dict[tuple[str, ...], bytes] = {}

    def pipe(self, docs: Iterator[Doc]) -> Iterator[Doc]:
        for doc in docs:
            key = tuple(token.text_with_ws for token in doc)
            if key not in self._known:
                self._known[key] = self.nlp(doc).to_bytes()
            yield Doc(self.vocab).from_bytes(self._known[key])


def read_gold(path: Path) -> Iterator[tuple[list[str], list[bool], list[Arc]]]:
    """The words, blanks and arcs of a CoNLL-U file without contractions; heads are places, a root's its own."""
    for sentence in read_sentences(path):
        assert sentence.heads
        assert sentence.deps
        arcs = [(head, dep.lower()) for head, dep in zip(sentence.heads, sentence.deps, strict=True)]
        yield sentence.words, sentence.spaces, arcs


def trees(parsed: Parsed, gold: list[tuple[list[str], list[bool], list[Arc]]]) -> list[list[Arc]]:
    """The mended tree of each gold sentence."""
    found = []
    for doc in parsed.pipe(Doc(parsed.vocab, words=words, spaces=spaces) for words, spaces, _ in gold):
        tree = passes.of_doc(doc).doc
        found.append([(token.head.i, token.dep_.lower()) for token in tree])
    return found


def claims(parsed: Parsed) -> set[str]:
    """The sentences of the table whose claims are right."""
    return {
        s.text
        for s in SENTENCES
        if sorted(set(map(row, extract(Document("t", s.text, date=WRITTEN), parsed).claims))) == sorted(s.claims)
    }


def count(gold: list[Arc], on: list[Arc], off: list[Arc]) -> tuple[int, int]:
    """How many arcs a rule mends and breaks."""
    mended = broken = 0
    for want, with_it, without in zip(gold, on, off, strict=True):
        if with_it == without or with_it[1] in OWN:
            continue
        before, after = (without[0] == want[0]) + (without == want), (with_it[0] == want[0]) + (with_it == want)
        mended, broken = mended + (after > before), broken + (after < before)
    return mended, broken


def without(rule: Rule, run: Callable[[], object]) -> object:
    """Run something while a rule does nothing."""
    kept = getattr(rule.module, rule.name)
    users = [
        m
        for m in map(import_module, [f"kg.extract.mend.{name}" for name in MODULES])
        if getattr(m, rule.name, None) is kept
    ]
    trees = passes.TREES
    passes.TREES = tuple(each for each in trees if each not in MENDING or mending_of(each) is not kept)
    for module in users:
        setattr(module, rule.name, lambda *_, **__: None)
    try:
        return run()
    finally:
        passes.TREES = trees
        for module in users:
            setattr(module, rule.name, kept)


def main(paths: list[str]) -> None:
    """Print a line for each rule, the most harmful first."""
    parsed = Parsed()
    gold = [sentence for path in paths for sentence in read_gold(Path(path))]
    on, right = trees(parsed, gold), claims(parsed)
    lines = []
    for rule in rules():
        off = without(rule, lambda: trees(parsed, gold))
        left = without(rule, lambda: claims(parsed))
        pairs = [count(want, a, b) for (_, _, want), a, b in zip(gold, on, off, strict=True)]  # type: ignore[call-overload]
        mended, broken = (sum(column) for column in zip(*pairs, strict=True)) if pairs else (0, 0)
        lines.append(
            (mended - broken, len(right - left) - len(left - right), mended, broken, right - left, left - right, rule)
        )
    print(f"{len(right)} of {len(SENTENCES)} sentences right; arcs mended, broken; claims won, lost")
    for _, _, mended, broken, won, lost, rule in sorted(lines, key=lambda line: (line[1], line[0], str(line[-1]))):
        print(f"{mended:5} {broken:5}   {len(won):3} {len(lost):3}  {rule}")


if __name__ == "__main__":
    main(sys.argv[1:])
