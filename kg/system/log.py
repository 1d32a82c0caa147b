"""The log of kg: each thing to know is one line, whatever a file is called ("brief\\nkg: fertig.txt"); and progress."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from typing import TypeVar

from kg.errors import visible

T = TypeVar("T")


class _OneLine(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = visible(record.getMessage()), ()
        return True


log = logging.getLogger("kg")
"""What all of kg warns with."""

log.addFilter(_OneLine())

AT_ONCE = {"at_once": True}
"""`extra` of what one has to know before the work is done; the command line keeps the rest until then."""


def bar(found: Iterator[T], total: int) -> Iterator[T]:
    """The same with a bar: a widget in a notebook, a line on stderr if that is a terminal, else none."""
    from tqdm.auto import tqdm

    # A notebook's stderr is no terminal; None lets tqdm ask whether any other is.
    hidden = False if "ipykernel.zmqshell" in sys.modules else None
    return iter(tqdm(found, total=total, unit="text", disable=hidden, leave=False))
