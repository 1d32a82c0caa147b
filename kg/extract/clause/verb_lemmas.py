"""What a verb is called with all that belongs to it: "lief … aus" is auslaufen, "gab bekannt" bekanntgeben.

Separable particles, words written apart, and the adjective that says what an object is made: "macht möglich".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clause.modal_infinitives import is_modal_infinitive
from kg.extract.tree.arguments import is_reflexive
from kg.language.verbs import CAUSATIVE, infinitive, without_zu
from kg.language.verbs import words as verb_class
from kg.reader.tokens import opens_sentence

if TYPE_CHECKING:
    from spacy.tokens import Token


def lemma_of(token: Token, particle: Token | None, copula: Token | None, apart: Token | None) -> str:
    """The verb's infinitive with its particle: "lief … aus" → "auslaufen"; "sein" for a copular clause."""
    if copula is not None:
        return "werden" if copula.lemma_ == "werden" else "sein"
    lemma = infinitive(without_zu(token.text) if token.tag_ == "VVIZU" else token.text, token.lemma_)
    if particle is not None and not lemma.startswith(particle.text.lower()) and _may_part(particle, lemma):
        lemma = particle.text.lower() + lemma
    if any(c.dep_ == "aux" and c.text.lower().startswith(CAUSATIVE) for c in token.children):
        lemma += " lassen"  # who has something done does not do it
    if lemma == "gehören" and any(c.lemma_ == "haben" for c in token.children) and not _belongs(token):
        lemma = "hören"  # "haben wir nichts gehört"
    if token.text.lower() == "geraten" and any(c.lemma_ == "sein" for c in token.children):
        lemma = "geraten"  # "außer Kontrolle geraten ist", no advice
    if lemma == "tun" and any(c.lemma_ == "haben" and is_modal_infinitive(c, token) for c in token.children):
        return "zu tun haben"
    if apart is not None and apart == particle:
        return lemma
    return f"{apart.text}{'' if _is_one_word(apart, token) else ' '}{lemma}" if apart is not None else lemma


# Prefixes that stay on their verb, and the particles that verbs with one may take all the same: "erkennt an".
_STAYING = ("be", "er", "ver", "ent", "zer", "hinter", "miss")
_BEFORE_STAYING = frozenset("an vor ab mit zu nach wieder weiter zurück heim um aus ein frei hinzu".split())


def _may_part(particle: Token, lemma: str) -> bool:
    """Whether a verb can have a particle: "erkennt an", but no "hinterlässt hinein"."""
    return not lemma.startswith(_STAYING) or particle.text.lower() in _BEFORE_STAYING or len(lemma) < 7


def _belongs(verb: Token) -> bool:
    """Whether "gehört" is of gehören: "hat zu Polen gehört"."""
    led = (d.text.lower() for c in verb.children for d in c.children if d.dep_ == "case")
    return any(word in ("zu", "zum", "zur") for word in led) and not any(c.dep_ == "obj" for c in verb.children)


def part_apart(verb: Token) -> Token | None:
    """The word that is part of a verb though it stands apart: bekannt in "gab bekannt"."""
    whole = (c for c in verb.children if c.tag_ in ("ADJD", "PTKVZ", "ADV", "VVPP") and _is_one_word(c, verb))
    return next(whole, None) or _result(verb)


def _is_one_word(first: Token, verb: Token) -> bool:
    return f"{first.text} {infinitive(verb.text, verb.lemma_)}" in verb_class("written_apart")


def _result(verb: Token) -> Token | None:
    """The adjective that says what an object is made, found or called: "macht den Verkehr möglich"."""
    if infinitive(verb.text, verb.lemma_) not in verb_class("resultative"):
        return None
    objects = [c.i for c in verb.children if c.dep_ == "obj" and not is_behind_preposition(c) and not is_reflexive(c)]
    for child in verb.children:
        follows = child.doc[child.i + 1] if child.i + 1 < len(child.doc) else child
        ends = follows == verb or follows.is_punct or follows.tag_ == "PTKZU"
        if any(c.text.lower() in ("für", "als") for c in child.children):
            continue
        oneself = verb.lemma_ == "machen" and any(is_reflexive(c) for c in verb.children)  # "sich unabhängig machen"
        known = (objects and objects[0] < child.i) or child.text == "aufmerksam" or oneself
        if child.tag_ == "ADJD" and child.dep_ in ("advmod", "xcomp") and known and ends:
            return child
    return None


def is_behind_preposition(token: Token) -> bool:
    """Whether a phrase stands behind a preposition, so that it is no subject; "über 100 Gäste" only counts."""
    edge = token.left_edge
    if not opens_sentence(edge) and edge.nbor(-1).text.lower() in ("statt", "anstatt"):
        return True
    return any(
        c.dep_ == "case" and c.text.lower() not in ("über", "unter", "bis", "um", "rund") for c in token.children
    )
