"""A text as the parser should see it: "Zusammen-⏎arbeit" is one word, "**Krause**" is a name without stars.

What the eye does not see in print is taken out (soft hyphens, zero-width and control characters, Markdown), every
run of white space becomes one blank, and a word broken at the end of a line is put together again. Each character
that stays knows where it stood, so a span of the cleaned text is a span of the document.
"""

from __future__ import annotations

import re

from kg.system.characters import NO_WIDTH

# Format, control and surrogate characters (Unicode Cf, Cc, Cs) that are no white space: nothing of the word.
_INVISIBLE = re.compile(f"[\u00ad{NO_WIDTH}\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")

_BREAK = "[^\\S\r\n\v\f\x85\u2028\u2029]*[\r\n\v\f\x85\u2028\u2029]\\s*"

# "Bildungs-⏎und Kultureinrichtungen": the hyphen stands for the rest of the word, nothing is joined.
_NO_SUSPENSION = r"(?!(?:und|oder|bzw|sowie|bis|noch|statt|aber)\b)"

# Each group of each pattern is dropped. Emphasis counts as Markdown only when it is closed and hugs its text, so
# "Bürger*innen", "datei_name" and "5 * 3" stay as they are.
_DROPPED = tuple(
    re.compile(pattern)
    for pattern in (
        r"(!\[[^\[\]\n]{0,300}\]\([^()\s]*\))",
        r'(\[)[^\[\]\n]+(\]\((?:https?:|mailto:|www\.|[./#])[^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:\s"[^"\n]*")?\))',
        r"(?<![\w*\\])(\*{1,3})(?=[^\s*])[^*]{1,300}?(?<=[^\s*])(\1)(?![\w*])",
        r"(?<!\w)(_{1,3})(?=[^\s_])[^_]{1,300}?(?<=[^\s_])(\1)(?!\w)",
        r"(?<![\w`])(`{1,2})(?=[^\s`])[^`\n]{1,300}(\1)(?![\w`])",
        r"(?<=[\r\n])[ \t]*(>+)(?=[ \t])",
        # The mark of a footnote behind a word, a number or a full stop: "Anna Kern[1] besuchte Köln.[2]"
        r"(?<=[\w.,;:!?”“»)\]])(\[\d{1,3}\])",
        # "Zusammen-⏎arbeit" → "Zusammenarbeit", but "EU-⏎weit" → "EU-weit" and "DVV-⏎Sprecher" → "DVV-Sprecher".
        rf"(?<=[a-zäöüß])([-\u2010]{_BREAK})(?=[a-zäöüß]){_NO_SUSPENSION}",
        rf"(?<=\w)(\u00ad{_BREAK})(?=\w)",
        rf"(?<=\w[-\u2010])({_BREAK})(?=\w){_NO_SUSPENSION}",
    )
)

# Without one of these there is nothing to do, which is so for most paragraphs.
_UNUSUAL = re.compile(rf"\s\s|[^\S ]|[*_`\[>]|{_INVISIBLE.pattern}")


def clean(text: str, start: int, end: int) -> tuple[str, tuple[int, ...]]:
    r"""The text between two offsets as the parser should see it, and the offset in `text` of each character of it.

    Every run of white space is one blank, which has the offset of its first character; every other character is
    the one at its offset. Quotation marks and the words themselves are never touched.

    >>> clean("Die Zusammen-\narbeit  mit **Krause** endet.", 4, 36)[0]
    'Zusammenarbeit mit Krause'
    >>> clean("Die Kul\u00adtur", 4, 11)
    ('Kultur', (4, 5, 6, 8, 9, 10))
    >>> clean("Die [Stadt](https://stadt.example) und ihre Bürger*innen", 0, 56)[0]
    'Die Stadt und ihre Bürger*innen'
    """
    piece = text[start:end]
    if not _UNUSUAL.search(piece):
        return piece, tuple(range(start, start + len(piece)))
    dropped = _dropped(piece)
    kept: list[str] = []
    offsets: list[int] = []
    for offset, char in enumerate(piece, start):
        if offset - start in dropped:
            continue
        if char.isspace():
            if kept and kept[-1] == " ":
                continue
            char = " "
        kept.append(char)
        offsets.append(offset)
    return "".join(kept), tuple(offsets)


def _dropped(piece: str) -> set[int]:
    """The offsets of invisible characters, Markdown, and hyphens at the end of a line: "Zusammen-⏎arbeit"."""
    dropped = {match.start() for match in _INVISIBLE.finditer(piece)}
    for pattern in _DROPPED:
        for match in pattern.finditer(piece):
            for group in range(1, pattern.groups + 1):
                dropped.update(range(*match.span(group)))
    return dropped


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    r"""The span without white space and invisible characters at its ends.

    >>> trim("\ufeff  Krause\u00a0\u200b", 0, 11)
    (3, 9)
    """
    while start < end and _blank(text[start]):
        start += 1
    while end > start and _blank(text[end - 1]):
        end -= 1
    return start, end


def _blank(char: str) -> bool:
    """Whether a character is white space or invisible."""
    return char.isspace() or bool(_INVISIBLE.match(char))
