"""Modality, in one table: how far whoever speaks commits to what a clause says.

"Link unterzeichnet" is asserted, "will unterzeichnen" planned, "soll unterzeichnet haben" reported. Records, labels,
the explorer, the ready queries and the SHACL shapes take theirs from here: a new modality is a new row. What makes a
clause have it stands in `kg.extract.clause.modality`.
"""

from __future__ import annotations

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
