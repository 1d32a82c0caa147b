"""How far a clause commits itself: asserted, planned, possible, required, reported.

"soll geholfen haben" is hearsay, "soll ausgebaut werden" a plan, "müsse offenlegen" a duty, "könnte" a possibility.
The auxiliary decides first, then the conjunction ("wenn", "ob"), then the verb that an infinitive hangs on, then
adverbs such as "angeblich", and last a Konjunktiv that nobody is quoted with.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from kg.extract.clauses import Clause

if TYPE_CHECKING:
    from spacy.tokens import Token

_CONDITIONAL = frozenset({"wenn", "falls", "ob", "sofern", "sollte", "als ob"})


@cache
def words(kind: str) -> frozenset[str]:
    """The verbs of a class of `verbs.toml`: "saying", "planning", "requiring", "implicative", "denying", "phrases"."""
    return frozenset(word.casefold() for word in _verbs()[kind])


@cache
def _verbs() -> Mapping[str, list[str]]:
    return tomllib.loads(files(__package__).joinpath("verbs.toml").read_text(encoding="utf-8"))


@cache
def _adverbs() -> dict[str, str]:
    lists: Mapping[str, list[str]] = _verbs()["adverbs"]  # type: ignore[assignment]
    return {word.casefold(): kind for kind, adverbs in lists.items() for word in adverbs}


def modality(clause: Clause, above: Mapping[int, Clause], quoted: bool) -> str:
    """The modality of a clause; `above` maps head tokens to clauses, `quoted` tells that somebody is quoted with it.

    In quoted speech the Konjunktiv is only the sign of quoting, and the speaker asserts.
    """
    return (
        _by_auxiliary(clause, quoted)
        or ("possible" if clause.mark in _CONDITIONAL else "")
        or _by_governor(clause, above, quoted)
        or _by_adverb(clause)
        or _by_mood(clause, quoted)
        or "asserted"
    )


def _by_auxiliary(clause: Clause, quoted: bool) -> str:
    lemmas = {token.lemma_.casefold(): token for token in (*clause.auxiliaries, clause.verb) if token.pos_ == "AUX"}
    if "sollen" in lemmas:
        return "reported" if _is_perfect(clause) and _is_indicative_present(lemmas["sollen"]) else "planned"
    if "müssen" in lemmas:
        return "required"
    if lemmas.keys() & {"können", "dürfen", "mögen"}:
        return "possible"
    if "wollen" in lemmas:
        return "planned"
    if "werden" in lemmas and not clause.passive and _has_infinitive(clause):
        return _future(lemmas["werden"], quoted)
    return ""


def _future(werden: Token, quoted: bool) -> str:
    """werden + infinitive is still to come; "würde" is a condition, or in a quotation what "wird" was."""
    if "Sub" in werden.morph.get("Mood") or werden.text.casefold().startswith("würd"):
        return "planned" if quoted else "possible"
    return "planned"


def _is_perfect(clause: Clause) -> bool:
    """ "geholfen haben (soll)", "gegangen sein (soll)": haben or sein with a participle, below the modal verb."""
    participle = "Part" in clause.verb.morph.get("VerbForm") or clause.verb.tag_ == "VVPP"
    return participle and any(a.lemma_ in ("haben", "sein") for a in clause.auxiliaries)


def _is_indicative_present(token: Token) -> bool:
    return token.text.casefold() in ("soll", "sollen", "sollst", "sollt", "solle")


def _is_infinitive(token: Token) -> bool:
    return "Inf" in token.morph.get("VerbForm") or token.tag_.endswith("INF")


def _has_infinitive(clause: Clause) -> bool:
    return any(_is_infinitive(token) for token in (clause.verb, *clause.auxiliaries))


def _by_governor(clause: Clause, above: Mapping[int, Clause], quoted: bool) -> str:
    """What the clause above makes of this one: a plan of "planen", a demand of "fordern", hearsay of hearsay."""
    governor = above.get(clause.parent.i) if clause.parent is not None else None
    infinitive = clause.finite is None
    if governor is None:
        return "possible" if infinitive and clause.relation == "acl" and _has_infinitive(clause) else ""
    if clause.relation not in ("ccomp", "xcomp", "csubj", "csubj:pass", "advcl"):
        return ""
    lemma = governor.verb.lemma_.casefold() if governor.copula is not None else governor.lemma
    if clause.relation in ("ccomp", "xcomp", "csubj", "csubj:pass"):
        if lemma in words("planning") or lemma in ("geplant", "vorgesehen", "beabsichtigt"):
            return "planned"
        if lemma in words("requiring"):
            return "required"
    if not infinitive or not _has_infinitive(clause):
        return ""
    if clause.relation == "advcl":
        return "planned" if clause.mark in ("um", "") else ""
    if lemma in words("implicative"):
        inherited = modality(governor, above, quoted)
        return inherited if inherited != "asserted" else ""
    return "possible"


def _by_adverb(clause: Clause) -> str:
    return next((_adverbs()[t.lemma_.casefold()] for t in _adverbials(clause) if t.lemma_.casefold() in _adverbs()), "")


def _adverbials(clause: Clause) -> Iterator[Token]:
    return (child for child in clause.verb.children if child.dep_ in ("advmod", "obl", "amod"))


def _by_mood(clause: Clause, quoted: bool) -> str:
    """Konjunktiv I without a speaker is hearsay, Konjunktiv II imagines; in a quotation both only mark the quoting."""
    if clause.mood != "Sub" or quoted or clause.finite is None:
        return ""
    present = "Pres" in clause.finite.morph.get("Tense")
    return "reported" if present or clause.finite.text.casefold() in ("sei", "seien", "habe", "werde") else "possible"
