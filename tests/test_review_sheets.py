"""Sheets of questions and ledgers of verdicts: read as spreadsheets save them, refused by row, and never written over."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from commands import complains
from commands import run as command
from hypothesis import given
from hypothesis import strategies as st
from reviewing import LEFT, RIGHT, council, run

from kg.errors import SourceError
from kg.records import VERDICTS, Judgement
from kg.review.ledger import COLUMNS, Question, read_ledger, write_ledger, write_questions
from kg.store.store import Store


@pytest.fixture
def store(tmp_path) -> Path:
    return council(tmp_path / "rat.kg")


@pytest.mark.parametrize("doc", ["=1+1", "@home", "-", "'=1", "''+", "\t", "＝A1", "'s-Hertogenbosch", "a'=b"])
def test_no_cell_of_a_sheet_of_questions_is_a_formula(tmp_path, doc):
    path = tmp_path / "fragen.csv"
    judged = Judgement(f"{doc}#0-3", "b#0-3", "unsure", "Redaktion", score=0.5, why=doc)
    write_questions(path, [Question(judged, "=HYPERLINK(1)", "+49", "-2+3", "@SUM(1)")])
    (row,) = csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())
    assert [name for name in COLUMNS if row[name].startswith(("=", "+", "-", "@", "\t", "＝"))] == []
    assert row["score"] == "0.5"
    path.write_text(path.read_text(encoding="utf-8-sig").replace("\n,", "\ny,"), encoding="utf-8")
    (found,) = read_ledger(path)
    assert (found.left, found.right, found.why, found.verdict) == (judged.left, judged.right, judged.why, "same")


def test_the_keys_of_the_terminal_do_in_a_file_too(store, tmp_path):
    (tmp_path / "fragen.csv").write_text(f"verdict,left,right\ny,{LEFT},{RIGHT}\n", encoding="utf-8")
    assert [j.verdict for j in read_ledger(tmp_path / "fragen.csv")] == ["same"]


SHEET = [["verdict", "left_name", "right_name", "left", "right"], ["", "Ralf Kessler", "Kessler", LEFT, RIGHT]]


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        *((word, "same") for word in ("y", "Yes", "j", "JA ", "x", "X", "same")),
        *((word, "not same") for word in ("n", "no", "Nein", "not same")),
        ("u", "unsure"),
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_sheet_is_read_as_a_spreadsheet_saves_it(tmp_path, answer, verdict, separator, encoding):
    path = tmp_path / "fragen.csv"
    head, row = SHEET
    lines = [[*head, "left_sentence"], [answer, *row[1:], "Bürgermeister [Ralf Kessler] eröffnete „die“ Wache."]]
    path.write_bytes("".join(f"{separator.join(line)}\r\n" for line in lines).encode(encoding))
    [found] = read_ledger(path)
    assert found == Judgement(LEFT, RIGHT, verdict, by="", left_name="Ralf Kessler", right_name="Kessler")


def test_the_line_in_which_excel_is_told_the_separator_is_no_head(tmp_path):
    (tmp_path / "fragen.csv").write_text(f"sep=;\nverdict;left;right\nja;{LEFT};{RIGHT}\n", encoding="utf-8")
    assert [j.verdict for j in read_ledger(tmp_path / "fragen.csv")] == ["same"]


def test_an_answer_that_is_none_is_named_with_its_row(tmp_path):
    (tmp_path / "fragen.csv").write_text(f"verdict;left;right\nja;{LEFT};{RIGHT}\nvielleicht;{LEFT};{RIGHT}\n")
    with pytest.raises(
        SourceError, match=r"fragen\.csv:3: 'vielleicht' is no verdict; write one of same, .* ja, x, n, "
    ):
        read_ledger(tmp_path / "fragen.csv")
    (tmp_path / "fragen.csv").write_text(f"antwort;left;right\nja;{LEFT};{RIGHT}\n")
    with pytest.raises(SourceError, match=r"fragen\.csv: needs the columns verdict, left and right"):
        read_ledger(tmp_path / "fragen.csv")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("fragen.csv", f"verdict,left,right,verdict\nn,{LEFT},{RIGHT},y\n", "two columns are called verdict; rename or delete one"),
        ("fragen.csv", f"verdict,left,Left ,right\nn,{LEFT},{LEFT},{RIGHT}\n", "two columns are called left; rename or delete one"),
        ("fragen.csv", f"verdict,left,right\n\nn,{LEFT},{LEFT}\n", ":3: left and right are the same mention"),
        ("fragen.csv", f"verdict,left,right,when\nn,{LEFT},{RIGHT},31.05.2024\n", ":2: '31.05.2024' is no day; write it as YYYY"),
        ("fragen.csv", "PK\x03\x04\x14", "a spreadsheet or other office document; save it as CSV, and pass that"),
        ("fragen.xlsx", "PK\x03\x04\x14", "a spreadsheet or other office document; save it as CSV, and pass that"),
    ],
)  # fmt: skip
def test_a_sheet_that_cannot_be_meant_is_refused(store, tmp_path, name, content, message):
    (tmp_path / name).write_text(content)
    told = str(run(store, "--import", tmp_path / name).exception)
    assert (told.startswith(f"{tmp_path / name}:"), message in told) == (True, True)
    with Store(store, readonly=True) as kept:
        assert list(kept.judgements()) == []


def test_a_cell_that_holds_a_whole_text_is_not_told_at_length(store, tmp_path):
    (tmp_path / "fragen.csv").write_text(f"verdict,left,right\nja,{'wort ' * 400_000},{RIGHT}\n")
    told = str(run(store, "--import", tmp_path / "fragen.csv").exception)
    assert (told.startswith("wort wort"), ": no such mention in " in told, len(told) < 1_000) == (True, True, True)


def test_the_columns_of_a_sheet_may_be_written_in_any_case(tmp_path):
    (tmp_path / "fragen.csv").write_text(f"Verdict,LEFT,right,,\nja,{LEFT},{RIGHT},,\n")
    assert [(j.left, j.right, j.verdict) for j in read_ledger(tmp_path / "fragen.csv")] == [(LEFT, RIGHT, "same")]


def test_the_ledger_keeps_who_when_and_why(store, tmp_path):
    write_ledger(tmp_path / "ein.jsonl", [Judgement(LEFT, RIGHT, "same", by="", why="beide der OB")])
    assert run(store, "--import", tmp_path / "ein.jsonl", "--by", "Redaktion").return_value == 0
    assert run(store, "--import", tmp_path / "ein.jsonl", "--by", "Redaktion").return_value == 0
    assert run(store, "--export", tmp_path / "aus.jsonl").return_value == 0
    assert read_ledger(tmp_path / "aus.jsonl") == (
        Judgement(LEFT, RIGHT, "same", "Redaktion", "beide der OB", 1.0, "1970-01-01", "Ralf Kessler", "Kessler"),
    )


HEAD = ",".join(COLUMNS)


@pytest.fixture
def judged(store, tmp_path):
    """The store, with two verdicts that leave all questions open."""
    verdicts = [Judgement(LEFT, RIGHT, "unsure", by, when="2026-01-02") for by in ("Redaktion", "Archiv")]
    write_ledger(tmp_path / "zwei.jsonl", verdicts)
    run(store, "--import", tmp_path / "zwei.jsonl")
    return store


@pytest.mark.parametrize(
    ("name", "edit", "line"),
    [
        ("v.jsonl", lambda text: text.replace('"Redaktion"', '"Redaktion", "why": "beide der OB"'), 1),
        ("v.jsonl", lambda text: f'{text}{{"left": "x#0-4", "right": "y#0-4", "verdict": "same"}}\n', 3),
        ("v.jsonl", lambda text: '{"text": "Link warnt."}\n', 1),
        ("v.csv", lambda text: text.replace("\n,", "\nja,", 1), 2),
        ("v.csv", lambda text: text.replace(HEAD, f"{HEAD},note").replace("Fest.,", "Fest.,siehe Foto"), 1),
        ("v.csv", lambda text: text.replace("lobte das Fest", "lobte das Fest (Foto)", 1), 2),
        ("v.csv", lambda text: f"{text},,,,,,,{LEFT},c#200-210\n", 4),
        ("v.csv", lambda text: ",Name,Telefon\n,Müller,0203-123\n", 1),
        ("v.csv", lambda text: "id,label\nQ1,Sören Link\n", 1),
    ],
)
def test_what_a_person_wrote_into_a_ledger_or_sheet_is_not_replaced(judged, tmp_path, name, edit, line):
    for _ in range(2):
        assert run(judged, "--export", tmp_path / name).return_value == 0
    text = (tmp_path / name).read_text(encoding="utf-8")
    (tmp_path / name).write_text(edit(text), encoding="utf-8")
    told = complains(command("review", judged, "--export", name, cwd=tmp_path))
    assert told == (
        f"kg: {name}:{line}: this line would be lost, since it would not be written again; name another file, or "
        "--import this one and then remove it"
    )
    assert (tmp_path / name).read_text(encoding="utf-8") == edit(text)


def test_the_only_copy_of_a_damaged_verdict_is_not_replaced(judged, tmp_path):
    assert run(judged, "--export", tmp_path / "v.jsonl").return_value == 0
    before = (tmp_path / "v.jsonl").read_bytes()
    with closing(sqlite3.connect(judged)) as db, db:
        db.execute("UPDATE judgements SET verdict = 'sane' WHERE n = 2")
    told = complains(command("review", judged, "--export", "v.jsonl", cwd=tmp_path))
    assert told.startswith("kg: v.jsonl:2: this line would be lost")
    assert (tmp_path / "v.jsonl").read_bytes() == before
    told = complains(command("review", judged, "--export", "neu.jsonl", cwd=tmp_path))
    assert "1 verdict cannot be read; neu.jsonl has the other 1; " in told


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("{\n", 1),
        ('{"left": "a", "right": "b", "verdict": "gleich"}\n', 1),
        ('\n{"left": "a", "verdict": "same"}\n', 2),
    ],
)
def test_a_broken_ledger_is_named_with_its_line(tmp_path, content, line):
    path = tmp_path / "l.jsonl"
    path.write_text(content)
    with pytest.raises(SourceError, match=rf"l\.jsonl:{line}: "):
        read_ledger(path)


words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=8).filter(str.strip)


days = st.one_of(st.just(""), st.dates().map(str))
judgements = st.builds(Judgement, words, words, st.sampled_from(VERDICTS), words, words, st.just(1.0), days)


@given(st.lists(judgements.filter(lambda judgement: judgement.left != judgement.right)))
def test_a_ledger_comes_back_as_it_was_written(tmp_path_factory, judgements):
    path = tmp_path_factory.mktemp("ledger") / "l.jsonl"
    write_ledger(path, judgements)
    assert read_ledger(path) == tuple(judgements)
