"""Objects right behind a name: in "Gestern lieferte die Werft Lührsen Boote" the firm is called Lührsen, not "Lührsen
Boote".

Where the verb stands before both, nothing parts the name of the subject from an object without an article, and a small
parser takes the two for one name. The forms of the words tell them apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.tree.edits import hang, reform
from kg.language.nouns import noun_type
from kg.reader.tokens import VERBS

if TYPE_CHECKING:
    from spacy.tokens import Span, Token


def free_objects(sentence: Span) -> None:
    """Kongruenz (case agreement): the last word of a name that is in the accusative, while the name's first word and
    the noun before it are in the nominative and are the subject, becomes a noun and the verb's object.

    The noun is one of organisations ("das Monument Mutter Albanien" is left alone), the verb stands before it and has
    no object, and the name keeps one word at least. "Gestern
    lieferte die Werft Lührsen Boote": Boote, Lührsen/flat → lieferte/obj
    """
    for noun in sentence:
        verb = noun.head
        if noun.dep_ != "nsubj" or verb.pos_ not in VERBS or noun.i + 2 >= sentence.end:
            continue
        if noun.tag_ != "NN" or noun_type(noun.text) != "Organization" or noun.i < _first_verb(verb).i:
            continue
        name, word = noun.nbor(), _last_of_name(noun.nbor())
        beside = [c for c in verb.children if c.dep_ == "obj" and c.i != word.i]
        if beside or word.i == name.i or name.head != noun:
            continue
        if _case(noun) == _case(name) == "Nom" and _case(word) == "Acc" and word.tag_ == "NE":
            hang(word, verb, "obj")
            reform(word, "NN", pos="NOUN")


def _last_of_name(name: Token) -> Token:
    """The last word of the entity that a word begins, the word itself where it begins none."""
    last = name
    while last.i + 1 < len(name.doc) and last.nbor().ent_iob_ == "I":
        last = last.nbor()
    return last


def _first_verb(verb: Token) -> Token:
    """The first of a verb and its auxiliaries: hat of "hat … geliefert"."""
    return min((verb, *(child for child in verb.children if child.pos_ in VERBS)), key=lambda token: token.i)


def _case(word: Token) -> str:
    """The one case of a word by its form, "" for none or several."""
    cases = word.morph.get("Case")
    return cases[0] if len(cases) == 1 else ""
