"""Words that are part of names and come and go: "von" in "Ursula von der Leyen", "GmbH" in "Elbwerft GmbH"."""

from __future__ import annotations

import re

LEGAL_FORMS = frozenset("GmbH mbH AG SE KG KGaA e.V. eV eG gGmbH Ltd Inc AöR UG OHG Co SA Corp LLC plc".split())
"""Words at the end of a firm's name that come and go: "Stadtwerke Duisburg AG"."""

PARTICLES = frozenset("von vom zu zur zum van de der den dem di da del la le ten ter el al bin Freiherr Graf".split())
"""Words between a first name and a surname: "Ludwig van Beethoven", "Max Freiherr von Berg"."""

_NICKNAME = re.compile(r"(?<=\w )[„“\"»«‚‘'](\w[^„“”\"»«‚‘’']*)[“”\"«»‘’'] (?=\w)")


def parted_nickname(name: str) -> tuple[str, str]:
    """Nickname in quotation marks between the first name and the surname: the name without it, and the nickname; ""
    where a name has none.

    >>> parted_nickname("Otto „Kalle“ Kern"), parted_nickname('Dwayne "The Rock" Johnson')
    (('Otto Kern', 'Kalle'), ('Dwayne Johnson', 'The Rock'))
    >>> parted_nickname("Otto Kern „Kalle“"), parted_nickname("Sinéad O'Connor D'Arcy")
    (('Otto Kern „Kalle“', ''), ("Sinéad O'Connor D'Arcy", ''))
    """
    found = _NICKNAME.search(name)
    return (name[: found.start()] + name[found.end() :], found[1].strip()) if found else (name, "")
