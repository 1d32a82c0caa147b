"""How sure a claim is, and what it risks, by how sure the reader was of its words, and by signs.

"Siemens kaufte Alstom." is read right nearly always; where the reader all but tossed a coin over the head of the verb,
or the understood subject belongs to an infinitive, every second claim is wrong. `verifier.json` holds what was learned
from claims that people judged (`python -m kg.training.confidence`): decision trees, whose sum is brought to a share of
right claims by a table from claims that they were not grown on. Of the claims with 0.8 about four in five are right.

What is wrong is not always bad: "Weber – sprechen" lacks what he spoke of; "Weber – verhaften – Kern", where Kern had
Weber arrested, is false of both. Trees of their own, over the same signs, tell the risk of a claim: how likely whoever
reads it alone believes something false about a person, firm or place that is named.

Docs of other pipelines have no margins; for them there are trees that ask for the other signs alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain, islice
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

_LEAVES = 16  # as many as a tree may have: a bit for each
_EVERY = (1 << _LEAVES) - 1


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
    """Decision trees for each question, whose leaves are added up, and what share of claims it is true of at which sum.

    A tree has a condition a node: a sign is at most a threshold. Its leaves are numbered from left to right, and each
    claim ends in the first that no condition rules out, where one that is false rules out all leaves below it. `sign`,
    `threshold` and `left` (without the bits of these leaves) are nodes × trees, `values` trees × leaves; `parts` tells
    which trees answer a question, and `lines` by which corners a line that never falls leads from sums to shares.
    """

    signs: tuple[str, ...]
    sign: Any
    threshold: Any
    left: Any
    values: Any
    parts: Mapping[str, slice]
    lines: Mapping[str, tuple[Sequence[float], Sequence[float]]]

    def shares_of(self, claims: Sequence[Signs]) -> dict[str, list[float]]:
        """What share of claims with such signs each question is true of, for each claim: from 0 to 1."""
        import numpy as np

        sums = self.sums_of(claims)
        return {name: np.interp(sums[name], *line).tolist() for name, line in self.lines.items()}

    def sums_of(self, claims: Sequence[Signs]) -> dict[str, Any]:
        """What the leaves add up to for each question, for each claim."""
        import numpy as np

        count, none = len(self.signs), dict.fromkeys(self.signs, 0.0)
        # Each claim's signs in the order of the forest's, those that it does not ask for behind them.
        values = chain.from_iterable(islice({**none, **claim}.values(), count) for claim in claims)
        table = np.fromiter(values, float, count * len(claims)).reshape(-1, count).T.copy()
        there = np.full((self.sign.shape[1], len(claims)), _EVERY, np.uint16)
        for sign, threshold, left in zip(self.sign, self.threshold, self.left, strict=True):
            there &= -(table[sign] <= threshold[:, None]).astype(np.uint16) | left[:, None]  # all bits where it is true
        first = _number_of_bit()[there & -there]
        found = np.take_along_axis(self.values, first, axis=1)
        return {name: found[part].sum(axis=0) for name, part in self.parts.items()}


@cache
def _number_of_bit() -> Any:
    """The number of a bit by its value, for a leaf of up to sixteen."""
    import numpy as np

    numbers = np.zeros(1 << _LEAVES, np.intp)
    numbers[1 << np.arange(_LEAVES)] = np.arange(_LEAVES)
    return numbers


@cache
def forests() -> Mapping[str, Forest]:
    """The forests of `verifier.json`: "reader" with margins, "other" without; each asks whether a claim is "right", and
    whether it is "harmful".
    """
    return {name: forest_of(told) for name, told in read_json(__package__, "verifier.json").items()}


def forest_of(told: Mapping[str, Any]) -> Forest:
    """A forest as JSON tells it: its trees are lists of nodes [sign, threshold, below, above], leaves [value]."""
    import numpy as np

    trees = [_flat(tree) for question in told["trees"].values() for tree in question]
    size, most = (max(len(tree[place]) for tree in trees) for place in (0, 1))
    nodes = np.array([[*conditions, *[(0, np.inf, 0)] * (size - len(conditions))] for conditions, _ in trees])
    counts = np.cumsum([0, *(len(question) for question in told["trees"].values())]).tolist()
    return Forest(
        tuple(told["signs"]),
        nodes[..., 0].T.astype(np.intp),
        nodes[..., 1].T.copy(),
        nodes[..., 2].T.astype(np.uint16),
        np.array([[*values, *[0.0] * (most - len(values))] for _, values in trees]),
        dict(zip(told["trees"], map(slice, counts, counts[1:]), strict=False)),
        {name: (tuple(s for s, _ in line), tuple(s for _, s in line)) for name, line in told["shares"].items()},
    )


def _flat(
    nodes: Sequence[Sequence[float]], place: int = 0, before: int = 0
) -> tuple[list[tuple[float, float, int]], list[float]]:
    """The conditions of a tree, each with all bits but those of the leaves below it, and the values of its leaves from
    left to right; `before` is how many leaves stand left of it.
    """
    if len(nodes[place]) == 1:
        return [], [nodes[place][0]]
    sign, threshold, below, above = nodes[place]
    left, low = _flat(nodes, int(below), before)
    right, high = _flat(nodes, int(above), before + len(low))
    kept = _EVERY & ~(((1 << len(low)) - 1) << before)
    return [(sign, threshold, kept), *left, *right], [*low, *high]


def confidence_and_risk(reading: Reading, signs: Sequence[Signs]) -> list[tuple[float, float]]:
    """The confidence of claims of a document, with two decimals, and their risk, with three, by their signs."""
    shares = forests()["other" if margins_of(reading.doc) is None else "reader"].shares_of(signs)
    pairs = zip(shares["right"], shares["harmful"], strict=True)
    return [(round(right, 2), round(harmful, 3)) for right, harmful in pairs]


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
