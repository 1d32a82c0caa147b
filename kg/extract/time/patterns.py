"""The patterns and word lists of `times.toml`: what names a time, as regular expressions with their words put in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from kg.language.nouns import noun_list
from kg.language.verbs import strong_preterites
from kg.system.files import read_table


@cache
def times_table() -> Mapping[str, Any]:
    """The patterns and word lists of `times.toml`, with what the language knows of days and verbs."""
    days = {name: sorted(noun_list(name)) for name in ("weekdays", "dayparts")}
    return {**read_table(__package__, "times.toml"), **days, "strong": strong_preterites()}


def number(kind: str, word: str) -> int:
    """The number that a word stands for in a table of `times.toml` whose keys are patterns; digits are themselves."""
    return int(word.rstrip(".")) if word[0].isdigit() else entry(kind, word)


def entry(kind: str, word: str) -> Any:
    """What a word stands for in a table of `times.toml` whose keys are patterns."""
    return next(value for key, value in times_table()[kind].items() if re.fullmatch(key, word, re.IGNORECASE))


def _filled(pattern: str) -> str:
    """A pattern with its {parts} and {words} put in, longest word first so that "Juli" is not read as "Jul"."""
    parts, names = times_table()["parts"], re.compile(r"\{([a-z_]+)\}")
    whole = names.sub(lambda m: _filled(parts[m[1]]) if m[1] in parts else m[0], pattern.replace("\n", ""))
    return names.sub(lambda m: "|".join(sorted(times_table()[m[1]], key=len)[::-1]), whole)


@cache
def regex(kind: str) -> re.Pattern[str]:
    """A pattern or frame of `times.toml`."""
    frame = times_table()["frames"].get(kind, r"(?i)(?<![\w.,§-])(?:{pattern})(?![\w-]|[.,:]\d)")
    return re.compile(_filled(frame.replace("{pattern}", times_table()["patterns"].get(kind, ""))))
