"""The field before the finite verb: German main clauses have one constituent there, and one alone.

"Die Grünen im Kreistag fordern …": "im Kreistag" stands before the verb with the subject, so it belongs to it, however
a small parser hangs it. "Der Klub, sagte der Manager, brauche einen Stürmer": the frame stands inside what it quotes.
Like `repair`, each rule changes heads and labels of a UD tree in place and leaves a sound one alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.prepositions import is_led
from kg.extract.tokens import NOUNS
from kg.extract.verbs import infinitive, words

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

_SECOND = ("ROOT", "conj", "parataxis", "ccomp")


def order_fields(sentence: Sentence) -> None:
    """Mend what stands before, around and behind the finite verb of a main clause."""
    for finite in list(sentence):
        if not finite.tag_.endswith("FIN"):
            continue
        verb = finite.head if finite.dep_ in ("aux", "aux:pass", "cop") else finite
        helping = [c for c in verb.children if c != finite and c.dep_.startswith("aux") and c.tag_.endswith("FIN")]
        if helping and (finite == verb or helping[0].i < finite.i):
            continue  # an infinitive that looks finite: "sollen im Trend liegen", "soll beliefert werden können"
        if verb.dep_ in _SECOND and not _is_subordinate(verb, finite):
            _join_before(verb, finite)
            _join_apposition(verb, finite)
            _part_behind(verb, finite)
            _subject_of_quoted(verb, finite)
        if finite == verb:
            _lift_frame(finite)


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
            phrase.head, phrase.dep_ = first, "nmod"


def _join_apposition(verb: Token, finite: Token) -> None:
    """ "Die Bank, die größte der Stadt, hat …": of two nouns before the verb, that in commas says what the first is."""
    labels = ("nsubj", "nsubj:pass", "obj")
    for noun in [c for c in verb.children if c.i < finite.i and c.dep_.startswith("nsubj") and c.pos_ in NOUNS]:
        named = next((c for c in noun.children if c.dep_ == "nsubj" and c.pos_ in NOUNS and c.i < noun.i), None)
        copula = any(c.dep_ == "cop" for c in noun.children)
        if named is not None and not copula and any(t.text == "," for t in verb.doc[named.i : noun.i]):
            named.head, named.dep_ = verb, noun.dep_
            noun.head, noun.dep_ = named, "appos"
            return
    before = sorted(c for c in verb.children if c.i < finite.i and c.dep_ in labels and c.pos_ in NOUNS)
    if len(before) != 2 or any(is_led(c) for c in before):
        return
    first, second = before
    doc, edge = verb.doc, second.left_edge.i
    edge += doc[edge].text == ","
    opened = doc[edge - 1].text == "," and not any(t.is_punct for t in doc[first.right_edge.i + 1 : edge - 1])
    if not opened or doc[finite.i - 1].text != "," or first.left_edge.i > doc[edge].sent.start + 1:
        return
    if any(c.dep_.startswith(("nsubj", "obj")) and c.i > finite.i for c in verb.children if c.dep_ == second.dep_):
        return
    label = next((c.dep_ for c in before if c.dep_.startswith("nsubj")), first.dep_)
    second.head, second.dep_, first.dep_ = first, "appos", label


def _part_behind(verb: Token, finite: Token) -> None:
    """ "Solche Projekte liegen im Trend": a phrase behind the verb is no part of the subject before it."""
    subject = next((c for c in verb.children if c.dep_.startswith("nsubj") and c.i < finite.i), None)
    for phrase in list(subject.children) if subject is not None else ():
        if phrase.dep_ == "nmod" and phrase.i > finite.i and is_led(phrase):
            phrase.head, phrase.dep_ = verb, "obl"


def _subject_of_quoted(verb: Token, finite: Token) -> None:
    """ "erklärte, die Insel werde den Strand verlieren": the first of two objects is the subject that is missing."""
    children = list(verb.children)
    if verb.dep_ != "ccomp" or any(c.dep_.startswith(("nsubj", "csubj", "expl")) for c in children):
        return
    objects = [c for c in children if c.dep_ == "obj" and c.pos_ in (*NOUNS, "PRON")]
    if objects and objects[0].i < finite.i and (len(objects) > 1 or verb != finite):
        objects[0].dep_ = "nsubj"


def _lift_frame(frame: Token) -> None:
    """ "Der Klub, sagte der Manager, brauche einen Stürmer": who acts stands before the frame, who speaks inside it."""
    if infinitive(frame.text, frame.lemma_) not in words("saying"):
        return
    doc, start, end = frame.doc, frame.sent.start, frame.sent.end
    opened = next((i for i in range(frame.i - 1, start, -1) if doc[i].is_punct), 0)
    closed = next((i for i in range(frame.i + 1, end) if doc[i].text == ","), 0)
    quoted = next((t for t in frame.children if t.dep_ in ("ccomp", "parataxis", "conj") and t.i > closed), None)
    if not opened or opened != frame.i - 1 or doc[opened].text != "," or not closed or quoted is None:
        return
    acting = next((c for c in frame.children if c.dep_ == "nsubj" and c.i < opened), None)
    speaker = next((c for c in frame.children if frame.i < c.i < closed and c.dep_ in ("obj", "nsubj")), None)
    if acting is None or speaker is None or any(c.dep_ == "mark" for c in quoted.children):
        return
    subjects = [c for c in quoted.children if c.dep_ == "nsubj"]
    whole = bool(subjects) and any(c.dep_ == "obj" for c in quoted.children)
    if whole or any(c.pos_ not in NOUNS or c.left_edge.i < closed + 2 for c in subjects):
        return  # "Der Klub, sagte Meier, er habe gewonnen"
    for told in subjects:
        told.dep_ = "obj"  # "Der Klub, sagte Meier, habe Alstom gekauft"
    acting.head, speaker.dep_ = quoted, "nsubj"
