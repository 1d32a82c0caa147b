"""Which long form an acronym may stand for: "BML" has the initials of "Bundesministerium für Landwirtschaft"."""

from __future__ import annotations

from kg.language.name_words import LEGAL_FORMS


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
    """
    if len(firsts) < 2 or len(firsts) * 2 < len(letters) or letters[0] != firsts[0]:
        return False
    remaining = iter(letters)
    return all(first in remaining for first in firsts)
