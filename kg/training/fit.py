"""Fit the two halves of the pipeline, syntax and names, with spaCy's own trainer and the configs beside this file."""

from __future__ import annotations

from pathlib import Path

from spacy.cli.init_config import fill_config
from spacy.cli.train import train

import kg.training.typography  # noqa: F401  registers the augmenter that the configs name

HALVES = ("syntax", "ner")


def fit_half(half: str, work: Path, max_steps: int | None = None) -> None:
    """Train "syntax" or "ner" from WORK/HALF.train.spacy into WORK/HALF/model-best."""
    filled = work / f"{half}.cfg"
    fill_config(filled, Path(__file__).with_name(f"{half}.cfg"), silent=True)
    overrides: dict[str, object] = {
        "paths.train": str(work / f"{half}.train.spacy"),
        "paths.dev": str(work / f"{half}.dev.spacy"),
        "paths.vectors": str(work / "vectors"),
    }
    if max_steps:
        overrides["training.max_steps"] = max_steps
    train(filled, work / half, overrides=overrides)
