"""Graph: documents, entities and facts, and the questions one asks of them.

"Sören Link unterzeichnete das Memorandum" in two articles is one fact with two claims: claims that agree in subject,
predicate, object, roles, polarity, modality, speaker and time are one fact, and its weight is the number of documents
behind it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from functools import cached_property
from itertools import permutations
from typing import Any, Self, TypeVar

from kg.checks import TEXT, instance, maybe, one_of, takes
from kg.errors import QueryError
from kg.graph.matching import fold, said_with, says
from kg.graph.periods import agreeing, common_period, span_of
from kg.modalities import combined, combined_risk
from kg.ontology import DEFAULT_BASE, Vocabulary
from kg.ontology.user_vocabulary import kept_vocabulary
from kg.records import (
    CONCEPTS,
    Argument,
    Claim,
    Document,
    Entity,
    Fact,
    FactRole,
    Judgement,
    Listed,
    Literal,
    Mention,
    Role,
    Run,
    claim_order,
)
from kg.system.characters import plain

T = TypeVar("T")

HELD = one_of(CONCEPTS, ' ("joining" is how much a drawing shows: pass it to what draws)')
"""What a graph may have of the things without a name."""


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
    claims: tuple[Claim, ...] = field(default_factory=tuple)
    base_iri: str = DEFAULT_BASE
    run: Run = field(default=Run(), compare=False)

    def __repr__(self) -> str:
        counts = f"documents={len(self.documents)}, entities={len(self.entities)}, facts={len(self.facts)}"
        return f"<{type(self).__name__} {counts}>"

    def __getstate__(self) -> dict[str, Any]:
        """What a copy or a pickle holds; what is worked out from it is worked out again, triples cannot be pickled."""
        return {part.name: getattr(self, part.name) for part in fields(self)}

    def derived(self, **parts: Any) -> Self:
        """The same graph with other parts, which have come from it and hold together as it does: none is checked."""
        made = object.__new__(type(self))
        made.__dict__.update(self.__getstate__() | parts)
        return made

    def once(self, make: Callable[..., T], *given: Hashable) -> T:
        """What `make` works out of this graph and what is given, done once: three formats ask for a layout."""
        made: dict[tuple[Hashable, ...], Any] = self.__dict__.setdefault("_made", {})
        key = (make, *given)
        if key not in made:
            made[key] = make(self, *given)
        result: T = made[key]
        return result

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The relations and classes of verbs, with their labels, that a user's own file added to ours."""
        return kept_vocabulary(self.run.relations)

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
        """Entity id → the facts it takes part in, whatever its role, or is named inside one who does."""
        ends: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            for end in sorted(frozenset[str]().union(*map(self._within, fact.ends))):
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
        """The facts an entity is part of: as subject, as object, in another role, or named inside one of these."""
        return self._facts_by_end.get(entity_id, ())

    @takes(subject=TEXT, predicate=maybe(TEXT), object=maybe(TEXT))
    def behind(self, subject: str, predicate: str | None = None, object: str | None = None) -> list[Fact]:
        """The facts behind an edge, see `KnowledgeGraph.why`."""
        start = self.entity(subject)
        facts = sorted(self.facts_of(start.id), key=lambda f: (f.subject != start.id, f.object != start.id))
        if predicate and object is None and not any(says(fact, predicate, self.vocabulary) for fact in facts):
            if self._names.get(fold(predicate)) or len(self._by_last_word(predicate)) == 1:
                predicate, object = None, predicate
            elif not said_with(facts, predicate, self.vocabulary):
                raise QueryError(f"{predicate}: {start.label} has no such predicate, and no entity is called so; "
                                 f"`kg show` lists the facts of {start.label}")  # fmt: skip
        if predicate:
            facts = said_with(facts, predicate, self.vocabulary)
        if object is not None:
            facts = self._reaching(facts, start, object)
        return facts

    def _reaching(self, facts: list[Fact], start: Entity, name: str) -> list[Fact]:
        """The facts that link `start` with the entity, or the text, called `name`; of several called so, with the first
        that is linked: the Reinecke whom somebody sued, whoever else is a Reinecke.
        """
        literal = [fact for fact in facts if fold(name) in map(fold, texts_of(fact))]
        try:
            called = self._names.get(fold(name)) or (self.entity(name),)
        except QueryError:
            if literal:
                return literal
            raise
        reaching = ([fact for fact in facts if self._joins(fact, start, target)] for target in called)
        return literal + next(filter(None, reaching), [])

    def _joins(self, fact: Fact, one: Entity, other: Entity) -> bool:
        """Whether two entities take part in a fact in two roles, or are named inside who does."""
        return any(one.id in self._within(a) and other.id in self._within(b) for a, b in permutations(fact.ends, 2))

    @takes(concepts=HELD)
    def with_concepts(self, concepts: str) -> Self:
        """The same graph with fewer of the things that have no name, such as "unkalkulierbare Risiken".

        "linked" keeps the facts in which a named entity takes part, or is named inside ("Komponenten von Huawei"),
        "none" what they say of named entities alone, see `among`, "all" every one. A text is no end: a fact that has
        nothing else beside its subject needs a named one unless it is "all".
        """
        if concepts == "all":
            return self
        if concepts == "none":
            named = {entity.id for entity in self.entities if entity.named}
            kept = tuple(found for fact in self.facts if (found := among(fact, named)))
        else:
            kept = tuple(fact for fact in self.facts if self._is_linked(fact))
        return self.derived(entities=_linked(self.entities, kept), facts=kept)

    def _is_linked(self, fact: Fact) -> bool:
        ends = (self.entities_by_id[end] for end in fact.ends)
        return any(end.named or end.parts for end in ends)


GRAPH = instance(Graph, "a graph of kg")


def texts_of(fact: Fact) -> list[str]:
    """What takes part in a fact and is no entity: "offen", "2018"."""
    return [text for text in (fact.literal, *(role.value for role in fact.roles)) if text]


def among(fact: Fact, kept: Collection[str]) -> Fact | None:
    """What a fact says of some entities; None where it says nothing of them alone.

    Of "Henrik Saller übergab Nele Prinz die Schlüssel" the keys are left out where they are not among them; but
    "Henrik Saller verlor die Schlüssel" would be no fact without the keys.
    """
    others = fact.ends[1:]
    if fact.subject not in kept or (others and not any(end in kept for end in others)):
        return None
    if all(end in kept for end in others):
        return fact
    roles = tuple(role for role in fact.roles if not role.entity or role.entity in kept)
    return replace(fact, object=fact.object if fact.object in kept else "", roles=roles)


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
    from kg.resolve import resolve  # and with it networkx, which a graph that is read or asked does not need

    texts = tuple(sorted(documents, key=lambda document: document.id))
    found = tuple(sorted(claims, key=claim_order))
    entities = resolve(texts, sorted(mentions), tuple(judgements), tuple(listed))
    facts = tuple(sorted(gather_facts(found, entities, texts), key=lambda fact: fact.id))
    return Graph(texts, _linked(entities, facts), facts, found, base_iri)


def gather_facts(claims: Iterable[Claim], entities: Iterable[Entity], documents: Iterable[Document]) -> Iterator[Fact]:
    """Yield one fact for all claims that say the same of the same entities, in times that agree.

    A claim stays out while its subject or its object refers to nothing known; what else is open is left out of the
    fact. One whose speaker is not known is hearsay: its modality becomes "reported" if it was asserted, so it never
    turns into the author's. "Link leitete Duisburg 2008" and "2018" are two facts, see `_by_time`.
    """
    by_place = {(m.doc, m.start, m.end): entity for entity in entities for m in entity.mentions}
    digests = {document.id: plain_digest(document) for document in documents}
    groups: dict[tuple[tuple[str, ...], tuple[FactRole, ...]], list[Claim]] = defaultdict(list)
    for claim in claims:
        key = _fact_key(claim, by_place)
        if key:
            groups[key, _fact_roles(claim, by_place)].append(claim)
    read: dict[tuple[str, ...], list[tuple[str, float, float]]] = defaultdict(list)
    for (key, _), same in groups.items():  # whatever stands beside it, each claim speaks for the triple, a reprint once
        read[key] += ((plain(claim.sentence.text), claim.confidence, claim.risk) for claim in same)
    for (key, roles), same in groups.items():
        subject, predicate, object, literal, polarity, modality, speaker = key
        for members in _by_time(same):
            since, until = common_period(claim.time for claim in members if claim.time and span_of(claim.time))
            yield Fact(
                id=fact_id(*key, since=since, until=until, roles=roles),
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
                roles=roles,
                confidence=combined((sentence, confidence) for sentence, confidence, _ in read[key]),
                risk=combined_risk(risk for _, _, risk in read[key]),
            )


def plain_digest(document: Document) -> str:
    """The digest of a text as it looks: two that differ only in how their characters are written are copies."""
    return Document(document.id, plain(document.text)).sha256


def _by_time(claims: Iterable[Claim]) -> Iterator[list[Claim]]:
    """Yield claims that say the same in groups whose times agree, each in the order it had; undated ones last.

    What a document says without a time belongs to the time that it names elsewhere, if it names one alone.
    """
    claims = list(claims)
    spans = [span_of(claim.time) for claim in claims]
    number_of = {span: number for number, group in enumerate(agreeing(filter(None, spans))) for span in group}
    named: dict[str, set[int]] = defaultdict(set)
    for claim, span in zip(claims, spans, strict=True):
        if span:
            named[claim.doc].add(number_of[span])
    found: dict[int, list[Claim]] = defaultdict(list)
    undated = len(number_of)
    for claim, span in zip(claims, spans, strict=True):
        known = {number_of[span]} if span else named[claim.doc]
        found[min(known) if len(known) == 1 else undated].append(claim)
    yield from (found[number] for number in sorted(found))


def _fact_key(claim: Claim, by_place: Mapping[tuple[str, int, int], Entity]) -> tuple[str, ...] | None:
    """What makes a claim this fact and no other, its roles and time apart; None for one that no fact can hold.

    An object that refers to nothing known is left out where a verb still says something with a role: "griff sie in
    Maiduguri an" tells where.
    """
    subject, object = _refers(claim.subject, claim.doc, by_place), None
    if isinstance(claim.object, Argument):
        object = _refers(claim.object, claim.doc, by_place)
        if object is subject or (object is None and not _says_enough(claim, by_place)):
            return None
    if subject is None:
        return None
    speaker = _refers(claim.speaker, claim.doc, by_place) if claim.speaker else None
    modality = "reported" if claim.speaker and not speaker and claim.modality == "asserted" else claim.modality
    literal = claim.object.value if isinstance(claim.object, Literal) else ""
    ends = (subject.id, claim.predicate.iri, object.id if object else "", literal)
    return (*ends, claim.polarity, modality, speaker.id if speaker else "")


def _says_enough(claim: Claim, by_place: Mapping[tuple[str, int, int], Entity]) -> bool:
    """Whether a verb, and no known relation, has a role that refers to something."""
    return claim.predicate.iri.startswith("kgp:") and any(role.entity for role in _fact_roles(claim, by_place))


def _fact_roles(claim: Claim, by_place: Mapping[tuple[str, int, int], Entity]) -> tuple[FactRole, ...]:
    """The roles of a claim as its fact has them; one that refers to nothing known ("ihm") is left out, unless it is a
    pronoun of the first or second person, which nothing in the text explains better: "hat uns den Sieg gerettet".
    """
    found = {_fact_role(role, claim.doc, by_place) for role in claim.roles}
    return tuple(sorted(role for role in found if role.entity or role.value))


# Datives and accusatives of the first and second person.
_SPOKEN = frozenset({"mir", "mich", "uns", "dir", "dich", "euch"})


def _fact_role(role: Role, doc: str, by_place: Mapping[tuple[str, int, int], Entity]) -> FactRole:
    if isinstance(role.argument, Literal):
        return FactRole(role.role, role.preposition, value=role.argument.value)
    entity, said = _refers(role.argument, doc, by_place), role.argument.text.lower()
    value = said if entity is None and said in _SPOKEN else ""
    return FactRole(role.role, role.preposition, entity.id if entity else "", value)


def _refers(argument: Argument, doc: str, by_place: Mapping[tuple[str, int, int], Entity]) -> Entity | None:
    return by_place.get((doc, argument.start, argument.end))


def fact_id(*key: str, since: str = "", until: str = "", roles: Iterable[FactRole] = ()) -> str:
    """Short and stable: a digest of what makes the fact this fact, so that it survives new documents.

    `key` is subject, predicate, object, literal, polarity, modality and speaker.
    """
    more = [part for role in roles for part in (role.role, role.preposition, role.entity, role.value)]
    parts = (*key, since, until, *more) if since or until or more else key
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _linked(entities: Iterable[Entity], facts: Iterable[Fact]) -> tuple[Entity, ...]:
    """Named entities, and of the concepts those that a fact touches; `parts` name only what is kept."""
    used = {end for fact in facts for end in (*fact.ends, fact.speaker)}
    kept = [entity for entity in entities if entity.named or entity.id in used]
    ids = {entity.id for entity in kept}
    return tuple(replace(entity, parts=tuple(part for part in entity.parts if part in ids)) for entity in kept)
