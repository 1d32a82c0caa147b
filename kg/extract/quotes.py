"""Stretches in quotation marks: „Wir bauen die Brücke. Sie kommt 2030“, sagte Krause.

A stretch counts as speech when it holds a finite verb; „Frag den Staat“ is a name and „strategisch“ a word held at
arm's length. What a name and a colon introduce ('Krause: „…') is speech to the end of its block.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.reading import Reading
from kg.extract.text.marks import PARTNERS, SPEECH_MARKS


@dataclass(frozen=True, slots=True)
class Quotation:
    """Tokens `start` to before `end`; `label` is the span of the name that introduces it, or None."""

    start: int
    end: int
    label: tuple[int, int] | None = None


def quotations(reading: Reading) -> Iterator[Quotation]:
    """Quotation: yield the quoted speech of a document in text order, with the name before its colon, if any."""
    for block, first, last in reading.blocks:
        for start, end in _quoted_ranges(reading, first, last, whole=block.speaker is not None):
            yield Quotation(start, end, block.speaker)


def _quoted_ranges(reading: Reading, first: int, last: int, *, whole: bool) -> Iterator[tuple[int, int]]:
    """Quotation marks: yield the token ranges of a block from an opening mark to its partner that hold a finite verb.

    With `whole`, behind a name and a colon, speech begins with the block, with or without a mark; without one, a
    quotation inside does not end it. Speech that is not closed, there or behind „ and », goes to the end of the block.
    """
    doc = reading.doc
    start, closing = (first, PARTNERS.get(doc[first].text, '“”"«»')) if whole else (None, "")
    inner = ""  # what closes a quotation inside speech that no mark opened
    for i in range(first, last):
        text = reading.words[i]
        if whole and start == first and i > first and text in "„»" and doc[first].text not in PARTNERS:
            inner = PARTNERS[text]
        elif inner and text in inner:
            inner = ""
        elif start is None and text in SPEECH_MARKS:
            start, closing = i, PARTNERS[text]
        elif start is not None and text in closing and i > start:
            if any("Fin" in t.morph.get("VerbForm") or t.tag_.endswith("FIN") for t in doc[start:i]):
                yield start, i + 1
            start = None
    if start is not None and (whole or doc[start].text in ("„", "»")):
        yield start, last
