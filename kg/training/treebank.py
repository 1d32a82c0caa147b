"""Treebanks as training sentences: 3,800 with trees, 13,800 more with parts of speech ("Vivantes" PROPN).

Each file has a source name that says whose style it follows; what is known to be wrong or foreign in that style is
forgotten rather than learned.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from kg.training.conllu import Word, join_parts, parse_block, read_blocks
from kg.training.sentences import Sentence, blank, space_words
from kg.training.unify import format_features, parse_features, unify_tree, unify_word

TREES = {
    "gsd.dev": "gsd",
    "pud": "pud",
    "hdt_bugs.dev": "hdt",
    "hdt_bugs.test": "hdt",
    "docs_gsd": "docs",
    "docs_hdt": "hdt",
}
SILVER = "gsd_train.silver_morph"

# A feature set is trusted in other treebanks if at least this share of a part of speech has it in GSD dev.
TRUSTED_SHARE = 0.01


def read_words(path: Path, source: str) -> Iterator[list[Word]]:
    """Yield the sentences of a CoNLL-U file in our style and spaCy's tokens, feature sets not yet checked."""
    tokenizer = blank().tokenizer
    for block in read_blocks(path):
        if words := parse_block(block):
            tree = unify_tree(join_parts(words, tokenizer))
            yield [unify_word(word, source) for word in tree]


class FeatureStyle:
    """Which features a part of speech has in GSD, and the Degree of adjectives, learned from gold sentences."""

    def __init__(self, gold: Iterable[list[Word]]) -> None:
        kinds: dict[str, Counter] = defaultdict(Counter)
        degrees: dict[str, Counter] = defaultdict(Counter)
        for word in (word for sentence in gold for word in sentence):
            feats = parse_features(word.feats)
            kinds[word.upos][frozenset(feats)] += 1
            if word.upos == "ADJ" and "Degree" in feats:
                degrees[word.form.lower()][feats["Degree"]] += 1
        self.trusted = {
            (upos, kind)
            for upos, counts in kinds.items()
            for kind, n in counts.items()
            if n >= TRUSTED_SHARE * counts.total()
        }
        self.degrees = {form: counts.most_common(1)[0][0] for form, counts in degrees.items()}

    def trusts(self, word: Word) -> bool:
        """Tell whether GSD gives such features to such a word."""
        return (word.upos, frozenset(parse_features(word.feats))) in self.trusted

    def complete(self, word: Word) -> Word:
        """Add what the silver features lack against gold: Degree, and the second reading of relative pronouns."""
        feats = parse_features(word.feats)
        if word.upos == "ADJ" and "Degree" not in feats and "Mood" not in feats:
            feats["Degree"] = self.degrees.get(word.form.lower(), guess_degree(word.form.lower()))
        if feats.get("PronType") == "Rel":
            feats["PronType"] = "Dem,Rel" if word.form.lower().startswith("d") else "Int,Rel"
        return replace(word, feats=format_features(feats))


def guess_degree(form: str) -> str:
    """Guess the degree of an inflected adjective from its ending: "größte" → Sup, "größere" → Cmp, "groß" → Pos.

    Wrong for "feste"; the gold forms that `FeatureStyle` knows go first.
    """
    for suffix in ("en", "er", "es", "em", "e"):
        if form.endswith(suffix) and form[: -len(suffix)].endswith(("st", "ßt")):
            return "Sup"
        if form.endswith(suffix) and form[: -len(suffix)].endswith("er") and len(form) > 6:
            return "Cmp"
    return "Pos"


def make_sentence(words: list[Word], source: str, style: FeatureStyle) -> Sentence:
    """Make a training sentence; words whose features are not in GSD's style get neither features nor UPOS."""
    if source == "silver":
        words = [style.complete(word) for word in words]
    known = [source == "gsd" or style.trusts(word) for word in words]
    trees = all(word.head is not None and word.deprel for word in words)
    forms = [word.form for word in words]
    spaced = source in ("gsd", "pud", "docs") or any(not word.space for word in words[:-1])
    return Sentence(
        words=forms,
        spaces=[word.space for word in words] if spaced else space_words(forms),
        tags=[word.xpos for word in words],
        pos=[word.upos if ok else "" for word, ok in zip(words, known, strict=True)],
        morphs=[word.feats if ok else "" for word, ok in zip(words, known, strict=True)],
        lemmas=["" if "|" in word.lemma else word.lemma for word in words],  # "Spiel|Spielen": undecided
        heads=[word.head for word in words] if trees else None,
        deps=[word.deprel for word in words] if trees else None,
    )


def read_treebanks(folder: Path) -> dict[str, list[Sentence]]:
    """Read every training treebank: name → sentences. GSD test is not among them."""
    words = {name: list(read_words(folder / f"{name}.conllu.xz", source)) for name, source in TREES.items()}
    words[SILVER] = list(read_words(folder / f"{SILVER}.conllu.xz", "silver"))
    style = FeatureStyle(words["gsd.dev"])
    sources = {**TREES, SILVER: "silver"}
    return {name: [make_sentence(s, sources[name], style) for s in sents] for name, sents in words.items()}


def read_test(folder: Path) -> list[Sentence]:
    """Read GSD test in our labels, for the final figure only."""
    style = FeatureStyle([])
    return [make_sentence(words, "gsd", style) for words in read_words(folder / "gsd.test.conllu.xz", "gsd")]
