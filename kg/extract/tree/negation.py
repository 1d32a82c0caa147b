"""Negation: which words deny their clause, and which only the phrase, title or comparison that they stand in.

"Link kaufte das Haus nicht" and "kaufte kein Haus" are denied; "kaufte das nicht mehr genutzte Haus", "Bosch – nicht
Siemens – kaufte das Haus" and "so viel wie nie" are not.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.extract.text.marks import PARTNERS
from kg.language.verbs import adverbs, infinitive, words
from kg.reader.tokens import NOUNS, VERBS, has, is_number, opens_sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

NEGATIONS = frozenset(
    """nicht nie niemals keineswegs keinesfalls nirgends nirgendwo weder noch kaum nichts niemand niemanden niemandem
    niemandes mitnichten""".split()
)
"""Words that deny their clause; "kein" and "keiner" do so in all their forms, "noch" only after "weder"."""


def denies(token: Token) -> bool:
    """Negation: whether a word of `NEGATIONS` or a form of kein denies its clause.

    Not where it belongs to an attribute, a quantifier, a comparison, a title, a measure or an aside, nor before a word
    as in "nicht nur"; "noch" denies behind "weder" alone.
    """
    word = token.text.lower()
    if word not in NEGATIONS and not word.startswith("kein"):
        return False
    if word == "noch":
        return any(t.text.lower() == "weder" for t in token.doc[token.sent.start : token.i])
    return not (
        _is_in_attribute(token)
        or _is_compared(token)
        or _measures(token)
        or denies_quantifier(token)
        or _is_in_title(token)
        or _is_aside(token)
        or _has_narrow_scope(token)
        or _is_just_now(token)
    )


# How quantifiers begin that can be denied alone: "nicht alle", "nicht jeder", "nicht wenige"; not "nicht mehr".
_DENIABLE = ("all", "jed", "sämtlich", "viel", "wenig")


def denies_quantifier(word: Token) -> bool:
    """Denied quantifier (Sondernegation): whether a "nicht" stands right before an attributive quantifier, which it
    denies, and not the clause: "Nicht alle Bürger lehnen den Plan ab", "kennt nicht viele Leute".
    """
    quantifier = word.nbor() if word.text.lower() == "nicht" and word.i + 1 < word.sent.end else None
    attributive = quantifier is not None and quantifier.tag_ in ("PIAT", "PIDAT")
    return attributive and quantifier is not None and quantifier.text.startswith(_DENIABLE)


# What joins a conjunct to one before it that is not denied with it: not "noch".
_JOINING = frozenset({"und", "aber", "oder", "doch", "jedoch"})


def denied_conjunct(negation: Token) -> Token | None:
    """Negation of a later conjunct: the noun or adjective that alone is denied by a word before it, behind "und",
    "aber" or "oder", None for none: Halle in "hat viele Fans, aber keine Halle". What stands before it holds. So it
    does where a noun and "nicht" are all of a second clause (stripping): Land in "Die Stadt zahlt, das Land nicht".
    """
    if (stripped := _stripped(negation)) is not None:
        return stripped
    word = negation if negation.tag_ == "PIS" else negation.head
    first = word.head
    if (
        word.dep_ != "conj"
        or not first.i < negation.i <= word.i
        or not (_can_be_denied_alone(word) and _can_be_denied_alone(first))
    ):
        return None
    return word if any(t.text.lower() in _JOINING for t in word.doc[first.i : negation.i]) else None


def _can_be_denied_alone(word: Token) -> bool:
    """Whether a word is a noun, an indefinite pronoun or a predicative adjective."""
    return word.pos_ in NOUNS or word.tag_ in ("PIS", "ADJD")


def _stripped(negation: Token) -> Token | None:
    """Stripping: the noun of a second clause that has but it, adverbs, and "nicht" at its end, None for none."""
    ends = negation.i + 1 >= negation.sent.end or negation.nbor().is_punct
    if negation.text.lower() != "nicht" or not ends or negation.i == negation.sent.start:
        return None
    word = negation.nbor(-1)
    while word.i > word.sent.start and word.pos_ in ("ADV", "CCONJ"):
        word = word.nbor(-1)
    verb = word.head
    second = word.dep_ in ("conj", "vocative") and verb.pos_ in VERBS and verb.i < word.i
    return word if second and word.pos_ in NOUNS and negation.head in (word, verb) else None


def denies_narrowly(word: Token, verb: Token) -> bool:
    """Approximative of the verb: "fast", "beinahe" or "um ein Haar" on it, not before a noun, number, adjective, adverb
    or pronoun: what nearly happened did not.

    "wurde beinahe gewählt", "Um ein Haar verlor Kern"; "wählte fast alle", "fast 100 Gäste" only measure, and so do the
    words with a verb that is done by degrees (`gradual`): "hat sich fast verdoppelt".
    """
    if word.head != verb or infinitive(verb.text, verb.lemma_) in words("gradual"):
        return False
    if word.text == "Haar":
        return [t.text.lower() for t in word.doc[max(word.sent.start, word.i - 2) : word.i]] == ["um", "ein"]
    return is_approximative(word, verb)


def is_approximative(word: Token, verb: Token) -> bool:
    """Whether "fast" or "beinahe" stands on a verb and not before a noun, number, adjective, adverb or pronoun."""
    if word.text.lower() not in words("nearly") or word.head != verb:
        return False
    following = word.nbor() if word.i + 1 < len(word.doc) else word
    other = following.pos_ == "NOUN" and following != verb  # but "ist fast Chef geworden"
    return not other and following.pos_ not in ("NUM", "ADJ", "ADV", "DET", "PRON")


def _is_just_now(token: Token) -> bool:
    """ "kaum" as "just when" (temporal): it opens the sentence before "hatte" or "war", and another clause follows a
    comma: "Kaum hatte Kern die Firma gekauft, stieg der Preis".
    """
    if token.text != "Kaum" or not opens_sentence(token) or token.i + 1 >= token.sent.end:
        return False
    finite = [t for t in token.doc[token.i + 1 : token.sent.end] if t.tag_.endswith("FIN")]
    auxiliary = token.nbor().tag_ == "VAFIN" and has(token.nbor(), "Tense", "Past")
    return auxiliary and len(finite) > 1 and any(t.text == "," for t in token.doc[token.i : finite[1].i])


def _is_in_attribute(token: Token) -> bool:
    """Negated attribute: the word hangs on an attributive adjective, over adverbs: "das nicht mehr genutzte Haus"."""
    seen = token
    while seen.dep_ == "advmod" and seen.head != seen:
        seen = seen.head
        if seen.dep_ == "amod" or (seen.tag_ == "ADJA" and seen.dep_ != "ROOT"):
            return True
    return False


def _is_compared(token: Token) -> bool:
    """Comparison: "wie" or "als" stands right before the negation, perhaps with "noch", or "als" behind a pronoun.

    "so viel wie nie", "mehr als je zuvor", "wie kein anderer"; "kein Geringerer als Link", "nichts anderes als",
    "nicht weniger als 300 Gäste"
    """
    doc, first = token.doc, token.sent.start
    before = [t.text.lower() for t in doc[max(first, token.i - 2) : token.i]]
    behind = [t.text.lower() for t in doc[token.i + 1 : token.i + 3]]
    near = doc[token.i - 2 if before[-1:] == ["noch"] else token.i - 1] if before else token
    if near.tag_ == "KOKOM" and near.text.lower() in ("wie", "als"):
        return True  # not "als keine Coca-Cola da war"
    if token.text.lower() == "nichts" and behind[:1] == ["als"]:
        return True
    if behind[1:] != ["als"]:
        return False
    counted = token.i + 3 < len(doc) and is_number(doc[token.i + 3])
    other = token.text.lower() != "nicht" and behind[0].startswith(("gering", "ander", "weniger"))
    return other or (behind[0] in ("weniger", "mehr") and counted)


def _measures(token: Token) -> bool:
    """Measure: "kein" before a number and a noun, if that is one of time or a word of distance follows: it means less.

    "brauchte keine vier Minuten", "keine zwei Kilometer entfernt", not "keine zwei Parteien"
    """
    if not token.text.lower().startswith("kein") or token.i + 3 >= token.sent.end:
        return False
    if is_number(token.nbor()) and token.nbor(2).text.lower() in words("times"):
        return True
    return is_number(token.nbor()) and token.nbor(3).text.lower() in words("distant")


def _is_in_title(token: Token) -> bool:
    """Title: the negation stands in a name, or in quotation marks without a finite verb, which begin with a capital.

    The verb that it is to deny stands outside of them: "Keine Zeit für Helden"; behind an imperative, too: "Gib nicht
    auf". What is quoted as a predicate is no title: "„Kein Problem“ sei das".
    """
    doc, sent = token.doc, token.sent
    opened = next((t for t in reversed(doc[max(sent.start, token.i - 8) : token.i]) if t.text in PARTNERS), None)
    if opened is None:
        return bool(token.ent_type_)
    closed = next((t for t in doc[token.i : sent.end] if t.text in PARTNERS[opened.text]), None)
    between = doc[opened.i : token.i]
    if closed is None or any(t.text in PARTNERS[opened.text] for t in between):
        return bool(token.ent_type_)
    head = token.head
    while head.pos_ not in VERBS and head.head != head:
        head = head.head
    words_inside = doc[opened.i + 1 : closed.i]
    predicate = any(c.dep_ == "cop" for t in words_inside for c in t.children)
    if not words_inside[0].text[0].isupper() or predicate:
        return False  # haben „derzeit keine Pläne“, ist „Kein Problem“
    return not opened.i < head.i < closed.i or not any(t.tag_.endswith("FIN") for t in words_inside)


def _is_aside(token: Token) -> bool:
    """Aside: "nicht" opens a stretch without a verb between two commas, dashes or brackets: it denies that alone.

    "Bosch – nicht Siemens – kaufte das Haus", "besuchte, nicht zum ersten Mal, die Firma"
    """
    doc, sent = token.doc, token.sent
    before = doc[token.i - 1].text if token.i > sent.start else ""
    if token.text.lower() != "nicht" or before not in (",", "–", "—", "-", "("):
        return False
    closing = {"(": ")"}.get(before, before)
    closed = next((t.i for t in doc[token.i : sent.end] if t.text == closing), None)
    stretch = doc[token.i + 1 : closed] if closed is not None else doc[token.i : token.i]
    if not 0 < len(stretch) <= _LONGEST_ASIDE or stretch[0].text == "," or (closed and closed + 1 >= sent.end):
        return False
    continues = closed is not None and doc[closed + 1].text.lower() not in ("sondern", "und", "oder", "aber")
    return continues and not any(t.pos_ in VERBS or t.text == "," for t in stretch)


# How many words an aside has at most.
_LONGEST_ASIDE = 8


def _has_narrow_scope(token: Token) -> bool:
    """Negation with narrow scope: whether a negation is followed by a focus particle ("nicht nur", "nicht zuletzt").

    Behind "nicht" so are adverbs like "immer": "nicht immer" leaves the clause true at times.
    """
    following = token.nbor().text.lower() if token.i + 1 < len(token.doc) else ""
    if token.text.lower() == "kaum":
        return _is_compared_word(token.nbor()) if following else False
    return following in words("only") or (token.text.lower() == "nicht" and following in words("always"))


def _is_compared_word(word: Token) -> bool:
    """Comparative: whether a word behind "kaum" only measures a difference: "kostet kaum weniger", "ist kaum anders",
    "kaum mehr als zehn"; not "kommt kaum mehr", which is "kaum noch".
    """
    behind = word.nbor().text.lower() if word.i + 1 < len(word.doc) else ""
    if word.text.lower() == "mehr":
        return behind == "als"
    return word.text.lower() in ("weniger", "anders") or (word.pos_ in ("ADJ", "ADV") and has(word, "Degree", "Cmp"))


def is_qualified(tokens: Iterable[Token]) -> bool:
    """Whether some words before an attribute take back or hedge what it says: "angeblich", "nicht", "früher"."""
    return any(t.text.lower() in adverbs() or t.text.lower() in words("qualifying") for t in tokens)
