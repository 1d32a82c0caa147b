"""Which long form an acronym may stand for: "BML" has the initials of "Bundesministerium für Landwirtschaft"."""

from __future__ import annotations

from kg.language.name_words import LEGAL_FORMS


def abbreviates(acronym: str, long: str) -> bool:
    """Whether the letters of an acronym stand in a long form, in order and from its first one on.

    A first letter for a word that the long form leaves out may be missing (Duisburger …), as in `find_long_forms`.

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
    """Whether an acronym has the initials of a long form, all of them and in order, and its other letters too.

    Stricter than `abbreviates`, for an acronym that stands somewhere else in the text.

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
    """Whether the initials are letters of the acronym, in order and at least half of them, from the first one on.

    Letters left over sit inside words: the B of "Deutscher Gewerkschaftsbund (DGB)".
    """
    if len(firsts) < 2 or len(firsts) * 2 < len(letters) or letters[0] != firsts[0]:
        return False
    remaining = iter(letters)
    return all(first in remaining for first in firsts)
