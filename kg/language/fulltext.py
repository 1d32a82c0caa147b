"""Labels found as one types them: "muller", "Mueller" and "MÜLLER" all find "Dr. Karin Müller".

SPARQL has CONTAINS and REGEX, and both want the very letters. `kg:matches(?label, "zur nieden")` is true where each
word of the question begins a word of the label, in any order, whatever the case. An umlaut equals its two-letter
spelling and its bare vowel, ß equals ss, and an accent counts for nothing.

It is an extension function (SPARQL 1.1, §17.6), not a property with an index behind it: it works on any variable and
any file at once, without triples that the graph does not hold.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.system.characters import plain

_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
# Letters of neighbouring languages that no accent makes: "Yıldırım", "Łódź", "Ørsted".
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d"})

# Combining Diacritical Marks, the block of Unicode to which the dots and accents of European letters fall apart.
_MARKS = re.compile("[\u0300-\u036f]+")

# What is neither ASCII, nor a single letter of Latin or an accent, nor punctuation.
_STRANGE = "[^ -~À-ıĴ-ňŊ-žƀ-ǃǍ-ǰǴ-ɏ\u0300-\u036f‐-⁞€]"

# What is looked for first is that much of a question: REGEX finds nothing with patterns that are longer by far.
_MOST_WORDS, _MOST_LETTERS = 8, 24

_BETWEEN = re.compile(r"\W+")

_TRUE, _FALSE = Literal(True), Literal(False)


def matches(label: str, wanted: str) -> bool:
    """Whether each word of `wanted` begins a word of `label`.

    >>> [matches("Dr. Karin Müller-Weiß", wanted) for wanted in ("MUELLER weiss", "muller", "karin wei", "eiß", "")]
    [True, True, True, False, False]
    """
    asked = _folded(wanted)
    return any(words.strip() and _begins(words, held) for words, held in zip(asked, _folded(label), strict=True))


def matching(*terms: NamedNode | BlankNode | Literal | Triple) -> Literal:
    """`matches` as a function of SPARQL; false for what is not two literals."""
    texts = [term.value for term in terms if isinstance(term, Literal)]
    return _TRUE if len(texts) == len(terms) == 2 and matches(*texts) else _FALSE


def loose_patterns(wanted: str) -> list[str]:
    """Regular expressions, case aside, that find every label which `matches` accepts, and some others.

    They tell letters of ASCII apart and let any other stand for any of them. What NFKD takes apart into several
    letters ("ﬁ") always passes.

    >>> loose_patterns("Fuß")
    ['(?:f|[^ -~])[^ -~]*(?:u|[^ -~])[^ -~]*(?:s|[^ -~])[^ -~]*(?:s|[^ -~])?[^ -~]*|[^ -~À-ıĴ-ňŊ-žƀ-ǃǍ-ǰǴ-ɏ̀-ͯ‐-⁞€]']
    """
    asked = (word[:_MOST_LETTERS] for word in _folded(wanted)[0].split()[:_MOST_WORDS])
    return ["".join(_loose_letters(word)) + f"|{_STRANGE}" for word in asked]


def _loose_letters(word: str) -> Iterator[str]:
    """Yield a pattern for each letter of a folded word; the second of "ae", "oe", "ue" and "ss" need not be there."""
    for former, letter in zip(" " + word, word, strict=False):
        optional = "?" if former + letter in ("ae", "oe", "ue", "ss") else ""
        yield f"(?:{letter}|[^ -~]){optional}[^ -~]*" if letter.isascii() else "[^ -~]+"


def _begins(words: str, held: str) -> bool:
    """Whether each of some folded words begins a word of a folded label."""
    return all(f" {word}" in held for word in words.split())


@lru_cache(maxsize=200_000)
def _folded(text: str) -> tuple[str, str]:
    """The words of a text in both foldings, each behind a blank: umlauts spelled out, and without their dots."""
    if text.isascii():
        words = _words(text.lower())
        return words, words
    letters = plain(text).casefold().translate(_LETTERS)
    return _words(_bare(letters.translate(_SPELLED_OUT))), _words(_bare(letters))


def _bare(text: str) -> str:
    """A text without accents and dots: "müller" → "muller"."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text))


def _words(text: str) -> str:
    """A text with a blank before each word and no punctuation: "müller-weiß" → " müller weiß"."""
    return " " + _BETWEEN.sub(" ", text).strip()
