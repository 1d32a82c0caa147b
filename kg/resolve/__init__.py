"""Who is who: mentions become entities, and no mention is lost on the way.

"Sören Link", "Links" and "Link" in one text are one person; "Link" alone in another text stays its own until something
more than a surname says so. Entities are computed from the mentions and the judgements each time, never stored: take
a judgement back, and the former graph is there again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.extract.acronyms import abbreviates
from kg.records import TYPES, Document, Entity, Judgement, Mention
from kg.resolve.acronyms import Acronyms
from kg.resolve.clusters import Clusters
from kg.resolve.concepts import concept_key
from kg.resolve.ids import with_ids
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
    pairs = list(_acronym_pairs(named, texts))
    clusters = Clusters((m.id for m in found), judgements)
    for left, right in (*_surname_pairs(named), *pairs, *_across_documents(named, pairs)):
        clusters.merge(left.mention.id, right.mention.id)
    names = {n.mention.id: n.name for n in named}
    groups = clusters.groups([n.mention for n in named])
    entities = [_entity(group, names) for group in groups]
    concepts = list(_concepts([m for m in found if m.form == "nominal"]))
    return _with_parts(with_ids([*entities, *concepts]))


def _nominative(mentions: Sequence[Mention]) -> list[_Named]:
    """Every named mention with its genitive -s taken off where the bare name is known or the grammar is clear."""
    known = {m.name for m in mentions}
    known_persons = known | {m.name.split()[-1] for m in mentions if m.type == "Person"}
    return [
        _Named(m, without_genitive(m.name, known_persons if m.type == "Person" else known, m.case)) for m in mentions
    ]


def _full_names(named: Iterable[_Named]) -> dict[tuple[str, str], dict[str, _Named]]:
    """Document and surname → the full names it stands for there, each with its first mention."""
    full: dict[tuple[str, str], dict[str, _Named]] = defaultdict(dict)
    for n in named:
        if n.is_person and is_full_name(n.name):
            for surname in surnames(n.name):
                full[n.mention.doc, surname].setdefault(n.key, n)
    return full


def _surname_pairs(named: Sequence[_Named]) -> Iterator[tuple[_Named, _Named]]:
    """A surname goes to the one full name of its document that ends in it; between two it stays open."""
    full = _full_names(named)
    first: dict[tuple[str, str], _Named] = {}
    for n in named:
        place = n.mention.doc, person_key(n.name)
        if n.mention.type in ("Person", "Thing") and not is_full_name(n.name):
            if len(full.get(place, ())) == 1:
                yield next(iter(full[place].values())), n
            elif n.is_person:
                yield first.setdefault(place, n), n


def _acronym_pairs(named: Sequence[_Named], texts: Mapping[str, str]) -> Iterator[tuple[_Named, _Named]]:
    """Long form and acronym where one stands in brackets behind the other and has its letters.

    "Versorgungs- und Verkehrsgesellschaft (DVV)", "ZDF (Zweites Deutsches Fernsehen)", not "Düsseldorf (NRW)"
    """
    for left, right in pairwise(named):
        if left.mention.doc != right.mention.doc or left.is_person or right.is_person:
            continue
        text = texts.get(left.mention.doc, "")
        between = text[left.mention.end : right.mention.start].strip()
        after = text[right.mention.end : right.mention.end + 1]
        if between == "(" and after == ")":
            for long, short in ((left, right), (right, left)):
                if is_acronym(short.name) and long.key != short.key and abbreviates(short.name, long.name):
                    yield long, short
                    break


def _across_documents(
    named: Sequence[_Named], pairs: Sequence[tuple[_Named, _Named]]
) -> Iterator[tuple[_Named, _Named]]:
    """Mentions with the same name, in whatever document; of persons only full names, of acronyms those of one sense.

    A city that acts is tagged now as a place and now as an organisation: types other than Person do not part a name.
    """
    acronyms = Acronyms((long.mention.doc, short.name, long.name) for long, short in pairs)
    settled = {short.mention.id: acronyms.of(short.name, long.name) for long, short in pairs}
    full = _full_names(named)
    mistaken = _no_persons(named, full)
    first: dict[tuple[str, ...], _Named] = {}
    for n in named:
        doc, name = n.mention.doc, name_key(n.name)
        if n.is_person and n.mention.id not in mistaken:
            if is_full_name(n.name):
                yield first.setdefault(("person", n.key), n), n
        elif n.mention.type != "Thing" or (doc, person_key(n.name)) not in full:
            sense = settled.get(n.mention.id) or acronyms.sense(doc, n.name)
            yield first.setdefault(("name", name, sense), n), n


def _no_persons(named: Sequence[_Named], full: Container[tuple[str, str]]) -> set[str]:
    """Ids of one-word "persons" that are more often the name of something else: "Essen" is the city.

    A surname whose full name or title stands in its own document is a person there, whatever it is elsewhere.
    """
    titled = {(n.mention.doc, n.key) for n in named if n.is_person and describes(n.mention)}
    bare = [
        n
        for n in named
        if n.is_person
        and " " not in n.name
        and (n.mention.doc, n.key) not in full
        and (n.mention.doc, n.key) not in titled
    ]
    persons = Counter(name_key(n.name) for n in bare)
    others = Counter(name_key(n.name) for n in named if n.mention.type not in ("Person", "Thing"))
    return {n.mention.id for n in bare if others[name_key(n.name)] > persons[name_key(n.name)]}


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
