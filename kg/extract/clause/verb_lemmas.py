"""What a verb is called with all that belongs to it: "lief … aus" is auslaufen, "gab bekannt" bekanntgeben.

Separable particles, words written apart, and the adjective that says what an object is made: "macht möglich".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.tree.arguments import REFLEXIVES, is_finite, is_reflexive
from kg.extract.tree.particles import closes_circumposition
from kg.language.auxiliaries import CAUSATIVE, PERFECT, SUBJUNCTIVE_2, is_form_of, participle
from kg.language.verbs import infinitive, is_particle_verb, particle_before_zu, without_zu
from kg.language.verbs import words as verb_class
from kg.reader.tokens import opens_sentence

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_modal_infinitive(auxiliary: Token, verb: Token) -> bool:
    """Modal infinitive: finite haben or sein, and the verb an infinitive with zu: "ist zu tragen"."""
    led = verb.tag_ == "VVIZU" or any(c.tag_ == "PTKZU" and c.i == verb.i - 1 for c in verb.children)
    return auxiliary.tag_ == "VAFIN" and auxiliary.lemma_ in PERFECT and led


def participle_of_modal(verb: Token) -> str:
    """What a modal infinitive with sein says shall or can be done: "ist einzuordnen" → eingeordnet."""
    word = verb.text.lower()
    particle = particle_before_zu(word)
    return particle + participle(word[len(particle) + 2 :] if particle else word)


def lemma_of(token: Token, particle: Token | None, copula: Token | None, apart: Token | None) -> str:
    """The name of a verb: its infinitive with particle or word apart ("lief … aus" → auslaufen, "gab bekannt" →
    bekanntgeben), with "lassen" if that is its auxiliary, or "zu tun haben"; of a copular clause "sein" or "werden".

    Homonyms are told apart by their auxiliary: "haben … gehört" is hören, "ist geraten" geraten. "möchte" as a full
    verb is wollen, for who "möchte zurück" need not like it.
    """
    if copula is not None:
        return "werden" if copula.lemma_ == "werden" else "sein"
    bare = without_zu(token.text) if _is_infinitive_with_zu(token) else token.text
    lemma = infinitive(bare, token.lemma_ if bare == token.text else bare)
    if lemma == "mögen" and is_form_of(token.text, "mögen", SUBJUNCTIVE_2):
        lemma = "wollen"
    advised = any(c.lemma_ in ("haben", "werden") for c in token.children) and token.tag_ == "VVPP"
    if token.text.lower() == "geraten" and not advised:
        lemma = "geraten"  # "außer Kontrolle geraten ist", "geraten in Not", no advice
    if token.text.lower() in ("gestanden", "eingestanden", "zugestanden") and _is_of_gestehen(token):
        lemma = f"{token.text.lower().removesuffix('gestanden')}gestehen"
    if particle is not None and not lemma.startswith(particle.text.lower()) and _may_take_particle(particle, lemma):
        lemma = particle.text.lower() + lemma
    if any(c.dep_ == "aux" and c.text.lower().startswith(CAUSATIVE) for c in token.children):
        lemma += " lassen"  # who has something done does not do it
    if lemma == "gehören" and any(c.lemma_ == "haben" for c in token.children) and not _is_of_gehoeren(token):
        lemma = "hören"  # "haben wir nichts gehört"
    if lemma == "tun" and any(c.lemma_ == "haben" and is_modal_infinitive(c, token) for c in token.children):
        return "zu tun haben"
    if apart is not None and apart == particle:
        return lemma
    if oneself := reflexive_phrase(token):
        return f"{oneself[0].text.lower()} sich {lemma}"
    return f"{apart.text}{'' if _is_written_apart(apart, token) else ' '}{lemma}" if apart is not None else lemma


def reflexive_phrase(verb: Token) -> tuple[Token, Token] | tuple[()]:
    """Idiom with a reflexive behind a preposition: both words, where they are one predicate with the verb (`oneself` of
    verbs.toml): für, sich in "hat das Spiel für sich entschieden", not in "sprach mit sich". None is ().
    """
    for child in verb.children:
        case = next((c for c in child.children if c.dep_ == "case"), None)
        if case is None or child.text.lower() not in REFLEXIVES or case.i + 1 != child.i:
            continue
        if f"{case.text.lower()} sich {infinitive(verb.text, verb.lemma_)}" in verb_class("oneself"):
            return case, child
    return ()


_ENDING = re.compile(r"e[rnsm]?$")


def participle_of(verb: Token) -> str:
    """A participle as a predicate has it, in lower case, before a noun without its ending: "gegründete" → gegründet."""
    word = verb.text.lower()
    return _ENDING.sub("", word) if verb.tag_ == "ADJA" else word


def _is_infinitive_with_zu(verb: Token) -> bool:
    """Zu-infinitive of a separable verb, by its tag, or by its form where the tag says infinitive: "überzuleiten".

    Of "hinzufügen", "dazulernen" the zu belongs to the particle.
    """
    own = verb.text.lower().startswith(("hinzu", "dazu", "herzu"))
    return verb.tag_ == "VVIZU" or (verb.tag_ == "VVINF" and not own)


# Prefixes that stay on their verb, and the particles that verbs with one may take all the same: "erkennt an".
_INSEPARABLE_PREFIXES = ("be", "er", "ver", "ent", "zer", "hinter", "miss")
_PARTICLES_BEFORE_PREFIX = frozenset("an vor ab mit zu nach wieder weiter zurück heim um aus ein frei hinzu".split())


def _may_take_particle(particle: Token, lemma: str) -> bool:
    """Whether a verb can have a particle: "erkennt an", not "hinterlässt hinein".

    Not one with an inseparable prefix, unless it is short or the particle is one of `_PARTICLES_BEFORE_PREFIX`; beside
    such a verb "wieder" is an adverb ("verließen die Stadt wieder"). Not one with "über" or "unter" ("überzeugen"), nor
    one that has its own particle: "einnehmen", "einführen".
    """
    word = particle.text.lower()
    if is_particle_verb(lemma):
        return False
    if not lemma.startswith(_INSEPARABLE_PREFIXES) or len(lemma) < 7:
        return True
    return word in _PARTICLES_BEFORE_PREFIX and not (word == "wieder" and not lemma.startswith("er"))


def _is_of_gestehen(verb: Token) -> bool:
    """gestehen, not stehen: finite ("die Täter gestanden"), in the passive with werden, or with an object or a clause:
    "hat den Fehler eingestanden", not "ist für ihn eingestanden".
    """
    if verb.tag_ == "VVFIN":
        return True
    told = any(c.dep_ in ("obj", "ccomp", "nsubj:pass") for c in verb.children)
    return told and verb.text.lower() != "gestanden"


def _is_of_gehoeren(verb: Token) -> bool:
    """gehören, not hören: a phrase with "zu" below the verb and no object: "hat zu Polen gehört"."""
    led = (d.text.lower() for c in verb.children for d in c.children if d.dep_ == "case")
    return any(word in ("zu", "zum", "zur") for word in led) and not any(c.dep_ == "obj" for c in verb.children)


# Tags of words that a verb may have apart from it, with pronominal adverbs (PAV, PROAV): "stimmten dagegen".
_APART = ("ADJD", "PTKVZ", "ADV", "VVPP", "PAV", "PROAV")


def part_apart(verb: Token) -> Token | None:
    """Verb component that stands apart: an adjective, adverb or particle of a verb that is `written_apart`, else the
    adjective of a resultative that is no predicative: bekannt in "gab bekannt", aufmerksam beside "machen".
    """
    whole = (c for c in verb.children if c.tag_ in _APART and _is_written_apart(c, verb) and not _is_contrast(c))
    found = next(whole, None) or _resultative_adjective(verb)
    return None if found is not None and _is_predicative(found, verb) else found


def _is_contrast(word: Token) -> bool:
    """Connector: "dagegen" that sets a sentence against the one before, beside a phrase with "von" that says of what
    the verb tells: "Reuters spricht dagegen von zehn Toten".
    """
    after = word.doc[word.i + 1] if word.i + 1 < len(word.doc) else word
    return word.text.lower() == "dagegen" and after.text.lower() in ("von", "vom")


def resultative(verb: Token) -> Token | None:
    """Resultative: the adjective that says what an object is made or found: sicher in "macht die Straße sicher"."""
    found = _resultative_adjective(verb)
    return found if found is not None and _is_predicative(found, verb) else None


def _is_predicative(word: Token, verb: Token) -> bool:
    """Object predicative: an adjective beside a verb without "sich", unless both are one ("aufmerksam machen")."""
    reflexive = any(is_reflexive(c) for c in verb.children)
    return word.tag_ == "ADJD" and not _is_written_apart(word, verb) and not reflexive and word.text != "aufmerksam"


def _is_written_apart(first: Token, verb: Token) -> bool:
    """Whether a word and a verb are one of the pairs of `written_apart`: "bekannt geben"."""
    return f"{first.text} {infinitive(verb.text, verb.lemma_)}" in verb_class("written_apart")


def _resultative_adjective(verb: Token) -> Token | None:
    """Object predicative of a resultative verb: an adjective at the end of the clause or before the verb, behind its
    object or in "sich … machen", without "für" or "als": möglich in "macht den Verkehr möglich". None for none.
    """
    if infinitive(verb.text, verb.lemma_) not in verb_class("resultative"):
        return None
    objects = [c.i for c in verb.children if c.dep_ == "obj" and not is_behind_preposition(c) and not is_reflexive(c)]
    for child in verb.children:
        follows = child.doc[child.i + 1] if child.i + 1 < len(child.doc) else child
        ends = follows == verb or follows.is_punct or follows.tag_ == "PTKZU"
        if any(c.text.lower() in ("für", "als") for c in child.children):
            continue
        oneself = verb.lemma_ == "machen" and any(is_reflexive(c) for c in verb.children)  # "sich unabhängig machen"
        known = (objects and objects[0] < child.i) or child.text == "aufmerksam" or oneself
        if child.tag_ == "ADJD" and child.dep_ in ("advmod", "xcomp") and known and ends:
            return child
    return None


def is_behind_preposition(token: Token) -> bool:
    """Prepositional phrase, which is no subject: a preposition leads it, or "statt" stands before it. "über", "unter",
    "bis", "um" and "rund" do not count, for they lead numbers: "über 100 Gäste".
    """
    edge = token.left_edge
    if not opens_sentence(edge) and edge.nbor(-1).text.lower() in ("statt", "anstatt"):
        return True
    return any(
        c.dep_ == "case" and c.text.lower() not in ("über", "unter", "bis", "um", "rund") for c in token.children
    )


def last_particle(verb: Token) -> Token | None:
    """Separated particle at the end of the sentence, whatever the parser made of it: a particle or preposition below a
    finite verb with only marks behind: "wiegelten … ab". None for none.
    """
    if not is_finite(verb):
        return None
    below = (c for c in verb.rights if c.tag_ in ("PTKVZ", "APPR") and not c.is_punct)
    last = max(below, key=lambda c: c.i, default=None)
    if last is None or (closes_circumposition(last) and verb.lemma_ != "gehen"):  # "geht von Kosten aus"
        return None
    if not all(t.is_punct for t in verb.doc[last.i + 1 : last.sent.end]):
        return None
    return last
