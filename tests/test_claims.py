"""What German sentences claim, as the tables of tests/gold/claims.md: one phenomenon of the language a table.

A sentence marked ✗ there is one that kg gets wrong today; its test has to fail, so whoever mends it takes the mark away.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from tables import COLUMNS, NONE, SIGNS, Row, row, table_rows

from kg.extract import extract
from kg.records import MODALITIES, Document

WRITTEN = "2022-03-15"
WRONG = "✗ "


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the table, the phenomenon it stands under, and its claims; `wrong` if kg does not read them."""

    text: str
    phenomenon: str
    wrong: bool
    claims: tuple[Row, ...]


def parse(markdown: str) -> list[Sentence]:
    """The sentences of all tables.

    >>> parse('''## Verben
    ... | Satz | Subjekt | Prädikat | Objekt | Rollen | Polarität | Modalität | Sprecher | Zeit |
    ... | --- | --- | --- | --- | --- | --- | --- | --- | --- |
    ... | ✗ Bosch baut. | – | – | – | – | – | – | – | – |
    ... ''')
    [Sentence(text='Bosch baut.', phenomenon='Verben', wrong=True, claims=())]
    """
    found: list[Sentence] = []
    for phenomenon, cells in table_rows(markdown, COLUMNS):
        text, *claim = cells
        claims = () if set(claim) == {NONE} else (tuple(claim),)
        if text:
            found.append(Sentence(text.removeprefix(WRONG), phenomenon, text.startswith(WRONG), claims))
        else:
            last = found.pop()
            found.append(Sentence(last.text, last.phenomenon, last.wrong, last.claims + claims))
    return found


SENTENCES = parse((Path(__file__).parent / "gold" / "claims.md").read_text(encoding="utf-8"))
MENDED = pytest.mark.xfail(strict=True, raises=AssertionError, reason="marked ✗ in tests/gold/claims.md")


@pytest.mark.parametrize("sentence", [pytest.param(s, id=s.text, marks=[MENDED] if s.wrong else []) for s in SENTENCES])
def test_claims_of_a_sentence(nlp, sentence):
    found = extract(Document("text", sentence.text, date=WRITTEN), nlp).claims
    assert sorted(set(map(row, found))) == sorted(sentence.claims)


def test_the_table_is_sound():
    texts = Counter(sentence.text for sentence in SENTENCES)
    assert len(SENTENCES) >= 200
    assert [text for text, count in texts.items() if count > 1] == []
    rows = [claim for sentence in SENTENCES for claim in sentence.claims]
    assert {claim[4] for claim in rows} == set(SIGNS.values())
    assert {claim[5] for claim in rows} == set(MODALITIES)
    assert [s.text for s in SENTENCES if len(set(s.claims)) != len(s.claims)] == []
    assert [claim for claim in rows if not all(claim) or NONE in (claim[0], claim[1], *claim[4:6])] == []


def test_every_phenomenon_has_sentences():
    assert [p for p, count in Counter(s.phenomenon for s in SENTENCES).items() if count < 5] == []
    blocks = [a for a, b in pairwise([*SENTENCES, None]) if b is None or a.phenomenon != b.phenomenon]
    assert len(blocks) == len({s.phenomenon for s in SENTENCES})  # no heading twice


def test_most_of_the_table_is_read_right():
    """24 % of the sentences were marked when the table was written; more means that something got worse."""
    assert sum(s.wrong for s in SENTENCES) <= 0.25 * len(SENTENCES)


def test_a_row_with_a_cell_too_few_is_an_error():
    with pytest.raises(ValueError, match="8 columns"):
        parse("| Bosch baut. | – | – | – | – | – | – | – |")
