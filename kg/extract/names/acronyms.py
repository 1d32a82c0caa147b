"""Acronyms and their long forms: "Bundesamt für Sicherheit in der Informationstechnik (BSI)".

The letters must be found in order in the capitals of the words before the bracket; German makes two things special:
a suspended compound ("Versorgungs- und Verkehrsgesellschaft") counts both halves, and a place adjective that the
acronym needs may be left out ("… Versorgungs- und Verkehrsgesellschaft mbH (DVV)" for Duisburger …).

After Schwartz & Hearst (2003), A Simple Algorithm for Identifying Abbreviation Definitions, on words, not letters.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from kg.language.acronyms import fits_initials, initials, spells
from kg.language.name_words import LEGAL_FORMS
from kg.language.nouns import noun_type
from kg.reader.tokens import NOUNS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kg.extract.reading import Reading

_ACRONYM = re.compile(r"[A-ZÄÖÜ][A-ZÄÖÜa-zäöü]{0,2}[A-ZÄÖÜ](?:[A-ZÄÖÜa-z0-9&-]{0,6})$")
_SMALL_WORDS = frozenset(
    "und für der die das des den dem in im von vom zu zur zum of the and for et de am an & -".split()
)


def find_long_forms(reading: Reading) -> Iterator[tuple[tuple[int, int], int]]:
    """Abbreviation in brackets: a word of capitals alone between brackets, behind words whose initials spell it.

    Yields (first and last token of the long form, token of the acronym): "Bundesamt für Sicherheit … (BSI)".
    """
    words = reading.words
    for bracket, word in enumerate(words[:-2]):
        if word == "(" and words[bracket + 2] == ")" and _ACRONYM.match(words[bracket + 1]):
            start = _first_of_long_form(reading.doc, bracket, words[bracket + 1])
            if start is not None:
                yield (start, bracket - 1), bracket + 1


def find_distant_forms(doc: Doc, acronyms: Collection[str]) -> Iterator[tuple[int, int]]:
    """Long form apart from its acronym: a noun of organisations with its attributes behind it, of two words at least,
    that spells an acronym of the text. Yields its first and last token.

    "Hilfe kam vom VKW. Der Verband kommunaler Wasserbetriebe hatte gewarnt": the second names the first.
    """
    for noun in doc if acronyms else ():
        if noun.pos_ not in NOUNS or noun.ent_type_ or noun_type(noun.text) != "Organization":
            continue
        last = max(
            (c.right_edge.i for c in noun.children if c.dep_ in ("nmod", "appos", "flat") and c.i > noun.i),
            default=noun.i,
        )
        words = doc[noun.i : last + 1]
        fits = len(words) > 1 and words[-1].pos_ in NOUNS and all(map(_may_be_in_long_form, words))
        if fits and any(spells(acronym, words.text) for acronym in acronyms):
            yield noun.i, last


def _first_of_long_form(doc: Doc, end: int, acronym: str) -> int | None:
    """The first token of the long form that ends before token `end`, None when the letters do not fit.

    The shortest stretch that spells the whole acronym goes before the longest that lacks only the first letter:
    "… Versorgungs- und Verkehrsgesellschaft mbH (DVV)".
    """
    letters = [c.casefold() for c in acronym if c.isalpha()]
    whole = elliptic = None
    i = end - 1
    while i >= 0 and end - i <= 3 * len(letters) + 3 and _may_be_in_long_form(doc[i]):
        if doc[i].text[0].isupper():
            firsts = initials(" ".join(token.text for token in doc[i:end]))
            if fits_initials(letters, firsts):
                whole = i
                break
            if len(firsts) > 1 and firsts == letters[1:]:
                elliptic = i
        i -= 1
    return whole if whole is not None else elliptic


def _may_be_in_long_form(token: Token) -> bool:
    """Whether a word can be part of a long form: a capitalised word, an adjective, a legal form, "für", "der"."""
    text = token.text
    return text[0].isupper() or text in _SMALL_WORDS or text in LEGAL_FORMS or token.pos_ == "ADJ"
