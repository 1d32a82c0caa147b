"""What stands in for the pipeline: builds that parse nothing, and tell which documents they were given to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pytest

import kg.extract
from kg.building import reading
from kg.records import Document, Extraction


def stand_in(monkeypatch: pytest.MonkeyPatch, find: Callable[[Document], Extraction]) -> list[str]:
    """Let builds take for a document what `find` says of it; the ids of those that it was asked for."""
    given: list[str] = []

    def extract_all(
        documents: Iterable[Document], model: str | None, workers: int = 1, relations: str = ""
    ) -> Iterator[tuple[Document, Extraction]]:
        for document in documents:
            found = find(document)
            given.append(document.id)
            yield document, found

    _take_the_place(monkeypatch, extract_all)
    return given


class Reader:
    """Stands in for the pipeline: knows what some documents hold, and which ones it was given to read.

    At those of `breaks_at` it raises what stands there.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, known: Iterable[tuple[Document, Extraction]]) -> None:
        self.read: list[str] = []
        self.breaks_at: dict[str, BaseException] = {}
        self._known = {document.text: extraction for document, extraction in known}
        _take_the_place(monkeypatch, self.extract_all)

    def extract_all(
        self, documents: Iterable[Document], model: str | None, workers: int = 1, relations: str = ""
    ) -> Iterator[tuple[Document, Extraction]]:
        for document in documents:
            if document.id in self.breaks_at:
                raise self.breaks_at[document.id]
            self.read.append(document.id)
            yield document, self._known.get(document.text, Extraction((), ()))


def _take_the_place(monkeypatch: pytest.MonkeyPatch, extract_all: Callable[..., object]) -> None:
    """Of the pipeline; the fingerprint is "f", and "f-NAME" for one that has a name."""
    monkeypatch.setattr(kg.extract, "extract_all", extract_all)
    monkeypatch.setattr(reading, "fingerprint", lambda model, words="": f"f-{model}" if model else "f")
    monkeypatch.setattr(reading, "described", lambda model: f"{model or 'de_kg_news'} 0.2.0")
