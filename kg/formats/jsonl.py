"""JSON lines: {"kind": "entity", "label": "Sören Link", …}, one record a line, for pandas, jq and the next program.

Documents come first, then entities with their mentions, then facts with their claims. A claim looks the same here and
in `kg extract`. Offsets are code points: `text[start:end]` is the span.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.graph.labels import fact_label
from kg.graph.verb_classes import classes_of
from kg.ontology import DEFAULT_BASE, expand
from kg.records import Argument, Claim, Document, Entity, Fact, FactRole, Literal, Mention, Role, Span, Time

if TYPE_CHECKING:
    from kg.graph.comparison.difference import Difference
    from kg.graph.graph import Graph

Record = dict[str, Any]

# Line ends for str.splitlines and for JavaScript that JSON itself allows bare inside a string.
_LINE_ENDS = {end: f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}


def write(graph: Graph, stream: BinaryIO, level: str) -> None:
    """Write all records of a graph; each fact holds its claims whatever the level."""
    for record in records(graph):
        stream.write(f"{to_line(record)}\n".encode("utf-8", "backslashreplace"))


def records(graph: Graph) -> Iterator[Record]:
    """Yield the documents, entities and facts of a graph as what JSON can hold."""
    for document in graph.documents:
        yield document_record(document)
    for entity in graph.entities:
        yield entity_record(entity)
    for fact in graph.facts:
        yield fact_record(fact, graph.base_iri, next(iter(classes_of(graph, fact)), ""))


def change_records(found: Difference) -> Iterator[Record]:
    """Yield what one graph says otherwise than another: each change with the records before it and after it.

    {"kind": "fact", "change": "changed", "what": ["weight"], "before": [{…}], "after": [{…}]}
    """
    for kind, changes in (("document", found.documents), ("entity", found.entities), ("fact", found.facts)):
        for change in changes:
            before = [_labelled(found.old, record) for record in change.before]
            after = [_labelled(found.new, record) for record in change.after]
            yield {"kind": kind, "change": change.kind, "what": list(change.what), "before": before, "after": after}


def _labelled(graph: Graph, record: Document | Entity | Fact) -> Record:
    """A record of a graph as `records` has it, with all that a difference may be of; and a fact with its label, since
    the graph that has those of its entities is not there.
    """
    if isinstance(record, Document):
        return document_record(record)
    if isinstance(record, Entity):
        return entity_record(record) | {"subtype": record.kind or None}
    found = fact_record(record, graph.base_iri, next(iter(classes_of(graph, record)), ""))
    return found | {"label": fact_label(graph, record)}


def to_line(record: Mapping[str, Any]) -> str:
    r"""A record as one line of JSON, readable as it is.

    >>> to_line({"text": "Köln\n"})
    '{"text": "Köln\\n"}'
    """
    line = json.dumps(record, ensure_ascii=False)
    for end, escaped in _LINE_ENDS.items():  # `translate` would look every character up, and cost as much as the rest
        line = line.replace(end, escaped)
    return line


def is_record(line: bytes) -> bool:
    """Whether a line is one of those that `write` writes: a record's keys, all of them, in their order.

    >>> is_record(b'{"kind": "document", "text": "Link warnt."}')
    False
    """
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return False
    known = (
        document_record(Document("", "")),
        entity_record(Entity("", "", "")),
        fact_record(Fact("", "", "kg:", "", "")),
    )
    return isinstance(record, dict) and any(
        list(record) == list(each) and record["kind"] == each["kind"] for each in known
    )


def document_record(document: Document) -> Record:
    """A document without its text, which is known by its digest."""
    names = ("id", "title", "date", "publisher", "url", "sha256")
    return {"kind": "document"} | {name: getattr(document, name) for name in names}


def entity_record(entity: Entity) -> Record:
    """An entity with all its mentions."""
    return {
        "kind": "entity",
        "id": entity.id,
        "type": entity.type,
        "label": entity.label,
        "aliases": list(entity.aliases),
        "sameAs": list(entity.same_as),
        "mentions": [_mention(mention) for mention in entity.mentions],
    }


def fact_record(fact: Fact, base_iri: str = DEFAULT_BASE, class_: str = "") -> Record:
    """A fact with all its claims; who and what takes part is an entity's id, object and roles may also be texts.

    `class_` is the compact IRI of the class of its verb, see `kg.graph.verb_classes`.
    """
    return {
        "kind": "fact",
        "id": fact.id,
        "subject": fact.subject,
        "predicate": expand(fact.predicate, base_iri),
        "class": expand(class_, base_iri) if class_ else None,
        "object": fact.object or ({"literal": fact.literal} if fact.literal else None),
        "roles": [_fact_role(role) for role in fact.roles],
        "polarity": fact.polarity,
        "modality": fact.modality,
        "speaker": fact.speaker or None,
        "validFrom": fact.since or None,
        "validUntil": fact.until or None,
        "confidence": fact.confidence,
        "risk": fact.risk,
        "weight": fact.weight,
        "claims": [claim_record(claim, base_iri) for claim in fact.claims],
    }


def claim_record(claim: Claim, base_iri: str = DEFAULT_BASE) -> Record:
    """A claim as `kg extract` prints it.

    Of one from RDF below the level "full" nobody knows who and what it names: subject and predicate are None.
    """
    said = claim.predicate
    return {
        "doc": claim.doc,
        "sentence": _span(claim.sentence),
        "subject": _argument(claim.subject) if claim.is_located else None,
        "predicate": {
            "lemma": said.lemma,
            "iri": expand(said.iri, base_iri),
            "spans": [list(span) for span in said.spans],
            "text": said.text,
        }
        if claim.is_located
        else None,
        "object": _object(claim.object),
        "roles": [_role(role) for role in claim.roles],
        "polarity": claim.polarity,
        "modality": claim.modality,
        "speaker": _argument(claim.speaker) if claim.speaker else None,
        "time": _time(claim.time) if claim.time else None,
        "confidence": round(claim.confidence, 3),
        "risk": round(claim.risk, 3),
    }


def _object(object: Argument | Literal | None) -> Record | None:
    if isinstance(object, Literal):
        return {"literal": object.value} | _span(object)
    return _argument(object) if object else None


def _role(role: Role) -> Record:
    """A role with the span of who or what has it; a text has no type."""
    type = role.argument.type if isinstance(role.argument, Argument) else None
    named = {"role": role.role, "preposition": role.preposition or None}
    return named | _span(role.argument) | {"type": type}


def _fact_role(role: FactRole) -> Record:
    named = {"role": role.role, "preposition": role.preposition or None}
    return named | ({"entity": role.entity} if role.entity else {"value": role.value})


def _mention(mention: Mention) -> Record:
    return {"doc": mention.doc, "start": mention.start, "end": mention.end, "text": mention.text, "form": mention.form}


def _span(span: Span | Argument | Literal | Time) -> Record:
    return {"start": span.start, "end": span.end, "text": span.text}


def _argument(argument: Argument) -> Record:
    return _span(argument) | {"type": argument.type}


def _time(time: Time) -> Record:
    return _span(time) | {"from": time.since or None, "until": time.until or None}
