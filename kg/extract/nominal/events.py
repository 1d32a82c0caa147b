"""Nominalization (event nouns): "die Übernahme von E-Plus durch Telefónica", "der Streik bei der Bahn".

German says with a noun what it could say with a verb, and the noun's prepositions tell who does what to whom
(`events.toml`). But a noun does not say that anything came about: "die Übernahme von E-Plus durch Telefónica" may have
been planned, forbidden or carried out. So it is only possible, unless words around it say more: planned ("die geplante
Übernahme", "plant die Übernahme"), disputed ("lehnt die Übernahme ab", "scheiterte"), asserted where it is over
("nach der Übernahme", "die Übernahme im Jahr 2015", "wurde abgeschlossen"), or where it is there once it is named
("der Streit").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

from kg.extract.clause.clauses import Clause
from kg.extract.clause.predicates import iri_of, predicate_pieces
from kg.extract.names.mentions import Mentions
from kg.extract.nominal.affiliations import Office
from kg.extract.nominal.possessors import is_genitive, possessor
from kg.extract.speech.attribution import Speech
from kg.extract.speech.factuality import is_hearsay, modality_of
from kg.extract.speech.sentences import AnalysedSentence
from kg.language.auxiliaries import PERFECT
from kg.language.nouns import stem
from kg.language.prepositions import preposition_of, uncontracted
from kg.language.verbs import words
from kg.ontology import AGENTS
from kg.reader.tokens import ATTRIBUTES
from kg.records import Mention, Predicate
from kg.system.files import read_table

if TYPE_CHECKING:
    from spacy.tokens import Token

# What can take part in an event; a name of unknown kind may be any of these.
_PARTICIPANT_TYPES = frozenset({"Person", "Organization", "Place", "Product", "Thing"})
# Articles that begin a genitive behind a noun: "der Streik der Lokführer".
_GENITIVES = frozenset({"der", "des", "dieser", "dieses", "seiner", "seines", "ihrer", "ihres", "eines", "einer"})
# Behind these an event is over by the time of the clause, before these it is not.
_AFTER_EVENT = frozenset({"nach", "seit", "infolge", "trotz", "durch", "aufgrund", "wegen", "dank"})
_BEFORE_EVENT = frozenset({"vor", "für", "ohne", "gegen", "um", "bis", "über", "statt"})
# Behind these and without "der" an event is only feared, hoped for or left out: "Angst vor einem Krieg".
_PROSPECTIVE = frozenset({"vor", "auf", "ohne", "um", "für", "gegen", "statt"})
_DEFINITE = frozenset("der die das den dem des diese dieser diesem diesen dieses zum zur".split())
_YEAR = re.compile(r"(?:19|20)\d\d")
_OF = "of"


@dataclass(frozen=True, slots=True)
class ValencyFrame:
    """Valency frame of an event noun: by which prepositions it takes its arguments; an entry of `events.toml`."""

    verb: str
    subject: tuple[str, ...]
    object: tuple[str, ...]
    between: bool = False
    standing: bool = False
    alone: str = ""
    compound: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What stands behind a noun by one preposition ("of" for a genitive or "von"): one mention, or several joined."""

    preposition: str
    mentions: tuple[Mention, ...]
    lead: Token


def find_events(mentions: Mentions, sentences: Sequence[AnalysedSentence], speech: Speech) -> Iterator[Office]:
    """Nominalization: yield what event nouns, outside names and questions, say of two ends.

    "nach der Übernahme von E-Plus durch Telefónica" → Telefónica – übernehmen (kg:acquired) – E-Plus
    "Duisburgs Zusammenarbeit mit Huawei"            → Duisburg – zusammenarbeiten mit (kg:cooperatesWith) – Huawei
    "der Streik der Piloten bei der Lufthansa"       → Piloten – streiken bei (kg:strikeAt) – Lufthansa
    """
    for sentence in sentences:
        asked = sentence.asked
        for noun in sentence.nouns:
            frame = _valency_of(noun.text) if noun.pos_ != "X" and noun.i not in mentions.by_token else None
            if frame is None or noun.text.islower() or noun.i < asked:
                continue
            clause = _clause_around(noun, sentence.clauses)
            voice = speech.voices.get(clause.verb.i) if clause is not None else None
            voice = voice or speech.quoted(noun.i)
            mode = "reported" if is_hearsay(voice) else "asserted"
            if clause is not None:
                mode = modality_of(mentions.reading, clause, sentence, voice)
            mode = _event_modality(noun, clause, mode, frame.standing, mentions.reading.document.date)
            actor = _controller(mentions, noun, clause)
            for subject, object, lead in _arguments(mentions, noun, frame, actor):
                predicate = _predicate(mentions, frame.verb, noun, lead, (subject.type, object.type))
                polarity = "negative" if _has_kein(noun) else "positive"
                yield Office(subject, predicate, object, noun.i, mode, polarity, voice)


def _arguments(
    mentions: Mentions, noun: Token, frame: ValencyFrame, actor: Mention | None
) -> Iterator[tuple[Mention, Mention, Token | None]]:
    """Arguments of an event noun by its valency frame: yield agent, patient, and the word that leads the patient.

    A genitive before the noun and the first part of a compound count ("Duisburgs Zusammenarbeit"), `actor` (see
    `_controller`) is the agent of last resort, a frame may make the event its own object: "Insolvenz von X". Of a
    "Streik bei X" nothing is told: who strikes is not said.
    """
    phrases = list(phrases_behind(mentions, noun))
    for phrase in phrases:
        both = phrase.preposition == "zwischen" or (phrase.preposition == _OF and _OF not in frame.object)
        if frame.between and both and len(phrase.mentions) > 1:
            yield from ((a, b, phrase.lead) for a, b in combinations(phrase.mentions, 2))
            return
    subjects = [m for p in phrases if p.preposition in frame.subject for m in p.mentions]
    objects = [(m, p.lead) for p in phrases if p.preposition in frame.object for m in p.mentions]
    whose = possessor(mentions, noun)
    if whose is not None and frame.object and (_OF in frame.subject or (objects and not subjects)):
        subjects.insert(0, whose)
    cut = mentions.parts.get(noun.i)
    if cut is not None:
        part = mentions.named(cut)
        if _OF in frame.object or frame.compound == "object":
            objects.insert(0, (part, noun))
        else:
            subjects.insert(0, part)
    if actor is not None and objects and not subjects and not frame.alone:
        subjects.append(actor)
    if subjects and objects:
        yield from ((s, o, lead) for s in subjects[:1] for o, lead in objects if s != o)
    elif frame.alone == "subject" and (subjects or whose):
        yield (subjects[0] if subjects else whose or subjects[0]), mentions.of(noun), None


def _controller(mentions: Mentions, noun: Token, clause: Clause | None) -> Mention | None:
    """Control: the one subject of an active clause is the agent of an event noun that hangs on its verb.

    The verb is one of planning or carrying out and the noun its bare argument ("Siemens plant die Übernahme von
    Alstom"), or the noun is a means with "mit" or "durch" ("Mit der Übernahme von Alstom wächst Siemens"). Only a
    person or organisation.
    """
    if clause is None or clause.passive or len(clause.subjects) != 1:
        return None
    top, _ = _outermost_noun(noun)
    preposition = uncontracted(preposition_of(top))
    own = clause.lemma in _scope_words("controlling") and not preposition
    who = mentions.of(clause.subjects[0])
    acts = who.type in AGENTS and noun not in clause.subjects
    return who if acts and top.head == clause.verb and (own or preposition in ("mit", "durch")) else None


def phrases_behind(mentions: Mentions, noun: Token) -> Iterator[Phrase]:
    """Attributes of a noun by their order: yield the phrases right behind it, one preposition or genitive each.

    The tree is not asked, for the parser often gives the second to the verb: "Übernahme der Opel AG durch PSA" → of
    Opel AG, durch PSA
    """
    doc, i = noun.doc, noun.i + 1
    while i < noun.sent.end:
        lead = doc[i]
        word = lead.text.lower()
        if lead.pos_ == "ADP" or uncontracted(word) in ("mit", "von", "zwischen", "bei", "an", "gegen", "auf", "durch"):
            preposition, i = uncontracted(word), i + 1
        elif word in _GENITIVES or (i in mentions.by_token and i == noun.i + 1 and is_genitive(mentions, i)):
            preposition = _OF
        else:
            return
        found, i = _coordinated(mentions, i, noun.sent.end)
        if not found:
            return
        yield Phrase(_OF if preposition == "von" else preposition, found, lead)


def _coordinated(mentions: Mentions, i: int, end: int) -> tuple[tuple[Mention, ...], int]:
    """Coordination: the mentions joined from token `i` on ("A und B", "A, B und C"), and the token behind the last.

    They name what can take part in an event; an apposed noun may stand before: "des Konkurrenten Opel".
    """
    doc = mentions.reading.doc
    found: list[Mention] = []
    while i < end:
        start = i
        while i < end and doc[i].pos_ in ("DET", "ADJ", "NUM") and i not in mentions.by_token:
            i += 1
        if i < end and i not in mentions.by_token and i + 1 in mentions.by_token and doc[i].pos_ == "NOUN":
            i += 1  # "des Konkurrenten Opel"
        name = mentions.by_token.get(i)
        if name is not None and i < end:
            mention, i = mentions.named(name), name.last + 1
        elif i < end and doc[i].pos_ == "NOUN" and mentions.of(doc[i]).type in _PARTICIPANT_TYPES:
            mention, i = mentions.of(doc[i]), i + 1
        else:
            return tuple(found), start
        if mention.type not in _PARTICIPANT_TYPES:
            return tuple(found), start
        found.append(mention)
        if i + 1 < end and doc[i].text in ("und", "sowie", ",") and _list_continues(mentions, i, end):
            i += 1
            continue
        break
    return tuple(found), i


def _list_continues(mentions: Mentions, comma: int, end: int) -> bool:
    """Whether a coordination goes on: a name behind "und"; behind a comma only one with "und" and a name after it."""
    doc, i = mentions.reading.doc, comma + 1
    while i < end and doc[i].pos_ in ATTRIBUTES:
        i += 1
    name = mentions.by_token.get(i)
    if name is None or doc[comma].text != ",":
        return name is not None
    return name.last + 2 < end and doc[name.last + 1].text == "und" and name.last + 2 in mentions.by_token


def _predicate(mentions: Mentions, verb: str, noun: Token, lead: Token | None, types: tuple[str, str]) -> Predicate:
    """The predicate of an event noun: its verb, with the noun and the preposition of the patient as its words."""
    spans, text = predicate_pieces(mentions.reading, [noun] if lead is None or lead == noun else [noun, lead])
    return Predicate(verb, iri_of(verb, *types), spans, text)


def _clause_around(token: Token, clauses: Mapping[int, Clause]) -> Clause | None:
    """The clause that a word belongs to, None outside of all."""
    while token.i not in clauses and token.head != token:
        token = token.head
    return clauses.get(token.i)


def _event_modality(noun: Token, clause: Clause | None, mode: str, standing: bool, written: str = "") -> str:
    """Modality of an event noun in a clause of the modality `mode`; `written` is the date of the document, "" for none.

    In this order decide its adjective ("die geplante Übernahme" → planned), a clause that is not asserted, the verb
    ("lehnt die Übernahme ab" → disputed), a noun above ("Pläne für die Übernahme"). Else it is possible, but asserted
    if it took place (a year, "nach der Übernahme", completed) or is `standing`, there once it is named ("der Streit").
    """
    by_words = _modality_by_adjective(noun)
    if by_words not in ("", "done"):
        return by_words
    if mode != "asserted" or _has_kein(noun):
        return mode
    top, above = _outermost_noun(noun)
    if clause is not None and (said := _modality_by_verb(clause, top)):
        return said
    if above:
        return above if above != "done" else "asserted"
    preposition = uncontracted(preposition_of(top))
    if by_words == "done" or _is_dated(noun, written) or (standing and not _is_prospective(noun, preposition)):
        return "asserted"
    if preposition in _AFTER_EVENT:
        return "asserted"
    over = (
        clause is not None and _is_past(clause) and (preposition == "mit" or clause.lemma in _scope_words("completing"))
    )
    return "asserted" if over and preposition not in _BEFORE_EVENT else "possible"


def _modality_by_adjective(noun: Token) -> str:
    """What an adjective or participle before an event noun says of it, a class of `_adjective_class` or ""."""
    for child in noun.children:
        if child.pos_ in ("ADJ", "VERB") and child.i < noun.i and (kind := _adjective_class(child)):
            return kind
    return ""


def _adjective_class(adjective: Token) -> str:
    """What an adjective and the words below it say of an event: "planned", "possible", "disputed", "done" or ""."""
    found = [adjective.text.lower(), *(c.text.lower() for c in adjective.children)]
    kinds = ("planned", "possible", "disputed", "done")
    return next((k for k in kinds if any(word.startswith(tuple(_scope_words(k))) for word in found)), "")


def _modality_by_verb(clause: Clause, top: Token) -> str:
    """Modality by the verb that an event noun hangs on as an argument: denied, failed or rejected, it is disputed.

    A verb of planning, requiring or believing makes it planned, required or possible, and so does an adjective that is
    said of it ("ist denkbar"); others leave it open (""): "Link plant die Übernahme" → planned
    """
    if top.head != clause.verb and top != clause.verb:
        return ""
    if clause.negation is not None or clause.lemma in _scope_words("failing") or clause.lemma in words("denying"):
        return "disputed"
    kinds = {"planning": "planned", "requiring": "required", "believing": "possible"}
    by_verb = next((kinds[kind] for kind in kinds if clause.lemma in words(kind)), "")
    told = "" if clause.copula is None or top not in clause.subjects else _adjective_class(clause.verb)  # "ist denkbar"
    return by_verb or (told if told != "done" else "")


def _is_prospective(noun: Token, preposition: str) -> bool:
    """Prospective preposition before an event noun without "der": it is not there yet: "warnt vor einem Krieg"."""
    return preposition in _PROSPECTIVE and not any(
        c.text.lower() in _DEFINITE for c in noun.children if c.dep_ in ("det", "case")
    )


def _outermost_noun(noun: Token) -> tuple[Token, str]:
    """Chain of attributes: the outermost noun that an event noun hangs on, and the modality by the noun right above it.

    "planned" by "Plan", "done" by a noun of completion ("Abschluss"), else "possible"; "" without a noun above it.
    """
    top, kind = noun, ""
    while top.dep_ == "nmod" and top.head.i < top.i and top.head.pos_ == "NOUN":
        top = top.head
        done = stem(top.text) in _done_stems()
        planned = any(top.lemma_.lower().endswith(n) for n in _scope_words("planned_nouns"))
        kind = kind or ("done" if done else "planned" if planned else "possible")
    return top, kind


@cache
def _done_stems() -> frozenset[str]:
    """The stems of nouns of completion, as "Abschluss"."""
    return frozenset(map(stem, _scope_words("done_nouns")))


def _is_dated(noun: Token, written: str) -> bool:
    """Year behind an event noun, before any verb or mark, not after `written`: "die Übernahme von X im Jahr 2015" """
    behind = noun.doc[noun.i + 1 : noun.sent.end]
    for token in behind:
        if token.pos_ in ("VERB", "AUX", "PUNCT"):
            return False
        if _YEAR.fullmatch(token.text):
            return not written or token.text <= written[:4]
    return False


def _is_past(clause: Clause) -> bool:
    """Whether a clause is in the preterite or the perfect, or has no finite verb."""
    if clause.finite is None or "Past" in clause.finite.morph.get("Tense"):
        return True
    return "Part" in clause.verb.morph.get("VerbForm") and any(a.lemma_ in PERFECT for a in clause.auxiliaries)


def _has_kein(noun: Token) -> bool:
    """Negative article: "kein" before an event noun denies it: "keine Übernahme von Opel"."""
    return any(child.text.lower().startswith("kein") for child in noun.children)


@cache
def lists() -> Mapping[str, Any]:
    """The lists of `events.toml`."""
    return read_table(__package__, "events.toml")


@cache
def _scope_words(kind: str) -> frozenset[str]:
    """The words of `events.toml` that tell of one modality or class, in lower case."""
    return frozenset(word.lower() for word in lists()["scope"][kind])


@cache
def _valency_frames() -> Mapping[str, ValencyFrame]:
    """Stem of each event noun → its valency frame."""
    return {
        stem(noun): ValencyFrame(
            verb=entry["verb"],
            subject=tuple(entry["subject"]),
            object=tuple(entry["object"]),
            between=entry.get("between", False),
            standing=entry.get("standing", False),
            alone=entry.get("alone", ""),
            compound=entry.get("compound", ""),
        )
        for entry in lists()["event"]
        for noun in entry["nouns"]
    }


_SHORTEST_LAST_PART = 5


@cache
def _valency_of(noun: str) -> ValencyFrame | None:
    """The valency frame of a noun, by the whole of it, else by its last part: "Mega-Fusion", "Bahnstreik"."""
    word = stem(noun)
    if word in _valency_frames():
        return _valency_frames()[word]
    ends = (word[i:] for i in range(1, len(word) - _SHORTEST_LAST_PART + 1))
    return next((_valency_frames()[end] for end in ends if end in _valency_frames()), None)
