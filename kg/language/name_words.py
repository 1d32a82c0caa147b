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


_TURNED = re.compile(r"((?:[^\W\d_]+ )*)([^\W\d_][\w'’-]*), ([A-ZÄÖÜ][\w-]+\.?(?: [A-ZÄÖÜ][\w-]*\.?){0,2})")


def turned(name: str) -> str:
    """Surname first, a comma, and first names, as in lists and minutes: the name in its usual order, a surname in
    capitals as others; "" for what is no such name.

    >>> turned("Müller, Hans-Peter"), turned("KERN-WEISS, Anna"), turned("VON DER LEYEN, Ursula")
    ('Hans-Peter Müller', 'Anna Kern-Weiss', 'Ursula von der Leyen')
    >>> turned("Otto Kern, Anna Weiß"), turned("Kern, jun.")
    ('', '')
    """
    found = _TURNED.fullmatch(name)
    particles = found[1].casefold().split() if found else []
    if found is None or not all(word in PARTICLES for word in particles):
        return ""
    surname = "-".join(part.capitalize() for part in found[2].split("-")) if found[2].isupper() else found[2]
    return " ".join((found[3], *particles, surname))
