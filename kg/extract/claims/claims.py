"""Claims: each clause as subject – predicate – object, with who says so and how firmly.

"Link und Yan Lida unterzeichneten ein Memorandum." makes two claims, one per subject; "Für RhineCloud werden keine
Komponenten eingesetzt" makes a negative one. A question claims nothing, and neither does an order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.claims.agents import active, is_meant, turned
from kg.extract.claims.anaphora import find_pointers
from kg.extract.claims.complements import (
    bare_claims,
    claim_of,
    clause_subjects,
    content_claims,
    dated_claim,
    has_complement,
    is_addressee,
    pair_claim,
    predicative_claims,
    suffered_claims,
)
from kg.extract.claims.confidence import confidence, features
from kg.extract.claims.object_predicatives import with_verdict
from kg.extract.claims.verb_object_relations import typed
from kg.extract.clause.clauses import Clause, find_clauses
from kg.extract.clause.dating import dates, is_time, lasts, names_year, time_of
from kg.extract.clause.predicates import by_passive, by_verb, predicate_of
from kg.extract.mend.comparisons import is_comparison
from kg.extract.names.mentions import Mentions, argument, phrase
from kg.extract.nominal.relational_nouns import find_relations
from kg.extract.nominal.roles import Role, find_roles
from kg.extract.reading import Reading
from kg.extract.speech.attribution import Sentence, Speech, Voice
from kg.extract.speech.factuality import is_hearsay, modality_of, polarity_of
from kg.extract.speech.source_phrases import find_account
from kg.extract.tree.arguments import Slot, attributes_of, is_nominal
from kg.language.nouns import noun_type
from kg.language.prepositions import governed_by
from kg.language.verbs import words
from kg.reader.tokens import has
from kg.records import Claim, Extraction, Mention, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token


def extract_claims(reading: Reading) -> Extraction:
    """All mentions and claims of a parsed document."""
    mentions = Mentions(reading)
    sentences = [_sentence(mentions, span) for span in reading.sentences()]
    speech = Speech(mentions, sentences)
    found: list[Claim] = []
    for sentence in sentences:
        asked = sentence.asked
        for head, clause in sentence.clauses.items():
            if head > asked:
                found += _claims(mentions, clause, sentence, speech.voices.get(head))
    by_start = {sentence.span.start: sentence for sentence in sentences}
    for role in (*find_roles(mentions), *find_relations(mentions, sentences, speech)):
        claim = _role_claim(mentions, role, role.voice or speech.quoted(role.token))
        found.append(_weighed(reading, claim, None, by_start[reading.doc[role.token].sent.start]))
    pointers = list(find_pointers(mentions, speech))
    return Extraction(mentions.all(pointers), tuple(sorted(_weakest(map(typed, found)), key=_place)))


def _sentence(mentions: Mentions, span: Tokens) -> Sentence:
    tokens = tuple(span)
    clauses = {clause.verb.i: clause for clause in find_clauses(tokens, mentions.reading.heads)}
    words = tuple(token.text.lower() for token in tokens)
    nouns = tuple(token for token in tokens if token.pos_ in ("NOUN", "PROPN", "X"))
    length = sum(not token.is_punct for token in tokens)
    return Sentence(span, clauses, find_account(mentions, span), words, nouns, length)


def _weakest(claims: Iterable[Claim]) -> Iterable[Claim]:
    """Of claims that differ only in how firmly they are said, the least firm: two rules may read one sentence."""
    kept: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        key = (claim.sentence, claim.subject, claim.predicate.iri, claim.object, claim.polarity)
        if key not in kept or (kept[key].modality == "asserted" and kept[key].speaker is None):
            kept[key] = claim
    return kept.values()


def _place(claim: Claim) -> tuple[object, ...]:
    return (claim.sentence.start, claim.predicate.spans, claim.subject.start, claim.object.start, claim.predicate.lemma)


def _claims(mentions: Mentions, clause: Clause, sentence: Sentence, voice: Voice | None) -> Iterator[Claim]:
    """The claims of one clause: each subject with each object, predicate noun and prepositional argument."""
    told = turned(mentions, active(clause))
    subjects = told.subjects or clause_subjects(told)
    if not subjects or clause.mood == "Imp" or _is_request(clause) or _is_compared(clause):
        return
    slots = [slot for slot in told.slots if not _is_frame(slot, sentence)]
    slots = [slot for slot in slots if not _is_aside(slot, told, slots)]
    told = with_verdict(_with_phrase(replace(told, subjects=subjects, slots=tuple(slots))))
    reading = mentions.reading
    place = reading.sentence_span(sentence.span)
    time = time_of(reading, clause)
    mode = modality_of(reading, clause, sentence, voice)
    speaker = argument(voice.speaker) if voice is not None and voice.speaker else None
    denied = polarity_of(clause, sentence) == "negative"
    contrast, afterthought = _contrast(reading, clause, sentence), _afterthought(reading, clause)
    for subject in (s for s in told.subjects if not _asks(s)):
        for claim in _of_subject(mentions, told, subject, place):
            holds = _is_contrasted(claim, contrast) or max(claim.subject.start, claim.object.start) < afterthought
            polarity = "negative" if denied and not holds else "positive"
            said = replace(claim, polarity=polarity, modality=mode, speaker=speaker, time=time)
            yield _weighed(reading, said, clause, sentence)


def _weighed(reading: Reading, claim: Claim, clause: Clause | None, sentence: Sentence) -> Claim:
    return replace(claim, confidence=confidence(features(reading, claim, clause, sentence)))


def _is_request(clause: Clause) -> bool:
    """ "Bitte beachten Sie die Schilder": an order to whoever reads it."""
    finite, edge = clause.finite, clause.verb.left_edge
    if finite is None or clause.relation != "root":
        return False
    first = edge.nbor(1) if edge.text.lower() == "bitte" and edge.i + 1 < len(edge.doc) else edge
    return finite == first and any(s.text == "Sie" and s.i == finite.i + 1 for s in clause.subjects)


def _is_compared(clause: Clause) -> bool:
    """ "…, wie im Vertrag vorgesehen", "…, verursacht durch Öl": a participle alone says how, and of what is open."""
    if clause.verb.tag_ != "VVPP" or clause.finite is not None:
        return False
    first = next((t for t in clause.own if not t.is_punct), clause.verb)
    own = any(c.dep_.startswith(("nsubj", "mark")) or c.tag_ == "PRELS" for c in clause.verb.children)
    joined = clause.verb.dep_ == "conj" and clause.verb.nbor(-1 if clause.verb.i else 0).text != ","
    bare = not clause.auxiliaries and clause.copula is None and not joined and not own
    return first.text.lower() == "wie" or clause.mark == "wie" or (bare and clause.verb.dep_ != "ROOT")


def _with_phrase(clause: Clause) -> Clause:
    """The clause with a phrase that is one predicate with its verb: "zur Verfügung stellen", if it has more to tell."""
    others = [slot for slot in clause.slots if slot.role != "pred" and is_nominal(slot.head)]
    light = next((s for s in others if s.case is not None and _words(s) in words("light") and not _is_more(s)), None)
    if light is None or len(clause.slots) < 2:
        return clause
    first, last = light.case, light.head
    assert first is not None
    rest = tuple(slot for slot in clause.slots if slot is not light)
    own = tuple(first.doc[first.i : last.i + 1])
    lemma = " ".join((first.text.lower(), *(t.text for t in own[1:]), clause.lemma))
    return replace(clause, lemma=lemma, slots=rest, words=tuple(sorted({*clause.words, *own})))


def _is_more(slot: Slot) -> bool:
    """Whether a phrase has an attribute, so that it means itself: "zum Abschluss des Spieltags"."""
    return any(c.dep_ in ("nmod", "amod", "acl", "acl:relcl", "appos", "flat") for c in slot.head.children)


def _words(slot: Slot) -> str:
    """A phrase as it stands, from its preposition to its noun, in lower case."""
    return slot.head.doc[slot.case.i : slot.head.i + 1].text.lower() if slot.case is not None else ""


def _contrast(reading: Reading, clause: Clause, sentence: Sentence) -> int | None:
    """The offset of "sondern" behind the negation of a clause: what comes after it is not denied."""
    if clause.negation is None:
        return None
    behind = sentence.behind(clause.negation.i, "sondern")
    return reading.starts[behind] if behind is not None else None


def _afterthought(reading: Reading, clause: Clause) -> int:
    """The offset of a "nicht" that denies only what stands behind it, 0 for none: "kauft Alstom, nicht Bosch"."""
    word = clause.negation
    if word is None or word.text.lower() != "nicht" or word.i < clause.verb.i or word.i + 1 >= len(word.doc):
        return 0
    before, noun = word.nbor(-1), word.head
    joined = before.text == "," or (before.text in ("aber", "doch", "jedoch", "und") and before.i > clause.verb.i)
    denied = noun != clause.verb and noun.i > word.i and noun.pos_ in ("NOUN", "PROPN")
    ends = not any(t.pos_ in ("VERB", "AUX") for t in clause.own if t.i > word.i)
    return reading.starts[word.i] if joined and denied and ends else 0


def _is_contrasted(claim: Claim, contrast: int | None) -> bool:
    """Whether an end of a claim is what holds instead: Krause in "Nicht Schmidt, sondern Krause gewann die Wahl"."""
    if contrast is None:
        return False
    verb = min(start for start, _ in claim.predicate.spans)
    subject, object = claim.subject.start > contrast, claim.object.start > contrast
    return (subject and (not object or contrast < verb)) or (object and not subject and verb < contrast)


# What stands behind these takes no part: it is replaced or excepted.
_INSTEAD = ("statt", "anstatt", "anstelle", "außer", "ausgenommen", "darunter")
# Nouns of phrases that do the same: "mit Ausnahme von Audi", "im Gegensatz zu BMW".
_EXCEPT = ("statt", "anstelle", "ausnahme", "gegensatz", "unterschied", "vergleich")
_BEFORE = (*_INSTEAD, "parallel", "analog", "proportional", "konträr")
_LEADING = (*_INSTEAD, "wie", "laut", "zufolge")
_ADDING = frozenset({"also", "nämlich", "sprich"})


def _is_frame(slot: Slot, sentence: Sentence) -> bool:
    """Whether an argument is no part of what is said: the source in "laut Polizei", a comparison, what is replaced."""
    account = sentence.account
    if account is not None and account.first <= slot.head.i <= account.last:
        return True
    if "ob" in sentence.words and _is_choice(slot.head):
        return True
    if not _ADDING.isdisjoint(sentence.words) and any(_opens(head) in _ADDING for head in _listed(slot.head)):
        return True  # "die Organe, also vor allem die Kommission, müssen …"
    edge = min(slot.case.i if slot.case is not None else slot.head.i, slot.head.left_edge.i)
    before = sentence.words[edge - 1 - sentence.span.start] if edge > sentence.span.start else ""
    if before in _BEFORE or any(word.text.lower() in _EXCEPT for word in (slot.head, *slot.lead[1:])):
        return True
    if any(c.dep_ == "det" and c.text.lower().startswith("welch") for c in slot.head.children):
        return True  # "wem er welchen Vorzug gibt"
    if "zufolge" in sentence.words and any(c.text.lower() == "zufolge" for c in slot.head.subtree if c.dep_ == "case"):
        return True
    if slot.case is None or not (slot.case.text.lower() in _LEADING or is_comparison(slot.case)):
        return False
    return _words(slot) not in words("light")  # not "außer Kontrolle", "außer Kraft"


def _listed(noun: Token) -> tuple[Token, ...]:
    """A noun and the first of those it is listed with."""
    return (noun, noun.head) if noun.dep_ == "conj" else (noun,)


def _is_choice(noun: Token) -> bool:
    """ "wir beraten dich, ob Gastwirt oder Händler": whom "ob" leads nothing is done to."""
    heads = (head for head in _listed(noun) if head.pos_ in ("NOUN", "PROPN"))
    return any(c.text.lower() == "ob" for head in heads for c in head.children)


def _opens(head: Token) -> str:
    """The first word of a phrase, in lower case, past a comma or a mark before it."""
    first = head.left_edge
    return (first.nbor() if first.is_punct and first.i < head.i else first).text.lower()


def _is_aside(slot: Slot, clause: Clause, beside: Sequence[Slot]) -> bool:
    """Whether an argument is none: in brackets, in a list behind a colon, or the object of a verb that has none."""
    if slot.case is None and slot.head.text in ("Kilometer", "Meter", "Meilen") and _is_distance(slot.head):
        return True
    if slot.role == "pred" or slot.head.i < clause.verb.i:
        return False
    between = [t.text for t in slot.head.doc[clause.verb.i : slot.head.i]]
    if between.count("(") > between.count(")"):
        return True
    if slot.role != "obj" or slot.case is not None or slot.head.pos_ not in ("NOUN", "PROPN"):
        return False
    if ":" in between and any(s.role == "obj" and s.case is None and s.head.i < slot.head.i for s in beside):
        return True  # not in "umfasst: zwei Räume"
    reflexive = clause.lemma == "entwickeln" and any(word.text.lower() == "sich" for word in clause.words)
    without = reflexive or clause.lemma in words("intransitive")
    return without and not _is_measured(slot.head)


def _is_measured(noun: Token) -> bool:
    return any(c.dep_ == "nummod" for c in noun.children)


def _is_distance(unit: Token) -> bool:
    """ "60 Kilometer nördlich von Hof", "2744 Meter über dem Meer": how far, not what."""
    if unit.i + 1 >= len(unit.doc) or not _is_measured(unit):
        return False
    following = unit.nbor()
    return following.text in words("with_von") or following.tag_ in ("APPR", "ADJD") or following.text == "entfernt"


def _asks(subject: Token) -> bool:
    """ "was" stands for a whole clause, and "welche Wut er hat" asks."""
    asking = any(c.dep_.startswith("det") and c.text.lower().startswith("welch") for c in subject.children)
    return asking or subject.text.lower() == "was"


def _of_subject(mentions: Mentions, clause: Clause, subject: Token, sentence: Span) -> Iterator[Claim]:
    """The claims of a clause about one of its subjects."""
    who = mentions.of(subject)
    impersonal = subject.dep_ == "expl"  # of "es gibt ein Projekt" the Projekt is told, of "es ist falsch" nothing
    things = [slot for slot in clause.slots if slot.head not in clause.subjects or slot.role == "pred"]
    dated = [slot for slot in things if slot.role != "pred" and is_time(mentions.reading, slot)]
    objects = [s for s in clause.slots if s.role == "obj" and s.case is None and s not in dated]
    if clause.lemma in words("appraising") and not clause.passive:
        judged = [s for s in objects[1:] if s.head not in objects[0].head.conjuncts]  # but "nannte Ort und Zeit"
        things = [slot for slot in things if slot.preposition not in ("als", "für") and slot not in judged]
    led = any(s.case is not None and s.role != "pred" and s not in dated and _is_inside(s, clause) for s in things)
    told = has_complement(clause)
    if told and impersonal and clause.lemma != "geben":
        return  # "es macht Sinn, das Recht umzusetzen"
    for slot in things:
        if (slot.role == "pred" and impersonal) or (told and slot not in dated and is_addressee(clause, slot)):
            continue
        if slot.preposition == "zwischen" and slot not in dated:
            pair = [s for s in things if s.case == slot.case]
            if slot == pair[0] and len(pair) > 1:
                named = tuple(o.head for o in objects)[:1]
                yield pair_claim(mentions, clause, who, pair, named, sentence)
            if len(pair) > 1 or has(slot.head, "Number", "Sing"):
                continue
        if slot.role == "pred" and slot.head.pos_ in ("ADJ", "VERB") and led:
            continue  # "ist an dem Streik beteiligt" says more than that it is beteiligt
        if slot.role == "pred":
            yield from predicative_claims(mentions, clause, who, slot, sentence)
        elif slot.head.text.lower() == "was":
            continue  # "wir zeigen, was wir können"
        elif slot not in dated and is_nominal(slot.head) and not _is_phrase(mentions, slot):
            claim = _verbal(mentions, clause, who, slot, objects, sentence)
            if claim.subject != claim.object:
                yield claim
        if slot.case is None and slot.role in ("obj", "pred") and slot.head.pos_ == "NOUN":
            light = clause.lemma in words("light_verbs")
            for attribute in attributes_of(slot.head):
                if attribute.preposition == "zwischen" and any(attribute.head.conjuncts):
                    continue
                governed = light and attribute.preposition in governed_by(slot.head.text, slot.head.lemma_)
                if not governed and not _takes_part(mentions.of(attribute.head)):
                    continue
                yield _verbal(mentions, clause, who, attribute, [slot], sentence)
    content = [] if objects or impersonal else list(content_claims(mentions, clause, who, sentence))
    yield from content
    explicit = [slot for slot in dated if names_year(slot) and dates(mentions.reading, slot)]
    explicit = explicit or [slot for slot in dated if slot.case is None and lasts(slot)]
    if explicit and not objects and not content and all(slot.role != "pred" for slot in things):
        if clause.lemma not in words("saying"):
            yield dated_claim(mentions, clause, who, explicit[0], sentence)
    elif all(slot in dated for slot in things) and not content and not impersonal:
        yield from suffered_claims(mentions, clause, who, sentence)
        yield from bare_claims(mentions, clause, who, subject, sentence)


def _is_inside(slot: Slot, clause: Clause) -> bool:
    """Whether a phrase stands behind the finite verb: "an dem Streik beteiligt", not "Nach dem Sturm leer"."""
    return clause.finite is None or slot.head.i > clause.finite.i or clause.mark != ""


def _verbal(mentions: Mentions, clause: Clause, who: Mention, slot: Slot, objects: list[Slot], sentence: Span) -> Claim:
    """One claim for one argument; beside an object that is a common noun, that noun is part of what is done.

    "ging eine Zusammenarbeit mit Huawei ein" → Zusammenarbeit eingehen mit – Huawei
    "verkaufte Bombardier das Werk" → Werk verkaufen – Bombardier
    """
    what = mentions.of(slot.head)
    if slot.case is None and (slot.role == "obj" or not objects):
        predicate = predicate_of(mentions.reading, clause, clause.lemma)
    else:
        with_object = tuple(o.head for o in (*objects, *_predicatives(clause)) if o is not slot)[:1]
        predicate = predicate_of(mentions.reading, clause, clause.lemma, slot, with_object)
    subject, object = (what, who) if _is_reversed(clause, slot, who, what) else (who, what)
    forward, backward = by_verb().get(predicate.lemma), by_passive().get(predicate.lemma)
    if backward is not None and backward.fits(what.type, who.type):
        # "für X wird Y eingesetzt": X uses Y
        subject, object, predicate = what, who, replace(predicate, iri=backward.iri)
    elif forward is not None and forward.fits(subject.type, object.type) and is_meant(forward, clause, who, what):
        predicate = replace(predicate, iri=forward.iri)
    return claim_of(mentions, sentence, subject, predicate, argument(object))


def _takes_part(mention: Mention) -> bool:
    return mention.form == "named" and mention.type in ("Person", "Organization")


def _predicatives(clause: Clause) -> Iterator[Slot]:
    """What a copula says of the subject, where it belongs to what is done: "ist an dem Streik beteiligt"."""
    return (slot for slot in clause.slots if slot.role == "pred" and slot.case is None and slot.head.pos_ != "PROPN")


def _is_reversed(clause: Clause, slot: Slot, who: Mention, what: Mention) -> bool:
    """ "Das Buch schrieb Peter Handke": a work does not write a person, so the object stood first."""
    fronted = slot.role == "obj" and slot.case is None and not clause.passive and slot.head.i > clause.verb.i
    work = who.form == "nominal" and noun_type(who.description or who.name) == "Work"
    return fronted and work and what.type == "Person" and what.form == "named" and clause.lemma in words("agentive")


def _is_phrase(mentions: Mentions, slot: Slot) -> bool:
    """Whether an argument is a fixed phrase that names no thing: "auf Anfrage", "in der Regel"."""
    if slot.case is None:
        return False
    first, last = phrase(slot.head)
    return mentions.reading.doc[min(slot.case.i, first) : last + 1].text.lower() in words("phrases")


def _role_claim(mentions: Mentions, role: Role, voice: Voice | None) -> Claim:
    """A role is the author's word, unless it stands inside a quotation: then the speaker says so."""
    sentence = mentions.reading.sentence_span(mentions.reading.doc[role.token].sent)
    claim = claim_of(mentions, sentence, role.subject, role.predicate, argument(role.object))
    mode = "reported" if is_hearsay(voice) and role.modality == "asserted" else role.modality
    claim = replace(claim, polarity=role.polarity, modality=mode)
    return replace(claim, speaker=argument(voice.speaker) if voice and voice.speaker else None)
