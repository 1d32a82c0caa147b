"""Case and agreement (Kongruenz): "den" is no nominative, and a relative pronoun agrees with its antecedent.

"Die Gemeinde wurde nach William Jones benannt, der das Gesetz verfasst hatte": "der" is masculine, so it is not
"Gemeinde".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.language.prepositions import is_led
from kg.language.verbs import words
from kg.reader.tokens import NOUNS, PLACES

if TYPE_CHECKING:
    from spacy.tokens import Token

DATIVES = frozenset("dem den einem diesem diesen keinem seinem ihrem".split())
"""Determiners that may be datives and are no nominatives."""

OBLIQUES = DATIVES | frozenset("einen keinen jeden seinen ihren des eines".split())
"""Determiners that no nominative has."""

# Relative pronouns, and what their antecedent can be by their form: its gender in the singular, "Plur" for any plural.
_RELATIVE_PRONOUNS = {
    "das": {"Neut"}, "dem": {"Masc", "Neut"}, "den": {"Masc"}, "dessen": {"Masc", "Neut"},
    "die": {"Fem", "Plur"}, "deren": {"Fem", "Plur"}, "denen": {"Plur"},
}  # fmt: skip


def may_be_nominative(noun: Token) -> bool:
    """Case by form: whether neither a preposition nor a determiner keeps a noun from being a nominative: "die Stadt",
    a name; not "den Rat", "mit Köln".
    """
    return not is_led(noun) and not any(c.text.lower() in OBLIQUES for c in noun.children if c.dep_.startswith("det"))


def _is_in_light_verb_phrase(noun: Token) -> bool:
    """Light-verb construction (Funktionsverbgefüge): whether a noun with its preposition is listed as part of one.

    Such a noun names no thing and is no antecedent: Luft in "in die Luft sprengen".
    """
    case = next((c for c in noun.children if c.dep_ == "case"), None)
    return case is not None and case.i < noun.i and noun.doc[case.i : noun.i + 1].text.lower() in words("light")


def can_stand_for(pronoun: Token, noun: Token, *, nearest: bool) -> bool:
    """Agreement: whether the form of a relative pronoun lets it have a noun as antecedent: "der" Tisch, not Leben.

    No later part of a name or compound is one, and no noun of a light-verb construction. The `nearest` noun, if a
    singular without article, fits any pronoun but a plural one, as the tagger knows little of its gender.
    """
    first = noun.dep_ not in ("flat", "flat:name", "compound")
    allowed = _allowed_genders(pronoun, pronoun.head)
    bare = nearest and "Sing" in noun.morph.get("Number") and not any(c.dep_.startswith("det") for c in noun.children)
    return first and not _is_in_light_verb_phrase(noun) and ((bare and allowed != {"Plur"}) or _agrees(noun, allowed))


def _allowed_genders(pronoun: Token, clause: Token) -> set[str]:
    """The genders, or "Plur", that the antecedent of a relative pronoun may have by the form of that pronoun.

    "der" is masculine as a subject, else feminine; of "die" as a subject, the number of the finite verb decides:
    "die Firma, die baut" → Fem, "die Firmen, die bauen" → Plur. An empty set says nothing.
    """
    word = pronoun.text.lower()
    if word == "der":
        return {"Masc"} if pronoun.dep_.startswith("nsubj") else {"Fem"}
    allowed = set(_RELATIVE_PRONOUNS.get(word, ()))
    if word == "die" and pronoun.dep_.startswith("nsubj"):
        finite = next((t for t in (*clause.children, clause) if t.tag_.endswith("FIN")), None)
        number = finite.morph.get("Number") if finite is not None else []
        allowed &= {"Plur"} if number == ["Plur"] else {"Fem"} if number == ["Sing"] else allowed
    return allowed


def _agrees(noun: Token, allowed: set[str]) -> bool:
    """Agreement: whether a noun has one of the allowed genders or, as a plural or a coordination, "Plur" is allowed.

    Names of persons are masculine or feminine, names of places without article neuter ("Duisburg, das …"). A noun
    whose number is not known fits any; one whose gender is not known fits any singular.
    """
    genders, numbers = noun.morph.get("Gender"), noun.morph.get("Number")
    article = next((c for c in noun.children if c.tag_ == "ART"), None)
    if noun.pos_ == "PROPN" and article is not None and article.morph.get("Gender"):
        genders = article.morph.get("Gender")  # "des Iran"
    elif genders:  # the tagger may err in one of the two: "sein Zimmer"
        genders = [*genders, *(g for c in noun.children if c.dep_.startswith("det") for g in c.morph.get("Gender"))]
    if noun.ent_type_ in ("PER", "PERSON") and noun.pos_ == "PROPN":
        return not allowed or bool(allowed & {"Masc", "Fem"})  # what the tagger takes "Yasmin" for tells nothing
    if noun.ent_type_ in PLACES and not any(c.dep_ in ("det", "amod") for c in noun.children):
        return not allowed or "Neut" in allowed  # "in Duisburg, das", but "in der Schweiz, die"
    if not allowed or noun.pos_ not in NOUNS or not numbers:
        return True
    if "Plur" in allowed and _may_be_genitive_plural(noun, article):
        return True
    if numbers == ["Plur"] or any(c.dep_ == "conj" and c.pos_ == noun.pos_ for c in noun.children):
        return "Plur" in allowed
    return not genders or bool(set(genders) & allowed)


def _may_be_genitive_plural(noun: Token, article: Token | None) -> bool:
    """Syncretism: whether a noun behind "der" that is no subject and not in its first form may be a genitive plural.

    "wegen der Moose, die dort stehen", whatever number the tagger gives it.
    """
    led = article is not None and article.text.lower() == "der" and not noun.dep_.startswith("nsubj")
    return led and noun.tag_ == "NN" and noun.text != noun.lemma_
