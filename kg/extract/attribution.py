"""Who says so: "…, sagt Susanne Stölting", "laut Polizei", „…“, and the Konjunktiv that goes on quoting.

A clause has a speaker when it is the complement of a verb of saying, stands in quotation marks beside one, is framed
by "so X", "laut X" or "X zufolge", or follows such a sentence in the Konjunktiv: "Der Kontakt sei beendet, sagt sie.
Ob es weitergehe, sei offen." Everything else the author says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.clauses import Clause
from kg.extract.mentions import Mentions
from kg.extract.modality import words
from kg.records import Mention

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

_OPENING, _CLOSING = '„»“"«‚', '“«”"»‘'

# Nouns that make "nach …", "laut …" a source: "nach Angaben der Polizei", "nach Ansicht von X".
_ACCOUNTS = frozenset(
    "angabe angaben ansicht meinung auffassung wort worten einschätzung darstellung bericht berichten "
    "aussage aussagen".split()
)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who a clause is quoted from: `speaker` is None when it is quoted, but nobody is named."""

    speaker: Mention | None


def find_voices(mentions: Mentions, sentences: Sequence[tuple[Sentence, Mapping[int, Clause]]]) -> dict[int, Voice]:
    """Head token of each quoted clause → its voice; clauses in the author's own voice are not in it."""
    voices: dict[int, Voice] = {}
    quotes = _Quotes(mentions, sentences)
    last: tuple[int, Voice] | None = None  # block and voice of the sentence before
    for sentence, clauses in sentences:
        block = _block(mentions, sentence)
        own = dict(_framed(mentions, sentence, clauses))
        for head, clause in clauses.items():
            voice = own.get(head) or quotes.voice(clause.verb.i)
            if voice is None and not own and last and last[0] == block and _goes_on(clause, clauses):
                voice = last[1]
            if voice is not None:
                voices[head] = voice
        _inherit(clauses, voices, own)
        spoken = [voices[head] for head in clauses if head in voices]
        spoken = spoken or [
            Voice(_speaker(mentions, c)) for c in clauses.values() if c.relation == "root" and _is_saying(c)
        ]
        last = (block, spoken[-1]) if spoken else None
    return voices


def _block(mentions: Mentions, sentence: Sentence) -> int:
    return next(n for n, (_, first, last) in enumerate(mentions.reading.blocks) if first <= sentence.start < last)


def _framed(mentions: Mentions, sentence: Sentence, clauses: Mapping[int, Clause]) -> Iterator[tuple[int, Voice]]:
    """Yield head token and voice for each clause that a frame in its own sentence covers."""
    for clause in clauses.values():
        if _is_saying(clause):
            speaker = _speaker(mentions, clause)
            for head in _said(clause, clauses):
                yield head, Voice(speaker)
    source = _source(mentions, sentence)
    if source is not None:
        for head, clause in clauses.items():
            if not _is_saying(clause) or clause.relation == "root":
                yield head, Voice(source)


def _is_saying(clause: Clause) -> bool:
    return clause.copula is None and not clause.passive and clause.lemma in words("saying") and bool(clause.subjects)


def _speaker(mentions: Mentions, clause: Clause) -> Mention:
    return mentions.of(clause.subjects[0])


def _said(frame: Clause, clauses: Mapping[int, Clause]) -> Iterator[int]:
    """The clauses that a verb of saying frames: its complements, or what it is inserted into ("…, sagt X.")."""
    verb = frame.verb
    inserted = _verb_first(frame) and (
        frame.relation in ("parataxis", "root")
        or (frame.relation == "ccomp" and not frame.mark)
        or (frame.relation == "advcl" and frame.mark in ("wie", "so"))
    )
    for head, clause in clauses.items():
        if head == verb.i:
            continue
        complement = clause.relation in ("ccomp", "parataxis", "csubj") or clause.mark in ("dass", "daß", "ob")
        around = inserted and verb.head.i == head and verb.dep_ in ("parataxis", "ccomp", "advcl", "appos", "dep")
        if around or (complement and _governor(clause, clauses) == verb.i):
            yield head


def _governor(clause: Clause, clauses: Mapping[int, Clause]) -> int | None:
    """The verb above a clause, over nouns that stand between: "erklärt auf Nachfrage, dass …" is what is explained."""
    token = clause.parent
    while token is not None and token.i not in clauses:
        token = token.head if token.head != token else None
    return token.i if token is not None else None


def _verb_first(frame: Clause) -> bool:
    """An inserted frame has its verb before its subject ("sagt Lange"), or is led by "wie"."""
    return (
        frame.mark in ("wie", "so")
        or frame.verb.i < frame.subjects[0].i
        or any(child.text.casefold() == "wie" for child in frame.verb.children)
    )


def _source(mentions: Mentions, sentence: Sentence) -> Mention | None:
    """The mention that "so X", "laut X", "X zufolge" or "nach Angaben von X" names, None without such a frame."""
    for token in sentence:
        word = token.text.casefold()
        if (
            word == "so"
            and token.i > sentence.start
            and sentence.doc[token.i - 1].text in (",", "“", "«", "”", '"', "»")
        ):
            found = _mention_at(mentions, token.i + 1, sentence.end, names_only=True)
        elif word == "laut":
            found = _mention_at(mentions, token.i + 1, sentence.end)
        elif word == "zufolge":
            found = mentions.of(token.head) if token.head != token else None
        elif word == "nach" and _leads_to_account(token, sentence):
            found = _attribute(mentions, token, sentence)
        else:
            continue
        if found is not None:
            return found
    return None


def _mention_at(mentions: Mentions, i: int, end: int, names_only: bool = False) -> Mention | None:
    """The mention that starts at token `i`, past its article and title."""
    doc = mentions.reading.doc
    first = i
    while i < end:
        name = mentions.by_token.get(i) or mentions.titles.get(i)
        if name is not None:
            return mentions.named(name)
        if doc[i].pos_ == "NOUN" and i not in mentions.titles:
            if names_only and i + 1 < end and doc[i + 1].text not in (",", ".", "“", "«", ":"):
                i += 1
                continue
            return mentions.of(doc[i]) if not names_only or i > first else None
        if doc[i].pos_ not in ("DET", "ADJ", "PROPN", "NOUN", "ADP"):
            return None
        i += 1
    return None


def _leads_to_account(token: Token, sentence: Sentence) -> bool:
    following = [t.text.casefold() for t in sentence.doc[token.i + 1 : min(token.i + 4, sentence.end)]]
    return any(word in _ACCOUNTS for word in following[:3])


def _attribute(mentions: Mentions, token: Token, sentence: Sentence) -> Mention | None:
    """Whose account it is: the genitive or von-phrase after "nach Angaben", "nach Ansicht"."""
    doc = mentions.reading.doc
    i = next(j for j in range(token.i + 1, sentence.end) if doc[j].text.casefold() in _ACCOUNTS) + 1
    if i < sentence.end and (doc[i].pos_ in ("DET", "ADP", "PROPN") or i in mentions.by_token):
        return _mention_at(mentions, i, sentence.end)
    return None


def _goes_on(clause: Clause, clauses: Mapping[int, Clause]) -> bool:
    """Whether a clause goes on quoting the sentence before: its main clause is in the Konjunktiv, and nobody speaks.

    The sentence before quotes somebody, or only tells that somebody spoke: "Weidenfeld warnte vor Risiken: In China
    herrsche ein anderes System."
    """
    top = clause
    while top.parent is not None and top.parent.i in clauses and clauses[top.parent.i] is not top:
        top = clauses[top.parent.i]
    return top.mood == "Sub" and not _is_saying(top)


def _inherit(clauses: Mapping[int, Clause], voices: dict[int, Voice], own: Mapping[int, Voice]) -> None:
    """What hangs on a quoted clause is quoted with it; a frame itself stays the author's."""
    frames = {clause.verb.i for clause in clauses.values() if _is_saying(clause) and clause.verb.i not in own}
    for head, clause in clauses.items():
        parent = clause.parent.i if clause.parent is not None else None
        if head not in voices and head not in frames and parent in voices:
            voices[head] = voices[parent]
        elif head not in voices and clause.verb.dep_ == "conj" and clause.verb.head.i in own and not _is_saying(clause):
            voices[head] = own[clause.verb.head.i]


class _Quotes:
    """Stretches in quotation marks, and who speaks there: the frame that touches them, or the name before the colon."""

    def __init__(self, mentions: Mentions, sentences: Sequence[tuple[Sentence, Mapping[int, Clause]]]) -> None:
        self._voices: list[tuple[int, int, Voice]] = []
        for block, first, last in mentions.reading.blocks:
            labelled = mentions.at(*block.speaker) if block.speaker else None
            for start, end in _stretches(mentions, first, last, whole=labelled is not None):
                speaker = labelled or _frame_beside(mentions, start, end, sentences)
                self._voices.append((start, end, Voice(speaker)))

    def voice(self, token: int) -> Voice | None:
        return next((voice for start, end, voice in self._voices if start <= token < end), None)


def _stretches(mentions: Mentions, first: int, last: int, *, whole: bool) -> Iterator[tuple[int, int]]:
    """Token ranges in quotation marks that hold a finite verb; of a labelled block, all up to where the quote ends."""
    doc, start = mentions.reading.doc, None
    if whole:
        start = first
    for i in range(first, last):
        text = doc[i].text
        if start is None and text in _OPENING:
            start = i
        elif start is not None and text in _CLOSING and i > start:
            if any(t.pos_ in ("VERB", "AUX") and ("Fin" in t.morph.get("VerbForm")) for t in doc[start:i]):
                yield start, i + 1
            start = None
    if (start is not None and doc[start].text in "„»") or (whole and start is not None):
        yield start, last


def _frame_beside(
    mentions: Mentions, start: int, end: int, sentences: Sequence[tuple[Sentence, Mapping[int, Clause]]]
) -> Mention | None:
    """The speaker named in a sentence that the quotation begins or ends in, outside its marks."""
    for sentence, clauses in sentences:
        if sentence.end <= start - 1 or sentence.start > end:
            continue
        for clause in clauses.values():
            if _is_saying(clause) and not start <= clause.verb.i < end and not start <= clause.subjects[0].i < end:
                return _speaker(mentions, clause)
        source = _source(mentions, sentence)
        if source is not None:
            return source
    return None
