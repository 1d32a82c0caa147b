"""A graph as the JSON that the explorer draws: the sentence that says who "unterzeichnete" what stands in it once.

Entities, documents, predicates and sentences are known by their place in a list, and what is empty or usual is left
out: a graph of 8,000 facts is to fit into a page. What is told of and not drawn has no x and y. Offsets are UTF-16
units here, for that is how JavaScript counts: behind "😀" they are one more than ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.graph.labels import predicate_label, roles_in_order
from kg.graph.styling import STANCE_COLORS, color_of, size_of, stance
from kg.modalities import SURE_ENOUGH, TABLE, is_sure
from kg.ontology import TYPE_LABELS, Vocabulary, kinds, relation
from kg.records import TYPES, Claim, Document, Entity, Fact, FactRole
from kg.show.cards import marks
from kg.system.files import read_table

if TYPE_CHECKING:
    from kg.graph.graph import Graph

Record = dict[str, Any]


def contents(graph: Graph, concepts: str | None = None, most: int | None = None) -> Record:
    """All that the page shows of a graph, as what JSON can hold; `concepts` and `most` tell how much it draws."""
    return _Numbered(graph, concepts, most).all()


@cache
def page_words() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """What the page says of itself, in German and English.

    >>> page_words()["modality"]["planned"]["en"]
    'planned'
    """
    said = read_table(__package__, "words.toml")
    return said | {"modality": {modality.name: {"de": modality.de, "en": modality.en} for modality in TABLE}}


def utf16_length(text: str) -> int:
    """How long JavaScript thinks a text is.

    >>> utf16_length("Köln"), utf16_length("😀")
    (4, 2)
    """
    return len(text) + sum(char > "\uffff" for char in text)


class _Numbered:
    """Turns one graph's records into JSON, in which they know each other by their places."""

    def __init__(self, graph: Graph, concepts: str | None, most: int | None) -> None:
        from kg.graph.layout import layout  # loads numpy, which `kg why` is not to wait for
        from kg.graph.network import shown, without_texts

        # A text stands beside the fact that has it, and is never drawn.
        concepts = without_texts(concepts)
        self.graph, self.layout = graph, layout(graph, concepts, most)
        self.undrawn = len(shown(graph, concepts).entities) - len(self.layout)
        self.entities = _places(entity.id for entity in graph.entities)
        self.documents = _places(document.id for document in graph.documents)
        self.predicates = _places(sorted({_predicate(fact, graph.vocabulary) for fact in graph.facts}))
        spoken = {(c.doc, c.sentence.start, c.sentence.text) for fact in graph.facts for c in fact.claims}
        self.sentences = _places(sorted(spoken))
        self.kinds = _places(sorted({(e.type, e.kind) for e in graph.entities} & kinds().keys()))

    def all(self) -> Record:
        used = {entity.type for entity in self.graph.entities}
        return {
            "sure": SURE_ENOUGH,
            **_known(undrawn=self.undrawn or ""),
            "stances": [{"name": name, "color": color} for name, color in STANCE_COLORS.items()],
            "types": [_type(name) for name in TYPES if name in used],
            "kinds": [{"de": kinds()[key].de, "en": kinds()[key].en} for key in self.kinds],
            "modalities": [{"name": modality.name, "dashes": modality.dashes} for modality in TABLE],
            "predicates": [{"de": german, "en": english} for german, english in self.predicates],
            "documents": [_document(document) for document in self.graph.documents],
            "sentences": [{"document": self.documents[doc], "text": text} for doc, _, text in self.sentences],
            "entities": [self.entity(entity) for entity in self.graph.entities],
            "facts": [self.fact(fact) for fact in self.graph.facts],
        }

    def entity(self, entity: Entity) -> Record:
        place = self.layout.get(entity.id)
        stands = {"x": place.x, "y": place.y, "size": size_of(entity.weight)} if place else {}
        return (
            {"id": entity.id, "label": entity.label, "type": entity.type}
            | stands
            | _known(
                kind=self.kinds.get((entity.type, entity.kind), ""),
                aliases=list(entity.aliases),
                description=entity.description,
                sameAs=list(entity.same_as),
                parts=[self.entities[part] for part in entity.parts],
                unnamed="" if entity.named else True,
                mentions=len(entity.mentions),
                documents=entity.weight,
            )
        )

    def fact(self, fact: Fact) -> Record:
        return {
            "id": fact.id,
            "subject": self.entities[fact.subject],
            "predicate": self.predicates[_predicate(fact, self.graph.vocabulary)],
            **({"object": self.entities[fact.object]} if fact.object else {}),
            **_known(
                literal=fact.literal,
                roles=[self.role(role) for role in roles_in_order(fact.roles)],
                polarity="" if fact.polarity == "positive" else fact.polarity,
                modality="" if fact.modality == "asserted" else fact.modality,
                stance="" if stance(fact) == "direct" else stance(fact),
                speaker=self.entities[fact.speaker] if fact.speaker else "",
                since=fact.since,
                until=fact.until,
                confidence=fact.confidence if fact.confidence < 1 else "",
                risk=fact.risk or "",
                unsure="" if is_sure(fact.confidence, fact.risk) else True,
                weight=fact.weight if fact.weight > 1 else "",
            ),
            "claims": [self.claim(claim) for claim in fact.claims],
        }

    def role(self, role: FactRole) -> Record:
        has = {"entity": self.entities[role.entity]} if role.entity else {"value": role.value}
        return {"role": role.role} | _known(preposition=role.preposition) | has

    def claim(self, claim: Claim) -> Record:
        sentence = claim.sentence
        return {
            "sentence": self.sentences[claim.doc, sentence.start, sentence.text],
            "marks": [_in_utf16(sentence.text, *mark) for mark in marks(claim)],
        } | _known(speaker=claim.speaker.text if claim.speaker else "", time=claim.time.text if claim.time else "")


def _places(keys: Iterable[Any]) -> dict[Any, int]:
    """Each key with its place in the list."""
    return {key: place for place, key in enumerate(keys)}


def _known(**values: object) -> Record:
    """The values that say something: neither empty texts nor empty lists."""
    return {name: value for name, value in values.items() if value not in ("", [])}


def _type(name: str) -> Record:
    german, english = TYPE_LABELS[name]
    return {"name": name, "de": german, "en": english, "color": color_of(name)}


def _predicate(fact: Fact, vocabulary: Vocabulary) -> tuple[str, str]:
    """The German and the English label of a predicate; one without a translation stays German."""
    known, label = relation(fact.predicate, vocabulary), predicate_label(fact, vocabulary)
    return label, known.en if known else label


def _document(document: Document) -> Record:
    return {"id": document.id} | _known(
        title=document.title, date=document.date, publisher=document.publisher, url=document.url
    )


def _in_utf16(text: str, start: int, end: int, part: str) -> Sequence[int | str]:
    before = utf16_length(text[:start])
    return [before, before + utf16_length(text[start:end]), part]
