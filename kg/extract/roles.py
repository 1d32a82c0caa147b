"""Roles and affiliations that no verb says: "Felix zur Nieden, Sprecher der DVV", "SPD-Chef Klingbeil".

German tells who somebody is beside the name: a title before it, an apposition after it, a party in brackets, "vom" and
an institute. These patterns are local, so they are read from neighbouring words; the tree is not needed for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.beside import Name
from kg.extract.mentions import Mentions
from kg.extract.nouns import is_person, role
from kg.extract.prepositions import uncontracted
from kg.extract.verbs import ROLE_KINDS, role_adjectives
from kg.ontology import relation, slug
from kg.records import MODALITIES, Mention, Predicate

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Words that lead from a role or a person to the organisation: "Chef der …", "Sprecher vom …", "Professor an der …".
_LEADING = frozenset({"der", "des", "von", "vom", "bei", "beim", "für", "im", "in", "am", "an"})
# "Ex-Kanzler" is a role of its own, which stays true, but its holder is head of nothing any more.
_FORMER_PREFIXES = ("Ex-", "Alt-")
# The same as `_LEADING` directly after a person's name, where "der" or "in" would start something else.
_LEADING_NAME = frozenset({"von", "vom", "bei", "beim"})


@dataclass(frozen=True, slots=True)
class Role:
    """One thing that is said of a person beside the name: subject, predicate and object, and where it stands.

    `modality` comes from an adjective before the role noun: "der designierte Chef" is planned.
    """

    subject: Mention
    predicate: Predicate
    object: Mention
    token: int
    modality: str = "asserted"


def find_roles(mentions: Mentions) -> Iterator[Role]:
    """Yield the roles and affiliations of all persons of a document.

    "Oberbürgermeister Sören Link"                   → Link ist Oberbürgermeister
    "Yan Lida, Chef der Huawei Business Group"       → Yan Lida ist Chef; leitet die Huawei Business Group
    "der Chef der Bahn, Richard Lutz,"               → Richard Lutz ist Chef; leitet die Bahn
    "Lars Klingbeil (SPD)"                           → Lars Klingbeil ist Mitglied der SPD
    "Jan Weidenfeld vom Mercator Institute"          → Jan Weidenfeld gehört zum Mercator Institute
    """
    for name in mentions.names:
        if mentions.named(name).type == "Person" and not name.cut:
            yield from _before(mentions, name)
            yield from _after(mentions, name)
            yield from _in_brackets(mentions, name)


def role_of(mentions: Mentions, person: Mention, noun: Token, *, last: int | None = None) -> Iterator[Role]:
    """What a role noun says of a person: that this is the role, and with an attribute, for whom."""
    yield _title(mentions, person, noun)
    cut = mentions.parts.get(noun.i)
    if cut is not None:
        yield from _affiliation(mentions, person, noun, cut, noun.i)
        return
    reached = _organisation(mentions, (last if last is not None else noun.i) + 1, _LEADING)
    if reached is not None:
        yield from _affiliation(mentions, person, noun, *reached)


def _before(mentions: Mentions, name: Name) -> Iterator[Role]:
    """A title right before the name, or before it with its attribute between: "der Chef der Bahn, Richard Lutz"."""
    doc, person = mentions.reading.doc, mentions.named(name)
    noun = mentions.title_of.get(name)
    if noun is not None:
        yield _title(mentions, person, noun)
        cut = mentions.parts.get(noun.i)
        if cut is not None:
            yield from _affiliation(mentions, person, noun, cut, noun.i)
        reached = _organisation(mentions, name.last + 1, _LEADING_NAME)
        if reached is not None:
            yield from _affiliation(mentions, person, noun if role(noun.text) else None, *reached)
        return
    comma = name.first > 0 and doc[name.first - 1].text == ","
    organisation = mentions.by_token.get(name.first - (2 if comma else 1))
    if organisation is None or organisation.type not in ("Organization", "Place"):
        return
    lead = _back_over_modifiers(doc, organisation.first - 1)
    noun = doc[lead - 1] if lead > 0 and doc[lead].text.lower() in _LEADING else None
    if noun is not None and noun.pos_ == "NOUN" and is_person(noun.text) and _same_sentence(doc, noun.i, name.first):
        yield _title(mentions, person, noun)
        yield from _affiliation(mentions, person, noun, organisation, lead)


def _after(mentions: Mentions, name: Name) -> Iterator[Role]:
    """An apposition after a comma, or an affiliation alone: "Yan Lida, Chef der …", "X vom Institut Y"."""
    doc, person = mentions.reading.doc, mentions.named(name)
    i = name.last + 1
    if name not in mentions.title_of:
        reached = _organisation(mentions, i, _LEADING_NAME, only="Organization")
        if reached is not None:
            yield from _affiliation(mentions, person, None, *reached)
    if i >= len(doc) or doc[i].text != "," or not _same_sentence(doc, name.first, i):
        return
    i = _over_modifiers(doc, i + 1)
    while i < len(doc) and _can_be_role(doc[i]) and i not in mentions.by_token and i not in mentions.titles:
        joined = i + 2 < len(doc) and doc[i + 1].text in ("und", "sowie")
        after = _over_modifiers(doc, i + 2) if joined else i
        if joined and not (after < len(doc) and _can_be_role(doc[after])):
            return  # a list of people, not what the first one is: "Königin Sophia, hohe Beamte und viele Gäste"
        yield from role_of(mentions, person, doc[i], last=i)
        if not joined:
            return
        i = after


def _can_be_role(noun: Token) -> bool:
    """Whether a noun behind a comma can be the role of the one person before it: a plural goes on with a list."""
    return noun.pos_ in ("NOUN", "PROPN") and is_person(noun.text) and "Plur" not in noun.morph.get("Number")


def _in_brackets(mentions: Mentions, name: Name) -> Iterator[Role]:
    """A party or company in brackets after a person: "Lars Klingbeil (SPD)"."""
    doc, i = mentions.reading.doc, name.last + 1
    organisation = mentions.by_token.get(i + 1)
    if i + 2 >= len(doc) or doc[i].text != "(" or organisation is None or organisation.type != "Organization":
        return
    if organisation.last + 1 < len(doc) and doc[organisation.last + 1].text in (")", ","):
        member = Predicate("Mitglied", "org:memberOf", (), "")
        yield Role(mentions.named(name), member, mentions.named(organisation), name.last)


def _organisation(mentions: Mentions, i: int, leading: frozenset[str], only: str = "") -> tuple[Name, int] | None:
    """The organisation or place that an attribute starting at token `i` names, and the token that leads to it."""
    doc = mentions.reading.doc
    if i >= len(doc) or doc[i].text.lower() not in leading or not _same_sentence(doc, i - 1, i):
        return None
    after = _over_modifiers(doc, i + 1)
    name = mentions.by_token.get(after)
    if name is None and after in mentions.titles:
        name = mentions.titles[after]
    if name is None or name.first < i:
        return None
    type_ = mentions.named(name).type
    return (name, i) if type_ not in ("Person", "Concept") and (not only or type_ == only) else None


def _affiliation(mentions: Mentions, person: Mention, noun: Token | None, name: Name, lead: int) -> Iterator[Role]:
    """The relation between a person and an organisation; the role noun says which, if `relations.toml` has it."""
    organisation = mentions.named(name)
    if organisation.type == "Person":
        return
    doc, reading = mentions.reading.doc, mentions.reading
    known = role(noun.text) if noun is not None else relation("schema:affiliation")
    preposition = "" if name.cut or doc[lead].text.lower() in ("der", "des") else uncontracted(doc[lead].text)
    lemma = noun.lemma_ or noun.text if noun is not None else preposition
    if noun is not None and name.cut:
        lemma = lemma.rpartition("-")[2]
    kind = qualification(noun) if noun is not None else ""
    if kind == "former":
        lemma, known = f"ehemals {lemma}", None
    if known is not None and known.fits(person.type, organisation.type):
        iri = known.iri
    else:
        iri = f"kgp:{slug(' '.join(filter(None, (lemma, preposition if noun is not None else ''))))}"
    spans = []
    if noun is not None:
        title = mentions.role(noun)
        spans.append((title.start, title.end))
    if not name.cut and doc[lead].i == lead:
        spans.append((reading.starts[lead], reading.ends[lead]))
    spans.sort()
    text = " ".join(reading.document.text[start:end] for start, end in spans)
    mode = kind if kind in MODALITIES else "asserted"
    yield Role(person, Predicate(lemma, iri, tuple(spans), text), organisation, lead, mode)


def _title(mentions: Mentions, person: Mention, noun: Token) -> Role:
    """That a person has a role; one they had before is told by a predicate of its own, which is true today."""
    title = mentions.role(noun)
    kind = "" if noun.text.startswith(_FORMER_PREFIXES) else qualification(noun)
    spans = ((title.start, title.end),)
    if kind == "former":
        predicate = Predicate("ehemals sein", "kgp:ehemals_sein", spans, title.text)
    else:
        predicate = Predicate("sein", "schema:jobTitle", spans, title.text)
    return Role(person, predicate, title, noun.i, kind if kind in MODALITIES else "asserted")


def qualification(noun: Token) -> str:
    """How much of a role is so, by the words right before its noun: "former", a modality, or "" for all of it.

    "der designierte Chef" → planned; "der frühere Chef", "Ex-Chef" → former; "der mutmaßliche Täter" → reported
    """
    if noun.text.startswith(_FORMER_PREFIXES):
        return "former"
    i = noun.i - 1
    while i >= noun.sent.start and noun.doc[i].pos_ in ("ADJ", "ADV", "NUM", "DET"):
        word = noun.doc[i].text.lower()
        kind = next((k for k in ROLE_KINDS if any(word.startswith(start) for start in role_adjectives(k))), "")
        if kind:
            return kind
        i -= 1
    return ""


def _over_modifiers(doc: Doc, i: int) -> int:
    """Past article, adjectives, numbers and "seit 2018" to the noun that they lead to."""
    while i < len(doc) and (
        doc[i].pos_ in ("DET", "ADJ", "ADV", "NUM") or doc[i].text.lower() in ("seit", "der", "die")
    ):
        if doc[i].text[0].isupper() and doc[i].pos_ != "NUM" and doc[i].pos_ != "DET":
            break
        i += 1
    return i


def _back_over_modifiers(doc: Doc, i: int) -> int:
    while i > 0 and doc[i].pos_ == "ADJ":
        i -= 1
    return i


def _same_sentence(doc: Doc, i: int, j: int) -> bool:
    return 0 <= i < len(doc) and doc[i].sent.start == doc[j].sent.start
