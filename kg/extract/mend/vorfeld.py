"""Vorfeld: exactly one constituent stands before the finite verb of a German main clause.

"Die Grünen im Kreistag fordern …": "im Kreistag" stands before the verb with the subject, so it belongs to it, however
a parser hangs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.tree.edits import hang
from kg.language.prepositions import is_led
from kg.reader.tokens import AUXILIARIES_AND_COPULA, NOUNS

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_MAIN_CLAUSES = ("ROOT", "conj", "parataxis", "ccomp")


def attach_in_vorfeld(sentence: Span) -> None:
    """Vorfeld: at each finite verb of a main clause, make one constituent of what stands before it.

    Not at a verb with another finite auxiliary, which is an infinitive that looks finite ("sollen im Trend liegen").
    "Die Grünen im Kreistag fordern": Kreistag, fordern/obl → Grünen/nmod
    """
    for finite in list(sentence):
        if not finite.tag_.endswith("FIN"):
            continue
        verb = finite.head if finite.dep_ in AUXILIARIES_AND_COPULA else finite
        helping = [c for c in verb.children if c != finite and c.dep_.startswith("aux") and c.tag_.endswith("FIN")]
        if helping and (finite == verb or helping[0].i < finite.i):
            continue  # also "soll beliefert werden können"
        if verb.dep_ in _MAIN_CLAUSES and not _is_subordinate(verb, finite):
            _attach_to_first(verb, finite)


def _is_subordinate(verb: Token, finite: Token) -> bool:
    """Subordinate clause: whether a subordinator, relative or interrogative pronoun stands before the finite verb.

    "weil die Grünen fordern", "was die Grünen fordern": such a clause has no Vorfeld.
    """
    opens = ("mark",)
    if any(c.dep_ in opens and c.i < finite.i for c in verb.children):
        return True
    own = (*verb.children, verb) if verb.head == verb else verb.children
    return any(c.tag_ in ("PRELS", "PWAV", "PWS", "KOUS") and c.i < finite.i for c in own)


def _attach_to_first(verb: Token, finite: Token) -> None:
    """Vorfeld: where it begins with a noun, prepositional phrases behind that noun become its attributes (nmod).

    The noun is a subject or object without preposition, and no punctuation mark stands before the finite verb.
    "Die Grünen im Kreistag fordern": Kreistag, fordern/obl → Grünen/nmod
    """
    before = sorted(c for c in verb.children if c.i < finite.i and c.dep_ not in ("punct", "cc", "advmod", "advcl"))
    if len(before) < 2:
        return
    first, rest = before[0], before[1:]
    plain = first.pos_ in NOUNS and first.dep_.split(":")[0] in ("nsubj", "obj") and not is_led(first)
    if not plain or any(t.is_punct for t in verb.doc[first.i : finite.i]):
        return
    for phrase in rest:
        if phrase.dep_.startswith("obl") and is_led(phrase) and phrase.pos_ in NOUNS:
            hang(phrase, first, "nmod")
