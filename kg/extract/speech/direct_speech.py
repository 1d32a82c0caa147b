"""Direct speech by its place: who stands beside a quotation says it, whatever the verb: „Ja“, freute sich Krause.

A verb of saying comes first (`reporting_clauses`). Without one German marks the speaker by position: the quotation
fills the Vorfeld of the clause behind it, a main clause and a colon lead to it, or a bare name follows it in brackets
or behind a dash.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.clause.clauses import Clause
from kg.extract.names.mentions import Mentions
from kg.extract.quotes import Quotation
from kg.extract.speech.citations import cited
from kg.extract.speech.reporting_clauses import NO_SPEAKERS, is_inserted, is_saying
from kg.extract.speech.sentences import AnalysedSentence
from kg.extract.speech.source_phrases import author_of, is_in_class, mention_at
from kg.extract.text.marks import SPEECH_MARKS
from kg.extract.tree.arguments import is_finite, is_reflexive
from kg.language.nouns import is_person
from kg.language.verbs import words
from kg.ontology import AGENTS
from kg.reader.tokens import first_word
from kg.records import Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLOSING = frozenset('“”"«»‘‹')
# How a sentence goes on from a quotation before it: "„Wir bauen.“ Das sagte Krause.", "„Wir bauen.“, sagte Krause."
_REFERRING = frozenset({"das", "dies", "so", "mit", ","})
_DASHES = frozenset("–—-")


def speaker_of_quotation(mentions: Mentions, quote: Quotation, sentences: Sequence[AnalysedSentence]) -> Mention | None:
    """Speaker of a quotation: the name before its colon, else the subject of a verb of saying outside the marks.

    Asked are the sentences that the quotation touches, last the one that ends before it; one without a verb of saying
    may name the speaker by place, or a source instead, unless a clause and a colon lead to the quotation. "„Wir bauen.
    Sie kommt 2030“, sagte Krause." → Krause
    """
    if quote.label is not None:
        return mentions.at(*quote.label)
    beside = _touching(mentions, quote, sentences)
    around = [c for s in beside for c in s.clauses.values() if not quote.start <= c.verb.i < quote.end]
    placed = _placed(mentions, quote, around)
    led = placed is not None and mentions.reading.words[quote.start - 1] == ":"
    for sentence in sorted(beside, key=lambda s: s.span.end <= quote.start):
        if sentence.span.end <= quote.start and placed:
            return placed[0]
        for clause in sentence.clauses.values():
            outside = clause in around and bool(clause.subjects)
            if outside and is_saying(clause) and not quote.start <= clause.subjects[0].i < quote.end:
                return mentions.of(clause.subjects[0])
        if sentence.account is not None and sentence.account.speaker is not None and not led:
            return sentence.account.speaker
    return placed[0] if placed else None


def _touching(
    mentions: Mentions, quote: Quotation, sentences: Sequence[AnalysedSentence]
) -> Sequence[AnalysedSentence]:
    """The sentences that a quotation touches, with the one that ends before it and one behind that can name a speaker.

    See `_may_name_speaker`.
    """
    beside = [s for s in _near(quote, sentences) if s.span.end >= quote.start]
    return [s for s in beside if s.span.start < quote.end or _may_name_speaker(mentions, quote, s)]


def _near(quote: Quotation, sentences: Sequence[AnalysedSentence]) -> Sequence[AnalysedSentence]:
    """The sentences from the last one that begins before a quotation to the one that begins right behind it."""
    first = max(0, bisect_right(sentences, quote.start - 1, key=_begin) - 1)
    return sentences[first : bisect_right(sentences, quote.end, key=_begin)]


def _begin(sentence: AnalysedSentence) -> int:
    return sentence.span.start


def _may_name_speaker(mentions: Mentions, quote: Quotation, following: AnalysedSentence) -> bool:
    """Sentence behind a quotation that can name its speaker: of the same block, with a finite verb or "das" first.

    Not where a colon led to the quotation, and not where it leads to the next one with a colon of its own: "„Wir
    bauen.“ Das sagte Krause."; not "„Wir bauen.“ Die Stadt sagte: „Nein.“"
    """
    reading = mentions.reading
    end = next(last for _, first, last in reading.blocks if first <= quote.start < last)
    if following.span.start >= end or reading.words[quote.start - 1] == ":":
        return False
    colon = following.behind(-1, ":")
    leads = colon is not None and colon + 1 < end and reading.words[colon + 1] in SPEECH_MARKS
    first = following.span[0]
    return not leads and (is_finite(first) or first.text.lower() in _REFERRING)


def inquits(quotes: Sequence[Quotation], sentences: Sequence[AnalysedSentence]) -> frozenset[int]:
    """Heads of the clauses whose Vorfeld a quotation fills: they tell how it was said: "„Gut“, freute sich Krause."."""
    found = set[int]()
    for quote in quotes:  # a text may have thousands of quotations, and as many clauses far from each
        clauses = [clause for sentence in _near(quote, sentences) for clause in sentence.clauses.values()]
        found.update(c.verb.i for c in _behind_quotation(quote, clauses))
    return frozenset(found)


def only_frames(clause: Clause, roles: Sequence[str], inquit: bool) -> bool:
    """Inquit and inserted frame: whether a claim of a clause, with these `roles` and "object", tells but who speaks,
    or where, and not what: "„…“, freute sich Link", "wie die Bank in Rom mitteilte"; not "…, sagte Link der Zeitung".
    """
    if not roles:
        return inquit
    told = any(role not in ("place", "oblique", "extent") for role in roles)
    like = clause.mark == "wie" or first_word(clause.verb).text.lower() == "wie"
    frames = inquit or (is_inserted(clause) and (like or clause.relation == "parataxis"))
    return not told and clause.lemma in words("saying") and frames


def _placed(mentions: Mentions, quote: Quotation, around: Sequence[Clause]) -> tuple[Mention | None] | None:
    """The speaker that stands beside a quotation, in a tuple, which holds None where a clause there names nobody.

    „…“, steht auf dem Plakat: nobody. None where nothing stands beside it.
    """
    for clause in _behind_quotation(quote, around):
        return (next(_speaking(mentions, clause), None),)
    named = _name_behind(mentions, quote)
    if named is not None:
        return (named,)
    before = _before_colon(quote, around)
    if before is not None:
        return (next(_speaking(mentions, before), None),)
    labelled = _labelled(mentions, quote)
    return (labelled,) if labelled is not None else None


_LONGEST_LABEL = 14  # words before a colon
# How a label goes on from who speaks: "Ein Anwohner nach dem Brand", not "Anwohner gegen Investor".
_OCCASIONS = frozenset("nach zu zum zur über auf an am in im vor bei beim aus von vom".split())


def _labelled(mentions: Mentions, quote: Quotation) -> Mention | None:
    """Label of a quotation: a phrase without a verb and a colon lead to it, which begins with who speaks, or with what
    is said and by whom: "Ein Hauptkommissar nach der Festnahme: „…“", "Zitat von Schröder: „…“". None for "Das Motto:".
    """
    first, colon = _label_before(mentions, quote)
    found = mention_at(mentions, first, colon) if first < colon else None
    if found is None:
        return None
    who, last = found
    if (name := mentions.by_token.get(last + 1)) is not None and name.last < colon:
        who, last = mentions.named(name), name.last  # "Torwart Olaf Lenz zum Spiel: „…“"
    doc = mentions.reading.doc
    noun = next((t for t in doc[first : last + 1] if t.pos_ == "NOUN"), None)
    if who.form == "named":
        return who if who.type in AGENTS and _goes_on(mentions, last + 1, colon) else None
    if noun is None or not is_person(noun.text):
        return author_of(mentions, noun) if noun is not None and is_in_class(noun, "summaries") else None
    last = next((t.i - 1 for t in doc[noun.i + 1 : last + 1] if t.pos_ == "ADP"), last)
    end = mentions.reading.ends[last]  # "Ein Anwohner nach dem Brand": it is not he who is after the fire
    trimmed = replace(who, end=end, text=mentions.reading.document.text[who.start : end])
    return trimmed if _goes_on(mentions, last + 1, colon) else None


def _label_before(mentions: Mentions, quote: Quotation) -> tuple[int, int]:
    """The first token of what stands between the sentence before and the colon before a quotation, and that colon; the
    same token twice where it is no label: too long, or with a verb.
    """
    doc, colon = mentions.reading.doc, quote.start - 1
    if colon < 1 or doc[colon].text != ":":
        return 0, 0
    start = next(start for _, start, end in mentions.reading.blocks if start <= colon < end)
    first = colon
    while first > start and not (doc[first - 1].text in ".!?:;…" or doc[first - 1].text in _CLOSING):
        first -= 1
    while first < colon and doc[first].text.lower() in words("before_speakers"):
        first += 1
    whole = colon - first <= _LONGEST_LABEL and not any(map(is_finite, doc[first:colon]))
    return (first, colon) if whole else (colon, colon)


def _goes_on(mentions: Mentions, i: int, colon: int) -> bool:
    """Whether a label ends or goes on as one does from token `i` on: an occasion, an apposition, a bracket."""
    token = mentions.reading.doc[i]
    another = token.text == "," and i + 1 in mentions.by_token  # "Anna Krause, Udo Lenz: „…“"
    return i == colon or token.text.lower() in _OCCASIONS or (token.text in (",", "(") and not another)


def _behind_quotation(quote: Quotation, around: Sequence[Clause]) -> Iterator[Clause]:
    """Inquit: the clauses with a finite verb right behind the closing mark, the subject, if any, behind it.

    Any verb does, for the quotation fills its Vorfeld: "„Wir bauen“, brummte Krause". It may go on with a second
    quotation: "„Ja“, freute sich Krause, „wir bauen.“"
    """
    for clause in around:
        doc, finite = clause.verb.doc, clause.finite
        if finite is None or finite.i < 2 or any(subject.i < finite.i for subject in clause.subjects[:1]):
            continue
        mark = finite.i - (2 if doc[finite.i - 1].text == "," else 1)
        between = doc[finite.i : quote.start] if finite.i < quote.start else None
        goes_on = between is not None and not any(t.text in ".!?:;" or t.text in _CLOSING for t in between)
        if doc[mark].text in _CLOSING and (mark == quote.end - 1 or (goes_on and finite.sent == doc[quote.start].sent)):
            yield clause


def _before_colon(quote: Quotation, around: Sequence[Clause]) -> Clause | None:
    """Colon before a quotation: the last main clause before it, whatever its verb: "Krause wurde deutlich: „…“".

    Not a passive, and not a verb by which somebody else's words reach its subject: "Krause las den Zettel: „…“".
    """
    leads = [c for c in around if c.relation == "root" and c.verb.i < quote.start and c.finite is not None]
    last = max(leads, key=lambda c: c.verb.i, default=None)
    if last is None or last.verb.doc[quote.start - 1].text != ":" or last.verb.sent.end < quote.start:
        return None
    return None if (last.passive and last.lemma != "zitieren") or _receives(last) else last


def _receives(clause: Clause) -> bool:
    """Whether somebody else's words reach the subject of a clause: "Krause sah den Zettel: „…“"; not where the verb
    says how it takes something: "Krause sieht es gelassen: „…“", "sieht darin einen Fehler", "zeigt sich zufrieden".
    """
    if clause.lemma not in words("receiving"):
        return False
    beside = list(clause.verb.children)
    takes_it = any(c.text.lower() in words("attitudes") or c.text.lower() == "darin" for c in beside)
    shows = clause.lemma == "zeigen" and any(map(is_reflexive, beside)) and any(c.tag_ == "ADJD" for c in beside)
    return not shows and not (clause.lemma in ("sehen", "finden") and takes_it)


def _speaking(mentions: Mentions, clause: Clause) -> Iterator[Mention]:
    """The subject of a clause if it can speak: a person, an organisation, or "er", "sie", "wir".

    Where the tree has no subject, a person's name beside the finite verb is it: "Kern haderte", "freute sich Kern".
    """
    source = cited(mentions, clause)
    if source is not None:
        yield source
    for subject in clause.subjects[:1]:
        summed = is_in_class(subject, "summaries") and not any(slot.role == "obj" for slot in clause.slots)
        if summed and (author := author_of(mentions, subject)) is not None:
            yield author  # "Das Fazit von Krause fällt nüchtern aus: „…“"
        who = mentions.of(subject)
        personal = who.form == "pronoun" and subject.text.lower() not in NO_SPEAKERS
        if personal or who.type in ("Person", "Organization", "Role"):
            yield who
    finite = clause.finite
    if clause.subjects or finite is None:
        return
    behind = finite.i + (2 if finite.i + 1 < len(finite.doc) and finite.nbor().text == "sich" else 1)
    names = (mentions.by_token.get(i) for i in (finite.i - 1, behind))
    yield from (who for name in names if name is not None and (who := mentions.named(name)).type == "Person")


def _name_behind(mentions: Mentions, quote: Quotation) -> Mention | None:
    """Attribution without a verb: a name in brackets behind a quotation, or behind a dash with nothing else in its
    block: "„Wir bauen“ (Ina Krause, SPD)", "„Wir bauen.“ – Ina Krause". The dash may open the next line.
    """
    reading = mentions.reading
    doc, text = reading.doc, reading.document.text
    ends = next(i for i, (_, first, last) in enumerate(reading.blocks) if first <= quote.start < last)
    at, end = quote.end, reading.blocks[ends][2]
    while at < end and doc[at].text in (".", ","):
        at += 1
    if at >= end and ends + 1 < len(reading.blocks):
        _, at, end = reading.blocks[ends + 1]
        dashed = any(dash in text[reading.ends[quote.end - 1] : reading.starts[at]] for dash in _DASHES)
        return _bare_name(mentions, at, end) if dashed else None
    if at + 1 >= end or doc[at].text not in _DASHES | {"("}:
        return None
    if doc[at].text == "(":
        end = next((t.i for t in doc[at:end] if t.text == ")"), at)
    return _bare_name(mentions, at + 1, end)


def _bare_name(mentions: Mentions, start: int, end: int) -> Mention | None:
    """The person or organisation that opens a stretch without a finite verb, None for anything else."""
    stretch: Sequence[Token] = list(mentions.reading.doc[start:end])
    found = mention_at(mentions, start, end) if stretch and not any(is_finite(t) for t in stretch) else None
    named = found is not None and found[0].form == "named" and found[0].type in AGENTS
    closed = found is not None and (found[1] + 1 >= end or stretch[found[1] + 1 - start].is_punct)
    return found[0] if found is not None and named and closed else None
