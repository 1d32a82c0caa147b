"""Every claim of the seeds has been judged one by one: what kg reads there is what the table lists, and mostly right.

A claim that is new, or gone, fails here by name: judge it, see `gold/seed-claims.md`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from seed_claims import (
    EMPTY,
    MISSING,
    OPEN,
    RIGHT,
    TABLE,
    WRONG,
    Sentence,
    judged,
    no_claim,
    parse,
    read_seeds,
    render,
    verdicts,
)
from tables import NONE

JUDGED = parse(TABLE.read_text(encoding="utf-8"))
BOSCH = ("Bosch", "bauen", "Autos", NONE, "+", "asserted", NONE, NONE)
BAYER = ("Bayer", "kaufen", "Monsanto", NONE, "+", "reported", NONE, "2016/2016")


def lines(sentences: list[Sentence]) -> list[str]:
    return [f"{s.doc} {s.start}: {' | '.join(said)}" for s in sentences for said in s.verdicts]


def test_what_kg_reads_in_the_seeds_has_been_judged(nlp):
    today, table = lines(read_seeds(nlp)), lines(JUDGED)
    changes = [f"new: {line}" for line in today if line not in table]
    changes += [f"gone: {line}" for line in table if line not in today]
    assert not changes, "\n".join(["run `python tests/seed_claims.py --write` and judge what is new:", *changes])
    assert today == table


def test_five_of_six_are_right():
    """As two readers judge who did not see each other; the one before them was kinder (nine of ten)."""
    right, wrong = len(verdicts(JUDGED, RIGHT)), len(verdicts(JUDGED, WRONG))
    assert right >= 5 / 6 * (right + wrong), f"{right} of {right + wrong}"


def test_two_sentences_of_substance_are_without_a_claim():
    assert len(verdicts(JUDGED, MISSING)) <= 2


def test_a_verdict_says_why():
    for sentence in JUDGED:
        for said, verdict in sentence.verdicts.items():
            kind, _, why = verdict.partition(": ")
            assert kind in ((EMPTY, MISSING) if said == no_claim() else (RIGHT, WRONG)), f"{sentence.start}: {verdict}"
            assert bool(why) == (kind != RIGHT), f"{sentence.start}: {verdict}"


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([BOSCH], {BOSCH: "richtig"}),
        ([BAYER], {BAYER: OPEN}),
        ([BAYER, BOSCH], {BAYER: OPEN, BOSCH: "richtig"}),
    ],
)
def test_verdicts_stay_with_their_claims(claims, expected):
    table = [Sentence("blog", 12, "Bosch baut Autos.", {BOSCH: "richtig"})]
    (found,) = judged([Sentence("blog", 30, "Bosch baut Autos.", dict.fromkeys(claims, OPEN))], table)
    assert (found.start, found.verdicts) == (30, expected)


def test_a_table_is_read_as_it_was_written():
    sentences = [
        Sentence("blog", 0, "Wer baut?", {no_claim(): "ohne Aussage: Frage"}),
        Sentence("blog", 10, "Bosch baut Autos.", {BOSCH: "richtig", BAYER: "falsch: steht nicht da"}),
        Sentence("paper", 0, "Bayer: still.", {no_claim(): "fehlt: was"}),
    ]
    assert parse(render(sentences)) == sentences


def test_a_row_with_a_cell_too_few_is_an_error():
    with pytest.raises(ValueError, match="9 columns"):
        parse("| 0: Bosch baut. | – | – | – | – | – | – | – | – |")
