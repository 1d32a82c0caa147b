"""How well kg tells who is who, in texts marked by hand: "[Der OB|~albers] verteidigte [seine|albers] Linie".

`python tests/whoiswho.py` prints the scores of both halves of `gold/whoiswho` (its README has the rules of the markup),
`--half tune` those of one; -v adds what went wrong, in the tune half alone unless `--half report` asks for the other.

The head of a gold mention is the last word of its bracket outside the brackets in it. A mention of kg's is taken for a
gold mention if it begins inside the bracket and holds the last letter of the head; only one of the same form may reach
beyond the bracket. Each is taken once: if there is a choice, those of the same form first, then those of like length.
"""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import networkx

sys.path.insert(0, str(Path(__file__).parents[1]))  # this checkout's kg, installed or not

from kg.extract import extract_all
from kg.records import FORMS, TYPES, Document, Entity, Mention
from kg.resolve import resolve
from kg.sources.leftout import whole

GOLD = Path(__file__).parent / "gold" / "whoiswho"
HALVES = ("tune", "report")
"""Files with even numbers, to look at while rules are written, and files with odd ones, to measure the rules by."""
NAMES = ("named", "part")

_HEADER = re.compile(rf'# (\w+): ({"|".join(TYPES)}) "(.+)"')
_PIECES = re.compile(r"(\[|\|[^\[\]|]*\]|\*)")
_END = re.compile(r"\|([~?]?)(\w+)\]")
_SIGNS = {"~": "nominal", "?": "optional"}
_PRONOUN = re.compile(
    "ich|mich|mir|wir|uns|er|ihn|ihm|sie|ihr|ihnen|es|sich|de[rmns]|die|das|dessen|deren|denen|diese[mnrs]?"
    "|(mein|sein|ihr|unser)(e[mnrs]?)?"
)


class Gold(NamedTuple):
    """A marked mention; `head` is where the head's last letter stands, `form` one of FORMS or "optional"."""

    doc: str
    start: int
    end: int
    head: int
    text: str
    form: str
    key: str


class Case(NamedTuple):
    """A file: one text, or several that share their entities (key → type and label)."""

    name: str
    entities: Mapping[str, tuple[str, str]]
    documents: Sequence[Document]
    mentions: Sequence[Gold]


Partition: TypeAlias = Collection[frozenset[Any]]  # entities as sets of mentions, whatever these are


class Score(NamedTuple):
    """Recall is `found` of `gold`, precision `right` of `system`; those of several texts are added up."""

    found: float
    gold: float
    right: float
    system: float

    def recall_precision_f1(self) -> tuple[float, float, float]:
        recall, precision = self.found / (self.gold or 1), self.right / (self.system or 1)
        return recall, precision, 2 * recall * precision / (recall + precision or 1)


def read_cases(half: str) -> list[Case]:
    """The files of one half of the gold."""
    return [read_case(path) for path in sorted(GOLD.glob("*.txt")) if HALVES[int(path.name[:2]) % 2] == half]


def read_case(path: Path) -> Case:
    """Read a file of the gold. Raises ValueError that names file and line for markup that cannot be read."""
    entities: dict[str, tuple[str, str]] = {}
    texts, marks = [""], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            if line.startswith("#"):
                if not (header := _HEADER.fullmatch(line)) or header[1] in entities:
                    raise ValueError(f'{line!r}: write # key: Type "Label", each key once, each type one of kg.records')
                entities[header[1]] = header[2], header[3]
            elif line == "---":
                texts.append("")
            elif line:
                texts[-1], found = _read_line(texts[-1], line, entities)
                marks += [(len(texts) - 1, *mark) for mark in found]
        except ValueError as error:
            raise ValueError(f"{path}:{number}: {error}") from None
    ids = [path.stem if len(texts) == 1 else f"{path.stem}/{i + 1}" for i in range(len(texts))]
    mentions = [
        Gold(ids[i], start, end, head, texts[i][start:end], _SIGNS.get(sign) or _form(texts[i], start, end), key)
        for i, start, end, head, sign, key in marks
    ]
    return Case(path.stem, entities, tuple(map(Document, ids, texts)), sorted(mentions))


def _read_line(text: str, line: str, known: Collection[str]) -> tuple[str, list[tuple[int, int, int, str, str]]]:
    """The text so far with the line's words behind it, and the start, end, head, sign and key of its mentions."""
    text += " " if text else ""
    marks, brackets = [], []
    for piece in filter(None, _PIECES.split(line)):
        if piece == "[":
            brackets.append({"start": len(text)})
        elif piece[0] in "|*" and not brackets:
            raise ValueError(f"{piece!r} stands in no bracket")
        elif piece == "*":
            brackets[-1]["told"] = len(text) - 1
        elif piece[0] == "|":
            end, bracket = _END.fullmatch(piece), brackets.pop()
            if end is None or end[2] not in known or "word" not in bracket:
                raise ValueError(f"{piece!r}: no entity of the header, or its bracket has no word of its own")
            marks.append((bracket["start"], len(text), bracket.get("told", bracket["word"]), end[1], end[2]))
        elif "]" in piece or "|" in piece:
            raise ValueError(f"{piece!r}: a bracket ends with |key]")
        else:
            if brackets and (letters := [i for i, letter in enumerate(piece) if letter.isalnum()]):
                brackets[-1]["word"] = len(text) + letters[-1]
            text += piece
    if brackets:
        raise ValueError(f"{text[brackets[-1]['start'] :]!r}: the bracket is never closed")
    return text, marks


def _form(text: str, start: int, end: int) -> str:
    cut = re.match(r"-\w", text[end:]) or re.search(r"\w-$", text[:start])
    return "pronoun" if _PRONOUN.fullmatch(text[start:end].lower()) else "part" if cut else "named"


def find_entities(case: Case) -> tuple[Entity, ...]:
    """Who is who in the texts of a case, as kg says; the record of each mention has its form."""
    return resolve(case.documents, [m for _, found in whole(extract_all(case.documents)) for m in found.mentions])


def align(gold: Iterable[Gold], mentions: Iterable[Mention]) -> dict[Mention, Gold]:
    """Which mention of kg's is which of the gold's; see above."""
    pairs = [
        (m.form != g.form, abs(len(m.text) - len(g.text)), g, m)
        for m in mentions
        for g in gold
        if g.doc == m.doc and g.start <= m.start <= g.head < m.end and (m.end <= g.end or m.form == g.form)
    ]
    aligned: dict[Mention, Gold] = {}
    for *_, g, m in sorted(pairs):
        if m not in aligned and g not in aligned.values():
            aligned[m] = g
    return aligned


def partitions(case: Case, entities: Iterable[Entity], forms: Collection[str] = FORMS) -> tuple[Partition, Partition]:
    """The gold's entities and kg's, as sets of mentions of some forms, in which a mention found is the gold's own.

    What kg finds besides is spurious, except for a mention alone in its entity, and for concepts ("die Brücke") none
    of whose mentions is in the gold. Whether optional mentions are found, and where they are put, does not matter.
    """
    gold = [frozenset(g for g in case.mentions if g.key == key and g.form in forms) for key in case.entities]
    aligned = align(case.mentions, [m for entity in entities for m in entity.mentions])
    system = []
    for entity in entities:
        items = [aligned.get(m, m) for m in entity.mentions]
        kept = frozenset(item for item in items if item.form in forms)
        known = entity.named or any(isinstance(item, Gold) and item.form in FORMS for item in items)
        if any(isinstance(item, Gold) for item in kept) or (known and len(kept) > 1):
            system.append(kept)
    return [items for items in gold if items], system


def muc(gold: Partition, system: Partition) -> Score:
    """How many of the links that hold the entities together are there (Vilain et al. 1995)."""
    return Score(*_links(gold, system), *_links(system, gold))


def _links(entities: Partition, others: Partition) -> tuple[int, int]:
    other = {item: i for i, items in enumerate(others) for item in items}
    pieces = [{("entity", other[i]) if i in other else ("alone", i) for i in items} for items in entities]
    return sum(map(len, entities)) - sum(map(len, pieces)), sum(map(len, entities)) - len(entities)


def b_cubed(gold: Partition, system: Partition, form: str = "") -> Score:
    """How much of its entity is there for each mention, or each of a form; 0 without counterpart (Pradhan et al. 2014)."""
    return Score(*_shares(gold, system, form), *_shares(system, gold, form))


def _shares(entities: Partition, others: Partition, form: str) -> tuple[float, int]:
    other = {item: items for items in others for item in items}
    asked = [(item, items) for items in entities for item in items if not form or item.form == form]
    return sum(len(items & other.get(item, frozenset())) / len(items) for item, items in asked), len(asked)


def ceaf_e(gold: Partition, system: Partition) -> Score:
    """How alike the entities are when they are paired best, each with one at most (Luo 2005)."""
    graph = networkx.Graph()
    for i, left in enumerate(gold):
        for j, right in enumerate(system):
            if left & right:
                graph.add_edge(("gold", i), ("system", j), weight=2 * len(left & right) / (len(left) + len(right)))
    alike = sum(graph.edges[pair]["weight"] for pair in networkx.max_weight_matching(graph))
    return Score(alike, len(gold), alike, len(system))


def measure(found: Iterable[tuple[Case, Sequence[Entity]]], forms: Collection[str] = FORMS) -> dict[str, Score]:
    """MUC, B³ and CEAF-e (the mean of their F1 is the CoNLL average) over some cases, and the B³ of each form alone."""
    pairs = [partitions(case, entities, forms) for case, entities in found]
    scores = {"MUC": muc, "B³": b_cubed, "CEAF-e": ceaf_e} | {form: partial(b_cubed, form=form) for form in forms}
    return {name: Score(*map(sum, zip(*(s(*pair) for pair in pairs), strict=True))) for name, s in scores.items()}


def errors(case: Case, entities: Sequence[Entity]) -> Iterator[str]:
    """Yield a line for each entity that kg has otherwise: the pieces it is in, with "+" before what is foreign."""
    gold, system = partitions(case, entities)
    for entity in gold:
        pieces = [sorted(piece, key=lambda i: (i.doc, i.start)) for piece in system if piece & entity]
        told = [", ".join(i.text if i in entity else f"+{i.text}" for i in piece) for piece in pieces]
        told += [f"missed {i.text}" for i in sorted(entity.difference(*pieces))]
        if len(told) > 1 or "+" in told[0] or told[0].startswith("missed"):
            yield f"    {min(entity).key}: {' / '.join(told)}"


def main(half: str | None, verbose: bool) -> None:
    """Measure and print."""
    for name in [half] if half else HALVES:
        found = [(case, find_entities(case)) for case in read_cases(name)]
        for case, entities in found if verbose and name == (half or "tune") else ():
            print(case.name, *errors(case, entities), sep="\n")
        for title, forms in (("names", NAMES), ("all", FORMS)):
            scores = {metric: score.recall_precision_f1() for metric, score in measure(found, forms).items()}
            print(f"{name}, {title}: CoNLL {100 * sum(f1 for *_, f1 in list(scores.values())[:3]) / 3:.1f}")
            for metric, (recall, precision, f1) in scores.items():
                print(f"  {metric:8}{100 * f1:6.1f}  recall {100 * recall:5.1f}  precision {100 * precision:5.1f}")


if __name__ == "__main__":
    parser = ArgumentParser(description="Measure who is who on tests/gold/whoiswho.")
    parser.add_argument("--half", choices=HALVES, help="measure one half only")
    parser.add_argument("-v", "--verbose", action="store_true", help="print what is wrong")
    main(**vars(parser.parse_args()))
