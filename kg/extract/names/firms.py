"""Firms by their legal form: "Nordhafen Logistik AG" is one, and so is "Nordhafen" further down.

German firms carry their form at the end of the name, and news give the whole name once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from kg.extract.names.appositions import Name
from kg.language.name_words import LEGAL_FORMS
from kg.language.nouns import is_kind, is_person, noun_type

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kg.extract.reading import Reading

_LONGEST_FIRM = 5


def with_legal_form(reading: Reading) -> Iterator[Name]:
    """Yield firms by their legal form, where the recogniser missed them: "die Bremer Nordhafen Logistik AG"."""
    doc = reading.doc
    for form in (i for i, word in enumerate(reading.words) if i and word in LEGAL_FORMS):
        first, sentence = form, doc[form].sent.start
        while first > max(sentence, form - _LONGEST_FIRM) and _is_of_firm(doc[first - 1]):
            first -= 1
        if first < form:
            yield Name(first, form, "Organization", doc[first : form + 1].text)


def _is_of_firm(word: Token) -> bool:
    """Whether a word before a legal form belongs to the name: no kind of firm, no adjective of its town."""
    plain = word.text[0].isupper() and word.pos_ in ("PROPN", "NOUN", "X") and word.tag_ != "ADJA"
    return plain and not is_kind(word.text) and not noun_type(word.text) and word.ent_type_ not in ("PER", "LOC")


def without_legal_form(reading: Reading, names: Iterable[Name]) -> Iterator[Name]:
    """Yield each place of a firm under less than its whole name: "Nordhafen Logistik", "Nordhafen".

    One word alone is the firm only behind its whole name, where it is no person's name, and has no title before it.
    """
    found = sorted(names)
    surnames = {name.text.split()[-1] for name in found if name.type == "Person" and " " in name.text}
    firms: dict[tuple[str, ...], int] = {}
    for name in found:
        words = tuple(name.text.split())
        if name.type == "Organization" and len(words) > 1 and words[-1] in LEGAL_FORMS:
            if len(words) > 2:
                firms.setdefault(words[:-1], 0)
            if not (noun_type(words[0]) or words[0] in surnames):
                firms.setdefault(words[:1], name.last)
    for words, i in sorted(places(reading, firms), key=lambda place: (-len(place[0]), place)):
        if i >= firms[words] and not _goes_on(reading.doc, i, len(words)):
            yield Name(i, i + len(words) - 1, "Organization", " ".join(words))


def _goes_on(doc: Doc, i: int, n: int) -> bool:
    """Whether the words at a place are part of a longer name, or one word is a person's: "Inhaber Kramer"."""
    following = doc[i + n] if i + n < len(doc) else None
    if following is not None and (following.text in LEGAL_FORMS or (n == 1 and following.pos_ == "PROPN")):
        return True
    return n == 1 and i > 0 and (doc[i - 1].pos_ == "PROPN" or is_person(doc[i - 1].text))


def places(reading: Reading, names: Collection[tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield each place where the words of a name stand: the words and their first token."""
    lengths: dict[str, set[int]] = {}
    for words in names:
        lengths.setdefault(words[0], set()).add(len(words))
    for i, word in enumerate(reading.words if lengths else ()):
        for n in lengths.get(word, ()):
            words = reading.words[i : i + n]
            if words in names:
                yield words, i
