"""The explorer: a graph as one page for a browser, offline: "duisburg.html" can be mailed or put on a stick.

Texts are data here and never markup: they stand as JSON in a script element that no "</script>" in them can end, and
the page's own script writes them as text nodes. A Content-Security-Policy names style and script by their digests and
allows nothing else, so that whatever a document says, nothing of it runs and nothing is loaded from anywhere.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Any

from kg.show import explorer
from kg.show.explorer.contents import contents, page_words

if TYPE_CHECKING:
    from kg.graph.graph import Graph

# The ES modules of `scripts`, bundled by esbuild. Who changes one of them runs `npm ci && npm run build` in tests/node,
# and commits both; tests/test_explorer_scripts.py holds the bundle to its sources.
_SCRIPT = "explorer.bundle.js"

# All that could end a script element or open a comment in it, and halves of characters, which UTF-8 cannot hold.
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def page(graph: Graph, concepts: str | None = None, most: int | None = None) -> str:
    """The explorer page of a graph as one HTML text that needs nothing else; the same graph gives the same text.

    Its picture shows what `kg.graph.network.network` draws; all else is in its lists and cards.
    """
    style = _read("explorer.css")
    script = _read(_SCRIPT)
    return Template(_read("explorer.html")).substitute(
        policy=f"default-src 'none'; img-src data:; style-src {_digest(style)}; script-src {_digest(script)}; "
        "base-uri 'none'; form-action 'none'",
        style=style,
        script=script,
        words=_json(page_words()),
        data=_json(contents(graph, concepts, most)),
    )


def _json(value: Any) -> str:
    r"""JSON that can stand in a script element.

    >>> _json({"text": "</script> & <!-- Köln"})
    '{"text":"\\u003c/script\\u003e \\u0026 \\u003c!-- Köln"}'
    """
    compact = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", compact)


def _digest(source: str) -> str:
    """What a Content-Security-Policy calls a style or script by."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


@cache
def _read(name: str) -> str:
    return files(explorer).joinpath(name).read_text(encoding="utf-8")
