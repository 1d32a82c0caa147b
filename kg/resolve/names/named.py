"""Named mentions with their names in the nominative: what the rules of resolution compare."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.records import Mention
from kg.resolve.names.names import FORMS_OF_NAMES, name_key, person_key, without_genitive


@dataclass(frozen=True, slots=True)
class Named:
    """A named mention with its name in the nominative."""

    mention: Mention
    name: str

    @property
    def is_person(self) -> bool:
        """Whether the mention is a person's name."""
        return self.mention.type == "Person"

    @property
    def key(self) -> str:
        """What names are compared by: of persons all words, of others without article, legal form and endings."""
        return person_key(self.name) if self.is_person else name_key(self.name)


def with_nominatives(mentions: Sequence[Mention]) -> list[Named]:
    """Every named mention with its genitive -s taken off where the bare name is known or the grammar is clear.

    The Albers of "Jochen Albers" keeps his whatever the grammar says.
    """
    named = [m for m in mentions if m.form in FORMS_OF_NAMES]
    known = {m.name for m in named}
    persons = [m.name.split() for m in named if m.type == "Person"]
    whole = {words[-1] for words in persons if len(words) > 1}
    surnames = known | {words[-1] for words in persons}
    return [
        Named(m, without_genitive(m.name, surnames, "" if m.name in whole else m.case, owns=m.role == "possessor"))
        if m.type == "Person"
        else Named(m, without_genitive(m.name, known, m.case, owns=m.role == "possessor"))
        for m in named
    ]


def contexts(named: Iterable[Named]) -> dict[str, frozenset[str]]:
    """Document → the keys of the organisations and places named in it: what its persons have to do with."""
    found: dict[str, set[str]] = {}
    for n in named:
        keys = found.setdefault(n.mention.doc, set())
        if n.mention.type in ("Organization", "Place"):
            keys.add(name_key(n.name))
    return {doc: frozenset(keys) for doc, keys in found.items()}
