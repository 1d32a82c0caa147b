"""Ready queries: "Wer spricht für wen?" in SPARQL, for any graph of kg.

Each is a file in `kg/rdf/queries` that begins with its question in German and English; `kg query --explain-examples`
prints them, and the query page of `kg serve` offers them. $YET_TO_COME and $DOUBTFUL stand for the modalities of a
kind, each with its German word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template

from kg.modalities import ASSERTED, TABLE


@dataclass(frozen=True, slots=True)
class Ready:
    """A query, its name, and the question it answers in German and English."""

    name: str
    de: str
    en: str
    sparql: str


@cache
def ready_queries() -> tuple[Ready, ...]:
    """All ready queries, in the order of their files.

    >>> ready_queries()[1].de
    'Was wird bestritten, und von wem?'
    """
    folder = files("kg.rdf").joinpath("queries")
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".rq")), key=lambda path: path.name)
    return tuple(_parsed(path.name.removesuffix(".rq"), path.read_text(encoding="utf-8")) for path in paths)


def query_lines() -> Iterator[str]:
    """Yield all ready queries to read and to copy, with both questions above each."""
    for number, query in enumerate(ready_queries()):
        yield from ([""] if number else [])
        yield from (f"# {query.de}", f"# {query.en}", *query.sparql.splitlines())


def _parsed(name: str, text: str) -> Ready:
    german, english, sparql = text.split("\n", 2)
    whole = Template(sparql).safe_substitute(YET_TO_COME=_modalities(False), DOUBTFUL=_modalities(True))
    return Ready(name, german.removeprefix("# de: "), english.removeprefix("# en: "), whole)


def _modalities(doubtful: bool) -> str:
    """The modalities but "asserted" that are doubtful, or not, as rows of VALUES: name and German word."""
    rows = (each for each in TABLE if each.name != ASSERTED and each.doubtful == doubtful)
    return " ".join(f'("{each.name}" "{each.de}")' for each in rows)
