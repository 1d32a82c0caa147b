"""Whether a person is "er" or "sie": a title or role noun tells, a pronoun did, and the first name makes it likely."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from kg.language.nouns import is_person
from kg.records import Mention
from kg.resolve.names.names import FORMS_OF_NAMES

SURE = 4
"""The weight from which a gender counts as known."""

# Nouns that are adjectives: "die Vorsitzende" is a woman, "der Vorsitzende" and "Vorsitzender" a man.
_ADJECTIVAL = re.compile(
    r"(?:end|net|ellt|agt|tigt|igt|jährig|liberal|konservativ|stumm|geistlich|jugendlich|fremd)e[rnm]?$"
)
_FEMALE_NOUNS = ("in", "innen", "frau", "tochter", "schwester", "mutter", "witwe", "nichte", "dame", "mädchen")


def genders(mention: Mention) -> Iterator[tuple[str, int]]:
    """Yield the genders (UD: Masc, Fem) that a mention of a person speaks for, with their weights: by "Frau" or "Herr"
    beside it, by the ending of a noun that is an adjective ("die Vorsitzende"), by other nouns ("Chefin"), by the first
    name.

    >>> list(genders(Mention("a", 0, 0, "", "named", "Person", "Toplak", "SPD-Fraktionschefin")))
    [('Fem', 6)]
    >>> list(genders(Mention("a", 0, 0, "", "named", "Person", "Uwe Toplak")))
    [('Masc', 3)]
    >>> list(genders(Mention("a", 0, 0, "", "named", "Person", "Toplak", "Landesvorsitzende")))
    [('Fem', 6)]

    """
    noun = mention.description.casefold().rpartition("-")[2]
    if mention.form == "nominal" and mention.type == "Role":
        noun = mention.name.casefold().split()[-1]
    if noun in ("frau", "herr", "herrn"):
        yield "Fem" if noun == "frau" else "Masc", 8
    elif _ADJECTIVAL.search(noun):
        if noun.endswith("er"):
            yield "Masc", 6
        elif mention.form == "nominal" and mention.gender in ("Masc", "Fem"):
            yield mention.gender, 6
        elif noun.endswith("e"):  # beside a name with an article, either: "der Vorsitzende Meier"
            man = mention.gender == gender_of(mention.name.split()[0]) == "Masc"
            yield ("Masc", 4) if man else ("Fem", 6)
    elif noun and (noun.endswith(_FEMALE_NOUNS) or is_person(noun.capitalize())):
        female = noun.endswith(_FEMALE_NOUNS)
        yield "Fem" if female else "Masc", 6 if female else 4
    words = mention.name.split()
    if mention.form in FORMS_OF_NAMES and len(words) > 1:
        yield gender_of(words[0]), 3


def gender_of(first_name: str) -> str:
    """The gender that a first name makes likely: feminine in -a and -e, else masculine, but for listed exceptions.

    >>> gender_of("Andrea"), gender_of("Uwe"), gender_of("Ingrid"), gender_of("Sören"), gender_of("Karl-Heinz")
    ('Fem', 'Masc', 'Fem', 'Masc', 'Masc')
    """
    name = first_name.partition("-")[0]
    if name in _exceptions()["women"]:
        return "Fem"
    if name in _exceptions()["men"]:
        return "Masc"
    return "Fem" if name.endswith(("a", "e")) else "Masc"


@cache
def _exceptions() -> dict[str, frozenset[str]]:
    """First names that their ending tells wrong, as `first_names.toml` lists them: "women" and "men"."""
    text = files(__package__).joinpath("first_names.toml").read_text(encoding="utf-8")
    return {key: frozenset(names) for key, names in tomllib.loads(text).items()}
