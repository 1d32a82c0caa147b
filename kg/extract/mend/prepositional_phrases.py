"""PP attachment (PP-Anbindung): "mit Duisburg" is an attribute in "So läuft die Kooperation mit Duisburg".

With whom is part of the Kooperation, not of how it runs. Each rule changes heads and labels of a UD tree in place and
leaves a sound one alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.tree.edits import hang, relabel
from kg.language.nouns import is_person, noun_list
from kg.language.prepositions import article_of, governed_by, is_led, uncontracted, verbs_asking
from kg.language.verbs import infinitive, words
from kg.reader.tokens import FLAT, NOUNS, PLACES, VERBS, has, infinitive_with_particle, opens_sentence

if TYPE_CHECKING:
    from spacy.tokens import Span, Token


def attach(sentence: Span) -> None:
    """PP attachment: at each preposition of a sentence, hang its phrase on the noun whose attribute it is, or on the
    verb that asks for it.

    "Nun läuft die Kooperation mit Duisburg": Duisburg, läuft/obl → Kooperation/nmod
    """
    for token in list(sentence):
        _lead_in_participle_phrase(token)
        _return_to_noun(token)
        if token.dep_ == "case":
            _lead_whole_phrase(token)
            _lead_whole_name(token)
            _part_from_comitative(token)
            _mend_crossing(token)
            _attach_to_noun(token)
            _attach_amount(token)
            _return_to_verb(token)


def _lead_in_participle_phrase(word: Token) -> None:
    """Participle phrase: a preposition that was read as its conjunction leads the noun right behind it.

    "Vom Landgericht verurteilt, floh er": Vom, verurteilt/mark → Landgericht/case; Landgericht, nsubj → obl:agent
    """
    verb = word.head
    if word.dep_ != "mark" or word.tag_ not in ("APPR", "APPRART") or verb.tag_ != "VVPP":
        return
    noun = next((c for c in verb.children if c.pos_ in NOUNS and word.i < c.i and c.left_edge.i == word.i + 1), None)
    if noun is None or is_led(noun):
        return
    hang(word, noun, "case")
    if noun.dep_.startswith("nsubj"):
        relabel(noun, "obl:agent" if uncontracted(word.text) in ("von", "durch") else "obl")


def _return_to_noun(attribute: Token) -> None:
    """Participial attribute: an inflected adjective that hangs on a verb belongs to the noun or name right behind it.

    "Der vom Gericht verurteilte Kern floh": verurteilte, floh/amod → Kern/amod
    """
    if attribute.tag_ != "ADJA" or attribute.dep_ != "amod" or attribute.head.pos_ not in VERBS:
        return
    noun = attribute.nbor() if attribute.i + 1 < attribute.sent.end else attribute
    if noun.pos_ in NOUNS and noun.head == attribute.head:
        hang(attribute, noun)


def _lead_whole_phrase(case: Token) -> None:
    """Extended attribute: a preposition leads the noun, not the adverbial adjective of the attribute before it.

    "ans neu gegründete Institut": ans, neu/case → Institut/case
    """
    adverb, attribute = case.head, case.head.head
    noun = attribute.head
    extended = adverb.tag_ == "ADJD" and attribute.tag_ == "ADJA" and case.i + 2 == adverb.i + 1 == attribute.i
    if extended and noun.pos_ in NOUNS and noun.i > attribute.i and not is_led(noun):
        hang(case, noun)


def _lead_whole_name(case: Token) -> None:
    """Name of several words: a preposition before its first word leads the word of the name that the others hang on.

    "das Derby gegen TuS Wriedel": gegen, TuS/case → Wriedel/case
    """
    word, head = case.head, case.head.head
    inside = word.doc[word.i + 1 : head.i + 1]
    one = word.ent_type_ != "" and all(t.ent_iob_ == "I" and t.ent_type_ == word.ent_type_ for t in inside)
    if one and case.i + 1 == word.i < head.i and not is_led(head):
        hang(case, head)


def _part_from_comitative(case: Token) -> None:
    """Comitative: what "gemeinsam mit" leads takes part in what the verb says, so it hangs on the verb.

    "Gemeinsam mit der Stadt baut sie …": Stadt, Gemeinsam/obl → baut/obl
    """
    phrase, adverb = case.head, case.head.head
    comitative = adverb.text.lower() in ("gemeinsam", "zusammen") and case.text == "mit" and adverb.i + 1 == case.i
    if comitative and adverb.head.pos_ in VERBS and adverb.dep_ in ("advmod", "obl"):
        hang(phrase, adverb.head, "obl")


def _mend_crossing(case: Token) -> None:
    """Crossing attribute: where a word between a noun and its nmod hangs outside the two, another noun is its head.

    The phrase is hung on the noun or name right before its preposition (for a last name, on the head of that name).
    "Für die Cloud werden keine Teile von Huawei benutzt": Huawei, Cloud/nmod → Teile/nmod
    """
    phrase, noun = case.head, case.head.head
    if phrase.dep_ != "nmod" or noun.i >= case.i or opens_sentence(case):
        return
    before = case.nbor(-1)
    if before.dep_ in FLAT:
        before = before.head
    between = phrase.doc[noun.i + 1 : case.i]
    crossed = any(not noun.i <= t.head.i <= phrase.i for t in between)
    if crossed and before.pos_ in NOUNS and before != phrase:
        hang(phrase, before)


def _attach_amount(case: Token) -> None:
    """Amount as attribute: "um" and a number right behind the object of a verb of reaching (`attaining`) say how much
    that is; behind a verb of change they say by how much: "senkt Preise um 5 Prozent".

    "Die Quote erreicht Werte um 25 Prozent": Prozent, erreicht/obl → Werte/nmod
    """
    phrase, verb = case.head, case.head.head
    known = case.text.lower() == "um" and phrase.dep_.startswith("obl") and not opens_sentence(case)
    if not known or infinitive(verb.text, verb.lemma_) not in words("attaining"):
        return
    noun, counted = case.nbor(-1), phrase.like_num or any(c.dep_ == "nummod" for c in phrase.children)
    if counted and noun.pos_ == "NOUN" and noun.head == verb and noun.dep_ == "obj":
        hang(phrase, noun, "nmod")


# Indefinites with a partitive "von": "viele von ihnen", not "vor allem von Kontakten" or "man von Kontakten".
_PARTITIVES = frozenset(
    "viele einige manche keiner keine jeder jede wenige mehrere einer eine eines andere beide".split()
)


def _attach_to_noun(case: Token) -> None:
    """PP attachment: an oblique right behind a noun, or behind its genitive, becomes its nmod if both have one head.

    The noun governs the preposition and is a subject, or an object or prepositional phrase before its verb: "Angriffe
    auf das Haus abwehren", but "richtet Fragen an die Stadt". Without government: partitive "viele von ihnen", measure
    "Kinder im Alter von …", origin "die Firma aus Hof", "die Rente mit 67", local attributes, "von" for a genitive.
    """
    phrase = case.head
    if opens_sentence(case) or not phrase.dep_.startswith("obl"):
        return
    before = case.nbor(-1)
    if case.text == "von" and phrase.head == before.head and before.text.lower() in _PARTITIVES:
        hang(phrase, before, "nmod")  # "Viele von ihnen"
        return
    whole = before.head
    if before.dep_ == "nmod" and whole.pos_ == "NOUN" and whole.i < before.i and not is_led(before):
        before = whole  # "die Einwirkung des Koffeins auf das Gehirn"
    if phrase.head != before.head:
        return
    after = phrase.nbor() if phrase.i + 1 < len(phrase.doc) else phrase
    numbered = phrase.tag_ == "CARD" and case.text == "mit" and after.is_punct  # "die Rente mit 67", not "mit 47 zu 38"
    if numbered or _is_local_attribute(case, before) or _is_genitive_by_von(case, before):
        hang(phrase, before, "nmod")
        return
    if before.pos_ != "NOUN":
        return
    dimension = phrase.text in noun_list("dimensions") and case.text == "im"
    if dimension and any(c.dep_ == "nmod" and is_led(c) for c in phrase.children):
        hang(phrase, before, "nmod")
        return
    subject = before.dep_.startswith("nsubj")
    object = before.dep_.startswith("obj") and phrase.i < before.head.i
    object = object or (before.dep_.startswith("obl") and phrase.i < before.head.i and is_led(before))
    fixed = case.text == "zum" and phrase.text.endswith("en")  # "kam der Kontakt zum Erliegen"
    origin = case.text == "aus" and phrase.ent_type_ in PLACES  # "die Firma aus Osnabrück"
    if (subject or object) and origin and article_of(before):
        hang(phrase, before, "nmod")
        return
    if (subject or object) and not fixed and case.text.lower() in governed_by(before.text, before.lemma_):
        hang(phrase, before, "nmod")


# Prepositions of local adverbials, and those with which a local attribute says where such a place lies.
_LOCAL = frozenset("in im ins an am auf aus bei beim vor vom".split())
_STATIC = frozenset("in im an am bei".split())


def _is_local_attribute(case: Token, noun: Token) -> bool:
    """Local attribute: whether a place name with in, im, an, am or bei says where the noun right before it lies.

    The noun is an oblique with an article and a preposition of place, and no noun of time; the place name has no
    accusative article, which would be a direction. "aus einem Gefängnis in Hof", "in die Hallen am Rhein"
    """
    phrase = case.head
    if case.text not in _STATIC or case.i != noun.i + 1 or not noun.dep_.startswith("obl") or noun.pos_ != "NOUN":
        return False
    if noun.text.lower() in words("times"):
        return False
    named = phrase.ent_type_ in PLACES or any(c.ent_type_ in PLACES and c.dep_ == "appos" for c in phrase.children)
    moving = any(c.dep_ == "det" and c.text.lower() in ("die", "das", "den") for c in phrase.children)
    led = next((c for c in noun.children if c.dep_ == "case"), None)
    if not named or (moving and case.text not in ("im", "am")) or led is None or led.text.lower() not in _LOCAL:
        return False
    return led.tag_ == "APPRART" or any(c.dep_.startswith("det") for c in noun.children)


def _is_genitive_by_von(case: Token, noun: Token) -> bool:
    """Genitive by "von": whether a plural without article, which cannot show a genitive, has "von" right behind a noun.

    The noun is a subject, an object or an oblique; persons and names are out (they may be agents), and so are verbs
    with a "von" of their own ("befreite Städte von Ratten"). "Das Auftreten von Varianten beginnt."
    """
    phrase = case.head
    if case.text != "von" or noun.pos_ != "NOUN" or case.i != noun.i + 1:
        return False
    verb = phrase.head
    if phrase.pos_ != "NOUN" or phrase.ent_type_ or noun.dep_.split(":")[0] not in ("nsubj", "obj", "obl"):
        return False
    bare = has(phrase, "Number", "Plur") and not any(c.dep_.startswith("det") for c in phrase.children)
    return bare and not is_person(phrase.text) and infinitive(verb.text, verb.lemma_) not in words("parting")


def _return_to_verb(case: Token) -> None:
    """PP attachment: an nmod whose preposition the verb asks for, on a noun with a preposition or behind the finite
    verb, is the verb's own, if the verb has no such phrase yet and the nmod is no place name.

    "wurden durch die Feuerwehr aus dem Wrack befreit": Wrack, Feuerwehr/nmod → befreit/obl
    """
    phrase, noun = case.head, case.head.head
    verb = noun.head
    if (
        phrase.dep_ != "nmod"
        or noun.dep_.split(":")[0] not in ("obl", "nsubj")
        or verb.pos_ != "VERB"
        or case.i < noun.i
    ):
        return
    preposition = uncontracted(case.text.lower())
    asked = infinitive_with_particle(verb) in verbs_asking(preposition)
    has_own = any(
        c.dep_ == "case" and uncontracted(c.text.lower()) == preposition for o in verb.children for c in o.lefts
    )
    led = is_led(noun) or (noun.i > verb.i and noun.dep_.startswith("nsubj"))
    if asked and led and not has_own and phrase.ent_type_ not in PLACES:
        hang(phrase, verb, "obl")
