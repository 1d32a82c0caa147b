"""Participial clauses: "der 1998 vom FC Ulm verpflichtete Torwart", "Von Kern gegründet, gehört die Falk AG Bosch".

An attribute before a noun, and a participle phrase beside one, say what a clause says: of the noun, in the passive if
the verb has one. Only those with an argument of their own say enough to be told. And participles beside sein, which
hardly differ from adjectives: "ist gesperrt", "ist relevant".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.clause.clauses import Clause
from kg.extract.clause.predicates import is_verb_of_relation
from kg.extract.clause.verb_lemmas import participle_of
from kg.extract.tree.arguments import Slot, arguments_of, is_nominal
from kg.extract.tree.negation import is_qualified
from kg.language.auxiliaries import may_be_participle, participle, takes_sein
from kg.language.nouns import is_person
from kg.language.verb_classes import undo_passive
from kg.language.verbs import infinitive, words
from kg.reader.tokens import opens_sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_ARGUMENTAL = ("obl", "obj", "iobj")
_APPOSED = ("acl", "acl:relcl")


def participial_clauses(sentence: Iterable[Token], clauses: Mapping[int, Clause]) -> Iterator[Clause]:
    """Yield a clause for each participle with an argument before its noun, and for each participle phrase that stands
    in the Vorfeld or behind its noun; `clauses` are those of the sentence by head.

    "Das von Kern gegründete Unternehmen"      → gründen, passive, with the Unternehmen as subject
    "Von Kern gegründet, gehört die Falk AG …" → gründen, passive, with the Falk AG as subject
    """
    for token in sentence:
        found = _attributive(token) if token.tag_ == "ADJA" else _phrase(clauses.get(token.i), clauses)
        if found is not None:
            yield found


# What denies an attribute, and makes a clause of it a negative one.
_DENYING = ("nicht", "nie", "niemals")


def _attributive(token: Token) -> Clause | None:
    """Participial attribute (erweitertes Attribut): the clause that an inflected participle before a noun stands for.

    Of a perfect participle it is passive unless its verb takes sein, of a present one active; an adjective counts that
    a relation of `relations.toml` knows with sein: "die in Cuxhaven ansässige Firma". None for "zu" with a participle,
    for a thing that need not be there ("ein", "kein"), where it is hedged, and without an argument.
    """
    below, noun = list(token.children), token.head
    argument = any(c.dep_.startswith(_ARGUMENTAL) and c.i < token.i for c in below)
    before = [t for t in token.doc[noun.left_edge.i : token.i] if t.text.lower() not in _DENYING]
    open_end = token.doc[token.i - 1].text.lower() == "zu" or is_qualified(before)
    open_end = open_end or any(c.text.lower().startswith(("kein", "ein")) for c in noun.children if c.dep_ == "det")
    if token.text.lower() in words("born") | words("died"):
        return None  # read with the name, see `kg.extract.nominal.life_data`
    if token.dep_ != "amod" or not argument or open_end or not is_nominal(noun):
        return None
    base, slots = participle_of(token), tuple(arguments_of(token, None))
    lemma = _lemma_of_attribute(token, base, slots)
    if not lemma or lemma in words("saying") | words("appraising"):
        return None
    by = any(s.preposition == "von" and (s.head.ent_type_ == "PER" or is_person(s.head.text)) for s in slots)
    active = " " in lemma or base.endswith("nd") or (_stays_active(lemma) and not by)
    return Clause(
        verb=token,
        lemma=lemma,
        words=(token,),
        subjects=(noun,),
        slots=slots,
        negation=next((c for c in below if c.text.lower() in _DENYING), None),
        passive=not active,
        own=tuple(sorted(token.subtree)),
    )


def _stays_active(verb: str) -> bool:
    """Whether the participle of a verb is no passive: "der nach Ulm gezogene Kern", "das in Ulm gelegene Werk"."""
    return takes_sein(verb) or verb in words("intransitive")


def _lemma_of_attribute(token: Token, base: str, slots: Iterable[Slot]) -> str:
    """The verb of a participle, given without its ending: leben of "lebend", gründen of "gegründet"; of an adjective
    with sein, where a relation is known: "ansässig sein". "" for other adjectives.
    """
    if any(is_verb_of_relation(f"{base} sein {slot.preposition}") for slot in slots if slot.case is not None):
        return f"{base} sein"
    if takes_sein(base) and participle(base) == base:  # "geraten", which is of "raten" too
        return base
    if base.endswith("nd"):
        return base[:-1] if base.endswith(("end", "lnd", "rnd")) else ""
    return infinitive(base, token.lemma_) if may_be_participle(base) else ""


def _phrase(clause: Clause | None, clauses: Mapping[int, Clause]) -> Clause | None:
    """Participle phrase (Partizipialgruppe): a perfect participle without auxiliary, conjunction or subject of its own,
    as a clause in the passive, unless its verb takes sein.

    In the Vorfeld it is about the subject of the clause that it hangs on, behind the comma of a noun about that noun.
    """
    if clause is None or clause.verb.tag_ != "VVPP" or clause.finite is not None or clause.auxiliaries or clause.mark:
        return None
    subjects: tuple[Token, ...] = ()
    verb, above = clause.verb, clauses.get(clause.parent.i) if clause.parent is not None else None
    opened = any(c.dep_.startswith(("nsubj", "expl")) or c.text.lower() in ("als", "wie") for c in verb.children)
    if clause.copula is not None or opened or not clause.slots or clause.first.text.lower() in ("wie", "als"):
        return None
    if clause.relation in _APPOSED and clause.parent is not None:
        behind = clause.first.i > clause.parent.i and clause.first.nbor(-1).text == ","
        subjects = (clause.parent,) if behind and is_nominal(clause.parent) else ()
    elif above is not None and _opens(clause, above):
        subjects = above.subjects
    return replace(clause, subjects=subjects, passive=not _stays_active(clause.lemma)) if subjects else None


def _opens(clause: Clause, above: Clause) -> bool:
    """Whether a clause is the Vorfeld of a finite one above it: it opens the sentence, and the verb follows a comma."""
    finite = above.finite
    vorfeld = clause.relation == "advcl" and finite is not None and opens_sentence(clause.verb.left_edge)
    return vorfeld and finite is not None and finite.i == clause.verb.right_edge.i + 1 and finite.nbor(-1).text == ","


def with_state(clause: Clause) -> Clause:
    """Stative passive: of "Die Brücke ist gesperrt" the subject is what was done to, though no tag says passive."""
    clause = _with_adjective(_with_participle(clause))
    finite = clause.finite
    alone = infinitive(clause.verb.text, clause.verb.lemma_)  # of "zustande kommen" kommen
    stative = "Part" in clause.verb.morph.get("VerbForm") and not takes_sein(clause.lemma) and not takes_sein(alone)
    perfect = any(a.lemma_ == "haben" for a in clause.auxiliaries)
    rests = finite is not None and finite in clause.auxiliaries and finite.lemma_ == "sein"
    bare = not any(slot.case is None and slot.role != "pred" for slot in clause.slots)
    return replace(clause, passive=True) if stative and rests and bare and not perfect else clause


def _with_adjective(clause: Clause) -> Clause:
    """Adjective that was read as a participle: the clause with its auxiliary as copula, where no participle looks so.

    "ist relevant" has a complement.
    """
    auxiliary = next((a for a in clause.auxiliaries if a.lemma_ == "sein"), None)
    word, process = clause.verb, any(a.lemma_ == "werden" for a in clause.auxiliaries)
    adjective = clause.passive and not process and word.tag_ == "VVPP" and not may_be_participle(word.text.lower())
    if not adjective or auxiliary is None:
        return clause
    return replace(
        clause,
        lemma="sein",
        slots=(*clause.slots, Slot("pred", word)),
        words=tuple(token for token in clause.words if token != word),
        auxiliaries=tuple(a for a in clause.auxiliaries if a != auxiliary),
        copula=auxiliary,
        passive=False,
    )


def _with_participle(clause: Clause) -> Clause:
    """Participle that was read as an adjective beside a copula: the clause as one of its verb, if the verb is known.

    It is a perfect where the verb takes sein ("sind ausgeschert"), else a stative passive ("ist von Wasser umgeben").
    Right behind an adjective it stays a complement, for that tells what is so: "ist negativ besetzt".
    """
    copula = clause.copula
    if copula is None or copula.lemma_ != "sein" or not is_adjective(clause.verb):
        return clause
    verb, suffers = undo_passive(f"{clause.verb.text.lower()} sein")
    own = next((slot for slot in clause.slots if slot.role == "pred" and slot.head == clause.verb), None)
    before = clause.verb.nbor(-1) if clause.verb.i else clause.verb
    qualified = before.tag_ == "ADJD" and before.head == clause.verb
    if not suffers or qualified or own is None or own.case is not None:
        return clause
    return replace(
        clause,
        lemma=verb,
        slots=tuple(slot for slot in clause.slots if slot is not own),
        words=tuple(sorted({*clause.words, clause.verb})),
        auxiliaries=(*clause.auxiliaries, copula),
        copula=None,
        passive=not takes_sein(verb),
    )


def is_adjective(word: Token) -> bool:
    """Whether a word is a predicative adjective or a participle, by its tag or its class."""
    return word.tag_ == "ADJD" or word.pos_ in ("ADJ", "VERB")
