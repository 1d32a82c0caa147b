"""A command in a copy of its process: a query that eats up all memory ends the copy, "kg: query: it needs more …".

pyoxigraph, as all that is written in Rust, answers a lack of memory with an abort and pages of backtrace. No look at a
query tells beforehand what it will need: REPLACE within REPLACE, or two patterns without a common variable, are enough.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from kg.cli.terminal import silence_libraries
from kg.errors import QueryError
from kg.system.memory import MEGABYTE, available
from kg.system.processes import ending, is_limited_below, wait_for_copy
from kg.system.stack import ROOM

# Of the memory that is to be had so much is left to the other programs of the machine, and to the system.
_LEFT = 0.25

MOST_MEGABYTES = 100_000_000
"""More than any machine has, and few enough for a limit of the system."""


def live_on_in_copy(context: click.Context, megabytes: int | None = None) -> int:
    """Go on in a copy of this process; the process itself ends as the copy does. Returns the bytes the copy may take.

    The copy may take so many megabytes, or without a number three quarters of what is to be had: what goes beyond that
    would be written to the disk, or have the system end other programs. Where `ulimit -v` allows of less, that is the
    bound, and 0 comes back. Elsewhere than on Linux there is no copy.

    Where `kg.cli.main` does not run the command, another program does, which is not to go on twice. Raises QueryError
    in the process itself where the system ended the copy.
    """
    if not context.obj:
        return 0
    most = megabytes * MEGABYTE if megabytes else int(available() * (1 - _LEFT))
    bounded = not is_limited_below(most)
    code = wait_for_copy(most + 2 * ROOM)  # addresses for a thread with a large stack, and to see whether there are
    if code is None:
        silence_libraries()
        # What is left of a query whose thread got no memory is let go in another one, and Python would tell that.
        sys.unraisablehook = lambda _: None
        return most if bounded else 0
    if code < 0:
        if ending(code) == "SIGXCPU":
            raise QueryError("query: it takes more of the processor's time than the system lets it; raise ulimit -t")
        raise _beyond(most, ending(code))
    context.exit(code)


@contextmanager
def shortage_told(most: int) -> Iterator[None]:
    """Say of a lack of memory in the copy, which may take so many bytes, what can be done."""
    try:
        yield
    except (QueryError, MemoryError) as error:
        if most and MemoryError in (type(error), type(error.__cause__)):
            raise _beyond(most, "MemoryError") from error
        raise


def _beyond(most: int, how: str) -> QueryError:
    given = f"the {most // MEGABYTE:,} MB that it may take ({how})"
    remedy = "narrow it, set a LIMIT, or give it more (--memory, ulimit -v)"
    return QueryError(f"query: it needs more memory than {given}; {remedy}")
