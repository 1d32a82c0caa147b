"""Clauses: a verb with its particle and auxiliaries, who does what to whom, and whether it is denied.

"Die Vereinbarung läuft im Oktober nicht aus" is one clause: verb "auslaufen", subject "Die Vereinbarung", a
prepositional argument "im Oktober", denied by "nicht". Clauses are read from UD trees (`tiger.to_ud` turns the other
German scheme into them), and understood subjects are filled in: of infinitives, relative and coordinated clauses.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract.clause.verb_lemmas import (
    is_behind_preposition,
    is_modal_infinitive,
    last_particle,
    lemma_of,
    part_apart,
    reflexive_phrase,
    resultative,
)
from kg.extract.tree.arguments import (
    Slot,
    antecedent,
    antecedents,
    arguments_of,
    conjuncts,
    first_conjunct,
    is_bare_participle,
    is_finite,
    is_nominal,
    is_reflexive,
)
from kg.extract.tree.negation import denies, denies_narrowly
from kg.extract.tree.particles import is_particle
from kg.language.auxiliaries import PRETERITE, SUBJUNCTIVE_1, SUBJUNCTIVE_2, forms, is_form_of, takes_sein
from kg.language.nouns import is_person
from kg.language.verbs import infinitive, is_konjunktiv_ii
from kg.language.verbs import words as verb_class
from kg.reader.tokens import AUXILIARIES, has, value

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "csubj:pass")
_CLAUSAL = ("ccomp", "xcomp", "advcl", "acl", "acl:relcl", "csubj", "csubj:pass", "parataxis")
_WITHOUT_SUBJECT = ("xcomp", "advcl", "acl")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause. `verb` is the content word that heads it (a noun or adjective where `copula` is set).

    `subjects` are head tokens (several when coordinated); `words` are the tokens of the predicate in text order;
    `negation` is the word that denies it. `passive` tells that the subject suffers the verb; `parent` is the head
    token of the governing clause and `relation` the label between the two ("root" for none). `own` are all its words in
    text order: not those of clauses below it, nor what an attribute says. `finite` is the finite verb, None in an
    infinitive or participle clause.
    """

    verb: Token
    lemma: str
    words: tuple[Token, ...]
    subjects: tuple[Token, ...]
    slots: tuple[Slot, ...]
    auxiliaries: tuple[Token, ...] = ()
    copula: Token | None = None
    negation: Token | None = None
    mark: str = ""
    passive: bool = False
    relation: str = "root"
    parent: Token | None = None
    own: tuple[Token, ...] = ()
    finite: Token | None = None

    @property
    def first(self) -> Token:
        """Its first word, past a comma or quotation mark before it."""
        return next((word for word in self.own if not word.is_punct), self.verb)

    @property
    def is_reported(self) -> bool:
        """Konjunktiv I: whether the finite verb is one by its form ("gebe", "sei"), so that somebody else is quoted."""
        return self.finite is not None and _is_konjunktiv(self.finite) and self.mood == "Sub"

    @property
    def imagines(self) -> bool:
        """Konjunktiv II: whether the finite verb is one by its form: "gäbe", "hätte"."""
        word = self.finite.text.lower() if self.finite is not None else ""
        return word in _KONJUNKTIV_II or is_konjunktiv_ii(word)

    @property
    def mood(self) -> str:
        """ "Sub" for a Konjunktiv by its form (but "ich habe" is none), else the tagger's "Ind", "Imp" or "Sub"; ""
        without a finite verb.
        """
        if self.finite is None:
            return ""
        if self.imagines:
            return "Sub"
        if _is_konjunktiv(self.finite) and not any(s.text.lower() == "ich" for s in self.subjects):
            return "Sub"
        return value(self.finite, "Mood")


# Forms of "hätte", "wäre" and "würde", which no tagger should take for anything else; "würdigte" is none.
_KONJUNKTIV_II = frozenset[str]().union(*(forms(lemma, SUBJUNCTIVE_2) for lemma in ("haben", "sein", "werden")))


def _is_konjunktiv(token: Token) -> bool:
    """Konjunktiv I by its form: "sei", "seien", and a form in -e that is no preterite and no Konjunktiv II: "gebe",
    "leite", not "sagte", "wurde", "möchte".

    Only the first person has this -e in the indicative, and reports hardly use it.
    """
    word = token.text.lower()
    if is_konjunktiv_ii(word):
        return False
    if word.endswith("te"):
        wishes = word in forms("mögen", SUBJUNCTIVE_2)
        return not wishes and infinitive(word, token.lemma_) == f"{word}n"  # leiten, but sagen
    werden = forms("werden", PRETERITE, SUBJUNCTIVE_2)
    return word in forms("sein", SUBJUNCTIVE_1, person=3) or (word.endswith("e") and word not in werden)


def find_clauses(sentence: Iterable[Token], heads: Collection[int]) -> Iterator[Clause]:
    """Yield the clauses of a sentence of a UD tree, outer before inner; `heads` are the tokens that head one."""
    own = (token for token in sentence if token.i in heads)
    found: dict[int, Clause] = {}
    for token in sorted(own, key=lambda t: (sum(1 for _ in t.ancestors), t.i)):
        found[token.i] = _clause(token, found, heads)
        yield found[token.i]


def _clause(token: Token, above: Mapping[int, Clause], heads: Collection[int]) -> Clause:
    """The clause that a token heads: verb, auxiliaries, arguments, negation, subject.

    `above` has the clauses found before, `heads` the heads of all. A conjunct without a finite verb of its own takes
    over the auxiliaries and voice of the first conjunct: "wird A kaufen und B verkaufen".
    """
    children = list(token.children)
    first = above.get(token.head.i) if token.dep_ == "conj" else None
    auxiliaries = [c for c in children if c.dep_ in AUXILIARIES]
    copula = next((c for c in children if c.dep_ == "cop"), None)
    particle = next((c for c in children if is_particle(c)), None) or last_particle(token)
    reflexive = next((c for c in children if is_reflexive(c)), None)
    may_act = [
        c for c in children if c.dep_ in _SUBJECTS and _may_be_subject(c) and not _is_behind_conjunction(c, token)
    ]
    own, displaced = _one_subject(may_act)
    apart = part_apart(token)
    known = (w for w in (copula, particle, reflexive, apart) if w is not None)
    auxiliaries += _auxiliaries_at_end(token, auxiliaries)
    words = sorted({*auxiliaries, *known, *reflexive_phrase(token), *(() if copula else (token,))})
    passive = _is_passive(token, [*children, *auxiliaries])
    finite = any(is_finite(w) for w in (token, *auxiliaries))
    if first is not None and (not finite or (not auxiliaries and _is_coordinated_infinitive(token, first, own))):
        auxiliaries, passive = _auxiliaries_of_first(token, first, auxiliaries, words, passive=passive)
    relation, parent = _relation(token)
    tokens = tuple(sorted(_own_tokens(token, heads)))
    clause = Clause(
        verb=token,
        lemma=lemma_of(token, particle, copula, apart),
        words=tuple(words),
        subjects=tuple(a for head in own for s in conjuncts(head) if is_nominal(s) for a in antecedents(s)),
        slots=_slots(token, copula, displaced),
        auxiliaries=tuple(auxiliaries),
        copula=copula,
        negation=_negation(tokens, token),
        mark=_conjunction(children) or (first.mark if first is not None else ""),
        passive=passive,
        relation=relation,
        parent=parent,
        own=tokens,
        finite=next((w for w in (*auxiliaries, copula, token) if w is not None and is_finite(w)), None),
    )
    if not finite:
        clause = _with_phase_verb(clause, above)
    return clause if clause.subjects else replace(clause, subjects=_expletive_or_understood(clause, above))


def _negation(own: Iterable[Token], verb: Token) -> Token | None:
    """The word that denies a clause, given its own words and its verb: "nicht mehr", "keine Fabrik", "fast"."""
    words = tuple(own)
    return next(filter(denies, words), None) or next((word for word in words if denies_narrowly(word, verb)), None)


def _slots(token: Token, copula: Token | None, displaced: Iterable[Token]) -> tuple[Slot, ...]:
    """The arguments of a verb, what is no subject of it, and what it makes its object: "macht die Straße sicher"."""
    result = resultative(token)
    objects = (Slot("obj", antecedent(noun)) for noun in displaced)
    # An apostrophe that the tree takes for a noun ("Die ’Ndrangheta wurde mächtig") is nothing that can take part.
    own = reflexive_phrase(token)
    found = arguments_of(token, copula)
    arguments = (slot for slot in found if not (slot.head.is_quote or slot.head.is_bracket or slot.head in own))
    return (*arguments, *objects, *((Slot("pred", result),) if result is not None else ()))


def _with_phase_verb(clause: Clause, above: Mapping[int, Clause]) -> Clause:
    """Phase verb (Phasenverb): an infinitive below "beginnen", "aufhören" … gets the words of that verb into its
    predicate: "begann zu bauen". Other clauses come back as they are.
    """
    governor = above.get(clause.parent.i) if clause.parent is not None and clause.relation == "xcomp" else None
    if governor is None or governor.lemma not in verb_class("phase"):
        return clause
    to = (c for c in clause.verb.children if c.tag_ == "PTKZU")
    return replace(clause, words=(*governor.words, *to, *clause.words))


def _expletive_or_understood(clause: Clause, above: Mapping[int, Clause]) -> tuple[Token, ...]:
    """Subject of a clause without one: its expletive "es", else the subject that is understood
    (`_understood_subjects`).
    """
    impersonal = next((c for c in clause.verb.children if c.dep_ == "expl" and c.text.lower() == "es"), None)
    return (impersonal,) if impersonal is not None else _understood_subjects(clause, above)


def _auxiliaries_of_first(
    token: Token, first: Clause, auxiliaries: list[Token], words: list[Token], *, passive: bool
) -> tuple[list[Token], bool]:
    """Coordination of predicates: a conjunct gets the auxiliaries of the first ("will A kaufen und B verkaufen"), a
    participle without any its copula ("sind Treffen angedacht, Vorträge gewünscht"). Returns them, and whether it is
    passive: as a participle it is if the first is, unless it has "haben".
    """
    auxiliaries = [*auxiliaries, *first.auxiliaries]
    if first.copula is not None and token.tag_ == "VVPP" and not auxiliaries:
        auxiliaries = [first.copula]  # "sind Treffen angedacht, Vorträge gewünscht"
    participle = token.tag_ == "VVPP" or has(token, "VerbForm", "Part")
    return auxiliaries, passive or (first.passive and participle and not any(a.lemma_ == "haben" for a in words))


def _auxiliaries_at_end(token: Token, own: list[Token]) -> list[Token]:
    """Coordination: a participle shares the auxiliaries behind its last coordinated participle – without any of its own
    those of a verb-final clause, beside a finite one the infinite ones that it lacks.

    "der in Stücke geschnitten und mit Wasser gespült wird"; "kann A gesichert und B gebaut werden"
    """
    if token.tag_ != "VVPP" or not all(is_finite(c) for c in own):
        return []
    perfect = any(c.lemma_ == "sein" for c in own) and takes_sein(infinitive(token.text, token.lemma_))
    last = next((c for c in reversed(list(token.children)) if c.dep_ == "conj" and c.tag_ == "VVPP"), None)
    if last is None or perfect or any(c.tag_ == "PTKZU" for c in last.children):
        return []  # "sind sechs gestorben und zwei verletzt worden"
    below = [c for c in last.children if c.dep_ in AUXILIARIES]
    finite = any(map(is_finite, below))
    behind = [c for c in below if c.i > last.i]
    return behind if finite != bool(own) and finite == any(map(is_finite, behind)) else []


def _is_coordinated_infinitive(token: Token, first: Clause, own: list[Token]) -> bool:
    """Coordinated infinitive: a verb in -n without a subject of its own is no plural, but an infinitive, where the
    first conjunct has auxiliaries and is neither finite nor a participle: "Siemens wird A kaufen und B beliefern".
    """
    infinite = first.verb.tag_ != "VVPP" and not is_finite(first.verb)  # "seien beschossen worden und erwiderten"
    return bool(first.auxiliaries) and not own and token.text.endswith("n") and infinite


def _conjunction(children: list[Token]) -> str:
    """Subordinating conjunction: the one that opens a clause, the last word of several ("als ob" → ob), "" for none.
    The adverbs of hearsay "wonach", "demzufolge", "derzufolge" go before.
    """
    marks = [c for c in children if c.dep_ == "mark" and (c.pos_ == "SCONJ" or c.tag_.startswith("KOU"))]
    hearsay = next((c.text.lower() for c in children if c.text.lower() in ("wonach", "demzufolge", "derzufolge")), "")
    return hearsay or (marks[-1].text.lower() if marks else "")


def _relation(token: Token) -> tuple[str, Token | None]:
    """The label and head by which a clause hangs on the one above, ("root", None) for none; a coordinated clause hangs
    where the first conjunct does.
    """
    seen = first_conjunct(token)
    if seen.dep_ in _CLAUSAL:
        return seen.dep_, seen.head
    return ("root", None) if seen.dep_ == "ROOT" else (seen.dep_, seen.head)


def _understood_subjects(clause: Clause, above: Mapping[int, Clause]) -> tuple[Token, ...]:
    """Control and coordination: the understood subject of a clause – of a conjunct, that of the first; of an infinitive
    or participle, that of the verb above, after verbs of object control their bare object, if any.

    "Kritiker werfen Huawei vor, Daten weiterzugeben" → Huawei. Nobody below "ermöglichen", or below sein where the
    subject is a thing ("das Ziel war, Geld zu sparen") or suffers the verb above ("wird das Ziel erreicht, zu sparen").
    A clause with an elliptic subject of its own understands no other: "17 stimmten zu, zwei enthielten sich".
    """
    if any(c.dep_ in _SUBJECTS and _is_elliptic(c) for c in clause.verb.children):
        return ()
    if clause.verb.dep_ == "conj" and clause.verb.head.i in above:
        return _without_expletives(above[clause.verb.head.i].subjects)
    governor = above.get(clause.parent.i) if clause.parent is not None else None
    if governor is None or clause.relation not in _WITHOUT_SUBJECT or clause.finite is not None:
        return ()
    things = (s for s in governor.subjects if s.pos_ == "NOUN" and not is_person(s.text))
    unsaid = verb_class("enabling") | verb_class("demanding")  # "fordert, die Straße zu sperren"
    suffers = governor.passive and governor.lemma not in verb_class("object_control")
    if governor.lemma in unsaid or ((governor.verb.lemma_ == "sein" or suffers) and any(things)):
        return ()  # "das Ziel war, Geld zu sparen": who is to, is not said
    if clause.relation == "xcomp" and governor.lemma in verb_class("object_control"):
        objects = [
            s.head
            for s in governor.slots
            if s.role in ("obj", "iobj", "obl") and s.case is None and _can_control(s.head)
        ]
        if not objects and governor.lemma in verb_class("requiring") and not governor.passive:
            return ()  # "empfahl, Geld zu sparen": to whom, is not said
        return tuple(objects[:1]) or _without_expletives(governor.subjects)  # "Meier half, Geld zu sammeln"
    return _without_expletives(governor.subjects)


def _is_elliptic(subject: Token) -> bool:
    """Ellipsis: whether a subject is a number or an adjective alone, whose noun is not said: "zwei enthielten sich"."""
    return subject.pos_ in ("NUM", "ADJ") and not is_nominal(subject)


def _can_control(noun: Token) -> bool:
    """Possible controller: no noun of time ("Montag") and no number."""
    return noun.text.lower() not in verb_class("times") and not noun.like_num


def _without_expletives(subjects: tuple[Token, ...]) -> tuple[Token, ...]:
    """Subjects that another verb can share: all but the expletive of "es gibt"."""
    return tuple(subject for subject in subjects if subject.dep_ != "expl")


_DATIVE_ARTICLES = ("dem", "einem", "diesem", "keinem", "jedem", "seinem", "ihrem")


def _may_be_subject(token: Token) -> bool:
    """Possible subject: a nominal that no preposition leads and that is no dative or accusative by its form: not "ihm",
    not "einem der ersten Schiffe".
    """
    if token.text.lower() in ("einem", "ihm", "ihnen", "ihn") or not is_nominal(token):
        return False
    dative = any(c.dep_.startswith("det") and c.text.lower() in _DATIVE_ARTICLES for c in token.children)
    return not dative and not is_behind_preposition(token)


# Pronouns that are nominative and nothing else.
_NOMINATIVE = frozenset({"ich", "du", "er", "wir", "man"})


def _one_subject(candidates: list[Token]) -> tuple[list[Token], list[Token]]:
    """One subject per clause: of several, a nominative pronoun, else the first, with those that "noch" joins ("weder A
    noch B"). Returns it, and the others, which are objects: "Rat und Polizei wiesen die Vorwürfe zurück".
    """
    if not candidates:
        return [], []
    chosen = next((c for c in candidates if c.text.lower() in _NOMINATIVE), candidates[0])
    joined = [c for c in candidates if c != chosen and _after_noch(c)]
    return [chosen, *joined], [c for c in candidates if c != chosen and c not in joined]


def _after_noch(token: Token) -> bool:
    """Whether a phrase begins with "noch" or stands right behind it: "weder Rat noch Polizei"."""
    edge = token.left_edge
    return edge.text == "noch" or (edge.i > 0 and edge.nbor(-1).text == "noch")


def _is_behind_conjunction(subject: Token, verb: Token) -> bool:
    """Whether a subordinating conjunction of another clause stands between a verb and a subject behind it: Bosch in
    "Geplant ist, dass Bosch baut" is no subject of "geplant".
    """
    return any(t.tag_ == "KOUS" and t.head != verb for t in verb.doc[verb.i + 1 : subject.i])


def _is_passive(token: Token, children: list[Token]) -> bool:
    """Passive: sein + zu + infinitive; werden + participle without "haben"; the participle alone of a headline ("Täter
    gefasst"); sein + participle (Zustandspassiv, "ist verbreitet") of a verb whose perfect does not take sein, if a
    finite sein is all its auxiliaries or the tree marks both subject and auxiliary as passive.

    werden + infinitive is a future, haben + participle a perfect: "wird unterzeichnen", "hätte gewusst".
    """
    auxiliaries = [c for c in children if c.dep_ in AUXILIARIES]
    if any(a.lemma_ == "sein" and is_modal_infinitive(a, token) for a in auxiliaries):
        return True  # "sind zu tragen"
    if token.tag_ != "VVPP" and (token.tag_ == "ADJD" or not has(token, "VerbForm", "Part")):
        return False
    if any(is_form_of(a.text, "werden") for a in auxiliaries):
        return not any(a.text.lower() == "haben" for a in auxiliaries)  # "wird unterzeichnet haben"
    if any(is_form_of(a.text, "haben") for a in auxiliaries):
        return False  # "hätte gewusst", whatever the lemmatizer makes of it
    if takes_sein(infinitive(token.text, token.lemma_)):
        return False
    if is_bare_participle(token) and any(c.dep_ == "nsubj:pass" for c in children):
        return not any(c.dep_ == "obj" for c in children)
    if token.tag_ == "VVPP" and auxiliaries and all(a.lemma_ == "sein" and is_finite(a) for a in auxiliaries):
        return True  # "ist verbreitet", whatever the parser calls it
    return any(c.dep_ == "nsubj:pass" for c in children) and any(c.dep_ == "aux:pass" for c in auxiliaries)


def _own_tokens(head: Token, heads: Collection[int]) -> Iterator[Token]:
    """The words of the clause that `head` heads, not those of clauses below it ("die er baute") or of clausal
    attributes; `heads` are the heads of all clauses.
    """
    waiting = [head]
    while waiting:
        token = waiting.pop()
        yield token
        waiting += (c for c in token.children if c.i not in heads and c.dep_ not in ("acl", "acl:relcl", "parataxis"))
