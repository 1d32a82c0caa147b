"""What the commands share: the group they belong to, their options, and how they end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.checks import MOST_WORKERS
from kg.cli.terminal import complain
from kg.errors import BAD_INPUT, QueryError
from kg.formats.suffixes import DRAWINGS, RDF12
from kg.graph.filters import check_dates
from kg.modalities import SURE_ENOUGH
from kg.ontology import DEFAULT_BASE
from kg.records import DRAWN, LEVELS, MODALITIES, POLARITIES, TYPES
from kg.version import __version__

if TYPE_CHECKING:
    import rdflib

    from kg.knowledge_graph import KnowledgeGraph

NOTHING_FOUND = 1

# As in kg.rdf.sparql.results, which takes time to import; a test keeps them equal.
ANSWERS = ("table", "csv", "json", "ttl")

FACT_FILTERS = ("min_weight", "min_confidence", "modality", "polarity", "speaker", "predicate", "since", "until")
"""The parameters that `fact_options` and `predicate_option` add to a command."""

FILTERS = (*FACT_FILTERS, "types", "around", "hops")
"""The parameters that `filter_options` adds to a command."""

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
    help="RDF with labels and direct triples alone, with every fact and its sentences, or with all that a graph holds.",
)
rdf12_option = click.option(
    "--rdf12", is_flag=True, help=f"Let facts reify triple terms of RDF 1.2: {' '.join(RDF12)}."
)
predicate_option = click.option(
    "--predicate", metavar="WORD", help="Only facts with this predicate: a verb, a label or an IRI."
)
relations_option = click.option(
    "--relations",
    metavar="FILE",
    help="A .toml file with relations and classes of verbs of your own, in the form of kg/ontology/relations.toml.",
)
concepts_option = click.option(
    "--concepts",
    type=click.Choice(DRAWN),
    help="Things without a name: none, those linked to a name, or all; in drawings, all adds texts, and joining shows "
    "those that link two names.  [default: linked, or as the store was built; in drawings joining]",
)


most_option = click.option(
    "--most",
    type=click.IntRange(min=1),
    metavar="N",
    help="Draw the N things with most links, as far as these join them.  [default: 2000 in .html, 10000 in .gexf]",
)


gazetteer_option = click.option(
    "--gazetteer",
    multiple=True,
    metavar="FILE",
    help="A list of known names: .csv, .jsonl or RDF with id, label, aliases, type, sameAs; or geonames.",
)
date_option = click.option(
    "--date",
    default="",
    metavar="YYYY-MM-DD",
    help="The day of this run, for RDF at level full.  [default: that of SOURCE_DATE_EPOCH, else none]",
)
wait_option = click.option("--wait", is_flag=True, help="Wait while another kg builds or reviews the store.")


def held(concepts: str | None, most: int | None, outputs: Iterable[str]) -> str | None:
    """What --concepts says of the graph itself; "joining" and --most are for drawings, and there has to be one."""
    from kg.formats import suffix_of

    only = "--most" if most else "--concepts joining" if concepts == "joining" else ""
    if only and not any(suffix_of(path) in DRAWINGS for path in outputs):
        known = ", ".join(sorted(DRAWINGS))
        raise click.UsageError(f"{only} is for drawings ({known}), and no output is one; leave it out")
    return None if concepts == "joining" else concepts


class Several(click.ParamType):  # type: ignore[type-arg]  # a type of its own since click 8.4 alone
    """Some of a few words, with commas between them."""

    name = "words"

    def __init__(self, words: Collection[str]) -> None:
        self.words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        given = tuple(word.strip() for word in value.split(","))
        for word in given:
            if word not in self.words:
                self.fail(f"{word!r} is none of {', '.join(self.words)}", param, ctx)
        return given


class Seconds(click.FloatRange):
    """A time that an alarm can be set to: no nan, which is neither less nor more than anything."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        found = super().convert(value, param, ctx)
        if found != found:
            self.fail(f"{value!r} is no number of seconds", param, ctx)
        return found


SECONDS = Seconds(min=0.1, max=1_000_000)


def fact_options(command: Command) -> Command:
    """The options of every command that shows some of the facts; `passing` takes them."""
    options = (
        click.option("--min-weight", type=click.IntRange(min=1), default=1, metavar="N",
                     help="Only facts that at least N documents state."),
        click.option("--min-confidence", type=click.FloatRange(0, 1), metavar="SHARE",
                     help=f"Only facts read at least so surely, 0 to 1; a plain triple needs {SURE_ENOUGH}."),
        click.option("--modality", type=Several(MODALITIES), metavar="WORD,WORD",
                     help=f"Only facts of these modalities: {', '.join(MODALITIES)}."),
        click.option("--polarity", type=click.Choice(POLARITIES), help="Only what is affirmed, or what is denied."),
        click.option("--speaker", metavar="NAME", help="Only what this entity is quoted with."),
        click.option("--from", "since", default="", metavar="DATE",
                     help="Only facts that hold then or later (YYYY, YYYY-MM or YYYY-MM-DD)."),
        click.option("--until", default="", metavar="DATE", help="Only facts that hold then or earlier."),
    )  # fmt: skip
    return _with(command, options)


def filter_options(command: Command) -> Command:
    """The options of every command that writes a part of a graph; `passing_options` takes them."""
    options = (
        click.option("--types", type=Several(TYPES), metavar="TYPE,TYPE",
                     help=f"Only entities of these types, and facts among them: {', '.join(TYPES)}."),
        click.option("--around", metavar="NAME", help="Only this entity and what is linked with it."),
        click.option("--hops", type=click.IntRange(min=1), metavar="N",
                     help="How many steps from --around.  [default: 1]"),
    )  # fmt: skip
    return fact_options(predicate_option(_with(command, options)))


def _with(command: Command, options: Iterable[Callable[[Command], Command]]) -> Command:
    for option in reversed(list(options)):
        command = option(command)
    return command


def check_filters(given: Mapping[str, Any]) -> bool:
    """Refuse filters that cannot be meant, before any work is done; whether there are any."""
    if given.get("hops") and not given["around"]:
        raise click.UsageError("--hops counts from an entity; name it with --around")
    check_dates(given["since"], given["until"])
    return given["min_weight"] > 1 or any(given.get(name) for name in FILTERS if name != "min_weight")


def passing_options(graph: KnowledgeGraph, given: Mapping[str, Any]) -> KnowledgeGraph:
    """What the filter options leave of a graph, counting steps along the facts that pass; tells when it is nothing."""
    found = passing(graph, given)
    if given["around"]:
        with nothing_found():
            center = graph.entity(given["around"])
            if found is not graph and center.id not in found.entities_by_id:
                raise none_passes(given["around"])
            found = found.around(center.id, given["hops"] or 1)
    if not found.unread and not found.entities and graph.entities:
        complain("no fact passes the filters, and nothing was written; widen them")
        raise click.exceptions.Exit(NOTHING_FOUND)
    return found


def passing(graph: KnowledgeGraph, given: Mapping[str, Any]) -> KnowledgeGraph:
    """What the options that choose facts, and --types, leave of a graph; tells when it has no such speaker."""
    chosen = {name: given[name] for name in (*FACT_FILTERS, "types") if given.get(name)}
    with nothing_found():
        return graph.filter(**chosen)


def none_passes(name: str) -> QueryError:
    """What to say when all that is said of somebody is filtered out."""
    return QueryError(f"{name}: no fact with it passes the filters; widen them")


def strict_option(command: Command) -> Command:
    """The option of commands that leave out what cannot be read: whether that is well."""

    @wraps(command)
    def strictly(*args: Any, strict: bool, **options: Any) -> Any:
        from kg.sources.leftout import counting

        with counting() as left_out:
            code = command(*args, **options)
        return BAD_INPUT if strict and left_out else code

    told = "Exit with 2 where something could not be read; it is left out all the same."
    return click.option("--strict", is_flag=True, help=told)(strictly)  # type: ignore[return-value]


def reading_options(command: Command) -> Command:
    """The options of every command that reads texts."""
    workers = click.option(
        "--workers",
        type=click.IntRange(1, MOST_WORKERS),
        default=1,
        show_default=True,
        help="Processes that read in parallel.",
    )
    model = click.option(
        "--model",
        envvar="KG_MODEL",
        metavar="NAME|PATH",
        help="A German spaCy pipeline, installed or in a folder; KG_MODEL does the same.  [default: the bundled one]",
    )
    return model(workers(command))


class Program(click.Group):
    """kg with its commands. Ctrl+C is told by `kg.cli.main` alone, on a line of its own behind the terminal's ^C."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            if sys.stderr.isatty():
                click.echo(err=True)
            raise click.Abort from error


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
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


def graph_or_triples(path: str) -> KnowledgeGraph | rdflib.Graph:
    """A store as KnowledgeGraph, an RDF file as its triples."""
    from kg.formats import read_rdf
    from kg.opening import holds_store
    from kg.opening import open as open_graph

    return open_graph(path) if holds_store(path) else read_rdf(path)


@contextmanager
def nothing_found() -> Iterator[None]:
    """A question about what the graph does not hold is no wrong use: one line, and exit 1."""
    try:
        yield
    except QueryError as error:
        complain(str(error))
        raise click.exceptions.Exit(NOTHING_FOUND) from error
