"""What every training loop needs: a learning rate that rises and falls, checkpoints, a line now and then, a curve."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor

from kg.training.evaluate import Score

EVERY = 50  # steps between two lines


def rate(step: int, steps: int, warmup: float) -> float:
    """Return the share of the full learning rate: up over a share `warmup` of all steps, then down to nothing."""
    up = warmup * steps
    return min(1.0, (step + 1) / up) * min(1.0, (steps - step) / (steps - up))


def save(state: object, path: Path) -> None:
    """Write what torch can write, whole or not at all."""
    part = path.with_suffix(".part")
    torch.save(state, part)
    part.replace(path)


class Progress:
    """Prints the running means of the losses of a pass to standard error."""

    def __init__(self, number: int, steps: int) -> None:
        self._number, self._steps, self._began = number, steps, time.monotonic()
        self._step = 0
        self._means: dict[str, float] = {}

    def note(self, losses: Mapping[str, Tensor]) -> None:
        """Take in the losses of one step."""
        self._step += 1
        for name, loss in losses.items():
            self._means[name] = 0.98 * self._means.get(name, loss.item()) + 0.02 * loss.item()
        if self._step % EVERY == 0:
            means = " ".join(f"{name} {value:.3f}" for name, value in sorted(self._means.items()))
            passed = time.monotonic() - self._began
            line = f"pass {self._number} step {self._step}/{self._steps} {passed:.0f} s {means}"
            print(line, file=sys.stderr, flush=True)


def add_to_curve(folder: Path, number: int, scores: Mapping[str, Score]) -> None:
    """Print the figures behind a pass and add them to FOLDER/curve.jsonl."""
    line = json.dumps({"pass": number, **{kind: round(score.f1, 2) for kind, score in scores.items()}})
    print(line, flush=True)
    with (folder / "curve.jsonl").open("a") as curve:
        curve.write(line + "\n")
