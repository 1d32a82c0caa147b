"""What the rules ask of words again and again: is "Gemeinde" feminine, does "Danach" open its sentence?

`token.morph.get` reads all features of a word anew, and `token.sent` looks for both ends of its sentence. Asked for
every word of a text, the two cost as much as a step of the pipeline; these say the same for a tenth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from kg.language.verbs import infinitive

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


# Word classes (UPOS, but for `PREDICATIVES`).
NOUNS = ("NOUN", "PROPN")
"""The word classes of nouns and names."""
NOUNS_AND_FOREIGN = (*NOUNS, "X")
NAMES_AND_FOREIGN = ("PROPN", "X")
VERBS = ("AUX", "VERB")
MODIFIERS = ("DET", "ADJ", "NUM", "ADV")
"""What may stand between an article and its noun, the article among it."""
ATTRIBUTES = ("DET", "ADJ")
PREDICATIVES = ("ADJD", "VVPP")
"""The tags (STTS) of an adjective without ending and of a participle: "krank", "gebaut"."""

# Relations in a tree (UD).
AUXILIARIES = ("aux", "aux:pass")
AUXILIARIES_AND_COPULA = (*AUXILIARIES, "cop")
FLAT = ("flat", "flat:name")
APPOSITIONS = ("appos", *FLAT)
OBJECTS = ("obj", "iobj", "obl:arg")
COMPLEMENTS = ("ccomp", "xcomp")
"""Clauses and infinitives that a verb governs as its object."""

PLACES = ("LOC", "GPE")
"""Labels of the recogniser for places."""

DASS = ("dass", "daß")
"""The conjunction in both spellings."""
AND = ("und", "sowie")
GENITIVE_PRONOUNS = ("dessen", "deren")
"""Tagged as demonstrative determiners or relatives, and pronouns all the same: "dessen Stadt"."""


def has(token: Token, feature: str, value: str) -> bool:
    """Whether a word has a value of a feature: "gab" has the VerbForm "Fin"."""
    return value in _values(str(token.morph)).get(feature, ())


def value(token: Token, feature: str) -> str:
    """The value of a feature of a word, the first of several, "" for none: "gab" has the Tense "Past"."""
    return next(iter(_values(str(token.morph)).get(feature, ())), "")


def is_number(token: Token) -> bool:
    """Number in digits or words: "40", "drei"."""
    return token.like_num or token.tag_ == "CARD"


def set_features(token: Token, features: str) -> None:
    """Give a word other features, such as "VerbForm=Inf"; spaCy's types know nothing of this."""
    cast(Any, token).set_morph(features)


@lru_cache(maxsize=4096)
def _values(features: str) -> Mapping[str, Sequence[str]]:
    """Feature → values: "Case=Dat|Gender=Masc,Neut" → Dat; Masc and Neut. A pipeline knows some hundred such lines."""
    pairs = (feature.partition("=") for feature in features.split("|"))
    return {name: values.split(",") for name, _, values in pairs}


def first_word(head: Token) -> Token:
    """The first word of what hangs on a head; the comma before a clause hangs on it too.

    "…, wie Bayer mitteilte" → wie
    """
    edge = head.left_edge
    while edge.is_punct and edge.i < head.i:
        edge = edge.nbor()
    return edge


def infinitive_with_particle(verb: Token) -> str:
    """The infinitive of a verb with the particle that the tree hangs on it: "kam … ab" → abkommen."""
    particle = next((child.text.lower() for child in verb.children if child.dep_ == "compound:prt"), "")
    return f"{particle}{infinitive(verb.text, verb.lemma_)}"


def opens_sentence(token: Token) -> bool:
    """Whether a word is the first of its sentence."""
    return token.i == 0 or bool(token.is_sent_start)


MARGINS = ("head", "head_lead", "head_doubt", "relation", "relation_lead", "name", "name_doubt", "tag", "start")
"""The logarithm of the probability of what was chosen; the lead before the second best, at most 15; the doubt is
the entropy over all that could have been chosen, in nats."""


def margins_of(doc: Doc) -> Any:
    """The margins of a Doc, words × `MARGINS`; None where another pipeline read it."""
    tensor: Any = doc.tensor
    return tensor if len(doc) and tensor.shape == (len(doc), len(MARGINS)) else None
