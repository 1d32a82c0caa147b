"""What one graph says otherwise than another: `difference(last_week, today)`.

Of documents, entities and facts, in this order, it tells what is new, gone and changed, and of entities who was merged,
split or renamed. What is not there in the one but in the other is "new" or "gone" as that goes from the first to the
second; compared the other way round, two graphs give the same, with both sides changed. Weighty things come first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from kg.graph.comparison.facts import matched_facts
from kg.graph.comparison.links import EntityLinks, linked_documents, linked_entities
from kg.graph.graph import Graph
from kg.graph.labels import fact_label
from kg.records import Document, Entity, Fact

_R = TypeVar("_R", Document, Entity, Fact)

CHANGES = ("new", "gone", "merged", "split", "renamed", "changed")
"""What may have become of a record; only entities are merged and split."""

_METADATA = ("title", "date", "publisher", "url")


@dataclass(frozen=True, slots=True)
class RecordChange(Generic[_R]):
    """What became of the records `before`, of the first graph: the records `after`, of the second.

    `kind` is one of `CHANGES`. What is new has nothing before, what is gone nothing after; what was merged has several
    before, what was split several after. `what` names what of the others is not the same: of a fact "weight", "time" or
    "confidence", of an entity "id", "label", "type" or "kind", of a document "id", "text" or a field of its metadata.
    """

    kind: str
    before: tuple[_R, ...]
    after: tuple[_R, ...]
    what: tuple[str, ...] = ()

    @property
    def records(self) -> tuple[_R, ...]:
        """Those after, or where there are none those before."""
        return self.after or self.before


@dataclass(frozen=True, repr=False)
class Difference:
    """What the graph `new` says otherwise than the graph `old`; it is false where they say the same."""

    documents: tuple[RecordChange[Document], ...]
    entities: tuple[RecordChange[Entity], ...]
    facts: tuple[RecordChange[Fact], ...]
    old: Graph = field(compare=False)
    new: Graph = field(compare=False)

    def __bool__(self) -> bool:
        return bool(self.documents or self.entities or self.facts)

    def __repr__(self) -> str:
        counts = f"documents={len(self.documents)}, entities={len(self.entities)}, facts={len(self.facts)}"
        return f"<{type(self).__name__} {counts}>"


def difference(old: Graph, new: Graph) -> Difference:
    """What one graph says otherwise than another.

    Direct triples alone (RDF at the level "plain") tell neither documents nor weights, so that they are compared with
    the direct triples of the other graph.
    """
    plain = _is_plain(old) or _is_plain(new)
    documents = [] if plain else linked_documents(old.documents, new.documents)
    names = {after.id: before.id for before, after in documents if after.id != before.id}
    links = linked_entities(old, new, names)
    facts, others = (_triples(graph) if plain else graph.facts for graph in (old, new))
    matched = matched_facts(facts, others, links, names)
    changed = ((fact, other, () if plain else _of_facts(fact, other)) for fact, other in matched.pairs)
    changes: list[RecordChange[Fact]] = [RecordChange("new", (), (fact,)) for fact in matched.new]
    changes += [RecordChange("gone", (fact,), ()) for fact in matched.gone]
    changes += [RecordChange("changed", (fact,), (other,), what) for fact, other, what in changed if what]
    return Difference(
        () if plain else tuple(sorted(_documents(old, new, documents), key=_document_order)),
        tuple(sorted(_entities(old, new, links), key=_entity_order)),
        tuple(sorted(changes, key=lambda change: _fact_order(old, new, change))),
        old,
        new,
    )


def _is_plain(graph: Graph) -> bool:
    return bool(graph.entities) and not graph.documents


def _triples(graph: Graph) -> tuple[Fact, ...]:
    """The facts of a graph as far as direct triples tell them: each subject, predicate and object once."""
    found = {(f.subject, f.predicate, f.object, f.literal): f for f in reversed(graph.facts) if f.direct}
    return tuple(replace(fact, roles=(), since="", until="", claims=()) for fact in found.values())


def _documents(old: Graph, new: Graph, linked: Iterable[tuple[Document, Document]]) -> Iterator[RecordChange[Document]]:
    """Yield what became of the documents."""
    linked = tuple(linked)
    before, after = {one.id for one, _ in linked}, {other.id for _, other in linked}
    yield from (RecordChange("new", (), (document,)) for document in new.documents if document.id not in after)
    yield from (RecordChange("gone", (document,), ()) for document in old.documents if document.id not in before)
    for one, other in linked:
        what = [name for name in ("id", *_METADATA) if getattr(one, name) != getattr(other, name)]
        if one.text and other.text and one.text != other.text:  # RDF below the level "full" has none
            what.append("text")
        if what:
            yield RecordChange("renamed" if "id" in what else "changed", (one,), (other,), tuple(what))


def _entities(old: Graph, new: Graph, links: EntityLinks) -> Iterator[RecordChange[Entity]]:
    """Yield what became of the entities."""
    became: dict[str, list[Entity]] = defaultdict(list)
    was: dict[str, list[Entity]] = defaultdict(list)
    for left, right in sorted(links):
        became[left].append(new.entities_by_id[right])
        was[right].append(old.entities_by_id[left])
    for entity in new.entities:
        before = tuple(was[entity.id])
        if len(before) != 1:
            yield RecordChange("merged" if before else "new", before, (entity,))
        elif len(became[before[0].id]) == 1:
            yield from _same_entity(before[0], entity)
    for entity in old.entities:
        after = tuple(became[entity.id])
        if len(after) != 1:
            yield RecordChange("split" if after else "gone", (entity,), after)


def _same_entity(one: Entity, other: Entity) -> Iterator[RecordChange[Entity]]:
    what = tuple(name for name in ("id", "label", "type", "kind") if getattr(one, name) != getattr(other, name))
    if what:
        yield RecordChange("renamed" if {"id", "label"} & set(what) else "changed", (one,), (other,), what)


def _of_facts(fact: Fact, other: Fact) -> tuple[str, ...]:
    """What is not the same of a fact that both graphs have; confidence and risk to two digits, as they are told."""
    found = (
        ("weight", fact.weight != other.weight),
        ("time", (fact.since, fact.until) != (other.since, other.until)),
        ("confidence", f"{fact.confidence:.2f}" != f"{other.confidence:.2f}"),
        ("risk", f"{fact.risk:.2f}" != f"{other.risk:.2f}"),
    )
    return tuple(name for name, differs in found if differs)


def _document_order(change: RecordChange[Document]) -> tuple[object, ...]:
    return CHANGES.index(change.kind), [document.id for document in change.records]


def _entity_order(change: RecordChange[Entity]) -> tuple[object, ...]:
    """Entities with a name first, those in many documents before those in few."""
    entities = (*change.before, *change.after)
    weight = (not any(entity.named for entity in entities), -max(entity.weight for entity in entities))
    return CHANGES.index(change.kind), weight, [(entity.label, entity.id) for entity in change.records]


def _fact_order(old: Graph, new: Graph, change: RecordChange[Fact]) -> tuple[object, ...]:
    """Facts of many documents first, of changed ones those of another weight; then what may be a plain triple."""
    graph = new if change.after else old
    fact, facts = change.records[0], (*change.before, *change.after)
    weight = ("weight" not in change.what, "time" not in change.what, -max(each.weight for each in facts))
    direct = not any(each.direct for each in facts)
    return CHANGES.index(change.kind), weight, direct, fact_label(graph, fact), [each.id for each in facts]
