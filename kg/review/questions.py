"""Questions for a person: which mentions may be one, most valuable first; and the answers into the store.

"Huawai" in one text and "Huawei" in forty: a rule has its reasons and is not sure. The more mentions hang on an answer,
the earlier it is asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.checks import TEXT, instance, one_of, several, takes
from kg.errors import QueryError
from kg.graph.graph import build_graph
from kg.records import VERDICTS, Document, Judgement, Mention
from kg.resolve import judge, resolve
from kg.resolve.reference.anchors import ends, in_force, is_lost, latest, lost_places, pair_of
from kg.review.ledger import Question
from kg.store.damage import listing
from kg.store.store import Store
from kg.system.characters import plain
from kg.system.log import log
from kg.system.text import counted, one_line

_SENTENCE_START = re.compile(r"(?:[.!?…][“”\"»«)]*\s+|\n\s*)(?=\S)")
_LONGEST = 200  # characters on either side of a mention


@takes(store=instance(Store))
def questions(store: Store) -> tuple[Question, ...]:
    """What the rules leave undecided in a store and no person has judged: the weightiest first."""
    documents, mentions = tuple(store.documents()), tuple(store.mentions())
    judgements, listed = tuple(store.judgements()), tuple(store.listed())
    tell_of_lost(store)
    texts = {document.id: document for document in documents}
    by_id = {mention.id: mention for mention in mentions}
    valid = in_force(judgements, {mention.id: mention.name for mention in mentions})
    answered = {pair for pair, last in latest(valid).items() if last.verdict != "unsure"}
    entities = resolve(documents, mentions, judgements, listed)
    size = Counter({m.id: len(entity.mentions) for entity in entities for m in entity.mentions})
    found = [
        _question(j, by_id, texts, min(size[j.left], size[j.right]))
        for j in judge(documents, mentions, judgements, listed)
        if j.verdict == "unsure" and pair_of(j) not in answered
    ]
    return tuple(sorted(found, key=lambda q: (-q.weight, q.judgement.left, q.judgement.right)))


def tell_of_lost(store: Store) -> None:
    """Warn of the verdicts in a store that no longer apply, because their text has changed since."""
    judgements = tuple(store.judgements())
    if judgements and (lost := sorted(lost_places(judgements, {m.id: m.name for m in store.mentions()}, store.ids()))):
        apply = "applies" if len(lost) == 1 else "apply"
        log.warning(
            "%s: %s no longer %s, since another name or none is read there now: %s; judge anew with `kg review %s`",
            *(store.path, counted(len(lost), "verdict"), apply, listing(lost), store.path),
        )


@takes(store=instance(Store), judgements=several(instance(Judgement)))
def answer(store: Store, judgements: Iterable[Judgement]) -> int:
    """Add judgements to the store's ledger; return how many were new.

    What the ledger has already is left out, unless another verdict on the same two came since: of those given on a pair
    the last one counts. One of a mention that the store does not hold (any more), or that is another name now, is left
    out, and a warning of "kg" names it. Raises QueryError where nothing else is left.
    """
    names = {mention.id: mention.name for mention in store.mentions()}
    given = [_with_names(j, names) for j in judgements]
    said = list(_new(given, tuple(store.judgements())))
    lost = {j: _lost(j, names, store.path) for j in said if not in_force([j], names)}
    if lost and all(j in lost for j in given):
        raise QueryError(next(iter(lost.values())))
    for line in lost.values():
        log.warning("left out: %s", line)
    new = [j for j in said if j not in lost]
    for judgement in new:
        store.add_judgement(judgement)
    return len(new)


def _new(given: Sequence[Judgement], ledger: Sequence[Judgement]) -> Iterator[Judgement]:
    """Yield what a ledger lacks, and what it has where that would not count otherwise: "same" behind a "not same".

    >>> same, other = Judgement("a", "b", "same", by="R"), Judgement("a", "b", "not same", by="R")
    >>> [len(list(_new(given, [same, other]))) for given in ([same], [other], [same, other], [other, same])]
    [1, 0, 0, 1]
    """
    known, last = set(ledger), latest(ledger)
    final = {pair_of(judgement): number for number, judgement in enumerate(given)}
    for number, judgement in enumerate(given):
        pair = pair_of(judgement)
        if judgement != last.get(pair) and (judgement not in known or number == final[pair]):
            last[pair] = judgement
            yield judgement


def _with_names(judgement: Judgement, names: Mapping[str, str]) -> Judgement:
    """A judgement with the names that it is on, as far as it does not say them itself."""
    left, right = (name or names.get(place, "") for place, name in ends(judgement))
    return replace(judgement, left_name=left, right_name=right)


def _lost(judgement: Judgement, names: Mapping[str, str], path: str) -> str:
    """Why a judgement is on nothing that a store holds."""
    place, name = next(end for end in ends(judgement) if is_lost(end, names))
    if place in names:
        return f"{place}: the verdict is on {name!r}, and {path} has {names[place]!r} there; judge it anew"
    return f'{place}: no such mention in {path}; name one as "text#start-end", as --export does'


@takes(store=instance(Store), left=TEXT, right=TEXT, verdict=one_of(VERDICTS))
def verdict(store: Store, left: str, right: str, verdict: str) -> Judgement:
    """A person's verdict on two entities, named as for `KnowledgeGraph.entity`: it is about a mention of each.

    Raises QueryError for a name that the store does not hold.
    """
    graph = build_graph(store.documents(), store.mentions(), store.claims(), store.judgements(), listed=store.listed())
    ends = []
    for name in (left, right):
        mentions = graph.entity(name).mentions
        ends.append(next((m.id for m in mentions if plain(name) in (m.name, plain(m.text))), mentions[0].id))
    if ends[0] == ends[1]:
        raise QueryError(f"{left} and {right}: the same mention; name two")
    return Judgement(ends[0], ends[1], verdict, by="")


def _question(judgement: Judgement, mentions: dict[str, Mention], texts: dict[str, Document], weight: int) -> Question:
    left, right = mentions[judgement.left], mentions[judgement.right]
    return Question(
        judgement, left.name, _sentence(texts[left.doc], left), right.name, _sentence(texts[right.doc], right), weight
    )


def _sentence(document: Document, mention: Mention) -> str:
    """The sentence of a mention, on one line and with the mention in brackets; cut where it is very long."""
    text = document.text
    near = max(0, mention.start - _LONGEST)
    starts = [match.end() for match in _SENTENCE_START.finditer(text, near, mention.start)]
    start = starts[-1] if starts else near
    ending = _SENTENCE_START.search(text, mention.end, mention.end + _LONGEST)
    end = ending.end() if ending else min(len(text), mention.end + _LONGEST)
    return one_line(f"{text[start : mention.start]}[{text[mention.start : mention.end]}]{text[mention.end : end]}")
