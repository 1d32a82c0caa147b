"""What was found in a text as it looks, put back to where it stands in the text as it came.

"Müller warnt" may have come with a dot pair of its own, a soft hyphen and a non-breaking blank. Every decision is made
on the plain words; the spans of mentions and claims are those of the original, `text[start:end]` to the letter.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from kg.records import Argument, Claim, Document, Extraction, Literal, Mention, Span, Time
from kg.system.characters import Plain

_Placed = TypeVar("_Placed", bound=Argument | Literal | Mention | Span | Time)


def placed(found: Extraction, words: Plain, document: Document) -> Extraction:
    """What was found in `words`, the plain text of a document, with the offsets and the text of the document itself."""
    mentions = tuple(_mention(mention, words, document) for mention in found.mentions)
    return Extraction(mentions, tuple(_claim(claim, words, document) for claim in found.claims))


def _mention(mention: Mention, words: Plain, document: Document) -> Mention:
    """A mention at its place in the document, and so the mention that it points back to."""
    moved = _moved(mention, words, document)
    doc, _, place = mention.antecedent.rpartition("#")
    if not place:
        return moved
    start, end = words.original(*map(int, place.split("-")))
    return replace(moved, antecedent=f"{doc}#{start}-{end}")


def _claim(claim: Claim, words: Plain, document: Document) -> Claim:
    """A claim with all its parts at their places in the document."""
    spans = tuple(words.original(start, end) for start, end in claim.predicate.spans)
    said = " ".join(document.text[start:end] for start, end in spans)
    return replace(
        claim,
        sentence=_moved(claim.sentence, words, document),
        subject=_moved(claim.subject, words, document),
        predicate=replace(claim.predicate, spans=spans, text=said),
        object=_moved(claim.object, words, document) if claim.object is not None else None,
        speaker=_moved(claim.speaker, words, document) if claim.speaker is not None else None,
        time=_moved(claim.time, words, document) if claim.time is not None else None,
        roles=tuple(replace(role, argument=_moved(role.argument, words, document)) for role in claim.roles),
    )


def _moved(part: _Placed, words: Plain, document: Document) -> _Placed:
    """A part at its place in the document, with the text that stands there."""
    start, end = words.original(part.start, part.end)
    return replace(part, start=start, end=end, text=document.text[start:end])
