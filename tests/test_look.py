"""Colours that everybody can tell apart, on white and on near-black, and sizes that grow with the weight."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from kg.graph.styling import STANCE_COLORS, TYPE_COLORS, size_of, stance
from kg.records import TYPES, Fact

# Machado, Oliveira and Fernandes (2009), severity 1: linear RGB as eyes with a colour blindness see it.
EYES = {
    "normal": np.eye(3),
    "protan": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deutan": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "tritan": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip

# Ottosson (2020): linear RGB → cone responses → OKLab, where distances are differences as seen.
CONES = np.array([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]])  # fmt: skip
OKLAB = np.array([[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099], [0.0259040371, 0.7827717662, -0.8086757660]])  # fmt: skip

NEAR_BLACK = "#15181d"


def linear(color: str) -> np.ndarray:
    value = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def seen(color: str, eyes: str) -> np.ndarray:
    return OKLAB @ np.cbrt(CONES @ np.clip(EYES[eyes] @ linear(color), 0, 1))


def contrast(one: str, other: str) -> float:
    """As WCAG 2 has it."""
    low, high = sorted(float(linear(color) @ [0.2126, 0.7152, 0.0722]) + 0.05 for color in (one, other))
    return high / low


def test_every_type_has_a_colour():
    assert set(TYPE_COLORS) == {*TYPES, "Literal"}


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("colors", [TYPE_COLORS, STANCE_COLORS], ids=["types", "stances"])
def test_colours_differ_for_all_eyes(colors, eyes):
    for one, other in combinations(sorted(set(colors.values()) - {TYPE_COLORS["Literal"]}), 2):
        distance = float(np.linalg.norm(seen(one, eyes) - seen(other, eyes)))
        assert distance > 0.07, f"{one} and {other} look alike to {eyes} eyes"


@pytest.mark.parametrize("color", sorted({*TYPE_COLORS.values(), *STANCE_COLORS.values()}))
def test_colours_stand_out_on_white_and_near_black(color):
    assert contrast(color, "#ffffff") >= 2.3
    assert contrast(color, NEAR_BLACK) >= 3


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "direct"),
        ({"confidence": 0.81}, "unsure"),
        ({"confidence": 0.99, "risk": 0.16}, "unsure"),
        ({"speaker": "A", "confidence": 0.3}, "claimed"),
        ({"speaker": "A"}, "claimed"),
        ({"modality": "planned", "speaker": "A"}, "open"),
        ({"polarity": "negative", "modality": "planned", "speaker": "A"}, "denied"),
    ],
)
def test_stance(changes, expected):
    fact = Fact("1", "A", "kgp:x", "x", "B", **changes)
    assert stance(fact) == expected
    assert fact.direct == (expected == "direct")


def test_sizes_grow_up_to_a_bound():
    sizes = [size_of(weight) for weight in (0, 1, 2, 50, 100, 10_000)]
    assert sizes == sorted(sizes)
    assert (sizes[0], sizes[-1]) == (4.0, 40.0)
