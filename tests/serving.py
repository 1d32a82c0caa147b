"""A store to serve, a server of ours in a process of its own on a free port of the loopback, and what one sends to it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from kg.records import Document, Extraction
from kg.store import Store

SELECT = "SELECT ?wer { ?wer org:headOf ?was }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"

# The loopback needs no proxy and no certificates; threads may share a client.
CLIENT = httpx.Client(trust_env=False, verify=False, timeout=30)


def keep(path: Path, extractions: Iterable[tuple[Document, Extraction]]) -> None:
    """Make a store of what was extracted before."""
    with Store(path) as store:
        for document, extraction in extractions:
            store.add(document, extraction, "f")


@contextmanager
def serving(path: Path, *options: str) -> Iterator[str]:
    """Run `kg serve` on a file; the address it names is the value, without the slash at its end."""
    command = [sys.executable, "-m", "kg", "serve", str(path), "--port", "0", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8")
    assert process.stderr
    try:
        line = process.stderr.readline()
        found = re.match(r"(http://127\.0\.0\.1:\d+)/ – ends with Ctrl\+C", line)
        assert found, line + process.stderr.read()
        yield found[1]
    finally:
        process.terminate()
        _, said = process.communicate(timeout=20)
    assert said == "", said


def ask(address: str, query: str, accept: str = "application/sparql-results+json") -> httpx.Response:
    """Send a query as its own media type; nothing is raised for a status that is not 200."""
    headers = {"Content-Type": "application/sparql-query", "Accept": accept}
    return CLIENT.post(f"{address}/sparql", content=query.encode(), headers=headers)
