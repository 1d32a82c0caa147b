"""Who is who: mentions become entities, and no mention is lost on the way.

"Sören Link", "Links" and "Link" in one text are one person; "Link" alone in another text stays its own until something
more than a surname says so. Entities are computed from the mentions and the judgements each time, never stored: take
a judgement back, and the former graph is there again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.ontology import slug
from kg.records import TYPES, Document, Entity, Judgement, Mention
from kg.resolve.clusters import Clusters
from kg.resolve.concepts import concept_key
from kg.resolve.names import (
    describes,
    is_acronym,
    is_full_name,
    name_key,
    person_key,
    surnames,
    without_genitive,
)


@dataclass(frozen=True, slots=True)
class _Named:
    """A named mention with its name in the nominative."""

    mention: Mention
    name: str

    @property
    def is_person(self) -> bool:
        return self.mention.type == "Person"

    @property
    def key(self) -> str:
        return person_key(self.name) if self.is_person else name_key(self.name)


def resolve(
    documents: Iterable[Document], mentions: Iterable[Mention], judgements: Sequence[Judgement] = ()
) -> tuple[Entity, ...]:
    """The entities that the mentions refer to, sorted by id; a pure function of its arguments.

    Pronouns stay open for now: they are in no entity.
    """
    found = sorted(mentions)
    texts = {document.id: document.text for document in documents}
    named = _nominative([m for m in found if m.form in ("named", "part")])
    clusters = Clusters((m.id for m in found), judgements)
    for left, right in (*_in_document(named, texts), *_across_documents(named)):
        clusters.merge(left.mention.id, right.mention.id)
    names = {n.mention.id: n.name for n in named}
    groups = clusters.groups([n.mention for n in named])
    entities = [_entity(group, names) for group in groups]
    concepts = list(_concepts([m for m in found if m.form == "nominal"]))
    return _with_parts(_with_ids([*entities, *concepts]))


def _nominative(mentions: Sequence[Mention]) -> list[_Named]:
    """Every named mention with its genitive -s taken off where the bare name is known or the grammar is clear."""
    known = {m.name for m in mentions}
    surnames_known = {m.name.split()[-1] for m in mentions if m.type == "Person"}
    return [
        _Named(m, without_genitive(m.name, known | surnames_known if m.type == "Person" else known, m.case))
        for m in mentions
    ]


def _in_document(named: Sequence[_Named], texts: Mapping[str, str]) -> Iterator[tuple[_Named, _Named]]:
    """Pairs of mentions of one document that are the same: surname and full name, long form and acronym."""
    by_document: dict[str, list[_Named]] = defaultdict(list)
    for n in named:
        by_document[n.mention.doc].append(n)
    for doc, members in by_document.items():
        yield from _surname_pairs(members)
        yield from _acronym_pairs(members, texts.get(doc, ""))


def _surname_pairs(members: Sequence[_Named]) -> Iterator[tuple[_Named, _Named]]:
    """A surname goes to the one full name of its document that ends in it; between two it stays open."""
    full: dict[str, dict[str, _Named]] = defaultdict(dict)
    first: dict[str, _Named] = {}
    for n in members:
        if n.is_person and is_full_name(n.name):
            for surname in surnames(n.name):
                full[surname].setdefault(n.key, n)
    for n in members:
        key = person_key(n.name)
        if n.mention.type in ("Person", "Thing") and not is_full_name(n.name):
            if len(full.get(key, ())) == 1:
                yield next(iter(full[key].values())), n
            elif n.is_person:
                yield first.setdefault(key, n), n


def _acronym_pairs(members: Sequence[_Named], text: str) -> Iterator[tuple[_Named, _Named]]:
    """ "Versorgungs- und Verkehrsgesellschaft (DVV)": a name and the acronym in brackets right after it."""
    ordered = sorted(members, key=lambda n: n.mention.start)
    for left, right in pairwise(ordered):
        between = text[left.mention.end : right.mention.start].strip()
        after = text[right.mention.end : right.mention.end + 1]
        if between == "(" and after == ")" and is_acronym(right.name) and not left.is_person:
            yield left, right


def _across_documents(named: Sequence[_Named]) -> Iterator[tuple[_Named, _Named]]:
    """Mentions with the same name, in whatever document; of persons only full names.

    A city that acts is tagged now as a place and now as an organisation: types other than Person do not part a name.
    A name of one word that is mostly no person's is taken for that name where it is tagged as a person, too.
    """
    votes: dict[str, Counter[bool]] = defaultdict(Counter)
    for n in named:
        votes[name_key(n.name)][n.is_person] += 3 if describes(n.mention) else 1
    first: dict[tuple[bool, str], _Named] = {}
    for n in named:
        if n.is_person and is_full_name(n.name):
            yield first.setdefault((True, n.key), n), n
        elif not n.is_person or votes[name_key(n.name)][False] >= votes[name_key(n.name)][True]:
            yield first.setdefault((False, name_key(n.name)), n), n


def _entity(group: Sequence[Mention], names: Mapping[str, str]) -> Entity:
    """One entity, still without id: type by vote, the best name as label, the others as aliases."""
    type_ = _type(group)
    counts = Counter(names[m.id] for m in group)
    if type_ == "Person":
        label = min(counts, key=lambda name: (not is_full_name(name), -counts[name], -len(name), name))
    else:
        label = min(counts, key=lambda name: (-counts[name], -len(name), name))
    descriptions = Counter(m.description for m in group if m.description)
    description = min(descriptions, key=lambda d: (-descriptions[d], -len(d), d), default="")
    aliases = tuple(sorted(set(counts) - {label}))
    return Entity("", type_, label, aliases, description, mentions=tuple(group))


def _type(group: Sequence[Mention]) -> str:
    """The type most mentions have; one told by a noun beside the name ("die Plattform X") counts as three."""
    votes: Counter[str] = Counter()
    for mention in group:
        votes[mention.type] += 3 if describes(mention) else 1
    return min(votes, key=lambda type_: (type_ == "Thing", -votes[type_], TYPES.index(type_)))


def _concepts(mentions: Sequence[Mention]) -> Iterator[Entity]:
    """Roles and concepts: phrases that are no names, one entity for each wording."""
    groups: dict[tuple[str, ...], list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[concept_key(mention)].append(mention)
    for group in groups.values():
        counts = Counter(m.name for m in group)
        label = min(counts, key=lambda name: (-counts[name], name))
        type_ = "Role" if group[0].type == "Role" else "Concept"
        yield Entity("", type_, label, tuple(sorted(set(counts) - {label})), named=False, mentions=tuple(group))


def _with_ids(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Readable ids from the labels; of several with one label, the most mentioned named one gets the plain id."""
    ranked = sorted(entities, key=lambda e: (not e.named, -len(e.mentions), TYPES.index(e.type), e.mentions[0]))
    taken: Counter[str] = Counter()
    done = []
    for entity in ranked:
        base = slug(entity.label)
        taken[base] += 1
        while taken[base] > 1 and f"{base}_{taken[base]}" in taken:
            taken[base] += 1
        id_ = base if taken[base] == 1 else f"{base}_{taken[base]}"
        taken[id_] = max(taken[id_], 1)
        done.append(replace(entity, id=id_))
    return tuple(sorted(done, key=lambda entity: entity.id))


def _with_parts(entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """Concepts with the entities named inside their phrases: "Komponenten von Huawei" has Huawei."""
    places: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for entity in entities:
        if entity.named:
            for m in entity.mentions:
                places[m.doc].append((m.start, m.end, entity.id))
    for spans in places.values():
        spans.sort()
    return tuple(e if e.named else replace(e, parts=tuple(sorted(_inside(e, places)))) for e in entities)


def _inside(entity: Entity, places: Mapping[str, list[tuple[int, int, str]]]) -> set[str]:
    found = set()
    for mention in entity.mentions:
        spans = places.get(mention.doc, [])
        for start, end, id_ in spans[bisect_left(spans, (mention.start,)) :]:
            if start >= mention.end:
                break
            if end <= mention.end:
                found.add(id_)
    return found
