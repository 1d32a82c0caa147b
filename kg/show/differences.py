"""What one graph says otherwise than another, to read: a line for each thing that is new, gone or otherwise now.

    facts: 1 new, 1 changed
      new      Nele Prinz – leitet – Elbwerft  positive, asserted, 1 document
      changed  Sören Link – leitet – Duisburg  1 document → 2 documents

The same comes as Markdown, for a message or a cell of a notebook; long lists end with how many more there are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from kg.graph.comparison.difference import CHANGES, Difference, RecordChange, difference
from kg.graph.graph import Graph
from kg.graph.labels import fact_label
from kg.records import Document, Entity, Fact
from kg.show.cards import Style, period_words, stance_words, undressed
from kg.system.text import counted, one_line

MOST_CHANGES = 20
"""How many records of one kind are told, where nobody asks for all."""

_MARKS = re.compile(r"[\\`*_{}\[\]<>#|~&]")  # what Markdown does not take as it is, within a line

_Row = tuple[str, str, str]
"""What became of something, what it is called, and what else is told of it."""


class Differences(Difference):
    """What one graph says otherwise than another, as a terminal prints it and a notebook shows it."""

    def __str__(self) -> str:
        return "\n".join(difference_lines(self))

    def _repr_markdown_(self) -> str:
        return "\n".join(difference_markdown(self))


def differences(old: Graph, new: Graph) -> Differences:
    """What one graph says otherwise than another, see `kg.graph.comparison.difference`."""
    found = difference(old, new)
    return Differences(found.documents, found.entities, found.facts, found.old, found.new)


def difference_lines(found: Difference, most: int | None = MOST_CHANGES, style: Style = undressed) -> Iterator[str]:
    """Yield a difference as lines for a terminal: `most` of each kind, None for all."""
    width = max(map(len, CHANGES))
    for number, (title, rows) in enumerate(_sections(found, most)):
        yield from [""] if number else []
        yield style(title, "head")
        for kind, name, more in rows:
            head = f"  {kind:<{width}}  {name}" if kind else f"  {name}"
            yield f"{head}  {style(more, 'dim')}" if more else head
    if not found:
        yield "no difference"


def difference_markdown(found: Difference, most: int | None = MOST_CHANGES) -> Iterator[str]:
    """Yield a difference as lines of Markdown: a list for documents, entities and facts each."""
    for number, (title, rows) in enumerate(_sections(found, most)):
        yield from ["", f"**{title}**", ""] if number else [f"**{title}**", ""]
        for kind, name, more in rows:
            said = f"{kind}: {_escaped(name)}" if kind else f"*{name}*"
            yield f"- {said} ({_escaped(more)})" if more else f"- {said}"
    if not found:
        yield "No difference."


def _escaped(text: str) -> str:
    r"""A text as Markdown says it.

    >>> print(_escaped("Link* <b>"))
    Link\* \<b\>
    """
    return _MARKS.sub(lambda match: f"\\{match[0]}", text)


def _sections(found: Difference, most: int | None) -> Iterator[tuple[str, Iterator[_Row]]]:
    """Yield documents, entities and facts, each with how many are new, gone, …, and the rows; none that is empty."""
    if found.documents:
        yield _title("documents", found.documents), _cut(found.documents, most, map(_document, found.documents))
    if found.entities:
        alike = _alike(found)
        rows = (_entity(change, alike) for change in found.entities)
        yield _title("entities", found.entities), _cut(found.entities, most, rows)
    if found.facts:
        rows = (_fact(found, change) for change in found.facts)
        yield _title("facts", found.facts), _cut(found.facts, most, rows)


def _title(what: str, changes: Sequence[RecordChange[Any]]) -> str:
    numbers = Counter(change.kind for change in changes)
    return f"{what}: {', '.join(f'{numbers[kind]:,} {kind}' for kind in CHANGES if numbers[kind])}"


def _cut(changes: Sequence[RecordChange[Any]], most: int | None, rows: Iterable[_Row]) -> Iterator[_Row]:
    """Yield the first rows of each kind, and how many more of it there are."""
    numbers, told = Counter(change.kind for change in changes), Counter[str]()
    for change, row in zip(changes, rows, strict=True):
        told[change.kind] += 1
        if most is None or told[change.kind] <= most:
            yield row
        elif told[change.kind] == numbers[change.kind]:
            yield "", f"… and {numbers[change.kind] - most:,} more {change.kind}", ""


def _document(change: RecordChange[Document]) -> _Row:
    document = change.records[0]
    if not change.what:
        told = (document.title, document.publisher, document.date)
        return change.kind, document.id, one_line(", ".join(filter(None, told)))
    before = change.before[0]
    said = [_turned(getattr(before, n), getattr(document, n), n) for n in change.what if n not in ("text", "id")]
    said += ["another text"] if "text" in change.what else []
    name = f"{before.id} → {document.id}" if "id" in change.what else document.id
    return change.kind, name, one_line(", ".join(said))


def _alike(found: Difference) -> frozenset[str]:
    """The labels of which there are two, in one of the graphs or as one entity had them."""
    called = {(entity.label, entity.id) for graph in (found.old, found.new) for entity in graph.entities}
    return frozenset(label for label, count in Counter(label for label, _ in called).items() if count > 1)


def _entity(change: RecordChange[Entity], alike: Collection[str]) -> _Row:
    """Who is new or gone, and what it is; else who they were and who they are, with ids where labels are alike."""
    before, after = change.before, change.after
    sides = [" + ".join(_called(e, e.label in alike) for e in side) for side in (before, after) if side]
    said = [_turned(getattr(before[0], n), getattr(after[0], n), n) for n in change.what if n in ("type", "kind")]
    name = sides[-1] if change.kind == "changed" else " → ".join(sides)
    return change.kind, name, ", ".join(said) or _what_it_is((before if change.kind == "split" else change.records)[0])


def _called(entity: Entity, by_id: bool) -> str:
    return one_line(f"{entity.label} (id {entity.id})" if by_id else entity.label)


def _what_it_is(entity: Entity) -> str:
    """Type, kind, and in how many documents, as far as the graph tells: "Organization (company), 2 documents"."""
    what = f"{entity.type} ({entity.kind})" if entity.kind else entity.type
    return f"{what}, {counted(entity.weight, 'document')}" if entity.mentions else what


def _fact(found: Difference, change: RecordChange[Fact]) -> _Row:
    """A fact with what stands beside it on a card, or with what of that was otherwise."""
    graph, fact = found.new if change.after else found.old, change.records[0]
    label = fact_label(graph, fact)
    if not change.what:
        return change.kind, label, stance_words(graph, fact)
    before, said = change.before[0], []
    if "weight" in change.what:
        said.append(_turned(counted(before.weight, "document"), counted(fact.weight, "document")))
    if "time" in change.what:
        said.append(_turned(*(" ".join(period_words(each.since, each.until)) or "undated" for each in (before, fact))))
    if "confidence" in change.what:
        said.append(f"confidence {_turned(f'{before.confidence:.2f}', f'{fact.confidence:.2f}')}")
    if "risk" in change.what:
        said.append(f"risk {_turned(f'{before.risk:.2f}', f'{fact.risk:.2f}')}")
    return change.kind, label, ", ".join(said)


def _turned(before: str, after: str, name: str = "") -> str:
    """What something was and what it is: "title Werft → Elbwerft".

    >>> _turned("", "Elbwerft", "title")
    'title – → Elbwerft'
    """
    return f"{name} {before or '–'} → {after or '–'}".strip()
