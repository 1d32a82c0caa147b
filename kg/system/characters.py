"""One way to write each word: "Müller" with a dot pair of its own (NFD), or with a soft hyphen inside, is "Müller".

macOS writes file names and many texts with an umlaut as two characters; pages put in non-breaking blanks and hyphens,
soft hyphens and marks of no width. A reader sees none of this, and neither models nor word lists know it, so a text is
read and names are compared as they look: composed (NFC), without what has no width, every odd blank a blank, every
digit one of ours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

NO_WIDTH = (
    "\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufffb"
    "\U000e0000-\U000e0fff"
)
"""Characters that nobody sees, for a class of a regular expression: marks of no width, and those that choose how the
one before looks ("☎\ufe0f"). The soft hyphen is not among them."""

# The soft hyphen at the end of a line stays: there it tells that the word goes on below, see
# `kg.extract.text.cleaning`.
_DROPPED = re.compile(f"[{NO_WIDTH}]|\u00ad(?![^\\S\r\n\v\f\x85\u2028\u2029]*[\r\n\v\f\x85\u2028\u2029])")

# Blanks of other widths, and the hyphens that look like the one on the keyboard.
_LOOKS_LIKE = str.maketrans(dict.fromkeys("\u00a0\u1680\u2007\u202f\u205f\u3000", " ")
                            | dict.fromkeys(map(chr, range(0x2000, 0x200B)), " ")
                            | dict.fromkeys("\u2010\u2011", "-"))  # fmt: skip

# Marks that stay marks when all is composed ("x̂") are here as well: no span may end between a letter and its mark.
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_DIGIT = re.compile(r"(?![0-9])\d")  # of another script, or as wide as a Chinese sign: "201１"
_UNUSUAL = re.compile(
    f"{_DIGIT.pattern}|[\u00ad\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u2010\u2011{NO_WIDTH}{_MARKS}]"
)

# A letter and all behind it that may not be what it looks like: below U+0300 every other character is.
_BEYOND_LATIN = re.compile(".?[\u00a0\u00ad\u0300-\U0010ffff]+", re.DOTALL)


def is_plain(text: str) -> bool:
    """Whether a text is written as it looks already, which most texts are."""
    return text.isascii() or (unicodedata.is_normalized("NFC", text) and not _UNUSUAL.search(text))


def plain(text: str) -> str:
    r"""The text as it looks: composed, without characters of no width, with blanks, hyphens and digits of one kind.

    >>> plain("Mu\u0308l\u00adler\u00a0&\u2009Co\u200b"), plain("Rhein\u2011Ruhr 201\uff11")
    ('Müller & Co', 'Rhein-Ruhr 2011')
    """
    return text if is_plain(text) else _as_it_looks(_DROPPED.sub("", text))


def _as_it_looks(letters: str) -> str:
    """Letters composed, with blanks, hyphens and digits of one kind; as many as before, but for the marks on them."""
    composed = unicodedata.normalize("NFC", letters).translate(_LOOKS_LIKE)
    return _DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), composed)


@dataclass(frozen=True, slots=True)
class Plain:
    """A text as it looks, and the place in the original of each of its characters: `starts[i]` to `ends[i]`."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        r"""The offsets in the original of a span, which never part a letter from the marks on it.

        >>> plain_text("Frau Mu\u0308l\u00adler warnt").original(5, 11)
        (5, 13)
        """
        first = self.starts[start] if start < len(self.starts) else self.ends[-1]
        return first, self.ends[end - 1] if end > start else first


def plain_text(text: str) -> Plain | None:
    """A text as it looks, with the way back to the original; None for one that is plain already."""
    if is_plain(text):
        return None
    dropped = {match.start() for match in _DROPPED.finditer(text)}
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for match in _BEYOND_LATIN.finditer(text):
        pieces.append(text[done : match.start()])
        starts += range(done, match.start())
        ends += range(done + 1, match.start() + 1)
        for start, end, letter in _letters(text, [i for i in range(*match.span()) if i not in dropped]):
            pieces.append(letter)
            starts += [start] * len(letter)
            ends += [end] * len(letter)
        done = match.end()
    starts += range(done, len(text))
    ends += range(done + 1, len(text) + 1)
    return Plain("".join([*pieces, text[done:]]), starts, ends)


def _letters(text: str, places: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """Yield start and end of each letter with its marks, and how it looks; `places` are those that are not dropped."""
    at = 0
    while at < len(places):
        following = at + 1
        while following < len(places) and not text[places[at]].isspace() and _joins(text[places[following]]):
            following += 1
        letter = "".join(text[i] for i in places[at:following])
        yield places[at], places[following - 1] + 1, _as_it_looks(letter)
        at = following


def _joins(char: str) -> bool:
    """Whether a character is one with that before it: a mark, or a vowel or final of a Korean syllable."""
    return char >= "\u0300" and (unicodedata.category(char)[0] == "M" or "\u1160" <= char <= "\u11ff")
