"""Finds and loads a German spaCy pipeline; the only module that imports spaCy to run one.

Without `--model` the bundled `de_kg_news` is used; any installed or on-disk German pipeline with a parser and an
entity recogniser will do ("de_core_news_lg", "./my_model"). spaCy is imported when a pipeline is loaded, not before:
asking *which* pipeline it would be (`fingerprint`) is cheap, and lets a store skip what it has already read.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

BUNDLED = Path(__file__).parent / "models" / "de_kg_news"

# Extraction reads trees, names, word classes and lemmas; without these it would find next to nothing.
_NEEDED = ("parser", "ner")


def find(model: str | None = None) -> Path:
    """The folder of a pipeline: `model`, else the environment's KG_MODEL, else the bundled one.

    `model` is a path or the name of an installed package. Raises ModelError when there is no such pipeline.
    """
    name = model or os.environ.get("KG_MODEL") or str(BUNDLED)
    if Path(name).is_dir():
        return _with_config(Path(name), name)
    spec = importlib.util.find_spec(name) if name.isidentifier() else None
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(
            f"{name}: no such spaCy pipeline; install it (python -m spacy download {name}), pass --model with "
            "the folder of a German pipeline, or leave --model and KG_MODEL out to use the bundled one"
        )
    return _with_config(Path(next(iter(spec.submodule_search_locations))), name)


def _with_config(folder: Path, name: str) -> Path:
    """`folder`, or the one folder below it that holds the pipeline, as in an installed package."""
    for candidate in (folder, *sorted(folder.glob("*/"))):
        if (candidate / "config.cfg").is_file() and (candidate / "meta.json").is_file():
            return candidate
    raise ModelError(
        f"{name}: no spaCy pipeline in this folder (no config.cfg); pass the folder that nlp.to_disk wrote"
    )


@cache
def fingerprint(model: str | None = None) -> str:
    """A digest of the pipeline's files and of the extraction code: with the same one, a text yields the same.

    Files count by relative path, size and, below a megabyte, content; weights are told apart by `meta.json`'s
    figures and their size, which is enough and takes milliseconds.
    """
    digest = hashlib.sha256()
    for root in (find(model), Path(__file__).parent / "extract"):
        for path in sorted(p for p in root.rglob("*") if p.is_file() and p.suffix != ".pyc"):
            digest.update(f"{path.relative_to(root).as_posix()}\0{path.stat().st_size}\0".encode())
            if path.stat().st_size < 1_000_000:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@cache
def load(model: str | None = None) -> Language:
    """The spaCy pipeline, ready to parse. Raises ModelError for one that is not German or has no parser or ner."""
    folder = find(model)
    import spacy

    try:
        nlp = spacy.load(folder)
    except (OSError, ValueError, ImportError) as error:
        reason = " ".join(str(error).split())[:200]
        raise ModelError(f"{folder}: spaCy cannot load this pipeline ({reason}); install it again") from error
    if nlp.lang != "de":
        raise ModelError(f"{folder}: a pipeline for '{nlp.lang}', not for German; pass a German one with --model")
    missing = [name for name in _NEEDED if name not in nlp.pipe_names]
    if missing:
        raise ModelError(f"{folder}: the pipeline has no {' and no '.join(missing)}; pass a full one with --model")
    return nlp
