"""The net at work: words of a text → tags, features, lemmas, names, sentence starts and trees.

onnxruntime runs the graph on one thread. A text longer than a window is read in several: behind the last sentence that
a window holds whole, the next one begins. A window is read by itself, so what a text yields depends on nothing else.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kg.reader.decode import Scores, decode_names, decode_relations, decode_trees, transition_table
from kg.reader.lemmas import apply_script, compound_lemma
from kg.reader.margins import log_softmax, margins
from kg.reader.pieces import BOS, EOS, Pieces

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

NET, RELATIONS, LABELS, PIECES, LEMMAS = "net.onnx", "relations.onnx", "labels.json", "pieces.json", "lemmas.json"
FILES = (LABELS, LEMMAS, NET, PIECES, RELATIONS)

_WINDOW = 100  # pieces
_WIDEST = 400  # for a sentence that no window holds; the positions of the net end at 512
_STOPS = (".", "!", "?")
_SENTENCES = 3  # of a window at most, as many as the net has learned from
_SMALLEST = 9  # words; a window with fewer takes more sentences, as lines of a word each
_PROBED = 40  # words of the window that tells how a CPU rounds
_TRIES = 3  # lemma scripts that are tried before a form is its own lemma


@dataclass(slots=True)
class Words:
    """What the net says of the words of a text, one entry a word; `heads` are places, a root's its own."""

    tags: list[str]
    pos: list[str]
    morphs: list[str]
    lemmas: list[str]
    heads: list[int]
    deps: list[str]
    names: list[str]  # "B-PER", "I-PER", "O"
    margins: list[Scores]  # see `kg.reader.margins`

    @classmethod
    def empty(cls) -> Words:
        return cls([], [], [], [], [], [], [], [])

    def extend(self, other: Words, count: int, offset: int) -> None:
        """Add the first `count` words of a window that begins at `offset`."""
        self.heads += [offset + head for head in other.heads[:count]]
        for mine, new in (
            (self.tags, other.tags), (self.pos, other.pos), (self.morphs, other.morphs),
            (self.lemmas, other.lemmas), (self.deps, other.deps), (self.names, other.names),
        ):  # fmt: skip
            mine += new[:count]
        self.margins += other.margins[:count]


class Net:
    """The trained graph with its labels and pieces. `files` are the contents of FILES, `names` the labels of names."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = dict(files)
        labels = json.loads(files[LABELS])
        self._labels: dict[str, tuple[str, ...]] = {name: tuple(values) for name, values in labels.items()}
        self._pieces = Pieces([(piece, score) for piece, score in json.loads(files[PIECES])])
        self._known: dict[str, dict[str, str]] = json.loads(files[LEMMAS])
        self._net, self._relations = _session(files[NET]), _session(files[RELATIONS])
        self._outputs = [output.name for output in self._net.get_outputs()]
        self.names = tuple(_plain(label) for label in self._labels["ner"])

    @classmethod
    def load(cls, folder: Path) -> Net:
        """Read the files of a folder. Raises OSError, and ValueError where they are damaged."""
        return cls({name: (folder / name).read_bytes() for name in FILES})

    def labels(self, head: str) -> tuple[str, ...]:
        """The labels of a head: "ner", "pos", "tag", "morph", "dep" or "lemma"."""
        return self._labels[head]

    def rounding(self) -> str:
        """A digest of what the net answers to a fixed window, to the last bit.

        CPUs with other vector units, and other versions of onnxruntime, add up in another order; where the digest is
        the same, a text is taken to yield the same.
        """
        window = [(4 + 7 * i % 1000, 4 + 11 * i % 1000) for i in range(_PROBED)]
        answers = self._score(window)
        return hashlib.sha256(b"".join(answers[name].tobytes() for name in sorted(answers))).hexdigest()

    def read(self, words: Sequence[str], spaces: Sequence[bool], known: Sequence[bool | None]) -> Words:
        """Read a text. `spaces`: whether a blank follows a word; `known`: whether a sentence starts there, or None."""
        cut = [self._pieces.cut(word, i == 0 or spaces[i - 1]) for i, word in enumerate(words)]
        found = Words.empty()
        start, size = 0, _WINDOW
        while start < len(words):
            end = _window_end(cut, start, size)
            closed = _stop(words, known, start, min(end, len(words) - 1)) or (end if end == len(words) else 0)
            end = closed or end
            window, starts = self._read_window(words[start:end], cut[start:end], known[start:end])
            few = 2 * starts[-1] < end - start  # words of whole sentences: with so few, a text would take for ever
            if not closed and few and size < _WIDEST:
                size *= 2
                continue
            whole = end - start if closed or few else starts[-1]
            found.extend(window, whole, start)
            start, size = start + whole, _WINDOW
        return found

    def _read_window(
        self, words: Sequence[str], cut: Sequence[tuple[int, ...]], known: Sequence[bool | None]
    ) -> tuple[Words, list[int]]:
        """Read the words of a window; also say where its sentences start."""
        scores = self._score(cut)
        labels = self._labels["ner"]
        spoken = log_softmax(scores["ner"])
        path = decode_names(spoken, transition_table(labels), labels)
        names = [self.names[number] for number in path]
        tags = self._best("tag", scores["tag"])
        likely = scores["starts"].argmax(1).tolist()
        free = [bool(likely[i]) or (i > 0 and _ends(words[i - 1], tags[i - 1], words[i])) for i in range(len(words))]
        opens = [free[i] and names[i][0] != "I" if said is None else said for i, said in enumerate(known)]
        starts = [0, *(i for i in range(1, len(words)) if opens[i])]
        heads = decode_trees(scores["arcs"], starts)
        places = np.array([0 if head == i else head + 1 for i, head in enumerate(heads)])
        chosen = {"dependents": scores["dependents"], "heads": scores["heads"][places]}
        scored = log_softmax(self._relations.run(None, chosen)[0])
        related = decode_relations(scored, heads, self._labels["dep"])
        relations = [self._labels["dep"][number] for number in related]
        pos = self._best("pos", scores["pos"])
        found = Words(
            tags=tags,
            pos=pos,
            morphs=self._best("morph", scores["morph"]),
            lemmas=list(self._lemmas(words, pos, scores["lemma"])),
            heads=heads,
            deps=["ROOT" if head == i else dep for i, (head, dep) in enumerate(zip(heads, relations, strict=True))],
            names=names,
            margins=list(margins(scores, starts, heads, (scored, related), (spoken, path))),
        )
        return found, starts

    def _score(self, cut: Sequence[tuple[int, ...]]) -> dict[str, Scores]:
        ids = [BOS, *(piece for word in cut for piece in word), EOS]
        ends = np.cumsum([len(word) for word in cut])
        first = np.concatenate([[1], ends[:-1] + 1])
        given = {"ids": np.array(ids, np.int64), "first": first.astype(np.int64), "last": ends.astype(np.int64)}
        return dict(zip(self._outputs, self._net.run(None, given), strict=True))

    def _best(self, head: str, scores: Scores) -> list[str]:
        labels = self._labels[head]
        return [labels[number] for number in scores.argmax(-1).tolist()]

    def _lemmas(self, words: Sequence[str], pos: Sequence[str], scores: Scores) -> Iterator[str]:
        """The lemma of each word: a dictionary's for its part of speech, else by the likeliest script."""
        best = scores.argmax(-1).tolist()
        for i, (word, kind) in enumerate(zip(words, pos, strict=True)):
            known = self._known.get(kind, {})
            found = known.get(word) or known.get(word.lower())
            if not found:
                likely = self._made(word, best[i], scores[i])
                found = ("" if likely == word else compound_lemma(word, known)) or likely
            yield found

    def _made(self, word: str, best: int, scores: Scores) -> str:
        """The lemma that the likeliest script makes of a form; of a few, the first that fits it."""
        scripts = self._labels["lemma"]
        lemma = apply_script(word, scripts[best])
        if lemma:
            return lemma
        order = np.argsort(-scores, kind="stable")[1:_TRIES].tolist()
        return next((made for number in order if (made := apply_script(word, scripts[number]))), word)


def _window_end(cut: Sequence[tuple[int, ...]], start: int, longest: int) -> int:
    """The end of the window that begins at a word; it holds one word at least."""
    size, end = 0, start
    while end < len(cut) and (end == start or size + len(cut[end]) <= longest):
        size += len(cut[end])
        end += 1
    return end


def _stop(words: Sequence[str], known: Sequence[bool | None], start: int, end: int) -> int:
    """Where the last of a few sentences of a window surely ends: before a known start, or a full stop and a capital.

    0 where none does.
    """
    places = (
        i
        for i in range(start + 1, end + 1)
        if known[i] or (known[i] is None and words[i - 1] in _STOPS and words[i][:1].isupper())
    )
    first = list(islice(places, _SENTENCES))
    return max((*first, *takewhile(lambda i: i <= start + _SMALLEST, places)), default=0)


def _ends(word: str, tag: str, following: str) -> bool:
    """Whether a sentence ends with a word: a full stop that is no abbreviation's, then a capital or a number."""
    return tag == "$." and word in _STOPS and (following[:1].isupper() or following[:1].isdigit())


def _plain(label: str) -> str:
    """A label without the finer kinds, which are no names: "B-LOCDERIV" and "B-ORGPART" are "O"."""
    return "O" if label.endswith(("DERIV", "PART")) else label


def _session(graph: bytes) -> InferenceSession:
    """A session that tells nobody of it: from 1.29 on onnxruntime reports to its maker unless it is told not to."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # asked for as it is loaded
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # where somebody else has loaded it before
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
