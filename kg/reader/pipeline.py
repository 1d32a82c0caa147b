"""Finds and loads a German spaCy pipeline; the only module that imports spaCy to run one.

Without `--model` the bundled `de_kg_news` is used; any installed or on-disk German pipeline with a parser and an
entity recogniser will do ("de_core_news_lg", "./my_model"). spaCy is imported when a pipeline is loaded, not before:
asking *which* pipeline it would be (`fingerprint`) is cheap, and lets a store skip what it has already read.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ModelError
from kg.language.acronyms import DEGREES, SHORT_OFFICES
from kg.system.memory import check_room, is_shortage
from kg.system.text import one_line

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokenizer import Tokenizer

PACKAGE = Path(__file__).parents[1]
BUNDLED = PACKAGE / "models" / "de_kg_news"

# Extraction reads trees and names; a pipeline in which nothing assigns them would yield next to nothing.
_NEEDED = {"token.dep": "parser", "doc.ents": "ner"}

# What spaCy and the bundled pipeline take of the address space on two cores; with less, the libraries below it abort.
_LEAST_MEGABYTES = 310


def find_pipeline(model: str | None = None) -> Path:
    """The folder of a pipeline: `model`, else the environment's KG_MODEL, else the bundled one.

    `model` is a path or the name of an installed package. Raises ModelError when there is no such pipeline.
    """
    name = model or os.environ.get("KG_MODEL") or str(BUNDLED)
    try:
        if Path(name).is_dir():
            return _with_config(Path(name), name)
        spec = importlib.util.find_spec(name) if name.isidentifier() else None
    except (OSError, ValueError):  # a name that is too long, or that of a module without a place, such as __main__
        spec = None
    if spec is None or not spec.submodule_search_locations:
        install = f"install it (python -m spacy download {name}), " if name.startswith("de_") else ""
        raise ModelError(
            f"{name}: no such German spaCy pipeline; {install}pass --model with the folder or package name of one, "
            "or leave --model and KG_MODEL out to use the bundled one"
        )
    return _with_config(Path(next(iter(spec.submodule_search_locations))), name)


def _with_config(folder: Path, name: str) -> Path:
    """`folder`, or the folder below it that holds the pipeline of an installed package.

    de_core_news_sm → de_core_news_sm/de_core_news_sm-3.8.0
    """
    for candidate in (folder, *sorted(folder.glob(f"{folder.resolve().name}-*/"))):
        if (candidate / "config.cfg").is_file() and (candidate / "meta.json").is_file():
            return candidate
    raise ModelError(
        f"{name}: no spaCy pipeline in this folder (no config.cfg); pass the folder that nlp.to_disk wrote"
    )


# What of our own code and data decides what a text yields.
_READERS = (
    "extract", "language", "ontology/__init__.py", "ontology/kinds.toml", "ontology/relations.toml",
    "ontology/user_vocabulary.py", "reader",
    "records.py", "system/characters.py",
)  # fmt: skip


@cache
def fingerprint(model: str | None = None, words: str = "") -> str:
    """A digest of the pipeline's files, of what runs it and of our code: with the same one, a text yields the same.

    Files count by relative path and content; the 30 MB of a pipeline take milliseconds. What runs it is spaCy,
    onnxruntime and the CPU: one with wider vectors rounds otherwise (`Net.rounding`), which some words show.
    Of another pipeline than ours the rounding is not asked. `words` is the mark of a user's own relations, "" without
    any, see `kg.ontology.user_vocabulary.mark`. Raises ModelError for a net that is damaged, MemoryError.
    """
    digest = hashlib.sha256(f"spacy {version('spacy')} onnxruntime {version('onnxruntime')}\0".encode())
    for root, names in ((find_pipeline(model), (".",)), (PACKAGE, _READERS)):
        for path in sorted(path for name in names for path in _files(root / name)):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{path.relative_to(root).as_posix()}\0{content}\0".encode())
    digest.update(words.encode())
    reader = find_pipeline(model) / "kg_reader"
    if reader.is_dir():
        check_room(_LEAST_MEGABYTES)
        from kg.reader.net import Net

        with _loading(reader):
            digest.update(Net.load(reader).rounding().encode())
    return digest.hexdigest()[:16]


def described(model: str | None = None) -> str:
    """Name and version of the pipeline that `find_pipeline` finds, without loading it: "de_kg_news 0.2.0".

    Raises ModelError when there is no such pipeline, or its meta.json cannot be read.
    """
    folder = find_pipeline(model)
    try:
        meta = dict(json.loads((folder / "meta.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise ModelError(f"{folder / 'meta.json'}: damaged ({error}); install the pipeline again") from error
    return f"{meta.get('lang', '')}_{meta.get('name', folder.name)} {meta.get('version', '')}".strip()


def _files(path: Path) -> Iterator[Path]:
    """Yield a file, or the files of a folder; what Python compiled is none of them."""
    for file in path.rglob("*") if path.is_dir() else (path,):
        if file.is_file() and file.suffix != ".pyc":
            yield file


@contextmanager
def _loading(folder: Path) -> Iterator[None]:
    """Say in one line what is wrong with a pipeline. Raises ModelError, MemoryError."""
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:  # of a damaged file the parts of spaCy say what they like, EOFError among it
        if is_shortage(error):
            raise MemoryError(f"{folder}: too large for this machine's memory") from error
        reason = one_line(str(error))[:200]
        raise ModelError(f"{folder}: this pipeline cannot be loaded ({reason}); install it again") from error


@cache
def load(model: str | None = None) -> Language:
    """The spaCy pipeline, ready to parse. Raises ModelError for one that is not German or has no parser or ner, and
    MemoryError where there is too little for any.
    """
    folder = find_pipeline(model)
    check_room(_LEAST_MEGABYTES)
    with _loading(folder):
        import spacy

        nlp = spacy.load(folder)
    if nlp.lang != "de":
        raise ModelError(f"{folder}: a pipeline for '{nlp.lang}', not for German; pass a German one with --model")
    assigned = {attribute for name in nlp.pipe_names for attribute in nlp.get_pipe_meta(name).assigns}
    missing = [name for attribute, name in _NEEDED.items() if attribute not in assigned]
    if missing:
        raise ModelError(f"{folder}: the pipeline has no {' and no '.join(missing)}; pass a full one with --model")
    mend_tokenizer(nlp.tokenizer)
    return nlp


_INNER_QUOTES = "›‹"
# "Bürger:innen", "Kolleg*innen", "Schüler_in"; "Dr.-Ing.", and "med." behind "Dr."; "Abg.", "EU-Abg."; a compound that
# begins with several numbers: "3-2-1-Deckung", "50:50-Chance", "24/7-Dienst"
_SUBJECTS = "|".join(sorted(part for part in DEGREES if part.islower() and len(part) > 1))
_OFFICES = "|".join(re.escape(short) for short in SHORT_OFFICES if short.endswith("."))
_WHOLE = re.compile(
    rf"[A-ZÄÖÜ][\w-]+[:*_](?:in|innen)$|(?:Dr|Dipl)\.-\w+\.$|(?:{_SUBJECTS})\.$|(?:\w+-)?(?:{_OFFICES})$"
    r"|\d+(?:[-:/,]\d+)+-[A-Za-zÄÖÜäöü][\w-]*$"
)


def mend_tokenizer(tokenizer: Tokenizer) -> None:
    """Cut quotation marks within quotations off their words, and keep gendered nouns, degrees, short offices and
    compounds with numbers whole.

    spaCy's German tokenizer makes one token of "›Nein‹", three of "Bürger:innen", five of "3-2-1-Deckung" and two of
    "Dr.-Ing.".
    Mending twice changes nothing.
    """
    prefixes = [f"^{mark}" for mark in _INNER_QUOTES]
    suffixes = [*(f"{mark}$" for mark in _INNER_QUOTES), rf"(?<=[{_INNER_QUOTES}])\.$"]
    if tokenizer.prefix_search and tokenizer.suffix_search:
        before, behind = tokenizer.prefix_search.__self__.pattern, tokenizer.suffix_search.__self__.pattern
        if not before.endswith(prefixes[-1]):
            tokenizer.prefix_search = re.compile("|".join([before, *prefixes])).search
            tokenizer.suffix_search = re.compile("|".join([behind, *suffixes])).search
    own = tokenizer.token_match.__self__.pattern if tokenizer.token_match else ""
    if not own.endswith(_WHOLE.pattern):
        tokenizer.token_match = re.compile("|".join(filter(None, (own, _WHOLE.pattern)))).match
