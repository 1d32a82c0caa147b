"""One encoder, six heads: names, parts of speech, tags, features, sentence starts and trees of a text, all at once.

"Sören Link warnt vor Huawei." → B-PER I-PER O O B-ORG O, PROPN PROPN VERB …, Sören → warnt (nsubj). Trees are scored by
biaffine attention (Dozat & Manning 2017): every word looks for its head among all words of the text, or the root.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from kg.reader.pieces import BOS, EOS, PAD, Pieces
from kg.training.encoder import Encoder, PackedModel, load_encoder
from kg.training.lessons import UNKNOWN, Inventory, Lesson, allowed_labels, number, scripts
from kg.training.sentences import Sentence

ARC_WIDTH, LABEL_WIDTH = 256, 96
TAGGED = ("pos", "tag", "morph", "lemma")


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts as numbers, padded: `ids` texts × pieces, `first` and `last` texts × words (places of a word's pieces)."""

    ids: Tensor
    mask: Tensor  # texts × pieces, True where a piece is
    first: Tensor
    last: Tensor
    words: Tensor  # texts × words, True where a word is


@dataclass(frozen=True, slots=True)
class Gold:
    """What a batch's corpora know; UNKNOWN where they do not."""

    ner: Tensor  # texts × words × labels, True where a label is allowed; all True: unknown
    tagged: dict[str, Tensor]  # texts × words
    starts: Tensor  # texts × words, 0 or 1
    heads: Tensor  # texts × words: 0 for the root, else the head's place + 1
    deps: Tensor  # texts × words


@dataclass(frozen=True, slots=True)
class Scores:
    """Logits of every head, and the vectors they were read from (texts × words × width)."""

    vectors: Tensor
    ner: Tensor
    tagged: dict[str, Tensor]
    starts: Tensor
    arcs: Tensor  # texts × words × (1 + words): the root, then each word as head


def pad(rows: Sequence[Sequence[int]], filler: int) -> Tensor:
    """Stack rows of different lengths."""
    width = max(map(len, rows))
    return torch.tensor([[*row, *[filler] * (width - len(row))] for row in rows])


def encode(texts: Sequence[Sentence], pieces: Pieces) -> Batch:
    """Cut texts into pieces."""
    ids, first, last = [], [], []
    for text in texts:
        row, begins, ends = [BOS], [], []
        for i, word in enumerate(text.words):
            begins.append(len(row))
            row += pieces.cut(word, i == 0 or text.spaces[i - 1])
            ends.append(len(row) - 1)
        ids.append([*row, EOS])
        first.append(begins)
        last.append(ends)
    lengths = torch.tensor([len(row) for row in first])
    words = torch.arange(int(lengths.max()))[None] < lengths[:, None]
    padded = pad(ids, PAD)
    return Batch(padded, padded != PAD, pad(first, 0), pad(last, 0), words)


def number_gold(lessons: Sequence[Lesson], inventory: Inventory) -> Gold:
    """Number what the lessons know."""
    longest = max(len(lesson.text.words) for lesson in lessons)
    ner = torch.ones(len(lessons), longest, len(inventory.ner), dtype=torch.bool)
    columns: dict[str, list[list[int]]] = {name: [] for name in (*TAGGED, "starts", "heads", "deps")}
    for row, lesson in enumerate(lessons):
        text, length = lesson.text, len(lesson.text.words)
        if text.ents:
            ner[row, :length] = False
            for i, tag in enumerate(text.ents):
                ner[row, i, allowed_labels(tag, lesson.hidden)] = True
        known = [bool(pos) for pos in text.pos] if text.pos else None
        columns["pos"].append(number(text.pos, inventory.pos, length))
        columns["tag"].append(number(text.tags, inventory.tag, length))
        columns["morph"].append(number(text.morphs, inventory.morph, length, known))
        columns["lemma"].append(number(scripts(text) or None, inventory.lemma, length))
        columns["deps"].append(number(text.deps, inventory.dep, length))
        columns["starts"].append([int(i in lesson.starts) for i in range(length)])
        heads = text.heads or [UNKNOWN - 1] * length
        columns["heads"].append([0 if head == i else head + 1 for i, head in enumerate(heads)])
    padded = {name: pad(rows, UNKNOWN) for name, rows in columns.items()}
    return Gold(ner, {name: padded[name] for name in TAGGED}, padded["starts"], padded["heads"], padded["deps"])


class Biaffine(nn.Module):
    """score(dependent, head) = [d, 1]ᵀ U [h, 1], for `labels` labels."""

    def __init__(self, width: int, labels: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(labels, width + 1, width + 1))

    def forward(self, dependents: Tensor, heads: Tensor, pattern: str) -> Tensor:
        one = torch.ones_like(dependents[..., :1])
        other = torch.ones_like(heads[..., :1])
        return torch.einsum(pattern, torch.cat([dependents, one], -1), self.weight, torch.cat([heads, other], -1))


def project(width: int, to: int, dropout: float) -> nn.Sequential:
    """One hidden layer in front of the biaffine scores."""
    return nn.Sequential(nn.Linear(width, to), nn.GELU(), nn.Dropout(dropout))


class Network(nn.Module):
    """The encoder and its heads; `inventory` names their outputs."""

    def __init__(self, encoder: Encoder, width: int, inventory: Inventory, dropout: float = 0.2) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.ner = nn.Linear(width, len(inventory.ner))
        self.starts = nn.Linear(width, 2)
        self.tagged = nn.ModuleDict({name: nn.Linear(width, len(getattr(inventory, name))) for name in TAGGED})
        self.root = nn.Parameter(torch.zeros(width))
        self.arc_dependent, self.arc_head = (project(width, ARC_WIDTH, dropout) for _ in range(2))
        self.label_dependent, self.label_head = (project(width, LABEL_WIDTH, dropout) for _ in range(2))
        self.arc = Biaffine(ARC_WIDTH, 1)
        self.label = Biaffine(LABEL_WIDTH, len(inventory.dep))

    def read(self, batch: Batch) -> Tensor:
        """Return a vector for each word: the mean of its first and its last piece."""
        pieces = self.encoder(batch.ids, batch.mask)
        rows = torch.arange(len(batch.ids))[:, None]
        return (pieces[rows, batch.first] + pieces[rows, batch.last]) / 2

    def forward(self, batch: Batch, trees: bool = True) -> Scores:
        """Read a batch and score it."""
        return self.answer(self.read(batch), batch.words, trees)

    def answer(self, vectors: Tensor, words: Tensor, trees: bool = True) -> Scores:
        """Score everything but relations, which need heads; without `trees`, arcs stay empty."""
        x = self.dropout(vectors)
        tagged = {name: head(x) for name, head in self.tagged.items()}
        arcs = self.score_arcs(x, words) if trees else x.new_zeros(0)
        return Scores(vectors, self.ner(x), tagged, self.starts(x), arcs)

    def with_root(self, x: Tensor) -> Tensor:
        """Put the root in front of the words of each text."""
        return torch.cat([self.root.to(x.dtype).expand(len(x), 1, -1), x], 1)

    def score_arcs(self, x: Tensor, words: Tensor) -> Tensor:
        """Return scores texts × words × (1 + words); a word is not its own head, padding is nobody's."""
        scores = self.arc(self.arc_dependent(x), self.arc_head(self.with_root(x)), "bdi,lij,bhj->bdh").float()
        itself = torch.eye(x.shape[1], dtype=torch.bool)
        closed = torch.cat([torch.zeros_like(words[:, :1]), ~words], 1)[:, None] | torch.cat(
            [torch.zeros_like(itself[:, :1]), itself], 1
        )
        return scores.masked_fill(closed, -1e9)

    def score_labels(self, x: Tensor, heads: Tensor) -> Tensor:
        """Return scores texts × words × relations for given heads (0: the root)."""
        rows = torch.arange(len(x))[:, None]
        chosen = self.label_head(self.with_root(x))[rows, heads.clamp(min=0)]
        return self.label(self.label_dependent(x), chosen, "bdi,lij,bdj->bdl")

    def loss(self, batch: Batch, gold: Gold) -> dict[str, Tensor]:
        """Return the mean losses of what the batch knows, by head."""
        parsed = bool((gold.heads >= 0).any())
        scores = self(batch, trees=parsed)
        losses = {"starts": flat_loss(scores.starts, gold.starts)}
        known = batch.words & ~gold.ner.all(-1)
        if known.any():
            chance = scores.ner.float().log_softmax(-1).masked_fill(~gold.ner, -torch.inf).logsumexp(-1)
            losses["ner"] = -chance[known].mean()
        for name, target in gold.tagged.items():
            if (target >= 0).any():
                losses[name] = flat_loss(scores.tagged[name], target)
        if parsed:
            heads = gold.heads.masked_fill(gold.heads < 0, UNKNOWN)
            losses["arcs"] = flat_loss(scores.arcs, heads)
            losses["deps"] = flat_loss(self.score_labels(self.dropout(scores.vectors), gold.heads), gold.deps)
        return losses


def flat_loss(scores: Tensor, target: Tensor) -> Tensor:
    """Cross entropy over all words of all texts that are known."""
    return cross_entropy(scores.float().flatten(0, -2), target.flatten(), ignore_index=UNKNOWN)


def load_network(folder: Path, packed: PackedModel) -> tuple[Network, list[int], Inventory]:
    """Load a network that `train` has written, its pieces by their numbers in the vocabulary, and its labels."""
    inventory = Inventory.load(folder / "labels.json")
    kept = torch.load(folder / "pieces.pt").tolist()
    weights = torch.load(folder / "network.pt")
    layers = 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layers."))
    shape = replace(packed.shape, layers=layers)
    network = Network(Encoder(shape, len(kept)), shape.width, inventory)
    network.load_state_dict(weights)
    return network.eval(), kept, inventory


def new_network(packed: PackedModel, kept: Sequence[int], inventory: Inventory, layers: int = 12) -> Network:
    """Return a network whose encoder is pretrained and whose heads are not."""
    return Network(load_encoder(packed, kept, layers), packed.shape.width, inventory)
