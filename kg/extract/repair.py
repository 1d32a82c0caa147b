"""What the extraction wants otherwise than the parser gives it: one list of passes, each for one phenomenon.

A pass stands here because it mends clearly more than it breaks on sentences that it was not written for, or because kg
departs from Universal Dependencies on purpose ("ließ Akten vernichten" is one predicate); `tests/benchmarks/mending.py`
weighs them. Each changes heads and labels of a UD tree in place and leaves a sound tree alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.addresses import free_addresses
from kg.extract.agreement import agree
from kg.extract.attachment import attach
from kg.extract.comparisons import lead_by_als
from kg.extract.coordination import coordinate
from kg.extract.duties import join_duties
from kg.extract.field import order_fields
from kg.extract.forms import read_forms
from kg.extract.soundness import restore_circles, tree_of
from kg.extract.subjects import find_subjects

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Sentence


class Pass(NamedTuple):
    """A way to mend the tree of a sentence: the phenomenon in the words of grammar, and a sentence that has it."""

    phenomenon: str
    example: str
    mend: Callable[[Sentence], None]


PASSES = (
    Pass("vocative", "Frau Ministerin, Bund und Länder verhandeln über den Vertrag.", free_addresses),
    Pass("modal infinitive with haben and sein", "Der Pächter hat die Kosten zu tragen.", join_duties),
    Pass("verb forms with two readings", "Der Kreistag wird den Haushalt beraten.", read_forms),
    Pass("causative, suspended compound, measure", "Der Konzern ließ Akten vernichten.", coordinate),
    Pass("prefield: one constituent before the finite verb", "Die Grünen im Kreistag fordern Busse.", order_fields),
    Pass("predicative with als", "Das Gebäude wird als Denkmal bezeichnet.", lead_by_als),
    Pass("a finite clause has a subject", "Insgesamt erwarten uns große Chancen.", find_subjects),
    Pass("agreement of the relative pronoun", "Hof benannte den Platz nach Roth, der dort lebte.", agree),
    Pass("attachment and case", "Uns verbindet ein Kontakt.", attach),
)


def repair(doc: Doc) -> None:
    """Mend the trees of a parsed document, in place."""
    parsed = tree_of(doc)
    for token in doc:
        _reconcile(token)
        if token.text in ("deren", "dessen"):
            _possess(token)
        elif token.text in ("es", "Es") and token.dep_ == "nsubj":
            _free_expletive(token)
    for sentence in list(doc.sents):
        for each in PASSES:
            each.mend(sentence)
    restore_circles(doc, parsed)


_IMPERSONAL = frozenset({"geben", "gehen", "handeln"})


def _free_expletive(es: Token) -> None:
    """ "Es gibt Warnungen", "es geht um Handel", "es handelt sich um Koch": this "es" names nobody."""
    verb = es.head
    led = any(c.dep_ == "case" and c.text == "um" for phrase in verb.children for c in phrase.children)
    if verb.lemma_ in _IMPERSONAL and (verb.lemma_ == "geben" or led):
        es.dep_ = "expl"


_TAGGED = {"NE": "PROPN", "NN": "NOUN"}


def _reconcile(token: Token) -> None:
    """Tag and word class come from two models; where they clash over a noun or name, the tag is the better one."""
    expected = _TAGGED.get(token.tag_)
    if expected is not None and token.pos_ not in ("PROPN", "NOUN", "X"):
        token.pos_ = expected
    if token.pos_ == "AUX" and token.tag_.startswith("VV") and token.dep_ not in ("aux", "aux:pass", "cop"):
        token.pos_ = "VERB"  # "gilt als Erfinder"


def _possess(token: Token) -> None:
    """ "die Firma, deren Chef geht": the relative pronoun in the genitive belongs to the noun behind it."""
    if token.dep_ in ("det", "det:poss"):
        return
    following = token.doc[token.i + 1 : min(token.i + 5, token.sent.end)]
    noun = next((t for t in following if t.pos_ in ("NOUN", "PROPN") or t.tag_.endswith("FIN")), None)
    if noun is not None and noun.pos_ == "NOUN" and noun.head != token:
        token.head, token.dep_ = noun, "det:poss"
