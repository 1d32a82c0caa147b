"""Loose apposition (lockere Apposition): what a comma joins to a name or a noun says the same once more.

"Die Klägerin, die Versicherung Hansa AG, verklagte die Bahn": who sued is the Hansa AG; "Peter Schmidt, Bäckermeister
aus Kassel": Schmidt is a Bäckermeister.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import TYPE_CHECKING

from kg.extract.names.appositions import Name
from kg.language.nouns import is_courtesy, is_firm_too, is_person, noun_type
from kg.ontology import AGENTS
from kg.reader.tokens import APPOSITIONS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def apposed_name(noun: Token, by_token: Mapping[int, Name], titles: Mapping[int, Name]) -> Name | None:
    """Loose apposition behind a common noun: the name that says who or what is meant, alone or with a noun of its own.

    A noun of persons takes the name of a person, or, where it can mean a firm, of an organisation or a place; one of
    organisations that of an organisation. Not what somebody has: "hat eine Schwester, Camilla" says that there is one.
    `by_token` has the name of a token, `titles` that of the noun before it.

    "Der Präsident der USA, Joe Biden, sagte"          → Joe Biden
    "Die Klägerin, die Versicherung Hansa AG, klagte"  → Hansa AG
    """
    type_ = noun_type(noun.text) or ("Person" if is_person(noun.text) else "")
    had = noun.dep_ == "obj" and noun.head.lemma_ == "haben"
    if noun.pos_ != "NOUN" or had or type_ not in AGENTS:
        return None
    for child in noun.children:
        joined = child.dep_ in APPOSITIONS or (child.dep_ == "amod" and child.tag_ == "NN")
        name = by_token.get(child.i) or titles.get(child.i) if joined and child.i > noun.i else None
        if name is None:
            continue
        party = name.type in ("Organization", "Place") and is_firm_too(noun.text)
        if name.type == type_ == "Person" or (child.i > noun.i + 1 and (name.type == type_ or party)):
            return name
    return None


def apposed_noun(doc: Doc, name: Name, by_token: Mapping[int, Name]) -> str:
    """Loose apposition behind a person's name: the common noun of persons behind a comma, with no more than an article
    and adjectives before it, in the singular. Returns it in the nominative: "Peter Schmidt, Bäckermeister aus Kassel".
    """
    i = name.last + 1
    if name.type != "Person" or name.cut or i + 1 >= len(doc) or doc[i].text != ",":
        return ""
    i += 1
    while i + 1 < len(doc) and doc[i].tag_ in ("ART", "ADJA", "PPOSAT") and not doc[i].is_sent_start:
        i += 1
    noun = doc[i]
    fits = noun.tag_ == "NN" and is_person(noun.text) and not is_courtesy(noun.text) and i not in by_token
    return nominative(noun) if fits and "Plur" not in noun.morph.get("Number") else ""


def nominative(noun: Token) -> str:
    """A noun as one calls one of its kind: a plural in the singular, another case than the nominative without -s, -es,
    -n or -en, which its lemma lacks: "des Sprechers" → Sprecher; "die Städte" → Stadt; "Konzern" stays.
    """
    if "Plur" in noun.morph.get("Number"):
        return _as_written(noun.lemma_, noun.text)
    oblique, bare = "Nom" not in noun.morph.get("Case"), noun.text[: len(noun.lemma_)]
    ending = noun.text[len(bare) :] if bare.lower() == noun.lemma_.lower() else ""  # "US-präsident"
    if ending == "n":  # "dem Experten"; not "dem Konzern"
        oblique = oblique and noun.lemma_.endswith("e")
    return bare if oblique and ending in ("s", "es", "n", "en") else noun.text


def _as_written(lemma: str, text: str) -> str:
    """A lemma with capitals where the text has them: "Opel-modell" of "Opel-Modelle" → Opel-Modell."""
    return "".join(own if own.lower() == letter else letter for letter, own in zip_longest(lemma, text, fillvalue=""))
