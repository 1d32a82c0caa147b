"""The graph as nodes and edges: "Sören Link" –hat unterzeichnet→ "Memorandum of Understanding".

A fact is an edge from its subject to its object, and one more to each entity that has a role in it: "Henrik Saller"
–übergab→ "Schlüssel", –übergab an→ "Nele Prinz"; who says it has one to each of these that has a name, –äußert sich
zu→. A text that takes part ("offen", "2018") is a node of its own, of type "Literal", where one asks for all. A phrase
that is not drawn hands its links on to who is named in it: "Merkel – begrüßte – Beschluss der IAEA" is an edge from
Merkel to the IAEA, "begrüßte Beschluss der IAEA". Attributes are texts, whole numbers and truth values only, so that
every format of networkx can hold them. What a drawing needs besides is in `kg.formats.network.drawing`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import networkx as nx

from kg.graph.labels import SPEAKS_OF, edge_label, speaker_label
from kg.graph.periods import first_and_last
from kg.graph.styling import stance
from kg.graph.verb_classes import classes_of
from kg.records import FactRole
from kg.system.text import one_line
from kg.system.xml import SEPARATOR

if TYPE_CHECKING:
    from kg.graph.graph import Graph
    from kg.records import Entity, Fact

Attributes: TypeAlias = dict[str, Any]
"""Name → a text, a number or a truth value; who asks for a name knows which."""

SPEAKER = "speaker"
"""The role of an edge from who says something to what it is about: "äußert sich zu"."""


class Node(NamedTuple):
    """A node: an entity by its id, or a text as "literal:…"."""

    id: str
    attributes: Attributes


class Edge(NamedTuple):
    """An edge from node to node, by the id of its `Link`."""

    id: str
    source: str
    target: str
    attributes: Attributes


class Link(NamedTuple):
    """What an edge stands for: the object of a fact, or its role of that number, from 1.

    The numbers behind those of the roles are of edges from who says the fact.

    `source` and `target` are ids of nodes. Where one of them is only named in the phrase that takes part, `part` counts
    such links of the same object or role, from 1.
    """

    fact: Fact
    number: int
    role: FactRole
    source: str
    target: str
    part: int = 0

    @property
    def spoken(self) -> bool:
        """Whether it leads from who says the fact to what it is about."""
        return self.role.role == SPEAKER

    @property
    def begin(self) -> str:
        """What it would begin at if no phrase handed it on: the subject, or who speaks."""
        return self.fact.speaker if self.spoken else self.fact.subject

    @property
    def id(self) -> str:
        """The fact's id for its object, "<id>.<number>" for a role or who speaks, and ".<part>" for a phrase."""
        whole = f"{self.fact.id}.{self.number}" if self.number or self.part else self.fact.id
        return f"{whole}.{self.part}" if self.part else whole


@dataclass(frozen=True, eq=False)
class Network:
    """What is drawn of a graph: some of its entities, and the links among them, in the order of the graph."""

    graph: Graph
    entities: tuple[Entity, ...]
    links: tuple[Link, ...]

    @cached_property
    def _literals(self) -> dict[str, list[Link]]:
        found: dict[str, list[Link]] = {}
        for link in self.links:
            if not link.role.entity:
                found.setdefault(link.target, []).append(link)
        return found

    def ids(self) -> list[str]:
        """The ids of the nodes, in their order."""
        return [*(entity.id for entity in self.entities), *self._literals]

    def nodes(self) -> Iterator[Node]:
        """Yield the entities, then the texts in the order of the facts."""
        out_degree = Counter(link.source for link in self.links)
        in_degree = Counter(link.target for link in self.links)
        plain = [(entity.id, _entity(self.graph, entity)) for entity in self.entities]
        plain += [(id, _literal(self.graph, links)) for id, links in self._literals.items()]
        for id, attributes in plain:
            into, out = in_degree[id], out_degree[id]
            yield Node(id, attributes | {"degree": into + out, "in_degree": into, "out_degree": out})

    def edges(self) -> Iterator[Edge]:
        """Yield the links."""
        for link in self.links:
            yield Edge(link.id, link.source, link.target, _link(self.graph, link))


def shown(graph: Graph, concepts: str | None = None, most: int | None = None) -> Network:
    """What is drawn of a graph, see `network`; of more than `most` entities those with the most links."""
    whole = graph.once(network, concepts)
    return whole if most is None or len(whole.entities) <= most else graph.once(_most_of, concepts, most)


def _most_of(graph: Graph, concepts: str | None, most: int) -> Network:
    return most_linked(graph.once(network, concepts), most)


def without_texts(concepts: str | None) -> str | None:
    """How much a drawing shows that has no nodes for texts: of "all", what is "linked"."""
    return "linked" if concepts == "all" else concepts


def network(graph: Graph, concepts: str | None = None) -> Network:
    """What is drawn of a graph.

    `concepts` is one of `kg.records.DRAWN`. "joining", or None, is what a picture is for: what has a name and is
    linked, and of the things without one those that link two that have ("RhineCloud – nutzt – Komponenten", "Huawei –
    liefert – Komponenten"), see `_joining`. "none" leaves out these too; "linked" is every entity of the graph, linked
    or not, and "all" the texts as well. A phrase with a name in it is drawn by these two alone, else by its names, see
    `_through_phrases`.
    """
    named = {entity.id for entity in graph.entities if entity.named}
    links = tuple(link for fact in graph.facts for link in links_of(fact) if link.role.entity or concepts == "all")
    if concepts in ("linked", "all"):
        return Network(graph, graph.entities, tuple(link for link in links if _may_speak(link, named)))
    links = tuple(link for link in links if link.spoken or not (link.fact.light and link.target in named))
    plain = {(link.fact.id, link.source, link.target) for link in links}
    links = tuple(found for link in links for found in _through_phrases(graph, link) if _is_new(found, plain))
    links = tuple(link for link in links if _may_speak(link, named))
    joining = (
        _joining(graph, (link for link in links if not link.spoken), named) if concepts in (None, "joining") else {}
    )
    drawn = tuple(link for link in links if _is_drawn(link, named, joining))
    linked = {end for link in drawn if link.source != link.target for end in (link.source, link.target)}
    return Network(
        graph,
        tuple(entity for entity in graph.entities if entity.id in linked),
        tuple(link for link in drawn if link.source in linked and link.target in linked),
    )


def most_linked(drawn: Network, most: int) -> Network:
    """The entities with the most links, and the links among them; names before concepts, then by mentions and id."""
    count = Counter(end for link in drawn.links for end in (link.source, link.target))
    linked = [entity for entity in drawn.entities if count[entity.id]]
    linked.sort(key=lambda e: (-count[e.id], not e.named, -len(e.mentions), e.id))
    ids = {entity.id for entity in linked[:most]}
    links = tuple(link for link in drawn.links if link.source in ids and (link.target in ids or not link.role.entity))
    ends = {end for link in links for end in (link.source, link.target)}
    return Network(drawn.graph, tuple(entity for entity in drawn.entities if entity.id in ends), links)


def links_of(fact: Fact) -> Iterator[Link]:
    """Yield what a fact links its subject with: its object, then each role; then who says it with each end of it.

    "Merkel sagte, Tsipras verhandle mit Macron." links Merkel with Tsipras and with Macron, too.
    """
    object = FactRole("object", "", fact.object, "" if fact.object else fact.literal)
    for number, role in enumerate((object, *fact.roles)):
        if number or fact.object or fact.literal:
            yield Link(fact, number, role, fact.subject, role.entity or f"literal:{role.value}")
    if fact.speaker and fact.speaker != fact.subject:
        ends = dict.fromkeys((fact.subject, fact.object, *(role.entity for role in fact.roles)))
        for number, end in enumerate(filter(None, ends), len(fact.roles) + 1):
            if end != fact.speaker:
                yield Link(fact, number, FactRole(SPEAKER, "", end, ""), fact.speaker, end)


def _through_phrases(graph: Graph, link: Link) -> Iterator[Link]:
    """Yield a link, or where an end of it is a phrase with names in it, one for each name, or pair of names.

    "Der Gouverneursrat der IAEA kritisierte Pläne des Iran" links the IAEA with the Iran.
    """
    sources, targets = (_names_in(graph, end) for end in (link.source, link.target))
    if not sources and not targets:
        yield link
        return
    pairs = [(one, other) for one in sources or [link.source] for other in targets or [link.target] if one != other]
    for part, (source, target) in enumerate(pairs, 1):
        yield link._replace(source=source, target=target, part=part)


def _may_speak(link: Link, named: Collection[str]) -> bool:
    """Whether a link that begins at who speaks joins two named things; any other may join what it likes."""
    return not link.spoken or (link.source in named and link.target in named)


def _is_new(link: Link, plain: Collection[tuple[str, str, str]]) -> bool:
    """Whether no link says the same without a phrase: "unterhält – Aktivitäten mit Huawei – mit Huawei" is one edge."""
    return not link.part or (link.fact.id, link.source, link.target) not in plain


def _names_in(graph: Graph, end: str) -> tuple[str, ...]:
    """The ids of what a phrase names; () for what has a name itself."""
    entity = graph.entities_by_id.get(end)
    return entity.parts if entity and not entity.named else ()


def to_networkx(graph: Graph, concepts: str | None = None) -> nx.MultiDiGraph[str]:
    """The entities that `network` draws, keyed by their ids, with an edge for each of its links, keyed by its id.

    Nodes: label, type, kind, aliases, description, weight (number of documents), mentions (their number), first_date
    and last_date (of the documents), degree, in_degree, out_degree. Edges: label, fact (its id), role ("object", one of
    `kg.records.ROLES`, or "speaker" from who says it), core (whether it leads to the object), predicate, class (of its
    verb), weight, polarity, modality, speaker (a label), stance (`kg.graph.styling.stance`), confidence, risk,
    first_date and last_date (of the documents), since and until (what the claims say), evidence (a sentence),
    documents. An edge through a phrase has it in its label, and is no core.
    """
    drawn = graph.once(network, concepts)
    found: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    found.add_nodes_from((node.id, node.attributes) for node in drawn.nodes())
    keyed: Any = ((edge.source, edge.target, edge.id, edge.attributes) for edge in drawn.edges())
    found.add_edges_from(keyed)  # its types know no keys
    return found


def _joining(graph: Graph, links: Iterable[Link], named: Collection[str]) -> Mapping[str, Collection[str]]:
    """The things without a name that links join with two that have one, and the documents in which they do.

    "die Schlüssel" that one lost and another found are the same in one text; of two texts, each with "ein Interview",
    nobody knows. A role joins nobody: presidents of two countries have nothing to do with each other.
    """
    beside: dict[tuple[str, str], set[str]] = defaultdict(set)
    for link in links:
        for one, other in ((link.source, link.target), (link.target, link.source)):
            if link.role.entity and one not in named and other in named and graph.entities_by_id[one].type != "Role":
                for document in documents_of(link.fact):
                    beside[one, document].add(other)
    found: dict[str, set[str]] = defaultdict(set)
    for (id, document), ends in beside.items():
        if len(ends) > 1:
            found[id].add(document)
    return found


def _is_drawn(link: Link, named: Collection[str], joining: Mapping[str, Collection[str]]) -> bool:
    """Whether both ends of a link have a name, or join those that have in a text that says it."""
    unnamed = [end for end in (link.source, link.target) if end not in named]
    return all(not documents_of(link.fact).isdisjoint(joining.get(end, ())) for end in unnamed)


def documents_of(fact: Fact) -> frozenset[str]:
    """The ids of the documents that say a fact; one of a fact without claims is "", so that it has one too."""
    return frozenset(claim.doc for claim in fact.claims) or frozenset({""})


def _entity(graph: Graph, entity: Entity) -> Attributes:
    documents = {mention.doc for mention in entity.mentions}
    return entity_attributes(graph, entity, documents, len(documents), len(entity.mentions))


def entity_attributes(graph: Graph, entity: Entity, documents: Iterable[str], weight: int, mentions: int) -> Attributes:
    """An entity as a node, and what its documents, by their ids, say of it: how many, how often, from when to when."""
    return {
        "label": entity.label,
        "type": entity.type,
        "kind": entity.kind,
        "aliases": SEPARATOR.join(entity.aliases),
        "description": entity.description,
        "weight": weight,
        "mentions": mentions,
        **dates(graph, documents),
    }


def _literal(graph: Graph, links: Iterable[Link]) -> Attributes:
    """A text weighs what the facts do in which it takes part."""
    links = list(links)
    return {
        "label": links[0].role.value,
        "type": "Literal",
        "kind": "",
        "aliases": "",
        "description": "",
        "weight": sum(link.fact.weight for link in links),
        "mentions": sum(len(link.fact.claims) for link in links),
        **dates(graph, (claim.doc for link in links for claim in link.fact.claims)),
    }


def _link(graph: Graph, link: Link) -> Attributes:
    fact = link.fact
    documents = sorted({claim.doc for claim in fact.claims})
    return {
        "label": _label(graph, link),
        "fact": fact.id,
        "role": link.role.role,
        "core": not link.number and not link.part,
        "predicate": "kg:speaker" if link.spoken else fact.predicate,
        "class": "" if link.spoken else next(iter(classes_of(graph, fact)), ""),
        "weight": fact.weight,
        "polarity": fact.polarity,
        "modality": fact.modality,
        "speaker": speaker_label(graph, fact),
        "stance": stance(fact),
        "confidence": fact.confidence,
        "risk": fact.risk,
        **dates(graph, documents),
        "since": fact.since,
        "until": fact.until,
        "evidence": one_line(fact.claims[0].sentence.text) if fact.claims else "",
        "documents": SEPARATOR.join(documents),
    }


def _label(graph: Graph, link: Link) -> str:
    """ "übergab in", "begrüßte Beschluss der IAEA", "Gouverneursrat der IAEA: begrüßte"."""
    preposition = link.role.preposition
    label = SPEAKS_OF if link.spoken else edge_label(link.fact, graph.vocabulary, preposition)
    if link.part and link.target != link.role.entity:
        label = f"{label} {graph.entities_by_id[link.role.entity].label}"
    if link.part and link.source != link.begin:
        label = f"{graph.entities_by_id[link.begin].label}: {label}"
    return one_line(label)


def dates(graph: Graph, documents: Iterable[str]) -> Attributes:
    """When the first and the last of some documents were written."""
    first, last = first_and_last(documents, graph.documents_by_id)
    return {"first_date": first, "last_date": last}
