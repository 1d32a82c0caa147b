"""A command in a copy of its process: a query that eats up all memory ends the copy, "kg: query: it needs more …".

pyoxigraph, as all that is written in Rust, answers a lack of memory with an abort and pages of backtrace. No look at a
query tells beforehand what it will need: REPLACE within REPLACE, or two patterns without a common variable, are enough.
"""

from __future__ import annotations

import os
import sys

import click

from kg.cli.terminal import silence_libraries
from kg.errors import QueryError
from kg.system.processes import ending, wait_for_copy
from kg.system.stack import ROOM


def live_on_in_copy(context: click.Context) -> None:
    """Go on in a copy of this process; the process itself ends as the copy does.

    Where `kg.cli.main` does not run the command, another program does, which is not to go on twice. Raises QueryError
    in the process itself where the system ended the copy.
    """
    if not context.obj:
        return
    # What the machine has, and addresses for two threads with large stacks: more would be written to the disk.
    most = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 0
    code = wait_for_copy(most + 4 * ROOM)
    if code is None:
        silence_libraries()
        # What is left of a query whose thread got no memory is let go in another one, and Python would tell that.
        sys.unraisablehook = lambda _: None
    elif code < 0:
        raise QueryError(f"query: it needs more memory than there is ({ending(code)}); narrow it, set a LIMIT, or "
                         "raise the limit (ulimit -v)")  # fmt: skip
    else:
        context.exit(code)
