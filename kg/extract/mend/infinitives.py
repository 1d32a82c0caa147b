"""Infinitives with "zu": who acts in them, and what they hang on: "ist zu tragen", "ist in der Lage, zu zahlen".

Each rule changes heads and labels of a UD tree in place and leaves a sound one alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.tree.agreement import may_be_nominative
from kg.extract.tree.edits import hang, relabel, swap
from kg.language.nouns import is_person
from kg.language.prepositions import is_led
from kg.language.verbs import infinitive as infinitive_of
from kg.language.verbs import words
from kg.reader.tokens import NOUNS, OBJECTS, VERBS

if TYPE_CHECKING:
    from spacy.tokens import Token


def attach_infinitive(infinitive: Token) -> None:
    """Control and predicates: give an infinitive with "zu" its place, and its words to whom they belong."""
    _give_controller_back(infinitive)
    _join_modal_infinitive(infinitive)
    _make_ability_predicate(infinitive)


def _join_modal_infinitive(infinitive: Token) -> None:
    """Modal infinitive: sein, and what hangs on it or on an adjective read as its predicate, belong to an infinitive
    with "zu" and "als" that no comma parts from it; its one noun without preposition is the subject.

    "Das Modell ist als Näherung zu bezeichnen": ist, ROOT → bezeichnen/aux; Modell, ist/nsubj → bezeichnen/nsubj
    "Die Kosten sind vom Land zu tragen": Kosten, tragen/obj → tragen/nsubj
    """
    above = infinitive.head
    be = above if above.lemma_ == "sein" else next((c for c in above.children if c.dep_ == "cop"), above)
    plain = above == be or (above.tag_ == "ADJD" and above.i + 1 < len(above.doc) and above.nbor().text == "als")
    called = infinitive.dep_ == "xcomp" and any(t.text == "als" for t in infinitive.subtree)
    if called and plain and _is_finite_be(be) and not any(t.text == "," for t in be.doc[be.i : infinitive.i]):
        children = [c for c in above.children if c != infinitive]
        swap(infinitive, above, "aux" if above == be else "advmod")
        for child in children:
            hang(child, infinitive, "aux" if child == be else "")
    auxiliary = next((c for c in infinitive.children if c.dep_ == "aux" and _is_finite_be(c)), None)
    if auxiliary is not None and not any(t.text == "," for t in be.doc[auxiliary.i : infinitive.i]):
        bare = [c for c in infinitive.lefts if c.dep_.startswith(("nsubj", "obj")) and not is_led(c)]
        if len(bare) == 1 and may_be_nominative(bare[0]):
            relabel(bare[0], "nsubj")


def _is_finite_be(word: Token) -> bool:
    """Whether a word is a finite form of sein."""
    return word.tag_ == "VAFIN" and word.lemma_ == "sein"


def _make_ability_predicate(infinitive: Token) -> None:
    """Predicative phrase: "in der Lage" beside sein is the predicate, and the infinitive its complement.

    "Das Team ist in der Lage, zu gewinnen": Lage, ist/obl → ROOT; ist, ROOT → Lage/cop; Team, ist/nsubj → Lage/nsubj
    """
    above = infinitive.head
    phrase = next((t for t in (above, *infinitive.lefts) if t.text == "Lage" and is_led(t)), None)
    to_be = above.head if phrase == above else above
    plain = phrase is not None and not any(c.dep_ in ("amod", "nmod", "cop") for c in phrase.children)
    if phrase is None or not plain or to_be == phrase or to_be.lemma_ != "sein" or to_be.tag_ != "VAFIN":
        return
    if to_be.dep_.startswith(("aux", "cop")):
        return
    hang(phrase, to_be, "obl")
    hang(infinitive, phrase, "xcomp")
    beside = [child for child in to_be.children if child != phrase]
    swap(phrase, to_be, "cop")
    for child in beside:
        hang(child, phrase)


def _give_controller_back(infinitive: Token) -> None:
    """Control: who acts in an infinitive with "zu" behind a comma is an argument of the verb above, of object control.

    A noun that the tree hangs on the infinitive across that comma goes to the verb; an infinitive that it hangs on the
    object itself, a person or name, becomes the verb's complement. "Lutz verbot Kern, das Haus zu verkaufen": Kern,
    verkaufen/obl → verbot/obl; "bezichtigte Kern, geschlagen zu haben": geschlagen, Kern/acl → bezichtigte/xcomp
    """
    above = infinitive.head
    comma = next((c for c in infinitive.lefts if c.text == ","), None)
    if comma is None or above.i > comma.i or above == infinitive:
        return
    if above.pos_ in VERBS:
        for child in [c for c in infinitive.lefts if above.i < c.i < comma.i and c.pos_ in (*NOUNS, "PRON")]:
            hang(child, above)
    elif infinitive.dep_ == "acl" and above.dep_ in OBJECTS and above.i < comma.i:
        verb = above.head
        listed = verb.pos_ == "VERB" and infinitive_of(verb.text, verb.lemma_) in words("object_control")
        if listed and (above.pos_ == "PROPN" or is_person(above.text)):
            hang(infinitive, verb, "xcomp")
