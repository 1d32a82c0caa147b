"""Clauses: a verb with its particle and auxiliaries, who does what to whom, and whether it is denied.

"Die Vereinbarung läuft im Oktober nicht aus" is one clause: verb "auslaufen", subject "Die Vereinbarung", a
prepositional argument "im Oktober", denied by "nicht". Clauses are read from UD trees (`tiger.to_ud` turns the other
German scheme into them), and understood subjects are filled in: of infinitives, relative and coordinated clauses.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract.prepositions import uncontracted
from kg.extract.verbs import infinitive, without_zu
from kg.extract.verbs import words as verb_class

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "csubj:pass")
_CLAUSAL = ("ccomp", "xcomp", "advcl", "acl", "acl:relcl", "csubj", "csubj:pass", "parataxis")
_OPEN = ("xcomp", "advcl", "acl")

NEGATIONS = frozenset(
    "nicht nie niemals keineswegs keinesfalls nirgends nirgendwo weder noch kaum nichts niemand mitnichten".split()
)
"""Words that deny their clause; "kein" and "keiner" do so in all their forms, "noch" only after "weder"."""


@dataclass(frozen=True, slots=True)
class Slot:
    """An argument: its head token and how it hangs on the verb: role "obj", "iobj", "obl", "agent" or "pred".

    `case` is the preposition before it, or None.
    """

    role: str
    head: Token
    case: Token | None = None

    @property
    def preposition(self) -> str:
        """The preposition without its article: "vom" → "von".

        Contractions are one token in German text and one lemma in no treebank, so they are undone here.
        """
        return uncontracted(self.case.text) if self.case else ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause. `verb` is the content word that heads it (a noun or adjective where `copula` is set).

    `subjects` are head tokens (several when coordinated); `words` are the tokens of the predicate in text order;
    `negation` is the word that denies it. `passive` tells that the subject suffers the verb; `parent` is the head
    token of the governing clause and `relation` the label between the two ("root" for none).
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

    @property
    def finite(self) -> Token | None:
        """The finite verb, None in an infinitive or participle clause."""
        return next((w for w in (*self.auxiliaries, self.copula, self.verb) if w and _is_finite(w)), None)

    @property
    def is_reported(self) -> bool:
        """Whether the finite verb is a Konjunktiv I: nobody's own words have that."""
        return self.mood == "Sub" and self.finite is not None and _is_konjunktiv(self.finite)

    @property
    def mood(self) -> str:
        """ "Sub" for a Konjunktiv, "Ind", "Imp", or "" without finite verb."""
        if self.finite is None:
            return ""
        if _is_konjunktiv(self.finite) and not any(s.text.lower() == "ich" for s in self.subjects):
            return "Sub"
        return next(iter(self.finite.morph.get("Mood")), "")


def _is_konjunktiv(token: Token) -> bool:
    """Konjunktiv I by its form: "sei", and any -e that is no preterite's ("gebe", "habe", not "sagte", "wurde").

    Only the first person has this -e in the indicative, and reports hardly use it.
    """
    word = token.text.lower()
    return word in ("sei", "seien") or (
        word.endswith("e") and not word.endswith("te") and word not in ("wurde", "würde")
    )


def find_clauses(sentence: Sentence) -> Iterator[Clause]:
    """Yield the clauses of a sentence of a UD tree, outer before inner."""
    heads = [token for token in sentence if heads_clause(token)]
    found: dict[int, Clause] = {}
    for token in sorted(heads, key=lambda t: (sum(1 for _ in t.ancestors), t.i)):
        found[token.i] = _clause(token, found, {head.i for head in heads})
        yield found[token.i]


def heads_clause(token: Token) -> bool:
    """Whether a token is the head of a clause: a content verb, or a noun or adjective with a copula."""
    if any(child.dep_ == "cop" for child in token.children):
        return True
    verbal = token.pos_ == "VERB" or (
        token.tag_.startswith("VV") and any(c.dep_.startswith("aux") for c in token.children)
    )
    if verbal or (token.pos_ == "AUX" and token.dep_ not in ("aux", "aux:pass", "cop")):
        return token.dep_ not in ("amod", "compound:prt", "case", "mark", "det", "fixed", "flat")
    return False


def _clause(token: Token, above: Mapping[int, Clause], heads: Collection[int]) -> Clause:
    """The clause that a token heads; `above` has those found before, `heads` the heads of all in the sentence."""
    children = list(token.children)
    first = above.get(token.head.i) if token.dep_ == "conj" else None
    auxiliaries = [c for c in children if c.dep_ in ("aux", "aux:pass")]
    copula = next((c for c in children if c.dep_ == "cop"), None)
    particle = next((c for c in children if _is_particle(c)), None) or _last_particle(token)
    reflexive = next((c for c in children if _is_reflexive(c)), None)
    own, displaced = _one_subject(
        [c for c in children if c.dep_ in _SUBJECTS and is_nominal(c) and not _is_led(c) and not _is_beyond(c, token)]
    )
    words = sorted({*auxiliaries, *(w for w in (copula, particle, reflexive) if w), *(() if copula else (token,))})
    passive = _is_passive(token, children)
    finite = any(_is_finite(w) for w in (token, *auxiliaries))
    if first is not None and (not finite or (not auxiliaries and _ends_infinitive(token, first, own))):
        # "will A kaufen und B verkaufen": the second conjunct is under the auxiliaries of the first.
        auxiliaries += first.auxiliaries
        passive = passive or (first.passive and not any(a.lemma_ == "haben" for a in words))
    relation, parent = _relation(token)
    clause = Clause(
        verb=token,
        lemma=_lemma(token, particle, copula),
        words=tuple(words),
        subjects=tuple(antecedent(s) for head in own for s in _conjuncts(head) if is_nominal(s)),
        slots=(*_slots(token, copula), *(Slot("obj", antecedent(c)) for c in displaced)),
        auxiliaries=tuple(auxiliaries),
        copula=copula,
        negation=_negation(token, heads),
        mark=_mark(children) or (first.mark if first is not None else ""),
        passive=passive,
        relation=relation,
        parent=parent,
    )
    return clause if clause.subjects else replace(clause, subjects=_understood(clause, above))


def _ends_infinitive(token: Token, first: Clause, own: list[Token]) -> bool:
    """A second verb in -n without a subject, below an auxiliary, is an infinitive, though it looks like a plural.

    "Siemens wird A kaufen und B beliefern."
    """
    return bool(first.auxiliaries) and not own and token.text.endswith("n") and not _is_finite(first.verb)


def _mark(children: list[Token]) -> str:
    """The conjunction that opens a clause, the last word of one of several: "als ob" → ob."""
    marks = [c for c in children if c.dep_ == "mark" and (c.pos_ == "SCONJ" or c.tag_.startswith("KOU"))]
    hearsay = next((c.text.lower() for c in children if c.text.lower() in ("wonach", "demzufolge", "derzufolge")), "")
    return hearsay or (marks[-1].text.lower() if marks else "")


def _lemma(token: Token, particle: Token | None, copula: Token | None) -> str:
    """The verb's infinitive with its particle: "lief … aus" → "auslaufen"; "sein" for a copular clause."""
    if copula is not None:
        return "werden" if copula.lemma_ == "werden" else "sein"
    lemma = infinitive(without_zu(token.text) if token.tag_ == "VVIZU" else token.text, token.lemma_)
    if particle is not None and not lemma.startswith(particle.text.lower()):
        lemma = particle.text.lower() + lemma
    return next((c.text for c in token.children if f"{c.text} {lemma}" in verb_class("written_apart")), "") + lemma


def _relation(token: Token) -> tuple[str, Token | None]:
    """How a clause hangs on the one above it; a coordinated clause hangs where the first one does."""
    seen = token
    while seen.dep_ == "conj" and seen.head != seen:
        seen = seen.head
    if seen.dep_ in _CLAUSAL:
        return seen.dep_, seen.head
    return ("root", None) if seen.dep_ == "ROOT" else (seen.dep_, seen.head)


def _understood(clause: Clause, above: Mapping[int, Clause]) -> tuple[Token, ...]:
    """The subject that a clause shares with another: of the first conjunct, or of the verb above an infinitive.

    "Kritiker werfen Huawei vor, Daten weiterzugeben": after some verbs it is their object who is to act.
    """
    if clause.verb.dep_ == "conj" and clause.verb.head.i in above:
        return above[clause.verb.head.i].subjects
    governor = above.get(clause.parent.i) if clause.parent is not None else None
    if governor is None or clause.relation not in _OPEN or clause.finite is not None:
        return ()
    if clause.relation == "xcomp" and governor.lemma in verb_class("object_control"):
        objects = [slot.head for slot in governor.slots if slot.role in ("obj", "iobj") and slot.case is None]
        return tuple(objects[:1])
    return governor.subjects


# Pronouns that are nominative and nothing else.
_NOMINATIVE = frozenset({"ich", "du", "er", "wir", "man"})


def _last_particle(verb: Token) -> Token | None:
    """A separable particle at the very end of the sentence, whatever the parser made of it: "wiegelten … ab"."""
    if not _is_finite(verb):
        return None
    last = next((t for t in reversed(verb.sent) if not t.is_punct), verb)
    return last if last.i > verb.i and last.tag_ in ("PTKVZ", "APPR") and last.head == verb else None


def _one_subject(candidates: list[Token]) -> tuple[list[Token], list[Token]]:
    """A clause has one subject: of several that the parser gives it, a nominative pronoun, else the first.

    The others are its objects ("Rat und Polizei wiesen die Vorwürfe zurück"), unless "noch" joins them to the first.
    """
    if not candidates:
        return [], []
    chosen = next((c for c in candidates if c.text.lower() in _NOMINATIVE), candidates[0])
    joined = [c for c in candidates if c != chosen and _after_noch(c)]
    return [chosen, *joined], [c for c in candidates if c != chosen and c not in joined]


def _after_noch(token: Token) -> bool:
    edge = token.left_edge
    return edge.text == "noch" or (edge.i > 0 and edge.nbor(-1).text == "noch")


def _is_beyond(subject: Token, verb: Token) -> bool:
    """Whether a conjunction stands between a verb and a subject behind it: "Geplant ist, dass Bosch baut"."""
    return any(t.tag_ == "KOUS" and t.head != verb for t in verb.doc[verb.i + 1 : subject.i])


def _is_led(token: Token) -> bool:
    """Whether a phrase stands behind a preposition, so that it is no subject; "über 100 Gäste" only counts."""
    edge = token.left_edge
    if edge.i > edge.sent.start and edge.nbor(-1).text.lower() in ("statt", "anstatt"):
        return True
    return any(
        c.dep_ == "case" and c.text.lower() not in ("über", "unter", "bis", "um", "rund") for c in token.children
    )


def is_nominal(token: Token) -> bool:
    """Whether a word can stand for a thing: no adverb or number that the parser took for a subject."""
    if token.pos_ in ("NOUN", "PROPN", "PRON", "X"):
        return True
    return token.pos_ in ("ADJ", "DET") and token.text[0].isupper() and not token.is_sent_start


def _is_particle(token: Token) -> bool:
    """A separated particle ends its clause ("läuft im Oktober aus."); before a noun it is a preposition after all."""
    if token.dep_ != "compound:prt":
        return False
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    if following is None or following.is_sent_start:
        return True
    return following.pos_ not in ("NOUN", "PROPN", "DET", "ADJ", "NUM", "PRON") and following.text not in '„“«»"'


def _is_passive(token: Token, children: list[Token]) -> bool:
    """werden + participle, whatever the parser calls it; sein + participle where the subject is marked as suffering.

    werden + infinitive is a future: "wird unterzeichnen".
    """
    participle = "Part" in token.morph.get("VerbForm") or token.tag_ == "VVPP"
    if not participle:
        return False
    auxiliaries = [c for c in children if c.dep_ in ("aux", "aux:pass")]
    if any(a.text.lower().startswith(("werd", "wird", "wurd", "würd", "word")) for a in auxiliaries):
        return True
    if infinitive(token.text, token.lemma_).endswith(tuple(verb_class("sein_perfect"))):
        return False
    return any(c.dep_ == "nsubj:pass" for c in children) and any(c.dep_ == "aux:pass" for c in auxiliaries)


def antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for, else the token itself; X in "X ist eine Firma, die baut"."""
    if not ("Rel" in token.morph.get("PronType") or token.tag_ in ("PRELS", "PWS")):
        return token
    clause = token
    while clause.dep_ != "acl:relcl" and clause.dep_ != "acl" and clause.head != clause:
        clause = clause.head
    if clause.dep_.startswith("acl") and is_nominal(clause.head):
        beside = list(clause.head.children)
        plain = any(c.dep_ == "cop" for c in beside) and not any(_denies(c) for c in beside)
        said_of = (c for c in beside if plain and c.dep_ == "nsubj" and c.pos_ in ("NOUN", "PROPN"))
        return next(said_of, clause.head)
    before = token.doc[token.sent.start : token.i]
    return next((t for t in reversed(before) if t.pos_ in ("NOUN", "PROPN")), token)


_ARGUMENTS = frozenset({"obj", "iobj", "obl", "obl:arg", "obl:agent", "obl:tmod", "nmod"})


def _slots(token: Token, copula: Token | None) -> Iterator[Slot]:
    if copula is not None:
        yield Slot("pred", token, _case(token))
    for child in token.children:
        argument = child.dep_ in _ARGUMENTS and not (copula is not None and child.dep_ == "nmod")
        if argument and not _is_reflexive(child):
            for head in _conjuncts(child):
                case = _case(head) or _case(child)
                role = "obl" if case is not None else child.dep_.partition(":")[0]
                yield Slot("agent" if child.dep_ == "obl:agent" else role, antecedent(head), case)
        elif child.dep_ == "xcomp" and child.pos_ in ("NOUN", "PROPN", "ADJ") and not heads_clause(child):
            case = _case(child)
            if case is not None and child.pos_ != "ADJ":
                yield Slot("obl", child, case)
            elif case is None and token.lemma_ in ("sein", "werden", "bleiben", "heißen"):
                yield Slot("pred", child)


def _conjuncts(token: Token) -> tuple[Token, ...]:
    """A noun and those coordinated with it: "Bürgermeister Link und Yan Lida" → both heads.

    The second may hang on any word of the first: on the title, the first name or the surname.
    """
    words, found = [token], set()
    for word in words:
        words += (
            c for c in word.children if c.dep_ in ("appos", "flat", "flat:name") and c.i == c.left_edge.i == word.i + 1
        )
        found |= {c for c in word.conjuncts if c.pos_ not in ("VERB", "AUX") and c.i > token.i and not _opens_clause(c)}
    return (token, *sorted(found))


def _opens_clause(token: Token) -> bool:
    """Whether a verb that does not govern it follows a conjunct, so that a clause of its own begins with it.

    "Siemens kauft Alstom und Bosch verkauft Blaupunkt": Bosch is not bought.
    """
    last = max([token.i, *(c.i for c in token.children if c.dep_ == "flat" and c.pos_ in ("PROPN", "X"))])
    if last + 1 >= len(token.doc) or token.doc[last + 1].is_sent_start:
        return False
    following = token.doc[last + 1]
    return following.tag_ in ("VVFIN", "VVPP") and following.text.islower() and following not in token.ancestors


def _case(token: Token) -> Token | None:
    """The preposition of a phrase, also where the parser hung it on the verb as a particle."""
    own = next((c for c in token.children if c.dep_ == "case" and c.pos_ in ("ADP", "CCONJ", "SCONJ")), None)
    before = token.left_edge.i - 1
    while own is None and before >= 0 and token.doc[before].text in '„«»"':
        before -= 1
    if own is None and before >= 0 and token.doc[before].dep_ == "compound:prt" and not _is_particle(token.doc[before]):
        return token.doc[before]
    return own


def _negation(head: Token, heads: Collection[int]) -> Token | None:
    """The word that denies the clause, anywhere among its own words: "nicht mehr", "keine Fabrik", "niemand"."""
    return next((token for token in sorted(own_tokens(head, heads)) if _denies(token)), None)


def own_tokens(head: Token, heads: Collection[int]) -> Iterator[Token]:
    """The words of the clause that `head` heads: not those of clauses below it, nor what an attribute says.

    `heads` are the heads of all clauses of the sentence.
    """
    waiting = [head]
    while waiting:
        token = waiting.pop()
        yield token
        waiting += (c for c in token.children if c.i not in heads and c.dep_ not in ("acl", "acl:relcl", "parataxis"))


def _denies(token: Token) -> bool:
    word = token.text.lower()
    if token.head.dep_ == "amod" and token.dep_ == "advmod":
        return False
    if word == "noch":
        return any(t.text.lower() == "weder" for t in token.doc[token.sent.start : token.i])
    return (word in NEGATIONS or word.startswith("kein")) and not _is_only(token)


def _is_only(token: Token) -> bool:
    """nicht nur, nicht allein, nicht zuletzt: the clause holds all the same."""
    return token.i + 1 < len(token.doc) and token.nbor().text.lower() in verb_class("only")


def _is_reflexive(token: Token) -> bool:
    return token.text.lower() == "sich" or token.tag_ == "PRF" or "Yes" in token.morph.get("Reflex")


def _is_finite(token: Token) -> bool:
    return "Fin" in token.morph.get("VerbForm") or token.tag_.endswith("FIN")
