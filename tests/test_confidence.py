"""How sure a claim is: of claims with 0.7 about seven in ten are right, and of the surest facts nine in ten; of claims with
the risk 0.05 about one in twenty says something false about somebody.

`gold/live` holds fifty texts of ten genres, written for this and read by nobody who made the rules or grew the trees,
with what a strict reader said of each claim. They are read anew here: the README's table is what comes out.
"""

from __future__ import annotations

import json
import lzma
import sys
from collections.abc import Iterator
from math import sqrt
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.errors import KgError
from kg.extract import extract
from kg.extract.claims.confidence import forest_of, forests
from kg.modalities import combined, combined_risk, is_sure
from kg.records import Document, Fact
from kg.training.confidence import (
    Bin,
    Judged,
    area,
    bounds,
    calibration_error,
    common_signs,
    format_bins,
    isotonic,
    read_judged,
    reliability,
)

sys.path.insert(0, str(Path(__file__).parent))

from judged_claims import PARTS, described, is_plain, pack, to_judge, with_signs

README = Path(__file__).parents[1] / "README.md"
LIVE = Path(__file__).parent / "gold" / "live"


class Live(NamedTuple):
    """A claim of a live text as it is read today, with what the reader said of it."""

    sure: float
    risk: float
    right: bool
    harmful: bool
    triple: bool


def _lines(name: str) -> list[dict]:
    return [json.loads(line) for line in (LIVE / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def claims(nlp):
    """All claims of the live texts, each with its verdict or None, where it was read otherwise when it was judged."""
    verdicts = {(v["doc"], v["sentence"], json.dumps(v["claim"])): v for v in _lines("verdicts.jsonl")}
    return [
        (claim, verdicts.get((claim.doc, claim.sentence.start, json.dumps(described(claim)))))
        for text in _lines("texts.jsonl")
        for claim in extract(Document(**text), nlp).claims
    ]


@pytest.fixture(scope="module")
def live(claims) -> list[Live]:
    return [
        Live(
            claim.confidence,
            claim.risk,
            verdict["right"],
            verdict["harmful"],
            is_plain(claim) and claim.object is not None,
        )
        for claim, verdict in claims
        if verdict
    ]


@pytest.mark.slow
def test_most_claims_are_read_as_they_were_judged(claims, live):
    """Else the verdicts are of another extraction: judge anew (`python tests/judged_claims.py`)."""
    assert len(live) >= 0.85 * len(claims)


@pytest.mark.slow
def test_claims_are_as_right_as_they_are_sure(live):
    for band in reliability([claim.sure for claim in live], [claim.right for claim in live]):
        assert abs(band.right - band.sure) <= 3 * sqrt(band.sure * (1 - band.sure) / band.count), band
    assert calibration_error(reliability([c.sure for c in live], [c.right for c in live])) <= 0.05


@pytest.mark.slow
def test_right_claims_are_surer_than_wrong_ones(live):
    assert area([claim.sure for claim in live], [claim.right for claim in live]) >= 0.73


@pytest.mark.slow
def test_what_becomes_a_plain_triple_is_right(live):
    """Nine in ten are; of those that are right, more than half become one."""
    triples = [claim for claim in live if claim.triple]
    kept = [claim for claim in triples if is_sure(claim.sure, claim.risk)]
    assert sum(claim.right for claim in kept) >= 0.90 * len(kept)
    assert sum(claim.harmful for claim in kept) <= 0.02 * len(kept)
    assert sum(claim.right for claim in kept) >= 0.55 * sum(claim.right for claim in triples)


STEPS = ((0.0, 0.02), (0.02, 0.06), (0.06, 1.0))
"""Of risk: so few claims are harmful that no more can be told apart."""


def by_risk(live: list[Live]) -> Iterator[Bin]:
    for low, high in STEPS:
        band = [claim for claim in live if low <= claim.risk < high]
        means = (sum(values) / len(band) for values in ((c.risk for c in band), (c.harmful for c in band)))
        yield Bin(low, high, len(band), *means)


@pytest.mark.slow
def test_claims_are_as_harmful_as_their_risk(live):
    for band in by_risk(live):
        assert abs(band.right - band.sure) <= 3 * sqrt(band.sure * (1 - band.sure) / band.count), band
    assert calibration_error(reliability([c.risk for c in live], [c.harmful for c in live])) <= 0.05


@pytest.mark.slow
def test_harmful_claims_have_more_risk_than_others(live):
    assert area([claim.risk for claim in live], [claim.harmful for claim in live]) >= 0.75


@pytest.mark.slow
def test_the_readme_tells_how_sure_claims_are(live):
    bins = reliability([claim.sure for claim in live], [claim.right for claim in live])
    rows = [f"| {b.low:.1f} – {b.high:.1f} | {b.count} | {b.right:.0%} |" for b in bins]
    table = "\n".join(["| confidence | claims judged | right |", "| --- | --- | --- |", *rows])
    assert table in README.read_text(encoding="utf-8"), table
    rows = [f"| {b.low:.2f} – {b.high:.2f} | {b.count} | {b.right:.0%} |" for b in by_risk(live)]
    table = "\n".join(["| risk | claims judged | harmful |", "| --- | --- | --- |", *rows])
    assert table in README.read_text(encoding="utf-8"), table


def test_verdicts_say_what_is_wrong():
    verdicts = _lines("verdicts.jsonl")
    assert len(verdicts) >= 400
    for verdict in verdicts:
        assert verdict["part"] in (("",) if verdict["right"] else PARTS)
        assert not (verdict["right"] and verdict["harmful"])


def test_a_plain_sentence_is_surer_than_a_nested_one(read):
    (plain,) = read("Siemens kaufte Alstom.").claims
    nested = read(
        "Nachdem der Vorstand, der seit Jahren in der Kritik steht, die Pläne in der vergangenen Woche verworfen hatte, "
        "ohne sie je mit dem Betriebsrat zu besprechen, verkaufte Siemens die Sparte mit allen Werken nicht an Alstom."
    ).claims
    assert len(nested) >= 3
    assert all(claim.confidence < plain.confidence for claim in nested)


def test_a_pipeline_without_margins_is_weighed_too(nlp):
    """Somebody else's pipeline leaves `doc.tensor` empty, or fills it with vectors of its own."""
    document = Document("a", "Siemens kaufte Alstom. Die Firma, die er leitet, zahlt nicht.")

    def other(text):
        doc = nlp.make_doc(text) if isinstance(text, str) else text
        doc = nlp.get_pipe("kg_reader")(doc)
        doc.tensor = doc.tensor[:, :3]
        return doc

    class Other:
        vocab, make_doc, meta, lang = nlp.vocab, nlp.make_doc, nlp.meta, nlp.lang

        def __call__(self, text):
            return other(text)

        def pipe(self, texts, **options):
            return map(other, texts)

        def __getattr__(self, name):
            return getattr(nlp, name)

    own, others = (extract(document, pipeline).claims for pipeline in (nlp, Other()))
    assert [c.subject for c in own] == [c.subject for c in others]
    assert all(0 < c.confidence < 1 and 0 <= c.risk < 1 for c in others)
    assert [c.confidence for c in own] != [c.confidence for c in others]


@pytest.mark.slow
def test_the_trees_ask_for_the_signs_that_the_data_have():
    """Whoever changes signs or data grows them again: `python -m kg.training.confidence`."""
    data = Path(__file__).parents[1] / "kg" / "training" / "gold" / "judged.jsonl.xz"
    assert list(forests()["reader"].signs) == common_signs(read_judged(data))


def test_every_sign_is_one_that_claims_have(tmp_path):
    texts = [
        {"id": "wikipedia/0", "text": "Felix Link, Chef der Stadt Hof, leitet sie. Der Vertrag, den er schloss, gilt."},
        {"id": "wikipedia/1", "text": "Huawei versprach laut Otto Kern 2019 in Ulm, das Werk nicht zu bauen."},
    ]
    path = tmp_path / "texts.jsonl"
    path.write_text("\n".join(json.dumps(text, ensure_ascii=False) for text in texts), encoding="utf-8")
    found = list(with_signs(str(path)))
    groups = {name for _, signs in found for name in signs if "." in name}
    assert groups >= {name for name in forests()["reader"].signs if "." in name}
    assert not any("." in name for name in forests()["other"].signs)
    judged = {**to_judge(*found[0]), "right": True, "harmful": False}
    (line,) = pack([json.dumps(to_judge(*found[1])), json.dumps(judged)])
    assert Judged(**json.loads(line)) == Judged("wikipedia/0", True, False, "", judged["direct"], judged["signs"])


@pytest.mark.parametrize(("right", "part"), [(False, ""), (True, "role"), (False, "gelogen")])
def test_a_wrong_claim_has_a_part_and_a_right_one_none(right, part):
    line = json.dumps({"doc": "a/0", "right": right, "harmful": False, "part": part, "direct": True, "signs": {}})
    with pytest.raises(ValueError, match="needs a part"):
        list(pack([line]))


# One tree: claims with much of "long" have little, else "typed" decides; and one that is a leaf.
TREES = {
    "signs": ["long", "typed"],
    "shares": {"right": [[-1.0, 0.2], [0.0, 0.5], [1.0, 0.9]], "harmful": [[-1.0, 0.0], [1.0, 0.5]]},
    "trees": {
        "right": [[[0, 1.5, 1, 4], [1, 0.5, 2, 3], [-0.5], [0.5], [-1.0]], [[0.25]]],
        "harmful": [[[1, 0.5, 1, 2], [1.0], [-1.0]]],
    },
}


@pytest.mark.parametrize(
    ("signs", "right", "harmful"),
    [
        ({}, 0.425, 0.5),
        ({"typed": 1.0}, 0.8, 0.0),
        ({"long": 1.5, "typed": 1.0}, 0.8, 0.0),
        ({"long": 2.0, "typed": 1.0}, 0.275, 0.0),
        ({"unknown": 5.0}, 0.425, 0.5),
    ],
)
def test_a_forest_adds_up_its_leaves(signs, right, harmful):
    found = forest_of(TREES).shares_of([signs, {}])
    assert found == {"right": pytest.approx([right, 0.425]), "harmful": pytest.approx([harmful, 0.5])}


def test_a_tree_may_have_sixteen_leaves():
    """A claim ends in the leaf that its sign is the number of."""
    chain = [[0, i + 0.5, 2 * i + 1, 2 * i + 2] for i in range(15)]
    tree = [node for i, condition in enumerate(chain) for node in (condition, [i])] + [[15]]
    forest = forest_of({"signs": ["n"], "shares": {}, "trees": {"right": [tree]}})
    assert forest.sums_of([{"n": float(i)} for i in range(16)])["right"].tolist() == list(range(16))


def test_of_no_claims_there_are_no_shares():
    assert forest_of(TREES).shares_of([]) == {"right": [], "harmful": []}


def test_bins():
    bins = reliability([0.9, 1.0, 0.3], [True, False, False])
    assert bins == [Bin(0.2, 0.4, 1, 0.3, 0.0), Bin(0.8, 1.0, 2, 0.95, 0.5)]
    assert calibration_error(bins) == 0.4


def test_bins_as_a_table():
    bins = [Bin(0.4, 0.6, 3, 0.5, 1 / 3), Bin(0.6, 0.8, 10, 0.7, 0.7)]
    assert format_bins("news", bins).splitlines() == [
        "news: calibration error 0.038",
        "says       claims  mean  right",
        "0.4 – 0.6       3  0.50   0.33",
        "0.6 – 0.8      10  0.70   0.70",
    ]


@pytest.mark.parametrize(
    ("sure", "expected"),
    [([0.9, 0.8, 0.2], 1.0), ([0.1, 0.2, 0.9], 0.0), ([0.5, 0.5, 0.5], 0.5), ([0.9, 0.1, 0.5], 0.5)],
)
def test_area(sure, expected):
    assert area(sure, [True, True, False]) == expected


def test_the_line_to_shares_never_falls():
    sums = [number / 100 for number in range(400)]
    corners = isotonic(sums, [number % 4 != 0 if number > 200 else number % 3 == 0 for number in range(400)])
    shares = [share for _, share in corners]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (pytest.approx(0.33, abs=0.1), pytest.approx(0.75, abs=0.1))


def test_bounds_keep_most_of_what_is_right():
    verdicts = [(True, False), (True, False), (False, True), (False, False), (True, False)]
    judged = [Judged("a/1", right, harmful, "", True, {}) for right, harmful in verdicts]
    sure, risk = [0.9, 0.8, 0.7, 0.6, 0.5], [0.0, 0.01, 0.2, 0.0, 0.02]
    assert bounds(sure, risk, judged, 0.9, 0.0) == (0.8, 0.01, 2 / 3, 1.0, 0.0)
    assert bounds(sure, risk, judged, 0.7, 0.0) == (0.5, 0.02, 1.0, 0.75, 0.0)
    assert bounds(sure, risk, judged, 0.6, 0.2) == (0.5, 0.02, 1.0, 0.75, 0.0)


@pytest.mark.parametrize(
    ("told", "confidence"),
    [
        ([], 1.0),
        ([("a", 0.6)], 0.6),
        ([("a", 0.6), ("a", 0.7)], 0.7),
        ([("a", 0.6), ("b", 0.7)], 0.88),
        ([("a", 0.95), ("b", 0.95), ("c", 0.9)], 0.99),
        ([("a", 1.0), ("b", 1.0)], 1.0),
    ],
)
def test_several_sentences_are_surer_than_one(told, confidence):
    assert combined(told) == confidence


@pytest.mark.parametrize(("risks", "risk"), [([], 0.0), ([0.2], 0.2), ([0.2, 0.01, 0.3], 0.01)])
def test_several_sentences_risk_as_little_as_the_safest(risks, risk):
    """All of them have to be misread for their fact to be false."""
    assert combined_risk(risks) == risk


@pytest.mark.parametrize(
    ("confidence", "risk", "sure"), [(1.0, 0.0, True), (1.0, 0.5, False), (0.5, 0.0, False), (0.5, 0.5, False)]
)
def test_a_plain_triple_is_sure_and_safe(confidence, risk, sure):
    assert is_sure(confidence, risk) == sure
    assert Fact("f", "A", "kgp:leiten", "leiten", "B", confidence=confidence, risk=risk).direct == sure


def test_a_line_that_is_no_judged_claim_is_named(tmp_path):
    path = tmp_path / "judged.jsonl.xz"
    line = '{"doc": "a/1", "right": true, "harmful": false, "part": "", "direct": true, "signs": {}}'
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.write(f'{line}\n{{"doc": "a/1"}}\n')
    with pytest.raises(KgError, match=r"judged\.jsonl\.xz:2: no judged claim"):
        read_judged(path)
