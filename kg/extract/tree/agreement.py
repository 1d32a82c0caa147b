"""Agreement (Kongruenz): a relative pronoun has the gender and number of its noun.

"Die Gemeinde wurde nach William Jones benannt, der das Gesetz verfasst hatte": "der" is masculine, so it is not
"Gemeinde".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.language.verbs import words
from kg.reader.tokens import NOUNS

if TYPE_CHECKING:
    from spacy.tokens import Token

# What a relative pronoun can stand for, by its form: genders in the singular, "Plur" for any plural.
_RELATIVES = {
    "das": {"Neut"}, "dem": {"Masc", "Neut"}, "den": {"Masc"}, "dessen": {"Masc", "Neut"},
    "die": {"Fem", "Plur"}, "deren": {"Fem", "Plur"}, "denen": {"Plur"},
}  # fmt: skip


def _is_light(noun: Token) -> bool:
    """Whether a noun names no thing, but is one phrase with its verb: Luft in "in die Luft sprengen"."""
    case = next((c for c in noun.children if c.dep_ == "case"), None)
    return case is not None and case.i < noun.i and noun.doc[case.i : noun.i + 1].text.lower() in words("light")


def can_stand_for(pronoun: Token, noun: Token, *, nearest: bool) -> bool:
    """Whether the form of a relative pronoun lets it stand for a noun: "der" for Tisch, not for Leben.

    The `nearest` one may, if nothing beside it tells its gender: of a noun alone the tagger knows little.
    """
    first = noun.dep_ not in ("flat", "flat:name", "compound")
    allowed = _allowed(pronoun, pronoun.head)
    bare = nearest and "Sing" in noun.morph.get("Number") and not any(c.dep_.startswith("det") for c in noun.children)
    return first and not _is_light(noun) and ((bare and allowed != {"Plur"}) or _can_be(noun, allowed))


def _allowed(pronoun: Token, clause: Token) -> set[str]:
    """The genders, or "Plur", of what a relative pronoun stands for; that of a subject also shows in the verb."""
    word = pronoun.text.lower()
    if word == "der":
        return {"Masc"} if pronoun.dep_.startswith("nsubj") else {"Fem"}
    allowed = set(_RELATIVES.get(word, ()))
    if word == "die" and pronoun.dep_.startswith("nsubj"):
        finite = next((t for t in (*clause.children, clause) if t.tag_.endswith("FIN")), None)
        number = finite.morph.get("Number") if finite is not None else []
        allowed &= {"Plur"} if number == ["Plur"] else {"Fem"} if number == ["Sing"] else allowed
    return allowed


def _can_be(noun: Token, allowed: set[str]) -> bool:
    """Whether a noun has one of the genders, or is a plural; one whose form is not known may have any."""
    genders, numbers = noun.morph.get("Gender"), noun.morph.get("Number")
    article = next((c for c in noun.children if c.tag_ == "ART"), None)
    if noun.pos_ == "PROPN" and article is not None and article.morph.get("Gender"):
        genders = article.morph.get("Gender")  # "des Iran"
    elif genders:  # the tagger may err in one of the two: "sein Zimmer"
        genders = [*genders, *(g for c in noun.children if c.dep_.startswith("det") for g in c.morph.get("Gender"))]
    if noun.ent_type_ in ("PER", "PERSON") and noun.pos_ == "PROPN":
        return not allowed or bool(allowed & {"Masc", "Fem"})  # what the tagger takes "Yasmin" for tells nothing
    if noun.ent_type_ in ("LOC", "GPE") and not any(c.dep_ in ("det", "amod") for c in noun.children):
        return not allowed or "Neut" in allowed  # "in Duisburg, das", but "in der Schweiz, die"
    if not allowed or noun.pos_ not in NOUNS or not numbers:
        return True
    if numbers == ["Plur"] or any(c.dep_ == "conj" and c.pos_ == noun.pos_ for c in noun.children):
        return "Plur" in allowed
    return not genders or bool(set(genders) & allowed)
