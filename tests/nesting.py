"""Texts nested as deep as one likes, to break who reads them: "((1))"."""

from __future__ import annotations


def nested(before: str, within: str, after: str, depth: int) -> str:
    """A text within so many pairs of others: STR(STR(?a)), with "STR(", "?a", ")" and 2."""
    return before * depth + within + after * depth
