"""Builds of a store from texts of one line, interrupted or not, and verdicts on what it holds."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.records import Document, Extraction, Judgement, Mention
from kg.store.store import Store


def first_word(document: Document) -> Extraction:
    """A text as it is read here: its first word names a place. "halt" interrupts who reads it."""
    if document.text == "halt":
        raise KeyboardInterrupt
    name = document.text.split()[0]
    return Extraction((Mention(document.id, 0, len(name), name, "named", "Place", name),), ())


def texts(names: str, text: str = "Essen baut.") -> list[Document]:
    """Documents of one letter each, all with the same text."""
    return [Document(name, text) for name in names]


def interrupted(store: Path, names: str) -> None:
    """A build that is interrupted behind these documents."""
    with pytest.raises(KeyboardInterrupt):
        kg.build([*texts(names), Document("z", "halt")], store=store)


def judge(store: Path, verdict: str) -> Judgement:
    """Lay a verdict on the places of the documents "a" and "b" into a store."""
    judgement = Judgement("a#0-5", "b#0-5", verdict, by="Redaktion")
    with Store(store) as kept:
        kept.add_judgement(judgement)
    return judgement


def judgements(store: Path) -> list[Judgement]:
    with Store(store, readonly=True) as kept:
        return list(kept.judgements())
