"""Lemmas for silver text: "Risiken" is "Risiko", "gehört" is "gehören"; what treebanks and a dictionary agree on.

The edit-tree lemmatizer learns from gold alone a few thousand words and makes up the rest ("Risik"). So words of raw
text are lemmatized too: by the treebanks where they know the form with that part of speech, else by the dictionary of
simplemma (MIT), if what it says can be the lemma of such a part of speech; else not at all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from kg.training.sentences import Sentence

# Their lemma is the word itself, in GSD.
UNCHANGED = frozenset({"PUNCT", "NUM", "SYM", "X", "INTJ"})
LOWERED = frozenset({"ADP", "CCONJ", "PART", "SCONJ"})  # or its small form
LEAST_SHARE = 0.8  # of the gold lemmas of a form that must agree


class Lexicon:
    """Forms with their part of speech, and the lemma most of the treebanks' sentences give them."""

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        counts: dict[tuple[str, str], Counter] = defaultdict(Counter)
        for sentence in sentences:
            if sentence.lemmas and sentence.pos:
                for form, pos, lemma in zip(sentence.words, sentence.pos, sentence.lemmas, strict=True):
                    if pos and lemma:
                        counts[form, pos][lemma] += 1
        self._known = {}
        for key, lemmas in counts.items():
            lemma, n = max(lemmas.items(), key=lambda item: (item[1], item[0]))
            if n >= LEAST_SHARE * lemmas.total():
                self._known[key] = lemma

    def find(self, form: str, pos: str) -> str:
        """Return the lemma the treebanks give a form, also one that only begins its sentence, or ""."""
        return self._known.get((form, pos), "") or self._known.get((form[:1].lower() + form[1:], pos), "")


def look_up(form: str, pos: str, feats: str) -> str:
    """Return the dictionary's lemma of an open-class word, or "" if it can be none.

    >>> look_up("Risiken", "NOUN", ""), look_up("lieferte", "VERB", ""), look_up("Duisburgs", "PROPN", "Case=Gen")
    ('Risiko', 'liefern', 'Duisburg')
    """
    import simplemma

    if pos == "PROPN":
        return form[:-1] if "Case=Gen" in feats and form.endswith("s") and not form.endswith("ss") else form
    if pos not in ("NOUN", "VERB", "ADJ", "ADV"):
        return ""
    lemma = simplemma.lemmatize(form if pos == "NOUN" else form.lower(), lang="de")
    if pos == "NOUN":
        return lemma if lemma[:1].isupper() else ""
    if pos == "VERB":
        return lemma if lemma.endswith("n") and lemma.islower() else ""
    if pos == "ADV":
        return form.lower()
    declined = lemma == form.lower() and "Case=" in feats and lemma.endswith(("e", "en", "er", "es", "em"))
    return lemma if lemma.islower() and not declined else ""


def dictionary(forms: Iterable[str], lexicon: Lexicon) -> dict[str, dict[str, str]]:
    """Return the lemmas of inflected forms by part of speech: what treebanks say goes before simplemma."""
    found: dict[str, dict[str, str]] = {"ADJ": {}, "NOUN": {}, "VERB": {}}
    for form in sorted(set(forms)):
        for pos, lemmas in found.items():
            if form.isalpha() and form[0].isupper() == (pos == "NOUN"):
                lemma = lexicon.find(form, pos) or look_up(form, pos, "")
                if lemma and lemma != form:
                    lemmas[form] = lemma
    return found


def lemmatize(sentence: Sentence, lexicon: Lexicon) -> list[str]:
    """Return a lemma for each word whose part of speech is known, "" where nothing is sure; gold lemmas stay."""
    gold = sentence.lemmas or [""] * len(sentence.words)
    return [
        lemma or guess(form, pos, feats or "", lexicon)
        for form, pos, feats, lemma in zip(
            sentence.words, sentence.pos or gold, sentence.morphs or gold, gold, strict=True
        )
    ]


def guess(form: str, pos: str, feats: str, lexicon: Lexicon) -> str:
    """Return the lemma of a word of raw text, or ""."""
    if not pos:
        return ""
    if found := lexicon.find(form, pos):
        return found
    if pos in LOWERED:
        return form.lower()
    return form if pos in UNCHANGED else look_up(form, pos, feats)
