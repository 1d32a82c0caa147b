"""Silver: the teacher reads raw German, and what it is sure of becomes training data for the student.

"Kein Wort", sagte Lindner in Kassel. → PER Lindner, LOC Kassel, a tree; a word whose label the teacher doubts has none.
Beside the labels lie the teacher's vectors, one for each word: the student first learns to think alike (`distil`), then
to answer.
"""

from __future__ import annotations

import lzma
import random
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

from kg.training.decode import (
    decode_names,
    decode_tree,
    keep_sure,
    mask_names,
    merge_names,
    plain_tag,
    transition_table,
)
from kg.training.encoder import PackedModel, Pieces, find_model
from kg.training.lessons import LONGEST, Inventory, Lesson, make_lessons, read_names, split_trees
from kg.training.sentences import Sentence, blank, join_sentences
from kg.training.teach import count_pieces, stack_heads
from kg.training.teacher import Scores, Teacher, encode, load_teacher
from kg.training.treebank import SILVER, read_treebanks
from kg.training.typography import swap_signs

SEED = 2026
BATCH_PIECES = 6000
SHARD_WORDS = 100_000
WINDOW = 90  # words the teacher reads at once, more only if a sentence is longer
SHORTEST = 3  # words of a heading or sentence that is worth reading
VARIED = 0.3  # share of raw windows whose quotation marks are exchanged

# Every n-th paragraph of a file in one round: some 3 M words in all, from all parts of the file. The next round takes
# the next paragraphs.
STRIDES = {"wikipedia": 6, "klexikon": 6, "bundestag19": 60, "bundestag20": 60}
BY_SENTENCE = frozenset({"wikipedia", "klexikon"})  # a line of these is a sentence

# How sure the teacher must be of a label (its probability) for the student to learn it.
# Trees are learned whole or not at all (the mean over the words of a text): with holes in them, spaCy would take
# their rests for sentences.
SURE = {"ner": 0.7, "pos": 0.6, "tag": 0.6, "morph": 0.5, "arcs": 0.8}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text under the teacher's labels, and its vectors (words × width, float16)."""

    text: Sentence
    starts: tuple[int, ...]
    vectors: np.ndarray


def read_paragraphs(lines: Iterable[str]) -> Iterator[list[str]]:
    """Yield paragraphs as lists of lines: an empty line parts them, and a heading ("== Leben") is one by itself."""
    paragraph: list[str] = []
    for line in [*lines, ""]:
        text = line.strip().lstrip("= ")
        if paragraph and (not text or line.startswith("=")):
            yield paragraph
            paragraph = []
        if text:
            paragraph.append(text)
            if line.startswith("="):
                yield paragraph
                paragraph = []


def cut_windows(lines: Sequence[str], by_sentence: bool, nlp: Language) -> Iterator[Lesson]:
    """Cut a paragraph into texts of up to WINDOW words that end where a line ends, or where a sentence seems to.

    `by_sentence`: each line is a sentence, so the texts know where sentences start.
    """
    parts = [
        part for line in lines for part in ([nlp.make_doc(line)] if by_sentence else split_line(nlp.make_doc(line)))
    ]
    window: list[Sentence] = []
    for part in [*parts, None]:
        sentence = tokens_of(part) if part is not None else None
        full = sentence is None or sum(len(s.words) for s in window) + len(sentence.words) > WINDOW
        if window and full:
            starts = [0, *np.cumsum([len(s.words) for s in window])[:-1].tolist()]
            yield Lesson(join_sentences(window), tuple(starts) if by_sentence else ())
            window = []
        if sentence is not None and SHORTEST <= len(sentence.words) <= LONGEST:
            window.append(sentence)


def split_line(doc: Doc) -> Iterator[Doc | Span]:
    """Split a long tokenized line where a sentence seems to end."""
    start = 0
    for token in doc[:-1]:
        if token.text in ".?!" and token.nbor().text[0].isupper() and token.i + 1 - start >= WINDOW // 3:
            yield doc[start : token.i + 1]
            start = token.i + 1
    if start < len(doc):
        yield doc[start:]


def tokens_of(part: Doc | Span) -> Sentence:
    """Return words and spaces, white space tokens left out."""
    tokens = [token for token in part if not token.is_space]
    return Sentence([t.text for t in tokens], [bool(t.whitespace_) for t in tokens])


def read_raw(raw: Path, name: str, turn: int, nlp: Language) -> Iterator[Lesson]:
    """Yield the windows of every n-th paragraph of a raw file, in the `turn`-th round."""
    rng = random.Random(f"{SEED} {name} {turn}")
    with lzma.open(raw / f"{name}.txt.xz", "rt", encoding="utf-8") as lines:
        for paragraph in islice(read_paragraphs(lines), turn, None, STRIDES[name]):
            for window in cut_windows(paragraph, name in BY_SENTENCE, nlp):
                varied = rng.random() < VARIED
                yield replace(window, text=swap_quotes(window.text, rng)) if varied else window


def swap_quotes(text: Sentence, rng: random.Random) -> Sentence:
    """Return the text with quotation marks of another make."""
    return replace(text, words=swap_signs(text.words, rng))


def read_gold(corpora: Path) -> dict[str, list[Lesson]]:
    """Return the annotated corpora once each: they get from the teacher what they do not know themselves."""
    rng = random.Random(SEED)
    banks = read_treebanks(corpora / "treebank")
    gold = {"tagged": list(make_lessons(banks.pop(SILVER), rng))}
    gold["trees"] = list(make_lessons(split_trees(banks)[0], rng))
    for name in ("germeval2014.train", "bundestag", "smartdata", "wikiner_slice"):
        sentences = read_names(corpora / "ner", name)
        if name == "wikiner_slice":  # its own labels are silver too, and worse
            sentences = [replace(s, ents=None) for s in sentences]
        gold[name] = list(make_lessons(sentences, rng, name))
    return gold


def label_texts(teacher: Teacher, pieces: Pieces, inventory: Inventory, lessons: Sequence[Lesson]) -> list[Labelled]:
    """Label one batch of texts; what a lesson knows stays."""
    table = transition_table(inventory.ner)
    batch = encode([lesson.text for lesson in lessons], pieces)
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        scores = teacher(batch)
        starts = [find_starts(lesson, scores.starts[i]) for i, lesson in enumerate(lessons)]
        trees = []
        for i, lesson in enumerate(lessons):
            n = len(lesson.text.words)
            trees.append(lesson.text.heads or decode_tree(scores.arcs[i, :n, : 1 + n].numpy(), starts[i]))
        heads = stack_heads(trees)
        relations = teacher.score_labels(scores.vectors, heads).argmax(-1)
        sure_arcs = scores.arcs.softmax(-1).gather(-1, heads[..., None])[..., 0].float().numpy()
    found = []
    for i, lesson in enumerate(lessons):
        n = len(lesson.text.words)
        text = label_words(lesson, {name: s[i, :n].float() for name, s in flat(scores).items()}, table, inventory)
        if lesson.text.heads is None and sure_arcs[i, :n].mean() >= SURE["arcs"]:
            text = replace(text, heads=trees[i], deps=[inventory.dep[k] for k in relations[i, :n].tolist()])
        found.append(Labelled(text, tuple(starts[i]), scores.vectors[i, :n].to(torch.float16).numpy()))
    return found


def flat(scores: Scores) -> dict[str, torch.Tensor]:
    """Return the scores that are words × labels, by head."""
    return {"ner": scores.ner, **scores.tagged}


def find_starts(lesson: Lesson, scores: torch.Tensor) -> list[int]:
    """Return where sentences start: as the lesson knows, or as the teacher thinks."""
    if lesson.starts:
        return list(lesson.starts)
    likely = scores[: len(lesson.text.words)].argmax(-1).tolist()
    return [i for i, start in enumerate(likely) if start or i == 0]


def label_words(lesson: Lesson, scores: dict[str, torch.Tensor], table: np.ndarray, inventory: Inventory) -> Sentence:
    """Return the lesson's text with names, parts of speech, tags and features: gold where known, else sure ones."""
    text = lesson.text
    chances = {name: s.softmax(-1).numpy() for name, s in scores.items()}
    rows = np.arange(len(text.words))
    columns: dict[str, list] = {}
    for field, name in (("pos", "pos"), ("tags", "tag"), ("morphs", "morph")):
        best = chances[name].argmax(-1)
        # an empty feature set is a label too
        doubt = None if field == "morphs" else ""
        guessed = keep_sure([getattr(inventory, name)[k] for k in best], chances[name][rows, best], SURE[name], doubt)
        gold = getattr(text, field)
        known = text.pos if field == "morphs" else gold
        columns[field] = [gold[i] if known and known[i] else guessed[i] for i in rows] if gold else guessed
    path = decode_names(scores["ner"].log_softmax(-1).numpy(), table, inventory.ner)
    names = mask_names([plain_tag(inventory.ner[k]) for k in path], chances["ner"][rows, path], SURE["ner"])
    columns["ents"] = merge_names(text.ents, names, lesson.hidden) if text.ents else names
    return replace(text, **columns)


def make_silver_doc(vocab: Vocab, labelled: Labelled) -> Doc:
    """Make a Doc of a labelled text; features that are None stay unknown."""
    text = labelled.text
    doc = Doc(
        vocab,
        words=text.words,
        spaces=text.spaces,
        tags=text.tags,
        pos=text.pos,
        morphs=[feats or "" for feats in text.morphs],
        lemmas=text.lemmas,
        heads=text.heads,
        deps=text.deps,
        ents=text.ents,
        sent_starts=None if text.heads else [i in labelled.starts for i in range(len(text.words))],
    )
    for token, feats in zip(doc, text.morphs, strict=True):
        if feats is None:
            token.set_morph(None)
    return doc


def write_shard(folder: Path, labelled: Iterable[Labelled], vocab: Vocab) -> int:
    """Write one shard, docs.spacy and vectors.npy, whole or not at all; return its words."""
    part = folder.with_name(folder.name + ".part")
    part.mkdir(parents=True, exist_ok=True)
    texts = list(labelled)
    DocBin(docs=[make_silver_doc(vocab, labelled) for labelled in texts], store_user_data=False).to_disk(
        part / "docs.spacy"
    )
    np.save(part / "vectors.npy", np.concatenate([text.vectors for text in texts]))
    part.replace(folder)
    return sum(len(text.vectors) for text in texts)


def group_shards(lessons: Iterable[Lesson]) -> Iterator[list[Lesson]]:
    """Group lessons into shards of SHARD_WORDS words."""
    shard, words = [], 0
    for lesson in lessons:
        shard.append(lesson)
        words += len(lesson.text.words)
        if words >= SHARD_WORDS:
            yield shard
            shard, words = [], 0
    if shard:
        yield shard


def label_shard(teacher: Teacher, pieces: Pieces, inventory: Inventory, shard: Sequence[Lesson]) -> list[Labelled]:
    """Label the lessons of a shard in batches of like length, and return them in their order."""
    sizes = [count_pieces(lesson.text, pieces) + 2 for lesson in shard]
    found: dict[int, Labelled] = {}
    group: list[int] = []

    def flush() -> None:
        for i, labelled in zip(group, label_texts(teacher, pieces, inventory, [shard[i] for i in group]), strict=True):
            found[i] = labelled
        group.clear()

    for i in sorted(range(len(shard)), key=sizes.__getitem__):
        if sizes[i] > 500:  # more pieces than the encoder has positions
            continue
        if group and (len(group) + 1) * sizes[i] > BATCH_PIECES:
            flush()
        group.append(i)
    if group:
        flush()
    return [found[i] for i in sorted(found)]


def make_silver(corpora: Path, work: Path, rounds: int = 1) -> None:
    """Label the annotated corpora and `rounds` rounds of raw text into WORK/silver; shards that are there stay."""
    teacher, pieces, inventory = load_teacher(work / "teacher", PackedModel(find_model()))
    nlp = blank()
    sources: list[tuple[str, Iterable[Lesson]]] = []
    sources += [(f"gold.{name}", lessons) for name, lessons in read_gold(corpora).items()]
    for turn in range(rounds):
        for name in STRIDES:
            windows = read_raw(corpora / "raw", name, turn, nlp)
            sources.append((f"raw{turn}.{name}", windows))
    for name, lessons in sources:
        for k, shard in enumerate(group_shards(lessons)):
            folder = work / "silver" / f"{name}.{k:03}"
            if folder.exists():
                continue
            began = time.monotonic()
            words = write_shard(folder, label_shard(teacher, pieces, inventory, shard), nlp.vocab)
            print(
                f"{folder.name}: {words:,} words, {words / (time.monotonic() - began):,.0f} a second", file=sys.stderr
            )
