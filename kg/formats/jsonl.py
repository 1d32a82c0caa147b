"""JSON lines: {"kind": "entity", "label": "Sören Link", …}, one record a line, for pandas, jq and the next program.

Documents come first, then entities with their mentions, then facts with their claims. A claim looks the same here and
in `kg extract`. Offsets are code points: `text[start:end]` is the span.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.language.prepositions import uncontracted
from kg.ontology import DEFAULT_BASE, expand
from kg.records import Argument, Claim, Document, Entity, Fact, Literal, Mention, Span, Time
from kg.system.characters import plain

if TYPE_CHECKING:
    from kg.graph.graph import Graph

Record = dict[str, Any]

# Line ends for str.splitlines and for JavaScript that JSON itself allows bare inside a string.
_LINE_ENDS = {end: f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}

_ARTICLES = frozenset({"der", "die", "das", "den", "dem", "des"})


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
        yield fact_record(fact, graph.base_iri)


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


def fact_record(fact: Fact, base_iri: str = DEFAULT_BASE) -> Record:
    """A fact with all its claims; subject, object and speaker are entity ids, and the object may be a literal."""
    return {
        "kind": "fact",
        "id": fact.id,
        "subject": fact.subject,
        "predicate": expand(fact.predicate, base_iri),
        "object": fact.object or {"literal": fact.literal},
        "polarity": fact.polarity,
        "modality": fact.modality,
        "speaker": fact.speaker or None,
        "validFrom": fact.since or None,
        "validUntil": fact.until or None,
        "weight": fact.weight,
        "claims": [claim_record(claim, base_iri) for claim in fact.claims],
    }


def claim_record(claim: Claim, base_iri: str = DEFAULT_BASE) -> Record:
    """A claim as `kg extract` prints it."""
    said, preposition = claim.predicate, _adverbial(claim)
    spans = said.spans[:-1] if preposition else said.spans
    object = _literal(claim.object) if isinstance(claim.object, Literal) else _argument(claim.object)
    if preposition:
        start, text = said.spans[-1][0], claim.sentence.text
        phrase = text[start - claim.sentence.start : claim.object.end - claim.sentence.start]
        object |= {"start": start, "text": phrase, "mention": _span(claim.object)}
    return {
        "doc": claim.doc,
        "sentence": _span(claim.sentence),
        "subject": _argument(claim.subject),
        "predicate": {
            "lemma": said.lemma,
            "iri": expand(said.iri, base_iri),
            "spans": [list(span) for span in spans],
            "text": said.text.removesuffix(preposition).rstrip(),
        },
        "object": object,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "speaker": _argument(claim.speaker) if claim.speaker else None,
        "time": _time(claim.time) if claim.time else None,
        "confidence": round(claim.confidence, 3),
    }


def _adverbial(claim: Claim) -> str:
    """The preposition that opens an object which says where, when or how: "in" of "wurde in Salt Lake City geboren".

    Such a phrase is one thing, and the preposition is its first word. A person or an organisation takes part in what
    is done ("warnt vor Huawei"): there the preposition is the predicate's.
    """
    said, what = claim.predicate, claim.object
    if len(said.spans) < 2 or (not isinstance(what, Literal) and what.type in ("Person", "Organization")):
        return ""
    start, end = said.spans[-1]
    piece = claim.sentence.text[start - claim.sentence.start : end - claim.sentence.start]
    word = plain(piece)
    opens = start < what.start and said.lemma.endswith((f" {uncontracted(word)}", word[1:]))
    between = plain(claim.sentence.text[end - claim.sentence.start : what.start - claim.sentence.start])
    return piece if opens and set(between.split()) <= _ARTICLES else ""  # a name is kept without its article


def _mention(mention: Mention) -> Record:
    return {"doc": mention.doc, "start": mention.start, "end": mention.end, "text": mention.text, "form": mention.form}


def _span(span: Span | Argument | Literal | Time) -> Record:
    return {"start": span.start, "end": span.end, "text": span.text}


def _argument(argument: Argument) -> Record:
    return _span(argument) | {"type": argument.type}


def _literal(literal: Literal) -> Record:
    return {"literal": literal.value} | _span(literal)


def _time(time: Time) -> Record:
    return _span(time) | {"from": time.since or None, "until": time.until or None}
