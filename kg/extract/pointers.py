"""Words that point to what is named elsewhere: "er", "ihre", "die" in "Toplak, die warnte", "das Unternehmen".

Extraction finds them and says what grammar alone knows: the forms give gender and number, a relative clause its noun,
"ich" in a quotation its speaker. Whom the others mean is for resolution to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.arguments import antecedent
from kg.extract.attribution import Speech
from kg.extract.mentions import Mentions
from kg.extract.nouns import noun_type, stem
from kg.records import Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

# What the forms of the third person say: gender and number, several where the form leaves it open.
_THIRD = {
    "er": ("Masc", "Sing"), "ihn": ("Masc", "Sing"), "ihm": ("Masc,Neut", "Sing"), "es": ("Neut", "Sing"),
    "sie": ("Fem", "Sing,Plur"), "ihr": ("Fem", "Sing,Plur"), "ihnen": ("", "Plur"),
    "sein": ("Masc,Neut", "Sing"), "dessen": ("Masc,Neut", "Sing"), "deren": ("Fem", "Sing,Plur"),
    "dieser": ("Masc,Fem", "Sing"), "diesen": ("Masc", "Sing"), "diesem": ("Masc,Neut", "Sing"),
    "diese": ("Fem", "Sing,Plur"),
}  # fmt: skip
# The same of relative pronouns, in the nominative and accusative; "der" is also a dative of women.
_RELATIVE = {
    "der": ("Masc", "Sing"), "die": ("Fem", "Sing,Plur"), "das": ("Neut", "Sing"), "den": ("Masc", "Sing"),
    "dem": ("Masc,Neut", "Sing"), "dessen": ("Masc,Neut", "Sing"), "deren": ("Fem", "Sing,Plur"), "denen": ("", "Plur"),
}  # fmt: skip
_POSSESSIVES = {f"{stem}{ending}": stem for stem in ("sein", "ihr") for ending in ("", "e", "en", "em", "er", "es")}
_FIRST = frozenset({"ich", "mich", "mir", "mein", "meine", "meinen", "meinem", "meiner", "meines"})
_PRONOUNS = frozenset({"PPER", "PPOSAT", "PPOSS", "PRELS", "PRELAT", "PDS"})
_DEFINITE = frozenset({"der", "die", "das", "den", "dem", "des", "dieser", "diese", "dieses", "diesen", "diesem"})


# Who is only somebody's: "der Nachfolger" is not known by the word.
_RELATIVES = frozenset(
    map(stem, ("Vorgänger", "Nachfolger", "Stellvertreter", "Vertreter", "Partner", "Gegner", "Kollege"))
)
# "Das Amt des Kanzlers" is nobody's.
_OFFICES = frozenset(
    "Amt Posten Position Stelle Rolle Titel Wahl Funktion Nachfolge Kompetenz Richtlinienkompetenz".split()
)


def find_pointers(mentions: Mentions, speech: Speech) -> Iterator[Mention]:
    """Yield what points, with gender, number and, where grammar knows it, the antecedent."""
    for token in mentions.reading.doc:
        if token.pos_ == "NOUN" or (token.tag_ == "NN" and token.i not in mentions.by_token):
            if noun_type(token.text) and token.i not in mentions.titles and _is_definite(token):
                yield from _noun(mentions, token)
        elif token.tag_ in _PRONOUNS:
            yield from _pronoun(mentions, speech, token)


def _noun(mentions: Mentions, noun: Token) -> Iterator[Mention]:
    """Yield the phrase of a noun if it can mean what has its name elsewhere.

    One that says more than a known thing needs means another: "das Unternehmen", not "die Polizei von Cleveland"; "der
    chinesische Konzern", but of countries not "der italienische Staat". In apposition it means what it stands by.
    """
    named = mentions.by_token.get(noun.head.i) if noun.dep_ == "appos" else None
    if named is not None and mentions.named(named).type == noun_type(noun.text):
        yield replace(mentions.of(noun), pointing=True, antecedent=mentions.named(named).id)
        return
    more = {"nmod", "nmod:poss", "nummod", "appos", "flat", "flat:name", "acl"}
    if noun_type(noun.text) == "Place":
        more.add("amod")
    if stem(noun.text) in _RELATIVES or (noun.dep_ == "nmod" and noun.head.lemma_ in _OFFICES):
        return
    less = {c.i for c in noun.children if _is_origin(c) or (c.i > noun.i and c.pos_ == "NUM")}
    front = noun.text[0] == "-" or (noun.i in mentions.parts and noun_type(noun.text) != "Person")
    if not front and not any(c.dep_ in more and c.i not in less for c in noun.children) and not _is_plural(noun):
        yield replace(mentions.of(noun), pointing=True)


def _is_origin(token: Token) -> bool:
    """Whether an attribute only says where somebody or something is at home: "die Firma aus Bebra"."""
    return token.ent_type_ == "LOC" and any(c.dep_ == "case" and c.text == "aus" for c in token.children)


def _is_plural(noun: Token) -> bool:
    """Whether a noun is plural; "den" with a dative is, whatever the tagger says of "Abgeordneten"."""
    den = any(c.text.lower() == "den" and "Dat" in c.morph.get("Case") for c in noun.children)
    return den or "Plur" in noun.morph.get("Number")


def _pronoun(mentions: Mentions, speech: Speech, token: Token) -> Iterator[Mention]:
    """Yield the pronoun that a token is, if it stands for somebody."""
    word = token.text.lower()
    mention = replace(mentions.of(token), form="pronoun", type="Thing", pointing=True)
    noun = antecedent(token)
    if noun != token:
        gender, number = _RELATIVE.get(word, ("", ""))
        gender = gender if word != "der" or mention.role == "subject" else "Masc,Fem"
        yield replace(mention, gender=gender, number=number, antecedent=mentions.of(noun).id)
    elif word in _FIRST:
        voice = speech.quoted(token.i)
        if voice is not None and voice.speaker is not None:
            yield replace(mention, gender="", number="Sing", antecedent=voice.speaker.id)
    elif token.tag_ != "PRELS" and _is_third(token):
        gender, number = _THIRD[_POSSESSIVES.get(word, word)]
        yield replace(mention, gender=gender, number=_number(token, number))


def _is_third(token: Token) -> bool:
    """Whether a pronoun of the third person stands for somebody: not the "es" of "es regnet", nor a polite "Sie"."""
    word = token.text.lower()
    if _POSSESSIVES.get(word, word) not in _THIRD:
        return False
    if token.text[0].isupper() and word in ("sie", "ihnen", "ihr", "ihre", "ihren", "ihrem", "ihrer", "ihres"):
        return token.is_sent_start or token.nbor(-1).is_punct
    if word == "es":
        clausal = any(c.dep_ in ("ccomp", "csubj", "xcomp", "csubj:pass") for c in token.head.children)
        return token.dep_ in ("nsubj", "obj") and not clausal
    return True


def _number(token: Token, number: str) -> str:
    """The number that the verb gives a subject: "sie sagte", "sie sagten"."""
    if "," not in number or not token.dep_.startswith("nsubj"):
        return number
    verbs = [token.head, *(c for c in token.head.children if c.dep_ in ("aux", "aux:pass", "cop"))]
    finite = next((v for v in verbs if "Fin" in v.morph.get("VerbForm")), None)
    return "".join(finite.morph.get("Number")) or number if finite is not None else number


def _is_definite(noun: Token) -> bool:
    """Whether a noun has a definite article, a demonstrative, or one in its preposition: "beim Unternehmen"."""
    return any(
        (c.dep_ == "det" and c.text.lower() in _DEFINITE) or (c.dep_ == "case" and c.tag_ == "APPRART")
        for c in noun.children
    )
