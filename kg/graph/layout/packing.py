"""Parts of a graph that no link joins, side by side: the largest in the middle, single nodes round about it.

Each part is laid on squared paper; it takes the free squares that are nearest to the middle.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from kg.graph.layout.grid import Floats, Ints

Squares = NDArray[np.bool_]

# The paper is never finer than this many squares in a row, so that packing stays quick.
_FINEST = 400

# Sixteen directions all round, in whole numbers.
_DIRECTIONS = [(a, b) for a in range(-2, 3) for b in range(-2, 3) if max(abs(a), abs(b)) == 2]


def packed(parts: Sequence[tuple[Floats, Floats, Floats]]) -> list[tuple[Floats, Floats]]:
    """New places for parts, given as x, y and the radius each node needs; the first stays around the origin."""
    shapes, width = _shapes(parts)
    paper = np.zeros((2 * max(shapes[0].shape) + 2,) * 2, dtype=bool)
    free = _free_squares(paper)
    tried: dict[tuple[int, ...], int] = {}
    found: list[tuple[Floats, Floats]] = []
    for (x, y, room), shape in zip(parts, shapes, strict=True):
        while (corner := _corner(paper, shape, free, tried)) is None:
            paper = np.pad(paper, len(paper) // 2)
            free, tried = _free_squares(paper), {}
        row, column = corner
        paper[row : row + len(shape), column : column + shape.shape[1]] |= shape
        if not found:  # the first covers the middle: no other part needs to be tried there
            free = _free_squares(paper)
        left, bottom = float((x - room).min()), float((y - room).min())
        middle = len(paper) // 2
        found.append((x - left + (column - middle) * width, y - bottom + (row - middle) * width))
    return found


def _shapes(parts: Sequence[tuple[Floats, Floats, Floats]]) -> tuple[list[Squares], float]:
    """The squares that each part covers, and how wide one is: as the smallest part, if the paper then holds all.

    The first part covers its hull, so that the others stand around it; of these each covers a rectangle.
    """
    boxes = [(float((y + r).max() - (y - r).min()), float((x + r).max() - (x - r).min())) for x, y, r in parts]
    area = sum(height * length for height, length in boxes)
    width = max(min(max(box) for box in boxes), sqrt(area) / _FINEST)
    shapes = [np.ones([max(int(-(-extent // width)), 1) for extent in box], dtype=bool) for box in boxes]
    return [shapes[0] & _hull(parts[0], shapes[0].shape, width), *shapes[1:]], width


def _hull(part: tuple[Floats, Floats, Floats], shape: tuple[int, ...], width: float) -> Squares:
    """The squares that are on the inner side of every line that leaves all nodes on one side, in some directions."""
    x, y, room = part
    x, y = x - (x - room).min(), y - (y - room).min()
    middle_y, middle_x = [(np.arange(count) + 0.5) * width for count in shape]
    inside = np.ones(shape, dtype=bool)
    for across, up in _DIRECTIONS:
        length = sqrt(across * across + up * up)
        farthest = float((across * x + up * y + length * room).max()) + width * (abs(across) + abs(up)) / 2
        inside &= across * middle_x[None, :] + up * middle_y[:, None] <= farthest
    return inside


def _free_squares(paper: Squares) -> Ints:
    """The free squares of a paper as (row, column), the nearest to its middle first."""
    rows, columns = np.nonzero(~paper)
    middle = len(paper) // 2
    order = np.argsort((rows - middle) ** 2 + (columns - middle) ** 2, kind="stable")
    return np.stack((rows[order], columns[order]), axis=1)


def _corner(paper: Squares, shape: Squares, free: Ints, tried: dict[tuple[int, ...], int]) -> tuple[int, int] | None:
    """The corner of the first place where a shape covers nothing that is taken; None where there is none.

    What had no place for a shape has none for the next of its size: `tried` remembers how far the search came.
    """
    height, length = shape.shape
    for number in range(tried.get(shape.shape, 0), len(free)):
        middle_row, middle_column = free[number].tolist()
        row, column = middle_row - height // 2, middle_column - length // 2
        if paper[middle_row, middle_column] or min(row, column) < 0 or max(row + height, column + length) > len(paper):
            continue
        if not (paper[row : row + height, column : column + length] & shape).any():
            tried[shape.shape] = number
            return row, column
    return None
