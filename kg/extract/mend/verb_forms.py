"""Syncretism of verb forms: "wird den Antrag beraten" is a future, "wird beraten" a passive.

Each rule changes heads and labels of a UD tree in place and leaves a sound one alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.tree.agreement import DATIVES
from kg.extract.tree.edits import hang, reform, relabel
from kg.language.auxiliaries import PRESENT, PRETERITE, SUBJUNCTIVE_1, SUBJUNCTIVE_2, forms, participle
from kg.language.prepositions import article_of, is_led
from kg.language.verbs import infinitive, particle_before_zu
from kg.reader.tokens import AUXILIARIES, NOUNS, has

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

# werden of a future: its preterite has none, and is always a passive ("wurde beraten").
_FUTURE = forms("werden", PRESENT, SUBJUNCTIVE_1) | forms("werden", SUBJUNCTIVE_2, person=3)
_PASSIVE = forms("werden", PRETERITE)


def read_forms(sentence: Span) -> None:
    """Syncretism: at each participle in -en of a sentence, decide whether it is the infinitive of the same form; at
    each infinitive, whether it is a participle, and which auxiliary and subject it has.
    """
    for token in list(sentence):
        if token.text == "kennen":
            _join_kennen(token)
        if token.tag_ == "VVPP" and token.text.endswith("end"):
            _make_adjective(token)
        elif token.tag_ == "VVPP" and token.text.endswith("n"):
            _make_future(token)
        elif token.tag_ == "VVINF":
            _read_zu_inside(token)
            _make_coordinated_participle(token)
            _make_passive(token)
            _raise_auxiliary(token)
            _free_infinitive(token, sentence)
            _make_finite(token)
        elif token.tag_ in ("ADJD", "NN"):
            _read_as_beside_auxiliary(token)


def _read_zu_inside(infinitive: Token) -> None:
    """Zu-infinitive of a verb with a particle: where the zu stands inside the word, and neither another one nor a modal
    verb beside it: "warf ihm vor, das Haus kaputtzusparen": kaputtzusparen, VVINF → VVIZU
    """
    word = infinitive.text.lower()
    own = word.startswith(("hinzu", "dazu", "herzu")) or word[len(particle_before_zu(word)) + 2 :].startswith("ck")
    helped = any(c.tag_ == "PTKZU" or c.dep_ in AUXILIARIES for c in infinitive.children)
    if particle_before_zu(word) and not own and not helped:
        reform(infinitive, "VVIZU")


def _join_kennen(kennen: Token) -> None:
    """Verb of two verbs: "kennen" below lernen is its particle, and what hangs on it belongs to the whole.

    "Er lernte sie in Ulm kennen": kennen, lernte/xcomp → lernte/compound:prt; sie, kennen/obj → lernte/obj
    """
    verb = kennen.head
    if verb == kennen or not verb.lemma_.startswith("lern"):
        return
    for child in list(kennen.children):
        hang(child, verb)
    reform(kennen, "PTKVZ", pos="ADP", features="")
    relabel(kennen, "compound:prt")


def _raise_auxiliary(infinitive: Token) -> None:
    """Verbal complex: the finite auxiliary belongs to the infinitive that has the subject, not to the complement of it.

    "Er werde dem Haus verbunden bleiben": werde, verbunden/aux → bleiben/aux
    """
    children = list(infinitive.children)
    if not any(c.dep_ == "nsubj" for c in children) or any(c.tag_.endswith("FIN") for c in children):
        return
    for complement in (c for c in children if c.dep_ == "xcomp" and c.i < infinitive.i):
        finite = next((c for c in complement.children if c.dep_ == "aux" and c.tag_ in ("VAFIN", "VMFIN")), None)
        if finite is not None and not any(c.dep_.startswith("nsubj") for c in complement.children):
            hang(finite, infinitive)
            return


def _free_infinitive(verb: Token, sentence: Span) -> None:
    """Free infinitive: a sentence without a finite verb whose root is an infinitive has no subject; whoever the tree
    makes it stands beside it.

    "Lutz vor Derby: auch mal dreckig spielen": Lutz, nsubj → dislocated
    """
    if verb.dep_ not in ("ROOT", "parataxis") or any(t.tag_.endswith("FIN") for t in sentence):
        return
    for subject in [c for c in verb.children if c.dep_ == "nsubj" and has(c, "Number", "Sing")]:
        if not any(c.dep_ == "conj" for c in subject.children):
            relabel(subject, "dislocated")


def _make_adjective(word: Token) -> None:
    """Present participle: it is no past one, and nothing beside it a passive: "werden verheerend sein".

    verheerend, VVPP → ADJD; werden, aux:pass → aux
    """
    reform(word, "ADJD", pos="ADJ", features="")
    for child in word.children:
        if child.dep_ in ("aux:pass", "nsubj:pass"):
            relabel(child, child.dep_.removesuffix(":pass"))


def _read_as_beside_auxiliary(word: Token) -> None:
    """Perfect and predicative: what stands beside haben is a participle, and what is small beside sein no noun.

    "hat sich zur Tat bekannt": bekannt, ADJD → VVPP; "ist pleite": pleite, NN → ADJD
    """
    beside = {child.dep_: child for child in word.children}
    if word.tag_ == "ADJD" and "aux" in beside and beside["aux"].lemma_ == "haben" and "cop" not in beside:
        if participle(infinitive(word.text)) == word.text:
            reform(word, "VVPP", pos="VERB", features="VerbForm=Part")
    elif word.tag_ == "NN" and word.text.islower() and "cop" in beside and not {"det", "amod", "nmod"} & set(beside):
        reform(word, "ADJD", pos="ADJ")


def _make_future(verb: Token) -> None:
    """Future with werden: a participle that looks like its infinitive is one where it has a subject and an object.

    A "subject" with a dative form is none, so that a passive stays one ("Der Stadt wird Geld vergeben"). A conjunct
    without auxiliary follows its first conjunct: "wird Ziele verfehlen und Strecken vergessen".
    "Er wird den Antrag beraten": beraten, VVPP → VVINF; wird, aux:pass → aux; Er → nsubj; Antrag → obj
    """
    children = list(verb.children)
    auxiliaries = [c for c in children if c.dep_ in AUXILIARIES]
    if infinitive(verb.text) != verb.text.lower():
        return
    first = verb.head
    if verb.dep_ == "conj" and not auxiliaries and first.tag_ == "VVINF" and _is_future(first):
        _make_infinitive(verb)  # "wird Ziele verfehlen und Strecken vergessen"
        for child in children:
            if child.dep_ == "nsubj:pass":
                relabel(child, "obj")
        return
    if len(auxiliaries) != 1 or auxiliaries[0].text.lower() not in _FUTURE:
        return
    if participle(verb.text.lower()) != verb.text.lower():  # "Teilnehmen werden Minister aus Ungarn"
        _make_infinitive(verb)
        for word in (c for c in children if c.dep_ in ("aux:pass", "nsubj:pass")):
            relabel(word, word.dep_.removesuffix(":pass"))
        return
    beside = [c for c in children if c.dep_ in ("nsubj", "nsubj:pass", "obj") and not is_led(c)]
    subject = next((c for c in beside if c.dep_ != "obj"), None)
    object = next((c for c in beside if c != subject and c.pos_ in NOUNS), None)
    if object is None or subject is None:
        return
    article = article_of(subject)
    feminine = article == "der" and "Fem" in subject.morph.get("Gender")  # "Der Stadt wird Geld vergeben"
    if feminine or article in DATIVES or subject.text.lower() in ("uns", "ihm", "ihnen", "mir", "dir"):
        return
    _make_infinitive(verb)
    for word, relation in ((auxiliaries[0], "aux"), (subject, "nsubj"), (object, "obj")):
        relabel(word, relation)


def _make_passive(verb: Token) -> None:
    """Passive with wurde: what looks like an infinitive beside the past tense of werden is a participle.

    "Er wurde von einem Bus überfahren": überfahren, VVINF → VVPP; wurde, aux → aux:pass; Er, nsubj → nsubj:pass
    """
    auxiliaries = [c for c in verb.children if c.dep_.startswith("aux")]
    if len(auxiliaries) != 1 or auxiliaries[0].text.lower() not in _PASSIVE:
        return
    reform(verb, "VVPP", features="VerbForm=Part")
    relabel(auxiliaries[0], "aux:pass")
    for child in verb.children:
        if child.dep_ == "nsubj":
            relabel(child, "nsubj:pass")


def _make_coordinated_participle(verb: Token) -> None:
    """Coordination of participles: what looks like an infinitive is one, too, where its conjunct is a participle with
    an infinite auxiliary behind it: "soll ihn überfallen und beraubt haben": überfallen, VVINF → VVPP
    """
    conjunct = next((c for c in verb.rights if c.dep_ == "conj" and c.tag_ == "VVPP"), None)
    closed = conjunct is not None and any(c.tag_ == "VAINF" and c.i > conjunct.i for c in conjunct.children)
    word = verb.text.lower()
    if closed and participle(infinitive(word)) == word:
        reform(verb, "VVPP", features="VerbForm=Part")


def _make_finite(verb: Token) -> None:
    """Coordination in a verb-final clause: behind a participle with its auxiliaries, a conjunct in -n without any is no
    infinitive, but finite: "die beladen werden und nachts fahren": fahren, VVINF → VVFIN
    """
    first = verb.head
    if (
        verb.dep_ != "conj"
        or first.tag_ != "VVPP"
        or any(c.dep_ in AUXILIARIES or c.tag_ == "PTKZU" for c in verb.children)
    ):
        return
    auxiliaries = [c.i for c in first.children if c.dep_ in AUXILIARIES]
    if auxiliaries and first.i < min(auxiliaries) and max(auxiliaries) < verb.i:
        reform(verb, "VVFIN", features="Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin")


def _make_infinitive(verb: Token) -> None:
    """Read a verb as an infinitive (VVINF)."""
    reform(verb, "VVINF", features="VerbForm=Inf")


def _is_future(verb: Token) -> bool:
    """Whether a verb has a form of werden as its auxiliary: "wird verfehlen"."""
    return any(c.dep_.startswith("aux") and c.text.lower() in _FUTURE for c in verb.children)
