"""What the extraction wants otherwise than the parser gives it: one list of passes, each for one phenomenon.

A pass stands here because it mends clearly more than it breaks on sentences that it was not written for, or because kg
departs from Universal Dependencies on purpose ("ließ Akten vernichten" is one predicate); `tests/benchmarks/mending.py`
weighs them. Each changes heads and labels of a UD tree in place, by the verbs of `tree.edits`, and leaves a sound tree
alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from kg.extract.mend.attributes import attach_attributes
from kg.extract.mend.coordination import coordinate
from kg.extract.mend.predicative_als import mark_predicative_als
from kg.extract.mend.prepositional_phrases import attach
from kg.extract.mend.subjects import find_subjects
from kg.extract.mend.verb_forms import read_forms
from kg.extract.mend.vocatives import mark_vocatives
from kg.extract.mend.vorfeld import attach_in_vorfeld
from kg.extract.table import Pass
from kg.extract.tree.soundness import Tree, restore_circles, tree_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

Mending: TypeAlias = "Callable[[Span], None]"
"""A function that mends the tree of one sentence in place."""


def _mend_each(mend: Mending, sentences: Sequence[Span]) -> Sequence[Span]:
    """Mend each of the sentences in place, and give them back."""
    for sentence in sentences:
        mend(sentence)
    return sentences


def _pass(name: str, phenomenon: str, example: str, mend: Mending) -> Pass:
    """A row of the table as a Pass, which takes and gives all sentences."""
    return Pass(name, phenomenon, ("trees",), ("trees",), example, partial(_mend_each, mend))


def _as_parsed(doc: Doc) -> tuple[list[Span], Tree]:
    """The sentences, and the tree as the parser gave it, for `_restored`."""
    return list(doc.sents), tree_of(doc)


def _restored(doc: Doc, parsed: Tree, _: Sequence[Span]) -> Doc:
    """The Doc with the parser's trees for those sentences in which mending has made a circle."""
    restore_circles(doc, parsed)
    return doc


_ROWS: tuple[tuple[str, str, str, Mending], ...] = (
    (
        "vocatives",
        "Vokativ: who is spoken to takes no part",
        "Frau Ministerin, Bund und Länder verhandeln über den Vertrag.",
        mark_vocatives,
    ),
    (
        "verb forms",
        "Synkretismus: an infinitive that looks like a participle, behind werden",
        "Der Kreistag wird den Haushalt beraten.",
        read_forms,
    ),
    (
        "coordination",
        "Kausativ mit lassen, Ergänzungsstrich, measure before its noun: one predicate, one phrase",
        "Der Konzern ließ Akten vernichten.",
        coordinate,
    ),
    (
        "attributes",
        "Genitivattribut, enge Apposition: what by its form can only belong to the noun before it",
        "Gestern gingen bei der Polizei Notrufe besorgter Bürger aus der Schweiz ein.",
        attach_attributes,
    ),
    (
        "vorfeld",
        "Vorfeld: one constituent before the finite verb",
        "Die Grünen im Kreistag fordern, den Busverkehr auszubauen.",
        attach_in_vorfeld,
    ),
    (
        "als",
        "Prädikativ mit als: what somebody acts as, no comparison",
        "Die Jury feierte den Pianisten als Entdeckung.",
        mark_predicative_als,
    ),
    ("subjects", "a finite clause has a subject", "Insgesamt erwarten uns große Chancen.", find_subjects),
    (
        "attachment",
        "PP-Anbindung: a phrase behind a noun that asks for it",
        "Tausende protestierten gegen die Rente mit 67.",
        attach,
    ),
)
"""Name, phenomenon, a sentence that has it, and the function that mends it."""

MENDING = tuple(_pass(*row) for row in _ROWS)
"""The passes that mend trees, in their order."""

PASSES = (
    Pass(
        "sentences",
        "sentences, with the trees that the parser gave them",
        ("tree",),
        ("trees", "parsed tree"),
        "Sören Link warnt. Huawei schweigt.",
        _as_parsed,
    ),
    *MENDING,
    Pass(
        "soundness",
        "a tree has no circle: else its sentence gets back what the parser gave it",
        ("tree", "parsed tree", "trees"),
        ("tree",),
        "Sören Link warnt. Huawei schweigt.",
        _restored,
    ),
)


def mending_of(each: Pass) -> Mending:
    """The function with which a pass of MENDING mends one sentence."""
    return next(mend for name, _, _, mend in _ROWS if name == each.name)
