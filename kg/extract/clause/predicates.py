"""What a clause predicates, as words and as a property: "ging eine Zusammenarbeit mit Huawei ein".

An open predicate is the lemma of the verb with its reflexive and particle. A relation of `relations.toml` is known by
more: by the preposition of one argument, and the noun of the object beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kg.extract.clause.verb_lemmas import participle_of, participle_of_modal
from kg.extract.names.mentions import phrase
from kg.language.prepositions import is_led
from kg.language.verbs import words
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
    """The predicate of a clause for one argument: the noun of its object, reflexive, verb and preposition, and its
    pieces in the text, the finite verb first: "eine Zusammenarbeit eingehen mit".

    A passive is named by its participle and werden, without werden by sein: "eingesetzt werden", "zu tragen sein". The
    state, the process and the modal infinitive are one property all the same: kgp:eingeweiht_werden of "ist eingeweiht"
    and "ist einzuweihen", too.
    """
    property = ""
    if clause.passive and clause.lemma == verb:
        attribute = clause.verb.tag_ in ("ADJA", "VVPP") and not clause.auxiliaries  # "der 1998 verpflichtete Torwart"
        stative = not attribute and not any(a.lemma_ == "werden" for a in clause.auxiliaries)
        phrase_before = clause.lemma.rpartition(" ")[0]  # "in Betracht gezogen werden", "möglich gemacht werden"
        done = " ".join(filter(None, (phrase_before, participle_of(clause.verb))))
        infinite = stative and clause.verb.tag_ not in ("VVPP", "VVIZU", "ADJD") and clause.verb.text.endswith("n")
        to = "zu " if infinite else ""
        verb = f"{to}{done} {'sein' if stative else 'werden'}"
        modal = infinite or clause.verb.tag_ == "VVIZU"
        owed = " ".join(filter(None, (phrase_before, participle_of_modal(clause.verb)))) if modal else done
        property = f"{owed} werden"
    own = any(w.pos_ == "PRON" and not is_led(w) for w in clause.words)  # not of "für sich entscheiden"
    reflexive = ("sich",) if own and not _has_free_dative(clause) else ()
    preposition = (slot.preposition,) if slot is not None and slot.case is not None else ()
    nouns = tuple(noun_lemma(o) for o in objects if o.pos_ not in ("PROPN", "PRON") and _has_content(o))
    lemma = " ".join((*nouns, *reflexive, verb, *preposition))
    local = " ".join((*nouns, *reflexive, property or verb, *preposition))
    pieces = [*clause.words, *(t for o in objects for t in o.doc[phrase(o)[0] : o.i + 1] if t not in clause.words)]
    finite = [clause.finite] if clause.finite in pieces else []  # "verlassen hatte" reads "hatte verlassen"
    ordered = [(t, t) for t in (*finite, *sorted(t for t in pieces if t not in finite))]
    lead = slot.lead if slot is not None else ()
    ordered += [(lead[0], lead[-1])] if lead else []
    spans = tuple((reading.starts[first.i], reading.ends[last.i]) for first, last in ordered)
    text = " ".join(" ".join(reading.document.text[start:end].split()) for start, end in spans)
    return Predicate(lemma, f"kgp:{slug(local)}", spans, text)


def _has_free_dative(clause: Clause) -> bool:
    """Free dative (Dativus commodi): a "sich" for whom something is done, beside the object of a verb that means the
    same without it: "holte sich den Titel", but "sicherte sich gegen Verluste".
    """
    return clause.lemma in words("with_free_dative") and any(s.role == "obj" and s.case is None for s in clause.slots)


def _has_content(object: Token) -> bool:
    """Whether an object says what something is, so that it can be part of a name: no pronoun or quantifier ("alle",
    "viel"), unless a noun hangs on it: "eine der Hauptrollen".
    """
    return object.tag_ not in ("PIS", "PIAT", "PDS", "PDAT") or any(c.dep_ == "nmod" for c in object.children)


def noun_lemma(object: Token) -> str:
    """An object as part of a predicate's name: a noun's lemma in today's spelling ("Einfluß" → Einfluss), of "eine der
    Hauptrollen" the noun behind, else the word itself; "Daten" stays.
    """
    if object.text.endswith(("Daten", "daten")):
        return object.text  # of "Daten" the singular "Datum" is another word
    if object.pos_ == "NOUN":
        lemma = object.lemma_ or object.text
        return lemma if "ß" in object.text else lemma.replace("ß", "ss")  # "Einfluß" is how it was spelt before 1996
    counted = next((c for c in object.children if c.dep_ == "nmod" and c.pos_ == "NOUN"), None)
    return counted.lemma_ if counted is not None else object.text.lower()


def predicate_pieces(reading: Reading, tokens: Iterable[Token]) -> tuple[tuple[tuple[int, int], ...], str]:
    """The places of single words in the document, and the words themselves: the pieces of a predicate."""
    spans = tuple((reading.starts[token.i], reading.ends[token.i]) for token in tokens)
    return spans, " ".join(reading.document.text[start:end] for start, end in spans)


def iri_of(lemma: str, subject: str, object: str) -> str:
    """The relation with a predicate among its verbs and ends of these types, else an open one: "kgp:…"."""
    known = relation_said_by(lemma, subject, object)
    return known.iri if known else f"kgp:{slug(lemma)}"


def relation_said_by(verb: str, subject: str, object: str) -> Relation | None:
    """The first relation that a verb, as a predicate's lemma names it, says between ends of two types."""
    return next((relation for relation in _by_verb().get(verb, ()) if relation.fits(subject, object)), None)


def is_verb_of_relation(verb: str) -> bool:
    """Whether a predicate's lemma says a relation at all, between whatever ends: "tätig sein bei"."""
    return verb in _by_verb()


def said_the_other_way(passive: str, subject: str, object: str) -> Relation | None:
    """The first relation that a passive says with its ends exchanged: "eingesetzt werden für" → kg:uses."""
    return next((relation for relation in _by_passive().get(passive, ()) if relation.fits(object, subject)), None)


@per_vocabulary
def _by_verb() -> Mapping[str, tuple[Relation, ...]]:
    return _by_word((verb, relation) for relation in relations() for verb in relation.verbs)


@per_vocabulary
def _by_passive() -> Mapping[str, tuple[Relation, ...]]:
    return _by_word((passive, relation) for relation in relations() for passive in relation.passives)


def _by_word(pairs: Iterable[tuple[str, Relation]]) -> Mapping[str, tuple[Relation, ...]]:
    """Word → the relations that have it, in the order of their table."""
    found: dict[str, list[Relation]] = defaultdict(list)
    for word, relation in pairs:
        found[word].append(relation)
    return {word: tuple(several) for word, several in found.items()}
