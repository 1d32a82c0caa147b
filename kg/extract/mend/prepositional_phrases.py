"""PP attachment (PP-Anbindung): "mit Duisburg" is an attribute in "So läuft die Kooperation mit Duisburg".

With whom is part of the Kooperation, not of how it runs. Each rule changes heads and labels of a UD tree in place and
leaves a sound one alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.tree.edits import hang, relabel
from kg.language.nouns import is_part_of_day, is_person, noun_list
from kg.language.prepositions import article_of, governed_by, is_led, uncontracted, verbs_asking
from kg.language.thematic_roles import verbs_with_role
from kg.language.verbs import infinitive, is_of_what_is_to_be, words
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
            _return_agent(token)
            _return_date_or_score(token)
            _attach_effective_date(token)
            _close_phrase(token)
            _attach_to_adverb(token)


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

    Without government: partitive "viele von ihnen", measure "Kinder im Alter von …", "die Rente mit 67", what a thing
    has ("das Haus mit acht Betten"), local attributes, "von" for a genitive. Else see `_governs`.
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
    local = _is_local_attribute(case, before) or _is_genitive_by_von(case, before)
    if local or _is_measure(case) or _is_counted_part(case, before) or _governs(before, case):
        hang(phrase, before, "nmod")


def _is_measure(case: Token) -> bool:
    """Measure: a number behind "mit" at the end of its clause ("die Rente mit 67", not "mit 47 zu 38"), or a noun of
    dimension behind "im" that has the measure below it: "Kinder im Alter von drei Jahren".
    """
    phrase = case.head
    after = phrase.nbor() if phrase.i + 1 < len(phrase.doc) else phrase
    if phrase.tag_ == "CARD" and case.text == "mit" and after.is_punct:
        return True
    dimension = phrase.text in noun_list("dimensions") and case.text == "im" and case.nbor(-1).pos_ == "NOUN"
    return dimension and any(c.dep_ == "nmod" and is_led(c) for c in phrase.children)


def _is_counted_part(case: Token, noun: Token) -> bool:
    """What a thing has: "mit" and a number of what things consist of or hold (`counted_parts`), right behind a subject
    or object: "das Haus mit acht Betten wurde eröffnet"; not "mit zwei Schüssen getötet".
    """
    phrase = case.head
    counted = any(c.dep_ == "nummod" for c in phrase.children) and phrase.text in noun_list("counted_parts")
    thing = noun.pos_ == "NOUN" and noun.dep_.split(":")[0] in ("nsubj", "obj")
    return case.text == "mit" and counted and thing and case.i == noun.i + 1 and not is_person(noun.text)


def _governs(noun: Token, case: Token) -> bool:
    """Government (Rektion): whether a noun asks for the preposition of a phrase behind it, or is said to be from there.

    It is a subject, or an object or prepositional phrase before its verb, or one that the verb leaves it (`_is_own`):
    "Angriffe auf das Haus abwehren", "hadert mit der Karte gegen Lang", "die Firma aus Hof"; not "richtet Fragen an
    die Stadt".
    """
    phrase, verb = case.head, noun.head
    if noun.pos_ != "NOUN" and noun.tag_ != "NN":
        return False
    object = noun.dep_.startswith("obj") or (noun.dep_.startswith("obl") and is_led(noun))
    object = object and (phrase.i < verb.i or _is_own(noun, case, verb))
    if not (object or noun.dep_.startswith("nsubj")) or _is_date(phrase) or _claims(verb, case):
        return False
    if case.text == "aus" and phrase.ent_type_ in PLACES and article_of(noun):
        return True  # "die Firma aus Osnabrück"
    fixed = case.text == "zum" and phrase.text.endswith("en")  # "kam der Kontakt zum Erliegen"
    return not fixed and case.text.lower() in governed_by(noun.text, noun.lemma_)


def _is_own(noun: Token, case: Token, verb: Token) -> bool:
    """Whether a noun behind its verb has the phrase right behind it for itself: the verb makes no predicate with the
    noun ("nahm Einfluss auf die Wahl").
    """
    light = infinitive_with_particle(verb) in words("light_verbs")
    return verb.pos_ == "VERB" and not light and case.i == noun.i + 1


def _claims(verb: Token, case: Token) -> bool:
    """Whether a verb may have the phrase of a preposition for itself: it asks for it, or tells its thematic role:
    "richtet Fragen an die Stadt", "die Mehrheit sprach sich für den Bau aus".
    """
    return _asks_for(verb, case) or infinitive_with_particle(verb) in verbs_with_role(uncontracted(case.text))


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
    if noun.text.lower() in words("times") or _asks_for(phrase.head, case):
        return False  # "grenzt im Westen an Bremen"
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
    """PP attachment: an nmod whose preposition the verb asks for is the verb's own, if it is no place name.

    The nmod hangs on an object that does not ask for the preposition itself, on a noun with a preposition, or on a
    subject behind the verb, and the verb has no such phrase yet.
    "wurden durch die Feuerwehr aus dem Wrack befreit": Wrack, Feuerwehr/nmod → befreit/obl
    "begründete den Schritt mit der Nachfolge": Nachfolge, Schritt/nmod → begründete/obl
    """
    phrase, noun = case.head, case.head.head
    verb, relation = noun.head, noun.dep_.split(":")[0]
    known = (
        phrase.dep_ == "nmod" and relation in ("obl", "nsubj", "obj") and verb.tag_.startswith("VV") and case.i > noun.i
    )
    lies = phrase.ent_type_ in PLACES and case.text != "mit"  # but "verbindet Ulm mit Hof"
    if not known or lies or not _asks_for(verb, case) or _has_phrase(verb, case):
        return
    led = is_led(noun) or (noun.i > verb.i and relation == "nsubj")
    genitive = case.text in ("von", "vom") and (phrase.ent_type_ != "" or not article_of(phrase))  # "den Chef von Opel"
    own = case.text.lower() in governed_by(noun.text, noun.lemma_)
    if not own and (led or (relation == "obj" and not genitive)):
        hang(phrase, verb, "obl")


def _return_agent(case: Token) -> None:
    """Agent behind the subject: where the participle of a passive opens the sentence, "von" and a person or name behind
    the subject say who acts, unless that is a person itself, or another already acts.

    "Geleitet wird das Haus von der Ärztin Ida Roth": Ärztin, Haus/nmod → Geleitet/obl:agent; but "Begrüßt wurde der
    Chef von Opel"
    """
    phrase, subject = case.head, case.head.head
    verb = subject.head
    passive = subject.dep_ == "nsubj:pass" and verb.tag_ == "VVPP" and verb.i < subject.i
    if uncontracted(case.text) != "von" or phrase.dep_ != "nmod" or not passive or is_person(subject.text):
        return
    becomes = any(c.lemma_ == "werden" and verb.i < c.i < subject.i for c in verb.children)
    acting = phrase.ent_type_ in ("PER", "ORG") or is_person(phrase.text)
    if becomes and acting and not any(c.dep_ == "obl:agent" for c in verb.children):
        hang(phrase, verb, "obl:agent")


# Prepositions of dates.
_OF_DATES = frozenset("am im in seit ab bis".split())
_SCORE = re.compile(r"\d+:\d+")
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(\d{2,4})?|(?:1[5-9]|20)\d\d")


def _is_date(noun: Token) -> bool:
    """Whether a noun or number says when: "Dienstagabend", "Mai", "20.06."."""
    return is_part_of_day(noun.text) or noun.text.lower() in words("times") or _DATE.fullmatch(noun.text) is not None


def _return_date_or_score(case: Token) -> None:
    """Date and score: an nmod that says when, on an object that is no event, belongs to the verb, and so does a score.

    "hatte den Verdacht am Dienstagabend bestätigt": Dienstagabend, Verdacht/nmod → bestätigt/obl; but "hatte die
    Sitzung am Dienstag verschoben"; "gewann das Spiel mit 3:1"
    """
    phrase, noun = case.head, case.head.head
    in_vorfeld = opens_sentence(noun.left_edge) and phrase.i < noun.head.i
    if phrase.dep_ != "nmod" or noun.dep_ != "obj" or noun.pos_ not in NOUNS or in_vorfeld:
        return
    if case.text == "mit" and _SCORE.fullmatch(phrase.text):
        hang(phrase, noun.head, "obl")
    is_counted = any(c.dep_ == "nummod" for c in phrase.children)  # "gibt das Amt nach zwei Jahren ab"
    says_when = case.text.lower() in _OF_DATES or (case.text == "nach" and is_counted)
    if not _is_date(phrase) or not says_when:
        return
    event = f"{noun.text} {noun.lemma_}".lower()
    if noun.head.pos_ == "VERB" and not any(part.endswith(tuple(noun_list("occasions"))) for part in event.split()):
        hang(phrase, noun.head, "obl")


def _attach_effective_date(case: Token) -> None:
    """Effective date: "zum" and a date right behind the object of a verb of deciding, planning or demanding say when
    that is to be, not when it was decided: "beschloss die Schließung der Schule zum Sommer 2028": Sommer,
    beschloss/obl → Schließung/nmod
    """
    phrase, verb = case.head, case.head.head
    if case.text != "zum" or not phrase.dep_.startswith("obl") or not _is_date(phrase):
        return
    decided = next((c for c in verb.children if c.dep_ == "obj" and c.right_edge.i + 1 == case.i), None)
    if decided is not None and decided.pos_ == "NOUN" and is_of_what_is_to_be(infinitive_with_particle(verb)):
        hang(phrase, decided, "nmod")


def _close_phrase(case: Token) -> None:
    """Projectivity: an adverb between a preposition and its noun belongs to their phrase, not to the verb: "führt das
    Haus mit heute neun Köchen": heute, führt/advmod → Köchen/advmod
    """
    noun = case.head
    for word in noun.doc[case.i + 1 : noun.i]:
        if word.tag_ == "ADV" and word.dep_ == "advmod" and not case.i <= word.head.i <= noun.i:
            hang(word, noun)


def _attach_to_adverb(case: Token) -> None:
    """Adverbial adjective with a complement: the phrase right behind it belongs to it (`leading_adverbs`).

    "wurden unabhängig vom Alter ausgestattet": Alter, ausgestattet/obl → unabhängig/obl
    """
    phrase, before = case.head, case if opens_sentence(case) else case.nbor(-1)
    asked = f"{before.text.lower()} {uncontracted(case.text)}" in words("leading_adverbs")
    if asked and before.dep_ == "advmod" and before.head == phrase.head and phrase.dep_.startswith("obl"):
        hang(phrase, before, "obl")


def _asks_for(verb: Token, case: Token) -> bool:
    """Whether a verb asks for the phrase of a preposition as its own, in the case that the phrase shows."""
    phrase = case.head
    article = next((c for c in phrase.children if c.dep_.startswith("det")), phrase)
    moved = "Acc" in article.morph.get("Case") or (phrase.pos_ == "PROPN" and article == phrase)
    dative = case.tag_ == "APPRART" and case.text.lower().endswith(("m", "r"))
    return infinitive_with_particle(verb) in verbs_asking(uncontracted(case.text), moving=moved and not dative)


def _has_phrase(verb: Token, case: Token) -> bool:
    """Whether a verb has another phrase with the preposition already."""
    own = (c for argument in verb.children for c in argument.lefts if c.dep_ == "case" and c != case)
    return any(uncontracted(c.text) == uncontracted(case.text) for c in own)
