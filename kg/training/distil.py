"""The student learns to think like the teacher: spaCy's tok2vec, trained in torch on the teacher's word vectors.

"Huawei" in "Huawei liefert …" shall come out of a few convolutions over neighbours as it comes out of twelve layers of
attention. What is learned is exactly spaCy's network (MultiHashEmbed, MaxoutWindowEncoder) and the floret
table under it; torch only makes it faster to learn. `store` puts the weights back where spaCy looks for them.
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import spacy
import torch
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import fix_random_seed
from spacy.vectors import Vectors
from spacy.vocab import Vocab
from thinc.api import Model
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, embedding_bag, kl_div, layer_norm, linear, smooth_l1_loss

from kg.training.encoder import PackedModel, find_model
from kg.training.lessons import read_lessons
from kg.training.loop import Progress, add_to_curve, rate, save
from kg.training.sentences import Sentence
from kg.training.shards import find_shards, read_docs, read_vectors
from kg.training.teach import Read, measure
from kg.training.teacher import Teacher, load_teacher

CONFIG = Path(__file__).with_name("student.cfg")
SEED = 2026
PASSES = 5
BATCH_WORDS = 4000
POOL = 4000  # texts that are sorted by length before they are put into batches
RATE, WARMUP = 3e-3, 0.05
DROPOUT = 0.1
WEIGHTS = {"vectors": 1.0, "ner": 1.0, "pos": 0.2, "tag": 0.3, "morph": 0.3, "starts": 0.1, "arcs": 0.4, "deps": 0.2}
LABELLED = 4  # relations are dear to score: every fourth text of a batch is enough
WORKERS = 2  # threads that share a batch
EPSILON = 1e-8  # of thinc's layer norm


class Features:
    """The rows of the hash tables and of the floret table for each word form, looked up once."""

    def __init__(self, tok2vec: Model, vectors: Vectors) -> None:
        self._hashes = [node for node in tok2vec.walk() if node.name == "hashembed"]
        extractor = next(node for node in tok2vec.walk() if node.name == "extract_features")
        self._attributes = list(extractor.attrs["columns"])
        self._vectors = vectors
        self._number: dict[str, int] = {}
        self.hashed: list[np.ndarray] = []  # forms × tables × 4
        self.rows: list[np.ndarray] = []  # rows of a form's n-grams in the floret table

    def add(self, doc: Doc) -> list[int]:
        """Return the numbers of a text's forms, new ones included."""
        values = doc.to_array(self._attributes)
        numbers = []
        for token, row in zip(doc, values, strict=True):
            number = self._number.setdefault(token.text, len(self._number))
            if number == len(self.rows):
                self.hashed.append(self._hash(row))
                self.rows.append(self._ngrams(token.text))
            numbers.append(number)
        return numbers

    def _hash(self, values: np.ndarray) -> np.ndarray:
        return np.stack([
            node.ops.hash(values[i : i + 1].astype(np.uint64), node.attrs["seed"])[0] % node.get_dim("nV")
            for i, node in enumerate(self._hashes)
        ]).astype(np.int64)  # fmt: skip

    def _ngrams(self, form: str) -> np.ndarray:
        rows = self._vectors.shape[0]
        grams = self._vectors._get_ngrams(form)
        return np.array([h % rows for gram in grams for h in self._vectors._get_ngram_hashes(gram)], np.int64)


class Maxout(nn.Module):
    """thinc's Maxout with its layer norm: the best of `pieces` linear maps for each output."""

    def __init__(self, inputs: int, outputs: int, pieces: int) -> None:
        super().__init__()
        bound = math.sqrt(6 / (inputs + outputs * pieces))
        self.weight = nn.Parameter(torch.empty(outputs, pieces, inputs).uniform_(-bound, bound))
        self.bias = nn.Parameter(torch.zeros(outputs, pieces))
        self.gain = nn.Parameter(torch.ones(outputs))
        self.shift = nn.Parameter(torch.zeros(outputs))

    def forward(self, x: Tensor) -> Tensor:
        outputs, pieces, _ = self.weight.shape
        best = linear(x, self.weight.flatten(0, 1), self.bias.flatten()).view(-1, outputs, pieces).amax(-1)
        return layer_norm(best.float(), (outputs,), self.gain, self.shift, EPSILON)


class Student(nn.Module):
    """spaCy's tok2vec in torch, and a linear map from its width to the teacher's."""

    def __init__(self, tok2vec: Model, table: np.ndarray, width: int) -> None:
        super().__init__()
        hashes = [node for node in tok2vec.walk() if node.name == "hashembed"]
        static = next(node for node in tok2vec.walk() if node.name == "static_vectors")
        maxouts = [node for node in tok2vec.walk() if node.name == "maxout"]
        self.pad = max(1, len(maxouts) - 1)
        self.tables = nn.ParameterList(torch.tensor(node.get_param("E")) for node in hashes)
        self.table = nn.Parameter(torch.tensor(table))
        self.static = nn.Parameter(torch.tensor(static.get_param("W")))
        self.mix, *self.layers = (
            Maxout(node.get_dim("nI"), node.get_dim("nO"), node.get_dim("nP")) for node in maxouts
        )
        self.layers = nn.ModuleList(self.layers)
        self.dropout = nn.Dropout(DROPOUT)
        self.out = nn.Linear(maxouts[-1].get_dim("nO"), width)

    def embed(self, hashed: Tensor, grams: Tensor, offsets: Tensor) -> Tensor:
        """Return a vector for each form; `hashed`: forms × tables × 4."""
        columns = [table[hashed[:, i]].sum(1) for i, table in enumerate(self.tables)]
        columns.append(linear(embedding_bag(grams, self.table, offsets, mode="mean"), self.static))
        return self.mix(self.dropout(torch.cat(columns, -1)))

    def forward(self, forms: Tensor, places: Tensor, size: int) -> Tensor:
        """Return a vector for each word; `forms` (words × width) go to `places` among `size` rows."""
        x = forms.new_zeros(size, forms.shape[1]).index_put((places,), forms)
        for layer in self.layers:
            around = torch.cat([nn.functional.pad(x[:-1], (0, 0, 1, 0)), x, nn.functional.pad(x[1:], (0, 0, 0, 1))], -1)
            x = x + self.dropout(layer(around))
        return x[places]


def store(student: Student, tok2vec: Model, vectors: Vectors) -> None:
    """Write the student's weights into a spaCy tok2vec of the same layout and its table into the vectors."""
    with torch.no_grad():
        hashes = [node for node in tok2vec.walk() if node.name == "hashembed"]
        for node, table in zip(hashes, student.tables, strict=True):
            node.set_param("E", table.numpy().copy())
        next(node for node in tok2vec.walk() if node.name == "static_vectors").set_param(
            "W", student.static.numpy().copy()
        )
        maxouts = [node for node in tok2vec.walk() if node.name == "maxout"]
        norms = [node for node in tok2vec.walk() if node.name == "layernorm"]
        for maxout, norm, layer in zip(maxouts, norms, [student.mix, *student.layers], strict=True):
            maxout.set_param("W", layer.weight.numpy().copy())
            maxout.set_param("b", layer.bias.numpy().copy())
            norm.set_param("G", layer.gain.numpy().copy())
            norm.set_param("b", layer.shift.numpy().copy())
        vectors.data = student.table.numpy().copy()


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a shard: the numbers of its forms, and where its words' vectors lie."""

    forms: np.ndarray
    shard: int
    first: int


class Shards:
    """All silver texts: their forms, and the teacher's vectors, left on disk."""

    def __init__(self, work: Path, features: Features, vocab: Vocab) -> None:
        self.texts: list[Text] = []
        self._vectors: list[np.ndarray] = []
        for shard in find_shards(work):
            first = 0
            for doc in read_docs(shard, vocab):
                self.texts.append(Text(np.array(features.add(doc), np.int32), len(self._vectors), first))
                first += len(doc)
            self._vectors.append(read_vectors(shard))

    def vectors(self, text: Text) -> np.ndarray:
        """Return the teacher's vectors of a text, words × width."""
        return self._vectors[text.shard][text.first : text.first + len(text.forms)]


@dataclass(frozen=True, slots=True)
class Input:
    """A batch for the student: its distinct forms, which form each word is, and where each word stands.

    `places` are rows of one long array with `pad` empty rows between texts, as thinc lays them out; `words` is texts ×
    longest, True where a word is.
    """

    hashed: Tensor
    grams: Tensor
    offsets: Tensor
    forms: Tensor
    places: Tensor
    size: int
    words: Tensor


def make_input(texts: Sequence[np.ndarray], features: Features, pad: int) -> Input:
    """Lay out some texts, given as the numbers of their forms."""
    distinct, forms = np.unique(np.concatenate(texts), return_inverse=True)
    grams = [features.rows[number] for number in distinct]
    lengths = np.array([len(text) for text in texts])
    begins = pad + np.concatenate([[0], np.cumsum(lengths[:-1] + pad)])
    places = np.concatenate([np.arange(begin, begin + n) for begin, n in zip(begins, lengths, strict=True)])
    return Input(
        hashed=torch.from_numpy(np.stack([features.hashed[number] for number in distinct])),
        grams=torch.from_numpy(np.concatenate(grams)),
        offsets=torch.from_numpy(np.concatenate([[0], np.cumsum([len(rows) for rows in grams[:-1]])]).astype(np.int64)),
        forms=torch.from_numpy(forms),
        places=torch.from_numpy(places),
        size=int(places[-1]) + 1 + pad,
        words=torch.arange(int(lengths.max()))[None] < torch.from_numpy(lengths)[:, None],
    )


def think(student: Student, batch: Input) -> Tensor:
    """Return the student's guess at the teacher's vectors, words × width, text behind text."""
    forms = student.embed(batch.hashed, batch.grams, batch.offsets)
    return student.out(student(forms[batch.forms], batch.places, batch.size))


def unpack(flat: Tensor, words: Tensor) -> Tensor:
    """Lay words × width out as texts × longest × width, zeros behind."""
    return flat.new_zeros(*words.shape, flat.shape[-1]).index_put((words.nonzero(as_tuple=True)), flat)


def distance(teacher: Teacher, ours: Tensor, theirs: Tensor, words: Tensor) -> dict[str, Tensor]:
    """Return how far the student's vectors are from the teacher's, and how else the teacher's heads read them."""
    losses = {"vectors": smooth_l1_loss(ours, theirs)}
    heads = {"ner": teacher.ner, "starts": teacher.starts, **teacher.tagged}
    for name, head in heads.items():
        with torch.no_grad():
            target = head(theirs).float().log_softmax(-1)
        losses[name] = kl_div(head(ours).float().log_softmax(-1), target, log_target=True, reduction="batchmean")
    mine, aim = unpack(ours, words), unpack(theirs, words)
    with torch.no_grad():
        chances = teacher.score_arcs(aim, words)[words].log_softmax(-1)
        chosen = chances.argmax(-1)
        placed = words.new_zeros(words.shape, dtype=torch.long).index_put((words.nonzero(as_tuple=True)), chosen)
        some = slice(None, None, LABELLED)
        relations = teacher.score_labels(aim[some], placed[some])[words[some]].argmax(-1)
    arcs = teacher.score_arcs(mine, words)[words].log_softmax(-1)
    losses["arcs"] = kl_div(arcs, chances, log_target=True, reduction="batchmean")
    losses["deps"] = cross_entropy(teacher.score_labels(mine[some], placed[some])[words[some]], relations)
    return losses


def make_batches(texts: Sequence[Text], rng: random.Random) -> Iterator[list[Text]]:
    """Yield all texts in random order, BATCH_WORDS words at a time; texts of like length stand together."""
    shuffled = list(texts)
    rng.shuffle(shuffled)
    for start in range(0, len(shuffled), POOL):
        pool = sorted(shuffled[start : start + POOL], key=lambda text: len(text.forms))
        groups, group, words = [], [], 0
        for text in pool:
            group.append(text)
            words += len(text.forms)
            if words >= BATCH_WORDS:
                groups.append(group)
                group, words = [], 0
        groups += [group] if group else []
        rng.shuffle(groups)
        yield from groups


def build_tok2vec(config: Path, vectors: Path) -> tuple[Language, Model]:
    """Return a blank pipeline with the floret vectors, and the untrained tok2vec of a training config."""
    nlp = spacy.load(vectors)
    layout = spacy.util.load_config(config, interpolate=True)["components"]["tok2vec"]["model"]
    tok2vec = spacy.registry.resolve({"model": layout})["model"]
    tok2vec.initialize(X=[nlp.make_doc("Duisburg baut.")])
    return nlp, tok2vec


def student_reader(student: Student, features: Features, nlp: Language) -> Read:
    """Return the student's way of reading, for `measure`."""

    def read(texts: Sequence[Sentence]) -> tuple[Tensor, Tensor]:
        forms = [np.array(features.add(Doc(nlp.vocab, words=text.words, spaces=text.spaces))) for text in texts]
        batch = make_input(forms, features, student.pad)
        return unpack(think(student, batch), batch.words), batch.words

    return read


def distil(corpora: Path, work: Path, passes: int = PASSES) -> None:
    """Train WORK/student/tok2vec.bytes and WORK/student/vectors, going on where an earlier run stopped."""
    folder = work / "student"
    folder.mkdir(parents=True, exist_ok=True)
    fix_random_seed(SEED)
    nlp, tok2vec = build_tok2vec(CONFIG, work / "vectors")
    teacher, _, inventory = load_teacher(work / "teacher", PackedModel(find_model()))
    features = Features(tok2vec, nlp.vocab.vectors)
    shards = Shards(work, features, nlp.vocab)
    student = Student(tok2vec, nlp.vocab.vectors.data, teacher.ner.in_features)
    optimizer = torch.optim.AdamW(student.parameters(), lr=RATE, weight_decay=0.01, fused=True)
    state_path, done = folder / "state.pt", 0
    if state_path.exists():
        state = torch.load(state_path)
        student.load_state_dict(state["student"])
        optimizer.load_state_dict(state["optimizer"])
        done = state["passes"]
    words = sum(len(text.forms) for text in shards.texts)
    print(f"{len(shards.texts):,} texts, {words:,} words, {len(features.rows):,} forms", file=sys.stderr)
    held_out = read_lessons(corpora, random.Random(SEED))[1]
    for epoch in range(done, passes):
        torch.manual_seed(SEED + epoch)
        distil_pass(student, teacher, shards, features, optimizer, (epoch, passes))
        state = {"student": student.state_dict(), "optimizer": optimizer.state_dict(), "passes": epoch + 1}
        save(state, state_path)
        student.eval()
        add_to_curve(folder, epoch + 1, measure(student_reader(student, features, nlp), teacher, inventory, held_out))
    store(student, tok2vec, nlp.vocab.vectors)
    (folder / "tok2vec.bytes").write_bytes(tok2vec.to_bytes())
    nlp.to_disk(folder / "vectors")


def gradients(
    student: Student, teacher: Teacher, shards: Shards, features: Features, group: Sequence[Text]
) -> tuple[dict[str, Tensor], tuple[Tensor, ...]]:
    """Return the losses of some texts, and the gradient of their weighted sum for each of the student's parameters."""
    batch = make_input([text.forms for text in group], features, student.pad)
    theirs = torch.from_numpy(np.concatenate([shards.vectors(text) for text in group])).float()
    with torch.autocast("cpu", torch.bfloat16):
        losses = distance(teacher, think(student, batch).float(), theirs, batch.words)
    total = sum(WEIGHTS[name] * loss for name, loss in losses.items())
    return losses, torch.autograd.grad(total, list(student.parameters()))


def distil_pass(
    student: Student,
    teacher: Teacher,
    shards: Shards,
    features: Features,
    optimizer: torch.optim.Optimizer,
    progress: tuple[int, int],
) -> None:
    """Go through all silver texts once.

    The threads share out the texts of a batch, one core each: torch's own threads gain little on a net this small.
    """
    epoch, passes = progress
    groups = list(make_batches(shards.texts, random.Random(SEED + epoch)))
    steps = passes * len(groups)
    student.train()
    teacher.eval().requires_grad_(False)
    torch.set_num_threads(1)
    log = Progress(epoch + 1, len(groups))
    with ThreadPoolExecutor(WORKERS) as pool:
        for i, group in enumerate(groups):
            for part in optimizer.param_groups:
                part["lr"] = RATE * rate(epoch * len(groups) + i, steps, WARMUP)
            shares = [share for k in range(WORKERS) if (share := group[k::WORKERS])]
            found = list(pool.map(lambda share: gradients(student, teacher, shards, features, share), shares))
            for parameter, *parts in zip(student.parameters(), *(grads for _, grads in found), strict=True):
                parameter.grad = torch.stack(parts).mean(0) if len(parts) > 1 else parts[0]
            nn.utils.clip_grad_norm_(student.parameters(), 2.0)
            optimizer.step()
            log.note(found[0][0])
