"""Other names of one and the same: "Nord AG (vormals Falk AG)", "Eva Horn, geborene Kern", "Otto Kern alias Kalle".

German puts the other name right behind the one in use, with a word that says so. Which of the two is in use the word
tells, too: "Karl-Marx-Stadt (heute Chemnitz)".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from kg.language.name_words import LEGAL_FORMS, parted_nickname
from kg.records import Judgement, Mention
from kg.resolve.names.lists import well_known
from kg.resolve.names.named import Named
from kg.resolve.names.names import person_key
from kg.system.characters import plain

RENAMED = "renamed"
"""The rule by which these judgements go: `left` is the name in use, `right` the other one."""

_OF_PERSONS = frozenset(
    {"alias", "bürgerlich", "eigentlich", "bekannt als", "besser bekannt als", "genannt", "Künstlername", "aka"}
    | {"geborene", "geborener", "geborenen", "geb.", "née"}
)
_OF_THINGS = frozenset({"vormals", "alias"})
# These say as well where somebody was or is: "Manager bei Siemens (früher Bosch)".
_LOOSE = frozenset({"früher", "ehemals", "einst", "zuvor", "vorher"})
_NOW = frozenset({"heute", "jetzt", "inzwischen", "nun"})
_BETWEEN = re.compile(r"\s*([,(–]?)\s*(\w[\w .]*?)\s*[„“\"»‚]?\s*")


def judge_renamed(named: Sequence[Named], texts: Mapping[str, str]) -> Iterator[Judgement]:
    """Renaming: yield that a name and the one right behind it mean the same, where a word between says so.

    Persons have another by birth or on stage ("geborene", "alias"). Of things, "vormals" says it, "früher" and "heute"
    of two of one type alone: in brackets behind a subject or object, behind a comma of two towns or legal forms.
    Nicknames are in quotation marks within a name (`_nicknames`).
    """
    yield from _nicknames(named)
    for left, right in pairwise(named):
        text = texts.get(left.mention.doc, "") if left.mention.doc == right.mention.doc else ""
        found = _BETWEEN.fullmatch(plain(text[left.mention.end : right.mention.start])) if text else None
        if found is None or left.mention.type != right.mention.type or _are_listed_apart(left, right):
            continue
        mark, word = found.groups()
        if word in (_OF_PERSONS if left.is_person else _OF_THINGS):
            yield _judgement(left, right, word)
        elif not left.is_person and word in _LOOSE | _NOW and _is_loosely_joined(left, right, mark):
            yield _judgement(*((right, left) if word in _NOW else (left, right)), word)


def other_names(mention: Mention) -> tuple[str, ...]:
    """The other names of a person that a mention tells by a nickname in quotation marks, alone and with the surname.

    "Otto „Kalle“ Kern" → Kalle, Kalle Kern; "Piet „Pit“ van Berg" → Pit, Pit van Berg
    """
    text = plain(mention.text)
    nickname = parted_nickname(text)[1] if mention.type == "Person" and mention.form == "named" else ""
    if not nickname:
        return ()
    first_names = len(text.partition(nickname)[0].split()) - 1
    return nickname, " ".join((nickname, *mention.name.split()[first_names:]))


def _nicknames(named: Sequence[Named]) -> Iterator[Judgement]:
    """Nickname: yield that a person called by it, in the same text, is who was named with it in quotation marks; not
    where two of a text have the nickname.

    "Otto „Kalle“ Kern" and, in the same text, "Kalle" or "Kalle Kern"
    """
    called: dict[tuple[str, str], dict[str, Named]] = defaultdict(dict)
    for n in named:
        for other in other_names(n.mention):
            called[n.mention.doc, person_key(other)].setdefault(n.key, n)
    for n in named if called else ():
        persons = called.get((n.mention.doc, person_key(n.name)), {})
        if len(persons) == 1 and n.mention.type in ("Person", "Thing"):
            yield _judgement(next(iter(persons.values())), n, "nickname")


def _judgement(used: Named, other: Named, word: str) -> Judgement:
    """The judgement that two names mean the same, the one in use first."""
    return Judgement(used.mention.id, other.mention.id, "same", RENAMED, f"{used.name}: {other.name} ({word})")


def _is_loosely_joined(left: Named, right: Named, mark: str) -> bool:
    """Whether two names stand as names of one thing do, with a mark between that a word such as "früher" follows."""
    if mark == "(":
        return left.mention.role in ("subject", "object")
    forms = all(n.name.split()[-1] in LEGAL_FORMS for n in (left, right))
    return mark == "," and (forms or (left.mention.type == "Place" and left.mention.role == "subject"))


def _are_listed_apart(left: Named, right: Named) -> bool:
    """Whether everybody knows the two names as those of two: "Die Linke (früher PDS)"."""
    one, other = (well_known().find(n.name, n.mention) for n in (left, right))
    return one is not None and other is not None and one.id != other.id
