"""Participial clauses: "der 1998 vom FC Ulm verpflichtete Torwart", "Von Kern gegründet, gehört die Falk AG Bosch".

An attribute before a noun, and a participle phrase beside one, say what a clause says: of the noun, in the passive if
the verb has one. Only those with an argument of their own say enough to be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.clause.clauses import Clause
from kg.extract.clause.predicates import is_verb_of_relation
from kg.extract.clause.verb_lemmas import participle_of
from kg.extract.tree.arguments import arguments_of, is_nominal
from kg.extract.tree.negation import is_qualified
from kg.language.auxiliaries import participle, takes_sein
from kg.language.verbs import infinitive, may_be_participle, words
from kg.reader.tokens import opens_sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.tree.arguments import Slot

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
    active = " " in lemma or base.endswith("nd") or _stays_active(lemma)
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
