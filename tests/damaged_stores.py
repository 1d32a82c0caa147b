"""A store to be damaged, what damages it behind the back of kg, and what comes of using it then."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from small_graph import BLOG, BLOG_CLAIMS, BLOG_MENTIONS, PAPER, PAPER_CLAIMS, PAPER_MENTIONS

import kg
from kg.errors import StoreError
from kg.records import Document, Extraction, Judgement, Listed, Mention
from kg.store.store import Store

SHORT = [Document(f"d{n}", f"Huawei warnt {n}.") for n in range(15)]
FOUND = {
    **{d.id: Extraction((Mention(d.id, 0, 6, "Huawei", "named", "Organization", "Huawei"),), ()) for d in SHORT},
    BLOG.id: Extraction(BLOG_MENTIONS, BLOG_CLAIMS),
    PAPER.id: Extraction(PAPER_MENTIONS, PAPER_CLAIMS),
}
TEXTS = [BLOG, *SHORT, PAPER]
VERDICTS = [
    Judgement("d1#0-6", "d2#0-6", "not same", "Redaktion", "zwei Firmen", 1.0, "2024-05-31"),
    Judgement("d3#0-6", "d2#0-6", "not same", "Redaktion"),
    Judgement("d1#0-6", "d2#0-6", "same", "Redaktion"),
]


def sound_store(path: Path) -> bytes:
    """Make a store of the texts, with verdicts and a list of known names; its bytes."""
    with Store(path) as store:
        for text in TEXTS:
            store.add(text, FOUND[text.id], "f")
        for name, value in (("base_iri", "https://kg.example/"), ("concepts", "linked")):
            store.set(name, value)
        for verdict in VERDICTS:
            store.add_judgement(verdict)
        store.set_listed([Listed("x", "Huawei", ("HW",), "Organization", ("https://example.org/1",))])
    return path.read_bytes()


def change(path: Path, *statements: str) -> None:
    """Change a store as SQLite can, behind the back of kg."""
    with closing(sqlite3.connect(path)) as db, db:
        for statement in statements:
            db.execute(statement)


def content(path: Path):
    graph = kg.open(path)
    with Store(path, readonly=True) as store:
        return graph, graph.run, list(store.judgements())


def outcome(use, path: Path):
    """What comes of using a store, None where it was told in one line why nothing does."""
    try:
        return use()
    except StoreError as error:
        told = str(error)
    assert told.startswith(f"{path}: ")
    assert "\n" not in told
    return None
