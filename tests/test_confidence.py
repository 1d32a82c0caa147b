"""How sure a claim is: that short plain sentences count as surer, and that of claims with 0.7 about seven in ten are right."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.extract.claims.confidence import confidence, weights
from kg.training.confidence import (
    HELD_OUT,
    Bin,
    Judged,
    calibration_error,
    crossvalidate,
    fit,
    format_bins,
    read_judged,
    reliability,
    sureness,
    write_weights,
)

sys.path.insert(0, str(Path(__file__).parent))

from judged_claims import CAUSES, JUDGED, causes, pack, to_judge, with_signs

README = Path(__file__).parents[1] / "README.md"
DATA = read_judged(JUDGED)
TAUGHT = [claim for claim in DATA if claim.source not in HELD_OUT]
APART = [claim for claim in DATA if claim.source in HELD_OUT]


@pytest.fixture(scope="module")
def left_out() -> list[float]:
    """How sure each claim is by weights that know nothing of its document."""
    return crossvalidate(TAUGHT)


def error(claims: list[Judged], sure: list[float]) -> float:
    return calibration_error(reliability(sure, [claim.right for claim in claims]))


def test_documents_left_out_are_as_right_as_they_are_sure(left_out):
    assert error(TAUGHT, left_out) <= 0.05


def test_the_readme_tells_how_sure_claims_are(left_out):
    bins = reliability(left_out, [claim.right for claim in TAUGHT])
    rows = [f"| {b.low:.1f} – {b.high:.1f} | {b.count} | {b.right:.0%} |" for b in bins]
    table = "\n".join(["| confidence | claims judged | right |", "| --- | --- | --- |", *rows])
    assert table in README.read_text(encoding="utf-8"), table


def test_so_are_news_of_a_source_that_taught_nothing():
    assert APART
    assert error(APART, sureness(weights(), APART)) <= 0.10


def test_right_claims_are_surer_than_wrong_ones(left_out):
    told = list(zip(left_out, TAUGHT, strict=True))
    right, wrong = ([sure for sure, claim in told if claim.right is verdict] for verdict in (True, False))
    pairs = sum(r > w for r in right for w in wrong)
    assert pairs >= 0.6 * len(right) * len(wrong)


def test_the_weights_are_what_the_data_say():
    """Whoever changes signs or data fits again: `python -m kg.training.confidence tests/gold/judged.jsonl`."""
    assert fit(TAUGHT) == pytest.approx(dict(weights()), abs=0.006)


def test_the_data_hold_verdicts_and_signs_and_no_text():
    assert len(DATA) >= 1000
    for line in JUDGED.read_text(encoding="utf-8").splitlines():
        assert set(json.loads(line)) == {"doc", "right", "cause", "signs"}
    for claim in DATA:
        assert claim.source in ("wikipedia", "bundestag", "smartdata", "wikinews")
        assert claim.cause in (("",) if claim.right else CAUSES)
        assert set(claim.signs) <= set(weights())
        assert all(isinstance(value, float) and abs(value) < 20 for value in claim.signs.values())


@pytest.mark.parametrize(
    ("surer", "less_sure"),
    [
        ({"clauses": 0.0}, {"clauses": 1.0}),
        ({"far": 0.1}, {"far": 2.0}),
        ({"arguments": 0.33}, {"arguments": 1.33}),
        ({}, {"negative": 1.0}),
        ({}, {"hedged": 1.0}),
        ({}, {"second_object": 1.0}),
        ({}, {"infinite": 1.0}),
        ({"role": 1.0}, {"arguments": 1.0}),
    ],
)
def test_signs(surer, less_sure):
    assert 0 < confidence(less_sure) < confidence(surer) < 1


def test_a_plain_sentence_is_surer_than_a_nested_one(read):
    (plain,) = read("Siemens kaufte Alstom.").claims
    nested = read(
        "Nachdem der Vorstand, der seit Jahren in der Kritik steht, die Pläne in der vergangenen Woche verworfen hatte, "
        "ohne sie je mit dem Betriebsrat zu besprechen, verkaufte Siemens die Sparte mit allen Werken nicht an Alstom."
    ).claims
    assert len(nested) >= 3
    assert all(claim.confidence < plain.confidence for claim in nested)


def test_every_sign_of_today_has_a_weight(tmp_path):
    texts = [
        {
            "id": "wikipedia/0",
            "text": "Felix Link, Chef der Stadt Hof, leitet sie. Der Vertrag, den er schloss, gilt bis 2022.",
        },
        {"id": "wikipedia/1", "text": "Huawei versprach, das Werk nicht zu bauen."},
    ]
    path = tmp_path / "texts.jsonl"
    path.write_text("\n".join(json.dumps(text, ensure_ascii=False) for text in texts), encoding="utf-8")
    found = list(with_signs(str(path)))
    assert {name for _, signs in found for name in signs} == set(weights()) - {"bias"}
    for claim, signs in found:
        assert claim.confidence == confidence(signs)
    judged = {**to_judge(*found[0]), "right": True}
    (line,) = pack([json.dumps(to_judge(*found[1])), json.dumps(judged)])
    assert Judged(**json.loads(line)) == Judged("wikipedia/0", True, "", judged["signs"])


@pytest.mark.parametrize(("right", "cause"), [(False, ""), (True, "parse"), (False, "gelogen")])
def test_a_wrong_claim_has_a_cause_and_a_right_one_none(right, cause):
    line = json.dumps({"doc": "wikipedia/0", "right": right, "cause": cause, "signs": {}})
    with pytest.raises(ValueError, match="needs a cause"):
        list(pack([line]))


def test_causes_are_counted():
    lines = [json.dumps({"cause": cause}) for cause in ("", "parse", "object", "parse")]
    assert causes(lines) == [("parse", 2), ("object", 1)]


def test_fitting_finds_what_the_data_were_made_of():
    """Of claims with the sign three in four are right, without it one in four: the weight is the difference of log odds."""
    made = [Judged(f"a/{n}", n % 4 != 0, "", {"plain": 1.0}) for n in range(4000)]
    made += [Judged(f"a/{n}", n % 4 == 0, "", {"plain": 0.0}) for n in range(4000)]
    found = fit(made)
    assert found == pytest.approx({"bias": -1.1, "plain": 2.2}, abs=0.1)
    assert sureness(found, made[:1]) == pytest.approx([0.75], abs=0.01)


def test_weights_are_written_in_two_decimals(tmp_path):
    write_weights({"bias": 0.8, "long": -0.4567, "far": -0.001}, 7, tmp_path / "w.toml")
    text = (tmp_path / "w.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text) == {"weights": {"bias": 0.8, "far": 0.0, "long": -0.46}}
    assert "7 claims" in text


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


def test_a_line_that_is_no_judged_claim_is_named(tmp_path):
    path = tmp_path / "judged.jsonl"
    path.write_text('{"doc": "a/1", "right": true, "cause": "", "signs": {}}\n{"doc": "a/1"}\n', encoding="utf-8")
    with pytest.raises(KgError, match=r"judged\.jsonl:2: no judged claim"):
        read_judged(path)
