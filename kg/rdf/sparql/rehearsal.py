"""Long or nested queries, tried out where nothing is lost: "REGEX(REGEX(REGEX(… thirty deep takes hours to read.

pyoxigraph cannot be stopped while it reads a query, not even by Ctrl+C, so one that may take long is first read, and
planned over no triples at all, in a process that can be ended.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress

import pyoxigraph

from kg.errors import QueryError
from kg.system.memory import FEW_FILES, FEW_THREADS, shortage
from kg.system.processes import (
    alarm,
    be_killed_with_parent,
    command,
    ended_in,
    ending,
    limit_memory,
    messages,
    pack,
    was_alarmed,
)
from kg.system.stack import ROOM, with_room
from kg.system.text import one_line

# What it may take unless the query as a whole has a time of its own.
_SECONDS = 20

# Beside the stack. Plans of a query of 20 MB take a tenth of it.
_MEMORY = 2 << 30

# Seconds behind the time limit in which the parent should have ended the process.
_GRACE = 2

# The exit code of Python for an error that nobody catches.
_ERROR = 1

# Reading takes twice as long with each REGEX, SUBSTR or REPLACE within another one, and with the square of the length:
# below these limits it is over in a second, whatever a query is made of. Queries by hand have a dozen brackets.
_FEW_BRACKETS = 14
_SHORT = 20_000
_BRACKETS = re.compile(r"[({\[]")


def rehearse(query: str, prefixes: Mapping[str, str], seconds: float | None = None) -> None:
    """Raise QueryError for a query that takes too long to be read and planned, or ends the process that tries.

    Nothing is tried of a query that is short and plain. `seconds` is the time that there is for the query as a whole;
    without it there are 20 s for this.
    """
    if len(query) <= _SHORT and len(_BRACKETS.findall(query)) <= _FEW_BRACKETS:
        return
    limit = seconds or _SECONDS
    told = json.dumps({"query": query, "prefixes": dict(prefixes)}).encode()
    code, said = _tried(told, limit)
    if code is None or was_alarmed(code):
        raise QueryError(f"query: it takes more than {limit:g} s to be read and planned; nest less, ask in several "
                         "queries, or give it more time")  # fmt: skip
    if code == _ERROR:
        raise _no_process(said or ending(code))
    if code:
        raise QueryError(f"query: it takes more memory than there is to be read ({ending(code)}); ask in several "
                         "queries")  # fmt: skip


def _tried(told: bytes, seconds: float) -> tuple[int | None, str]:
    """How a process ended that reads and plans a query, None for not in time, and the last that it said."""
    try:
        process = subprocess.Popen(
            command(__name__, str(seconds)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
    except OSError as error:
        raise _no_process(shortage(error) or error.strerror or "") from error
    assert process.stdin
    assert process.stdout
    with process.stdout:
        try:
            with ended_in(seconds, process) as late:
                with suppress(OSError):  # it has ended, and said why
                    process.stdin.write(pack(told))
                    process.stdin.flush()
                said = process.stdout.read().decode("utf-8", "replace").rstrip()
                process.wait()
        finally:
            process.kill()
            process.wait()
            with suppress(OSError):  # half a query was still to be written
                process.stdin.close()
    return None if late.is_set() else process.returncode, said.rpartition("\n")[2]


def _no_process(reason: str) -> QueryError:
    if reason in (FEW_FILES, FEW_THREADS):
        return QueryError(f"query: no process to try it out: {reason}")
    return QueryError(f"query: no process to try it out ({one_line(reason)[:200]}); ask in several queries")


def main(seconds: str) -> None:
    """Read and plan the query that stdin tells; what is wrong with it is told later, over the triples it is for."""
    be_killed_with_parent()
    told = json.loads(next(messages()))
    limit_memory(_MEMORY + ROOM)
    alarm(float(seconds) + _GRACE)
    with suppress(SyntaxError, OSError, RuntimeError, ValueError):  # MemoryError is not for later
        with_room(lambda: bool(pyoxigraph.Store().query(told["query"], prefixes=told["prefixes"])))


if __name__ == "__main__":
    main(*sys.argv[1:])
