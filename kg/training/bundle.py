"""The trained net as a spaCy pipeline: `spacy.load` gives a Doc with everything set, kg being installed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import kg.training.reader.component  # noqa: F401  the factory that add_pipe finds
from kg.training.encoder import PackedModel
from kg.training.export import write_net, write_relations
from kg.training.lessons import Inventory
from kg.training.reader.net import LABELS, NET, PIECES, RELATIONS
from kg.training.sentences import blank
from kg.training.teacher import Teacher

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")


def write_files(net: Teacher, inventory: Inventory, packed: PackedModel, kept: Sequence[int], folder: Path) -> None:
    """Write what the component loads: the two graphs, the labels and the pieces with their log probabilities."""
    folder.mkdir(parents=True, exist_ok=True)
    write_net(net, folder / NET)
    write_relations(net, folder / RELATIONS)
    labels = asdict(inventory)
    (folder / LABELS).write_text(json.dumps(labels, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    known = [packed.vocabulary[i] for i in kept[len(SPECIAL) :]]
    pieces = [*((piece, 0.0) for piece in SPECIAL), *((piece, round(score, 4)) for piece, score in known)]
    (folder / PIECES).write_text(json.dumps(pieces, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def write_pipeline(files: Path, target: Path, meta: dict) -> None:
    """Write a pipeline with the component alone."""
    nlp = blank()
    reader = nlp.add_pipe("kg_reader")
    reader.from_disk(files)
    nlp.meta.update(meta)
    shutil.rmtree(target, ignore_errors=True)
    nlp.to_disk(target)
