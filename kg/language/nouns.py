"""What a head noun tells: a "Daten-Plattform" is a product, a "Stadtsprecherin" a person and a Sprecher.

German compounds carry their meaning at the end, so a noun is looked up by its longest known last part. Endings of
case, number and gender are taken off both the noun and the list, which makes "Expertin", "Experten" and "Experte"
one key without a dictionary.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from kg.language.acronyms import DEGREES, SHORT_OFFICES
from kg.ontology import Relation, per_vocabulary, relation, relations
from kg.records import TYPES
from kg.system.files import read_table

T = TypeVar("T")

# Endings of German nouns, longest first: Sprecher|innen, Expert|en, Land|es. The -er goes only where it declines a
# nominalised participle or adjective (Vorsitzend|er, Abgeordnet|er): "Richter" must not meet "Unterricht".
_ENDING = re.compile(r"(?:innen|in|en|es|n|s|e|(?<=end|net|llt|agt|amt|tig|igt|ich)er)$")

# A last part shorter than this does not count as the head of a compound: "Rat" in "Apparat".
_SHORTEST_PART = 4

# Women are told by the ending of what they do or where they are from: "Bankerin", "Tübingerin"; no substances.
_WOMAN = re.compile(r"\w{2}(?:er|ist|ent|ant|or|eur|og|iker)in(?:nen)?$")
_SUBSTANCES = ("glycerin", "glyzerin", "cholesterin", "elerin", "orphin")


@cache
def stem(noun: str) -> str:
    """Stem: the last part of a hyphen compound without endings of case, number and gender, casefolded.

    Two endings are taken off at most, at least three letters stay, -frau counts as -mann, a short office as the noun.

    >>> stem("Expertin"), stem("Experten"), stem("Vorsitzende"), stem("Chefs"), stem("CEO"), stem("SPD-Abg.")
    ('expert', 'expert', 'vorsitzend', 'chef', 'ceo', 'abgeordnet')
    """
    last = noun.rpartition("-")[2]
    word = SHORT_OFFICES.get(last, last).casefold().replace("frau", "mann")
    for _ in range(2):
        shorter = _ENDING.sub("", word)
        if len(shorter) < 3:
            break
        word = shorter
    return word


@cache
def _lists() -> dict[str, Any]:
    """The lists of `nouns.toml`."""
    return read_table(__package__, "nouns.toml")


@cache
def noun_list(kind: str) -> frozenset[str]:
    """The nouns of a list of `nouns.toml`, as they stand there: "units", "called_after", …

    >>> "Dollar" in noun_list("units")
    True
    """
    return frozenset(_lists()[kind])


def is_part_of_day(noun: str) -> bool:
    """Compound of a weekday and a part of it.

    >>> is_part_of_day("Dienstagabend"), is_part_of_day("Dienstag"), is_part_of_day("Feierabend")
    (True, False, False)
    """
    return noun.startswith(tuple(noun_list("weekdays"))) and noun.endswith(tuple(noun_list("dayparts")))


@cache
def noun_stems(kind: str) -> frozenset[str]:
    """The stems of the nouns of such a list: "bodies", "chiefs", …"""
    return frozenset(map(stem, noun_list(kind)))


@cache
def _types() -> dict[str, tuple[str, str]]:
    """Stem → type and kind: "bank" → Organization, company."""
    return {
        stem(noun): (type_, kind)
        for type_, kinds in _lists().items()
        if type_ in TYPES
        for kind, nouns in kinds.items()
        for noun in nouns
    }


@per_vocabulary
def _roles() -> dict[str, Relation]:
    """Stem of a role noun → the relation that it says of a person: "sprecher" → kg:spokespersonFor."""
    return {stem(noun): found for found in relations() if "Person" in found.domain for noun in found.nouns}


@cache
def _ending_in_e() -> frozenset[str]:
    """Stems of nouns that are listed with -e alone and never stand without it: "kett" of "Kette", not in "Parkett"."""
    listed = [n for type_, kinds in _lists().items() if type_ in TYPES for nouns in kinds.values() for n in nouns]
    with_e, without = ({stem(n) for n in listed if n.endswith("e") == ends} for ends in (True, False))
    return frozenset(with_e - without)


@cache
def _origins() -> frozenset[str]:
    """Nouns of origin (demonyms) in the singular: "Brite", "Briten", "Britin"; not the country "Polen"."""
    found = set()
    for noun in _lists()["origins"]:
        weak = noun.endswith("e")
        found |= {noun, noun.removesuffix("e") + "in", noun + "n" if weak else noun + "s"}
    return frozenset(found - set(_lists()["countries"])) | {"Französin", "Israeli", "Israelin"}


def _of_head(noun: str, table: Mapping[str, T]) -> T | None:
    """Compound: what a table says of a noun by its stem, else by the longest known end of that, its head.

    The head has four letters at least; one that needs its -e is none in a noun without ending: "Parkett" is no "Kette".
    "Technologiekonzern" → what the table says of "Konzern"
    """
    word = stem(noun)
    if word in table:
        return table[word]
    bare = noun.casefold().removesuffix("s").endswith(word)
    parts = (word[i:] for i in range(1, len(word) - _SHORTEST_PART + 1))
    return next((table[part] for part in parts if part in table and not (bare and part in _ending_in_e())), None)


@per_vocabulary
def noun_type(noun: str) -> str:
    """Semantic class: the entity type that a common noun tells by itself or by the head of the compound, "" for none.

    A person is also told by a noun of origin, by the ending of a woman's noun, and by a role noun whose relation has
    persons as subjects: "Sprecher" is one, "Sparte" (part of a firm) is not.

    >>> noun_type("Daten-Plattform"), noun_type("Technologiekonzern"), noun_type("Stadtsprecherin"), noun_type("Risiko")
    ('Product', 'Organization', 'Person', '')
    >>> noun_type("58-Jährige"), noun_type("Portugiesin"), noun_type("Briten"), noun_type("Polen")
    ('Person', 'Person', 'Person', '')
    >>> noun_type("Handelskette"), noun_type("Parketts"), noun_type("Forschungsinstitut"), noun_type("Stahlwerk")
    ('Organization', '', 'Organization', 'Organization')
    """
    known = _of_head(noun, _types())
    if known:
        return known[0]
    relation = _of_head(noun, _roles())
    return "Person" if noun in _origins() or is_woman(noun) or (relation and "Person" in relation.domain) else ""


@cache
def is_woman(noun: str) -> bool:
    """Movierung (feminine derivation): whether a noun ends in -in behind an agent suffix, and is no substance.

    >>> is_woman("Tübingerin"), is_woman("Hornistinnen"), is_woman("Cholesterin"), is_woman("Termin")
    (True, True, False, False)
    """
    word = noun.casefold()
    return bool(_WOMAN.search(word)) and not word.endswith(_SUBSTANCES)


@cache
def noun_kind(noun: str) -> str:
    """The kind within its type that a common noun tells, by itself or by its head, "" where it leaves that open.

    >>> noun_kind("Technologiekonzern"), noun_kind("Bundesministerium"), noun_kind("Gesellschaft")
    ('company', 'public body', '')
    """
    known = _of_head(noun, _types())
    return known[1] if known else ""


_DEGREE = re.compile(rf"(?:{'|'.join(sorted(DEGREES))})\.|(?:Dr|Dipl)\.-\w+\.|PD")


def is_degree(word: str) -> bool:
    """Whether a word is an academic degree or a part of one, which stands between an office and a name.

    >>> [is_degree(word) for word in ("Dr.", "Dr.-Ing.", "Landrat")]
    [True, True, False]
    """
    return bool(_DEGREE.fullmatch(word))


@cache
def is_courtesy(noun: str) -> bool:
    """Whether a noun before a name is no role but a form of address or a relation between persons: "Herrn", "Freund".

    >>> is_courtesy("Herrn"), is_courtesy("Ministerin")
    (True, False)
    """
    return noun in _lists()["courtesies"]


@cache
def is_firm_too(noun: str) -> bool:
    """Whether a noun that means a person can as well mean a firm or a club: "der Käufer".

    >>> is_firm_too("Großinvestor"), is_firm_too("Minister")
    (True, False)
    """
    return bool(_of_head(noun, _listed("firms_too")))


@cache
def _listed(name: str) -> dict[str, bool]:
    """The stems of the nouns of one list of `nouns.toml`."""
    return {stem(noun): True for noun in _lists()[name]}


@cache
def is_of_firms(noun: str) -> bool:
    """Whether a noun names an office that only firms have, by itself or by its head.

    >>> is_of_firms("Finanzvorstand"), is_of_firms("Aufsichtsratschefin"), is_of_firms("Sprecher")
    (True, True, False)
    """
    return bool(_of_head(noun, _listed("of_firms")))


@cache
def is_part(noun: str) -> bool:
    """Whether a noun, or its head, names a part of a firm or association that somebody can lead.

    >>> is_part("Rechtsabteilung"), is_part("Firma")
    (True, False)
    """
    return bool(_of_head(noun, _listed("parts")))


@cache
def is_post(noun: str) -> bool:
    """Whether a noun of persons can be a post or function at what it is named for: no relation of two persons, no
    origin, and nothing that somebody did.

    >>> is_post("Finanzexperte"), is_post("Gouverneurin"), is_post("Brexit-Gegnerin"), is_post("Britin")
    (True, True, False, False)
    """
    return not (_of_head(noun, _listed("no_posts")) or is_courtesy(noun) or is_origin(noun))


@cache
def is_vague(noun: str) -> bool:
    """Whether a noun before a name leaves open what that is: "Region Stuttgart" is more than Stuttgart.

    >>> is_vague("Region"), is_vague("Hafenstadt")
    (True, False)
    """
    return stem(noun) in noun_stems("vague")


@cache
def names_nothing(noun: str) -> bool:
    """Whether a noun before a name tells not what it is, but is one of words, topics or parts: "Begriff", "Fall".

    >>> names_nothing("Fall"), names_nothing("Stichwort"), names_nothing("Kneipe")
    (True, True, False)
    """
    return bool(_of_head(noun, _listed("no_kinds")))


@cache
def is_origin(noun: str) -> bool:
    """Noun of origin (demonym): whether a noun in the singular says where somebody is from; no name of a country.

    >>> is_origin("Russin"), is_origin("Brite"), is_origin("Polen")
    (True, True, False)
    """
    return noun in _origins()


@cache
def is_noun(word: str) -> bool:
    """Whether a noun itself is listed with a type, not only the head of the compound: "Burg", not "Rothenburg".

    >>> is_noun("Häfen"), is_noun("Hafens"), is_noun("Cuxhafen")
    (False, True, False)
    """
    return stem(word) in _types()


@cache
def is_institution(noun: str) -> bool:
    """Whether a definite noun means an institution or a place itself, so that it is no anaphor of what was named.

    It or its head is listed, and it is no company: "die Feuerwehr" is never Huawei.

    >>> is_institution("Feuerwehr"), is_institution("Landesregierung"), is_institution("Fluggesellschaft")
    (True, True, False)
    """
    return noun_kind(noun) != "company" and bool(_of_head(noun, _listed("institutions")))


@cache
def is_kind(noun: str) -> bool:
    """Appositive class noun: whether a noun before a name says its kind and is no part of it: "der Konzern Siemens".

    It or its head is listed; but compounds of "Partei" are parts of names: "Piratenpartei Deutschland".

    >>> is_kind("Tech-Konzern"), is_kind("Stadt"), is_kind("Universität"), is_kind("Piratenpartei")
    (True, True, False, False)
    """
    return stem(noun) in noun_stems("kinds") or (noun_kind(noun) != "party" and bool(_of_head(noun, _listed("kinds"))))


@per_vocabulary
def role_relation(noun: str) -> Relation | None:
    """Role noun: the relation that it or its head says of a person, None for one that is in no list.

    Where the relation counts for the very noun alone, a compound is only an affiliation: "Fraktionschef".

    >>> [role_relation(noun).iri for noun in ("Konzernsprecherin", "Vorstandsvorsitzende", "Fraktionschef")]
    ['kg:spokespersonFor', 'org:headOf', 'schema:affiliation']
    >>> role_relation("Risiko")
    """
    found = _of_head(noun, _roles())
    return relation("schema:affiliation") if found is not None and found.exact and stem(noun) not in _roles() else found


@cache
def _synonyms() -> dict[str, frozenset[str]]:
    """Stem → the stems of its synonyms and of what can stand for it: for "Theater" that of "Haus"."""
    found: dict[str, set[str]] = {}
    for group in _lists()["synonyms"]:
        for noun in group:
            found.setdefault(stem(noun), set()).update(map(stem, group))
    for noun, others in _lists()["stands_for"].items():
        for other in others:
            found.setdefault(stem(other), set()).add(stem(noun))
    return {noun: frozenset(others) for noun, others in found.items()}


@cache
def may_stand(noun: str) -> bool:
    """Whether a noun can refer to something of another kind that the text has named: "das Haus" to a theatre.

    >>> may_stand("Haus"), may_stand("Rathaus"), may_stand("Baum")
    (True, False, False)
    """
    return stem(noun) in {stem(other) for other in _lists()["stands_for"]}


@cache
def synonyms(noun: str) -> frozenset[str]:
    """Coreference of nouns: the stems of other nouns for the same thing, by the noun itself or by its head.

    >>> "gotteshau" in synonyms("Pfarrkirche"), "parlament" in synonyms("Landtag"), synonyms("Risiko")
    (True, True, frozenset())
    >>> stem("Haus") in synonyms("Stadttheater"), "theater" in synonyms("Rathaus")
    (True, False)
    """
    return _of_head(noun, _synonyms()) or frozenset()


_COUNCILS = (
    "Stadtrat Gemeinderat Kreisrat Bezirksrat Kantonsrat Nationalrat Ständerat Bundesrat Regierungsrat Betriebsrat"
    " Landesrat Staatsrat Personalrat Kirchenrat"
)
COUNCILLORS = frozenset(f"{_COUNCILS} {_COUNCILS.replace('rat', 'räte')} {_COUNCILS.replace('rat', 'räten')}".split())
"""Councils, and before persons' names those who sit there: "Stadtrat Paul Weiß", "die Stadträte Weiß und Ott"."""

LINKS = frozenset("für der des von vom zur zum in im of for and und de".split())
"""Words behind the head of a name; what follows them is its complement: "Institute for China Studies"."""


def telling_words(words: Sequence[str], links: Collection[str] = LINKS) -> tuple[str, ...]:
    """Head of a name: the words that may say what it names, its head, right before the first link, and its first word.

    >>> telling_words(["Mercator", "Institute", "for", "China", "Studies"])
    ('Institute', 'Mercator')
    """
    if not words:
        return ()
    head = next((i for i, word in enumerate(words) if i and word.casefold() in links), len(words)) - 1
    return words[head], words[0]


# Agent nouns by their ending, for role nouns that no list has: "Weltumsegler", "Hornistin", "Stipendiatin".
_AGENT = re.compile(
    r"(?:er|erin|ler|lerin|ist|istin|(?<!m)ent|entin|ant|antin|or|orin|eur|eurin|oge|ogin|urg|urgin|graf|grafin|rätin(?:nen)?|wirtin|iker|ikerin|chef|chefin|(?<=\w{3})(?:mann|frau))$"
)


@per_vocabulary
def is_person(noun: str) -> bool:
    """Enge Apposition: whether a noun right before a person's name can be that person's role.

    Its type is Person or, where it has none, it ends like an agent noun (-er, -ist, -ent, -chef, -mann …).

    >>> is_person("Weltfußballer"), is_person("Ombudsmann"), is_person("Sender"), is_person("Management")
    (True, True, False, False)
    """
    known = noun_type(noun)
    return known == "Person" if known else bool(_AGENT.search(noun.casefold()))
