"""Modality by the auxiliary: modal verbs, modal infinitives (haben/sein + zu) and the future with werden.

"soll geholfen haben" is hearsay, "soll ausgebaut werden" a plan, "müsse offenlegen" a duty, "könnte" a possibility.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clause.clauses import Clause
from kg.extract.clause.joined_clauses import is_condition
from kg.extract.clause.verb_lemmas import is_modal_infinitive
from kg.extract.tree.arguments import Slot, is_finite
from kg.language.auxiliaries import (
    PERFECT,
    PRESENT,
    PRETERITE,
    SUBJUNCTIVE_1,
    SUBJUNCTIVE_2,
    auxiliary_of,
    forms,
    is_form_of,
)
from kg.language.nouns import is_person
from kg.language.verbs import words
from kg.reader.tokens import has

if TYPE_CHECKING:
    from spacy.tokens import Token


def by_auxiliary(clause: Clause, quoted: bool) -> str:
    """Modal verb, modal infinitive, future: the modality that a clause's auxiliaries give it, "" for none.

    The first of these that is there decides: sollen; müssen ("required"); haben/sein + zu; können, dürfen, mögen
    ("possible", unless it came about); wollen ("planned"); werden of the active; at last "wird Trainer".
    """
    lemmas = {_modal_lemma(token): token for token in clause.auxiliaries if token.pos_ == "AUX"}
    if clause.verb.pos_ == "AUX" and clause.verb.tag_ != "VMFIN":
        lemmas[_modal_lemma(clause.verb)] = clause.verb  # but "will einen Stürmer" is what it says
    if "sollen" in lemmas:
        return _of_sollen(clause, lemmas["sollen"])
    if "müssen" in lemmas:
        return "required"
    owed = next((a for a in clause.auxiliaries if is_modal_infinitive(a, clause.verb)), None)
    if owed is not None:
        return _of_modal_infinitive(owed, clause)
    if lemmas.keys() & {"können", "dürfen", "mögen"} and not _is_actualised(clause):
        return "possible"
    if "wollen" in lemmas:
        return "reported" if professes(clause) else "planned"
    if "werden" in lemmas and not clause.passive:
        if is_finite(lemmas["werden"]) and _has_perfect_infinitive(clause):
            return "possible"  # "wird unterzeichnet haben": so one supposes
        if has_infinitive(clause):
            return _of_future(lemmas["werden"], quoted)
    is_present = clause.finite is not None and clause.finite.text.lower() in forms("werden", PRESENT, person=3)
    if clause.lemma == "werden" and is_present:
        return "planned" if any(_is_personal_predicative(slot) for slot in clause.slots) else ""
    return ""


def _of_sollen(clause: Clause, sollen: Token) -> str:
    """The readings of sollen: "required" as advice ("man sollte"), "possible" in a condition ("Sollte er gewinnen"),
    "reported" with an adverb of now, and in the present with a perfect or sein + adjective; else "planned".
    "soll geholfen haben" and "soll resistent sein" are hearsay, "soll ausgebaut werden" is a plan.
    """
    if _is_advice(clause, sollen):
        return "required"
    if is_condition(clause):
        return "possible"
    if _has_adverb_of_now(clause):
        return "reported"
    present = sollen.text.lower() in forms("sollen", PRESENT) | forms("sollen", SUBJUNCTIVE_1, person=3)
    if present and clause.copula is not None and clause.copula.lemma_ == "sein" and clause.verb.pos_ == "ADJ":
        return "reported"
    return "reported" if _has_perfect_infinitive(clause) and present else "planned"


def professes(clause: Clause) -> bool:
    """The reading of wollen as a profession: in the present with a perfect infinitive, the subject says so of itself.

    "Kern will den Täter gesehen haben"; not with "bis" or a year ahead, by which it is to be done: "will das Haus bis
    2025 saniert haben".
    """
    modals = [a for a in clause.auxiliaries if a.text.lower() in forms("wollen", PRESENT)]
    until = any(token.text.lower() == "bis" for token in clause.own)
    return bool(modals) and _has_perfect_infinitive(clause) and not until


def _is_personal_predicative(slot: Slot) -> bool:
    """Predicative that is an office or role: whether an argument is a noun of a person without a preposition.

    "wird Trainer" is still to come, "wird teurer" goes on already.
    """
    return slot.case is None and slot.head.pos_ == "NOUN" and is_person(slot.head.text)


def _of_modal_infinitive(auxiliary: Token, clause: Clause) -> str:
    """Modal infinitive: haben + zu is "required", sein + zu "possible" with a verb of perceiving or reaching, an adverb
    of ease or a negation, else "required". "hat zu tragen" is a duty, "ist zu sehen" a possibility; "hat damit zu tun"
    says neither ("").
    """
    if auxiliary.lemma_ == "haben":
        return "" if clause.lemma == "zu tun haben" else "required"
    if clause.lemma in ("zurückführen", "verdanken", "verzeichnen"):
        return ""  # "ist auf Regen zurückzuführen"
    easily = any(c.text.lower() in words("ease") for c in clause.verb.children)
    return "possible" if easily or clause.lemma in words("perceiving") or clause.negation is not None else "required"


def _is_advice(clause: Clause, sollen: Token) -> bool:
    """Advice: "sollte" with a subject that is told what to do (man, wir, ihr, sie, du): "Man sollte das wissen"."""
    told = any(subject.text.lower() in ("man", "wir", "ihr", "sie", "du") for subject in clause.subjects)
    return is_form_of(sollen.text, "sollen", PRETERITE) and told


def _has_adverb_of_now(clause: Clause) -> bool:
    """Adverb of the present on the verb, which makes sollen hearsay: "Das soll derzeit im Trend liegen"."""
    return any(child.text.lower() in words("now") for child in clause.verb.children)


def _is_actualised(clause: Clause) -> bool:
    """Actualised ability, which is no possibility: "konnte(n)", not denied, with an `achieved` verb or a word of when
    it came about (`at_last`), or können in the perfect with an indicative of haben. "konnte ihn festnehmen"; "konnte
    erst am Abend abheben"; "Die Stadt hat Huawei gewinnen können".
    """
    finite = clause.finite
    if finite is not None and finite.text.lower() in forms("können", PRETERITE, person=3):
        came = any(t.text.lower() in words("at_last") for t in clause.own)  # "konnte erst am Abend abheben"
        return clause.negation is None and (came or clause.lemma in words("achieved"))
    perfect = [finite] if finite is not None else list(clause.auxiliaries)  # "hat begonnen und ihn gewinnen können"
    had = (t for t in perfect if t.lemma_ == "haben" and is_finite(t))
    return any(is_form_of(t.text, "haben", PRESENT, PRETERITE, SUBJUNCTIVE_1) for t in had)


def _modal_lemma(token: Token) -> str:
    """The lemma of an auxiliary by its form, else by the lemmatizer; "möchte" counts as wollen, for it wishes."""
    if is_form_of(token.text, "mögen", SUBJUNCTIVE_2):
        return "wollen"
    return auxiliary_of(token.text) or token.lemma_.lower()


def _of_future(werden: Token, quoted: bool) -> str:
    """Future (werden + infinitive): "planned"; with "würde" it is "possible", except in a quotation: "wird kommen"."""
    if is_form_of(werden.text, "werden", SUBJUNCTIVE_2):
        return "planned" if quoted else "possible"
    return "planned"


def _has_perfect_infinitive(clause: Clause) -> bool:
    """Perfect: the verb is a participle and haben or sein is among the auxiliaries: "(soll) geholfen haben"."""
    haben = any(a.text == "haben" and a.i == clause.verb.i + 1 for a in clause.auxiliaries)  # "betreten haben"
    participle = clause.verb.tag_ == "VVPP" or has(clause.verb, "VerbForm", "Part") or haben
    return participle and any(a.lemma_ in PERFECT for a in clause.auxiliaries)


def has_infinitive(clause: Clause) -> bool:
    """Infinitive in the predicate: tagged so, or a "finite" verb in -n beside an auxiliary: "(will) … verkaufen"."""
    if clause.auxiliaries and clause.verb.tag_ == "VVFIN" and clause.verb.text.endswith("n"):
        return True
    tokens = [t for t in (clause.verb, clause.copula, *clause.auxiliaries) if t is not None]
    return any(token.tag_.endswith(("INF", "IZU")) or has(token, "VerbForm", "Inf") for token in tokens)
