"""Modality, in one table: how far whoever speaks commits to what a clause says.

"Link unterzeichnet" is asserted, "will unterzeichnen" planned, "soll unterzeichnet haben" reported. Records, labels,
the explorer, the ready queries and the SHACL shapes take theirs from here: a new modality is a new row. What makes a
clause have it stands in `kg.extract.clause.modality`. Beside it stands how sure kg has to be of having read it right,
and how little it may risk to say something false about somebody.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from math import prod
from typing import NamedTuple


class Modality(NamedTuple):
    """A modality: its name in all data, what labels say of it, and the dashes of its edges in the explorer.

    `doubtful` tells that whoever speaks does not know, or does not agree, whether it is so; else it has yet to come.
    """

    name: str
    de: str
    en: str
    dashes: tuple[int, ...] = ()  # lengths of stroke and gap in turn; none is a line
    doubtful: bool = False


TABLE = (
    Modality("asserted", "festgestellt", "asserted"),
    Modality("planned", "geplant", "planned", (9, 5)),
    Modality("possible", "möglich", "possible", (2, 4)),
    Modality("required", "gefordert", "required", (9, 4, 2, 4)),
    Modality("reported", "angeblich", "reportedly", (4, 5), doubtful=True),
    Modality("disputed", "umstritten", "disputed", (12, 3, 2, 3, 2, 3), doubtful=True),
)
"""All of them, the firmest first."""

ASSERTED = TABLE[0].name
"""What goes without saying: labels do not mention it."""

SURE_ENOUGH = 0.82
"""The confidence from which on a fact may be a plain triple."""

SAFE_ENOUGH = 0.15
"""The risk up to which a fact may be a plain triple. With both bounds 92 % of the triples are right and 1.8 % say
something false about somebody, on texts left out in turn, and 63 % of what is right becomes one. With 0.76 and 0.045 it
would be 1.4 %, but of the right edges between two names, which risk most, 13 % would stay and not 51 %."""

_MOST = 0.99  # what one rule misreads, it may misread in every sentence


def is_sure(confidence: float, risk: float) -> bool:
    """Whether a claim or fact is read surely enough for a plain triple, and is none that may harm somebody.

    >>> is_sure(0.9, 0.01), is_sure(0.9, 0.2), is_sure(0.5, 0.01)
    (True, False, False)
    """
    return confidence >= SURE_ENOUGH and risk <= SAFE_ENOUGH


def combined(confidences: Iterable[tuple[Hashable, float]]) -> float:
    """The confidence of a fact by those of its claims, each with its sentence, from 0 to 1.

    Each sentence is another chance that one of them is read right; of several claims of one sentence the surest counts.

    >>> combined([("a", 0.6), ("b", 0.7)]), combined([("a", 0.6), ("a", 0.7)])
    (0.88, 0.7)
    """
    surest: dict[Hashable, float] = {}
    for sentence, confidence in confidences:
        surest[sentence] = max(surest.get(sentence, 0.0), confidence)
    if len(surest) < 2:
        return next(iter(surest.values()), 1.0)
    together = round(1 - prod(1 - confidence for confidence in surest.values()), 2)
    return max(*surest.values(), min(together, _MOST))


def combined_risk(risks: Iterable[float]) -> float:
    """The risk of a fact by those of its claims: the least.

    A fact is false only if all its claims are misread, and that is no likelier than that the safest of them is.

    >>> combined_risk([0.04, 0.01]), combined_risk([])
    (0.01, 0.0)
    """
    return min(risks, default=0.0)
