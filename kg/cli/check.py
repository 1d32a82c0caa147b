"""Commands that check a graph: validate."""

from __future__ import annotations

import click

from kg.cli.group import cli, graph_or_triples
from kg.cli.terminal import print_lines
from kg.system.text import counted

NOT_VALID = 1


@cli.command()
@click.argument("graph", metavar="GRAPH")
def validate(graph: str) -> int:
    """Check that a graph is sound, against SHACL shapes.

    GRAPH is a .kg store or an RDF file that kg wrote. Every fact must have subject, predicate, object, polarity,
    modality and evidence, everything a label, no interval may end before it begins, and what is denied, planned or
    somebody's word must not be a direct triple. Prints a line for each fault and exits with 1 if there is one. A store
    that is damaged exits with 2, and says which documents to build anew.

    \b
    Example:
      kg validate duisburg.ttl
    """
    from kg.knowledge_graph import KnowledgeGraph
    from kg.opening import holds_store
    from kg.rdf.validate import violations
    from kg.store.store import Store

    if holds_store(graph):
        with Store(graph, readonly=True) as kept:
            kept.check()
    held = graph_or_triples(graph)
    found = held.to_rdflib() if isinstance(held, KnowledgeGraph) else held
    faults = violations(found, graph)
    print_lines([*faults, f"{graph}: {counted(len(faults), 'fault') if faults else 'valid'}"])
    return NOT_VALID if faults else 0
