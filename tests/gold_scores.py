"""How well a pipeline reads sentences that were annotated by hand for kg: is "Lange" in "Lange mussten sie warten" a name?

`python tests/gold_scores.py` prints the figures of the bundled pipeline (or of KG_MODEL's), with -v every error too.
`--pin` writes `gold/floors.toml`, which test_floors.py holds; it never lowers a floor without `--allow-lower`.

An entry of `gold/*.toml` has a sentence, all its names from left to right ("PER Sören Link"), and some telling words
(form, part of speech, lemma: "warnte VERB warnen") and arcs (dependent, relation, head: "Link appos Chef"). A form that
occurs twice is written "form#2". Names are GermEval's outer layer; relations are those of the model card.
"""

from __future__ import annotations

import hashlib
import sys
import tomllib
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from math import floor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Doc

GOLD = Path(__file__).parent / "gold"
FLOORS = GOLD / "floors.toml"

# What is measured: names by span and type; words by part of speech and lemma; arcs with and without their relation.
FIGURES = ("names_f1", "upos", "lemmas", "arcs_labelled", "arcs_unlabelled")

FLOORS_HEAD = """\
# The least that the bundled pipeline must reach on the sentences of this folder, in percent; tests/test_floors.py holds
# it to them. A floor is the figure measured when it was pinned, less one point, rounded down.
# Measured and written by `python tests/gold_scores.py --pin`; lowered only on purpose: --allow-lower, and a reason why.
"""


class Gold(NamedTuple):
    """An entry, taken apart."""

    text: str
    theme: str
    names: list[list[str]]
    words: list[list[str]]
    arcs: list[list[str]]


class Reading(NamedTuple):
    """What a pipeline says of a sentence: names by characters, the rest token by token; a root is its own head."""

    tokens: Sequence[str]
    names: frozenset[tuple[int, int, str]]
    words: Sequence[tuple[str, str]]
    arcs: Sequence[tuple[str, int]]


class Result(NamedTuple):
    """One figure of one or more sentences: `right` of `total`; for F1, twice the hits of all found and all gold."""

    right: int
    total: int
    errors: tuple[str, ...] = ()

    @property
    def percent(self) -> float:
        return 100 * self.right / self.total if self.total else 100.0


def gold_texts() -> list[str]:
    """The content of the files of sentences, in order."""
    return [path.read_text(encoding="utf-8") for path in sorted(GOLD.glob("*.toml")) if path != FLOORS]


def gold_digest() -> str:
    """The sha256 of all sentence files, with the line ends of Unix."""
    return hashlib.sha256("".join(gold_texts()).encode()).hexdigest()


def read_gold() -> list[Gold]:
    """All sentences."""
    entries = [entry for text in gold_texts() for entry in tomllib.loads(text)["sentence"]]
    keys = {"names": 1, "words": 2, "arcs": 2}
    return [Gold(**e | {key: [item.split(" ", n) for item in e[key]] for key, n in keys.items()}) for e in entries]


def find_token(tokens: Sequence[str], form: str) -> int:
    """Where a form stands: "die#2" in "die Bank die" → 2. Raises ValueError if that is nowhere, or not one place."""
    form, _, number = form.partition("#")
    places = [i for i, token in enumerate(tokens) if token == form]
    if not places or int(number or 1) > len(places) or (not number and len(places) > 1):
        raise ValueError(f"{form!r} ({number or 'without number'}): {len(places)} times in {' '.join(tokens)}")
    return places[int(number or 1) - 1]


def find_names(gold: Gold) -> list[tuple[int, int, str]]:
    """Where the names stand, each behind the one before it. Raises ValueError for one that is not there."""
    found: list[tuple[int, int, str]] = []
    for label, name in gold.names:
        start = gold.text.index(name, found[-1][1] if found else 0)
        found.append((start, start + len(name), label))
    return found


def read_doc(doc: Doc) -> Reading:
    """Take from spaCy's Doc what is compared."""
    return Reading(
        [token.text for token in doc],
        frozenset((name.start_char, name.end_char, name.label_) for name in doc.ents),
        [(token.pos_, token.lemma_) for token in doc],
        [(token.dep_, token.head.i) for token in doc],
    )


def compare(gold: Gold, reading: Reading) -> dict[str, Result]:
    """Return every figure of one sentence, with its errors in words."""
    return dict(
        zip(FIGURES, (compare_names(gold, reading), *_words(gold, reading), *_arcs(gold, reading)), strict=True)
    )


def compare_names(gold: Gold, reading: Reading) -> Result:
    """A name counts if its first letter, its last letter and its type are right."""
    wanted = set(find_names(gold))
    kinds = {"missed": wanted - reading.names, "wrong": reading.names - wanted}
    errors = [f"{kind} {label} {gold.text[a:b]}" for kind, names in kinds.items() for a, b, label in sorted(names)]
    return Result(2 * len(wanted & reading.names), len(wanted) + len(reading.names), tuple(errors))


def _words(gold: Gold, reading: Reading) -> tuple[Result, Result]:
    """Part of speech and lemma of the annotated words."""
    tags, lemmas = [], []
    for form, tag, lemma in gold.words:
        found_tag, found_lemma = reading.words[find_token(reading.tokens, form)]
        tags.append((found_tag == tag, f"{form}: {found_tag}, not {tag}"))
        lemmas.append((found_lemma == lemma, f"{form}: {found_lemma}, not {lemma}"))
    return _count(tags), _count(lemmas)


def _arcs(gold: Gold, reading: Reading) -> tuple[Result, Result]:
    """Head of the annotated arcs, with and without its relation."""
    labelled, unlabelled = [], []
    for form, relation, governor in gold.arcs:
        i = find_token(reading.tokens, form)
        head = i if governor == "ROOT" else find_token(reading.tokens, governor)
        found, at = reading.arcs[i]
        error = f"{form}: {found} {'ROOT' if at == i else reading.tokens[at]}, not {relation} {governor}"
        labelled.append(((found, at) == (relation, head), error))
        unlabelled.append((at == head, error))
    return _count(labelled), _count(unlabelled)


def _count(checks: Sequence[tuple[bool, str]]) -> Result:
    return Result(sum(ok for ok, _ in checks), len(checks), tuple(error for ok, error in checks if not ok))


def add_up(results: Sequence[Mapping[str, Result]]) -> dict[str, Result]:
    """Each figure over all sentences."""
    return {f: Result(sum(r[f].right for r in results), sum(r[f].total for r in results)) for f in FIGURES}


def raise_floors(old: Mapping[str, int], totals: Mapping[str, Result], allow_lower: bool = False) -> dict[str, int]:
    """A point below each figure; higher ones stay. Raises ValueError for a figure below its floor, or lowers that."""
    below = {f: f"{f} {totals[f].percent:.1f} (floor {old[f]})" for f in old if totals[f].percent < old[f]}
    if below and not allow_lower:
        raise ValueError(f"{', '.join(below.values())}: mend that, or lower the floor on purpose with --allow-lower")
    return {f: max(floor(totals[f].percent - 1), 0 if f in below else old.get(f, 0)) for f in FIGURES}


def main(pin: bool, allow_lower: bool, verbose: bool) -> None:
    """Measure and print; with `pin`, write the floors."""
    from kg.reader.pipeline import BUNDLED, load

    nlp, golds = load(str(BUNDLED) if pin else None), read_gold()
    compared = [compare(gold, read_doc(nlp(gold.text))) for gold in golds]
    for gold, results in zip(golds, compared, strict=True):
        errors = [f"    {f}: {e}" for f, r in results.items() if f != "arcs_unlabelled" for e in r.errors]
        if verbose and errors:
            print(gold.text, *errors, sep="\n")
    old, totals = tomllib.loads(FLOORS.read_text(encoding="utf-8"))["floors"], add_up(compared)
    for figure, result in totals.items():
        print(f"{figure:16}{result.percent:6.1f}  floor {old.get(figure, 0)}")
    if pin:
        floors = [f"{f} = {n}" for f, n in raise_floors(old, totals, allow_lower).items()]
        lines = (FLOORS_HEAD, f'sha256 = "{gold_digest()}"', f"sentences = {len(golds)}", "", "[floors]", *floors, "")
        FLOORS.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    parser = ArgumentParser(description="Measure a pipeline on the sentences of tests/gold.")
    parser.add_argument("-v", "--verbose", action="store_true", help="print every error")
    parser.add_argument("--pin", action="store_true", help="pin this gold and the bundled pipeline's floors")
    parser.add_argument("--allow-lower", action="store_true", help="let --pin lower a floor")
    sys.path.insert(0, str(GOLD.parents[1]))  # this checkout's kg, installed or not
    try:
        main(**vars(parser.parse_args()))
    except ValueError as error:
        sys.exit(str(error))
