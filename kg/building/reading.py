"""Texts are read into a store: those that it does not have as they are; what goes wrong with one costs no other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace as changed
from itertools import chain
from typing import NamedTuple

from kg.errors import ExtractionError, KgError
from kg.ontology import OURS, Vocabulary
from kg.reader.pipeline import described, fingerprint
from kg.records import Document, Extraction
from kg.sources.given import Texts
from kg.sources.leftout import noted, tell_left_out, whole
from kg.store.absent import Unread, take_back, unread_of
from kg.store.store import Store
from kg.system.log import AT_ONCE, bar, log
from kg.system.text import counted

# Below this a progress bar flashes up and is gone.
_WORTH_A_BAR = 5
_LONG = 25_000  # words and marks of a text: ten seconds of prose, half a minute of marks alone


class TextReader(NamedTuple):
    """Who reads: a pipeline with a vocabulary, in so many processes."""

    model: str | None
    workers: int
    words: Vocabulary = OURS
    progress: bool = False

    def mark(self) -> str:
        """The fingerprint of what decides what a text yields."""
        return fingerprint(self.model, self.words.mark)

    def described(self) -> str:
        """Name and version of the pipeline."""
        return described(self.model)

    def read(self, documents: Sequence[Document]) -> Iterator[tuple[Document, Extraction] | KgError]:
        """Extract documents, with a bar where it is worth it; with none of them spaCy stays unloaded."""
        if not documents:
            return
        from kg.extract import extract_all

        _tell_of_long(documents)
        found = extract_all(documents, self.model, self.workers, self.words.text)
        yield from bar(found, len(documents)) if self.progress and len(documents) >= _WORTH_A_BAR else found


def read_into(kept: Store, texts: Texts, reader: TextReader) -> dict[str, Unread]:
    """Let a store hold some documents; what cannot be analysed among them is left out, and returned.

    One that it had before stays as it was read then. What this very reader failed at before is not tried once more.
    """
    mark, earlier, failed = reader.mark(), frozenset(kept.ids()), unread_of(kept)
    tell_left_out(texts.unread, earlier - texts.ids)
    todo = sorted((text for text in texts.documents if not kept.has(text, mark)), key=lambda text: text.id)
    tried = {text.id: Unread.by(mark, text) for text in todo}
    again = {
        id: ExtractionError(failed[id].error, (id,)) for id in tried if id in failed and failed[id].key == tried[id].key
    }
    errors: list[KgError] = []
    outcomes = noted(chain(again.values(), reader.read([text for text in todo if text.id not in again])), errors)
    for document, extraction in whole(outcomes, len(todo) < len(texts.documents), earlier):
        kept.add(document, extraction, mark)
    take_back(kept, texts.ids)
    return {id: changed(tried[id], error=str(error)) for error in errors for id in error.documents}


def tell_of_others(kept: Store, mark: str) -> None:
    """Warn of documents in a store that another reader has read: what is added to them is read otherwise."""
    [(number,)] = kept.ask("SELECT count(*) FROM documents WHERE fingerprint <> ?", mark)
    if number:
        were, them = ("was", "it") if number == 1 else ("were", "them")
        by = f"of it {were} read by another version of kg or on another CPU"
        log.warning("%s: %s %s; `kg build` reads %s anew", kept.path, counted(number, "document"), by, them)


def _tell_of_long(documents: Iterable[Document]) -> None:
    from kg.extract.reading import length

    for document in documents:
        if len(document.text) >= _LONG and (size := length(document.text)) >= _LONG:
            line = f"{document.id}: one text of {size:,} words and marks, which takes a while"
            log.warning("%s", line, extra=AT_ONCE)
