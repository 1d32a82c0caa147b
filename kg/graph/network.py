"""The graph for networkx: "Sören Link" –hat unterzeichnet→ "Memorandum of Understanding", one edge per fact.

Attributes are texts and whole numbers only, so that every format of networkx can hold them. An object that is no thing
("offen", "2018") is a node of its own, of type "Literal". What a drawing needs besides is in
`kg.formats.network.drawing`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import networkx as nx

from kg.graph.labels import edge_label, speaker_label
from kg.graph.periods import first_and_last
from kg.graph.styling import stance
from kg.system.text import one_line
from kg.system.xml import SEPARATOR

if TYPE_CHECKING:
    from kg.graph.graph import Graph
    from kg.records import Entity, Fact

Attributes: TypeAlias = dict[str, Any]
"""Name → a text or a number; who asks for a name knows which."""


class Node(NamedTuple):
    """A node: an entity by its id, or a literal as "literal:…"."""

    id: str
    attributes: Attributes


class Edge(NamedTuple):
    """An edge: a fact by its id, from node to node."""

    id: str
    source: str
    target: str
    attributes: Attributes


def to_networkx(graph: Graph) -> nx.MultiDiGraph[str]:
    """One node per entity, keyed by its id, and one edge per fact, keyed by the fact's id.

    Nodes: label, type, kind, aliases, description, weight (number of documents), mentions (their number), first_date
    and last_date (of the documents), degree, in_degree, out_degree. Edges: label, predicate, weight, polarity,
    modality, speaker (a label), stance (`kg.graph.styling.stance`), first_date and last_date (of the documents), since
    and until (what the claims say), evidence (a sentence), documents.
    """
    found: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    found.add_nodes_from((node.id, node.attributes) for node in nodes(graph))
    keyed: Any = ((edge.source, edge.target, edge.id, edge.attributes) for edge in edges(graph))
    found.add_edges_from(keyed)  # its types know no keys
    return found


def nodes(graph: Graph) -> Iterator[Node]:
    """Yield the entities, then the literals in the order of the facts."""
    out_degree = Counter(fact.subject for fact in graph.facts)
    in_degree = Counter(target(fact) for fact in graph.facts)
    literals: dict[str, list[Fact]] = {}
    for fact in graph.facts:
        if not fact.object:
            literals.setdefault(target(fact), []).append(fact)
    plain = [(entity.id, _entity(graph, entity)) for entity in graph.entities]
    plain += [(id, _literal(graph, facts)) for id, facts in literals.items()]
    for id, attributes in plain:
        into, out = in_degree[id], out_degree[id]
        yield Node(id, attributes | {"degree": into + out, "in_degree": into, "out_degree": out})


def edges(graph: Graph) -> Iterator[Edge]:
    """Yield the facts."""
    for fact in graph.facts:
        yield Edge(fact.id, fact.subject, target(fact), _fact(graph, fact))


def target(fact: Fact) -> str:
    """The id of the node that a fact's edge leads to."""
    return fact.object or f"literal:{fact.literal}"


def _entity(graph: Graph, entity: Entity) -> Attributes:
    documents = {mention.doc for mention in entity.mentions}
    return {
        "label": entity.label,
        "type": entity.type,
        "kind": entity.kind,
        "aliases": SEPARATOR.join(entity.aliases),
        "description": entity.description,
        "weight": len(documents),
        "mentions": len(entity.mentions),
        **_dates(graph, documents),
    }


def _literal(graph: Graph, facts: Iterable[Fact]) -> Attributes:
    """A literal weighs what the facts do that have it as object."""
    facts = list(facts)
    return {
        "label": facts[0].literal,
        "type": "Literal",
        "kind": "",
        "aliases": "",
        "description": "",
        "weight": sum(fact.weight for fact in facts),
        "mentions": sum(len(fact.claims) for fact in facts),
        **_dates(graph, (claim.doc for fact in facts for claim in fact.claims)),
    }


def _fact(graph: Graph, fact: Fact) -> Attributes:
    documents = sorted({claim.doc for claim in fact.claims})
    return {
        "label": edge_label(fact),
        "predicate": fact.predicate,
        "weight": fact.weight,
        "polarity": fact.polarity,
        "modality": fact.modality,
        "speaker": speaker_label(graph, fact),
        "stance": stance(fact),
        **_dates(graph, documents),
        "since": fact.since,
        "until": fact.until,
        "evidence": one_line(fact.claims[0].sentence.text) if fact.claims else "",
        "documents": SEPARATOR.join(documents),
    }


def _dates(graph: Graph, documents: Iterable[str]) -> Attributes:
    first, last = first_and_last(documents, graph.documents_by_id)
    return {"first_date": first, "last_date": last}
