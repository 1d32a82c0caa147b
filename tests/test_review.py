"""Open questions and their answers: a verdict merges two entities, and taking it back restores the graph byte for byte."""

from __future__ import annotations

import csv
import os
import pty
import select
import sqlite3
import subprocess
import sys
from contextlib import closing, nullcontext, suppress
from dataclasses import replace

import pytest
from click.testing import CliRunner
from commands import complains
from commands import run as command
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.cli import cli
from kg.cli.terminal import ask
from kg.errors import KgError, SourceError
from kg.records import VERDICTS, Argument, Claim, Document, Extraction, Judgement, Mention, Predicate, Span
from kg.review.ledger import COLUMNS, Question, read_ledger, write_ledger, write_questions
from kg.review.questions import answer, questions
from kg.store.store import Store

TEXTS = {
    "a": "Bürgermeister Ralf Kessler eröffnete die Wache.",
    "b": "Bürgermeister Kessler lobte das Fest.",
    "c": "Bürgermeister Kessler lobte das Fest. Bürgermeister Kessler ging.",
}
LEFT, RIGHT = "a#14-26", "b#14-21"


def extraction(doc: str, text: str) -> Extraction:
    """Each Kessler of a text as a mayor, and each sentence as a claim about the first noun behind the verb."""
    mentions, claims = [], []
    for name in ("Ralf Kessler", "Kessler"):
        start = text.find(name)
        while start >= 0 and not any(m.start <= start < m.end for m in mentions):
            mentions.append(Mention(doc, start, start + len(name), name, "named", "Person", name, "Bürgermeister"))
            start = text.find(name, start + 1)
    for noun in ("die Wache", "das Fest"):
        if (at := text.find(noun)) >= 0:
            what = Mention(doc, at, at + len(noun), noun, "nominal", "Concept", noun.split()[1])
            verb = text.split()[2 if "Ralf" not in text else 3]
            cue = (text.index(verb), text.index(verb) + len(verb))
            who = Argument(mentions[0].start, mentions[0].end, mentions[0].text, "Person")
            claims.append(
                Claim(doc, Span(0, text.index(".") + 1, text[: text.index(".") + 1]), who,
                      Predicate(verb, f"kgp:{verb}", (cue,), verb), Argument(what.start, what.end, what.text, "Concept"))
            )  # fmt: skip
            mentions.append(what)
    return Extraction(tuple(sorted(mentions)), tuple(claims))


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "rat.kg"
    with Store(path) as kept:
        for doc, text in TEXTS.items():
            kept.add(Document(doc, text), extraction(doc, text), fingerprint="1")
    return path


def run(*args: str):
    return CliRunner().invoke(cli, ["review", *map(str, args)], env={"SOURCE_DATE_EPOCH": "0"}, standalone_mode=False)


def turtle(store, tmp_path) -> bytes:
    kg.open(store).write(tmp_path / "rat.ttl")
    return (tmp_path / "rat.ttl").read_bytes()


def persons(store) -> list[str]:
    return [entity.id for entity in kg.open(store).entities if entity.type == "Person"]


def test_the_weightiest_question_comes_first_with_both_sentences(store, tmp_path):
    assert run(store, "--export", tmp_path / "fragen.csv").return_value == 0
    rows = list(csv.DictReader((tmp_path / "fragen.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [(row["left_sentence"], row["right_sentence"]) for row in rows] == [
        ("Bürgermeister [Ralf Kessler] eröffnete die Wache.", "Bürgermeister [Kessler] lobte das Fest."),
    ] * 2
    assert {row["verdict"] for row in rows} == {""}
    assert all("title" in row["why"] for row in rows)


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


def test_one_key_answers_a_question(store):
    """The first of two questions is answered, then q ends it; on a real terminal."""
    parent, child = pty.openpty()
    command = [sys.executable, "-m", "kg", "review", str(store), "--by", "Redaktion", "--date", "2026-01-02"]
    with subprocess.Popen(command, stdin=child, stdout=child, close_fds=True) as process:
        os.close(child)
        shown = b""
        while process.poll() is None:  # a key that comes before the terminal is ready is lost, so it is pressed again
            if select.select([parent], [], [], 0.2)[0]:
                with suppress(OSError):
                    shown += os.read(parent, 1000)
            elif b"same? " in shown:
                os.write(parent, b"q" if b"2/2" in shown else b"y")
        process.wait(60)
    os.close(parent)
    with Store(store, readonly=True) as kept:
        assert [(j.verdict, j.by, j.when) for j in kept.judgements()] == [("same", "Redaktion", "2026-01-02")]


@pytest.mark.parametrize(
    ("key", "code", "told"), [(b"\x03", 130, b"kg: interrupted"), (b"\x04", 0, b"same? y/n/u, s skip, q quit q")]
)
def test_ctrl_c_and_ctrl_d_end_the_questions(store, key, code, told):
    parent, child = pty.openpty()
    command = [sys.executable, "-m", "kg", "review", str(store)]
    with subprocess.Popen(command, stdin=child, stdout=child, stderr=child, start_new_session=True) as process:
        os.close(child)
        shown = b""
        while process.poll() is None:
            if select.select([parent], [], [], 0.2)[0]:
                with suppress(OSError):
                    shown += os.read(parent, 1000)
            elif b"same? " in shown:
                os.write(parent, key)
        while select.select([parent], [], [], 0.2)[0]:
            try:
                shown += os.read(parent, 1000)
            except OSError:  # that is how Linux tells its end
                break
        assert process.wait(60) == code
    os.close(parent)
    assert told in shown.replace(b"^C", b"").splitlines()  # a key that is pressed once more is shown as that


@pytest.mark.parametrize(
    ("pressed", "verdicts", "interrupted"),
    [
        (["\r\n q"], [], False),
        (["\r\n y", "xq"], ["same"], False),
        (["yq"], ["same"], False),
        (["Yn"], ["same", "not same"], False),
        (["\x1bOy\x1b[A\x1b[1;5Bq"], [], False),
        (["y\x03"], ["same"], True),
        (["s\x04"], [], False),
        (["s", ""], [], False),
    ],
)
def test_no_key_is_lost_of_those_that_come_at_once(store, monkeypatch, pressed, verdicts, interrupted):
    """A terminal hands over at once what was pressed before it was asked; another key may send an escape and a "y"."""
    keys = iter(pressed)
    monkeypatch.setattr("click.getchar", lambda: next(keys))
    with Store(store, readonly=True) as kept:
        asked = ask(questions(kept), "Redaktion", "2026-01-02")
        found = []
        with pytest.raises(KeyboardInterrupt) if interrupted else nullcontext():
            for judgement in asked:
                found.append(judgement.verdict)
    assert found == verdicts


# `kg` on a terminal that is its own only where it is `controlling`; who closes it may be told by SIGHUP, which is ignored.
NOHUP = """
import fcntl, os, signal, sys, termios
os.setsid()
if sys.argv.pop(1) == "controlling":
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
signal.signal(signal.SIGHUP, signal.SIG_IGN)
from kg.__main__ import main
main()
"""


@pytest.mark.parametrize("terminal", ["controlling", "another one's"])
def test_a_terminal_that_is_closed_ends_the_questions(store, terminal):
    parent, child = pty.openpty()
    command = [sys.executable, "-c", NOHUP, terminal, "review", str(store)]
    with subprocess.Popen(command, stdin=child, stdout=child, stderr=subprocess.PIPE) as process:
        os.close(child)
        shown = b""
        while b"same? " not in shown:
            shown += os.read(parent, 1000)
        os.close(parent)
        assert (process.communicate(timeout=60)[1], process.returncode) == (b"", 0)


@pytest.mark.parametrize(("epoch", "date"), [("gestern", ""), ("0", "gestern")])
def test_a_day_that_is_none_is_one_line(store, epoch, date):
    args = ["review", str(store), "--date", date]
    with pytest.raises(KgError, match=r"gestern: no (day|number of seconds)"):
        CliRunner().invoke(cli, args, env={"SOURCE_DATE_EPOCH": epoch}, standalone_mode=False, catch_exceptions=False)


def test_without_a_terminal_it_says_what_to_do(store):
    result = CliRunner().invoke(cli, ["review", str(store)])
    assert result.exit_code == 2
    assert "--export" in result.output


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
