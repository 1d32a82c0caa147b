"""What stands in a clause and takes no part: a source, a comparison, what is replaced, what a bracket adds.

"Laut Polizei kaufte Audi statt BMW die Fabrik": neither the police nor BMW bought anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extract.clause.clauses import Clause
from kg.extract.mend.predicative_als import is_comparison
from kg.extract.speech.sentences import AnalysedSentence
from kg.extract.tree.arguments import Slot
from kg.language.verbs import words
from kg.reader.tokens import NOUNS, first_word

if TYPE_CHECKING:
    from spacy.tokens import Token


def phrase_text(slot: Slot) -> str:
    """A phrase as it stands, from its preposition to its noun, in lower case; "" without a preposition."""
    return slot.head.doc[slot.case.i : slot.head.i + 1].text.lower() if slot.case is not None else ""


# Exceptive and substitutive prepositions: what they lead is replaced or excepted.
_EXCEPTIVE_PREPOSITIONS = ("statt", "anstatt", "anstelle", "außer", "ausgenommen", "darunter")
# Nouns of phrases that do the same: "mit Ausnahme von Audi", "im Gegensatz zu BMW".
_EXCEPTIVE_NOUNS = ("statt", "anstelle", "ausnahme", "gegensatz", "unterschied", "vergleich")
# Words right before the preposition or the phrase, and prepositions, that make it no part of what is said.
_WORDS_BEFORE = (*_EXCEPTIVE_PREPOSITIONS, "parallel", "analog", "proportional", "konträr")
_LEADING = (*_EXCEPTIVE_PREPOSITIONS, "wie", "laut", "zufolge")
# Words that open a reformulation: "die Organe, also vor allem die Kommission".
_REFORMULATING = frozenset({"also", "nämlich", "sprich"})


def is_nonparticipant(slot: Slot, sentence: AnalysedSentence) -> bool:
    """Source, comparison, exception: an argument that is no part of what the clause says.

    It stands in a source phrase or behind "statt", "außer", "wie" ("wie von Bosch gefordert"), "ob" or "also", has
    "zufolge" or an interrogative "welch-", or a noun such as "Gegensatz" in its preposition: "Laut Polizei kaufte Audi
    statt BMW die Fabrik" → neither the police nor BMW. Fixed phrases such as "außer Kraft" do not count.
    """
    account = sentence.account
    if account is not None and account.first <= slot.head.i <= account.last:
        return True
    if "ob" in sentence.words and _is_in_ob_phrase(slot.head):
        return True
    if not _REFORMULATING.isdisjoint(sentence.words) and any(
        first_word(head).text.lower() in _REFORMULATING for head in _with_conjunct_above(slot.head)
    ):
        return True  # "die Organe, also vor allem die Kommission, müssen …"
    if _is_behind_exceptive(slot, sentence) or any(
        word.text.lower() in _EXCEPTIVE_NOUNS for word in (slot.head, *slot.lead[1:])
    ):
        return True
    if any(c.dep_ == "det" and c.text.lower().startswith("welch") for c in slot.head.children):
        return True  # "wem er welchen Vorzug gibt"
    if "zufolge" in sentence.words and any(c.text.lower() == "zufolge" for c in slot.head.subtree if c.dep_ == "case"):
        return True
    if slot.case is None or not (slot.case.text.lower() in _LEADING or is_comparison(slot.case)):
        return False
    return phrase_text(slot) not in words("light")  # not "außer Kontrolle", "außer Kraft"


def _is_behind_exceptive(slot: Slot, sentence: AnalysedSentence) -> bool:
    """Exception and comparison: whether "statt", "außer" or the "wie" of a comparison stands before a phrase.

    It may also begin the phrase, before its preposition.

    "statt von BMW", "wie von Bosch gefordert"; not "wie mit Bosch verhandelt wurde", whose "wie" opens the clause.
    """
    first, edge = slot.head.left_edge, slot.case if slot.case is not None else slot.head
    if first.i < edge.i and first.text.lower() in _EXCEPTIVE_PREPOSITIONS:
        return True
    at = min(edge.i, first.i) - 1
    before = sentence.words[at - sentence.span.start] if at >= sentence.span.start else ""
    return before in _WORDS_BEFORE or (before == "wie" and slot.head.doc[at].dep_ != "mark")


def _with_conjunct_above(noun: Token) -> tuple[Token, ...]:
    """Coordination: a noun, and the conjunct that it hangs on, if it does."""
    return (noun, noun.head) if noun.dep_ == "conj" else (noun,)


def _is_in_ob_phrase(noun: Token) -> bool:
    """Elliptical "ob" before a noun or its conjunct, which is no argument: "beraten dich, ob Gastwirt oder Händler"."""
    heads = (head for head in _with_conjunct_above(noun) if head.pos_ in NOUNS)
    return any(c.text.lower() == "ob" for head in heads for c in head.children)


def is_aside(slot: Slot, clause: Clause, beside: Sequence[Slot]) -> bool:
    """Parenthesis and false object: an argument in brackets behind the verb, or an object that the verb cannot have.

    That is one more object behind a colon, the bare noun of an `intransitive` verb unless it is a measure, and a
    distance: "liegt 60 Kilometer nördlich von Hof".
    """
    if slot.case is None and slot.head.text in ("Kilometer", "Meter", "Meilen") and _is_distance(slot.head):
        return True
    if slot.role == "pred" or slot.head.i < clause.verb.i:
        return False
    between = [t.text for t in slot.head.doc[clause.verb.i : slot.head.i]]
    if between.count("(") > between.count(")"):
        return True
    if slot.role != "obj" or slot.case is not None or slot.head.pos_ not in NOUNS:
        return False
    if ":" in between and any(s.role == "obj" and s.case is None and s.head.i < slot.head.i for s in beside):
        return True  # not in "umfasst: zwei Räume"
    return clause.lemma in words("intransitive") and not _has_numeral(slot.head)


def _has_numeral(noun: Token) -> bool:
    """Whether a number counts a noun: "sechs Prozent"."""
    return any(c.dep_ == "nummod" for c in noun.children)


def _is_distance(unit: Token) -> bool:
    """Distance: a counted unit of length before "nördlich", "entfernt" or a preposition says how far, not what.

    "60 Kilometer nördlich von Hof", "2744 Meter über dem Meer"
    """
    if unit.i + 1 >= len(unit.doc) or not _has_numeral(unit):
        return False
    following = unit.nbor()
    return following.text in words("with_von") or following.tag_ in ("APPR", "ADJD") or following.text == "entfernt"
