"""A document as the parser sees it: its blocks as one spaCy Doc, every token with its place in the original text.

"Der Tech-⏎Konzern  Huawei" is parsed as "Der Tech-Konzern Huawei", yet each mention still points at what
stands in the text. Boilerplate is never parsed, and no sentence reaches over the end of a block.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.blocks import Block, clean, find_blocks
from kg.extract.repair import repair
from kg.extract.tiger import is_tiger, to_ud
from kg.records import Document, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Span as Sentence


@dataclass(frozen=True, slots=True)
class Reading:
    """A parsed document: `doc` has UD labels whatever the pipeline's; `starts[i]`/`ends[i]` are token i's offsets.

    `blocks` pairs each block with its first token and the token after its last.
    """

    document: Document
    doc: Doc
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    blocks: tuple[tuple[Block, int, int], ...]

    def span(self, first: int, last: int) -> Span:
        """The original text from token `first` to token `last`, both included."""
        return self.document.span(self.starts[first], self.ends[last])

    def sentences(self) -> Iterator[Sentence]:
        """The sentences of the document, block by block."""
        yield from self.doc.sents

    def sentence_span(self, sentence: Sentence) -> Span:
        return self.span(sentence.start, sentence.end - 1)


def read(document: Document, nlp: Language) -> Reading | None:
    """Parse a document; None when nothing in it is worth reading (all boilerplate)."""
    from spacy.tokens import Doc

    blocks = list(find_blocks(document.text))
    cleaned = [clean(document.text, block.start, block.end) for block in blocks]
    kept = [(block, text, places) for block, (text, places) in zip(blocks, cleaned, strict=True) if text.strip()]
    if not kept:
        return None
    docs = list(nlp.pipe(text for _, text, _ in kept))
    starts: list[int] = []
    ends: list[int] = []
    ranges: list[tuple[Block, int, int]] = []
    for doc, (block, _, places) in zip(docs, kept, strict=True):
        ranges.append((block, len(starts), len(starts) + len(doc)))
        starts += [places[token.idx] for token in doc]
        ends += [places[token.idx + len(token) - 1] + 1 for token in doc]
    whole = Doc.from_docs(docs, ensure_whitespace=True, exclude=["user_data"])
    assert whole is not None
    return Reading(document, _as_ud(whole), tuple(starts), tuple(ends), tuple(ranges))


def of_doc(doc: Doc, id: str = "") -> Reading:
    """A Doc that somebody else parsed, as one block whose offsets are the Doc's own."""
    document = Document(id, doc.text)
    starts = tuple(token.idx for token in doc)
    ends = tuple(token.idx + len(token) for token in doc)
    block = Block(0, len(doc.text), "paragraph")
    return Reading(document, _as_ud(doc), starts, ends, ((block, 0, len(doc)),))


def _as_ud(doc: Doc) -> Doc:
    """The Doc with a UD tree, mended; whose labels are UD already is changed in place."""
    tree = to_ud(doc) if is_tiger(doc) else doc
    repair(tree)
    return tree
