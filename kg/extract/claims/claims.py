"""Claims: what was said as records, each with its evidence, with who says so and how firmly.

"Link und Yan Lida unterzeichneten ein Memorandum." makes two claims, one per subject; "Für RhineCloud werden keine
Komponenten eingesetzt" makes a negative one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.extract.claims.confidence import confidence_and_risk, features
from kg.extract.claims.propositions import Proposition
from kg.extract.names.mentions import argument
from kg.extract.reading import Reading
from kg.records import Argument, Claim, Literal, Mention, Role, claim_order


def make_claims(reading: Reading, propositions: Iterable[Proposition]) -> list[Claim]:
    """A claim of each proposition, with its sentence as evidence; who is quoted with it is the speaker."""
    return [_claim(reading, each) for each in propositions]


def _claim(reading: Reading, proposition: Proposition) -> Claim:
    """The claim of one proposition."""
    said, voice = proposition.said, proposition.voice
    return Claim(
        reading.document.id,
        reading.sentence_span(proposition.sentence.span),
        argument(said.subject),
        said.predicate,
        None if said.object is None else _end(said.object),
        polarity=proposition.polarity,
        modality=proposition.modality,
        speaker=argument(voice.speaker) if voice is not None and voice.speaker else None,
        time=proposition.time,
        roles=tuple(Role(filler.role, filler.preposition, _end(filler.what)) for filler in said.roles),
    )


def _end(what: Mention | Literal) -> Argument | Literal:
    """A mention as an argument; a text stays one."""
    return what if isinstance(what, Literal) else argument(what)


def weigh(reading: Reading, propositions: Iterable[Proposition], claims: Iterable[Claim]) -> list[Claim]:
    """The claims, one of each proposition, with how sure they are and what they risk."""
    told = list(zip(propositions, claims, strict=True))
    signs = [features(reading, claim, each.clause, each.sentence) for each, claim in told]
    found = zip(told, confidence_and_risk(reading, signs), strict=True)
    return [replace(claim, confidence=sure, risk=risk) for (_, claim), (sure, risk) in found]


def weakest(claims: Iterable[Claim]) -> list[Claim]:
    """Two readings of one sentence: of claims with the same ends, relation and polarity one stays, the less firm.

    Those of two times are two. An asserted one in the author's voice gives way to a later one: "Paul Wegner wird
    Trainer des SV Meppen."
    """
    kept: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        said = (claim.sentence, claim.subject, claim.predicate.iri, claim.object, claim.roles, claim.polarity)
        earlier = kept.get(said)
        twice = earlier is not None and None not in (earlier.time, claim.time) and earlier.time != claim.time
        key = (*said, claim.time) if twice else said  # "spielte 2010 und 2014": two claims
        if key not in kept or (kept[key].modality == "asserted" and kept[key].speaker is None):
            kept[key] = claim
    return list(kept.values())


def in_text_order(claims: Iterable[Claim]) -> Sequence[Claim]:
    """The claims in the order of the text."""
    return tuple(sorted(claims, key=claim_order))
