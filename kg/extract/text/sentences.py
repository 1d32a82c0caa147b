"""Where sentences end, as far as characters tell: for texts too long to be parsed at once, and for those that nobody
parsed. What a reader takes for a sentence is another matter (`kg.extract.reading`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.language.acronyms import ends_in_abbreviation

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
