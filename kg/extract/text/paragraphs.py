"""The paragraphs of a news text, as a reader sees them: "Die Stadt saniert die Brücke. Krause: „Im Mai.“" is one.

Blocks are finer, because what somebody says is read apart from what stands around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.text.blocks import find_blocks
from kg.system.characters import plain_text

_LINE_BREAK = re.compile("[\r\n\v\f\x85\u2028\u2029]")


def paragraph_starts(text: str) -> Sequence[int]:
    r"""Where the paragraphs, headings and items of a text begin; each lasts until the next one.

    The lines of a hard-wrapped paragraph are one, as are the pieces of a line in which somebody speaks, and a line
    'Ina Krause:' goes with what she says below it. The first one begins with the text, whatever stands before it.

    >>> paragraph_starts("Brücke wird saniert\n\nDie Stadt saniert die Brücke. Krause: „Im Mai.“\nDie Firma baut.")
    [0, 21, 69]
    """
    if not _LINE_BREAK.search(text):
        return [0]
    words = plain_text(text)
    starts = list(_starts(words.text if words else text))
    return [0, *(words.original(start, start)[0] for start in starts)] if words else [0, *starts]


def _starts(text: str) -> Iterator[int]:
    """Yield where a block begins on a line of its own, with the name of its speaker where that stands before it."""
    end = 0
    for block in find_blocks(text):
        speaker = block.speaker[0] if block.speaker else -1
        start = speaker if end <= speaker < block.start else block.start
        if end and _LINE_BREAK.search(text, end, start):
            yield start
        end = block.end
