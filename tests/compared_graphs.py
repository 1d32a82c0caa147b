"""Graphs to be compared, without any pipeline: short texts whose names and clauses are given by hand."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.graph.graph import build_graph
from kg.knowledge_graph import KnowledgeGraph
from kg.records import Argument, Claim, Document, Extraction, Judgement, Mention, Predicate, Time
from kg.store.store import Store

TYPES = {"Huawei": "Organization", "Huawai": "Organization", "Elbwerft": "Organization", "Stade": "Place"}
VERBS = {"warnt": ("warnen", "kgp:warnen"), "leitet": ("leiten", "org:headOf"), "ist": ("sein", "kgp:sein")}


def text(id: str, said: str, **metadata: str) -> Document:
    """A text of clauses with two blanks between their parts: "Jan Link  leitet  Elbwerft. 2018  Link  warnt  Huawei."."""
    return Document(id, said, **metadata)


def same(*pair: str, when: str = "") -> Judgement:
    """The verdict that two mentions are one."""
    return Judgement(*pair, "same", "Redaktion", when=when)


def apart(*pair: str, when: str = "") -> Judgement:
    """The verdict that they are not."""
    return Judgement(*pair, "not same", "Redaktion", when=when)


def read(document: Document) -> Extraction:
    """What is to be found in such a text: who is named in it, and a claim for each clause."""
    mentions, claims, at = [], [], 0
    for clause in document.text.split(". "):
        words, start = clause.rstrip(".").split("  "), at
        span = document.span(start, start + len(clause))
        places = []
        for word in words:
            places.append((at, at + len(word), word))
            at += len(word) + 2
        at = start + len(clause) + 2
        time = Time(*places[0], *[places[0][2]] * 2) if words[0].isdigit() else None
        subject, said, object = places[-3:]
        ends = [Argument(*place, TYPES.get(place[2], "Person")) for place in (subject, object)]
        mentions += [Mention(document.id, e.start, e.end, e.text, "named", e.type, e.text) for e in ends]
        predicate = Predicate(*VERBS[said[2]], (said[:2],), said[2])
        claims.append(Claim(document.id, span, ends[0], predicate, ends[1], time=time, confidence=0.9))
    return Extraction(tuple(mentions), tuple(claims))


def graph_of(*documents: Document, verdicts: Iterable[Judgement] = ()) -> KnowledgeGraph:
    """The graph that follows from some texts."""
    found = [read(document) for document in documents]
    mentions, claims = ([r for f in found for r in getattr(f, part)] for part in ("mentions", "claims"))
    return KnowledgeGraph.of(build_graph(documents, mentions, claims, tuple(verdicts)))


def keep_texts(path: Path, *documents: Document, verdicts: Iterable[Judgement] = ()) -> Path:
    """A store of some texts."""
    with Store(path) as store:
        for document in documents:
            store.add(document, read(document), "f")
        for verdict in verdicts:
            store.add_judgement(verdict)
    return path
