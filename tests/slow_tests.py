"""Which tests are slow: those that are marked so, and all that run a command, a server or a browser.

A test starts such a process where its code, that of a fixture that it asks for, or that of a function of their modules
which they call, names one of the helpers that do: `run` of commands.py, `serving`, `Browser` – or `subprocess`.
"""

from __future__ import annotations

import sys
from collections import Counter
from functools import cache
from types import CodeType, FunctionType, ModuleType

import pytest

# Helpers that run kg as a command, serve it or open a page, by the modules they come from.
_STARTING = frozenset({"commands", "serving", "browser", "exploring", "graphology"})
_STARTING_NOTHING = frozenset(
    {"environment", "complains", "contents", "fill", "how_many", "keep", "until", "find_chromium", "as_read"}
)


def mark_slow(items: list[pytest.Item]) -> None:
    """Mark the tests that start a process, so that `-m "not slow"` leaves them out too."""
    for item in items:
        if isinstance(item, pytest.Function) and _starts_process(item):
            item.add_marker(pytest.mark.slow)


def slow_files_first(items: list[pytest.Item]) -> None:
    """Sort tests by their files, those with most slow tests first: no worker is left with one of them in the end."""
    slow = Counter(item.path for item in items if item.get_closest_marker("slow"))
    all_of = Counter(item.path for item in items)
    items.sort(key=lambda item: (-slow[item.path], -all_of[item.path], item.path))


def _starts_process(item: pytest.Function) -> bool:
    """Whether a test, or a fixture that it asks for, runs a command, a server or a browser."""
    fixtures = [definition.func for several in item._fixtureinfo.name2fixturedefs.values() for definition in several]
    return any(
        _starters(sys.modules[each.__module__]) & _names_in(each.__code__)
        for each in (item.function, *fixtures)
        if isinstance(each, FunctionType) and each.__module__ in sys.modules
    )


@cache
def _starters(module: ModuleType) -> frozenset[str]:
    """The names in a module that start a process: such helpers, and the functions of the module that call one."""
    named = vars(module).items()
    found = {name for name, value in named if getattr(value, "__module__", "") in _STARTING} - _STARTING_NOTHING
    found |= {"subprocess"}
    functions = {name: _names_in(value.__code__) for name, value in named if isinstance(value, FunctionType)}
    while more := {name for name, used in functions.items() if name not in found and found & used}:
        found |= more
    return frozenset(found)


def _names_in(code: CodeType) -> set[str]:
    """The names that a function uses, and the functions and comprehensions within it."""
    inner = (const for const in code.co_consts if isinstance(const, CodeType))
    return set(code.co_names).union(*map(_names_in, inner))
