"""Universal Dependencies columns into sentences: "im" is one word here, "in dem" there.

UD German splits contractions ("im" = "in" + "dem") into syntactic words; spaCy's tokenizer keeps what is written. So a
contraction is merged: it takes the place of its preposition (ADP, APPRART, `case`), and its article goes.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Word:
    """One line of CoNLL-U. `head` is an index into the sentence's words, its own for a root, None if unknown."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int | None
    deprel: str
    space: bool
    misc: str


def read_blocks(path: Path) -> Iterator[list[str]]:
    """Yield the lines of each sentence of an xz-compressed CoNLL-U file."""
    block: list[str] = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in [*lines, "\n"]:
            if line.strip():
                block.append(line.rstrip("\n"))
            elif block:
                yield block
                block = []


def parse_block(block: Iterable[str]) -> list[Word]:
    """Parse one sentence and merge its contractions. An underscore becomes an empty string."""
    rows: list[Word] = []
    ranges: list[tuple[int, int, str, bool]] = []
    for line in block:
        if line.startswith("#"):
            continue
        number, form, lemma, upos, xpos, feats, head, deprel, _, misc = line.split("\t")
        space = "SpaceAfter=No" not in misc
        if "-" in number:
            first, last = number.split("-")
            ranges.append((int(first) - 1, int(last) - 1, form, space))
        elif number.isdigit():
            index = None if head == "_" else (len(rows) if head == "0" else int(head) - 1)
            empty = ["" if field == "_" and form != "_" else field for field in (lemma, upos, xpos, feats, deprel)]
            lemma, upos, xpos, feats, deprel = empty
            rows.append(Word(form, lemma, upos, xpos, feats, index, deprel, space, misc))
    return merge_ranges(rows, ranges)


def merge_ranges(rows: list[Word], ranges: list[tuple[int, int, str, bool]]) -> list[Word]:
    """Make one word of each range and point all heads to where their words are now.

    "in/case dem/det" → "im": lemma "in", tag APPRART, head and relation of "in".
    """
    first_of = {i: first for first, last, _, _ in ranges for i in range(first, last + 1)}
    merged_by_first = {first: (last, form, space) for first, last, form, space in ranges}
    kept = [i for i in range(len(rows)) if first_of.get(i, i) == i]
    new_index = {old: new for new, old in enumerate(kept)}
    position = [new_index[first_of.get(i, i)] for i in range(len(rows))]
    words = []
    for old in kept:
        word = rows[old]
        if old in merged_by_first:
            last, form, space = merged_by_first[old]
            word = merge_words(rows[old : last + 1], old, form, space)
        head = None if word.head is None else position[word.head]
        words.append(replace(word, head=head))
    return words


def merge_words(parts: list[Word], start: int, form: str, space: bool) -> Word:
    """Merge syntactic words into the written one, led by the first whose head lies outside."""
    inside = range(start, start + len(parts))
    leader = next(
        (
            part
            for i, part in zip(inside, parts, strict=True)
            if part.head is None or part.head not in inside or part.head == i
        ),
        parts[0],
    )
    contraction = parts[0].upos == "ADP" and any(part.upos == "DET" for part in parts[1:])
    return replace(
        leader,
        form=form,
        space=space,
        lemma=parts[0].lemma if contraction else leader.lemma,
        upos="ADP" if contraction else leader.upos,
        xpos="APPRART" if contraction else leader.xpos,
        feats="" if contraction else leader.feats,
    )
