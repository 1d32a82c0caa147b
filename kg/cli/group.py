"""What the commands share: the group they belong to, their options, and how they end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg import __version__
from kg.errors import QueryError
from kg.ontology import DEFAULT_BASE
from kg.records import CONCEPTS
from kg.terminal import complain

if TYPE_CHECKING:
    import rdflib

    from kg.graph import KnowledgeGraph

NOTHING_FOUND = 1

# As in kg.rdf and kg.answers, which import rdflib; a test keeps them equal.
LEVELS = ("plain", "claims")
ANSWERS = ("table", "csv", "json", "ttl")

Command = TypeVar("Command", bound=Callable[..., Any])

inputs_argument = click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
store_argument = click.argument("store", metavar="STORE")
base_iri_option = click.option(
    "--base-iri", default=DEFAULT_BASE, show_default=True, metavar="IRI", help="What the IRIs of your graph begin with."
)
level_option = click.option(
    "--level",
    type=click.Choice(LEVELS),
    default="claims",
    show_default=True,
    help="RDF with labels and direct triples alone, or with every fact and its sentences.",
)
concepts_option = click.option(
    "--concepts",
    type=click.Choice(CONCEPTS),
    help="Things without a name: none, those linked to a name, or all.  [default: linked, or as the store was built]",
)


def reading_options(command: Command) -> Command:
    """The options of every command that reads texts."""
    workers = click.option(
        "--workers", type=click.IntRange(min=1), default=1, show_default=True, help="Processes that read in parallel."
    )
    model = click.option(
        "--model",
        envvar="KG_MODEL",
        metavar="NAME|PATH",
        help="A German spaCy pipeline, installed or in a folder; KG_MODEL does the same.  [default: the bundled one]",
    )
    return model(workers(command))


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
@click.version_option(__version__, prog_name="kg", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """German texts in; a knowledge graph out in which every edge can show the sentence it came from.

    \b
    Example:
      kg build artikel/ -o artikel.kg -o artikel.ttl
      kg why artikel.kg "Sören Link"
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def opened(path: str) -> KnowledgeGraph | rdflib.Graph:
    """A store as KnowledgeGraph, an RDF file as its triples."""
    from kg import api
    from kg.formats import STORE, read_rdf, suffix_of
    from kg.store import is_store

    return api.open(path) if suffix_of(path) == STORE or is_store(path) else read_rdf(path)


@contextmanager
def nothing_found() -> Iterator[None]:
    """A question about what the graph does not hold is no wrong use: one line, and exit 1."""
    try:
        yield
    except QueryError as error:
        complain(str(error))
        raise click.exceptions.Exit(NOTHING_FOUND) from error
