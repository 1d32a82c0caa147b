"""The student: a plain spaCy pipeline, from what the teacher knows to what a laptop runs.

Its tok2vec has learned to think like the teacher (`distil`); here its heads learn to answer, from gold and silver
together: every text carries names, tags, features, lemmas and trees, gold where a corpus knows them, silver elsewhere.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import spacy
from spacy.attrs import DEP, MORPH, POS, TAG
from spacy.cli.init_config import fill_config
from spacy.tokens import Doc, DocBin
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config
from spacy.vocab import Vocab
from thinc.api import use_ops

import kg.training.typography  # noqa: F401  registers the augmenter that the config names
from kg.training.bio import read_bio
from kg.training.lemmas import Lexicon, lemmatize
from kg.training.lessons import split_trees
from kg.training.sentences import Sentence, group_sentences, make_doc
from kg.training.shards import find_shards, read_docs
from kg.training.treebank import SILVER, read_treebanks
from kg.training.unseen import test_texts, unseen

SEED = 2026
SAMPLED = 16  # of so many texts, one tells the labels
RARE = 50  # occurrences of a part of speech with a feature set, below which it is not learned
CONFIG = Path(__file__).with_name("student.cfg")

# How often an epoch shows the shards of a source; 1 for all others. Gold names and trees count more than silver ones.
REPEATS = {"gold.trees": 4, "gold.germeval2014.train": 2, "gold.bundestag": 2, "gold.smartdata": 2}


def read_shard(path: Path, vocab: Vocab, lexicon: Lexicon) -> Iterator[Doc]:
    """Yield the texts of a shard, lemmas added."""
    for doc in read_docs(path, vocab):
        words = [token.text for token in doc]
        known = Sentence(
            words=words,
            spaces=[bool(token.whitespace_) for token in doc],
            pos=[token.pos_ for token in doc],
            morphs=[str(token.morph) for token in doc],
            lemmas=[token.lemma_ for token in doc],
        )
        for token, lemma in zip(doc, lemmatize(known, lexicon), strict=True):
            token.lemma_ = lemma
        yield doc


def convert(corpora: Path, work: Path) -> None:
    """Write WORK/student/train.spacy (all shards), labels.spacy (a sample of it with every label) and dev.spacy.

    dev.spacy is GermEval dev, and every tenth tree of GSD dev and PUD.
    """
    banks = read_treebanks(corpora / "treebank")
    learned, held_out = split_trees({name: s for name, s in banks.items() if name != SILVER})
    lexicon = Lexicon(unseen([*learned, *banks[SILVER]], test_texts(corpora)))
    vocab = spacy.blank("de").vocab
    sources = {shard: shard.name.rpartition(".")[0] for shard in find_shards(work)}
    docs = {shard: list(read_shard(shard, vocab, lexicon)) for shard in sources}
    forget_rare_features(list(chain.from_iterable(docs.values())))
    shown = [doc for shard, source in sources.items() for doc in docs[shard] * REPEATS.get(source, 1)]
    random.Random(SEED).shuffle(shown)
    folder = work / "student"
    DocBin(docs=shown, store_user_data=False).to_disk(folder / "train.spacy")
    DocBin(docs=list(take_sample(shown)), store_user_data=False).to_disk(folder / "labels.spacy")
    rng = random.Random(SEED)
    names = [make_doc(vocab, [s]) for s in read_bio(corpora / "ner" / "germeval2014.dev.bio.xz")]
    trees = [make_doc(vocab, group) for group in group_sentences(held_out, rng)]
    DocBin(docs=[*names, *trees], store_user_data=False).to_disk(folder / "dev.spacy")


def take_sample(docs: Sequence[Doc]) -> Iterator[Doc]:
    """Yield every SAMPLED-th text, then those that have a tag, feature set or relation which none of these has.

    spaCy's components learn their labels from it: from all texts that takes ten minutes.
    """
    seen: set[tuple[str, object]] = set()
    for turn in (True, False):
        for i, doc in enumerate(docs):
            if (i % SAMPLED == 0) == turn:
                tags, *morphs, deps = (column.tolist() for column in doc.to_array([TAG, POS, MORPH, DEP]).T)
                labels = {("tag", tag) for tag in tags} | {("dep", dep) for dep in deps}
                labels |= {("morph", pair) for pair in zip(*morphs, strict=True)}
                if turn or not labels <= seen:
                    seen |= labels
                    yield doc


def forget_rare_features(docs: Sequence[Doc]) -> None:
    """Forget feature sets that hardly occur: each costs an output of the morphologizer, and is a mistake more often.

    spaCy learns part of speech and features as one label, so where one of them is unknown both are forgotten.
    """
    counts = Counter((token.pos, token.morph.key) for doc in docs for token in doc)
    for doc in docs:
        for token in doc:
            if not token.pos or not token.has_morph() or counts[token.pos, token.morph.key] < RARE:
                token.pos = 0
                token.set_morph(None)


def fit(work: Path, max_steps: int | None = None) -> None:
    """Train WORK/student/model-best with spaCy's own trainer.

    numpy multiplies here, not thinc's own BLIS, which is three times slower on processors newer than it.
    """
    folder = work / "student"
    filled = folder / "filled.cfg"
    fill_config(filled, CONFIG, pretraining=True, silent=True)
    overrides: dict[str, object] = {
        "paths.train": str(folder / "labels.spacy"),
        "paths.dev": str(folder / "dev.spacy"),
        "paths.vectors": str(folder / "vectors"),
        "paths.init_tok2vec": str(folder / "tok2vec.bytes"),
    }
    if max_steps:
        overrides["training.max_steps"] = max_steps
    with use_ops("numpy", use_blis=False):
        nlp = init_nlp(load_config(filled, overrides=overrides))
        nlp.config["paths"]["train"] = str(folder / "train.spacy")
        nlp.config["training"]["max_epochs"] = -1  # texts are shuffled already: read on, do not hold them all
        train(nlp, folder, stdout=sys.stdout, stderr=sys.stderr)
