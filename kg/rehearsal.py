"""Long or nested queries, tried out where nothing is lost: "REGEX(REGEX(REGEX(… thirty deep takes hours to read.

pyoxigraph cannot be stopped while it reads a query, not even by Ctrl+C, so one that may take long is first read, and
planned over no triples at all, in a process that can be ended.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress

import pyoxigraph

from kg.errors import QueryError
from kg.room import with_room

_SECONDS = 20

# Reading takes twice as long with each REGEX, SUBSTR or REPLACE within another one, and with the square of the length:
# below these limits it is over in a second, whatever a query is made of. Queries by hand have a dozen brackets.
_FEW_BRACKETS = 30
_SHORT = 20_000
_BRACKETS = re.compile(r"[({\[]")


def rehearse(query: str, prefixes: Mapping[str, str], seconds: float | None = None) -> None:
    """Raise QueryError for a query that takes too long to be read and planned, or ends the process that tries.

    Nothing is tried of a query that is short and plain. `seconds` is the time that there is for the query as a whole.
    """
    if len(query) <= _SHORT and len(_BRACKETS.findall(query)) <= _FEW_BRACKETS:
        return
    limit = min(_SECONDS, seconds or _SECONDS)
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", __name__],
            input=json.dumps({"query": query, "prefixes": dict(prefixes)}).encode(),
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=limit,
        )
    except subprocess.TimeoutExpired as error:
        raise QueryError(f"query: it takes more than {limit:g} s to be read and planned; nest less, or ask in several "
                         "queries") from error  # fmt: skip
    except OSError as error:
        raise QueryError(f"query: no process to try it out ({error.strerror}); ask in several queries") from error
    if done.returncode:
        raise QueryError("query: it takes more memory than there is to be read; ask in several queries")


def main() -> None:
    """Read and plan the query that stdin tells; what is wrong with it is told later, over the triples it is for."""
    told = json.load(sys.stdin.buffer)
    with suppress(Exception):
        with_room(lambda: bool(pyoxigraph.Store().query(told["query"], prefixes=told["prefixes"])))


if __name__ == "__main__":
    main()
