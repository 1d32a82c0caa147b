"""Close apposition (enge Apposition): the noun before a name tells what it names.

"Landgericht Mannheim" is a court, "Oberbürgermeister Sören Link" a person, "die Plattform RhineCloud" a product.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.extract.text.marks import PARTNERS, QUOTES
from kg.language.acronyms import retired
from kg.language.nouns import (
    COUNCILLORS,
    LINKS,
    is_degree,
    is_firm_too,
    is_kind,
    is_of_firms,
    is_origin,
    is_person,
    is_woman,
    names_nothing,
    noun_kind,
    noun_list,
    noun_type,
    role_relation,
    stem,
    telling_words,
)
from kg.language.states import is_land
from kg.ontology import kinds
from kg.reader.tokens import AND, APPOSITIONS, NOUNS, has

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A name in a parsed document: tokens `first` to `last`, both included, or the piece `cut` of one token.

    `cut` is a length in characters from the last token's start ("DVV" of "DVV-Sprecher": 3), 0 for whole tokens, `skip`
    how many of them come before the name ("Ex-" of "Ex-DVV-Sprecher": 3). `noun` says what it is where the text around
    does, and no noun beside it.
    """

    first: int
    last: int
    type: str
    text: str
    cut: int = 0
    noun: str = ""
    skip: int = 0


def told_by_nouns(doc: Doc, names: Iterable[Name]) -> dict[str, str]:
    """Close apposition: names taken for organisations, things or persons → the type that the noun before them tells.

    A noun of an office before two or three words makes them a person ("Oberbürgermeister Sören Link"), one of works a
    work ("Masterplan Digitales Duisburg"), a plural with "wie" what it names ("Hackergruppen wie Anonymus"); behind an
    indefinite article several words are a thing: "eine Smart City". Whose office only firms have is an organisation:
    "Boschs Finanzvorstand".
    """
    told = _owners_of_boards(doc, names := list(names))
    for name in names:
        before = doc[name.first - 1] if name.first else None
        if before is None or name.cut or doc[name.first].is_sent_start:
            continue
        such = before.text == "wie" and before.i > 0 and "Plur" in before.nbor(-1).morph.get("Number")
        type_ = "Person" if before.text in COUNCILLORS else noun_type((before.nbor(-1) if such else before).text)
        words = name.text.split()
        bare = len(words) > 1 and not any(noun_type(word) for word in words)
        fits = {
            "Person": bare and len(words) < 4 and _is_noun_of_office(before.text),
            "Work": len(words) > 1 and not words[-1].endswith("s"),
        }
        unsure = name.type == "Organization" or (name.type == type_ == "Person")
        titled = not such and unsure and before.pos_ in NOUNS and fits.get(type_)
        if titled or (such and type_ not in ("", "Person")):
            told[name.text] = type_
        elif bare and name.type in ("Organization", "Thing") and _is_indefinite(before):
            told[name.text] = "Thing"
    return told


def _owners_of_boards(doc: Doc, names: Iterable[Name]) -> dict[str, str]:
    """Possessors in the genitive that an office of firms makes an organisation: one word, taken for a person, right
    before a noun such as "Finanzvorstand" and its adjectives, and no surname of the text.
    """
    surnames = {name.text.split()[-1] for name in names if name.type == "Person" and " " in name.text}
    told = {}
    for name in names:
        genitive = "Gen" in doc[name.last].morph.get("Case")
        if name.type != "Person" or name.first != name.last or name.cut or not genitive:
            continue
        i = name.last + 1
        while i < len(doc) and (doc[i].tag_ == "ADJA" or doc[i].text in ("'", "’")):
            i += 1
        if i < len(doc) and is_of_firms(doc[i].text) and name.text.removesuffix("s") not in surnames:
            told[name.text] = "Organization"
    return told


def _is_indefinite(token: Token) -> bool:
    """Indefinite article: "ein", "eine", "einer"."""
    return token.tag_ == "ART" and token.text.lower().startswith("ein")


def _is_noun_of_office(noun: str) -> bool:
    """Noun of an office or role that its bearer's name can follow: "Kämmerer", not "Gegner" or "Partner"."""
    return not is_firm_too(noun) and (bool(noun_kind(noun)) or noun in COUNCILLORS or role_relation(noun) is not None)


def institutions(doc: Doc, names: Iterable[Name]) -> Iterator[Name]:
    """Close apposition of an institution and a place: a singular noun of organisations or places right before a place's
    name, linked to it by the tree, is the first word of a longer name. Yields that: "Landgericht Mannheim".

    Also a public body before a word taken for an organisation, and any before "Nord", "Mitte" …: "Klinik Nord". Not
    before a genitive ("die Regierung Deutschlands"), nor for a plain noun of a kind ("Stadt Essen", "Land Hessen").
    """
    for name in names:
        noun = doc[name.first - 1] if name.type in ("Place", "Organization") and name.first and not name.cut else None
        public = name.type == "Organization" and name.text not in noun_list("bearings")
        if noun is not None and public:  # the recogniser took the town for the court itself
            noun = noun if noun_kind(noun.text) == "public body" and name.first == name.last else None
        if noun is None or noun.pos_ not in NOUNS or noun.ent_type_ or doc[name.first].is_sent_start:
            continue
        type_ = noun_type(noun.text)
        bare = is_kind(noun.text) or stem(noun.text) == "land"  # "Land Hessen" is Hessen
        if type_ not in ("Organization", "Place") or bare or "Plur" in noun.morph.get("Number"):
            continue
        if "Gen" in doc[name.last].morph.get("Case") and name.text.endswith("s"):
            continue
        if any(doc[i].head == noun or noun.head.i == i for i in range(name.first, name.last + 1)):
            yield Name(noun.i, name.last, type_, f"{noun.text} {name.text}")


_BEFORE_RIVERS = frozenset({("(",), ("am",), ("an", "der"), ("ob", "der")})


def towns(doc: Doc, names: Iterable[Name]) -> Iterator[Name]:
    """Town with what tells it from others: a place, then "(", "am", "an der" or "ob der" and a river's name, or a
    slash and a proper noun that belongs to the name by the tree.

    Yields the whole: "Halle (Saale)", "Frankfurt an der Oder", "Köln/Bonn".
    """
    for name in names:
        second = doc[name.last + 2] if name.last + 2 < len(doc) and doc[name.last + 1].text == "/" else None
        if second is not None and name.type == "Place" and second.dep_ == "flat" and second.head.i == name.first:
            yield Name(name.first, second.i, "Place", doc[name.first : second.i + 1].text)
        after = [token.text for token in doc[name.last + 1 : name.last + 5]]
        for n in (1, 2) if name.type == "Place" and name.first == name.last else ():
            links = tuple(after[:n])
            if links in _BEFORE_RIVERS and len(after) > n and after[n] in _names_of_waters():
                last = name.last + n + 1
                if links == ("(",):
                    if after[n + 1 : n + 2] != [")"]:
                        continue
                    last += 1
                yield Name(name.first, last, "Place", doc[name.first : last + 1].text)


def with_quoted_adjectives(doc: Doc, names: Iterable[Name]) -> Iterator[Name]:
    """Name in quotation marks with an adjective: adjectives in lower case between the opening mark and a name that ends
    at the closing one belong to the name. Yields the whole: "entlang der „neuen Seidenstraße“" → neuen Seidenstraße.
    """
    for name in names:
        first = name.first
        while first > 1 and doc[first - 1].tag_ == "ADJA" and doc[first - 1].text.islower():
            first -= 1
        closing = PARTNERS.get(doc[first - 1].text, "") if 0 < first < name.first else ""
        named = name.type not in ("Person", "Organization")  # whose adjective in „korrupte Siemens AG“ is an opinion
        if named and name.last + 1 < len(doc) and closing and doc[name.last + 1].text in closing:
            yield Name(first, name.last, name.type, doc[first : name.last + 1].text)


_NUMERAL = re.compile(r"(?:I{2,3}|I?V|VI{1,3})\.?")


def with_numeral(doc: Doc, name: Name) -> Name:
    """Numbered league or team: the name of no person with the Roman numeral right behind it that hangs on it or on the
    noun before it, else the name as it is: "Landesliga Mittelrhein II", "SC Kassel III".
    """
    i = name.last + 1
    if name.cut or name.type in ("Person", "Work") or i >= len(doc) or not _NUMERAL.fullmatch(doc[i].text):
        return name
    above = doc[i].head.i
    if doc[i].is_sent_start or not (name.first - 1 <= above <= name.last):
        return name
    return replace(name, last=i, text=f"{name.text} {doc[i].text.removesuffix('.')}")


@cache
def _names_of_waters() -> frozenset[str]:
    """The names of rivers and lakes that the ontology lists: "Saale", "Oder"."""
    return frozenset(name for names in kinds()["Place", "water"].names for name in names)


_LINKS = LINKS | {"di", "&", "-", "–"}


def own_type(text: str, type_: str) -> str:
    """Head noun of a name: the type that one of its own words tells: "Memorandum of Understanding" is an agreement.

    Only things and organisations change, these to agreement, event or work alone. A single word keeps its type unless
    it is a thing: "Stern" is a weekly, not a thing in the sky.
    """
    words = text.split()
    if type_ not in ("Thing", "Organization") or (len(words) == 1 and type_ != "Thing"):
        return type_
    own = next((t for t in map(noun_type, telling_words(words, _LINKS)) if t and t != "Person"), "")
    return own if own and (type_ == "Thing" or own in ("Agreement", "Event", "Work")) else type_


def introduced(doc: Doc) -> Iterator[Name]:
    """Close apposition that the recogniser missed: a common noun that tells a type, and proper nouns right behind it
    that hang on it as apposition. Yields them as a name of that type: "die Lern-Plattform Moodle" is a product.
    """
    for noun, following in pairwise(doc):
        type_ = noun_type(noun.text) if noun.pos_ == "NOUN" and following.pos_ == "PROPN" else ""
        if not type_:
            continue
        last = noun.i
        while last + 1 < len(doc) and doc[last + 1].pos_ == "PROPN" and not doc[last + 1].is_sent_start:
            last += 1
        name = doc[noun.i + 1 : last + 1]
        if last == noun.i or name.root.ent_type_ or not name.text[0].isupper() or (type_ == "Person" and len(name) < 2):
            continue
        if name.root.head == noun and name.root.dep_ in APPOSITIONS:
            first = noun.i if _begins_name(noun, type_, name.text) else noun.i + 1
            yield Name(first, last, type_, doc[first : last + 1].text)


def _begins_name(noun: Token, type_: str, name: str) -> bool:
    """Whether the noun before a name is its first word: a singular one of a public body, as in "Amtsgericht Erfurt",
    or of any house or firm before "Nord", "Mitte" …, as in "Klinik Nord"; not "Firma Krause".
    """
    one = "Plur" not in noun.morph.get("Number")
    if one and name in noun_list("bearings"):
        return type_ in ("Organization", "Place") and not is_kind(noun.text)
    return one and type_ == "Organization" and noun_kind(noun.text) == "public body" and not is_kind(noun.text)


def is_native(token: Token, type_: str) -> bool:
    """Noun of origin (Einwohnerbezeichnung): a common noun of origin or of a woman behind an article or pronoun, which
    the recogniser took for a place or an organisation: "die Tübingerin", "der Niederländer". It is no name.
    """
    if type_ == "Person" or token.tag_ != "NN" or not (is_origin(token.text) or is_woman(token.text)):
        return False
    return token.i > 0 and token.nbor(-1).tag_ in ("ART", "PPOSAT", "PDAT", "APPRART")


def titles(doc: Doc, names: Sequence[Name], by_token: Mapping[int, Name]) -> dict[Name, Token]:
    """Each name with a title or close apposition, with that noun: "Oberbürgermeister Sören Link"."""
    found = ((name, _title(doc, name, names, by_token)) for name in names)
    return {name: noun for name, noun in found if noun is not None}


def _title(doc: Doc, name: Name, names: Sequence[Name], by_token: Mapping[int, Name]) -> Token | None:
    """Title or close apposition: the noun right before a name, over quotes, degrees, "namens" and "a. D.", that says
    what it is.

    Before a person, a noun of persons is enough, unless the name is its genitive; before others the tree must link the
    two, for a noun with an article can be another argument ("hat der Konzern Deutschland verlassen"), and the noun must
    tell a type that the name may have, or none (`_introduces`). "Daten-Plattform RhineCloud", "die Kneipe „Zur Ritze“"
    """
    i = name.first - 1
    while i >= 0 and (doc[i].text in QUOTES or is_degree(doc[i].text)):
        i -= 1
    i -= i > 0 and doc[i].text == "namens" and doc[i - 1].head.lemma_ != "haben"  # "hat einen Bruder namens Karl"
    i -= next((n for n in (2, 1) if i >= n and retired([t.text for t in doc[i - n + 1 : i + 1]]) == n), 0)
    if i < 0 or name.cut or (doc[i].is_sent_start and doc[i].is_punct) or i in by_token:
        return None
    noun, told = doc[i], type_of_kind(doc[i])
    if noun.text.islower() or noun.pos_ not in NOUNS or (noun.pos_ == "PROPN" and not told):
        return None
    if name.type == "Person" and (is_person(noun.text) or noun.text in COUNCILLORS):
        apposed = doc[name.first].dep_ == "appos" and doc[name.first].head == noun
        return noun if apposed or not _is_genitive(doc, name, noun, names) else None
    if doc[name.first].sent != noun.sent or _is_possessor(doc, name, noun):
        return None
    linked = any(noun.head.i == j or doc[j].head.i == i for j in range(name.first, name.last + 1))
    plural = "Plur" in noun.morph.get("Number")
    each = not plural or (told == name.type and noun_kind(noun.lemma_) != "building")
    fits = _may_take_type(name, told) if told else _introduces(doc, noun, name)
    return noun if fits and linked and each else None


def joined_titles(noun: Token, by_token: Mapping[int, Name]) -> list[Token]:
    """Coordinated titles: the nouns of persons before a title that "und" and commas join to it, all in the singular and
    of one gender, behind one determiner that they share; they are what the same person is. Not as the subject of a
    plural verb, which two persons are: "Der Präsident und Kanzler Kern kommen".

    "der Schauspieler und Regisseur Otto Kern" → Schauspieler, beside Regisseur
    """
    doc, found, i = noun.doc, [noun], noun.i
    joint: tuple[str, ...] = tuple(AND)
    while i > noun.sent.start:
        i -= 1
        while i > noun.sent.start and doc[i].tag_ == "ADJA":
            i -= 1
        before = doc[i - 1] if i > noun.sent.start and doc[i].text in joint else None
        if before is None or before.i in by_token or before.tag_ != "NN" or not is_person(before.text):
            break
        found.append(before)
        i, joint = before.i, (*AND, ",")
    first = found[-1]
    shared = any(c.tag_ in ("ART", "PPOSAT", "PDAT", "APPRART") and c.i < first.i for c in first.lefts)
    alike = all(has(t, "Number", "Sing") and t.morph.get("Gender") == noun.morph.get("Gender") for t in found)
    verb = [first.head, *first.head.children] if first.dep_.startswith("nsubj") else []
    two = any(has(t, "VerbForm", "Fin") and has(t, "Number", "Plur") for t in verb)
    return found[1:] if shared and alike and not two else []


def _introduces(doc: Doc, noun: Token, name: Name) -> bool:
    """Whether a noun that tells no type stands before a name as its apposition: one thing, no word or saying, with an
    article or adjective, or before quotation marks or "namens": "die Basilika Santa Maria", "ein Scanner namens Cera",
    not "Richtung Köln", "dem Begriff „X“".
    """
    root, quoted = doc[name.first : name.last + 1].root, doc[noun.i + 1].text in (*QUOTES, "namens")
    apposed = root.head == noun and (quoted or root.dep_ in APPOSITIONS)
    person = (
        is_person(noun.text)
        and doc[noun.i + 1].text != "namens"
        and not (is_firm_too(noun.text) and name.type == "Organization")
    )
    alone = "Plur" in noun.morph.get("Number") or noun.tag_ != "NN" or person or names_nothing(noun.text)
    led = any(c.dep_ in ("det", "amod") or c.tag_ == "APPRART" for c in noun.lefts) or quoted
    return name.type != "Person" and apposed and not alone and led


def _is_possessor(doc: Doc, name: Name, noun: Token) -> bool:
    """Genitive attribute: whether a name in -s behind a noun is whose it is, by its tag, by the tree, or because it is
    the name of a land without -s: "die Hauptstadt Perus". Behind a noun of a town or region an apposition is none:
    "die Stadt Burgos".
    """
    if not name.text.endswith("s"):
        return False
    if is_land(name.text.removesuffix("s")) or doc[name.first].dep_ == "nmod":
        return True
    town = noun_kind(noun.text) in ("city", "district", "region") and doc[name.first].dep_ == "appos"
    return "Gen" in doc[name.last].morph.get("Case") and not town


def _is_genitive(doc: Doc, name: Name, noun: Token, names: Iterable[Name]) -> bool:
    """Genitive attribute: whether a person's name in -s behind a role noun is whose it is, because the name is
    known without -s or its case alone is genitive: "die Verteidiger Strauss-Kahns".
    """
    if not name.text.endswith("s"):
        return False
    bare = name.text.removesuffix("s")
    case, other = doc[name.last].morph.get("Case"), noun.morph.get("Case")
    return any(n.text.endswith(bare) for n in names) or ("Gen" in case and "Gen" not in other)


def type_of_kind(noun: Token) -> str:
    """The type that a common noun before a name tells, also in the plural ("die Städte Köln und Bonn"); "" for one that
    persons and firms can be: "Konkurrent".
    """
    one = noun.lemma_ if "Plur" in noun.morph.get("Number") else ""
    return "" if is_firm_too(noun.text) else noun_type(noun.text) or noun_type(one)


def _may_take_type(name: Name, told: str) -> bool:
    """Whether the type that the noun beside a name tells may replace the name's: "Person", and agreements, events and
    works, only that of a thing; others that of all but persons. "der Krieg Putins" does not make Putin a war.
    """
    if told == "Person":
        return name.type == "Thing"
    if told in ("Agreement", "Event", "Work"):
        return name.type == "Thing" and not name.text.endswith("s")
    return name.type != "Person" or told in ("Organization", "Product")


def types_by_titles(titles: Mapping[Name, Token]) -> dict[str, str]:
    """Name → the type that the nouns beside it tell most often, for names of one word, which recognisers confuse."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for name, noun in titles.items():
        if " " not in name.text and type_of_kind(noun):
            votes[name.text][type_of_kind(noun)] += 1
    return {text: min(counts, key=lambda type_: (-counts[type_], type_)) for text, counts in votes.items()}


def head_noun(text: str) -> str:
    """The last part of a hyphen compound when it is a common noun that cannot end a name, else ""."""
    head = text.rpartition("-")[2]
    return head if "-" in text and head[:1].isupper() and (is_person(head) or noun_type(head) or head.islower()) else ""
