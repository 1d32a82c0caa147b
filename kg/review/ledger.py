"""The ledger as a file: who was judged to be whom, one judgement a line, to edit by hand and keep in git.

    {"left": "seite1#10-16", "right": "seite2#4-10", "verdict": "same", "by": "Redaktion", "why": "beide der OB"}

A judgement is taken back by deleting its line. The same lines come as CSV for spreadsheets, with the two names and
their sentences beside them; there a cell that Excel would compute ("=SUMME(A1)") has an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kg.errors import SourceError
from kg.records import VERDICTS, Judgement
from kg.sources.sheets import is_csv, read_rows
from kg.system.files import check_lines, replacing
from kg.system.text import is_date

# How people answer in a sheet, and the keys that `kg review` takes.
_ANSWERS = {
    **dict.fromkeys(("y", "yes", "j", "ja", "x"), "same"),
    **dict.fromkeys(("n", "no", "nein"), "not same"),
    "u": "unsure",
}
_KEYS = ("left", "right", "verdict", "by", "why", "when", "left_name", "right_name")
COLUMNS = ("verdict", "left_name", "left_sentence", "right_name", "right_sentence", "score", "why", "left", "right")
"""The columns of a CSV of open questions: the verdict to fill in first, what it is about, the ids last."""

# What spreadsheets take for the beginning of a formula (OWASP, CSV Injection), the wide forms of East Asia among it.
_FORMULA = re.compile("'*[=+\\-@\t\r\n\0＝＋－＠]")


@dataclass(frozen=True, slots=True)
class Question:
    """Two mentions that may be one: names and sentences, what a rule says, and how many mentions hang on the answer."""

    judgement: Judgement
    left_name: str
    left_sentence: str
    right_name: str
    right_sentence: str
    weight: int = 1


def read_ledger(path: str | os.PathLike[str]) -> tuple[Judgement, ...]:
    """The judgements of a JSONL ledger, or of a CSV of questions; rows without a verdict are none yet.

    Raises SourceError that names file, line and remedy for what is no ledger.
    """
    found = (_judgement(path, line, row) for line, row in read_rows(path, _column))
    return tuple(judgement for judgement in found if judgement)


def _column(name: str) -> str:
    """The column that a sheet means by a name.

    >>> _column("Verdict "), _column("LEFT")
    ('verdict', 'left')
    """
    return name.strip().lower()


def _judgement(path: str | os.PathLike[str], line: int, row: Mapping[str, Any] | None) -> Judgement | None:
    """What a row of a ledger says, None where its verdict is still open. Raises SourceError."""
    if is_csv(path) and not {"left", "right", "verdict"} <= (row or {}).keys():
        raise SourceError(f"{path}: needs the columns verdict, left and right; keep those that --export wrote")
    if row is None:
        raise SourceError(f'{path}:{line}: no judgement; write {{"left": …, "right": …, "verdict": …}}')
    verdict = str(row.get("verdict") or "").strip().lower()
    if not verdict:
        return None
    verdict = _ANSWERS.get(verdict, verdict)
    if verdict not in VERDICTS:
        known = f"{', '.join(VERDICTS)}, or {', '.join(_ANSWERS)}"
        raise SourceError(f"{path}:{line}: {verdict[:40]!r} is no verdict; write one of {known}")
    if not row.get("left") or not row.get("right"):
        raise SourceError(f"{path}:{line}: left or right is empty; name the two mentions as --export does")
    if not isinstance(row["left"], str) or not isinstance(row["right"], str):
        raise SourceError(f'{path}:{line}: left and right are mentions such as "seite1#10-16"; write them so')
    for key in _KEYS:
        if not isinstance(row.get(key), str | None):
            raise SourceError(
                f"{path}:{line}: {key} is {json.dumps(row[key])[:40]}, no text; write it in quotation marks"
            )
    values: dict[str, Any] = {key: row.get(key) or "" for key in _KEYS} | {"verdict": verdict}
    if is_csv(path):
        values = {key: _told(value) for key, value in values.items()}
    if values["left"] == values["right"]:
        raise SourceError(f"{path}:{line}: left and right are the same mention, {values['left']}; name two")
    if (when := values["when"].strip()) and not (is_date(when) and len(when) == len("2024-05-31")):
        raise SourceError(f"{path}:{line}: {when[:40]!r} is no day; write it as YYYY-MM-DD, such as 2024-05-31")
    return Judgement(**values | {"when": when})


def write_ledger(path: str | os.PathLike[str], judgements: Iterable[Judgement]) -> None:
    """Write a JSONL ledger, in the order given.

    Raises FormatError where that is not possible, and where a file is there with lines that are not among these.
    """
    lines = [
        json.dumps({key: value for key, value in asdict(j).items() if key in _KEYS and value}, ensure_ascii=False)
        for j in judgements
    ]
    _write(path, "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass"))


def write_questions(path: str | os.PathLike[str], questions: Sequence[Question]) -> None:
    """Write open questions as CSV, with an empty verdict each; `read_ledger` reads it back when some are filled in.

    Raises FormatError as `write_ledger` does.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for q in questions:
        told = {name: getattr(q, name) for name in COLUMNS if name in Question.__slots__}
        judged = {"verdict": "", "score": q.judgement.score, "why": q.judgement.why}
        row = told | judged | {"left": q.judgement.left, "right": q.judgement.right}
        writer.writerow({name: _shielded(value) for name, value in row.items()})
    _write(path, out.getvalue().encode("utf-8-sig", "replace"))


def _write(path: str | os.PathLike[str], content: bytes) -> None:
    with replacing(path) as stream:
        check_lines(path, content)
        stream.write(content)


def _shielded(value: object) -> object:
    """A cell that is only read, not computed; `_told` is the way back.

    >>> _shielded("=1+1"), _shielded("Sören Link"), _shielded(0.8)
    ("'=1+1", 'Sören Link', 0.8)
    """
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def _told(cell: str) -> str:
    """What a cell says, without the apostrophe that shields it.

    >>> _told("'=1+1"), _told("'s-Hertogenbosch#0-16")
    ('=1+1', "'s-Hertogenbosch#0-16")
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
