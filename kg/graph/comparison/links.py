"""Who of one graph is who in another: "Huawei" and "Huawai", two last week, are one today.

An entity is what its mentions mean, so that those which both graphs hold tell who became whom: an entity of the one is
linked with the entity of the other that has most of its mentions, and the other way round. Two links of one entity say
that it was split, or that two were merged. A mention that only moved from "Link" to "Lange" links nobody. Where
mentions tell nothing, as those of new texts, the same id links; where one of the graphs has none at all, as RDF below
the level "full", the same label does, too, if it is one entity's alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from kg.records import Document, Entity

if TYPE_CHECKING:
    from kg.graph.graph import Graph

EntityLinks: TypeAlias = frozenset[tuple[str, str]]
"""The ids of an entity of the one graph and of one of the other that it is."""

Names: TypeAlias = Mapping[str, str]
"""The id of a document → what both graphs call it."""

_Place: TypeAlias = tuple[str, int, int, str]


def linked_documents(old: Sequence[Document], new: Sequence[Document]) -> list[tuple[Document, Document]]:
    """The documents that both graphs have: those of one id, and texts that have nothing but another id now."""
    by_id = {document.id: document for document in new}
    found = [(document, by_id[document.id]) for document in old if document.id in by_id]
    known = {document.id for document, _ in found}
    before, after = (_by_text(d for d in documents if d.id not in known) for documents in (old, new))
    return found + [(before[text], after[text]) for text in sorted(before.keys() & after.keys())]


def _by_text(documents: Iterable[Document]) -> dict[str, Document]:
    """The documents whose text nobody else has, by its digest."""
    found: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        if document.text:
            found[document.sha256].append(document)
    return {text: same[0] for text, same in found.items() if len(same) == 1}


def linked_entities(old: Graph, new: Graph, names: Names) -> EntityLinks:
    """Who is who in two graphs; `names` are those of the new graph's documents that the old one calls otherwise."""
    found = set(_by_mentions(old.entities, new.entities, names))
    before = {e.id: e for e in old.entities} if found else dict(old.entities_by_id)
    after = dict(new.entities_by_id)
    _take_linked(found, before, after)
    found |= {(id, id) for id in before.keys() & after.keys()}
    if any(e.mentions for e in old.entities) and any(e.mentions for e in new.entities):
        return frozenset(found)
    _take_linked(found, before, after)
    labels, others = _by_label(before.values()), _by_label(after.values())
    return frozenset(found | {(labels[label], others[label]) for label in labels.keys() & others.keys()})


def _take_linked(links: Iterable[tuple[str, str]], before: dict[str, Entity], after: dict[str, Entity]) -> None:
    """Take away the entities that have a link already."""
    for left, right in links:
        before.pop(left, None)
        after.pop(right, None)


def _by_mentions(old: Iterable[Entity], new: Iterable[Entity], names: Names) -> Iterator[tuple[str, str]]:
    """Yield each entity with the one that has most of the mentions that both graphs hold."""
    entities, others = tuple(old), tuple(new)
    at: dict[_Place, list[int]] = defaultdict(list)
    for number, entity in enumerate(others):
        for place in _places(entity, names):
            at[place].append(number)
    shared = Counter(
        (n, other) for n, entity in enumerate(entities) for place in _places(entity, {}) for other in at.get(place, ())
    )
    pairs = [(_likeness(entities[n], others[other], count), n, other) for (n, other), count in shared.items()]
    successors: dict[str, str] = {}
    origins: dict[str, str] = {}
    for _, n, other in sorted(pairs):
        successors.setdefault(entities[n].id, others[other].id)
        origins.setdefault(others[other].id, entities[n].id)
    yield from successors.items()
    yield from ((left, right) for right, left in origins.items())


def _likeness(left: Entity, right: Entity, count: int) -> tuple[object, ...]:
    """The order in which pairs are linked: by their mentions, then by what else is the same, whichever graph is old."""
    return -count, left.id != right.id, left.label != right.label, sorted((left.id, right.id))


def _places(entity: Entity, names: Names) -> set[_Place]:
    """Where an entity is named, with the text: an edit moves other words to the same place."""
    return {(names.get(m.doc, m.doc), m.start, m.end, m.text) for m in entity.mentions}


def _by_label(entities: Iterable[Entity]) -> dict[tuple[str, str], str]:
    """The ids of those who are called and classed as nobody else is."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entity in entities:
        found[entity.type, entity.label].append(entity.id)
    return {called: ids[0] for called, ids in found.items() if len(ids) == 1}
