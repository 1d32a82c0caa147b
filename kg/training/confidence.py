"""How sure a claim is, and its risk, was learned from claims that people judged: of a hundred with the confidence 0.7
about seventy are right, of a hundred with the risk 0.05 about five tell something false about somebody.

    python -m kg.training.confidence kg/training/gold/judged.jsonl.xz

grows the trees of `kg/extract/claims/verifier.json` and prints how well they do on texts that they were not grown on. A
line of the data is one judged claim: its text, whether it is right, whether it tells something false about somebody who
is named, what is wrong first, whether nothing but its confidence keeps it from being a plain triple, and its signs,
which `kg.extract.claims.confidence.features` made; no words. `python tests/judged_claims.py` makes such lines.

The trees are gradient boosted (LightGBM), those for either question apart. Whole texts are left out in turn, for the
claims of one sentence are right or wrong together; what the trees add up to on texts left out is brought to shares by
isotonic regression.
"""

from __future__ import annotations

import itertools
import json
import lzma
import random
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from kg.errors import KgError
from kg.extract.claims.confidence import forest_of
from kg.modalities import SAFE_ENOUGH, SURE_ENOUGH

VERIFIER = Path(__file__).parents[1] / "extract" / "claims" / "verifier.json"

_FOLDS = 10
_BINS = 5
_SELDOM = 30  # a sign that fewer claims have is none
_CORNERS = 40  # of the line from sums to shares
_DIGITS = {"right": 2, "harmful": 3}  # of the share for either question
_COMMON = {
    "objective": "binary", "verbose": -1, "seed": 2026, "deterministic": True, "num_threads": 1, "force_row_wise": True,
}  # fmt: skip
_GROWTH: Mapping[str, Mapping[str, Any]] = {
    "right": {
        "num_iterations": 350, "learning_rate": 0.03, "num_leaves": 16, "min_data_in_leaf": 25,
        "feature_fraction": 0.15, "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 5.0,
    },
    "harmful": {
        "num_iterations": 400, "learning_rate": 0.03, "num_leaves": 6, "min_data_in_leaf": 25, "extra_trees": True,
        "feature_fraction": 0.5, "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 5.0,
    },
}  # fmt: skip


class Judged(NamedTuple):
    """A claim that somebody judged: `doc` is "wikipedia/3", `part` says what is wrong first, or ""."""

    doc: str
    right: bool
    harmful: bool
    part: str
    direct: bool
    signs: Mapping[str, float]


class Bin(NamedTuple):
    """Claims whose confidence lies between `low` and `high`: how many, how sure on average, and how many are right."""

    low: float
    high: float
    count: int
    sure: float
    right: float


def read_judged(path: Path) -> list[Judged]:
    """The judged claims of a file (.jsonl.xz). Raises KgError where a line is none."""
    found = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                found.append(Judged(**json.loads(line)))
            except (TypeError, ValueError) as error:
                raise KgError(f"{path}:{number}: no judged claim ({error}); see tests/judged_claims.py") from error
    return found


def grow(judged: Sequence[Judged], signs: Sequence[str], question: str) -> list[list[list[float]]]:
    """Trees for whether claims are "right", or "harmful", as `kg.extract.claims.confidence.forest_of` reads them."""
    import lightgbm

    growth = _GROWTH[question]
    data = lightgbm.Dataset(_table(judged, signs), [float(getattr(claim, question)) for claim in judged])
    told = lightgbm.train(_COMMON | growth, data).dump_model()
    return [_nodes(tree["tree_structure"]) for tree in told["tree_info"]]


def planted(signs: Sequence[str], trees: Mapping[str, Any], lines: Mapping[str, Any]) -> dict[str, Any]:
    """Trees by question, as `kg.extract.claims.confidence.forest_of` reads them, with the lines from sums to shares."""
    return {"signs": list(signs), "shares": dict(lines), "trees": dict(trees)}


def _table(judged: Sequence[Judged], signs: Sequence[str]) -> Any:
    return np.array([[claim.signs.get(sign, 0.0) for sign in signs] for claim in judged])


def _nodes(root: Mapping[str, Any]) -> list[list[float]]:
    """The nodes of a tree, the root first: [sign, threshold, below, above], a leaf [value]."""
    found: list[list[float]] = []

    def add(node: Mapping[str, Any]) -> int:
        place = len(found)
        if "leaf_value" in node:
            found.append([round(node["leaf_value"], 4)])
            return place
        found.append([])
        below, above = add(node["left_child"]), add(node["right_child"])
        found[place] = [node["split_feature"], round(node["threshold"], 4), below, above]
        return place

    add(root)
    return found


def left_out_sums(judged: Sequence[Judged], signs: Sequence[str], question: str) -> list[float]:
    """What trees for a question add up to for each claim that were grown without its text and some others."""
    docs = sorted({claim.doc for claim in judged})
    random.Random(2026).shuffle(docs)
    fold = {doc: number % _FOLDS for number, doc in enumerate(docs)}
    found = [0.0] * len(judged)
    for number in range(_FOLDS):
        trees = grow([claim for claim in judged if fold[claim.doc] != number], signs, question)
        sums = forest_of(planted(signs, {question: trees}, {})).sums_of
        places = [i for i, claim in enumerate(judged) if fold[claim.doc] == number]
        for place, value in zip(places, sums([judged[i].signs for i in places])[question], strict=True):
            found[place] = float(value)
    return found


def isotonic(sums: Sequence[float], right: Sequence[bool]) -> list[list[float]]:
    """A line from sums to shares of claims that never falls (pool adjacent violators), by its corners."""
    told = sorted(zip(sums, right, strict=True))
    pools = [
        [float(part[:, 0].sum()), float(part[:, 1].sum()), float(len(part))]
        for part in np.array_split(np.array(told, float), _CORNERS)
    ]
    merged: list[list[float]] = []
    for pool in pools:
        merged.append(list(pool))
        while len(merged) > 1 and merged[-2][1] * merged[-1][2] >= merged[-1][1] * merged[-2][2]:
            last = merged.pop()
            merged[-1] = [a + b for a, b in zip(merged[-1], last, strict=True)]
    return [[round(s / n, 4), round(r / n, 4)] for s, r, n in merged]


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


def area(sure: Sequence[float], right: Sequence[bool]) -> float:
    """The area under the ROC curve: how often a right claim is surer than a wrong one."""
    order = np.argsort(np.argsort(sure, kind="stable"), kind="stable") + 1.0
    values = np.array(sure)
    for value in set(sure):
        order[values == value] = order[values == value].mean()
    good = np.array(right, bool)
    wrong = len(good) - good.sum()
    return float((order[good].sum() - good.sum() * (good.sum() + 1) / 2) / (good.sum() * wrong))


class Bounds(NamedTuple):
    """The least confidence and the most risk of plain triples, what share of the right direct claims that keeps, and
    what share of those kept is right, and harmful.
    """

    confidence: float
    risk: float
    kept: float
    right: float
    harmful: float


def bounds(
    sure: Sequence[float], risk: Sequence[float], judged: Sequence[Judged], least: float = 0.9, most: float = 0.015
) -> Bounds:
    """Of all pairs of bounds those that keep most of the right direct claims, where at least so many of what is kept
    are right, and at most so many harmful.
    """
    told = [(s, r) for s, r, claim in zip(sure, risk, judged, strict=True) if claim.direct]
    pairs = itertools.product(sorted({s for s, _ in told}), sorted({r for _, r in told}))
    found = filter(None, (bounded(sure, risk, judged, *pair) for pair in pairs))
    sound = (each for each in found if each.right >= least and each.harmful <= most)
    return max(sound, key=lambda each: (each.kept, each.confidence, -each.risk))  # of equal ones the strictest


def bounded(
    sure: Sequence[float], risk: Sequence[float], judged: Sequence[Judged], least: float, most: float
) -> Bounds | None:
    """What bounds keep of the direct claims; None where they keep nothing."""
    right, harmful, direct = (np.array([getattr(c, name) for c in judged]) for name in ("right", "harmful", "direct"))
    kept = direct & (np.array(sure) >= least) & (np.array(risk) <= most)
    if not kept.any():
        return None
    shares = (right[kept].sum() / (right & direct).sum(), right[kept].mean(), harmful[kept].mean())
    return Bounds(least, most, *map(float, shares))


def format_bins(title: str, bins: Sequence[Bin]) -> str:
    """A table to read: what the claims say of themselves, and how many are right."""
    lines = [f"{title}: calibration error {calibration_error(bins):.3f}", "says       claims  mean  right"]
    lines += [f"{b.low:.1f} – {b.high:.1f}  {b.count:6}  {b.sure:.2f}   {b.right:.2f}" for b in bins]
    return "\n".join(lines)


def common_signs(judged: Iterable[Judged]) -> list[str]:
    """The signs that enough claims have, sorted."""
    counted = Counter(sign for claim in judged for sign, value in claim.signs.items() if value)
    return sorted(sign for sign, count in counted.items() if count >= _SELDOM)


def main(path: str) -> None:
    """Grow the trees, print how well they do, and write them."""
    judged = read_judged(Path(path))
    signs = common_signs(judged)
    written = {}
    for name, asked in (("reader", signs), ("other", [sign for sign in signs if "." not in sign])):
        trees, lines, found = {}, {}, {}
        for question, digits in _DIGITS.items():
            true = [bool(getattr(claim, question)) for claim in judged]
            sums = left_out_sums(judged, asked, question)
            lines[question] = isotonic(sums, true)
            found[question] = [round(float(s), digits) for s in np.interp(sums, *zip(*lines[question], strict=True))]
            told = f"{name}, {question}, texts left out in turn, area {area(found[question], true):.3f}"
            print(format_bins(told, reliability(found[question], true)))
            trees[question] = grow(judged, asked, question)
        shares = found["right"], found["harmful"]
        print(f"plain triples: {bounded(*shares, judged, SURE_ENOUGH, SAFE_ENOUGH)}")
        print(f"90 % right, 1.5 % harmful: {bounds(*shares, judged)}\n")
        written[name] = planted(asked, trees, lines)
    VERIFIER.write_text(json.dumps(written, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except KgError as error:
        sys.exit(str(error))
