"""How trees are edited: a word is hung elsewhere, takes the place of its head, gets another relation.

Whoever mends a tree does so by these verbs alone, never by an assignment, so that a tree can keep a log: `keep_log`
asks for it, and then each edit is noted in it ("im Kreistag" hangs on "Grünen", no longer on "fordern").
Without a log an edit costs no more than the assignment.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kg.reader.tokens import set_features

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_KEY = "kg.edits"


class Attachment(NamedTuple):
    """How a word is attached in a tree: the index of its head, its relation to it, and the tag of its form."""

    head: int
    relation: str
    tag: str


class Edit(NamedTuple):
    """One edit: the word, its old and its new place."""

    word: int
    old: Attachment
    new: Attachment


@dataclass(slots=True)
class Log:
    """The edits of one tree, in their order."""

    edits: list[Edit] = field(default_factory=list)


def keep_log(doc: Doc) -> Log:
    """Let a tree keep a log of its edits from now on."""
    return doc.user_data.setdefault(_KEY, Log())  # type: ignore[no-any-return]


def log_of(doc: Doc) -> Log | None:
    """The log that a tree keeps, None where nobody asked for one."""
    return doc.user_data.get(_KEY)


def hang(word: Token, head: Token, relation: str = "") -> None:
    """Hang a word under another head, with another relation if one is given; never below itself, which were no tree.

    "Die Grünen im Kreistag fordern": Kreistag, fordern/obl → Grünen/nmod
    """
    if not is_below(head, word):
        rehang(word, head, relation)


def is_below(word: Token, above: Token) -> bool:
    """Whether a word is another or stands below it."""
    for _ in range(len(word.doc)):
        if word == above or word.head == word:
            break
        word = word.head
    return word == above


def rehang(word: Token, head: Token, relation: str = "") -> None:
    """Hang a word as `hang` does, wherever: for whoever gives a whole tree other heads, word by word."""
    old = _place(word)
    word.head = head
    if relation:
        word.dep_ = relation
    _note(word, old)


def relabel(word: Token, relation: str) -> None:
    """Give a word another relation to the same head.

    "Insgesamt erwarten uns große Chancen": Chancen, erwarten/obj → erwarten/nsubj
    """
    old = _place(word)
    word.dep_ = relation
    _note(word, old)


def promote(word: Token, above: Token | None = None) -> None:
    """Let a word take the place of its head, or of another word `above`; the place of a root is that of a root.

    What hangs on `above` stays there, and so does `above` itself: where it goes is for the caller to say.

    "Frau Ministerin, Bund und Länder verhandeln": Bund, Ministerin/conj → verhandeln/nsubj
    """
    above = word.head if above is None else above
    old = _place(word)
    word.head, word.dep_ = (word, "ROOT") if above.dep_ == "ROOT" else (above.head, above.dep_)
    _note(word, old)


def swap(word: Token, above: Token, relation: str) -> None:
    """Let two words exchange places: one takes that of the other, which then hangs on it with a relation.

    "die Wohn- und Lebensqualität": Lebensqualität, Wohn-/conj → ROOT; Wohn-, ROOT → Lebensqualität/compound
    """
    promote(word, above)
    hang(above, word, relation)


def reform(word: Token, tag: str = "", *, pos: str = "", features: str = "") -> None:
    """Read the form of a word as another one: "beraten" as an infinitive (VVINF), "als" as a preposition."""
    old = _place(word)
    if tag:
        word.tag_ = tag
    if pos:
        word.pos_ = pos
    if features:
        set_features(word, features)
    _note(word, old)


def _place(word: Token) -> Attachment | None:
    """Where a word of a tree with a log stands now."""
    return Attachment(word.head.i, word.dep_, word.tag_) if _KEY in word.doc.user_data else None


def _note(word: Token, old: Attachment | None) -> None:
    """Note in the log what has become of a word, if anything has."""
    log = log_of(word.doc) if old is not None else None
    new = _place(word)
    if log is not None and old is not None and new is not None and old != new:
        log.edits.append(Edit(word.i, old, new))
