"""Fine-tune the network: a few passes over all corpora, some 20 minutes each on two cores.

A pass that is over is written down with the optimizer's state, so a run that was cut off goes on behind it.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import torch
from torch import Tensor, nn

from kg.reader.decode import decode_names, decode_trees, transition_table
from kg.reader.pieces import BOS, EOS, Pieces
from kg.reader.pieces import UNKNOWN as UNKNOWN_PIECE
from kg.training.annotated import GOLD, read_gold
from kg.training.bio import plain_tag, split_names
from kg.training.encoder import PackedModel, choose_pieces, cutter, find_model
from kg.training.evaluate import Score, compare
from kg.training.grammar import generate
from kg.training.lessons import Inventory, Lesson, collect_labels, make_lessons, read_lessons, vary
from kg.training.loop import Progress, add_to_curve, rate, save
from kg.training.names import Names, rename
from kg.training.network import Batch, Network, encode, new_network, number_gold, pad
from kg.training.raw import frequent_words
from kg.training.resume import read_inventory, read_pieces, read_weights
from kg.training.sentences import Sentence

SEED = 2026
PASSES = 4
LAYERS = 8
GENERATED = 5000  # sentences of the grammar a pass
# Share of the lessons without trees that a pass has: with names, with some of their names, with tags alone.
NAMED, PARTLY_NAMED, TAGGED = 1.0, 0.5, 0.3
RENAMED = 0.5  # share of lessons in which names are exchanged, and of their names
HIDDEN_PIECES = 0.06  # share of the pieces that the net must guess from their neighbours
BATCH_PIECES = 1600  # padded; some 24 sentences
ENCODER_RATE, HEAD_RATE, WORD_RATE = 2e-4, 1e-3, 2e-4
TOGETHER = 64  # lessons measured at once
WARMUP = 0.06  # share of all steps
WEIGHTS = {"ner": 2.0, "starts": 0.1, "pos": 0.3, "tag": 0.3, "morph": 0.3, "lemma": 0.3, "arcs": 0.6, "deps": 0.4}

FAST_HALVES = torch.cpu._is_avx512_bf16_supported()  # elsewhere floats of 16 bits are emulated, ten times slower

Item = TypeVar("Item")


def count_pieces(text: Sentence, pieces: Pieces) -> int:
    """Return how many pieces a text has, its two ends not counted."""
    return sum(len(pieces.cut(word, i == 0 or text.spaces[i - 1])) for i, word in enumerate(text.words))


def has_tree(lesson: Lesson) -> bool:
    return lesson.text.heads is not None


def pack(sized: Iterable[tuple[int, Item]], budget: int) -> Iterator[list[Item]]:
    """Group things whose sizes do not fall, so that each group, padded to its longest, stays within the budget."""
    group: list[Item] = []
    for size, item in sized:
        if group and (len(group) + 1) * size > budget:
            yield group
            group = []
        group.append(item)
    if group:
        yield group


def share(lesson: Lesson) -> float:
    """Return how often a pass has a lesson: trees are rare, so always where it has one."""
    if has_tree(lesson):
        return 1.0
    return (PARTLY_NAMED if lesson.hidden else NAMED) if lesson.text.ents else TAGGED


def batches(lessons: Sequence[Lesson], pieces: Pieces, rng: random.Random) -> list[list[Lesson]]:
    """Group lessons of like length, those with trees by themselves; the groups in random order."""
    grouped: list[list[Lesson]] = []
    for parsed in (True, False):
        sized = [(count_pieces(x.text, pieces), rng.random(), x) for x in lessons if has_tree(x) == parsed]
        sized.sort(key=lambda entry: entry[:2])
        grouped += pack(((size, lesson) for size, _, lesson in sized), BATCH_PIECES)
    rng.shuffle(grouped)
    return grouped


def optimizers(network: Network) -> list[torch.optim.Optimizer]:
    """Return the optimizers: one for dense weights, one for the rows of the embedding that a batch uses."""
    word = network.encoder.word
    encoder = [p for p in network.encoder.parameters() if p is not word.weight]
    inner = {id(p) for p in network.encoder.parameters()}
    heads = [p for p in network.parameters() if id(p) not in inner]
    dense = torch.optim.AdamW(
        [{"params": encoder, "lr": ENCODER_RATE}, {"params": heads, "lr": HEAD_RATE}], weight_decay=0.01, fused=True
    )
    return [dense, torch.optim.SparseAdam([word.weight], lr=WORD_RATE)]


def hide_pieces(batch: Batch, share: float) -> Batch:
    """Return the batch with a share of its pieces unknown, so that names are also known by what stands around them."""
    drawn = (torch.rand(batch.ids.shape) < share) & (batch.ids != BOS) & (batch.ids != EOS) & batch.mask
    return replace(batch, ids=batch.ids.masked_fill(drawn, UNKNOWN_PIECE))


Read = Callable[[Sequence[Sentence]], tuple[Tensor, Tensor]]  # texts → vectors texts × words × width, mask of words


def reader(network: Network, pieces: Pieces) -> Read:
    """Return the network's own way of reading, for `predict`."""

    def read(texts: Sequence[Sentence]) -> tuple[Tensor, Tensor]:
        batch = encode(texts, pieces)
        with torch.autocast("cpu", torch.bfloat16, enabled=FAST_HALVES):
            return network.read(batch).float(), batch.words

    return read


def predict(read: Read, network: Network, inventory: Inventory, lessons: Sequence[Lesson]) -> Iterator[tuple]:
    """Yield (lesson, name labels, parts of speech, heads, relations), sentence starts given.

    Whoever reads, the network's heads answer.
    """
    table = transition_table(inventory.ner)
    network.eval()
    for start in range(0, len(lessons), TOGETHER):
        group = lessons[start : start + TOGETHER]
        parsed = has_tree(group[0])
        with torch.inference_mode():
            vectors, words = read([lesson.text for lesson in group])
            scores = network.answer(vectors, words, trees=parsed)
            trees = [[]] * len(group)
            relations = None
            if parsed:
                sizes = [len(lesson.text.words) for lesson in group]
                arcs = [scores.arcs[i, :n, : 1 + n].numpy() for i, n in enumerate(sizes)]
                trees = [decode_trees(a, lesson.starts) for a, lesson in zip(arcs, group, strict=True)]
                relations = network.score_labels(vectors, stack_heads(trees)).argmax(-1)
        for i, lesson in enumerate(group):
            n = len(lesson.text.words)
            names = decode_names(scores.ner[i, :n].log_softmax(-1).numpy(), table, inventory.ner)
            deps = [] if relations is None else [inventory.dep[k] for k in relations[i, :n].tolist()]
            pos = [inventory.pos[k] for k in scores.tagged["pos"][i, :n].argmax(-1).tolist()]
            yield lesson, [inventory.ner[k] for k in names], pos, trees[i], deps


def stack_heads(trees: Sequence[Sequence[int]]) -> Tensor:
    """Number heads as the scores do, 0 for the root, padded."""
    return pad([[0 if head == i else head + 1 for i, head in enumerate(tree)] for tree in trees], 0)


def spans(tags: Sequence[str]) -> set[tuple[str, tuple]]:
    """Return the names of IOB tags as facts for `compare`; derivations and parts are none."""
    plain = [plain_tag(tag) for tag in tags]
    names = [
        (plain[name.start][2:], name.start, name.stop) for name in split_names(plain) if plain[name.start][0] == "B"
    ]
    return {("all", (start, end, kind)) for kind, start, end in names} | {(kind, (a, b)) for kind, a, b in names}


def measure(read: Read, network: Network, inventory: Inventory, held_out: dict[str, list[Lesson]]) -> dict[str, Score]:
    """Score a reader on held-out lessons: names by type, parts of speech, UAS, LAS (tokens given)."""
    names = compare(
        (spans(lesson.text.ents), spans(tags))
        for lesson, tags, *_ in predict(read, network, inventory, held_out["names"])
    )

    def facts(pos: Sequence[str], heads: Sequence[int], deps: Sequence[str]) -> set:
        words = range(len(heads))
        return (
            {("UPOS", (i, pos[i])) for i in words}
            | {("UAS", (i, heads[i])) for i in words}
            | {("LAS", (i, heads[i], deps[i])) for i in words}
        )

    trees = compare(
        (facts(lesson.text.pos, lesson.text.heads, lesson.text.deps), facts(pos, heads, deps))
        for lesson, _, pos, heads, deps in predict(read, network, inventory, held_out["trees"])
    )
    return names | trees


def prepare(
    corpora: Path, folder: Path, start: Path | None
) -> tuple[list[Lesson], dict[str, list[Lesson]], PackedModel]:
    """Read the lessons; write the labels and the pieces that they and the raw texts need, unless there already.

    A net to start from has its own.
    """
    packed = PackedModel(find_model())
    lessons, held_out = read_lessons(corpora, random.Random(SEED))
    if start:
        read_inventory(start).save(folder / "labels.json")
        save(torch.tensor(read_pieces(start, packed)), folder / "pieces.pt")
    elif not (folder / "pieces.pt").exists():
        collect_labels(lessons).save(folder / "labels.json")
        texts = [(x.text.words, x.text.spaces) for x in [*lessons, *held_out["names"], *held_out["trees"]]]
        words = frequent_words(corpora / "raw")
        quotes = ["„", "“", "”", "»", "«", "‚", "‘", "’", "–", "—", "…"]
        texts += [([word], [True]) for word in [*words, *quotes]] + [(["(", word], [False, True]) for word in quotes]
        save(torch.tensor(choose_pieces(packed, texts)), folder / "pieces.pt")
    return lessons, held_out, packed


def train(corpora: Path, folder: Path, passes: int = PASSES, start: Path | None = None, seed: int = SEED) -> None:
    """Train the network into FOLDER/network.pt, going on where an earlier run stopped.

    `start` is the folder of a pipeline's component whose net is trained further, with another seed than its own.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lessons, held_out, packed = prepare(corpora, folder, start)
    state_path = folder / "state.pt"
    inventory = Inventory.load(folder / "labels.json")
    kept = torch.load(folder / "pieces.pt").tolist()
    network, pieces = new_network(packed, kept, inventory, LAYERS), cutter(packed, kept)
    if start:
        network.load_state_dict(read_weights(start))
    network.encoder.word = nn.Embedding.from_pretrained(network.encoder.word.weight, freeze=False, sparse=True)
    optimizing, done = optimizers(network), 0
    if state_path.exists():
        state = torch.load(state_path)
        network.load_state_dict(state["network"])
        for optimizer, kept_state in zip(optimizing, state["optimizers"], strict=True):
            optimizer.load_state_dict(kept_state)
        done = state["passes"]
    names = Names(x.text for x in lessons if x.text.ents)
    print(f"{len(lessons):,} lessons, {len(kept):,} pieces, pass {done + 1} of {passes}", file=sys.stderr)
    for epoch in range(done, passes):
        torch.manual_seed(seed + epoch)
        groups = batches_of_pass(lessons, pieces, seed + epoch, names, GOLD)
        run_pass(network, pieces, inventory, groups, optimizing, (epoch, passes))
        state = {
            "network": network.state_dict(),
            "optimizers": [o.state_dict() for o in optimizing],
            "passes": epoch + 1,
        }
        save(state, state_path)
        add_to_curve(folder, epoch + 1, measure(reader(network, pieces), network, inventory, held_out))
    save(network.state_dict(), folder / "network.pt")


def batches_of_pass(
    lessons: Sequence[Lesson], pieces: Pieces, seed: int, names: Names, gold: Path
) -> list[list[Lesson]]:
    """Return a pass's share of the lessons in its order and typography, with other names and made-up sentences."""
    rng = random.Random(seed)
    drawn = [lesson for lesson in lessons if rng.random() < share(lesson)]
    renamed = [replace(x, text=rename(x.text, names, rng, RENAMED)) if rng.random() < RENAMED else x for x in drawn]
    made = make_lessons(generate(names, GENERATED, rng), rng)
    return batches([vary(lesson, rng) for lesson in (*renamed, *made, *read_gold(gold, rng))], pieces, rng)


def run_pass(
    network: Network,
    pieces: Pieces,
    inventory: Inventory,
    groups: Sequence[Sequence[Lesson]],
    optimizing: Sequence[torch.optim.Optimizer],
    progress: tuple[int, int],
) -> None:
    """Learn from each group of lessons once."""
    epoch, passes = progress
    full = [[ENCODER_RATE, HEAD_RATE], [WORD_RATE]]
    network.train()
    log = Progress(epoch + 1, len(groups))
    dense = [p for p in network.parameters() if p is not network.encoder.word.weight]
    for i, group in enumerate(groups):
        part_of_rate = rate(epoch * len(groups) + i, passes * len(groups), WARMUP)
        for optimizer, rates in zip(optimizing, full, strict=True):
            for part, learning in zip(optimizer.param_groups, rates, strict=True):
                part["lr"] = learning * part_of_rate
        batch = hide_pieces(encode([lesson.text for lesson in group], pieces), HIDDEN_PIECES)
        with torch.autocast("cpu", torch.bfloat16, enabled=FAST_HALVES):
            found = network.loss(batch, number_gold(group, inventory))
        sum(WEIGHTS[name] * loss for name, loss in found.items()).backward()
        nn.utils.clip_grad_norm_(dense, 1.0)
        for optimizer in optimizing:
            optimizer.step()
            optimizer.zero_grad()
        log.note(found)
