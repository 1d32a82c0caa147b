"""Relational nouns: "die Daimler-Tochter Moovel", "Moovel, ein Ableger von Daimler", "Merkels Ehemann".

Nouns of kin say a relation between two names, and companies have kin as people do: what a Tochter is, the types of
the two tell. The nouns are in `events.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

from kg.extract.clause.clauses import Clause
from kg.extract.clause.predicates import iri_of, predicate_pieces
from kg.extract.names.mentions import Mentions
from kg.extract.nominal.affiliations import Office, qualification
from kg.extract.nominal.events import lists, phrases_behind
from kg.extract.nominal.possessors import possessor
from kg.extract.speech.attribution import Speech
from kg.extract.speech.factuality import has_disjoined_subjects, modality_of, polarity_of
from kg.extract.speech.sentences import AnalysedSentence
from kg.language.verbs import words
from kg.ontology import relation
from kg.reader.tokens import ATTRIBUTES, MODIFIERS, NOUNS
from kg.records import MODALITIES, Mention, Predicate

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.names.appositions import Name


@dataclass(frozen=True, slots=True)
class Kin:
    """A sense of a relational noun: the relation, and the types that both ends may have."""

    iri: str
    types: tuple[str, ...]


def find_relatives(mentions: Mentions, sentences: Sequence[AnalysedSentence], speech: Speech) -> Iterator[Office]:
    """Relational noun of kin or of firms: yield how the name it stands for is related to its possessor.

    It stands for a name in apposition, or with a copula for the subject; the possessor is a genitive, a possessive
    pronoun, a phrase with "von", the first part of the compound, or the subject of "haben" with it as object. A former
    relation is none.

    "die Daimler-Tochter Moovel"         → Moovel org:subOrganizationOf Daimler
    "Moovel, ein Ableger von Daimler"    → the same
    "Magazino ist ein Spin-off der TU"   → Magazino kg:spunOffFrom TU
    "Merkels Ehemann Joachim Sauer"      → Joachim Sauer schema:spouse Merkel
    "Ihr Mann Joachim Sauer"             → Joachim Sauer schema:spouse ihr
    "Link hat eine Schwester namens Ute" → Ute schema:sibling Link
    """
    for sentence in sentences:
        asked = sentence.asked
        for noun in sentence.nouns:
            kin = _senses_of(noun.text) if noun.i > asked and noun.i not in mentions.by_token else ()
            if not kin:
                continue
            clause, owners = _clause_about(noun, sentence), []
            voice = speech.voices.get(noun.i) or speech.quoted(noun.i)
            mode, polarity = "asserted", "positive"
            if clause is not None:
                mode, polarity = modality_of(mentions.reading, clause, sentence, voice), polarity_of(clause, sentence)
            if clause is None:
                who = list(_apposed_names(mentions, noun))
            elif clause.copula is not None:
                who = [mentions.of(subject) for subject in clause.subjects]
            else:
                who, owners = list(_names_introduced(mentions, noun)), [mentions.of(s) for s in clause.subjects]
            kind = qualification(noun)
            if kind == "former":
                continue
            if kind in MODALITIES and mode == "asserted":
                mode = kind
            for subject in who:
                for other, lead in ((o, None) for o in owners) if owners else _possessors(mentions, noun):
                    said = _predicate(mentions, noun, lead, _sense_for_types(kin, subject, other))
                    if said is not None and subject != other:
                        yield Office(subject, said, other, noun.i, mode, polarity, voice)


def _clause_about(noun: Token, sentence: AnalysedSentence) -> Clause | None:
    """The clause that says of somebody who is or has what a relational noun names: with the noun, or a conjunct of it,
    as predicate noun ("ist der Bruder von A und der Sohn von B"), or as object of "haben"; None for any other noun.
    """
    own = sentence.clauses.get(noun.i) or (sentence.clauses.get(noun.head.i) if noun.dep_ == "conj" else None)
    if own is not None:
        return own if own.copula is not None else None
    above = sentence.clauses.get(noun.head.i)
    return above if above is not None and above.lemma == "haben" and noun.dep_ == "obj" else None


# What leads from a relational noun to the names of those it introduces: "hat zwei Söhne: Karl und Otto".
_INTRODUCING = frozenset({",", ":", "–", "(", "namens"})


def _names_introduced(mentions: Mentions, noun: Token) -> Iterator[Mention]:
    """Names that a relational noun introduces, right behind it, or behind a mark or "namens" and a title; several
    behind a plural. No subject of a clause is one.

    "eine Schwester namens Ute", "einen Bruder, den Maler Paul Link", "zwei Söhne, Karl und Otto"
    """
    doc, i, end = noun.doc, noun.i + 1, noun.sent.end
    while i < end and (doc[i].text in _INTRODUCING or doc[i].pos_ in ATTRIBUTES or i in mentions.titles):
        i += 1
    name = mentions.by_token.get(i) if i < end else None
    while name is not None and not doc[name.first].dep_.startswith("nsubj"):
        yield mentions.named(name)
        i = name.last + 1
        more = "Plur" in noun.morph.get("Number") and i < end and doc[i].text in (",", "und", "sowie")
        name = mentions.by_token.get(i + 1) if more else None


def find_joint(mentions: Mentions, sentences: Sequence[AnalysedSentence], speech: Speech) -> Iterator[Office]:
    """Reciprocal verb: two or more subjects in the active, not joined by "oder", without object, "mit" or "über".

    Yield for each pair that one does it with the other: "Linde und Praxair fusionieren." → Linde – fusionieren mit
    (kg:mergedWith) – Praxair
    """
    for sentence in sentences:
        for head, clause in sentence.clauses.items():
            reflexive = any(word.text.lower() == "sich" for word in clause.words)
            verbs = words("reciprocal_reflexives" if reflexive else "reciprocal")
            joint = clause.lemma in verbs and not clause.passive
            others = any(slot.role == "obj" or slot.preposition in ("mit", "über") for slot in clause.slots)
            if (
                not joint
                or others
                or len(clause.subjects) < 2
                or has_disjoined_subjects(clause)
                or head < sentence.asked
            ):
                continue
            voice = speech.voices.get(head)
            mode, polarity = modality_of(mentions.reading, clause, sentence, voice), polarity_of(clause, sentence)
            lemma = " ".join(
                (*(["sich"] if reflexive else []), clause.lemma, *([] if clause.lemma == "heiraten" else ["mit"]))
            )
            for one, other in combinations(map(mentions.of, clause.subjects), 2):
                said = _reciprocal_predicate(mentions, clause, lemma, one, other)
                yield Office(one, said, other, head, mode, polarity, voice)


def _reciprocal_predicate(mentions: Mentions, clause: Clause, lemma: str, one: Mention, other: Mention) -> Predicate:
    """The predicate of a reciprocal verb between two subjects: "fusionieren mit", with the words of its clause."""
    spans, text = predicate_pieces(mentions.reading, clause.words)
    return Predicate(lemma, iri_of(lemma, one.type, other.type), spans, text)


def _apposed_names(mentions: Mentions, noun: Token) -> Iterator[Mention]:
    """Apposition: the name right behind a relational noun, or before it with a comma between: "Moovel, ein Ableger"."""
    doc = noun.doc
    behind = mentions.by_token.get(noun.i + 1)
    if behind is not None and not _is_genitive_of(mentions, noun, behind):
        yield mentions.named(behind)
        return
    i = noun.i - 1
    while i > noun.sent.start and doc[i].pos_ in MODIFIERS and i not in mentions.by_token:
        i -= 1
    before = mentions.by_token.get(i - 1)
    if doc[i].text == "," and before is not None:
        yield mentions.named(before)


def _is_genitive_of(mentions: Mentions, noun: Token, name: Name) -> bool:
    """Genitive behind a relational noun: the name is its possessor, not what it stands for: "die Tochter Daimlers"."""
    token = noun.doc[name.last]
    return name.text.endswith("s") and "Gen" in token.morph.get("Case") and noun.i not in mentions.parts


def _possessors(mentions: Mentions, noun: Token) -> Iterator[tuple[Mention, Token | None]]:
    """Possessors of a relational noun: part of the compound, else genitive before, else genitive or "von" behind.

    With each goes the article or preposition that leads it, None where none does.
    """
    cut = mentions.parts.get(noun.i)
    if cut is not None:
        yield mentions.named(cut), None
        return
    before = possessor(mentions, noun) or _possessive(mentions, noun)
    if before is not None:
        yield before, None
        return
    for phrase in phrases_behind(mentions, noun):
        if phrase.preposition == "of":
            yield from ((mention, phrase.lead) for mention in phrase.mentions)
            return


def _possessive(mentions: Mentions, noun: Token) -> Mention | None:
    """Possessive pronoun of the third person before a relational noun: the noun or name that "und" joins with it, None
    without either: Eva Kern in "Eva Kern und ihr Mann Otto", "die Falk AG und ihre Tochter Vektra".

    Behind any other word reference would have to know whether a firm or a person is meant, and does not.
    """
    words = (c for c in noun.lefts if c.tag_ == "PPOSAT" and c.text.lower().startswith(("sein", "ihr")))
    joined = noun.dep_ == "conj" and noun.head.pos_ in NOUNS and any(c.text == "und" for c in noun.lefts)
    return mentions.of(noun.head) if next(words, None) is not None and joined else None


def _sense_for_types(kin: Sequence[Kin], subject: Mention, other: Mention) -> Kin | None:
    """The sense of a relational noun whose types both ends have; one of the two may be of unknown kind.

    "Tochter" between organisations is a subsidiary, between persons a child.
    """
    for meaning in kin:
        fits = [mention.type in meaning.types for mention in (subject, other)]
        if any(fits) and all(fit or m.type == "Thing" for fit, m in zip(fits, (subject, other), strict=True)):
            return meaning
    return None


def _predicate(mentions: Mentions, noun: Token, lead: Token | None, kin: Kin | None) -> Predicate | None:
    """The predicate of a relational noun in one sense, None without; of a compound its part behind the hyphen."""
    known = relation(kin.iri) if kin is not None else None
    if known is None:
        return None
    reading = mentions.reading
    cut = mentions.parts.get(noun.i)
    start = reading.starts[noun.i] + (cut.cut + 1 if cut is not None else 0)
    spans = [(start, reading.ends[noun.i])]
    if lead is not None:
        spans.append((reading.starts[lead.i], reading.ends[lead.i]))
    text = " ".join(reading.document.text[a:b] for a, b in spans)
    lemma = (noun.lemma_ or noun.text).rpartition("-")[2] if cut is not None else noun.lemma_ or noun.text
    return Predicate(lemma, known.iri, tuple(spans), text)


@cache
def _senses() -> Mapping[str, tuple[Kin, ...]]:
    """Each relational noun of `events.toml` → its senses; `fronts` make compounds of the first: "Banktochter"."""
    found: dict[str, tuple[Kin, ...]] = {}
    for entry in lists()["relative"]:
        kin = Kin(entry["iri"], tuple(entry["types"]))
        nouns = [*entry["nouns"], *(f"{front}{entry['nouns'][0].lower()}" for front in entry.get("fronts", ()))]
        for noun in nouns:
            found[noun] = (*found.get(noun, ()), kin)
    return found


@cache
def _senses_of(noun: str) -> tuple[Kin, ...]:
    """The senses of a noun or of its part behind a hyphen; a case ending may stand on it."""
    for word in (noun, noun.rpartition("-")[2]):
        for form in (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("n")):
            if form in _senses():
                return _senses()[form]
    return ()
