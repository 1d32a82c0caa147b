"""How sure a claim is, from what went into it: which rule, how long and how nested the sentence, what its ends are.

"Siemens kaufte Alstom." is read right nearly always; in a sentence of forty words with three clauses, the understood
subject of an infinitive is wrong every second time. The weights in `confidence.toml` are a logistic regression over
claims that people judged right or wrong (`python -m kg.training.confidence`, whose data lie beside the tests), so that
of the claims with 0.8 about four in five are right. No pipeline tells how sure its parser is; these signs do.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from functools import cache
from math import exp, log
from typing import TYPE_CHECKING

from kg.extract.clause.clauses import Clause
from kg.extract.reading import Reading
from kg.extract.speech.sentences import AnalysedSentence
from kg.records import Argument, Claim, Literal
from kg.system.files import read_table

if TYPE_CHECKING:
    from spacy.tokens import Span


def features(reading: Reading, claim: Claim, clause: Clause | None, sentence: AnalysedSentence) -> Mapping[str, float]:
    """The signs of one claim, each a number around 0 to 1; `clause` is None for a role, which no verb says."""
    other = claim.arguments[1] if len(claim.arguments) > 1 else claim.subject
    object = _tokens_of(reading, other)
    found = {
        "long": log(max(sentence.length, 1) / 12),
        "clauses": (len(sentence.clauses) - 1) / 3,
        "far": _distance(reading, claim.subject, other) / 10,
        "typed": float(not claim.predicate.iri.startswith("kgp:")),
        "negative": float(claim.polarity == "negative"),
        "hedged": float(claim.modality != "asserted"),
        "subject_named": float(_is_named(_tokens_of(reading, claim.subject))),
        "object_named": float(_is_named(object)),
        "number": float(any(token.like_num for token in object)),
    }
    if clause is None:
        return found | {"role": 1.0}
    bare = sum(slot.case is None and slot.role != "pred" for slot in clause.slots)
    return found | {
        "arguments": len(clause.slots) / 3,
        "second_object": float(bare > 1),
        "relative": float(clause.relation == "acl:relcl"),
        "infinite": float(clause.finite is None),
        "passive": float(clause.passive),
        "fronted": float(other.start < claim.subject.start),
    }


def confidence(signs: Mapping[str, float]) -> float:
    """Between 0 and 1, two decimals: how many of the claims with such signs are right."""
    known = weights()
    score = known["bias"] + sum(weight * signs[sign] for sign, weight in known.items() if sign in signs)
    return round(1 / (1 + exp(-score)), 2)


@cache
def weights() -> Mapping[str, float]:
    """The weight of each sign, sorted, so that every machine adds in one order; "bias" is where they start from."""
    table = read_table(__package__, "confidence.toml")
    return dict(sorted(table["weights"].items()))


def _tokens_of(reading: Reading, end: Argument | Literal) -> Span:
    """The tokens of one end."""
    return reading.doc[bisect_right(reading.starts, end.start) - 1 : bisect_right(reading.starts, end.end - 1)]


def _is_named(tokens: Span) -> bool:
    """Whether a named entity is among the tokens of an end."""
    return any(token.ent_type_ for token in tokens)


def _distance(reading: Reading, one: Argument | Literal, other: Argument | Literal) -> float:
    """How many words lie between two ends."""
    (_, end), (start, _) = sorted(((one.start, one.end), (other.start, other.end)))
    return max(0, bisect_right(reading.starts, start) - bisect_right(reading.starts, end - 1) - 1)
