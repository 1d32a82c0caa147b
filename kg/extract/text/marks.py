"""Quotation marks, as German texts and keyboards have them: „…“, »…«, "…"."""

from __future__ import annotations

from collections.abc import Mapping

PARTNERS: Mapping[str, str] = {
    "„": "“”\"", "“": "”", '"': '"', "»": "«", "«": "»", "‚": "‘’", "›": "‹", "‹": "›", "'": "'",
}  # fmt: skip
"""Opening mark → what may close it: „…“, but also „…” and „…" as keyboards have it."""

SPEECH_MARKS = frozenset('„“"»«‚')
"""Marks that speech opens with; an apostrophe opens none."""

CLOSING = '“”"»«‘’)]'
"""What may stand behind the mark that ends a sentence."""

QUOTES = frozenset("„“”\"»«‚‘’'")
"""All that may stand around a name or a quotation, single ones too."""
