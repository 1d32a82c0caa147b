"""What a notebook shows: the graph in numbers, Sören Link's card, and a fact's sentences with what was read marked.

Jupyter and VS Code ask a value for its `_repr_html_`. The sites that render stored notebooks may drop all styles, so
the tags alone have to read well, and a style adds tint only; tints let the ground shine through, for light and dark
themes. Every text from a document is escaped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from kg.graph.graph import Graph
from kg.graph.labels import fact_label
from kg.graph.styling import STANCE_COLORS, color_of, stance
from kg.ontology import slug
from kg.records import TYPES, Claim, Document, Entity, Fact
from kg.show.cards import card, details, marks, place, sections, stance_words, what_it_is
from kg.show.explorer.page import page
from kg.system.text import counted, one_line

# How many of each a cell shows; what is left out is counted.
_TOP, _FACTS, _SENTENCES = 8, 12, 3
_DRAWN, _WIDTH = 25, 640

_LEFT = 'style="text-align:left"'
_DIM = 'style="opacity:.7"'
_END, _CUE = 'style="background:#2e66fe33;color:inherit"', 'style="border-bottom:2px solid #d08700"'


@dataclass(frozen=True, slots=True, repr=False)
class View:
    """Something to look at: HTML where a notebook shows it, text in a terminal."""

    text: str
    html: str

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.html


class Facts(tuple[Fact, ...]):
    """Facts of a graph, as a tuple that a notebook shows with their sentences."""

    graph: Graph

    @classmethod
    def of(cls, graph: Graph, facts: Iterable[Fact]) -> Facts:
        """The same facts, with the graph that knows their labels."""
        found = cls(facts)
        found.graph = graph
        return found

    def _repr_html_(self) -> str:
        return facts_html(self.graph, self)


def show_records() -> None:
    """Let the IPython that runs show an Entity and a Fact as HTML, too; records know nothing of notebooks."""
    from IPython import get_ipython

    if shell := get_ipython():
        formatter = shell.display_formatter.formatters["text/html"]
        formatter.for_type(Entity, entity_html)
        formatter.for_type(Fact, fact_html)


def graph_html(graph: Graph) -> str:
    """A graph in numbers, the entities of which most is said, and a small picture."""
    from kg.show.picture import draw

    parts = (
        counted(len(graph.documents), "document"),
        counted(len(graph.entities), "entity", "entities"),
        counted(len(graph.facts), "fact"),
    )
    stances = Counter(map(stance, graph.facts))
    told = ", ".join(f"{stances[name]} {name}" for name in STANCE_COLORS if stances[name])
    head = f"<p><b>Knowledge graph</b>: {', '.join(parts)}{f' ({told})' if told else ''}</p>"
    picture = draw(graph, _DRAWN, _WIDTH)
    return f"<div>{head}{_table(graph, _top_entities(graph))}{picture.svg}</div>"


def entity_html(entity: Entity) -> str:
    """The card of an entity alone, which does not know its facts; `KnowledgeGraph.card` has them."""
    parts = (Entity(part, "Thing", _readable(part)) for part in entity.parts)
    return _card(Graph((), (entity, *parts), ()), entity)


def fact_html(fact: Fact) -> str:
    """A fact alone, with its sentences; it knows the ids of its ends only, which are read as labels."""
    docs = sorted({claim.doc for claim in fact.claims})
    ends = sorted({*fact.ends, fact.speaker} - {""})
    entities = tuple(Entity(end, "Thing", _readable(end, docs)) for end in ends)
    return facts_html(Graph(tuple(Document(doc, "") for doc in docs), entities, (fact,)), (fact,))


def facts_html(graph: Graph, facts: Iterable[Fact]) -> str:
    """Facts with their sentences; who and what takes part is marked, and what says the predicate is in bold."""
    found = list(facts)
    if not found:
        return "<div><p>No facts.</p></div>"
    shown = "".join(_fact(graph, fact) for fact in found[:_FACTS])
    return f"<div>{shown}{_left_out(len(found) - _FACTS, 'fact')}</div>"


def card_view(graph: Graph, entity: Entity) -> View:
    """The card of an entity with its facts, as text and as HTML."""
    return View("\n".join(card(graph, entity)), _card(graph, entity))


def explorer_view(graph: Graph, height: int, concepts: str | None = None) -> View:
    """The explorer page inside a notebook: the whole page in one attribute, so that it needs no server and no network.

    In its sandbox it runs its own script and may open a link; it reaches nothing of the notebook around it.
    """
    text = f'<Explorer of {graph!r}; for a page of its own: graph.write("graph.html")>'
    allowed = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
    return View(
        text,
        f'<iframe title="kg explorer" width="100%" height="{height}" style="border:0" sandbox="{allowed}" '
        f'srcdoc="{escape(page(graph, concepts))}"></iframe>',
    )


def _card(graph: Graph, entity: Entity) -> str:
    dot = f'<span style="color:{color_of(entity.type)}">●</span>'
    head = f"<p>{dot} <b>{_text(entity.label)}</b> <small>{what_it_is(entity)}</small></p>"
    rows = "".join(f"<li>{name}: {_linked(name, value)}</li>" for name, value in details(graph, entity))
    return f"<div>{head}<ul>{rows}</ul>{''.join(_section(graph, *part) for part in sections(graph, entity))}</div>"


def _section(graph: Graph, title: str, facts: list[Fact]) -> str:
    lines = []
    for fact in facts[:_FACTS]:
        sentence = f"<br><small {_DIM}>{_sentence(fact.claims[0])}</small>" if fact.claims else ""
        lines.append(f"<li>{_head(graph, fact)}{sentence}</li>")
    return f"<p><i>{title}</i></p><ul>{''.join(lines)}</ul>{_left_out(len(facts) - _FACTS, 'fact')}"


def _fact(graph: Graph, fact: Fact) -> str:
    quotes = (
        f"<blockquote>{_sentence(claim)}<br>"
        f"<small {_DIM}>{_text(place(graph.documents_by_id[claim.doc], claim))}</small></blockquote>"
        for claim in fact.claims[:_SENTENCES]
    )
    return f"<p>{_head(graph, fact)}</p>{''.join(quotes)}{_left_out(len(fact.claims) - _SENTENCES, 'sentence')}"


def _head(graph: Graph, fact: Fact) -> str:
    return f"<b>{_text(fact_label(graph, fact))}</b> <small {_DIM}>{_text(stance_words(graph, fact))}</small>"


def _sentence(claim: Claim) -> str:
    """The sentence of a claim with its parts marked."""
    return one_line("".join(_pieces(claim)))


def _pieces(claim: Claim) -> Iterator[str]:
    text, at = claim.sentence.text, 0
    for start, end, part in marks(claim):
        yield escape(text[at:start])
        words = escape(text[start:end])
        yield f"<b {_CUE}>{words}</b>" if part == "cue" else f"<mark {_END}>{words}</mark>"
        at = end
    yield escape(text[at:])


def _top_entities(graph: Graph) -> list[Entity]:
    """The named entities of which most is said: by facts, then mentions, then id."""
    named = (entity for entity in graph.entities if entity.named and graph.facts_of(entity.id))
    return sorted(named, key=lambda e: (-len(graph.facts_of(e.id)), -len(e.mentions), e.id))[:_TOP]


def _table(graph: Graph, entities: Iterable[Entity]) -> str:
    head = f"<th {_LEFT}>Entity</th><th {_LEFT}>Type</th><th>Mentions</th><th>Facts</th>"
    rows = (
        f"<tr><td {_LEFT}>{_text(entity.label)}</td><td {_LEFT}>{entity.type}</td>"
        f"<td>{len(entity.mentions)}</td><td>{len(graph.facts_of(entity.id))}</td></tr>"
        for entity in entities
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _left_out(count: int, noun: str) -> str:
    return f"<p><small>… and {counted(count, 'more ' + noun)}</small></p>" if count > 0 else ""


def _linked(name: str, value: str) -> str:
    """IRIs as links, as far as they lead to the web; all else as text."""
    if name != "same as":
        return _text(value)
    web = ("http://", "https://")
    return " ".join(
        f'<a href="{escape(iri)}">{escape(iri)}</a>' if iri.startswith(web) else escape(iri) for iri in value.split()
    )


def _text(value: str) -> str:
    return escape(one_line(value))


def _readable(entity_id: str, docs: Iterable[str] = ()) -> str:
    """An id as a label, without what tells a concept from others: its type, or the document it belongs to.

    >>> _readable("Sören_Link"), _readable("Sprecher.Role"), _readable("Stadt.seite1", ["seite1"])
    ('Sören Link', 'Sprecher', 'Stadt')
    """
    label, _, last = entity_id.rpartition(".")
    return (label if last in (*TYPES, *map(slug, docs)) and label else entity_id).replace("_", " ")
