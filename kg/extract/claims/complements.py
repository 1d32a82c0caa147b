"""Predicatives and clauses without an object: "ist offen", "wurde gelöscht", "läuft bis 2022".

Each becomes a claim whose object is a text, or what the subject is said to be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.claims.propositions import Said
from kg.extract.clause.clauses import Clause
from kg.extract.clause.predicates import predicate_of
from kg.extract.names.mentions import Mentions, is_one_of, phrase
from kg.extract.nominal.roles import role_of
from kg.extract.tree.arguments import NEGATIONS, Slot, is_nominal
from kg.language.nouns import is_person
from kg.language.verbs import takes_sein, words
from kg.reader.tokens import NOUNS
from kg.records import Literal, Mention, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# Articles that no nominative has.
_NON_NOMINATIVE_ARTICLES = frozenset({"dem", "einem", "diesem", "keinem", "den", "des"})
# Words behind a span of time that make a date of it, or say that it is a span.
_BEHIND_TIMES = ("später", "zuvor", "danach", "früher", "vorher", "lang")


def content_claims(mentions: Mentions, clause: Clause, who: Mention) -> Iterator[Said]:
    """Complement clause: a verb's clause with "dass" or "ob" behind it is its object, as text.

    "Link erklärte, dass die Stadt baut" → Link – erklären – "dass die Stadt baut". With "sein" an infinitive with "zu"
    counts too ("Das Ziel war, die Kosten zu senken"); a consecutive "so …, dass" and "als dass" do not.
    """
    if clause.copula is not None:
        return
    hangs = ("ccomp", "csubj", "xcomp", *(("acl", "acl:relcl", "advcl") if clause.verb.lemma_ == "sein" else ()))
    aim = clause.verb.lemma_ == "sein" and not clause.slots  # "Ziel war, die Kosten zu senken"
    marks = ("dass", "daß", "ob", "zu") if aim else ("dass", "daß", "ob")
    for child in (c for c in clause.verb.children if c.dep_ in hangs):
        opens = next((c for c in child.children if c.dep_ == "mark" and c.text.lower() in marks), None)
        if opens is None or opens.i < clause.verb.i or _is_consecutive_dass(opens):
            continue
        opens = child.left_edge if opens.text == "zu" else opens
        while opens.is_punct and opens.i < child.i:
            opens = opens.nbor()
        if opens.i and opens.nbor(-1).text.lower() == "als":
            continue
        last = child.right_edge
        while last.is_punct and last.i > child.i:
            last = last.nbor(-1)
        span = mentions.reading.span(opens.i, last.i)
        what = _literal(span)
        yield Said(who, predicate_of(mentions.reading, clause, clause.lemma), what)


def _is_consecutive_dass(mark: Token) -> bool:
    """Consecutive "dass": "so", "derart" or "dermaßen" stands at most four words before it: "so groß, dass"."""
    near = {t.text.lower() for t in mark.doc[max(mark.sent.start, mark.i - 4) : mark.i]}
    return mark.text.lower() in ("dass", "daß") and bool(near & {"so", "derart", "dermaßen"})


def predicative_claims(mentions: Mentions, clause: Clause, who: Mention, slot: Slot) -> Iterator[Said]:
    """Predicative: a role noun says the role of a person ("X ist Chef der Y"), another noun phrase is the object.

    An adjective or a phrase with a preposition or "wie" is text, with its degree: "X ist sehr krank", "X ist wie Y".
    Nothing is said by an adverb, a phrase with "als", or a noun in an oblique case.
    """
    head = slot.head
    lead = next((c for c in head.children if c.tag_ == "KOKOM" and c.i < head.i), slot.case)
    if head.text == who.text:
        return
    if lead is not None and lead.text.lower() == "als":
        return  # "ist als Chef im Gespräch"
    if head.lemma_.lower() in NEGATIONS or head.pos_ in ("ADV", "PUNCT", "SCONJ", "CCONJ", "PART"):
        return
    if head.text == "anderes" and head.i and head.nbor(-1).text.lower() == "nichts":
        head = next((c for c in head.children if c.i > head.i and c.pos_ in NOUNS), head)
        lead = None  # "ist nichts anderes als eine Ruine"
    if (
        any(c.dep_.startswith("det") and c.text.lower() in _NON_NOMINATIVE_ARTICLES for c in head.children)
        and lead is None
    ):
        return  # "größer als Jupiter, dem größten Planeten": what somebody is stands in the nominative
    if (head.pos_ in NOUNS or is_one_of(head)) and lead is None:
        if who.type == "Person" and is_person(head.text) and head.i not in mentions.by_token:
            copula = predicate_of(mentions.reading, clause, clause.lemma)
            for role in role_of(mentions, who, head):
                said = replace(role.predicate, spans=copula.spans, text=copula.text)
                predicate = said if role.predicate.text == role.object.text else role.predicate
                yield Said(who, predicate, role.object)
            return
        if mentions.of(head).text == who.text:
            return
        what: Mention | Literal = mentions.of(head)
    else:
        first = lead.i if lead is not None else _first_of_degree_phrase(head).i
        span = mentions.reading.span(min(first, head.i), head.i)
        what = _literal(span)
    predicate = predicate_of(mentions.reading, clause, clause.lemma)
    yield Said(who, predicate, what)


def dated_claim(mentions: Mentions, clause: Clause, who: Mention, slot: Slot) -> Said:
    """Date of a clause without an object: it takes the object's place: "Die Vereinbarung läuft im Oktober 2022 aus"."""
    first, last = phrase(slot.head)
    last = max([last, *(child.i for child in slot.head.children if child.pos_ == "NUM")])
    last += last + 1 < len(clause.verb.doc) and clause.verb.doc[last + 1].text in _BEHIND_TIMES
    span = mentions.reading.span(first, last)
    predicate = predicate_of(mentions.reading, clause, clause.lemma, slot)
    what = _literal(span)
    return Said(who, predicate, what)


def has_complement(clause: Clause) -> bool:
    """Clausal complement: behind the verb and a comma a clause with "dass", "ob", "wie", a question word, or "zu".

    "zeigte uns, welche Wut …", "versprach ihm, zu kommen"; not with a copula.
    """
    if clause.copula is not None:
        return False
    for child in (c for c in clause.verb.children if c.i > clause.verb.i and c.pos_ in ("VERB", "AUX", "ADJ", "NOUN")):
        opens = child.left_edge
        opens = opens.nbor() if opens.is_punct and opens.i < child.i else opens
        if not opens.i or opens.nbor(-1).text != ",":
            continue
        own = (child, *child.children, *(t for c in child.children if c.dep_.startswith("aux") for t in c.children))
        to = any(t.tag_ in ("VVIZU", "PTKZU") for t in own)
        that = opens.text.lower() in ("dass", "daß", "ob", "wie")
        asks = opens.tag_ in ("PWAT", "PWS", "PWAV")
        if child.dep_ in ("ccomp", "xcomp") and (to or that or asks):
            return True
        if child.dep_ in ("conj", "advcl", "obj") and asks:
            return True
    return False


def is_addressee(clause: Clause, slot: Slot) -> bool:
    """Addressee: a dative beside a clausal complement says who is told or allowed: "gönnen den Menschen, zu ruhen".

    Not beside a direct object, in the passive, with a reflexive, or with a verb whose dative is its object ("hilft").
    What the parser takes for an accusative counts with verbs of dative control, if its article can be a dative.
    """
    if slot.case is not None or clause.passive or clause.lemma in words("dative_objects"):
        return False
    if any(s.role == "obj" and s.case is None and s is not slot for s in clause.slots):
        return False  # "lieferte dem Rat ein Argument, warum …"
    if any(word.pos_ == "PRON" for word in clause.words):
        return False  # "schloss sich dem Rat an"
    dative = slot.role in ("obl", "iobj") and is_nominal(slot.head) and not is_time_word(slot.head)
    return dative or (slot.role == "obj" and clause.lemma in words("dative_control") and _may_be_dative(slot.head))


def is_time_word(noun: Token) -> bool:
    """Whether a noun is a word of time or a number: "Montag", "2019"."""
    return noun.text.lower() in words("times") or noun.like_num


def _may_be_dative(noun: Token) -> bool:
    """Whether the article of a noun can be a dative: "den Menschen", "der Stadt"."""
    article = next((c.text.lower() for c in noun.children if c.dep_.startswith("det")), "")
    return article in ("den", "dem", "der", "einem", "einer", "allen") or noun.text.lower() == "uns"


def pair_claim(mentions: Mentions, clause: Clause, who: Mention, pair: list[Slot], objects: tuple[Token, ...]) -> Said:
    """Coordination with "zwischen": its two ends are one phrase: "fährt zwischen Berlin und Ulm"."""
    heads = [slot.head for slot in pair]
    span = mentions.reading.span(phrase(min(heads))[0], phrase(max(heads))[1])
    predicate = predicate_of(mentions.reading, clause, clause.lemma, pair[0], objects)
    return Said(who, predicate, _literal(span))


def passive_claims(mentions: Mentions, clause: Clause, who: Mention) -> Iterator[Said]:
    """Passive without other arguments: the participle is what "werden" or "sein" says of the subject.

    "Die Meldungen wurden gelöscht" → werden – gelöscht. A "sein" with a participle is one unless the verb makes its
    perfect with "sein" ("ist zurückgetreten"); an infinitive with "zu" counts too: "ist leicht zu handhaben".
    """
    auxiliaries = tuple(a for a in clause.auxiliaries if a.lemma_ in ("werden", "sein"))
    active = takes_sein(clause.lemma)  # "ist zurückgetreten"
    stative = "Part" in clause.verb.morph.get("VerbForm") and not active
    resting = stative and clause.finite in auxiliaries and clause.finite is not None and clause.finite.lemma_ == "sein"
    if not auxiliaries or not (clause.passive or resting):
        return
    if any(a.lemma_ == "haben" for a in clause.auxiliaries):
        return
    lemma = "werden" if any(a.lemma_ == "werden" for a in auxiliaries) else "sein"
    told = replace(clause, lemma=lemma, words=clause.auxiliaries, passive=False)
    first = clause.verb.i
    if clause.verb.tag_ != "VVPP" and first and clause.verb.nbor(-1).tag_ == "PTKZU":
        first -= 1  # "ist leicht zu handhaben"
        before = clause.verb.doc[first - 1]
        first -= before.tag_ == "ADJD" and before.head == clause.verb
    if first > clause.verb.sent.start and clause.verb.nbor(-1) in clause.words and first == clause.verb.i:
        first -= clause.verb.nbor(-1) not in clause.auxiliaries  # "bekannt gegeben"
    span = mentions.reading.span(first, clause.verb.i)
    done = Literal(span.start, span.end, span.text, span.text)
    yield Said(who, predicate_of(mentions.reading, told, lemma), done)


# Dependents of a verb without arguments.
_BESIDE_BARE_VERB = frozenset(
    {"nsubj", "nsubj:pass", "aux", "aux:pass", "compound:prt", "advmod", "punct", "cc", "conj"}
)
# Conjunctions of subject clauses.
_SUBJECT_CLAUSE_MARKS = ("ob", "dass", "daß")


def bare_claims(mentions: Mentions, clause: Clause, who: Mention, subject: Token) -> Iterator[Said]:
    """Verb without arguments: what a named person, organisation or place did, in a main clause in the active.

    "Duisburg wiegelte ab" → Duisburg – abwiegeln – wiegelte ab. Times and adverbs may stand beside it, verbs of saying
    do not count.
    """
    acting = who.form == "named" and who.type in ("Person", "Organization", "Place")
    main = clause.relation == "root" and clause.finite is not None and clause.copula is None and not clause.passive
    times = {slot.head for slot in clause.slots}  # of arguments it has none but times
    alone = all(c.dep_ in _BESIDE_BARE_VERB or c in times for c in clause.verb.children)
    if not acting or not main or not alone or clause.verb.pos_ != "VERB" or clause.lemma in words("saying"):
        return
    first, last = min(clause.words).i, max(clause.words).i
    if first <= subject.i <= last:
        first = last = clause.verb.i
    span = mentions.reading.span(first, last)
    done = _literal(span)
    yield Said(who, predicate_of(mentions.reading, clause, clause.lemma), done)


def clause_subjects(clause: Clause) -> tuple[Token, ...]:
    """Subject clause: the heads of clauses with "ob" or "dass" before a predicative or participle.

    "Ob es weitergeht, ist offen", "Dass er lügt, ist bewiesen"
    """
    if clause.copula is None and clause.verb.tag_ != "VVPP":
        return ()
    before = (c for c in clause.verb.children if c.right_edge.i < clause.verb.i)
    opened = (c for c in before if c.dep_ in ("csubj", "csubj:pass", "advcl", "ccomp"))
    return tuple(
        c for c in opened if any(m.dep_ == "mark" and m.text.lower() in _SUBJECT_CLAUSE_MARKS for m in c.children)
    )


def _first_of_degree_phrase(adjective: Token) -> Token:
    """Degree of an adjective: the first of the adverbs and measures before it, but no negation or sentence adverb.

    "sehr krank" → sehr; "65 Meter hoch" → 65
    """
    first = adjective
    for child in sorted((c for c in adjective.children if c.i < adjective.i), reverse=True):
        measures = child.pos_ in ("ADV", "ADJ") or any(c.dep_ == "nummod" for c in child.children)
        measures = measures and child.text.lower() not in (words("times") | words("beside"))
        if child.right_edge.i != first.i - 1 or not measures or child.dep_ in ("nsubj", "cop", "aux", "case"):
            break
        if (
            child.text.lower() in NEGATIONS
            or child.left_edge.text.lower() in words("beside")
            or child.left_edge.text.lower() in NEGATIONS
        ):
            break
        first = child.left_edge
    return first


def _literal(span: Span) -> Literal:
    """What stands in a span as an object that is no name; line ends and wide gaps in it are plain spaces."""
    return Literal(span.start, span.end, span.text, " ".join(span.text.split()))
