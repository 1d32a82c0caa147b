"""Numbers within noun phrases: "Tempo 30", "rund 120 von 640", "etwa die Hälfte"; not the year of "Preis 2015"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.tree.negation import denies_quantifier
from kg.language.thematic_roles import is_currency
from kg.reader.tokens import NOUNS, is_number

if TYPE_CHECKING:
    from spacy.tokens import Token

# Adverbs that count or compare, and so belong to the phrase: "rund eine Million", "mehr als 100 Gäste".
QUANTIFYING_ADVERBS = frozenset(
    """rund etwa fast knapp gut mehr weniger ungefähr circa ca. nahezu beinahe über unter mindestens höchstens maximal
    wenigstens annähernd schätzungsweise""".split()
)

_FRACTIONS = ("hälfte", "drittel", "viertel", "fünftel", "zehntel", "dutzend", "hundert", "tausend")


def is_quantified(number: Token, first: int) -> bool:
    """Quantity: whether an adverb that counts stands right before a number or fraction that is a phrase: "rund 120 von
    640", "etwa die Hälfte der Schüler".
    """
    before = number.doc[first - 1] if first > number.sent.start else number
    return denies_quantifier(before) or (
        (number.pos_ == "NUM" or number.text.lower().endswith(_FRACTIONS))
        and before.dep_ == "advmod"
        and before.head == number
        and before.text.lower() in QUANTIFYING_ADVERBS
    )


# Nouns of spans of time that a year identifies: "Saison 2008/09".
_NUMBERED_BY_YEARS = ("saison", "spielzeit", "schuljahr", "geschäftsjahr", "wirtschaftsjahr", "semester")
# Nouns of what has a running number, which may look like a year: "Resolution 1612".
_NUMBERED = ("resolution", "drucksache", "nummer", "zimmer", "modell")
_IDENTIFYING = re.compile(r"\d{1,3}[a-z]?\.?|[IVX]+\.?|[a-zäöüß]+")


def is_bare_number(child: Token, head: Token) -> bool:
    """Whether a number behind a noun stands without a preposition or article, and so is a year: "Preis 2015"; not "von
    200", nor behind a currency ("EUR 5.000"), nor in close apposition: "Tempo 30", "Saison 2015".
    """
    bare = child.i > head.i and child.pos_ == "NUM" and not any(c.dep_ in ("case", "det") for c in child.children)
    return bare and not is_currency(head.text) and not identifies(child, head)


def identifies(number: Token, noun: Token) -> bool:
    """Close apposition (enge Apposition): whether a number right behind a noun in the singular tells which is meant.

    "Platz drei", "Artikel 5", "Gleis 3b", "Saison 2008/09"; no year behind any other noun, no score and no amount.
    """
    if number.pos_ != "NUM" or number.i != noun.i + 1 or noun.pos_ not in NOUNS or noun.morph.get("Number") == ["Plur"]:
        return False
    numbered = noun.text.lower().endswith((*_NUMBERED_BY_YEARS, *_NUMBERED))
    return numbered or bool(_IDENTIFYING.fullmatch(number.text))


def is_running_number(number: Token) -> bool:
    """Close apposition: whether what looks like a year is a running number: "Resolution 1612"."""
    before = number.nbor(-1) if number.i > number.sent.start else number
    return before.text.lower().endswith(_NUMBERED) and identifies(number, before)


def has_full_stop(word: Token) -> bool:
    """Sentence-final full stop: whether the last word of a sentence, a number or a letter, still has it: "Gleis 3."."""
    return word.text.endswith(".") and (is_number(word) or len(word) == 2)


def is_share(number: Token) -> bool:
    """Partitive: whether a number that is no year counts some of those in the genitive or behind "von" right behind it:
    "drei der fünf Verletzten", "zwei von drei Schulen".
    """
    if number.tag_ != "CARD" or (number.text.isdigit() and len(number) == 4):
        return False
    parts = (c for c in number.rights if c.dep_ == "nmod" and c.pos_ in NOUNS and c.left_edge.i == number.i + 1)
    return any(c.left_edge.text in ("der", "von", "dieser", "unserer", "seiner", "ihrer") for c in parts)
