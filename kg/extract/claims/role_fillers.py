"""Role fillers: what stands in a clause beside its subject, and what each of it is there: object, recipient, place.

"Henrik Saller übergab Nele Prinz in Stade die Schlüssel": of two arguments without preposition the one in the dative is
the recipient, "in Stade" is a place. A date is no role, it is the time of the claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.claims.nonarguments import phrase_text
from kg.extract.clause.clauses import Clause
from kg.extract.clause.dating import is_time, lasts
from kg.extract.names.mentions import Mentions, phrase
from kg.extract.tree.arguments import Slot, attributes_of, is_nominal
from kg.extract.tree.particles import is_local_adverb
from kg.language.nouns import noun_list
from kg.language.prepositions import governed_by, governed_by_adjective, is_led, preposition_of, uncontracted
from kg.language.thematic_roles import NUMBER, is_currency, is_unit, role_of_fixed_phrase, thematic_role
from kg.language.verbs import infinitive, words
from kg.ontology import AGENTS
from kg.reader.tokens import APPOSITIONS, COMPLEMENTS, OBJECTS, has, is_number
from kg.records import Literal, Mention, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

OBJECT = "object"
# What these roles hold is no thing that others could speak of.
_TEXTS = ("amount", "extent", "manner")


class Filler(NamedTuple):
    """What fills a role, "object" or one of `kg.records.ROLES`, with the slot of the tree where it has one.

    `aside` tells that it is an attribute of the object and takes part only where a known relation asks for it: Siemens
    in "hält Anteile an Siemens".
    """

    role: str
    preposition: str
    what: Mention | Literal
    slot: Slot | None = None
    aside: bool = False


def fillers_of(mentions: Mentions, clause: Clause, *, about: bool) -> list[Filler]:
    """The object and the roles of a clause, in no order; predicatives and content clauses apart.

    `about` tells that the clause has a content clause: "zeigte uns, dass" has a recipient and no object.

    "Bosch lieferte Siemens 2019 in Ulm drei Pumpen" → recipient Siemens, object drei Pumpen, place (in) Ulm
    """
    slots = [slot for slot in clause.slots if _is_told(mentions, clause, slot)]
    bare = [slot for slot in slots if slot.case is None and not _is_span(slot)]
    found = [
        *_without_preposition(mentions, clause, bare, about=about),
        *(_with_preposition(mentions, _governor(clause, slot), slot) for slot in slots if slot not in bare),
    ]
    found += (Filler("place", "", mentions.of(word)) for word in clause.verb.children if is_local_adverb(word))
    found += _adverbs_with_complement(mentions, clause)
    nouns = [filler.slot.head for filler in found if filler.role == OBJECT and filler.slot is not None]
    for noun in (*nouns, *(word for word in clause.words if word.pos_ == "NOUN")):
        found += _of_attributes(mentions, clause, noun)
    return found


def limits_of(mentions: Mentions, clause: Clause, beside: Sequence[Filler]) -> Iterator[Filler]:
    """Adverb or phrase of frequency or share (`limiting`) on the verb or predicative, or before a preposition of the
    clause: it tells how far what is said holds, with what stands before it, and no clause is told for its sake. What
    lies in a complement `beside` it is told already.

    "gehört meist der Stadt" → meist; "wird nur selten für Kinder gebaut" → nur selten; "zahlt in der Regel"; "gewann
    dreimal", "zum dritten Mal"
    """
    heads = {slot.head for slot in clause.slots if slot.case is not None and slot.head.dep_ != "conj"}
    for word in clause.own:
        if word.dep_ != "advmod" or not (word.text.lower() in words("limiting") or _TIMES.fullmatch(word.text)):
            continue
        before = word.nbor(-1) if word.i > word.sent.start else word
        litotes = before.text.lower() == "nicht" and word.text.lower() in words("only")  # "nicht selten"
        first = before if litotes else word.left_edge
        if not litotes and first.text.lower() == "nicht":
            first = first.nbor()  # "ist nicht oft in Bonn" is denied as a whole
        limit = literal(mentions.reading.span(first.i, word.i))
        inside = any(f.what.start <= limit.start and limit.end <= f.what.end for f in beside)
        if not inside and (word.head == clause.verb or (word.head in heads and word.nbor().dep_ == "case")):
            yield Filler("extent", "", limit)
    for slot in clause.slots:
        if (_is_limiting_phrase(slot) and slot.case is not None) or _says_how_often(slot):
            first = slot.case if slot.case is not None else slot.head.left_edge
            yield Filler("extent", "", literal(mentions.reading.span(first.i, slot.head.i)))


# How often, as one word: "dreimal", "12-mal", "mehrmals", not "diesmal".
_TIMES = re.compile(
    r"(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|\d+-?)mal|mehrmals|vielmals", re.IGNORECASE
)
_ORDINAL = re.compile(
    r"(?:\d+\.|(?:erst|zweit|dritt|viert|fünft|sechst|sieb(?:en)?t|acht|neunt|zehnt|elft|zwölft|letzt|\w+zigst)e[nrms]?)"
)


def _says_how_often(slot: Slot) -> bool:
    """Iteration: whether an argument is a counted "Mal", and not denied: "50.000 Mal", "zum dritten Mal"."""
    lefts = list(slot.head.lefts)
    counted = any(c.tag_ == "CARD" or (c.tag_ == "ADJA" and _ORDINAL.fullmatch(c.text)) for c in lefts)
    counted = counted and not any(c.text.lower().startswith("kein") for c in lefts)
    first = slot.case if slot.case is not None else slot.head.left_edge
    denied = first.i > first.sent.start and first.nbor(-1).text == "nicht"
    return slot.head.text in ("Mal", "Male", "Malen") and counted and not denied and slot.role != "pred"


def _is_limiting_phrase(slot: Slot) -> bool:
    """Whether a phrase is one of `limiting` and nothing more: "im Schnitt", not "im Schnitt der Jahre"."""
    return phrase_text(slot) in words("limiting") and not any(c.i > slot.head.i for c in slot.head.children)


def _adverbs_with_complement(mentions: Mentions, clause: Clause) -> Iterator[Filler]:
    """Adverbial adjective with a complement: it says how, as a whole: "unabhängig vom Alter", "parallel zum Rhein"."""
    for adverb in clause.verb.children:
        complement = next((c for c in adverb.children if adverb.tag_ == "ADJD" and c.dep_ == "obl" and is_led(c)), None)
        if complement is None or adverb.dep_ != "advmod":
            continue
        if f"{adverb.text.lower()} {uncontracted(preposition_of(complement))}" in words("leading_adverbs"):
            yield Filler("manner", "", literal(mentions.reading.span(adverb.i, phrase(complement)[1])))


def with_own_recipient(mentions: Mentions, object: Filler, roles: tuple[Filler, ...]) -> tuple[Filler, ...]:
    """Gapping: the roles beside an object, with the dative that stands before it alone in place of the verb's: the
    Schule of "Dem Verein schenkte er ein Haus, der Schule eine Orgel".
    """
    children = object.slot.head.children if object.slot is not None else ()
    own = [Filler("recipient", "", mentions.of(c)) for c in children if c.dep_ == "iobj"]
    others = (role for role in roles if not own or role.role != "recipient")
    return tuple(sorted((*own, *others), key=lambda filler: filler.what.start)) if own else roles


def _governor(clause: Clause, slot: Slot) -> str:
    """What a phrase is a complement of: "adjective" if an adjective of the predicate asks for its preposition, "noun"
    if the noun of an idiom does, else the verb: "zufrieden mit der Schule", "nimmt Bezug auf den Brief".
    """
    forms = (form for word in clause.words for form in (word.text.lower(), word.lemma_.lower()))
    if any(slot.preposition in governed_by_adjective(form) for form in forms):
        return "adjective"
    nouns = (word for word in clause.words if word.pos_ == "NOUN")
    return "noun" if any(slot.preposition in governed_by(noun.text, noun.lemma_) for noun in nouns) else clause.lemma


def _is_told(mentions: Mentions, clause: Clause, slot: Slot) -> bool:
    """Whether an argument takes part in what is said: no predicative, date, fixed phrase, or "was"."""
    if slot.role == "pred" or slot.head in clause.subjects or slot.head.text.lower() == "was":
        return False
    if slot.head.text.lower() == "es" and any(c.dep_ in COMPLEMENTS for c in clause.verb.children):
        return False  # Korrelat: "schaffte es, die Werft zu retten"
    if is_time(mentions.reading, slot):
        return _is_span(slot) or _is_measured_object(slot)
    between = slot.preposition == "zwischen" and has(slot.head, "Number", "Sing") and not any(slot.head.conjuncts)
    beside = any(c != slot.head and c.dep_ in OBJECTS for c in slot.head.head.children)
    alone = slot.role == "obj" and not beside and not any(slot.head.conjuncts)  # "baut 120 davon ab"
    counted = is_number(slot.head) and (slot.case is not None or alone)  # "mit 3:0"
    return (is_nominal(slot.head) or counted) and not between and not _is_phrase(mentions, slot)


def _is_span(slot: Slot) -> bool:
    """Whether an argument says how long something goes on: "noch mehrere Monate"."""
    if _is_measured_object(slot):
        return False
    lasting = slot.case is None and slot.head.text.lower() in noun_list("units_of_time")
    return slot.case is None and (lasts(slot) or (lasting and slot.head.head.lemma_ == "dauern"))


def _is_measured_object(slot: Slot) -> bool:
    """Span of time as an object: a bare number and unit beside a verb that asks for one: "forderte vier Jahre",
    "brauchte drei Minuten", not "wartete drei Minuten" nor "erhielt jahrelang Geld"; nor beside another object.
    """
    verb = slot.head.head
    unit = slot.head.text.lower() in noun_list("units_of_time") | noun_list("unit_of_duration")
    counted = any(c.dep_ == "nummod" or c.tag_ in ("CARD", "PIAT", "ART") or c.pos_ == "ADJ" for c in slot.head.lefts)
    alone = not any(c.dep_ == "obj" and c != slot.head for c in verb.children)
    return slot.case is None and unit and counted and alone and infinitive(verb.text, verb.lemma_) in words("with_time")


def _is_phrase(mentions: Mentions, slot: Slot) -> bool:
    """Whether an argument is a fixed phrase that names no thing: "auf Anfrage", "in der Regel"."""
    fixed = _is_limiting_phrase(slot) or _text_with_preposition(slot).lower() in words("phrases")
    return slot.case is not None and fixed


def _text_with_preposition(slot: Slot) -> str:
    """An argument as it stands there, from its preposition on: "zu Hause"."""
    first, last = phrase(slot.head)
    return slot.head.doc[first if slot.case is None else min(slot.case.i, first) : last + 1].text


def _without_preposition(mentions: Mentions, clause: Clause, slots: Sequence[Slot], *, about: bool) -> Iterator[Filler]:
    """Arguments without preposition: the recipient, the object, and what else there is, as amount or oblique.

    "half der Stadt" has an object, whatever its case; "gab der Stadt Geld" a recipient and an object. In a passive,
    whose accusative is the subject, a noun that is no dative takes no part ("wurden benannt: der Ausbau, …").
    """
    groups = _coordinated_groups(slots)
    if clause.passive and not (groups and _receives(mentions, clause, groups[0][0])):
        return
    recipient = _recipient_group(mentions, clause, groups, about=about)
    object = next((group for group in groups if group is not recipient), None)
    for group in groups:
        if group is recipient and _is_no_dative(group[0], clause):
            continue
        for slot in _told_conjuncts(mentions, group):
            if group is recipient:
                role = "source" if clause.lemma in words("depriving") else "recipient"  # "Ihm wurde Blut entnommen"
                yield Filler(role, "", mentions.of(slot.head), slot)
            elif group is object:
                yield Filler(OBJECT, "", _what(mentions, slot, OBJECT), slot)
            else:
                role = "amount" if _is_amount(slot.head) else "oblique"
                yield Filler(role, "", _what(mentions, slot, role), slot)


def _coordinated_groups(slots: Sequence[Slot]) -> list[list[Slot]]:
    """Coordination: the arguments as groups of those that are joined with each other: Geld und Brot; der Stadt."""
    groups: list[list[Slot]] = []
    for slot in slots:
        joined = _joined_with(slot.head)
        known = next((group for group in groups if group[0].head in joined), None)
        if known is None:
            groups.append([slot])
        else:
            known.append(slot)
    return groups


def _told_conjuncts(mentions: Mentions, group: Sequence[Slot]) -> Iterator[Slot]:
    """The arguments of a group that are told; what is in apposition to a common noun is not: "zwei Söhne, Karl und
    Otto".
    """
    first = group[0].head
    for slot in group:
        if first in (slot.head, *slot.head.conjuncts) or mentions.of(first).form == "named":
            yield slot


def _recipient_group(
    mentions: Mentions, clause: Clause, groups: Sequence[list[Slot]], *, about: bool
) -> list[Slot] | None:
    """Dative: of several groups without preposition the recipient, by form, by label, else who can take something.

    A single one is it in a passive ("wurde ihm vorgeworfen"), and as a dative beside a content clause or a predicative
    ("blieb dem Verein treu"); a measure never is: "schleppte den Wagen 30 Meter mit".
    """
    firsts = [group[0] for group in groups]
    if len(firsts) == 1:
        copular = clause.copula is not None or clause.lemma in ("sein", "werden", "bleiben")
        reflexive = any(word.pos_ == "PRON" for word in clause.words)  # "ist sich der Gefahr bewusst"
        predicative = copular and not reflexive and _may_receive(mentions, firsts[0])
        # Of "Siemens wurde verkauft und BASF gekauft" the second is no recipient.
        return groups[0] if clause.passive or predicative or (about and _is_dative(firsts[0], clause)) else None
    things = [slot for slot in firsts if not _is_amount(slot.head)]
    marked = [slot for slot in things if _case(slot.head) == "Dat"]
    labelled = [slot for slot in things if slot.role in ("iobj", "obl")]
    found = next((slots[0] for slots in (marked, labelled) if len(slots) == 1), None)
    if found is None:
        living = [slot for slot in firsts if mentions.of(slot.head).type in AGENTS]
        found = living[0] if living and len(living) < len(firsts) else None
    return next((group for group in groups if group[0] is found), None)


def _is_no_dative(slot: Slot, clause: Clause) -> bool:
    """Dative by its form: whether a noun cannot be one: its first determiner or adjective ends otherwise ("die Post",
    "lange Zeit"), it is bare without the -n of a plural, or a bare name beside a verb that gives nothing.
    """
    noun = slot.head
    if noun not in clause.own:
        return False  # "die Bank, der er ein Haus verkaufte"
    marked = [c.text for c in noun.lefts if c.dep_.startswith(("det", "amod"))]
    if noun.pos_ in ("PRON", "DET") or marked:
        return bool(marked) and not any(text.endswith(("m", "r", "n")) for text in marked)
    named = noun.ent_type_ or any(c.dep_ in APPOSITIONS and c.ent_type_ for c in noun.children)  # "Minister Otto Kern"
    if noun.pos_ != "PROPN" and not named:
        return not noun.text.endswith(("n", "s"))
    gives = thematic_role("an", clause.lemma, "Person", noun.text, "Acc") == "recipient"
    return not gives and not any(clause.lemma in words(kind) for kind in ("giving", "dative_control", "depriving"))


def _receives(mentions: Mentions, clause: Clause, slot: Slot) -> bool:
    """Dative of a passive: what may be one by its form; a bare name, which may be another clause's nominative, only
    beside a verb of giving: "Eva Kern wurde der Preis verliehen", not "Kern wurde Chef und Horn entlassen".
    """
    noun = slot.head
    marked = noun.pos_ == "PRON" or _case(noun) == "Dat" or any(c.pos_ == "DET" for c in noun.children)
    gives = thematic_role("an", clause.lemma, "Person", noun.text, "Acc") == "recipient"
    return _may_receive(mentions, slot) and (marked or gives)


def _may_receive(mentions: Mentions, slot: Slot) -> bool:
    """Whether a noun beside a passive or a predicative can be its dative: by its form, or as who can receive, a town
    too, where no form tells or the tree has it as a dative: "Der Stadt wurde der Titel aberkannt".
    """
    case = _case(slot.head)
    receives = mentions.of(slot.head).type in (*AGENTS, "Place")
    return case == "Dat" or (receives and (case != "Nom" or slot.head.dep_ in ("obl:arg", "iobj")))


def _joined_with(noun: Token) -> set[Token]:
    """What a noun is joined with: its conjuncts, and the noun that one of them stands in apposition to: "Gegner" of B
    in "besiegte ihre Gegner A und B".
    """
    joined = set(noun.conjuncts)
    return joined | {c.head for c in joined if c.dep_ in APPOSITIONS}


def _is_dative(slot: Slot, clause: Clause) -> bool:
    """Whether an argument is a dative, by its form or as its verb has one beside a clause: "riet uns, zu gehen"."""
    return _case(slot.head) == "Dat" or clause.lemma in words("dative_control") or slot.role in ("obl", "iobj")


def _with_preposition(mentions: Mentions, governor: str, slot: Slot) -> Filler:
    """An argument with a preposition, or one that says how long."""
    if slot.case is None:
        return Filler("extent", "", _literal(mentions, slot.head), slot)
    kind = NUMBER if _is_amount(slot.head) else mentions.of(slot.head).type
    role = role_of_fixed_phrase(_text_with_preposition(slot)) or thematic_role(
        slot.preposition, governor, kind, slot.head.text, _case_by_article(slot)
    )
    role = "oblique" if role == "instrument" and _goes_along(slot) else role
    preposition = f"nicht {slot.preposition}" if _is_denied_lack(slot) else slot.preposition
    return Filler(role, preposition, _what(mentions, slot, role), slot)


def _is_denied_lack(slot: Slot) -> bool:
    """Litotes: "nicht" right before "ohne" denies the lack and nothing else: "verlief nicht ohne Pannen"."""
    case = slot.case if slot.preposition == "ohne" else None
    return case is not None and case.i > case.sent.start and case.nbor(-1).text.lower() == "nicht"


def _case_by_article(slot: Slot) -> str:
    """The case of a phrase with a preposition; "" for a name without article, whose form tells none: "auf Rügen"."""
    bare = slot.head.pos_ == "PROPN" and not any(c.dep_.startswith("det") for c in slot.head.children)
    return "" if bare and (slot.case is None or slot.case.tag_ != "APPRART") else _case(slot.head)


def _goes_along(slot: Slot) -> bool:
    """Comitative (Komitativ): "zusammen" or "gemeinsam" right before "mit" tells what goes along, which is no means:
    "schenkte das Haus zusammen mit dem Garten".
    """
    before = slot.case.nbor(-1) if slot.case is not None and slot.case.i > slot.case.sent.start else None
    return before is not None and before.text.lower() in ("zusammen", "gemeinsam")


def _of_attributes(mentions: Mentions, clause: Clause, noun: Token) -> Iterator[Filler]:
    """Who takes part through the object or an idiom's noun: Huawei in "ging eine Partnerschaft mit Huawei ein"."""
    if noun.pos_ != "NOUN":
        return
    light = noun in clause.words or clause.lemma in words("light_verbs")
    for attribute in attributes_of(noun):
        if attribute.preposition == "namens":
            continue  # "hat einen Bruder namens Paul": who he is, not who takes part
        governed = light and attribute.preposition in governed_by(noun.text, noun.lemma_)
        if governed or _takes_part(mentions.of(attribute.head)):
            filler = _with_preposition(mentions, "noun", attribute)
            yield filler._replace(aside=not governed and attribute.preposition != "mit")


def _takes_part(mention: Mention) -> bool:
    return mention.form == "named" and mention.type in AGENTS


def _what(mentions: Mentions, slot: Slot, role: str) -> Mention | Literal:
    """The mention that an argument is; an amount, or what says how, is a text."""
    named = slot.head.i in mentions.by_token
    texts = role in _TEXTS or (role == OBJECT and _is_amount(slot.head))
    return _literal(mentions, slot.head) if texts and not named else mentions.of(slot.head)


def _literal(mentions: Mentions, head: Token) -> Literal:
    return literal(mentions.reading.span(*phrase(head)))


def literal(span: Span) -> Literal:
    """What stands in a span as a text that is no name; line ends and wide gaps in it are plain spaces."""
    return Literal(span.start, span.end, span.text, " ".join(span.text.split()))


def _is_amount(head: Token) -> bool:
    """Whether a phrase is a number with its unit: "drei Prozent", "5 Millionen Euro", "EUR 5.000", or alone."""
    if is_number(head):
        return True
    if is_currency(head.text) and any(is_number(child) or is_unit(child.text) for child in head.children):
        return True
    return is_unit(head.text) and any(is_number(t) or is_unit(t.text) for t in head.doc[head.left_edge.i : head.i])


def _case(noun: Token) -> str:
    """The case that a noun phrase shows by its article, else by the noun; "" where the forms do not tell."""
    article = next((c for c in noun.children if c.dep_.startswith("det")), noun)
    cases = article.morph.get("Case") or noun.morph.get("Case")
    return cases[0] if len(cases) == 1 else ""
