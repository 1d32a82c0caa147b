"""Who is who: mentions become entities, and no mention is lost on the way.

"Sören Link", "Links" and "Link" in one text are one person; "Link" alone in another text stays its own until something
more than a surname says so. Entities are computed from the mentions and the judgements each time, never stored: take
a judgement back, and the former graph is there again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from kg.records import TYPES, Document, Entity, Judgement, Listed, Mention
from kg.resolve.clusters import Clusters
from kg.resolve.concepts import concept_key
from kg.resolve.ids import entities_with_ids
from kg.resolve.kinds import kind_of
from kg.resolve.names.lists import GEONAMES, Gazetteer, is_otherwise, judge_listed, may_be, well_known
from kg.resolve.names.named import Named, with_nominatives
from kg.resolve.names.names import FORMS_OF_NAMES, describes, is_full_name, is_worse_spelt, strong
from kg.resolve.names.people import full_names, judge_people, no_persons
from kg.resolve.names.renamed import RENAMED, judge_renamed, other_names
from kg.resolve.reference.anchors import in_force
from kg.resolve.reference.reference import find_references
from kg.resolve.reference.things import judge_things


def resolve(
    documents: Iterable[Document],
    mentions: Iterable[Mention],
    judgements: Sequence[Judgement] = (),
    listed: Iterable[Listed] = (),
) -> tuple[Entity, ...]:
    """The entities that the mentions refer to, sorted by id; a pure function of its arguments.

    `listed` are the entries of gazetteers: names they have in common are one, and their external ids come along.

    Pronouns and nouns whose meaning stays open are in no named entity.
    """
    found = sorted(mentions)
    named = with_nominatives(found)
    gazetteer = Gazetteer(listed)
    clusters, verdicts = _judge(documents, found, named, judgements, gazetteer)
    names = {n.mention.id: n.name for n in named}
    groups = [group for group in clusters.groups(found) if any(m.id in names for m in group)]
    others = {verdict.right for verdict in verdicts if verdict.by == RENAMED}
    entities = [_entity(group, names, gazetteer, others) for group in groups]
    referring = {m.id for group in groups for m in group}
    concepts = list(_concepts([m for m in found if m.form == "nominal" and m.id not in referring]))
    return _with_parts(entities_with_ids([*entities, *concepts]))


def judge(
    documents: Iterable[Document],
    mentions: Iterable[Mention],
    judgements: Sequence[Judgement] = (),
    listed: Iterable[Listed] = (),
) -> tuple[Judgement, ...]:
    """What the rules say of the mentions, with their reasons: what made them one, and what they leave undecided.

    A verdict "same" of a rule is among them only where it counts, and "unsure" only while the two are not one.
    """
    found = sorted(mentions)
    clusters, verdicts = _judge(documents, found, with_nominatives(found), judgements, Gazetteer(listed))
    return tuple(j for j in verdicts if (j.verdict == "same") == (clusters.find(j.left) == clusters.find(j.right)))


def _judge(
    documents: Iterable[Document],
    found: Sequence[Mention],
    named: Sequence[Named],
    judgements: Sequence[Judgement],
    gazetteer: Gazetteer,
) -> tuple[Clusters, list[Judgement]]:
    """Groups of mentions and all verdicts of the rules: first names (lists, persons, things), then what refers to them.

    What a person judged goes before; names that are no persons' ("Essen") are left to the rules of things.
    """
    texts = {document.id: document.text for document in documents}
    renamed = list(judge_renamed(named, texts))
    others = {verdict.right for verdict in renamed}
    full = full_names([n for n in named if n.mention.id not in others])
    mistaken = no_persons(named, full)
    people = [n for n in named if n.mention.id not in mistaken]
    clusters = Clusters((m.id for m in found), in_force(judgements, {m.id: m.name for m in found}))
    verdicts = [
        *renamed,
        *judge_listed(named, gazetteer),
        *judge_people(people, full),
        *judge_things(named, texts, full, mistaken),
    ]
    for verdict in verdicts:
        if verdict.verdict == "same":
            clusters.merge(verdict.left, verdict.right)
    for reference in _references(found, clusters, {n.mention.id: n.name for n in named}, texts):
        clusters.merge(reference.left, reference.right)
        verdicts.append(reference)
    return clusters, verdicts


def _references(
    mentions: Sequence[Mention], clusters: Clusters, names: Mapping[str, str], texts: Mapping[str, str]
) -> Iterator[Judgement]:
    """Anaphora: the antecedents of pronouns and nouns, document by document: "er" → Sören Link."""
    for doc, group in groupby(mentions, key=lambda m: m.doc):
        own = list(group)
        yield from find_references(
            own, {m.id: clusters.find(m.id) for m in own if m.form in FORMS_OF_NAMES}, names, texts.get(doc, "")
        )


def _entity(
    group: Sequence[Mention], names: Mapping[str, str], gazetteer: Gazetteer, others: Collection[str]
) -> Entity:
    """One entity, still without id: type by vote, the best name as label, the others as aliases.

    `others` are the ids of mentions by another name than the one in use ("vormals Falk AG"), which is no label.
    What a list says of it goes before the vote, a person's own list before what is known everywhere, unless the texts
    speak against that: the "Bayern" that play football are no landscape.
    """
    type_ = _type(group)
    counts = Counter(names[m.id] for m in group if m.id in names)
    former = {names[m.id] for m in group if m.id in others}
    used = {name: n for name, n in counts.items() if name not in former} or counts
    own, known = _entry(group, names, gazetteer), _entry(group, names, well_known())
    if known is not None and (not may_be(known, type_) or is_otherwise(known, counts)):
        known = None  # "Bayern" that plays football, "CDU" for Curling-Damen Union
    same_as = own.same_as if own is not None else ()
    entry = known if own is None or own.id.startswith(GEONAMES) else own
    if entry is not None:
        label, type_ = entry.label, type_ if entry.type == "Thing" else entry.type
    elif type_ == "Person":
        worse = {name for name in used if is_worse_spelt(name, used)}
        label = min(
            used,
            key=lambda name: (not is_full_name(name), name in worse, name.isupper(), -counts[name], -len(name), name),
        )
    else:
        worse = {name for name in used if is_worse_spelt(name, used)}
        best = min(used, key=lambda name: (name in worse, -counts[name], -len(name), name))
        label = strong(best, _gender(group, names))
    descriptions = Counter(m.description for m in group if m.description and m.id in names)
    description = min(descriptions, key=lambda d: (-descriptions[d], -len(d), d), default="")
    listed = (e.kind for e in (entry, known, own) if e is not None and e.kind and e.type == type_)
    kind = next(listed, "") or kind_of(type_, group, names)
    nicknames = {other for m in group for other in other_names(m)}
    aliases = tuple(sorted((set(counts) | nicknames) - {label}))
    return Entity("", type_, label, aliases, description, same_as, mentions=tuple(group), kind=kind)


def _entry(group: Sequence[Mention], names: Mapping[str, str], gazetteer: Gazetteer) -> Listed | None:
    """The one entry of a list that an entity's names mean, None for none or several."""
    entries = {e.id: e for m in group if m.id in names and (e := gazetteer.find(names[m.id], m))}
    return next(iter(entries.values())) if len(entries) == 1 else None


def _gender(group: Sequence[Mention], names: Mapping[str, str]) -> str:
    """The gender that most of an entity's names have, "Plur" where most are plural, "" where none is known."""
    counts = Counter("Plur" if m.number == "Plur" else m.gender for m in group if m.id in names)
    del counts[""]
    return min(counts, key=lambda gender: (-counts[gender], gender), default="")


def _type(group: Sequence[Mention]) -> str:
    """The type most mentions have; one told by a noun beside the name ("die Plattform X") counts as three."""
    votes: Counter[str] = Counter()
    for mention in group:
        if mention.form in FORMS_OF_NAMES:
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
    """The ids of the entities that are named inside the phrases of a concept."""
    found = set()
    for mention in entity.mentions:
        spans = places.get(mention.doc, [])
        for start, end, id_ in spans[bisect_left(spans, (mention.start,)) :]:
            if start >= mention.end:
                break
            if end <= mention.end:
                found.add(id_)
    return found
