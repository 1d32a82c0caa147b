"""Graph: documents, entities and facts, and the questions one asks of them.

"Sören Link unterzeichnete das Memorandum" in two articles is one fact with two claims: claims that agree in subject,
predicate, object, polarity, modality and speaker are one edge, and its weight is the number of documents behind it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from functools import cached_property
from typing import Any, Self, TypeVar

from kg.checks import TEXT, maybe, one_of, takes
from kg.errors import QueryError
from kg.graph.matching import fold, said_with, says
from kg.graph.periods import common_period
from kg.ontology import DEFAULT_BASE
from kg.records import (
    CONCEPTS,
    Argument,
    Claim,
    Document,
    Entity,
    Fact,
    Judgement,
    Listed,
    Literal,
    Mention,
    Run,
)
from kg.resolve import resolve
from kg.system.characters import plain

T = TypeVar("T")


@dataclass(frozen=True, repr=False)
class Graph:
    """Documents and what they say. It never changes; users hold it as `kg.KnowledgeGraph`.

    `documents`, `entities` and `facts` are sorted by id; `claims` holds all that was extracted, also what became no
    fact because one end is still open ("er", "das Unternehmen"). `run` tells how it was made; graphs that say the same
    are equal whatever made them.
    """

    documents: tuple[Document, ...]
    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]
    claims: tuple[Claim, ...] = ()
    base_iri: str = DEFAULT_BASE
    run: Run = field(default=Run(), compare=False)

    def __repr__(self) -> str:
        counts = f"documents={len(self.documents)}, entities={len(self.entities)}, facts={len(self.facts)}"
        return f"<{type(self).__name__} {counts}>"

    def __getstate__(self) -> dict[str, Any]:
        """What a copy or a pickle holds; what is worked out from it is worked out again, triples cannot be pickled."""
        return {part.name: getattr(self, part.name) for part in fields(self)}

    def once(self, make: Callable[[Graph], T]) -> T:
        """What `make` works out of this graph, which is done once: a layout is asked for by three formats."""
        made: dict[Callable[[Graph], Any], Any] = self.__dict__.setdefault("_made", {})
        if make not in made:
            made[make] = make(self)
        result: T = made[make]
        return result

    @cached_property
    def documents_by_id(self) -> Mapping[str, Document]:
        return {document.id: document for document in self.documents}

    @cached_property
    def entities_by_id(self) -> Mapping[str, Entity]:
        return {entity.id: entity for entity in self.entities}

    @cached_property
    def _names(self) -> Mapping[str, tuple[Entity, ...]]:
        """Casefolded id, label or alias → the entities called so, labels before aliases, then by mentions."""
        found: dict[str, dict[str, tuple[int, int, Entity]]] = defaultdict(dict)
        for entity in self.entities:
            for rank, names in enumerate(((entity.id,), (entity.label,), entity.aliases)):
                for name in names:
                    found[fold(name)].setdefault(entity.id, (rank, -len(entity.mentions), entity))
        return {
            name: tuple(hit[2] for hit in sorted(hits.values(), key=lambda hit: (hit[0], hit[1], hit[2].id)))
            for name, hits in found.items()
        }

    @cached_property
    def _facts_by_end(self) -> Mapping[str, tuple[Fact, ...]]:
        """Entity id → the facts it is subject or object of, or is named inside one of these ends."""
        ends: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            for end in sorted(self._within(fact.subject) | self._within(fact.object)):
                ends[end].append(fact)
        return {end: tuple(facts) for end, facts in ends.items()}

    def _within(self, entity_id: str) -> frozenset[str]:
        """An entity and those named inside its phrase: "Komponenten von Huawei" and Huawei."""
        entity = self.entities_by_id.get(entity_id)
        return frozenset((entity.id, *entity.parts)) if entity else frozenset()

    @takes(name=TEXT)
    def entity(self, name: str) -> Entity:
        """The entity with that id, label or alias, whatever its case; of several, the most mentioned one.

        A last word is enough where only one entity has it ("Link" → Sören Link). Raises QueryError with names
        that are close.
        """
        hits = self._names.get(fold(name))
        if hits:
            return hits[0]
        last = self._by_last_word(name)
        if len(last) > 1:
            called = ", ".join(sorted(entity.label for entity in last))
            raise QueryError(f"{name}: several are called so: {called}; name one in full")
        if not last:
            from kg.language.fulltext import matches

            labels = sorted({entity.label for entity in self.entities})
            near = [label for label in labels if matches(label, name)][:3]
            near = near or get_close_matches(plain(name), labels, n=3, cutoff=0.6)
            hint = f"did you mean {' or '.join(near)}?" if near else "no name here is like it; check the spelling"
            raise QueryError(f"{name}: no entity of that name; {hint}")
        return last[0]

    @takes(name=TEXT)
    def others_called(self, name: str) -> tuple[Entity, ...]:
        """Whom `entity` passes over for a name: others that have it too, and persons with it for a surname."""
        hits = self._names.get(fold(name), ())
        surnamed = (entity for entity in self._by_last_word(name) if entity.type == "Person" and entity not in hits)
        return (*hits[1:], *surnamed) if hits else ()

    def _by_last_word(self, name: str) -> tuple[Entity, ...]:
        return tuple(e for e in self.entities if e.named and fold(e.label).split()[-1:] == [fold(name)])

    @takes(entity_id=TEXT)
    def facts_of(self, entity_id: str) -> tuple[Fact, ...]:
        """The facts an entity is part of: as subject, as object, or named inside one of them."""
        return self._facts_by_end.get(entity_id, ())

    @takes(subject=TEXT, predicate=maybe(TEXT), object=maybe(TEXT))
    def behind(self, subject: str, predicate: str | None = None, object: str | None = None) -> list[Fact]:
        """The facts behind an edge, see `KnowledgeGraph.why`."""
        start = self.entity(subject)
        facts = sorted(self.facts_of(start.id), key=lambda f: (f.subject != start.id, f.object != start.id))
        if predicate and object is None and not any(says(fact, predicate) for fact in facts):
            if self._names.get(fold(predicate)) or len(self._by_last_word(predicate)) == 1:
                predicate, object = None, predicate
            elif not said_with(facts, predicate):
                raise QueryError(f"{predicate}: {start.label} has no such predicate, and no entity is called so; "
                                 f"`kg show` lists the facts of {start.label}")  # fmt: skip
        if predicate:
            facts = said_with(facts, predicate)
        if object is not None:
            facts = self._reaching(facts, start, object)
        return facts

    def _reaching(self, facts: list[Fact], start: Entity, name: str) -> list[Fact]:
        """The facts that link `start` with the entity, or the literal, called `name`."""
        literal = [fact for fact in facts if fact.literal and fold(fact.literal) == fold(name)]
        try:
            target = self.entity(name)
        except QueryError:
            if literal:
                return literal
            raise
        return literal + [
            fact
            for fact in facts
            if any(
                start.id in self._within(one) and target.id in self._within(other)
                for one, other in ((fact.subject, fact.object), (fact.object, fact.subject))
            )
        ]

    @takes(concepts=one_of(CONCEPTS))
    def with_concepts(self, concepts: str) -> Self:
        """The same graph with fewer of the things that have no name, such as "unkalkulierbare Risiken".

        "linked" keeps the facts that have a named entity at one end, or inside it ("Komponenten von Huawei"), "none"
        those between named entities alone, "all" every one. A literal is no end: a fact with one needs a named
        subject unless it is "all".
        """
        if concepts == "all":
            return self
        kept = tuple(fact for fact in self.facts if self._is_kept(fact, concepts))
        return replace(self, entities=_linked(self.entities, kept), facts=kept)

    def _is_kept(self, fact: Fact, concepts: str) -> bool:
        ends = [self.entities_by_id[end] for end in (fact.subject, fact.object) if end]
        if concepts == "none":
            return all(end.named for end in ends)
        return any(end.named or end.parts for end in ends)


def build_graph(
    documents: Iterable[Document],
    mentions: Iterable[Mention],
    claims: Iterable[Claim],
    judgements: Iterable[Judgement] = (),
    base_iri: str = DEFAULT_BASE,
    listed: Iterable[Listed] = (),
) -> Graph:
    """Resolve mentions to entities and gather claims into facts; a pure function, whatever the order of its input.

    It has all concepts; `Graph.with_concepts` leaves out those that no name leads to.
    """
    texts = tuple(sorted(documents, key=lambda document: document.id))
    found = tuple(sorted(claims, key=claim_key))
    entities = resolve(texts, sorted(mentions), tuple(judgements), tuple(listed))
    facts = tuple(sorted(gather(found, entities, texts), key=lambda fact: fact.id))
    return Graph(texts, _linked(entities, facts), facts, found, base_iri)


def gather(claims: Iterable[Claim], entities: Iterable[Entity], documents: Iterable[Document]) -> Iterable[Fact]:
    """Yield one fact for all claims that say the same of the same entities.

    A claim stays out while one of its ends refers to nothing known. One whose speaker
    is not known is hearsay: its modality becomes "reported" if it was asserted, so it never turns into the author's.
    The fact has a time where those that its claims name agree or nest; else only the claims have theirs.
    """
    by_place = {(m.doc, m.start, m.end): entity for entity in entities for m in entity.mentions}
    digests = {document.id: Document(document.id, plain(document.text)).sha256 for document in documents}
    groups: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        key = _fact_key(claim, by_place)
        if key:
            groups[key].append(claim)
    for (subject, predicate, object, literal, polarity, modality, speaker), members in groups.items():
        since, until = common_period(claim.time for claim in members if claim.time)
        yield Fact(
            id=fact_id(subject, predicate, object, literal, polarity, modality, speaker),
            subject=subject,
            predicate=predicate,
            lemma=members[0].predicate.lemma,
            object=object,
            literal=literal,
            polarity=polarity,
            modality=modality,
            speaker=speaker,
            since=since,
            until=until,
            weight=len({digests[claim.doc] for claim in members}),
            claims=tuple(members),
        )


def _fact_key(claim: Claim, by_place: Mapping[tuple[str, int, int], Entity]) -> tuple[str, ...] | None:
    subject = _refers(claim.subject, claim.doc, by_place)
    object = None if isinstance(claim.object, Literal) else _refers(claim.object, claim.doc, by_place)
    if subject is None or (object is None and not isinstance(claim.object, Literal)) or subject is object:
        return None
    speaker = _refers(claim.speaker, claim.doc, by_place) if claim.speaker else None
    modality = "reported" if claim.speaker and not speaker and claim.modality == "asserted" else claim.modality
    literal = claim.object.value if isinstance(claim.object, Literal) else ""
    ends = (subject.id, claim.predicate.iri, object.id if object else "", literal)
    return (*ends, claim.polarity, modality, speaker.id if speaker else "")


def _refers(argument: Argument, doc: str, by_place: Mapping[tuple[str, int, int], Entity]) -> Entity | None:
    return by_place.get((doc, argument.start, argument.end))


def fact_id(*key: str) -> str:
    """Short and stable: a digest of what makes the fact this fact, so that it survives new documents."""
    return hashlib.sha256("\0".join(key).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _linked(entities: Iterable[Entity], facts: Iterable[Fact]) -> tuple[Entity, ...]:
    """Named entities, and of the concepts those that a fact touches; `parts` name only what is kept."""
    used = {end for fact in facts for end in (fact.subject, fact.object, fact.speaker)}
    kept = [entity for entity in entities if entity.named or entity.id in used]
    ids = {entity.id for entity in kept}
    return tuple(replace(entity, parts=tuple(part for part in entity.parts if part in ids)) for entity in kept)


def claim_key(claim: Claim) -> tuple[object, ...]:
    """The order of claims: by their places in the texts; of what stands at one place, by what it says."""
    places = (claim.sentence.start, claim.predicate.spans, claim.subject.start, claim.object.start, claim.object.end)
    said = (claim.predicate.lemma, claim.predicate.iri, claim.polarity, claim.modality)
    ends = (claim.subject.end, claim.sentence.end, claim.speaker.start if claim.speaker else -1)
    return (claim.doc, *places, *said, *ends)
