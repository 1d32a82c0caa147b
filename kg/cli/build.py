"""Commands that read texts and write graphs: build, add, remove, extract, export."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from kg.cli.group import (
    FILTERS,
    NOTHING_FOUND,
    base_iri_option,
    check_filters,
    cli,
    concepts_option,
    date_option,
    filter_options,
    gazetteer_option,
    held,
    inputs_argument,
    level_option,
    most_option,
    nothing_found,
    passing_options,
    rdf12_option,
    reading_options,
    relations_option,
    store_argument,
    strict_option,
    wait_option,
)
from kg.cli.terminal import complain, print_lines, tell, user_name
from kg.errors import BAD_INPUT, KgError
from kg.formats.suffixes import NETWORKS, told_formats
from kg.records import UNITS
from kg.sources.inputs import INPUTS
from kg.system.log import log
from kg.system.text import counted

if TYPE_CHECKING:
    from kg.errors import SourceError
    from kg.formats.apart import Read
    from kg.knowledge_graph import KnowledgeGraph
    from kg.sources.inputs import File


@cli.command(epilog=f"INPUT: {INPUTS}.")
@inputs_argument
@click.option(
    "-o", "--output", "outputs", multiple=True, required=True, metavar="OUT",
    help=f"A file to write: .kg, {told_formats()}; once for each.",
)  # fmt: skip
@gazetteer_option
@relations_option
@reading_options
@base_iri_option
@level_option
@rdf12_option
@concepts_option
@most_option
@date_option
@click.option(
    "--replace", is_flag=True, help="Remove from the store what is not among the INPUTs; without it, that is refused."
)
@wait_option
@filter_options
@strict_option
def build(
    inputs: tuple[str, ...],
    outputs: tuple[str, ...],
    level: str,
    rdf12: bool,
    concepts: str | None,
    most: int | None,
    **options: Any,
) -> int:
    """Read texts and write their graph.

    INPUT is a text, a page or a list of texts, a folder of these, or - for standard input. A .kg output keeps what was
    read: the next build reads only texts that are new or changed, and one that was interrupted goes on where it
    stopped. It is always the whole graph of the INPUTs: name all of them each time, or pass --replace to remove the
    documents of an earlier build that are not among them; a text that has another name now is renamed. `kg add` adds
    some to it. Filters choose what the other outputs show. A .html output is one page that works offline: search there,
    and read the sentences behind each edge.

    \b
    Example:
      kg build artikel/ brief.txt -o duisburg.kg -o duisburg.ttl -o duisburg.graphml
    """
    from kg import api
    from kg.sources.inputs import find_inputs

    outputs = tuple(dict.fromkeys(outputs))
    found = list(find_inputs(inputs))
    stores = _check_outputs(outputs, _read_by(found, **options), stores=1, rdf12=rdf12)
    _warn_of_texts(outputs, inputs)
    kept = held(concepts, most, outputs) or "linked"
    filters = {name: options.pop(name) for name in FILTERS}
    if check_filters(filters) and len(stores) == len(outputs):
        raise click.UsageError("a store keeps the whole graph; filter when you export it, or add another output")
    graph = api.build(found, store=next(iter(stores), ":memory:"), concepts=kept, progress=True, **options)
    graph = passing_options(graph, filters)
    written = [path for path in outputs if path not in stores]
    failed = _write_all(partial(graph.write, level=level, rdf12=rdf12, concepts=concepts, most=most), written)
    _say_what(graph, [path for path in outputs if path not in failed])
    return _outcome(graph, failed)


@cli.command(epilog=f"INPUT: {INPUTS}.")
@store_argument
@inputs_argument
@gazetteer_option
@relations_option
@reading_options
@date_option
@wait_option
@strict_option
def add(store: str, inputs: tuple[str, ...], **options: Any) -> int:
    """Read texts and add them to a store.

    STORE is a .kg store that `kg build` made. All its documents stay; an INPUT whose id it has takes the place of that
    document where it has changed, and one that was withdrawn is back. What the store was built with stays too: base
    IRI, concepts, relations and model, and its list of known names unless --gazetteer names another.

    \b
    Example:
      kg add duisburg.kg juni/ brief.txt
    """
    from kg import api

    graph = api.add(store, inputs, progress=True, **options)
    _say_what(graph, [store])
    return _outcome(graph, [])


@cli.command()
@store_argument
@click.argument("documents", nargs=-1, required=True, metavar="DOC...")
@click.option("--by", default="", metavar="NAME", help="Who withdraws them.  [default: your user name]")
@click.option("--why", default="", metavar="TEXT", help="Why.")
@click.option(
    "--date", default="", metavar="YYYY-MM-DD", help="When.  [default: that of SOURCE_DATE_EPOCH, else today]"
)
@wait_option
def remove(store: str, documents: tuple[str, ...], by: str, **options: Any) -> int:
    """Withdraw documents from a store, with all that they say.

    DOC is the id of a document, as `kg why` tells it, or a pattern in quotation marks: in "zeitung/*" the star stands
    for anything. The store remembers who withdrew it, when and why, see `kg stats`; verdicts stay. Where it has no such
    document, none is removed. A withdrawn one that is named to `kg add` or `kg build` comes back.

    \b
    Example:
      kg remove duisburg.kg zeitung/7 --why Gegendarstellung
      kg remove duisburg.kg "blog/*"
    """
    from kg import api

    with nothing_found():
        graph = api.remove(store, documents, by=by or user_name(), progress=True, **options)
    tell(f"{counted(len(graph.documents), 'document')} left → {store}")
    return 0


@cli.command(epilog=f"INPUT: {INPUTS}.")
@inputs_argument
@relations_option
@reading_options
@base_iri_option
@click.option("--explain", is_flag=True, help="Print, sentence by sentence, which pass changed what, and no JSON.")
@strict_option
def extract(inputs: tuple[str, ...], base_iri: str, explain: bool, **options: Any) -> int:
    """Print what the clauses of texts say, one JSON object a line.

    Each claim has its sentence, subject, predicate, object and roles (to whom, where, with whom) with their offsets in
    code points, and says who speaks and whether it is asserted, denied, planned or doubted.

    \b
    Example:
      echo "Angela Merkel besuchte Paris." | kg extract -
    """
    from kg import api
    from kg.formats.jsonl import claim_record, to_line

    found = NOTHING_FOUND
    if explain:
        for line in api.explain(inputs, base_iri=base_iri, **options):
            print_lines([line])
            found = 0
        return found
    for claim in api.claims(inputs, base_iri=base_iri, **options):
        print_lines([to_line(claim_record(claim, base_iri))])
        found = 0
    if found == NOTHING_FOUND:
        complain("no claims found; is it German prose?")
    return found


@cli.command(epilog=f"OUT: {told_formats()}.")
@store_argument
@click.argument("outputs", nargs=-1, required=True, metavar="OUT...")
@level_option
@rdf12_option
@concepts_option
@most_option
@click.option(
    "--cooccurrence", type=click.Choice(UNITS),
    help=f"No facts but who is named together, and in how many of these: {' '.join(NETWORKS)} or a folder/.",
)  # fmt: skip
@filter_options
def export(
    store: str,
    outputs: tuple[str, ...],
    level: str,
    rdf12: bool,
    concepts: str | None,
    most: int | None,
    cooccurrence: str | None,
    **filters: Any,
) -> int:
    """Write a store, or a part of it, as other formats.

    STORE is a .kg store, or RDF that kg wrote. OUT is a file whose suffix says the format, see below: .html is a page
    to explore it in, and a name/ with a slash becomes a folder of CSV tables.

    With --cooccurrence an edge is two named entities, and weighs how many sentences, paragraphs or documents name both.
    There --min-weight is for edges, --types for both ends, --from and --until are for the dates of documents, and
    --around counts steps along these edges; what chooses facts is refused.

    \b
    Example:
      kg export duisburg.kg duisburg.gexf duisburg.nt
      kg export duisburg.kg huawei.gexf --around Huawei --hops 2
      kg export duisburg.kg netz.gexf --cooccurrence sentence --min-weight 2
    """
    from kg import api
    from kg.system.files import files_of

    outputs = tuple(dict.fromkeys(outputs))
    if cooccurrence:
        _check_cooccurrence(outputs, concepts)
    _check_outputs(outputs, (*files_of(store)[1:], store), stores=0, rdf12=rdf12)
    check_filters(filters)
    kept = held(concepts, most, outputs)
    if cooccurrence:
        return _export_cooccurrence(api.open(store, kept), outputs, cooccurrence, filters)
    graph = passing_options(api.open(store, kept), filters)
    failed = _write_all(partial(graph.write, level=level, rdf12=rdf12, concepts=concepts, most=most), outputs)
    if not failed:
        _say_what(graph, outputs)
    return _outcome(graph, failed)


def _check_cooccurrence(outputs: Iterable[str], concepts: str | None) -> None:
    """Refuse what --cooccurrence has no use for, before any work is done."""
    from kg.formats import check_network

    context = click.get_current_context()
    for name in ("level", "rdf12", "min_confidence", "modality", "polarity", "speaker", "predicate"):
        if context.get_parameter_source(name) is not ParameterSource.DEFAULT:
            raise click.UsageError(
                f"--{name.replace('_', '-')} is for facts, and --cooccurrence has none; leave it out"
            )
    if context.get_parameter_source("most") is not ParameterSource.DEFAULT:
        raise click.UsageError("--most: --cooccurrence draws all that it finds; take --min-weight to have less")
    if concepts not in (None, "none"):
        raise click.UsageError(f"--concepts {concepts}: --cooccurrence has named entities alone; leave it out")
    for path in outputs:
        check_network(path)


def _export_cooccurrence(graph: KnowledgeGraph, outputs: Sequence[str], unit: str, filters: Mapping[str, Any]) -> int:
    from kg.formats import write_network
    from kg.formats.cooccurrence import drawn

    chosen = {name: filters[name] for name in ("min_weight", "types", "since", "until", "around", "hops")}
    with nothing_found():
        network = graph.cooccurrence(unit, **{name: value for name, value in chosen.items() if value})
    if not network:
        complain(f"no {unit} names two entities that pass, and nothing was written; widen the filters, or take another")
        return NOTHING_FOUND
    failed = _write_all(partial(write_network, drawn(network)), outputs)
    if failed:
        return BAD_INPUT
    tell(f"{counted(len(network), 'entity', 'entities')}, {counted(network.size(), 'pair')} → {', '.join(outputs)}")
    return 0


def _write_all(write: Callable[[str], None], outputs: Iterable[str]) -> list[str]:
    """Write all outputs that can be written; say of the others why they cannot, and return them."""
    failed = []
    for path in outputs:
        try:
            write(path)
        except KgError as error:
            complain(str(error))
            failed.append(path)
    return failed


def _say_what(graph: KnowledgeGraph, written: Sequence[str]) -> None:
    """Say what was written where."""
    found = (
        counted(len(graph.documents), "document"),
        counted(len(graph.entities), "entity", "entities"),
        counted(len(graph.facts), "fact"),
    )
    tell(f"{', '.join(found)} → {', '.join(written) or 'nothing'}")


def _outcome(graph: KnowledgeGraph, failed: Sequence[str]) -> int:
    if failed:
        return BAD_INPUT
    return 0 if graph.entities else NOTHING_FOUND


def _read_by(
    found: Iterable[File | SourceError], *, gazetteer: Sequence[str], relations: str | None, model: str | None, **_: Any
) -> Iterator[Read]:
    """The files that a build reads."""
    from kg.reader import pipeline
    from kg.sources.gazetteer import files_of_lists
    from kg.sources.inputs import opened

    yield from opened(found)
    yield from files_of_lists(gazetteer)
    yield from filter(None, [relations])
    yield from pipeline.find_pipeline(model).rglob("*")


def _warn_of_texts(outputs: Iterable[str], inputs: Iterable[str]) -> None:
    """Say of outputs that the next build would take for texts, since they are written among them."""
    from kg.formats import suffix_of
    from kg.sources.inputs import SUFFIXES

    folders = {Path(name).resolve(): name for name in inputs if Path(name).is_dir()}
    for path in outputs:
        above = [folders[folder] for folder in Path(path).resolve().parents if folder in folders]
        if above and suffix_of(path) in SUFFIXES:
            log.warning("%s: the next build of %s would read it as a text; name a place outside", path, above[0])


def _check_outputs(outputs: Sequence[str], inputs: Iterable[Read], *, stores: int, rdf12: bool = False) -> list[str]:
    """Refuse outputs that cannot be written before any work is done; return those that are stores."""
    from kg.formats import STORE, check_output, suffix_of
    from kg.formats.apart import check_apart

    check_apart(outputs, inputs)
    for path in outputs:
        check_output(path, store=stores > 0, rdf12=rdf12)
    found = [path for path in outputs if suffix_of(path) == STORE]
    if len(found) > stores:
        raise click.UsageError(f"{' and '.join(found)}: a build keeps one {STORE} store; copy it for a second one")
    return found
