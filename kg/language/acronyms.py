"""Shortened words: which long form an acronym may stand for, "BML" that of "Bundesministerium für Landwirtschaft"; and
words that a full stop abbreviates, "Dr.", "bzw.", "usw.", which ends no sentence, or need not end one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.language.name_words import LEGAL_FORMS
from kg.system.files import read_table

DEGREES = frozenset("Dr Prof Dipl Ing Mag PD Priv Doz med jur phil rer nat pol theol habil mult h c".split())
"""Academic degrees and their parts: "Prof. Dr. med. h. c."."""

TITLES = DEGREES | {"St", "Hl"}
"""What stands before a name: "St. Pauli" too."""

_LISTS = read_table(__package__, "abbreviations.toml")

SHORT_OFFICES: Mapping[str, str] = _LISTS["offices"]
"""Short forms of offices, as they stand before names → the noun: "GF" → Geschäftsführer, "Abg." → Abgeordneter."""

OFFICES_BEHIND_NAMES = frozenset(_LISTS["behind_names"]["members"])
"""Those of them that stand right behind a name, too: "Otto Kern MdB"."""

_RETIRED = frozenset(_LISTS["retired"]["marks"])

# A sentence goes on behind these, and may end with those. The lists are ours: what German newspapers abbreviate.
_WITHIN = (
    TITLES
    | {short.removesuffix(".") for short in SHORT_OFFICES if short.endswith(".")}
    | frozenset(
        "Abb Abs Art Bd Kap Nr Tel Ziff bspw bzw ca ehem evtl geb gest ggf inkl insb sog verh vgl zzgl Mio Mrd".split()
    )
)
_AT_END = frozenset("Chr etc usw".split())

_LAST_WORD = re.compile(r"(?<!\w)(\w+)\.$")
_LONGEST = max(map(len, _WITHIN)) + 2


def is_abbreviation(word: str) -> bool:
    """Whether a word is an abbreviation with its full stop, or one letter with it, a piece of "z. B.", "H. Müller".

    >>> [is_abbreviation(word) for word in ("bzw.", "usw.", "B.", "12.", "Rat.", "bzw")]
    [True, True, True, False, False, False]
    """
    body = word.removesuffix(".")
    return body != word and (body in _WITHIN or body in _AT_END or (len(body) == 1 and body.isalpha()))


def ends_in_abbreviation(text: str) -> bool:
    """Whether a text ends in an abbreviation behind which its sentence goes on; "usw." may be the last word of one.

    >>> [ends_in_abbreviation(text) for text in ("Es kam Prof.", "J. F.", "Bus bzw.", "Bus usw.", "Es kam ein Rat.")]
    [True, True, True, False, False]
    """
    last = _LAST_WORD.search(text[-_LONGEST:])
    return last is not None and last[1] not in _AT_END and is_abbreviation(last[0])


def retired(words: Sequence[str]) -> int:
    """Former office: how many words say, right behind its noun, that it is over; 0 for none: "Richter a. D.".

    >>> retired(["a.", "D.", "Otto"]), retired(["i.R.", ","]), retired(["im", "Ruhestand"]), retired(["im", "Amt"])
    (2, 1, 2, 0)
    """
    return next((n for n in (1, 2) if "".join(words[:n]) in _RETIRED), 0)


def abbreviates(acronym: str, long: str) -> bool:
    """Acronym beside its long form: whether its letters stand in the long form, in order and from the first one on.

    Or the initials of the long form are all letters but the first, whose word it leaves out ("Duisburger").

    >>> abbreviates("BVerfG", "Bundesverfassungsgericht"), abbreviates("DVV", "Versorgungs- und Verkehrsgesellschaft")
    (True, True)
    >>> abbreviates("NRW", "Düsseldorf"), abbreviates("SPD", "Stuttgart")
    (False, False)
    """
    letters = [c.casefold() for c in acronym if c.isalpha()]
    remaining = iter(long.casefold())
    spelled = letters[:1] == [long[:1].casefold()] and all(letter in remaining for letter in letters)
    firsts = initials(long)
    return spelled or (len(firsts) > 1 and firsts == letters[1:])


def spells(acronym: str, long: str) -> bool:
    """Acronym elsewhere in the text: whether it has all initials of a long form, and its letters stand there in order.

    Stricter than `abbreviates`, since nothing but the letters ties the two.

    >>> spells("BML", "Bundesministerium für Landwirtschaft"), spells("BML", "Bund der Imker")
    (True, False)
    """
    letters = [c.casefold() for c in acronym if c.isalpha()]
    remaining = iter(long.casefold())
    return fits_initials(letters, initials(long)) and all(letter in remaining for letter in letters)


def initials(name: str) -> list[str]:
    """The first letters, small, of the capitalised words of a name and of their hyphen parts.

    >>> initials("Verkehrsbetriebe Nordrhein-Westfalen GmbH")
    ['v', 'n', 'w']
    """
    parts = [part for word in name.split() if word not in LEGAL_FORMS for part in word.split("-") if part]
    return [part[0].casefold() for part in parts if part[0].isupper()]


def fits_initials(letters: list[str], firsts: list[str]) -> bool:
    """Acronym: whether two initials or more, in order, are letters of it, the first one and at least half of all.

    The other letters are from within words: the B of "Deutscher Gewerkschaftsbund (DGB)".

    >>> fits_initials(["d", "g", "b"], ["d", "g"]), fits_initials([], ["d", "g"])  # "Ⅻ" is upper case, and no letter
    (True, False)
    """
    if not letters or len(firsts) < 2 or len(firsts) * 2 < len(letters) or letters[0] != firsts[0]:
        return False
    remaining = iter(letters)
    return all(first in remaining for first in firsts)
