"""What kind of verb a predicate is: "kaufen" and "erworben werden" are schema:BuyAction, "fordern" is kg:Demand.

The classes are those of `kg/ontology/verb_classes.toml`, with what a user's own file adds. A function of the lemma, the
types of both ends and the prepositions of the roles alone, so a class is never stored but asked for.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import NamedTuple

from kg.language.auxiliaries import is_weak_participle
from kg.language.verbs import infinitive, strong_infinitive, words
from kg.ontology import OURS, Usage, VerbClass, Vocabulary
from kg.ontology.verb_classes import usages, verb_classes


class ActiveVerb(NamedTuple):
    """A lemma as an active verb; `suffers` tells that it was a passive, whose subject does nothing but suffers it."""

    verb: str
    suffers: bool


def class_of(
    lemma: str,
    *,
    subject: str = "",
    object: str = "",
    prepositions: Collection[str] = (),
    vocabulary: Vocabulary = OURS,
) -> VerbClass | None:
    """The class of a predicate, None for one that may mean anything ("stehen") or that no list has.

    `subject` and `object` are types of entities, "" where unknown or missing, `prepositions` those of the roles. The
    subject of a passive is what the verb does something to: "Die Firma wurde verlassen" is asked as its object.
    `undo_passive` tells which it is.

    >>> class_of("erwerben").iri, class_of("erworben werden").iri, class_of("stehen")
    ('schema:BuyAction', 'schema:BuyAction', None)
    >>> class_of("verlassen", object="Organization").iri, class_of("verlassen", object="Place").iri
    ('schema:LeaveAction', 'schema:DepartAction')
    """
    verb, suffers = undo_passive(lemma, vocabulary)
    ends = ("", subject) if suffers else (subject, object)
    ways = usages(vocabulary).get(verb, ())
    found = next((iri for usage, iri in ways if _fits(usage, *ends, prepositions)), None)
    return None if found is None else verb_classes(vocabulary)[found]


def _fits(usage: Usage, subject: str, object: str, prepositions: Collection[str]) -> bool:
    """Whether all stands beside a verb that a usage asks for; what it does not ask for may be anything."""
    led = not usage.with_ or any(preposition in usage.with_ for preposition in prepositions)
    ends = ((usage.subject, subject), (usage.object, object))
    return led and all(not wanted or type_ in wanted for wanted, type_ in ends)


def undo_passive(lemma: str, vocabulary: Vocabulary = OURS) -> ActiveVerb:
    """The verb of a lemma, and whether its subject suffers it: passives as `kg.extract.clause.predicates` names them.

    Undone is what has a participle: of a strong verb, of one that has a class, or a weak one with ge- or -iert. What
    only looks like one stays ("laut", "bereit"), as does what is an adjective in use (`adjectival`: "bekannt sein").

    >>> [undo_passive(lemma).verb for lemma in ("gebaut werden", "geschlossen sein", "zu lösen sein")]
    ['bauen', 'schließen', 'lösen']
    >>> undo_passive("in Kraft gesetzt werden").verb, undo_passive("bauen").suffers, undo_passive("laut werden").suffers
    ('in Kraft setzen', False, False)
    """
    if len(lemma.split()) < 2:
        return ActiveVerb(lemma, False)
    *before, done, auxiliary = ["", *lemma.split()]
    if auxiliary not in ("werden", "sein") or lemma.lower() in words("adjectival"):
        return ActiveVerb(lemma, False)
    if before[-1] == "zu":
        return ActiveVerb(" ".join((*before[1:-1], done)), True)
    verb = _verb_of_participle(done)
    whole = " ".join((*before[1:], verb))
    known = usages(vocabulary).keys() & {verb, whole} or _is_strong(verb) or is_weak_participle(done)
    return ActiveVerb(whole, True) if verb and known else ActiveVerb(lemma, False)


# Participles of mixed verbs behind a prefix that stays: "ernannt", "entsandt", "verbracht".
_MIXED = {"nannt": "nennen", "kannt": "kennen", "brannt": "brennen", "sandt": "senden", "bracht": "bringen"}
# Verbs whose participle looks like their infinitive have a prefix that stays: "verlassen", "zugelassen" is none.
_STAYING = re.compile(r"(be|emp|ent|er|ge|hinter|miss|über|um|unter|ver|wider|zer)[a-zäöüß]{3,}en")


@cache
def _verb_of_participle(participle: str) -> str:
    """What would be the infinitive of a participle, "" for what has not the form of one: "krank", "offen".

    >>> [_verb_of_participle(word) for word in ("ernannt", "verlassen", "offen", "krank", "angekündigt")]
    ['ernennen', 'verlassen', '', '', 'ankündigen']
    """
    if not participle.islower() or not participle.endswith(("t", "en")):
        return ""
    for ending, verb in _MIXED.items():
        if participle.endswith(ending) and not participle.endswith(f"ge{ending}"):
            return participle.removesuffix(ending) + verb
    verb = infinitive(participle)
    return verb if verb != participle or _STAYING.match(participle) else ""


@cache
def _is_strong(verb: str) -> bool:
    """Whether an infinitive is that of a listed strong verb, perhaps with a prefix: "entlassen"."""
    return strong_infinitive(verb) == verb
