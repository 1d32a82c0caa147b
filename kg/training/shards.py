"""Silver on disk: shards of some thousand texts, each with its labels (docs.spacy) and the teacher's vectors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from kg.training.sentences import Sentence, build_doc

PART = ".part"  # ends the name of a shard that is still being written


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text under the teacher's labels, and its vectors (words × width, float16).

    `starts` are the first words of its sentences where its corpus knows them; else there are none: only a tree tells.
    """

    text: Sentence
    starts: tuple[int, ...]
    vectors: np.ndarray


def make_silver_doc(vocab: Vocab, labelled: Labelled) -> Doc:
    """Make a Doc of a labelled text; without a tree it keeps the sentence starts that its corpus knows."""
    text = labelled.text
    starts = None if text.heads or not labelled.starts else [i in labelled.starts for i in range(len(text.words))]
    return build_doc(vocab, text, starts)


def write_shard(folder: Path, texts: Sequence[Labelled], vocab: Vocab) -> int:
    """Write one shard whole or not at all; return its words."""
    part = folder.with_name(folder.name + PART)
    part.mkdir(parents=True, exist_ok=True)
    docs = [make_silver_doc(vocab, text) for text in texts]
    DocBin(docs=docs, store_user_data=False).to_disk(part / "docs.spacy")
    np.save(part / "vectors.npy", np.concatenate([text.vectors for text in texts]))
    part.replace(folder)
    return sum(len(doc) for doc in docs)


def find_shards(work: Path) -> list[Path]:
    """Return the folders of the finished shards of WORK/silver, in order."""
    return sorted(path for path in (work / "silver").iterdir() if path.suffix != PART)


def read_docs(shard: Path, vocab: Vocab) -> Iterator[Doc]:
    """Yield the labelled texts of a shard."""
    yield from DocBin().from_disk(shard / "docs.spacy").get_docs(vocab)


def read_vectors(shard: Path) -> np.ndarray:
    """Return the vectors of a shard's words (words × width, float16), left on disk."""
    return np.load(shard / "vectors.npy", mmap_mode="r")
