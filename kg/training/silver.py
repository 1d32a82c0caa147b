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
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

import numpy as np
import torch
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.training.decode import (
    keep_sure,
    mask_names,
    merge_names,
    plain_tag,
)
from kg.training.encoder import PackedModel, Pieces, find_model
from kg.training.lessons import LONGEST, Inventory, Lesson, make_lessons, read_names, split_trees
from kg.training.reader.decode import decode_names, decode_trees, transition_table
from kg.training.sentences import Sentence, blank, first_words, join_sentences
from kg.training.shards import Labelled, write_shard
from kg.training.teach import count_pieces, pack, stack_heads
from kg.training.teacher import Scores, Teacher, encode, load_teacher
from kg.training.treebank import SILVER, read_treebanks
from kg.training.typography import swap_signs
from kg.training.unseen import squeeze, test_texts, unseen

SEED = 2026
BATCH_PIECES = 6000
WORKERS = 2  # threads that each read a batch
MOST_PIECES = 500  # of one text; the encoder has 512 positions
SHARD_WORDS = 100_000
WINDOW = 90  # words the teacher reads at once, more only if a sentence is longer
SHORTEST = 3  # words of a heading or sentence that is worth reading
VARIED = 0.3  # share of raw windows whose quotation marks are exchanged

# Every n-th paragraph of a file in one round: some 2 M words in all, from all parts of the file. The next round takes
# the next paragraphs.
STRIDES = {"wikipedia": 8, "klexikon": 8, "bundestag19": 90, "bundestag20": 90}
BY_SENTENCE = frozenset({"wikipedia", "klexikon"})  # a line of these is a sentence

# How sure the teacher must be of a label (its probability) for the student to learn it.
# Trees are learned whole or not at all (the mean over the words of a text): with holes in them, spaCy would take
# their rests for sentences.
# Features go with the part of speech, as one label of the student's: known with it or not at all.
SURE = {"ner": 0.7, "pos": 0.6, "tag": 0.6, "arcs": 0.8}


def split_paragraphs(lines: Iterable[str]) -> Iterator[list[str]]:
    """Yield paragraphs as lists of lines: an empty line parts them, and a heading ("== Leben") is one by itself."""
    paragraph: list[str] = []
    for line in chain(lines, [""]):
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
            yield Lesson(join_sentences(window), tuple(first_words(window)) if by_sentence else ())
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


def read_raw(raw: Path, name: str, turn: int, nlp: Language, tests: frozenset[str]) -> Iterator[Lesson]:
    """Yield the windows of every n-th paragraph of a raw file, in the `turn`-th round; no line of a test set."""
    rng = random.Random(f"{SEED} {name} {turn}")
    with lzma.open(raw / f"{name}.txt.xz", "rt", encoding="utf-8") as lines:
        for paragraph in islice(split_paragraphs(lines), turn, None, STRIDES[name]):
            seen = [line for line in paragraph if squeeze(line) not in tests]
            for window in cut_windows(seen, name in BY_SENTENCE, nlp):
                text = window.text
                if rng.random() < VARIED:
                    text = replace(text, words=swap_signs(text.words, rng))
                yield replace(window, text=text)


def read_gold(corpora: Path, tests: frozenset[str]) -> dict[str, list[Lesson]]:
    """Return the annotated corpora once each: they get from the teacher what they do not know themselves."""
    rng = random.Random(SEED)
    banks = read_treebanks(corpora / "treebank")
    gold = {"tagged": list(make_lessons(unseen(banks.pop(SILVER), tests), rng))}
    gold["trees"] = list(make_lessons(unseen(split_trees(banks)[0], tests), rng))
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
            trees.append(lesson.text.heads or decode_trees(scores.arcs[i, :n, : 1 + n].numpy(), starts[i]))
        heads = stack_heads(trees)
        relations = teacher.score_labels(scores.vectors, heads).argmax(-1)
        sure_arcs = scores.arcs.softmax(-1).gather(-1, heads[..., None])[..., 0].float().numpy()
    found = []
    for i, lesson in enumerate(lessons):
        n = len(lesson.text.words)
        text = label_words(lesson, {name: s[i, :n].float() for name, s in flat(scores).items()}, table, inventory)
        if lesson.text.heads is None and sure_arcs[i, :n].mean() >= SURE["arcs"]:
            text = replace(text, heads=trees[i], deps=[inventory.dep[k] for k in relations[i, :n].tolist()])
        found.append(Labelled(text, lesson.starts, scores.vectors[i, :n].to(torch.float16).numpy()))
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
    for field, name in (("pos", "pos"), ("tags", "tag")):
        best = chances[name].argmax(-1)
        guessed = keep_sure([getattr(inventory, name)[k] for k in best], chances[name][rows, best], SURE[name])
        gold = getattr(text, field) or [""] * len(rows)
        columns[field] = [gold[i] or guessed[i] for i in rows]
    features = [inventory.morph[k] for k in chances["morph"].argmax(-1)]
    columns["morphs"] = [
        text.morphs[i] if text.pos and text.pos[i] else features[i] if columns["pos"][i] else None for i in rows
    ]
    path = decode_names(scores["ner"].log_softmax(-1).numpy(), table, inventory.ner)
    names = mask_names([plain_tag(inventory.ner[k]) for k in path], chances["ner"][rows, path], SURE["ner"])
    columns["ents"] = merge_names(text.ents, names, lesson.hidden) if text.ents else names
    return replace(text, **columns)


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
    """Label the lessons of a shard in batches of like length, one a thread, and return them in their order."""
    sizes = [count_pieces(lesson.text, pieces) + 2 for lesson in shard]
    readable = [i for i in sorted(range(len(shard)), key=sizes.__getitem__) if sizes[i] <= MOST_PIECES]
    groups = list(pack(((sizes[i], i) for i in readable), BATCH_PIECES))
    torch.set_num_threads(1)
    with ThreadPoolExecutor(WORKERS) as pool:
        found = pool.map(lambda group: label_texts(teacher, pieces, inventory, [shard[i] for i in group]), groups)
        labelled = {
            i: text for group, texts in zip(groups, found, strict=True) for i, text in zip(group, texts, strict=True)
        }
    return [labelled[i] for i in sorted(labelled)]


def make_silver(corpora: Path, work: Path, rounds: int) -> None:
    """Label the annotated corpora and `rounds` rounds of raw text into WORK/silver; shards that are there stay."""
    if rounds > min(STRIDES.values()):
        raise ValueError(f"{rounds} rounds: the raw texts are read once after {min(STRIDES.values())}")
    teacher, pieces, inventory = load_teacher(work / "teacher", PackedModel(find_model()))
    nlp, tests = blank(), test_texts(corpora)
    gold = ((f"gold.{name}", lessons) for name, lessons in read_gold(corpora, tests).items())
    raw = (
        (f"raw{turn}.{name}", read_raw(corpora / "raw", name, turn, nlp, tests))
        for turn in range(rounds)
        for name in STRIDES
    )
    for name, lessons in chain(gold, raw):
        for k, shard in enumerate(group_shards(lessons)):
            folder = work / "silver" / f"{name}.{k:03}"
            if folder.exists():
                continue
            began = time.monotonic()
            words = write_shard(folder, label_shard(teacher, pieces, inventory, shard), nlp.vocab)
            print(
                f"{folder.name}: {words:,} words, {words / (time.monotonic() - began):,.0f} a second", file=sys.stderr
            )
