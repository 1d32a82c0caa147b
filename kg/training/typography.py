"""News typography for treebank sentences: "Nein" becomes „Nein“ or »Nein«, a headline loses its full stop.

Corpora quote in their own ways (" or `` and '', or one pair only). An augmenter swaps the signs while training, so that
the pipeline has seen what newspapers print. The signs change, the annotation stays.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

# Openers and closers as German, Swiss and British papers set them; the first is by far the most usual.
QUOTES = [("„", "“")] * 4 + [("»", "«")] * 2 + [("“", "”"), ("«", "»"), ("‚", "‘"), ("›", "‹"), ('"', '"')]
QUOTE_SIGNS = frozenset([*'"„“”»«', "``", "''"])
DASHES = ("-", "–", "–", "—")

DROPPED_STOPS = 0.10  # share of examples whose last full stop goes: headlines, captions, list items


def swap_signs(words: Sequence[str], rng: random.Random) -> list[str]:
    """Replace pairs of quotation marks by one pair of another make, dashes that stand alone by another dash.

    ["Er", "rief", "\\"", "Nein", "\\""] → ["Er", "rief", "„", "Nein", "“"]
    """
    opener, closer = rng.choice(QUOTES)
    dash = rng.choice(DASHES)
    paired = sum(word in QUOTE_SIGNS for word in words) % 2 == 0
    swapped, is_open = [], False
    for word in words:
        if word in QUOTE_SIGNS and paired:
            swapped.append(closer if is_open else opener)
            is_open = not is_open
        else:
            swapped.append(dash if word in ("-", "–") else word)
    return swapped
