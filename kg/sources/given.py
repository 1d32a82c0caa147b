"""What users pass becomes documents: "artikel/", a Document, a row of a DataFrame; or tells what is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from dataclasses import replace as changed
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeAlias, cast

from kg.checks import is_collection, short
from kg.errors import KgError, SourceError, visible
from kg.records import Document
from kg.sources.documents import read_each
from kg.sources.fields import valid
from kg.sources.frames import is_frame, read_frame
from kg.sources.inputs import File, find_inputs
from kg.sources.leftout import Among, Outcome, nothing_left, readable, with_id

if TYPE_CHECKING:
    import pandas

Input: TypeAlias = str | os.PathLike[str] | Document | File | KgError
"""A path or a document; what `find_inputs` has found at a path already, be it a file or what is wrong with it."""

Inputs: TypeAlias = "Input | Iterable[Input] | pandas.DataFrame"


class Texts(NamedTuple):
    """The documents of some inputs, each id once, and what cannot be read among them."""

    documents: Sequence[Document]
    unread: Sequence[KgError] = ()

    @property
    def ids(self) -> frozenset[str]:
        """The ids of those that can be read."""
        return frozenset(document.id for document in self.documents)

    @property
    def among(self) -> Among:
        """The documents that the inputs name, those that cannot be read included."""
        folders = {folder for error in self.unread for folder in error.folders}
        return Among(self.ids.union(*(error.documents for error in self.unread)), folders)


class Given(NamedTuple):
    """Inputs one by one: paths as texts, files that are found already, documents, or what is wrong with a row.

    `found` are the files at the paths, or what is wrong with one.
    """

    items: Sequence[str | File | Outcome]
    found: Sequence[File | SourceError]

    @classmethod
    def of(cls, inputs: Inputs) -> Self:
        """What is given, before anything of it is read. Raises SourceError for what is no input."""
        items = _items(inputs)
        return cls(items, list(find_inputs([item for item in items if isinstance(item, str | File)])))

    def read(self) -> Texts:
        """Read all of it. Raises KgError where nothing of it can be read, and for an id that two documents have."""
        seen: dict[str, Document] = {}
        unread: list[KgError] = []
        for outcome in _each(self.items, self.found):
            if isinstance(outcome, KgError):
                # Not the error itself, whose traceback holds the bytes that were read.
                unread.append(type(outcome)(str(outcome), outcome.documents, outcome.folders))
                continue
            if outcome.id in seen:
                raise SourceError(f"{outcome.id}: two documents have this id; give each its own")
            seen[outcome.id] = outcome
        if unread and not seen:
            raise nothing_left(unread)
        return Texts(list(seen.values()), unread)


def _items(inputs: Inputs) -> list[str | File | Outcome]:
    if is_frame(inputs):
        return list(read_frame(inputs))
    one = isinstance(inputs, str | bytes | os.PathLike | Document | Mapping) or not is_collection(inputs)
    given: list[Any] = [inputs] if one else list(cast(Iterable[Any], inputs))
    return [item if isinstance(item, Document | File | KgError) else _path(item) for item in given]


def _each(given: Sequence[str | File | Outcome], found: Sequence[File | SourceError]) -> Iterator[Outcome]:
    """What each input holds, `found` being those that are named: a document, or the error that is in its place."""
    if found or not given:
        yield from read_each(found)
    for item in given:
        if not isinstance(item, str | File):
            yield _checked(item) if isinstance(item, Document) else item


def _checked(document: Document) -> Outcome:
    """A document, or what is wrong with it: nothing or too much in it, half a character, an older store's date."""
    try:
        readable(document.text, with_id(document.id))
        if halves := [part.name for part in fields(document) if valid(value := getattr(document, part.name)) != value]:
            raise SourceError(f"{visible(document.id)}: half a surrogate pair in the {halves[0]}; decode it again")
        return changed(document)
    except SourceError as error:
        error.documents = (document.id,)
        return error


def _path(item: object) -> str:
    """A path as text. Raises SourceError for what is neither one nor a document."""
    path = os.fspath(item) if isinstance(item, str | os.PathLike) else item
    if not isinstance(path, str):
        kind = type(item).__name__
        raise SourceError(f"{short(item)}: {kind} is no input; pass files, folders, '-', Documents or a DataFrame")
    return path
