"""What writing GraphML costs: ours against networkx's lxml writer, on the same graph in the same run.

    python tests/benchmarks/graphml.py [NODES [EDGES]]

The graph is made up, with the attributes of a drawn one (default: 100,000 nodes and 400,000 edges). Prints seconds of CPU, the
ratio, and by how much each writer raises the memory of its process at the most: each runs in one of its own.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import networkx as nx

from kg.formats.network.drawing import EDGE_COLUMNS, NODE_COLUMNS
from kg.formats.network.graphml import write_elements
from kg.graph.network import Edge, Node

SEED = 2026
TEXT = "Oberbürgermeister Sören Link unterzeichnete in Shenzhen ein „Memorandum of Understanding“ & reiste ab."


def value(kind: type, rng: random.Random) -> str | int | float:
    if kind is str:
        start = rng.randrange(60)
        return TEXT[start : start + rng.randrange(40)]
    return rng.randrange(1000) if kind is int else round(rng.random() * 1000, 1)


def made_up(nodes: int, edges: int) -> nx.MultiDiGraph:
    rng = random.Random(SEED)
    found = nx.MultiDiGraph()
    color = {"color": "#257263"}
    for number in range(nodes):
        found.add_node(f"Knoten_{number}", **{name: value(kind, rng) for name, kind in NODE_COLUMNS.items()} | color)
    for number in range(edges):
        one, other = (f"Knoten_{rng.randrange(nodes)}" for _ in range(2))
        found.add_edge(one, other, f"{number:012x}", **{n: value(k, rng) for n, k in EDGE_COLUMNS.items()} | color)
    return found


def ours(found: nx.MultiDiGraph, path: Path) -> None:
    nodes: Iterator[Node] = (Node(*item) for item in found.nodes(data=True))
    edges = (Edge(key, one, other, look) for one, other, key, look in found.edges(keys=True, data=True))
    with open(path, "wb") as stream:
        write_elements(stream, nodes, edges)


def networkx(found: nx.MultiDiGraph, path: Path) -> None:
    nx.write_graphml_lxml(found, str(path))


def peak() -> int:
    """The most memory that this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measured(writer: Callable[[nx.MultiDiGraph, Path], None], nodes: int, edges: int) -> tuple[float, int, float]:
    """Seconds of CPU, MB more than with the graph alone, and MB written."""
    found = made_up(nodes, edges)
    with tempfile.TemporaryDirectory() as folder:
        path, before, start = Path(folder) / "a.graphml", peak(), time.process_time()
        writer(found, path)
        return time.process_time() - start, peak() - before, path.stat().st_size / 1e6


def main(nodes: int = 100_000, edges: int = 400_000) -> None:
    seconds = {}
    print("writer      seconds   MB more   MB file")
    for writer in (ours, networkx):
        with ProcessPoolExecutor(1, get_context("spawn")) as alone:
            seconds[writer], more, size = alone.submit(measured, writer, nodes, edges).result()
        print(f"{writer.__name__:10} {seconds[writer]:8.1f} {more:9} {size:9.0f}", flush=True)
    print(f"networkx takes {seconds[networkx] / seconds[ours]:.1f} times as long")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
