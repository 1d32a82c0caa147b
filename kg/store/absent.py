"""Documents that a store does not have, and why: "zeitung/3" was withdrawn by somebody, at "brief" the reader failed.

Each is a setting of its own, "withdrawn:zeitung/3", whose value is JSON and has a digest like all others. A document
that is read again is no longer withdrawn. One that the reader failed at is not tried again before its text or the
reader is another one; what the store has read of it before stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import asdict, dataclass

from kg.records import Document
from kg.store.damage import digest
from kg.store.store import Store
from kg.store.tables import fields
from kg.system.log import log


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Who took a document out of a store, when ("2024-05-31") and why, as far as it was said."""

    by: str = ""
    when: str = ""
    why: str = ""

    def told(self) -> str:
        """In one line.

        >>> Withdrawal("Redaktion", "2024-05-31", "Gegendarstellung").told(), Withdrawal(when="2024-05-31").told()
        ('on 2024-05-31 by Redaktion: Gegendarstellung', 'on 2024-05-31')
        """
        parts = [f"on {self.when}" if self.when else "", f"by {self.by}" if self.by else ""]
        return ": ".join(filter(None, [" ".join(filter(None, parts)), self.why]))


@dataclass(frozen=True, slots=True)
class Unread:
    """What went wrong with a document, and a digest of what it was and who was to read it."""

    error: str
    key: str

    @classmethod
    def by(cls, fingerprint: str, document: Document) -> Unread:
        """Nothing went wrong so far when this document was read with that fingerprint."""
        return cls("", digest([(document.sha256, *fields(document)[2:], fingerprint)]))


def withdrawn_from(store: Store) -> dict[str, Withdrawal]:
    """The documents that were withdrawn, by id."""
    return {doc_id: Withdrawal(**json.loads(value)) for doc_id, value in store.remarks("withdrawn").items()}


def unread_of(store: Store) -> dict[str, Unread]:
    """The documents that the reader failed at when they were to be read last, by id."""
    return {doc_id: Unread(**json.loads(value)) for doc_id, value in store.remarks("unread").items()}


def withdraw(store: Store, doc_ids: Iterable[str], withdrawal: Withdrawal) -> None:
    """Take documents out of a store, all of them or none; verdicts stay."""
    store.withdraw({doc_id: _said(withdrawal) for doc_id in doc_ids})


def set_unread(store: Store, found: Mapping[str, Unread]) -> None:
    """Let a store tell of these documents that they could not be read, and of no others."""
    store.set_remarks("unread", {doc_id: _said(unread) for doc_id, unread in found.items()})


def take_back(store: Store, doc_ids: Set[str]) -> None:
    """Say which documents are back of those that were withdrawn, and let the store forget that they were."""
    withdrawn = withdrawn_from(store)
    back = withdrawn.keys() & doc_ids & set(store.ids())
    for doc_id in sorted(back):
        log.warning("%s: was withdrawn %s; it is back", doc_id, withdrawn[doc_id].told())
    stay = withdrawn.keys() - back
    store.set_remarks("withdrawn", {doc_id: _said(withdrawn[doc_id]) for doc_id in stay})


def _said(remark: Withdrawal | Unread) -> str:
    return json.dumps(asdict(remark), ensure_ascii=False)
