"""How far a clause commits itself: asserted, planned, possible, required, reported, disputed.

The auxiliary decides first (`modal_verbs`), then a condition ("wenn", "falls"), then the word that the clause hangs on
("plant, …", "es ist falsch, dass …"), then adverbs such as "angeblich", and last a Konjunktiv that nobody is quoted
with.

A complement that nobody is quoted with is asserted only below words that make it so ("zeigt, dass"): an unknown word
costs a fact, never the truth of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.extract.clause.clauses import Clause
from kg.extract.clause.joined_clauses import is_awaited, is_condition, is_conditional_phrase
from kg.extract.clause.modal_verbs import by_auxiliary, has_infinitive
from kg.extract.tree.arguments import is_indefinite
from kg.extract.tree.negation import is_approximative
from kg.language.auxiliaries import PERFECT, PRESENT, PRETERITE, SUBJUNCTIVE_1, SUBJUNCTIVE_2, forms, is_form_of
from kg.language.verbs import adverbs, words
from kg.reader.tokens import DASS, NOUNS, has, infinitive_with_particle, opens_sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_COMPLEMENTS = ("ccomp", "csubj", "csubj:pass", "acl", "xcomp")
_WITHOUT = ("ohne", "statt", "anstatt")
_COMPLEMENTIZERS = frozenset({"dass", "daß", "wonach", "ob", "wie"})


def modality(clause: Clause, clauses: Mapping[int, Clause], quoted: bool) -> str:
    """The modality of a clause: the first of the rules below that says one decides, else it is "asserted".

    `clauses` are all of its sentence by head token. `quoted` tells that it is quoted: then the Konjunktiv is only the
    sign of quoting, and the speaker asserts.
    """
    return (
        ("possible" if is_partial(clause) else "")
        or by_auxiliary(clause, quoted)
        or _by_condition(clause, clauses)
        or _by_means(clause, clauses, quoted)
        or _by_governor(clause, clauses, quoted)
        or _by_antecedent(clause, clauses, quoted)
        or _by_adverb(clause)
        or _by_mood(clause, quoted)
        or "asserted"
    )


def is_partial(clause: Clause) -> bool:
    """Partial negation: "nicht" right before a universal adverb, so that at times it is so: "nicht immer"."""
    return any(t.text.lower() == "nicht" and t.i + 1 < len(t.doc) and _is_universal(t.nbor()) for t in clause.own)


def _is_universal(word: Token) -> bool:
    """Universal adverb (`always`: immer, unbedingt), not one of an attributive adjective: "die immer nasse Straße"."""
    return word.text.lower() in words("always") and "ADJA" not in (word.head.tag_, word.head.head.tag_)


def is_denied_above(clause: Clause, clauses: Mapping[int, Clause]) -> bool:
    """Negation from outside the clause: by "ohne", "statt" ("ohne zu fragen"), by a negated implicative verb above an
    infinitive ("nicht gelungen, …"), by a denying word above a complement ("bestreitet, dass", "es ist falsch, dass"),
    by a negated word of holding true ("es stimmt nicht, dass"), or by a negated cleft ("es war nicht Kern, der").
    """
    if any(c.text.lower() in _WITHOUT and c.dep_ in ("mark", "case") for c in clause.verb.children):
        return clause.finite is None or clause.mark in DASS
    governor = governor_of(clause, clauses)
    negated = governor is not None and governor.negation is not None
    if negated and governor is not None and _is_of_cleft(clause, governor):
        return True
    if _is_denied_report(clause, clauses):
        return True
    if negated and clause.relation == "xcomp" and governor is not None and governor.lemma in words("implicative"):
        return True
    above = governing_words(clause, clauses)
    if negated and has_infinitive(clause) and any(word in words("able") for word in above):
        return True  # "nicht in der Lage, zu bauen"
    kind = "holding" if negated else "denying"
    return is_complement(clause) and any(word in words(kind) for word in above)


def _is_denied_report(clause: Clause, clauses: Mapping[int, Clause]) -> bool:
    """Complement without conjunction (uneingeleiteter Nebensatz): whether a clause in the Konjunktiv I behind the comma
    of a verb that denies tells what is denied; a verb that contradicts needs what it contradicts, and behind a colon
    stands what somebody says instead.

    "wies Berichte zurück, er habe Geld bekommen", "widersprach Gerüchten, sie gehe" → denied
    """
    governor = clauses.get(clause.verb.head.i)
    if governor is None or governor is clause or governor.negation is not None:
        return False
    first = min((t.i for t in clause.own if not t.is_punct), default=0)
    behind = governor.verb.i < first and clause.verb.doc[first - 1].text == ","
    plain = clause.is_reported and not clause.mark and clause.verb.dep_ in ("parataxis", "conj", "ccomp")
    contradicts = governor.lemma in words("contradicting") and any(slot.head.pos_ in NOUNS for slot in governor.slots)
    return plain and behind and (governor.lemma in words("denying") or contradicts)


def _is_of_cleft(clause: Clause, governor: Clause) -> bool:
    """Cleft (Spaltsatz): whether a relative clause tells what the name beside "es" and "sein" did, and "sondern" gives
    nobody else who did: "Es war nicht Kern, der die Firma gründete".
    """
    known = clause.relation == "acl:relcl" and governor.copula is not None and governor.copula.lemma_ == "sein"
    name = governor.verb
    cleft = any(c.text.lower() == "es" for c in name.children) and name.pos_ == "PROPN" and clause.parent == name
    return known and cleft and not any(t.text.lower() == "sondern" for t in name.sent)


def governor_of(clause: Clause, clauses: Mapping[int, Clause]) -> Clause | None:
    """The clause above, over nouns that stand between: "erklärt auf Nachfrage, dass …" is what is explained."""
    token = clause.parent
    while token is not None and token.i not in clauses:
        token = token.head if token.head != token else None
    return clauses[token.i] if token is not None else None


def governing_words(clause: Clause, clauses: Mapping[int, Clause]) -> tuple[str, ...]:
    """The words that a clause hangs on, in lower case: a noun between ("die Behauptung, dass"), the verb or predicative
    of the clause above ("wurde klar, dass"), the subject of a bare sein ("Der Grund war, dass"), its participle.
    """
    governor = governor_of(clause, clauses)
    found = [clause.parent.lemma_] if clause.parent is not None and clause.parent.i not in clauses else []
    if governor is not None:
        found.append(governor.verb.lemma_ if governor.copula is not None else governor.lemma)
        found += [slot.head.lemma_ for slot in governor.slots if slot.role == "pred"]
        if governor.lemma == "halten":
            found += [c.lemma_ for c in governor.verb.children if c.dep_ == "xcomp" and c.pos_ == "ADJ"]
        if governor.lemma == "sein" and governor.copula is None:
            found += [subject.lemma_ for subject in governor.subjects]
        if governor.passive or governor.verb.tag_ == "VVPP":
            found.append(governor.verb.text)
    return tuple(word.lower() for word in found)


def is_complement(clause: Clause) -> bool:
    """Complement clause: by its relation or by "dass" or "wonach", if it is neither a result nor a continuing relative
    clause: "sagt, dass es brennt", not "…, so dass es brennt".
    """
    told = clause.relation in _COMPLEMENTS or clause.mark in ("dass", "daß", "wonach")
    mark = next((c for c in clause.verb.children if c.dep_ == "mark"), None)
    result = mark is not None and opens_result(mark)
    return told and not result and not _is_continuing_relative(clause) and not _explains(clause)


_WITH_CONTENT = ("saying", "believing", "planning", "requiring", "factive", "denying", "appraising", "receiving")


def _explains(clause: Clause) -> bool:
    """Main clause behind the colon of a verb that has no content, or the comma of one that has its object or tells how
    something is: the author tells it. "Der Zoo bleibt offen, die Preise steigen"
    """
    above, first = clause.parent, clause.first
    if above is None or clause.finite is None or clause.relation != "ccomp" or clause.mark or clause.mood == "Sub":
        return False
    lemmas = {above.lemma_.lower(), infinitive_with_particle(above)}
    before = [t.text for t in above.doc[above.i : first.i]]
    asked = any(t.tag_.startswith("PW") for t in above.doc[first.i : first.i + 2])  # "…, mit wem er spricht"
    content = asked or any(lemmas & words(kind) for kind in _WITH_CONTENT)
    whole = bool(lemmas & words("being")) or any(c.dep_ in ("obj", "obl:arg") for c in above.children)
    return not content and (":" in before or ("," in before and whole))


def _is_continuing_relative(clause: Clause) -> bool:
    """Continuing relative clause (weiterführender Relativsatz): its first word is "wobei", "wodurch", "woraufhin",
    "wogegen" or "womit". It is no complement, but says something more: "…, wobei das Motiv unklar ist".
    """
    first = clause.first
    return first.text.lower() in ("wobei", "wodurch", "woraufhin", "wogegen", "womit") and first.tag_ != "VVFIN"


def opens_result(mark: Token) -> bool:
    """Consecutive clause (Konsekutivsatz): whether a "dass" opens one, which tells what came of it and no content.

    It stands right behind "so", or up to eight words behind "derart", "dermaßen", "soweit" or a "so" of degree: "so
    häufig, dass Imker klagten", "…, so dass sie aufgaben"; not "so berichten Zeugen, dass".
    """
    if mark.text.lower() not in DASS or mark.i == mark.sent.start:
        return False
    if mark.nbor(-1).text.lower() == "so":
        return True
    before = mark.doc[max(mark.sent.start, mark.i - 8) : mark.i - 1]
    return any(
        t.text.lower() in ("derart", "dermaßen", "soweit") or (t.text.lower() == "so" and _is_of_degree(t))
        for t in before
    )


def _is_of_degree(so: Token) -> bool:
    """ "so" of degree: right before an adjective, adverb, quantifier or participle, as in "so häufig, dass", not in
    "so berichten Zeugen, dass".
    """
    return so.nbor().tag_ in ("ADJD", "ADV", "ADJA", "PIAT", "PIS", "VVPP")


def _has_zu(clause: Clause) -> bool:
    """Infinitive with zu, the only kind that can stand as a clause of its own: "zu bauen", "auszubauen"."""
    tokens = [t for t in (clause.verb, clause.copula, *clause.auxiliaries) if t is not None]
    if any(token.tag_ == "VVIZU" for token in tokens):
        return True
    return any(t.i and t.doc[t.i - 1].text.lower() == "zu" for t in tokens)


def _by_condition(clause: Clause, clauses: Mapping[int, Clause]) -> str:
    """Condition and purpose: a clause with "damit" is "planned"; a conditional clause, one of what is not so yet
    ("bevor er kommt"), one with a conditional phrase and one with a conditional clause below it are "possible": "Wenn A
    übernimmt, verliert B". Not the main clause of "Ob er kommt, ist unklar", nor a verb of saying that a conditional
    complement hangs on or with which "ich" or "wir" do what it says, whatever the condition: "Wenn wir vorankommen
    wollen, dann erinnere ich daran, dass …".
    """
    if clause.mark == "damit":
        return "planned"
    if is_awaited(clause) or is_condition(clause) or any(is_conditional_phrase(slot) for slot in clause.slots):
        return "possible"
    below = (c for c in clauses.values() if c.parent is not None and c.parent == clause.verb)
    told = clause.lemma in words("saying")  # "sagte, wenn A komme, gehe B"
    spoken = told or clause.lemma in words("performative")
    if spoken and any(s.text.lower() in ("ich", "wir") for s in clause.subjects):
        return ""
    asked = (c for c in below if c.mark != "ob" and not (is_complement(c) and told))
    return "possible" if any(is_condition(c) for c in asked) else ""


def _by_means(clause: Clause, clauses: Mapping[int, Clause], quoted: bool) -> str:
    """Instrumental clause (Instrumentalsatz): with "indem" the way is as planned, required or possible as what it leads
    to, else "": "Wir müssen den Wald retten, indem wir Bäume pflanzen" → required
    """
    governor = governor_of(clause, clauses) if clause.mark == "indem" else None
    inherited = modality(governor, clauses, quoted) if governor is not None else ""
    return inherited if inherited in ("planned", "required", "possible") else ""


def _by_governor(clause: Clause, clauses: Mapping[int, Clause], quoted: bool) -> str:
    """Clause embedding: the modality that the word above gives a complement or infinitive, "" for none.

    "planned" below "planen" and of "um … zu", "required" below "fordern", "possible" below "glauben", "disputed" below
    a negated word, unless that is one of holding true; for others `_of_infinitive` and `_of_finite_complement` decide.
    """
    infinitive = clause.finite is None and clause.mark not in _COMPLEMENTIZERS and has_infinitive(clause)
    complement = is_complement(clause)
    if infinitive and not complement and any(c.text.lower() in _WITHOUT for c in clause.verb.children):
        return ""  # "ohne zu fragen": it was not done
    if infinitive and not complement and _has_zu(clause):
        return "planned" if clause.mark == "um" else "possible"
    if not complement or (clause.relation.startswith("acl") and not (infinitive or clause.mark in _COMPLEMENTIZERS)):
        return ""
    if clause.finite is None and clause.mark not in _COMPLEMENTIZERS and not infinitive:
        return ""
    governor, above = governor_of(clause, clauses), governing_words(clause, clauses)
    if not above:
        return "possible" if infinitive else ""
    if governor is not None and not infinitive and _presupposes_complement(governor):
        return ""
    if governor is not None and governor.negation is not None and not infinitive:
        return _of_denied_governor(above)
    kind = next((k for k in ("planning", "requiring", "believing") if any(w in words(k) for w in above)), "")
    if kind:
        return {"planning": "planned", "requiring": "required", "believing": "possible"}[kind]
    if infinitive and any(word in words("able") for word in above):
        return "possible"
    if infinitive:
        return _of_infinitive(governor, above, clauses, quoted)
    return _of_finite_complement(clause, governor, above, clauses, quoted)


def _by_antecedent(clause: Clause, clauses: Mapping[int, Clause], quoted: bool) -> str:
    """Relative clause of what there is not yet: in the present below an indefinite noun, it is "required" or "planned"
    as the noun is wanted ("braucht ein Gesetz, das schützt"), or as planned, required or possible as what brings the
    noun about is ("will ein Haus bauen, das Platz bietet"); else "".
    """
    noun, governor = clause.parent, governor_of(clause, clauses)
    if clause.relation != "acl:relcl" or noun is None or governor is None or not is_indefinite(noun):
        return ""
    finite = clause.finite
    if finite is None or not has(finite, "Tense", "Pres") or (finite.lemma_ in PERFECT and not clause.passive):
        return ""
    taken = (*governor.subjects, *(slot.head for slot in governor.slots if slot.case is None))
    if noun == governor.verb or noun not in taken:
        return ""
    wanted = next((k for k in ("wanted", "intended") if governor.lemma in words(k)), "")
    if wanted and governor.negation is None:
        return "required" if wanted == "wanted" else "planned"
    brought = modality(governor, clauses, quoted) if governor.lemma in words("creating") else ""
    return brought if brought in ("planned", "required", "possible") else ""


def _of_denied_governor(above: tuple[str, ...]) -> str:
    """Complement of a negated word: "" below one of holding true, whose negation denies it, and below one that takes it
    as given, denied or not ("hat nicht vergessen, dass"); "possible" below one of allowing ("lässt nicht zu, dass")
    or denying ("schließt nicht aus, dass"), else "disputed": "glaubt nicht, dass".
    """
    if any(word in words("holding") or word in words("presupposing") for word in above):
        return ""
    open_still = words("allowing") | words("denying")  # "ist nicht auszuschließen, dass"
    return "possible" if any(word in open_still for word in above) else "disputed"


def _of_finite_complement(
    clause: Clause, governor: Clause | None, above: tuple[str, ...], clauses: Mapping[int, Clause], quoted: bool
) -> str:
    """Finite complement: "" below a factive or denying word ("zeigt, dass") and in a quotation, else "possible" with
    "ob" or "wie", else "reported". A dass-clause below a factive word takes over that this is planned or possible:
    "könnte zeigen, dass".
    """
    if governor is not None and clause.mark in DASS and any(word in words("factive") for word in above):
        inherited = modality(governor, clauses, quoted)
        if inherited in ("planned", "possible", "required"):
            return "planned" if inherited == "planned" else "possible"
    if governor is not None and governor.lemma == "heißen" and any(s.text in ("Das", "das") for s in governor.subjects):
        return ""  # "Das heißt, wir brauchen Wege"
    above = (*above, *(word.removeprefix("haupt") for word in above))
    certain = quoted or any(word in words("factive") or word in words("denying") for word in above)
    return "" if certain else "possible" if clause.mark in ("ob", "wie") else "reported"


# Correlates (Korrelate) that point ahead to what is so: "dadurch verschärft, dass", "besteht darin, dass".
_CORRELATES = frozenset({"dadurch", "darin"})


def _presupposes_complement(governor: Clause) -> bool:
    """Presupposition: whether a clause takes what hangs on it as given – with the correlate "dadurch" or "darin", as
    "ist so, dass", or with a denied "Zweifel": "wird dadurch schlimmer, dass", "kein Zweifel, dass".
    """
    doubts = [t for t in governor.own if t.text.startswith("Zweifel")]
    if doubts:
        return governor.negation is not None
    copula = forms("sein", PRESENT, PRETERITE, person=3, number="Sing")
    is_so = governor.lemma == "sein" and governor.finite is not None and governor.finite.text in copula
    is_so = is_so and any(t.text == "so" and t.nbor().text == "," for t in governor.own)
    return governor.negation is None and (is_so or any(t.text.lower() in _CORRELATES for t in governor.own))


def _of_infinitive(governor: Clause | None, above: tuple[str, ...], clauses: Mapping[int, Clause], quoted: bool) -> str:
    """Infinitive complement: "possible", but "" below an implicative verb ("schaffte es zu …"), in a quotation, and
    below a denying word that is not denied itself ("leugnete, …"). Below an implicative verb, and in a quotation, it
    takes over the modality of the clause above: "soll beginnen, zu bauen".
    """
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
    """Sentence adverb (Satzadverb): the modality of the first adverb of the clause that has one ("angeblich").

    Not of one that leads a prepositional phrase inside the clause, nor of an attribute; "bald" in the past is no plan.
    """
    if is_headed_by_sentence_adverb(clause):
        return adverbs()[clause.verb.text.lower()]
    for token in clause.own:
        if token.dep_ not in ("advmod", "obl", "amod") or token.head.dep_ == "amod":
            continue
        kind = adverbs().get(token.text.lower()) or adverbs().get(token.lemma_.lower())
        if kind and not opens_sentence(token) and _leads_phrase(token):
            kind = ""
        graded = clause.negation is None and is_approximative(token, clause.verb)  # "hat sich fast verdoppelt"
        kind = "possible" if graded else kind
        if kind == "planned" and clause.finite is not None and has(clause.finite, "Tense", "Past"):
            kind = ""  # "Bald wurde klar, dass"
        if kind and (token.dep_ != "amod" or (token.text.islower() and token.tag_ != "ADJA")):
            return kind
    return ""


def is_headed_by_sentence_adverb(clause: Clause) -> bool:
    """Sentence adverb (Satzadverb) in the Vorfeld that was read as the predicative, which stands elsewhere.

    "Angeblich ist Lenz in Ulm", not "Wahrscheinlich ist ein Umbau", where nothing else is said.
    """
    if clause.copula is None or clause.finite is None or clause.verb.i > clause.finite.i:
        return False
    return clause.verb.text.lower() in adverbs() and any(slot.head != clause.verb for slot in clause.slots)


def _leads_phrase(adverb: Token) -> bool:
    """Scope of an adverb: before a preposition it is its phrase alone, not "bis": "vermutlich wegen Nässe"."""
    following = adverb.nbor() if adverb.i + 1 < len(adverb.doc) else None
    case = following if following is not None and following.dep_ == "case" else None
    return case is not None and case.tag_ == "APPR" and case.text.lower() not in ("bis", "ab")


def _by_mood(clause: Clause, quoted: bool) -> str:
    """Konjunktiv outside a quotation: Konjunktiv I is "reported" ("Er komme morgen"), Konjunktiv II "possible" ("Er
    käme"); "möchte" is neither. In a quotation both only mark the quoting ("").
    """
    if clause.mood != "Sub" or quoted or clause.finite is None:
        return ""
    if is_form_of(clause.finite.text, "mögen", SUBJUNCTIVE_2):
        return ""
    word = clause.finite.text.lower()
    sei = word in forms("sein", SUBJUNCTIVE_1, person=3)
    first = "Pres" in clause.finite.morph.get("Tense") or sei or word.endswith("e")
    return "reported" if first and not clause.imagines else "possible"
