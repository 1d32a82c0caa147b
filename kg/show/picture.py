"""A still picture of a graph as SVG: Sören Link in orange, an arrow to the Memorandum that he signed.

It shows the entities of which most is said, so that a thousand articles give a picture too. Places come from
`kg.graph.layout`, colours from `kg.graph.styling`; a label that would cover another is left out, as is what hangs on
nothing shown. A fact is an arrow to its object, and one to whoever has a role in it.
The ground is white on any page, and there is no script and no style sheet: it looks the same wherever it is shown.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from kg.checks import short
from kg.errors import KgError
from kg.graph.labels import fact_label
from kg.graph.layout import places_in
from kg.graph.network import Link, Network, most_linked, network, without_texts
from kg.graph.styling import STANCE_COLORS, color_of, size_of, stance
from kg.records import TYPES
from kg.system.text import counted, one_line
from kg.system.xml import escaped

if TYPE_CHECKING:
    from kg.graph.graph import Graph
    from kg.records import Entity

_FONT = 11.0
# The mean width of a letter of a sans-serif font, in its size: enough to tell which labels would touch.
_LETTER = 0.58
# How long a label may be, and how long where that does not fit.
_LENGTHS = (30, 16)
_MARGIN = 24.0
# What labels may need beside the outermost nodes.
_ROOM = 130.0
_NARROWEST, _WIDEST = 240, 100_000
_BEND, _HEAD = 14.0, 6.0
# With more arrows than these they are drawn fainter, for the names to stand out.
_MANY = 80
_SIGN, _LINE = 25.0, 17.0
_INK, _DIM = "#1f2430", "#4b5160"
_DASHES: Mapping[str, str] = {"direct": "", "unsure": "1 4", "claimed": "1.5 3", "open": "6 3", "denied": "3 2"}
_STANCES: Mapping[str, str] = {
    "direct": "stated",
    "unsure": "perhaps misread",
    "claimed": "said by somebody",
    "open": "planned, possible, …",
    "denied": "denied",
}


@dataclass(frozen=True, slots=True, repr=False)
class Picture:
    """An SVG that a notebook shows; `svg` is its text."""

    svg: str
    description: str

    def __repr__(self) -> str:
        return f"<Picture of {self.description}>"

    def _repr_svg_(self) -> str:
        return self.svg


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


class _Dot(NamedTuple):
    """A node on the picture, y downwards."""

    entity: Entity
    x: float
    y: float
    radius: float

    @property
    def box(self) -> _Box:
        return _Box(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)


class _Spot(NamedTuple):
    """Where a label may stand: its text, the anchor and its place, and the room it takes."""

    text: str
    anchor: str
    x: float
    y: float
    box: _Box


def draw(graph: Graph, most: int, width: int, concepts: str | None = None) -> Picture:
    """The picture of the `most` entities of which most is said, and of what the facts say of these.

    `concepts` is as for `kg.graph.network.network`. Raises KgError for a width that no label would fit in.
    """
    if not _NARROWEST <= width <= _WIDEST:
        raise KgError(f"{short(width)}: no width for a picture; take {_NARROWEST} to {_WIDEST} pixels")
    shown = most_linked(graph.once(network, without_texts(concepts)), most)
    entities, links = shown.entities, shown.links
    dots, height = _dots(shown, float(width))
    facts = len({link.fact.id for link in links})
    what = f"{len(entities)} of {counted(len(graph.entities), 'entity', 'entities')}, "
    what += f"{facts} of {counted(len(graph.facts), 'fact')}"
    legend, whole = _legend(_signs(entities, links), what, float(width), height)
    arrows = f'<g opacity="{1 if len(links) <= _MANY else 0.5}">{"".join(_arrows(graph, links, dots))}</g>'
    inner = arrows + "".join((*_circles(dots), *_labels(dots, float(width), height), *legend))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_n(whole)}" width="{width}" '
        f'height="{_n(whole)}" role="img" aria-label="{what}" font-family="sans-serif" font-size="{_n(_FONT)}">'
        f'<rect width="{width}" height="{_n(whole)}" rx="6" fill="#ffffff"/>{inner}</svg>'
    )
    return Picture(svg, what)


def _dots(shown: Network, width: float) -> tuple[dict[str, _Dot], float]:
    """The nodes on a picture of that width, and the height that they need; a tall layout is laid on its side."""
    places = {node: (place.x, -place.y) for node, place in places_in(shown).items()}
    if not places:
        return {}, 2 * _MARGIN
    xs, ys = zip(*places.values(), strict=True)
    if max(ys) - min(ys) > max(xs) - min(xs):
        places = {node: (y, x) for node, (x, y) in places.items()}
        xs, ys = ys, xs
    scale = (width - 2 * _MARGIN - _ROOM) / max(max(xs) - min(xs), 1.0)
    left, top = min(xs), min(ys)
    dots = {}
    for entity in shown.entities:
        x, y = places[entity.id]
        radius = min(max(size_of(entity.weight) * scale, 4.0), 14.0)
        dots[entity.id] = _Dot(entity, _MARGIN + _ROOM / 2 + (x - left) * scale, _MARGIN + (y - top) * scale, radius)
    return dots, 2 * _MARGIN + (max(ys) - top) * scale


def _arrows(graph: Graph, links: Sequence[Link], dots: Mapping[str, _Dot]) -> Iterator[str]:
    """Yield an arrow for each link; several between the same two are bent apart."""
    pairs = Counter(_pair(link) for link in links)
    drawn: Counter[tuple[str, str]] = Counter()
    for link in links:
        pair = _pair(link)
        bend = (drawn[pair] - (pairs[pair] - 1) / 2) * _BEND
        drawn[pair] += 1
        if pair[0] != link.source:
            bend = -bend
        yield _arrow(dots[link.source], dots[link.target], bend, stance(link.fact), fact_label(graph, link.fact))


def _pair(link: Link) -> tuple[str, str]:
    return min(link.source, link.target), max(link.source, link.target)


def _arrow(start: _Dot, end: _Dot, bend: float, kind: str, title: str) -> str:
    """One bent line from rim to rim with its head."""
    dx, dy = end.x - start.x, end.y - start.y
    length = math.sqrt(dx * dx + dy * dy) or 1.0
    middle_x = (start.x + end.x) / 2 - dy / length * bend * 2
    middle_y = (start.y + end.y) / 2 + dx / length * bend * 2
    from_x, from_y = _towards(start, middle_x, middle_y, start.radius)
    tip_x, tip_y = _towards(end, middle_x, middle_y, end.radius + 1)
    base_x, base_y = _towards(end, middle_x, middle_y, end.radius + 1 + _HEAD)
    side_x, side_y = (tip_y - base_y) * 0.45, (base_x - tip_x) * 0.45
    color = STANCE_COLORS[kind]
    dash = f' stroke-dasharray="{_DASHES[kind]}"' if _DASHES[kind] else ""
    path = f"M{_n(from_x)} {_n(from_y)}Q{_n(middle_x)} {_n(middle_y)} {_n(base_x)} {_n(base_y)}"
    corners = ((tip_x, tip_y), (base_x + side_x, base_y + side_y), (base_x - side_x, base_y - side_y))
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in corners)
    return (
        f'<g><title>{_xml(title)}</title><path d="{path}" fill="none" stroke="{color}" stroke-width="1.3"{dash}/>'
        f'<polygon points="{points}" fill="{color}"/></g>'
    )


def _towards(dot: _Dot, x: float, y: float, distance: float) -> tuple[float, float]:
    """The point at a distance from the middle of a node in the direction of x, y."""
    dx, dy = x - dot.x, y - dot.y
    length = math.sqrt(dx * dx + dy * dy) or 1.0
    return dot.x + dx / length * distance, dot.y + dy / length * distance


def _circles(dots: Mapping[str, _Dot]) -> Iterator[str]:
    for dot in dots.values():
        title = _xml(f"{dot.entity.label} ({dot.entity.type})")
        yield (
            f'<circle cx="{_n(dot.x)}" cy="{_n(dot.y)}" r="{_n(dot.radius)}" fill="{color_of(dot.entity.type)}" '
            f'stroke="#ffffff"><title>{title}</title></circle>'
        )


def _labels(dots: Mapping[str, _Dot], width: float, height: float) -> Iterator[str]:
    """Yield the labels that cover no other label and no node, names and large nodes first, cut short if need be."""
    taken = [dot.box for dot in dots.values()]
    order = sorted(dots.values(), key=lambda d: (not d.entity.named, -d.radius, -len(d.entity.mentions), d.entity.id))
    for dot in order:
        for spot in (spot for length in _LENGTHS for spot in _beside(dot, _shortened(dot.entity.label, length))):
            box = spot.box
            inside = box.left >= 2 and box.right <= width - 2 and box.top >= 2 and box.bottom <= height - 2
            if inside and not any(box.meets(other) for other in taken):
                taken.append(box)
                yield _label(spot, dot.entity.named)
                break


def _beside(dot: _Dot, text: str) -> Iterator[_Spot]:
    """Yield where a label can stand, best place first."""
    away, long = dot.radius + 3, len(text) * _FONT * _LETTER
    for anchor, x, y, left in (
        ("middle", dot.x, dot.y + away + _FONT * 0.8, dot.x - long / 2),
        ("middle", dot.x, dot.y - away, dot.x - long / 2),
        ("start", dot.x + away, dot.y + _FONT * 0.35, dot.x + away),
        ("end", dot.x - away, dot.y + _FONT * 0.35, dot.x - away - long),
    ):
        yield _Spot(text, anchor, x, y, _Box(left, y - _FONT * 0.8, left + long, y + _FONT * 0.25))


def _label(spot: _Spot, bold: bool) -> str:
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{_n(spot.x)}" y="{_n(spot.y)}" text-anchor="{spot.anchor}"{weight} fill="{_INK}" stroke="#ffffff" '
        f'stroke-width="3" stroke-linejoin="round" paint-order="stroke">{_xml(spot.text)}</text>'
    )


def _signs(entities: Sequence[Entity], links: Sequence[Link]) -> list[tuple[str, str]]:
    """The colours and dashes that are on a picture, each with what it means."""
    types, stances = {entity.type for entity in entities}, {stance(link.fact) for link in links}
    dots = [(_dot_sign(color_of(name)), name) for name in TYPES if name in types]
    return dots + [(_line_sign(name), word) for name, word in _STANCES.items() if name in stances]


def _legend(signs: Sequence[tuple[str, str]], what: str, width: float, top: float) -> tuple[list[str], float]:
    """The signs in lines below a picture, then what it shows of the whole; and where all that ends."""
    parts, x, y = [], _MARGIN, top + _FONT
    for sign, word in signs:
        long = _SIGN + len(word) * _FONT * _LETTER + 14
        if x + long > width and x > _MARGIN:
            x, y = _MARGIN, y + _LINE
        parts.append(
            f'<g transform="translate({_n(x)} {_n(y)})">{sign}<text x="{_n(_SIGN)}" fill="{_DIM}">{word}</text></g>'
        )
        x += long
    y += _LINE if parts else 0
    parts.append(f'<text x="{_n(_MARGIN)}" y="{_n(y)}" fill="{_DIM}">Shown: {what}</text>')
    return parts, y + _FONT


def _dot_sign(color: str) -> str:
    return f'<circle cx="16" cy="-4" r="5" fill="{color}"/>'


def _line_sign(kind: str) -> str:
    dash = f' stroke-dasharray="{_DASHES[kind]}"' if _DASHES[kind] else ""
    return f'<path d="M2 -4H21" stroke="{STANCE_COLORS[kind]}" stroke-width="1.6"{dash}/>'


def _shortened(text: str, length: int) -> str:
    """A text of that length at most.

    >>> _shortened("Memorandum of Understanding", 16)
    'Memorandum of U…'
    """
    text = one_line(text)
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def _xml(text: str) -> str:
    return escaped(one_line(text))


def _n(number: float) -> str:
    """A number as short as a picture needs it.

    >>> _n(12.0), _n(3.14159), _n(-0.01)
    ('12', '3.1', '0')
    """
    return f"{round(number, 1) + 0.0:.1f}".removesuffix(".0")
