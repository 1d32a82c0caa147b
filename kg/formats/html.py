"""HTML: the graph as one page to explore in a browser, offline: "duisburg.html" can be mailed or put on a stick."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from kg.show.explorer.page import page

if TYPE_CHECKING:
    from kg.graph.graph import Graph


def write(graph: Graph, stream: BinaryIO, level: str, concepts: str | None = None, most: int | None = None) -> None:
    """Write the explorer page of a graph; it tells every fact and its sentences whatever the level.

    Its picture shows what `kg.graph.network.network` draws.
    """
    stream.write(page(graph, concepts, most).encode("utf-8"))
