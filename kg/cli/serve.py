"""The command that puts a graph on the web: serve."""

from __future__ import annotations

import signal

import click

from kg.cli.group import SECONDS, cli


@cli.command()
@click.argument("graph", metavar="GRAPH")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; 0.0.0.0 is for everybody.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 for any that is free.")
@click.option(
    "--timeout", type=SECONDS, default=10.0, show_default=True, metavar="SECONDS",
    help="How long a query may take.",
)  # fmt: skip
@click.option(
    "--limit", type=click.IntRange(1, 1_000_000_000), default=10_000, show_default=True, metavar="ROWS",
    help="How many rows or triples an answer may have; the rest is cut off, and the answer says so.",
)  # fmt: skip
@click.option(
    "--base-iri", default="", metavar="IRI",
    help="What the graph's IRIs begin with; a store's are then made so.  [default: as it says itself]",
)  # fmt: skip
@click.option(
    "--allow-host", "hosts", multiple=True, metavar="NAME",
    help="Another name by which the server may be called, such as that of a proxy; * for any.  [repeatable]",
)  # fmt: skip
@click.option(
    "--cors", "origins", multiple=True, metavar="ORIGIN",
    help="Let web pages of https://kg.example read the answers; * for all.  [repeatable]",
)  # fmt: skip
def serve(
    graph: str, host: str, port: int, timeout: float, limit: int, base_iri: str, hosts: tuple[str, ...],
    origins: tuple[str, ...],
) -> int:  # fmt: skip
    """Serve a graph over HTTP: SPARQL at /sparql, a page to ask it at /, a page for each of its IRIs.

    A store is also drawn, at /explorer.

    GRAPH is a .kg store or any RDF file; it is only read, and read again when it changes. Anybody who reaches the
    address may ask: by default that is this machine alone. Web pages from elsewhere may read nothing unless --cors
    says so. With --base-iri http://127.0.0.1:8000/ the IRIs of a store lead here.

    \b
    Example:
      kg serve duisburg.kg --port 8000
    """
    try:
        from kg.ontology import check_base
        from kg.serve import run

        if base_iri:
            check_base(base_iri)
        run.serve(graph, run.Settings(host, port, timeout, limit, hosts, origins), base_iri)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second one would break off the end with a traceback
        click.echo("ended", err=True)
    return 0
