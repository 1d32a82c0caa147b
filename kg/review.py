"""Questions for a person: which mentions may be one, most valuable first; and the answers into the store.

"Huawai" in one text and "Huawei" in forty: a rule has its reasons and is not sure. The more mentions hang on an answer,
the earlier it is asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from kg.characters import plain
from kg.errors import QueryError
from kg.graph import build_graph
from kg.ledger import Question
from kg.log import log
from kg.records import Document, Judgement, Mention
from kg.resolve import judge, resolve
from kg.store import Store
from kg.wording import one_line

_SENTENCE_START = re.compile(r"(?:[.!?…][“”\"»«)]*\s+|\n\s*)(?=\S)")
_LONGEST = 200  # characters on either side of a mention


def questions(store: Store) -> tuple[Question, ...]:
    """What the rules leave undecided in a store and no person has judged: the weightiest first."""
    documents, mentions = tuple(store.documents()), tuple(store.mentions())
    judgements, listed = tuple(store.judgements()), tuple(store.listed())
    answered = {frozenset((j.left, j.right)) for j in judgements if j.verdict != "unsure"}
    texts = {document.id: document for document in documents}
    by_id = {mention.id: mention for mention in mentions}
    entities = resolve(documents, mentions, judgements, listed)
    size = Counter({m.id: len(entity.mentions) for entity in entities for m in entity.mentions})
    found = [
        _question(j, by_id, texts, min(size[j.left], size[j.right]))
        for j in judge(documents, mentions, judgements, listed)
        if j.verdict == "unsure" and frozenset((j.left, j.right)) not in answered
    ]
    return tuple(sorted(found, key=lambda q: (-q.weight, q.judgement.left, q.judgement.right)))


def answer(store: Store, judgements: Iterable[Judgement]) -> int:
    """Add judgements to the store's ledger, those that it has already left out; return how many were new.

    One of a mention that the store does not hold (any more) is left out, and a warning of "kg" names it. Raises
    QueryError where nothing else is left.
    """
    known, mentions = set(store.judgements()), {mention.id for mention in store.mentions()}
    given = list(judgements)
    lost = {j: end for j in given if j not in known for end in (j.right, j.left) if end not in mentions}
    told = [f"{end}: no such mention in {store.path}" for end in lost.values()]
    if told and all(j in lost for j in given):
        raise QueryError(f'{told[0]}; name one as "text#start-end", as --export does')
    for line in told:
        log.warning("left out: %s", line)
    new = [j for j in given if j not in known and j not in lost]
    for judgement in new:
        store.add_judgement(judgement)
    return len(new)


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
    return Judgement(*ends, verdict, by="")


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
