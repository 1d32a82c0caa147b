"""Possessors: whose something is, by a name in the genitive before its noun, or what stands behind it.

"Merkels Sprecher", "Siemens' Chef"; "Chef der Bahn", "Sprecher vom Institut", "Gründer und Chef der Falk AG".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.clause.dating import is_clock
from kg.extract.names.mentions import Mentions
from kg.language.nouns import is_courtesy, is_person, is_post, noun_kind, noun_stems, noun_type, role_relation, stem
from kg.reader.tokens import AND, FLAT, MODIFIERS, NOUNS_AND_FOREIGN
from kg.records import Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kg.extract.names.appositions import Name

_APOSTROPHES = ("'", "’", "‘")


def possessor(mentions: Mentions, noun: Token) -> Mention | None:
    """Possessor: the name in the genitive before a noun and its adjectives, a name in -s, -z or -x with an apostrophe.

    "Merkels langjähriger Sprecher" → Merkel; "Markus Kranz’ Anwältin" → Markus Kranz
    """
    name, marked = _name_before(mentions, noun)
    return mentions.named(name) if name is not None and (marked or is_genitive(mentions, name.last)) else None


def owner(mentions: Mentions, noun: Token) -> Mention | None:
    """Owner of an office: the name before a role noun that hangs on that noun as a genitive, or has an apostrophe.

    "Boschs Finanzvorstand Otto Kern" → Bosch; but nobody's is the office in "traf in Paris Präsident Macron".
    """
    name, marked = _name_before(mentions, noun)
    if name is None or not (marked or is_genitive(mentions, name.last)):
        return None
    found, last = mentions.named(name), mentions.reading.doc[name.last]
    genitive = "Gen" in last.morph.get("Case") or found.case == "Gen"
    return found if marked or (genitive and found.role == "possessor") else None


def _name_before(mentions: Mentions, noun: Token) -> tuple[Name | None, bool]:
    """The name right before a noun and its adjectives, None for none, and whether an apostrophe stands behind it."""
    doc, i, first = noun.doc, noun.i - 1, noun.sent.start
    while i > first and doc[i].pos_ == "ADJ" and i not in mentions.by_token:
        i -= 1
    marked = i >= max(first, 1) and doc[i].text in _APOSTROPHES and i not in mentions.by_token
    i -= marked  # the sentence may have been cut before the mark
    name = mentions.by_token.get(i) if i >= first - marked else None
    return name, marked or (name is not None and name.text.endswith(_APOSTROPHES))


def is_genitive(mentions: Mentions, i: int) -> bool:
    """Whether a name is a genitive: it ends in -s or an apostrophe, and is tagged so or no end of a longer name."""
    name = mentions.by_token[i]
    token = mentions.reading.doc[name.last]
    return name.text.endswith(("s", *_APOSTROPHES)) and ("Gen" in token.morph.get("Case") or token.dep_ not in FLAT)


def is_said_of_thing(noun: Token) -> bool:
    """Relational noun with a genitive: whether a noun of persons names no post and no kin, and a common noun behind it
    tells of what or whom that is so. Alone it says too little to be what somebody is.

    "wurde Opfer dreister Diebe", "ist Gegner der Reform"; not "ist Leiter des Museums", "ist Gegner von Karl Ott"
    """
    behind = [c for c in noun.rights if c.dep_ == "nmod" and c.pos_ == "NOUN" and not c.ent_type_]
    genitive = any(not any(t.dep_ == "case" or t.pos_ == "PROPN" or t.ent_type_ for t in c.children) for c in behind)
    return genitive and not is_post(noun.text) and role_relation(noun.text) is None


# Articles that lead a genitive behind a role noun.
_GENITIVES = frozenset({"der", "des", "eines", "einer", "seines", "seiner", "ihres", "ihrer", "dieses", "dieser"})
# Words that lead from a role or a person to the organisation: "Chef der …", "Sprecher vom …", "Professor an der …".
OPENERS = frozenset({"der", "des", "von", "vom", "bei", "beim", "für", "im", "in", "am", "an"}) | frozenset(
    "eines einer mehrerer vieler einiger zweier dreier beider aller seines seiner ihres ihrer dieses dieser".split()
)
# Those of them behind which a person may stand: "Trauzeuge von Otto Lamm", "Sprecher des Ministers Lamm".
_OPENERS_OF_PERSONS = frozenset({"von", "des", "der"})


def organisations_behind(
    mentions: Mentions, i: int, leading: frozenset[str], only: str = "", *, persons: bool = False
) -> Iterator[tuple[Mention, int]]:
    """Attribute of a role or name from token `i` on: yield the organisations or places in it, and the token `i`.

    `leading` are the words that open it, `only` is the one type to take, `persons` allows of persons behind "von" or
    the article of a genitive; a body of an organisation is passed over. "von Euronews und Africanews" → both; "des
    Vorstands der Bahn" → Bahn; "des Konzerns" → the phrase
    """
    doc, lead = mentions.reading.doc, i
    if i >= len(doc) or doc[i].text.lower() not in leading or not same_sentence(doc, i - 1, i):
        return
    after = _over_extended_attribute(doc, i)
    behind = after + 1 < len(doc) and doc[after + 1].text.lower() in OPENERS and after not in mentions.by_token
    if behind and after < len(doc) and stem(doc[after].text) in noun_stems("bodies"):
        yield from organisations_behind(mentions, after + 1, OPENERS, only)
        return
    while after < len(doc) and same_sentence(doc, i, after):
        name = mentions.by_token.get(after) or mentions.titles.get(after)
        if name is not None and name.first >= i:
            found, last = mentions.named(name), name.last
        elif name is None and not only and lead == i and _is_organisation(doc[after]):
            found, last = mentions.of(doc[after]), after
        else:
            return
        whose = persons and doc[lead].text in _OPENERS_OF_PERSONS and found.form == "named"
        person = found.type == "Person" and not whose
        if person or found.type in ("Concept", "Role") or (only and found.type != only):
            return
        yield found, i
        joined = last + 2 < len(doc) and doc[last + 1].text in AND and found.type == "Organization"
        if not joined:
            return
        lead, only = last + 1, "Organization"
        after = over_modifiers(doc, last + 2)


def _is_organisation(noun: Token) -> bool:
    """Whether a common noun names an organisation, or several: "Konzern", "Vereine"."""
    return noun.pos_ == "NOUN" and "Organization" in (noun_type(noun.text), noun_type(noun.lemma_))


def genitive_behind(mentions: Mentions, noun: Token, i: int) -> Iterator[tuple[Mention, int]]:
    """Genitive of a name without an article, right behind a role noun: whose office it is: "Gouverneur Virginias"."""
    name = mentions.by_token.get(i)
    if name is None or name.first != i or not same_sentence(noun.doc, noun.i, i) or not is_genitive(mentions, i):
        return
    if not is_courtesy(noun.text) and mentions.named(name).type in ("Organization", "Place"):
        yield mentions.named(name), noun.i


def genitive_phrase(mentions: Mentions, noun: Token, i: int) -> Iterator[tuple[Mention, int]]:
    """Genitive of a common noun without a name, right behind a role noun of a relation: what the role is at. What
    somebody heads or is a member of is an organisation where its noun leaves that open: "Vorsitzende des Betriebsrats",
    "Chef der Bahn", "Mitglied der Jury"; "Leiter der Studie" heads a work, "Spieler des Jahres" belongs to nobody,
    "Berater des Ministers" has a person.
    """
    whole = next((c for c in noun.rights if c.dep_ == "nmod" and c.left_edge.i == i and c.pos_ == "NOUN"), None)
    known = role_relation(noun.text)
    if whole is None or known is None or noun.doc[i].text.lower() not in _GENITIVES or is_clock(whole.lemma_):
        return
    if any(t.i in mentions.by_token or t.text == "/" for t in whole.subtree) or "Gen" not in whole.morph.get("Case"):
        return
    phrase = mentions.of(whole)
    council = phrase.type == "Person" and stem(whole.text).endswith("rat")
    heads = known.iri in ("org:headOf", "org:memberOf") and noun_kind(noun.text) != "sports"
    if council or (heads and phrase.type == "Concept" and "Sing" in whole.morph.get("Number")):
        phrase = replace(phrase, type="Organization")
    yield phrase, i


def shared_genitive(mentions: Mentions, noun: Token, i: int) -> Iterator[tuple[Mention, int]]:
    """Coordination of role nouns: the organisation behind the second, which the first one shares, where "und" stands
    right behind that at token `i`: Falk AG for both in "Gründer und langjähriger Chef der Falk AG".
    """
    doc = mentions.reading.doc
    if i >= len(doc) or doc[i].text not in AND or not same_sentence(doc, noun.i, i) or not _leads(noun):
        return  # of "Hacker und Mitarbeiter von WikiLeaks" the first works for himself
    second = over_modifiers(doc, i + 1)
    plain = all(t.tag_ == "ADJA" for t in doc[i + 1 : second])  # not "Pilot und seit 1962 Astronaut der Nasa"
    same = second < len(doc) and same_sentence(doc, i, second)
    if same and plain and is_role_noun(mentions, doc[second]) and _leads(doc[second]):
        yield from organisations_behind(mentions, second + 1, _GENITIVES | {"von", "vom"})


def _leads(noun: Token) -> bool:
    """Whether a role noun is one of who leads, founds or owns: of two such both are of one thing."""
    relation = role_relation(noun.text)
    return relation is not None and relation.iri in ("org:headOf", "kg:founderOf", "kg:owns", "schema:owns")


def is_role_noun(mentions: Mentions, noun: Token) -> bool:
    """Whether a noun names persons by their role, and is no part of a name: "Chef"."""
    return noun.pos_ in NOUNS_AND_FOREIGN and is_person(noun.text) and noun.i not in mentions.by_token


# Words that no tag of an article or adjective shows as one, or that a time begins with: "seit 2018 die Chefin".
_SKIPPED = ("seit", "der", "die")


def over_modifiers(doc: Doc, i: int) -> int:
    """The place behind article, adjectives, numbers and "seit 2018" from token `i` on, where their noun stands."""
    while i < len(doc) and (doc[i].pos_ in MODIFIERS or doc[i].tag_ == "ADJA" or doc[i].text.lower() in _SKIPPED):
        if doc[i].text[0].isupper() and doc[i].pos_ not in ("NUM", "DET") and doc[i].tag_ != "ADJA":
            break
        i += 1
    return i


def _over_extended_attribute(doc: Doc, lead: int) -> int:
    """Extended participial attribute (erweitertes Partizipialattribut): the place behind the article at token `lead`,
    its adjectives, and an attribute that begins there with arguments of its own: "des 1926 in Ulm gegründeten Vereins".
    """
    after, noun = over_modifiers(doc, lead + 1), doc[lead].head
    spanning = (c for c in noun.lefts if c.tag_ == "ADJA" and lead < c.left_edge.i <= after < c.i)
    last = next(spanning, None)
    return over_modifiers(doc, last.i + 1) if last is not None else after


def back_over_modifiers(doc: Doc, i: int) -> int:
    """The place before the adjectives that end at token `i`."""
    while i > 0 and doc[i].pos_ == "ADJ":
        i -= 1
    return i


def same_sentence(doc: Doc, i: int, j: int) -> bool:
    """Whether two tokens stand in one sentence."""
    return 0 <= i < len(doc) and doc[i].sent.start == doc[j].sent.start
