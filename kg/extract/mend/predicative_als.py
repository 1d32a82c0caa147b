"""Predicative or comparative "als": "dient als Minister", but "ist größer als der Minister".

A noun behind "als" is a predicative (Prädikativ mit als), unless a comparative stands before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.tree.edits import hang, reform, relabel
from kg.language.verbs import infinitive, words
from kg.reader.tokens import NOUNS, PREDICATIVES, VERBS, has

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

# Words behind which "als" compares, besides comparatives that the tagger knows.
_COMPARATIVES = frozenset("mehr weniger anders lieber eher".split())


def is_comparison(als: Token) -> bool:
    """Comparison: whether a comparative is among the four words before "als", commas not crossed.

    A comparative has the Degree "Cmp", is an adverbial adjective in -er, or is listed ("mehr").
    "mehr Züge als Siemens", "höher als der Turm", not "als Zulieferer"
    """
    before = list(als.doc[max(als.sent.start, als.i - 4) : als.i]) if als.text.lower() == "als" else []
    before = before[max((i + 1 for i, t in enumerate(before) if t.text == ","), default=0) :]
    positives = words("positives_in_er")
    higher = any(t.tag_ == "ADJD" and t.text.endswith("er") and t.text not in positives for t in before)  # "höher als"
    return higher or any(t.text.lower() in _COMPARATIVES or has(t, "Degree", "Cmp") for t in before)


def mark_predicative_als(sentence: Span) -> None:
    """Predicative with "als": where no comparative precedes, a noun behind "als" below a verb becomes its oblique.

    "als" becomes a preposition (case); "als auch" stays a conjunction. In a comparison only an "als" that is cc of an
    oblique becomes case: "höher in den Bergen als der Leopard".
    "Er diente als Premierminister": Premierminister, xcomp → obl
    """
    _read_in_vorfeld(sentence)
    for als in sentence:
        if als.text.lower() != "als" or als.tag_ == "KOUS" or als.head.i < als.i:
            continue
        _lead_whole_quality(als)
        _hang_quality(als)
        _part_from_subject(als)
        noun = als.head
        if any(c.dep_ in ("cop", "nsubj") or c.dep_.startswith("aux") for c in noun.children):
            continue  # a clause of its own
        if noun.pos_ not in NOUNS and noun.tag_ != "PIS":  # "als eines der besten Alben"
            continue
        compares = is_comparison(als)
        if compares and als.dep_ == "cc" and noun.dep_.startswith("obl"):
            relabel(als, "case")  # "höher in den Bergen als der Leopard"
        if not compares and als.nbor().text != "auch" and noun.head.pos_ == "VERB" and noun.head != noun:
            reform(als, pos="ADP")
            relabel(als, "case")
            relabel(noun, "obl")


def _part_from_subject(als: Token) -> None:
    """Predicative behind the finite verb: a noun with "als" that the tree hangs on the subject before that verb is no
    attribute of it, but the verb's.

    "Kern wurde als Vorsitzender gewählt": Vorsitzender, Kern/acl → gewählt/obl
    """
    noun, subject = als.head, als.head.head
    verb = subject.head
    finite = next((t for t in (verb, *verb.children) if t.tag_.endswith("FIN")), None)
    crossed = finite is not None and subject.i < finite.i < als.i and verb.pos_ == "VERB"
    crossed = crossed and not any(c.dep_ == "xcomp" for c in verb.children)  # "scheint als Chef zu gehen"
    if crossed and noun.pos_ in NOUNS and subject.dep_.startswith("nsubj") and not is_comparison(als):
        hang(noun, verb, "obl")


def _lead_whole_quality(als: Token) -> None:
    """Extended predicative: "als" leads the participle or adjective, not the adverb before it.

    "erwies sich als schlecht ausgebildet": als, schlecht/case → ausgebildet/case
    """
    adverb, quality = als.head, als.head.head
    whole = adverb.i == als.i + 1 and quality.i == adverb.i + 1 and quality.tag_ in PREDICATIVES
    if whole and adverb.dep_ == "advmod" and als.dep_ in ("case", "mark", "cc"):
        hang(als, quality)


def _hang_quality(als: Token) -> None:
    """Predicative adjective or participle with "als": right before a verb that judges, it is that verb's, and so is the
    clause with "dass" or "ob" that the tree hangs on it.

    "ein Moos, das als ausgestorben galt": ausgestorben, Moos/advcl → galt/xcomp
    "sah es als erwiesen an, dass er log": log, erwiesen/csubj → sah/ccomp
    """
    quality = als.head
    if quality.tag_ in PREDICATIVES and infinitive(quality.head.text, quality.head.lemma_) in words("appraising"):
        for clause in [c for c in quality.rights if c.dep_ in ("csubj", "ccomp")]:
            hang(clause, quality.head, "ccomp")
    verb = quality.nbor() if quality.i + 1 < als.sent.end else quality
    judges = verb.pos_ in VERBS and infinitive(verb.text, verb.lemma_) in words("appraising")
    known = quality.head in (verb, quality) or verb in quality.subtree
    if quality.tag_ in PREDICATIVES and quality.i == als.i + 1 and judges and not known:
        hang(quality, verb, "xcomp")


def _read_in_vorfeld(sentence: Span) -> None:
    """Vorfeld: where "als" and a noun phrase stand right before the finite verb of a main clause, it subordinates no
    clause: "als" becomes the preposition of the noun, which is an oblique.

    Between the two is no mark, and the noun hangs on the same verb. "Als Finanzvorstand besuchte Kern Köln": als,
    besuchte/mark → Finanzvorstand/case; not "Als der Vorstand tagte, fehlte Kern".
    """
    als = sentence[1] if len(sentence) > 1 and not sentence[0].is_alpha else sentence[0]
    verb = als.head
    finite = next((t for t in (verb, *verb.children) if t.tag_.endswith("FIN")), None)
    if als.text != "Als" or als.dep_ != "mark" or verb.dep_ != "ROOT" or finite is None or finite.i < als.i + 2:
        return
    noun = next((c for c in verb.children if c.i > als.i and c.right_edge.i + 1 == finite.i), None)
    if noun is None or noun.pos_ not in NOUNS or noun.left_edge.i != als.i + 1 or noun.dep_.startswith("nsubj"):
        return
    reform(als, "APPR", pos="ADP")
    hang(als, noun, "case")
    relabel(noun, "obl")
