"""Who speaks before a colon: 'Krause: „Wir bauen um.“' and 'Das Motto: „Mehr Grün“' look alike and are not.

There is no model at this point, only shape: a name is a run of up to four capitalised words with its particles
("Karla von der Heide"), perhaps behind a title or role noun. An article before it, a common noun, or an adverb that
is capitalised because it opens a sentence makes it none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from kg.extract.text.boilerplate import phrases
from kg.extract.text.cleaning import trim
from kg.extract.text.marks import CLOSING
from kg.language.acronyms import TITLES
from kg.language.nouns import noun_type
from kg.language.verbs import words

_MARKS = re.compile('[„“”"»«‚‘‹›]')

# Colon and quotation, perhaps with a party or an age between ('Krause (SPD): „…“') and Markdown around them.
_COLON = re.compile(r"(?<![^\S\r\n])[^\S\r\n]*+(?:\([^()\r\n]{1,60}\)[^\S\r\n]*)?:[*_]{0,3}\s*(?=[„“\"»«‚‹›])")
_TURN = re.compile(
    r"[*_]{0,3}(?P<label>[^:()\r\n„“\"]{2,60}?)\s*(?:\([^()]{1,60}\)\s*)?:[*_]{0,3}\s+(?=[^\s„“\"»«‚‹›])"
)
_LABEL_LINE = re.compile(r"(?P<label>[^:()]+?)\s*(?:\([^()]{1,60}\)\s*)?:[*_]{0,3}")

_PARTICLES = frozenset("von vom zu zum zur der den de da di del dos du van ter ten le la al el bin ibn".split())
_NO_FIRST_WORD = frozenset(
    "der die das den dem des ein eine einen einem einer eines kein keine mein meine dein deine sein seine ihr ihre "
    "unser unsere euer eure dieser diese dieses jener jene jenes jeder jede jedes alle viele manche einige welche "
    "welcher welches was wer wie wo wann warum er sie es wir ich man und oder aber doch denn auch so nur noch schon "
    "da hier dort dann nun in im an am auf aus bei mit nach vor zu zum zur".split()
)
_TITLE = re.compile(rf"(?:{'|'.join(sorted(TITLES))}|[A-ZÄÖÜ])\.|Herr|Frau")

# Abstract nouns by their ending; a surname with such an ending ("Hartung") must occur behind a first name as well.
_ABSTRACT = re.compile(r"(?:ung|heit|keit|schaft|tion|tät|ismus|nis)(?:en|se|s)?$")

_FIRST_PERSON = re.compile(r"\b(?:ich|wir|mir|mich|uns|mein|meine[rnms]?|unser|unsere[rnms]?)\b", re.IGNORECASE)

_LONGEST_NAME = 4  # words without particles: "Karl Theodor Maria Krause"
# A longer line is no name and colon; the bound also keeps patterns from going back and forth over a long one.
_LONGEST_LABEL = 80


class Label(NamedTuple):
    """A run before a colon ("Bürgermeisterin Ina Krause"): where it starts, and the span of the name in it."""

    start: int
    name: tuple[int, int]


def speeches(text: str, start: int, end: int) -> Iterator[tuple[int, int, tuple[int, int] | None]]:
    """Direct speech within a paragraph: cut it where a name and a colon introduce a quotation that is a sentence.

    Yield start and end of each piece, and the span of the speaker or None. A label with a role noun is a piece, too.

    >>> text = "Das Amt schweigt. Krause: „Wir bauen um.“ Die Stadt prüft das."
    >>> [(text[s:e], who and text[slice(*who)]) for s, e, who in speeches(text, 0, len(text))]
    [('Das Amt schweigt.', None), ('„Wir bauen um.“', 'Krause'), ('Die Stadt prüft das.', None)]
    """
    position = start
    for colon in _COLON.finditer(text, start, end):
        label = label_before(text, position, colon.start()) if colon.start() >= position else None
        if label is None or not _says_something(text, colon.end(), end):
            continue
        if any(char.isalnum() for char in text[position : label.start]):
            yield *trim(text, position, label.start), None
        if any(_is_role(word) and not _TITLE.fullmatch(word) for word in text[label.start : label.name[0]].split()):
            yield label.start, label.name[1], None  # "Bürgermeisterin Ina Krause" says what she is
        position = speech_end(text, colon.end(), end)
        yield *trim(text, colon.end(), position), label.name
    position, end = trim(text, position, end)
    if position < end:
        yield position, end, None


def line_label(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Label line: the name in a line that is nothing but a name and a colon, perhaps with a party between.

    >>> line_label("Ina Krause (Stadtwerke):", 0, 24), line_label("Unsere Ziele:", 0, 13)
    ((0, 10), None)
    """
    match = _LABEL_LINE.fullmatch(text, start, end) if end - start <= _LONGEST_LABEL else None
    label = label_before(text, *match.span("label")) if match else None
    return label.name if label and not any(char.isalnum() for char in text[start : label.start]) else None


def turns(text: str, paragraphs: Sequence[tuple[int, int]]) -> dict[int, tuple[int, tuple[int, int]]]:
    """Interview without quotation marks: start of a paragraph → start of its speech, and the span of the name.

    The name and a colon open two paragraphs at least, and some paragraph ends in a question mark; "Berlin: Heute wird
    gebaut." alone is none.

    >>> text = "Wer baut?\\n\\nKrause: Wir.\\n\\nUnd wann?\\n\\nKrause: Bald."
    >>> turns(text, [(0, 9), (11, 23), (25, 34), (36, 49)])
    {11: (19, (11, 17)), 36: (44, (36, 42))}
    """
    found = {}
    for start, end in paragraphs:
        match = _TURN.match(text, start, min(end, start + _LONGEST_LABEL))
        label = label_before(text, start, match.end("label")) if match else None
        if match and label and not any(char.isalnum() for char in text[start : label.start]):
            found[start] = match.end(), label.name
    counts = Counter(text[slice(*name)].casefold() for _, name in found.values())
    asked = any(text[start:end].rstrip('“”"»*_ ').endswith("?") for start, end in paragraphs)
    return {start: turn for start, turn in found.items() if asked and counts[text[slice(*turn[1])].casefold()] > 1}


def is_speech(text: str, start: int, end: int, name: tuple[int, int]) -> bool:
    """Speech below a label line: whether a paragraph is what the name above it says.

    It opens with a quotation mark or closes a quotation that it did not open; or it has a pronoun of the first person,
    and the name has two words and occurs elsewhere in the text ("Ina Krause:", not "Weitere Pläne:").
    """
    if goes_on(text, start, end):
        return True
    known = text.count(text[slice(*name)]) > 1 and " " in text[slice(*name)]
    return known and bool(_FIRST_PERSON.search(text, start, end))


def label_before(text: str, start: int, end: int) -> Label | None:
    """Label before a colon: the capitalised run that ends at `end` and opens a sentence, None if it holds no name.

    One adverb may stand behind the name: "Ina Krause hierzu".

    >>> label_before("Bürgermeisterin Ina Krause: „Wir bauen um.“", 0, 26)
    Label(start=0, name=(16, 26))
    >>> label_before("Das Motto: „Mehr Grün“", 0, 9)
    """
    near = max(start, end - _LONGEST_LABEL)
    tokens = list(re.compile(r"[^\s*]+").finditer(text, near, end))
    if len(tokens) > 1 and tokens[-1][0] in words("behind_speakers"):
        tokens.pop()
    run: list[re.Match[str]] = []
    while tokens and _in_name(tokens[-1][0]):
        run.insert(0, tokens.pop())
    opens_sentence = _ends_sentence(tokens[-1][0]) if tokens else near == start
    size = _name_size([token[0] for token in run], text) if run and opens_sentence else 0
    return Label(run[0].start(), (run[-size].start(), run[-1].end())) if size else None


def _in_name(token: str) -> bool:
    """Whether a word can be part of a label: a title, a particle of names, or a capitalised word of letters."""
    if _TITLE.fullmatch(token) or token in _PARTICLES:
        return True
    return len(token) > 1 and token[0].isupper() and all(char.isalpha() or char in "-'’" for char in token)


def _ends_sentence(token: str) -> bool:
    """Whether a word ends a sentence; an ordinal does not: in "am 27. Oktober: …" none begins with "Oktober"."""
    bare = token.rstrip(CLOSING)
    return bare[-1:] in tuple(".!?…") and not bare[:-1].isdigit()


def _name_size(label: list[str], text: str) -> int:
    """Enge Apposition in a label: how many words at its end are the name, behind titles and role nouns; 0 for none.

    An article or another word that begins no name must have a role noun and a name behind it; a name has one to four
    words without particles. "Dazu" or "Zitat" before it is none of it.
    "Der Ökonom Karl Krause", "So Karl Krause" → 2; "Die Botschaft", "Der Ökonom" → 0
    """
    if len(label) > 1 and label[0].lower() in words("before_speakers"):
        label = label[1:]
    article = label[0].lower() in _NO_FIRST_WORD
    name = label[1:] if article else list(label)
    if article and not (len(name) > 1 and _is_role(name[0])):
        return 0
    while len(name) > 1 and _is_role(name[0]):
        name.pop(0)
    if not 1 <= sum(word not in _PARTICLES for word in name) <= _LONGEST_NAME or name[0] in _PARTICLES:
        return 0
    return len(name) if _can_be_name(name, text) else 0


def _is_role(word: str) -> bool:
    """Whether a word before a name is a title or a noun of persons; none in -mann, which is rather "Hermann"."""
    return bool(_TITLE.fullmatch(word)) or (noun_type(word) == "Person" and not word.endswith("mann"))


def _can_be_name(name: list[str], text: str) -> bool:
    """Whether capitalised words are a name: the last one is no listed label ("Fazit"), and no particle.

    If it ends like an abstract noun or is a noun of things, the text must have it behind a first name; one word alone
    must not occur in lower case elsewhere ("Weiter", "Konkret").
    """
    last = name[-1]
    if last.casefold() in _no_speakers() or last in _PARTICLES:
        return False
    if _ABSTRACT.search(last) or noun_type(last) in ("Product", "Agreement", "Event", "Work"):
        return _has_first_name(last, text)
    return len(name) > 1 or last.lower() not in _words(text)


@lru_cache(maxsize=1)
def _words(text: str) -> frozenset[str]:
    """The words of a text as they stand."""
    return frozenset(re.findall(r"\w+", text))


def _has_first_name(surname: str, text: str) -> bool:
    """Whether a text has a surname behind a first name: a capitalised word that is no known noun and not in -e, -en …

    "Benno Hartung", not "Neue Forschung"
    """
    before = _words_before(text).get(surname, ())
    return any(word[0].isupper() and not re.search(r"e[nmrs]?$", word) and not noun_type(word) for word in before)


_PAIR = re.compile(r"\b([^\W\d_]+)\s(?=([^\W\d_]\w*(?:[-'’]\w+)*))")


@lru_cache(maxsize=1)
def _words_before(text: str) -> dict[str, set[str]]:
    """Each word of a text, and the first part of one with a hyphen → the words that stand right before it."""
    found: dict[str, set[str]] = {}
    for word, following in _PAIR.findall(text):
        for name in {following, following.partition("-")[0]}:
            found.setdefault(name, set()).add(word)
    return found


@cache
def _no_speakers() -> frozenset[str]:
    """Labels that name no speaker: "fazit"."""
    return frozenset(phrases()["labels"])


def _says_something(text: str, start: int, end: int) -> bool:
    """Whether a quotation is a sentence, no title: it has three words, ends in a full stop, or does not end at all."""
    depth = 0
    for mark in _MARKS.finditer(text, start, end):
        opens = _opens(text, mark.start(), depth)
        depth += 1 if opens else -1
        if depth <= 0:
            quotation = text[start + 1 : mark.start()]
            return len(quotation.split()) >= 3 or quotation[-1:] in tuple(".!?…")
    return True


def speech_end(text: str, start: int, end: int) -> int:
    """Direct speech: where that with a quotation mark at `start` ends: `end`, or before the author goes on.

    The author goes on behind a quotation that ends in a full stop, if no other quotation follows at once.

    >>> speech_end("„Gut.“ „Sehr gut“, sagt er. „Nein!“ Das Amt prüft.", 0, 50)
    35
    """
    depth = 0
    for mark in _MARKS.finditer(text, start, end):
        if _opens(text, mark.start(), depth):
            depth += 1
            continue
        depth = max(0, depth - 1)
        after = mark.end()
        if depth or not {text[mark.start() - 1], text[after : after + 1]} & set(".!?…"):
            continue
        while after < end and text[after] in ".!?…":
            after += 1
        rest = trim(text, after, end)[0]
        if rest < end and not (_MARKS.match(text, rest) and _opens(text, rest, 0)):
            return after
    return end


def stays_open(text: str, start: int, end: int) -> bool:
    """Whether a quotation is still open at `end`, so that its speaker goes on in the next paragraph."""
    depth = 0
    for mark in _MARKS.finditer(text, start, end):
        depth = depth + 1 if _opens(text, mark.start(), depth) else max(0, depth - 1)
    return depth > 0


def goes_on(text: str, start: int, end: int) -> bool:
    """Whether a paragraph goes on with an open quotation: it opens with a mark, or closes one that it did not open."""
    mark = _MARKS.search(text, start, end)
    return mark is not None and (mark.start() == start or not _opens(text, mark.start(), 0))


def _opens(text: str, offset: int, depth: int) -> bool:
    """Whether the quotation mark at `offset` opens: by its form („, ‚), else by the white space around it."""
    mark = text[offset]
    if mark in "„‚":
        return True
    if mark in "“‘" and depth:
        return False
    before, after = text[offset - 1 : offset], text[offset + 1 : offset + 2]
    return (not before or before.isspace() or before in '([„»«›‚"*') and bool(after) and not after.isspace()
