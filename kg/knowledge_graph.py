"""KnowledgeGraph: what users hold. It asks and filters, draws, and writes: `kg.build("artikel/").write("netz.gexf")`.

The data and the questions that need nothing else are those of `kg.graph.graph`; here each verb hands on to the room
that does the work, which is imported then: a graph that is only asked loads neither networkx nor rdflib.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, Self

from kg.checks import COUNT, FLAG, PATH, SHARE, TEXT, maybe, one_of, several, takes, whole_characters, whole_number
from kg.errors import KgError
from kg.graph.graph import GRAPH, Graph
from kg.graph.soundness import check_graph, of_python, records_of
from kg.records import DRAWN, LEVELS, TYPES, UNITS, Entity, Fact, Run

if TYPE_CHECKING:
    import networkx
    import pandas
    import rdflib

    from kg.graph.layout import Point
    from kg.rdf.sparql.dataset import Dataset
    from kg.show.differences import Differences
    from kg.show.notebook import Facts, View
    from kg.show.picture import Picture
    from kg.show.stats import Count


_READ = ("documents", "entities", "facts", "claims")
"""The records of a graph."""


class Stored(Protocol):
    """Where a graph is kept that is read when it is asked for, see `kg.opening.Source`, which says what each gives."""

    def whole(self) -> Graph: ...
    def part(self, names: Collection[str], perhaps: Collection[str], first: bool, facts: bool) -> Graph: ...
    def around(self, name: str, hops: int) -> Graph: ...
    def without(self, names: Collection[str], concepts: str) -> Graph: ...
    def counts(self) -> list[Count]: ...


if "IPython" in sys.modules:
    from kg.show.notebook import show_records

    show_records()


@dataclass(frozen=True, repr=False)
class KnowledgeGraph(Graph):
    """Documents and what they say. Build one with `kg.build` or `kg.open`; it never changes.

    `documents`, `entities` and `facts` are sorted by id; `claims` holds all that was extracted, also what became no
    fact because one end is still open ("er", "das Unternehmen"). `run` tells how it was made; graphs that say the same
    are equal whatever made them. Texts and numbers of numpy and of enums become those of Python. Raises KgError for
    records that do not hold together, as a fact whose subject is no entity, see `kg.graph.soundness`.
    """

    def __post_init__(self) -> None:
        for name in ("documents", "entities", "facts", "claims"):
            object.__setattr__(self, name, of_python(records_of(getattr(self, name), name)))
        for name in ("base_iri", "run"):
            object.__setattr__(self, name, of_python(getattr(self, name)))
        check_graph(self)

    @classmethod
    def of(cls, graph: Graph, source: Stored | None = None) -> Self:
        """A graph as users hold it, which kg has made itself: it holds together. It is kept at `source`."""
        made = object.__new__(cls)
        made.__dict__.update(graph.__getstate__(), _source=source)
        return made

    @classmethod
    def stored(cls, source: Stored, base_iri: str, run: Run) -> Self:
        """A graph whose documents, entities, facts and claims are read from a source when they are asked for."""
        made = object.__new__(cls)
        made.__dict__.update(base_iri=base_iri, run=run, _source=source)
        return made

    def __getattr__(self, name: str) -> Any:
        source = self.unread
        if name in _READ and source is not None:
            graph = source.whole()
            self.__dict__.update({part: getattr(graph, part) for part in _READ})
        if name not in self.__dict__:  # another thread may have read it meanwhile
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return self.__dict__[name]

    def __repr__(self) -> str:
        counts = {what: number for what, kind, number in self.counts() if not kind}
        told = ", ".join(f"{name}={counts[name]}" for name in ("documents", "entities", "facts"))
        return f"<{type(self).__name__} {told}>"

    @property
    def unread(self) -> Stored | None:
        """What the graph is read from, until all of it has been; None of one in memory."""
        source: Stored | None = self.__dict__.get("_source")
        return None if "entities" in self.__dict__ else source

    def about(self, *names: str, perhaps: Collection[str] = (), first: bool = False, facts: bool = True) -> Self:
        """What the graph has of the entities called so: a graph that says of them what this one does.

        Of a store that nobody has read all of, it reads these alone; a graph in memory is its own answer. `perhaps` are
        words that may be names as well; with `first` a fact has the first of its claims alone, without `facts` there
        are none.
        """
        source = self.unread
        return self if source is None else self.derived_from(source.part(names, perhaps, first, facts))

    def derived_from(self, graph: Graph) -> Self:
        """A graph with these records, made as this one was."""
        return type(self).of(graph).derived(base_iri=self.base_iri, run=self.run)

    def counts(self) -> list[Count]:
        """The graph in numbers: what is counted, which kind of it, how many; CLI: `kg stats`."""
        from kg.show.stats import count_graph

        source = self.unread
        return list(count_graph(self)) if source is None else source.counts()

    @takes(name=TEXT)
    def entity(self, name: str) -> Entity:
        """See `kg.graph.graph.Graph.entity`."""
        return Graph.entity(self.about(name, facts=False), name)

    @takes(name=TEXT)
    def others_called(self, name: str) -> tuple[Entity, ...]:
        """See `kg.graph.graph.Graph.others_called`."""
        return Graph.others_called(self.about(name, facts=False), name)

    @takes(entity_id=TEXT)
    def facts_of(self, entity_id: str) -> tuple[Fact, ...]:
        """See `kg.graph.graph.Graph.facts_of`."""
        return Graph.facts_of(self.about(entity_id), entity_id)

    @property
    def places(self) -> Mapping[str, Point]:
        """Where each node of `to_networkx()` stands when the graph is drawn, see `kg.graph.layout.layout`."""
        from kg.graph.layout import layout

        return layout(self)

    @property
    def communities(self) -> Mapping[str, int]:
        """The community of each node of `to_networkx()`, from 0, the largest, see `kg.graph.layout.communities`."""
        from kg.graph.layout import communities

        return communities(self)

    @takes(subject=TEXT, predicate=maybe(TEXT), object=maybe(TEXT))
    def why(self, subject: str, predicate: str | None = None, object: str | None = None) -> Facts:
        """The facts behind an edge, each with its claims and their sentences; facts with `subject` as subject first.

        `subject` and `object` are names as for `entity`, whatever role they have; `predicate` is a lemma, a label or an
        IRI, whole or compact, or a part of one ("unterzeichnen", "kg:signed"); where no predicate fits, it is tried as
        the name of the object, and then as a word of the sentences ("unterzeichnete"). Raises QueryError for a name
        that the graph does not hold.
        """
        from kg.show.notebook import Facts

        part = self.about(*filter(None, (subject, object)), perhaps=tuple(filter(None, [predicate])))
        return Facts.of(part, part.behind(subject, predicate, object))

    @takes(query=TEXT)
    def sparql(self, query: str) -> bool | list[dict[str, Any]] | rdflib.Graph:
        """Answer a SPARQL query over the triples at level "claims"; our prefixes need no PREFIX line.

        SELECT gives a list of dicts (`pandas.DataFrame` takes it as it is), ASK a bool, CONSTRUCT and DESCRIBE an
        rdflib Graph. `kg:matches(?label, "mueller")` finds labels as one types them. Raises QueryError for a query
        that does not parse. One that needs more memory than there is ends the process; that of `kg query` outlives it.
        """
        from kg.rdf.sparql.query import evaluate, values

        return values(evaluate(self._dataset, query), self._dataset.prefixes)

    @cached_property
    def _dataset(self) -> Dataset:
        from kg.rdf.sparql.dataset import dataset_of

        with whole_characters():
            return dataset_of(self)

    @takes(name=TEXT, hops=whole_number(0))
    def around(self, name: str, hops: int = 1) -> Self:
        """An entity and what is linked with it in so many steps, as a graph of its own; CLI: `--around`.

        A phrase counts as the entities that it names. Raises QueryError for a name that the graph does not hold.
        """
        from kg.graph.filters import around

        source = self.unread
        return around(self if source is None else self.derived_from(source.around(name, hops)), name, hops)

    @takes(documents=several(TEXT))
    def without(self, *documents: str) -> Self:
        """The graph as if its store had never read some documents, ids or patterns as for `kg.remove`.

        Raises QueryError for one that is not there, KgError for a part of a graph, or where its store changed.
        """
        if (source := self.__dict__.get("_source")) is None:
            raise KgError("without: a graph of no store, or a part of one; take what kg.open gives of a .kg file")
        return self.derived_from(source.without(documents, self.run.concepts))

    @takes(
        **dict.fromkeys(("polarity", "speaker", "predicate", "since", "until"), TEXT),
        **dict.fromkeys(("types", "modality"), several(TEXT)),
        min_weight=COUNT,
        min_confidence=SHARE,
    )
    def filter(
        self,
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
    ) -> Self:
        """The facts that pass all filters given, with the entities they need; CLI: `--min-weight`, `--types`, ….

        `min_weight` counts documents, `min_confidence` is from 0 to 1 (a plain triple needs
        `kg.modalities.SURE_ENOUGH`), `types` are those of both ends, `speaker` and `predicate` are named as for `why`,
        `since` and `until` are ISO dates; a fact that names no time has those of its documents. `kg.graph.filters` has
        one function for each. Raises QueryError for what is no type, modality, polarity, date or speaker.
        """
        from kg.graph.filters import filtered

        return filtered(
            self,
            min_weight=min_weight,
            min_confidence=min_confidence,
            types=types,
            modality=modality,
            polarity=polarity,
            speaker=speaker,
            predicate=predicate,
            since=since,
            until=until,
        )

    @takes(other=GRAPH)
    def diff(self, other: Graph) -> Differences:
        """What `other` says otherwise: what is new there, gone or changed; false if nothing is. CLI: `kg diff`."""
        from kg.show.differences import differences

        return differences(self, other)

    @takes(concepts=maybe(one_of(DRAWN)))
    def to_networkx(self, concepts: str | None = None) -> networkx.MultiDiGraph[str]:
        """The graph for networkx: entities as nodes, an edge for the object of a fact and for each role; scalars only.

        `concepts` says which things without a name it has: "joining", or None, those that link two with one; "none"
        none, "linked" all entities of the graph, linked or not, and "all" the texts too, which are no entities.
        """
        from kg.graph.network import to_networkx

        return to_networkx(self, concepts)

    @takes(
        unit=one_of(UNITS),
        min_weight=COUNT,
        types=several(one_of(TYPES)),
        hops=COUNT,
        **dict.fromkeys(("since", "until", "around"), TEXT),
    )
    def cooccurrence(
        self,
        unit: str = "sentence",
        *,
        min_weight: int = 1,
        types: Collection[str] = (),
        since: str = "",
        until: str = "",
        around: str = "",
        hops: int = 1,
    ) -> networkx.Graph[str]:
        """Who is named together, for networkx: an edge without direction for each two named entities that a `unit`,
        "sentence", "paragraph" or "document", names; its weight is how many do. CLI: `kg export --cooccurrence`.

        Pronouns and descriptions ("der Konzern") name what they mean, and of the same texts one counts. `min_weight` is
        the least weight of an edge, `types` are those of both ends, `since` and `until` ISO dates of documents;
        `around` and `hops` keep what so many steps lead to from an entity. `kg.graph.cooccurrence` lists the
        attributes. Raises QueryError for what is no date and for a name that nothing is named together with, KgError
        for a graph that does not tell where its entities are named, as RDF below level "full".
        """
        from kg.graph.cooccurrence import cooccurrence

        return cooccurrence(
            self, unit, min_weight=min_weight, types=types, since=since, until=until, around=around, hops=hops
        )

    @takes(path=PATH)
    def write_cooccurrence(self, path: str | os.PathLike[str], unit: str = "sentence", **filters: Any) -> None:
        """Write who is named together, drawn like a graph, to a file for Gephi (.gexf, …) or a folder/ of CSV tables.

        `filters` are those of `cooccurrence`. CLI: `kg export --cooccurrence`.
        """
        from kg.formats import check_network, write_network
        from kg.formats.cooccurrence import drawn

        check_network(path)
        write_network(drawn(self.cooccurrence(unit, **filters)), path)

    @takes(level=one_of(LEVELS))
    def to_rdflib(self, level: str = "claims") -> rdflib.Graph:
        """The graph's triples as an rdflib Graph, `level` "plain", "claims" or "full"."""
        from kg.rdf import to_rdflib

        with whole_characters():
            return to_rdflib(self, level)

    @takes(path=PATH, level=one_of(LEVELS), rdf12=FLAG, concepts=maybe(one_of(DRAWN)), most=maybe(COUNT))
    def write(
        self,
        path: str | os.PathLike[str],
        level: str = "claims",
        *,
        rdf12: bool = False,
        concepts: str | None = None,
        most: int | None = None,
    ) -> None:
        """Write the graph to a file whose suffix says the format (".ttl", ".graphml", …).

        `level` is how much of it becomes RDF, `rdf12` adds the triple terms of RDF 1.2 to the facts. `concepts` is how
        much of it a drawing shows (.gexf, .html, …), as for `to_networkx`; other formats hold the whole graph. Of a
        large one a page shows the 2,000 entities with most links, a GEXF file 10,000, unless `most` says how many.
        """
        from kg.formats import write

        write(self, path, level, rdf12=rdf12, concepts=concepts, most=most)

    def _repr_html_(self) -> str:
        """The graph in numbers, the entities of which most is said, and a small picture."""
        from kg.show.notebook import graph_html

        return graph_html(self)

    @takes(name=TEXT)
    def card(self, name: str) -> View:
        """The card of the entity called so (see `entity`), with its facts in all directions; CLI: `kg show`."""
        from kg.show.notebook import card_view

        part = self.about(name)
        return card_view(part, part.entity(name))

    @takes(most=COUNT, width=COUNT, concepts=maybe(one_of(DRAWN)))
    def plot(self, most: int = 50, width: int = 800, concepts: str | None = None) -> Picture:
        """A still picture, as SVG, of the `most` entities of which most is said; `width` is in pixels.

        `concepts` is as for `to_networkx`; texts are never drawn.
        """
        from kg.show.picture import draw

        return draw(self, most, width, concepts)

    @takes(height=whole_number(1, 100_000), concepts=maybe(one_of(DRAWN)))
    def explore(self, height: int = 640, concepts: str | None = None) -> View:
        """The explorer inside a notebook, offline, `height` pixels high; `write("graph.html")` makes it a page.

        `concepts` is what its picture shows, as for `to_networkx`; it tells all facts.
        """
        from kg.show.notebook import explorer_view

        return explorer_view(self, height, concepts)

    @takes(query=TEXT)
    def sparql_frame(self, query: str) -> pandas.DataFrame:
        """The rows of a SELECT query, a column per variable. Raises QueryError as `sparql` does."""
        from kg.rdf.sparql.query import evaluate
        from kg.show.frames import answer_frame

        return answer_frame(evaluate(self._dataset, query))

    def entities_frame(self) -> pandas.DataFrame:
        """One row per entity, see `kg.show.frames.entities_frame`."""
        from kg.show.frames import entities_frame

        return entities_frame(self)

    def facts_frame(self) -> pandas.DataFrame:
        """One row per fact, see `kg.show.frames.facts_frame`."""
        from kg.show.frames import facts_frame

        return facts_frame(self)

    def evidence_frame(self) -> pandas.DataFrame:
        """One row per sentence behind a fact, see `kg.show.frames.evidence_frame`."""
        from kg.show.frames import evidence_frame

        return evidence_frame(self)
