"""How far a clause commits itself: asserted, planned, possible, required, reported, disputed.

"soll geholfen haben" is hearsay, "soll ausgebaut werden" a plan, "müsse offenlegen" a duty, "könnte" a possibility. The
auxiliary decides first, then a condition ("wenn", "falls"), then the word that the clause hangs on ("plant, …", "es ist
falsch, dass …"), then adverbs such as "angeblich", and last a Konjunktiv that nobody is quoted with.

A complement that nobody is quoted with is asserted only below words that make it so ("zeigt, dass"): an unknown word
costs a fact, never the truth of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.extract.clause.clauses import Clause
from kg.extract.clause.modal_infinitives import is_owed
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
from kg.language.verbs import adverbs, words
from kg.reader.tokens import has, opens_sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_CONDITIONS = frozenset({"wenn", "falls", "sofern", "sobald", "solange", "ob"})
_COMPLEMENTS = ("ccomp", "csubj", "csubj:pass", "acl", "xcomp")
_WITHOUT = ("ohne", "statt", "anstatt")
_THAT = frozenset({"dass", "daß", "wonach", "ob", "wie"})


def modality(clause: Clause, clauses: Mapping[int, Clause], quoted: bool) -> str:
    """The modality of a clause; `clauses` are all of its sentence by head token, `quoted` tells that it is quoted.

    In quoted speech the Konjunktiv is only the sign of quoting, and the speaker asserts.
    """
    return (
        ("possible" if is_partial(clause) else "")
        or _by_auxiliary(clause, quoted)
        or _by_condition(clause, clauses)
        or _by_governor(clause, clauses, quoted)
        or _by_adverb(clause)
        or _by_mood(clause, quoted)
        or "asserted"
    )


def is_partial(clause: Clause) -> bool:
    """ "nicht immer", "nicht unbedingt": at times it is so."""
    return any(t.text.lower() == "nicht" and t.i + 1 < len(t.doc) and _is_always(t.nbor()) for t in clause.own)


def _is_always(word: Token) -> bool:
    """Whether a word says that something holds throughout, not of an attribute: "die immer nasse Straße"."""
    return word.text.lower() in words("always") and "ADJA" not in (word.head.tag_, word.head.head.tag_)


def is_denied_above(clause: Clause, clauses: Mapping[int, Clause]) -> bool:
    """Whether the word that a clause hangs on denies it: "bestreitet, dass …", "es ist falsch, dass …".

    "ohne zu fragen" and "statt zu fragen" deny by themselves, and what "nicht gelungen" is was not done.
    """
    if any(c.text.lower() in _WITHOUT and c.dep_ in ("mark", "case") for c in clause.verb.children):
        return clause.finite is None or clause.mark in ("dass", "daß")
    governor = governor_of(clause, clauses)
    negated = governor is not None and governor.negation is not None
    if negated and clause.relation == "xcomp" and governor is not None and governor.lemma in words("implicative"):
        return True
    kind = "holding" if negated else "denying"  # "es stimmt nicht, dass", "es ist falsch, dass"
    return _is_complement(clause) and any(w in words(kind) for w in _above(clause, clauses))


def governor_of(clause: Clause, clauses: Mapping[int, Clause]) -> Clause | None:
    """The clause above, over nouns that stand between: "erklärt auf Nachfrage, dass …" is what is explained."""
    token = clause.parent
    while token is not None and token.i not in clauses:
        token = token.head if token.head != token else None
    return clauses[token.i] if token is not None else None


def _above(clause: Clause, clauses: Mapping[int, Clause]) -> tuple[str, ...]:
    """The words that a clause hangs on, casefolded: a noun between, the verb or predicate of the clause above."""
    governor = governor_of(clause, clauses)
    found = [clause.parent.lemma_] if clause.parent is not None and clause.parent.i not in clauses else []
    if governor is not None:
        found.append(governor.verb.lemma_ if governor.copula is not None else governor.lemma)
        found += [slot.head.lemma_ for slot in governor.slots if slot.role == "pred"]  # "wurde klar, dass"
        if governor.lemma == "sein" and governor.copula is None:
            found += [subject.lemma_ for subject in governor.subjects]  # "Der Grund war, dass"
        if governor.passive or governor.verb.tag_ == "VVPP":
            found.append(governor.verb.text)
    return tuple(word.lower() for word in found)


def _is_complement(clause: Clause) -> bool:
    told = clause.relation in _COMPLEMENTS or clause.mark in ("dass", "daß", "wonach")
    return told and not is_result(clause) and not _goes_along(clause)


def _goes_along(clause: Clause) -> bool:
    """ "…, wobei das Motiv unklar ist": such a clause says something more, and is nobody's words."""
    first = next((t for t in clause.own if not t.is_punct), clause.verb)
    return first.text.lower() in ("wobei", "wodurch", "woraufhin", "wogegen", "womit") and first.tag_ != "VVFIN"


def is_result(clause: Clause) -> bool:
    """Whether a clause tells what came of it: "so häufig, dass Imker klagten", "…, so dass sie aufgaben"."""
    mark = next((c for c in clause.verb.children if c.dep_ == "mark" and c.text.lower() in ("dass", "daß")), None)
    if mark is None or mark.i == mark.sent.start:
        return False
    if mark.nbor(-1).text.lower() == "so":
        return True
    before = mark.doc[max(mark.sent.start, mark.i - 8) : mark.i - 1]
    return any(
        t.text.lower() in ("derart", "dermaßen", "soweit") or (t.text.lower() == "so" and _measures(t)) for t in before
    )


def _measures(so: Token) -> bool:
    """ "so häufig, dass", but "so berichten Zeugen, dass"."""
    return so.nbor().tag_ in ("ADJD", "ADV", "ADJA", "PIAT", "PIS", "VVPP")


def _by_auxiliary(clause: Clause, quoted: bool) -> str:
    lemmas = {_modal(token): token for token in clause.auxiliaries if token.pos_ == "AUX"}
    if clause.verb.pos_ == "AUX" and clause.verb.tag_ != "VMFIN":
        lemmas[_modal(clause.verb)] = clause.verb  # but "will einen Stürmer" is what it says
    if "sollen" in lemmas:
        return _of_sollen(clause, lemmas["sollen"])
    if "müssen" in lemmas:
        return "required"
    owed = next((a for a in clause.auxiliaries if is_owed(a, clause.verb)), None)
    if owed is not None:
        return _of_duty(owed, clause)
    if lemmas.keys() & {"können", "dürfen", "mögen"} and not _came_about(clause):
        return "possible"
    if "wollen" in lemmas:
        return "planned"
    if "werden" in lemmas and not clause.passive:
        if is_finite(lemmas["werden"]) and _is_perfect(clause):
            return "possible"  # "wird unterzeichnet haben": so one supposes
        if _has_infinitive(clause):
            return _future(lemmas["werden"], quoted)
    is_of_now = clause.finite is not None and clause.finite.text.lower() in forms("werden", PRESENT, person=3)
    if clause.lemma == "werden" and is_of_now:
        return "planned" if any(_is_role(slot) for slot in clause.slots) else ""
    return ""


def _of_sollen(clause: Clause, sollen: Token) -> str:
    """ "soll geholfen haben" is hearsay, "soll ausgebaut werden" a plan, "man sollte" advice."""
    if _is_advice(clause, sollen):
        return "required"
    if is_condition(clause):
        return "possible"  # "Sollte er gewinnen, …"
    if _is_of_now(clause):
        return "reported"
    of_now = forms("sollen", PRESENT) | forms("sollen", SUBJUNCTIVE_1, person=3)
    present = sollen.text.lower() in of_now
    if present and clause.copula is not None and clause.copula.lemma_ == "sein" and clause.verb.pos_ == "ADJ":
        return "reported"  # "soll resistent sein"
    return "reported" if _is_perfect(clause) and present else "planned"


def _is_role(slot: Slot) -> bool:
    """ "wird Trainer" is still to come, "wird teurer" goes on already."""
    return slot.case is None and slot.head.pos_ == "NOUN" and is_person(slot.head.text)


# What "ist zu" with these says can be done, not must be: "ist dort zu sehen", "ist leicht zu finden".
_SEEN = frozenset(
    "sehen finden hören erkennen spüren beobachten erwarten erreichen lesen besichtigen bekommen kaufen".split()
)
_EASILY = frozenset("leicht leichter schwer schwerer kaum nicht gut besser nie einfach einfacher schwierig".split())


def _of_duty(owed: Token, clause: Clause) -> str:
    """ "hat zu tragen" and "ist zu tragen" are a duty, "ist zu sehen" a possibility, "hat damit zu tun" neither."""
    if owed.lemma_ == "haben":
        return "" if clause.lemma == "zu tun haben" else "required"
    easily = any(c.text.lower() in _EASILY for c in clause.verb.children)
    return "possible" if easily or clause.lemma in _SEEN or clause.negation is not None else "required"


def _is_advice(clause: Clause, sollen: Token) -> bool:
    """ "Man sollte das nicht vergessen": who is told what to do."""
    told = any(subject.text.lower() in ("man", "wir", "ihr", "sie", "du") for subject in clause.subjects)
    return is_form_of(sollen.text, "sollen", PRETERITE) and told


def _is_of_now(clause: Clause) -> bool:
    """ "Das soll derzeit im Trend liegen": what already is so is no plan, so it is hearsay."""
    return any(child.text.lower() in words("now") for child in clause.verb.children)


def _came_about(clause: Clause) -> bool:
    """ "Die Stadt hat Huawei gewinnen können", "konnte ihn festnehmen": what somebody could do then was done."""
    finite = clause.finite
    if finite is not None and finite.text.lower() in forms("können", PRETERITE, person=3):
        return clause.negation is None and clause.lemma in words("achieved")
    perfect = [finite] if finite is not None else list(clause.auxiliaries)  # "hat begonnen und ihn gewinnen können"
    had = (t for t in perfect if t.lemma_ == "haben" and is_finite(t))
    return any(is_form_of(t.text, "haben", PRESENT, PRETERITE, SUBJUNCTIVE_1) for t in had)


def _modal(token: Token) -> str:
    """The lemma of an auxiliary; of the modal verbs by their form, which no lemmatizer then has to know."""
    if is_form_of(token.text, "mögen", SUBJUNCTIVE_2):
        return "wollen"
    return auxiliary_of(token.text) or token.lemma_.lower()


def _future(werden: Token, quoted: bool) -> str:
    """werden + infinitive is still to come; "würde" is a condition, or in a quotation what "wird" was."""
    if is_form_of(werden.text, "werden", SUBJUNCTIVE_2):
        return "planned" if quoted else "possible"
    return "planned"


def _is_perfect(clause: Clause) -> bool:
    """ "geholfen haben (soll)", "gegangen sein (soll)": haben or sein with a participle, below the modal verb."""
    participle = clause.verb.tag_ == "VVPP" or has(clause.verb, "VerbForm", "Part")
    return participle and any(a.lemma_ in PERFECT for a in clause.auxiliaries)


def _has_infinitive(clause: Clause) -> bool:
    """Whether a clause has an infinitive; below a finite auxiliary, a verb in -n is one whatever the tagger says."""
    if clause.auxiliaries and clause.verb.tag_ == "VVFIN" and clause.verb.text.endswith("n"):
        return True
    tokens = [t for t in (clause.verb, clause.copula, *clause.auxiliaries) if t is not None]
    return any(token.tag_.endswith(("INF", "IZU")) or has(token, "VerbForm", "Inf") for token in tokens)


def _has_zu(clause: Clause) -> bool:
    """Whether a clause is an infinitive with zu, the only kind that can stand as a clause of its own."""
    tokens = [t for t in (clause.verb, clause.copula, *clause.auxiliaries) if t is not None]
    if any(token.tag_ == "VVIZU" for token in tokens):
        return True
    return any(t.i and t.doc[t.i - 1].text.lower() == "zu" for t in tokens)


def _by_condition(clause: Clause, clauses: Mapping[int, Clause]) -> str:
    """A condition and what depends on it are possible: "Wenn A übernimmt, verliert B", "…, sofern C zustimmt"."""
    if clause.mark == "damit":
        return "planned"
    if is_condition(clause) or any(_is_case(slot) for slot in clause.slots):
        return "possible"
    below = (c for c in clauses.values() if c.parent is not None and c.parent == clause.verb)
    told = clause.lemma in words("saying")  # "sagte, wenn A komme, gehe B"
    asked = (c for c in below if c.mark != "ob" and not (_is_complement(c) and told))  # "Ob er kommt, ist unklar"
    return "possible" if any(is_condition(c) for c in asked) else ""


def _is_case(slot: Slot) -> bool:
    """Whether a phrase sets a condition: "im Falle eines Sieges", "unter der Bedingung"."""
    if slot.case is None:
        return False
    if slot.last is not None and " ".join(word.text.lower() for word in slot.lead) in ("im fall", "im falle"):
        return True
    word = slot.head.text.lower()
    if word in ("fall", "falle"):  # "für den Fall einer Wahl", but "in diesem Fall"
        return slot.head.n_rights > 0 and slot.preposition in ("in", "für")
    return word == "bedingung" and slot.preposition == "unter"


def is_condition(clause: Clause) -> bool:
    """Whether a clause is an if-clause, by its conjunction or by a verb in front: "Sollte er gewinnen, …"."""
    if clause.mark in _CONDITIONS:
        mark = next((c for c in clause.verb.children if c.text.lower() == clause.mark), None)
        return mark is None or mark.i == 0 or mark.nbor(-1).text.lower() != "auch"  # "auch wenn" concedes
    finite = clause.finite
    if finite is not None and is_past(finite):
        return False
    return finite is not None and finite.i == clause.verb.left_edge.i and clause.relation == "advcl"


def is_past(finite: Token) -> bool:
    """Whether a finite verb is an indicative preterite, which opens no condition."""
    return any(finite.text.lower() in forms(lemma, PRETERITE, person=3) for lemma in ("haben", "sein", "werden"))


def _by_governor(clause: Clause, clauses: Mapping[int, Clause], quoted: bool) -> str:
    """What the word above makes of a clause: a plan of "planen", a demand of "fordern", hearsay of "Gerücht"."""
    infinitive = clause.finite is None and clause.mark not in _THAT and _has_infinitive(clause)
    complement = _is_complement(clause)
    if infinitive and not complement and any(c.text.lower() in _WITHOUT for c in clause.verb.children):
        return ""  # "ohne zu fragen": it was not done
    if infinitive and not complement and _has_zu(clause):
        return "planned" if clause.mark == "um" else "possible"
    if not complement or (clause.relation.startswith("acl") and not (infinitive or clause.mark in _THAT)):
        return ""
    if clause.finite is None and clause.mark not in _THAT and not infinitive:
        return ""
    governor, above = governor_of(clause, clauses), _above(clause, clauses)
    if not above:
        return "possible" if infinitive else ""
    if governor is not None and not infinitive and _is_settled(governor):
        return ""
    if governor is not None and governor.negation is not None and not infinitive:
        return "" if any(word in words("holding") for word in above) else "disputed"
    kind = next((k for k in ("planning", "requiring", "believing") if any(w in words(k) for w in above)), "")
    if kind:
        return {"planning": "planned", "requiring": "required", "believing": "possible"}[kind]
    if infinitive:
        return _infinitive(governor, above, clauses, quoted)
    return _complement(clause, governor, above, clauses, quoted)


def _complement(
    clause: Clause, governor: Clause | None, above: tuple[str, ...], clauses: Mapping[int, Clause], quoted: bool
) -> str:
    """A finite complement is hearsay or possible, unless the word above takes it as a fact: "zeigt, dass"."""
    if governor is not None and clause.mark in ("dass", "daß") and any(word in words("factive") for word in above):
        inherited = modality(governor, clauses, quoted)  # "wird dazu führen, dass", "könnte zeigen, dass"
        if inherited in ("planned", "possible", "required"):
            return "planned" if inherited == "planned" else "possible"
    if governor is not None and governor.lemma == "heißen" and any(s.text in ("Das", "das") for s in governor.subjects):
        return ""  # "Das heißt, wir brauchen Wege"
    above = (*above, *(word.removeprefix("haupt") for word in above))
    certain = quoted or any(word in words("factive") or word in words("denying") for word in above)
    return "" if certain else "possible" if clause.mark in ("ob", "wie") else "reported"


# Words that point ahead to what is so: "dadurch verschärft, dass", "besteht darin, dass".
_POINTING = frozenset({"dadurch", "darin"})


def _is_settled(governor: Clause) -> bool:
    """Whether a clause takes what hangs on it as given: "wird dadurch schlimmer, dass", "kein Zweifel, dass"."""
    doubts = [t for t in governor.own if t.text.startswith("Zweifel")]
    if doubts:
        return governor.negation is not None
    now_or_then = forms("sein", PRESENT, PRETERITE, person=3, number="Sing")
    is_so = governor.lemma == "sein" and governor.finite is not None and governor.finite.text in now_or_then
    is_so = is_so and any(t.text == "so" and t.nbor().text == "," for t in governor.own)  # "Es ist so, dass"
    return governor.negation is None and (is_so or any(t.text.lower() in _POINTING for t in governor.own))


def _infinitive(governor: Clause | None, above: tuple[str, ...], clauses: Mapping[int, Clause], quoted: bool) -> str:
    """An infinitive is possible, unless its verb says that it came about, or that somebody said so."""
    inherited = modality(governor, clauses, quoted) if governor is not None else "asserted"
    if inherited != "asserted" and (quoted or (governor is not None and governor.lemma in words("implicative"))):
        return inherited
    if governor is not None and governor.lemma in words("implicative"):
        return ""
    if quoted:
        return ""
    denied = governor is None or governor.negation is None  # "leugnete nicht, …" leaves it open
    return "" if denied and any(word in words("denying") for word in above) else "possible"


def _by_adverb(clause: Clause) -> str:
    for token in clause.own:
        if token.dep_ not in ("advmod", "obl", "amod") or token.head.dep_ == "amod":
            continue
        kind = adverbs().get(token.text.lower()) or adverbs().get(token.lemma_.lower())
        if kind and not opens_sentence(token) and _leads_phrase(token):
            kind = ""
        kind = "possible" if _is_almost(token, clause) else kind
        if kind == "planned" and clause.finite is not None and has(clause.finite, "Tense", "Past"):
            kind = ""  # "Bald wurde klar, dass"
        if kind and (token.dep_ != "amod" or (token.text.islower() and token.tag_ != "ADJA")):
            return kind
    return ""


def _leads_phrase(adverb: Token) -> bool:
    """ "vermutlich aufgrund von Nässe": right before a preposition, an adverb speaks of its phrase alone."""
    following = adverb.nbor() if adverb.i + 1 < len(adverb.doc) else None
    return following is not None and following.tag_ == "APPR" and following.dep_ == "case"


def _is_almost(word: Token, clause: Clause) -> bool:
    """ "wurde beinahe gewählt", but "wählte fast alle", "fast 100 Gäste": how much of it was so, not whether."""
    if word.text.lower() not in ("fast", "beinahe") or word.head != clause.verb:
        return False
    following = word.nbor() if word.i + 1 < len(word.doc) else word
    other = following.pos_ == "NOUN" and following != clause.verb  # but "ist fast Chef geworden"
    return not other and following.pos_ not in ("NUM", "ADJ", "ADV", "DET", "PRON")


def _by_mood(clause: Clause, quoted: bool) -> str:
    """Konjunktiv I without a speaker is hearsay, Konjunktiv II imagines; in a quotation both only mark the quoting."""
    if clause.mood != "Sub" or quoted or clause.finite is None:
        return ""
    if is_form_of(clause.finite.text, "mögen", SUBJUNCTIVE_2):
        return ""
    word = clause.finite.text.lower()
    sei = word in forms("sein", SUBJUNCTIVE_1, person=3)
    first = "Pres" in clause.finite.morph.get("Tense") or sei or word.endswith("e")
    return "reported" if first and not clause.imagines else "possible"
