"""Verb forms that look like another: "wird den Antrag beraten" is a future, "haben ihre Arbeit verstärkt" a perfect.

Like `repair`, each rule changes heads and labels of a UD tree in place and leaves a sound one alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.prepositions import article_of, is_led
from kg.extract.tokens import NOUNS, has
from kg.extract.verbs import infinitive, words

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

_WERDEN = frozenset({"wird", "werden", "werde", "wirst", "werdet", "würde", "würden"})
_OPENING = frozenset({"APPR", "APPRART", "ART", "PDAT", "PPOSAT", "PIAT"})
_HABEN = frozenset({"hat", "haben", "habe", "hatte", "hatten", "hätte", "hätten"})
_STAYING = ("be", "er", "ver", "ent", "zer")
_DATIVE = frozenset({"dem", "den", "einem", "diesem", "keinem", "seinem", "ihrem", "diesen"})
# Adjectives that look like the participle of a verb with a prefix that stays; "bereit" and "bekannt" are none.
_PARTICIPLE = re.compile(r"(?!bereit|bekannt|bewusst|gewiss|gerecht|verrückt)(?:be|er|ver|ent|zer|ge)\w{3,}(?:t|en)$")


def read_forms(sentence: Sentence) -> None:
    """Mend verbs whose form the tagger took for another."""
    _part_dateline(sentence)
    for token in list(sentence):
        if token.text in ("es", "Es") and token.dep_ == "nsubj":
            _free_correlate(token)
        elif token.tag_ == "KOKOM" and token.text == "als":
            _attach_as(token)
        elif token.text == "noch":
            _pair_neither(token)
        elif token.tag_ == "VVPP" and token.text.endswith("n"):
            _make_future(token)
        elif token.tag_ == "VAPP" and token.text == "geworden":
            _join_become(token)
        elif token.tag_ == "ADJD" and _PARTICIPLE.match(token.text):
            _make_participle(token)


def _part_dateline(sentence: Sentence) -> None:
    """ "Osterode Im Tarifstreit kam es zu Streiks": a place before a word that only opens a sentence is no subject."""
    doc, place = sentence.doc, sentence[0]
    end = place.i + 1
    while end < sentence.end and doc[end].dep_ == "flat" and doc[end].head == place:
        end += 1
    if place.tag_ != "NE" or place.ent_type_ not in ("LOC", "GPE") or end + 1 >= sentence.end:
        return
    opens = doc[end]
    if opens.tag_ not in _OPENING or not opens.text[0].isupper() or opens.text.isupper() or opens.ent_type_:
        return
    verb = place.head
    if not place.dep_.startswith("nsubj") or verb.i < end:
        return
    label, place.dep_ = place.dep_, "dislocated"
    for child in [c for c in place.children if c.i >= end]:
        child.head, child.dep_ = verb, "obl" if is_led(child) else label if child.dep_ != "punct" else child.dep_
    if not any(c.dep_.startswith(("nsubj", "expl")) for c in verb.children):
        subject = next((c for c in verb.children if c.dep_ == "obj" and not is_led(c)), None)
        if subject is not None:
            subject.dep_ = "nsubj"


def _free_correlate(es: Token) -> None:
    """ "es macht Sinn, das Recht umzusetzen": "es" only stands for the infinitive, and acts in neither clause."""
    verb = es.head
    if infinitive(verb.text, verb.lemma_) not in words("correlating"):
        return
    for child in verb.rights:
        to = child.tag_ == "VVIZU" or any(c.tag_ == "PTKZU" for c in child.children)
        apart = any(t.text == "," for t in verb.doc[max(verb.i, child.left_edge.i - 1) : child.left_edge.i + 1])
        if to and apart and child.dep_ in ("xcomp", "ccomp", "csubj", "advcl"):
            es.dep_ = "expl"


def _attach_as(als: Token) -> None:
    """ "Die Nutzung als Büro oder Lager ist neu": between noun and verb, "als" without a comparative says how."""
    noun = als.head
    behind = als.doc[noun.right_edge.i + 1] if noun.right_edge.i + 1 < als.sent.end else noun
    if not behind.tag_.endswith("FIN") or not noun.head.dep_.startswith("nsubj"):
        return
    if noun.dep_ != "conj" or als.i == als.sent.start or noun.head != als.nbor(-1) or noun.pos_ not in NOUNS:
        return
    if not any(c.text.lower() in ("mehr", "weniger") or has(c, "Degree", "Cmp") for c in noun.head.children):
        noun.dep_, als.dep_ = "nmod", "case"


def _make_future(verb: Token) -> None:
    """ "wird den Antrag beraten": a participle that looks like its infinitive is one where it has an accusative."""
    children = list(verb.children)
    auxiliaries = [c for c in children if c.dep_ in ("aux", "aux:pass")]
    if infinitive(verb.text) != verb.text.lower():
        return
    first = verb.head
    if verb.dep_ == "conj" and not auxiliaries and first.tag_ == "VVINF" and _is_future(first):
        _make_infinitive(verb)  # "wird Ziele verfehlen und Strecken vergessen"
        for child in children:
            child.dep_ = "obj" if child.dep_ == "nsubj:pass" else child.dep_
        return
    if len(auxiliaries) != 1 or auxiliaries[0].text.lower() not in _WERDEN:
        return
    beside = [c for c in children if c.dep_ in ("nsubj", "nsubj:pass", "obj") and not is_led(c)]
    subject = next((c for c in beside if c.dep_ != "obj"), None)
    object = next((c for c in beside if c != subject and c.pos_ in NOUNS), None)
    if object is None or subject is None:
        return
    article = article_of(subject)
    feminine = article == "der" and "Fem" in subject.morph.get("Gender")  # "Der Stadt wird Geld vergeben"
    if feminine or article in _DATIVE or subject.text.lower() in ("uns", "ihm", "ihnen", "mir", "dir"):
        return
    _make_infinitive(verb)
    auxiliaries[0].dep_, subject.dep_, object.dep_ = "aux", "nsubj", "obj"


def _make_infinitive(verb: Token) -> None:
    verb.tag_ = "VVINF"
    verb.set_morph("VerbForm=Inf")


def _is_future(verb: Token) -> bool:
    return any(c.dep_.startswith("aux") and c.text.lower() in _WERDEN for c in verb.children)


def _make_participle(word: Token) -> None:
    """ "haben ihre Zusammenarbeit verstärkt": what ends a clause with haben and an object is a participle."""
    following = word.nbor() if word.i + 1 < len(word.doc) else word
    if following != word and not following.is_punct and following.text not in ("und", "oder"):
        return
    above = word.head
    own = any(c.dep_ == "aux" and c.text.lower() in _HABEN for c in word.children)
    if word.dep_ == "conj" and above.tag_ == "VVPP" and not own:
        own = any(c.dep_ == "aux" and c.text.lower() in _HABEN for c in above.children)
        for child in (c for c in word.children if own and c.dep_ == "nsubj"):
            child.dep_ = "obj"  # "haben A erhöht und B verstärkt"
    hangs = word.dep_ == "xcomp" or (word.dep_ == "advmod" and infinitive(word.text).startswith(_STAYING))
    below = hangs and above.text.lower() in _HABEN and above.tag_ == "VAFIN" and above.i < word.i
    beside = (*word.children, *(above.children if below else ()))
    if not any(c.dep_ == "obj" for c in beside) or not (own or below):
        return
    word.tag_, word.pos_ = "VVPP", "VERB"
    word.set_morph("VerbForm=Part")
    if below:
        _raise(word)
        above.dep_, above.pos_ = "aux", "AUX"


def _raise(word: Token) -> None:
    """Put a word in the place of the one above it, with all that hangs there."""
    above = word.head
    head, label = (word, "ROOT") if above.dep_ == "ROOT" else (above.head, above.dep_)
    word.head, word.dep_ = head, label
    for child in [c for c in above.children if c != word]:
        child.head = word
    above.head = word


def _join_become(become: Token) -> None:
    """ "Müller ist Mitglied geworden": who became something is not said to be it, and "ist" only helps."""
    role = next((c for c in become.children if c.dep_.startswith("nsubj") and c.i < become.i), None)
    copula = next((c for c in role.children if c.dep_ == "cop"), None) if role is not None else None
    if role is None or copula is None or not any(c.dep_.startswith("nsubj") for c in role.children):
        return
    _raise(role)
    become.dep_, become.pos_, copula.dep_ = "cop", "AUX", "aux"
    become.lemma_ = "werden"


def _pair_neither(noch: Token) -> None:
    """ "hat weder A erworben noch B absolviert": two participles share what stands before "weder"."""
    doc, start, end = noch.doc, noch.sent.start, noch.sent.end
    weder = next((t for t in reversed(doc[start : noch.i]) if t.text.lower() == "weder"), None)
    first = noch.nbor(-1) if noch.i > start else noch
    behind = doc[noch.i + 1 : end]
    second = next((t for t in behind if t.is_punct or t.tag_.startswith(("VV", "VA", "VM", "KON"))), None)
    if weder is None or second is None or second.tag_ not in ("VVPP", "VVINF") or not first.tag_.startswith("VV"):
        return
    if first.i < weder.i or {first, second}.isdisjoint({first.head, second.head, *first.ancestors, *second.ancestors}):
        return
    if second in first.ancestors:
        head, label = (first, "ROOT") if second.dep_ == "ROOT" else (second.head, second.dep_)
        first.head, first.dep_ = head, label
    second.head, second.dep_ = first, "conj"
    first.tag_, first.pos_ = second.tag_, "VERB"
    first.set_morph(str(second.morph))
    for child in [c for c in (*first.children, *second.children) if c != second]:
        child.head = first if child.i < noch.i else second
    weder.head, weder.dep_, weder.tag_, weder.pos_ = first, "advmod", "ADV", "ADV"
    noch.head, noch.dep_ = second, "advmod"
    _tell_subject([c for c in first.children if weder.i < c.i < first.i], first, weder)
    _tell_subject([c for c in second.children if noch.i < c.i < second.i], first, weder)


def _tell_subject(between: list[Token], verb: Token, weder: Token) -> None:
    """What stands between "weder" and its verb is no subject where one stands before."""
    before = any(c.dep_.startswith("nsubj") and c.i < weder.i for c in verb.children)
    for child in between if before else ():
        child.dep_ = "obj" if child.dep_.startswith("nsubj") else child.dep_
