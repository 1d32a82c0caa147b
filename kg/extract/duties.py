"""What is to be done: "Der Rat hat die Kosten zu tragen", "Die Kosten sind vom Rat zu tragen".

"haben" and "sein" with "zu" and an infinitive are auxiliaries, as "müssen" is; with "sein" the subject suffers what is
to be done. Like `repair`, the rule changes heads and labels of a UD tree in place and leaves a sound one alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

_AUXILIARIES = ("haben", "sein")
_SUBJECTS = ("nsubj", "nsubj:pass", "expl")


def join_duties(sentence: Sentence) -> None:
    """Make "haben" and "sein" auxiliaries of the infinitive with "zu" that belongs to them."""
    for zu in sentence:
        if zu.tag_ == "VVIZU":
            _join_duty(zu)
        elif zu.tag_ == "PTKZU" and zu.head.tag_ in ("VVINF", "VVFIN") and zu.head.i == zu.i + 1:
            _join_duty(zu.head)


def _join_duty(verb: Token) -> None:
    finite = verb.head
    if verb.dep_ == "xcomp" and _is_auxiliary(finite) and not _is_apart(finite, verb):
        _raise(verb, finite)
    owed = next((c for c in verb.children if _is_auxiliary(c) and c.dep_ == "aux"), None)
    if owed is not None and owed.lemma_ == "sein":
        _free_subject(verb)


def is_owed(auxiliary: Token, verb: Token) -> bool:
    """Whether a clause says what is to be done: its auxiliary is haben or sein, its verb an infinitive with zu."""
    led = verb.tag_ == "VVIZU" or any(c.tag_ == "PTKZU" and c.i == verb.i - 1 for c in verb.children)
    return _is_auxiliary(auxiliary) and led


def _is_auxiliary(token: Token) -> bool:
    return token.tag_ == "VAFIN" and token.lemma_ in _AUXILIARIES


def _is_apart(finite: Token, verb: Token) -> bool:
    """Whether a comma stands between, or something that is had: "Das Ziel ist, zu sparen", "hat Lust zu arbeiten"."""
    first, last = sorted((finite.i, verb.i))
    had = any(c.dep_ == "obj" and c.pos_ != "PRON" and c.tag_ != "PIS" for c in finite.children)
    comma = any(t.text == "," for t in verb.doc[first:last])
    return comma or had or any(c.dep_ == "cop" for c in finite.children)


def _raise(verb: Token, finite: Token) -> None:
    verb.head, verb.dep_ = (verb, "ROOT") if finite.dep_ == "ROOT" else (finite.head, finite.dep_)
    for child in [c for c in finite.children if c != verb]:
        child.head = verb
    finite.head, finite.dep_, finite.pos_ = verb, "aux", "AUX"


def _free_subject(verb: Token) -> None:
    """ "Der Antrag ist zu stellen": what is to be done to it is the subject, whatever the parser calls it."""
    if any(c.dep_ in _SUBJECTS for c in verb.children):
        return
    things = (c for c in verb.children if c.dep_ == "obj" and not any(d.dep_ == "case" for d in c.children))
    thing = next(things, None)
    dative = "Dat" in thing.morph.get("Case") if thing is not None else False  # "Der Presse ist zu entnehmen, dass"
    if (
        thing is not None
        and not dative
        and not any(c.text.lower() in ("den", "einen") for c in thing.children if c.dep_ == "det")
    ):
        thing.dep_ = "nsubj:pass"


