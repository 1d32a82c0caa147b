"""What a pass is, and how a table of passes runs: each takes what it needs, and gives what later ones need.

The names in `needs` and `gives` are no description beside the code: what stands under a needed name is the argument of
the pass, in that order, and what it returns is kept under the names that it gives. A pass that needs and gives the same
name goes on with it: it adds names, or mends the trees in place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, Protocol, TypeAlias


class Pass(NamedTuple):
    """One step of extraction: its name, the phenomenon in the words of linguistics, and a text that has it."""

    name: str
    phenomenon: str
    needs: tuple[str, ...]
    gives: tuple[str, ...]
    example: str
    run: Callable[..., Any]


Known: TypeAlias = dict[str, Any]
"""What is known of a document while it is read: "names" → its names, as a pass gave them."""


class Witness(Protocol):
    """Who watches passes at work, see `kg.extract.story`."""

    def before(self, at_work: Pass, known: Known) -> None:
        """Look at what is known before a pass."""

    def after(self, at_work: Pass, known: Known) -> None:
        """Look at what has become of it."""


def run(passes: Iterable[Pass], known: Known, witness: Witness | None = None) -> Known:
    """Let passes work one after the other on what is known, which grows by what they give."""
    for each in passes:
        if witness is not None:
            witness.before(each, known)
        found = each.run(*(known[name] for name in each.needs))
        known.update(zip(each.gives, found if len(each.gives) > 1 else (found,), strict=True))
        if witness is not None:
            witness.after(each, known)
    return known
