"""Who is named together: Link and Huawei in three sentences are an undirected edge of weight 3.

The network that media studies and the digital humanities draw of a corpus. It needs no fact: its nodes are named
entities, and an edge counts the units, sentences, paragraphs or documents, that name both its ends.

*What names an entity* is every mention that was resolved to it: its name, the part of a compound ("Huawei-Chef"), and
also "er" and "der Konzern" where these mean it. A unit counts once for a pair, however often it names the two, and a
name inside a longer one of the same entity ("Link" in "Sören Link") is no mention more. *A sentence* is one that the
text was parsed into, which mentions know by its number; a mention without a number, as records made by hand may be,
is in none. *A paragraph* is what `kg.extract.text.paragraphs` finds in the text: the lines that belong together, a
heading, an item of a list.

Documents with the same text count once, as in the weight of a fact; an edge names all of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, combinations
from typing import TYPE_CHECKING, TypeAlias

import networkx as nx

from kg.errors import KgError, QueryError
from kg.extract.text.paragraphs import paragraph_starts
from kg.extract.text.sentences import sentence_ends
from kg.graph.filters import within
from kg.graph.graph import plain_digest
from kg.graph.network import dates, entity_attributes
from kg.graph.periods import days_of
from kg.records import Document, Mention
from kg.system.text import one_line
from kg.system.xml import SEPARATOR

if TYPE_CHECKING:
    from kg.graph.graph import Graph
    from kg.graph.network import Attributes
    from kg.records import Entity, Span

_Units: TypeAlias = Mapping[int, Mapping[str, Sequence[Mention]]]
"""Number of a unit within its document → id of an entity that it names → the mentions of it there."""


@dataclass(slots=True)
class _Count:
    """Of an entity, or of two: the first unit that names it, or both, and its document; how many units do, in how many
    texts; the ids of their documents."""

    doc: str
    unit: int
    units: int = 0
    texts: int = 0
    docs: list[str] = field(default_factory=list)


def cooccurrence(
    graph: Graph,
    unit: str = "sentence",
    *,
    min_weight: int = 1,
    types: Collection[str] = (),
    since: str = "",
    until: str = "",
    around: str = "",
    hops: int = 1,
) -> nx.Graph[str]:
    """The network of the named entities that a unit, one of `kg.records.UNITS`, names together.

    Nodes, by the entity's id: label, type, kind, aliases, description, weight (documents), mentions, units (how many
    name it, against which the weight of an edge can be set), first_date and last_date (of the documents). Edges: weight
    (units), documents (their ids), first_date and last_date, evidence: a sentence of the first unit that names both,
    or where none does, one for each. There is no loop, and no node without an edge.

    `min_weight` is the least weight of an edge; `types` are those of both ends; `since` and `until`, ISO dates, choose
    documents that were written then; `around` keeps an entity, and what `hops` steps lead to from there, with all edges
    among these. Raises QueryError for what is no date, for a name that the network does not hold, and for what nobody
    could draw: above 250,000 edges (a text with 700 names names all of them together), or 5,000,000 pairs to look at;
    KgError for a graph that does not tell where its entities are named, as RDF of a level below "full".
    """
    units = _named(graph, unit, types, _written(graph.documents, since, until))
    texts = _texts(graph.documents_by_id[doc] for doc in units)
    kept = _heavy_pairs(units, texts, min_weight)
    if around:
        kept = _ego(kept, graph.entity(around), hops)
    if len(kept) > _MOST_EDGES:
        raise QueryError(f"{len(kept):,} pairs are named together, too many for a network; {_NARROWER}")
    counts, mentions = _counts(units, texts, kept), _mentions(units, texts)
    found: nx.Graph[str] = nx.Graph(unit=unit)
    for id in sorted(set(chain.from_iterable(kept))):
        found.add_node(id, **_node(graph, id, counts[id,], mentions[id]))
    pairs = {ends: counts[ends] for ends in sorted(kept)}
    for (one, other), evidence in _evidence(graph, pairs, units):
        found.add_edge(one, other, **_edge(graph, pairs[one, other], evidence))
    return found


def _written(documents: Iterable[Document], since: str, until: str) -> Collection[str]:
    """The ids of documents of which some day is within a time; all where it is open at both ends."""
    is_within = within(since, until)
    return {each.id for each in documents if not (since or until) or is_within(days_of(each.date))}


def _named(graph: Graph, unit: str, types: Collection[str], documents: Collection[str]) -> Mapping[str, _Units]:
    """Document id → its units, where they name an entity of these types."""
    if graph.entities and not any(entity.mentions for entity in graph.entities):
        raise KgError("the graph does not tell where its entities are named; take its .kg store, or RDF of level full")
    found: dict[str, list[tuple[str, Mention]]] = defaultdict(list)
    for entity in graph.entities:
        if entity.named and (not types or entity.type in types):
            for mention in _apart(entity.mentions):
                if mention.doc in documents:
                    found[mention.doc].append((entity.id, mention))
    return {doc: _parted(graph.documents_by_id[doc].text, unit, found[doc]) for doc in sorted(found)}


def _apart(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions of one entity without those inside another: "Sören Link" without its "Link"."""
    doc, end = "", 0
    for mention in sorted(mentions, key=lambda mention: (mention.doc, mention.start, -mention.end)):
        if mention.doc != doc or mention.end > end:
            doc, end = mention.doc, mention.end
            yield mention


def _parted(text: str, unit: str, named: Iterable[tuple[str, Mention]]) -> _Units:
    starts = paragraph_starts(text) if unit == "paragraph" else (0,)
    found: dict[int, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for id, mention in named:
        number = mention.sentence if unit == "sentence" else bisect_right(starts, mention.start)
        if number:
            found[number][id].append(mention)
    return found


def _texts(documents: Iterable[Document]) -> Sequence[Sequence[str]]:
    """The ids of documents, those with the same text together."""
    copies: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        copies[plain_digest(document)].append(document.id)
    return list(copies.values())


_MOST_PAIRS, _MOST_EDGES = 5_000_000, 250_000
"""How many pairs are looked at, and how many of them are drawn, at the most; each edge takes some 3 KB."""


def _heavy_pairs(
    units: Mapping[str, _Units], texts: Iterable[Sequence[str]], least: int
) -> Collection[tuple[str, str]]:
    """The pairs that at least so many units name together. Raises QueryError where these are too many."""
    weights: Counter[tuple[str, str]] = Counter()
    for copies in texts:
        for number in sorted({number for doc in copies for number in units[doc]}):
            names = [sorted(units[doc].get(number, ())) for doc in copies]
            if len(weights) > _MOST_PAIRS or any(len(each) ** 2 > 2 * _MOST_PAIRS for each in names):
                raise QueryError(f"more than {_MOST_PAIRS:,} pairs are named together; {_NARROWER}")
            weights.update({pair for each in names for pair in combinations(each, 2)})
    return {pair for pair, weight in weights.items() if weight >= least}


_NARROWER = (
    "raise the least weight, take sentences or paragraphs as the unit, fewer types or days, or what is around one name"
)


def _counts(
    units: Mapping[str, _Units], texts: Iterable[Sequence[str]], pairs: Collection[tuple[str, str]]
) -> Mapping[tuple[str, ...], _Count]:
    """The entities that units name, and those pairs of them."""
    found: dict[tuple[str, ...], _Count] = {}
    for copies in texts:
        numbers: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for doc in copies:
            for number, named in sorted(units[doc].items()):
                together = (pair for pair in combinations(sorted(named), 2) if pair in pairs)
                for ids in chain(zip(named, strict=True), together):
                    if ids not in found:
                        found[ids] = _Count(doc, number)
                    if found[ids].docs[-1:] != [doc]:
                        found[ids].docs.append(doc)
                    numbers[ids].add(number)
        for ids, those in numbers.items():
            found[ids].units += len(those)
            found[ids].texts += 1
    return found


def _mentions(units: Mapping[str, _Units], texts: Iterable[Sequence[str]]) -> Mapping[str, int]:
    """How often each entity is mentioned; of the copies of a text, in the one that does so most often."""
    found: Counter[str] = Counter()
    for copies in texts:
        most: Counter[str] = Counter()
        for doc in copies:
            most |= Counter(id for named in units[doc].values() for id, each in named.items() for _ in each)
        found.update(most)
    return found


def _ego(pairs: Collection[tuple[str, str]], center: Entity, hops: int) -> Collection[tuple[str, str]]:
    """The pairs among an entity and what so many steps lead to from there; no graph is made of those left out."""
    beside: dict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        beside[one].append(other)
        beside[other].append(one)
    if center.id not in beside:
        raise QueryError(f"{center.label}: named together with nothing that passes; widen the filters, or the unit")
    reached = frontier = {center.id}
    for _ in range(hops):
        frontier = {other for id in frontier for other in beside[id]} - reached
        if not frontier:
            break
        reached = reached | frontier
    return {pair for pair in pairs if reached.issuperset(pair)}


def _node(graph: Graph, id: str, count: _Count, mentions: int) -> Attributes:
    entity = graph.entities_by_id[id]
    return entity_attributes(graph, entity, count.docs, count.texts, mentions) | {"units": count.units}


def _edge(graph: Graph, count: _Count, evidence: str) -> Attributes:
    documents = SEPARATOR.join(sorted(count.docs))
    return {"weight": count.units, "documents": documents, **dates(graph, count.docs), "evidence": evidence}


def _evidence(
    graph: Graph, pairs: Mapping[tuple[str, str], _Count], units: Mapping[str, _Units]
) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield each pair with what the first unit that names both says."""
    known: dict[str, list[Span]] = defaultdict(list)
    for claim in graph.claims:
        known[claim.doc].append(claim.sentence)
    texts: dict[str, _Sentences] = {}
    for ends, pair in pairs.items():
        if pair.doc not in texts:
            texts[pair.doc] = _Sentences(graph.documents_by_id[pair.doc].text, known[pair.doc])
        named = units[pair.doc][pair.unit]
        yield ends, _quote(texts[pair.doc], *(named[end] for end in ends))


def _quote(sentences: _Sentences, one: Sequence[Mention], other: Sequence[Mention]) -> str:
    """The first sentence that names both, by name rather than by "er"; without one, a sentence for each."""
    ours, theirs = _by_sentence(one), _by_sentence(other)
    both = [(ours[number], theirs[number]) for number in ours if number and number in theirs]
    if both:
        best = min(both, key=lambda two: (sum(map(_is_unnamed, two)), two[0].sentence))
        return sentences.around(min(m.start for m in best), max(m.end for m in best))
    apart = sorted(min(each, key=lambda m: (_is_unnamed(m), m.start)) for each in (one, other))
    return " … ".join(sentences.around(mention.start, mention.end) for mention in apart)


def _by_sentence(mentions: Iterable[Mention]) -> Mapping[int, Mention]:
    """Number of a sentence → the mention there that names best."""
    found: dict[int, Mention] = {}
    for mention in sorted(mentions, key=lambda mention: (_is_unnamed(mention), mention.start)):
        found.setdefault(mention.sentence, mention)
    return found


def _is_unnamed(mention: Mention) -> bool:
    """Whether a mention calls nothing by its name: "er", "der Konzern"."""
    return mention.form in ("nominal", "pronoun")


_FARTHEST = 300
"""How many characters before and behind what it shows a piece of text begins and ends at the latest."""


class _Sentences:
    """The sentences of a text: those that claims were read from; between these, what full stops tell."""

    def __init__(self, text: str, known: Iterable[Span]) -> None:
        self._text = text
        self._known = sorted(set(known))

    @cached_property
    def _ends(self) -> Sequence[int]:
        return [0, *sentence_ends(self._text), len(self._text)]

    def around(self, start: int, end: int) -> str:
        """The sentence, or the sentences, that a span stands in, on one line; cut with "…" where that is long."""
        at = bisect_right(self._known, start, key=lambda span: span.start) - 1
        if at >= 0 and end <= self._known[at].end:
            return one_line(self._known[at].text)
        first = self._ends[bisect_right(self._ends, start) - 1]
        last = self._ends[bisect_left(self._ends, min(end, len(self._text)))]
        near, far = max(first, start - _FARTHEST), min(last, end + _FARTHEST)
        return one_line(f"{'…' * (near > first)}{self._text[near:far]}{'…' * (far < last)}")
