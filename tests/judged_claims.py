"""Claims of German texts to be judged right or wrong, for the trees of `kg/extract/claims/verifier.json`.

    python tests/judged_claims.py texts.jsonl > to-judge.jsonl      claims with sentence and signs, "right": null
    python tests/judged_claims.py --pack to-judge.jsonl             the judged ones as lines of judged.jsonl.xz, unpacked

A claim is right if everything that it says is what the text says; what it leaves out makes it wrong only where the rest
is then false, or so empty that nobody could use it. `part` says what is wrong first, one of `PARTS`; `harmful` that a
reader of the claim alone would believe something false about a named person, firm or place. The packed lines hold
signs and verdict alone, for the texts are not ours to ship. Ids of texts begin with their source ("wikipedia/3");
after a change of the signs, the texts have to be read again.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
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

PARTS = ("subject", "predicate", "object", "role", "complement", "polarity", "modality", "speaker", "time", "empty")
"""What can be wrong; "empty": right, but of no use."""

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
    """A claim as a line for whoever judges: they write true or false for each null, and a part if it is not right."""
    return {
        "doc": claim.doc,
        "sentence": claim.sentence.text,
        "claim": described(claim),
        "right": None,
        "harmful": None,
        "part": "",
        "direct": is_plain(claim) and claim.object is not None,
        "signs": {name: round(value, 3) for name, value in sorted(signs.items()) if value},
    }


def is_plain(claim: Claim) -> bool:
    """Whether it is asserted in the author's own voice."""
    return claim.polarity == "positive" and claim.modality == "asserted" and claim.speaker is None


def described(claim: Claim) -> list[Any]:
    """A claim as one reads it: subject, predicate with its IRI, object, roles, how firmly, who speaks, when."""
    said = claim.predicate
    return [
        claim.subject.text,
        f"{said.lemma} ({said.iri})",
        claim.object.text if claim.object else "",
        [f"{role.role} {role.preposition}: {role.argument.text}" for role in claim.roles],
        f"{claim.polarity}, {claim.modality}",
        claim.speaker.text if claim.speaker else "",
        f"{claim.time.text} {claim.time.since}/{claim.time.until}" if claim.time else "",
    ]


def pack(lines: Iterable[str]) -> Iterator[str]:
    """The judged lines without text. Raises ValueError for a verdict without part, or a part without verdict."""
    for line in lines:
        judged = json.loads(line)
        if judged["right"] is None:
            continue
        if (judged["part"] in PARTS) == judged["right"] or (judged["right"] and judged["harmful"]):
            raise ValueError(f"{line.strip()}: a wrong claim needs a part of {', '.join(PARTS)}; a right one has none")
        kept = ("doc", "right", "harmful", "part", "direct", "signs")
        yield json.dumps({key: judged[key] for key in kept}, ensure_ascii=False)


def _place(claim: Claim) -> tuple[object, ...]:
    """What tells a claim from the others of its document, whatever becomes of its relation."""
    return claim.sentence, claim.predicate.spans, claim.predicate.lemma, claim.subject, claim.object


def main(path: str, pack_it: bool) -> None:
    """Print claims to judge, or judged claims packed."""
    if pack_it:
        lines = pack(Path(path).read_text(encoding="utf-8").splitlines())
    else:
        lines = (json.dumps(to_judge(*found), ensure_ascii=False) for found in with_signs(path))
    print(*lines, sep="\n")


if __name__ == "__main__":
    parser = ArgumentParser(description="Claims to be judged right or wrong.")
    parser.add_argument("path", help="texts to read, or with --pack judged claims")
    parser.add_argument("--pack", action="store_true", dest="pack_it", help="print judged claims without their texts")
    main(**vars(parser.parse_args()))
