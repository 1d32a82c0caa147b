"""Commands that ask a graph: query, show, why, stats, diff."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from kg.cli.group import (
    ANSWERS,
    NOTHING_FOUND,
    SECONDS,
    check_filters,
    cli,
    fact_options,
    graph_or_triples,
    none_passes,
    nothing_found,
    passing,
    predicate_option,
    store_argument,
)
from kg.cli.shelter import MOST_MEGABYTES, live_on_in_copy, shortage_told
from kg.cli.terminal import complain, print_lines, style
from kg.errors import QueryError
from kg.system.special_files import endless

if TYPE_CHECKING:
    from kg.knowledge_graph import KnowledgeGraph
    from kg.rdf.sparql.dataset import Dataset
    from kg.records import Entity

DIFFERENT = 1


_MOST_OTHERS = 5  # of one name that are told


def _explain(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from kg.rdf.sparql import prepared as ready

        print_lines(ready.query_lines())
        context.exit()


@cli.command()
@click.argument("graph", metavar="GRAPH")
@click.argument("query", required=False)
@click.option("-f", "--file", "file", metavar="FILE.rq", help="Read the query from a file; - is standard input.")
@click.option("--format", "format", type=click.Choice(ANSWERS), help="How to print it.  [default: table or ttl]")
@click.option(
    "--timeout", type=SECONDS, metavar="SECONDS",
    help="How long the query may take.  [default: as long as it needs, but 20 s to be read and planned]",
)  # fmt: skip
@click.option(
    "--memory", type=click.IntRange(100, MOST_MEGABYTES), metavar="MB",
    help="How much memory the query and the graph may take, on Linux; elsewhere there is no limit.  [default: three "
    "quarters of what is free]",
)  # fmt: skip
@click.option(
    "--explain-examples", is_flag=True, is_eager=True, expose_value=False, callback=_explain,
    help="Print ready queries with the question each answers, and exit.",
)  # fmt: skip
@click.pass_context
def query(
    context: click.Context, graph: str, query: str | None, file: str | None, format: str | None, timeout: float | None,
    memory: int | None,
) -> int:  # fmt: skip
    """Ask a graph in SPARQL.

    GRAPH is a .kg store or any RDF file. The prefixes of kg (kg: kge: kgp: org: schema: skos: prov: …) and those of the
    file are known; IRIs in a table are shortened by them. kg:matches(?label, "mueller") is true for labels like that,
    whatever their case and umlauts. A query that finds nothing exits with 1, and says which of its terms the graph does
    not have. The whole answer is held in memory: set a LIMIT where it may have millions of rows. On Linux a query that
    takes more than --memory is ended; on macOS and Windows, which have no such limits, it may take all there is.

    \b
    Example:
      kg query duisburg.kg 'SELECT ?wer ?was { ?wer kg:signed/rdfs:label ?was }'
      kg query duisburg.ttl -f sprecher.rq --format csv
    """
    from kg.opening import open_dataset
    from kg.rdf.sparql import results as answers
    from kg.rdf.sparql.query import evaluate

    if (query is None) == (file is None):
        raise click.UsageError("give the query as an argument or with -f, one of the two")
    text = query if query is not None else _read_query(str(file))
    with shortage_told(live_on_in_copy(context, memory)):
        dataset = open_dataset(graph)
        began = monotonic()
        answer = evaluate(dataset, text, timeout)
        print_lines([answers.render(answer, dataset.prefixes, format).rstrip("\n")])
    if not answers.is_empty(answer):
        return 0
    _tell_unknown(dataset, text, timeout and max(timeout - monotonic() + began, 0))
    return NOTHING_FOUND


def _tell_unknown(dataset: Dataset, query: str, seconds: float | None) -> None:
    """Say which terms of a query the graph does not have, if that is found out in the time that is left."""
    from kg.rdf.sparql.unknown_terms import line, unknown_terms
    from kg.system.stack import with_room

    with suppress(TimeoutError):
        named, more = with_room(lambda: unknown_terms(dataset, query), seconds)
        for unknown in named:
            complain(line(unknown))
        if more:
            complain(f"and {more:,} more terms that the graph does not have")


@cli.command()
@store_argument
@click.argument("name")
@fact_options
@predicate_option
def show(store: str, name: str, **filters: Any) -> int:
    """Show the card of an entity: type, other names, and its facts with a sentence each.

    STORE is a .kg store, or RDF that kg wrote. NAME is a label, another name or an id; a surname will do where only one
    has it. Filters choose which of its facts are shown.

    \b
    Example:
      kg show duisburg.kg "Sören Link"
      kg show duisburg.kg Huawei --modality planned,possible
    """
    from kg.opening import open as open_graph
    from kg.show import cards

    some = check_filters(filters)
    with nothing_found():
        graph = open_graph(store).about(name, *_speaker(filters), first=not some)
        entity = graph.entity(name)
        graph = graph.derived(facts=passing(graph, filters).facts)
        if some and not any(cards.sections(graph, entity)):
            raise none_passes(name)
    _tell_others(graph, name, entity)
    print_lines(cards.card(graph, entity, style()))
    return 0


@cli.command()
@store_argument
@click.argument("subject")
@click.argument("predicate", required=False)
@click.argument("object", required=False)
@fact_options
def why(store: str, subject: str, predicate: str | None, object: str | None, **filters: Any) -> int:
    """Show the sentences behind the facts of an entity, with *cue* and who and what takes [part] marked.

    STORE is a .kg store, or RDF that kg wrote. PREDICATE is a verb, a label or an IRI; with OBJECT only facts in which
    both take part are shown, as object or in another role, and filters choose among them.

    \b
    Example:
      kg why duisburg.kg "Sören Link" unterzeichnen "Memorandum of Understanding"
      kg why duisburg.kg Huawei --polarity negative
    """
    from kg.opening import open as open_graph
    from kg.show import cards

    check_filters(filters)
    with nothing_found():
        names = (subject, object or subject, *_speaker(filters))
        graph = open_graph(store).about(*names, perhaps=[predicate] if predicate else [])
        facts = graph.why(subject, predicate, object)
        kept = {fact.id for fact in passing(graph, filters).facts}
        if facts and not any(fact.id in kept for fact in facts):
            raise none_passes(subject)
        if not facts:
            asked = " – ".join(part for part in (subject, predicate, object) if part)
            raise QueryError(f"{asked}: no such fact; `kg show {store} {subject!r}` lists what there is")
    _tell_others(graph, subject, graph.entity(subject))
    look = style()
    for number, fact in enumerate(fact for fact in facts if fact.id in kept):
        print_lines([""] if number else [])
        print_lines(cards.evidence(graph, fact, look))
    return 0


@cli.command()
@click.argument("graph", metavar="GRAPH")
def stats(graph: str) -> int:
    """Count what a graph holds: documents, entities by type, facts by polarity and modality.

    GRAPH is a .kg store or any RDF file. Of a store it tells, too, which documents could not be read, and which were
    withdrawn by whom.

    \b
    Example:
      kg stats duisburg.kg
    """
    from kg.knowledge_graph import KnowledgeGraph
    from kg.opening import absent_from, holds_store
    from kg.show.stats import absent_lines, count_lines, count_triples

    held = graph_or_triples(graph)
    print_lines(count_lines(held.counts() if isinstance(held, KnowledgeGraph) else count_triples(held)))
    if holds_store(graph):
        print_lines(absent_lines(*absent_from(graph)))
    return 0


@cli.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option(
    "--format", "format", type=click.Choice(("table", "json", "md")), default="table", show_default=True,
    help="Lines to read, a line of JSON for each change, or Markdown for a message.",
)  # fmt: skip
@click.option(
    "--all", "everything", is_flag=True, help="Long lists whole, not the beginning of each; in JSON they always are."
)
@click.option(
    "--verdicts-until", "days", metavar="DATE", multiple=True,
    help="A as of that day: with the verdicts of `kg review` up to then; given twice, the second is B's. (Not --until, "
    "which is about facts, nor A@DATE, which may be the name of a file.)",
)  # fmt: skip
def diff(before: str, after: str, format: str, everything: bool, days: tuple[str, ...]) -> int:
    """Tell what B says otherwise than A: documents, entities and facts that are new, gone, merged, split, renamed or
    changed in weight, time or confidence.

    A and B are .kg stores, or RDF that kg wrote. Entities are those of the same mentions, whatever they are called, or
    else of the same id; facts are the same if they say the same of these. As with `diff`, 0 means that there is no
    difference, 1 that there is one, and 2 that something is wrong. With --verdicts-until a store may be compared with
    itself; a verdict without a day always counts.

    \b
    Example:
      kg diff letzte-woche.kg heute.kg
      kg diff heute.kg heute.kg --verdicts-until 2024-05-01
      kg diff heute.kg archiv.ttl --format json | jq 'select(.change == "gone")'
    """
    from kg.formats.jsonl import change_records, to_line
    from kg.opening import open as open_graph
    from kg.show.differences import difference_lines, difference_markdown

    if len(days) > 2:
        raise click.UsageError("--verdicts-until is given once for A, and once for B; leave out the rest")
    first, second = (*days, "", "")[:2]
    found = open_graph(before, verdicts_until=first).diff(open_graph(after, verdicts_until=second))
    cut = {"most": None} if everything else {}
    if format == "json":
        print_lines(map(to_line, change_records(found)))
    else:
        print_lines(
            difference_markdown(found, **cut) if format == "md" else difference_lines(found, **cut, style=style())
        )
    return DIFFERENT if found else 0


def _speaker(filters: Mapping[str, Any]) -> list[str]:
    return [filters["speaker"]] if filters["speaker"] else []


def _tell_others(graph: KnowledgeGraph, name: str, shown: Entity) -> None:
    """Say who else is called so, and how to ask for them."""
    others = graph.others_called(name)
    if others:
        called = [f"{other.label} ({other.type}, id {other.id})" for other in others[:_MOST_OTHERS]]
        more = f" and {len(others) - _MOST_OTHERS} more" if len(others) > _MOST_OTHERS else ""
        complain(f"{name}: this is {shown.label} ({shown.type}); there is also {', '.join(called)}{more}; name the id "
                 "to see that one")  # fmt: skip


def _read_query(file: str) -> str:
    if file == "-" and sys.stdin is None:
        raise QueryError("standard input: closed; pipe a query in, or name its file")
    if kind := endless(file):
        raise QueryError(f"{file}: is {kind}, no file; pipe the query in, and pass -f -")
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise QueryError(f"{file}: cannot be read ({error.strerror}); check the name") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"{file}: not UTF-8 at byte {error.start}; save the query as UTF-8") from error
