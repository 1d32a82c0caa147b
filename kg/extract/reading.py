"""A document as the parser sees it: its blocks as one spaCy Doc, every token with its place in the original text.

"Der Tech-⏎Konzern  Huawei" is parsed as "Der Tech-Konzern Huawei", yet each mention still points at what
stands in the text. Boilerplate is never parsed, and no sentence reaches over the end of a block. The full stop of
"Er wählt die AfD. Sie nicht." is a token of its own, though the tokenizer takes it for that of an abbreviation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from kg.extract.text.blocks import Block, clean, find_blocks
from kg.extract.text.sentences import AFTER_STOPS, full_stops, sentence_ends
from kg.extract.text.short_offices import offices_in_full
from kg.extract.time.times import may_name_times
from kg.extract.tree.arguments import heads_clause
from kg.extract.tree.tiger import is_tiger, to_ud
from kg.records import Document, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Span as Sentence


# spaCy parses no text above a million characters (E088), and takes memory by the longest; no paragraph of a newspaper
# comes near this, so that only texts without paragraphs are cut.
_LONGEST_PIECE = 20_000

# What goes on without a blank for longer is no word and no address of a page: an encoded picture, a program, a table.
# spaCy's tokenizer takes time by the square of its length.
_LONGEST_WORD = 500

# Making a tree projective, and some of our own rules, take time by the square of a sentence's length. The longest
# sentence of the TIGER corpus has some 150 tokens, so that only what is no sentence is cut.
_LONGEST_SENTENCE = 300

# A piece with no more tokens is a line rather than a paragraph.
_SHORT = 3

# Tokens that are parsed at once: each takes 40 kB in the meantime, and no article has so many.
_LARGEST_BATCH = 10_000

Blocks: TypeAlias = tuple[tuple[Block, int, int], ...]

Piece: TypeAlias = tuple[Block, str, tuple[int, ...]]
"""A block or a part of one, its words as they are parsed, and the offset of each character of these in the document."""

# So many marks without a letter or a number among them are no language; a line of dots in a table of contents has 80.
_MOST_MARKS = 100

# Words and marks of a text from which on what is no prose is left out.
_CROWDED = 20_000

_MARK = r"(?:[^\w\s]|_)"
_NO_PROSE = re.compile(rf"(?:{_MARK}\s*){{{_MOST_MARKS},}}")
_WORD_OR_MARK = re.compile(rf"\d+|[^\W\d_]+|{_MARK}")  # "100m" is read as two
_OVERLONG_WORD = re.compile(rf"\S{{{_LONGEST_WORD + 1},}}")


@dataclass(frozen=True, slots=True)
class Reading:
    """A parsed document: `doc` has UD labels whatever the pipeline's; `starts[i]`/`ends[i]` are token i's offsets.

    `blocks` pairs each block with its first token and the token after its last; `triggers` are where
    times may be named, `heads` the tokens that head a clause, and `words` are the tokens as they stand: a search for
    a word takes a tenth of what it takes in the Doc.
    """

    document: Document
    doc: Doc
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    blocks: Blocks
    triggers: tuple[int, ...]
    heads: frozenset[int]
    words: tuple[str, ...]

    def span(self, first: int, last: int) -> Span:
        """The original text from token `first` to token `last`, both included."""
        return self.document.span(self.starts[first], self.ends[last])

    def sentences(self) -> Iterator[Sentence]:
        """The sentences of the document, block by block."""
        yield from self.doc.sents

    def sentence_span(self, sentence: Sentence) -> Span:
        """The original text of a sentence."""
        return self.span(sentence.start, sentence.end - 1)


def pieces_of(document: Document) -> list[Piece]:
    """The blocks of a text that are worth reading, long ones in pieces; none where all is boilerplate, or no prose."""
    left_out = set(dense_pieces(document.text))
    return [piece for piece in _all_pieces(document.text) if (piece[0].start, piece[0].end) not in left_out]


def length(text: str) -> int:
    """How many words and marks a text has, rows of marks that are no prose aside: reading it takes time by them.

    >>> length("Er ging. 2.000 Menschen kamen." + "!" * 500)
    9
    """
    return sum(1 for start, end in _prose(text) for _ in _WORD_OR_MARK.finditer(text, start, end))


def split_words(pieces: Iterable[Piece], nlp: Language) -> list[Doc]:
    """The words of each piece, unparsed."""
    return [nlp.make_doc(text) for _, text, _ in pieces]


def split_full_stops(docs: Iterable[Doc]) -> list[Doc]:
    """Sentence-final full stops: the same with each as a token of its own, see `full_stops`."""
    return [_with_full_stops_apart(doc) for doc in docs]


def part_sentences(docs: Iterable[Doc]) -> list[Doc]:
    """Sentence starts: the same with a new sentence behind each full stop, see `_with_sentence_starts`."""
    return [_with_sentence_starts(doc) for doc in docs]


def bound_sentences(docs: Iterable[Doc]) -> list[Doc]:
    """Overlong sentences: the same with each cut that has more words than any real one, see `sentence_cuts`."""
    return [_with_sentence_cuts(doc) for doc in docs]


def parse(docs: Iterable[Doc], nlp: Language) -> list[Doc]:
    """Tags, trees and entities, as the pipeline gives them; short offices ("GF Kern") are read in full.

    Short pieces in a row, as lines of a list, are read at once: each alone would cost as much as three sentences do.
    """
    return [
        doc
        for batch in _batches(docs)
        for rows, read in _read_at_once(list(_rows(batch)), nlp)
        for doc in _parted(rows, read)
    ]


def _rows(docs: Sequence[Doc]) -> Iterator[list[Doc]]:
    """The Docs, those in a row that are short together."""
    for short, group in groupby(docs, lambda doc: len(doc) <= _SHORT):
        row = list(group)
        yield from [row] if short else ([doc] for doc in row)


def _read_at_once(rows: Sequence[list[Doc]], nlp: Language) -> Iterator[tuple[list[Doc], Doc]]:
    """The rows, each with what the pipeline makes of it as one text in which every Doc begins a sentence."""
    from spacy.tokens import Doc

    texts = []
    for row in rows:
        # spaCy's types lack `exclude`.
        whole = (
            row[0] if len(row) == 1 else cast(Any, Doc).from_docs(row, ensure_whitespace=True, exclude=["user_data"])
        )
        for end in accumulate(map(len, row[:-1])):
            whole[end].is_sent_start = True
        texts.append(_in_full(whole))
    return zip(rows, nlp.pipe(texts), strict=True)


def _parted(row: Sequence[Doc], read: Doc) -> Iterator[Doc]:
    """The Docs of a row with what was read of them as one; no name goes over the end of one."""
    values: Any = read.to_array(list(_READ)) if row[0] is not read else None
    for doc, end in zip(row, accumulate(map(len, row)), strict=True):
        if values is not None:
            own = values[end - len(doc) : end]
            if own[0, _IOB] == _INSIDE:
                own[0, _IOB] = _BEGINS
            doc.from_array(list(_READ), own)
            if len(read.tensor):
                doc.tensor = read.tensor[end - len(doc) : end]
        yield doc


def _in_full(doc: Doc) -> Doc:
    """The Doc, unparsed, with its short offices in full, see `offices_in_full`; the same one where it has none."""
    from spacy.tokens import Doc

    words = [token.text for token in doc]
    full = offices_in_full(words)
    if full == words:
        return doc
    mended = Doc(doc.vocab, words=full, spaces=[bool(token.whitespace_) for token in doc])
    for token, own in zip(mended, doc, strict=True):
        token.norm_ = own.norm_ if token.text == own.text else token.text
        if own.is_sent_start:
            token.is_sent_start = True
    return mended


# What a parser sets of a word.
_READ: Any = ("HEAD", "DEP", "TAG", "POS", "MORPH", "LEMMA", "ENT_IOB", "ENT_TYPE")
_IOB = _READ.index("ENT_IOB")
_INSIDE, _BEGINS = 1, 3  # of a name, as spaCy counts


def join(pieces: Sequence[Piece], docs: Sequence[Doc]) -> tuple[Doc, tuple[int, ...], tuple[int, ...], Blocks]:
    """The pieces as one Doc, with the start and the end of each token in the document, and the blocks."""
    from spacy.tokens import Doc

    starts: list[int] = []
    ends: list[int] = []
    ranges: list[tuple[Block, int, int]] = []
    for doc, (block, _, places) in zip(docs, pieces, strict=True):
        ranges.append((block, len(starts), len(starts) + len(doc)))
        starts += [places[token.idx] for token in doc]
        ends += [places[token.idx + len(token) - 1] + 1 for token in doc]
    # spaCy's types lack `exclude`.
    whole: Doc | None = cast(Any, Doc).from_docs(list(docs), ensure_whitespace=True, exclude=["user_data"])
    assert whole is not None
    return whole, tuple(starts), tuple(ends), tuple(ranges)


def in_ud(doc: Doc) -> Doc:
    """The Doc with a UD tree; one whose labels are UD already is the same."""
    return to_ud(doc) if is_tiger(doc) else doc


def reading_of(
    document: Document, tree: Doc, starts: tuple[int, ...], ends: tuple[int, ...], blocks: Blocks
) -> Reading:
    """A document with its mended tree, with the heads of its clauses and the places where times may be named."""
    heads = frozenset(token.i for token in tree if heads_clause(token))
    words = tuple(token.text for token in tree)
    return Reading(document, tree, starts, ends, blocks, tuple(may_name_times(document.text)), heads, words)


def dense_pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the pieces are that are left out of a text with more words and marks than a long chapter, for they
    are no prose, and take as long to read.
    """
    if len(text) >= _CROWDED and length(text) >= _CROWDED:
        yield from ((piece.start, piece.end) for piece, words, _ in _all_pieces(text) if _is_dense(words))


def _all_pieces(text: str) -> Iterator[Piece]:
    """Yield the blocks of a text, long ones in pieces, with the words to parse and the offset of each character."""
    for block in find_blocks(text):
        words, places = clean(text, block.start, block.end)
        if not words.strip():
            continue
        for start, end in ((at + start, at + end) for at, to in _prose(words) for start, end in cut(words[at:to])):
            piece = replace(block, start=places[start], end=places[end - 1] + 1)
            yield piece, words[start:end], places[start:end]


def _is_dense(words: str) -> bool:
    """No prose: whether many words and marks are hardly longer than a letter each: "a,b,c,", a table of results.

    >>> _is_dense("3:1, 2:0, 1:1 " * 50), _is_dense("Er ging. Sie kam. " * 50)
    (True, False)
    """
    found = _WORD_OR_MARK.findall(words)
    return len(found) > _MOST_MARKS and sum(map(len, found)) < 1.8 * len(found)


def _prose(words: str) -> Iterator[tuple[int, int]]:
    """No prose: yield the offsets of what is left of a block without its long rows of marks and its endless words.

    A hundred quotation marks are left out as boilerplate is, but for the first one where it ends a sentence; and so is
    an encoded picture.

    >>> text = f"Er ging.{'„“' * 70} Sie blieb!{'!' * 200} {'- ' * 150} data:image/png;base64,{'iVBORw0K' * 90} Er kam."
    >>> [text[start:end] for start, end in _prose(text)]
    ['Er ging.', 'Sie blieb!', 'Er kam.']
    """
    for start, end in _between(words, _NO_PROSE, 0, len(words)):
        yield from _between(words, _OVERLONG_WORD, start, end)


def _between(words: str, left_out: re.Pattern[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the offsets of what stands between that which is left out, with the mark that ends its sentence."""
    for found in left_out.finditer(words, start, end):
        before = words[start : found.start() + (found[0][0] in ".!?…")]
        if kept := before.strip():
            at = start + before.index(kept[0])
            yield at, at + len(kept)
        start = found.end()
    if rest := words[start:end].strip():
        at = words.index(rest[0], start)
        yield at, at + len(rest)


def cut(text: str, longest: int = _LONGEST_PIECE) -> Iterator[tuple[int, int]]:
    """Yield the offsets of pieces no longer than `longest`, cut after a sentence, else at a blank, else anywhere.

    >>> text = "Link warnt. Huawei schweigt. Was nun geschieht"
    >>> [text[start:end] for start, end in cut(text, 32)]
    ['Link warnt. Huawei schweigt.', 'Was nun geschieht']
    >>> [text[start:end] for start, end in cut(text, 12)]
    ['Link warnt.', 'Huawei', 'schweigt.', 'Was nun', 'geschieht']
    """
    start = 0
    while start < len(text):
        end = _piece_end(text, start, longest)
        yield start, end
        start = end + (text[end : end + 1] == " ")


def _piece_end(text: str, start: int, longest: int) -> int:
    """Where the piece that begins at `start` ends: behind its last sentence, else at its last blank, else anywhere."""
    if len(text) - start <= longest:
        return len(text)
    window = start + longest + 1
    ends = list(sentence_ends(text, start, window))
    end = ends[-1] if ends else text.rfind(" ", start + 1, window)
    return end if end > start else start + longest


def _with_full_stops_apart(doc: Doc) -> Doc:
    """The Doc, unparsed, with the full stops that end a sentence as tokens of their own: "AfD." → "AfD", "." """
    from spacy.tokens import Doc

    glued = frozenset(full_stops([token.text for token in doc]))
    if not glued:
        return doc
    words: list[str] = []
    spaces: list[bool] = []
    norms: list[str] = []
    for token in doc:
        cut_off = token.i in glued
        words += [token.text[:-1], "."] if cut_off else [token.text]
        spaces += [False, bool(token.whitespace_)] if cut_off else [bool(token.whitespace_)]
        norms += ["", ""] if cut_off else [token.norm_]
    mended = Doc(doc.vocab, words=words, spaces=spaces)
    for token, norm in zip(mended, norms, strict=True):
        if norm:
            token.norm_ = norm  # what the tokenizer's exceptions say "z.B." stands for
    return mended


_STOPS = frozenset({".", "?", "!"})
_PAUSES = _STOPS | {"…", ":", ";"}
_DASHES = frozenset({"–", "—", "-"})


def _with_sentence_starts(doc: Doc) -> Doc:
    """Sentence start: the Doc, unparsed, with a new one behind each token ".", "?" or "!" that precedes a capital.

    Closing quotation marks and a dash may stand between: "Danke. – Wir zahlen." A parser that was trained on newspapers
    lets a dash or a word without a verb run on into the next sentence.
    """
    for token in doc[1:-1] if len(doc) > 2 else ():
        if token.text in _STOPS and token.nbor(-1).text not in _STOPS:
            following = token.nbor()
            while following.text in AFTER_STOPS and not following.nbor(-1).whitespace_ and following.i + 1 < len(doc):
                following = following.nbor()  # "Das mache ich nicht.“ Gegen den Sohn läuft …"
            if following.text in _DASHES and following.i + 1 < len(doc):
                opens = following.nbor().text[:1].isupper()
            else:
                opens = following.text[:1].isupper()
            if opens:
                following.is_sent_start = True
    return doc


def _with_sentence_cuts(doc: Doc) -> Doc:
    """Overlong sentences: the Doc, unparsed, with new starts in what is no real sentence: 2,000 names in a row."""
    words = [token.text for token in doc]
    starts = [0, *(token.i for token in doc[1:] if token.is_sent_start), len(doc)]
    for start, end in pairwise(starts):
        for i in sentence_cuts(words[start:end]):
            doc[start + i].is_sent_start = True
    return doc


def sentence_cuts(words: Sequence[str], longest: int = _LONGEST_SENTENCE) -> Iterator[int]:
    """Yield where a run of words is cut into sentences: behind a full stop or colon, else a comma, else anywhere.

    >>> list(sentence_cuts("Anna , Benno und Karla , dazu Dora kamen".split(), 7))
    [6]
    >>> list(sentence_cuts(["und"] * 8, 3))
    [3, 6]
    """
    start = 0
    while len(words) - start > longest:
        window = range(start + longest, start, -1)
        places = (next((i for i in window if words[i - 1] in marks), 0) for marks in (_PAUSES, ","))
        start = next(filter(None, places), start + longest)
        yield start


def _batches(docs: Iterable[Doc]) -> Iterator[list[Doc]]:
    """Docs to be parsed at once, so that memory goes by the longest of them and not by all."""
    batch: list[Doc] = []
    size = 0
    for doc in docs:
        if batch and size + len(doc) > _LARGEST_BATCH:
            yield batch
            batch, size = [], 0
        batch.append(doc)
        size += len(doc)
    if batch:
        yield batch
