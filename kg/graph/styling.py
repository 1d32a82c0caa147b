"""How a graph looks wherever it is drawn: Duisburg green because it is a place, a denied fact in dark red.

Gephi, the explorer page and notebooks all take their colours and sizes from here. Eyes with any of the three colour
blindnesses can tell the colours apart, and they stand out on white and on near-black; a test holds both. What has no
name of its own, or no known kind, is grey.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import TYPE_CHECKING

from kg.modalities import is_sure

if TYPE_CHECKING:
    from kg.records import Fact

# Found by a search over OKLCH for the largest least distance as normal, protan, deutan and tritan eyes see it.
TYPE_COLORS: Mapping[str, str] = {
    "Person": "#e38f63",
    "Organization": "#2e66fe",
    "Place": "#257263",
    "Product": "#9545ac",
    "Agreement": "#a8481f",
    "Event": "#35a6e7",
    "Work": "#a9801d",
    "Thing": "#8a8f98",
    "Role": "#8a8f98",
    "Concept": "#8a8f98",
    "Literal": "#a3a8b0",
}
"""Entity type → colour; "Literal" is an object that is no entity ("offen", "2018")."""

STANCE_COLORS: Mapping[str, str] = {
    "direct": "#8a8f98",
    "unsure": "#74698c",
    "claimed": "#d08700",
    "open": "#3f8fd6",
    "denied": "#c2304a",
}
"""How a fact stands → colour of its edge, see `stance`."""

_SMALLEST, _LARGEST = 4.0, 40.0


def stance(fact: Fact) -> str:
    """How far a fact may be taken as one: "direct", "denied", "open" (planned, possible, …), "claimed" by a speaker, or
    "unsure", where nobody doubts it but kg, which may have read it wrongly, to somebody's harm or not.

    What is several of these at once is the first that holds: a denial before what is open, that before a quote.
    """
    if fact.polarity == "negative":
        return "denied"
    if fact.modality != "asserted":
        return "open"
    if fact.speaker:
        return "claimed"
    return "direct" if is_sure(fact.confidence, fact.risk) else "unsure"


def color_of(type: str) -> str:
    """The colour of an entity type.

    >>> color_of("Place")
    '#257263'
    """
    return TYPE_COLORS.get(type, TYPE_COLORS["Thing"])


def size_of(weight: int) -> float:
    """The radius of a node that `weight` documents name: its area grows with them, up to a hundred.

    >>> size_of(1), size_of(9), size_of(1000)
    (4.0, 12.0, 40.0)
    """
    return round(min(_SMALLEST * sqrt(max(weight, 1)), _LARGEST), 2)
