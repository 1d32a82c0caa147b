"""Open questions and their answers: a verdict merges two entities, and taking it back restores the graph byte for byte."""

from __future__ import annotations

import csv
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from reviewing import LEFT, RIGHT, TEXTS, council, extraction, persons, run

import kg
from kg.cli import cli
from kg.records import Document, Extraction, Judgement, Mention
from kg.review.ledger import write_ledger
from kg.review.questions import answer, questions
from kg.store.store import Store


@pytest.fixture
def store(tmp_path) -> Path:
    return council(tmp_path / "rat.kg")


def turtle(store, tmp_path) -> bytes:
    kg.open(store).write(tmp_path / "rat.ttl")
    return (tmp_path / "rat.ttl").read_bytes()


def test_the_weightiest_question_comes_first_with_both_sentences(store, tmp_path):
    assert run(store, "--export", tmp_path / "fragen.csv").return_value == 0
    rows = list(csv.DictReader((tmp_path / "fragen.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [(row["left_sentence"], row["right_sentence"]) for row in rows] == [
        ("Bürgermeister [Ralf Kessler] eröffnete die Wache.", "Bürgermeister [Kessler] lobte das Fest."),
    ] * 2
    assert {row["verdict"] for row in rows} == {""}
    assert all("title" in row["why"] for row in rows)


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_filled_in_csv_merges_and_a_later_verdict_takes_it_back(store, tmp_path, separator):
    before = turtle(store, tmp_path)
    answers = tmp_path / "antworten.csv"
    for verdict, alone in (("same", 2), ("unsure", 3)):
        answers.write_text(
            separator.join(["verdict", "left", "right"]) + f"\n{separator.join([verdict, LEFT, RIGHT])}\n"
        )
        assert run(store, "--import", answers, "--by", "Redaktion").return_value == 0
        assert len(persons(store)) == alone
    assert turtle(store, tmp_path) == before


def test_not_same_parts_what_a_rule_joined_and_unsure_joins_it_again(tmp_path):
    path = tmp_path / "essen.kg"
    with Store(path) as kept:
        for doc in "ab":
            text = "Essen baut."
            kept.add(
                Document(doc, text), Extraction((Mention(doc, 0, 5, "Essen", "named", "Place", "Essen"),), ()), "1"
            )
    before = turtle(path, tmp_path)
    for verdict, count in (("not same", 2), ("unsure", 1)):
        write_ledger(tmp_path / f"{count}.jsonl", [Judgement("a#0-5", "b#0-5", verdict, by="Redaktion")])
        assert run(path, "--import", tmp_path / f"{count}.jsonl").return_value == 0
        assert len(kg.open(path).entities) == count
    assert turtle(path, tmp_path) == before


def test_what_nobody_asked_is_judged_by_name(tmp_path):
    path = tmp_path / "rat.kg"
    with Store(path) as kept:
        for doc in ("a", "b"):
            kept.add(Document(doc, TEXTS[doc]), extraction(doc, TEXTS[doc]), fingerprint="1")
    apart = persons(path)
    who = ("Ralf Kessler", "Kessler", "--by", "Redaktion", "--date", "2026-01-02")
    for option, expected in (("--same", ["Ralf_Kessler"]), ("--not-same", apart)):
        assert run(path, option, *who).return_value == 0
        assert persons(path) == expected
    with Store(path, readonly=True) as kept:
        assert [(j.verdict, j.by, j.when) for j in kept.judgements()] == [
            ("same", "Redaktion", "2026-01-02"),
            ("not same", "Redaktion", "2026-01-02"),
        ]


def by_name(path, tmp_path, verdict):
    return run(path, f"--{verdict.replace(' ', '-')}", "Ralf Kessler", "Kessler", "--by", "Redaktion")


def by_sheet(path, tmp_path, verdict):
    sheet = tmp_path / "antworten.csv"
    sheet.write_text(f"verdict,left,right\n{verdict},{LEFT},{RIGHT}\n", encoding="utf-8")
    return run(path, "--import", sheet, "--by", "Redaktion")


@pytest.mark.parametrize(
    ("judge", "first", "then"),
    [
        (by_name, "same", "not same"),
        (by_name, "not same", "same"),
        (by_sheet, "same", "not same"),
        (by_sheet, "same", "unsure"),
    ],
)
def test_a_verdict_that_is_changed_back_on_the_same_day_counts(store, tmp_path, judge, first, then):
    with Store(store) as kept:
        kept.remove("c")  # so that there is one Kessler besides
    for verdict, lines in ((first, 1), (then, 2), (first, 3), (first, 3), (then, 4)):
        assert judge(store, tmp_path, verdict).exit_code == 0
        with Store(store, readonly=True) as kept:
            ledger = list(kept.judgements())
        assert (ledger[-1].verdict, len(ledger)) == (verdict, lines)
        assert len(persons(store)) == (1 if verdict == "same" else 2)


def test_a_ledger_that_goes_to_and_fro_is_taken_over_whole_and_once(store, tmp_path):
    """Through a file into another store, into the same once more, and through a build that renames a text."""
    said = ["same", "not same", "same", "unsure", "same"]
    for verdict in said:
        by_sheet(store, tmp_path, verdict)
    ledger = tmp_path / "aus.jsonl"
    run(store, "--export", ledger)
    with Store(tmp_path / "neu.kg") as other:
        for doc, text in TEXTS.items():
            other.add(Document(doc, text), extraction(doc, text), fingerprint="1")
    for path in (store, tmp_path / "neu.kg"):
        for _ in range(2):
            assert run(path, "--import", ledger).exit_code == 0
            with Store(path, readonly=True) as kept:
                assert [judgement.verdict for judgement in kept.judgements()] == said


def test_who_takes_a_verdict_back_is_asked_again(store):
    with Store(store) as kept:
        asked = questions(kept)
        for verdict, left in (("same", 1), ("unsure", 2), ("not same", 1)):
            answer(kept, [replace(asked[0].judgement, verdict=verdict, by="Redaktion", when="2026-01-02")])
            assert (len(asked), len(questions(kept))) == (2, left)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"left": "a#0-1", "right": "b#14-21", "verdict": "same"}', "a#0-1: no such mention"),
        ('{"left": "Kessler", "right": "b#14-21", "verdict": "n"}', "Kessler: no such mention"),
        ('{"left": {"doc": "a"}, "right": "b#14-21", "verdict": "y"}', "left and right are mentions such as"),
        ('{"left": "a#14-26", "right": "b#14-21", "verdict": "y", "left_name": "Kesler"}', "on 'Kesler', and "),
        ('{"left": "a#14-26", "right": "a#14-26", "verdict": "n"}', "ledger.jsonl:1: left and right are the same mention"),
        ('{"left": "a#14-26", "right": "b#14-21", "verdict": "y", "when": "gestern"}', "ledger.jsonl:1: 'gestern' is no day; "),
        ('{"left": "a#14-26", "right": "b#14-21", "verdict": "y", "when": "2024-05"}', "ledger.jsonl:1: '2024-05' is no day; "),
        ('{"left": "a#14-26", "right": "b#14-21", "verdict": "y", "when": 2024}', "ledger.jsonl:1: when is 2024, no text; "),
        ('{"left": "a#14-26", "right": "b#14-21", "verdict": "y", "by": 0}', "ledger.jsonl:1: by is 0, no text; "),
        ('{"left": "a#14-26", "right": "b#14-21", "verdict": "y", "by": {"a": 1}}', 'ledger.jsonl:1: by is {"a": 1}, no text; '),
        ('{"left": "a#14-26", "right": "b#14-21", "verdict": "y", "why": [1]}', "ledger.jsonl:1: why is [1], no text; "),
    ],
)  # fmt: skip
def test_a_verdict_on_what_the_store_does_not_hold_is_refused(store, tmp_path, line, message):
    (tmp_path / "ledger.jsonl").write_text(f"{line}\n", encoding="utf-8")
    assert message in str(run(store, "--import", tmp_path / "ledger.jsonl").exception)
    with Store(store, readonly=True) as kept:
        assert list(kept.judgements()) == []


def test_verdicts_on_what_the_store_holds_no_more_cost_the_others_nothing(store, tmp_path, caplog):
    lines = [f'{{"left": "{left}", "right": "{RIGHT}", "verdict": "same"}}' for left in (LEFT, "weg#0-4")]
    (tmp_path / "ledger.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert run(store, "--import", tmp_path / "ledger.jsonl").exit_code == 0
    assert "left out: weg#0-4: no such mention" in caplog.text
    with Store(store, readonly=True) as kept:
        assert [(j.left, j.right) for j in kept.judgements()] == [(LEFT, RIGHT)]


@pytest.mark.skipif(sys.platform == "win32", reason="takes the name of the user from elsewhere")
@pytest.mark.parametrize(
    ("by", "user", "expected"),
    [
        ("Redaktion", "link", "Redaktion"),
        ("", "link", "link"),
        (" ", "link", "link"),
        (" ", " ", None),
        ("R", " ", "R"),
    ],
)
def test_a_verdict_is_somebodys(store, by, user, expected):
    """Whom --by names, else the user; a blank name is none."""
    environment = dict.fromkeys(("LOGNAME", "USER", "LNAME", "USERNAME"), user)
    args = ["review", str(store), "--same", "Ralf Kessler", "Kessler", *(["--by", by] if by else [])]
    done = CliRunner().invoke(cli, args, env=environment)
    assert done.exit_code == (0 if expected else 2)
    assert ("pass --by NAME" in done.output) is (expected is None)
    with Store(store, readonly=True) as kept:
        assert [j.by for j in kept.judgements()] == ([expected] if expected else [])


def test_a_verdict_never_goes_over_to_another_name(tmp_path, caplog):
    """ "Kai Kessler" comes to stand where "Ralf Kessler" stood, when a word before it is cut."""
    store = tmp_path / "rat.kg"
    before = {
        "a": "Am Montag sprach Ralf Kessler. Nach ihm sprach Kai Kessler lange.",
        "b": "Am Montag sprach Rolf Kessler.",
    }
    after = {"a": "Nach ihm, lange, Karl Kessler. Gestern sprach Ralf Kessler.", "b": before["b"]}
    assert after["a"][17:29] == "Karl Kessler"

    def keep(texts):
        with Store(store) as kept:
            for doc, text in texts.items():
                names = [
                    name for name in ("Ralf Kessler", "Karl Kessler", "Kai Kessler", "Rolf Kessler") if name in text
                ]
                spans = [(text.index(name), text.index(name) + len(name), name) for name in names]
                found = [Mention(doc, *span, "named", "Person", span[2]) for span in spans]
                kept.add(Document(doc, text), Extraction(tuple(sorted(found)), ()), "1")

    keep(before)
    assert run(store, "--same", "Ralf Kessler", "Rolf Kessler", "--by", "Redaktion").return_value == 0
    assert caplog.messages == []
    judged = persons(store)
    assert judged == ["Kai_Kessler", "Ralf_Kessler"]
    keep(after)
    assert persons(store) == ["Karl_Kessler", "Ralf_Kessler", "Rolf_Kessler"]
    run(store, "--export", tmp_path / "fragen.csv")
    assert caplog.messages == [
        f"{store}: 1 verdict no longer applies, since another name or none is read there now: a#17-29 (Ralf Kessler); "
        f"judge anew with `kg review {store}`"
    ]
    run(store, "--export", tmp_path / "alle.jsonl")
    (tmp_path / "neu.jsonl").write_text('{"left": "a#46-58", "right": "b#17-29", "verdict": "not same"}\n')
    assert run(store, "--import", tmp_path / "alle.jsonl").return_value == 0  # it is in the ledger already
    assert run(store, "--import", tmp_path / "neu.jsonl", "--by", "Redaktion").return_value == 0
    keep(before)
    assert persons(store) == judged
    with Store(store, readonly=True) as kept:
        assert [(j.left, j.left_name, j.right_name) for j in kept.judgements()] == [
            ("a#17-29", "Ralf Kessler", "Rolf Kessler"),
            ("a#46-58", "Ralf Kessler", "Rolf Kessler"),
        ]
