"""Clauses as parts of others: "Ob es weitergeht, ist offen", "dass er lügt", "Es war Link, der unterschrieb"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clause.clauses import Clause
from kg.language.nouns import is_person

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_cleft(clause: Clause) -> bool:
    """Cleft: "Es war Link, der …" says only who it was, and the relative clause what he did.

    Beside "sein" and "es" stands the name or noun of a person, which the relative clause hangs on.
    """
    below = list(clause.verb.children)
    impersonal = clause.lemma == "sein" and any(c.dep_ == "expl" or c.text.lower() == "es" for c in below)
    for noun in (*clause.subjects, *((clause.verb,) if clause.copula is not None else ())):
        relative = any(c.dep_ == "acl:relcl" for c in noun.children)
        if impersonal and relative and (noun.pos_ == "PROPN" or is_person(noun.text)):
            return True
    return False


def clause_subjects(clause: Clause) -> tuple[Token, ...]:
    """The heads of clauses that are the subject: "Ob es weitergeht, ist offen", "Dass er lügt, ist bewiesen"."""
    if clause.copula is None and clause.verb.tag_ != "VVPP":
        return ()
    before = (c for c in clause.verb.children if c.right_edge.i < clause.verb.i)
    opened = (c for c in before if c.dep_ in ("csubj", "csubj:pass", "advcl", "ccomp"))
    return tuple(c for c in opened if conjunction_of(c) is not None)


def conjunction_of(head: Token) -> Token | None:
    """The "ob" or "dass" of a clause that can be an object or subject of another, given its head; None for none."""
    return next((c for c in head.children if c.dep_ == "mark" and c.text.lower() in ("ob", "dass", "daß")), None)
