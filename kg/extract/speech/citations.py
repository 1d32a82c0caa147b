"""Words that are cited without a verb of saying: "in dem Bericht heißt es", "die Forderung von Krause, dass".

Who says them is no subject of a verb of saying: a document or its author, the subject of a passive "zitieren", or
whose the noun of saying is that a complement hangs on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kg.extract.clause.clauses import Clause
from kg.extract.names.mentions import Mentions
from kg.extract.speech.reporting_clauses import is_statement
from kg.extract.speech.source_phrases import SPEAKING, author_of, is_account, is_in_class
from kg.language.verbs import words
from kg.ontology import AGENTS
from kg.reader.tokens import NOUNS
from kg.records import Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

# What leads to the document or the house that something is cited from: "heißt es in …", "hieß es aus dem Verband".
_CITED_FROM = frozenset({"in", "auf", "aus", "von", "bei", "seitens"})
_CONTENT_MARKS = frozenset({"dass", "daß", "ob", "wonach"})
_IN_PHRASE = frozenset({"nmod", "nmod:poss", "flat", "appos"})
_DOCUMENTS = ("writings", "accounts", "findings", "documents")


def cited(mentions: Mentions, clause: Clause) -> Mention | None:
    """Citation without a verb of saying in the active: who is cited, None for a clause that cites nothing.

    It is the subject of a passive "zitieren", the author of the subject of "lauten" or that itself, the agent of a
    passive verb of saying, else the source beside the clause (`_source`): "Krause wird mit den Worten zitiert, …" →
    Krause; "In der Mitteilung des WWF heißt es, …" → WWF; "Im Bericht heißt es, …" → Bericht
    """
    if clause.negation is not None:
        return None
    if clause.subjects and (clause.lemma == "lauten" or (clause.passive and clause.lemma == "zitieren")):
        subject = clause.subjects[0]
        return author_of(mentions, subject) or mentions.of(subject)
    if clause.passive and clause.lemma in words("saying"):
        agent = agent_of(clause)
        if agent is not None:
            return mentions.of(agent)
    return _source(mentions, clause) if _tells_from_source(clause) else None


def agent_of(clause: Clause) -> Token | None:
    """Who acts in a passive: "wurde von der Bank abgelehnt" → Bank; None where that is not told."""
    return next((slot.head for slot in clause.slots if slot.role == "agent"), None)


def _tells_from_source(clause: Clause) -> bool:
    """Verbs that say where words stand: "heißen" with "es", "stehen" and "hervorgehen" and a passive verb of saying."""
    if clause.lemma in ("heißen", "weiterheißen"):
        return any(s.text.lower() == "es" for s in clause.subjects)
    if clause.passive:
        return clause.lemma in words("saying")
    whole = not clause.subjects or clause.subjects[0].text.lower() in ("es", "das", "dies")
    return clause.lemma in ("stehen", "hervorgehen") and whole


def _source(mentions: Mentions, clause: Clause) -> Mention | None:
    """Source of a citation: the document beside its verb, or that document's author, or a named organisation or person.

    A noun of what is written or said is a document; a sign, a house or a town is none: "heißt es in dem Brief der
    Kläger" → der Kläger; "steht auf dem Schild", "hieß es aus dem Rathaus" → nobody
    """
    for slot in clause.slots:
        noun = slot.head
        if slot.role != "obl" or slot.preposition not in _CITED_FROM or noun.text.lower() in words("times"):
            continue
        who = mentions.of(noun)
        if any(is_in_class(noun, kind) for kind in _DOCUMENTS):
            return author_of(mentions, noun) or who
        if who.type in AGENTS:
            return who
    return None


def authored(mentions: Mentions, clauses: Mapping[int, Clause]) -> Iterator[tuple[int, Mention]]:
    """Complement of a noun of saying (Attributsatz): yield its head and the author of that noun.

    The clause has "dass", "ob" or "wonach", is an infinitive or in the Konjunktiv I; it hangs on the noun or stands
    right behind its phrase: "Die Forderung von Krause, dass die Stadt den Hafen verkauft, …" → Krause; nothing for "die
    Forderung, dass …".
    """
    for head, clause in clauses.items():
        nouns = [clause.parent] if clause.parent is not None and clause.parent.i not in clauses else []
        if clause.mark in _CONTENT_MARKS:
            nouns += _phrases_before(clause)
        noun = next((n for n in nouns if is_account(n) or is_statement(n)), None)
        author = None
        if noun is not None and _is_content(clause):
            author = author_of(mentions, noun) or _who_says_with(mentions, noun, clauses)
        if author is not None:
            yield head, author


def _who_says_with(mentions: Mentions, noun: Token, clauses: Mapping[int, Clause]) -> Mention | None:
    """Author of what is said by the way: who acts in a clause with "mit" and a noun of saying: "Die Bank wehrt sich mit
    dem Argument, die Zinsen seien hoch" → Die Bank; of a passive its agent.
    """
    above = clauses.get(noun.head.i)
    if above is None or not any(c.dep_ == "case" and c.text.lower() == "mit" for c in noun.children):
        return None
    acting = agent_of(above) if above.passive else next(iter(above.subjects), None)
    who = mentions.of(acting) if acting is not None else None
    return who if who is not None and (who.type in SPEAKING or who.form == "pronoun") else None


def _phrases_before(clause: Clause) -> Iterator[Token]:
    """The nouns whose phrase ends right before the comma of a clause: "die Forderung von Krause, dass" → both."""
    doc, first = clause.verb.doc, min((t.i for t in clause.own), default=clause.verb.i)
    comma = first if doc[first].text == "," else first - 1
    if comma <= clause.verb.sent.start or doc[comma].text != ",":
        return
    noun = next((t for t in reversed(doc[max(0, comma - 2) : comma]) if t.pos_ in NOUNS), None)
    while noun is not None and noun.pos_ in NOUNS:
        yield noun
        noun = noun.head if noun.dep_ in _IN_PHRASE else None


def _is_content(clause: Clause) -> bool:
    """Whether a clause below a noun says what the noun stands for, and is no relative clause."""
    if clause.mark in _CONTENT_MARKS:
        return True
    return clause.relation != "acl:relcl" and (clause.finite is None or clause.is_reported)
