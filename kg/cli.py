"""The command line: `kg build artikel/ -o artikel.kg`, then `kg why artikel.kg "Sören Link"`.

One thin command per public function. Data goes to stdout, progress and logs to stderr; exit 0 is fine, 1 nothing found,
2 wrong use or bad input, told in one line.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from kg import __version__
from kg.errors import KgError, QueryError
from kg.ontology import DEFAULT_BASE
from kg.records import CONCEPTS
from kg.terminal import LateLog, ask, complain, fail, print_lines, style, today, use_utf8
from kg.wording import counted

if TYPE_CHECKING:
    import rdflib

    from kg.graph import KnowledgeGraph

NOTHING_FOUND = 1
INTERRUPTED = 130  # 128 + SIGINT, as shells have it

# As in kg.rdf and kg.answers, which import rdflib; a test keeps them equal.
LEVELS = ("plain", "claims")
ANSWERS = ("table", "csv", "json", "ttl")

Command = TypeVar("Command", bound=Callable[..., Any])

_inputs = click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
_store = click.argument("store", metavar="STORE")
_base_iri = click.option(
    "--base-iri", default=DEFAULT_BASE, show_default=True, metavar="IRI", help="What the IRIs of your graph begin with."
)
_level = click.option(
    "--level",
    type=click.Choice(LEVELS),
    default="claims",
    show_default=True,
    help="RDF with labels and direct triples alone, or with every fact and its sentences.",
)
_concepts = click.option(
    "--concepts",
    type=click.Choice(CONCEPTS),
    help="Things without a name: none, those linked to a name, or all.  [default: linked, or as the store was built]",
)


def _reading(command: Command) -> Command:
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


@cli.command()
@_inputs
@click.option(
    "-o", "--output", "outputs", multiple=True, required=True, metavar="OUT",
    help="A file to write: .kg, .ttl, .nt, .graphml or .jsonl; give it once for each.",
)  # fmt: skip
@click.option(
    "--gazetteer", "gazetteer", multiple=True, metavar="FILE",
    help="A list of known names: .csv, .jsonl or RDF with id, label, aliases, type, sameAs; or geonames.",
)  # fmt: skip
@_reading
@_base_iri
@_level
@_concepts
def build(inputs: tuple[str, ...], outputs: tuple[str, ...], level: str, concepts: str | None, **options: Any) -> int:
    """Read texts and write their graph.

    INPUT is a file (.txt, .md, .html, .jsonl), a folder, or - for standard input. A .kg output keeps what was read:
    the next build reads only texts that are new or changed, and one that was interrupted goes on where it stopped.
    It is always the graph of the INPUTs: documents of an earlier build that are not among them are removed.

    \b
    Example:
      kg build artikel/ brief.txt -o duisburg.kg -o duisburg.ttl -o duisburg.graphml
    """
    from kg import api

    outputs = tuple(dict.fromkeys(outputs))
    stores = _check_outputs(outputs, inputs, stores=1)
    graph = api.build(
        inputs, store=next(iter(stores), ":memory:"), concepts=concepts or "linked", progress=True, **options
    )
    for path in outputs:
        if path not in stores:
            graph.write(path, level)
    found = (
        counted(len(graph.documents), "document"),
        counted(len(graph.entities), "entity", "entities"),
        counted(len(graph.facts), "fact"),
    )
    click.echo(f"{', '.join(found)} → {', '.join(outputs)}", err=True)
    return 0 if graph.entities else NOTHING_FOUND


@cli.command()
@_inputs
@_reading
@_base_iri
def extract(inputs: tuple[str, ...], model: str | None, workers: int, base_iri: str) -> int:
    """Print what the clauses of texts say, one JSON object a line.

    Each claim has its sentence, subject, predicate and object with their offsets in code points, and says who speaks
    and whether it is asserted, denied, planned or doubted.

    \b
    Example:
      echo "Angela Merkel besuchte Paris." | kg extract -
    """
    from kg import api
    from kg.formats.jsonl import claim_record, to_line

    api.check_base(base_iri)
    found = NOTHING_FOUND
    for claim in api.claims(inputs, model=model, workers=workers):
        print_lines([to_line(claim_record(claim, base_iri))])
        found = 0
    if found == NOTHING_FOUND:
        complain("no claims found; is it German prose?")
    return found


@cli.command()
@_store
@click.argument("outputs", nargs=-1, required=True, metavar="OUT...")
@_level
@_concepts
def export(store: str, outputs: tuple[str, ...], level: str, concepts: str | None) -> int:
    """Write a store as other formats.

    OUT is a file whose suffix says the format: .ttl, .nt, .graphml or .jsonl.

    \b
    Example:
      kg export duisburg.kg duisburg.graphml duisburg.nt
    """
    from kg import api

    _check_outputs(outputs, stores=0)
    graph = api.open(store, concepts)
    for path in outputs:
        graph.write(path, level)
    return 0 if graph.entities else NOTHING_FOUND


@cli.command()
@click.argument("graph", metavar="GRAPH")
@click.argument("query", required=False)
@click.option("-f", "--file", "file", metavar="FILE.rq", help="Read the query from a file; - is standard input.")
@click.option("--format", "format", type=click.Choice(ANSWERS), help="How to print it.  [default: table or ttl]")
def query(graph: str, query: str | None, file: str | None, format: str | None) -> int:
    """Ask a graph in SPARQL.

    GRAPH is a .kg store or any RDF file. The prefixes of kg (kg: kge: kgp: org: schema: skos: prov: …) and those of the
    file are known; IRIs in a table are shortened by them. A query that finds nothing exits with 1.

    \b
    Example:
      kg query duisburg.kg 'SELECT ?wer ?was { ?wer kg:signed/rdfs:label ?was }'
      kg query duisburg.ttl -f sprecher.rq --format csv
    """
    from kg import answers
    from kg.graph import KnowledgeGraph
    from kg.query import evaluate

    if (query is None) == (file is None):
        raise click.UsageError("give the query as an argument or with -f, one of the two")
    text = query if query is not None else _read_query(str(file))
    opened = _opened(graph)
    found = opened.to_rdflib() if isinstance(opened, KnowledgeGraph) else opened
    result = evaluate(found, text)
    print_lines([answers.render(result, found, format).rstrip("\n")])
    return NOTHING_FOUND if answers.is_empty(result) else 0


@cli.command()
@_store
@click.argument("name")
def show(store: str, name: str) -> int:
    """Show the card of an entity: type, other names, and its facts with a sentence each.

    NAME is a label, another name or an id; a surname will do where only one has it.

    \b
    Example:
      kg show duisburg.kg "Sören Link"
    """
    from kg import api, cards

    graph = api.open(store)
    with _nothing_found():
        print_lines(cards.card(graph, graph.entity(name), style()))
    return 0


@cli.command()
@_store
@click.argument("subject")
@click.argument("predicate", required=False)
@click.argument("object", required=False)
def why(store: str, subject: str, predicate: str | None, object: str | None) -> int:
    """Show the sentences behind the facts of an entity, with [subject], *cue* and [object] marked.

    PREDICATE is a verb, a label or an IRI; with OBJECT only facts between the two are shown.

    \b
    Example:
      kg why duisburg.kg "Sören Link" unterzeichnen "Memorandum of Understanding"
    """
    from kg import api, cards

    graph = api.open(store)
    with _nothing_found():
        facts = graph.why(subject, predicate, object)
        if not facts:
            asked = " – ".join(part for part in (subject, predicate, object) if part)
            raise QueryError(f"{asked}: no such fact; `kg show {store} {subject!r}` lists what there is")
    look = style()
    for number, fact in enumerate(facts):
        print_lines([""] if number else [])
        print_lines(cards.evidence(graph, fact, look))
    return 0


@cli.command()
@_store
@click.option("--export", "target", metavar="FILE", help="Write the open questions (.csv) or the ledger (.jsonl).")
@click.option("--import", "source", metavar="FILE", help="Read verdicts from such a file into the store.")
@click.option("--by", envvar="USER", default="", metavar="NAME", help="Who judges.  [default: your user name]")
@click.option("--date", "when", default="", metavar="YYYY-MM-DD", help="When.  [default: today]")
def review(store: str, target: str | None, source: str | None, by: str, when: str) -> int:
    """Say who is who where the rules are not sure.

    Shows two mentions with their sentences, those that most hangs on first, and takes one key: y same, n not same,
    u unsure, s skip, q quit. Verdicts go into the store's ledger; none is ever overwritten, the last one counts.
    --export and --import do the same through a file.

    \b
    Example:
      kg review duisburg.kg
      kg review duisburg.kg --export fragen.csv
      kg review duisburg.kg --import fragen.csv
    """
    from dataclasses import replace

    from kg import review as reviewing
    from kg.ledger import read_ledger, write_ledger, write_questions
    from kg.store import Store

    if target and source:
        raise click.UsageError("--export and --import are two runs")
    Store(store, readonly=True).close()
    day = when or today()
    with Store(store) as kept:
        if source:
            found = [replace(j, by=j.by or by, when=j.when or day) for j in read_ledger(source)]
            click.echo(f"{counted(reviewing.answer(kept, found), 'new judgement')} → {store}", err=True)
            return 0 if found else NOTHING_FOUND
        if target and target.endswith(".jsonl"):
            write_ledger(target, kept.judgements())
            return 0
        questions = reviewing.questions(kept)
        if target:
            write_questions(target, questions)
            click.echo(f"{counted(len(questions), 'question')} → {target}", err=True)
        elif not questions:
            click.echo("kg: nothing is left open", err=True)
        elif not sys.stdin.isatty():
            raise click.UsageError("no terminal to ask on; use --export FILE.csv, fill it in, and --import it")
        else:
            for judgement in ask(questions, by, day):
                reviewing.answer(kept, [judgement])
        return 0 if questions else NOTHING_FOUND


@cli.command()
@click.argument("graph", metavar="GRAPH")
def stats(graph: str) -> int:
    """Count what a graph holds: documents, entities by type, facts by polarity and modality.

    GRAPH is a .kg store or any RDF file.

    \b
    Example:
      kg stats duisburg.kg
    """
    from kg.graph import KnowledgeGraph
    from kg.stats import count_graph, count_triples, lines

    opened = _opened(graph)
    print_lines(lines(count_graph(opened) if isinstance(opened, KnowledgeGraph) else count_triples(opened)))
    return 0


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit; every KgError ends in one line on stderr and exit 2."""
    use_utf8()
    log = LateLog()
    try:
        code = cli.main(args, prog_name="kg", standalone_mode=False)
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "kg"
        fail(f"{error.format_message().rstrip('.')}; see `{path} --help`")
    except KgError as error:
        fail(str(error))
    except click.Abort:
        log.flush()
        complain("interrupted; a build into a .kg goes on behind the last text it finished when you run it again")
        sys.exit(INTERRUPTED)
    log.flush()
    sys.exit(code)


def _check_outputs(outputs: Sequence[str], inputs: Sequence[str] = (), *, stores: int) -> list[str]:
    """Refuse outputs that cannot be written before any work is done; return those that are stores."""
    from kg.formats import STORE, check, suffix_of

    for path in outputs:
        check(path, store=stores > 0)
        if Path(path).resolve() in {Path(name).resolve() for name in inputs}:
            raise click.UsageError(f"{path} is an input too, and would be overwritten; name another output")
    found = [path for path in outputs if suffix_of(path) == STORE]
    if len(found) > stores:
        raise click.UsageError(f"{' and '.join(found)}: a build keeps one {STORE} store; copy it for a second one")
    return found


def _read_query(file: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise QueryError(f"{file}: cannot be read ({error.strerror}); check the name") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"{file}: not UTF-8 at byte {error.start}; save the query as UTF-8") from error


def _opened(path: str) -> KnowledgeGraph | rdflib.Graph:
    """A store as KnowledgeGraph, an RDF file as its triples."""
    from kg import api
    from kg.formats import STORE, read_rdf, suffix_of
    from kg.store import is_store

    return api.open(path) if suffix_of(path) == STORE or is_store(path) else read_rdf(path)


@contextmanager
def _nothing_found() -> Iterator[None]:
    """A question about what the graph does not hold is no wrong use: one line, and exit 1."""
    try:
        yield
    except QueryError as error:
        complain(str(error))
        raise click.exceptions.Exit(NOTHING_FOUND) from error


if __name__ == "__main__":
    main()
