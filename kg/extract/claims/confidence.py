"""How sure a claim is: whether it is what its sentence says, by how sure the reader was of the words, and by signs.

"Siemens kaufte Alstom." is read right nearly always; where the reader all but tossed a coin over the head of the verb,
or the understood subject belongs to an infinitive, every second claim is wrong. `verifier.json` holds what was learned
from claims that people judged (`python -m kg.training.confidence`): decision trees, whose sum is brought to a share of
right claims by a table from claims that they were not grown on. Of the claims with 0.8 about four in five are right.

Docs of other pipelines have no margins; for them there are trees that ask for the other signs alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import log
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.extract.clause.clauses import Clause
from kg.extract.reading import Reading
from kg.extract.speech.sentences import AnalysedSentence
from kg.extract.text.marks import QUOTES
from kg.reader.tokens import MARGINS, margins_of
from kg.records import Argument, Claim, Literal, Time
from kg.system.files import read_json

if TYPE_CHECKING:
    from spacy.tokens import Token

Signs = Mapping[str, float]
"""The signs of one claim by name; one that is not there is 0."""

_CLAUSE_RELATIONS = ("acl:relcl", "advcl", "ccomp", "parataxis", "root", "xcomp")
_SUBJECT_RELATIONS = ("appos", "conj", "expl", "nmod", "nsubj", "nsubj:pass", "obj", "obl", "obl:agent")
_OBJECT_RELATIONS = ("appos", "conj", "nmod", "nsubj", "nsubj:pass", "obj", "obl", "obl:arg")
_VERB_TAGS = ("ADJD", "NE", "NN", "VAFIN", "VMFIN", "VVFIN", "VVINF", "VVIZU", "VVPP")
_MARKS = ("als", "dass", "ob", "weil", "wenn")


class _End(NamedTuple):
    """What one end of a claim is made of: its tokens, at least one, and the first that hangs on none of the others."""

    tokens: Sequence[Token]
    root: Token


def features(reading: Reading, claim: Claim, clause: Clause | None, sentence: AnalysedSentence) -> dict[str, float]:
    """The signs of one claim; `clause` is None for a role, which no verb says."""
    subject = _end_of(reading, claim.subject)
    object = _end_of(reading, claim.object) if claim.object is not None else None
    roles = [_end_of(reading, role.argument) for role in claim.roles]
    spoken = [token for start, end in claim.predicate.spans for token in _tokens_at(reading, start, end)]
    verb = clause.verb if clause is not None else next(iter(spoken), subject.root)
    others = roles if object is None else [object, *roles]
    said = [*_places(subject.tokens), *_places(spoken), *(i for end in others for i in _places(end.tokens))]
    groups: dict[str, Sequence[int]] = {
        "sentence": range(sentence.span.start, sentence.span.end),
        "clause": _places(clause.own) if clause is not None else (),
        "claim": said,
        "subject": _places(subject.tokens),
        "subject_root": (subject.root.i,),
        "verb": (verb.i,),
        "predicate": _places(spoken or (verb,)),
        "object": _places(object.tokens) if object is not None else (),
        "object_root": (object.root.i,) if object is not None else (),
        "roles": [role.root.i for role in roles],
        "speaker": _places(_end_of(reading, claim.speaker).tokens) if claim.speaker is not None else (),
    }
    return {
        **_signs_of_claim(claim, sentence),
        **_signs_of_ends(claim, subject, object, roles, verb),
        **(_signs_of_clause(clause, subject.root) if clause is not None else {"noun": 1.0}),
        **_signs_of_margins(reading, groups),
    }


def _signs_of_claim(claim: Claim, sentence: AnalysedSentence) -> dict[str, float]:
    """What the claim says, and in what kind of sentence."""
    words = sentence.words
    found = {
        "long": log(max(sentence.length, 1) / 12),
        "clauses": float(len(sentence.clauses)),
        "nouns": float(len(sentence.nouns)),
        "quotes": float(any(word in QUOTES for word in words)),
        "colon": float(":" in words),
        "bracket": float("(" in words),
        "dash": float("–" in words or "-" in words),
        "asked": float("?" in words),
        "stopped": float(words[-1][-1:] in '.!?“"«'),
        "typed": float(not claim.predicate.iri.startswith("kgp:")),
        "negative": float(claim.polarity == "negative"),
        f"modality={claim.modality}": 1.0,
        "spoken": float(claim.speaker is not None),
        "dated": float(claim.time is not None),
        "roles": float(len(claim.roles)),
        f"subject={claim.subject.type}": 1.0,
    }
    for role in claim.roles:
        found[f"role={role.role}"] = found.get(f"role={role.role}", 0.0) + 1
    kind = "" if claim.object is None else "text" if isinstance(claim.object, Literal) else claim.object.type
    return found | {f"object={kind}": 1.0}


def _signs_of_ends(
    claim: Claim, subject: _End, object: _End | None, roles: Sequence[_End], verb: Token
) -> dict[str, float]:
    """Where the ends stand, what they are made of, and how they hang on the verb."""
    first = subject.root
    found = {
        f"verb_tag={verb.tag_}" if verb.tag_ in _VERB_TAGS else "verb_tag": 1.0,
        f"subject_is={first.dep_}" if first.dep_ in _SUBJECT_RELATIONS else "subject_is": 1.0,
        f"subject_pos={first.pos_}": 1.0,
        "subject_below": float(first.head == verb),
        "subject_behind": float(first.i > verb.i),
        "subject_far": abs(first.i - verb.i) / 10,
        "subject_long": float(len(subject.tokens)),
        "subject_named": float(any(token.ent_type_ for token in subject.tokens)),
        "roles_below": float(sum(role.root.head == verb for role in roles)),
        "roles_far": max((abs(role.root.i - verb.i) / 10 for role in roles), default=0.0),
    }
    if object is not None:
        last = object.root
        found |= {
            f"object_is={last.dep_}" if last.dep_ in _OBJECT_RELATIONS else "object_is": 1.0,
            f"object_pos={last.pos_}": 1.0,
            "object_below": float(last.head == verb),
            "object_behind": float(last.i > verb.i),
            "object_first": float(last.i < first.i),
            "object_far": abs(last.i - verb.i) / 10,
            "object_long": float(len(object.tokens)),
            "object_named": float(any(token.ent_type_ for token in object.tokens)),
        }
    if claim.speaker is not None and claim.speaker.start < claim.sentence.start:
        found["speaker_before"] = 1.0
    return found


def _signs_of_clause(clause: Clause, subject: Token) -> dict[str, float]:
    """How the clause is built, and how much of it the claim may have left out."""
    bare = sum(slot.case is None and slot.role != "pred" for slot in clause.slots)
    own = {token.i for token in clause.own}
    return {
        f"clause={clause.relation}" if clause.relation in _CLAUSE_RELATIONS else "clause": 1.0,
        f"mark={clause.mark}" if clause.mark in _MARKS else "mark": 1.0,
        f"mood={clause.mood}": 1.0,
        "arguments": float(len(clause.slots)),
        "bare": float(bare),
        "subjects": float(len(clause.subjects)),
        "auxiliaries": float(len(clause.auxiliaries)),
        "copula": float(clause.copula is not None),
        "passive": float(clause.passive),
        "infinite": float(clause.finite is None),
        "denied": float(clause.negation is not None),
        "adverbs": float(sum(token.dep_ == "advmod" for token in clause.own)),
        "clause_long": float(len(clause.own)),
        "borrowed": float(subject.i not in own),
    }


def _signs_of_margins(reading: Reading, groups: Mapping[str, Sequence[int]]) -> dict[str, float]:
    """How sure the reader was of the words of each group, given by their places: the least of each margin, and the mean
    where there are several words.
    """
    import numpy as np

    margins = margins_of(reading.doc)
    if margins is None:
        return {}
    some = {name: places for name, places in groups.items() if places}
    rows = margins[[place for places in some.values() for place in places]]
    counts = np.array([len(places) for places in some.values()])
    starts = np.cumsum(counts) - counts
    least = np.minimum.reduceat(rows, starts).tolist()
    mean = (np.add.reduceat(rows, starts) / counts[:, None]).tolist()
    found: dict[str, float] = {}
    for (name, places), lowest, average in zip(some.items(), least, mean, strict=True):
        found.update(zip(_least_names(name), lowest, strict=True))
        if len(places) > 1:
            found.update(zip(_mean_names(name), average, strict=True))
    return found


@cache
def _least_names(group: str) -> tuple[str, ...]:
    return tuple(f"{group}.{column}.least" for column in MARGINS)


@cache
def _mean_names(group: str) -> tuple[str, ...]:
    return tuple(f"{group}.{column}.mean" for column in MARGINS)


class Forest(NamedTuple):
    """Decision trees whose leaves are added up, and what share of claims is right at which sum.

    Trees are rows of nodes, each with the number of a sign (-1 for a leaf), a threshold (the value of a leaf), and
    the node to go on with where the sign is at most the threshold, and where it is above. `sums` and `shares` are the
    corners of a line that never falls.
    """

    signs: tuple[str, ...]
    sign: Any
    threshold: Any
    below: Any
    above: Any
    depth: int
    sums: tuple[float, ...]
    shares: tuple[float, ...]

    def shares_of(self, claims: Sequence[Signs]) -> list[float]:
        """What share of claims with such signs is right, for each claim: from 0 to 1."""
        import numpy as np

        return [float(share) for share in np.interp(self.sums_of(claims), self.sums, self.shares)]

    def sums_of(self, claims: Sequence[Signs]) -> Any:
        """What the leaves add up to, for each claim."""
        import numpy as np

        if not claims:
            return np.zeros(0)
        table = np.array([[claim.get(sign, 0.0) for sign in self.signs] for claim in claims])
        claim, tree = np.arange(len(claims))[:, None], np.arange(len(self.sign))[None, :]
        node = np.zeros((len(claims), len(self.sign)), np.int64)
        for _ in range(self.depth):
            sign = self.sign[tree, node]
            lower = table[claim, sign] <= self.threshold[tree, node]
            node = np.where(sign < 0, node, np.where(lower, self.below[tree, node], self.above[tree, node]))
        return np.sum(self.threshold[tree, node], axis=1)


@cache
def forests() -> Mapping[str, Forest]:
    """The forests of `verifier.json`: "reader" with margins, "other" without."""
    return {name: forest_of(told) for name, told in read_json(__package__, "verifier.json").items()}


def forest_of(told: Mapping[str, Any]) -> Forest:
    """A forest as JSON tells it: its trees are lists of nodes [sign, threshold, below, above], leaves [-1, value]."""
    import numpy as np

    size = max(map(len, told["trees"]))
    nodes = np.array(
        [[[*node, 0, 0][:4] for node in tree] + [[-1, 0, 0, 0]] * (size - len(tree)) for tree in told["trees"]]
    )
    integers = nodes.astype(np.int64)
    sums, shares = zip(*told["shares"], strict=True)
    return Forest(
        tuple(told["signs"]),
        integers[..., 0],
        nodes[..., 1],
        integers[..., 2],
        integers[..., 3],
        told["depth"],
        sums,
        shares,
    )


def confidences(reading: Reading, signs: Sequence[Signs]) -> list[float]:
    """How sure claims of a document are, by their signs: from 0 to 1, with two decimals."""
    forest = forests()["other" if margins_of(reading.doc) is None else "reader"]
    return [round(share, 2) for share in forest.shares_of(signs)]


def _end_of(reading: Reading, end: Argument | Literal | Time) -> _End:
    tokens = _tokens_at(reading, end.start, end.end)
    return _End(tokens, _root(tokens))


def _tokens_at(reading: Reading, start: int, end: int) -> Sequence[Token]:
    """The tokens between two offsets, at least one."""
    first = max(0, bisect_right(reading.starts, start) - 1)
    return list(reading.doc[first : max(first + 1, bisect_right(reading.starts, end - 1))])


def _places(tokens: Iterable[Token]) -> list[int]:
    return [token.i for token in tokens]


def _root(tokens: Iterable[Token]) -> Token:
    """The first of some tokens that hangs on none of the others."""
    own = {token.i: token for token in tokens}
    return next((t for t in own.values() if t.head.i not in own or t.head == t), next(iter(own.values())))
