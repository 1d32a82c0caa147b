"""What the extraction wants otherwise than the parser gives it: one list of passes, each for one phenomenon.

A pass stands here because it mends clearly more than it breaks on sentences that it was not written for, or because kg
departs from Universal Dependencies on purpose ("ließ Akten vernichten" is one predicate); `tests/benchmarks/mending.py`
weighs them. Each changes heads and labels of a UD tree in place and leaves a sound tree alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.mend.attachment import attach
from kg.extract.mend.comparisons import lead_by_als
from kg.extract.mend.coordination import coordinate
from kg.extract.mend.subjects import find_subjects
from kg.extract.mend.verb_forms import read_forms
from kg.extract.mend.vocatives import free_addresses
from kg.extract.mend.vorfeld import order_fields
from kg.extract.tree.soundness import restore_circles, tree_of

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as Sentence


class Pass(NamedTuple):
    """A way to mend the tree of a sentence: the phenomenon in the words of grammar, and a sentence that has it."""

    phenomenon: str
    example: str
    mend: Callable[[Sentence], None]


PASSES = (
    Pass("vocative", "Frau Ministerin, Bund und Länder verhandeln über den Vertrag.", free_addresses),
    Pass("verb forms with two readings", "Der Kreistag wird den Haushalt beraten.", read_forms),
    Pass("causative, suspended compound, measure", "Der Konzern ließ Akten vernichten.", coordinate),
    Pass("prefield: one constituent before the finite verb", "Die Grünen im Kreistag fordern Busse.", order_fields),
    Pass("predicative with als", "Das Gebäude wird als Denkmal bezeichnet.", lead_by_als),
    Pass("a finite clause has a subject", "Insgesamt erwarten uns große Chancen.", find_subjects),
    Pass("attachment", "Nun läuft die Kooperation mit Duisburg.", attach),
)


def repair(doc: Doc) -> None:
    """Mend the trees of a parsed document, in place."""
    parsed = tree_of(doc)
    for sentence in list(doc.sents):
        for each in PASSES:
            each.mend(sentence)
    restore_circles(doc, parsed)
