"""Vorfeld: exactly one constituent stands before the finite verb of a German main clause.

"Die Grünen im Kreistag fordern …": "im Kreistag" stands before the verb with the subject, so it belongs to it, however
a parser hangs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.tree.edits import hang
from kg.language.prepositions import is_led
from kg.reader.tokens import NOUNS

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

_SECOND = ("ROOT", "conj", "parataxis", "ccomp")


def order_fields(sentence: Sentence) -> None:
    """Mend what stands before the finite verb of a main clause."""
    for finite in list(sentence):
        if not finite.tag_.endswith("FIN"):
            continue
        verb = finite.head if finite.dep_ in ("aux", "aux:pass", "cop") else finite
        helping = [c for c in verb.children if c != finite and c.dep_.startswith("aux") and c.tag_.endswith("FIN")]
        if helping and (finite == verb or helping[0].i < finite.i):
            continue  # an infinitive that looks finite: "sollen im Trend liegen", "soll beliefert werden können"
        if verb.dep_ in _SECOND and not _is_subordinate(verb, finite):
            _join_before(verb, finite)


def _is_subordinate(verb: Token, finite: Token) -> bool:
    opens = ("mark",)
    if any(c.dep_ in opens and c.i < finite.i for c in verb.children):
        return True
    own = (*verb.children, verb) if verb.head == verb else verb.children
    return any(c.tag_ in ("PRELS", "PWAV", "PWS", "KOUS") and c.i < finite.i for c in own)


def _join_before(verb: Token, finite: Token) -> None:
    """ "Die Grünen im Kreistag fordern": behind the first constituent, a phrase before the verb belongs to it."""
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
