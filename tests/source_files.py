"""Files to be read, written the way a test names them, and the Documents that come of them."""

from __future__ import annotations

from pathlib import Path

from kg.records import Document
from kg.sources.documents import read_sources

PAGE = """<html lang="de"><head><title>Brücke wird gesperrt | Stadtblatt</title>
<meta property="og:title" content="Brücke wird gesperrt"><meta property="og:site_name" content="Stadtblatt">
<meta property="article:published_time" content="2021-05-04T10:00:00+02:00">
<link rel="canonical" href="https://stadtblatt.example/bruecke"></head><body><nav>Start Politik Sport</nav><article>
<h1>Brücke wird gesperrt</h1><p>Die Stadt Xheim sperrt am 3. März 1999 die alte Brücke, wie Ina Krause sagte.</p>
<p>Krause: „Wir bauen um, und zwar bald, weil es nötig ist.“</p></article><footer>Impressum</footer></body></html>"""


def write(path: str, content: bytes | str) -> None:
    """Write a file, with the folders above it."""
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)


def read(*inputs: str, stdin=None) -> list[Document]:
    """All that is read of inputs, as a user types them."""
    return list(read_sources(inputs, stdin))
