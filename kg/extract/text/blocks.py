"""The blocks of a news text that are worth reading: paragraphs, headings and items, without what stands around them.

„Auch interessant“, "Foto: Kolumna/dpa" and "[Jetzt anmelden!]" are no part of the article; a bullet is no part of
its item; 'Ina Krause:' on a line of its own says who speaks below. Blocks never overlap, come in the order of the
text, and point into it: `text[block.start:block.end]` starts and ends with something to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from kg.extract.text.boilerplate import credit, dateline, furniture, is_teaser
from kg.extract.text.cleaning import clean, trim
from kg.extract.text.marks import CLOSING, SPEECH_MARKS
from kg.extract.text.turns import goes_on, is_speech, line_label, speech_end, speeches, stays_open, turns
from kg.language.acronyms import ends_in_abbreviation
from kg.language.name_words import LEGAL_FORMS
from kg.language.nouns import noun_type

__all__ = ["Block", "clean", "find_blocks"]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document that is parsed on its own.

    `kind` is "heading", "paragraph" or "item". `speaker` is the span of the name in 'Krause: „…“' or in a line
    'Ina Krause:' above the block; None when nobody is introduced that way.
    """

    start: int
    end: int
    kind: str
    speaker: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its bullet. `kind`: "blank", "text", "item", "heading" (Markdown) or a kind of furniture."""

    start: int
    end: int
    plain: str
    kind: str

    @property
    def read(self) -> bool:
        """Whether the line is part of the article."""
        return self.kind in ("text", "item", "heading")

    @property
    def final(self) -> bool:
        """Whether the line ends like a sentence, quotation marks and brackets aside."""
        return _last_mark(self.plain) in tuple(".!?…:")


def _last_mark(text: str) -> str:
    """The last character of a text, quotation marks, brackets and emphasis aside; "" for none."""
    return text.rstrip(f"{CLOSING}*_ ")[-1:]


def find_blocks(text: str) -> Iterator[Block]:
    """Yield what is to be read of a text, in its order.

    >>> text = '''Brücke wird saniert
    ...
    ... Die Stadt saniert die Brücke. Krause: „Wir fangen im Mai an.“
    ... Foto: Kolumna
    ...
    ... Auch interessant
    ...
    ... • Die Kosten stehen noch nicht fest.'''
    >>> for block in find_blocks(text):
    ...     print(block.kind, text[block.start : block.end], block.speaker and text[slice(*block.speaker)])
    heading Brücke wird saniert None
    paragraph Die Stadt saniert die Brücke. None
    paragraph „Wir fangen im Mai an.“ Krause
    item Die Kosten stehen noch nicht fest. None
    """
    lines = _without_leftovers(list(_lines(text)))
    pieces = _headings(text, list(_joined(text, lines)))
    for block in _with_speakers(text, pieces):
        if any(map(str.isalpha, text[block.start : block.end])):  # behind "Krause: „" nothing may be left to read
            yield block


_LINE = re.compile("[^\r\n\v\f\x85\u2028\u2029]*(\r\n|[\r\n\v\f\x85\u2028\u2029]|$)")
_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(?:(?:[\w-]+:|[ \t]+|-[ \t])[^\r\n]*\r?\n)+---[ \t]*(?:\r?\n|$)")

_BULLET = re.compile(
    r"(?:[•‣◦▪▫■□●○∙·⁃✓✔❖♦➢*+–—-]|\d{1,2}\)|\(?[a-z]\)|\(\d{1,2}\)|[☀-➿\U0001f000-\U0001faff]\ufe0f?)\s+"
)
_DASH_BELOW = re.compile(r"[^\S\n]*\n[^\S\n]*[–—-]\s")
_NUMBER = re.compile(r"(\d{1,2})\.\s+")
_HASHES = re.compile(r"#{1,6}\s+")
_QUOTE_MARK = re.compile(r">\s+(?!>)")
# ">> Hintergrund": the heading of a box or a link, no sentence; ">> Die Stadt prüft das." is one.
_BOX = re.compile(r"(?:>>+|»»+|[►▶▸▹➤➔→⇒➡☞👉]\ufe0f?|\+\+\+|\*\*\*+(?=\s))\s*")


def _lines(text: str) -> Iterator[_Line]:
    """Cut a text into lines, without the white space, bullets and marks around them."""
    numbers = {int(match[1]) for match in re.finditer(r"^[^\S\n]*(\d{1,2})\.\s", text, re.MULTILINE)}
    matter = _FRONT_MATTER.match(text)
    previous: _Line | None = None
    for match in _LINE.finditer(text, matter.end() if matter else 0):
        start, end = trim(text, match.start(), match.end())
        previous = _line(text, start, end, numbers, previous)
        yield previous
        if match[1] in ("\f", "\u2029"):
            previous = _Line(end, end, "", "blank")
            yield previous
        if match.end() == len(text):
            return


def _line(text: str, start: int, end: int, numbers: set[int], previous: _Line | None) -> _Line:
    """A line without quote mark, bullet, hashes, dateline and credit, with its kind.

    "> • Ina Krause zögert." is an item; a box mark before what is no sentence (">> Hintergrund") makes it "other".
    """
    if start == end:
        return _Line(start, end, "", "blank")
    if quote := _QUOTE_MARK.match(text, start, end):
        start = quote.end()
    box, hashes = _BOX.match(text, start, end), _HASHES.match(text, start, end)
    bullet = _bullet(text, start, end, numbers, previous)
    mark = box or hashes or bullet
    start, end = trim(text, mark.end() if mark else start, end)
    kind = "item" if box or bullet else "heading" if hashes else "text"
    plain, offsets = clean(text, start, end)
    line = _Line(start, end, plain, kind)
    if found := furniture(plain):
        return replace(line, kind=found)
    if box and not line.final:
        return replace(line, kind="other")
    if place := dateline(plain):
        start, end = trim(text, offsets[place], end)
        plain, offsets = clean(text, start, end)
        line = _Line(start, end, plain, kind)
    if cut := credit(plain):
        start, end = trim(text, start, offsets[cut])
        return _Line(start, end, plain[:cut], kind)
    return line


def _bullet(text: str, start: int, end: int, numbers: set[int], previous: _Line | None) -> re.Match[str] | None:
    """The bullet or number at the start of a line.

    "12. Mai" is no number 12 unless there is an 11 or a 13; a single dash below a line that has not ended goes on
    with it: "Die Brücke ist gesperrt⏎– und zwar lange."
    """
    if number := _NUMBER.match(text, start, end):
        return number if {int(number[1]) - 1, int(number[1]) + 1} & numbers else None
    bullet = _BULLET.match(text, start, end)
    inside = previous is not None and previous.kind == "text" and not previous.final
    if bullet and inside and bullet[0][0] in "–—-" and text[bullet.end()].islower():
        return bullet if _DASH_BELOW.match(text, end) else None
    return bullet


def _without_leftovers(lines: Sequence[_Line]) -> list[_Line]:
    """Furniture told by its neighbours: lines below a teaser without a headline, and repetitions, become "other".

    Below such a teaser unfinished lines are headlines, behind a blank line only items; an unfinished line that repeats
    the teaser or caption beside it is the alt text of its picture. "Mehr zum Thema:⏎Neuer Turm für Neustadt"
    """
    kept = list(lines)
    headlines: tuple[str, ...] = ()  # the kinds of lines that may be headlines here
    for i, (before, line) in enumerate(pairwise(lines), 1):
        if before.kind == "teaser" and is_teaser(before.plain):
            headlines = ("text", "item", "heading")
        if line.kind == "blank":
            headlines = headlines and ("item",)
        elif line.final or line.kind not in headlines:
            headlines = ()
        if (headlines and line.read) or (not line.final and _repeats(line, before)):
            kept[i] = replace(line, kind="other")
        if not before.final and _repeats(before, line):
            kept[i - 1] = replace(before, kind="other")
    return _without_tail(kept)


def _repeats(line: _Line, furniture_line: _Line) -> bool:
    """Whether a line to be read has three of five words, three at least, from the teaser or caption beside it."""
    if not line.read or furniture_line.kind not in ("teaser", "caption"):
        return False
    words, others = (set(re.findall(r"\w{3,}", each.plain.lower())) for each in (line, furniture_line))
    return len(words & others) >= max(3, 0.6 * len(words))


def _without_tail(lines: list[_Line]) -> list[_Line]:
    """Furniture at the end: behind a teaser after the last sentence, all lines become "other".

    "Auch interessant⏎⏎Neue Brücke"; a text without any sentence is left as it is.
    """
    last = max((i for i, line in enumerate(lines) if line.read and line.final), default=len(lines))
    teaser = next((i for i in range(last, len(lines)) if lines[i].kind == "teaser"), len(lines))
    return [replace(line, kind="other") if i > teaser and line.read else line for i, line in enumerate(lines)]


# A line that ends in one of these goes on in the next; prepositions that are verb particles as well
# ("Stadt lehnt Plan ab") are left out.
_OPEN_WORDS = frozenset(
    "der die das den dem des eine einen einem einer eines seine seinen seinem seiner ihre ihren ihrem ihrer und oder "
    "sowie vom zum zur im am beim ins ans von für gegen seit wegen als dass weil wenn sondern aber bzw".split()
)

# A full stop that ends no sentence: "am 12.⏎Mai".
_DAY_OF_MONTH = re.compile(r"\b\d{1,2}\.$")
_MONTH = re.compile(r"(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)[a-zä]*\b\.?")

# Wider than this, lines are paragraphs; e-mails wrap at 72, newspapers' text exports at 80 to 120.
_NARROWEST, _WIDEST = 30, 140


def _joined(text: str, lines: Sequence[_Line]) -> Iterator[tuple[Block, int]]:
    """Hard wrapping: yield each run of lines that go on with one another as a block, with the number of its lines."""
    width = _wrap_width(lines)
    run: list[_Line] = []
    for line in lines:
        if run and line.kind == "text" and _continues(text, run, line, width):
            run.append(line)
            continue
        if run:
            yield _block(run), len(run)
        run = [line] if line.read else []
    if run:
        yield _block(run), len(run)


def _block(run: Sequence[_Line]) -> Block:
    """The block from the first line of a run to its last one, of the kind of the first."""
    kind = run[0].kind
    return Block(run[0].start, run[-1].end, "paragraph" if kind == "text" else kind)


def _wrap_width(lines: Sequence[_Line]) -> int:
    """Hard wrapping: the longest line that goes on in lower case on the next one; 0 if at most a fifth of lines do.

    Such a line was wrapped for certain. In wrapped German every second line goes on so, on pages with menus and
    headlines hardly any.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if a.read and b.kind == "text"]
    pairs = [(a, b) for a, b in pairs if _NARROWEST <= len(a.plain) <= _WIDEST]
    broken = [len(a.plain) for a, b in pairs if b.plain[0].islower() and not a.final]
    return max(broken) if len(broken) > 0.2 * len(pairs) else 0


def _continues(text: str, run: Sequence[_Line], line: _Line, width: int) -> bool:
    """Hard wrapping: whether a line goes on with the paragraph of the lines before it; never below a heading or label.

    It does so in lower case, if either it ends like a sentence or the line before does not; behind a line that had no
    room for its first word; behind an abbreviation, a day ("am 12.⏎Mai"), an article or preposition, a comma, a hyphen
    or an open bracket or quotation; within a firm's name ("die Nordhafen⏎Hochbau GmbH"); as a quotation behind a colon.
    """
    last = run[-1]
    if last.kind == "heading" or line_label(text, last.start, last.end):
        return False
    # Behind a full stop ("ca.", "Na sowas!") lower case goes on with a sentence, not with a menu or an alt text.
    if line.plain.lstrip("–—- ")[:1].islower() and (line.final or not last.final):
        return True
    if _is_full(last.plain, line.plain.split()[0], width):
        return True
    if ends_in_abbreviation(last.plain) or (_DAY_OF_MONTH.search(last.plain) and _MONTH.match(line.plain)):
        return True
    if last.final:
        return last.plain.endswith(":") and line.plain[0] in SPEECH_MARKS
    open_word = last.plain.split()[-1]
    if _parts_firm(last.plain, line.plain):
        return True
    begin = max(run[0].start, last.end - _LONGEST_OPEN)
    return open_word in _OPEN_WORDS or last.plain[-1] in ",;-–" or _breaks_off(text[begin : last.end])


# The first line ends in an article and one word, the next begins with up to three words and a legal form.
_FIRM_BEGINS = re.compile(r"\b(?:[Dd](?:ie|er)|[Bb]ei der|[Vv]on der|[Zz]ur) ([A-ZÄÖÜ][\w-]+)$")
_FORMS = "|".join(sorted(map(re.escape, LEGAL_FORMS)))
_FIRM_ENDS = re.compile(rf"(?!D(?:ie|er|as) )(?:[A-ZÄÖÜ&][\w&-]* ){{0,3}}(?:{_FORMS})(?!\w)")


def _parts_firm(line: str, following: str) -> bool:
    """Firm over a line break: whether a line ends in an article and a word that tells no type, and the next begins with
    the rest of a name that ends in a legal form: "die Nordhafen⏎Hochbau GmbH", not "… über die Brücke⏎Falk AG baut".
    """
    begun = _FIRM_BEGINS.search(line)
    return begun is not None and not noun_type(begun[1]) and bool(_FIRM_ENDS.match(following))


def _is_full(line: str, next_word: str, width: int) -> bool:
    """Whether the next word did not fit into a line; one that is clearly wider than the text is not wrapped."""
    return len(line) + 1 + len(next_word) > width > 0 and len(line) <= width + 8


# No bracket or quotation that goes on over a line break is longer, and each line asks.
_LONGEST_OPEN = 10_000


def _breaks_off(piece: str) -> bool:
    """Whether a bracket or a quotation is open at the end."""
    return piece.count("(") > piece.count(")") or stays_open(piece, 0, len(piece))


# A heading of German news has a dozen words at most.
_LONGEST_HEADING = 120


def _headings(text: str, pieces: Sequence[tuple[Block, int]]) -> list[Block]:
    """Tell headings: a short line that ends without a full stop, in a text that has something longer."""
    longest = max((block.end - block.start for block, _ in pieces), default=0)
    return [
        replace(block, kind="heading") if size == 1 and _is_heading(text, block, longest) else block
        for block, size in pieces
    ]


def _is_heading(text: str, block: Block, longest: int) -> bool:
    """Heading: whether a paragraph is short, ends without a punctuation mark, and is not the longest of the text."""
    piece = text[block.start : block.end]
    unfinished = _last_mark(piece) not in tuple(".!?…:;,")
    return block.kind == "paragraph" and unfinished and len(piece) < longest and len(piece) <= _LONGEST_HEADING


def _with_speakers(text: str, pieces: Sequence[Block]) -> Iterator[Block]:
    """Direct speech with a name and a colon: yield the blocks, speech apart and with its speaker.

    'Krause: „…“' within a paragraph; a line 'Ina Krause:' above it, which is no block itself; turns of an interview.
    A quotation that stays open keeps its speaker in the next paragraph.
    """
    speaker: tuple[int, int] | None = None
    below_label = False
    answers = turns(text, [(piece.start, piece.end) for piece in pieces])
    for piece, following in zip_longest(pieces, pieces[1:]):
        name = line_label(text, piece.start, piece.end)
        if name and following and is_speech(text, following.start, following.end, name):
            speaker, below_label = name, True
            continue
        if piece.start in answers:
            begin, said_by = answers[piece.start]
            yield replace(piece, start=begin, speaker=said_by)
            speaker, below_label = None, False
            continue
        if piece.kind == "heading" or not (below_label or goes_on(text, piece.start, piece.end)):
            speaker = None
        last = None
        for last in _split(text, piece, speaker):
            yield last
        speaker = last.speaker if last and last.speaker and stays_open(text, last.start, last.end) else None
        below_label = False


def _split(text: str, piece: Block, speaker: tuple[int, int] | None) -> Iterator[Block]:
    """Cut a block into speech and the rest; a speaker from above has all of it, or the quotation that it opens with.

    'Das Amt schweigt. Krause: „Nein.“' → 'Das Amt schweigt.', '„Nein.“' with Krause
    """
    start = piece.start
    if speaker and text[start] in SPEECH_MARKS:
        stop = speech_end(text, start, piece.end)
        yield replace(piece, end=stop, speaker=speaker)
        start = trim(text, stop, piece.end)[0]
    elif speaker:
        yield replace(piece, speaker=speaker)
        return
    for begin, end, name in speeches(text, start, piece.end):
        yield replace(piece, start=begin, end=end, speaker=name)
