"""The log of kg: each thing to know is one line, whatever the name of a file holds ("brief\\nkg: fertig.txt")."""

from __future__ import annotations

import logging

from kg.errors import visible


class _OneLine(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = visible(record.getMessage()), ()
        return True


log = logging.getLogger("kg")
"""What all of kg warns with."""

log.addFilter(_OneLine())
