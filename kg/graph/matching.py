"""What somebody types for a name or a predicate, and what of the graph it means: "setzt ein", "kg:signed"."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from fnmatch import fnmatchcase

from kg.errors import QueryError
from kg.ontology import Vocabulary, expand, relation
from kg.records import Fact
from kg.system.characters import plain

_NEAR = 3  # ids that a hint names


def says(fact: Fact, predicate: str, vocabulary: Vocabulary) -> bool:
    """Whether a fact has a predicate of that name: a lemma, a label, an IRI, or a word of one.

    A preposition of the fact may stand with it: "übergeben an".
    """
    known = relation(fact.predicate, vocabulary)
    names = [fact.lemma, fact.predicate, expand(fact.predicate), *((known.de, known.en) if known else ())]
    names += [claim.predicate.lemma for claim in fact.claims]
    names += [f"{fact.lemma} {role.preposition}" for role in fact.roles if role.preposition]
    wanted = fold(predicate)
    return any(fold(name) == wanted or wanted in fold(name).replace("_", " ").split() for name in names)


def said_with(facts: Iterable[Fact], predicate: str, vocabulary: Vocabulary) -> list[Fact]:
    """The facts with a predicate of that name; where none has it, those whose sentences put it so ("setzt ein")."""
    facts, wanted = list(facts), fold(predicate)
    found = [fact for fact in facts if says(fact, predicate, vocabulary)]
    return found or [fact for fact in facts if any(wanted in (cue, *cue.split()) for cue in _cues(fact))]


def _cues(fact: Fact) -> set[str]:
    """What the sentences of a fact say for its predicate: "übergab", "übergab an"."""
    said = {claim.predicate.text for claim in fact.claims}
    return {fold(cue) for text in said for cue in (text, *(f"{text} {role.preposition}" for role in fact.roles))}


def documents_called(names: Iterable[str], ids: Collection[str]) -> tuple[str, ...]:
    """The ids of documents that are named, sorted: each by itself, or several by a pattern, "zeitung/*", in which a
    star stands for anything. Raises QueryError for a name that is nobody's, with ids that are close.

    >>> documents_called(["brief", "mai/*"], ["brief", "mai/1", "mai/2", "juni/1"])
    ('brief', 'mai/1', 'mai/2')
    """
    found: set[str] = set()
    for name in names:
        some = [name] if name in ids else [id_ for id_ in ids if fnmatchcase(id_, name)]
        if not some:
            wanted = fold(name)
            near = [id_ for id_ in sorted(ids) if fold(id_).rpartition("/")[2] == wanted.rpartition("/")[2]][:_NEAR]
            near = near or get_close_matches(name, sorted(ids), n=_NEAR, cutoff=0.6)
            hint = f"did you mean {' or '.join(near)}?" if near else "no id here is like it; check the spelling"
            raise QueryError(f"{name}: no document of that id; {hint}")
        found.update(some)
    return tuple(sorted(found))


def fold(name: str) -> str:
    """Compare names as they look, without case and with single blanks; underscores count as blanks, as in ids."""
    return " ".join(plain(name).replace("_", " ").casefold().split())
