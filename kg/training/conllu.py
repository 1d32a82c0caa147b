"""Universal Dependencies columns into sentences: "im" is one word here, "in dem" there.

UD German splits contractions ("im" = "in" + "dem") into syntactic words; spaCy's tokenizer keeps what is written. So a
contraction is merged: it takes the place of its preposition (ADP, APPRART, `case`), and its article goes.
"""

from __future__ import annotations

import lzma
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc


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
            rows.append(Word(form, lemma, upos, xpos, feats, index, deprel, space))
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
    if parts[0].upos == "ADP" and any(part.upos == "DET" for part in parts[1:]):
        lemma, upos, xpos, feats = parts[0].lemma, "ADP", "APPRART", ""
    else:
        end = next((part for part in reversed(parts) if part.upos != "PUNCT"), leader)
        stem = form[: len(form) - len(end.form)] if form.endswith(end.form) else ""
        lemma, upos, xpos, feats = stem + end.lemma if end.lemma else "", end.upos, end.xpos, end.feats
    return replace(leader, form=form, space=space, lemma=lemma, upos=upos, xpos=xpos, feats=feats)


def join_parts(words: list[Word], tokenizer: Callable[[str], Doc]) -> list[Word]:
    """Join words that the tokenizer keeps in one: "Gaza - Streifen", three words in GSD, is "Gaza-Streifen".

    The joined word takes head and relation from the part whose head lies outside, all else from its last word, German
    compounds being named by their end. Parts that do not hang together are left as they are.
    """
    text = "".join(word.form + " " * word.space for word in words)
    starts, position = {}, 0
    for i, word in enumerate(words):
        starts[position] = i
        position += len(word.form) + word.space
    ends = {start + len(words[i].form): i for start, i in starts.items()}
    ranges = []
    for token in tokenizer(text):
        first, last = starts.get(token.idx), ends.get(token.idx + len(token))
        if first is not None and last is not None and last > first and hangs_together(words, first, last):
            ranges.append((first, last, token.text, words[last].space))
    return merge_ranges(words, ranges) if ranges else words


def hangs_together(words: Sequence[Word], first: int, last: int) -> bool:
    """Tell whether just one of some neighbouring words has its head outside of them.

    Where heads are not known, nothing speaks against it.
    """
    inside = range(first, last + 1)
    if any(words[i].head is None for i in inside):
        return True
    return sum(words[i].head not in inside or words[i].head == i for i in inside) == 1
