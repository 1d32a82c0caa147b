"""A graph to look at: Sören Link's card, a picture of who has to do with whom, a table of facts for pandas.

These are methods of `KnowledgeGraph`; what it is and what one asks of it stands in `kg.graph`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.checks import COUNT, TEXT, takes

if TYPE_CHECKING:
    import pandas

    from kg.graph import KnowledgeGraph
    from kg.notebook import View
    from kg.picture import Picture


class Views:
    """What a graph shows in a notebook. Tables are for pandas, and raise KgError where it is missing."""

    def _repr_html_(self: KnowledgeGraph) -> str:
        """The graph in numbers, the entities of which most is said, and a small picture."""
        from kg.notebook import graph_html

        return graph_html(self)

    @takes(name=TEXT)
    def card(self: KnowledgeGraph, name: str) -> View:
        """The card of the entity called so (see `entity`), with its facts in all directions; CLI: `kg show`."""
        from kg.notebook import card_view

        return card_view(self, self.entity(name))

    @takes(most=COUNT, width=COUNT)
    def plot(self: KnowledgeGraph, most: int = 50, width: int = 800) -> Picture:
        """A still picture, as SVG, of the `most` entities of which most is said; `width` is in pixels."""
        from kg.picture import draw

        return draw(self, most, width)

    @takes(height=COUNT)
    def explore(self: KnowledgeGraph, height: int = 640) -> View:
        """The explorer inside a notebook, offline, `height` pixels high; `write("graph.html")` makes it a page."""
        from kg.notebook import explorer_view

        return explorer_view(self, height)

    @takes(query=TEXT)
    def sparql_frame(self: KnowledgeGraph, query: str) -> pandas.DataFrame:
        """The rows of a SELECT query, a column per variable. Raises QueryError as `sparql` does."""
        from kg.frames import answer_frame
        from kg.query import evaluate

        return answer_frame(evaluate(self._dataset, query))

    def entities_frame(self: KnowledgeGraph) -> pandas.DataFrame:
        """One row per entity, see `frames.entities_frame`."""
        from kg.frames import entities_frame

        return entities_frame(self)

    def facts_frame(self: KnowledgeGraph) -> pandas.DataFrame:
        """One row per fact, see `frames.facts_frame`."""
        from kg.frames import facts_frame

        return facts_frame(self)

    def evidence_frame(self: KnowledgeGraph) -> pandas.DataFrame:
        """One row per sentence behind a fact, see `frames.evidence_frame`."""
        from kg.frames import evidence_frame

        return evidence_frame(self)
