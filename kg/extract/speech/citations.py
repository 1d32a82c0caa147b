"""Words that are cited without a verb of saying of their own: "in dem Bericht heißt es", "die Forderung von Krause, dass".

Who says them is no subject of a verb of saying: a document or its author, the subject of a passive "zitieren", or
whose the noun of saying is that a complement hangs on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kg.extract.clause.clauses import Clause
from kg.extract.names.mentions import Mentions
from kg.extract.speech.frames import is_statement
from kg.extract.speech.source_phrases import author_of, is_account
from kg.language.verbs import words
from kg.records import Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

# What leads to the document or the house that something is cited from: "heißt es in …", "hieß es aus dem Rathaus".
_CITED_FROM = frozenset({"in", "auf", "aus", "von", "bei", "seitens"})


def cited(mentions: Mentions, clause: Clause) -> Mention | None:
    """Citation: the document that a clause cites, or its author, None for a clause that cites nothing.

    It is "es heißt", "steht" or "geht hervor" with a place or source ("in dem Bericht heißt es"), a passive verb of
    saying with one ("wird in dem Brief gefordert"), the subject of "lauten" or of a passive "zitieren": "Krause wird
    mit den Worten zitiert, …" → Krause; "In der Mitteilung des WWF heißt es, …" → WWF; "Im Bericht heißt es" → Bericht
    """
    if clause.negation is not None:
        return None
    if clause.subjects and (clause.lemma == "lauten" or (clause.passive and clause.lemma == "zitieren")):
        subject = clause.subjects[0]
        return author_of(mentions, subject) or mentions.of(subject)
    if clause.passive and clause.lemma in words("saying"):
        agent = next((slot.head for slot in clause.slots if slot.role == "agent"), None)
        if agent is not None:
            return mentions.of(agent)
    if not _tells_from_source(clause):
        return None
    for slot in clause.slots:
        if slot.role == "obl" and slot.preposition in _CITED_FROM and _can_hold(slot.head):
            who = author_of(mentions, slot.head) or mentions.of(slot.head)
            if who.type != "Place" or slot.preposition not in ("in", "auf", "bei"):
                return who
    return None


def _tells_from_source(clause: Clause) -> bool:
    """Verbs that say where words stand: "heißen" with "es", "stehen" and "hervorgehen" and a passive verb of saying."""
    if clause.lemma in ("heißen", "weiterheißen"):
        return any(s.text.lower() == "es" for s in clause.subjects)
    if clause.passive:
        return clause.lemma in words("saying") and not any(slot.role == "agent" for slot in clause.slots)
    return clause.lemma in ("stehen", "hervorgehen") and (
        not clause.subjects or clause.subjects[0].text.lower() in ("es", "das", "dies")
    )


def _can_hold(noun: Token) -> bool:
    """Whether words can stand in what a noun means: no time, no number."""
    return noun.pos_ in ("NOUN", "PROPN", "X") and noun.text.lower() not in words("times")


def authored(mentions: Mentions, clauses: Mapping[int, Clause]) -> Iterator[tuple[int, Mention]]:
    """Complement of a noun of saying (Attributsatz): yield its head and the author of that noun.

    The clause has "dass", "ob" or "wonach", is an infinitive or in the Konjunktiv I, and hangs on the noun: "Die
    Forderung von Krause, dass die Stadt den Hafen verkauft, …" → Krause; nothing for "die Forderung, dass …".
    """
    for head, clause in clauses.items():
        noun = clause.parent
        if noun is None or noun.i in clauses or not (is_account(noun) or is_statement(noun)) or not _is_content(clause):
            continue
        author = author_of(mentions, noun)
        if author is not None:
            yield head, author


def _is_content(clause: Clause) -> bool:
    """Whether a clause below a noun says what the noun stands for, and is no relative clause."""
    if clause.mark in ("dass", "daß", "ob", "wonach"):
        return True
    return clause.relation != "acl:relcl" and (clause.finite is None or clause.is_reported)
