"""Attributes of nouns that only their form shows: "Notrufe besorgter Bürger", "Linksaußen Jonas Kempf".

Each rule changes heads and labels of a UD tree in place and leaves a sound one alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.tree.edits import hang, reform, swap
from kg.extract.tree.negation import NEGATIONS
from kg.language.nouns import is_person, noun_list, noun_type
from kg.language.prepositions import is_led
from kg.language.thematic_roles import is_unit
from kg.reader.tokens import NOUNS, VERBS

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

# Determiners whose form in -er is a genitive plural: "die Meinung vieler Bürger", "das Treffen zweier Minister".
_GENITIVE_PLURALS = frozenset(
    "aller anderer beider dreier einiger etlicher mancher mehrerer solcher vieler zweier".split()
)
_OF_PHRASE = ("det", "amod", "nmod", "nummod", "acl", "acl:relcl", "appos", "flat", "compound", "conj")


def attach_attributes(sentence: Span) -> None:
    """Attributes by form: at each noun of a sentence, hang it on the noun before it where it can be nothing else; a
    possessive "ihr" that no noun can have, on the verb; and a "mehr" on the amount before it.
    """
    for noun in list(sentence):
        if noun.i > sentence.start and noun.text in noun_list("trades_in_names"):
            _attach_trade(noun)
        if noun.tag_ == "PPOSAT" and noun.text.lower() == "ihr":
            _read_dative(noun)
        if noun.text in ("mehr", "weniger"):
            _attach_degree(noun)
        if noun.pos_ == "NOUN":
            _attach_genitive(noun)
        elif noun.pos_ == "PROPN" and noun.i > sentence.start:
            _attach_name(noun)
            _attach_name_to_phrase(noun)


def _read_dative(possessive: Token) -> None:
    """Dative pronoun (Synkretismus): a noun has one determiner, so an "ihr" before its article is no possessive of it,
    but a dative of the verb that the noun hangs on; and one that is an argument by the tree is no possessive either.

    "wurde ihr 2009 das Kreuz verliehen": ihr, Kreuz/det:poss → verliehen/obl:arg
    """
    noun = possessive.head
    second = any(c.i > possessive.i and c.tag_ in ("ART", "PDAT", "PPOSAT") and c.i < noun.i for c in noun.lefts)
    moves = second and noun.pos_ in NOUNS and noun.head.pos_ in VERBS
    if moves:
        hang(possessive, noun.head, "obl:arg")
    follows = noun.doc[possessive.i + 1].text.lower() if possessive.i + 1 < len(noun.doc) else ""
    led = is_led(possessive) or follows in ("gegenüber", "zufolge", "zuliebe", "nach", "entgegen")  # "ihr gegenüber"
    if moves or (possessive.dep_ in ("obl:arg", "iobj") and not led):
        reform(possessive, "PPER", pos="PRON", features="Case=Dat|Number=Sing|PronType=Prs")


def _attach_degree(more: Token) -> None:
    """Difference (Differenzbetrag): "mehr" or "weniger" right behind a counted unit belongs to it, and the unit is the
    object: "190 Millionen Euro mehr" is another amount than 190 Millionen Euro.

    "erhält zwei Millionen Euro mehr, als vorgesehen war": Euro, mehr/obl → erhält/obj; mehr, erhält/obj → Euro/amod
    """
    unit = more.nbor(-1) if more.i > more.sent.start else more
    counted = any(c.dep_ in ("nummod", "nmod") and c.i < unit.i for c in unit.children)
    words = {t.text.lower() for t in more.sent}
    denied = any(word in NEGATIONS or word.startswith("kein") for word in words)  # "hat nie zehn Euro mehr"
    verb = more.head
    if not counted or denied or not is_unit(unit.text) or verb.pos_ not in VERBS:
        return
    if unit.head == more and more.dep_ == "obj":
        hang(unit, verb, "obj")
    if unit.head == verb and unit.dep_ == "obj":
        hang(more, unit, "amod")


def _attach_trade(trade: Token) -> None:
    """Name of a firm: the plural of a trade without an article, right behind a proper noun that is in apposition to a
    common noun of no person, is the last word of the name.

    "das Büro Lang Hofer Architekten": Architekten, beauftragt/obl → Lang/flat
    """
    name = trade.nbor(-1)
    while name.dep_ == "flat" and name.head.i < name.i:
        name = name.head
    noun = name.head
    apposed = name.dep_ == "appos" and noun.i == name.i - 1 and noun.tag_ == "NN" and not is_person(noun.text)
    if name.pos_ == "PROPN" and apposed and not trade.n_lefts and trade.dep_ != "flat":
        hang(trade, name, "flat")


def _attach_name(name: Token) -> None:
    """Close apposition (enge Apposition): a common noun of persons in the singular has an article, unless it is the
    title of the name right behind it; so a name that hangs on the same word as such a bare noun is its apposition.

    "Den Ausgleich erzielte Stürmer Paul Kern": Paul, erzielte/obl → Stürmer/appos; not "verpflichtete das ZDF Karl Ott"
    """
    title = name.nbor(-1)
    bare = title.pos_ in NOUNS and not title.n_lefts and title.morph.get("Number") != ["Plur"]
    joined = title.head == name.head and name.head != name and name.dep_ not in ("appos", "flat", "conj")
    joined = joined and not (title.i and title.nbor(-1).text.lower() == "als")  # "Als Präsident Karl Meier entließ"
    if bare and joined and name.ent_type_ == "PER" and title.ent_type_ != "PER" and is_person(title.text):
        hang(name, title, "appos")


def _attach_name_to_phrase(name: Token) -> None:
    """Close apposition in a prepositional phrase: a name without article that the tree hangs on the verb as a bare
    argument, right behind the noun of a person or organisation with a preposition and article, says who that is.

    "Die Übernahme durch den Konkurrenten Elbtech kostete Geld": Elbtech, kostete/obl → Konkurrenten/appos
    """
    noun, verb = name.nbor(-1), name.head
    bare = name.dep_ in ("obl", "obl:arg", "iobj", "dep") and verb.pos_ in VERBS and not name.n_lefts
    who = noun.tag_ == "NN" and is_led(noun) and any(c.tag_ == "ART" for c in noun.lefts)
    kind = is_person(noun.text) or noun_type(noun.text) == "Organization"
    if bare and who and kind and name.ent_type_ in ("PER", "ORG"):
        hang(name, noun, "appos")


def _attach_genitive(noun: Token) -> None:
    """Genitive attribute (Genitivattribut) by its form: a noun in the plural whose phrase opens with an adjective or a
    quantifier in -er, right behind another noun, is a genitive, and so the attribute of that noun.

    No nominative, accusative or dative of the plural ends so. Where the tree has the noun before as its compound, the
    two change places. "Notrufe besorgter Bürger gingen ein": Bürger, gingen/obl → Notrufe/nmod; "Er wurde Opfer
    dreister Diebe": Diebe, wurde/xcomp → Opfer/nmod
    """
    before = _noun_before_genitive(noun)
    if before is None:
        return
    if before.head == noun and before.dep_ in ("compound", "nmod"):
        swap(before, noun, "nmod")
        for child in [c for c in noun.children if c.i < before.i or c.dep_ not in _OF_PHRASE]:
            hang(child, before)
    elif noun.head == before.head and noun.dep_ != "conj":
        hang(noun, before, "nmod")


def _noun_before_genitive(noun: Token) -> Token | None:
    """The noun right before a phrase in the genitive plural, given its head; None where the form is no such genitive.

    Adjectives of a town in capitals, "weniger" and a participle that the noun before depends on are none: "Bremer
    Anschläge", "in Zukunft weniger Fälle".
    """
    object = noun.dep_ == "obj" and any(c.dep_.startswith("nsubj") for c in noun.head.children)  # "reicher Händler"
    read_as_singular = noun.text == f"{noun.lemma_}e" or object  # "dreister Diebe"
    if noun.morph.get("Number") != ["Plur"] and not read_as_singular:
        return None
    first = noun
    while first.i > noun.sent.start and first.nbor(-1).tag_ == "ADJA" and first.nbor(-1).head == noun:
        first = first.nbor(-1)
    if first.i - 1 > noun.sent.start and first.nbor(-1).text in _GENITIVE_PLURALS:
        first = first.nbor(-1)
    strong = first.text.islower() and first.text.endswith("er") and first != noun
    strong = strong and (first.tag_ == "ADJA" or first.text in _GENITIVE_PLURALS)
    before = first.nbor(-1) if strong and first.i > noun.sent.start else None
    return before if before is not None and before.pos_ in NOUNS and before.head != first else None
