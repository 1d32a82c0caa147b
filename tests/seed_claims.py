"""The claims of the two seed articles with a reader's verdict on each: is "Duisburg – sich machen seit – 2018" right?

`python tests/seed_claims.py` counts the verdicts of `gold/seed-claims.md` and prints the wrong claims. After a change
of the extractor `--write` brings the table to what it yields now: verdicts stay with the claims that are still there,
new ones get a "?", which somebody who has read the sentence replaces.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))  # this checkout's kg, installed or not

from tables import COLUMNS, NONE, Row, row, table_rows

from kg.extract import extract
from kg.extract.passes import read
from kg.records import Claim, Document
from kg.sources.documents import read_sources

if TYPE_CHECKING:
    from spacy.language import Language

SEEDS = Path(__file__).parents[1] / "seeds"
TABLE = Path(__file__).parent / "gold" / "seed-claims.md"

JUDGED_COLUMNS = (*COLUMNS, "Urteil")
RIGHT, WRONG, MISSING, EMPTY, OPEN = "richtig", "falsch", "fehlt", "ohne Aussage", "?"
"""How a verdict begins: on a claim, on a sentence that should have one, on one that need not, and no verdict yet."""


class Sentence(NamedTuple):
    """A sentence, where it begins in its document, and its claims with their verdicts."""

    doc: str
    start: int
    text: str
    verdicts: Mapping[Row, str]


def no_claim() -> Row:
    """What stands in place of a claim where a sentence has none."""
    return (NONE,) * (len(COLUMNS) - 1)


def cells(claim: Claim) -> Row:
    """A claim as this table has it: with the relation of its predicate where it has one, each cell on one line."""
    subject, lemma, *rest = row(claim)
    typed = f" → {claim.predicate.iri}" if not claim.predicate.iri.startswith("kgp:") else ""
    return tuple(map(_flat, (subject, lemma + typed, *rest)))


def sentences_of(document: Document, nlp: Language) -> Iterator[Sentence]:
    """The sentences of a document with what kg reads in them; nobody has judged that yet."""
    claims = extract(document, nlp).claims
    reading = read(document, nlp)
    for span in map(reading.sentence_span, reading.sentences()) if reading is not None else ():
        said = [cells(claim) for claim in claims if claim.sentence == span]
        yield Sentence(document.id, span.start, _flat(span.text), dict.fromkeys(said or [no_claim()], OPEN))


def read_seeds(nlp: Language) -> list[Sentence]:
    """All sentences of the seeds."""
    return [sentence for document in read_sources([str(SEEDS)]) for sentence in sentences_of(document, nlp)]


def parse(markdown: str) -> list[Sentence]:
    """The sentences of the table, one heading per document.

    >>> parse('''## blog
    ... | Satz | Subjekt | Prädikat | Objekt | Rollen | Polarität | Modalität | Sprecher | Zeit | Urteil |
    ... | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
    ... | 12: Ein Stau. | – | – | – | – | – | – | – | – | ohne Aussage: kein Verb |
    ... ''')[0].verdicts
    {('–', '–', '–', '–', '–', '–', '–', '–'): 'ohne Aussage: kein Verb'}
    """
    found: list[Sentence] = []
    for doc, (where, *said, verdict) in table_rows(markdown, JUDGED_COLUMNS):
        if where:
            start, _, text = where.partition(": ")
            found.append(Sentence(doc, int(start), text, {}))
        last = found.pop()
        found.append(last._replace(verdicts={**last.verdicts, tuple(said): verdict}))
    return found


def render(sentences: Sequence[Sentence]) -> str:
    """The table of some sentences, as `parse` reads it."""
    lines: list[str] = []
    doc = ""
    for sentence in sentences:
        if sentence.doc != doc:
            doc = sentence.doc
            lines += ["", f"## {doc}", "", _line(JUDGED_COLUMNS), _line(["---"] * len(JUDGED_COLUMNS))]
        first = f"{sentence.start}: {sentence.text}"
        for said, verdict in sentence.verdicts.items():
            lines.append(_line([first, *said, verdict]))
            first = ""
    return "\n".join(lines) + "\n"


def judged(found: Iterable[Sentence], table: Iterable[Sentence]) -> list[Sentence]:
    """What kg reads today, with the verdicts that the table has on it."""
    known = {(s.doc, s.text, said): verdict for s in table for said, verdict in s.verdicts.items()}
    return [
        s._replace(verdicts={said: known.get((s.doc, s.text, said), verdict) for said, verdict in s.verdicts.items()})
        for s in found
    ]


def verdicts(sentences: Iterable[Sentence], beginning: str) -> list[str]:
    """The rows whose verdict begins so, as lines to read."""
    return [
        f"{s.start}: {' | '.join(said)} | {verdict}" if said != no_claim() else f"{s.start}: {s.text} | {verdict}"
        for s in sentences
        for said, verdict in s.verdicts.items()
        if verdict.partition(":")[0] == beginning
    ]


def _flat(text: str) -> str:
    """A text as a cell: on one line, without the sign that ends a cell."""
    return " ".join(text.split()).replace("|", "/")


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |".replace("|  |", "| |")


def main(write: bool) -> None:
    """Count the verdicts; with `write`, bring the table to what kg reads today."""
    from kg.reader.pipeline import BUNDLED, load

    text = TABLE.read_text(encoding="utf-8")
    table = parse(text)
    if write:
        table = judged(read_seeds(load(str(BUNDLED))), table)
        TABLE.write_text(text.partition("\n## ")[0].rstrip("\n") + "\n" + render(table), encoding="utf-8")
    for kind in (WRONG, MISSING, OPEN):
        print(f"# {kind}", *verdicts(table, kind), sep="\n")
    right, wrong = (len(verdicts(table, kind)) for kind in (RIGHT, WRONG))
    print(f"# {right} of {right + wrong} claims right ({right / (right + wrong):.1%})")


if __name__ == "__main__":
    parser = ArgumentParser(description="Claims of the seeds and the verdicts on them.")
    parser.add_argument("--write", action="store_true", help="bring the table to what kg reads today")
    main(**vars(parser.parse_args()))
