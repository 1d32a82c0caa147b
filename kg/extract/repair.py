"""What German grammar knows and a small parser forgets: a main clause has a finite verb, a passive has a subject.

"Gestern besuchten Schüler das Museum": with no article before it, "besuchten" reads like an adjective of "Schüler".
No German sentence of that shape lacks a verb, so the word is made one. Each rule looks at the whole sentence, changes
heads and labels of a UD tree in place, and leaves a sound tree alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.addresses import free_addresses
from kg.extract.agreement import agree
from kg.extract.attachment import attach
from kg.extract.brackets import close_brackets
from kg.extract.comparisons import lead_by_als
from kg.extract.coordination import coordinate
from kg.extract.duties import join_duties
from kg.extract.field import order_fields
from kg.extract.nouns import is_person
from kg.extract.prepositions import is_led
from kg.extract.soundness import restore_circles, tree_of
from kg.extract.subjects import find_subjects
from kg.extract.tokens import has
from kg.extract.verbs import infinitive, strong_infinitive, takes_sein
from kg.extract.verbs import words as verb_class

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Sentence

# The endings of a weak preterite: unterzeichn|eten, besuch|ten, erklär|te.
_PRETERITE = re.compile(r"(?:ete|te)n?$")
_AND = frozenset({"und", "aber", "oder", "doch", "sowie"})
_DEFINITE = frozenset({"der", "die", "das", "den", "dem", "des", "dieser", "diese", "dieses", "diesen", "diesem"})


def repair(doc: Doc) -> None:
    """Mend the trees of a parsed document, in place."""
    parsed = tree_of(doc)
    for token in doc:
        _reconcile(token)
        _open_condition(token)
        _raise_from_auxiliary(token)
        if token.dep_ == "cop":
            _perfect_of_sein(token)
        elif token.text in ("deren", "dessen"):
            _possess(token)
        elif token.text == "zu":
            _measure_too(token)
    for sentence in list(doc.sents):
        _find_verb(sentence)
    for sentence in list(doc.sents):
        close_brackets(sentence)
        free_addresses(sentence)
        _free_infinitives(sentence)
        join_duties(sentence)
        coordinate(sentence)
        order_fields(sentence)
        _find_object(sentence)
        _free_es(sentence)
        lead_by_als(sentence)
        _join_pairs(sentence)
        _part_clauses(sentence)
        _attach_possessors(sentence)
        _attach_origin(sentence)
        find_subjects(sentence)
        agree(sentence)
        attach(sentence)
    restore_circles(doc, parsed)


_TAGGED = {"NE": "PROPN", "NN": "NOUN"}


def _reconcile(token: Token) -> None:
    """Tag and word class come from two models; where they clash over a noun or name, the tag is the better one."""
    expected = _TAGGED.get(token.tag_)
    if expected is not None and token.pos_ not in ("PROPN", "NOUN", "X"):
        token.pos_ = expected
    if token.pos_ == "AUX" and token.tag_.startswith("VV") and token.dep_ not in ("aux", "aux:pass", "cop"):
        token.pos_ = "VERB"  # "gilt als Erfinder"


def _open_condition(token: Token) -> None:
    """ "Sollte Krause gewinnen, …": at the head of a sentence this is a verb, though a tagger reads a conjunction."""
    if token.is_sent_start and token.tag_ == "KOUS" and token.text in ("Sollte", "Sollten") and token.dep_ == "mark":
        token.pos_, token.tag_, token.lemma_, token.dep_ = "AUX", "VMFIN", "sollen", "aux"
        token.set_morph("Mood=Sub|Person=3|Tense=Past|VerbForm=Fin")


def _raise_from_auxiliary(token: Token) -> None:
    """No subject hangs on an auxiliary or copula in a UD tree, but on the word that these serve."""
    if not token.dep_.startswith("nsubj") or token.head.dep_ not in ("aux", "aux:pass", "cop"):
        return
    verb = token.head.head
    if not any(c.dep_.startswith(("nsubj", "csubj", "expl")) for c in verb.children):
        token.head = verb


def _perfect_of_sein(token: Token) -> None:
    """ "Ein Feuer war ausgebrochen" is a perfect: what can break out of itself was not broken out by anybody."""
    verb = token.head
    resting = token.lemma_ == "sein" and verb.tag_ == "VVPP"
    if resting and takes_sein(infinitive(verb.text, verb.lemma_)):
        token.dep_, verb.pos_ = "aux", "VERB"


def _measure_too(zu: Token) -> None:
    """ "keine zu große Angst": before an adjective that is no dative, "zu" says how much and leads nothing."""
    if zu.dep_ != "case" or zu.i + 2 >= len(zu.doc):
        return
    following = zu.nbor()
    if following.tag_ == "ADJA" and following.text.endswith(("e", "es")) and following.head == zu.head:
        noun = zu.head
        zu.head, zu.dep_ = following, "advmod"
        article = zu.nbor(-1) if zu.i else zu
        if article.pos_ == "DET":
            article.head, article.dep_ = noun, "det"
        noun.dep_ = "obj" if noun.dep_.startswith("obl") else noun.dep_


def _possess(token: Token) -> None:
    """ "die Firma, deren Chef geht": the relative pronoun in the genitive belongs to the noun behind it."""
    if token.dep_ in ("det", "det:poss"):
        return
    following = token.doc[token.i + 1 : min(token.i + 5, token.sent.end)]
    noun = next((t for t in following if t.pos_ in ("NOUN", "PROPN") or t.tag_.endswith("FIN")), None)
    if noun is not None and noun.pos_ == "NOUN" and noun.head != token:
        token.head, token.dep_ = noun, "det:poss"


def _free_infinitives(sentence: Sentence) -> None:
    """An infinitive with zu has no subject and is no main clause: "Meier leugnet, Siemens betrogen zu haben"."""
    for verb in dict.fromkeys(zu.head for zu in sentence if zu.tag_ == "PTKZU" and zu.i > zu.head.left_edge.i):
        if verb.tag_ == "VVFIN":
            participle = any(c.dep_ == "aux" for c in verb.children)
            verb.tag_ = "VVPP" if participle else "VVINF"
            verb.set_morph(f"VerbForm={'Part' if participle else 'Inf'}")
        for child in verb.children:
            if child.dep_ == "nsubj":
                child.dep_ = "obj"
        if verb.dep_ in ("ccomp", "acl:relcl") and verb.head.pos_ in ("VERB", "AUX"):
            verb.dep_ = "xcomp"
        below = verb.dep_ in ("conj", "parataxis", "dep") and verb.head.pos_ == "VERB" and verb.head.i < verb.i
        if below and not any(c.dep_ == "cc" for c in verb.children):
            verb.dep_ = "xcomp"


def _free_es(sentence: Sentence) -> None:
    """ "lehnt es ab, Google zu zerschlagen", "es gibt Warnungen": this "es" means nothing that was named."""
    for token in sentence:
        if token.text.lower() != "es":
            continue
        beside = {c.dep_ for c in token.head.children}
        _free_subject(token)
        if token.dep_ == "nsubj" and token.head.lemma_ == "geben" and "obj" in beside and "obl:arg" not in beside:
            token.dep_ = "expl"
        elif token.dep_ == "obj" and token.head.lemma_ not in verb_class("object_control"):
            clauses = (c for c in token.head.children if c.dep_ in ("xcomp", "ccomp") and c.i > token.i)
            if any(c.pos_ in ("VERB", "AUX") for c in clauses):
                token.dep_ = "expl"


def _free_subject(es: Token) -> None:
    """ "Es kamen Gäste", "eine Steuer wird es nicht geben", "da schaffte es der Rat, zu sparen": who is the subject."""
    verb = es.head
    lemma = infinitive(verb.text, verb.lemma_)
    nouns = [c for c in verb.children if c.pos_ in ("NOUN", "PROPN") and c.dep_ in ("obj", "nsubj")]
    if not nouns or es.dep_ not in ("nsubj", "obj", "expl"):
        return
    if lemma == "geben":
        es.dep_ = "expl"
        for noun in nouns:
            noun.dep_ = "obj"
        return
    reflexive = any(c.text == "sich" for c in verb.children)  # "Es handelt sich um Koch"
    several = verb.tag_ != "VVFIN" and any(c.tag_.endswith("FIN") and c.text.endswith("n") for c in verb.children)
    first = es.is_sent_start or (
        several and nouns[0].morph.get("Number") == ["Plur"]
    )  # "es könnten Stellen verloren gehen"
    opens = first and lemma in verb_class("intransitive") and not reflexive
    clause = any(c.dep_ in ("xcomp", "ccomp") for c in verb.children)
    if opens or (clause and es.dep_ == "nsubj" and lemma in verb_class("es_object")):
        es.dep_, nouns[0].dep_ = "expl", "nsubj"


def _join_pairs(sentence: Sentence) -> None:
    """ "weder die SPD noch die Grünen", "nicht Meier, sondern Ortmann": what stands behind both is coordinated."""
    words = [token.text.lower() for token in sentence]
    for opener, link in (("weder", "noch"), ("nicht", "sondern")):
        if opener not in words or link not in words[words.index(opener) :]:
            continue
        start = sentence.start + words.index(opener)
        middle = sentence.start + words.index(link, words.index(opener))
        nouns = [token for token in sentence if token.pos_ in ("NOUN", "PROPN", "PRON")]
        first = next((t for t in nouns if start < t.i < middle), None)
        second = next((t for t in nouns if t.i > middle), None)
        if first is None or second is None or second == first.head:
            continue
        if second.head != first.head and (second.head != first or second.dep_ != "appos"):
            continue
        if link == "sondern" and second.dep_ != first.dep_:
            continue
        second.head, second.dep_ = first, "conj"
        if sentence.doc[middle].dep_ == "cc":
            sentence.doc[middle].head = second


def _part_clauses(sentence: Sentence) -> None:
    """ "Italien gewann und Frankreich verlor": the noun between "und" and a verb without subject is its subject."""
    for verb in sentence:
        if verb.tag_ not in ("VVFIN", "VAFIN", "VMFIN") or verb.i <= sentence.start + 1:
            continue
        content = verb.head if verb.dep_ in ("aux", "aux:pass", "cop") else verb
        if any(c.dep_.startswith(("nsubj", "csubj", "expl")) for c in content.children):
            continue
        noun = next((t for t in _left_neighbours(verb) if _may_open(t, verb, content) and t.head.i < t.i), None)
        if noun is not None and content.i != noun.head.i and _is_joined(noun):
            noun.head, noun.dep_ = content, "nsubj"


def _may_open(noun: Token, verb: Token, content: Token) -> bool:
    """Whether a noun before a verb can be torn from what it hangs on: "8 % wohnten allein und 13 % hatten Kinder".

    In a phrase of the verb "und" joins nouns: "Mit Bosch und Siemens kooperierte die Stadt".
    """
    if noun.dep_ != "conj":
        return verb.dep_ == "conj" and noun.dep_ == "obj" and noun.head == verb.head
    phrase = noun
    while phrase.head.i < phrase.i and (phrase.dep_ in ("conj", "appos") or (phrase.dep_ == "nmod" and is_led(phrase))):
        phrase = phrase.head
    return phrase.head != content


def _is_joined(noun: Token) -> bool:
    edge = noun.left_edge
    return edge.text.lower() in _AND or (edge.i > 0 and edge.nbor(-1).text.lower() in _AND)


def _left_neighbours(verb: Token) -> list[Token]:
    """The noun right before a verb and the nouns that it hangs on within its own phrase."""
    token = verb.nbor(-1)
    if token.pos_ not in ("NOUN", "PROPN"):
        return []
    chain = [token]
    while token.dep_ in ("flat", "flat:name", "appos", "nmod") and token.head.i < token.i:
        token = token.head
        chain.append(token)
    return chain


def _attach_possessors(sentence: Sentence) -> None:
    """ "Kolbes Anwältin Sabine Wirth sprach": a name in the genitive belongs to the noun behind it."""
    for name in list(sentence):
        if name.pos_ != "PROPN" or name.dep_ not in ("nsubj", "nsubj:pass", "obj", "obl", "obl:arg", "ROOT"):
            continue
        last = max([name.i, *(c.i for c in name.children if c.dep_ in ("flat", "flat:name"))])
        noun = last + 1
        marked = sentence.doc[last].text.endswith("s")
        if noun < sentence.end and sentence.doc[noun].text in ("'", "’"):
            marked, noun = True, noun + 1
        if marked and noun < sentence.end and is_person(sentence.doc[noun].text) and sentence.doc[noun].pos_ == "NOUN":
            _swap_possessor(name, sentence.doc[noun])


def _swap_possessor(name: Token, noun: Token) -> None:
    owned = noun.head if noun.dep_ == "compound" else noun
    if owned.head != name or owned == name:
        return
    owned.head, owned.dep_ = (owned if name.dep_ == "ROOT" else name.head), name.dep_
    name.head, name.dep_ = owned, "nmod"


def _find_verb(sentence: Sentence) -> None:
    """Make a preterite that was taken for an adjective the verb of a sentence that has none."""
    if sentence[-1].text not in (".", "!", "“") or any(_is_finite(token) for token in sentence if token.tag_ != "ADJA"):
        return
    verb = next((token for token in sentence if _may_be_verb(token)), None)
    if verb is None:
        return
    if not any(child.dep_ == "nsubj" for child in verb.children):
        _raise_verb(verb)
    verb.pos_, verb.tag_, verb.lemma_ = "VERB", "VVFIN", _preterite_infinitive(verb.text)
    verb.set_morph("Mood=Ind|Person=3|Tense=Past|VerbForm=Fin")


def _preterite_infinitive(preterite: str) -> str:
    """ "unterzeichneten" → unterzeichnen, "forderte" → fordern, "stahl" → stehlen"""
    stem = _PRETERITE.sub("", preterite.lower())
    return strong_infinitive(preterite.lower()) or stem + ("n" if stem.endswith(("er", "el")) else "en")


def _raise_verb(verb: Token) -> None:
    """Turn "adjective of a noun" round: the noun becomes the subject, what stood before the verb hangs on it."""
    subject, former = verb.head, verb.head.head
    root = former == subject
    verb.head, verb.dep_ = (verb, "ROOT") if root else (former, subject.dep_)
    subject.head, subject.dep_ = verb, "nsubj"
    for child in list(subject.children):
        if child.i < verb.i:
            child.head, child.dep_ = verb, "advmod" if child.pos_ == "ADV" else "obl"


def _find_object(sentence: Sentence) -> None:
    """Give the verb a phrase that was taken for an apposition of the subject behind it, at the end of the sentence.

    "Gestern unterzeichneten Schmidt und Krause, Chef der Bahn, eine Erklärung."
    """
    verb = sentence.root
    subject = next((child for child in verb.children if child.dep_ == "nsubj" and child.i > verb.i), None)
    if subject is None or any(child.dep_ in ("obj", "ccomp", "cop") for child in verb.children):
        return
    target = _object_of(subject)
    if target is not None and not is_person(target.text):
        for child in list(target.children):
            if child.dep_ == "nsubj":
                child.head, child.dep_ = subject, "appos"
        target.head, target.dep_ = verb, "obj"


def _may_be_verb(token: Token) -> bool:
    """A preterite form in second place, right before a noun without article: after one constituent at most.

    Or one that has a subject already, and only the wrong word class: "Der Dieb stahl den Wagen."
    """
    if token.tag_ in ("ADJD", "ADJA", "ADV") and strong_infinitive(token.text) and token.i > token.sent.start:
        return any(child.dep_ == "nsubj" for child in token.children)
    if not _PRETERITE.search(token.text) or token.text[0].isupper() or token.i == token.sent.start:
        return False
    if token.tag_ == "ADJA" and any(child.dep_ == "nsubj" and child.i > token.i for child in token.children):
        return True
    before = token.doc[token.sent.start : token.i]
    bare = token.dep_ == "amod" and token.head.pos_ in ("NOUN", "PROPN") and token.head.i > token.i
    opened = any(t.pos_ in ("DET", "NOUN", "PROPN") and t.head == token.head for t in before)
    return bare and not opened and len(before) <= 5 and not any(t.is_punct for t in before)


def _object_of(subject: Token) -> Token | None:
    """The phrase with an article behind a comma that ends the sentence and was hung on the subject."""
    phrases = [
        child
        for token in subject.subtree
        for child in token.children
        if child.i > subject.i and child.dep_ in ("appos", "dep", "obj", "parataxis", "nmod", "obl", "flat", "conj")
        and child.pos_ in ("NOUN", "PROPN")
        and any(t.pos_ == "DET" and t.text.lower() not in ("der", "des") for t in child.children)
        and not any(t.dep_ == "case" and t.i < child.i for t in child.children)
    ]  # fmt: skip
    last = max(phrases, key=lambda t: t.i, default=None)
    if last is None:
        return None
    article = next(t.i for t in last.children if t.pos_ == "DET")
    opened = article - 1
    while opened > subject.i and last.doc[opened].text in '„“«»"':
        opened -= 1
    closed = all(t.is_punct for t in last.doc[last.right_edge.i + 1 : last.sent.end])
    return last if closed and last.doc[opened].text == "," else None


def _attach_member(case: Token) -> None:
    """ "Petra Pau von der Linksfraktion": right behind somebody's name, "von" tells to whom they belong."""
    noun, name = case.head, case.nbor(-1) if case.i else case
    whole = name
    while whole.dep_ in ("flat", "flat:name") and whole.head.i < whole.i:
        whole = whole.head
    verb = whole.head
    beside = noun.dep_.startswith("obl") and noun.head == verb and whole.dep_.startswith("nsubj")
    if name.ent_type_ == "PER" and beside and infinitive(verb.text, verb.lemma_) not in verb_class("parting"):
        noun.head, noun.dep_ = whole, "nmod"


def _attach_origin(sentence: Sentence) -> None:
    """ "keine Server von Amazon eingesetzt": right behind an indefinite noun, "von" tells its origin, not who acts."""
    for case in sentence:
        if case.text.lower() not in ("von", "vom") or case.dep_ != "case" or not case.head.dep_.startswith("obl"):
            continue
        noun, name = case.i and case.doc[case.i - 1], case.head
        if noun and noun.ent_type_ == "PER" and noun.sent.start == sentence.start:
            _attach_member(case)
        if not noun or noun.pos_ != "NOUN" or noun.sent.start != sentence.start or noun.head != name.head:
            continue
        if not any(t.pos_ == "DET" and t.text.lower() in _DEFINITE for t in noun.children) and noun.dep_ in (
            "nsubj", "nsubj:pass", "obj"
        ):  # fmt: skip
            name.head, name.dep_ = noun, "nmod"


def _is_finite(token: Token) -> bool:
    return token.tag_.endswith("FIN") or has(token, "VerbForm", "Fin")
