"""What kind of organisation, place or thing an entity is: "der Konzern", "Stadtwerke", "GmbH" tell it.

Only what texts say counts. Nothing is guessed: where no word tells, the kind stays open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from kg.extract.acronyms import LEGAL_FORMS
from kg.extract.nouns import is_noun, noun_kind, noun_type
from kg.ontology import kinds
from kg.records import Mention

# What follows one of these in a name does not say what it names: "Institute for China Studies".
_LINKS = frozenset("für der des von vom zur zum in im am an of for and und de".split())


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
    """Yield what the words of a name tell: its legal form, its head, its first word.

    A place tells it by a whole word alone, and not by its only one: "Duisburger Hafen", "Burg Eltz"; "Rothenburg" is
    no Burg.
    """
    words = name.replace("e. V.", "e.V.").split()
    form = words[-1].replace(".", "").casefold() if words else ""
    for kind in kinds().values():
        if kind.type == type_ and form in {f.replace(".", "").casefold() for f in kind.legal_forms}:
            yield kind.name
    words = [word for word in words if word not in LEGAL_FORMS]
    head = next((i for i, word in enumerate(words) if i and word.casefold() in _LINKS), len(words)) - 1
    for word in (words[head], words[0]) if words else ():
        if noun_type(word) == type_ and (type_ != "Place" or (len(words) > 1 and is_noun(word))):
            yield noun_kind(word)
