"""Vocative (Anrede): in "Herr Minister, durch die Krise ergeben sich Fragen" the Minister is no argument.

A speech names its hearers between commas, without an article: "meine Damen und Herren", "liebe Kollegen", "Frau
Präsidentin". A small parser makes a subject or an object of them. The rule changes labels of a UD tree in
place and leaves a sound one alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.text.marks import SPEECH_MARKS
from kg.extract.tree.edits import hang, promote, relabel
from kg.language.nouns import is_courtesy, noun_list
from kg.reader.tokens import NOUNS

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

# How words begin that open a vocative: "liebe Kollegen", "sehr geehrter Herr Minister".
_ADDRESSING = ("lieb", "geehrt", "verehrt", "wert", "meine", "sehr")
_THANKS = frozenset({"Vielen", "Herzlichen", "Besten", "Schönen", "Dank"})
_COURTESIES = frozenset({"Herr", "Herrn", "Frau"})
# A sentence without one of these has no vocative.
_CUES = (*_ADDRESSING, *sorted(word.lower() for word in _THANKS | _COURTESIES))
_DELIMITERS = frozenset({",", "–", "-", "!", ":", ".", ";", "?"})
_ARGUMENTS = ("nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:arg", "dep", "parataxis", "advmod")


def mark_vocatives(sentence: Span) -> None:
    """Vocative: a noun that the parser made an argument, and that addresses somebody, is relabelled `vocative`.

    "Vielen Dank" is taken out of its clause in the same way. "Frau Ministerin, Bund und Länder verhandeln über den
    Vertrag.": Ministerin, nsubj → vocative
    """
    text = sentence.text.lower()
    if not any(sign in text for sign in _CUES):
        return
    found = []
    for token in sentence:
        word = token.text
        if word in _COURTESIES or word in _THANKS or word.lower().startswith(_ADDRESSING):
            found.append(token.i)
    if not found:
        return
    for token in sentence:
        if token.dep_ in _ARGUMENTS and token.pos_ in NOUNS and _is_vocative(token, sentence):
            _part_from_list(token)
            relabel(token, "vocative")


def _part_from_list(noun: Token) -> None:
    """Vocative before a coordination: a subject that addresses somebody is no conjunct of the nouns behind it.

    Unless one of the list is a noun of hearers ("meine Damen und Herren"), the first conjunct takes its place, and the
    others hang on that one. "Frau Ministerin, Bund und Länder verhandeln": Bund, Ministerin/conj → verhandeln/nsubj
    """
    listed = [c for c in noun.children if c.dep_ == "conj" and c.i > noun.i]
    hearers = any(t.text in noun_list("hearers") for t in (noun, *listed))
    if listed and not hearers and noun.dep_.startswith("nsubj"):
        first = listed[0]
        promote(first)
        for other in listed[1:]:
            hang(other, first)


def _is_vocative(noun: Token, sentence: Span) -> bool:
    """Vocative: whether a noun phrase between punctuation marks, without a finite verb, addresses somebody.

    Without preposition it begins with lieb-, geehrt-, verehrt- or wert- and opens the sentence ("Liebe Gäste, …"), or
    begins with one of these, meine or sehr and has a noun of hearers ("meine Damen und Herren"). Or it begins with Herr
    or Frau, and is a title that opens the sentence ("Frau Ministerin, …"), or ends the sentence, or a main clause
    follows ("Frau Roth, ich danke"). "Vielen Dank" counts as one.
    """
    doc, first, last = noun.doc, noun.left_edge.i, noun.right_edge.i
    while doc[first].is_punct and first < noun.i:
        first += 1
    before = first == sentence.start or doc[first - 1].text in _DELIMITERS or doc[first - 1].text in SPEECH_MARKS
    comma = next((i for i in range(noun.i + 1, sentence.end) if doc[i].text in _DELIMITERS), None)
    if not before or comma is None or any(doc[i].tag_.endswith("FIN") for i in range(first, comma)):
        return False
    opens = doc[first]
    if noun.text == "Dank" and opens.text in _THANKS:
        return True
    if opens.text.lower().startswith(_ADDRESSING) and opens.pos_ in ("DET", "ADJ", "ADV"):
        dear = opens.text.lower().startswith(("lieb", "geehrt", "verehrt", "wert")) and first == sentence.start
        hearers = dear or any(t.text in noun_list("hearers") or is_courtesy(t.text) for t in doc[first:comma])
        return hearers and not any(c.dep_ == "case" for c in noun.children)
    called = is_courtesy(opens.text) and (last > first or noun.i > first)
    closes = doc[comma].text in (".", "!", "?") and comma + 2 >= sentence.end and first > sentence.start
    titled = first == sentence.start and noun.tag_ == "NN" and not noun.ent_type_  # "Frau Ministerin", no name
    alone = titled and not any(c.ent_type_ for c in noun.children)
    return called and (alone or closes or _main_clause_follows(doc[comma], sentence))


def _main_clause_follows(comma: Token, sentence: Span) -> bool:
    """Whether a main clause follows a vocative: a finite verb that neither the comma nor another one precedes.

    Relative clauses and parentheses are none: "Frau Roth, ich danke", not "Frau Roth, die Chefin, sprach".
    """
    behind = sentence.doc[comma.i + 1 : sentence.end]
    if any(t.tag_ == "PRELS" for t in behind[:2]) or _is_parenthesis(comma, behind):
        return False
    finite = next((t for t in behind if t.tag_.endswith("FIN")), None)
    return finite is not None and finite.i > comma.i + 1 and finite.nbor(-1).text != ","


def _is_parenthesis(opening: Token, behind: Span) -> bool:
    """Parenthesis: whether a dash like the first one closes it right before a finite verb.

    "Frau Roth – sie ist Ärztin – half": Frau Roth is the subject of "half", no vocative.
    """
    closing = (t for t in behind[:-1] if t.text == opening.text and t.text in ("–", "-"))
    return any(t.nbor().tag_.endswith("FIN") for t in closing)
