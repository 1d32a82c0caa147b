"""What a role noun says of a person: "Chef der Bahn" heads the Bahn, "Vizechef der Bahn" does not.

Where role nouns stand beside names is told in `roles`; what they mean is told here, by `relations.toml`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.names.mentions import Mentions
from kg.language.acronyms import retired
from kg.language.nouns import is_courtesy, is_origin, is_post, noun_kind, noun_stems, role_relation, stem
from kg.language.prepositions import uncontracted
from kg.language.states import STATE, TOWN, is_office, is_state, state_of_people
from kg.language.verbs import ROLE_KINDS, adverbs, role_adjectives
from kg.ontology import Relation, kinds, relation, slug
from kg.reader.tokens import MODIFIERS
from kg.records import MODALITIES, Literal, Mention, Predicate, Time

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.speech.attribution import Voice

# What says before an office that it is over: "Ex-Kanzler" was Kanzler, and is head of nothing any more.
_FORMER_PREFIXES = ("Ex-", "Alt-")
_FORMER = re.compile(r"^(?:Ex-?|Alt-?)")
# What somebody would like to be: "Möchtegern-Chef"; it is no organisation.
_PRETENDED = "Möchtegern"
_SUPERLATIVE = re.compile(r"(?:(?<!s)s|ß)te[nmrs]?$")
_DEPUTY = re.compile(r"(?:^|-)(?:Vize|Stellvertret|Interims)", re.IGNORECASE)
# The chair of one of these heads the body, but not the organisation.
_SUPERVISORY_BODIES = frozenset(map(stem, ("Aufsichtsrat", "Verwaltungsrat")))
# Offices that head what they are named for, but in a party or a parliamentary group stand below its chair.
_BELOW_CHAIR = frozenset(map(stem, ("Generalsekretär", "Geschäftsführer")))

_DIPLOMATS = tuple(map(stem, ("Botschafter", "Konsul", "Gesandter")))


@dataclass(frozen=True, slots=True)
class Office:
    """One thing that a noun says without a verb, mostly an office: subject, predicate and object, and where it stands.

    `modality` comes from an adjective before the role noun: "der designierte Chef" is planned. `polarity` and `voice`
    are of the sentence around, where the rule has read it; else the quotation that `token` stands in is the voice.
    `complement` is the post, where the relation alone does not tell it: the Gouverneur of "hat eine Funktion bei".
    """

    subject: Mention
    predicate: Predicate
    object: Mention | Literal
    token: int
    modality: str = "asserted"
    polarity: str = "positive"
    voice: Voice | None = None
    time: Time | None = None
    complement: Mention | None = None


def affiliation(
    mentions: Mentions, person: Mention, noun: Token | None, organisation: Mention, lead: int
) -> Iterator[Office]:
    """Affiliation: the relation that a role noun says between a person and an organisation, by `relations.toml`.

    `lead` is the word before the organisation, or the noun itself behind its owner: "Boschs Finanzvorstand". A former
    role, and a post that no relation is for, are functions (`_function`); what else somebody is to others is
    kg:hasRelationTo, with the noun as complement: "Brexit-Gegner". A person can own a role ("Kerns Anwältin", "Anwältin
    von Kern"), not be the first part of one; of "Kerns Bruder" the relational nouns tell.
    """
    part = organisation.form == "part"
    of_person = organisation.type == "Person"
    if (of_person and (part or noun is None or is_courtesy(noun.text))) or organisation.text == _PRETENDED:
        return
    doc, reading = mentions.reading.doc, mentions.reading
    bare = part or (noun is not None and lead == noun.i)
    preposition = "" if bare or doc[lead].text.lower() in ("der", "des") else uncontracted(doc[lead].text)
    lemma = _role_lemma(noun, part=noun.i in mentions.parts) if noun is not None else preposition
    kind = qualification(noun) if noun is not None else ""
    known = _relation_of(mentions, noun, organisation, lead) if kind != "former" else None
    if kind == "former":
        lemma = f"ehemals {lemma[:1].upper()}{lemma[1:]}"
    function = _function(noun, person, organisation, kind) if known is None and noun is not None else None
    if known is not None and known.fits(person.type, organisation.type):
        iri = known.iri
    elif function is not None:
        iri = function.iri
    elif kind != "former" and noun is not None and person.type == "Person":
        iri, function = "kg:hasRelationTo", relation("kg:hasRelationTo")
    else:
        iri = f"kgp:{slug(' '.join(filter(None, (lemma, preposition if noun is not None else ''))))}"
    spans = []
    if noun is not None:
        title = _role(mentions, noun)
        spans.append((title.start, title.end))
    if not bare:
        spans.append((reading.starts[lead], reading.ends[lead]))
    spans.sort()
    text = " ".join(reading.document.text[start:end] for start, end in spans)
    mode = kind if kind in MODALITIES else "asserted"
    post = _role(mentions, noun) if noun is not None and function is not None else None
    yield Office(person, Predicate(lemma, iri, tuple(spans), text), organisation, lead, mode, complement=post)


def _role(mentions: Mentions, noun: Token) -> Mention:
    """The mention of a role noun, without "Ex-" and "Alt-" of an office: Kanzler of "Altkanzler"."""
    prefix = _FORMER.match(noun.text) if is_former(noun.text) else None
    return mentions.role(noun, prefix[0] if prefix else "")


def _role_lemma(noun: Token, *, part: bool) -> str:
    """The lemma of a role noun, of its last part where a name is the first, without "Ex-" and "Alt-" of an office."""
    lemma = noun.lemma_ or noun.text
    lemma = lemma.rpartition("-")[2] if part else lemma
    lemma = lemma[:1].upper() + lemma[1:]  # of "US-Präsidenten" the reader may say "US-präsident"
    return _FORMER.sub("", lemma) if is_former(noun.text) else lemma


def _function(noun: Token, person: Mention, organisation: Mention, kind: str) -> Relation | None:
    """Post without a relation of its own: a noun that can be a post or function, of a person at an organisation or
    place: kg:hasFunctionAt; of a former one, whatever relation it has: kg:hadFunctionAt. The noun is its complement.

    No post is what somebody is to others ("Gegner"), an artist by genre or work ("Dancehall-Musiker"), what is about a
    country ("Afghanistan-Beauftragter", unlike "US-Senator"), the first of all ("der älteste Monarch Europas").

    "Tim Kaine, Gouverneur von Virginia" → kg:hasFunctionAt Virginia, complement Gouverneur
    """
    of_country = is_state(organisation.name) and not organisation.name.isupper()
    compound = organisation.form == "part" and "-" in noun.text
    found = relation("kg:hadFunctionAt" if kind == "former" else "kg:hasFunctionAt")
    fits = found is not None and found.fits(person.type, organisation.type) and person.type == "Person"
    about = (compound and (noun_kind(noun.text) == "arts" or of_country)) or _is_superlative(noun)
    return found if fits and is_post(noun.text) and not about else None


def _is_superlative(noun: Token) -> bool:
    """Whether a superlative stands right before a noun: "der dienstälteste Monarch", not "der erste Minister"."""
    before = noun.nbor(-1).text.lower() if noun.i > noun.sent.start else ""
    return bool(_SUPERLATIVE.search(before)) and not before.startswith("erst")


def _relation_of(mentions: Mentions, noun: Token | None, organisation: Mention, lead: int) -> Relation | None:
    """The relation that a role noun says with an organisation, schema:affiliation without a noun, None where none says
    it: "US-Kommandeur" heads no state, "Hanois Parteichef" and "Intendant in Bochum" no town.

    The chair of a supervisory board is a member of the organisation, a politician of a party, too; who is a deputy, or
    heads only a part of it, does not head it: both are affiliated.
    """
    if noun is None:
        return relation("schema:affiliation")
    doc, known = mentions.reading.doc, role_relation(noun.text)
    if known is None:
        politician = stem(noun.text).endswith("politiker") and _is_party(organisation)
        return relation("org:memberOf") if politician else None
    if organisation.form != "part" and lead > 0 and stem(doc[lead - 1].text) in _SUPERVISORY_BODIES:
        return relation("org:memberOf")
    if doc[lead].text == "aus" or is_in_place(noun, organisation, doc[lead].text):
        return None
    if known.iri != "org:headOf":
        return known
    genitive = lead == noun.i and organisation.type == "Place" and organisation.form == "named"
    if (genitive or is_state(organisation.name)) and not _is_office_of_place(noun):
        return None
    below = _is_deputy(noun) or _heads_part(mentions, noun, organisation)
    return relation("schema:affiliation") if below else known


def is_in_place(noun: Token, place: Mention, lead: str) -> bool:
    """Office in a place, not of it: a place behind "in" that has no such office, or a diplomat's host.

    "Intendant in Bochum", "Korrespondent in Rom", "Botschafter in Rom", not "Bürgermeister in Bochum".
    """
    own = _is_office_of_place(noun) and not stem(noun.text).endswith(_DIPLOMATS)
    return place.type == "Place" and lead.lower() in ("in", "im") and not own


def _is_office_of_place(noun: Token) -> bool:
    """Whether a noun means an office of a state, a region or a town."""
    return is_office(noun.text, STATE) or is_office(noun.text, TOWN)


def _heads_part(mentions: Mentions, noun: Token, organisation: Mention) -> bool:
    """Office of a part: whether who has it heads only a part of a party or of a parliamentary group, or stands below
    its chair: "Generalsekretär der SPD", "Geschäftsführer der Unionsfraktion", "Vorsitzende der Grünen in Hessen".

    "Generalsekretär der Nato" heads it. "Parlamentarischer Geschäftsführer" is one wherever he stands.
    """
    doc, reading = noun.doc, mentions.reading
    if noun.i > noun.sent.start and noun.nbor(-1).text.lower().startswith("parlamentarisch"):
        return True
    if not _is_party(organisation):
        return False
    behind = bisect_left(reading.starts, organisation.end)
    region = mentions.by_token.get(behind + 1)
    local = region is not None and region.type == "Place" and doc[behind].text in ("in", "im")
    return local or stem(noun.text) in _BELOW_CHAIR


def _is_party(organisation: Mention) -> bool:
    """Whether an organisation is a party or a parliamentary group, by its name or the noun beside it."""
    words = (organisation.name.split()[-1], organisation.description)
    group = any(word.casefold().endswith("fraktion") for word in words)
    return group or organisation.name in _parties() or "party" in map(noun_kind, words)


@cache
def _parties() -> frozenset[str]:
    """The names of the parties that the ontology lists: "SPD"."""
    return frozenset(name for names in kinds()["Organization", "party"].names for name in names)


def _is_deputy(noun: Token) -> bool:
    """Deputy, who heads nothing: "Vize", "Interims" or "Stellvertret" in the noun, "stellvertretend" before it."""
    before = noun.nbor(-1).text.lower() if noun.i > noun.sent.start else ""
    return before.startswith(("stellvertretend", "stv.")) or bool(_DEPUTY.search(noun.text))


def represents(noun: Token) -> bool:
    """Whether a noun means somebody who is elected in a place and stands for it: "Senatorin"."""
    return stem(noun.text).endswith(tuple(noun_stems("elected")))


def represented(mentions: Mentions, person: Mention, noun: Token, i: int) -> Iterator[Office]:
    """Place that somebody stands for: "aus" and the name of a place from token `i` on, behind a noun of who is elected
    there, or behind such a noun and a name: a function at the place, and no origin.

    "Dianne Feinstein, Senatorin aus Kalifornien" → kg:hasFunctionAt Kalifornien, complement Senatorin
    """
    doc = noun.doc
    if i + 1 >= noun.sent.end or doc[i].text != "aus" or not represents(noun):
        return
    name = mentions.by_token.get(i + 1) or (mentions.by_token.get(i + 2) if i + 2 < noun.sent.end else None)
    if name is not None and mentions.named(name).type == "Place":
        yield from affiliation(mentions, person, noun, mentions.named(name), i)


def title_role(mentions: Mentions, person: Mention, noun: Token) -> Office:
    """The role itself: that a person is what the noun says (schema:jobTitle), or was it (kg:hadJobTitle).

    Origin and courtesy are no job: of a state it is the nationality ("der Brite Jan Ott" → Großbritannien), else
    kgp:sein. "Altkanzler Stein", "Staatssekretär a. D. Falk" → was Kanzler, was Staatssekretär
    """
    state = state_of_people(noun.text)
    if state and qualification(noun) != "former" and not is_counted(noun):
        return nationality(person, noun, mentions.origin(noun.i, noun.i, state), "sein")
    title = _role(mentions, noun)
    kind = qualification(noun)
    spans = ((title.start, title.end),)
    if kind == "former":
        predicate = Predicate("ehemals sein", "kg:hadJobTitle", spans, title.text)
    else:
        iri = "kgp:sein" if is_origin(title.text) or is_courtesy(noun.text) else "schema:jobTitle"
        predicate = Predicate("sein", iri, spans, title.text)
    return Office(person, predicate, title, noun.i, kind if kind in MODALITIES else "asserted")


def is_counted(noun: Token) -> bool:
    """Whether a number counts the noun: "zwei Peruaner" are some of those spoken of, not what each of them is."""
    return any(child.dep_ == "nummod" for child in noun.children)


def nationality(person: Mention, noun: Token, state: Mention, lemma: str) -> Office:
    """That a person is a national of a state, said by an adjective, a noun of origin or the first part of a
    compound; `lemma` is that of the predicate.

    Who was a singer once still is of the state that the adjective says; who is said to be one, is said to be of it.
    """
    kind = qualification(noun)
    said = Predicate(lemma, "schema:nationality", ((state.start, state.end),), state.text)
    return Office(person, said, state, noun.i, kind if kind in MODALITIES else "asserted")


def is_former(noun: str) -> bool:
    """Whether a role noun says by its first part that its holder has had the office: "Ex-Chef", "Altkanzler".

    >>> [is_former(noun) for noun in ("Ex-Chef", "Altbürgermeisterin", "Altphilologe", "Altenpfleger")]
    [True, True, False, False]
    """
    if noun.startswith(_FORMER_PREFIXES):
        return True
    office = role_relation(noun.removeprefix("Alt").capitalize()) if noun.startswith("Alt") else None
    return office is not None and office.iri == "org:headOf"


def retired_behind(noun: Token) -> int:
    """Former office: how many words right behind its noun say that it is over: 2 for "Staatssekretär a. D."."""
    return retired([token.text for token in noun.doc[noun.i + 1 : noun.i + 3]])


def qualification(noun: Token) -> str:
    """Qualified role: what the words right before its noun, "a. D." behind it, "Ex-" and "Möchtegern-" make of it.

    "der designierte Chef" → planned; "der frühere Chef", "Ex-Chef", "Altkanzler", "Richter i. R." → former; "der
    mutmaßliche Täter" → reported; else ""
    """
    if is_former(noun.text) or retired_behind(noun):
        return "former"
    if noun.text.startswith(_PRETENDED):
        return "reported"
    i, determined = noun.i - 1, False
    while i >= noun.sent.start and (noun.doc[i].pos_ in MODIFIERS or noun.doc[i].tag_ == "ADJA"):
        word = noun.doc[i].text.lower()
        kind = next((k for k in ROLE_KINDS if any(word.startswith(start) for start in role_adjectives(k))), "")
        own = not determined or noun.doc[i - 1].text == ","  # "kommt voraussichtlich der Minister"
        kind = kind or (adverbs().get(word, "") if own else "")  # "Anna Schmidt, womöglich Chefin der Bahn"
        determined |= noun.doc[i].pos_ == "DET"
        if kind:
            return kind
        i -= 1
    return ""
