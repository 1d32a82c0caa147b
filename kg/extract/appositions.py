"""Behind a comma a noun tells who or what the one before is: "In Colmar wurde Karl Roth geboren, der Architekt."

What only tells more of a noun is no subject and no object of its own. Like `repair`, each rule changes heads and labels
of a UD tree in place and leaves a sound one alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.prepositions import article_of, is_led
from kg.extract.tokens import NOUNS
from kg.extract.verbs import finite_of, infinitive, words

if TYPE_CHECKING:
    from spacy.tokens import Token


def swap_extraposed(subject: Token) -> None:
    """ "In Hof wurde Karl Roth geboren, der Architekt.": behind the last verb and a comma, a noun only tells more."""
    verb = subject.head
    if not is_extraposed(subject):
        return
    before = [c for c in verb.children if c.i < verb.i and c.pos_ in NOUNS and not is_led(c)]
    other = next((c for c in before if c.dep_ in ("obj", "obl")), None)
    if other is not None:
        other.dep_ = subject.dep_
        subject.head, subject.dep_ = other, "appos"


def is_extraposed(noun: Token) -> bool:
    """Whether a noun that nothing leads stands behind a comma and the participle or infinitive that ends a clause."""
    verb = noun.head
    if noun.i < verb.i or verb.tag_ not in ("VVPP", "VVINF"):
        return False
    edge = noun.left_edge.i + (noun.left_edge.text == ",")
    ended = any(c.i < verb.i and c.tag_.endswith("FIN") for c in verb.children)
    return (
        ended
        and noun.pos_ in NOUNS
        and verb.i < edge - 1 < noun.i
        and noun.doc[edge - 1].text == ","
        and not is_led(noun)
    )


def join_to_named(noun: Token) -> None:
    """ "Im Norden liegt Straßburg, die Hauptstadt.": right behind the subject and a comma, a noun tells of it."""
    verb = noun.head
    left = noun.left_edge
    subject = next((c for c in verb.children if c.dep_.startswith("nsubj") and c.i < left.i), None)
    edge = left.i + (left.text == ",")
    if (
        join_to_led(noun, edge)
        or subject is None
        or subject.pos_ not in NOUNS
        or is_led(noun)
        or subject.right_edge.i + 2 < edge
    ):
        return
    article = article_of(noun)
    told = article in ("der", "die", "das", "ein", "eine") and noun.doc[edge - 1].text == ","
    after = noun.right_edge.i + 1
    closed = after >= noun.sent.end or noun.doc[after].is_punct
    finite = finite_of(verb)
    full = infinitive(verb.text, verb.lemma_) in words("intransitive") or any(
        c != noun and c.dep_ == "obj" and not is_led(c) for c in verb.children
    )
    if told and full and closed and finite is not None and finite.i < subject.i and noun.i > verb.i:
        listed = any(c.dep_ == "conj" for c in noun.children)  # "leben die Mehlschwalbe, die Rauchschwalbe und …"
        noun.head, noun.dep_ = subject, "conj" if listed else "appos"


def join_to_led(noun: Token, edge: int) -> bool:
    """ "unter den Betawis, einer kleinen Gruppe": a dative right behind a dative and a comma tells of it."""
    if edge < 2 or noun.doc[edge - 1].text != "," or edge < noun.sent.start + 2:
        return False
    article = next((c for c in noun.children if c.dep_ == "det"), None)
    if article is None or article.text.lower() not in ("dem", "einem", "einer", "der"):
        return False
    if is_led(noun) or any(noun.conjuncts):
        return False
    led = (c for c in noun.head.children if c != noun and is_led(c) and c.right_edge.i in (edge - 2, noun.right_edge.i))
    before = next((c for c in led if c.i < edge and c.pos_ in NOUNS), None)
    if before is not None:
        noun.head, noun.dep_ = before, "appos"
    return before is not None
