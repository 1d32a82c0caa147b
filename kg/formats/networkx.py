"""The graph for networkx: "Sören Link" –hat unterzeichnet→ "Memorandum of Understanding", one edge per fact.

Attributes are texts and whole numbers only, so that every format of networkx can hold them. An object that is no thing
("offen", "2018") is a node of its own, of type "Literal".
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import networkx as nx

from kg.wording import edge_label, one_line, speaker_label

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.records import Entity, Fact

SEPARATOR = " | "
"""Stands between several values of one attribute (aliases, documents)."""


def to_networkx(graph: KnowledgeGraph) -> nx.MultiDiGraph:
    """One node per entity, keyed by its id, and one edge per fact, keyed by the fact's id.

    Nodes: label, type, kind, aliases, description, weight (number of documents), mentions (their number). Edges: label,
    predicate, weight, polarity, modality, speaker (a label), first_date and last_date (of the documents), since and
    until (what the claims say), evidence (a sentence), documents.
    """
    found = nx.MultiDiGraph()
    for entity in graph.entities:
        found.add_node(entity.id, **_node(entity))
    for fact in graph.facts:
        target = fact.object
        if not target:
            target = f"literal:{fact.literal}"
            _count_literal(found, target, fact)
        found.add_edge(fact.subject, target, key=fact.id, **_edge(graph, fact))
    return found


def _node(entity: Entity) -> dict[str, str | int]:
    return {
        "label": entity.label,
        "type": entity.type,
        "kind": entity.kind,
        "aliases": SEPARATOR.join(entity.aliases),
        "description": entity.description,
        "weight": len({mention.doc for mention in entity.mentions}),
        "mentions": len(entity.mentions),
    }


def _count_literal(found: nx.MultiDiGraph, node: str, fact: Fact) -> None:
    """Add a literal's node, or count one more fact that has it as object."""
    if node not in found:
        empty = {"label": fact.literal, "type": "Literal", "kind": "", "aliases": "", "description": ""}
        found.add_node(node, **empty, weight=0, mentions=0)
    found.nodes[node]["weight"] += fact.weight
    found.nodes[node]["mentions"] += len(fact.claims)


def _edge(graph: KnowledgeGraph, fact: Fact) -> dict[str, str | int]:
    documents = sorted({claim.doc for claim in fact.claims})
    dates = _known(graph.documents_by_id[doc].date for doc in documents)
    return {
        "label": edge_label(fact),
        "predicate": fact.predicate,
        "weight": fact.weight,
        "polarity": fact.polarity,
        "modality": fact.modality,
        "speaker": speaker_label(graph, fact),
        "first_date": min(dates, default=""),
        "last_date": max(dates, default=""),
        "since": fact.since,
        "until": fact.until,
        "evidence": one_line(fact.claims[0].sentence.text) if fact.claims else "",
        "documents": SEPARATOR.join(documents),
    }


def _known(values: Iterable[str]) -> list[str]:
    return [value for value in values if value]
