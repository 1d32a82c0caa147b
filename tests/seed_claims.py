"""The claims of the two seed articles with a person's verdict on each: is "Duisburg – sich machen seit – 2018" right?

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

from kg.extract import extract
from kg.extract.reading import read
from kg.records import Claim, Document
from kg.sources import read_sources

if TYPE_CHECKING:
    from spacy.language import Language

SEEDS = Path(__file__).parents[1] / "seeds"
TABLE = Path(__file__).parent / "gold" / "seed-claims.md"

COLUMNS = ("Satz", "Subjekt", "Prädikat", "Objekt", "Polarität", "Modalität", "Sprecher", "Zeit", "Urteil")
NONE = "–"
RIGHT, WRONG, MISSING, EMPTY, OPEN = "richtig", "falsch", "fehlt", "ohne Aussage", "?"
"""How a verdict begins: on a claim, on a sentence that should have one, on one that need not, and no verdict yet."""
SIGNS = {"positive": "+", "negative": "−"}

Cells = tuple[str, ...]
"""What the table says of a claim, without sentence and verdict; of a sentence without one there is a row of dashes."""


class Sentence(NamedTuple):
    """A sentence, where it begins in its document, and its claims with their verdicts."""

    doc: str
    start: int
    text: str
    verdicts: Mapping[Cells, str]


def no_claim() -> Cells:
    return (NONE,) * (len(COLUMNS) - 2)


def cells(claim: Claim) -> Cells:
    """A claim as the table has it: the predicate by its lemma, and by its relation where it has one."""
    predicate, time = claim.predicate, claim.time
    typed = f" → {predicate.iri}" if not predicate.iri.startswith("kgp:") else ""
    return tuple(
        _flat(cell)
        for cell in (
            claim.subject.text,
            predicate.lemma + typed,
            claim.object.text,
            SIGNS[claim.polarity],
            claim.modality,
            claim.speaker.text if claim.speaker else NONE,
            f"{time.since}/{time.until}" if time else NONE,
        )
    )


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
    ... | Satz | Subjekt | Prädikat | Objekt | Polarität | Modalität | Sprecher | Zeit | Urteil |
    ... | --- | --- | --- | --- | --- | --- | --- | --- | --- |
    ... | 12: Bosch baut. | – | – | – | – | – | – | – | ohne Aussage: kein Objekt |
    ... ''')[0].verdicts
    {('–', '–', '–', '–', '–', '–', '–'): 'ohne Aussage: kein Objekt'}
    """
    found: list[Sentence] = []
    doc = ""
    for line in markdown.splitlines():
        if line.startswith("## "):
            doc = line.removeprefix("## ")
        row = tuple(cell.strip() for cell in line.strip().strip("|").split("|")) if line.startswith("|") else ()
        if not row or row == COLUMNS or set(line) <= set("|- "):
            continue
        if len(row) != len(COLUMNS):
            raise ValueError(f"{line!r}: {len(row)} columns, not {len(COLUMNS)}")
        where, *said, verdict = row
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
            lines += ["", f"## {doc}", "", _line(COLUMNS), _line(["---"] * len(COLUMNS))]
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


def _line(row: Sequence[str]) -> str:
    return f"| {' | '.join(row)} |".replace("|  |", "| |")


def main(write: bool) -> None:
    """Count the verdicts; with `write`, bring the table to what kg reads today."""
    from kg.pipeline import BUNDLED, load

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
