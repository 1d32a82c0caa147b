"""Claims of German texts to be judged right or wrong, for the weights of `kg/extract/claims/confidence.toml`.

    python tests/judged_claims.py texts.jsonl > to-judge.jsonl      claims with sentence and signs, "right": null
    python tests/judged_claims.py --pack to-judge.jsonl             the judged ones as lines of gold/judged.jsonl
    python tests/judged_claims.py --causes                          what was wrong in gold/judged.jsonl, and how often

A claim is right if subject, predicate, object, polarity, modality and speaker are; of a wrong one `cause` says what is
not (one of `CAUSES`). The packed lines hold signs and verdict alone, for the texts are not ours to ship. Ids of texts
begin with their source ("wikipedia/3"); after a change of the signs, the texts have to be read again.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parents[1]))  # this checkout's kg, installed or not

from kg.extract import extract
from kg.extract.claims import claims
from kg.extract.claims.confidence import features
from kg.records import Claim
from kg.sources.documents import read_sources

JUDGED = Path(__file__).parent / "gold" / "judged.jsonl"

CAUSES = (
    "parse",
    "predicate",
    "coordination",
    "modality",
    "attachment",
    "tokens",
    "object",
    "speaker",
    "relative",
    "subject",
    "polarity",
    "impersonal",
    "control",
)
"""What can be wrong: the tree as such, the words of the predicate or its relation, a list or apposition, modality, where
a prepositional phrase belongs, a word or name or dateline, the span of the object, the speaker, the antecedent of a
relative clause, the subject, polarity, an "es" that means nothing, and who is understood to do what an infinitive says."""

Signs = Mapping[str, float]


def with_signs(path: str) -> Iterator[tuple[Claim, Signs]]:
    """The claims of some texts, each with the signs that its confidence was made of."""
    from kg.reader.pipeline import BUNDLED, load

    nlp = load(str(BUNDLED))
    for document in read_sources([path]):
        seen: dict[tuple[object, ...], Signs] = {}

        def record(reading: Any, claim: Claim, *rest: Any, seen: dict[tuple[object, ...], Signs] = seen) -> Signs:
            seen[_place(claim)] = features(reading, claim, *rest)
            return seen[_place(claim)]

        with patch.object(claims, "features", record):
            found = extract(document, nlp).claims
        yield from ((claim, seen[_place(claim)]) for claim in found)


def to_judge(claim: Claim, signs: Signs) -> dict[str, Any]:
    """A claim as a line for whoever judges: they write true or false for null, and a cause if false."""
    return {
        "doc": claim.doc,
        "sentence": claim.sentence.text,
        "claim": [
            claim.subject.text,
            claim.predicate.lemma,
            claim.predicate.iri,
            *(part.text for part in claim.arguments[1:]),
        ],
        "said": [claim.polarity, claim.modality, claim.speaker.text if claim.speaker else ""],
        "right": None,
        "cause": "",
        "signs": {name: round(value, 3) for name, value in sorted(signs.items()) if value},
    }


def pack(lines: Iterable[str]) -> Iterator[str]:
    """The judged lines without text. Raises ValueError for a verdict without cause, or a cause without verdict."""
    for line in lines:
        judged = json.loads(line)
        if judged["right"] is None:
            continue
        if (judged["cause"] in CAUSES) == judged["right"]:
            raise ValueError(
                f"{line.strip()}: a wrong claim needs a cause of {', '.join(CAUSES)}; a right one has none"
            )
        yield json.dumps({key: judged[key] for key in ("doc", "right", "cause", "signs")}, ensure_ascii=False)


def causes(lines: Iterable[str]) -> list[tuple[str, int]]:
    """What was wrong, the commonest first."""
    counted = Counter(json.loads(line)["cause"] for line in lines)
    return sorted(((c, n) for c, n in counted.items() if c), key=lambda pair: (-pair[1], pair[0]))


def _place(claim: Claim) -> tuple[object, ...]:
    """What tells a claim from the others of its document, whatever becomes of its relation."""
    return claim.sentence, claim.predicate.spans, claim.predicate.lemma, claim.subject, claim.object


def main(path: str | None, pack_it: bool, count: bool) -> None:
    """Print claims to judge, judged claims packed, or causes."""
    if count:
        lines = (f"{number:5} {cause}" for cause, number in causes(JUDGED.read_text(encoding="utf-8").splitlines()))
    elif pack_it:
        lines = pack(Path(str(path)).read_text(encoding="utf-8").splitlines())
    else:
        lines = (json.dumps(to_judge(*found), ensure_ascii=False) for found in with_signs(str(path)))
    print(*lines, sep="\n")


if __name__ == "__main__":
    parser = ArgumentParser(description="Claims to be judged right or wrong.")
    parser.add_argument("path", nargs="?", help="texts to read, or with --pack judged claims")
    parser.add_argument("--pack", action="store_true", dest="pack_it", help="print judged claims without their texts")
    parser.add_argument("--causes", action="store_true", dest="count", help="count what was wrong in gold/judged.jsonl")
    main(**vars(parser.parse_args()))
