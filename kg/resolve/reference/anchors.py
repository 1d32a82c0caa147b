"""A verdict is on two names, each at its place: one on "Ralf Kessler" at a#14-26 is not on what an edit moves there.

An edit moves what stands behind it, so that the offsets of one name may become another's. Such a verdict stays in the
ledger, and counts again when the text is as it was.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import TypeAlias

from kg.records import Judgement

NamesById: TypeAlias = Mapping[str, str]
"""The id of each mention → its name."""


def in_force(judgements: Iterable[Judgement], names: NamesById) -> list[Judgement]:
    """The judgements whose names stand where they stood; one without names, of an older kg, goes by places alone."""
    return [j for j in judgements if not any(is_lost(end, names) for end in ends(j))]


def lost_places(judgements: Iterable[Judgement], names: NamesById, documents: Container[str]) -> Iterator[str]:
    """Yield where verdicts were whose name is not there any more, though its text is: "a#14-26 (Ralf Kessler)".

    Of several verdicts on a pair the last one counts, and one that is "unsure" says nothing.
    """
    for judgement in latest(judgements).values():
        lost = [end for end in ends(judgement) if is_lost(end, names) and end[0].rpartition("#")[0] in documents]
        if lost and judgement.verdict != "unsure":
            place, name = lost[0]
            yield f"{place} ({name})" if name else place


def pair_of(judgement: Judgement) -> frozenset[str]:
    """The two places that a judgement is on, in whatever order it names them."""
    return frozenset((judgement.left, judgement.right))


def latest(judgements: Iterable[Judgement]) -> dict[frozenset[str], Judgement]:
    """The last judgement on each pair, which is the one that counts."""
    return {pair_of(judgement): judgement for judgement in judgements}


def ends(judgement: Judgement) -> tuple[tuple[str, str], tuple[str, str]]:
    """The two places that a judgement is on, each with its name."""
    return (judgement.left, judgement.left_name), (judgement.right, judgement.right_name)


def is_lost(end: tuple[str, str], names: NamesById) -> bool:
    """Whether a name does not stand at its place any more."""
    place, name = end
    return place not in names or (bool(name) and names[place] != name)
