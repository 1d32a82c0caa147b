"""A shipped reader as the beginning of another training: the weights of its graphs, 8 bits made floats again.

Training is dear and what it leaves behind is large, so the pipeline itself is the checkpoint: a few hundred steps make
good what the 8 bits have cost.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from kg.reader.net import LABELS, NET, PIECES, RELATIONS
from kg.training.assemble import SPECIAL
from kg.training.encoder import PackedModel
from kg.training.lessons import Inventory

# Names of the graph (kg/training/export.py) → names of the network.
_HEADS = {"ner": "ner", "starts": "starts", **{name: f"tagged.{name}" for name in ("pos", "tag", "morph", "lemma")}}
_PROJECTIONS = {
    "arc_dependents": "arc_dependent", "arc_heads": "arc_head", "dependents": "label_dependent", "heads": "label_head",
}  # fmt: skip


def average(one: dict[str, Tensor], other: dict[str, Tensor]) -> dict[str, Tensor]:
    """Return the mean of two states of one network ("model soup", Wortsman et al. 2022).

    Where one was trained on from the other, both lie in one valley, and between them names and trees are read better
    than at either end.
    """
    return {name: (weights + other[name]) / 2 for name, weights in one.items()}


def read_weights(folder: Path) -> dict[str, Tensor]:
    """Return the state of the network that a pipeline's component was written from."""
    net, relations = _weights(folder / NET), _weights(folder / RELATIONS)
    state = {
        "encoder.word.weight": net["word"],
        "encoder.position.weight": net["position"],
        "encoder.norm.weight": net["embedded.scale"],
        "encoder.norm.bias": net["embedded.shift"],
        "root": net["root"][0],
        "arc.weight": net["arc"][None],
    }
    layers = sum(name.endswith(".qkv.bias") for name in net)
    for i in range(layers):
        for part in ("qkv", "out", "widen", "narrow"):
            state |= _linear(net, f"layer{i}.{part}", f"encoder.layers.{i}.{part}")
        for part in ("norm", "last_norm"):
            state[f"encoder.layers.{i}.{part}.weight"] = net[f"layer{i}.{part}.scale"]
            state[f"encoder.layers.{i}.{part}.bias"] = net[f"layer{i}.{part}.shift"]
    for there, here in _HEADS.items():
        state |= _linear(net, there, here)
    for there, here in _PROJECTIONS.items():
        state |= _linear(net, f"{there}.linear", f"{here}.0")
    label = relations["label"]  # width × (labels · width), see write_relations
    width = len(label)
    state["label.weight"] = label.reshape(width, -1, width).transpose(1, 0, 2)
    return {name: torch.tensor(np.ascontiguousarray(value)) for name, value in state.items()}


def read_inventory(folder: Path) -> Inventory:
    """Return the labels of a pipeline's component."""
    return Inventory.load(folder / LABELS)


def read_pieces(folder: Path, packed: PackedModel) -> list[int]:
    """Return which of the encoder's pieces a pipeline's component has kept, by their numbers there."""
    place = {piece: i for i, (piece, _) in enumerate(packed.vocabulary)}
    special = [packed.bos, packed.pad, packed.eos, packed.unk]
    known = json.loads((folder / PIECES).read_text(encoding="utf-8"))[len(SPECIAL) :]
    return special + [place[piece] for piece, _ in known]


def _linear(net: dict[str, np.ndarray], there: str, here: str) -> dict[str, np.ndarray]:
    return {f"{here}.weight": net[f"{there}.weight"].T, f"{here}.bias": net[f"{there}.bias"]}


def _weights(path: Path) -> dict[str, np.ndarray]:
    """Return a graph's weights as floats: those of 8 bits times their scales, those of 16 as they are."""
    raw = {tensor.name: numpy_helper.to_array(tensor) for tensor in onnx.load(path).graph.initializer}
    found = {}
    for name, value in raw.items():
        if name.endswith("_quantized"):
            base = name.removesuffix("_quantized")
            zero = raw[f"{base}_zero_point"].astype(np.float32)
            found[base] = (value.astype(np.float32) - zero) * raw[f"{base}_scale"]
        elif not name.endswith(("_scale", "_zero_point")):
            found[name.removesuffix("_half")] = value.astype(np.float32) if value.dtype == np.float16 else value
    return found
