"""Small words that look alike: the particle of a verb, one half of a circumposition, a postposition, a local adverb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.text.marks import SPEECH_MARKS
from kg.extract.tree.negation import NEGATIONS
from kg.language.nouns import noun_list
from kg.language.verbs import infinitive, is_separable, words
from kg.reader.tokens import NOUNS

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_particle(token: Token) -> bool:
    """Separated verb particle: whether a word labelled compound:prt is one: "läuft im Oktober aus."

    It is no auxiliary ("gewesen"), no negation, if a preposition one that can be separated, and neither a noun phrase
    nor a quotation follows it, before which it is a preposition; the mark that ends a quotation may: "„Wir fangen an“,
    sagt er". Neither is "aus" in "von der Bank aus", nor the first word of "durch und durch" and "klar und deutlich".
    """
    if (
        token.dep_ != "compound:prt"
        or token.text.lower() in NEGATIONS
        or token.tag_.startswith(("VA", "VM"))
        or (token.pos_ == "ADP" and not is_separable(token.text.lower()))
    ):
        return False
    if closes_circumposition(token) or is_postposition(token):
        return False
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    if following is None or following.is_sent_start:
        return True
    if following.text == "und" and following.i + 1 < len(token.doc) and following.nbor().tag_ == "ADJD":
        return False  # "sagte klar und deutlich"
    if following.text == "und" or (token.i and token.nbor(-1).text == "und"):
        return following.text != "und" or following.i + 1 >= len(token.doc) or following.nbor().text != token.text
    return following.pos_ not in ("NOUN", "PROPN", "DET", "ADJ", "NUM", "PRON") and not _opens_quotation(following)


def _opens_quotation(mark: Token) -> bool:
    """Quotation: whether a word is a quotation mark that opens one: no other is open before it in the sentence, and a
    word stands behind it: "aus „Faust“ las".
    """
    if mark.text not in SPEECH_MARKS:
        return False
    behind = mark.doc[mark.i + 1] if mark.i + 1 < len(mark.doc) else mark
    open_before = sum(t.text in SPEECH_MARKS for t in mark.doc[mark.sent.start : mark.i]) % 2 == 1
    return not (behind.is_punct or behind.is_sent_start or open_before)


# From when on something goes on, with "von" and "an".
_BEGINNINGS = frozenset("Anbeginn Anfang Beginn Geburt Jugend Kindheit Minute Stunde Tag Tage".split())


def closes_circumposition(word: Token) -> bool:
    """Circumposition: whether a word is the "aus" behind a noun with "von", or "an" behind a time with "von", and so no
    particle: "von der Bank aus", "dominierte von Beginn an"; not "griff den Chef von Audi an", nor beside a verb that
    is reflexive with "aus": "sprach sich gegen die Anwendung von Gewalt aus".
    """
    if word.text not in ("aus", "an") or not word.i:
        return False
    noun = word.nbor(-1)
    if word.text == "an" and noun.text not in _BEGINNINGS:
        return False
    led = noun.pos_ in NOUNS and any(c.text.lower() in ("von", "vom") for c in noun.children)
    return led and not (word.text == "aus" and _is_of_reflexive(word))


def _is_of_reflexive(word: Token) -> bool:
    """Whether an "aus" behind a noun with "von" is the particle of a reflexive verb."""
    verb = word.head
    oneself = any(c.text.lower() in ("sich", "mich", "uns") for c in verb.children)
    return oneself and infinitive(verb.text, verb.lemma_) in words("reflexive_with_aus")


def is_local_adverb(word: Token) -> bool:
    """Local deixis: whether a word is a "dort" that says where something happens, by itself: not "von dort", "dort in
    der Stadt".
    """
    alone = word.text.lower() == "dort" and word.pos_ == "ADV" and word.dep_ == "advmod" and not list(word.children)
    before = word.nbor(-1).pos_ if word.i else ""
    after = word.nbor().pos_ if word.i + 1 < len(word.doc) else ""
    return alone and before != "ADP" and after not in ("ADP", "SCONJ")


def is_postposition(word: Token) -> bool:
    """Postposition: whether a word is the "nach" behind what something is told or measured by, and so no particle:
    "liegt dem Vernehmen nach bei 3 Prozent".
    """
    before = word.nbor(-1) if word.text == "nach" and word.i else word
    return before.pos_ == "NOUN" and before.text in noun_list("before_nach")
