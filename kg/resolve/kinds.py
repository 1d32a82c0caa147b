"""What kind of organisation, place or thing an entity is: "der Konzern", "Stadtwerke", "GmbH" tell it.

Only what texts say counts. Nothing is guessed: where no word tells, the kind stays open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from kg.language.name_words import LEGAL_FORMS
from kg.language.nouns import LINKS, is_noun, noun_kind, noun_type, telling_words
from kg.ontology import kinds
from kg.records import Mention

_LINKS = LINKS | {"am", "an"}


def kind_of(type_: str, group: Sequence[Mention], names: Mapping[str, str]) -> str:
    """The kind that most is said for among the mentions of an entity, "" for none.

    `names` are the names in the nominative, by the id of their mention. In each mention a noun beside the
    name ("der Konzern Huawei") counts more than the name's own words ("Stadtwerke Tannau").
    """
    votes: Counter[str] = Counter()
    for mention in group:
        name = names.get(mention.id)
        if name is None:
            continue
        if mention.description and noun_type(mention.description) == type_:
            votes[noun_kind(mention.description)] += 3
        votes[next(filter(None, told_by_name(name, type_)), "")] += 2
    votes = +Counter({kind: n for kind, n in votes.items() if (type_, kind) in kinds()})
    return min(votes, key=lambda kind: (-votes[kind], kind), default="")


def told_by_name(name: str, type_: str) -> Iterator[str]:
    """Head of a name: yields the kinds that its legal form, then its other words tell, if they tell its type.

    A place tells it by a whole word, and not by its only one: "Duisburger Hafen", "Burg Eltz"; "Rothenburg" is no Burg.
    """
    words = name.replace("e. V.", "e.V.").split()
    form = _legal_forms().get((type_, _form_key(words[-1]))) if words else None
    if form is not None:
        yield form
    words = [word for word in words if word not in LEGAL_FORMS]
    for word in telling_words(words, _LINKS):
        if noun_type(word) == type_ and (type_ != "Place" or (len(words) > 1 and is_noun(word))):
            yield noun_kind(word)


@cache
def _legal_forms() -> dict[tuple[str, str], str]:
    """Type and legal form → the kind of those that have it."""
    return {(kind.type, _form_key(form)): kind.name for kind in kinds().values() for form in kind.legal_forms}


def _form_key(form: str) -> str:
    """A legal form without dots and case: "e.V." → "ev"."""
    return form.replace(".", "").casefold()
