"""Where the paragraphs of a text begin: tables of texts and their pieces."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.text.paragraphs import paragraph_starts


@pytest.mark.parametrize(
    "pieces",
    [
        ["Die Stadt baut."],
        ["Die Stadt baut.\n", "Die Firma zahlt."],
        [
            "Brücke wird saniert\n\n",
            "Die Stadt saniert die Brücke. Krause: „Im Mai.“ Das ist spät.\n",
            "Die Firma baut.",
        ],
        ["Die Stadt saniert die alte Brücke,\nwie der Rat beschloss.\n", "Die Firma baut."],
        ["Die Stadt zahlt:\n• ", "Die Brücke wird saniert.\n• ", "Die Schule wird gebaut."],
        ["Die Stadt saniert die Brücke.\n\n", "Ina Krause:\n\n„Wir fangen an.\n\n", "Das wird teuer“, sagte sie."],
        ["Die Stadt saniert die Bru\u0308cke am Ha\u00adfen.\n\n", "Die Firma baut.\u2029", "Der Rat prüft."],
        ["\n\n Die Stadt baut.\n\nFoto: Kolumna\n\n", "Die Firma zahlt.\n"],
    ],
)
def test_paragraphs(pieces):
    text = "".join(pieces)
    assert [text[a:b] for a, b in pairwise([*paragraph_starts(text), len(text)])] == pieces


@given(st.text(st.sampled_from("aB .:\n\r„“\u0308\u00ad-•"), max_size=60))
def test_paragraphs_begin_one_behind_the_other(text):
    starts = paragraph_starts(text)
    assert starts[0] == 0
    assert all(a < b <= len(text) for a, b in pairwise(starts))
