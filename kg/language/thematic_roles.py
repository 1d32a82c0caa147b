"""Thematic roles: what a phrase with a preposition does in its clause: "mit Bosch" is a partner, "in Stade" a place.

The verb decides first ("an die Bahn verkaufen" has a recipient, "an der Bahn zweifeln" a topic), then what the phrase
names, then its case: "in die Stadt" is a goal. What the table does not know is an oblique argument and no more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from kg.system.files import read_table

NUMBER = "number"
"""What stands in the table for something counted, in the place of a type: "drei Prozent", "5 Millionen Euro"."""


class _Row(NamedTuple):
    """A role, and where a preposition means it; an empty set or text asks for nothing."""

    role: str
    verbs: frozenset[str]
    types: frozenset[str]
    nouns: frozenset[str]
    endings: tuple[str, ...]
    case: str


@cache
def _table() -> Mapping[str, Any]:
    return read_table(__package__, "thematic_roles.toml")


@cache
def _rows() -> Mapping[str, tuple[_Row, ...]]:
    """Preposition → the rows that have it, in the order of the table."""
    found: dict[str, list[_Row]] = defaultdict(list)
    for row in _table()["role"]:
        verbs, types, nouns = (frozenset(row.get(name, ())) for name in ("verbs", "types", "nouns"))
        for preposition in row["prepositions"]:
            endings = tuple(row.get("endings", ()))
            found[preposition].append(_Row(row["role"], verbs, types, nouns, endings, row.get("case", "")))
    return {preposition: tuple(rows) for preposition, rows in found.items()}


def thematic_role(preposition: str, verb: str, type_: str, noun: str, case: str) -> str:
    """The role of a phrase: of a preposition without its article, or one like "in Zusammenarbeit mit", "in Nähe".

    A complex preposition is known by its first two words, and what the table does not know of them is no phrase of
    its last: "unter Leitung von" is no "von".

    `verb` is the infinitive of its clause, or "noun" or "adjective" for an attribute of one; `type_` the type of
    what the phrase names (or `NUMBER`), `noun` its head as it stands there, `case` its case as the articles show it
    ("Acc"), "" where they do not.

    >>> thematic_role("an", "verkaufen", "Organization", "Bahn", "Acc")
    'recipient'
    >>> thematic_role("in", "liegen", "Place", "Ulm", "")
    'place'
    >>> thematic_role("auf", "klettern", "Concept", "Baum", "Acc")
    'oblique'
    """
    words = preposition.split()
    rows = _rows().get(" ".join(words[:2]), ())
    fitting = (
        row.role
        for row in rows
        if (not row.verbs or not row.verbs.isdisjoint((verb, verb.rpartition(" ")[2])))
        and (not row.types or type_ in row.types)
        and (not row.nouns or noun in row.nouns)
        and (not row.endings or noun.lower().endswith(row.endings))
        and (not row.case or case == row.case)
    )
    return next(fitting, "oblique")


@cache
def verbs_with_role(preposition: str) -> frozenset[str]:
    """The verbs that have a phrase with a preposition for themselves, whatever it names: topic, recipient, complement.

    >>> "plädieren" in verbs_with_role("für"), "plädieren" in verbs_with_role("an")
    (True, False)
    """
    own = ("topic", "recipient", "complement")
    return frozenset(verb for row in _rows().get(preposition, ()) if row.role in own for verb in row.verbs)


@cache
def role_of_fixed_phrase(phrase: str) -> str:
    """Fixed phrase: the role of a prepositional phrase that means one thing as a whole; "" for any other.

    >>> role_of_fixed_phrase("zu Fuß"), role_of_fixed_phrase("zum Fuß")
    ('manner', '')
    """
    fixed: Mapping[str, list[str]] = _table()["fixed"]
    return next((role for role, phrases in fixed.items() if phrase.lower() in phrases), "")


@cache
def is_unit(noun: str) -> bool:
    """Unit: whether a number before a noun makes an amount of both, as a listed form or a measure with its multiple.

    >>> [is_unit(noun) for noun in ("Prozent", "Quadratkilometern", "US-Dollar", "CHF", "Mio.", "Megawattstunden")]
    [True, True, True, True, True, True]
    >>> [is_unit(noun) for noun in ("Fahrzeuge", "Marken", "Grundstücke", "Stützpunkte", "Parameter", "Programme")]
    [False, False, False, False, False, False]
    """
    if is_currency(noun) or noun in _table()["thousands"]:
        return True
    return noun.rpartition("-")[2] in _table()["units"] or _measure().fullmatch(noun) is not None


@cache
def _measure() -> re.Pattern[str]:
    """A measure, perhaps behind what multiplies it, with the ending of a plural: "Kubikmetern"."""
    multiples, measures = ("|".join(_table()[name]) for name in ("multiples", "measures"))
    return re.compile(f"(?:{multiples})*(?:{measures})(?:n|s|en|e)?", re.IGNORECASE)


@cache
def is_currency(word: str) -> bool:
    """Whether a word is the sign or code of a currency, which may stand before its number: "EUR 5.000", "£ 20".

    >>> is_currency("EUR"), is_currency("US$"), is_currency("Euro")
    (True, True, False)
    """
    return word in _table()["currencies"]
