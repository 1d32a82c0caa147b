"""What follows from a store, kept in it: who is who, and what is said of whom.

That "Sören Link" and "Link" are one man follows from all mentions and verdicts (`kg.resolve`), which takes minutes if
they are many. So the entities and facts of the whole graph are kept as rows, each with the places that it stems from;
a question for one name reads the rows of that name. They are a cache and no more: whoever writes to the store drops
them, those that another version of kg left are none, and what is damaged is worked out anew.

An entity's row names its facts and its mentions, a fact's row its claims with the digest of each: what a card or a
sentence is made of is checked as it is read.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import fields
from typing import Any, TypeVar

from kg.errors import DamagedError
from kg.graph.graph import Graph
from kg.graph.matching import fold
from kg.graph.soundness import flaw_of
from kg.records import Claim, Document, Entity, Fact, FactRole, Mention, claim_order
from kg.store import tables
from kg.store.checked import StoredRows
from kg.store.damage import digest
from kg.store.store import Store
from kg.system.files import code_mark

# What of our code and data decides who is who, and what a fact is.
_RESOLVERS = (
    "checks.py", "graph", "language", "modalities.py", "ontology", "opening.py", "records.py", "resolve",
    "show/stats.py", "store", "system",
)  # fmt: skip

# Names of a store that are all looked at for one like another; of more, so many near ones and those that begin alike.
_FEW, _NEAR, _START = 2_000, 100, 4

R = TypeVar("R", Document, Entity, Fact)


class Stale(Exception):
    """What is kept is not what follows from the store: it is to be worked out anew."""


def mark() -> str:
    """A digest of the code that works out who is who: what another one kept is none."""
    return code_mark(*_RESOLVERS)


def notes(store: Store) -> Mapping[str, str]:
    """What is said of the kept graph, by name; nothing where none is kept, or not by this kg.

    "made" tells a store with what follows from it from any other, whatever else `keep` was given.
    """
    if not store.ask("SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'resolved'"):
        return {}
    try:
        rows = _ask(store, "SELECT name, value, digest FROM resolved")
    except Stale:
        return {}
    found: dict[str, str] = {name: value for name, value, sum in rows if digest([(name, value)]) == sum}
    return found if found.get("mark") == mark() and len(found) == len(rows) else {}


def keep(
    store: Store, graph: Graph, mentions: Iterable[Mention], claims: Iterable[Claim], said: Mapping[str, str]
) -> None:
    """Keep a graph that follows from a store; `mentions` and `claims` are the records it was made of, as they came.

    `said` is what `notes` tells again.
    """
    sums = {part: _sums(store, part) for part in ("mentions", "claims")}
    mention_at, claim_at = _numbers(mentions), _numbers(claims)
    spoken: dict[str, set[str]] = defaultdict(set)
    for fact in graph.facts:
        spoken[fact.speaker].add(fact.id)
    entities, facts = [], []
    names: dict[str, list[str]] = defaultdict(list)
    for entity in graph.entities:
        told = sorted({fact.id for fact in graph.facts_of(entity.id)} | spoken.get(entity.id, set()))
        places = [(m.doc, mention_at[id(m)]) for m in entity.mentions]
        sum = digest([[sums["mentions"][place] for place in places]])
        entities.append(_sealed(entity.id, _told(entity, "mentions"), told, [sum, places]))
        for name in names_of(entity):
            names[name].append(entity.id)
    for fact in graph.facts:
        stems = [(c.doc, claim_at[id(c)], sums["claims"][c.doc, claim_at[id(c)]]) for c in fact.claims]
        facts.append(_sealed(fact.id, _told(fact, "claims"), stems))
    called = [_sealed(name, ids) for name, ids in sorted(names.items())]
    rows = {"entities": entities, "facts": facts, "names": called}
    sum = _sum(rows)
    made = digest([[sum, mark(), *store.ask("SELECT * FROM digests ORDER BY part, name")]])
    state = [(*row, digest([row])) for row in sorted({**said, "mark": mark(), "rows": sum, "made": made}.items())]
    store.set_resolved({f"resolved_{name}": some for name, some in rows.items()} | {"resolved": state})


def _sum(rows: Mapping[str, StoredRows]) -> str:
    """The digest of all rows that are kept: what is damaged has another, and so have rows of which one is gone."""
    return digest([[row[-1] for row in rows[name]] for name in sorted(rows)])


def names_of(entity: Entity) -> set[str]:
    """What an entity is found by: its id, label and other names, and the last word of a name: "link"."""
    label = fold(entity.label)
    found = {fold(entity.id), label, *map(fold, entity.aliases)}
    return found | set(label.split()[-1:] if entity.named else ())


def _numbers(records: Iterable[Any]) -> dict[int, int]:
    """Which of its document's rows each record is, by identity: records that are equal may stand in two rows."""
    found: dict[int, int] = {}
    counts: dict[str, int] = defaultdict(int)
    for record in records:
        found[id(record)] = counts[record.doc]
        counts[record.doc] += 1
    return found


def _sums(store: Store, part: str) -> dict[tuple[str, int], str]:
    """The digest of each row of the mentions or claims, by document and number."""
    return {(row[0], row[1]): digest([row]) for row in store.ask(f"SELECT * FROM {part}")}


def _told(record: Any, without: str) -> list[Any]:
    return [getattr(record, field.name) for field in fields(record) if field.name != without]


def _sealed(id: str, *parts: Any) -> tuple[str, ...]:
    """A row: its id, parts of it as JSON, and the digest of all that."""
    row = (id, *(json.dumps(part, ensure_ascii=False, default=_plain) for part in parts))
    return (*row, digest([row]))


def _plain(role: FactRole) -> list[str]:
    return [role.role, role.preposition, role.entity, role.value]


def part(
    store: Store, names: Collection[str], perhaps: Collection[str] = (), first: bool = False, facts: bool = True
) -> Graph:
    """The part of the kept graph that tells of all entities called so: their facts, who else takes part in these, and
    the documents. Where one of the names is nobody's, those with names like it are there, to be told of; of `perhaps`,
    words that may be names, nobody needs to be called so.

    Only the entities called so have their mentions. With `first` a fact has the first of its claims alone; without
    `facts` there are none. Raises Stale, DamagedError.
    """
    needed = {fold(name) for name in names}
    with _told_stale():
        called = {row[0]: json.loads(row[1]) for row in _rows(store, "names", needed | set(map(fold, perhaps)))}
        own = _found(store, "entities", {id for ids in called.values() for id in ids})
        return _graph(store, own, first, _like(store, needed - called.keys()), facts_too=facts)


def part_around(store: Store, name: str, hops: int) -> Graph:
    """The part of the kept graph that has all facts of an entity and of whom so many steps lead to, a phrase being one
    with the entities that it names, see `kg.graph.filters.around`. Raises Stale, DamagedError, QueryError.
    """
    center = part(store, [name], facts=False).entity(name).id
    with _told_stale():
        rows: dict[str, tuple[Any, ...]] = {}
        reached = _with_phrases(store, {center}, rows)
        for _ in range(hops):
            facts = _found(store, "facts", {id for end in reached for id in json.loads(rows[end][2])})
            reached |= _with_phrases(store, {end for row in facts for end in _record(Fact, row, claims=()).ends}, rows)
        facts = _found(store, "facts", {id for end in reached for id in json.loads(rows[end][2])})
        speakers = {speaker for row in facts if (speaker := _record(Fact, row, claims=()).speaker)} - reached
        return _graph(store, [rows[id] for id in sorted(reached)], speakers=speakers)


def _with_phrases(store: Store, ids: Set[str], rows: dict[str, tuple[Any, ...]]) -> set[str]:
    """Some entities with the phrases that name them, and those named in a phrase; `rows` gets the rows of all."""

    def read(ids: Set[str]) -> None:
        rows.update((row[0], row) for row in _found(store, "entities", ids - rows.keys()))

    read(ids)
    facts = _found(store, "facts", {fact for id in ids for fact in json.loads(rows[id][2])})
    ends = {end for row in facts for end in _record(Fact, row, claims=()).ends}
    read(ends)
    parts = {id: set(_record(Entity, rows[id], mentions=()).parts) for id in ids | ends}
    found = set(ids) | {end for end in ends if parts[end] & ids} | {part for id in ids for part in parts[id]}
    read(found)
    return found


def _like(store: Store, names: Set[str]) -> set[str]:
    """The ids of entities with names like these, which nobody has: of all there are where these are few."""
    if not names:
        return set()
    known = [id for (id,) in _ask(store, "SELECT id FROM resolved_names ORDER BY id")]
    if len(known) > _FEW:
        from rapidfuzz.process import extract

        near = {found for name in names for found, *_ in extract(name, known, limit=_NEAR)}
        starts = tuple(f" {name[:_START]}" for name in names)
        known = sorted(near | {name for name in known if any(start in f" {name}" for start in starts)})
    return {id for row in _rows(store, "names", known) for id in json.loads(row[1])}


def _graph(
    store: Store,
    own: StoredRows,
    first: bool = False,
    besides: Set[str] = frozenset(),
    speakers: Set[str] = frozenset(),
    facts_too: bool = True,
) -> Graph:
    """The graph of some entities with their mentions, their facts, who else takes part in these, and those besides;
    `speakers` come with their mentions, too.
    """
    rows = _found(store, "facts", {id for row in own for id in json.loads(row[2])}) if facts_too else []
    own = [*own, *_found(store, "entities", speakers)]
    stems = {row[0]: json.loads(row[2])[: 1 if first else None] for row in rows}
    places = {row[0]: json.loads(row[3]) for row in own}
    docs = {doc for some in stems.values() for doc, *_ in some} | {doc for _, at in places.values() for doc, _ in at}
    documents = {doc: _document(store, doc) for doc in docs}
    facts = [
        _record(Fact, row, claims=tuple(_claim(store, documents[doc], n, sum) for doc, n, sum in stems[row[0]]))
        for row in rows
    ]
    entities = [_record(Entity, row, mentions=_mentions(store, documents, *places[row[0]])) for row in own]
    ends = {end for fact in facts for end in (*fact.ends, fact.speaker) if end} | besides
    for _ in range(2):  # who takes part, and who is named in a phrase that does
        missing = (ends | {part for entity in entities for part in entity.parts}) - {e.id for e in entities}
        entities += [_record(Entity, row, mentions=()) for row in _found(store, "entities", missing)]
    claims = {id(claim): claim for fact in facts for claim in fact.claims}.values()
    return Graph(_by_id(documents.values()), _by_id(entities), _by_id(facts), tuple(sorted(claims, key=claim_order)))


def all_of(store: Store) -> Graph:
    """The kept graph, all of it. Raises Stale, DamagedError."""
    documents, mentions, claims = tuple(store.documents()), tuple(store.mentions()), tuple(store.claims())
    mention_at, claim_at = _by_place(mentions), _by_place(claims)
    with _told_stale():
        rows = {name: _all(store, name) for name in ("entities", "facts", "names")}
        if _sum(rows) != notes(store).get("rows"):
            raise Stale
        entities = [
            _record(Entity, row, mentions=tuple(mention_at[doc, n] for doc, n in json.loads(row[3])[1]))
            for row in rows["entities"]
        ]
        facts = [
            _record(Fact, row, claims=tuple(claim_at[doc, n] for doc, n, _ in json.loads(row[2])))
            for row in rows["facts"]
        ]
    return Graph(documents, _by_id(entities), _by_id(facts), tuple(sorted(claims, key=claim_order)))


@contextmanager
def _told_stale() -> Iterator[None]:
    """What cannot be a kept row, whatever its digest says, is none."""
    try:
        yield
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise Stale from error


def _rows(store: Store, table: str, ids: Iterable[str]) -> StoredRows:
    """The rows of some ids, as far as there are any. Raises Stale for one that is not as it was written."""
    query = f"SELECT * FROM resolved_{table} WHERE id = ?"
    return _as_written([row for id in sorted(ids) for row in _ask(store, query, id)])


def _found(store: Store, table: str, ids: Set[str]) -> StoredRows:
    """The rows of some ids, all of which have to be there."""
    rows = _rows(store, table, ids)
    if len(rows) < len(ids):
        raise Stale
    return rows


def _all(store: Store, table: str) -> StoredRows:
    return _as_written(_ask(store, f"SELECT * FROM resolved_{table} ORDER BY id"))


def _ask(store: Store, query: str, *given: str) -> StoredRows:
    """Rows of what is kept. Raises Stale where SQLite cannot make sense of them."""
    try:
        return store.ask(query, *given)
    except DamagedError as error:
        raise Stale from error


def _as_written(rows: StoredRows) -> StoredRows:
    if any(digest([row[:-1]]) != row[-1] for row in rows):
        raise Stale
    return rows


def _record(kind: type[R], row: Sequence[Any], **more: Any) -> R:
    """The entity or fact of a row, with what else belongs to it."""
    names = [field.name for field in fields(kind) if field.name not in more]
    values: dict[str, Any] = dict(zip(names, json.loads(row[1]), strict=True))
    if "roles" in values:
        values["roles"] = [FactRole(*role) for role in values["roles"]]
    made: Any = kind
    found: R = made(**{n: tuple(value) if isinstance(value, list) else value for n, value in values.items()}, **more)
    if found.id != row[0] or flaw_of(found):
        raise Stale
    return found


def _document(store: Store, doc_id: str) -> Document:
    """A document of the store. Raises DamagedError for one that is not as it was written."""
    rows = store.ask(tables.ROW_QUERIES["documents"], doc_id)
    if not rows or not _is_sound(store, "documents", doc_id, rows):
        store.check()
        raise Stale
    return Document.as_kept(*rows[0][:7])


def _is_sound(store: Store, part: str, name: str, rows: StoredRows) -> bool:
    sums = store.ask("SELECT digest FROM digests WHERE part = ? AND name = ?", part, name)
    return sums == [(digest(rows),)] and tables.fits(part, rows)


def _claim(store: Store, document: Document, number: int, sum: str) -> Claim:
    """A claim of the store. Raises DamagedError for one that is not as it was when it was kept."""
    rows = store.ask("SELECT * FROM claims WHERE doc = ? AND n = ?", document.id, number)
    if not rows or digest(rows) != sum or not tables.fits("claims", rows, document.text):
        store.check()
        raise Stale
    return tables.claim_of(rows[0][0], rows[0][2:])


def _mentions(
    store: Store, documents: Mapping[str, Document], sum: str, places: Iterable[tuple[str, int]]
) -> tuple[Mention, ...]:
    """The mentions of an entity. Raises DamagedError for what is not as it was when they were kept."""
    query = "SELECT * FROM mentions WHERE doc = ? AND n = ?"
    rows = [row for doc, number in places for row in store.ask(query, doc, number)]
    fit = all(tables.fits("mentions", [row], documents[row[0]].text) for row in rows)
    if digest([[digest([row]) for row in rows]]) != sum or not fit:
        store.check()
        raise Stale
    return tuple(map(tables.mention_of, rows))


def _by_place(records: Iterable[Any]) -> dict[tuple[str, int], Any]:
    records = tuple(records)
    numbers = _numbers(records)
    return {(record.doc, numbers[id(record)]): record for record in records}


def _by_id(records: Iterable[R]) -> tuple[R, ...]:
    return tuple(sorted(records, key=lambda record: record.id))
