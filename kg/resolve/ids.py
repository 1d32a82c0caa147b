"""Ids that last: "Sören_Link" is the same man when the next article comes in, and "Stadt.seite1" the same town.

An id is read from the label. Where two labels clash, both ids say more: neither takes over what the other meant.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.ontology import slug
from kg.records import Entity
from kg.resolve.concepts import is_bound


def entities_with_ids(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """The entities with a unique readable id each, sorted by it.

    Named: Essen; two of them Essen_Place and Essen_Person; two persons Müller_seite1 and Müller_seite2. A concept
    never has the id of a name: Risiken.Concept, Sprecher.Role, and Stadt.seite1 for "die Stadt" of one text.

    An added document changes no id but by what it says of that very entity. A second Essen makes the id "Essen" vanish;
    another most frequent name, or another type by vote, gives a new id; two entities may turn out to be one, or one
    to be two. Even then an id does not pass to another entity, save where that one now has the label.
    """
    found = list(entities)
    choices = [tuple(_choices(entity)) for entity in found]
    levels = [0] * len(found)
    while True:
        ids = [choice[level] for choice, level in zip(choices, levels, strict=True)]
        counts = Counter(ids)
        clashing = [i for i, id_ in enumerate(ids) if counts[id_] > 1 and levels[i] + 1 < len(choices[i])]
        if not clashing:
            break
        for i in clashing:
            levels[i] += 1
    done = (replace(entity, id=id_) for entity, id_ in zip(found, ids, strict=True))
    return tuple(sorted(done, key=lambda entity: entity.id))


def _choices(entity: Entity) -> Iterator[str]:
    """Yield what an id can be, the plainest first; the last is unique, as no two entities share a mention."""
    first = entity.mentions[0]
    label, doc = slug(entity.label), slug(first.doc)
    dot = "_" if entity.named else "."
    if entity.named:
        yield label
    if entity.named or not is_bound(first):
        yield f"{label}{dot}{entity.type}"
    yield f"{label}{dot}{doc}"
    yield f"{label}{dot}{doc}{dot}{first.start}"
    yield f"{label}{dot}{hashlib.sha256(first.id.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
