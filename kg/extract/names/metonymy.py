"""Metonymy: in a sports report "Köln" that relegates and the "Trainer der Bayern" are teams, no places.

A country that plays stays itself: readers look for "Brasilien" once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.names.appositions import Name
from kg.language.prepositions import preposition_of
from kg.ontology import kinds

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Words of sports reports; two of them make a text one, if one at least is of nothing else.
_SPORT = frozenset(
    "absteiger achtelfinale anschlusstreffer aufsteiger bundesliga bundesligist champions-league dfb-pokal drittligist "
    "elfmeter fußball fußballer halbfinale halbzeit handball-bundesliga heimspiel hinspiel kapitän linienrichter "
    "mannschaft mittelfeldspieler nationalspieler pokalspiel rückspiel saison schiedsrichter spieltag spitzenreiter "
    "stürmer tabellenführer torhüter torjäger torschütze torwart trainer unentschieden viertelfinale "
    "zweitligist".split()
)
_ALSO_ELSEWHERE = frozenset("kapitän mannschaft trainer saison fußball fußballer".split())
_MATCHES = frozenset(
    "sieg niederlage spiel partie duell remis unentschieden erfolg heimspiel auswärtsspiel pokalspiel hinspiel "
    "rückspiel achtelfinale viertelfinale halbfinale finale endspiel derby heimniederlage heimsieg auswärtssieg".split()
)
_WHOSE = frozenset(
    "trainer stürmer torhüter torwart kapitän spieler verteidiger torjäger coach fans abwehr elf".split()
)
_WHAT = frozenset(
    "absteiger aufsteiger meister tabellenführer spitzenreiter gastgeber favorit pokalsieger herbstmeister "
    "tabellenletzter tabellenzweiter gegner".split()
)
_PLAYS = frozenset(
    "siegen gewinnen verlieren spielen besiegen schlagen unterliegen absteigen aufsteigen führen empfangen bezwingen "
    "ausscheiden qualifizieren".split()
)
_AGAINST = frozenset({"gegen", "über"})


def with_teams(doc: Doc, names: Collection[Name]) -> Iterator[Name]:
    """Yield all names, places that stand for a team as such: "der Sieg über Köln", not "das Spiel in Köln"."""
    places = {name for name in names if name.type == "Place" and not _is_country(name.text)}
    if not (places and _is_sport(doc)):
        places = set()
    clubs = {word for name in names if name.type == "Organization" and " " in name.text for word in name.text.split()}
    for name in names:
        before = doc[name.first - 1] if name.first else None
        plays = name in places and _plays(doc[name.last], before)
        plays = plays or (name in places and name.text.removesuffix("s") in clubs and _acts(doc[name.last]))
        yield replace(name, type="Organization", noun="Mannschaft") if plays else name


def _is_sport(doc: Doc) -> bool:
    found = {word for token in doc if (word := token.lemma_.lower()) in _SPORT}
    return len(found) > 1 and bool(found - _ALSO_ELSEWHERE)


def _plays(token: Token, before: Token | None) -> bool:
    head, case = token.head, preposition_of(token)
    noun, verb = head.lemma_.lower(), head.lemma_
    if "-" in token.text:
        return token.text.rpartition("-")[2].lower() in _WHOSE
    if case in _AGAINST:
        return noun in _MATCHES or verb in _PLAYS or (case == "gegen" and head.pos_ == "NUM")
    if case == "für":
        return head.ent_type_ == "PER" or verb in _PLAYS
    if case in ("", "von") and noun in _WHOSE | _MATCHES and token.dep_ == "nmod":
        return True
    if not case and token.dep_ == "nsubj":
        return verb in _PLAYS or any(word.lemma_.lower() in _WHAT for word in (head, *head.children))
    return not case and before is not None and before.text in ("Die", "die", "den") and token.text == "Bayern"


def _acts(token: Token) -> bool:
    """Whether a place stands where its club can: "Köln hatte Pech", "ein Tor für Köln", not "in Köln"."""
    return preposition_of(token) in ("", "für", "von", "gegen", "über", "mit")


def _is_country(name: str) -> bool:
    return not _countries().isdisjoint({name, name.removesuffix("s"), *name.replace("–", "-").split("-")})


@cache
def _countries() -> frozenset[str]:
    return frozenset(name for names in kinds()["Place", "country"].names for name in names) | {
        "England",
        "Schottland",
        "Wales",
        "Nordirland",
    }
