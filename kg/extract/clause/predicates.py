"""What a clause predicates, as words and as a property: "ging eine Zusammenarbeit mit Huawei ein".

An open predicate is the lemma of the verb with its reflexive, particle and preposition, and with the noun of its object
where something else is the object. `relations.toml` says which of them are known properties.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.extract.names.mentions import phrase
from kg.ontology import Relation, per_vocabulary, relations, slug
from kg.records import Predicate

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.clause.clauses import Clause
    from kg.extract.reading import Reading
    from kg.extract.tree.arguments import Slot


def predicate_of(
    reading: Reading, clause: Clause, verb: str, slot: Slot | None = None, objects: tuple[Token, ...] = ()
) -> Predicate:
    """The predicate of a clause for one argument: lemma with reflexive, object noun and preposition; and its pieces."""
    if clause.passive and clause.lemma == verb:
        stative = not any(a.lemma_ == "werden" for a in clause.auxiliaries)
        phrase_before = clause.lemma.rpartition(" ")[0]  # "in Betracht gezogen werden", "möglich gemacht werden"
        done = " ".join(filter(None, (phrase_before, clause.verb.text.lower())))
        infinite = stative and clause.verb.tag_ not in ("VVPP", "VVIZU") and clause.verb.text.endswith("n")
        to = "zu " if infinite else ""
        verb = f"{to}{done} {'sein' if stative else 'werden'}"
    reflexive = ("sich",) if any(w.pos_ == "PRON" for w in clause.words) else ()
    preposition = (slot.preposition,) if slot is not None and slot.case is not None else ()
    nouns = tuple(_noun(o) for o in objects if o.pos_ not in ("PROPN", "PRON") and _is_named(o))
    lemma = " ".join((*nouns, *reflexive, verb, *preposition))
    pieces = [*clause.words, *(t for o in objects for t in o.doc[phrase(o)[0] : o.i + 1] if t not in clause.words)]
    finite = [clause.finite] if clause.finite in pieces else []  # "verlassen hatte" reads "hatte verlassen"
    ordered = [(t, t) for t in (*finite, *sorted(t for t in pieces if t not in finite))]
    lead = slot.lead if slot is not None else ()
    ordered += [(lead[0], lead[-1])] if lead else []
    spans = tuple((reading.starts[first.i], reading.ends[last.i]) for first, last in ordered)
    text = " ".join(" ".join(reading.document.text[start:end].split()) for start, end in spans)
    return Predicate(lemma, f"kgp:{slug(lemma)}", spans, text)


def _is_named(object: Token) -> bool:
    """Whether a word says what something is: a noun or adjective, not "alle", "viel", "etwas", unless counted out."""
    return object.tag_ not in ("PIS", "PIAT", "PDS", "PDAT") or any(c.dep_ == "nmod" for c in object.children)


def _noun(object: Token) -> str:
    """An object as part of a predicate's name: its lemma; of "eine der Hauptrollen" the noun that is counted."""
    if object.text.endswith(("Daten", "daten")):
        return object.text  # of "Daten" the singular "Datum" is another word
    if object.pos_ == "NOUN":
        lemma = object.lemma_ or object.text
        return lemma if "ß" in object.text else lemma.replace("ß", "ss")  # "Einfluß" is how it was spelt before 1996
    counted = next((c for c in object.children if c.dep_ == "nmod" and c.pos_ == "NOUN"), None)
    return counted.lemma_ if counted is not None else object.text.lower()


def words_of(reading: Reading, tokens: Iterable[Token]) -> tuple[tuple[tuple[int, int], ...], str]:
    """The places of single words in the document, and the words themselves: the pieces of a predicate."""
    spans = tuple((reading.starts[token.i], reading.ends[token.i]) for token in tokens)
    return spans, " ".join(reading.document.text[start:end] for start, end in spans)


def iri_of(lemma: str, subject: str, object: str) -> str:
    """The relation that a predicate says between ends of two types, else its own open one."""
    known = next((r for r in relations() if lemma in r.verbs and r.fits(subject, object)), None)
    return known.iri if known else f"kgp:{slug(lemma)}"


@per_vocabulary
def by_verb() -> dict[str, Relation]:
    """Verb, as a predicate's lemma names it → the relation it says."""
    return {verb: relation for relation in reversed(relations()) for verb in relation.verbs}


@per_vocabulary
def by_passive() -> dict[str, Relation]:
    """Passive without agent → the relation it says with its ends exchanged: "eingesetzt werden für" → kg:uses."""
    return {passive: relation for relation in reversed(relations()) for passive in relation.passives}
