"""The pipeline on sentences that nothing is trained on and nobody mends by: totals only, so that it stays so.

    python tests/benchmarks/blind.py [MODEL]

The trees of `tests/gold/reader/*.conllu` are compared word by word (tokens given, punctuation left out of UAS and LAS, as in
the agreement of its readers), names by place and type. Of the pairs ("Am Freitag besuchte Olaf Scholz Kiew.") both names have to
be right, and then who acts on whom.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.reader.pipeline import load
from kg.training.annotated import read_sentences
from kg.training.evaluate import Score, compare
from kg.training.sentences import make_doc

GOLD = Path(__file__).parents[1] / "gold" / "reader"


def facts(doc: Doc) -> Iterator[tuple[str, tuple]]:
    """What is known of each word, and the names."""
    for token in doc:
        yield "UPOS", (token.i, token.pos_)
        if token.pos_ != "PUNCT":
            yield "UAS", (token.i, token.head.i)
            yield "LAS", (token.i, token.head.i, token.dep_.lower())
    for name in doc.ents:
        yield f"names {name.label_}", (name.start, name.end)
        yield "names", (name.start, name.end, name.label_)


def without_found_punctuation(gold: Doc, found: Doc) -> list[tuple[str, tuple]]:
    """The facts of `found` for those words alone that gold counts: its own parts of speech may differ."""
    marks = {token.i for token in gold if token.pos_ == "PUNCT"}
    kept = [(kind, key) for kind, key in facts(found) if kind not in ("UAS", "LAS")]
    for token in found:
        if token.i not in marks:
            kept += [("UAS", (token.i, token.head.i)), ("LAS", (token.i, token.head.i, token.dep_.lower()))]
    return kept


def trees(nlp: Language) -> dict[str, Score]:
    """The scores of all trees and names."""
    gold = [make_doc(nlp.vocab, [s]) for path in sorted(GOLD.glob("*.conllu")) for s in read_sentences(path)]
    words = (Doc(nlp.vocab, words=[t.text for t in g], spaces=[bool(t.whitespace_) for t in g]) for g in gold)
    found = list(nlp.pipe(words))
    return compare((list(facts(g)), without_found_punctuation(g, f)) for g, f in zip(gold, found, strict=True))


def role(span: Span) -> tuple[str, Token]:
    """The relation of a name to its verb, through the office that it is an apposition of."""
    token = span.root
    while token.dep_ in ("appos", "flat", "compound") and token.head is not token:
        token = token.head
    return token.dep_, token.head


def pairs(nlp: Language) -> tuple[int, int, int]:
    """How many pairs have both names right, how many all, of how many."""
    wanted = [json.loads(line) for line in (GOLD / "pairs.jsonl").read_text(encoding="utf-8").splitlines()]
    named = right = 0
    for pair in wanted:
        doc = nlp(pair["text"])
        names = {(name.text, name.label_): name for name in doc.ents}
        subject = names.get((pair["subject"], pair["subject_type"]))
        thing = names.get((pair["object"], pair["object_type"]))
        if subject is None or thing is None:
            continue
        named += 1
        (acts, verb), (is_done_to, other) = role(subject), role(thing)
        right += (acts, is_done_to) == ("nsubj", "obj") and verb == other
    return named, right, len(wanted)


def main(model: str | None) -> None:
    """Print the totals."""
    nlp = load(model)
    for kind, score in sorted(trees(nlp).items()):
        print(f"{kind:10} P {score.precision:.1f} R {score.recall:.1f} F1 {score.f1:.1f} ({score.gold:,})")
    named, right, count = pairs(nlp)
    print(f"pairs      names right {named}, all right {right} of {count}")


if __name__ == "__main__":
    main(*(sys.argv[1:2] or [None]))
