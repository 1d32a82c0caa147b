"""Names in IOB2 columns: "Schartau B-PER / sagte O" – five corpora, one set of four types.

GermEval marks "deutsche" as LOCDERIV and "DVV-Sprecher" as ORGPART: neither is a name by itself, so both count as
no name here. What GermEval calls OTH (works, events, products) is MISC.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from spacy.language import Language

from kg.training.sentences import Sentence, space_words

TYPES = {
    "PER": "PER",
    "LOC": "LOC",
    "ORG": "ORG",
    "MISC": "MISC",
    "OTH": "MISC",
    # SmartData
    "person": "PER",
    "organization": "ORG",
    "organization-company": "ORG",
    "location": "LOC",
    "location-city": "LOC",
    "location-street": "LOC",
}

BASES = ("PER", "LOC", "ORG", "MISC")
PLAIN = {base: base for base in BASES}

# SmartData types that might hide a name of another kind: learned neither as a name nor as none.
UNSURE = frozenset({"location-route", "location-stop", "event-cause", "disaster-type"})


def map_tag(tag: str, types: Mapping[str, str] = TYPES) -> str:
    """Map a corpus' IOB tag to ours: "B-OTH" → "B-MISC", "B-LOCDERIV" → "O"."""
    prefix, _, kind = tag.partition("-")
    mapped = types.get(kind)
    return f"{prefix}-{mapped}" if mapped else "O"


def plain_tag(tag: str) -> str:
    """Return a tag without the finer kinds, which are no names: "B-LOCDERIV" → "O"."""
    return map_tag(tag, PLAIN)


def split_names(tags: Sequence[str]) -> list[range]:
    """Return the words of each name, and each other word by itself."""
    starts = [i for i, tag in enumerate(tags) if i == 0 or not tag.startswith("I-")]
    return [range(start, end) for start, end in zip(starts, [*starts[1:], len(tags)], strict=True)]


def parse_bio(lines: Iterable[str], types: Mapping[str, str] = TYPES) -> Iterator[Sentence]:
    """Yield the sentences of an IOB2 file, quotes and punctuation glued to their words again."""
    words: list[str] = []
    tags: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            word, tag = line.rstrip("\n").split("\t")
            words.append(word)
            tags.append(map_tag(tag, types))
        elif words:
            yield Sentence(words, space_words(words), ents=tags)
            words, tags = [], []


def read_bio(path: Path, types: Mapping[str, str] = TYPES) -> Iterator[Sentence]:
    """Yield the sentences of an xz-compressed IOB2 file; `types` maps its types to ours, others are no names."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        yield from parse_bio(lines, types)


def read_smartdata(path: Path, nlp: Language, sources: frozenset[str]) -> Iterator[Sentence]:
    """Yield one Sentence per paragraph of SmartData's news; its spans are cut to spaCy's tokens.

    A span inside a token ("Vivantes" in "Vivantes-Kliniken") is a part, hence no name, as in GermEval.
    """
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if record["source"] in sources:
                yield from split_record(record, nlp)


def split_record(record: dict, nlp: Language) -> Iterator[Sentence]:
    """Yield the paragraphs of one SmartData record with their names."""
    start = 0
    for paragraph in record["text"].split("\n"):
        end = start + len(paragraph)
        if text := paragraph.strip():
            offset = start + paragraph.index(text)
            spans = [
                (s - offset, e - offset, kind)
                for s, e, kind in record["entities"]
                if offset <= s and e <= offset + len(text)
            ]
            yield mark_spans(nlp.make_doc(text), spans)
        start = end + 1


def mark_spans(doc, spans: Iterable[tuple[int, int, str]]) -> Sentence:
    """Turn character spans over an unannotated Doc into IOB tags of its words."""
    tags = ["O"] * len(doc)
    for start, end, kind in sorted(spans):
        span = doc.char_span(start, end)
        if span is None or any(tags[i] != "O" for i in range(span.start, span.end)):
            continue
        mapped = TYPES.get(kind)
        for i in range(span.start, span.end):
            if kind in UNSURE:
                tags[i] = ""
            elif mapped:
                tags[i] = f"{'B' if i == span.start else 'I'}-{mapped}"
    # white space is no word: spaCy cannot learn a name from it
    words = [token for token in doc if not token.is_space]
    spaces = [bool(t.whitespace_) or (t.i + 1 < len(doc) and t.nbor().is_space) for t in words]
    return Sentence([t.text for t in words], spaces, ents=[tags[t.i] for t in words])
