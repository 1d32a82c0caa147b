"""Parts of a graph that no link joins, side by side: the largest in the middle, single nodes round about it.

Each part is laid on squared paper; it takes the free squares that are nearest to the middle.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.layout.grid import Floats

Squares = NDArray[np.bool_]

# The paper is never finer than this many squares in a row, so that packing stays quick.
_FINEST = 400

# Sixteen directions all round, in whole numbers.
_DIRECTIONS = [(a, b) for a in range(-2, 3) for b in range(-2, 3) if max(abs(a), abs(b)) == 2]


def packed(parts: Sequence[tuple[Floats, Floats, Floats]]) -> list[tuple[Floats, Floats]]:
    """New places for parts, given as x, y and the radius each node needs; the first stays around the origin."""
    shapes, width = _shapes(parts)
    side = _side(shapes)
    paper = np.zeros((side, side), dtype=bool)
    ways = _from_the_middle(side)
    tried: dict[tuple[int, int], int] = {}
    found = []
    for (x, y, room), shape in zip(parts, shapes, strict=True):
        row, column = _free(paper, shape, ways, tried)
        height, length = shape.shape
        paper[row : row + height, column : column + length] |= shape
        left, bottom = float((x - room).min()), float((y - room).min())
        middle = side / 2
        found.append((x - left + (column - middle) * width, y - bottom + (row - middle) * width))
    return found


def _shapes(parts: Sequence[tuple[Floats, Floats, Floats]]) -> tuple[list[Squares], float]:
    """The squares that each part covers, and how wide one is: as the smallest part, if the paper then holds all.

    The first part covers its hull, so that the others stand around it; of these each covers a rectangle.
    """
    boxes = [(float((y + r).max() - (y - r).min()), float((x + r).max() - (x - r).min())) for x, y, r in parts]
    area = sum(height * length for height, length in boxes)
    width = max(min(max(box) for box in boxes), area**0.5 / _FINEST)
    shapes = [np.ones([max(int(-(-extent // width)), 1) for extent in box], dtype=bool) for box in boxes]
    return [shapes[0] & _hull(parts[0], shapes[0].shape, width), *shapes[1:]], width


def _hull(part: tuple[Floats, Floats, Floats], shape: tuple[int, ...], width: float) -> Squares:
    """The squares that are on the inner side of every line that leaves all nodes on one side, in some directions."""
    x, y, room = part
    x, y = x - (x - room).min(), y - (y - room).min()
    middle_y, middle_x = [(np.arange(count) + 0.5) * width for count in shape]
    inside = np.ones(shape, dtype=bool)
    for across, up in _DIRECTIONS:
        length = (across * across + up * up) ** 0.5
        farthest = float((across * x + up * y + length * room).max()) + width * (abs(across) + abs(up)) / 2
        inside &= across * middle_x[None, :] + up * middle_y[:, None] <= farthest
    return inside


def _side(shapes: Sequence[Squares]) -> int:
    """Squares in a row of a paper where there is room for all, however they fall."""
    longest = max(max(shape.shape) for shape in shapes)
    return 2 * (longest + int(sum(shape.size for shape in shapes) ** 0.5)) + 2


def _from_the_middle(side: int) -> NDArray[np.int64]:
    """The squares of the paper as (row, column), the nearest to its middle first."""
    offsets = np.arange(side) - side // 2
    square = offsets[:, None] ** 2 + offsets[None, :] ** 2
    order = np.argsort(square, axis=None, kind="stable")
    return np.stack((order // side, order % side), axis=1)


def _free(
    paper: Squares, shape: Squares, ways: NDArray[np.int64], tried: dict[tuple[int, int], int]
) -> tuple[int, int]:
    """The corner of the first place where a shape covers nothing that is taken.

    What had no place for a shape has none for the next of its size: `tried` remembers how far the search came.
    """
    height, length = shape.shape
    size = (height, length) if shape.all() else (0, 0)
    for number in range(tried.get(size, 0), len(ways)):
        row, column = int(ways[number][0]) - height // 2, int(ways[number][1]) - length // 2
        if row < 0 or column < 0 or row + height > len(paper) or column + length > len(paper):
            continue
        if not (paper[row : row + height, column : column + length] & shape).any():
            tried[size] = number if size != (0, 0) else 0
            return row, column
    raise AssertionError("the paper is larger than all shapes together")
