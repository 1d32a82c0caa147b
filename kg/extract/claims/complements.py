"""Complements: what the subject or object is said to be ("ist offen", "als Fehler bezeichnet"), and content clauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.claims.propositions import Said, said_by_noun
from kg.extract.claims.role_fillers import OBJECT, Filler, literal
from kg.extract.clause.clauses import Clause
from kg.extract.clause.joined_clauses import conjunction_of
from kg.extract.clause.modality import is_headed_by_sentence_adverb, opens_result
from kg.extract.clause.predicates import predicate_of
from kg.extract.names.mentions import Mentions, is_one_of
from kg.extract.nominal.possessors import is_said_of_thing
from kg.extract.nominal.roles import role_of
from kg.extract.text.marks import QUOTES
from kg.extract.tree.arguments import Slot, is_finite, is_reflexive
from kg.extract.tree.comparison import last_compared
from kg.extract.tree.negation import NEGATIONS
from kg.language.nouns import is_firm_too, is_person, noun_stems, noun_type, stem
from kg.language.prepositions import uncontracted, valency
from kg.language.verbs import adverbs, words
from kg.reader.tokens import AUXILIARIES_AND_COPULA, COMPLEMENTS, NOUNS, first_word, has
from kg.records import Literal, Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

# Articles that no nominative has.
_NOT_NOMINATIVE = frozenset({"dem", "einem", "diesem", "keinem", "den", "des"})


def contents_of(mentions: Mentions, clause: Clause) -> Iterator[Filler]:
    """What a clause is about that is a clause itself, as text: "Link erklärte, dass die Stadt baut".

    Clauses with "dass" and "ob", and infinitives and questions behind a comma ("bat ihn, zu warten"). In the Vorfeld
    such a clause is one where the verb judges or claims and has a subject behind it: "Dass er lügt, hält sie für wahr".
    """
    if clause.copula is not None:
        return
    judges = clause.lemma in words("appraising") | words("saying") | words("believing") | words("denying")
    fronted = judges and any(s.dep_ == "nsubj" and s.i > clause.verb.i for s in clause.subjects)
    hangs = ("ccomp", "csubj", "xcomp", *(("acl", "acl:relcl", "advcl") if clause.verb.lemma_ == "sein" else ()))
    for child in clause.verb.children:
        opens = conjunction_of(child)
        if child.dep_ == "ccomp" and opens is not None and fronted and child.right_edge.i < clause.verb.i:
            yield _content(mentions, child, opens)
        elif child.dep_ in hangs and opens is not None and opens.i > clause.verb.i and not opens_result(opens):
            before = opens.nbor(-1).text.lower() if opens.i else ""
            if before != "als":
                yield _content(mentions, child, opens)
        elif opens is None and _is_complement(child, clause.verb) and clause.lemma not in words("phase"):
            yield _content(mentions, child, first_word(child))


def contents_of_nouns(mentions: Mentions, clause: Clause) -> Iterator[Filler]:
    """What the subject of a passive or an object is about, as text: the infinitive, or the clause with "dass" or "ob",
    behind a comma that a noun of saying, planning or asking (`statements`, `with_content`) has.

    "Der Rat lehnte den Antrag ab, die Halle zu sanieren" → die Halle zu sanieren
    """
    nouns = [*clause.subjects] if clause.passive else []
    nouns += [slot.head for slot in clause.slots if slot.role in ("obj", "obl") and slot.case is None]
    for noun in nouns:
        listed = noun.pos_ == "NOUN" and noun.text.lower() in words("statements") | words("with_content")
        for child in noun.children if listed else ():
            opens, to = conjunction_of(child), any(t.tag_ in ("VVIZU", "PTKZU") for t in (child, *child.children))
            to = to or any(t.tag_ == "PTKZU" for c in child.children if c.dep_.startswith("aux") for t in c.children)
            first = first_word(child)
            apart = child.i > noun.i and first.tag_ != "PRELS" and first.i and first.nbor(-1).text == ","
            if apart and (to or opens is not None):
                yield _content(mentions, child, first)


def spoken_of(mentions: Mentions, clause: Clause) -> Iterator[Filler]:
    """Main clause as the content of a verb of saying (uneingeleiteter Nebensatz, direct speech): yield the first one,
    as text, that stands behind the comma or colon of the verb or fills its Vorfeld. Not one from which the tree has
    torn something ("gab an, dem Chef, Kern, sei gekündigt worden"), nor what is said instead ("widersprach, er gehe").

    "Kern sagte in Ulm, die Stadt sei pleite" → die Stadt sei pleite; "„Das ist gut“, sagte Kern im Rat" → Das ist gut
    """
    if clause.lemma not in words("saying") - words("contradicting") or clause.copula is not None or clause.passive:
        return
    for child in clause.verb.children:
        parts = [t for t in child.subtree if not t.is_punct and not t.is_quote]
        if not parts or not _is_main_clause(child) or is_finite(parts[0]):
            continue
        first, last = parts[0], parts[-1]
        before = [t.text for t in clause.verb.doc[clause.verb.sent.start : first.i] if not t.is_quote][-1:]
        behind = clause.verb.i < first.i and before in ([","], [":"])
        torn = behind and any(slot.head.i > first.i and slot.head not in parts for slot in clause.slots)
        if (behind and not torn) or last.i < clause.words[0].i:
            yield Filler("content", "", literal(mentions.reading.span(first.i, last.i)))
            return


def _is_main_clause(head: Token) -> bool:
    """Whether the head of a clause that hangs on another as its content has a finite verb and nothing that opens a
    subordinate clause, no conjunction and no relative pronoun.
    """
    verbs = (head, *(c for c in head.children if c.dep_ in AUXILIARIES_AND_COPULA))
    relative = any(t.tag_ in ("PRELS", "PRELAT") for t in head.doc[head.left_edge.i : head.left_edge.i + 3])
    opened = relative or any(c.dep_ == "mark" for c in head.children)
    return head.dep_ in ("ccomp", "parataxis") and any(map(is_finite, verbs)) and not opened


def _content(mentions: Mentions, head: Token, first: Token) -> Filler:
    """A clause from its first word to its last, without the comma at its end."""
    last = head.right_edge
    while last.is_punct and last.i > head.i:
        last = last.nbor(-1)
    half = sum(t.text in QUOTES for t in head.doc[first.i : last.i + 1]) % 2 == 1
    last = last.nbor() if half and last.i + 1 < head.sent.end and last.nbor().text in QUOTES else last
    return Filler("content", "", literal(mentions.reading.span(first.i, last.i)))


def offices_of(mentions: Mentions, clause: Clause, who: Mention, slot: Slot) -> Iterator[Said]:
    """What a predicative says of a person by a role noun: "X ist Chef der Y" → X sein Chef; X leitet Y."""
    head = slot.head
    if _predicative_marker(slot) is not None or not (head.pos_ in NOUNS or is_one_of(head)):
        return
    who = replace(who, type="Person") if _stands_for_person(who, clause, head) else who
    if who.type != "Person" or not is_person(head.text) or head.i in mentions.by_token or is_said_of_thing(head):
        return
    copula = predicate_of(mentions.reading, clause, clause.lemma)
    for role in role_of(mentions, who, head):
        said = replace(role.predicate, spans=copula.spans, text=copula.text)
        predicate = said if role.predicate.text == role.object.text else role.predicate
        yield said_by_noun(replace(role, predicate=predicate))


def _stands_for_person(who: Mention, clause: Clause, noun: Token) -> bool:
    """Pronoun as the subject of a copula: whether it stands for a person: "ich" always, "er" and "sie" in the singular
    beside a noun that only persons are called by: "Er ist Chef der Bahn", not "Er ist Marktführer", "Sie ist Mitglied".
    """
    word = who.text.lower()
    if who.form != "pronoun" or word not in ("er", "sie"):
        return who.form == "pronoun" and word == "ich"
    one = (
        clause.copula is not None
        and clause.finite is not None
        and has(clause.finite, "Number", "Sing")
        and not has(noun, "Number", "Plur")
    )
    firm = is_firm_too(noun.text) or stem(noun.text) in noun_stems("acting_for_others")
    return one and noun_type(noun.text) == "Person" and not firm


def complement_of(mentions: Mentions, clause: Clause, who: Mention, slot: Slot) -> Filler | None:
    """What a predicative says the subject or object is: "X ist ein Konzern", "X ist offen", "als hoch eingestuft".

    None for what is none: a comparison with "als", a dative, a word that only denies.
    """
    head, marker = slot.head, _predicative_marker(slot)
    if clause.copula is not None:
        if (exclusive := _of_exclusive_comparison(head)) is not None:
            head, marker = exclusive, None
        if head.text == who.text or (marker is not None and marker.text.lower() == "als"):
            return None  # "ist als Chef im Gespräch"
        if (
            is_headed_by_sentence_adverb(clause)
            or head.lemma_.lower() in NEGATIONS
            or head.pos_ in ("ADV", "PUNCT", "SCONJ", "CCONJ", "PART")
        ):
            return None
        if (
            any(c.dep_.startswith("det") and c.text.lower() in _NOT_NOMINATIVE for c in head.children)
            and marker is None
        ):
            return None  # "größer als Jupiter, dem größten Planeten": what somebody is stands in the nominative
    preposition = uncontracted(marker.text) if marker is not None else ""
    if (head.pos_ in NOUNS or is_one_of(head)) and preposition != "wie":
        what: Mention | Literal = mentions.of(head)
        return Filler("complement", preposition, what, slot) if what.text != who.text else None
    span = mentions.reading.span(min(_first_word_of_degree(head).i, head.i), last_compared(head, head).i)
    return Filler("complement", preposition, literal(span), slot)


def manner_of(mentions: Mentions, clause: Clause) -> Iterator[Filler]:
    """Adverbial adjective of manner (Adverbialadjektiv): yield how something is done, with its degree, where a clause
    without copula tells nothing else beside its subject.

    The last adjective on the verb is taken that stands behind the finite verb and is none of those that tell time or
    how sure one is.
    "wurde leicht verletzt" → leicht; "ist sehr unglücklich gelaufen" → sehr unglücklich
    """
    if clause.copula is not None:
        return
    finite = clause.finite.i if clause.finite is not None and not clause.mark else -1
    below = [c for c in clause.verb.children if c.dep_ == "advmod" and c.tag_ == "ADJD" and c.i > finite]
    kinds = words("adverbial") | words("times") | adverbs().keys() | words("beside") | words("no_manner")
    kinds = kinds | words("limiting")
    told = [c for c in below if c.text.lower() not in kinds and not _is_of_time(c.text.lower())]
    if told:
        span = mentions.reading.span(min(_first_word_of_degree(told[-1]).i, told[-1].i), told[-1].i)
        yield Filler("manner", "", literal(span), Slot("advmod", told[-1]))


def _is_of_time(adjective: str) -> bool:
    """Adjective of time by its end: "täglich", "stündlich", "zweijährig", "monatelang"."""
    return adjective.endswith(("täglich", "wöchentlich", "monatlich", "jährlich", "stündlich", "minütlich", "lang"))


def _of_exclusive_comparison(head: Token) -> Token | None:
    """Exclusive comparison: the noun behind "nichts als" or "nichts anderes als", None for none.

    It says what something is, and compares and denies nothing: Ruine in "ist nichts anderes als eine Ruine".
    """
    nouns = (c for c in (head, *head.children) if c.pos_ in NOUNS)
    for noun in nouns:
        marker = next((c for c in noun.children if c.text == "als" and c.i < noun.i), None)
        before = noun.doc[max(noun.sent.start, marker.i - 2) : marker.i] if marker is not None else ()
        words_before = [token.text.lower() for token in before]
        if words_before[-1:] == ["nichts"] or words_before == ["nichts", "anderes"]:
            return noun
    return None


def _predicative_marker(slot: Slot) -> Token | None:
    """What marks a predicative: "wie" or "als" before it, else its preposition, None for none."""
    return next((c for c in slot.head.children if c.tag_ == "KOKOM" and c.i < slot.head.i), slot.case)


def _is_complement(child: Token, verb: Token) -> bool:
    """Whether a clause or an infinitive behind a comma is what the verb is about: "zeigte uns, welche Wut …".

    "wie" opens a comparison or a frame, too, which hang as adverbial clauses: "verkauft es, wie Bayer mitteilte".
    """
    if child.i <= verb.i or child.pos_ not in ("VERB", "AUX", "ADJ", "NOUN"):
        return False
    opens = first_word(child)
    if not opens.i or opens.nbor(-1).text != ",":
        return False
    own = (child, *child.children, *(t for c in child.children if c.dep_.startswith("aux") for t in c.children))
    to = any(t.tag_ in ("VVIZU", "PTKZU") for t in own)
    that = opens.text.lower() in ("dass", "daß", "ob", "wie")
    asks = opens.tag_ in ("PWAT", "PWS", "PWAV")
    if child.dep_ in COMPLEMENTS:
        return to or that or asks
    return child.dep_ in ("conj", "advcl", "obj") and asks and (opens.text != "wie" or child.dep_ != "advcl")


def _first_word_of_degree(adjective: Token) -> Token:
    """The first word of how much an adjective says: "sehr" in "sehr krank", "65" in "65 Jahre alt"."""
    first = adjective
    for child in sorted((c for c in adjective.children if c.i < adjective.i), reverse=True):
        measures = child.pos_ in ("ADV", "ADJ") or any(c.dep_ == "nummod" for c in child.children)
        measures = measures and child.text.lower() not in (words("times") | words("beside"))
        led = any(c.dep_ == "case" for c in child.children)  # "mit 75 Prozent reich an Zucker"
        if child.right_edge.i != first.i - 1 or not measures or led or child.dep_ in ("nsubj", "cop", "aux", "case"):
            break
        if (
            child.text.lower() in NEGATIONS
            or child.left_edge.text.lower() in words("beside")
            or child.left_edge.text.lower() in NEGATIONS
        ):
            break
        first = child.left_edge
    return first


def lacks_complement(clause: Clause, fillers: Sequence[Filler]) -> bool:
    """Valency: whether a clause in the active has lost what its verb needs, so that it says nothing or something else.

    It has neither object nor complement nor content clause, and its verb is one that needs one (`needing`, where not
    one of the prepositions behind the verb leads a phrase), or the tree has an object that cannot be told, an adjective
    or number without noun: "die übrigen hält der Investor".
    """
    if clause.passive or clause.copula is not None or any(f.role in _COMPLETING and not _limits(f) for f in fillers):
        return False
    if any(map(_is_elliptic_object, clause.verb.children)):
        return True
    reflexive = "sich " if any(is_reflexive(c) for c in clause.verb.children) else ""
    prepositions = valency(reflexive + clause.lemma)
    return prepositions is not None and not any(f.preposition in prepositions for f in fillers)


def _is_elliptic_object(word: Token) -> bool:
    """Ellipsis: whether a word is an object whose noun is not said: "die übrigen hält Kern", "drei verkaufte sie"."""
    led = any(c.dep_ == "case" for c in word.children) or word.tag_ == "ADJD"
    counts = word.dep_ == "obl" and word.pos_ == "NUM" and word.text.isalpha()
    return not led and (counts or (word.dep_ == "obj" and word.pos_ in ("ADJ", "NUM", "DET")))


def _limits(filler: Filler) -> bool:
    """Whether a filler is an adverb of frequency, which completes no verb: "meist"."""
    return filler.role == "extent" and filler.slot is None


# Roles that complete a verb.
_COMPLETING = (OBJECT, "complement", "content", "amount", "extent")
