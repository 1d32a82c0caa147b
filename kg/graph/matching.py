"""What somebody types for a name or a predicate, and what of the graph it means: "setzt ein", "kg:signed"."""

from __future__ import annotations

from collections.abc import Iterable

from kg.ontology import Vocabulary, expand, relation
from kg.records import Fact
from kg.system.characters import plain


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


def fold(name: str) -> str:
    """Compare names as they look, without case and with single blanks; underscores count as blanks, as in ids."""
    return " ".join(plain(name).replace("_", " ").casefold().split())
