"""Firms by their legal form: "Nordhafen Logistik AG" is one, and so is "Nordhafen" further down.

German firms carry their form at the end of the name, and news give the whole name once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from kg.extract.names.appositions import Name
from kg.language.name_words import LEGAL_FORMS
from kg.language.nouns import is_kind, is_person, noun_list, noun_type
from kg.reader.tokens import NOUNS_AND_FOREIGN

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kg.extract.reading import Reading

_LONGEST_FIRM = 5


def with_legal_form(reading: Reading) -> Iterator[Name]:
    """Firm with its legal form: up to five words right before "GmbH", "AG" … that belong to the name, of one sentence.

    Yields them with the form: "Nordhafen Logistik AG" in "die Bremer Nordhafen Logistik AG".
    """
    doc = reading.doc
    for form in (i for i, word in enumerate(reading.words) if i and word in LEGAL_FORMS):
        first, sentence = form, doc[form].sent.start
        while first > max(sentence, form - _LONGEST_FIRM) and _belongs_to_firm(doc[first - 1]):
            first -= 1
        if first < form:
            yield Name(first, form, "Organization", doc[first : form + 1].text)


def _belongs_to_firm(word: Token) -> bool:
    """Whether a word before a legal form belongs to the name: a capitalised noun or name that is no noun of a kind
    ("Firma"), tells no type, and is no person or place to the recogniser; no adjective of a town ("Bremer").
    """
    plain = word.text[0].isupper() and word.pos_ in NOUNS_AND_FOREIGN and word.tag_ != "ADJA"
    return plain and not is_kind(word.text) and not noun_type(word.text) and word.ent_type_ not in ("PER", "LOC")


def with_trade(doc: Doc, names: Iterable[Name]) -> Iterator[Name]:
    """Firm with its trade: a name and the plural of a trade right behind it, which has no article of its own, where a
    common noun of no person ("Büro", "Kanzlei") stands before. Yields the whole.

    "das Büro Lang Hofer Architekten"; not "schickte Kern Anwälte", "besitzt in Bonn Immobilien"
    """
    for name in names:
        if name.last + 1 >= len(doc) or doc[name.last + 1].text not in noun_list("trades_in_names") or not name.first:
            continue
        before = doc[name.first - 1]
        if before.tag_ == "NN" and not is_person(before.text):
            yield Name(name.first, name.last + 1, "Organization", doc[name.first : name.last + 2].text)


def without_legal_form(reading: Reading, names: Iterable[Name]) -> Iterator[Name]:
    """Short form of a firm: its name without the legal form anywhere ("Nordhafen Logistik"), and its first word alone
    behind the whole name ("Nordhafen"). Yields each place.

    A first word that tells a type ("Stadtwerke") or is a surname of the text does not stand for the firm.
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
        if i >= firms[words] and not _is_in_other_name(reading.doc, i, len(words)):
            yield Name(i, i + len(words) - 1, "Organization", " ".join(words))


def _is_in_other_name(doc: Doc, i: int, n: int) -> bool:
    """Whether words are part of another name: a legal form follows, or one word has a proper noun beside it or a
    person's noun before it: "Inhaber Kramer".
    """
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
