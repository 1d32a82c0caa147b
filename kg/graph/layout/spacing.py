"""Nodes that do not cover each other: those that overlap move apart until a gap is between "Link" and "Duisburg"."""

from __future__ import annotations

from math import sqrt

import numpy as np

from kg.graph.layout.grid import Floats, Grid, sums

_ROUNDS = 100

# How large the disc of a layout is for what stands in it: with 5 times the room, links and labels have space.
_ROOM = 5.0


def scaled(x: Floats, y: Floats, room: Floats) -> tuple[Floats, Floats]:
    """Places around the origin, at a scale where nodes that need `room` (a radius) each have it on average."""
    x, y = x - x.mean(), y - y.mean()
    spread = sqrt((x * x + y * y).mean())
    if not spread:
        return x, y
    factor = sqrt(_ROOM * (room * room).sum() / 2) / spread
    return x * factor, y * factor


def parted(x: Floats, y: Floats, room: Floats) -> tuple[Floats, Floats]:
    """Places where no two nodes are nearer than both their radii; each pair moves apart by what it lacks."""
    x, y = x.copy(), y.copy()
    width = 2 * float(room.max())
    for _ in range(_ROUNDS):
        side = int(max(float(x.max() - x.min()), float(y.max() - y.min())) / width) + 1
        one, other = Grid.of_width(x, y, width, side).pairs()
        dx, dy = x[one] - x[other], y[one] - y[other]
        distance = np.sqrt(dx * dx + dy * dy)
        lack = room[one] + room[other] - distance
        close = lack > 1e-6
        if not close.any():
            break
        one, other = one[close], other[close]
        dx, dy, distance, lack = (v[close] for v in (dx, dy, distance, lack))
        push = 0.5 * lack / np.where(distance > 0, distance, 1.0)
        push_x, push_y = push * np.where(distance > 0, dx, 1.0), push * dy
        x += sums(one, push_x, len(x)) - sums(other, push_x, len(x))
        y += sums(one, push_y, len(y)) - sums(other, push_y, len(y))
    return x, y
