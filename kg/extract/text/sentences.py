"""Where sentences end, as far as characters tell: for texts too long to be parsed at once, and for those that nobody
parsed. What a reader takes for a sentence is another matter (`kg.extract.reading`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.text.marks import CLOSING
from kg.language.acronyms import ends_in_abbreviation

AFTER_STOPS = frozenset(f"{CLOSING}'")
"""What may stand between a full stop and the next sentence."""

_YEAR = re.compile(r"(?:1[0-9]|20)\d\d")
_ROMAN = re.compile(r"[IVXLCDM]+")

# A mark with closing quotation marks before a word that may begin a sentence, or an empty line.
_END = re.compile(r"[.!?…][“”\"»«)\]]*(?=\s+\W?[A-ZÄÖÜ0-9])|\n(?=[^\S\n]*\n)")
# A number of one or two digits with a full stop, as of a day or a chapter: it may be an ordinal.
_ORDINAL = re.compile(r"(?<!\d)\d{1,2}\.$")


def sentence_ends(text: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Yield where sentences end between two offsets: no "am 12. Mai", "Prof. Krause", "H. Müller" or "bzw. Link".

    >>> text = "Krause bzw. Link kam am 12. Mai 2017. „Gut!“ Dann ging er."
    >>> [text[:end][-5:] for end in sentence_ends(text)]
    ['2017.', 'Gut!“']
    """
    for match in _END.finditer(text, start, len(text) if end is None else end):
        mark = text[max(0, match.start() - 20) : match.start() + 1]
        if not (mark.endswith(".") and (ends_in_abbreviation(mark) or _ORDINAL.search(mark))):
            yield match.end()


def full_stops(words: Sequence[str]) -> list[int]:
    """Sentence-final full stop: the places of the words whose last character is one, not their own.

    It is one behind the last word of a block, behind a year, and behind an acronym whose last letter is a capital when
    a capital follows. Initials and words with dots inside keep theirs, and within a block so do Roman numerals.

    >>> full_stops("Er wählt die AfD. Danach ging J. F. Meier 2017. Er kam wieder z.B. am 13.".split())
    [3, 9, 15]
    >>> full_stops("Kaiser Wilhelm II. Danach der e.V.".split())
    []
    """
    found: list[int] = []
    following = ""
    for i in range(len(words) - 1, -1, -1):
        word = words[i]
        body = word[:-1]
        if word.endswith(".") and len(body) > 1 and "." not in body:
            acronym = len(word) >= 3 and body[-1].isupper() and not _ROMAN.fullmatch(body)
            if not following or _YEAR.fullmatch(body) or (acronym and following[0].isupper()):
                found.append(i)
        if word not in AFTER_STOPS and not word.isspace():
            following = word.lstrip('„“"»«‚›(') or following
    return found[::-1]
