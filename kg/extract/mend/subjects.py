"""Subject: the one a finite clause has, in "Insgesamt erwarten uns große Chancen", "Das Ziel war, zu sparen".

A finite German clause has a subject. Each rule changes heads and labels of a UD tree in place and leaves a sound one
alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.tree.edits import hang, relabel, swap
from kg.language.prepositions import is_led
from kg.language.verbs import words
from kg.reader.tokens import NOUNS

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

# Articles and pronouns that no nominative has.
_OBLIQUE = frozenset(
    "den einen diesen keinen jeden seinen ihren dem einem diesem keinem seinem ihrem des eines".split()
)
# Forms of pronouns that are the object where the subject stands behind the verb.
_SOMEBODY = frozenset("uns mich dich ihn ihm ihnen euch mir dir".split())


def find_subjects(sentence: Sentence) -> None:
    """Mend who is the subject of the clauses of a sentence."""
    for token in list(sentence):
        if token.dep_ == "cop":
            _free_noun(token)
        elif token.pos_ in ("VERB", "AUX") and token.tag_.endswith("FIN") and token.dep_ == "ROOT":
            _only_object(token)


def _free_noun(copula: Token) -> None:
    """ "Das Ziel war, Geld zu sparen", "davon war die Rede": a noun with its article and no other subject is it.

    Here kg departs from Universal Dependencies, where the noun or the clause is the root.
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
    return [c for c in verb.children if c.dep_.startswith(("nsubj", "csubj", "expl"))]


def _objects(verb: Token) -> list[Token]:
    """The objects that could be subjects by their form."""
    plain = (c for c in verb.children if c.dep_ == "obj" and c.pos_ in NOUNS and not is_led(c))
    return [c for c in plain if not any(d.text.lower() in _OBLIQUE for d in c.children if d.dep_.startswith("det"))]


def _only_object(verb: Token) -> None:
    """ "Insgesamt erwarten uns große Chancen": in second place and without a subject, the verb's one noun is it."""
    if _subjects(verb) or verb.i == verb.sent.start:
        return
    objects = _objects(verb) or [c for c in verb.children if c.dep_ == "obl" and c.pos_ == "NOUN" and _is_bare(c)]
    number = verb.morph.get("Number")
    fits = objects and (objects[0].morph.get("Number") == number or any(c.text in _SOMEBODY for c in verb.children))
    if fits and len(objects) == 1 and objects[0].i > verb.i and _is_third(verb):
        relabel(objects[0], "nsubj")


def _is_bare(noun: Token) -> bool:
    """Whether a phrase has neither a preposition nor an article that no nominative has, and tells no time."""
    oblique = any(c.text.lower() in _OBLIQUE for c in noun.children if c.dep_.startswith("det"))
    return not is_led(noun) and not oblique and noun.text.lower() not in words("times")


def _is_third(verb: Token) -> bool:
    return verb.morph.get("Person") in ([], ["3"])
