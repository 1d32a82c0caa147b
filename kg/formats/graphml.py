"""GraphML for Gephi, yEd and Gephi Lite: nodes and edges of `kg.formats.networkx` with the same attributes.

XML 1.0 has no place for most control characters: a stray form feed in "Huawei\\x0cAG" becomes U+FFFD in a label, and is
percent-encoded in an id, where it tells nodes apart.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, BinaryIO

import networkx as nx

from kg.formats.networkx import to_networkx

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

# All that the production Char of XML 1.0 leaves out.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(graph: KnowledgeGraph, stream: BinaryIO, level: str) -> None:
    """Write a graph as GraphML; every fact is an edge whatever the level, its polarity and modality beside it."""
    nx.write_graphml(_clean(to_networkx(graph)), stream)


def _clean(found: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """A copy that XML can hold; node and edge order stay."""
    clean = nx.MultiDiGraph()
    for node, attributes in found.nodes(data=True):
        clean.add_node(_name(node), **_values(attributes))
    for source, target, key, attributes in found.edges(keys=True, data=True):
        clean.add_edge(_name(source), _name(target), key=key, **_values(attributes))
    return clean


def _name(node: str) -> str:
    return _FORBIDDEN.sub(lambda match: f"%{ord(match[0]):02X}", node)


def _values(attributes: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _FORBIDDEN.sub("\ufffd", value) if isinstance(value, str) else value for name, value in attributes.items()
    }
