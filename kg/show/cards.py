"""A graph as text to read: the card of an entity, and the sentences behind a fact with its parts marked.

    Dafür *unterzeichneten* Oberbürgermeister [Sören Link] und Yan Lida ein „[Memorandum of Understanding]“.

Subject, object and who or what has another role stand in square brackets, what says the predicate between asterisks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from kg.graph.labels import fact_label, predicate_label, speaker_label
from kg.modalities import is_sure
from kg.records import Claim, Document, Entity, Fact
from kg.system.text import counted, one_line

if TYPE_CHECKING:
    from kg.graph.graph import Graph

Style = Callable[[str, str], str]
"""Dresses up a piece of text in a role: "head", "end" (who or what takes part), "cue" or "dim"."""


def undressed(text: str, role: str) -> str:
    """No dress at all."""
    return text


def card(graph: Graph, entity: Entity, style: Style = undressed) -> Iterator[str]:
    """Yield the lines of an entity's card: what it is, then its facts by its part in them, each with a sentence."""
    yield style(entity.label, "head")
    yield f"  {what_it_is(entity)}"
    yield from (f"  {name}: {value}" for name, value in details(graph, entity))
    for title, facts in sections(graph, entity):
        yield ""
        yield f"  {title}"
        yield from _lines(graph, facts, style)


def what_it_is(entity: Entity) -> str:
    """Type, kind and how often it is mentioned: "Organization (company), 31 mentions in 2 documents"."""
    what = f"{entity.type} ({entity.kind})" if entity.kind else entity.type
    return f"{what}, {counted(len(entity.mentions), 'mention')} in {counted(entity.weight, 'document')}"


def details(graph: Graph, entity: Entity) -> Iterator[tuple[str, str]]:
    """Yield what else is known of an entity, on one line each: aliases, description, names inside it, IRIs, its id."""
    parts = [graph.entities_by_id[part].label for part in entity.parts]
    found = (
        ("also", ", ".join(entity.aliases)),
        ("description", entity.description),
        ("names", ", ".join(parts)),
        ("same as", " ".join(entity.same_as)),
        ("id", entity.id),
    )
    yield from ((name, one_line(value)) for name, value in found if value)


def sections(graph: Graph, entity: Entity) -> Iterator[tuple[str, list[Fact]]]:
    """Yield what the facts of an entity's card are to it, and the facts, weighty ones first; none that is empty."""
    facts = graph.facts_of(entity.id)
    others = [fact for fact in facts if fact.subject != entity.id]
    in_role = {f.id for f in others if f.object != entity.id and any(role.entity == entity.id for role in f.roles)}
    found = (
        ("as subject", [fact for fact in facts if fact.subject == entity.id]),
        ("as object, or named in a phrase", [fact for fact in others if fact.id not in in_role]),
        ("in another role", [fact for fact in others if fact.id in in_role]),
        ("as speaker", [fact for fact in graph.facts if fact.speaker == entity.id]),
    )
    for title, members in found:
        if members:
            yield title, sorted(members, key=lambda fact: _by_weight(graph, fact))


def _by_weight(graph: Graph, fact: Fact) -> tuple[int, str, str, str]:
    return -fact.weight, predicate_label(fact, graph.vocabulary), fact_label(graph, fact), fact.id


def evidence(graph: Graph, fact: Fact, style: Style = undressed) -> Iterator[str]:
    """Yield a fact's head line and, for each of its claims, the marked sentence and where it stands."""
    yield f"{style(fact_label(graph, fact), 'head')}  {style(stance_words(graph, fact), 'dim')}"
    for claim in fact.claims:
        document = graph.documents_by_id[claim.doc]
        yield f"  {marked(claim, style)}"
        yield f"    {style(place(document, claim), 'dim')}"


def marked(claim: Claim, style: Style = undressed) -> str:
    """The sentence of a claim on one line, with *cue* and who or what takes [part] marked."""
    text = claim.sentence.text
    pieces: list[str] = []
    at = 0
    for start, end, part in marks(claim):
        left, right, role = ("*", "*", "cue") if part == "cue" else ("[", "]", "end")
        pieces += [text[at:start], style(f"{left}{text[start:end]}{right}", role)]
        at = end
    return one_line("".join(pieces) + text[at:])


def marks(claim: Claim) -> list[tuple[int, int, str]]:
    """What to mark in the sentence of a claim, from left to right: offsets into it, and what it is.

    That is "subject", "object", "cue" or one of `kg.records.ROLES`. Of two spans that overlap the first in this order
    is marked; one outside the sentence cannot be.
    """
    sentence = claim.sentence
    ends = [(claim.subject, "subject"), *([(claim.object, "object")] if claim.object else [])]
    cues = [(start, end, "cue") for start, end in claim.predicate.spans]
    roles = [(role.argument.start, role.argument.end, role.role) for role in claim.roles]
    chosen: list[tuple[int, int, str]] = []
    for start, end, part in [*((end.start, end.end, part) for end, part in ends), *cues, *roles]:
        inside = sentence.start <= start < end <= sentence.end
        if inside and all(end <= other[0] or start >= other[1] for other in chosen):
            chosen.append((start, end, part))
    return sorted((start - sentence.start, end - sentence.start, part) for start, end, part in chosen)


def _lines(graph: Graph, facts: Iterable[Fact], style: Style) -> Iterator[str]:
    for fact in facts:
        yield f"    {fact_label(graph, fact)}  {style(stance_words(graph, fact), 'dim')}"
        if fact.claims:
            claim = fact.claims[0]
            yield f"      {marked(claim, style)}  {style(f'({claim.doc})', 'dim')}"


def stance_words(graph: Graph, fact: Fact) -> str:
    """What stands beside a fact, in the words of the records: "negative, planned, speaker Huawei, 2 documents",
    "positive, asserted, unsure (0.64, risk 0.01), 1 document".
    """
    speaker = speaker_label(graph, fact)
    risk = f", risk {fact.risk:.2f}" if fact.risk >= 0.005 else ""
    marks = [
        fact.polarity,
        fact.modality,
        f"speaker {speaker}" if speaker else "",
        *period_words(fact.since, fact.until),
        "" if is_sure(fact.confidence, fact.risk) else f"unsure ({fact.confidence:.2f}{risk})",
        counted(fact.weight, "document"),
    ]
    return ", ".join(mark for mark in marks if mark)


def period_words(since: str, until: str) -> list[str]:
    """An interval in words; one that starts and ends on one date is that date."""
    if since == until:
        return [f"in {since}" if len(since) < 10 else f"on {since}"] if since else []
    return [f"{word} {day}" for word, day in (("from", since), ("until", until)) if day]


def place(document: Document, claim: Claim) -> str:
    """Where a sentence stands: title, publisher and date as far as known, document id and offsets."""
    known = [document.title, document.publisher, document.date]
    source = one_line(", ".join(value for value in known if value))
    place = f"{document.id}:{claim.sentence.start}-{claim.sentence.end}"
    said = [f"said by {one_line(claim.speaker.text)}" if claim.speaker else ""]
    said.append(f"time: {one_line(claim.time.text)}" if claim.time else "")
    return " · ".join(part for part in (source, place, *said) if part)
