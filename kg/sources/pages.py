"""HTML → its article and what it says about itself: trafilatura, in a process that may be ended.

A page with 200,000 attributes in one tag takes trafilatura a quarter of an hour, another one all memory, and neither
can be stopped from within. So pages are read one after the other by a process of its own; a page that takes too long
costs that process, and the next page gets a new one.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib.util import find_spec
from typing import Any

from kg.errors import SourceError
from kg.system.memory import is_shortage
from kg.system.processes import alarm, command, ended_in, limit_memory, messages, pack, was_alarmed
from kg.system.text import one_line

# A long page takes trafilatura a second, one of 50,000 elements ten. What counts is the time of the processor, so that
# the same pages are read on a busy machine; Windows knows only that of the clock.
_SECONDS = 30
_SECONDS_BY_THE_CLOCK = 4 * _SECONDS
_MEMORY = 2 << 30

_READY = {"missing": ""}
_LATE = {"late": "yes"}


class Pages:
    """Reads pages in a process that is started for the first of them; a context manager that ends it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Pages:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def missing(self) -> str:
        """What is to be done before a page can be read, "" for nothing."""
        if find_spec("trafilatura") is None:
            return "HTML needs trafilatura; run: pip install 'kg-de[html]'"
        return "" if self._process else self._started()

    def read(self, page: str, name: str) -> Mapping[str, str]:
        """Text, title, publisher, url and date of the article in a page, each "" where there is none.

        Raises SourceError, which names the page `name`, when reading it takes too long or too much memory.
        """
        if self._process is None and (lacks := self.missing()):
            raise SourceError(f"{name}: {lacks}")
        reply = self._asked(page)
        if reply is _LATE:
            raise SourceError(f"{name}: reading this page takes too long; save its text as .txt")
        if "failed" in reply:
            raise SourceError(f"{name}: this page cannot be read ({reply['failed']}); save its text as .txt")
        return reply

    def _started(self) -> str:
        """Start a process; its first line says what it lacks, "" for nothing."""
        try:
            self._process = subprocess.Popen(
                command(__name__, str(_SECONDS)),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            return f"HTML cannot be read (no process starts: {error.strerror}); free some memory"
        first = self._within_time(self._reply)
        if first == _READY:
            return ""
        self._end()
        if missing := first.get("missing"):
            return f"HTML cannot be read ({missing}); run: pip install 'kg-de[html]'"
        return f"HTML cannot be read (its process does not start{' in time' * (first is _LATE)}); free some memory"

    def _asked(self, page: str) -> Mapping[str, Any]:
        """What the process says of a page."""
        process = self._process
        assert process
        stdin = process.stdin
        assert stdin

        def ask() -> Mapping[str, Any]:
            try:
                stdin.write(pack(json.dumps(page).encode()))
                stdin.flush()
            except OSError:
                return self._broken()
            return self._reply()

        return self._within_time(ask)

    def _within_time(self, answer: Callable[[], Mapping[str, Any]]) -> Mapping[str, Any]:
        """What the process answers; it is ended when that takes too long by the clock."""
        assert self._process
        with ended_in(_SECONDS_BY_THE_CLOCK, self._process) as late:
            reply = answer()
        if late.is_set():
            self._end()
        return _LATE if late.is_set() else reply

    def _reply(self) -> Mapping[str, Any]:
        assert self._process
        assert self._process.stdout
        line = self._process.stdout.readline()
        return json.loads(line) if line.endswith(b"\n") else self._broken()

    def _broken(self) -> Mapping[str, Any]:
        """Why the process is gone."""
        process = self._process
        self._end()
        if process and was_alarmed(process.returncode):
            return _LATE
        return {"failed": "it ended the process that read it; perhaps it needs too much memory"}

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        assert process.stdin
        assert process.stdout
        process.stdout.close()
        with suppress(OSError):  # half a page was still to be written
            process.stdin.close()
        process.wait()


def main(seconds: str) -> None:
    """Answer pages, each with a line of JSON, until stdin ends, or one takes more seconds of the processor."""
    pages = messages()
    try:
        import trafilatura  # noqa: F401  to know beforehand that it is whole
    except (ImportError, OSError, MemoryError) as error:
        _say({"failed": "too little memory"} if is_shortage(error) else {"missing": one_line(str(error))})
        return
    _say(_READY)
    limit_memory(_MEMORY)
    for page in pages:
        alarm(float(seconds), busy=True)
        try:
            found = _article(json.loads(page))
        except MemoryError:
            found = {"failed": "it needs too much memory"}
        except Exception as error:  # what a library stumbles over in one page is told with that page
            found = {"failed": f"{type(error).__name__}: {one_line(str(error))[:200]}"}
        alarm(0, busy=True)
        _say(found)


def _say(found: Mapping[str, str]) -> None:
    sys.stdout.buffer.write(json.dumps(found).encode() + b"\n")
    sys.stdout.buffer.flush()


def _article(page: str) -> dict[str, str]:
    from trafilatura import bare_extraction

    # Only dates that the page declares: the extensive search takes any date of the text for the date of the text.
    dates = {"extensive_search": False, "original_date": True}
    article = bare_extraction(page, with_metadata=True, include_comments=False, date_extraction_params=dates)
    if article is None:
        return {"text": ""}
    assert not isinstance(article, dict)  # which is to be asked for
    found = {"title": article.title, "publisher": article.sitename, "url": article.url, "date": article.date}
    return {"text": article.text or ""} | {key: _first_text(value) for key, value in found.items()}


def _first_text(value: object) -> str:
    """A text of a page's metadata; of several the first, "" for what is none: JSON-LD may hold anything."""
    values = value if isinstance(value, list) else [value]
    return next((each for each in values if isinstance(each, str)), "")


if __name__ == "__main__":
    main(*sys.argv[1:])
