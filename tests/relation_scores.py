"""How well typed relations agree with texts annotated by hand: leaders, acquisitions, mergers, insolvencies, strikes.

`python tests/relation_scores.py smartdata.train.jsonl.xz [--half even|odd|all] [-v]` extracts the news and RSS items of a
SmartData file (one JSON object a line: text, source, relations with character spans) and prints, per relation, gold,
hits and recall, and the precision of our claims of that relation among three sets of sentences: those with such an
annotation, those of documents with one, and all. The gold is not exhaustive, so the last is a lower bound.

It is a tool, no test: the texts are not part of this repository. Even documents are for tuning, odd ones for reporting.
"""

from __future__ import annotations

import json
import lzma
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kg.extract import extract_all
from kg.records import Argument, Claim, Document, Literal
from kg.sources.leftout import whole

# What says that a person belongs to an organisation; which of them a position is, the annotation leaves open.
ROLES = frozenset(
    {
        "org:headOf",
        "org:memberOf",
        "schema:worksFor",
        "schema:affiliation",
        "kg:founderOf",
        "kg:owns",
        "kg:spokespersonFor",
    }
)
LEADING = "org:headOf"
TITLES = frozenset({"schema:jobTitle"})

# Annotated relation → the relations of ours that say it, and the roles of subject and object; "" for what it has not.
BINARY = {
    "Acquisition": (frozenset({"kg:acquired"}), "buyer", "acquired"),
    "Merger": (frozenset({"kg:mergedWith"}), "old", "old"),
    "SpinOff": (frozenset({"kg:spunOffFrom", "org:subOrganizationOf"}), "child", "parent"),
    "Insolvency": (frozenset({"kg:insolvency"}), "company", ""),
    "Layoffs": (frozenset({"kg:jobCuts"}), "company", ""),
    "Strike": (frozenset({"kg:strikeAt"}), "", "company"),
}


class Place(NamedTuple):
    """A span of a text."""

    start: int
    end: int

    def meets(self, other: Place) -> bool:
        return self.start < other.end and other.start < self.end


class Gold(NamedTuple):
    """An annotated relation, and the whole span it stands in."""

    type: str
    args: tuple[tuple[str, Place], ...]

    def of(self, role: str) -> list[Place]:
        return [place for name, place in self.args if name == role]

    @property
    def whole(self) -> Place:
        return Place(min(p.start for _, p in self.args), max(p.end for _, p in self.args))


class Read(NamedTuple):
    """A document with its annotated relations and our claims."""

    document: Document
    gold: tuple[Gold, ...]
    claims: tuple[Claim, ...]

    def same(self, argument: Argument | Literal, place: Place, sentence: Place) -> bool:
        """Whether an end of a claim is an annotated span: they overlap, or are the same name in one sentence."""
        own = Place(argument.start, argument.end)
        name = self.document.text[place.start : place.end]
        return own.meets(place) or (argument.text in (name, f"{name}s") and sentence.meets(place))

    def text(self, place: Place) -> str:
        return self.document.text[place.start : place.end]


def load(path: Path, half: str) -> list[tuple[Document, tuple[Gold, ...]]]:
    """The documents of one half, tweets left out, with their annotated relations."""
    opened = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        records = [record for record in map(json.loads, lines) if record["source"] != "tweet"]
    chosen = {"even": records[0::2], "odd": records[1::2], "all": records}[half]
    return [
        (
            Document(f"{half}-{i}", record["text"], date=record["date"][:10]),
            tuple(
                Gold(r["type"], tuple((name, Place(start, end)) for name, start, end in r["args"]))
                for r in record["relations"]
            ),
        )
        for i, record in enumerate(chosen)
    ]


def sentence_of(claim: Claim) -> Place:
    return Place(claim.sentence.start, claim.sentence.end)


def spans_of(claim: Claim) -> list[Place]:
    return [Place(start, end) for start, end in claim.predicate.spans]


def is_pair(read: Read, claim: Claim, gold: Gold, roles: tuple[str, str]) -> bool:
    """Whether subject and object of a claim are what an annotation names in these roles, "" for anything."""
    around = sentence_of(claim)
    ends = zip((claim.subject, claim.object), roles, strict=True)
    named = ((end, gold.of(role)) for end, role in ends if role)
    return all(end is not None and any(read.same(end, place, around) for place in places) for end, places in named)


def says_position(read: Read, claim: Claim, gold: Gold) -> bool:
    """Whether a claim tells the position of an annotated person: as its predicate, or as the job title."""
    (person, *_), positions = gold.of("person"), gold.of("position")
    if claim.predicate.iri not in ROLES | TITLES and not claim.predicate.iri.startswith("kgp:"):
        return False
    title = claim.object if claim.predicate.iri in TITLES else None
    told = spans_of(claim) if title is None else [Place(title.start, title.end)]
    named = read.same(claim.subject, person, sentence_of(claim))
    return named and any(place.meets(position) for place in told for position in positions)


def is_leader(read: Read, claim: Claim, gold: Gold) -> bool:
    return claim.predicate.iri in ROLES and is_pair(read, claim, gold, ("person", "organization"))


class Figures(NamedTuple):
    """Hits of all gold, and our claims with and without a gold relation in three ever larger sets of sentences."""

    gold: int
    hits: int
    right: tuple[int, int, int]
    found: tuple[int, int, int]

    def line(self, name: str) -> str:
        recall = self.hits / max(self.gold, 1)
        cells = []
        for right, found in zip(self.right, self.found, strict=True):
            precision = right / max(found, 1)
            f1 = 2 * precision * recall / max(precision + recall, 1e-9)
            cells.append(f"P {precision:.2f} ({right:>3}/{found:<3}) F1 {f1:.2f}")
        return f"{name:<26} R {recall:.2f} ({self.hits:>3}/{self.gold:<3})   " + "   ".join(cells)


def measure(
    reads: Sequence[Read],
    type_: str,
    is_hit: Callable[[Read, Gold], bool],
    is_ours: Callable[[Claim], bool],
    is_right: Callable[[Read, Claim, Gold], bool],
) -> Figures:
    """Compare the claims that are `is_ours` with the relations of a type."""
    gold = hits = 0
    right, found = [0, 0, 0], [0, 0, 0]
    for read in reads:
        wanted = [g for g in read.gold if g.type == type_]
        gold += len(wanted)
        hits += sum(is_hit(read, g) for g in wanted)
        for claim in read.claims:
            if not is_ours(claim):
                continue
            beside = [g for g in wanted if sentence_of(claim).meets(g.whole)]
            good = any(is_right(read, claim, g) for g in beside)
            for level, counts in enumerate((beside, wanted, True)):
                found[level] += bool(counts)
                right[level] += bool(counts) and good
    return Figures(gold, hits, (right[0], right[1], right[2]), (found[0], found[1], found[2]))


def leadership(reads: Sequence[Read]) -> Iterator[tuple[str, Figures]]:
    """Figures for (person, organization), (person, position) and all three.

    Precision is that of org:headOf claims alone; a person's other roles are not what was annotated.
    """

    def pair(read: Read, gold: Gold) -> bool:
        return any(is_leader(read, c, gold) for c in read.claims)

    def position(read: Read, gold: Gold) -> bool:
        return any(says_position(read, c, gold) for c in read.claims)

    def triple(read: Read, gold: Gold) -> bool:
        return pair(read, gold) and position(read, gold)

    def heads(claim: Claim) -> bool:
        return claim.predicate.iri == LEADING and claim.subject.type == "Person"

    def whole(read: Read, claim: Claim, gold: Gold) -> bool:
        return is_leader(read, claim, gold) and position(read, gold)

    type_ = "OrganizationLeadership"
    yield "person, organization", measure(reads, type_, pair, heads, is_leader)
    yield "person, position", measure(reads, type_, position, heads, says_position)
    yield "role (all three)", measure(reads, type_, triple, heads, whole)


def others(reads: Sequence[Read]) -> Iterator[tuple[str, Figures]]:
    for type_, (iris, subject, object_) in BINARY.items():

        def right(read: Read, claim: Claim, gold: Gold, iris=iris, roles=(subject, object_)) -> bool:
            return claim.predicate.iri in iris and is_pair(read, claim, gold, roles)

        def hit(read: Read, gold: Gold, right=right) -> bool:
            return any(right(read, claim, gold) for claim in read.claims)

        def ours(claim: Claim, iris=iris) -> bool:
            return claim.predicate.iri in iris

        yield type_, measure(reads, type_, hit, ours, right)


def _shown(read: Read, gold: Gold) -> str:
    args = ", ".join(f"{name}={read.text(place)}" for name, place in gold.args)
    whole = gold.whole
    around = read.document.text[max(0, whole.start - 60) : whole.end + 60]
    return f"  {gold.type}({args})\n      {' '.join(around.split())}"


def errors(reads: Iterable[Read]) -> Iterator[str]:
    """What was missed, with all that was claimed in its sentence; and claims of our relations without gold."""
    for read in reads:
        matched = set()
        for gold in read.gold:
            if gold.type == "OrganizationLeadership":
                good = [c for c in read.claims if is_leader(read, c, gold)]
                missed = not good or not any(says_position(read, c, gold) for c in read.claims)
            elif gold.type in BINARY:
                iris, *roles = BINARY[gold.type]
                good = [
                    c for c in read.claims if c.predicate.iri in iris and is_pair(read, c, gold, (roles[0], roles[1]))
                ]
                missed = not good
            else:
                continue
            matched |= set(map(id, good))
            if missed:
                yield f"MISSED{_shown(read, gold)}"
                for claim in read.claims:
                    if sentence_of(claim).meets(gold.whole):
                        yield f"          {_claim(claim)}"
        ours = {LEADING}.union(*(iris for iris, *_ in BINARY.values()))
        for claim in read.claims:
            if claim.predicate.iri in ours and id(claim) not in matched:
                yield f"EXTRA   {_claim(claim)}\n      {' '.join(claim.sentence.text.split())[:300]}"


def _claim(claim: Claim) -> str:
    return (
        f"{claim.subject.text}/{claim.subject.type} – {claim.predicate.iri} – {getattr(claim.object, 'text', '')}"
        f"/{getattr(claim.object, 'type', '')} [{claim.polarity} {claim.modality}]"
    )


def main(argv: Sequence[str] | None = None) -> int:
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--half", choices=("even", "odd", "all"), default="all")
    parser.add_argument("--model", default=None)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("-v", action="store_true", help="what was missed, and what was claimed in its place")
    given = parser.parse_args(argv)
    loaded = load(given.path, given.half)
    gold = {document.id: relations for document, relations in loaded}
    extracted = whole(extract_all((document for document, _ in loaded), given.model, given.workers))
    reads = [Read(document, gold[document.id], found.claims) for document, found in extracted]
    if given.v:
        print(*errors(reads), sep="\n")
    print(f"{len(reads)} documents; precision in sentences with such an annotation, in their documents, over all")
    for name, figures in (*leadership(reads), *others(reads)):
        print(figures.line(name))
    return 0


if __name__ == "__main__":
    sys.exit(main())
