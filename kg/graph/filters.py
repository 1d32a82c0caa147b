"""Smaller graphs out of large ones: what two documents say, what is planned, who is two steps from Huawei.

Each function returns a new graph and leaves the old one as it was. A fact that stays keeps all its claims, and takes
its ends and its speaker along; what only others speak of goes, and so do documents that nothing is left of.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from kg.errors import QueryError
from kg.graph.graph import Graph, among
from kg.graph.matching import said_with
from kg.graph.periods import ISO_DATE, fact_period, first_day, last_day
from kg.records import MODALITIES, POLARITIES, TYPES, Entity, Fact

G = TypeVar("G", bound=Graph)


def filtered(
    graph: G,
    *,
    min_weight: int = 1,
    min_confidence: float = 0.0,
    types: Collection[str] = (),
    modality: Collection[str] = (),
    polarity: str = "",
    speaker: str = "",
    predicate: str = "",
    since: str = "",
    until: str = "",
) -> G:
    """What passes all of these; what is left at its default lets everything pass.

    Raises QueryError for what is no type, modality, polarity or date, and for a speaker that the graph does not hold.
    """
    if speaker:
        graph = said_by(graph, speaker)
    if polarity:
        graph = of_polarity(graph, polarity)
    if predicate:
        graph = of_predicate(graph, predicate)
    if types:
        graph = of_types(graph, types)
    if modality:
        graph = of_modality(graph, modality)
    if since or until:
        graph = between(graph, since, until)
    if min_confidence:
        graph = as_sure(graph, min_confidence)
    return weighing(graph, min_weight) if min_weight > 1 else graph


def weighing(graph: G, least: int) -> G:
    """The facts that at least so many documents state."""
    return _with_facts(graph, lambda fact: fact.weight >= least)


def as_sure(graph: G, least: float) -> G:
    """The facts that are read at least so surely, from 0 to 1."""
    return _with_facts(graph, lambda fact: fact.confidence >= least)


def of_modality(graph: G, modalities: Collection[str]) -> G:
    """The facts of some modalities ("planned", "reported", …). Raises QueryError for an unknown one."""
    _check(modalities, MODALITIES, "modality")
    return _with_facts(graph, lambda fact: fact.modality in modalities)


def of_polarity(graph: G, polarity: str) -> G:
    """The facts that are affirmed ("positive") or denied ("negative"). Raises QueryError for another word."""
    _check([polarity], POLARITIES, "polarity")
    return _with_facts(graph, lambda fact: fact.polarity == polarity)


def said_by(graph: G, speaker: str) -> G:
    """The facts that somebody is quoted with ("Jan Weidenfeld"). Raises QueryError as `KnowledgeGraph.entity` does."""
    wanted = graph.entity(speaker).id
    return _with_facts(graph, lambda fact: fact.speaker == wanted)


def of_predicate(graph: G, predicate: str) -> G:
    """The facts that say something ("unterzeichnen", "kg:signed"), named as for `KnowledgeGraph.why`."""
    kept = {fact.id for fact in said_with(graph.facts, predicate, graph.vocabulary)}
    return _with_facts(graph, lambda fact: fact.id in kept)


def of_types(graph: G, types: Collection[str]) -> G:
    """The entities of some types ("Person", …), linked or not, and what the facts say of them, with their speakers.

    Of "Henrik Saller übergab Nele Prinz die Schlüssel" persons keep who gave to whom, see `kg.graph.graph.among`; a
    fact with nothing but texts beside its subject stays with that. Raises QueryError for an unknown type.
    """
    _check(types, TYPES, "type")
    kept = {entity.id for entity in graph.entities if entity.type in types}
    return _reduced(graph, _among(graph, kept), kept)


def between(graph: G, since: str = "", until: str = "") -> G:
    """The facts that hold, at least in part, within a time; ISO dates ("2018", "2018-01"), "" where it is open.

    A fact that names no time has that of its documents, and one without any date is left out. Raises QueryError for
    what is no date.
    """
    is_within = within(since, until)
    return _with_facts(graph, lambda fact: is_within(fact_period(fact, graph.documents_by_id)))


def within(since: str, until: str) -> Callable[[tuple[date, date] | None], bool]:
    """What tells of a period, by its first and last day, whether one of its days lies between two dates, "" for open.

    None, of what has no date, lies nowhere. Raises QueryError for what is no date, or none that could be.
    """
    first, last = check_dates(since, until)
    return lambda period: period is not None and period[0] <= last and first <= period[1]


def check_dates(since: str, until: str) -> tuple[date, date]:
    """The first and the last day of a time; raises QueryError for what is no date, or none that could be."""
    first = _date(since, first_day) if since else date.min
    last = _date(until, last_day) if until else date.max
    if first > last:
        raise QueryError(f"{since} to {until}: ends before it begins; swap the two dates")
    return first, last


def around(graph: G, name: str, hops: int = 1) -> G:
    """An entity, what it is linked with in so many steps, and all facts among these; a step leads from who says
    something to what it is about, not back.

    A phrase is one with the entities that it names ("Komponenten von Huawei" with Huawei): going from one to the other
    is no step. Raises QueryError for a name that the graph does not hold, as `KnowledgeGraph.entity` does.
    """
    phrases = _phrases(graph.entities)
    reached = _with_phrases({graph.entity(name).id}, phrases)
    said: dict[str, list[Fact]] = {}
    for fact in graph.facts:
        said.setdefault(fact.speaker, []).append(fact)
    frontier = reached
    for _ in range(hops):
        told = (fact for id in frontier for fact in (*graph.facts_of(id), *said.get(id, ())))
        linked = {end for fact in told for end in fact.ends}
        frontier = _with_phrases(linked, phrases) - reached
        if not frontier:
            break
        reached = reached | frontier
    named = {id for id in reached if graph.entities_by_id[id].named}
    return _reduced(graph, _among(graph, reached), named | {graph.entity(name).id})


def _among(graph: Graph, kept: Collection[str]) -> list[Fact]:
    return [found for fact in graph.facts if (found := among(fact, kept))]


def _phrases(entities: Iterable[Entity]) -> dict[str, set[str]]:
    """Entity id → the phrases that name it, and phrase id → the entities that it names."""
    found: dict[str, set[str]] = {}
    for entity in entities:
        for part in entity.parts:
            found.setdefault(part, set()).add(entity.id)
            found.setdefault(entity.id, set()).add(part)
    return found


def _with_phrases(ids: set[str], phrases: dict[str, set[str]]) -> set[str]:
    return ids.union(*(phrases.get(id, set()) for id in ids))


def _with_facts(graph: G, is_kept: Callable[[Fact], bool]) -> G:
    return _reduced(graph, [fact for fact in graph.facts if is_kept(fact)], set())


def _reduced(graph: G, facts: Iterable[Fact], entities: Collection[str]) -> G:
    """The graph of some facts and some entities besides those that the facts need."""
    facts = tuple(facts)
    used = {end for fact in facts for end in (*fact.ends, fact.speaker)} | set(entities)
    kept = tuple(
        replace(entity, parts=tuple(part for part in entity.parts if part in used))
        for entity in graph.entities
        if entity.id in used
    )
    claims = {claim for fact in facts for claim in fact.claims}
    documents = {mention.doc for entity in kept for mention in entity.mentions} | {claim.doc for claim in claims}
    return graph.derived(
        documents=tuple(document for document in graph.documents if document.id in documents),
        entities=kept,
        facts=facts,
        claims=tuple(claim for claim in graph.claims if claim in claims),
    )


def _check(given: Collection[str], known: Collection[str], what: str) -> None:
    for word in given:
        if word not in known:
            raise QueryError(f"{word}: no {what} of a graph; take some of {', '.join(known)}")


def _date(iso: str, day: Callable[[str], date]) -> date:
    try:
        if ISO_DATE.fullmatch(iso):
            return day(iso)
    except ValueError as error:
        raise QueryError(f"{iso}: no such date; check its month and day") from error
    raise QueryError(f"{iso}: no date; write YYYY, YYYY-MM or YYYY-MM-DD")
