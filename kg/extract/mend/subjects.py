"""Subject: the one a finite clause has, in "Insgesamt erwarten uns große Chancen", "Das Ziel war, zu sparen".

A finite German clause has a subject, and who acts in an infinitive stands in the clause above it. Each rule changes
heads and labels of a UD tree in place and leaves a sound one alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.tree.edits import hang, relabel, swap
from kg.language.nouns import is_person
from kg.language.prepositions import is_led
from kg.language.verbs import infinitive as infinitive_of
from kg.language.verbs import words
from kg.reader.tokens import NOUNS

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

# Determiners that no nominative has.
_OBLIQUE = frozenset(
    "den einen diesen keinen jeden seinen ihren dem einem diesem keinem seinem ihrem des eines".split()
)
# Pronouns in the accusative or dative: beside one of these, a noun behind the verb is the subject.
_OBLIQUE_PRONOUNS = frozenset("uns mich dich ihn ihm ihnen euch mir dir".split())


def find_subjects(sentence: Span) -> None:
    """Subject: at each copula and each finite verb that is a root, make a noun its subject where it has none."""
    for token in list(sentence):
        if token.tag_ in ("PTKZU", "VVIZU"):
            _give_controller_back(token if token.tag_ == "VVIZU" else token.head)
        if token.dep_ == "cop":
            _make_predicate_subject(token)
        elif token.pos_ in ("VERB", "AUX") and token.tag_.endswith("FIN") and token.dep_ == "ROOT":
            _make_object_subject(token)


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
    if above.pos_ in ("VERB", "AUX"):
        for child in [c for c in infinitive.lefts if above.i < c.i < comma.i and c.pos_ in (*NOUNS, "PRON")]:
            hang(child, above)
    elif infinitive.dep_ == "acl" and above.dep_ in ("obj", "iobj", "obl:arg") and above.i < comma.i:
        verb = above.head
        listed = verb.pos_ == "VERB" and infinitive_of(verb.text, verb.lemma_) in words("object_control")
        if listed and (above.pos_ == "PROPN" or is_person(above.text)):
            hang(infinitive, verb, "xcomp")


def _make_predicate_subject(copula: Token) -> None:
    """Copula without a subject: where the root is a noun with a nominative article, that noun is the subject.

    The copula, if finite, becomes the root, with what hung on the noun from outside its phrase. Here kg departs from
    UD, where the noun or the clause is the root. "Das Ziel war, Geld zu sparen": Ziel, ROOT → war/nsubj
    """
    noun = copula.head
    beside = [c.dep_ for c in noun.children]
    article = next((c for c in reversed(list(noun.lefts)) if c.tag_ == "ART"), None)
    if noun.pos_ != "NOUN" or noun.dep_ != "ROOT" or article is None or article.text.lower() in _OBLIQUE:
        return
    if any(dep.startswith(("nsubj", "expl")) for dep in beside) or not copula.tag_.endswith("FIN"):
        return
    swap(copula, noun, "nsubj")
    for child in [c for c in noun.children if c.i < min(article.i, copula.i) or c.dep_ not in ("det", "amod", "nmod")]:
        hang(child, copula, {"nmod": "obl", "csubj": "ccomp"}.get(child.dep_, ""))


def _subjects(verb: Token) -> list[Token]:
    """The subjects of a verb: nominal, clausal or expletive ("es")."""
    return [c for c in verb.children if c.dep_.startswith(("nsubj", "csubj", "expl"))]


def _objects(verb: Token) -> list[Token]:
    """The nouns that are objects of a verb and could be nominatives: no preposition, no determiner like "den"."""
    plain = (c for c in verb.children if c.dep_ == "obj" and c.pos_ in NOUNS and not is_led(c))
    return [c for c in plain if not any(d.text.lower() in _OBLIQUE for d in c.children if d.dep_.startswith("det"))]


def _make_object_subject(verb: Token) -> None:
    """Subject behind the verb: in a verb-second clause without a subject, the one object of the verb becomes nsubj.

    The verb is third person; the noun follows it, could be a nominative, and agrees with it in number or has a pronoun
    like "uns" beside it. Without any object, one bare oblique counts. "Insgesamt erwarten uns große Chancen"
    """
    if _subjects(verb) or verb.i == verb.sent.start:
        return
    objects = _objects(verb) or [c for c in verb.children if c.dep_ == "obl" and c.pos_ == "NOUN" and _is_bare(c)]
    number = verb.morph.get("Number")
    fits = objects and (
        objects[0].morph.get("Number") == number or any(c.text in _OBLIQUE_PRONOUNS for c in verb.children)
    )
    if fits and len(objects) == 1 and objects[0].i > verb.i and _is_third_person(verb):
        relabel(objects[0], "nsubj")


def _is_bare(noun: Token) -> bool:
    """Whether a noun could be a nominative: no preposition, no determiner like "den", and no noun of time."""
    oblique = any(c.text.lower() in _OBLIQUE for c in noun.children if c.dep_.startswith("det"))
    return not is_led(noun) and not oblique and noun.text.lower() not in words("times")


def _is_third_person(verb: Token) -> bool:
    """Whether a verb is third person, or its person is not known."""
    return verb.morph.get("Person") in ([], ["3"])
