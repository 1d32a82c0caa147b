"""Verbs of saying: which clauses frame what somebody says: "Link sagte, …", "Der Rat ist der Meinung, dass …"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clause.clauses import Clause
from kg.extract.speech.source_phrases import is_account
from kg.language.verbs import words

if TYPE_CHECKING:
    from spacy.tokens import Token

# Indefinite and impersonal pronouns, and those for a whole clause: as subjects of "sagen" they name no speaker.
NO_SPEAKERS = frozenset({"niemand", "keiner", "keine", "man", "es", "dies", "das", "was", "dieses"})


def _has_noun_of_opinion(clause: Clause) -> bool:
    """Light verb with a noun of opinion: "vertreten", "teilen", "äußern" or "hegen" has a noun of saying as its object.

    The two are one verb of saying: "Sie vertrat die Ansicht, dass …".
    """
    if clause.lemma not in words("stating"):
        return False
    return any(
        (slot.role == "obj" or slot.preposition == "zu") and (is_account(slot.head) or is_statement(slot.head))
        for slot in clause.slots
    )


def is_statement(noun: Token) -> bool:
    """Noun of saying that has a complement: "Forderung", "Vorwurf", "Ergebnis"."""
    return noun.pos_ == "NOUN" and noun.text.lower() in words("statements")


def _is_convinced(clause: Clause) -> bool:
    if clause.copula is not None:
        impersonal = any(c.text.lower() == "es" for c in clause.verb.children)
        return (
            not impersonal
            and not clause.is_reported
            and clause.copula.lemma_ == "sein"
            and clause.verb.text.lower() in words("convinced")
        )
    return clause.lemma == "zeigen" and any(
        c.text.lower() in words("convinced") and c.head == clause.verb for c in clause.verb.children
    )


def _is_genitive_of_opinion(clause: Clause) -> bool:
    """Predicative genitive of opinion: "der" with "Meinung", "Ansicht", "Auffassung" or "Überzeugung" is the predicate.

    With its copula it is a verb of saying: "Der Rat ist der Meinung, dass …".
    """
    article = any(c.text.lower() == "der" for c in clause.verb.children if c.dep_ == "det")
    return article and clause.verb.text in ("Meinung", "Ansicht", "Auffassung", "Überzeugung")


def is_saying(clause: Clause) -> bool:
    """Frame of indirect speech: an active clause with a verb of saying, a noun of opinion, or a genitive of opinion.

    It needs a subject that can speak (not "niemand", "man", "es") and no negation, but "glaubt nicht" is one: "Link
    sagte", "vertrat die Ansicht", "ist der Meinung"; not "niemand glaubt, dass …" and not "bestätigte nicht".
    """
    if (
        clause.passive
        or not clause.subjects
        or (clause.copula is not None and not _is_genitive_of_opinion(clause) and not _is_convinced(clause))
    ):
        return False
    if clause.lemma in words("receiving") and any(s.role == "obj" and s.head.pos_ == "NOUN" for s in clause.slots):
        return False  # "fand einen Zettel"
    if (
        clause.copula is None
        and clause.lemma not in words("saying")
        and not (_has_noun_of_opinion(clause) or _is_convinced(clause))
    ):
        return False
    if clause.lemma in ("bitten", "ersuchen", "drängen", "beantragen") and clause.finite is None:
        return False
    return clause.subjects[0].text.lower() not in NO_SPEAKERS and (clause.negation is None or clause.lemma == "glauben")


def accuses(clause: Clause) -> bool:
    """Frame of an accusation in the passive: who is its subject is said to have done what hangs on it.

    "Meyer wird beschuldigt, Kern geschlagen zu haben"; whoever accuses is its agent ("von Lutz"), or nobody is named.
    """
    return clause.passive and clause.lemma in words("accusing") and clause.negation is None
