"""German names as keys: "der Deutschen Telekom AG" and "Deutsche Telekom" are one name, "Duisburgs" is "Duisburg".

Case endings, articles and legal forms come and go with the sentence; what is left when they are taken off is the key
that two mentions must share. A key is for comparing, never for showing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from kg.language.name_words import LEGAL_FORMS, PARTICLES
from kg.language.nouns import noun_type
from kg.records import Mention
from kg.system.characters import plain
from kg.system.files import read_table

FORMS_OF_NAMES = ("named", "part")
"""The forms of mentions that are names."""

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_LEGAL_FORMS = frozenset(form.casefold().replace(".", "").translate(_UMLAUTS) for form in LEGAL_FORMS)
_ARTICLES = frozenset("der die das den dem des ein eine einen einem einer eines".split())
_INFLECTED = re.compile(r"(?<=\w{3})e[nmrs]?$")
_GENITIVE = re.compile(r"(?<=[bdfgklmnprtz])e?s$")
# What follows one of these in a name keeps its form; the genitive stands before it: "des Bundesamtes für …".
_LINKS = frozenset({"für", "der", "des", "von", "zur", "zum", "in", "im", "gegen", "und"})
_NOT_A_WORD = re.compile(r"[^\w&+]+")


@lru_cache(maxsize=1 << 16)  # the same names come again and again
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name without hyphens and dots, casefolded, umlauts spelt out as on typewriters.

    >>> words_of("Rhein-Ruhr e.V."), words_of("Jasmin Krüger") == words_of("Jasmin Krueger")
    (('rhein', 'ruhr', 'ev'), True)
    """
    parts = (part.replace(".", "") for part in plain(name).casefold().translate(_UMLAUTS).split())
    return tuple(word for part in parts for word in _NOT_A_WORD.sub(" ", part).split())


@lru_cache(maxsize=1 << 16)
def name_key(name: str) -> str:
    """The key of a name that is no person's: no article, no legal form, no endings on the words before the last, and a
    first word that is written short in full: "Uni Hamburg" is "Universität Hamburg".

    >>> name_key("TU München") == name_key("Technischen Universität München"), name_key("Uni")
    (True, 'uni')
    >>> name_key("Die Deutsche Telekom") == name_key("Deutschen Telekom AG")
    True
    >>> name_key("Huawei") == name_key("Huawei Enterprise Business Group")
    False
    """
    words = list(words_of(name))
    while len(words) > 1 and words[0] in _ARTICLES:
        words.pop(0)
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    if len(words) > 1 and words[0] in _short_words():
        words[:1] = words_of(_short_words()[words[0]])
    return " ".join([*(_INFLECTED.sub("", word) for word in words[:-1]), words[-1]]) if words else name.casefold()


def person_key(name: str) -> str:
    """The key of a person's name: all its words.

    >>> person_key("Müller-Lüdenscheidt")
    'mueller luedenscheidt'
    """
    return " ".join(words_of(name)) or name.casefold()


# After a sibilant there is no genitive -s; after a vowel too many names have an -s of their own.
_NO_GENITIVE_AFTER = tuple("aeiouyäöüsßxz")


def without_genitive(name: str, known: Collection[str], case: str, *, owns: bool = False) -> str:
    """The name without its genitive -s, when the bare name is `known` or the grammar says genitive.

    A parser's genitive alone is a weak hint: it makes no name that ends in a vowel, none of a "Daniels", and a short
    one only of an acronym or where the name `owns` what stands beside it.

    >>> without_genitive("Duisburgs", {"Duisburg"}, ""), without_genitive("Putins", set(), "Gen")
    ('Duisburg', 'Putin')
    >>> without_genitive("Caritas", set(), "Gen"), without_genitive("Lars", set(), "Gen")
    ('Caritas', 'Lars')
    >>> without_genitive("BMWs", set(), "Gen"), without_genitive("Opels", set(), "Gen", owns=True)
    ('BMW', 'Opel')
    >>> without_genitive("Bundesamtes für Naturschutz", set(), "Gen"), without_genitive("Grundgesetzes", set(), "Gen")
    ('Bundesamt für Naturschutz', 'Grundgesetz')
    """
    first, blank, rest = name.partition(" ")
    if blank and rest.split()[0] in _LINKS and first not in _own_s():
        bare = f"{_GENITIVE.sub('', first)} {rest}"
        return bare if bare in known or case == "Gen" else name
    if name.endswith(("’", "'")) and (name[:-1] in known or name[:-1].endswith(("s", "ß", "x", "z"))):
        return name[:-1]
    bare, last = name.removesuffix("s"), name.split()[-1] if blank else name
    if case == "Gen" and last.endswith("es") and noun_type(last[:-2]) not in ("", "Person"):
        return name[:-2]
    if bare == name or last in _own_s():
        return name
    if case == "Gen" and name.endswith("es") and name[:-2] in known:
        return name[:-2]
    plain = last.removesuffix("s")
    long = len(plain) > (2 if owns else 4) and not plain.endswith(_NO_GENITIVE_AFTER)
    certain = case == "Gen" and (long or (plain.isupper() and len(plain) > 1))
    return bare if bare in known or certain else name


_STRONG = {"Masc": "er", "Fem": "e", "Neut": "es", "Plur": "e"}


def strong(name: str, gender: str) -> str:
    """A name whose adjectives stand as they do without an article, as a heading has it; `gender` is "Plur" for several.

    >>> strong("Deutschen Bundestag", "Masc"), strong("Auswärtige Amt", "Neut"), strong("Vereinten Nationen", "Plur")
    ('Deutscher Bundestag', 'Auswärtiges Amt', 'Vereinte Nationen')
    >>> strong("Leipziger Zeitung", "Fem"), strong("Neuen Zürcher Zeitung", "Fem"), strong("Roten Kreuz", "")
    ('Leipziger Zeitung', 'Neue Zürcher Zeitung', 'Rotes Kreuz')
    >>> strong("Weißen Ring", "Masc"), strong("Golden Gate Bridge", "Fem"), strong("Walter Bau", "Masc")
    ('Weißer Ring', 'Golden Gate Bridge', 'Walter Bau')
    >>> strong("Die Deutsche Telekom", "Fem"), strong("Die Grünen", "Plur"), strong("Technischen Hilfswerk", "")
    ('Deutsche Telekom', 'Die Grünen', 'Technisches Hilfswerk')
    """
    words = name.split(" ")
    gender = gender or next((g for g, heads in _heads().items() if words[-1].lower().endswith(heads)), "")
    if len(words) > 2 and words[0] in ("Der", "Die", "Das") and _adjective().fullmatch(words[1].lower()):
        words = words[1:]
    ending = _STRONG.get(gender)
    for i, word in enumerate(words[:-1]):
        adjective = _adjective().fullmatch(word.lower())
        if ending is None or adjective is None:
            break
        words[i] = word[: adjective.end(1)] + ending
    return " ".join(words)


def is_full_name(name: str) -> bool:
    """Whether a person's name has a first name before the surname.

    >>> is_full_name("Felix zur Nieden"), is_full_name("zur Nieden"), is_full_name("Link")
    (True, False, False)
    """
    words = name.split()
    return len(words) > 1 and not _is_particle(words[0])


@lru_cache(maxsize=1 << 16)
def surnames(name: str) -> tuple[str, ...]:
    """The keys a full name is called by without the first name.

    >>> surnames("Felix zur Nieden")
    ('zur nieden', 'nieden')
    """
    words = name.split()
    start = next((i for i, word in enumerate(words) if _is_particle(word) and i > 0), len(words) - 1)
    return tuple(dict.fromkeys((person_key(" ".join(words[start:])), person_key(words[-1]))))


def _is_particle(word: str) -> bool:
    """Whether a word is a particle of a surname, in whatever case: "zur" in "Felix zur Nieden"."""
    return word in PARTICLES or word.casefold() in PARTICLES


def is_acronym(name: str) -> bool:
    """Whether a name is written as an acronym: mostly capitals, one word.

    >>> is_acronym("DVV"), is_acronym("Huawei"), is_acronym("BaFin")
    (True, False, True)
    """
    return " " not in name and sum(c.isupper() for c in name) >= 2


def describes(mention: Mention) -> bool:
    """Whether a noun stands beside a name and so settles its type: "die Plattform Lumen"."""
    return bool(mention.description) and mention.form in FORMS_OF_NAMES


def is_worse_spelt(name: str, others: Iterable[str]) -> bool:
    """Whether one of some other names has the same words better spelt: with umlauts, or without words in capitals that
    are too long for an acronym; or, of a person, a first name where this one has an initial.

    >>> is_worse_spelt("Guenther Mueller", ["Günther Müller"]), is_worse_spelt("FALK AG", ["Falk AG"])
    (True, True)
    >>> is_worse_spelt("H. Kern", ["Hans Kern"]), is_worse_spelt("BMW AG", ["Bmw AG"])
    (True, False)
    """
    words, spelling = words_of(name), _spelling(name)
    initial = len(words) > 1 and len(words[0]) == 1
    return any(
        (words_of(other) == words and _spelling(other) > spelling)
        or (initial and " " in other and words_of(other)[0][0] == words[0] and len(words_of(other)[0]) > 1)
        for other in others
    )


def _spelling(name: str) -> tuple[int, int]:
    """How well a name is spelt, for comparing: its umlauts, and minus its words of more than three letters in capitals.

    "FALK Müller" → 1, -1
    """
    capitals = sum(word.isupper() and len(word) > 3 for word in name.split())
    return sum(c in "äöüÄÖÜ" for c in name), -capitals


@cache
def _short_words() -> Mapping[str, str]:
    """A first word that is written short → in full: "tu" → Technische Universität."""
    return dict(_lists()["short_words"])


@cache
def _own_s() -> frozenset[str]:
    """Names whose -s is their own: "Andreas", "Siemens"."""
    return frozenset(_lists()["own_s"])


@cache
def _heads() -> Mapping[str, tuple[str, ...]]:
    """Gender → how heads of names end that have it."""
    return {gender: tuple(heads) for gender, heads in _lists()["heads"].items()}


@cache
def _adjective() -> re.Pattern[str]:
    """An adjective of a name, its stem as the first group."""
    ends, stems = ("|".join(_lists()[kind]) for kind in ("adjective_ends", "adjectives"))
    return re.compile(rf"(\w+(?:{ends})|{stems})(?:e|en|em|es)")


@cache
def _lists() -> Mapping[str, Any]:
    """The lists of `names.toml`."""
    return read_table(__package__, "names.toml")
