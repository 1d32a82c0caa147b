"""How sure a claim is was learned from claims that people judged: of a hundred with 0.7, about seventy are right.

    python -m kg.training.confidence tests/gold/judged.jsonl

fits the weights of `kg/extract/claims/confidence.toml` and prints how well they hold on claims they were not fitted to.
A line of the data is one judged claim: its document, whether it is right (else the cause of the error), and its signs,
which `kg.extract.claims.confidence.features` made; no text. `tests/judged_claims.py` makes such lines.

A logistic regression is enough: the signs are few, and a weight is a sentence ("a relative clause is read right more
often"). Whole documents are left out in turn, because the claims of one sentence are right or wrong together.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from kg.errors import KgError

WEIGHTS = Path(__file__).parents[1] / "extract" / "claims" / "confidence.toml"

# Sources that measure and never teach: their licence keeps them out of what is shipped.
HELD_OUT = ("wikinews",)

# How far weights are pulled towards 0: of 3, 5, 10 and 20 the one with the least log loss on documents left out.
_PULL = 10.0
_FOLDS = 10
_BINS = 5

_HEAD = """\
# How much each sign of kg/extract/claims/confidence.py says for a claim: a logistic regression over {count} claims
# that were judged by hand. Written by `python -m kg.training.confidence`, never by hand.

[weights]
"""


class Judged(NamedTuple):
    """A claim that somebody judged: `doc` is "wikipedia/3", `cause` says what is wrong with it, or ""."""

    doc: str
    right: bool
    cause: str
    signs: Mapping[str, float]

    @property
    def source(self) -> str:
        return self.doc.partition("/")[0]


class Bin(NamedTuple):
    """Claims whose confidence lies between `low` and `high`: how many, how sure on average, and how many are right."""

    low: float
    high: float
    count: int
    sure: float
    right: float


def read_judged(path: Path) -> list[Judged]:
    """The judged claims of a file. Raises KgError where a line is none."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            found.append(Judged(**json.loads(line)))
        except (TypeError, ValueError) as error:
            raise KgError(f"{path}:{number}: no judged claim ({error}); see tests/judged_claims.py") from error
    return found


def fit(judged: Sequence[Judged]) -> dict[str, float]:
    """The weight of each sign, and of "bias": Newton's method on the penalised likelihood; the bias goes free."""
    names = sorted({name for claim in judged for name in claim.signs})
    table = np.array([[1.0, *(claim.signs.get(name, 0.0) for name in names)] for claim in judged])
    right = np.array([float(claim.right) for claim in judged])
    pull = np.diag([1e-6, *[_PULL] * len(names)])
    weights = np.zeros(len(names) + 1)
    for _ in range(30):
        sure = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (sure - right) + pull @ weights
        curve = (table * (sure * (1 - sure))[:, None]).T @ table + pull
        weights -= np.linalg.solve(curve, slope)
    return dict(zip(("bias", *names), weights.tolist(), strict=True))


def sureness(weights: Mapping[str, float], judged: Iterable[Judged]) -> list[float]:
    """How sure the weights are of each claim."""
    scores = [sum(weights.get(n, 0.0) * v for n, v in claim.signs.items()) + weights["bias"] for claim in judged]
    return [float(1 / (1 + np.exp(-score))) for score in scores]


def crossvalidate(judged: Sequence[Judged]) -> list[float]:
    """How sure weights are of each claim that were fitted without the claims of its document and some others."""
    docs = sorted({claim.doc for claim in judged})
    fold = {doc: number % _FOLDS for number, doc in enumerate(docs)}
    parts = [fit([claim for claim in judged if fold[claim.doc] != number]) for number in range(_FOLDS)]
    return [sureness(parts[fold[claim.doc]], [claim])[0] for claim in judged]


def reliability(sure: Sequence[float], right: Sequence[bool], bins: int = _BINS) -> list[Bin]:
    """The claims sorted into equal steps of confidence, without the empty ones."""
    found = []
    for number in range(bins):
        inside = [i for i, value in enumerate(sure) if min(int(value * bins), bins - 1) == number]
        if inside:
            means = (sum(values[i] for i in inside) / len(inside) for values in (sure, right))
            found.append(Bin(number / bins, (number + 1) / bins, len(inside), *means))
    return found


def calibration_error(bins: Sequence[Bin]) -> float:
    """How far confidence and truth lie apart on average (expected calibration error)."""
    total = sum(each.count for each in bins)
    return round(sum(each.count * abs(each.sure - each.right) for each in bins) / total, 6)


def format_bins(title: str, bins: Sequence[Bin]) -> str:
    """A table to read: what the claims say of themselves, and how many are right."""
    lines = [f"{title}: calibration error {calibration_error(bins):.3f}", "says       claims  mean  right"]
    lines += [f"{b.low:.1f} – {b.high:.1f}  {b.count:6}  {b.sure:.2f}   {b.right:.2f}" for b in bins]
    return "\n".join(lines)


def write_weights(weights: Mapping[str, float], count: int, path: Path = WEIGHTS) -> None:
    """The weights as TOML, two decimals: finer ones would only fit the judges' moods."""
    lines = [f"{name} = {round(weights[name], 2) + 0.0}" for name in ("bias", *sorted(weights.keys() - {"bias"}))]
    path.write_text(_HEAD.format(count=count) + "\n".join(lines) + "\n", encoding="utf-8")


def main(path: str) -> None:
    """Fit, print how well the weights hold, and write them."""
    judged = read_judged(Path(path))
    taught = [claim for claim in judged if claim.source not in HELD_OUT]
    apart = [claim for claim in judged if claim.source in HELD_OUT]
    weights = fit(taught)
    for title, claims, sure in (
        ("documents left out in turn", taught, crossvalidate(taught)),
        (", ".join(HELD_OUT), apart, sureness(weights, apart)),
    ):
        print(format_bins(title, reliability(sure, [claim.right for claim in claims])), end="\n\n")
    write_weights(weights, len(taught))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except KgError as error:
        sys.exit(str(error))
