"""Verbs of saying: which clauses frame what somebody says: "Link sagte, …", "Der Rat ist der Meinung, dass …"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.clause.clauses import Clause
from kg.extract.clause.modality import governor_of
from kg.extract.speech.sentences import AnalysedSentence
from kg.extract.speech.source_phrases import is_account
from kg.extract.text.marks import SPEECH_MARKS
from kg.language.nouns import noun_list
from kg.language.verbs import words
from kg.reader.tokens import COMPLEMENTS, first_word

if TYPE_CHECKING:
    from spacy.tokens import Token

_COMPLEMENT_RELATIONS = ("ccomp", "parataxis", "csubj")
# Indefinite and impersonal pronouns, and those for a whole clause: as subjects of "sagen" they name no speaker.
NO_SPEAKERS = frozenset({"niemand", "keiner", "keine", "man", "es", "dies", "das", "was", "dieses"})


def _has_noun_of_opinion(clause: Clause) -> bool:
    """Light verb (`stating`) with a noun of saying or thinking as its object or behind "zu": the two are one verb.

    "Sie vertrat die Ansicht, dass …", "erhob den Vorwurf, dass …", "kam zu dem Schluss, dass …"
    """
    if clause.lemma not in words("stating"):
        return False
    nouns = [slot.head for slot in clause.slots if slot.role == "obj" or slot.preposition == "zu"]
    return any(is_account(noun) or is_statement(noun) for noun in nouns)


def is_statement(noun: Token) -> bool:
    """Noun of saying that has a complement: "Forderung", "Vorwurf", "Ergebnis"."""
    return noun.pos_ == "NOUN" and noun.text.lower() in words("statements")


def _is_convinced(clause: Clause) -> bool:
    """Adjective of conviction (`convinced`): predicate of "sein" or beside "sich zeigen", a verb of thinking.

    Not with "es", and not in the Konjunktiv I, which goes on quoting: "Schmidt ist überzeugt, dass …", "zeigte sich
    besorgt, dass …"; not "Es ist sicher, dass …".
    """
    if clause.copula is not None:
        sure = clause.copula.lemma_ == "sein" and clause.verb.text.lower() in words("convinced")
        return sure and not clause.is_reported and not any(c.text.lower() == "es" for c in clause.verb.children)
    return clause.lemma == "zeigen" and any(c.text.lower() in words("convinced") for c in clause.verb.children)


def _is_genitive_of_opinion(clause: Clause) -> bool:
    """Predicative genitive of opinion: "der" with "Meinung", "Ansicht", "Auffassung" or "Überzeugung" is the predicate.

    With its copula it is a verb of saying: "Der Rat ist der Meinung, dass …".
    """
    article = any(c.text.lower() == "der" for c in clause.verb.children if c.dep_ == "det")
    return article and clause.verb.text in noun_list("opinions")


def is_saying(clause: Clause) -> bool:
    """Frame of indirect speech: an active clause with a verb of saying, or a noun or adjective that makes it one.

    It needs a subject that can speak (not "niemand", "man", "es") and no negation, but "glaubt nicht" is one: "Link
    sagte", "vertrat die Ansicht", "ist der Meinung"; not "niemand glaubt, dass …" and not "bestätigte nicht". An
    infinitive of asking is none, for nobody asks yet: "forderte sie auf, ihn zu bitten".
    """
    if clause.passive or not clause.subjects or clause.subjects[0].text.lower() in NO_SPEAKERS:
        return False
    if clause.finite is None and first_word(clause.verb).text.lower() == "wie":
        return False  # "wie erwartet"
    if clause.lemma in words("receiving") and any(s.role == "obj" and s.head.pos_ == "NOUN" for s in clause.slots):
        return False  # "fand einen Zettel"
    if clause.negation is not None and clause.lemma != "glauben":
        return False
    if clause.copula is not None:
        return _is_genitive_of_opinion(clause) or _is_convinced(clause)
    if clause.lemma in words("asking") and clause.finite is None:
        return False
    return (
        clause.lemma in words("saying")
        or _has_noun_of_opinion(clause)
        or _is_convinced(clause)
        or _rates_likely(clause)
    )


def _rates_likely(clause: Clause) -> bool:
    """Epistemic predicative: "halten" with "es", "für" and an adjective that says that a clause may be so: "Kern hält
    es für möglich, dass die Stadt baut".
    """
    if clause.lemma != "halten":
        return False
    beside = list(clause.verb.children)
    likely = (t for t in beside if t.text.lower() in words("epistemic"))
    rated = any(c.text.lower() == "für" for t in likely for c in t.children)
    return rated and any(t.text.lower() == "es" for t in beside)


def tells_alone(clause: Clause) -> bool:
    """Absolute use of a verb of saying that is an act, where nothing that is said stands beside it: "Verdi klagt.", not
    "Verdi klagt, das sei zu wenig".
    """
    told = any(c.dep_ in (*COMPLEMENTS, "advcl", "parataxis") for c in clause.verb.children)
    marks = any(token.text == ":" or token.text in SPEECH_MARKS for token in clause.verb.sent)
    return clause.lemma in words("telling_alone") and clause.verb.dep_ == "ROOT" and not told and not marks


def accuses(clause: Clause) -> bool:
    """Frame of an accusation in the passive: who is its subject is said to have done what hangs on it.

    "Meyer wird beschuldigt, Kern geschlagen zu haben"; whoever accuses is its agent ("von Lutz"), or nobody is named.
    """
    return clause.passive and clause.lemma in words("accusing") and clause.negation is None


def framed_by(frame: Clause, sentence: AnalysedSentence) -> Iterator[int]:
    """Complements of a verb of saying: yield the heads of the clauses that it frames.

    They are complement clauses and infinitives below it, the clause that it is inserted into ("…, sagt Lange"), and
    what follows a colon behind it: "Link sagte, dass die Stadt baut", "versprach, zu bauen", "warnte: Die Stadt ist
    pleite".
    """
    verb = frame.verb
    inserted = is_inserted(frame)
    colon = sentence.behind(verb.i, ":")
    for head, clause in sentence.clauses.items():
        if head == verb.i:
            continue
        governor = governor_of(clause, sentence.clauses)
        below = governor is not None and governor.verb.i == verb.i
        complement = clause.relation in _COMPLEMENT_RELATIONS or clause.mark in ("dass", "daß", "ob")
        infinitive = clause.relation == "xcomp" and clause.copula is None and not _is_semi_modal(frame, head)
        around = inserted and verb.head.i == head and verb.dep_ in ("parataxis", "ccomp", "advcl", "appos", "dep")
        around |= inserted and frame.relation == "acl:relcl" and clause is governor_of(frame, sentence.clauses)
        if around or (below and (complement or infinitive)) or (colon is not None and head > colon):
            yield head


def accusations(frame: Clause, sentence: AnalysedSentence) -> Iterator[int]:
    """What somebody is accused of in the passive: yield the heads of the infinitives and complements below the verb."""
    for head, clause in sentence.clauses.items():
        if clause.parent == frame.verb and (clause.relation in ("xcomp", "ccomp", "csubj") or clause.mark == "dass"):
            yield head


def _is_semi_modal(frame: Clause, infinitive: int) -> bool:
    """Semi-modal "drohen" and "versprechen" (raising): no comma stands between the verb and its infinitive.

    Then nobody says anything: "Die Stadt droht ihren Arzt zu verlieren", but "versprach, den Arzt zu halten".
    """
    between = frame.verb.doc[frame.verb.i : infinitive]
    return frame.lemma in ("drohen", "versprechen") and not any(t.text == "," for t in between)


def is_inserted(frame: Clause) -> bool:
    """Inserted frame: opened by "wie" ("Wie Bayer mitteilte, …"), or with inversion ("…, sagt Lange").

    "wie" that opens a complement asks: "fragte, wie Bayer das erkläre".
    With inversion it hangs as parataxis, as root or as a complement without a conjunction, and no colon stands between
    it and the word above: "…: Zum einen erklärte dieser, …" is not inserted.
    """
    like = frame.mark in ("wie", "so") or first_word(frame.verb).text.lower() == "wie"
    if like:
        return frame.relation != "ccomp"
    before = bool(frame.subjects) and frame.verb.i < frame.subjects[0].i
    above = frame.verb.head
    if any(t.text == ":" for t in frame.verb.doc[above.i : frame.verb.i]):
        return False  # "…: Zum einen erklärte dieser, …"
    return before and (frame.relation in ("parataxis", "root") or (frame.relation == "ccomp" and not frame.mark))
