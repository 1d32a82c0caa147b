"""Vocative (Anrede): in "Herr Minister, durch die Krise ergeben sich Fragen" the Minister is no argument.

A speech names its hearers between commas, without an article: "meine Damen und Herren", "liebe Kollegen", "Frau
Präsidentin". A small parser makes a subject or an object of them. The rule changes labels of a UD tree in
place and leaves a sound one alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.tree.edits import hang, promote, relabel
from kg.language.nouns import is_courtesy
from kg.reader.tokens import NOUNS

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

# Words before a noun that address whom it means: "liebe Kollegen", "sehr geehrter Herr Minister".
_ADDRESSING = ("lieb", "geehrt", "verehrt", "wert", "meine", "sehr")
_HEARERS = frozenset(
    "Damen Herren Kollegen Kolleginnen Kollege Kollegin Freunde Freundinnen Genossen Genossinnen".split()
)
_THANKS = frozenset({"Vielen", "Herzlichen", "Besten", "Schönen", "Dank"})
_COURTESIES = frozenset({"Herr", "Herrn", "Frau"})
# What a sentence that speaks to somebody has somewhere in it.
_SIGNS = (*_ADDRESSING, *sorted(word.lower() for word in _THANKS | _COURTESIES))
_EDGES = frozenset({",", "–", "-", "!", ":", ".", ";", "?"})
_ARGUMENTS = ("nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:arg", "dep", "parataxis", "advmod")


def free_addresses(sentence: Sentence) -> None:
    """Take those who are spoken to out of their clauses."""
    text = sentence.text.lower()
    if not any(sign in text for sign in _SIGNS):
        return
    found = []
    for token in sentence:
        word = token.text
        if word in _COURTESIES or word in _THANKS or word.lower().startswith(_ADDRESSING):
            found.append(token.i)
    if not found:
        return
    for token in sentence:
        if token.dep_ in _ARGUMENTS and token.pos_ in NOUNS and _addresses(token, sentence):
            _part_listed(token)
            relabel(token, "vocative")


def _part_listed(noun: Token) -> None:
    """ "Frau Ministerin, Bund und Länder verhandeln": who is spoken to is no member of the list that follows."""
    listed = [c for c in noun.children if c.dep_ == "conj" and c.i > noun.i]
    hearers = any(t.text in _HEARERS for t in (noun, *listed))
    if listed and not hearers and noun.dep_.startswith("nsubj"):
        first = listed[0]
        promote(first)
        for other in listed[1:]:
            hang(other, first)


def _addresses(noun: Token, sentence: Sentence) -> bool:
    """Whether a phrase between commas calls upon somebody, by its first words."""
    doc, first, last = noun.doc, noun.left_edge.i, noun.right_edge.i
    while doc[first].is_punct and first < noun.i:
        first += 1
    before = first == sentence.start or doc[first - 1].text in _EDGES or doc[first - 1].text in '„“"»«'
    comma = next((i for i in range(noun.i + 1, sentence.end) if doc[i].text in _EDGES), None)
    if not before or comma is None or any(doc[i].tag_.endswith("FIN") for i in range(first, comma)):
        return False
    opens = doc[first]
    if noun.text == "Dank" and opens.text in _THANKS:
        return True
    if opens.text.lower().startswith(_ADDRESSING) and opens.pos_ in ("DET", "ADJ", "ADV"):
        dear = opens.text.lower().startswith(("lieb", "geehrt", "verehrt", "wert")) and first == sentence.start
        hearers = dear or any(t.text in _HEARERS or is_courtesy(t.text) for t in doc[first:comma])
        return hearers and not any(c.dep_ == "case" for c in noun.children)
    called = is_courtesy(opens.text) and (last > first or noun.i > first)
    closes = doc[comma].text in (".", "!", "?") and comma + 2 >= sentence.end and first > sentence.start
    titled = first == sentence.start and noun.tag_ == "NN" and not noun.ent_type_  # "Frau Ministerin", no name
    alone = titled and not any(c.ent_type_ for c in noun.children)
    return called and (alone or closes or _speech_follows(doc[comma], sentence))


def _speech_follows(comma: Token, sentence: Sentence) -> bool:
    """Whether a clause of its own stands behind: "Frau Roth, ich danke", not "Frau Roth, die Chefin, sprach"."""
    behind = sentence.doc[comma.i + 1 : sentence.end]
    if any(t.tag_ == "PRELS" for t in behind[:2]) or _is_inserted(comma, behind):
        return False
    finite = next((t for t in behind if t.tag_.endswith("FIN")), None)
    return finite is not None and finite.i > comma.i + 1 and finite.nbor(-1).text != ","


def _is_inserted(opening: Token, behind: Sentence) -> bool:
    """Whether what stands between dashes only interrupts a clause: "Frau Roth – sie ist Ärztin – half"."""
    closing = (t for t in behind[:-1] if t.text == opening.text and t.text in ("–", "-"))
    return any(t.nbor().tag_.endswith("FIN") for t in closing)
