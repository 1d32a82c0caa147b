"""Points in square cells, so that "who is near Duisburg?" need not ask every node of a graph.

Layouts of large graphs ask it thousands of times. Sums here run in one fixed order and use +, -, *, / and roots alone,
which IEEE 754 rounds the same on every processor: a layout has the same bytes wherever it is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def sums(numbers: Ints, values: Floats, count: int) -> Floats:
    """For each number below `count` the sum of the values that go with it; numpy's types have it a whole number."""
    return cast(Floats, np.bincount(numbers, values, count))


@dataclass(frozen=True)
class Grid:
    """A square of `side` × `side` cells over some points; `cells` holds each point's, counted row by row."""

    left: float
    bottom: float
    width: float
    side: int
    cells: Ints

    @classmethod
    def over(cls, x: Floats, y: Floats, side: int) -> Grid:
        """The smallest grid of that many cells over all points."""
        left, bottom = float(x.min()), float(y.min())
        extent = max(float(x.max()) - left, float(y.max()) - bottom) or 1.0
        return cls.of_width(x, y, extent / side, side)

    @classmethod
    def of_width(cls, x: Floats, y: Floats, width: float, side: int) -> Grid:
        """A grid with cells of that width, `side` in a row; points beyond the last cell count to it."""
        left, bottom = float(x.min()), float(y.min())
        column = np.minimum((x - left) / width, side - 1).astype(np.int64)
        row = np.minimum((y - bottom) / width, side - 1).astype(np.int64)
        return cls(left, bottom, width, side, row * side + column)

    def pairs(self) -> tuple[Ints, Ints]:
        """The numbers of all points in the same cell or in cells that touch, each pair once.

        In the order of the cells, what is right of a point or in the row above it stands in two runs.
        """
        order = np.argsort(self.cells, kind="stable")
        cells = self.cells[order]
        ends = np.concatenate(([0], np.cumsum(np.bincount(cells, minlength=self.side * self.side))))
        column = cells % self.side
        right = cells + (column < self.side - 1)
        above = cells + self.side
        inside = above < self.side * self.side
        first = np.where(inside, above - (column > 0), 0)
        last = np.where(inside, above + (column < self.side - 1), -1)
        here = np.arange(len(order))
        begins = np.concatenate((here + 1, ends[first]))
        lengths = np.concatenate((ends[right + 1], ends[last + 1])) - begins
        lengths[len(order) :][~inside] = 0
        one = np.repeat(np.concatenate((here, here)), lengths)
        skipped = np.repeat(begins - (np.cumsum(lengths) - lengths), lengths)
        return order[one], order[np.arange(len(one)) + skipped]
